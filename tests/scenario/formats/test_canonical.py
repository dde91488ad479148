"""Our own JSON: taken to the letter, refused with a sentence where it is no scenario."""

import json

from tests.words import inject, small_scenario
from ttx.scenario.formats.readers import understood
from ttx.scenario.model import Scenario


def test_a_scenario_that_was_written_as_json_is_read_as_it_was():
    scenario = Scenario.model_validate(small_scenario())

    found = understood("a.json", scenario.model_dump_json().encode())

    assert (found.format, found.injects, found.refused) == ("our own JSON", 10, None)
    assert found.data is not None
    assert Scenario.model_validate(found.data) == scenario


def test_pictures_that_the_json_cannot_hold_are_told():
    data = small_scenario()
    inject(data, "D1-01")["picture"] = {"file": "boat.png", "alt": "A boat"}

    found = understood("a.json", json.dumps(data).encode())

    assert found.left_out == ("a.json holds no pictures; put boat.png into the folder 'pictures'.",)


def test_a_scenario_with_a_fault_is_refused_with_its_place():
    data = small_scenario()
    data["days"][0]["injects"][0]["kind"] = "surprise"

    found = understood("a.json", json.dumps(data).encode())

    assert found.data is None
    assert found.refused is not None
    assert "days.0.injects.0.kind" in found.refused


def test_a_document_of_another_kind_is_left_to_others():
    for content in (b"{}", b"[" * 100_000, b'{"format": 1}', b"\xff\xfe{", b'{"a": "' + b"x" * 1000):
        assert understood("a.json", content).format != "our own JSON"
