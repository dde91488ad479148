"""What changed from one version of an answer to the next, for those who read the earlier ones."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ttx.exercise.records import Response

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese put no space between words: there each sign is compared."""

COMPARED = 4000
"""Words and signs beyond which two texts are not compared; 4,000 against 4,000 take 30 ms."""

How = Literal["same", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a text that stayed, came or went."""

    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of an answer. `changed` tells its text against the version before it; empty without two texts."""

    number: int
    response: Response
    changed: tuple[Run, ...]


def revisions(versions: tuple[Response, ...]) -> tuple[Revision, ...]:
    """The versions of an answer, the newest first, each with what it changed."""
    found = []
    for number, one in enumerate(versions, 1):
        before = versions[number - 2].answer.text if number > 1 else None
        text = one.answer.text
        changed = difference(before, text) if before is not None and text is not None and before != text else ()
        found.append(Revision(number, one, changed))
    return tuple(reversed(found))


def difference(before: str, after: str) -> tuple[Run, ...]:
    """Two texts in runs of words, those that went before those that came; empty for texts too long to compare."""
    old, new = _pieces(before), _pieces(after)
    if max(len(old), len(new)) > COMPARED:
        return ()
    runs: list[Run] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            runs.append(Run("same", "".join(old[a:b])))
            continue
        if a < b:
            runs.append(Run("gone", "".join(old[a:b])))
        if c < d:
            runs.append(Run("new", "".join(new[c:d])))
    return tuple(runs)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for word in _WORDS.findall(text):
        pieces.extend(word if _UNSPACED.search(word) else [word])
    return pieces
