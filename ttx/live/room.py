"""One running exercise in this process: its state, its one writer, and the pages that watch it.

All that waits is written in one transaction (group commit), and everybody is answered only after it is on
disk. The database is the truth: entries of other processes are caught up with before anything is decided.
"""

import asyncio
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Executor
from datetime import UTC, datetime
from functools import cache, partial

from markupsafe import Markup

from ttx.exercise import commands, tables
from ttx.exercise.commands import Refused
from ttx.exercise.entries import Entry, Logged
from ttx.exercise.requests import Asked, Clocked, EndTimer, MoveSeat, ReleaseDue
from ttx.exercise.rights import Seat
from ttx.exercise.sight import placed
from ttx.exercise.state import State, apply, begin
from ttx.live.asking import LET_GO, Waiting, Written, digest
from ttx.live.attendance import WRITES_FOR, Attendance
from ttx.live.elsewhere import Elsewhere
from ttx.live.fanout import Fanout, Member
from ttx.live.measures import Measures
from ttx.live.past import Past
from ttx.live.sharing import Sharing
from ttx.pages import held, regions
from ttx.pages.around import Around, Device
from ttx.pages.environment import Pages
from ttx.pages.regions import VOLATILE, Audience, Page
from ttx.pages.touches import Touch, touches
from ttx.scenario import editions
from ttx.scenario.editions import Edition
from ttx.scenario.graph import build
from ttx.store import log, seats
from ttx.store.database import Store
from ttx.store.devices import Person
from ttx.store.obstacles import NotRecorded

FLUSHES_A_SECOND = 20
"""Under load regions are drawn this often at most: 1,000 answers in a second are 20 drawings of a wall."""

CLOSE_RESYNC = 4001
"""The page has to be loaded anew."""

DRAWN_AT_MOST = 1000
"""Drawings kept of one region, for equal audiences between two entries."""

CLOCK = "auto:"
"""What the keys of the clock's own requests begin with. Nobody else may use such a key."""


class Room:
    """An exercise as this process knows it. Used from one event loop; only the writer runs in a thread."""

    def __init__(self, store: Store, exercise: str, pages: Pages, writer: Executor, measures: Measures) -> None:
        self.store, self.exercise, self.pages = store, exercise, pages
        self.graph = build(log.scenario_of(store, exercise))
        self.epoch = log.head(store, exercise)[1]
        self.state = begin(self.graph.scenario)
        self.past = Past(self.graph, pages, partial(log.read, store, exercise))
        self._editions: dict[str, Edition] = {}
        self.measures = measures
        self.fanout = Fanout(self.measures.releases)
        self.recording = True
        self.attendance = Attendance()
        self.sharing = Sharing(store, exercise, writer, self.attendance, self._changed_around)
        self._writer = writer
        self._waiting: list[Waiting] = []
        self._wanted = asyncio.Event()
        self._touched: dict[Touch, int] = {}
        self._moved, self._regrouped = dict[str, int](), dict[str, int]()
        self._drawn: dict[str, dict[Hashable, Markup]] = {}
        self._stale: set[Touch] = set()
        self.rings: Callable[[int], None] = lambda seq: None
        self._closing, self._flushed = False, 0.0
        self._flush_due: asyncio.TimerHandle | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._take(self._catch_up(self.state, log.read(store, exercise)))
        self._task = asyncio.get_running_loop().create_task(self._write())

    async def do(self, seat: Seat, request: Asked, key: str | None = None) -> int:
        """Have a request decided and recorded; returns the log's seq that it led to, once it is on disk.

        A known key returns its first result. Raises Refused, Forbidden, KeyReused or NotRecorded.
        """
        if key is not None and key.startswith(CLOCK):
            raise Refused(f"Keys that begin with {CLOCK} are the clock's own. Send this request with another key.")
        return await self._ask(seat, request, key)

    async def catch_up(self) -> None:
        """Take in what other processes have written."""
        await self._ask(None, None, None)

    async def clock_says(self, request: Clocked, key: str) -> None:
        """Record what has fallen due by time; whichever process comes first writes it."""
        await self._ask(None, request, CLOCK + key)

    async def close(self) -> None:
        """Stop writing. What is being written is answered; what waits is not recorded, and its callers are told so."""
        self._closing = True
        self._wanted.set()
        await self._task
        await self.sharing.close()
        for due in (self._flush_due, self._resting):
            if due is not None:
                due.cancel()

    # What pages ask

    def around(self) -> Around:
        """What pages show that is no part of the record."""
        there, sharing = self.attendance, self.sharing
        return Around(self.recording, there.present, there.check, there.echoes, sharing.within(), sharing.door)

    def edition(self, language: str) -> Edition:
        """The scenario as readers of this language get it; made once a language (20 ms for 300 injects)."""
        if language not in self._editions:
            self._editions[language] = editions.edition(self.graph, language)
        return self._editions[language]

    def regions(self, audience: Audience) -> tuple[str, ...]:
        """The regions of this audience's page now."""
        return regions.regions(self.graph, self.state, audience)

    def draw(self, audience: Audience, region: str, around: Callable[[], Around] | None = None) -> Markup:
        """One region's HTML as it stands now; equal drawings are made once. `around` is asked what is around."""
        kept = self._drawn.setdefault(region, {})
        within = self.sharing.of(audience.seat.delegation)
        key = regions.shares(self.graph, self.state, within, audience, region)
        drawn = kept.get(key)
        if drawn is None:
            edition = self.edition(audience.seat.language)
            drawn = regions.draw(self.pages, edition, self.state, (around or self.around)(), audience, region)
            if len(kept) < DRAWN_AT_MOST:
                kept[key] = drawn
        return drawn

    def missed(self, audience: Audience, after: int) -> set[str]:
        """The ids of the regions an audience's page lacks if it stands at `after`, those that left included."""
        now = set(self.regions(audience))
        touched = {touch.region for touch, seq in self._touched.items() if seq > after and touch.concerns(audience)}
        drafts = {f"draft:{question}" for question in self.sharing.of(audience.seat.delegation).drafts}
        stale = {one for one in now if one in touched or regions.kind(one) in VOLATILE}
        return stale | (drafts & now) | (touched - now)

    def moved_since(self, after: int, name: str, seat: Seat) -> bool:
        """Whether the page of the seat of this name, drawn at `after`, is for a table that it or others left since."""
        regrouped = self._regrouped.get(seat.table or "", 0) if seat.delegation is None else 0
        return max(self._moved.get(name, 0), regrouped) > after

    # Sockets

    def join(self, member: Member, after: int) -> None:
        """A page opens its socket, drawn at `after`: it gets what it missed, and from then on what comes."""
        self.fanout.join(member)
        if not member.watching:
            self.attendance.comes(member)
            self._changed_place(member)
        member.dirty |= self.missed(member.audience, after)
        member.wire.on_drained = lambda: self._flush([member]) if member.dirty else None
        self._flush([member])

    def leave(self, member: Member) -> None:
        """A socket closed."""
        member.wire.on_drained = None
        self.fanout.leave(member)
        if not member.watching:
            self.attendance.goes(member, datetime.now(UTC))
            self._changed_place(member)

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

    def writes(self, member: Member, question: str) -> None:
        """Somebody is writing an answer, `D1-06:q1`; consoles show it for a while."""
        if member.watching or f"question:{question}" not in self.regions(member.audience):
            return
        if self.attendance.writes(member, question, datetime.now(UTC)):
            self._changed_place(member)
        if self._resting is None:
            self._rest_later()

    def hears(self, member: Member, check: int) -> None:
        """A device got the test message of entry `check`."""
        if self.attendance.hears(member, check, datetime.now(UTC)):
            self._changed_around("comms")

    def _changed_place(self, member: Member) -> None:
        table = member.audience.seat.table
        self._changed_around("comms", *([f"table:{table}"] if table is not None else []))
        self.sharing.moves(member.audience.seat.delegation, member.device)

    def hears_from(self, process: str, told: Elsewhere) -> None:
        """Another process says who is there."""
        if (places := self.attendance.hears_from(process, told)) is not None:
            self._changed_around("comms", *(f"table:{table}" for _, table in places if table is not None))
            for delegation in {place[0] for place in places}:
                self.sharing.moves(delegation)

    def _rest_later(self) -> None:
        self._resting = asyncio.get_running_loop().call_later(WRITES_FOR.total_seconds() / 4, self._rest)

    def _rest(self) -> None:
        """Take away the marks of those who have stopped writing; look again while anybody writes."""
        self._resting = None
        rested = self.attendance.rests(datetime.now(UTC))
        self._changed_around(*(f"table:{table}" for _, table in rested))
        for delegation in {place[0] for place in rested}:
            self.sharing.moves(delegation)
        if self.attendance.anybody_writes:
            self._rest_later()

    def _changed_around(self, *names: str, delegation: str | None = None) -> None:
        """These regions, of one delegation's pages or all, show something that is no part of the record and changed.
        Who has them is asked when they are flushed: after a restart a thousand tablets join within a second."""
        self._stale |= {Touch(name, delegation) for name in names}
        self._flush_soon()

    def door_is(self, waits: tuple[str | None, ...]) -> None:
        """So many devices wait to be let in, by the tables of their seats."""
        if waits != self.sharing.door:
            self.sharing.door = waits
            self._changed_around("door")

    def people_changed(self, people: Mapping[Device, Person] | None = None) -> None:
        """Somebody said who he is, or a device came to the door or left it; `people` are those that there are now."""
        named = self.sharing.learns(people)
        if people is None:
            self._changed_around("door")
        for inject, question, delegation in self.state.responses:
            if delegation in named:
                self._changed_around(f"question:{inject}:{question}", delegation=delegation)

    # The writer

    async def _ask(self, seat: Seat | None, request: Asked | Clocked | None, key: str | None) -> int:
        if self._closing:
            raise NotRecorded(*LET_GO)
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(seat, request, key, answer))
        self._wanted.set()
        return await answer

    async def _write(self) -> None:
        while self._waiting or not self._closing:
            await self._wanted.wait()
            self._wanted.clear()
            batch, self._waiting = self._waiting, []
            answers: tuple[int | Exception, ...]
            began = time.monotonic()
            try:
                if self._closing:
                    raise NotRecorded(*LET_GO)
                written = await asyncio.get_running_loop().run_in_executor(self._writer, self._commit, batch)
            except Exception as error:
                answers = (error,) * len(batch)
                if isinstance(error, NotRecorded) and not self._closing:
                    self.set_recording(False)
            else:
                answers = written.answers
                if written.wrote:
                    self.measures.commits.add(time.monotonic() - began)
                    self.set_recording(True)
                    self.rings(written.state.seq)
                self._take(written, began)
            for waiting, answer in zip(batch, answers, strict=True):
                waiting.settle(answer)

    def _commit(self, batch: list[Waiting]) -> Written:
        """In the writer's thread: one transaction for all that waits."""
        state, exercise = self.state, self.exercise
        if all(waiting.request is None for waiting in batch):
            written = self._catch_up(state, log.read(self.store, exercise, after=state.seq))
            return Written(written.state, written.touched, (written.state.seq,) * len(batch))
        touched, answers, wrote = dict[Touch, int](), list[int | Exception](), False
        with log.writing(self.store, exercise) as book:
            if book.epoch != self.epoch:
                raise NotRecorded("What was asked", "a backup was restored meanwhile", "Reload the page and ask again.")
            state = self._fold(state, book.after(state.seq), touched)
            book.look_up(waiting.key for waiting in batch if waiting.key is not None)
            for waiting in batch:
                if waiting.request is None:
                    answers.append(state.seq)
                    continue
                asked = digest(waiting.seat, waiting.request)
                try:
                    known = book.result(waiting.key, asked) if waiting.key is not None else None
                except log.KeyReused as refusal:
                    answers.append(refusal)
                    continue
                if known is not None:
                    answers.append(known)
                    continue
                try:
                    entries = self._decide(state, waiting.seat, waiting.request)
                except Exception as refusal:  # a fault of ours, too, is the answer to this request alone
                    answers.append(refusal)
                    continue
                if entries:
                    by = waiting.seat.id if waiting.seat is not None else None
                    appended = book.append(entries, by, datetime.now(UTC), waiting.key, asked)
                    state = self._fold(state, appended, touched)
                    wrote = True
                answers.append(state.seq)
        return Written(state, touched, tuple(answers), wrote)

    def _decide(self, state: State, seat: Seat | None, request: Asked | Clocked) -> tuple[Entry, ...]:
        if isinstance(request, EndTimer | ReleaseDue):
            return commands.due(self.graph, state, request)
        if seat is None:
            raise AssertionError("only the clock asks without a seat")
        sits = seats.sits(self.store, self.exercise, request.seat) if isinstance(request, MoveSeat) else None
        return commands.decide(self.graph, state, placed(state, seat), request, sits)

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

    def _take(self, written: Written, began: float = 0.0) -> None:
        if written.state is self.state:
            return
        before, self.state = self.state, written.state
        self._touched |= written.touched
        self._reseat(before)
        if self.state.comms is not before.comms and self.state.comms is not None:
            self.attendance.asks(self.state.comms, self.fanout.members())
        self._drawn.clear()
        tablets = [one for one in written.touched if regions.kind(one.region) in held.ON_TABLETS]
        for audience in self.fanout.audiences():
            touched = tablets if audience.page is Page.TABLET else written.touched
            self.fanout.mark(audience, {one.region for one in touched if one.concerns(audience)})
        if len(self.state.out) > len(before.out):
            self.fanout.spreads(began)
        self._flush_soon()

    def _reseat(self, before: State) -> None:
        """Pages drawn for a table that their seat left, or that another delegation came to or left, load anew."""
        moved, changed = tables.moved(before, self.state)
        self._moved |= dict.fromkeys(moved, self.state.seq)
        self._regrouped |= dict.fromkeys(changed, self.state.seq)
        for member in self.fanout.members() if moved else ():
            if member.watching or self.moved_since(before.seq, member.seat, member.audience.seat):
                self.fanout.leave(member)
                member.close(CLOSE_RESYNC, "a seat moved")

    def _flush_soon(self) -> None:
        """Flush in the loop's next turn if the last time is long enough ago, else as soon as it is."""
        if self._flush_due is None:
            loop = asyncio.get_running_loop()
            wait = self._flushed + 1 / FLUSHES_A_SECOND - loop.time()
            self._flush_due = loop.call_later(max(wait, 0), self._flush, None)

    def _mark_stale(self) -> None:
        stale, self._stale = self._stale, set()
        holds = held.holding(self.graph, self.state)
        for one in stale:
            if regions.kind(one.region) not in regions.TOLD_APART:
                self._drawn.pop(one.region, None)
        for audience in self.fanout.audiences() if stale else ():
            wanted = {one.region for one in stale if one.concerns(audience)}
            self.fanout.mark(audience, {region for region in wanted if holds(audience, region)})

    def _flush(self, members: Iterable[Member] | None) -> None:
        if members is None:
            self._flush_due = None
            self._flushed = asyncio.get_running_loop().time()
            self._mark_stale()
        holds, around = held.holding(self.graph, self.state), cache(self.around)

        def draw(audience: Audience, region: str) -> str | None:
            return self.draw(audience, region, around) if holds(audience, region) else None

        gone = partial(regions.may_be_gone, self.graph, self.state)
        self.fanout.flush(self.state.seq, draw, gone, members)
