"""A file's day over one that was worked on: field by field, and only what is wanted."""

from typing import Any

from ttx.scenario.formats.merging import Difference, differences, merged
from ttx.scenario.material import parse
from ttx.scenario.writing import fresh

FIELDS = ("kind", "title", "text", "questions", "next", "branch")


def day(**more: Any) -> dict[str, Any]:
    inject = {"id": "D1-01", "kind": "contextual", "title": "A boat is overdue", "at": "09:00", "session": "s1"}
    sessions = [{"id": "s1", "title": "Morning", "start": "09:00", "minutes": 90}]
    return {"day": 1, "title": "One", "sessions": sessions, "injects": [inject | {"text": "Nobody answers."} | more]}


def found(there: dict[str, Any], comes: dict[str, Any], titled: bool = True) -> dict[str, Any]:
    return {one.field: one.now for one in differences(there, comes, FIELDS, titled)}


def laid_over(there: dict[str, Any], comes: dict[str, Any]) -> Any:
    text = merged(fresh("day-1.yaml", there), "day-1.yaml", comes, differences(there, comes, FIELDS))
    return parse(text, "day-1.yaml").data


def test_what_the_file_leaves_empty_or_says_alike_is_no_difference():
    assert found(day(next="D1-02"), day(text="Nobody  answers.", next=["D1-02"], questions=[])) == {}


def test_a_title_made_of_the_text_follows_only_with_it():
    assert found(day(title="Ours"), day(), titled=False) == {}
    assert found(day(title="Ours"), day(text="They answer."), titled=False).keys() == {"title", "text"}


def test_questions_are_told_apart_by_their_ids():
    ours = [{"id": "q1", "ask": "Who?", "voice": "law"}, {"id": "q2", "ask": "When?"}]
    theirs = [{"id": "q1", "ask": "Who goes?"}, {"id": "q3", "ask": "Where?"}]

    assert found(day(questions=ours), day(questions=theirs)) == {
        "questions": [{"id": "q1", "ask": "Who goes?", "voice": "law"}, ours[1], theirs[1]]
    }


def test_a_decision_written_by_hand_keeps_its_kind_and_ways():
    branch = {"options": {"A": {"label": "Go", "next": "D1-02"}}}

    assert found(day(kind="decision", branch=branch), day(kind="expected_action", next=["D1-03"])) == {}


def test_options_of_the_file_bring_their_kind_and_end_what_came_next():
    branch = {"options": {"A": {"label": "Go", "next": "D1-02"}}}

    (inject,) = laid_over(day(next="D1-02"), day(kind="decision", branch=branch))["injects"]

    assert (inject["kind"], inject["branch"], inject.get("next")) == ("decision", branch, None)


def test_an_inject_with_quite_another_text_is_told_so():
    (one, _) = differences(day(), day(title="Trial", text="The court sits at noon."), FIELDS)

    assert isinstance(one, Difference)
    assert not one.alike
