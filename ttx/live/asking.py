"""What a room's writer takes from its queue, and what one transaction of it gives back."""

import asyncio
import hashlib
from dataclasses import dataclass

from ttx.exercise.requests import Asked, Clocked, ReleaseDue
from ttx.exercise.rights import Seat
from ttx.exercise.state import State
from ttx.pages.touches import Touch

LET_GO = ("What was asked", "this server is letting go of the exercise", "Ask again in a moment.")


@dataclass(eq=False, slots=True)
class Waiting:
    """A request in the queue. Without a seat it is the clock's own."""

    seat: Seat | None
    request: Asked | Clocked | None
    key: str | None
    answer: "asyncio.Future[int]"

    def settle(self, answer: int | Exception) -> None:
        """Give the answer, unless whoever asked has gone."""
        if self.answer.done():
            return
        if isinstance(answer, Exception):
            self.answer.set_exception(answer)
        else:
            self.answer.set_result(answer)


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction did: the state after the entries it met or made, the answer to each request.

    `wrote` says whether it made any; a transaction in which all was refused proves nothing about the disk.
    """

    state: State
    touched: dict[Touch, int]
    answers: tuple[int | Exception, ...]
    wrote: bool = False


def digest(seat: Seat | None, request: Asked | Clocked) -> str:
    """What distinguishes a request from another one that came with the same key.

    Of two processes whose clocks differ, one may hold a planned release for late: it is the same request.
    """
    who = seat.id if seat is not None else ""
    said = request.model_dump_json(exclude={"late"} if isinstance(request, ReleaseDue) else None)
    return hashlib.sha256(f"{who}\n{said}".encode()).hexdigest()
