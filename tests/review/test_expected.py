"""Expected ties: whom the scenario's questions expect, what of it was stated, and what is missing, by phase."""

from tests.exercise.words import History, created, days, tells
from tests.review.test_contacts import calls, network
from tests.review.words import NAMES
from ttx.exercise.entries import Delegation
from ttx.review.contacts import Network, parts, seen
from ttx.review.expected import Expected
from ttx.review.report import Tier


def asks(*expects: str) -> dict[str, object]:
    return {"questions": [{"id": "whom", "kind": "contacts", "ask": "Whom?", "expects": list(expects)}]}


def expecting() -> History:
    """In detection foe and the IOM are expected, in sar foe and the group at sea; `us` and `foe` answer in part."""
    day = [tells("D1-01", phase="detection", **asks("foe", "IOM")), tells("D1-02", phase="sar", **asks("foe", "SEA"))]
    delegations = {name: Delegation(name=f"The {name.title()}", tables=("T1",)) for name in NAMES}
    history = History(days(day), created("House", **delegations)).opened(1).released("D1-01", "D1-02")
    calls(history, "us", "D1-01", ("The Foe", "phone", 2), ("ally", "phone", 1))
    return calls(history, "foe", "D1-02", ("Group at sea", "phone", 2))


def tie(made: Network, source: str, target: str) -> Expected:
    return next(one for one in made.expected if (one.source, one.target) == (source, target))


def test_a_tie_is_expected_of_whoever_was_asked_and_stated_where_it_was_named_under_any_of_its_names() -> None:
    made = network(expecting(), Tier.FULL)

    assert {one.source for one in made.expected} == set(NAMES)
    assert tie(made, "us", "foe").stated == ("detection",)
    assert tie(made, "us", "foe").missing == ("sar",)
    assert tie(made, "us", "foe").asked_in == ("D1-01/whom", "D1-02/whom")
    assert tie(made, "foe", "SEA").missing == ()
    assert tie(made, "us", "IOM").missing == ("detection",)
    assert not [one for one in made.expected if one.source == one.target]


def test_who_named_nobody_at_all_is_told_from_who_named_others() -> None:
    made = network(expecting(), Tier.FULL)

    assert [tie(made, name, "IOM").silent for name in ("us", "foe", "lone")] == [False, True, True]


def test_ties_are_counted_by_phase_with_those_that_nobody_expected() -> None:
    made = network(expecting(), Tier.FULL)

    # detection: foe of 3 others, IOM of 4; us named foe, and ally besides. sar: foe of 3, SEA of 4; foe named SEA.
    assert [(one.phase, one.expected, one.stated, one.missing, one.besides) for one in made.tallies] == [
        ("detection", 7, 1, 6, 1),
        ("sar", 7, 1, 6, 0),
    ]


def test_whom_nobody_named_stands_beside_the_network_and_in_no_measure() -> None:
    made = network(expecting(), Tier.FULL)

    assert [node.id for node in made.unnamed] == ["IOM"]
    assert "IOM" not in {node.id for node in made.nodes}
    assert made.names["IOM"] == "International Organization for Migration"


def test_analysts_get_pseudonyms_in_an_order_of_their_own() -> None:
    made = network(expecting(), Tier.ANALYST)

    ends = [(one.source, one.target) for one in made.expected]
    assert ends == sorted(ends)
    assert not {name for tie in ends for name in tie} & set(NAMES)


def test_a_phase_alone_and_a_node_left_out_change_ties_degrees_and_measures() -> None:
    made = network(expecting(), Tier.FULL)

    sar, without = seen(made, "sar"), seen(made, without="us")
    assert [(one.source, one.target) for one in sar.ties] == [("foe", "SEA")]
    assert sar.measures["ties"] == 1
    assert sar.measures["nodes"] == made.measures["nodes"] == 5
    assert {one.source for one in without.expected} == {"foe", "ally", "lone"}
    assert without.measures["nodes"] == 4
    assert (parts(made), parts(without)) == (2, 3)
