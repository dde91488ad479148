"""Plain data in the shape that forms show, and findings beside the field they are about."""

from typing import Any

import pytest

from tests.words import inject, small_scenario
from ttx.scenario.findings import Finding
from ttx.scenario.writing import written
from ttx.web.author_forms import by_field, head_form, inject_form, known, lenient, session_form, spot, spots
from ttx.web.author_frame import reading


def finding(field: str | None) -> Finding:
    return Finding("error", "day-1.yaml", 1, "D1-02", field, f"Something about {field}.")


@pytest.mark.parametrize(
    "field,slot",
    [
        ("title", "title"),
        ("to.delegations.1", "to"),
        ("questions.q1.ask", "questions.q1"),
        ("questions.2.options", "questions.2"),
        ("questions.gone", "questions"),
        ("questions", "questions"),
        ("branch.options.A.next", "branch.A"),
        ("branch.default", "branch"),
        ("branch.quorum", "branch"),
        ("branch.options.A.set", "branch.A"),
        ("speakers.2.name", "speakers"),
        ("story", "story"),
        ("map.2.token", "map.2"),
        ("map.places.Ellory.at", "map.places"),
        ("colour", ""),
        (None, ""),
    ],
)
def test_a_finding_goes_beside_its_field(field: str | None, slot: str):
    piece: dict[str, object] = {"questions": [{"id": "q1"}]}

    assert by_field([finding(field)], piece) == {slot: [finding(field)]}


def test_fields_that_an_item_has_and_the_form_does_not_are_sent_back_as_they_are():
    form = inject_form({"questions": [{"id": "q1", "ask": "Who?", "colour": "red"}]})
    questions: Any = form["questions"]

    assert questions[0]["rest"] == {"colour": "red"}


def test_what_is_not_there_is_none_at_any_depth():
    data: Any = lenient({"a": {"b": [{"c": 1}]}})

    assert data["a"]["b"][0]["d"] is None


def test_a_form_of_nothing_is_a_form():
    head: Any = head_form({})

    assert inject_form({})["questions"] == []
    assert head["map"]["land"] == []


def test_coordinates_are_written_as_people_type_them():
    assert (spot([585, 410]), spot("Ellory"), spot(None), spot([1])) == ("585, 410", "Ellory", "", "")
    assert spots([[1, 2], [3.5, 4]]) == "1,2 3.5,4"
    assert spots("1,2") == ""


def test_speakers_come_with_what_the_form_has_no_control_for():
    form: Any = session_form({"id": "opening", "speakers": [{"name": "Ines Caldera", "photo": "x"}]})

    assert [(one["name"], one["rest"]) for one in form["speakers"]] == [("Ines Caldera", {"photo": "x"})]
    assert session_form({"id": "opening"})["speakers"] == []


def test_a_form_offers_the_values_that_the_story_may_remember():
    data = small_scenario()
    data["variables"]["screening"] = {"start": "none yet", "label": "How screening is done"}
    inject(data, "D1-03")["branch"]["options"]["A"]["set"] = {"screening": "custody_first", "alarm": True}

    offered = known(reading(written(data), ()), 1, ())

    assert ("custody_first", "\u201cHow screening is done\u201d: custody first") in offered.values
    assert ("screening == custody_first", "\u201cHow screening is done\u201d is custody first") in offered.conditions
    assert ("48", "\u201cHours adrift\u201d: 48") in offered.values
    assert ("true", "alarm: true") in offered.values
    assert offered.phrase("screening == custody_first") == "\u201cHow screening is done\u201d is custody first"
