"""The coordination network of an exercise: who named whom, under which name, and what a tier makes of it."""

import pytest

from tests.exercise.words import History, created, days, head, tells
from tests.review.words import NAMES, report
from ttx.exercise.entries import Delegation
from ttx.review.contacts import Kind, Network
from ttx.review.report import Tier

ASK = {"questions": [{"id": "whom", "kind": "contacts", "ask": "Whom?"}]}


def names_contacts() -> History:
    """`us` would contact foe and the IOM, `foe` would contact us; asked again, `us` adds foe and the harbour police."""
    day = [tells("D1-01", phase="detection", **ASK), tells("D1-02", phase="sar", **ASK)]
    delegations = {name: Delegation(name=f"The {name.title()}", tables=("T1",)) for name in NAMES}
    history = History(days(day), created("House", **delegations)).opened(1).released("D1-01", "D1-02")
    calls(history, "us", "D1-01", ("ally", "email", 48))
    calls(history, "us", "D1-01", (" the  FOE", "phone", 2), ("International Organization for Migration", "email", 24))
    calls(history, "foe", "D1-01", ("us", "interpol", 6), ("foe", "phone", 1))
    return calls(history, "us", "D1-02", ("foe", "liaison_officer", 1), ("Harbour police", "phone", 1))


def calls(history: History, who: str, inject: str, *contacts: tuple[str, str, int]) -> History:
    said = [{"to": to, "channel": channel, "hours": hours, "basis": "MoU"} for to, channel, hours in contacts]
    return history.answered(head(who, "T1"), inject, "whom", contacts=said)


def network(history: History, tier: Tier) -> Network:
    made = report(history, tier).network
    assert made is not None
    return made


def test_a_tie_gathers_what_one_delegation_said_of_another_in_answers_of_record() -> None:
    made = network(names_contacts(), Tier.FULL)
    ties = {(tie.source, tie.target): tie for tie in made.ties}
    assert list(ties) == [("foe", "us"), ("us", "Harbour police"), ("us", "IOM"), ("us", "foe")]
    to_foe = ties["us", "foe"]
    assert (to_foe.times, to_foe.hours, to_foe.channels) == (2, 1, ("phone", "liaison_officer"))
    assert to_foe.phases == ("detection", "sar")
    assert to_foe.said_in == ("D1-01/whom", "D1-02/whom")
    assert (to_foe.returned, ties["us", "IOM"].returned) == (True, None)


def test_everybody_who_takes_part_is_in_it_and_who_was_named() -> None:
    nodes = {node.id: node for node in network(names_contacts(), Tier.FULL).nodes}
    assert list(nodes) == ["ally", "foe", "lone", "us", "Harbour police", "IOM"]
    assert [nodes[name].kind for name in ("us", "IOM", "Harbour police")] == [
        Kind.DELEGATION,
        Kind.ORGANISATION,
        Kind.OTHER,
    ]
    assert (nodes["foe"].indegree, nodes["us"].outdegree) == (1, 3)
    assert nodes["IOM"].name == "International Organization for Migration"


def test_measures_are_of_all_and_of_each_phase_on_the_same_nodes() -> None:
    made = network(names_contacts(), Tier.FULL)
    assert made.measures["density"] == pytest.approx(4 / 30)
    assert list(made.phases) == ["detection", "sar"]
    assert made.phases["sar"]["nodes"] == 6
    assert made.phases["sar"]["ties"] == 2
    assert made.phases["sar"]["reciprocity_nonnull"] == 0


def test_without_its_hub_the_network_falls_apart() -> None:
    left = network(names_contacts(), Tier.FULL).without_hub
    assert left is not None
    assert (left.node, left.parts) == ("us", 5)
    assert left.measures["ties"] == 0
    assert left.measures["reciprocity_edgewise"] is None


def test_an_analyst_reads_pseudonyms_and_a_delegation_no_network() -> None:
    history = names_contacts()
    made = network(history, Tier.ANALYST)
    assert [node.id for node in made.nodes] == ["P01", "P02", "P03", "P04", "Harbour police", "IOM"]
    text = made.model_dump_json()
    assert not [name for name in ("us", "foe", "ally", "lone") if f'"{name}"' in text or name.title() in text]
    assert made.measures == network(history, Tier.FULL).measures
    assert report(history, Tier.OWN, "us").network is None


def test_where_nobody_named_a_contact_there_is_no_network() -> None:
    history = History(days([tells("D1-01", **ASK)])).opened(1).released("D1-01")
    assert report(history, Tier.FULL).network is None
    history.answered(head(), "D1-01", "whom", stance="no_instruction")
    assert report(history, Tier.FULL).network is None
