from typing import Any

import pytest

from ttx.scenario.merging import applied, merged, own, revision

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
    assert conflicts == ("questions.q1.ask",)


def test_objectives_are_put_together_one_by_one():
    base = {"objectives": {"O1": {"name": "One"}, "O2": {"name": "Two"}}}
    theirs = {"objectives": {"O1": {"name": "Uno"}, "O2": {"name": "Two"}}}
    mine = {"objectives": {"O1": {"name": "One"}, "O2": {"name": "Due"}, "O3": {"name": "Tre"}}}

    both, conflicts = merged(base, theirs, mine)

    assert both == {"objectives": {"O1": {"name": "Uno"}, "O2": {"name": "Due"}, "O3": {"name": "Tre"}}}
    assert conflicts == ()


def branch(by: str = "facilitator", **labels: str) -> dict[str, Any]:
    return {"branch": {"by": by, "options": {key: {"label": label, "next": "B"} for key, label in labels.items()}}}


def test_a_branch_is_put_together_field_by_field():
    base = BASE | branch(A="Berth them", B="Hold them off")
    theirs = BASE | branch(by="tables", A="Berth them", B="Keep them out")
    mine = BASE | branch(A="Let them berth", B="Hold them off", C="Wait")

    both, conflicts = merged(base, theirs, mine)

    assert both == BASE | branch(by="tables", A="Let them berth", B="Keep them out", C="Wait")
    assert conflicts == ()


def test_what_both_changed_within_a_branch_is_all_that_is_in_conflict():
    base, theirs, mine = (BASE | branch(A="One", B=word) for word in ("x", "y", "z"))

    both, conflicts = merged(base, theirs, mine | branch(by="tables", A="Two", B="z"))

    assert both == BASE | branch(by="tables", A="Two", B="y")
    assert conflicts == ("branch.options.B.label",)


def test_a_branch_or_an_option_taken_away_by_one_and_changed_by_the_other_is_a_conflict():
    base, theirs = BASE | branch(A="One", B="x", C="y"), BASE | branch(A="One", B="x", C="z")

    assert merged(base, theirs, BASE)[1] == ("branch",)
    assert merged(base, theirs, BASE | branch(A="One", B="x"))[1] == ("branch.options.C",)
    assert merged(base, BASE, BASE | branch(A="Two", B="x", C="y"))[1] == ("branch",)


def test_the_order_of_a_branchs_fields_is_no_difference_and_that_of_its_options_is_one():
    base = BASE | branch(A="One", B="x")
    shuffled = BASE | {"branch": dict(reversed(list(branch(A="Two", B="x")["branch"].items())))}
    reordered = BASE | branch(B="x", A="One")

    assert merged(base, shuffled, BASE | branch(by="tables", A="One", B="x"))[1] == ()
    both: Any = merged(base, BASE | branch(by="tables", A="One", B="x"), reordered)[0]
    assert list(both["branch"]["options"]) == ["B", "A"]


def test_questions_that_one_took_away_and_the_other_changed_are_the_conflict():
    both, conflicts = merged(
        BASE, BASE | questions(("q1", "Where?"), ("q2", "Who?")), applied(BASE, {"questions": None})
    )

    assert both == BASE | questions(("q1", "Where?"))
    assert conflicts == ("questions.q1",)


@pytest.mark.parametrize(
    "field, base, theirs, mine",
    [
        (
            "picture",
            {"file": "a.png", "alt": "A boat"},
            {"file": "b.png", "alt": "A boat"},
            {"file": "a.png", "alt": "A"},
        ),
        ("to", {"groups": ["SEA"]}, {"groups": ["SEA"], "tables": ["T1"]}, {"groups": ["LAND"]}),
        ("to", "all", {"groups": ["SEA"]}, {"groups": ["LAND"]}),
        ("map", [{"do": "show", "what": "a"}], [{"do": "hide", "what": "a"}], [{"do": "show", "what": "b"}]),
    ],
)
def test_what_is_one_whole_is_never_put_together_of_two(field: str, base: object, theirs: object, mine: object):
    both, conflicts = merged({field: base}, {field: theirs}, {field: mine})

    assert (both, conflicts) == ({field: theirs}, (field,))


def test_what_both_took_away_piece_by_piece_is_gone_as_a_whole():
    theirs, mine = BASE | questions(("q2", "Who?")), BASE | questions(("q1", "What?"))

    assert merged(BASE, theirs, mine) == (applied(BASE, {"questions": None}), ())


def test_the_order_is_that_of_the_side_which_changed_it():
    ours = BASE | questions(("q1", "Where?"), ("q2", "Who?"))
    theirs = BASE | questions(("q2", "Who?"), ("q1", "What?"))

    for both in (merged(BASE, theirs, ours)[0], merged(BASE, ours, theirs)[0]):
        assert both == BASE | questions(("q2", "Who?"), ("q1", "Where?"))


def test_the_order_is_theirs_where_both_changed_it():
    base = {"questions": [{"id": ident} for ident in ("a", "b", "c")]}
    theirs = {"questions": [{"id": ident} for ident in ("b", "a", "c")]}
    mine = {"questions": [{"id": ident} for ident in ("c", "b", "a")]}

    assert merged(base, theirs, mine) == (theirs, ())


def test_what_is_added_where_the_other_took_the_list_away_is_a_list():
    mine = BASE | questions(("q1", "What?"), ("q2", "Who?"), ("q3", "Why?"))

    for one, other in ((mine, applied(BASE, {"questions": None})), (applied(BASE, {"questions": None}), mine)):
        assert merged(BASE, one, other) == (BASE | questions(("q3", "Why?")), ())


@pytest.mark.parametrize("mine", [["A"], [{"id": "all"}], "A", 3, None])
def test_versions_of_two_kinds_are_one_whole(mine: object):
    base, theirs = {"when": {"all": ["x"]}}, {"when": {"all": ["y"]}}

    assert merged(base, theirs, {"when": mine}) == (theirs, ("when",))
    assert merged({"when": mine}, theirs, {"when": {"all": ["z"]}}) == (theirs, ("when",))


def test_items_without_an_id_or_with_one_twice_are_one_whole():
    for items in ([{"id": "a"}, {"id": "a"}], [{"id": "a"}, {"ask": "x"}], [{"id": 1}, {"id": 2}], ["a", "b"]):
        theirs, mine = [*items, {"id": "t"}], [*items, {"id": "m"}]
        assert merged({"map": items}, {"map": theirs}, {"map": mine}) == ({"map": theirs}, ("map",))


def test_a_days_own_fields_are_those_beside_its_sessions_and_injects():
    assert own({"day": 1, "title": "One", "sessions": [1], "injects": [2]}) == {"day": 1, "title": "One"}


def test_only_the_fields_that_are_set_are_set_and_only_those_that_are_none_go():
    assert applied({"a": 1, "b": None, "c": 2}, {"c": None, "d": 0}) == {"a": 1, "b": None, "d": 0}


def test_a_revision_is_twelve_digits_of_the_content_as_it_is_written():
    assert revision({"title": "Été"}) == "a5c0d0e45356"


@pytest.mark.parametrize("other", [BASE | {"minutes": 5.0}, BASE | {"minutes": True}, BASE | {"title": "one"}, {}])
def test_another_content_is_another_revision(other):
    assert revision(BASE) == revision(dict(BASE))
    assert revision(other) != revision(BASE)
