"""A walk through a scenario without an exercise: any path, from a short text that a link can carry.

The rules are the exercise's own: every step is a request to `commands`, made by a seat that may do everything, and
what somebody sees of it is `sight`. Only the clock is planned time.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ttx.exercise import course
from ttx.exercise.commands import Refused, decide
from ttx.exercise.course import Stand, Standing
from ttx.exercise.entries import Delegation, Logged
from ttx.exercise.requests import Asked, Choose, CloseDay, OpenDay, Release
from ttx.exercise.rights import Seat
from ttx.exercise.sight import told_to
from ttx.exercise.state import State, apply, begin
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject
from ttx.scenario.roster import Role, Roster

MOST = 1000
"""Developments one walk tells. In a day of 2,000 injects that takes 1 s; a whole scenario of 300 far less."""

_CONTROL = Seat("walk", "walk", Role.LEAD_FACILITATOR)
_MOVE = re.compile(
    r"(?P<tell>[1-9]\d{0,3})|~(?P<choose>[A-Za-z][\w-]{0,39})|(?P<inject>[A-Za-z][\w-]{0,39})|(?P<day>_)"
)
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Viewer:
    """Through whose eyes: a delegate of one working group, a delegation of the roster's, or a facilitator."""

    key: str
    name: str
    seat: Seat


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """Where a walk has come to.

    `path` is what it took to get here, of which `walk` makes the same again: `3` tells the next three, `~A` takes
    option A of the decision that is due, `D1-09` tells this inject out of turn, `_` goes on to the next day; a dot
    stands between moves. `refused` says why a path went no further, if it could not be taken to its end. `minutes`
    are those planned for what was told on the open day, `all_minutes` on all.
    """

    graph: Graph
    state: State
    path: str
    refused: str | None
    decision: Inject | None
    upcoming: Inject | None
    minutes: int
    all_minutes: int

    @property
    def over(self) -> bool:
        """Whether every day has been told."""
        return self.state.day is None

    @property
    def last_day(self) -> bool:
        """Whether no day follows the open one."""
        return all(day.day in self.state.opened for day in self.graph.scenario.days)


def walk(graph: Graph, path: str = "", roster: Roster | None = None) -> Walk:
    """The walk that this path leads to: from the first inject of the first day, as far as it can be taken.

    Total: a path that was made for another edition of the scenario stops where it no longer fits, and says why.
    """
    state = _begun(graph, roster)
    taken: list[str] = []
    refused = None
    for move in path[:_LONGEST].split(".") if path else ():
        try:
            for further in _moved(graph, state, move):
                state = further
                _grow(taken, move)
        except Refused as error:
            refused = str(error)
            break
    told = [inject for name in state.out if (inject := course.find(graph, state, name)) is not None]
    today = [inject.minutes for inject in told if graph.day_of.get(inject.id) == state.day]
    decision = course.open_decision(graph, state) if state.day is not None else None
    upcoming = course.next_up(graph, state) if decision is None else None
    every = sum(inject.minutes for inject in told)
    return Walk(graph, state, ".".join(taken), refused, decision, upcoming, sum(today), every)


def onward(walked: Walk, move: str) -> str:
    """The path that goes on with one more move."""
    moves = walked.path.split(".") if walked.path else []
    for _ in range(int(move)) if move.isdecimal() else (1,):
        _grow(moves, move)
    return ".".join(moves)


def back(walked: Walk) -> str | None:
    """The path without its last step; None at the beginning."""
    *moves, last = walked.path.split(".")
    if not last:
        return None
    if last.isdecimal() and int(last) > 1:
        moves.append(str(int(last) - 1))
    return ".".join(moves)


def ahead(walked: Walk) -> int:
    """How many developments lie before the next decision, that one included, or before the end of the day."""
    state, many = walked.state, 0
    while many < MOST - len(walked.state.out) and course.open_decision(walked.graph, state) is None:
        inject = course.next_up(walked.graph, state)
        if inject is None:
            break
        state, many = _done(walked.graph, state, Release(do="release", inject=inject.id)), many + 1
    return many


def waiting(walked: Walk) -> Iterator[tuple[Inject, Stand]]:
    """The open day's injects that have not been told, each with what may be done with it or what it waits for."""
    if walked.state.day is None:
        return
    for inject in course.injects_of(walked.graph, walked.state, walked.state.day):
        if walked.graph.injects.get(inject.id) is inject or inject.id in walked.state.added:
            stand = course.stand(walked.graph, walked.state, inject.id)
            if stand.standing is not Standing.RELEASED:
                yield inject, stand


def viewers(graph: Graph, roster: Roster | None = None) -> tuple[Viewer, ...]:
    """Through whose eyes a walk can be seen: a facilitator's, each group's, and each delegation's of the roster."""
    groups = (
        Viewer(ident, named.name, Seat("walk", "walk", Role.DELEGATE, f"group {ident}"))
        for ident, named in graph.scenario.groups.items()
    )
    seated = (
        Viewer(f"~{ident}", one.name, Seat("walk", "walk", Role.DELEGATE, ident, _table_of(roster, ident)))
        for ident, one in (roster.delegations.items() if roster is not None else ())
    )
    return (Viewer("", "", _CONTROL), *groups, *seated)


def seen(walked: Walk, viewer: Viewer) -> list[Inject]:
    """What somebody has been told so far, in order."""
    return told_to(walked.graph, walked.state, viewer.seat)


def taking(graph: Graph, choices: Mapping[str, str], roster: Roster | None = None, until: int | None = None) -> str:
    """The path that takes these options by decision, and elsewhere the default or first one: to the story's end, or
    to where the day `until` begins."""
    state, taken = _begun(graph, roster), list[str]()
    while state.day not in (None, until) and len(state.out) < MOST:
        decision = course.open_decision(graph, state)
        if decision is not None and decision.branch is not None:
            options, default = decision.branch.options, decision.branch.default
            wanted = choices.get(decision.id)
            move = f"~{wanted if wanted in options else default if default in options else next(iter(options))}"
        else:
            move = "1" if course.next_up(graph, state) is not None else "_"
        for further in _moved(graph, state, move):
            state = further
            _grow(taken, move)
    return ".".join(taken)


def _begun(graph: Graph, roster: Roster | None) -> State:
    """The state in which the first day is open and nothing told."""
    state = begin(graph.scenario)._replace(
        delegations=_delegations(graph, roster),
        tables=dict(roster.tables) if roster is not None else {},
    )
    return _done(graph, state, OpenDay(do="open_day"))


def _table_of(roster: Roster | None, delegation: str) -> str | None:
    seats = roster.seats if roster is not None else ()
    return next((seat.table for seat in seats if seat.delegation == delegation and seat.table is not None), None)


def _delegations(graph: Graph, roster: Roster | None) -> dict[str, Delegation]:
    """The roster's delegations, and one for each group that belongs to it alone; its key can be no delegation's."""
    found = {
        f"group {ident}": Delegation(name=named.name, groups=(ident,)) for ident, named in graph.scenario.groups.items()
    }
    for ident, one in roster.delegations.items() if roster is not None else ():
        table = _table_of(roster, ident)
        found[ident] = Delegation(name=one.name, groups=one.groups, tables=(table,) if table is not None else ())
    return found


def _moved(graph: Graph, state: State, move: str) -> Iterator[State]:
    """The states that a move leads through, one for each step of it. Raises Refused where it goes no further."""
    read = _MOVE.fullmatch(move)
    if read is None:
        raise Refused(f"The link says '{move[:40]}', which is no step of a walk.")
    decision = course.open_decision(graph, state)
    if read["choose"] is not None:
        if decision is None:
            raise Refused(f"The link takes option {read['choose']}, but no decision is due here.")
        yield _done(graph, state, Choose(do="choose", inject=decision.id, option=read["choose"]))
        return
    if read["day"] is not None:
        state = _done(graph, state, CloseDay(do="close_day"))
        more = any(day.day not in state.opened for day in graph.scenario.days)
        yield _done(graph, state, OpenDay(do="open_day")) if more else state
        return
    if len(state.out) >= MOST:
        raise Refused(f"A walk tells {MOST:,} developments and no more.")
    if read["inject"] is not None:
        yield _done(graph, state, Release(do="release", inject=read["inject"]))
        return
    for _ in range(int(read["tell"])):
        if (decision := course.open_decision(graph, state)) is not None:
            raise Refused(f"{decision.id} has to be decided before the story goes on.")
        inject = course.next_up(graph, state)
        if inject is None:
            raise Refused("Nothing more comes on this day." if state.day is not None else "The story is over.")
        if len(state.out) >= MOST:
            raise Refused(f"A walk tells {MOST:,} developments and no more.")
        state = _done(graph, state, Release(do="release", inject=inject.id))
        yield state


def _grow(taken: list[str], move: str) -> None:
    """One more step: what is told in turn is counted, anything else stands for itself."""
    if not move.isdecimal():
        taken.append(move)
    elif taken and taken[-1].isdecimal():
        taken[-1] = str(int(taken[-1]) + 1)
    else:
        taken.append("1")


def _done(graph: Graph, state: State, request: Asked) -> State:
    """The state after a request of control's. An entry's time is the planned one; days follow each other."""
    for entry in decide(graph, state, _CONTROL, request):
        planned = state.at or datetime(2001, 1, 1, tzinfo=UTC)
        if isinstance(request, Release):
            hours, minutes = map(int, graph.injects[request.inject].at.split(":"))
            planned = datetime(2001, 1, 1, hours, minutes, tzinfo=UTC) + timedelta(days=len(state.opened))
        state = apply(state, Logged(state.seq + 1, planned, None, entry))
    return state
