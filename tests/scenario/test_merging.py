import pytest

from ttx.scenario.merging import applied, merged, revision

BASE = {
    "id": "A",
    "title": "One",
    "minutes": 5,
    "questions": [{"id": "q1", "ask": "What?"}, {"id": "q2", "ask": "Who?"}],
}


def questions(*pairs: tuple[str, str]) -> dict[str, object]:
    return {"questions": [{"id": ident, "ask": ask} for ident, ask in pairs]}


def test_what_only_one_of_two_changed_is_taken_from_each():
    both, conflicts = merged(BASE, BASE | {"title": "Two"}, applied(BASE, {"minutes": 9, "notes": "n"}))

    assert both == BASE | {"title": "Two", "minutes": 9, "notes": "n"}
    assert conflicts == ()


def test_what_both_changed_differently_is_a_conflict_and_holds_theirs():
    both, conflicts = merged(BASE, BASE | {"title": "Two", "minutes": 6}, BASE | {"title": "Three", "minutes": 6})

    assert both == BASE | {"title": "Two", "minutes": 6}
    assert conflicts == ("title",)


def test_a_field_one_took_away_and_the_other_changed_is_a_conflict():
    theirs = applied(BASE, {"title": None})

    assert merged(BASE, theirs, BASE | {"title": "Two"})[1] == ("title",)
    assert merged(BASE, theirs, BASE) == (theirs, ())


def test_questions_are_put_together_one_by_one():
    theirs = BASE | questions(("q1", "Where?"), ("q2", "Who?"))
    mine = BASE | questions(("q2", "Whom?"), ("q1", "What?"), ("q3", "Why?"))

    both, conflicts = merged(BASE, theirs, mine)

    assert both == BASE | questions(("q2", "Whom?"), ("q1", "Where?"), ("q3", "Why?"))
    assert conflicts == ()


def test_one_question_that_both_changed_is_the_conflict():
    theirs, mine = BASE | questions(("q1", "Where?")), BASE | questions(("q1", "When?"), ("q2", "Who?"))

    both, conflicts = merged(BASE, theirs, mine)

    assert both == theirs
    assert conflicts == ("questions.q1",)


def test_objectives_are_put_together_one_by_one():
    base = {"objectives": {"O1": {"name": "One"}, "O2": {"name": "Two"}}}
    theirs = {"objectives": {"O1": {"name": "Uno"}, "O2": {"name": "Two"}}}
    mine = {"objectives": {"O1": {"name": "One"}, "O2": {"name": "Due"}, "O3": {"name": "Tre"}}}

    both, conflicts = merged(base, theirs, mine)

    assert both == {"objectives": {"O1": {"name": "Uno"}, "O2": {"name": "Due"}, "O3": {"name": "Tre"}}}
    assert conflicts == ()


@pytest.mark.parametrize("other", [BASE | {"minutes": 5.0}, BASE | {"minutes": True}, BASE | {"title": "one"}, {}])
def test_another_content_is_another_revision(other):
    assert revision(BASE) == revision(dict(BASE))
    assert revision(other) != revision(BASE)
