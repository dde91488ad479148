"""What a coder asks of a review: one model a verb, as its forms send it. Shape only, like `requests`."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from ttx.exercise.facts import Name, Request, Words
from ttx.review.marks import Piece, Place
from ttx.scenario.model import Line


class AddCode(Request):
    """Add a code to the code book."""

    do: Literal["add_code"]
    label: Line
    definition: Words


class ChangeCode(Request):
    """Call and define a code of the book otherwise."""

    do: Literal["change_code"]
    code: Name
    label: Line
    definition: Words


class MarkPassage(Request):
    """Mark a passage with codes: `words` as they stand in the piece, near character `start`; without any the whole."""

    do: Literal["mark_passage"]
    piece: Piece
    codes: Annotated[tuple[Name, ...], Field(min_length=1, max_length=40)]
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)] = ""
    start: Annotated[Place, BeforeValidator(lambda value: value or 0)] = 0


class FinishPiece(Request):
    """Say that all is marked in a piece that the coder would mark."""

    do: Literal["finish_piece"]
    piece: Piece


class OpenCodes(Request):
    """Let coders see each other's codes: of this piece, or of all."""

    do: Literal["open_codes"]
    piece: Piece | None = None


class SettleCode(Request):
    """Settle whether a code applies to a piece, and say why."""

    do: Literal["settle_code"]
    piece: Piece
    code: Name
    applies: bool
    why: Words


CodingAsked = AddCode | ChangeCode | MarkPassage | FinishPiece | OpenCodes | SettleCode
"""What a coder may ask."""
