"""What coding comes to: the passages that coders marked, which of it who may see, what stands, what differs.

Total and pure, a second fold of the review's log. A piece of evidence is *shut* when two coders finished it and nobody
who began it is still at it; then its codes stand as they are, and what differs is settled. Codes of others are seen of
pieces that are shut or that the director opened. A code counts for a piece wherever in it it was marked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from math import inf

from ttx.review.codes import Code, Family
from ttx.review.entries import Kept, TakenBack
from ttx.review.marks import CodeAdded, CodeChanged, CodeSettled, CodesOpened, PassageMarked, PieceFinished
from ttx.review.undoing import gone


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage as a coder marked it; `seq` is the entry of the review that says so."""

    seq: int
    at: datetime
    seat: str
    piece: int
    codes: tuple[str, ...]
    start: int
    end: int | None

    def words(self, text: str) -> str:
        """The passage, of the piece's text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was settled of one code on one piece, by which seat and why."""

    seq: int
    at: datetime
    seat: str
    piece: int
    code: str
    applies: bool
    why: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A code that some coders of a piece gave it and others did not."""

    piece: int
    code: str
    given: tuple[str, ...]
    not_given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """All coding up to an entry. `own` are the codes analysts added, `added` how many there ever were.

    `finished` says by which entry each coder finished a piece; `everything` and `opened` what the director opened, and
    `exposed` which pieces were once open to somebody who was still at them.
    """

    own: Mapping[str, Code] = field(default_factory=dict)
    added: int = 0
    marks: Mapping[int, tuple[Mark, ...]] = field(default_factory=dict)
    finished: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    opened: frozenset[int] = frozenset()
    everything: int | None = None
    settled: Mapping[tuple[int, str], Settlement] = field(default_factory=dict)
    exposed: frozenset[int] = frozenset()

    @property
    def pieces(self) -> frozenset[int]:
        """The pieces that somebody marked or finished."""
        return frozenset(self.marks) | frozenset(self.finished)

    def coders(self, piece: int) -> tuple[str, ...]:
        """Who marked or finished a piece."""
        seats = dict.fromkeys(mark.seat for mark in self.marks.get(piece, ()))
        return tuple(sorted({**seats, **dict.fromkeys(self.finished.get(piece, ()))}))

    def shut(self, piece: int) -> bool:
        """Whether two coders finished it, and everybody who began it."""
        done = self.finished.get(piece, {})
        return len(done) >= 2 and set(self.coders(piece)) == set(done)

    def is_open(self, piece: int) -> bool:
        """Whether everybody may see all codes of a piece."""
        return self.everything is not None or piece in self.opened or self.shut(piece)

    def seen(self, piece: int, seat: str) -> tuple[Mark, ...]:
        """The marks on a piece that this seat may see."""
        return tuple(one for one in self.marks.get(piece, ()) if one.seat == seat or self.is_open(piece))

    def given(self, piece: int, seat: str) -> frozenset[str]:
        """The codes that one coder gave a piece."""
        return frozenset(code for mark in self.marks.get(piece, ()) if mark.seat == seat for code in mark.codes)

    def codes(self, piece: int, seat: str) -> tuple[str, ...]:
        """The codes on a piece as this seat may know them: what somebody gave it and nobody settled otherwise."""
        found = dict.fromkeys(code for mark in self.seen(piece, seat) for code in mark.codes)
        if self.is_open(piece):
            said = {code: one.applies for (there, code), one in self.settled.items() if there == piece}
            found |= dict.fromkeys(code for code, applies in said.items() if applies)
            return tuple(code for code in found if said.get(code, True))
        return tuple(found)

    def disputes(self, piece: int) -> tuple[Dispute, ...]:
        """What differs between the coders of an open piece and is not settled; nothing of one that is not open."""
        coders = self.coders(piece)
        if len(coders) < 2 or not self.is_open(piece):
            return ()
        given = {seat: self.given(piece, seat) for seat in coders}
        found = []
        for code in sorted(frozenset[str]().union(*given.values())):
            gave = tuple(seat for seat in coders if code in given[seat])
            if len(gave) < len(coders) and (piece, code) not in self.settled:
                found.append(Dispute(piece, code, gave, tuple(seat for seat in coders if seat not in gave)))
        return tuple(found)

    def independent(self, first: str, second: str) -> tuple[int, ...]:
        """The pieces that these two coders finished, neither having seen the other's codes of it."""
        return tuple(
            piece
            for piece, done in sorted(self.finished.items())
            if first in done and second in done and self.shut(piece) and piece not in self.exposed
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two coders who finished a piece both."""
        found: set[tuple[str, str]] = set()
        for piece, done in self.finished.items():
            seats = sorted(done) if self.shut(piece) else []
            found |= {(one, other) for place, one in enumerate(seats) for other in seats[place + 1 :]}
        return tuple(sorted(found))


def fold_coding(log: Sequence[Kept]) -> Coding:
    """What the entries of a review's log come to as coding, without those that were taken back."""
    out = gone(log)
    own: dict[str, Code] = {}
    marks: dict[int, list[Mark]] = defaultdict(list)
    finished: dict[int, dict[str, int]] = defaultdict(dict)
    opened: set[int] = set()
    everything: int | None = None
    settled: dict[tuple[int, str], Settlement] = {}
    for kept in log:
        if kept.seq in out:
            continue
        match kept.entry:
            case CodeAdded(code=code, label=label, definition=definition):
                own[code] = Code(code, Family.OWN, code, label, definition)
            case CodeChanged(code=code, label=label, definition=definition) if code in own:
                own[code] = Code(code, Family.OWN, code, label, definition)
            case PassageMarked(piece=piece, codes=codes, start=start, end=end):
                marks[piece].append(Mark(kept.seq, kept.at, kept.seat, piece, codes, start, end))
            case PieceFinished(piece=piece):
                finished[piece].setdefault(kept.seat, kept.seq)
            case CodesOpened(pieces=pieces):
                opened |= set(pieces)
                everything = kept.seq if not pieces else everything
            case CodeSettled(piece=piece, code=code, applies=applies, why=why):
                settled[piece, code] = Settlement(kept.seq, kept.at, kept.seat, piece, code, applies, why)
            case _:
                pass
    return Coding(
        own=own,
        added=sum(isinstance(kept.entry, CodeAdded) for kept in log),
        marks={piece: tuple(held) for piece, held in marks.items()},
        finished=dict(finished),
        opened=frozenset(opened),
        everything=everything,
        settled=settled,
        exposed=_exposed(log, marks, finished),
    )


def _exposed(
    log: Sequence[Kept], marks: Mapping[int, Iterable[Mark]], finished: Mapping[int, Mapping[str, int]]
) -> frozenset[int]:
    """The pieces that were open, if only for a while, after somebody had begun and before everybody had finished.

    That an opening was taken back since does not make anybody forget what he saw.
    """
    spans: list[tuple[Collection[int], int, float]] = []
    for kept in log:
        if isinstance(kept.entry, CodesOpened):
            backs = (one.seq for one in log if isinstance(one.entry, TakenBack) and one.entry.entry == kept.seq)
            spans.append((kept.entry.pieces, kept.seq, min(backs, default=inf)))
    found = set()
    for piece, done in finished.items():
        seqs = [*(mark.seq for mark in marks.get(piece, ())), *done.values()]
        if any(max(seqs) > start and min(seqs) < end for pieces, start, end in spans if not pieces or piece in pieces):
            found.add(piece)
    return frozenset(found)


def runs(text: str, marks: Sequence[Mark]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """A text in runs, each with the numbers (from 1) of the marks that lie over it; marks of the whole are left out."""
    spans = [(number, one.start, min(one.end, len(text))) for number, one in enumerate(marks, 1) if one.end is not None]
    ends = sorted({0, len(text), *(place for _, start, end in spans for place in (start, end) if place <= len(text))})
    return tuple(
        (text[start:end], tuple(number for number, first, last in spans if first <= start and end <= last))
        for start, end in pairwise(ends)
    )
