"""The after-action report as a paper: its tables of agreement, ratings and ties, and that its numbers go together."""

from tests.exercise.words import History, days, evaluator, head, tells
from tests.output.words import docx_text, word
from tests.review.test_contacts import calls
from tests.review.test_expected import expecting
from tests.review.words import report
from ttx.output import coordination
from ttx.output.paper import Table, plain
from ttx.output.record import record
from ttx.review.report import Tier


def tables(history: History) -> dict[str, list[list[str]]]:
    """The rows of every table of the paper, by its title."""
    blocks = record(report(history, Tier.FULL)).blocks
    return {
        one.title: [list(one.head), *([plain(cell) for cell in row] for row in one.rows)]
        for one in blocks
        if isinstance(one, Table)
    }


def test_ratings_stand_in_a_table_of_objective_and_capability_in_the_order_of_their_letters():
    history = History().opened(1).released("D1-01")
    for letter in "MPSS":
        history.does(evaluator(), "rate", rating=letter, objective="O1", capability="C2")
    history.does(evaluator(), "rate", rating="U", objective="O2")

    assert tables(history)["Ratings by objective and capability"] == [
        ["Capability", "O1", "O2"],
        ["C2  Screening", "P\u00a01, S\u00a02, M\u00a01", ""],
        ["No capability named", "", "U\u00a01"],
    ]


def test_a_rating_is_no_observation_and_what_is_said_with_it_is_told():
    history = History().opened(1).does(evaluator(), "rate", rating="M", capability="C1", text="Twice asked")
    history.does(evaluator(), "observe", text="Early", sense="strength", capability="C1")

    text = docx_text(word(record(report(history, Tier.FULL))))

    assert "Observations\n1\nRatings\n1\n" in text
    assert "Said with a rating\nTwice asked (M, E-0003)" in text


def test_the_table_of_agreement_leaves_out_what_has_to_be_read():
    pick = {"id": "pick", "kind": "single", "ask": "Which?", "options": {"a": "Now", "b": "Later"}}
    history = History(days([tells("D1-01", questions=[pick, {"id": "why", "ask": "Why?"}])])).opened(1)
    history.released("D1-01")
    for name in ("Kestria", "orrin", "tamarinda"):
        history.answered(head(name), "D1-01", "pick", choice="a").answered(head(name), "D1-01", "why", text="So.")

    _head, *rows = tables(history)["Agreement by question"]

    assert rows == [["D1-01.1", "Which?", "Agree", "3/3", "Now (100\u00a0%)"]]


def test_expected_ties_are_told_by_phase_and_with_who_stated_them_in_none():
    found = tables(expecting())

    assert found["Expected ties by phase"][1] == ["Detection", "7", "1", "6", "1"]
    missing = dict(found["Expected ties that nobody stated"][1:])
    assert missing["The Foe"] == "The Ally, The Lone"


def test_many_ties_have_a_row_for_each_who_would_contact(monkeypatch):
    history = calls(expecting(), "us", "D1-02", ("IOM", "phone", 2), ("The Foe", "phone", 2))
    assert tables(history)["Ties of the network"][0][2] == "Hours"

    monkeypatch.setattr(coordination, "MANY", 1)
    rows = dict(tables(history)["Ties of the network"])

    assert rows["The Us"].startswith("The Foe \u00d72, ")
    assert rows["The Foe"] == "Group at sea"
