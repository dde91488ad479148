"""The order injects may come in, as a graph: sequence, branches, needs, conditions. Built once a scenario.

Structure only. What has happened, and so what may come next, is `ttx.exercise.course`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from ttx.scenario.conditions import Condition, Unreadable, parse
from ttx.scenario.model import Day, Inject, Scenario, Value


@dataclass(frozen=True, slots=True)
class Step:
    """One way to get from an inject to the next: `option` is the decision's key it depends on, if any."""

    source: str
    target: str
    option: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A scenario with its injects by id and what leads to what.

    `before` and `after` hold the steps that end and begin at an inject; `needed_by` and `read_by` say which
    injects need an inject, and which conditions read a variable. Steps, needs and conditions that point
    nowhere are left out here; `checks` reports them.
    """

    scenario: Scenario
    injects: Mapping[str, Inject]
    day_of: Mapping[str, int]
    before: Mapping[str, tuple[Step, ...]]
    after: Mapping[str, tuple[Step, ...]]
    conditions: Mapping[str, Condition]
    needed_by: Mapping[str, tuple[str, ...]]
    read_by: Mapping[str, tuple[str, ...]]
    entries: frozenset[str]

    def network(self) -> "nx.MultiDiGraph[str]":
        """The steps as a networkx graph, for questions about the whole; an edge carries its `option`."""
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_nodes_from(self.injects)
        for leaving in self.after.values():
            network.add_edges_from((step.source, step.target, {"option": step.option}) for step in leaving)
        return network


def build(scenario: Scenario) -> Graph:
    """The graph of a scenario. Total: faults are skipped, and of two injects of one id the first counts."""
    injects: dict[str, Inject] = {}
    day_of: dict[str, int] = {}
    days: list[Day] = []
    for day in scenario.days:
        for inject in day.injects:
            injects.setdefault(inject.id, inject)
            day_of.setdefault(inject.id, day.day)
        first = tuple(inject for inject in day.injects if injects[inject.id] is inject)
        days.append(day.model_copy(update={"injects": first}))
    before: dict[str, list[Step]] = defaultdict(list)
    after: dict[str, list[Step]] = defaultdict(list)
    for day in days:
        for step in steps(day):
            if step.target in injects:
                before[step.target].append(step)
                after[step.source].append(step)
    conditions: dict[str, Condition] = {}
    needed_by: dict[str, list[str]] = defaultdict(list)
    read_by: dict[str, list[str]] = defaultdict(list)
    for inject in injects.values():
        for needed in inject.needs:
            needed_by[needed].append(inject.id)
        if inject.when is not None:
            try:
                condition = parse(inject.when)
            except Unreadable:
                continue
            conditions[inject.id] = condition
            for word in condition.words & scenario.variables.keys():
                read_by[word].append(inject.id)
    return Graph(
        scenario,
        injects,
        day_of,
        {name: tuple(before[name]) for name in injects},
        {name: tuple(after[name]) for name in injects},
        conditions,
        {name: tuple(needing) for name, needing in needed_by.items()},
        {name: tuple(readers) for name, readers in read_by.items()},
        frozenset(name for day in days for name in _entries(day, before)),
    )


def remembered(inject: Inject) -> Mapping[str, Mapping[str, Value]]:
    """What each option of a decision sets, by its key, as variable and value; empty for an inject that is none.

    Where each table decides for itself no option sets anything: a variable is one for all, and a table's choice is not.
    """
    branch = inject.branch
    if branch is None:
        return {}
    return {key: {} if branch.by == "each_table" else option.set for key, option in branch.options.items()}


def on_paths(day: Day) -> tuple[Inject, ...]:
    """The injects of a day that stand on its paths, in file order: all but the reserve."""
    return tuple(inject for inject in day.injects if not inject.reserve)


def steps(day: Day) -> Iterator[Step]:
    """The steps as a day's author wrote them, with `next` filled in where it was left out."""
    path = on_paths(day)
    following = {inject.id: later.id for inject, later in pairwise(path)}
    for inject in path:
        if inject.branch is not None:
            for key, option in inject.branch.options.items():
                yield Step(inject.id, option.next, key)
        elif inject.next is not None:
            for target in inject.next:
                yield Step(inject.id, target)
        elif inject.id in following:
            yield Step(inject.id, following[inject.id])


def _entries(day: Day, before: Mapping[str, list[Step]]) -> Iterator[str]:
    """Where a day may begin: its first inject, and any that no step leads to but that waits for something."""
    for number, inject in enumerate(on_paths(day)):
        if not before.get(inject.id) and (number == 0 or inject.needs or inject.when):
            yield inject.id
