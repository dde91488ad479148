"""What every path tells for sure and what some path may tell, for a story too large to be unfolded (`plot`)."""

from collections.abc import Iterator

import networkx as nx

from ttx.scenario.graph import Graph, on_paths

_END = "end of the day"  # no id has a blank in it


def certain(graph: Graph) -> tuple[frozenset[str], frozenset[str]]:
    """Injects that lie on every path for sure, and those that lie on some path perhaps: bounds, and quick ones.

    An inject is sure when every way through its day's steps leads over it (it dominates the day's end), it has
    no condition, and nothing before it can be left waiting for a need that is not sure itself.
    """
    sure: set[str] = set()
    possible: set[str] = set()
    for day in graph.scenario.days:
        own = [inject.id for inject in on_paths(day) if graph.injects[inject.id] is inject]
        entries = [name for name in own if name in graph.entries]
        if not entries:
            continue
        first, *beside = entries
        ways = _ways(graph, own)
        reached = nx.descendants(ways, first) | {first}
        dominators = nx.immediate_dominators(ways, first)
        stuck = {name for name in reached - {_END} if _may_wait(graph, name, sure, dominators)}
        ways.add_edges_from((name, _END) for name in stuck)
        over = set(_chain(nx.immediate_dominators(ways, first), _END))
        possible |= (reached | set(beside)).union(*(nx.descendants(ways, name) for name in beside)) - {_END}
        sure |= {name for name in over - stuck if name not in graph.conditions}
        sure |= {name for name in beside if name not in graph.conditions and sure.issuperset(graph.injects[name].needs)}
    return frozenset(sure), frozenset(possible)


def _ways(graph: Graph, own: list[str]) -> "nx.DiGraph[str]":
    """A day's steps, and one to the day's end from each inject, or option, that nothing follows."""
    ways: nx.DiGraph[str] = nx.DiGraph()
    inside = frozenset(own)
    for name in own:
        steps = [step for step in graph.after[name] if step.target in inside]
        ways.add_edges_from((name, step.target) for step in steps)
        branch = graph.injects[name].branch
        if len({step.option for step in steps}) < (1 if branch is None else len(branch.options)):
            ways.add_edge(name, _END)
    return ways


def _may_wait(graph: Graph, name: str, sure: set[str], dominators: dict[str, str]) -> bool:
    """Whether an inject may be reached and yet never told nor passed by, so that the way ends before it."""
    inject = graph.injects[name]
    if name in graph.conditions and inject.branch is not None and inject.branch.default is None:
        return True
    before = frozenset(_chain(dominators, name)) - graph.conditions.keys()
    return any(needed in graph.injects and needed not in sure and needed not in before for needed in inject.needs)


def _chain(dominators: dict[str, str], name: str) -> Iterator[str]:
    while name in dominators and dominators[name] != name:
        name = dominators[name]
        yield name
