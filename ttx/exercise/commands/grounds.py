"""What several commands stand on: the refusal, what must be so, and what must be known."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ttx.exercise import course
from ttx.exercise.course import Standing
from ttx.exercise.rights import Action, Reach, Seat, reach
from ttx.exercise.state import State, Status
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject
from ttx.scenario.worded import worded


class Refused(Exception):
    """A request that is allowed but not possible now. Its text is a sentence for the person who asked."""


class Overtaken(Refused):
    """Somebody else was faster. `at` is when (UTC), `seat` whose it was, so that a page can say who and when."""

    def __init__(self, what: str, at: datetime, seat: str | None) -> None:
        self.what, self.at, self.seat = what, at, seat
        super().__init__(f"{what}.")


def running_day(state: State, what: str) -> int:
    """The open day of an exercise that runs; refuses otherwise."""
    if state.status is Status.STOPPED:
        raise Refused(
            worded("The exercise is stopped for a real emergency: stand down and resume before you {what}.", what=what)
        )
    if state.status is Status.PAUSED:
        raise Refused(worded("The exercise is paused: resume it before you {what}.", what=what))
    if state.day is None:
        raise Refused(worded("No day is open: open a day before you {what}.", what=what))
    return state.day


def last_day(state: State, what: str) -> int:
    """The open day, or the one that was held last; refuses before the first."""
    if state.day is not None:
        return state.day
    if not state.closed:
        raise Refused(worded("No day has been held yet: open one before you {what}.", what=what))
    return max(state.closed, key=lambda day: state.closed[day])


def known(graph: Graph, state: State, name: str) -> Inject:
    """The inject of this id; refuses if there is none."""
    inject = course.find(graph, state, name)
    if inject is None:
        raise Refused(worded("There is no inject {name} in this exercise.", name=name))
    return inject


def each_known(what: str, names: Iterable[str | None], there: Collection[str]) -> None:
    """Refuses the first of these names that is not there."""
    for name in names:
        if name is not None and name not in there:
            others = ", ".join(sorted(there)) or "-"
            raise Refused(worded("There is no {what} {name}; there are {others}.", what=what, name=name, others=others))


def own_table(state: State, seat: Seat, action: Action, named: str | None) -> str:
    """The table a request is for: the one it names, where the seat may speak for it, else the seat's own."""
    if reach(seat, action) is Reach.ALL:
        if named is None:
            raise Refused("Say for which table this is: your seat is at none.")
        each_known("table", (named,), state.tables)
        return named
    if seat.table is None or seat.table not in state.tables:
        raise Refused(
            worded("Your seat is at no table, so it cannot speak for one. Ask the lead facilitator for a table.")
        )
    if named not in (None, seat.table):
        raise Refused(
            worded("Your seat is at {table}, so it cannot speak for another table.", table=state.tables[seat.table])
        )
    return seat.table


def in_words(standing: Standing) -> str:
    """A standing as a sentence goes on after `it is`."""
    return {Standing.RESERVE: "in reserve", Standing.HELD: "already held"}.get(standing, f"already {standing}")
