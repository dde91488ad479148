"""What a coder's request leads to, like `commands` for gaps: entries, or Refused with a sentence. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import assert_never

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action as Right
from ttx.exercise.rights import Seat, require
from ttx.review.coding import Coding, fold_coding
from ttx.review.coding_requests import (
    AddCode,
    ChangeCode,
    CodingAsked,
    FinishPiece,
    MarkPassage,
    OpenCodes,
    SettleCode,
)
from ttx.review.entries import Kept
from ttx.review.marks import (
    CodeAdded,
    CodeChanged,
    CodeSettled,
    CodesOpened,
    PassageMarked,
    PieceFinished,
)
from ttx.review.marks import Coding as Entry
from ttx.review.parts import spelt

FROZEN = "{} was finished by both coders, so its codes stand. Settle what differs, and say why."


def decide_coding(
    codes: Collection[str], texts: Mapping[int, str], log: Sequence[Kept], seat: Seat, request: CodingAsked
) -> Entry:
    """The entry that a coder's request leads to; raises Forbidden or Refused. `codes` are those that are no analysts'
    own, `texts` the evidence he may read."""
    require(seat, Right.CODE)
    coding = fold_coding(log)
    match request:
        case AddCode(label=label, definition=definition):
            _free(coding, label)
            return CodeAdded(code=f"K-{coding.added + 1:02}", label=label, definition=definition)
        case ChangeCode(code=code, label=label, definition=definition):
            held = coding.own.get(code)
            if held is None:
                raise Refused(f"There is no code {code} of your own in the code book; the others are the scenario's.")
            if (held.label, held.definition) == (label, definition):
                raise Refused(f"{code} says this already; nothing was changed.")
            _free(coding, label, code)
            return CodeChanged(code=code, label=label, definition=definition)
        case MarkPassage():
            return _marked(codes, coding, _text(texts, request.piece), seat, request)
        case FinishPiece(piece=piece):
            _text(texts, piece)
            if seat.id in coding.finished.get(piece, {}):
                raise Refused(f"You finished {spelt(piece)} already.")
            return PieceFinished(piece=piece)
        case OpenCodes(piece=piece):
            require(seat, Right.OPEN_CODES)
            if coding.everything is not None or (piece is not None and coding.is_open(piece)):
                raise Refused("These codes are open already.")
            if piece is not None:
                _text(texts, piece)
            return CodesOpened(pieces=() if piece is None else (piece,))
        case SettleCode():
            return _settled(codes, coding, _text(texts, request.piece), request)
        case _ as unknown:
            assert_never(unknown)


def may_take_back(coding: Coding, seat: Seat, about: Kept) -> None:
    """Whether a seat may take this entry back, or let it count again; raises Refused or Forbidden.

    One's own marks, until a piece is shut; what the director opened only he closes.
    """
    entry = about.entry
    if isinstance(entry, CodesOpened):
        require(seat, Right.OPEN_CODES)
    if isinstance(entry, PassageMarked | PieceFinished):
        if about.seat != seat.id:
            raise Refused(f"Somebody else coded this passage of {spelt(entry.piece)}; only that coder takes it back.")
        if coding.shut(entry.piece):
            raise Refused(FROZEN.format(spelt(entry.piece)))
        if isinstance(entry, PassageMarked) and seat.id in coding.finished.get(entry.piece, {}):
            raise Refused(f"You finished {spelt(entry.piece)}. Take that back first.")


def place_of(text: str, words: str, start: int) -> tuple[int, int] | None:
    """Where in a text these words stand, the time that begins nearest to `start`; whatever its spaces and line ends
    are. None if nowhere."""
    wanted = r"\s+".join(re.escape(word) for word in words.split())
    found = [match.span() for match in re.finditer(wanted, text)] if wanted else []
    return min(found, key=lambda span: abs(span[0] - start), default=None)


def _marked(codes: Collection[str], coding: Coding, text: str, seat: Seat, request: MarkPassage) -> PassageMarked:
    piece = request.piece
    if coding.shut(piece):
        raise Refused(FROZEN.format(spelt(piece)))
    if seat.id in coding.finished.get(piece, {}):
        raise Refused(f"You finished {spelt(piece)}. Take that back to go on marking it.")
    wanted = tuple(dict.fromkeys(request.codes))
    for code in wanted:
        _known(codes, coding, code)
    start, end = 0, None
    if request.words and request.words != text.strip():
        found = place_of(text, request.words, request.start)
        if found is None:
            raise Refused(
                f"These words do not stand in {spelt(piece)} like this. Select them in its text, or copy them."
            )
        start, end = found
    same = [one for one in coding.marks.get(piece, ()) if (one.seat, one.start, one.end) == (seat.id, start, end)]
    new = tuple(code for code in wanted if not any(code in one.codes for one in same))
    if not new:
        raise Refused("You marked this passage with this already.")
    return PassageMarked(piece=piece, codes=new, start=start, end=end)


def _settled(codes: Collection[str], coding: Coding, _text: str, request: SettleCode) -> CodeSettled:
    _known(codes, coding, request.code)
    if not coding.is_open(request.piece):
        raise Refused(
            f"{spelt(request.piece)} is still being coded. It is settled when both coders have finished it, or the "
            "director has opened it."
        )
    before = coding.settled.get((request.piece, request.code))
    if before is not None and (before.applies, before.why) == (request.applies, request.why):
        raise Refused("This was settled so already.")
    return CodeSettled(piece=request.piece, code=request.code, applies=request.applies, why=request.why)


def _known(codes: Collection[str], coding: Coding, code: str) -> None:
    if code not in codes and code not in coding.own:
        raise Refused(f"There is no code {code} in the code book. Choose from its list, or add it there.")


def _text(texts: Mapping[int, str], piece: int) -> str:
    text = texts.get(piece)
    if text is None:
        raise Refused(f"There is no evidence {spelt(piece)} in this exercise. Choose from the list of evidence.")
    return text


def _free(coding: Coding, label: str, but: str = "") -> None:
    taken = next(
        (one for one in coding.own.values() if one.label.casefold() == label.casefold() and one.id != but), None
    )
    if taken is not None:
        raise Refused(f"{taken.id} is called {taken.label} already. Change that code, or take another label.")
