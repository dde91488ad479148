"""OpenAEV's exports: offsets, HTML, articles, teams, dependencies, documents, and the zip they come in."""

import pytest

from tests.scenario.formats import peers
from tests.scenario.formats.words import imported


@pytest.mark.parametrize("prefix, name", [("scenario", "OpenAEV scenario"), ("exercise", "OpenAEV simulation")])
def test_offsets_become_days_and_times(prefix: str, name: str) -> None:
    found, scenario = peers.read(peers.openaev(prefix))
    assert (found.format, found.rows, found.injects) == (name, 5, 5)
    assert [[(one.title, one.at) for one in day.injects] for day in scenario.days] == [
        [("Mail", "09:00"), ("In the paper", "09:30"), ("Call them", "10:30"), ("Not today", "11:00")],
        [("Back the next day", "09:30")],
    ]


def test_html_becomes_markdown() -> None:
    found, scenario = peers.read(peers.openaev())
    text = peers.injects(scenario)["Mail"].text
    assert text == "**Cutter out**\n\nDear desk,\n\n- one\n- **two** boats\n\n[picture]\n\n${user.firstname} & all"
    assert peers.told(found.left_out, "picture 'x.png'", "/inject_content/body")
    assert peers.told(found.guessed, "${user.firstname}")
    assert peers.told(found.guessed, "Variables", "player")


def test_an_article_makes_a_media_inject() -> None:
    _, scenario = peers.read(peers.openaev())
    paper = peers.injects(scenario)["In the paper"]
    assert (paper.kind, paper.channel, paper.sender) == ("media", "news", "Ana, Gazette")
    assert "A boat." in paper.text
    assert paper.notes == "Watch their faces."


def test_teams_objectives_and_organisations_are_taken() -> None:
    _, scenario = peers.read(peers.openaev())
    assert {ident: one.name for ident, one in scenario.objectives.items()} == {"O1": "Name a port"}
    assert {one.name for one in scenario.organisations.values()} == {"IOM"}
    assert peers.injects(scenario)["Mail"].to.groups == ("t1",)
    assert peers.injects(scenario)["Back the next day"].to.all


def test_a_dependency_is_a_need_and_its_condition_a_note() -> None:
    _, scenario = peers.read(peers.openaev())
    call = peers.injects(scenario)["Call them"]
    assert call.needs == (peers.injects(scenario)["Mail"].id,)
    assert "Execution is true" in call.notes
    assert "Ring the desk." in call.notes
    assert call.text == "Call them"


def test_in_older_exports_an_offset_counts_from_the_inject_it_depends_on() -> None:
    data = peers.openaev()
    for one in data["scenario_injects"]:
        one["inject_depends_on"] = None
    mail, paper = data["scenario_injects"][1:3]
    mail["inject_depends_duration"] = 3600
    paper["inject_depends_on"] = mail["inject_id"]
    _, scenario = peers.read(data)
    assert peers.injects(scenario)["In the paper"].at == "10:30"


def test_what_is_off_is_held_in_reserve() -> None:
    _, scenario = peers.read(peers.openaev())
    assert peers.injects(scenario)["Not today"].reserve


def test_people_documents_and_the_rest_are_named() -> None:
    found, _ = peers.read(peers.openaev())
    assert peers.told(found.left_out, "nobody access", "'scenario_users'")
    assert peers.told(found.left_out, "map.png")
    assert peers.told(found.left_out, "'inject_city'", "'Orrin'", "/scenario_injects/3")
    assert peers.told(found.left_out, "'scenario_lessons_categories'")
    assert not peers.told((*found.left_out, *found.guessed), "a@example.org")


def test_a_zip_with_the_json_and_its_documents_is_read() -> None:
    content = peers.packed({"Two days.json": peers.as_file(peers.openaev()), "m.png": b"\x89PNG", "old.zip": b"PK"})
    found, _ = imported("export.zip", content)
    assert found.injects == 5
    assert peers.told(found.left_out, "export.zip", "'m.png'", "'old.zip'")


def test_a_dependency_on_a_later_inject_is_told_and_not_taken() -> None:
    data = peers.openaev()
    data["scenario_injects"][3]["inject_depends_duration"] = 0
    data["scenario_injects"][1]["inject_depends_duration"] = 600
    found, scenario = peers.read(data)
    assert peers.injects(scenario)["Call them"].needs == ()
    assert peers.told(found.left_out, "comes later", "Call them")


def test_injects_exported_alone_are_read_with_their_teams() -> None:
    whole = peers.openaev()
    lists = ("teams", "users", "tags", "documents", "channels", "articles")
    data = {"export_version": 1, "inject_information": whole["scenario_injects"]}
    data |= {f"inject_{name}": whole[f"scenario_{name}"] for name in lists}
    found, scenario = peers.read(data, "three injects.json")
    assert (found.format, found.rows, found.injects) == ("OpenAEV injects", 5, 5)
    assert scenario.title == "three injects"
    assert peers.injects(scenario)["Mail"].to.groups == ("t1",)
    assert "A boat." in peers.injects(scenario)["In the paper"].text
    assert peers.told(found.left_out, "nobody access", "'inject_users'")


def test_a_workflow_and_what_a_technical_inject_needs_are_told() -> None:
    data = peers.openaev()
    data["scenario_workflow"] = {"workflow_version": 2, "workflow_steps": [{"step_id": "s"}]}
    data["scenario_injects"].append({"inject_id": "n", "inject_title": "Scan", "inject_content": {
        "target_selector": "assets"}, "inject_injector_contract": None, "inject_depends_duration": None})  # fmt: skip
    found, scenario = peers.read(data)
    assert peers.told(found.left_out, "'scenario_workflow'")
    assert peers.told(found.left_out, "'target_selector'")
    assert peers.injects(scenario)["Scan"].at == "09:00"
