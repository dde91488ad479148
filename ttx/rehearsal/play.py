"""A rehearsal from beginning to end: everybody joins, the days are played, the record is read, figures are made."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from ttx.rehearsal.cast import RUNS, Player, Stage
from ttx.rehearsal.control import Control
from ttx.rehearsal.figures import Figures, figures
from ttx.rehearsal.line import Line
from ttx.rehearsal.marks import Marks
from ttx.rehearsal.tablets import Delegation, Development, Tablet, submits
from ttx.scenario.roster import ANSWERS

PAGE = 5000
"""Entries of the record that are read at once."""
AT_ONCE = 20
"""Tablets that join at once; more would only wait for one another."""


@dataclass(frozen=True)
class Script:
    """How a rehearsal is played: how many times faster than the clock, from which seed, which decisions, which day."""

    speed: float
    seed: int = 1
    choices: Mapping[str, str] = field(default_factory=dict)
    day: int | None = None


class NobodyRuns(Exception):
    """There is no seat to read the record from."""

    def __init__(self) -> None:
        super().__init__("The roster has no lead facilitator and no director, so nobody could run the exercise.")


async def rehearse(url: str, stage: Stage, script: Script, tell: Callable[[str], None]) -> Figures:
    """Play the exercise with a simulated facilitator. Raises Turned, Unreachable, NobodyRuns."""
    marks = Marks()
    line = await _control(url, stage)
    dice = Random(script.seed)  # noqa: S311  (a plausible afternoon, no secret)
    control = Control(stage, line, script.speed, script.choices, dice, marks, tell)
    days = [day for day in stage.scenario.days if script.day is None or day.day <= script.day]
    for day in days:
        if script.day is not None and day.day != script.day:
            await control.hurry(day)
    async with _Room(url, stage, script, marks) as room:
        await room.fill(tell)
        for day in days:
            if script.day in (None, day.day):
                await control.play(day)
    await control.do("end")
    return await _figures(line, stage, script, marks)


async def attend(url: str, stage: Stage, script: Script, stop: asyncio.Event, tell: Callable[[str], None]) -> Figures:
    """Let simulated delegations answer whoever runs the exercise, until it has ended or `stop` is set.

    Raises as `rehearse`.
    """
    marks = Marks()
    line = await _control(url, stage)
    async with _Room(url, stage, script, marks) as room:
        await room.until(stop, asyncio.create_task(room.fill(tell)))
    return await _figures(line, stage, script, marks)


class _Room:
    """The delegations with their tablets; whoever is in it has left when the block ends."""

    def __init__(self, url: str, stage: Stage, script: Script, marks: Marks) -> None:
        self.stage, self.marks = stage, marks
        dice = Random(script.seed + 1)  # noqa: S311
        cast = tuple(seat for seat in stage.seats if seat.role in ANSWERS and seat.delegation is not None)
        names = list(dict.fromkeys(str(seat.delegation) for seat in cast))
        contacts = [*stage.scenario.organisations, *names]
        self.delegations = {
            name: Delegation(
                name,
                [one for one in contacts if one != name],
                script.speed,
                Random(dice.random()),  # noqa: S311
                marks,
            )
            for name in names
        }
        self.tablets = [self._tablet(url, number, seat, cast) for number, seat in enumerate(cast, 1)]
        self._following: list[asyncio.Task[None]] = []

    def _tablet(self, url: str, number: int, seat: Player, cast: tuple[Player, ...]) -> Tablet:
        owner = self.delegations[str(seat.delegation)]
        return Tablet(seat, f"{seat.delegation} ({number})", Line(url), owner, submits(seat, cast))

    async def __aenter__(self) -> "_Room":
        return self

    async def __aexit__(self, *_: object) -> None:
        for delegation in self.delegations.values():
            await delegation.leave()
        for task in self._following:
            task.cancel()
        await asyncio.gather(*self._following, return_exceptions=True)
        for tablet in self.tablets:
            tablet.line.close()

    async def fill(self, tell: Callable[[str], None]) -> None:
        """Everybody joins and shows a first picture, each as soon as it can. Raises Turned, Unreachable."""
        doors = asyncio.Semaphore(AT_ONCE)
        known = {name: Development.of(one) for name, one in self.stage.injects.items()}

        async def comes(tablet: Tablet) -> None:
            async with doors:
                await tablet.join()
            picture = asyncio.Event()
            following = asyncio.create_task(tablet.follow(known, picture))
            self._following.append(following)
            shown = asyncio.create_task(picture.wait())
            await asyncio.wait(set[asyncio.Task[Any]]({shown, following}), return_when=asyncio.FIRST_COMPLETED)
            shown.cancel()

        await asyncio.gather(*map(comes, self.tablets))
        tell(f"{len(self.delegations)} delegations have joined with {len(self.tablets)} tablets.")

    async def until(self, stop: asyncio.Event, filling: asyncio.Task[None]) -> None:
        """Until somebody says stop, also while the room fills, or every tablet has been told that the exercise ended.

        Raises what `fill` does.
        """
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait(set[asyncio.Task[Any]]({stopped, filling}), return_when=asyncio.FIRST_COMPLETED)
        if not filling.done():
            filling.cancel()
            return
        await filling
        there = set(self._following)
        while there and not stopped.done():
            done, _ = await asyncio.wait(set[asyncio.Task[Any]]({stopped, *there}), return_when=asyncio.FIRST_COMPLETED)
            there -= done
        stopped.cancel()


async def _control(url: str, stage: Stage) -> Line:
    for role in RUNS:
        for seat in stage.seats:
            if seat.role is role:
                line = Line(url)
                await line.join(seat.code)
                return line
    raise NobodyRuns


async def _figures(line: Line, stage: Stage, script: Script, marks: Marks) -> Figures:
    log: list[Mapping[str, Any]] = []
    while True:
        after = log[-1]["seq"] if log else 0
        told, _ = await line.ask("GET", f"/api/v1/exercises/{stage.exercise}/log?after={after}&limit={PAGE}")
        log += told["entries"]
        if len(told["entries"]) < PAGE:
            line.close()
            return figures(stage, log, marks, script.speed, script.seed, script.day)
