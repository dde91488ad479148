"""The room as its tables: who sits there and has answered what, what was written to and fro, who calls for help."""

from dataclasses import dataclass
from datetime import datetime

from ttx.exercise import rights, talk
from ttx.exercise.rights import Action, Reach, Seat, covers
from ttx.exercise.state import Response, State
from ttx.exercise.talk import Message
from ttx.exercise.views import wall_delegations
from ttx.scenario.model import Inject, Question


@dataclass(frozen=True, slots=True)
class SeatedView:
    """A delegation at a table, and what it has answered of the inject in hand; no questions where it is not asked."""

    key: str
    name: str
    questions: tuple[tuple[int, Question, Response | None], ...]

    @property
    def answered(self) -> int:
        """How many questions have an answer of record."""
        return sum(1 for _, _, response in self.questions if response is not None)

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return len(self.questions)


@dataclass(frozen=True, slots=True)
class TableView:
    """One table: who sits there. `inject` is the one in hand."""

    id: str
    name: str
    order: int
    delegations: tuple[SeatedView, ...]
    inject: str
    calls: bool
    may_tell: bool


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A table's messages, both ways, the oldest first. `delegations` are the names of those who wrote."""

    table: str
    name: str
    messages: tuple[Message, ...]
    delegations: dict[str, str]

    def last(self, to_table: bool) -> int:
        """The seq of the last message that went this way; 0 if none did."""
        return max((one.seq for one in self.messages if one.sent.to_table is to_table), default=0)

    @property
    def calls(self) -> bool:
        """Whether somebody at the table waits for help."""
        return any(one.waits for one in self.messages)


@dataclass(frozen=True, slots=True)
class CallView:
    """A call for help that nobody has seen to."""

    seq: int
    at: datetime
    text: str
    table: str
    who: str


@dataclass(frozen=True, slots=True)
class StopView:
    """The stop for a real emergency: since when, and what control says about it."""

    text: str
    may_lift: bool


def table(state: State, seat: Seat, name: str, inject: Inject | None) -> TableView:
    """One table of the room. Nobody is waited for at an inject that was taken back."""
    inject = inject if inject is not None and state.released(inject.id) else None
    reached = wall_delegations(state, seat, inject)
    rows = tuple(
        SeatedView(key, one.name, _answered(state, inject, key) if inject is not None and key in reached else ())
        for key, one in state.delegations.items()
        if name in one.tables
    )
    return TableView(
        name,
        state.tables[name],
        tuple(state.tables).index(name),
        rows,
        inject.id if inject is not None else "",
        any(one.waits and one.sent.table == name for one in state.talk.values()),
        covers(seat, Action.TELL, None, name),
    )


def tables(state: State, seat: Seat) -> tuple[str, ...]:
    """The tables a console shows."""
    if rights.reach(seat, Action.READ_ANSWERS) is Reach.TABLE:
        return tuple(name for name in state.tables if name == seat.table)
    return tuple(state.tables)


def threads(state: State, seat: Seat) -> tuple[str, ...]:
    """The tables whose messages a seat reads."""
    return tuple(name for name in state.tables if covers(seat, Action.READ_TALK, None, name))


def own_thread(state: State, seat: Seat) -> str | None:
    """The table a seat reads and writes to control from; None where it has none."""
    mine = seat.table is not None and seat.table in state.tables
    return seat.table if mine and covers(seat, Action.CALL, None, seat.table) else None


def moved(before: State, after: State) -> tuple[frozenset[str], frozenset[str]]:
    """The seats that moved between two states, and the tables that a delegation came to or left."""
    if after.seated is before.seated:
        return frozenset(), frozenset()
    seats = frozenset(seat for seat, table in after.seated.items() if before.seated.get(seat) != table)
    changed = (table for table in after.tables if _sitting(before, table) != _sitting(after, table))
    return seats, frozenset(changed)


def thread(state: State, name: str) -> ThreadView:
    """A table's messages."""
    messages = talk.thread(state.talk, name)
    wrote = {one.sent.delegation for one in messages if one.sent.delegation is not None}
    names = {key: state.delegations[key].name for key in wrote if key in state.delegations}
    return ThreadView(name, state.tables[name], messages, names)


def nudge(state: State, name: str) -> Message | None:
    """The last word from control to a table, to be shown by itself.

    One that only reminds a table that it is awaited stands until the next development comes, or the day is over.
    """
    last = next((one for one in reversed(talk.thread(state.talk, name)) if one.sent.to_table), None)
    if last is None or last.sent.sense != "nudge":
        return last
    if state.day is None or last.at < state.opened[state.day]:
        return None
    moved_on = any(one.standing == "released" and one.seq > last.seq for one in state.progress.values())
    return None if moved_on else last


def calls(state: State, seat: Seat) -> tuple[CallView, ...]:
    """The calls for help that wait and that this seat may see to, the oldest first."""
    return tuple(
        CallView(one.seq, one.at, one.sent.text, state.tables.get(one.sent.table, one.sent.table), _who(state, one))
        for _, one in sorted(state.talk.items())
        if one.waits and covers(seat, Action.TELL, None, one.sent.table)
    )


def stop(state: State, seat: Seat) -> StopView | None:
    """The stop for a real emergency, while it stands."""
    if state.emergency is None:
        return None
    return StopView(state.emergency.text, rights.reach(seat, Action.RUN) is not None)


def _sitting(state: State, name: str) -> frozenset[str]:
    return frozenset(key for key, one in state.delegations.items() if name in one.tables)


def _who(state: State, message: Message) -> str:
    known = state.delegations.get(message.sent.delegation or "")
    return known.name if known is not None else ""


def _answered(state: State, inject: Inject, delegation: str) -> tuple[tuple[int, Question, Response | None], ...]:
    found = []
    for number, one in enumerate(inject.questions, 1):
        versions = state.responses.get((inject.id, one.id, delegation), ())
        found.append((number, one, versions[-1] if versions else None))
    return tuple(found)
