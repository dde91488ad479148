"""The entries that coding adds to a review's log: codes, passages marked with them, and what was settled.

A passage is a stretch of one piece of evidence, `start` to `end` in its characters; without `end` it is the whole
piece. Whoever marked it is the seat the entry is kept with. What a code is called is told in `ttx.review.codes`.
"""

from typing import Annotated

from pydantic import Field

from ttx.exercise.facts import Fact, Name, Words
from ttx.scenario.model import Line

Place = Annotated[int, Field(ge=0, le=100_000)]
Piece = Annotated[int, Field(ge=1)]
"""An entry of the exercise's log that is evidence."""


class CodeAdded(Fact):
    """The code book has one more code, beside those that the scenario and the gap record give it."""

    code: str
    label: Line
    definition: Words


class CodeChanged(Fact):
    """A code of the book is called and defined otherwise; what was marked with it stays marked."""

    code: str
    label: Line
    definition: Words


class PassageMarked(Fact):
    """A coder marked a passage with codes."""

    piece: Piece
    codes: Annotated[tuple[Name, ...], Field(min_length=1, max_length=40)]
    start: Place = 0
    end: Place | None = None


class PieceFinished(Fact):
    """A coder has marked in a piece all that he would."""

    piece: Piece


class CodesOpened(Fact):
    """Coders see each other's codes of these pieces from now on; of all pieces, where none is named."""

    pieces: tuple[Piece, ...] = ()


class CodeSettled(Fact):
    """Whether a code applies to a piece was settled, for a reason."""

    piece: Piece
    code: Name
    applies: bool
    why: Words


Coding = CodeAdded | CodeChanged | PassageMarked | PieceFinished | CodesOpened | CodeSettled
