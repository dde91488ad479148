"""A simulated delegation with its tablets: each follows the exercise over its own socket, one of them answers."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from websockets.exceptions import ConnectionClosed

from ttx.rehearsal import pace, replies
from ttx.rehearsal.cast import Player
from ttx.rehearsal.line import ENDED, NOT_SEATED, Line, Turned, Unreachable
from ttx.rehearsal.marks import Marks
from ttx.scenario.model import Inject, Question
from ttx.scenario.roster import Role

BACK = 1.0
"""Seconds after which a tablet whose socket closed opens it again."""
GIVES_UP = 30
"""Times in a row that a tablet tries to come back."""


@dataclass(frozen=True, slots=True)
class Development:
    """What a tablet shows of an inject, and the minutes that its reader has been given."""

    id: str
    text: str
    minutes: int
    questions: tuple[Question, ...]

    @staticmethod
    def of(inject: Inject) -> "Development":
        """One of the scenario's."""
        return Development(inject.id, inject.text, inject.minutes, inject.questions)


class Delegation:
    """People who read, talk and answer. `others` are whom they may contact."""

    def __init__(self, name: str, others: list[str], speed: float, dice: Random, marks: Marks) -> None:
        self.name, self.others, self.speed, self.dice, self.marks = name, others, speed, dice, marks
        self.temper = pace.temper(dice)
        self._begun: set[str] = set()
        self._talking: set[asyncio.Task[None]] = set()

    def is_asked(self, inject: Development, tablet: "Tablet") -> None:
        """A development is on a tablet of theirs that submits; whichever shows it first sends the answers."""
        self.marks.shown.setdefault(inject.id, set()).add(self.name)
        if inject.id in self._begun or not inject.questions:
            return
        self._begun.add(inject.id)
        dice = Random(self.dice.random())  # noqa: S311  (a plausible afternoon, no secret)
        task = asyncio.create_task(self._answer(inject, tablet, dice))
        self._talking.add(task)
        task.add_done_callback(self._talking.discard)

    async def leave(self) -> None:
        """Stop talking; what was not sent never will be."""
        for task in list(self._talking):
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)

    async def _answer(self, inject: Development, tablet: "Tablet", dice: Random) -> None:
        loop = asyncio.get_running_loop()
        begun, through = loop.time(), True
        given = {one.id: replies.reply(one, self.others, self.temper.unsure, dice) for one in inject.questions}
        sent = pace.turns(inject.text, inject.minutes, given, self.temper, dice)
        for turn in sent:
            moment = begun + turn.at / self.speed
            await asyncio.sleep(moment - loop.time())
            self.marks.late.append(loop.time() - moment)
            through &= await tablet.submit(inject.id, turn.question, given[turn.question])
        if sent and through:
            await self.marks.answered(inject.id, self.name)


class Tablet:
    """A device on a seat. It knows the scenario's developments by heart and asks the server for any other."""

    def __init__(self, player: Player, label: str, line: Line, delegation: Delegation, submits: bool) -> None:
        self.player, self.label, self.line = player, label, line
        self.delegation, self.submits = delegation, submits
        self.exercise = ""
        self._shown: set[str] = set()

    async def join(self) -> None:
        """Sit down. Raises Turned, Unreachable."""
        self.exercise = await self.line.join(self.player.code)

    async def follow(self, known: Mapping[str, Development], ready: asyncio.Event) -> None:
        """Show what comes until the exercise has ended or the seat is gone. `ready` is set at the first picture."""
        lost = 0
        while lost <= GIVES_UP:
            try:
                now, _ = await self.line.ask("GET", f"/api/v1/exercises/{self.exercise}")
                for told in now["released"]:
                    self._shows(str(told["id"]), known, now, first=not ready.is_set())
                frames = self.line.frames(f"/live/{self.exercise}", now["epoch"], now["seq"])
                async with contextlib.aclosing(frames):
                    async for frame in frames:
                        lost = 0
                        ready.set()
                        await self._takes(frame, known)
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd is not None else None
                if code in (ENDED, NOT_SEATED):
                    return
                self.delegation.marks.fails(self.label, "socket", closed)
            except Turned as refusal:
                if refusal.status in (401, 403, 404):
                    return
                self.delegation.marks.fails(self.label, "read", refusal)
            except Unreachable as fault:
                self.delegation.marks.fails(self.label, "read", fault)
            lost += 1
            await asyncio.sleep(BACK)

    async def submit(self, inject: str, question: str, answer: Mapping[str, Any]) -> bool:
        """Send an answer of record, and note how long its receipt took; whether there was one."""
        body = {"do": "respond", "inject": inject, "question": question, "answer": dict(answer)}
        key = f"rehearsal:{self.delegation.name}:{inject}:{question}"
        try:
            _, took = await self.line.ask("POST", f"/api/v1/exercises/{self.exercise}/commands", body, key)
        except (Turned, Unreachable) as fault:
            self.delegation.marks.fails(self.label, f"answer {inject} {question}", fault)
            return False
        self.delegation.marks.acknowledged.append(took)
        return True

    async def _takes(self, frame: Mapping[str, Any], known: Mapping[str, Development]) -> None:
        new = [name.partition(":")[2] for name in frame["regions"] if name.startswith("development:")]
        foreign = [name for name in new if name not in known and name not in self._shown]
        now: Mapping[str, Any] = {}
        if foreign:  # written on the spot
            now, _ = await self.line.ask("GET", f"/api/v1/exercises/{self.exercise}")
        for name in new:
            self._shows(name, known, now)

    def _shows(self, name: str, known: Mapping[str, Development], now: Mapping[str, Any], first: bool = False) -> None:
        if name in self._shown:
            return
        self._shown.add(name)
        if not first:  # what was out before this tablet came has no latency
            self.delegation.marks.saw(name, self.label)
        inject = known.get(name) or _written(name, now)
        if inject is not None and self.submits:
            self.delegation.is_asked(inject, self)


def submits(player: Player, cast: tuple[Player, ...]) -> bool:
    """Whether this seat submits: a head does, and a delegate where nobody is head."""
    heads = any(one.role is Role.HEAD and one.delegation == player.delegation for one in cast)
    return player.role is Role.HEAD or not heads


def _written(name: str, now: Mapping[str, Any]) -> Development | None:
    """A development that was written on the spot, as far as a tablet is told of it."""
    told = next((one for one in now.get("released", ()) if one["id"] == name), None)
    if told is None:
        return None
    return Development(name, str(told["text"]), 0, tuple(map(Question.model_validate, told.get("questions", ()))))
