"""What a page shows of looking back: hot wash, gap wall, summaries, and to a rapporteur what the table heard and said.

Which table named a gap, how the tables ranked and tested it, stands on a page that reaches all tables and on no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.exercise import rights, views
from ttx.exercise.debrief import RANKED, DraftGap, GapTested, Summary, WashNote, WashSense
from ttx.exercise.records import Seal
from ttx.exercise.rights import Action, Reach, Seat
from ttx.exercise.state import State, Status
from ttx.exercise.views import DevelopmentView, WallView
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject

TOP = 10
"""How many gaps the hall sees."""

_POINT = 10_000_000
"""More than any entry's number: a point weighs more in the wall's order than having come first."""

_PAST = 1_000_000_000_000
"""More than any gap's points weigh: those of earlier days stand below the others."""


@dataclass(frozen=True, slots=True)
class HeadView:
    """The hot wash as those see it who open and close it."""

    washing: int | None
    day: int | None
    may_run: bool
    notes: int
    gaps: int
    approved: int
    summaries: int


@dataclass(frozen=True, slots=True)
class WashView:
    """One table's hot wash of a day; `past` once another day is open."""

    table: str
    name: str
    order: int
    day: int | None
    open: bool
    past: bool
    may_note: bool
    notes: tuple[WashNote, ...]

    def of(self, sense: WashSense) -> tuple[WashNote, ...]:
        """Its notes of one kind, in the order they came."""
        return tuple(note for note in self.notes if note.sense == sense)


@dataclass(frozen=True, slots=True)
class Sums:
    """What all tables together made of a gap; `reasons` are tables' words, with the table's name."""

    points: int
    holds: int
    partly: int
    fails: int
    tables: tuple[str, ...]
    reasons: tuple[tuple[str, GapTested], ...]


@dataclass(frozen=True, slots=True)
class GapView:
    """A draft gap on the wall, as one table or one who reaches all tables sees it."""

    gap: DraftGap
    order: int
    own: bool
    rank: int | None
    tested: GapTested | None
    sums: Sums | None
    may_say: bool
    may_change: bool
    may_merge: bool


@dataclass(frozen=True, slots=True)
class WallHeadView:
    """The gap wall's head: the own table's three, or how many tables have ranked."""

    count: int
    ranked: tuple[DraftGap, ...]
    all_tables: bool
    have_ranked: int
    tables: int
    may_say: bool
    may_add: bool


@dataclass(frozen=True, slots=True)
class PastView:
    """The heading on the wall over the gaps of earlier days: those days, and its place in the wall's order."""

    days: tuple[int, ...]
    order: int = _PAST // 2


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A table's summary of a day."""

    day: int
    table: str
    name: str
    order: int
    summary: Summary
    remarks: tuple[tuple[str, str, bool], ...]
    may_write: bool
    may_remark: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class HeardView:
    """A development as it reached a table, and what the table's delegations answered."""

    told: DevelopmentView
    order: int
    answers: tuple[WallView, ...]


@dataclass(frozen=True, slots=True)
class HallGap:
    """A gap as the hall sees it: no table is named."""

    name: str
    text: str
    points: int
    holds: int
    partly: int
    fails: int


def head(state: State, seat: Seat) -> HeadView:
    """The hot wash, and how far the tables this seat sees have come."""
    debrief, day, own = state.debrief, state.debrief.washed, tables(state, seat)
    approved = [one.stands for (_, table), one in debrief.summaries.items() if one.versions and table in own]
    return HeadView(
        debrief.washing,
        max(state.opened, key=lambda one: state.opened[one], default=None),
        rights.reach(seat, Action.RUN) is not None and state.status is not Status.ENDED and bool(state.opened),
        sum(1 for note in debrief.notes.values() if note.day == day and note.table in own),
        len(debrief.on_the_wall()),
        sum(approved),
        len(approved),
    )


def seal(state: State) -> Seal | None:
    """Where the record stood when the last day was closed, to be noted elsewhere; None while a day is open."""
    return None if state.day is not None else max(state.sealed.values(), key=lambda one: one.seq, default=None)


def tables(state: State, seat: Seat) -> tuple[str, ...]:
    """The tables whose hot wash and summaries this seat sees."""
    return tuple(name for name in state.tables if rights.covers(seat, Action.DEBRIEF, None, name))


def wash(state: State, seat: Seat, table: str) -> WashView:
    """A table's hot wash: that of the day looked back on now or last."""
    day = state.debrief.washed
    notes = sorted(
        (note for note in state.debrief.notes.values() if note.table == table and note.day == day),
        key=lambda note: note.seq,
    )
    going = state.debrief.washing is not None and state.status is not Status.ENDED
    own = seat.table == table and rights.reach(seat, Action.DEBRIEF) is Reach.TABLE
    place = tuple(state.tables).index(table)
    past = day is not None and state.day not in (None, day)
    return WashView(table, state.tables[table], place, day, going, past, going and own, tuple(notes))


def gaps(state: State, seat: Seat) -> tuple[str, ...]:
    """The gaps on the wall in the order this seat sees them, those of earlier days last: a table's order is by when
    they came, control's is by points."""
    if rights.reach(seat, Action.DEBRIEF) is None:
        return ()
    standing = state.debrief.on_the_wall()
    if not _all(seat):
        standing = tuple(sorted(standing, key=lambda gap: gap.seq))
    return tuple(gap.name for gap in sorted(standing, key=lambda gap: is_past(state, gap)))


def is_past(state: State, gap: DraftGap) -> bool:
    """Whether a gap is of an earlier day than the one that is open or was open last."""
    last = max(state.opened, key=lambda day: state.opened[day], default=None)
    return gap.day != (state.day if state.day is not None else last)


def past(state: State) -> PastView:
    """The heading over the gaps of earlier days."""
    return PastView(tuple(sorted({gap.day for gap in state.debrief.on_the_wall() if is_past(state, gap)})))


def wall_head(state: State, seat: Seat) -> WallHeadView:
    """The head of the gap wall."""
    debrief, says = state.debrief, _says(state, seat)
    own = debrief.ranks(seat.table) if seat.table is not None and not _all(seat) else ()
    return WallHeadView(
        len(debrief.on_the_wall()),
        tuple(debrief.gaps[name] for name in own),
        _all(seat),
        sum(1 for table in debrief.ranked if debrief.ranks(table)),
        len(state.tables),
        says,
        (says or _all(seat)) and bool(state.opened) and state.status is not Status.ENDED,
    )


def gap(state: State, seat: Seat, name: str) -> GapView:
    """One gap on the wall."""
    one, debrief = state.debrief.gaps[name], state.debrief
    everything, says = _all(seat), _says(state, seat)
    own = seat.table is not None and seat.table in one.tables and not everything
    ranks = debrief.ranks(seat.table) if seat.table is not None and not everything else ()
    points = debrief.points().get(name, 0) if everything else 0
    changes = state.status is not Status.ENDED and (everything or one.tables == (seat.table,))
    return GapView(
        one,
        one.seq - points * _POINT + (_PAST if is_past(state, one) else 0),
        own,
        ranks.index(name) + 1 if name in ranks else None,
        one.verdicts.get(seat.table) if seat.table is not None and not everything else None,
        sums(state, one) if everything else None,
        says,
        changes,
        says or (everything and state.status is not Status.ENDED),
    )


def sums(state: State, one: DraftGap) -> Sums:
    """What all tables together made of a gap."""
    verdicts = one.verdicts
    reasons = tuple((state.tables[table], verdicts[table]) for table in state.tables if table in verdicts)
    said = [test.verdict for _, test in reasons]
    named = tuple(state.tables.get(table, table) for table in one.tables)
    return Sums(
        state.debrief.points().get(one.name, 0),
        said.count("holds"),
        said.count("partly"),
        said.count("fails"),
        named,
        reasons,
    )


def summaries(state: State, seat: Seat) -> Iterator[tuple[int, str]]:
    """The day and table of every summary this seat sees: its tables' written ones, and those it could write now."""
    latest = max(state.opened, key=lambda day: state.opened[day], default=None)
    writes = rights.reach(seat, Action.SUMMARISE)
    for day in sorted(state.opened, reverse=True):
        for table in tables(state, seat):
            written = (day, table) in state.debrief.summaries
            if written or writes is Reach.TABLE or (writes is Reach.ALL and day == latest):
                yield day, table


def summary(state: State, seat: Seat, day: int, table: str) -> SummaryView:
    """A table's summary of a day; a remark is open until a later version."""
    one = state.debrief.summaries.get((day, table), Summary())
    last = one.versions[-1][0] if one.versions else 0
    remarks = tuple(
        (_delegation(state, remark.delegation), remark.text, seq > last) for seq, remark in reversed(one.remarks)
    )
    goes_on = state.status is not Status.ENDED
    own = seat.table == table
    writes = goes_on and rights.covers(seat, Action.SUMMARISE, None, table)
    return SummaryView(
        day,
        table,
        state.tables[table],
        tuple(state.tables).index(table) - day * 1000,
        one,
        remarks,
        writes,
        goes_on and own and not writes and bool(one.versions),
        goes_on and rights.reach(seat, Action.RUN) is not None and bool(one.versions) and not one.stands,
    )


def heard(graph: Graph, state: State, seat: Seat, inject: Inject) -> HeardView:
    """A development and the answers of the table's delegations."""
    told = views.development(graph, state, inject)
    names = views.wall_delegations(state, seat, inject) if inject.questions else ()
    return HeardView(told, told.order, tuple(views.wall(state, inject, name) for name in names))


def hall_gaps(state: State) -> tuple[HallGap, ...]:
    """The most pressing gaps for the hall's screen."""
    found = []
    for one in state.debrief.on_the_wall()[:TOP]:
        made = sums(state, one)
        found.append(HallGap(one.name, one.text, made.points, made.holds, made.partly, made.fails))
    return tuple(found)


def _all(seat: Seat) -> bool:
    return rights.reach(seat, Action.DEBRIEF) is Reach.ALL


def _says(state: State, seat: Seat) -> bool:
    """Whether the seat ranks and tests for a table of its own."""
    at_table = rights.reach(seat, Action.DEBRIEF) is Reach.TABLE and seat.table in state.tables
    return at_table and state.status is not Status.ENDED


def _delegation(state: State, name: str | None) -> str:
    one = state.delegations.get(name or "")
    return one.name if one is not None else ""


ROUNDS = range(1, RANKED + 1)
"""The places a table gives."""
