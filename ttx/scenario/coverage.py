"""What a scenario exercises: how often each objective and capability, at least and at most, on any path.

An inject exercises an objective once, whether it names it itself or in one of its questions. The reserve is not
counted. How paths are found is `story`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ttx.scenario.findings import listed
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject
from ttx.scenario.paths import Choice
from ttx.scenario.story import Range, Story, spread, tell

Counted = tuple[str, str, int | None]
"""`objective` or `capability`, its id, and a day's number, or None for all days."""

_NOTHING = Range(0, 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many injects exercise each objective and capability on any path, and on any path through each day.

    `by_day` maps an id and a day's number. `paths` counts the paths, where `exact` holds; otherwise there are
    too many to follow, `paths` is 0 and every range is a bound: no path has fewer than `least` or more than `most`.
    """

    objectives: Mapping[str, Range]
    capabilities: Mapping[str, Range]
    objectives_by_day: Mapping[tuple[str, int], Range]
    capabilities_by_day: Mapping[tuple[str, int], Range]
    days: tuple[int, ...]
    paths: int
    exact: bool


def coverage(graph: Graph) -> Coverage:
    """How often a scenario exercises what, over all its paths."""
    return covered(tell(graph))


def covered(story: Story) -> Coverage:
    """The same of a story that has been told already."""
    graph = story.graph
    weights = {
        name: dict.fromkeys(_counted(inject, graph.day_of[name]), 1)
        for name, inject in graph.injects.items()
        if not inject.reserve
    }
    found = spread(story, weights)
    days = tuple(dict.fromkeys(day.day for day in graph.scenario.days))

    def each(kind: str, known: Mapping[str, object]) -> dict[str, Range]:
        return {ident: found.get((kind, ident, None), _NOTHING) for ident in known}

    def daily(kind: str, known: Mapping[str, object]) -> dict[tuple[str, int], Range]:
        return {(ident, day): found.get((kind, ident, day), _NOTHING) for ident in known for day in days}

    objectives, capabilities = graph.scenario.objectives, graph.scenario.capabilities
    return Coverage(
        each("objective", objectives),
        each("capability", capabilities),
        daily("objective", objectives),
        daily("capability", capabilities),
        days,
        story.paths,
        story.exact,
    )


def _counted(inject: Inject, day: int) -> Iterator[Counted]:
    for ident in exercised(inject):
        yield "objective", ident, None
        yield "objective", ident, day
    for ident in dict.fromkeys(inject.capabilities):
        yield "capability", ident, None
        yield "capability", ident, day


def exercised(inject: Inject) -> tuple[str, ...]:
    """The objectives of an inject: its own, then those that only its questions name."""
    asked = (ident for question in inject.questions for ident in question.objectives)
    return tuple(dict.fromkeys((*inject.objectives, *asked)))


def way(choices: tuple[Choice, ...]) -> str:
    """`D1-06 goes B and D3-02 goes A`; for no choices, `every path`."""
    return listed(f"{decision} goes {option}" for decision, option in choices) or "every path"
