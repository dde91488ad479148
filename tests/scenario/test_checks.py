"""Every fault of a scenario is told, at its line and in a sentence; `faults` has a broken scenario for each."""

import copy
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenario.breaking import DECISION, HEAD, ONE, TWO, drop, put, session
from tests.scenario.faults import FAULTS
from tests.words import Written, inject, small_roster, small_scenario, write_scenario
from ttx.scenario.checks import check, checked, load
from ttx.scenario.files import read
from ttx.scenario.findings import Faulty, Finding
from ttx.scenario.material import Location, Material, look
from ttx.scenario.model import Scenario


def test_the_small_scenario_is_without_a_fault(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path, small_scenario(), small_roster())

    found = check(folder)

    assert found == ()
    assert load(folder) == Scenario.model_validate(small_scenario())


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_makes_one_finding_at_its_place(tmp_path: Path, name: str) -> None:
    fault = FAULTS[name]
    data = small_scenario()
    fault.break_it(data)
    folder = write_scenario(tmp_path, data)

    found = check(folder)

    places = [(finding.severity, finding.file, finding.inject, finding.field) for finding in found]
    assert places == [(fault.severity, fault.file, fault.inject, fault.field)]
    assert found[0].sentence[found[0].sentence.find(fault.telling) :].startswith(fault.telling)
    assert found[0].sentence[-1] in ".?"


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_found_on_its_line(tmp_path: Path, name: str) -> None:
    fault = FAULTS[name]
    data = small_scenario()
    fault.break_it(data)
    folder = write_scenario(tmp_path, data)

    (finding,) = check(folder)

    lines = (folder / fault.file).read_text().splitlines(keepends=True)
    assert fault.line in lines[finding.line - 1]
    if fault.inject is not None:
        start = max(number for number, text in enumerate(lines[: finding.line], 1) if text.startswith("- id: "))
        assert lines[start - 1] == f"- id: {fault.inject}\n"


@pytest.mark.parametrize("name", FAULTS)
def test_errors_keep_a_scenario_from_being_loaded_and_warnings_do_not(tmp_path: Path, name: str) -> None:
    fault = FAULTS[name]
    data = small_scenario()
    fault.break_it(data)
    folder = write_scenario(tmp_path, data)

    if fault.severity == "warning":
        assert load(folder) == Scenario.model_validate(data)
    else:
        with pytest.raises(Faulty) as raised:
            load(folder)
        assert raised.value.findings == check(folder)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    names = [
        "fields: a missing field",
        "fields: an unknown channel",
        "fields: a number for a text",
        "unknown: a session",
        "unknown: a token",
        "unknown: a next",
        "order: a branch without a default",
        "order: a need on a later day",
        "values: a condition no option fulfils",
        "agenda: a question without an objective",
        "agenda: a session that is too short",
    ]
    data = small_scenario()
    for name in names:
        FAULTS[name].break_it(data)
    folder = write_scenario(tmp_path, data)

    found = check(folder)

    assert {(finding.file, finding.inject, finding.field) for finding in found} == {
        (FAULTS[name].file, FAULTS[name].inject, FAULTS[name].field) for name in names
    }
    assert len(found) == len(names)
    assert [(finding.file, finding.line) for finding in found] == sorted(
        (finding.file, finding.line) for finding in found
    )


def test_a_day_that_cannot_be_read_hides_no_fault_of_another_day_and_makes_none(tmp_path: Path) -> None:
    data = small_scenario()
    put("D2-01", "channel", to="raido")(data)
    folder = write_scenario(tmp_path, data)
    (folder / ONE).write_text("day: 1\ntitle: a: b\n")

    found = check(folder)

    line = (folder / TWO).read_text().splitlines().index("  channel: raido") + 1
    assert [(finding.file, finding.line, finding.inject) for finding in found] == [
        (ONE, 2, None),
        (TWO, line, "D2-01"),
    ]


def test_days_are_checked_though_the_scenarios_own_file_cannot_be_read(tmp_path: Path) -> None:
    data = small_scenario()
    put("D1-04A", "next", to=["D1-5"])(data)
    folder = write_scenario(tmp_path, data)
    (folder / HEAD).write_text("title: 'x\n")

    found = check(folder)

    assert [(finding.file, finding.inject) for finding in found] == [(ONE, "D1-04A"), (HEAD, None)]


def test_a_field_that_is_written_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path, small_scenario())
    text = (folder / ONE).read_text().replace("  title: Which port?\n", "  title: Which port?\n  title: Which?\n")
    (folder / ONE).write_text(text)

    (finding,) = check(folder)

    lines = text.splitlines()
    second = lines.index("  title: Which?") + 1
    assert (finding.line, finding.inject, finding.field) == (second, "D1-03", "title")
    assert finding.sentence == f"D1-03 has 'title' twice, first on line {second - 1}; the second is never used."


@pytest.mark.parametrize(
    "to, field, telling",
    [
        (
            {"delegations": ["Kestra"]},
            "to.delegations",
            "D1-02 names the delegation 'Kestra', which the roster does not have; did you mean 'Kestria'?",
        ),
        (
            {"delegations": ["Federated Islands of Tamarinda"]},
            "to.delegations",
            (
                "D1-02 names the delegation 'Federated Islands of Tamarinda', which the roster does not have; "
                "did you mean 'tamarinda'?"
            ),
        ),
        (
            {"tables": ["T9"]},
            "to.tables",
            "D1-02 names the table 'T9', which the roster does not have; there is T1, T2 and T3.",
        ),
        ({"tables": ["T3"]}, "to", "D1-02 reaches no head or delegate of the roster; widen its audience."),
        ({"groups": ["AIR"]}, "to", "D1-02 reaches no head or delegate of the roster; widen its audience."),
    ],
)
def test_with_a_roster_every_audience_must_reach_somebody_who_answers(
    tmp_path: Path, to: Written, field: str, telling: str
) -> None:
    data, roster = small_scenario(), small_roster()
    data["groups"]["AIR"] = {"name": "Group in the air"}
    put("D1-02", "to", to=to)(data)
    roster["tables"]["T3"] = "Table 3"
    roster["seats"].append({"role": "evaluator", "table": "T3"})
    folder = write_scenario(tmp_path, data, roster)

    (finding,) = check(folder)

    assert (finding.severity, finding.file, finding.inject, finding.field) == ("error", ONE, "D1-02", field)
    assert finding.sentence == telling


def test_a_rosters_faults_are_told_with_the_scenarios(tmp_path: Path) -> None:
    data, roster = small_scenario(), small_roster()
    put("D1-02", "channel", to="raido")(data)
    roster["seats"].append({"role": "king"})
    folder = write_scenario(tmp_path, data, roster)

    found = check(folder)

    assert [(finding.file, finding.field) for finding in found] == [(ONE, "channel"), ("roster.yaml", "seats.7.role")]


def test_a_roster_that_is_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path / "scenario", small_scenario())
    (tmp_path / "roster.yaml").write_text("the: secret\n")
    (folder / "roster.yaml").symlink_to(tmp_path / "roster.yaml")

    (finding,) = check(folder)

    assert (finding.file, finding.sentence) == ("roster.yaml", "roster.yaml is a link out of the folder.")


def test_two_days_of_a_draft_cannot_have_one_number() -> None:
    data = small_scenario()
    data["days"][1]["day"] = 1

    _, found = checked(Material(data, {}, HEAD))

    assert [(finding.field, finding.sentence) for finding in found] == [
        ("day", "Day 1 stands in day-1.yaml already; give this day another number.")
    ]


def test_a_duplicate_makes_no_circle_of_what_it_hides(tmp_path: Path) -> None:
    data = small_scenario()
    put("D1-04A", "id", to="D1-05")(data)
    folder = write_scenario(tmp_path, data)

    found = check(folder)

    assert [(finding.inject, finding.field) for finding in found] == [
        ("D1-03", "branch.options.A.next"),
        ("D1-05", "id"),
    ]


def test_texts_of_any_length_and_with_html_are_no_finding(tmp_path: Path) -> None:
    data = small_scenario()
    put("D1-01", "text", to="<script>alert('one')</script> " + "word " * 1000)(data)
    put("D1-02", "text", to="Short.")(data)
    folder = write_scenario(tmp_path, data)

    assert check(folder) == ()


def test_a_way_around_is_no_fault(tmp_path: Path) -> None:
    """Option B skips what option A does first, and both go on together."""
    data = small_scenario()
    put("D1-03", *DECISION, "B", "next", to="D1-05")(data)
    drop("D1-04A", "next")(data)
    data["days"][0]["injects"] = [found for found in data["days"][0]["injects"] if found["id"] != "D1-04B"]
    folder = write_scenario(tmp_path, data)

    assert check(folder) == ()


@pytest.mark.parametrize(
    "second, telling",
    [
        ("port != Ellory", None),
        ("port == Ellory", "need 100 on the path D2-01, D2-02, D2-02S, D2-03;"),
    ],
)
def test_of_two_versions_of_one_event_a_session_needs_the_longer(
    tmp_path: Path, second: str, telling: str | None
) -> None:
    """D2-02S is told instead of D2-02, where its condition is the opposite one: 20, 30 and 20 minutes, not 100."""
    data = small_scenario()
    session(2, 0, minutes=70)(data)
    put("D2-03", "at", to="09:50")(data)
    version = {**inject(data, "D2-02"), "id": "D2-02S", "minutes": 30, "when": second}
    data["days"][1]["injects"].insert(2, version)
    put("D2-02", "minutes", to=30)(data)
    folder = write_scenario(tmp_path, data)

    sentences = [finding.sentence for finding in check(folder)]

    if telling is None:
        assert sentences == []
    else:
        assert any(telling in sentence for sentence in sentences)


def test_parallel_ways_may_wait_for_each_other(tmp_path: Path) -> None:
    """D1-04B may wait for D1-04A if both come after D1-03."""
    data = small_scenario()
    inject(data, "D1-03").update(kind="contextual", next=["D1-04A", "D1-04B"])
    drop("D1-03", "branch")(data)
    put("D1-04B", "needs", to=["D1-04A"])(data)
    put("D1-04B", "at", to="10:50")(data)
    drop("D2-02", "when")(data)
    folder = write_scenario(tmp_path, data)

    assert check(folder) == ()


def test_a_finding_is_a_plain_mapping_for_programs(tmp_path: Path) -> None:
    finding = Finding("error", ONE, 7, "D1-03", "title", "D1-03 has no title.")

    found = json.loads(json.dumps(finding.as_json()))

    assert found == {
        "severity": "error",
        "file": ONE,
        "line": 7,
        "inject": "D1-03",
        "field": "title",
        "sentence": "D1-03 has no title.",
    }


def test_ten_thousand_injects_are_checked_in_a_few_seconds() -> None:
    """1.6 s measured on two cores; the limit leaves room for a slow machine and none for a square law. What others do
    on this machine meanwhile is not counted."""
    material = Material(_long_day(10_000), {}, HEAD, (ONE,))

    started = time.process_time()
    _, found = checked(material)
    took = time.process_time() - started

    assert [one.field for one in found] == ["at"]  # all of them come in one minute, which is said once
    assert took < 30


def _long_day(length: int) -> Written:
    data = small_scenario()
    pattern = [inject(data, name) for name in ("D1-03", "D1-04A", "D1-04B", "D1-05")]
    injects: list[Written] = []
    for number in range(length // len(pattern)):
        for written in copy.deepcopy(pattern):
            written.update(at="10:15", minutes=0)
            written["id"] = f"{written['id']}-{number}"
            if "branch" in written:
                for option in written["branch"]["options"].values():
                    option["next"] += f"-{number}"
            if "next" in written:
                written["next"] = [f"{name}-{number}" for name in written["next"]]
            if written["id"] == f"D1-05-{number}":
                written.update(when="port == Ellory and delay_h < 50", needs=[f"D1-03-{number}"])
            injects.append(written)
    data["days"] = [{**data["days"][0], "injects": injects}]
    return data


def _locations(data: object, at: Location = ()) -> list[Location]:
    items: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        items = list(data.items())
    elif isinstance(data, list):
        items = list(enumerate(data))
    return [found for key, value in items for found in ((*at, key), *_locations(value, (*at, key)))]


JUNK = st.sampled_from([None, "", "x y", "D1-05", 5, 1.5, True, [], {}, [[1]], {"a": 1}, "GONE"])


@given(st.lists(st.tuples(st.sampled_from(_locations(small_scenario())), JUNK), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_nothing_an_author_writes_breaks_the_check_or_passes_it_unread(
    changes: list[tuple[Location, object]],
) -> None:
    data: Any = small_scenario()
    for location, junk in changes:
        piece = look(data, location[:-1])
        if isinstance(piece, dict) and location[-1] in piece:
            piece.pop(location[-1]) if junk == "GONE" else piece.update({location[-1]: copy.deepcopy(junk)})
    material = replace(Material({}, {}, HEAD, (ONE, TWO)), data=data)

    _, found = checked(material)

    try:
        Scenario.model_validate(data)
    except ValueError:
        assert any(finding.severity == "error" for finding in found)


def test_what_was_read_from_a_folder_is_what_is_checked(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path, small_scenario())

    scenario, found = checked(read(folder))

    assert (scenario, found) == (load(folder), check(folder))
