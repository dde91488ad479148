"""An inject written during the exercise."""

from itertools import count
from typing import assert_never

from ttx.exercise import course
from ttx.exercise.commands.grounds import Refused, each_known, running_day
from ttx.exercise.commands.story import AD_HOC, out
from ttx.exercise.entries import Entry, InjectAdded
from ttx.exercise.requests import AddInject
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Alert, Inject, InjectKind, Map, MapStep, Move, Show


def add(graph: Graph, state: State, request: AddInject) -> tuple[Entry, ...]:
    day = running_day(state, "add an inject")
    known_groups = {name for one in state.delegations.values() for name in one.groups}
    each_known("working group", request.to.groups, known_groups | graph.scenario.groups.keys())
    each_known("table", request.to.tables, set(state.tables))
    each_known("delegation", request.to.delegations, set(state.delegations))
    asked_of = tuple(name for question in request.questions for name in question.objectives)
    each_known("objective", (*request.objectives, *asked_of), set(graph.scenario.objectives))
    each_known("capability", request.capabilities, set(graph.scenario.capabilities))
    for step in request.map:
        _on_the_map(graph.scenario.map, step)
    if not request.to.all and not (request.to.groups or request.to.tables or request.to.delegations):
        raise Refused("The new inject is addressed to nobody: name delegations, tables or groups, or all.")
    idents = [question.id for question in request.questions]
    if len(set(idents)) != len(idents):
        raise Refused("Two questions of the new inject have the same id; each needs its own.")
    inject = Inject(
        id=_free(graph, state, day),
        kind=InjectKind.CONTINGENCY,
        at="00:00",
        session=AD_HOC,
        **request.model_dump(exclude={"do", "release"}),
    )
    added = InjectAdded(inject=inject, day=day)
    return (added, *out(state, inject)) if request.release else (added,)


def _free(graph: Graph, state: State, day: int) -> str:
    """An id for an inject written during the exercise, that no author has given already."""
    numbers = count(len(state.added) + 1)
    return next(name for number in numbers if course.find(graph, state, name := f"D{day}-X{number}") is None)


def _on_the_map(chart: Map, step: MapStep) -> None:
    """What a step moves, shows or marks must be on the scenario's map."""
    match step:
        case Move(token=token, route=route, to=to):
            each_known("token", (token,), set(chart.tokens))
            each_known("route", (route,), set(chart.routes))
            each_known("place", (to if isinstance(to, str) else None,), set(chart.places))
        case Show(do="hide", what=what) if what in chart.places:
            pass  # takes the alert off it
        case Show(what=what, people=int()):
            each_known("route", (what,), set(chart.routes))
        case Show(what=what):
            each_known("token, route or border", (what,), {*chart.tokens, *chart.routes, *chart.borders})
        case Alert(place=place):
            each_known("place", (place if isinstance(place, str) else None,), set(chart.places))
        case _ as unknown:
            assert_never(unknown)
