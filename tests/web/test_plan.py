"""The improvement plan on pages: what is late, how far it is, its files, and an earlier exercise beside this one."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.web.words import SCENARIO, Browser, Served, refused, roster, serving
from ttx.scenario.roster import Role
from ttx.store.log import create_exercise
from ttx.store.seats import seats_of
from ttx.web.leaving import told_so_far

HTML = {"accept": "text/html"}


def asks(who: Browser, do: str, **fields: Any) -> httpx.Response:
    return who.post(f"{who.page}/review", data={"do": do, **fields}, headers=HTML)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise with a gap and three actions: one late, one done, one without a date."""
    with serving(tmp_path_factory.mktemp("planned")) as house:
        lead = house.as_lead()
        asks(lead, "record_gap", statement="Nobody knows who leads at sea", owner="SEA", root_cause="roles_authority")
        asks(lead, "plan_action", gap="GAP-01", what="Late one", due="2020-01-31")
        asks(lead, "plan_action", gap="GAP-01", what="Done one", due="2020-02-28")
        asks(lead, "note_progress", action="ACT-02", status="done", text="Procedure of 3 May")
        asks(lead, "plan_action", gap="GAP-01", what="Some day", owner="LAND")
        yield house


@pytest.fixture
def planned(house: Served) -> Browser:
    """Its lead facilitator."""
    return house.as_lead()


def actions(text: str) -> list[str]:
    """The actions of a page in order."""
    return re.findall(r'<article id="(ACT-\d+)"', text)


def test_the_plan_tells_what_is_late_and_what_shows_that_something_is_done(planned: Browser):
    text = planned.get(f"{planned.page}/plan").text

    assert actions(text) == ["ACT-01", "ACT-03", "ACT-02"]
    assert text.count(">overdue<") == 1
    assert "Procedure of 3 May" in text
    assert actions(planned.get(f"{planned.page}/plan?status=overdue").text) == ["ACT-01"]
    assert actions(planned.get(f"{planned.page}/plan?status=done").text) == ["ACT-02"]
    assert actions(planned.get(f"{planned.page}/plan?owner=LAND").text) == ["ACT-03"]
    assert "None of the actions" in planned.get(f"{planned.page}/plan?owner=LAND&status=done").text


def test_progress_is_noted_from_the_plan_and_leads_back_there(planned: Browser):
    reply = asks(planned, "note_progress", action="ACT-01", status="started", text="Begun", on="plan")
    turned_down = asks(planned, "note_progress", action="ACT-01", status="done", text="")

    assert reply.headers["location"] == f"{planned.page}/plan#ACT-01"
    assert turned_down.status_code == 409
    assert "say what does" in turned_down.text
    assert "Begun" in planned.get(f"{planned.page}/plan").text


def test_the_plan_is_had_as_a_calendar_and_as_a_table(planned: Browser):
    calendar, table, gaps = (planned.get(f"{planned.page}/{name}") for name in ("plan.ics", "plan.csv", "gaps.csv"))

    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 2
    assert 'filename="small-tide-plan.ics"' in calendar.headers["content-disposition"]
    assert len(table.content.decode("utf-8-sig").splitlines()) == 4
    assert len(gaps.content.decode("utf-8-sig").splitlines()) == 2


def test_nothing_planned_says_where_to_begin(house: Served):
    other = create_exercise(house.store, SCENARIO, roster())
    seat = next(one for one in seats_of(house.store, other) if one.seat.role is Role.ANALYST)
    analyst = house.device().join(seat)

    assert "Actions are planned on a gap" in analyst.get(f"{analyst.page}/plan").text
    assert "No gap is recorded yet" in analyst.get(f"{analyst.page}/gaps").text
    assert "There is no evidence yet" in analyst.get(f"{analyst.page}/evidence").text
    assert "There is no earlier exercise" in analyst.get(f"{analyst.page}/plan/compare").text
    assert analyst.get(f"{analyst.page}/plan.ics").text.count("BEGIN:VEVENT") == 0


def test_an_earlier_exercise_is_compared_by_a_device_that_sits_in_both_and_by_no_other(house: Served):
    later = create_exercise(house.store, SCENARIO, roster(), "Exercise Later")
    seat = next(one for one in seats_of(house.store, later) if one.seat.role is Role.ANALYST)
    stranger, both = house.device().join(seat), house.device().join(house.seat(Role.ANALYST)).join(seat)
    for who in (stranger, both):
        asks(who, "record_gap", statement="At sea nobody knows who leads")
    said = {"gap": "GAP-02", "exercise": house.exercise, "of": "GAP-01"}

    alone = stranger.get(f"{stranger.page}/plan/compare", params={"with": house.exercise}).text
    beside = both.get(f"{both.page}/plan/compare").text

    assert "Nobody knows who leads at sea" not in alone
    assert "that you may read" in asks(stranger, "come_back", **said).text
    assert "Nobody knows who leads at sea" in beside
    assert "Suggestion" in beside
    assert asks(both, "come_back", **said).status_code == 303
    after = both.get(f"{both.page}/plan/compare").text
    assert re.search(r"plan-late[^>]*><dd><b>1</b></dd><dt>Came back", after)
    assert "GAP-01, Exercise Small Tide" in both.get(f"{both.page}/gaps/GAP-02").text


def test_a_delegation_has_no_plan_to_read(house: Served):
    head = house.as_head()

    for path in ("plan", "plan.ics", "plan.csv", "gaps.csv", "plan/compare", "gaps"):
        assert refused(403, head.get(f"{head.page}/{path}"))


def test_each_table_and_calendar_that_leaves_is_in_the_record(planned: Browser, house: Served):
    before = len(told_so_far(house.store, house.exercise).taken)
    for name in ("plan.ics", "plan.csv", "gaps.csv", "coding.csv", "coding.xlsx"):
        assert planned.get(f"{planned.page}/{name}").status_code == 200

    taken = told_so_far(house.store, house.exercise).taken[before:]
    assert [one.fact.form for one in taken] == ["plan ics", "plan csv", "gaps csv", "coding csv", "coding xlsx"]
    assert {(one.fact.tier, one.fact.way, one.seat) for one in taken} == {("full", "page", planned.seat.id)}
