"""What changed between the versions of an answer."""

from datetime import UTC, datetime

import pytest

from ttx.exercise.answers import Answer
from ttx.exercise.records import Response
from ttx.exercise.revisions import COMPARED, difference, revisions

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def version(seq: int, **answer: object) -> Response:
    return Response(Answer.model_validate(answer), NOW, seq, "s1", recalled=False, by=f"p{seq}")


def told(before: str, after: str) -> str:
    signs = {"same": "{}", "new": "[+{}]", "gone": "[-{}]"}
    return "".join(signs[run.how].format(run.text) for run in difference(before, after))


@pytest.mark.parametrize(
    "before, after, said",
    [
        ("We call the port", "We call the coast guard", "We call the [-port][+coast guard]"),
        ("We wait.", "We wait.", "We wait."),
        ("", "New", "[+New]"),
        ("เราโทรหาท่าเรือ", "เราเขียนหาท่าเรือ", "เรา[-โทร][+เขียน]หาท่าเรือ"),
        ("我们打电话", "我们写信", "我们[-打电话][+写信]"),
    ],
)
def test_a_difference_is_told_in_words_or_where_there_are_none_in_signs(before: str, after: str, said: str):
    assert told(before, after) == said


def test_two_texts_are_whole_in_their_difference():
    before, after = "Call Ellory, then the IOM; wait 2 h.", "Call the IOM first: then Ellory, wait 3 h."
    runs = difference(before, after)

    assert "".join(run.text for run in runs if run.how != "new") == before
    assert "".join(run.text for run in runs if run.how != "gone") == after


def test_versions_come_newest_first_each_with_its_author_and_what_it_changed():
    found = revisions((version(3, text="We wait"), version(5, text="We go"), version(9, stance="not_applicable")))

    assert [(one.number, one.response.by) for one in found] == [(3, "p9"), (2, "p5"), (1, "p3")]
    assert [[run.text for run in one.changed] for one in found] == [[], ["We ", "wait", "go"], []]


def test_texts_too_long_to_compare_are_not():
    assert difference("a " * COMPARED, "b " * COMPARED) == ()
