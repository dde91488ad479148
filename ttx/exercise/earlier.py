"""Where today begins among what is out: tablets fold away what came before, consoles show it when they are asked to."""

from dataclasses import dataclass

from ttx.exercise import course, run_of_show
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day


@dataclass(frozen=True, slots=True)
class EarlierView:
    """The heading over what came before today: the days that are meant, and its place among what is out."""

    days: tuple[Day, ...]
    order: str


def before_today(graph: Graph, state: State) -> tuple[str, ...]:
    """What was out before the first inject of today: of the day that is open or, where none is, of the one held last.

    A day that is opened once more takes nothing away that came after it.
    """
    today = state.day if state.day is not None else run_of_show.held_last(state)
    if today is None:
        return ()
    days = [course.day_of(graph, state, name) for name in state.out]
    return state.out[: days.index(today) if today in days else len(days)]


def earlier(graph: Graph, state: State) -> EarlierView:
    """The heading itself. It is the same for everybody; a page that was told nothing earlier has nothing below it."""
    before = before_today(graph, state)
    numbers = {course.day_of(graph, state, name) for name in before}
    return EarlierView(tuple(one for one in graph.scenario.days if one.day in numbers), f"{len(before) - 1}.9999")
