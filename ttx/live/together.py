"""What this process and the others on the same database tell each other: that a log has grown, and who is there.

The log itself needs none of it: it is the database's, and the beat looks. This is what makes it quick, and what brings
together what is in no record.
"""

import asyncio
import secrets
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress

import structlog

from ttx.live.elsewhere import NOTHING, read
from ttx.live.room import Room
from ttx.store import telling
from ttx.store.answer_drafts import drafts_of
from ttx.store.database import Store
from ttx.store.devices import people_of
from ttx.store.obstacles import NotRead, NotRecorded
from ttx.store.ringing import Heads, bell

LISTENS = 0.5
"""Seconds after which whoever listens sees whether it should stop."""
SAYS_AGAIN = 2.0
"""Seconds after which a process that has no news says so."""
LIVES = 5.0
"""Seconds for which what a process said holds."""
FORGOTTEN = 60.0
"""Seconds after which what a process left is taken away by another one."""

logger = structlog.get_logger(__name__)


class Together:
    """This process among others. `rooms` are those that are open in it now; `bus` is where they ring, if not in the
    database."""

    def __init__(
        self, store: Store, rooms: Mapping[str, Room], writer: Executor, reader: Executor, bus: str = ""
    ) -> None:
        self.process = secrets.token_hex(8)
        self._store, self._rooms, self._writer, self._reader = store, rooms, writer, reader
        self._bell = bell(store, bus)
        self._ringer = ThreadPoolExecutor(1, "ringer")
        self._listener = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._loop = asyncio.get_running_loop()
        self._stopped = threading.Event()
        self._catching: dict[str, asyncio.Task[None]] = {}
        self._told: dict[str, tuple[int, str, float]] = {}
        self._heard: dict[tuple[str, str], tuple[int, float]] = {}
        self._marks: dict[str, tuple[object, ...]] = {}

    def open(self) -> None:
        """Begin to listen."""
        self._listener.start()

    async def close(self) -> None:
        """Listen no more, and take away what was told."""
        self._stopped.set()
        await asyncio.to_thread(self._listener.join)
        for task in list(self._catching.values()):
            task.cancel()
        self._ringer.shutdown()
        self._bell.close()
        with suppress(NotRecorded):
            await self._loop.run_in_executor(self._writer, telling.forget, self._store, [self.process])

    def ring(self, exercise: str, head: int) -> None:
        """A log was written here and is so long now."""
        with suppress(RuntimeError):  # the ringer was let go of meanwhile: the others look by themselves
            self._ringer.submit(self._bell.ring, exercise, head)

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                heads = self._bell.heard(LISTENS)
            except Exception:
                logger.exception("doorbell")
                time.sleep(LISTENS)
                continue
            if heads and not self._stopped.is_set():
                with suppress(RuntimeError):  # the loop has ended
                    self._loop.call_soon_threadsafe(self._rung, heads)

    def _rung(self, heads: Heads) -> None:
        for exercise, head in heads.items():
            room = self._rooms.get(exercise)
            if room is not None and head > room.state.seq and exercise not in self._catching:
                self._catching[exercise] = self._loop.create_task(self._catch_up(room))

    async def _catch_up(self, room: Room) -> None:
        try:
            with suppress(NotRead, NotRecorded):  # the beat says so, and tries again
                await room.catch_up()
        finally:
            self._catching.pop(room.exercise, None)

    async def beat(self) -> None:
        """Tell what is new here, and take in what others told. Raises NotRead, NotRecorded."""
        rooms = dict(self._rooms)
        await self._tell(rooms)
        await self._hear(rooms)
        for room in rooms.values():
            await self._share(room)

    async def _tell(self, rooms: Mapping[str, Room]) -> None:
        news: dict[str, tuple[int, str]] = {}
        now = time.monotonic()
        for exercise, room in rooms.items():
            body = room.attendance.told().text()
            beat, before, at = self._told.get(exercise, (0, NOTHING.text(), now))
            if body != before or (beat and now - at >= SAYS_AGAIN):
                news[exercise] = (beat + 1, body)
        if news:
            await self._loop.run_in_executor(self._writer, telling.tell, self._store, self.process, news)
            self._told |= {exercise: (beat, body, now) for exercise, (beat, body) in news.items()}

    async def _hear(self, rooms: Mapping[str, Room]) -> None:
        heard = await self._loop.run_in_executor(self._reader, telling.others, self._store, self.process)
        now = time.monotonic()
        silent = set[str]()
        living = set[tuple[str, str]]()
        for one in heard:
            whose = (one.process, one.exercise)
            beat, since = self._heard.get(whose, (-1, now))
            if one.beat != beat:
                self._heard[whose] = (one.beat, now)
            elif now - since > FORGOTTEN:
                silent.add(one.process)
            if now - self._heard[whose][1] > LIVES:
                continue
            living.add(whose)
            if one.exercise in rooms:
                rooms[one.exercise].hears_from(one.process, read(one.body))
        for exercise, room in rooms.items():
            for process in room.attendance.processes() - {who for who, what in living if what == exercise}:
                room.hears_from(process, NOTHING)
        there = {(one.process, one.exercise) for one in heard}
        self._heard = {whose: known for whose, known in self._heard.items() if whose in there}
        if silent:
            await self._loop.run_in_executor(self._writer, telling.forget, self._store, silent)

    async def _share(self, room: Room) -> None:
        if not room.fanout.members():
            return
        mark = await self._loop.run_in_executor(self._reader, telling.mark_of_drafts, self._store, room.exercise)
        if mark != self._marks.get(room.exercise):
            # In the writer's thread, so that what is read here is not older than what was kept before.
            drafts = await self._loop.run_in_executor(self._writer, drafts_of, self._store, room.exercise)
            self._marks[room.exercise] = mark
            room.sharing.takes(drafts)
        room.people_changed(await self._loop.run_in_executor(self._reader, people_of, self._store, room.exercise))
