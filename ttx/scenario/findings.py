"""What a check says: findings, and the error that carries them all. The wording they share."""

from bisect import bisect
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

Severity = Literal["error", "warning"]

# A close match costs about 5 us a candidate; among 10,000 ids only those that begin alike are compared, else
# a renamed prefix took 39 s.
_MANY = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where it stands, and a sentence to the author. `line` counts from 1.

    `file` is relative to the scenario's folder; `field` is a dotted path from the inject where there is one
    (`questions.q1.ask`), else from the top of the file.
    """

    severity: Severity
    file: str
    line: int
    inject: str | None
    field: str | None
    sentence: str

    def as_json(self) -> dict[str, str | int | None]:
        """The finding as a plain mapping, with the keys `ttx check --json` promises."""
        return asdict(self)


class Faulty(ValueError):
    """Material that was not taken, with every finding that stands in the way."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(f"{fault.file}:{fault.line}: {fault.sentence}" for fault in self.findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file and line, each once."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda fault: (fault.file, fault.line, fault.inject or "", fault.field or "", fault.sentence),
        )
    )


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant, if one is close."""
    if len(known) > _MANY:
        ordered = _ordered(frozenset(known))
        place = bisect(ordered, word)
        known = ordered[max(0, place - _MANY // 2) : place + _MANY // 2]
    unlike = {other.casefold(): other for other in sorted(known)}
    close = get_close_matches(word.casefold(), unlike, n=1, cutoff=0.7)
    return unlike[close[0]] if close else None


@lru_cache(maxsize=8)
def _ordered(known: frozenset[str]) -> list[str]:
    return sorted(known)


def perhaps(word: str, known: Collection[str]) -> str:
    """`; did you mean 'x'?` where something is close, else what there is to choose from."""
    close = nearest(word, known)
    if close is not None:
        return f"; did you mean '{close}'?"
    if len(known) > _MANY:
        return "."
    return f"; there is {listed(sorted(known))}." if known else "; there is none yet."


def listed(words: Iterable[object], joint: str = "and", most: int = 12) -> str:
    """`a, b and c`; after `most` words, how many more there are."""
    texts = [str(word) for word in words]
    if len(texts) > most:
        return f"{', '.join(texts[:most])} {joint} {len(texts) - most} more"
    return f" {joint} ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)
