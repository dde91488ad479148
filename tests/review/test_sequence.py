"""Who would do what first: contacts in the order of their hours, rankings by mean place, under the reader's names."""

from tests.exercise.words import History, created, days, head, tells
from tests.review.test_contacts import calls
from tests.review.words import NAMES
from ttx.exercise.entries import Delegation
from ttx.review.sequence import sequence

KNOWN = {name: (letter, f"Delegation {letter}") for name, letter in zip(NAMES, "DCBA", strict=True)}


def played() -> History:
    options = {"a": "Rescue", "b": "Register", "c": "Report"}
    rank = {"id": "rank", "kind": "ranking", "ask": "First?", "options": options}
    whom = {"id": "whom", "kind": "contacts", "ask": "Whom?"}
    delegations = {name: Delegation(name=f"The {name.title()}", tables=("T1",)) for name in NAMES}
    day = [tells("D1-01", phase="sar", questions=[whom, rank])]
    history = History(days(day), created("House", **delegations)).opened(1).released("D1-01")
    calls(history, "us", "D1-01", ("IOM", "phone", 24), ("The Foe", "email", 1), ("Port", "phone", 1))
    calls(history, "foe", "D1-01", ("port", "phone", 6))
    for name, ranking in (("us", "abc"), ("foe", "bac"), ("ally", "acb")):
        history.answered(head(name, "T1"), "D1-01", "rank", ranking=list(ranking))
    return history


def test_contacts_stand_in_the_order_of_their_hours_then_as_they_were_named() -> None:
    history = played()
    (called,), _ = sequence(history.graph, history.state, KNOWN)

    rows = {row.name: [(step.place, step.name, step.hours) for step in row.steps] for row in called.rows}
    assert list(rows) == ["Delegation C", "Delegation D"]
    assert rows["Delegation D"] == [
        (1, "Delegation C", 1),
        (2, "Port", 1),
        (3, "International Organization for Migration", 24),
    ]
    assert called.silent == ("Delegation A", "Delegation B")
    assert called.middle == 3.5
    assert called.firsts == {"Delegation C": 1, "port": 1}


def test_options_stand_by_their_mean_place_with_how_often_they_stood_where() -> None:
    history = played()
    _, (ranked,) = sequence(history.graph, history.state, KNOWN)

    assert list(ranked.options) == ["a", "b", "c"]
    assert ranked.places == {"a": (2, 1, 0), "b": (1, 1, 1), "c": (0, 1, 2)}
    assert ranked.means["a"] == 4 / 3
    assert (ranked.answered, ranked.asked) == (3, 4)


def test_a_contact_written_by_hand_is_told_without_names_to_those_who_may_not_know_them() -> None:
    history = played()
    calls(history, "ally", "D1-01", ("The Foe's Ilse Marr", "the desk of Ilse Marr", 3))
    (called,), _ = sequence(history.graph, history.state, KNOWN, lambda text: text.replace("Ilse Marr", "[a person]"))

    (step,) = next(row.steps for row in called.rows if row.name == KNOWN["ally"][1])
    assert (step.name, step.channel) == ("The Foe's [a person]", "the desk of [a person]")
