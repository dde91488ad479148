"""Whom the delegations said they would contact: the coordination network as part of a report.

A tie stands for the contacts that one delegation named in its answers of record. Who is written by name is recognised
by it, whatever its capitals; who is neither a delegation nor in the scenario's cast is a node of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from unicodedata import normalize

import networkx as nx

from ttx.exercise import course
from ttx.exercise.answers import Contact
from ttx.exercise.state import State
from ttx.review import network
from ttx.review.expected import Expected, Stated, Tally, expected, tallies
from ttx.review.parts import Part
from ttx.scenario.graph import Graph
from ttx.scenario.model import Phase


class Kind(StrEnum):
    """What a node of the network is."""

    DELEGATION = "delegation"
    ORGANISATION = "organisation"
    GROUP = "group"
    OTHER = "other"


class Node(Part):
    """Who is in the network. `indegree` is by how many it would be contacted."""

    id: str
    name: str
    kind: Kind
    indegree: int
    outdegree: int


class Tie(Part):
    """One would contact another: how often it said so, how soon at the earliest, by which channels, on what basis.

    `returned` tells whether the other would contact it too; None where the other answers nothing, being no delegation.
    `said_in` are the questions it was said in, as `D1-03/q2`.
    """

    source: str
    target: str
    times: int
    hours: float
    channels: tuple[str, ...]
    bases: tuple[str, ...]
    phases: tuple[str, ...]
    said_in: tuple[str, ...]
    returned: bool | None


Measures = Mapping[str, float | None]
"""Figures by the names in `network.DEFINITIONS`; None for a share of nothing."""


class WithoutHub(Part):
    """What is left of the network without the node that most ways lead through."""

    node: str
    parts: int
    measures: Measures


class Network(Part):
    """The coordination network. The measures of a phase are of all nodes with the ties said in that phase only.

    `expected` are the ties that the scenario expects, `tallies` those by phase. Whom it expects and nobody named is in
    `unnamed`, and in no measure.
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    measures: Measures
    phases: Mapping[str, Measures]
    without_hub: WithoutHub | None
    expected: tuple[Expected, ...] = ()
    tallies: tuple[Tally, ...] = ()
    unnamed: tuple[Node, ...] = ()

    @property
    def names(self) -> Mapping[str, str]:
        """What each node is called."""
        return {node.id: node.name for node in (*self.nodes, *self.unnamed)}


@dataclass(frozen=True, slots=True)
class Said:
    """One contact as it was answered, its target recognised."""

    source: str
    target: str
    contact: Contact
    phase: str
    question: str


def said(graph: Graph, state: State) -> Iterator[Said]:
    """Every contact in an answer of record, by inject, question and delegation; who names itself is left out."""
    known = parties(graph, state)
    for (name, question, source), versions in sorted(state.responses.items()):
        inject = course.find(graph, state, name)
        if inject is None or not versions:
            continue
        for contact in versions[-1].answer.contacts or ():
            target = known.setdefault(_plain(contact.to), contact.to)
            if target != source:
                yield Said(source, target, contact, inject.phase or "", f"{name}/{question}")


def made(graph: Graph, state: State, names: Mapping[str, str], aliases: Mapping[str, str]) -> Network | None:
    """The network as a report shows it; None where nobody named a contact.

    `names` and `aliases` are what the report calls each delegation, and the id it gives it.
    """
    grouped: dict[tuple[str, str], list[Said]] = defaultdict(list)
    every = list(said(graph, state))
    for one in every:
        grouped[aliases[one.source], aliases.get(one.target, one.target)].append(one)
    if not grouped:
        return None
    stated = [Stated(one.source, one.target, one.phase, one.question) for one in every]
    known = parties(graph, state)
    wanted = expected(graph, state, lambda word: recognised(known, word), stated)
    called = {aliases[name]: label for name, label in names.items()}
    whole = _drawn([*sorted(called), *sorted({target for _, target in grouped} - called.keys())], grouped)
    phases = dict.fromkeys(one.phase for stated in grouped.values() for one in stated if one.phase)
    return Network(
        nodes=tuple(_node(graph, whole, one, called) for one in whole),
        ties=tuple(_tie(whole, called, *ends, stated) for ends, stated in sorted(grouped.items())),
        measures=_figures(whole),
        phases={phase: _figures(_drawn(whole, _of_phase(grouped, phase))) for phase in Phase if phase in phases},
        without_hub=_without_hub(whole),
        expected=tuple(sorted((_known_as(aliases, one) for one in wanted), key=lambda one: (one.source, one.target))),
        tallies=tallies(wanted, stated),
        unnamed=tuple(
            _node(graph, nx.DiGraph([(name, name)]), name, called).model_copy(update={"indegree": 0, "outdegree": 0})
            for name in sorted({aliases.get(one.target, one.target) for one in wanted} - set(whole))
        ),
    )


def hidden(of: Network, plain: Callable[[str], str]) -> Network:
    """The network without names in what was written: in the names of others than delegations, and in legal bases.

    Two that are the same without them are numbered.
    """
    spelt: dict[str, str] = {}
    for node in of.nodes:
        name = plain(node.name) if node.kind is Kind.OTHER else node.id
        same = sum(one == name or one.startswith(f"{name} (") for one in spelt.values())
        spelt[node.id] = f"{name} ({same + 1})" if node.kind is Kind.OTHER and same else name
    left = of.without_hub
    return of.model_copy(
        update={
            "nodes": tuple(
                one.model_copy(update={"id": spelt[one.id], "name": spelt[one.id]}) if one.kind is Kind.OTHER else one
                for one in of.nodes
            ),
            "ties": tuple(
                one.model_copy(
                    update={
                        "source": spelt[one.source],
                        "target": spelt[one.target],
                        "channels": tuple(plain(channel) for channel in one.channels),
                        "bases": tuple(plain(basis) for basis in one.bases),
                    }
                )
                for one in of.ties
            ),
            "without_hub": left.model_copy(update={"node": spelt[left.node]}) if left is not None else None,
            "expected": tuple(
                one.model_copy(update={"source": ends[0], "target": ends[1]})
                for one in of.expected
                for ends in ((spelt.get(one.source, one.source), spelt.get(one.target, one.target)),)
            ),
        }
    )


def _known_as(aliases: Mapping[str, str], one: Expected) -> Expected:
    return one.model_copy(update={"source": aliases[one.source], "target": aliases.get(one.target, one.target)})


def seen(network: Network, phase: str = "", without: str = "") -> Network:
    """The same network with the ties said in one phase only, or without one node: its ties, degrees and measures."""
    ties = tuple(
        tie for tie in network.ties if (not phase or phase in tie.phases) and without not in (tie.source, tie.target)
    )
    left = _drawn((node.id for node in network.nodes if node.id != without), ((tie.source, tie.target) for tie in ties))
    nodes = tuple(
        node.model_copy(update={"indegree": left.in_degree(node.id), "outdegree": left.out_degree(node.id)})
        for node in network.nodes
        if node.id != without
    )
    return network.model_copy(
        update={
            "nodes": nodes,
            "ties": ties,
            "measures": _figures(left),
            "expected": tuple(
                one
                for one in network.expected
                if (not phase or phase in one.phases) and without not in (one.source, one.target)
            ),
            "unnamed": tuple(node for node in network.unnamed if node.id != without),
        }
    )


def parts(network: Network) -> int:
    """Into how many parts a network falls, whatever the direction of its ties."""
    drawn = _drawn((node.id for node in network.nodes), ((tie.source, tie.target) for tie in network.ties))
    return nx.number_weakly_connected_components(drawn)


def recognised(known: Mapping[str, str], written: str) -> str:
    """The id of whom a contact names, of these `parties`, or what was written where nobody is known by it."""
    return known.get(_plain(written), written)


def parties(graph: Graph, state: State) -> dict[str, str]:
    """Every name and id that a contact may be written with, in plain spelling, to the id it means."""
    return {_plain(written): name for name, label in cast(graph, state).items() for written in (label, name)}


def cast(graph: Graph, state: State) -> dict[str, str]:
    """Whom a contact can name by an id: working groups, organisations and delegations, with what they are called."""
    scenario = graph.scenario
    called = {name: one.name for named in (scenario.groups, scenario.organisations) for name, one in named.items()}
    return called | {name: one.name for name, one in state.delegations.items()}


def _plain(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())


def _drawn(nodes: Iterable[str], ties: Iterable[tuple[str, str]]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(ties)
    return graph


def _of_phase(grouped: Mapping[tuple[str, str], list[Said]], phase: str) -> Iterator[tuple[str, str]]:
    return (ends for ends, stated in grouped.items() if any(one.phase == phase for one in stated))


def _node(graph: Graph, whole: "nx.DiGraph[str]", name: str, called: Mapping[str, str]) -> Node:
    label, kind = name, Kind.OTHER
    if name in called:
        label, kind = called[name], Kind.DELEGATION
    elif name in graph.scenario.organisations:
        label, kind = graph.scenario.organisations[name].name, Kind.ORGANISATION
    elif name in graph.scenario.groups:
        label, kind = graph.scenario.groups[name].name, Kind.GROUP
    return Node(id=name, name=label, kind=kind, indegree=whole.in_degree(name), outdegree=whole.out_degree(name))


def _tie(whole: "nx.DiGraph[str]", called: Mapping[str, str], source: str, target: str, stated: list[Said]) -> Tie:
    return Tie(
        source=source,
        target=target,
        times=len(stated),
        hours=min(one.contact.hours for one in stated),
        channels=tuple(dict.fromkeys(one.contact.channel for one in stated)),
        bases=tuple(dict.fromkeys(one.contact.basis for one in stated if one.contact.basis)),
        phases=tuple(dict.fromkeys(one.phase for one in stated if one.phase)),
        said_in=tuple(dict.fromkeys(one.question for one in stated)),
        returned=whole.has_edge(target, source) if target in called else None,
    )


def _figures(graph: "nx.DiGraph[str]") -> Measures:
    return {name: None if isnan(value) else value for name, value in network.measures(graph).items()}


def _without_hub(whole: "nx.DiGraph[str]") -> WithoutHub | None:
    if len(whole) < 3:
        return None
    through = nx.betweenness_centrality(whole, normalized=False)
    hub = max(whole, key=lambda node: (through[node], whole.degree(node)))
    left = _drawn((node for node in whole if node != hub), (ends for ends in whole.edges() if hub not in ends))
    return WithoutHub(node=hub, parts=nx.number_weakly_connected_components(left), measures=_figures(left))
