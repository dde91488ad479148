"""A simulated lead facilitator: opens a day, releases what is next, takes decisions, closes the day."""

import asyncio
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from ttx.rehearsal import agenda
from ttx.rehearsal.cast import Stage
from ttx.rehearsal.line import Line, Turned, Unreachable
from ttx.rehearsal.marks import Marks
from ttx.scenario.model import Day, InjectKind

ENOUGH = 0.75
"""The part of the delegations that must have answered before one goes on at the planned time."""
PATIENCE = 1.5
"""How many times the planned minutes are waited for them."""


class Control:
    """Runs an exercise by its scenario's agenda. `choices` are decisions taken beforehand, inject to option."""

    def __init__(
        self,
        stage: Stage,
        line: Line,
        speed: float,
        choices: Mapping[str, str],
        dice: Random,
        marks: Marks,
        tell: Callable[[str], None],
    ) -> None:
        self.stage, self.line, self.speed, self.choices = stage, line, speed, choices
        self.dice, self.marks, self.tell = dice, marks, tell
        self._begun = 0.0
        self._start = 0
        self._asked = 0

    async def hurry(self, day: Day) -> None:
        """Play a day without waiting for anybody, so that the next one begins where it would."""
        self.tell(f"Day {day.day} is played without waiting.")
        await self.do("open_day", day=day.day)
        while (inject := await self._next(set())) is not None:
            if not await self.do("release", inject=inject["id"]):
                break
            await self._decide(inject)
        await self.do("close_day")

    async def play(self, day: Day) -> None:
        """Play a day at its pace: on when all have answered, or at the planned time if most have."""
        await self.do("open_day", day=day.day)
        self._begun, (self._start, _) = asyncio.get_running_loop().time(), agenda.span(day)
        self.tell(f"{self.now} Day {day.day}: {day.title}")
        session, sessions, refused = None, agenda.sessions(day), set[str]()
        while (inject := await self._next(refused)) is not None:
            block = sessions.get(inject["session"])
            if block is not None and block.id != session:
                waits = agenda.pause(day, session, block.id)
                await self._until(max(agenda.begins(block), self._minutes() + waits))
                session = block.id
            if not await self.do("release", inject=inject["id"]):
                refused.add(inject["id"])
                continue
            await self._discussed(inject)
            await self._decide(inject)
        await self._until(self._minutes() + agenda.pause(day, session, None))
        await self.do("close_day")
        self.tell(f"{self.now} Day {day.day} is closed.")

    async def do(self, verb: str, **fields: object) -> bool:
        """Ask for something; whether it was done. What was refused is noted."""
        self._asked += 1
        path = f"/api/v1/exercises/{self.stage.exercise}/commands"
        try:
            await self.line.ask("POST", path, {"do": verb, **fields}, f"rehearsal:{self.line.seat}:{self._asked}")
        except (Turned, Unreachable) as fault:
            self.marks.fails("control", " ".join([verb, *map(str, fields.values())]), fault)
            return False
        return True

    @property
    def now(self) -> str:
        """The time of day in the rehearsal."""
        return agenda.clock(self._minutes())

    async def _next(self, refused: set[str]) -> Mapping[str, Any] | None:
        """What can be released and is not held in reserve, the first in the day's order."""
        now, _ = await self.line.ask("GET", f"/api/v1/exercises/{self.stage.exercise}")
        for inject in now["available"]:
            if inject["kind"] != InjectKind.CONTINGENCY and inject["id"] not in refused:
                found: Mapping[str, Any] = inject
                return found
        return None

    async def _discussed(self, inject: Mapping[str, Any]) -> None:
        written = self.stage.injects.get(inject["id"])
        reached = len(self.stage.reached(written)) if written is not None else 0
        planned = inject["minutes"] * 60 / self.speed
        since = asyncio.get_running_loop().time()
        self.tell(f"{self.now} {inject['id']} {inject['title']}")
        if not reached or not inject["questions"]:
            await asyncio.sleep(planned)
            return
        await self.marks.wait_for(inject["id"], reached, planned)
        left = since + planned * PATIENCE - asyncio.get_running_loop().time()
        await self.marks.wait_for(inject["id"], round(reached * ENOUGH), left)
        done = len(self.marks.done.get(inject["id"], ()))
        so_far = "all" if done == reached else f"{done} of"
        self.tell(f"{self.now} On from {inject['id']}: {so_far} {reached} have answered by now")

    async def _decide(self, inject: Mapping[str, Any]) -> None:
        if inject["branch"] is None:
            return
        option = self.choices.get(inject["id"]) or self.dice.choice(list(inject["branch"]["options"]))
        if await self.do("choose", inject=inject["id"], option=option):
            self.tell(f"{self.now} {inject['id']} is decided: {option}")

    def _minutes(self) -> float:
        return self._start + (asyncio.get_running_loop().time() - self._begun) * self.speed / 60

    async def _until(self, minutes: float) -> None:
        await asyncio.sleep(max(minutes - self._minutes(), 0) * 60 / self.speed)
