"""Days of one scenario joined to another: what they name comes along, or stands in their notes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.words import Written, inject, small_scenario
from ttx.scenario.checks import checked_texts
from ttx.scenario.files import assembled
from ttx.scenario.folders import contents
from ttx.scenario.formats.joining import joined, told_apart
from ttx.scenario.model import Scenario
from ttx.scenario.translations import digest
from ttx.scenario.writing import written

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def sound(texts: Mapping[str, str], pictures: frozenset[str] = frozenset()) -> Scenario:
    """The scenario in these files, in which nothing names what is not there."""
    found = checked_texts(texts, pictures)
    assert [one.sentence for one in found.findings if one.severity == "error"] == []
    assert found.scenario is not None
    return found.scenario


def another() -> Written:
    """A scenario like the small one, whose boat, port and health alert only it has."""
    data = small_scenario()
    data["title"] = "Another"
    data["variables"] = {"alarm": {"start": True, "label": "Health alarm"}}
    data["groups"]["DESK"] = {"name": "Desk"}
    data["map"]["places"]["Velm"] = {"name": "Velm", "at": [200, 300]}
    data["map"]["tokens"]["skiff"] = {"name": "Skiff", "kind": "vessel", "at": "Velm"}
    for day in data["days"]:
        for one in day["injects"]:
            one.pop("when", None)
            for option in one.get("branch", {}).get("options", {}).values():
                option.pop("set", None)
    inject(data, "D2-01")["map"] = [{"do": "move", "token": "skiff", "to": [300, 300]}]
    inject(data, "D2-02")["when"] = "alarm == true"
    inject(data, "D2-02")["next"] = "D2-03"
    inject(data, "D2-03")["to"] = {"groups": ["DESK"]}
    data["translations"] = {"fr": {"D2-01.title": {"of": digest("The hall is full"), "text": "La salle est pleine"},
                                   "map.places.Velm.name": {"of": digest("Velm"), "text": "Velme"}}}  # fmt: skip
    return data


def told(scenario: Scenario, ident: str) -> Any:
    return next(one for day in scenario.days for one in day.injects if one.id == ident)


def test_a_whole_scenario_joined_to_another_brings_its_map_and_its_translations():
    theirs, ours = (contents(SCENARIOS / name) for name in ("merrow-strait", "lantern-tide"))
    data = assembled(theirs.texts).data
    assert isinstance(data, dict)

    # Without its roster: those whom their days address sit at no table of ours.
    made = joined({name: text for name, text in ours.texts.items() if "roster" not in name}, data, "TFPP")

    scenario = sound(made.texts, frozenset({*theirs.pictures, *ours.pictures}))
    assert len(scenario.days) == 7
    first = scenario.days[5].injects[0]
    assert scenario.translations["fr"][f"{first.id}.title"].of == digest(first.title)


def test_days_in_another_language_are_told():
    data, ours = another(), written(small_scenario())
    told = joined(ours, {**data, "language": "de"}, "SEA").sentences

    assert "It is written in German and this scenario in English; translate it by hand in its fields." in told
    assert [one for one in joined(ours, data, "SEA").sentences if "is written in" in one] == []


def test_a_directors_days_bring_groups_variables_pieces_of_the_map_and_translations():
    made = joined(written(small_scenario()), another(), "SEA")

    scenario = sound(made.texts)
    assert scenario.map.tokens["skiff"].at == "Velm"
    assert scenario.map.places["Velm"].name == "Velm"
    assert scenario.variables["alarm"].start is True
    assert scenario.groups["DESK"].name == "Desk"
    assert scenario.translations["fr"]["D4-01.title"].text == "La salle est pleine"
    assert scenario.translations["fr"]["map.places.Velm.name"].text == "Velme"
    assert any("'skiff'" in sentence and "came along" in sentence for sentence in made.sentences)


def test_an_authors_day_keeps_in_notes_what_he_may_not_add():
    made = joined(written(small_scenario()), another(), "LAND", instead=2, which=2)

    scenario = sound(made.texts)
    assert scenario.map.tokens.keys() == sound(written(small_scenario())).map.tokens.keys()
    assert "**Map:** move skiff" in told(scenario, "D2-01").notes
    assert "**When:** alarm == true" in told(scenario, "D2-02").notes
    assert told(scenario, "D2-02").when is None
    assert "**To:** DESK" in told(scenario, "D2-03").notes
    assert set(made.texts) == set(written(small_scenario()))
    assert any("'fr'" in sentence and "stayed behind" in sentence for sentence in made.sentences)


def test_what_the_scenario_has_itself_stays_as_it_is_and_is_told():
    theirs = another()
    theirs["map"]["places"]["Ellory"]["at"] = [1, 1]
    inject(theirs, "D2-01")["map"] = [{"do": "alert", "place": "Ellory", "label": "Here"}]

    made = joined(written(small_scenario()), theirs, "SEA")

    assert sound(made.texts).map.places["Ellory"] == sound(written(small_scenario())).map.places["Ellory"]
    assert any("its own 'Ellory'" in sentence for sentence in made.sentences)


def test_what_a_day_needs_of_another_day_is_found_under_its_new_id():
    made = joined(written(small_scenario()), another(), "SEA")

    assert told(sound(made.texts), "D4-03").needs == ("D3-05",)


@pytest.mark.parametrize("same", [True, False])
def test_what_a_day_needs_of_one_left_behind_is_kept_only_if_it_is_the_same_here(same: bool):
    theirs = another()
    if not same:
        inject(theirs, "D1-05")["title"] = "Something else"

    made = joined(written(small_scenario()), theirs, "LAND", instead=2, which=2)

    hot_wash = told(sound(made.texts), "D2-03")
    assert hot_wash.needs == (("D1-05",) if same else ())
    assert ("**Needs:** D1-05" in hot_wash.notes) is not same


def test_a_replaced_days_translations_go_with_it():
    ours = small_scenario()
    texts = {"D2-02.title": "Ellory dans la presse", "D1-01.title": "Reste", "day-2.title": "À terre"}
    ours["translations"] = {"fr": {address: {"of": "00000000", "text": text} for address, text in texts.items()}}

    made = joined(written(ours), another(), "LAND", instead=2, which=2)

    assert sorted(sound(made.texts).translations["fr"]) == ["D1-01.title", "D2-01.title"]


@pytest.mark.parametrize("days", [None, 5, [], "x"])
def test_a_file_without_days_has_none_to_join(days: object):
    with pytest.raises(ValueError, match="no such day"):
        joined(written(small_scenario()), {**another(), "days": days}, "SEA")


def test_translations_that_are_none_are_passed_over():
    assert joined(written(small_scenario()), {**another(), "translations": {"fr": 5}}, "SEA").day == 3


def test_a_day_that_lacks_what_a_day_has_is_refused_with_a_sentence():
    theirs = another()
    del theirs["days"][1]["injects"][0]["id"]

    with pytest.raises(ValueError, match="Day 2 of the file has an inject without an id"):
        joined(written(small_scenario()), theirs, "SEA")


def test_a_picture_called_like_another_is_not_taken_for_it():
    names = told_apart({"boat.png": "ours", "sea.jpg": "same"}, {"boat.png": "theirs", "sea.jpg": "same"})
    theirs = another()
    inject(theirs, "D2-01")["picture"] = {"file": "boat.png", "alt": "A boat"}

    made = joined(written(small_scenario()), theirs, "SEA", pictures=names)

    assert names == {"boat.png": "boat-2.png"}
    assert told(sound(made.texts, frozenset({"boat-2.png"})), "D4-01").picture.file == "boat-2.png"
    assert made.pictures == {"boat.png"}


def test_two_days_do_not_come_in_the_place_of_one():
    with pytest.raises(ValueError, match="Choose one that it has"):
        joined(written(small_scenario()), another(), "SEA", instead=1)


def test_a_new_name_for_a_picture_is_none_that_the_file_has_itself():
    names = told_apart({"boat.png": "ours"}, {"boat.png": "theirs", "boat-2.png": "another"})

    assert names == {"boat.png": "boat-3.png"}


def test_a_day_called_by_its_number_is_called_by_its_new_one_and_a_replaced_day_keeps_its_lead():
    theirs = another()
    theirs["days"][0]["title"] = "Day 1"

    further = joined(written(small_scenario()), theirs, "LAND")
    instead = joined(written(small_scenario()), theirs, "LAND", instead=1, which=1)

    assert [sound(further.texts).days[2].title, sound(further.texts).days[2].lead] == ["Day 3", "LAND"]
    assert "lead: SEA" in instead.texts["day-1.yaml"]


def test_an_objective_of_another_name_gets_an_id_of_its_own():
    theirs = another()
    theirs["objectives"]["O1"] = {"name": "Count the boats twice"}

    made = sound(joined(written(small_scenario()), theirs, "SEA").texts)

    assert made.objectives["O3"].name == "Count the boats twice"
    assert made.objectives["O1"].name == small_scenario()["objectives"]["O1"]["name"]


def test_an_option_that_leads_nowhere_is_refused_with_a_sentence():
    theirs = another()
    decision = next(one for day in theirs["days"] for one in day["injects"] if "branch" in one)
    del next(iter(decision["branch"]["options"].values()))["next"]

    with pytest.raises(ValueError, match="has an option that leads nowhere"):
        joined(written(small_scenario()), theirs, "SEA")
