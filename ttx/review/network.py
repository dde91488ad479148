"""The coordination network: who said it would contact whom, and what can be measured in that.

Measures bear the names and follow the definitions of R's package `sna` (C. T. Butts), on the graph as it is drawn: ties
have a direction, are there or not whatever their weight, and loops are left out.
"""

from collections.abc import Mapping
from math import nan

import networkx as nx

DEFINITIONS: Mapping[str, str] = {
    "nodes": "how many delegations and organisations there are, those without a tie included",
    "ties": "how many directed ties there are, loops left out",
    "density": "ties / (n (n - 1)): the share of all possible directed ties that are there",
    "reciprocity_edgewise": "2 M / (2 M + A): the share of ties that are returned",
    "reciprocity_dyadic": "(M + N) / (M + A + N): the share of pairs that are mutual or have no tie at all",
    "reciprocity_nonnull": "M / (M + A): the share of mutual pairs among those with a tie",
    "transitivity": "the share of directed two-paths a -> b -> c that are closed by a -> c; 1 where there is none",
    "betweenness_centralization": "Freeman: sum of (largest - own) betweenness / ((n - 1)^2 (n - 2)), directed paths",
    "indegree_centralization": "Freeman: sum of (largest - own) indegree / (n - 1)^2",
    "outdegree_centralization": "Freeman: sum of (largest - own) outdegree / (n - 1)^2",
    "connectedness": "Krackhardt: the share of pairs that some path joins, whatever the direction of its ties",
}
"""What each measure of `measures` is, to be printed beside its figure. M, A and N count the pairs of nodes with ties
both ways, with one tie, and with none."""


def measures(graph: "nx.DiGraph[str]") -> dict[str, float]:
    """The measures of a network, by the names in `DEFINITIONS`; `nodes` and `ties` are whole numbers.

    A share of nothing, such as the returned ties of a graph that has no tie, is NaN; transitivity is 1 there, as `sna`
    has it. Betweenness takes O(nodes x ties) time.
    """
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    n, ties = len(plain), plain.number_of_edges()
    pairs = n * (n - 1) // 2
    mutual = sum(1 for source, target in plain.edges() if plain.has_edge(target, source)) // 2
    one_way = ties - 2 * mutual
    empty = pairs - mutual - one_way
    return {
        "nodes": n,
        "ties": ties,
        "density": _share(ties, 2 * pairs),
        "reciprocity_edgewise": _share(2 * mutual, ties),
        "reciprocity_dyadic": _share(mutual + empty, pairs),
        "reciprocity_nonnull": _share(mutual, mutual + one_way),
        "transitivity": _transitivity(plain),
        "betweenness_centralization": _centralization(
            nx.betweenness_centrality(plain, normalized=False), (n - 1) ** 2 * (n - 2)
        ),
        "indegree_centralization": _centralization(dict(plain.in_degree()), (n - 1) ** 2),
        "outdegree_centralization": _centralization(dict(plain.out_degree()), (n - 1) ** 2),
        "connectedness": _share(
            sum(len(part) * (len(part) - 1) // 2 for part in nx.weakly_connected_components(plain)), pairs
        ),
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan


def _transitivity(plain: "nx.DiGraph[str]") -> float:
    two_paths = closed = 0
    for middle in plain:
        for source in plain.predecessors(middle):
            for target in plain.successors(middle):
                if source != target:
                    two_paths += 1
                    closed += plain.has_edge(source, target)
    return closed / two_paths if two_paths else 1.0


def _centralization(scores: Mapping[str, float], largest_possible: int) -> float:
    if not scores:
        return nan
    top = max(scores.values())
    return _share(sum(top - one for one in scores.values()), largest_possible)
