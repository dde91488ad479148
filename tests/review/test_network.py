"""The measures of a coordination network: by hand on small graphs, and against published figures."""

from itertools import permutations, product
from math import isnan

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.review.network import DEFINITIONS, measures


def drawn(ties: str, *alone: str) -> "nx.DiGraph[str]":
    """A graph from ties written as `ab bc`, and nodes without any."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(alone)
    graph.add_edges_from((tie[0], tie[1]) for tie in ties.split())
    return graph


def test_every_measure_is_defined_beside_its_name() -> None:
    assert list(measures(drawn("ab"))) == list(DEFINITIONS)


def test_a_small_network_by_hand() -> None:
    # Pairs: ab mutual; ac, bc, cd one way; ad, bd none. Two-paths: bac abc acd bcd, of which bac and abc are closed.
    # On shortest paths: c between a and d, and between b and d.
    found = measures(drawn("ab ba ac bc cd"))
    assert found == pytest.approx(
        {
            "nodes": 4,
            "ties": 5,
            "density": 5 / 12,
            "reciprocity_edgewise": 2 / 5,
            "reciprocity_dyadic": 3 / 6,
            "reciprocity_nonnull": 1 / 4,
            "transitivity": 2 / 4,
            "betweenness_centralization": (3 * 2) / (9 * 2),
            "indegree_centralization": (1 + 1 + 0 + 1) / 9,
            "outdegree_centralization": (0 + 0 + 1 + 2) / 9,
            "connectedness": 1,
        }
    )


def test_a_star_is_centralised_to_the_limit() -> None:
    found = measures(drawn("xa ax xb bx xc cx xd dx"))
    assert found["betweenness_centralization"] == pytest.approx(1)
    assert found["indegree_centralization"] == pytest.approx((4 * 3) / 16)
    out = measures(drawn("xa xb xc xd"))
    assert out["outdegree_centralization"] == pytest.approx(1)
    assert out["betweenness_centralization"] == 0


def test_a_ring_has_no_centre() -> None:
    found = measures(drawn("ab bc cd da"))
    assert [found[name] for name in DEFINITIONS if "centralization" in name] == [0, 0, 0]
    assert found["transitivity"] == 0
    assert found["reciprocity_nonnull"] == 0


def test_who_is_joined_by_no_path_counts_against_connectedness() -> None:
    # Parts of 3, 2 and 1 node: 3 + 1 of 15 pairs.
    assert measures(drawn("ab cb de", "f"))["connectedness"] == pytest.approx(4 / 15)


def test_loops_and_weights_change_nothing() -> None:
    graph = drawn("ab bc")
    plain = measures(graph)
    graph.add_edge("a", "a")
    graph["a"]["b"]["weight"] = 7
    assert measures(graph) == pytest.approx(plain)
    assert graph.has_edge("a", "a"), "the graph that was given stays as it was"


def test_what_is_a_share_of_nothing_is_no_number() -> None:
    nobody, one, two = measures(drawn("")), measures(drawn("", "a")), measures(drawn("", "a", "b"))
    shares = [name for name in DEFINITIONS if name not in ("nodes", "ties", "transitivity")]
    assert [name for name in shares if isnan(nobody[name])] == shares
    assert [name for name in shares if isnan(one[name])] == shares
    of_ties = ["reciprocity_edgewise", "reciprocity_nonnull", "betweenness_centralization"]
    assert [name for name in shares if isnan(two[name])] == of_ties
    assert [two[name] for name in shares if name not in of_ties] == [0, 1, 0, 0, 0]
    assert [nobody["transitivity"], one["transitivity"], two["transitivity"]] == [1, 1, 1]


NODES = "abcdef"


@given(st.integers(3, 6), st.data())
def test_the_measures_are_what_their_definitions_count(size: int, data: st.DataObject) -> None:
    """Counted the slow way, from the matrix, straight by the words of the definition."""
    nodes = NODES[:size]
    ties = data.draw(st.sets(st.sampled_from([(a, b) for a, b in permutations(nodes, 2)])))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(ties)
    found = measures(graph)
    pairs = [(a, b) for a, b in permutations(nodes, 2) if a < b]
    both = sum((a, b) in ties and (b, a) in ties for a, b in pairs)
    none = sum((a, b) not in ties and (b, a) not in ties for a, b in pairs)
    triples = [three for three in product(nodes, repeat=3) if len(set(three)) == 3]
    through = [(a, b, c) for a, b, c in triples if (a, b) in ties and (b, c) in ties]
    reach = nx.transitive_closure(graph.to_undirected())
    assert found["density"] == pytest.approx(len(ties) / (size * (size - 1)))
    assert found["reciprocity_dyadic"] == pytest.approx((both + none) / len(pairs))
    assert found["connectedness"] == pytest.approx(sum(reach.has_edge(a, b) for a, b in pairs) / len(pairs))
    if ties:
        assert found["reciprocity_edgewise"] == pytest.approx(2 * both / len(ties))
        assert found["reciprocity_nonnull"] == pytest.approx(both / (len(pairs) - none))
    if through:
        assert found["transitivity"] == pytest.approx(sum((a, c) in ties for a, _, c in through) / len(through))
    scores = [_between(graph, node) for node in nodes]
    assert found["betweenness_centralization"] == pytest.approx(
        sum(max(scores) - one for one in scores) / ((size - 1) ** 2 * (size - 2))
    )


def _between(graph: "nx.DiGraph[str]", node: str) -> float:
    """Betweenness by its definition: the share of the shortest paths between others that lead through a node."""
    score = 0.0
    for source, target in permutations(graph, 2):
        if node in (source, target) or not nx.has_path(graph, source, target):
            continue
        paths = list(nx.all_shortest_paths(graph, source, target))
        score += sum(node in path for path in paths) / len(paths)
    return score
