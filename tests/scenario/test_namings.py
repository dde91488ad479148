"""What the days name of the scenario's head, when that gets another id or is taken away."""

from typing import Any

import pytest

from tests.scenario.asking import LANTERN, asked, faults, inject, refused, small
from tests.words import small_scenario
from ttx.scenario.changes import undone
from ttx.scenario.files import assembled
from ttx.scenario.translations import digest
from ttx.scenario.writing import written


def head(texts: Any, field: str) -> dict[str, Any]:
    """A field of the whole."""
    found = assembled(texts).data[field]  # type: ignore[index]
    assert isinstance(found, dict)
    return found


def called(things: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The same things, one under another id."""
    return {new if ident == old else ident: one for ident, one in things.items()}


@pytest.mark.parametrize("field", ["objectives", "capabilities", "organisations", "storylines", "variables"])
def test_the_days_follow_what_gets_another_id(field: str):
    for ident in list(head(LANTERN, field))[:2]:
        done = asked(LANTERN, "write_head", fields={field: called(head(LANTERN, field), ident, "Other")})

        assert faults(done.texts) == faults(LANTERN), ident
        assert f"What named {ident} names Other now." in done.sentence
        assert undone(done.texts, done.touched, done.splices).texts == LANTERN


@pytest.mark.parametrize("part", ["places", "routes", "tokens", "borders"])
def test_steps_follow_a_piece_of_the_map_that_gets_another_id(part: str):
    chart = head(LANTERN, "map")
    for ident in list(chart[part])[:2]:
        done = asked(LANTERN, "write_head", fields={"map": {**chart, part: called(chart[part], ident, "Other")}})

        assert faults(done.texts) == faults(LANTERN), ident


def test_a_variable_is_renamed_in_conditions_and_not_in_quoted_words():
    data = small_scenario()
    inject(written(data), "D1-05")
    next(one for one in data["days"][0]["injects"] if one["id"] == "D1-05")["when"] = "port == 'port' or port == Portal"
    texts = written(data)

    done = asked(texts, "write_head", fields={"variables": called(head(texts, "variables"), "port", "harbour")})

    assert inject(done.texts, "D1-05")["when"] == "harbour == 'port' or harbour == Portal"
    assert "harbour" in inject(done.texts, "D1-03")["branch"]["options"]["A"]["set"]


@pytest.mark.parametrize("field", ["glossary", "feedback"])
def test_translations_follow_what_nothing_else_names(field: str):
    data = small_scenario()
    data[field] = {"late": {"name": "It came late."} if field == "glossary" else "It came late."}
    address = "late.name" if field == "glossary" else "late"
    of = digest("It came late.")
    data["translations"] = {"fr": {f"{field}.{address}": {"of": of, "text": "C'est arriv\u00e9 tard."}}}
    texts = written(data)

    done = asked(texts, "write_head", fields={field: called(head(texts, field), "late", "tardy")})

    assert list(head(done.texts, "translations")["fr"]) == [f"{field}.{address.replace('late', 'tardy')}"]
    assert done.sentence == f"Changed the scenario's {field}."


def test_an_id_and_its_name_may_change_at_once():
    things = called(head(small(), "objectives"), "O1", "O7")
    things["O7"] = {**things["O7"], "name": "Another name"}

    done = asked(small(), "write_head", fields={"objectives": things})

    assert faults(done.texts) == faults(small())


def test_what_is_still_named_is_not_taken_away():
    without = {ident: one for ident, one in head(LANTERN, "objectives").items() if ident != "O3"}

    said = refused(LANTERN, "write_head", fields={"objectives": without})

    assert said.startswith("O3 is still named by D1-0")
    assert "more. Take it out there first" in said
    assert "'objectives'" not in said


def test_a_group_that_leads_keeps_its_id_since_rights_hang_on_it():
    groups = head(small(), "groups")

    assert "named by day 1" in refused(small(), "write_head", fields={"groups": called(groups, "SEA", "OCEAN")})
    done = asked(small(), "write_head", fields={"groups": {**groups, "SEA": {"name": "Sea and sky"}}})
    assert head(done.texts, "groups")["SEA"] == {"name": "Sea and sky"}


def test_what_nobody_names_is_taken_away():
    more = {**head(small(), "objectives"), "O9": {"name": "Nobody's"}}
    texts = asked(small(), "write_head", fields={"objectives": more}).texts

    assert "O9" not in head(
        asked(texts, "write_head", fields={"objectives": head(small(), "objectives")}).texts, "objectives"
    )
