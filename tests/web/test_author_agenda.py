"""A day's agenda as authors see it."""

from typing import Any

from tests.words import inject, small_scenario, told_scenario
from ttx.scenario.findings import Finding
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario
from ttx.scenario.writing import written
from ttx.web.author_agenda import Block, Row, agenda, following, later
from ttx.web.author_frame import reading


def blocks_of(data: dict[str, Any], *findings: Finding, comments: dict[str, int] | None = None) -> tuple[Block, ...]:
    graph = build(Scenario.model_validate(data))
    return agenda(data["days"][0], graph, findings, comments or {}, "day-1.yaml")


def rows(data: dict[str, Any], *findings: Finding, comments: dict[str, int] | None = None) -> dict[str, Row]:
    return {row.id: row for block in blocks_of(data, *findings, comments=comments) for row in block.rows}


def test_sessions_stand_in_time_order_whatever_their_order_in_the_file():
    data = small_scenario()
    data["days"][0]["sessions"].reverse()

    assert [block.title for block in blocks_of(data)] == [
        "One picture",
        "Coffee",
        "Search and rescue",
        "What the sea asks",
    ]


def test_of_a_decisions_arms_the_longer_counts_and_the_reserve_does_not():
    data = small_scenario()
    inject(data, "D1-04B")["minutes"] = 45

    rescue = blocks_of(data)[2]

    assert (rescue.used, rescue.minutes, rescue.end) == (20 + 45 + 20, 90, "11:45")


def test_a_session_needs_the_minutes_that_the_findings_say():
    """Of two versions of one event, told under opposite conditions, rows alone would count both."""
    data = small_scenario()
    inject(data, "D1-05").update(when="port == Ellory", minutes=50)
    other = {**inject(data, "D1-05"), "id": "D1-06", "when": "port != Ellory"}
    data["days"][0]["injects"].append(other)

    read = reading(written(data), ())
    shown = agenda(data["days"][0], read.graph, read.findings, {}, "day-1.yaml", read.needed[1])
    said = [one.sentence for one in read.findings if one.field == "sessions.rescue.minutes"]

    assert shown[2].used == 20 + 20 + 50
    assert said == []
    inject(data, "D1-06")["minutes"] = 51
    assert "need 91" in next(
        one.sentence for one in reading(written(data), ()).findings if one.field == "sessions.rescue.minutes"
    )


def test_an_arm_knows_its_decision_and_where_it_joins_again():
    found = rows(small_scenario())

    assert [(arm.decision, arm.key, arm.joins) for arm in found["D1-04A"].arms] == [("D1-03", "A", "D1-05")]
    assert found["D1-04B"].last_of_arm
    assert (found["D1-05"].arms, found["D1-03"].together) == ((), "D1-05")
    assert [(way.key, way.target, way.default) for way in found["D1-03"].ways] == [
        ("A", "D1-04A", False),
        ("B", "D1-04B", True),
    ]


def test_what_is_wrong_with_a_session_is_counted_at_it():
    place = ("day-1.yaml", 9, None, "sessions.rescue.minutes", "Too short.")
    faults = [Finding("error", *place), Finding("warning", *place)]

    assert [block.errors for block in blocks_of(small_scenario(), *faults)] == [0, 0, 1, 0]


def test_an_inject_of_no_session_stands_last_and_is_not_lost():
    data = small_scenario()
    scenario = Scenario.model_validate(data)
    inject(data, "D1-02")["session"] = "nowhere"

    last = agenda(data["days"][0], build(scenario), (), {}, "day-1.yaml")[-1]

    assert (last.id, [row.id for row in last.rows]) == (None, ["D1-02"])


def test_an_inject_planned_before_the_one_above_it_is_marked():
    data = small_scenario()
    inject(data, "D1-02")["at"] = "08:50"

    above = inject(data, "D1-01")["at"]

    assert {row.id: row.early for row in rows(data).values() if row.early} == {"D1-02": ("D1-01", above)}


def test_findings_and_open_comments_are_counted_on_the_row():
    wrong = Finding("error", "day-1.yaml", 3, "D1-02", "title", "No.")
    other = Finding("warning", "day-2.yaml", 3, "D1-02", "title", "Perhaps.")

    row = rows(small_scenario(), wrong, other, comments={"D1-02": 2})["D1-02"]

    assert (row.errors, row.warnings, row.comments) == (1, 0, 2)


def test_what_follows_by_itself_is_the_next_that_is_not_in_reserve():
    blocks = blocks_of(small_scenario())

    assert following(blocks, "D1-01") == "D1-02"
    assert following(blocks, "D1-05") is None
    assert following(blocks, "D1-09") is None


def test_a_day_that_no_scenario_can_be_read_from_is_shown_too():
    data = small_scenario()

    shown = agenda(data["days"][0], None, (), {}, "day-1.yaml")

    assert sum(len(block.rows) for block in shown) == len(data["days"][0]["injects"])


def test_clock_times_are_added_over_midnight():
    assert (later("23:30", 45), later("soon", 5), later("9:05", 5)) == ("00:15", "", "09:10")


def test_speakers_stand_at_their_session_by_name():
    found = {block.id: block.speakers for block in blocks_of(told_scenario())}

    assert (found["picture"], found["coffee"]) == ((), ("Ines Caldera", "Tomas Wren"))
