"""The rooms of this process, opened when first asked for, and the beat that keeps them honest.

Twice a second the beat looks for what other processes have written or revoked, for what has fallen
due by the clock, and, when recording had failed, for whether it works again.
"""

import asyncio
import contextlib
import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from ttx.exercise.requests import Clocked, EndTimer, ReleaseDue
from ttx.exercise.state import State, Status
from ttx.live.measures import Figure, Measures, gauge
from ttx.live.room import CLOSE_RESYNC, Room
from ttx.live.together import Together
from ttx.pages.environment import Pages
from ttx.store import log
from ttx.store.database import Store
from ttx.store.devices import waiting_of
from ttx.store.grants import Grant, grants, seen
from ttx.store.obstacles import NotRead, NotRecorded
from ttx.store.sessions import IDLE

BEAT = 0.5
"""Seconds between two looks at the database. A revoked seat loses its sockets within a second."""

PUNCTUAL = timedelta(seconds=30)
"""How late a planned release is still made by itself. Later than that nobody was there, and a person decides."""

CLOSE_ENDED, CLOSE_NOT_SEATED = 4003, 4401

logger = structlog.get_logger(__name__)


class Rooms:
    """Every exercise that somebody in this process watches or steers."""

    def __init__(
        self,
        store: Store,
        pages: Pages,
        idle: timedelta = IDLE,
        among: bool = False,
        bus: str = "",
        measures: Measures | None = None,
    ) -> None:
        """`idle` is how long a session may be silent; one with an open socket is not. `among`: there are other
        processes on this database, which ring on `bus` where it is not the database's bell."""
        self.measures = measures or Measures()
        self.store, self.pages, self.idle = store, pages, idle
        self._noted = datetime.now(UTC)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._reader = ThreadPoolExecutor(1, "beat")
        self._rooms: dict[str, Room] = {}
        self._held: dict[str, tuple[float, frozenset[Grant]]] = {}
        self._asked: set[str] = set()
        self._early: dict[str, asyncio.Task[None]] = {}
        self._beat: asyncio.Task[None] | None = None
        self._among, self._bus = among, bus
        self._together: Together | None = None

    def room(self, exercise: str) -> Room:
        """The room of an exercise; raises LookupError if there is no such exercise."""
        room = self._rooms.get(exercise)
        if room is None:
            with unswept():
                room = Room(self.store, exercise, self.pages, self._writer, self.measures)
                self._rooms[exercise] = room
            if self._together is not None:
                room.rings = partial(self._together.ring, exercise)
        return room

    def holds(self, exercise: str, grant: Grant) -> bool:
        """Whether a grant held at the last look, if that was a moment ago. Asking makes the next beat look, and where
        nobody has looked for longer, somebody does at once: a room that answers after a silence does so all together.
        """
        self._asked.add(exercise)
        at, held = self._held.get(exercise, (float("-inf"), frozenset[Grant]()))
        if time.monotonic() - at < 2 * BEAT:
            return grant in held
        room = self._rooms.get(exercise)
        if room is not None and exercise not in self._early:
            look = asyncio.get_running_loop().create_task(self._look_at_once(room))
            self._early[exercise] = look
            look.add_done_callback(lambda _: self._early.pop(exercise))
        return False

    def open(self) -> None:
        """Begin to beat."""
        if self._among:
            self._together = Together(self.store, self._rooms, self._writer, self._reader, self._bus)
            self._together.open()
        self._beat = asyncio.get_running_loop().create_task(self._beats())

    async def close(self) -> None:
        """Stop the beat and the rooms; what was acknowledged is on disk already."""
        if self._beat is not None:
            self._beat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beat
        await asyncio.gather(*self._early.values(), return_exceptions=True)
        if self._together is not None:
            await self._together.close()
        for room in self._rooms.values():
            await room.close()
        self._writer.shutdown()
        self._reader.shutdown()

    def figures(self) -> list[Figure]:
        """Each figure of this process."""
        rooms = list(self._rooms.values())
        members = [member for room in rooms for member in room.fanout.members()]
        return [
            gauge("ttx_rooms", "Exercises open in this process.", len(rooms)),
            gauge("ttx_sockets", "Open sockets.", len(members)),
            gauge("ttx_seats", "Seats with an open socket.", len({one.seat for one in members if not one.watching})),
            gauge("ttx_dirty_regions", "Regions that sockets still have to get.",
                  sum(len(member.dirty) for member in members)),
            gauge("ttx_entries", "Entries of the open exercises.", sum(room.state.seq for room in rooms)),
            gauge("ttx_recording", "1 while everything can be recorded.", int(all(room.recording for room in rooms))),
            *self.measures.figures(),
        ]  # fmt: skip

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            for room in list(self._rooms.values()):
                try:
                    await self._look(room)
                except (NotRead, NotRecorded) as obstacle:
                    logger.warning("beat", exercise=room.exercise, obstacle=str(obstacle))
                except Exception:
                    logger.exception("beat", exercise=room.exercise)
            if self._together is not None:
                try:
                    await self._together.beat()
                except (NotRead, NotRecorded) as obstacle:
                    logger.warning("together", obstacle=str(obstacle))
                except Exception:
                    logger.exception("together")
            await self._note_presence()

    async def forget(self, exercise: str) -> None:
        """Let an open room that knows answers read the record anew, since they were shredded."""
        room = self._rooms.get(exercise)
        if room is not None and room.state.responses:
            await self._dismiss(room)

    async def _dismiss(self, room: Room) -> None:
        """Let a room go, unless somebody else did meanwhile: then another may be open in its place."""
        if self._rooms.get(room.exercise) is not room:
            return
        del self._rooms[room.exercise]
        room.dismiss(lambda _: True, CLOSE_RESYNC, "resync")
        await room.close()

    async def _note_presence(self) -> None:
        """Write down, a few times within `idle`, that sessions with open sockets are there."""
        now = datetime.now(UTC)
        if now - self._noted < self.idle / 24:
            return
        self._noted = now
        there = {member.session for room in self._rooms.values() for member in room.fanout.members()}
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, seen, self.store, there, now)
        except NotRecorded as obstacle:
            logger.warning("presence", obstacle=str(obstacle))

    async def _look(self, room: Room) -> None:
        loop = asyncio.get_running_loop()
        head, epoch = await loop.run_in_executor(self._reader, log.head, self.store, room.exercise)
        if epoch != room.epoch:
            await self._dismiss(room)
            return
        if head > room.state.seq:
            await room.catch_up()
        if room.state.status is Status.ENDED:
            room.dismiss(lambda member: not member.dirty, CLOSE_ENDED, "ended")
        if room.fanout.members() or room.exercise in self._asked:
            self._asked.discard(room.exercise)
            waits = await loop.run_in_executor(self._reader, waiting_of, self.store, room.exercise)
            room.door_is(tuple(one.seat.table for one in waits))
            await self._look_who_may(room)
        # What writes comes last: a full disk must not keep a revoked seat's sockets open.
        if not room.recording and await loop.run_in_executor(self._writer, self.store.probe) is None:
            room.set_recording(True)
        for request, key in fallen_due(room.state, datetime.now(UTC)):
            await room.clock_says(request, key)

    async def _look_who_may(self, room: Room) -> None:
        looked, loop = time.monotonic(), asyncio.get_running_loop()
        held = await loop.run_in_executor(self._reader, grants, self.store, room.exercise, None, self.idle)
        self._held[room.exercise] = looked, held
        room.dismiss(lambda member: (member.session, member.seat) not in held, CLOSE_NOT_SEATED, "not seated")

    async def _look_at_once(self, room: Room) -> None:
        with contextlib.suppress(NotRead):  # the next beat says so
            await self._look_who_may(room)


@contextlib.contextmanager
def unswept() -> Iterator[None]:
    """Look for no cycles among what is made meanwhile: a long log has none, and looking takes longer than folding."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def fallen_due(state: State, now: datetime) -> Iterator[tuple[Clocked, str]]:
    """What the clock has to ask for now, each with the key under which only one process does it."""
    timer = state.timer
    if timer is not None and timer.ends is not None and timer.ends <= now:
        yield EndTimer(do="end_timer", started=timer.started), f"timer:{timer.started}"
    for name, planned in state.schedule.items():
        if planned.due is not None and planned.due <= now and planned.lapsed is None:
            late = now - planned.due > PUNCTUAL
            yield (
                ReleaseDue(do="release_due", inject=name, scheduled=planned.scheduled, late=late),
                f"release:{planned.scheduled}",
            )
