"""Every way the story may go, folded into situations: where a choice is due, and what is told between two choices.

A path is one option for each decision the story comes to, over all days in their order. Along it the first inject
that may come is told next, in file order, and nothing of the reserve; conditions are asked with the variables set
on the way. These are the rules of `ttx.exercise.course`, counted over all paths at once: two paths that have the
same before them are one from there on, so five days with ten decisions are some twenty situations and not 1,024
paths. What is asked of them stands in `coverage` and `survey`.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from operator import add
from typing import TypeVar

import networkx as nx

from ttx.scenario.certainty import certain
from ttx.scenario.graph import Graph
from ttx.scenario.paths import Choice
from ttx.scenario.plot import Plot, Situation, Stretch

M = TypeVar("M", bound=Hashable)

# Figures of 300 measures for 4,096 situations are 30 MB; more measures are taken in turn.
_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most of something on any path, and the choices on which that depends.

    Choices that change nothing are left out; where none is given, every path has as much. Bounds that are not
    exact (`Story.exact`) come without choices.
    """

    least: int
    most: int
    least_when: tuple[Choice, ...] = ()
    most_when: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an inject lies: on so many of all paths, and on those only where these choices were made."""

    paths: int
    of: int
    given: tuple[Choice, ...] = ()

    @property
    def always(self) -> bool:
        """Whether every path tells it."""
        return self.paths == self.of


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """All paths of a scenario: `situations` in an order in which each comes before what may follow it.

    `stretches` says, for each situation, what may follow: one for each option of its decision, a single one
    where a day begins, none at the end. When there are more than `plot.MANY` situations, `exact` is false, both
    are empty, and every answer is a bound from `certain` and `possible`: injects that every path tells for
    sure, and those that some path may tell.
    """

    graph: Graph
    exact: bool
    paths: int
    situations: tuple[Situation, ...]
    stretches: tuple[tuple[Stretch, ...], ...]
    certain: frozenset[str]
    possible: frozenset[str]


def tell(graph: Graph) -> Story:
    """The story of a scenario, whatever faults it has; see `Story` for what happens to a very large one."""
    plot = Plot(graph)
    found = plot.unfold()
    if found is None:
        sure, perhaps = certain(graph)
        return Story(graph, False, 0, (), (), sure, perhaps)
    situations, stretches = _ordered(*found)
    paths = _ways_on(stretches)[0]
    story = Story(graph, True, paths, situations, stretches, frozenset(), frozenset())
    lying = places(story)
    sure = frozenset(name for name, place in lying.items() if place.always)
    return Story(graph, True, paths, situations, stretches, sure, frozenset(lying))


def _ordered(
    situations: list[Situation], stretches: list[list[Stretch]]
) -> tuple[tuple[Situation, ...], tuple[tuple[Stretch, ...], ...]]:
    """Situations so that each comes before what follows it; none can come twice on a path."""
    network: nx.DiGraph[int] = nx.DiGraph()
    network.add_nodes_from(range(len(situations)))
    network.add_edges_from((number, stretch.to) for number, leaving in enumerate(stretches) for stretch in leaving)
    order = list(nx.topological_sort(network))
    place = {number: at for at, number in enumerate(order)}
    moved = tuple(
        tuple(Stretch(stretch.option, stretch.told, place[stretch.to]) for stretch in stretches[number])
        for number in order
    )
    return tuple(situations[number] for number in order), moved


def _ways_on(stretches: tuple[tuple[Stretch, ...], ...]) -> list[int]:
    """For each situation, how many paths lead on from it."""
    ways = [0] * len(stretches)
    for number in reversed(range(len(stretches))):
        ways[number] = sum(ways[stretch.to] for stretch in stretches[number]) or 1
    return ways


def _chosen(situation: Situation, stretch: Stretch) -> Choice | None:
    if situation.decision is None or stretch.option is None:
        return None
    return situation.decision, stretch.option


def places(story: Story) -> dict[str, Place]:
    """Where each inject lies that any path tells: on how many paths, and what must have been chosen for it.

    Of a story that is not exact only the injects on every path are given, and as 1 of 1.
    """
    if not story.exact:
        return {name: Place(1, 1) for name in story.graph.injects if name in story.certain}
    ways_on = _ways_on(story.stretches)
    ways_to = [1] + [0] * (len(story.situations) - 1)
    given: list[frozenset[Choice] | None] = [frozenset()] + [None] * (len(story.situations) - 1)
    counted: dict[str, int] = {}
    needed: dict[str, frozenset[Choice]] = {}
    for number, situation in enumerate(story.situations):
        before = given[number] or frozenset()
        for stretch in story.stretches[number]:
            ways_to[stretch.to] += ways_to[number]
            choice = _chosen(situation, stretch)
            made = before | {choice} if choice is not None else before
            known = given[stretch.to]
            given[stretch.to] = made if known is None else known & made
            for name in stretch.told:
                counted[name] = counted.get(name, 0) + ways_to[number] * ways_on[stretch.to]
                needed[name] = needed[name] & made if name in needed else made
    order = {name: rank for rank, name in enumerate(story.graph.injects)}
    return {
        name: Place(counted[name], ways_on[0], tuple(sorted(needed[name], key=lambda choice: order[choice[0]])))
        for name in sorted(counted, key=order.__getitem__)
    }


def spread(story: Story, weights: Mapping[str, Mapping[M, int]]) -> dict[M, Range]:
    """The least and most of each measure on any path; `weights` says how much of which an inject brings."""
    measures = list(dict.fromkeys(measure for brought in weights.values() for measure in brought))
    if not story.exact:
        return {
            measure: Range(
                sum(weights.get(name, {}).get(measure, 0) for name in story.certain),
                sum(weights.get(name, {}).get(measure, 0) for name in story.possible),
            )
            for measure in measures
        }
    found: dict[M, Range] = {}
    for first in range(0, len(measures), _AT_ONCE):
        found |= _spread(story, weights, measures[first : first + _AT_ONCE])
    return found


def _spread(story: Story, weights: Mapping[str, Mapping[M, int]], measures: list[M]) -> dict[M, Range]:
    column = {measure: number for number, measure in enumerate(measures)}
    ends: list[tuple[list[int], list[int]]] = [([0] * len(measures), [0] * len(measures))] * len(story.situations)
    brought: list[list[list[int]]] = [[] for _ in story.situations]
    for number in reversed(range(len(story.situations))):
        lows, highs = [], []
        for stretch in story.stretches[number]:
            bringing = [0] * len(measures)
            for name in stretch.told:
                for measure, much in weights.get(name, {}).items():
                    if measure in column:
                        bringing[column[measure]] += much
            brought[number].append(bringing)
            low, high = ends[stretch.to]
            lows.append(list(map(add, bringing, low)))
            highs.append(list(map(add, bringing, high)))
        if len(lows) == 1:
            ends[number] = lows[0], highs[0]
        elif lows:
            ends[number] = list(map(min, *lows)), list(map(max, *highs))
    return {
        measure: Range(
            ends[0][0][at],
            ends[0][1][at],
            tuple(_way(story, brought, [low[at] for low, _ in ends], at)),
            tuple(_way(story, brought, [high[at] for _, high in ends], at)),
        )
        for measure, at in column.items()
    }


def _way(story: Story, brought: list[list[list[int]]], best: list[int], column: int) -> Iterator[Choice]:
    """The choices along one path that comes to the best figure, those that matter for it."""
    number = 0
    while story.stretches[number]:
        leaving = story.stretches[number]
        figures = [brought[number][at][column] + best[stretch.to] for at, stretch in enumerate(leaving)]
        taken = leaving[figures.index(best[number])]
        choice = _chosen(story.situations[number], taken)
        if choice is not None and len(set(figures)) > 1:
            yield choice
        number = taken.to
