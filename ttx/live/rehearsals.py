"""The rehearsal that this process lets a child play: begun, stopped, brought to its end, cleaned up after a crash.

The child is `ttx rehearse --against`: a client like any tablet. Whom it plays it reads on standard input, where no
list of processes shows a code; that its standard input closes tells it to stop, also when this process was killed.
"""

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass

import structlog

from ttx.exercise.commands import Refused
from ttx.exercise.requests import CloseDay, End, Resume
from ttx.exercise.rights import Action, Seat, reach
from ttx.exercise.state import Status
from ttx.live.rooms import Rooms
from ttx.scenario.roster import ANSWERS
from ttx.store import rehearsals
from ttx.store.database import Store
from ttx.store.obstacles import NotRecorded
from ttx.store.seats import SeatListed, seats_of

STOPS_WITHIN = 20.0
"""Seconds the child has to read the record and tell its figures."""
LONGEST = 4 * 1024 * 1024
"""Bytes of figures."""

logger = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class Running:
    """A rehearsal that goes on: its exercise, the exercise it rehearses, how many tablets its child plays, and who sees
    it to its end."""

    exercise: str
    of: str
    speed: float
    runner: Seat
    tablets: int
    child: asyncio.subprocess.Process
    watch: "asyncio.Task[None] | None" = None


class Rehearsals:
    """At most one rehearsal at a time: a second one would slow down the first, and what it measures."""

    def __init__(self, store: Store, rooms: Rooms) -> None:
        self.store, self.rooms = store, rooms
        self.running: Running | None = None
        self._begins = asyncio.Lock()

    async def open(self) -> None:
        """End what a process before this one left behind, so that none of its codes works."""
        await asyncio.to_thread(rehearsals.clean_up, self.store)

    async def close(self) -> None:
        """End the rehearsal that goes on, without figures."""
        if self.running is not None and self.running.watch is not None:
            with contextlib.suppress(ProcessLookupError):
                self.running.child.kill()
            await self.running.watch

    async def begin(self, of: str, who: Seat, url: str, speed: float) -> Seat:
        """Rehearse an exercise on this server; the seat of the rehearsal from which `who` runs it.

        Raises Refused, NotRecorded.
        """
        async with self._begins:
            state = self.rooms.room(of).state
            if state.opened or state.status is Status.ENDED:
                raise Refused("The exercise has begun. A rehearsal is for before; start another exercise to rehearse.")
            if await asyncio.to_thread(rehearsals.is_rehearsal, self.store, of):
                raise Refused("This is a rehearsal itself. Rehearse the exercise that it was made from.")
            if self.running is not None:
                title = self.rooms.room(self.running.exercise).state.title
                raise Refused(f"{title} is going on, and one is all a server plays at a time. Stop it first.")
            exercise = await asyncio.to_thread(rehearsals.create_rehearsal, self.store, of)
            try:
                seated = await asyncio.to_thread(seats_of, self.store, exercise)
                runner = _runner(seated, who)
                played = [one for one in seated if one.seat.role in ANSWERS and one.seat.delegation is not None]
                child = await self._plays(exercise, played, runner, url, speed)
            except BaseException:
                await asyncio.to_thread(rehearsals.end_rehearsal, self.store, exercise, None)
                raise
            self.running = Running(exercise, of, speed, runner.seat, len(played), child)
            self.running.watch = asyncio.create_task(self._see_through(self.running))
            return runner.seat

    async def stop(self, of: str) -> None:
        """Stop the rehearsal of an exercise, if one goes on, and wait for its figures."""
        running = self.running
        if running is None or running.of != of or running.watch is None or running.child.stdin is None:
            return
        running.child.stdin.close()
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                await asyncio.shield(running.watch)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                running.child.kill()
            await running.watch

    async def _plays(
        self, exercise: str, played: list[SeatListed], runner: SeatListed, url: str, speed: float
    ) -> asyncio.subprocess.Process:
        room = self.rooms.room(exercise)
        if not played:
            raise Refused("The roster has no delegation with a tablet, so nobody would answer. Add one to rehearse.")
        stage = {
            "exercise": exercise,
            "scenario": room.graph.scenario.model_dump(mode="json"),
            "seats": [
                {
                    "code": one.code,
                    "role": one.seat.role,
                    "delegation": one.seat.delegation,
                    "table": one.seat.table,
                }
                for one in (runner, *played)
            ],
            "groups": {name: one.groups for name, one in room.state.delegations.items()},
        }
        words = ("-m", "ttx", "rehearse", "--against", url, "--speed", f"{speed:g}", "--json")
        pipe, quiet = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        child = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdin=pipe, stdout=pipe, stderr=quiet, limit=LONGEST
        )
        if child.stdin is None:
            raise AssertionError("a pipe was asked for")
        child.stdin.write(json.dumps(stage).encode() + b"\n")
        return child

    async def _see_through(self, running: Running) -> None:
        """Wait for the child's figures, end the exercise, keep the figures."""
        try:
            told = await _printed(running.child)
            figures = told.decode() if told.startswith(b"{") else None
            await self._ends(running)
            await asyncio.to_thread(rehearsals.end_rehearsal, self.store, running.exercise, figures)
        except NotRecorded as obstacle:
            logger.warning("rehearsal", exercise=running.exercise, obstacle=str(obstacle))
        finally:
            self.running = None

    async def _ends(self, running: Running) -> None:
        room = self.rooms.room(running.exercise)
        for wanted in (Resume(do="resume"), CloseDay(do="close_day"), End(do="end")):
            with contextlib.suppress(Refused):  # it is not paused, no day is open, it has ended
                await room.do(running.runner, wanted)


async def _printed(child: asyncio.subprocess.Process) -> bytes:
    """What a child printed by its end; its standard input stays open meanwhile."""
    if child.stdout is None:
        raise AssertionError("a pipe was asked for")
    told = await child.stdout.read()
    await child.wait()
    return told


def _runner(seated: list[SeatListed], who: Seat) -> SeatListed:
    """The seat to run a rehearsal from: of one's own role, or of the other that runs an exercise."""
    able = [one for one in seated if reach(one.seat, Action.RUN) is not None]
    if not able:
        raise Refused("The roster has no lead facilitator and no director, so nobody could run the rehearsal.")
    return next((one for one in able if one.seat.role is who.role), able[0])
