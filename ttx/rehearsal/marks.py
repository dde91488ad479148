"""What is noted while a rehearsal goes on, beside the record that the server keeps of it."""

import asyncio
import time
from dataclasses import dataclass, field

KEPT = 100
"""Failures that are told one by one; beyond that they are counted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A tablet showed a development; `at` is the clock's time in seconds."""

    inject: str
    tablet: str
    at: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that did not work: for whom, what, and the sentence about it."""

    who: str
    what: str
    sentence: str


@dataclass
class Marks:
    """Notes of one rehearsal. `done` are the delegations that have answered all they wanted to, by inject; `late` is by
    how many seconds each answer set out after its moment; `shown` are the delegations that could answer,
    since a tablet of theirs that submits showed the inject."""

    seen: list[Seen] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    failures: list[Failed] = field(default_factory=list)
    failed: int = 0
    done: dict[str, set[str]] = field(default_factory=dict)
    shown: dict[str, set[str]] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def saw(self, inject: str, tablet: str) -> None:
        """A tablet shows a development now."""
        self.seen.append(Seen(inject, tablet, time.time()))

    def fails(self, who: str, what: str, why: Exception) -> None:
        """Something did not work."""
        self.failed += 1
        if len(self.failures) < KEPT:
            self.failures.append(Failed(who, what, str(why)))

    async def answered(self, inject: str, delegation: str) -> None:
        """A delegation has answered all it wanted to."""
        async with self.changed:
            self.done.setdefault(inject, set()).add(delegation)
            self.changed.notify_all()

    async def wait_for(self, inject: str, delegations: int, seconds: float) -> None:
        """Until so many delegations have answered, or so many seconds have passed."""
        try:
            async with asyncio.timeout(max(seconds, 0)), self.changed:
                await self.changed.wait_for(lambda: len(self.done.get(inject, ())) >= delegations)
        except TimeoutError:
            return
