"""Grants that were found a moment ago: a tablet that sends its answers is not looked up anew for each of them.

A look takes two queries in a thread of the pool, as long as deciding and recording an answer does. What was found
stands as long as this process has written nothing that could take a right away and the beat, which looks at all
grants of an exercise twice a second, found it too; so a right taken away in another process ends within a second.
"""

import asyncio
import time
from dataclasses import dataclass

from ttx.exercise.rights import Seat
from ttx.live.rooms import Rooms
from ttx.store.database import Store

KEPT_FOR = 60.0
"""Seconds after which it is looked up all the same, which is also when it is noted that a session was seen."""

AT_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Asker:
    """What a request brings: its cookie or token, and the exercise and seat it names, if it does."""

    credential: str
    exercise: str | None
    seat: str | None


@dataclass(frozen=True, slots=True)
class Grant:
    """A seat as it was made, and by what it is held: the id of a session, or the hash of a token."""

    seat: Seat
    held_by: str


class Held:
    """What was found for whom."""

    def __init__(self, store: Store, rooms: Rooms) -> None:
        self._store, self._rooms = store, rooms
        self._found: dict[Asker, tuple[Grant, int, float]] = {}
        self.lookers = asyncio.Semaphore(4)
        """So many look at a time: a thousand tablets that come at once would have forty threads wait for each other."""

    def turns(self) -> int:
        """To be asked before a look whose result is to be kept."""
        return self._store.turns

    def keep(self, asker: Asker, grant: Grant, turns: int) -> None:
        """This was found, by a look that began at these `turns`."""
        if len(self._found) >= AT_MOST:
            self._found.clear()
        self._found[asker] = grant, turns, time.monotonic()
        self._rooms.holds(grant.seat.exercise, (grant.held_by, grant.seat.id))  # so that the beat looks, too

    def grant(self, asker: Asker) -> Grant | None:
        """What was found for this asker, if it still stands."""
        known = self._found.get(asker)
        if known is None:
            return None
        grant, turns, at = known
        if turns != self._store.turns or time.monotonic() - at > KEPT_FOR:
            return None
        return grant if self._rooms.holds(grant.seat.exercise, (grant.held_by, grant.seat.id)) else None
