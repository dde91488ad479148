"""Coded evidence as tables: how often each code was given, every coded passage, how far coders agree on each code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ttx.review.agreement import Agreement, agreement
from ttx.review.codes import Code
from ttx.review.coding import Coding
from ttx.review.evidence import Item


class Standing(StrEnum):
    """How a code on a piece stands."""

    OWN = "not open yet"
    ONE = "one coder"
    AGREED = "agreed"
    DIFFERS = "differs"
    APPLIES = "settled: applies"
    APPLIES_NOT = "settled: does not apply"


@dataclass(frozen=True, slots=True)
class Counted:
    """How much was given a code: pieces, passages in them, delegations that said it; `differs` are unsettled pieces."""

    pieces: int
    passages: int
    delegations: int
    differs: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One code on one passage, as a table tells it. `coder` is a letter, never a name; `why` is the settlement's."""

    item: Item
    code: Code
    words: str
    coder: str
    standing: Standing
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How far two coders agree on a code, over the pieces that both finished unseen."""

    first: str
    second: str
    code: Code
    agreement: Agreement


def counted(coding: Coding, seat: str, items: Iterable[Item]) -> dict[str, Counted]:
    """For each code that this seat sees on some of these pieces how much of them it is on."""
    pieces, passages, differs = Counter[str](), Counter[str](), Counter[str]()
    delegations: dict[str, set[str]] = {}
    for one in items:
        differs.update(dispute.code for dispute in coding.disputes(one.seq))
        for code in coding.codes(one.seq, seat):
            pieces[code] += 1
            passages[code] += sum(code in mark.codes for mark in coding.seen(one.seq, seat))
            delegations.setdefault(code, set()).update([one.delegation] if one.delegation else [])
    return {
        code: Counted(pieces[code], passages[code], len(delegations.get(code, ())), differs[code]) for code in pieces
    }


def passages(coding: Coding, seat: str, book: Mapping[str, Code], items: Iterable[Item]) -> Iterator[Passage]:
    """Every code on every passage that this seat may see, in the order of the pieces; then codes that were settled to
    apply though nobody had marked them."""
    letters = called(coding)
    for item in items:
        seen = coding.seen(item.seq, seat)
        for mark in seen:
            for code in mark.codes:
                if code in book:
                    standing, why = standing_of(coding, item.seq, code)
                    yield Passage(item, book[code], mark.words(item.text), letters[mark.seat], standing, why)
        given = {code for mark in seen for code in mark.codes}
        for (piece, code), one in coding.settled.items():
            if piece == item.seq and one.applies and code not in given and code in book and coding.is_open(piece):
                yield Passage(item, book[code], item.text, "", Standing.APPLIES, one.why)


def standing_of(coding: Coding, piece: int, code: str) -> tuple[Standing, str]:
    """How a code on a piece stands, and why if that was settled."""
    if not coding.is_open(piece):
        return Standing.OWN, ""
    settled = coding.settled.get((piece, code))
    if settled is not None:
        return (Standing.APPLIES if settled.applies else Standing.APPLIES_NOT), settled.why
    if len(coding.coders(piece)) < 2:
        return Standing.ONE, ""
    differs = any(one.code == code for one in coding.disputes(piece))
    return (Standing.DIFFERS if differs else Standing.AGREED), ""


def called(coding: Coding) -> dict[str, str]:
    """Coders as letters, in the order in which they began."""
    began: dict[str, int] = {}
    for held in coding.marks.values():
        for mark in held:
            began[mark.seat] = min(began.get(mark.seat, mark.seq), mark.seq)
    for done in coding.finished.values():
        for seat, seq in done.items():
            began[seat] = min(began.get(seat, seq), seq)
    return {
        seat: f"Coder {chr(ord('A') + place)}" for place, seat in enumerate(sorted(began, key=lambda one: began[one]))
    }


def compared(coding: Coding, book: Mapping[str, Code]) -> tuple[Compared, ...]:
    """For every two coders each code that either gave a piece both finished unseen, in the order of the code book."""
    found = []
    for first, second in coding.pairs():
        pieces = [
            (coding.given(piece, first), coding.given(piece, second)) for piece in coding.independent(first, second)
        ]
        used = frozenset(code for one, other in pieces for code in one | other)
        found += [Compared(first, second, book[code], agreement(code, pieces)) for code in book if code in used]
    return tuple(found)
