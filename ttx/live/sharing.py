"""What the tablets of each delegation share in one exercise: drafts of answers, and who is at them.

Beside the log. A draft is on disk when the page that sent it is told so; all that waits is written in one transaction.
"""

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from typing import Protocol

from ttx.exercise.drafting import Draft, KeepDraft
from ttx.live.asking import LET_GO
from ttx.live.attendance import Attendance
from ttx.pages.around import NOTHING_SHARED, Device, Hand, Shared
from ttx.store.answer_drafts import Drafts, Where, drafts_of, keep_drafts
from ttx.store.database import Store
from ttx.store.devices import Person, people_of, waiting_of
from ttx.store.obstacles import NotRecorded


class Changed(Protocol):
    """Hears that these regions of a delegation's own pages show something else."""

    def __call__(self, *names: str, delegation: str | None) -> None:
        """Their names."""


class Sharing:
    """The drafts and the people of one exercise, as this process knows them."""

    def __init__(self, store: Store, exercise: str, writer: Executor, attendance: Attendance, changed: Changed) -> None:
        self._store, self._exercise, self._writer = store, exercise, writer
        self._attendance, self._changed = attendance, changed
        self._drafts: dict[str, dict[Where, tuple[Draft, ...]]] = {}
        for where, drafts in drafts_of(store, exercise).items():
            self._drafts.setdefault(where[0], {})[where] = drafts
        self._people: Mapping[Device, Person] = {}
        self._of: dict[str, dict[Device, Person]] = {}
        self._know(people_of(store, exercise))
        self._renamed: set[str | None] = set()
        self.door = self._door()
        self._shared = {one: self._lay_together(one) for one in {*self._drafts, *self._of}}
        self._waiting: list[tuple[str, KeepDraft, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    def within(self) -> Mapping[str, Shared]:
        """What each delegation shares now."""
        return self._shared

    def of(self, delegation: str | None) -> Shared:
        """What this delegation shares now."""
        return self._shared.get(delegation, NOTHING_SHARED) if delegation is not None else NOTHING_SHARED

    def who(self, person: str) -> Person | None:
        """Whom this id stands for."""
        if person and all(one.id != person for one in self._people.values()):
            self._read(people_of(self._store, self._exercise))
        return next((one for one in self._people.values() if one.id == person), None) if person else None

    def moves(self, delegation: str | None, device: Device | None = None) -> None:
        """Somebody of a delegation came, left, began or stopped writing, on a device that may be new."""
        if delegation is None:
            return
        if device is not None and device not in self._people:
            self._read(people_of(self._store, self._exercise))
        before = self._shared.get(delegation, NOTHING_SHARED)
        after = self._shared[delegation] = self._lay_together(delegation)
        if before.hands != after.hands:
            at_work = {question for shared in (before, after) for one in shared.hands for question in one.writing}
            self._changed("hands", *(f"draft:{question}" for question in at_work), delegation=delegation)

    def takes(self, drafts: Drafts) -> None:
        """Show drafts as they are in the database, where other processes have kept some."""
        for where in {*(where for held in self._drafts.values() for where in held), *drafts}:
            self._take(where, drafts.get(where, ()))

    def learns(self, people: Mapping[Device, Person] | None = None) -> frozenset[str | None]:
        """Somebody said who he is, or a device came to the door or left it; the delegations of those who have other
        names since."""
        if people is None:
            self.door = self._door()
        self._read(people if people is not None else people_of(self._store, self._exercise))
        renamed, self._renamed = self._renamed, set()
        return frozenset(renamed)

    def _read(self, people: Mapping[Device, Person]) -> None:
        """Know them. Whoever is found before it is told who he is has to be shown all the same."""
        before = self._people
        self._know(people)
        changed = {one.delegation for key, one in people.items() if before.get(key) != one}
        self._renamed |= changed
        for delegation in changed:
            self.moves(delegation)

    def _know(self, people: Mapping[Device, Person]) -> None:
        self._people, self._of = people, {}
        for device, one in people.items():
            if one.delegation is not None:
                self._of.setdefault(one.delegation, {})[device] = one

    async def keep(self, delegation: str, asked: KeepDraft) -> None:
        """Keep what a page holds of a draft; returns when it is on disk. Raises TooManyHands, NotRecorded."""
        if self._closing:
            raise NotRecorded(*LET_GO)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((delegation, asked, done))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._write())
        await done

    async def close(self) -> None:
        """Write what waits, and take no more."""
        self._closing = True
        if self._task is not None:
            await self._task

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            asked = [(delegation, one) for delegation, one, _ in batch]
            results: Iterable[tuple[Draft, ...] | Exception]
            try:
                results = await loop.run_in_executor(self._writer, keep_drafts, self._store, self._exercise, asked)
            except Exception as error:
                results = [error] * len(batch)
            for (delegation, one, done), result in zip(batch, results, strict=True):
                if not isinstance(result, Exception):
                    self._take((delegation, one.inject, one.question), result)
                if done.done():
                    continue
                if isinstance(result, Exception):
                    done.set_exception(result)
                else:
                    done.set_result(None)

    def _take(self, where: Where, drafts: tuple[Draft, ...]) -> None:
        delegation, inject, question = where
        held = self._drafts.setdefault(delegation, {})
        if held.get(where, ()) == drafts:
            return
        held[where] = drafts
        self._shared[delegation] = self._lay_together(delegation)
        self._changed(f"draft:{inject}:{question}", delegation=delegation)

    def _lay_together(self, delegation: str) -> Shared:
        connected = self._attendance.hands(delegation)
        hands = tuple(
            Hand(one.id, one.number, one.name, one.part, device in connected, connected.get(device, ()))
            for device, one in self._of.get(delegation, {}).items()
        )
        drafts = {f"{where[1]}:{where[2]}": held for where, held in self._drafts.get(delegation, {}).items()}
        return Shared(drafts, hands)

    def _door(self) -> tuple[str | None, ...]:
        return tuple(one.seat.table for one in waiting_of(self._store, self._exercise))
