"""One running exercise in this process: its state, its one writer, and the pages that watch it.

All that waits is written in one transaction (group commit), and everybody is answered only after it is on
disk. The database is the truth: entries of other processes are caught up with before anything is decided.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from ttx.exercise import commands
from ttx.exercise.commands import Refused
from ttx.exercise.entries import Entry, Logged
from ttx.exercise.requests import Asked, EndTimer
from ttx.exercise.rights import Forbidden, Seat
from ttx.exercise.state import State, apply, begin
from ttx.live.fanout import Fanout, Member
from ttx.pages import regions
from ttx.pages.environment import Pages
from ttx.pages.regions import VOLATILE, Around, Audience, Presence
from ttx.pages.touches import Touch, touches
from ttx.scenario.graph import build
from ttx.store import log
from ttx.store.database import NotRecorded, Store

FLUSHES_A_SECOND = 20
"""Under load regions are drawn this often at most: 1,000 answers in a second are 20 drawings of a wall."""

DRAWN_AT_MOST = 20_000
"""Drawings kept for equal audiences between two entries."""


@dataclass(eq=False, slots=True)
class Waiting:
    """A request in the queue. Without a seat it is the clock's own."""

    seat: Seat | None
    request: Asked | EndTimer | None
    key: str | None
    answer: "asyncio.Future[int]"


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction did: the entries it met or made, the state after them, the answer to each request."""

    state: State
    touched: dict[Touch, int]
    answers: tuple[int | Exception, ...]


class Room:
    """An exercise as this process knows it. Used from one event loop; only the writer runs in a thread."""

    def __init__(self, store: Store, exercise: str, pages: Pages, writer: Executor) -> None:
        self.store, self.exercise, self.pages = store, exercise, pages
        self.graph = build(log.scenario_of(store, exercise))
        self.epoch = log.head(store, exercise)[1]
        self.state = begin(self.graph.scenario)
        self.fanout = Fanout()
        self.recording = True
        self.presence: dict[str, Presence] = {}
        self._writer = writer
        self._waiting: list[Waiting] = []
        self._wanted = asyncio.Event()
        self._touched: dict[Touch, int] = {}
        self._drawn: dict[object, Markup] = {}
        self._flushed = 0.0
        self._flush_due: asyncio.TimerHandle | None = None
        self._take(self._catch_up(self.state, log.read(store, exercise)))
        self._task = asyncio.get_running_loop().create_task(self._write())

    async def do(self, seat: Seat, request: Asked, key: str | None = None) -> int:
        """Have a request decided and recorded; returns the log's seq that it led to, once it is on disk.

        A known key returns its first result. Raises Refused, Forbidden, KeyReused or NotRecorded.
        """
        return await self._ask(seat, request, key)

    async def catch_up(self) -> None:
        """Take in what other processes have written."""
        await self._ask(None, None, None)

    async def clock_says(self, request: EndTimer, key: str) -> None:
        """Record what has fallen due by time; whichever process comes first writes it."""
        await self._ask(None, request, key)

    async def close(self) -> None:
        """Stop writing. What waits is not recorded, and its callers are told so."""
        self._task.cancel()
        for waiting in self._waiting:
            waiting.answer.cancel()

    # What pages ask

    def around(self) -> Around:
        """What pages show that is no part of the record."""
        return Around(self.recording, self.presence)

    def regions(self, audience: Audience) -> tuple[str, ...]:
        """The regions of this audience's page now."""
        return regions.regions(self.graph, self.state, audience)

    def draw(self, audience: Audience, region: str) -> Markup:
        """One region's HTML as it stands now; equal drawings are made once."""
        key = (region, regions.shares(self.graph, self.state, audience, region))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = regions.draw(self.pages, self.graph, self.state, self.around(), audience, region)
            if len(self._drawn) < DRAWN_AT_MOST:
                self._drawn[key] = drawn
        return drawn

    def missed(self, audience: Audience, after: int) -> set[str]:
        """The ids of the regions an audience's page lacks if it stands at `after`, those that left included."""
        now = set(self.regions(audience))
        touched = {touch.region for touch, seq in self._touched.items() if seq > after and touch.concerns(audience)}
        return {name for name in now if name in touched or regions.kind(name) in VOLATILE} | (touched - now)

    # Sockets

    def join(self, member: Member, after: int) -> None:
        """A page opens its socket, drawn at `after`: it gets what it missed, and from then on what comes."""
        self.fanout.join(member)
        self._present(member.audience, 1)
        member.dirty |= self.missed(member.audience, after)
        member.wire.on_drained = lambda: self._flush([member]) if member.dirty else None
        self._flush([member])

    def leave(self, member: Member) -> None:
        """A socket closed."""
        member.wire.on_drained = None
        self.fanout.leave(member)
        self._present(member.audience, -1)

    def dismiss(self, which: Callable[[Member], bool], code: int, why: str) -> None:
        """Close the sockets for which this holds."""
        for member in self.fanout.members():
            if which(member):
                member.close(code, why)

    def set_recording(self, recording: bool) -> None:
        """Say on every page whether what is sent can be recorded."""
        if recording != self.recording:
            self.recording = recording
            self._changed_around("notice")

    def _present(self, audience: Audience, change: int) -> None:
        delegation = audience.seat.delegation
        if delegation is None:
            return
        connected = self.presence.get(delegation, Presence()).connected + change
        away = None if connected else datetime.now(UTC)
        self.presence = {**self.presence, delegation: Presence(connected, away)}
        seated = self.state.delegations.get(delegation)
        self._changed_around(*(f"table:{table}" for table in (seated.tables if seated is not None else ())))

    def _changed_around(self, *names: str) -> None:
        self._drawn.clear()
        for audience in self.fanout.audiences():
            self.fanout.mark(audience, set(names) & set(self.regions(audience)))
        self._flush_soon()

    # The writer

    async def _ask(self, seat: Seat | None, request: Asked | EndTimer | None, key: str | None) -> int:
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(seat, request, key, answer))
        self._wanted.set()
        return await answer

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            batch, self._waiting = self._waiting, []
            try:
                written = await loop.run_in_executor(self._writer, self._commit, batch)
            except Exception as error:
                if isinstance(error, NotRecorded):
                    self.set_recording(False)
                for waiting in batch:
                    if not waiting.answer.done():
                        waiting.answer.set_exception(error)
                continue
            if any(waiting.request is not None for waiting in batch):
                self.set_recording(True)
            self._take(written)
            for waiting, answer in zip(batch, written.answers, strict=True):
                if waiting.answer.done():
                    continue
                if isinstance(answer, Exception):
                    waiting.answer.set_exception(answer)
                else:
                    waiting.answer.set_result(answer)

    def _commit(self, batch: list[Waiting]) -> Written:
        """In the writer's thread: one transaction for all that waits."""
        state, exercise = self.state, self.exercise
        if all(waiting.request is None for waiting in batch):
            written = self._catch_up(state, log.read(self.store, exercise, after=state.seq))
            return Written(written.state, written.touched, (written.state.seq,) * len(batch))
        touched: dict[Touch, int] = {}
        answers: list[int | Exception] = []
        with log.writing(self.store, exercise) as book:
            state = self._fold(state, book.after(state.seq), touched)
            for waiting in batch:
                if waiting.request is None:
                    answers.append(state.seq)
                    continue
                try:
                    asked = _digest(waiting.seat, waiting.request)
                    known = book.result(waiting.key, asked) if waiting.key is not None else None
                    if known is not None:
                        answers.append(known)
                        continue
                    entries = self._decide(state, waiting.seat, waiting.request)
                except (Refused, Forbidden, log.KeyReused) as refusal:
                    answers.append(refusal)
                    continue
                if entries:
                    by = waiting.seat.id if waiting.seat is not None else None
                    appended = book.append(entries, by, datetime.now(UTC), waiting.key, asked)
                    state = self._fold(state, appended, touched)
                answers.append(state.seq)
        return Written(state, touched, tuple(answers))

    def _decide(self, state: State, seat: Seat | None, request: Asked | EndTimer) -> tuple[Entry, ...]:
        if isinstance(request, EndTimer):
            return commands.due(state, request)
        if seat is None:
            raise AssertionError("only the clock asks without a seat")
        return commands.decide(self.graph, state, seat, request)

    def _catch_up(self, state: State, entries: Iterable[Logged]) -> Written:
        touched: dict[Touch, int] = {}
        return Written(self._fold(state, entries, touched), touched, ())

    def _fold(self, state: State, entries: Iterable[Logged], touched: dict[Touch, int]) -> State:
        for logged in entries:
            after = apply(state, logged)
            for touch in touches(self.graph, state, after, logged):
                touched[touch] = logged.seq
            state = after
        return state

    # Showing it

    def _take(self, written: Written) -> None:
        if written.state is self.state:
            return
        self.state = written.state
        self._touched |= written.touched
        self._drawn.clear()
        for audience in self.fanout.audiences():
            self.fanout.mark(audience, {one.region for one in written.touched if one.concerns(audience)})
        self._flush_soon()

    def _flush_soon(self) -> None:
        """Flush in the loop's next turn if the last time is long enough ago, else as soon as it is."""
        if self._flush_due is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._flushed + 1 / FLUSHES_A_SECOND - loop.time()
        self._flush_due = loop.call_later(max(wait, 0), self._flush, None)

    def _flush(self, members: Iterable[Member] | None) -> None:
        if members is None:
            self._flush_due = None
            self._flushed = asyncio.get_running_loop().time()
        present: dict[Audience, frozenset[str]] = {}

        def draw(audience: Audience, region: str) -> str | None:
            if audience not in present:
                present[audience] = frozenset(self.regions(audience))
            return self.draw(audience, region) if region in present[audience] else None

        def gone(audience: Audience, region: str) -> bool:
            return regions.may_be_gone(self.graph, self.state, audience, region)

        self.fanout.flush(self.state.seq, draw, gone, members)


def _digest(seat: Seat | None, request: Asked | EndTimer) -> str:
    """What distinguishes a request from another one that came with the same key."""
    who = seat.id if seat is not None else ""
    return hashlib.sha256(f"{who}\n{request.model_dump_json()}".encode()).hexdigest()
