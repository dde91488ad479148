"""The regions of looking up: the agenda of each day, the map, the words of the scenario."""

from collections.abc import Hashable, Iterator

from ttx.exercise import lookup
from ttx.exercise.rights import Seat
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject

KINDS = frozenset({"agenda", "chart", "glossary"})


def of_tablet(graph: Graph) -> Iterator[str]:
    """What a tablet looks up."""
    yield from (f"agenda:{day.day}" for day in graph.scenario.days)
    if graph.scenario.map.land:
        yield "chart"
    yield "glossary"


def shares(graph: Graph, state: State, seat: Seat, region: str) -> Hashable:
    """What beside page and language a drawing of such a region depends on."""
    match region.split(":"):
        case ["agenda", number] if int(number) == state.day:
            return lookup.session_now(graph, state, seat)
        case ["chart"]:
            return tuple(one.id for one in lookup.charted(graph, state, seat))
        case _:
            return None


def context(graph: Graph, state: State, seat: Seat, region: str) -> dict[str, object]:
    """What such a region is drawn with."""
    match region.split(":"):
        case ["agenda", number]:
            day = next(one for one in graph.scenario.days if one.day == int(number))
            return {"view": lookup.agenda(graph, state, seat, day)}
        case ["chart"]:
            return {"atlas": lookup.chart(graph, state, seat)}
        case _:
            return {}


def days(graph: Graph) -> Iterator[str]:
    """Every day's agenda: what the opening and the closing of a day touch."""
    return (f"agenda:{day.day}" for day in graph.scenario.days)


def touched(inject: Inject | None, day: int | None) -> Iterator[str]:
    """What an inject's coming or going touches; `None` is one that nobody knows, which may draw anything."""
    if day is not None:
        yield f"agenda:{day}"
    if inject is None or inject.map:
        yield "chart"
