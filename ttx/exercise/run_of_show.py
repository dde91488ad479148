"""The run of show: the agenda of a day with its injects in it, each with what became of it and what it waits for."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from ttx.exercise import course, pace
from ttx.exercise.ballots import Ballot
from ttx.exercise.course import Stand, Standing
from ttx.exercise.pace import DayClock, Pace
from ttx.exercise.rights import Action, Seat, reach
from ttx.exercise.schedule import Planned
from ttx.exercise.sight import asked, reads_answers, sees_unreleased
from ttx.exercise.state import Decision, Progress, State, Status
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject, Session


@dataclass(frozen=True, slots=True)
class RunHeadView:
    """The head of the run of show: which day it shows, the days beside it, and how the open day keeps its time.

    `standing` is that of the day: open, closed, or still to come. `may_reopen` where it is closed and none is open.
    """

    day: Day
    standing: Literal["open", "closed", "to come"]
    before: int | None
    after: int | None
    opened: datetime | None
    closed: datetime | None
    may_reopen: bool
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class SessionRowView:
    """A block of the agenda: `standing` says whether it is on, was, or may still begin; `behind` in minutes."""

    day: int
    session: Session
    order: int
    standing: Literal["on", "over", "to come"]
    since: datetime | None
    behind: int | None
    may_start: bool


@dataclass(frozen=True, slots=True)
class RunRowView:
    """One inject in the run of show. `answered` and `asked` count delegations once it is out. `is_next` is the one that
    the desk has in hand by itself.

    `behind` is how many minutes after its planned time it went out; `planned` the release that waits for its time;
    `changed` names what reads otherwise than the scenario has it. Where it went to some tables first, `at_tables` are
    those and `rest` the others it is addressed to. Where each table decides for itself, `choosers` are those and
    `chose` how many of them have.
    """

    inject: Inject
    order: int
    stand: Stand
    progress: Progress | None
    decision: Decision | None
    is_next: bool
    added: bool
    answered: int
    asked: int
    behind: int | None
    planned: Planned | None
    changed: tuple[str, ...]
    at_tables: tuple[str, ...]
    rest: tuple[str, ...]
    choosers: tuple[str, ...]
    chose: int


@dataclass(frozen=True, slots=True)
class ClosingView:
    """What is left of the open day: injects that did not go out, or not to all, votes that are still open, and the day
    whose hot wash is."""

    left: tuple[RunRowView, ...]
    votes: tuple[Ballot, ...]
    washing: int | None


def shown_day(graph: Graph, state: State, leaf: int | None = None) -> Day:
    """The day a console shows: one that was leafed to, the open one, the next to open, or the last that was held."""
    for wanted in (leaf, state.day):
        if wanted is not None and (day := graph.scenario.day(wanted)) is not None:
            return day
    unopened = [day for day in graph.scenario.days if day.day not in state.opened]
    return unopened[0] if unopened else graph.scenario.days[-1]


def held_last(state: State) -> int | None:
    """The day that was closed last, if any was."""
    return max(state.closed, key=lambda day: state.closed[day], default=None)


def listed(graph: Graph, state: State, day: Day) -> list[Session | Inject]:
    """A day's rows in their order: each session with its injects, then the reserve, then what was written today."""
    injects = list(course.injects_of(graph, state, day.day))
    planned = [one for one in injects if not one.reserve and one.id not in state.added]
    rows: list[Session | Inject] = []
    for session in day.sessions:
        rows += [session, *(one for one in planned if one.session == session.id)]
    sessions = {session.id for session in day.sessions}
    rows += [one for one in planned if one.session not in sessions]
    rows += [one for one in injects if one.reserve and one.id not in state.added]
    return [*rows, *(one for one in injects if one.id in state.added)]


def shown(graph: Graph, state: State, seat: Seat, day: Day) -> list[Session | Inject]:
    """The rows of a day that a seat may see; the agenda is all facilitators'."""
    return [one for one in listed(graph, state, day) if isinstance(one, Session) or sees_unreleased(state, seat, one)]


def run_head(graph: Graph, state: State, day: Day, zone: tzinfo | None) -> RunHeadView:
    """The head of a day's run of show."""
    numbers = [one.day for one in graph.scenario.days]
    place = numbers.index(day.day)
    is_open, was = state.day == day.day, state.opened.get(day.day)
    free = state.day is None and state.status is Status.READY
    return RunHeadView(
        day,
        "open" if is_open else "closed" if was is not None else "to come",
        numbers[place - 1] if place else None,
        numbers[place + 1] if place + 1 < len(numbers) else None,
        state.began.get(day.day),
        None if is_open else state.closed.get(day.day),
        free and was is not None,
        pace.pace(graph, state, zone) if is_open else None,
    )


def run_row(
    graph: Graph, state: State, inject: Inject, order: int, clock: DayClock | None = None, seat: Seat | None = None
) -> RunRowView:
    """A row of the run of show; `clock` is that of its day. A `seat` counts delegations whose answers it may read."""
    upcoming = for_the_rest(graph, state, seat) or course.next_up(graph, state)
    reached = asked(state, inject) if inject.id in state.out else ()
    if seat is not None:
        reached = tuple(name for name in reached if reads_answers(state, seat, name))
    progress, added = state.progress.get(inject.id), inject.id in state.added
    began = state.began.get(course.day_of(graph, state, inject.id) or 0)
    first = pace.released_since(state, inject.id, began) if began is not None else None
    timed = clock is not None and first is not None and not inject.reserve and not added
    alone = progress is not None and progress.standing == "released" and progress.everyone is None
    choosers = course.choosers(graph, state, inject.id)
    return RunRowView(
        inject,
        order,
        course.stand(graph, state, inject.id),
        progress,
        state.decisions.get(inject.id),
        upcoming is not None and upcoming.id == inject.id,
        added,
        sum(1 for name in reached if answers(state, inject, name) == len(inject.questions)),
        len(reached) if inject.questions else 0,
        minutes(clock.behind(inject.at, first)) if timed and clock is not None and first is not None else None,
        state.schedule.get(inject.id),
        course.changed_words(graph, state, inject.id),
        tuple(name for name in state.tables if progress is not None and name in progress.tables) if alone else (),
        course.still_to_reach(graph, state, inject.id),
        choosers,
        sum(table in state.choices.get(inject.id, ()) for table in choosers),
    )


def for_the_rest(graph: Graph, state: State, seat: Seat | None) -> Inject | None:
    """What went out to some tables and still waits for this seat to release it to others, or to its own."""
    inject = course.out_in_part(graph, state)
    if inject is None or seat is None or reach(seat, Action.RUN) is not None:
        return inject
    return inject if seat.table in course.still_to_reach(graph, state, inject.id) else None


def reason(state: State, row: RunRowView, before: Inject | None) -> str:
    """What a row says of why it is not available: nothing where it only waits for its day or for the row above it."""
    if row.stand.standing not in (Standing.WAITING, Standing.PASSED_BY) or state.day is None:
        return ""
    waits_its_turn = before is not None and row.stand.why == f"{before.id} has not been released"
    return "" if waits_its_turn or row.stand.why.startswith("day ") else row.stand.why


def session_rows(graph: Graph, state: State, day: Day, clock: DayClock | None = None) -> tuple[SessionRowView, ...]:
    """A day's sessions as rows."""
    begun = _begun(state, day)
    now = _on(state, day, begun)
    place = {one.id if isinstance(one, Session) else "": order for order, one in enumerate(listed(graph, state, day))}
    reached = next((number for number, one in enumerate(day.sessions) if one.id == now), -1)
    over = state.day != day.day and day.day in state.opened
    return tuple(
        SessionRowView(
            day.day,
            one,
            place[one.id],
            "on" if one.id == now else "over" if over or number < reached or one.id in begun else "to come",
            begun.get(one.id),
            minutes(clock.behind(one.start, begun[one.id])) if clock is not None and one.id in begun else None,
            state.day == day.day and state.status is Status.RUNNING and one.id != now,
        )
        for number, one in enumerate(day.sessions)
    )


def on_now(state: State, day: Day) -> str | None:
    """The session of an open day that is on: since it was started, or since the first of its injects went out."""
    return _on(state, day, _begun(state, day)) if state.day == day.day else None


def moved_sessions(graph: Graph, before: State, after: State, inject: str | None = None) -> tuple[Session, ...]:
    """The sessions of the open day that stand otherwise than before. `inject`: nothing but its coming or going differs.

    A day's rows cost all its injects (10 ms where there are 300), and most releases begin no session: so an inject is
    asked first.
    """
    day = graph.scenario.day(after.day) if after.day is not None else None
    if day is None or (inject is not None and _begins_nothing(graph, before, after, day, inject)):
        return ()
    was, now = (session_rows(graph, state, day) for state in (before, after))
    return tuple(one.session for old, one in zip(was, now, strict=True) if old != one)


def _begins_nothing(graph: Graph, before: State, after: State, day: Day, name: str) -> bool:
    """Whether every session began when it did, though this inject came or went."""
    began, inject = after.began.get(day.day), graph.injects.get(name)
    if began is None or inject is None or inject.reserve or graph.day_of[name] != day.day:
        return True
    times = {pace.released_since(state, name, began) for state in (before, after)}
    if len(times) == 1:
        return True
    earliest, started = min(one for one in times if one is not None), after.sessions.get((day.day, inject.session))
    if started is not None and began <= started.at <= earliest:
        return True
    others = (one.id for one in day.injects if one.session == inject.session and one.id != name and not one.reserve)
    firsts = (pace.released_since(after, other, began) for other in others)
    return any(first is not None and first <= earliest for first in firsts)


def _on(state: State, day: Day, begun: dict[str, datetime]) -> str | None:
    """The same, knowing when each session began."""
    if state.day != day.day:
        return None
    now = max(begun, key=lambda name: begun[name], default=None)
    if state.session is not None and now is not None and begun[now] <= state.session.at:
        return state.session.what
    return now


def _begun(state: State, day: Day) -> dict[str, datetime]:
    """When each session of a day began, as far as they did since the day goes on."""
    began = state.began.get(day.day)
    if began is None:
        return {}
    found = {
        session.id: known.at
        for session in day.sessions
        if (known := state.sessions.get((day.day, session.id))) is not None and known.at >= began
    }
    for inject in day.injects:
        first = pace.released_since(state, inject.id, began)
        if first is not None and not inject.reserve:
            found[inject.session] = min(first, found.get(inject.session, first))
    return found


def closing(graph: Graph, state: State) -> ClosingView | None:
    """What the open day's close would leave behind; None where no day is open."""
    if state.day is None:
        return None
    rows = tuple(run_row(graph, state, one, 0) for one in course.left(graph, state, state.day))
    return ClosingView(rows, tuple(one for one in state.ballots.values() if one.open), state.debrief.washing)


def left(graph: Graph, state: State, seat: Seat) -> tuple[RunRowView, ...]:
    """What of the open day has not gone out, or not to all, of that which a seat may see; none where no day is open."""
    if state.day is None:
        return ()
    waiting = (one for one in course.left(graph, state, state.day) if sees_unreleased(state, seat, one))
    return tuple(run_row(graph, state, one, 0, seat=seat) for one in waiting)


def overdue(graph: Graph, state: State, seat: Seat) -> tuple[tuple[Inject, Planned], ...]:
    """The planned releases that were not made when their time came, for somebody to decide."""
    found = ((course.find(graph, state, name), planned) for name, planned in state.schedule.items())
    waiting = [
        (inject, planned)
        for inject, planned in found
        if inject is not None and planned.lapsed is not None and sees_unreleased(state, seat, inject)
    ]
    return tuple(sorted(waiting, key=lambda one: one[1].scheduled))


def answers(state: State, inject: Inject, delegation: str) -> int:
    """How many of an inject's questions a delegation has answered."""
    return sum(1 for one in inject.questions if (inject.id, one.id, delegation) in state.responses)


def minutes(behind: timedelta) -> int:
    """A drift in whole minutes; less than one is none."""
    return int(behind.total_seconds() / 60)
