"""How objectives were rated by capability, and who answered on which capability."""

from tests.exercise.words import History, created, days, evaluator, head, lead, tells
from tests.review.words import NAMES, report
from ttx.exercise.entries import Delegation
from ttx.review.report import Tier

ASK = {"questions": [{"id": "one", "ask": "One?"}, {"id": "two", "ask": "Two?"}]}


def two_questions() -> History:
    """Three delegations are asked twice about C1; D1-02 asks `foe` alone about C1 and C2."""
    day = [
        tells("D1-01", capabilities=["C1"], **ASK),
        tells("D1-02", to={"delegations": ["foe"]}, capabilities=["C1", "C2"], **ASK),
    ]
    delegations = {name: Delegation(name=f"The {name.title()}", tables=("T1",)) for name in NAMES[:3]}
    history = History(days(day), created("House", **delegations)).opened(1).released("D1-01", "D1-02")
    history.answered(head("us", "T1"), "D1-01", "one", text="Now").answered(head("us", "T1"), "D1-01", "two", text="So")
    history.answered(head("foe", "T1"), "D1-01", "one", stance="no_instruction")
    return history.answered(head("foe", "T1"), "D1-02", "two", text="Then")


def test_a_share_counts_each_question_asked_on_a_capability() -> None:
    found = {
        (one.delegation, one.capability): (one.answered, one.asked) for one in report(two_questions(), Tier.FULL).shares
    }
    assert found == {("us", "C1"): (2, 2), ("foe", "C1"): (2, 4), ("foe", "C2"): (1, 2), ("ally", "C1"): (0, 2)}


def test_a_delegation_reads_its_own_share_and_an_analyst_pseudonyms() -> None:
    assert {one.delegation for one in report(two_questions(), Tier.OWN, "us").shares} == {"us"}
    assert {one.delegation for one in report(two_questions(), Tier.ANALYST).shares} == {"P01", "P02", "P03"}


def test_ratings_are_gathered_by_objective_and_capability() -> None:
    history = two_questions()
    both = {"objective": "O1", "capability": "C1"}
    history.does(evaluator(), "rate", rating="P", inject="D1-01", **both).does(evaluator(), "rate", rating="M", **both)
    history.does(evaluator(), "rate", rating="P", capability="C2")
    history.does(evaluator(), "rate", rating="N", inject="D1-02", **both)
    rated = report(history, Tier.FULL).ratings
    assert [(one.objective, one.capability, dict(one.letters), one.where) for one in rated] == [
        ("O1", "C1", {"P": 1, "M": 1, "N": 1}, ("D1-01", "D1-02")),
        (None, "C2", {"P": 1}, ()),
    ]
    assert report(history, Tier.OWN, "us").ratings == ()


def test_how_far_answers_agree_stands_with_the_question_and_is_no_delegations() -> None:
    history = two_questions().does(lead(), "close_day")
    asked = report(history, Tier.ANALYST).injects[0].questions[1]
    assert asked.aligned is not None
    assert (asked.aligned.verdict, asked.aligned.answered, asked.aligned.asked) == ("silent", 1, 3)
    assert report(history, Tier.OWN, "us").injects[0].questions[1].aligned is None
