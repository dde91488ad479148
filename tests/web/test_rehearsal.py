"""The rehearsal before the exercise: who may, what it leaves alone, and that nothing of it works afterwards."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.words import SCENARIO, Browser, Served, eventually, refused, roster, serving
from tests.words import inject, small_scenario
from ttx.exercise.rights import RULES, Action
from ttx.live.rehearsals import Running
from ttx.rehearsal.cast import Player, Stage
from ttx.rehearsal.figures import Figures, figures
from ttx.rehearsal.marks import Marks
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.store import log
from ttx.store.database import Store
from ttx.store.rehearsals import create_rehearsal, end_rehearsal, is_rehearsal, rehearsals_of
from ttx.store.seats import seats_of
from ttx.web.opening import REHEARSED

RUNS_NOTHING = "Nothing you press here reaches the real exercise."
PATIENT = 60.0
"""Seconds that a new interpreter may take to start and to join on a busy machine."""


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server on which nothing has begun; its first development plans two minutes."""
    brief = small_scenario()
    inject(brief, "D1-01")["minutes"] = 2
    with Store(tmp_path) as store:
        exercise = log.create_exercise(store, Scenario.model_validate(brief), roster())
    with serving(tmp_path, exercise) as house:
        yield house


def begins(who: Browser, speed: str = "60") -> httpx.Response:
    return who.post(f"{who.page}/rehearsal", data={"speed": speed}, timeout=PATIENT)


def going_on(house: Served) -> Running:
    running: Running | None = house.server.config.app.state.house.rehearsals.running  # type: ignore[union-attr]
    assert running is not None
    return running


def test_only_those_who_run_the_whole_exercise_may_rehearse_it(house: Served):
    may = {role for role in Role if house.as_(role).get(f"{house.as_(role).page}/rehearsal").status_code == 200}

    assert may == set(RULES[Action.REHEARSE]) == {Role.DIRECTOR, Role.LEAD_FACILITATOR}
    assert "rehearse" in refused(403, begins(house.as_head()))
    assert rehearsals_of(house.store, house.exercise) == []


def test_delegations_answer_whoever_runs_a_rehearsal_and_the_exercise_stays_as_it_was(fresh: Served):
    lead, before = fresh.as_lead(), log.head(fresh.store, fresh.exercise)

    assert begins(lead).headers["location"] == f"{lead.page}/rehearsal"
    page = lead.get(f"{lead.page}/rehearsal").text
    running = going_on(fresh)
    assert "Rehearsal of Exercise Small Tide" in page
    assert f'href="/s/{running.runner.id}"' in page
    console = lead.get(f"/s/{running.runner.id}").text
    assert "<title>Control - Rehearsal of Exercise Small Tide" in console
    real = lead.get(lead.page).text
    assert [RUNS_NOTHING in one for one in (console, real)] == [True, False]
    assert "is going on" in begins(fresh.as_(Role.DIRECTOR)).text

    for do in ({"do": "open_day"}, {"do": "release", "inject": "D1-01"}):
        done = lead.post(f"/api/v1/exercises/{running.exercise}/commands", params={"seat": running.runner.id}, json=do)
        assert done.status_code == 200, done.text
    eventually(lambda: _kinds(fresh, running.exercise).count("ResponseSubmitted") == 2, PATIENT)
    assert lead.post(f"{lead.page}/rehearsal/stop", timeout=PATIENT).status_code == 303

    (kept,) = rehearsals_of(fresh.store, fresh.exercise)
    told = json.loads(kept.figures or "")
    assert _kinds(fresh, running.exercise)[-2:] == ["DayClosed", "ExerciseEnded"]
    assert (told["failures"], told["delegations"], told["speed"]) == ([], 2, 60.0)
    assert [(one["id"], one["answered"]) for one in told["days"][0]["injects"]] == [("D1-01", 2)]
    assert "What the rehearsal of" in lead.get(f"{lead.page}/rehearsal").text
    assert log.head(fresh.store, fresh.exercise) == before
    leftover = [one.code for one in seats_of(fresh.store, running.exercise)]
    assert len(leftover) == len(seats_of(fresh.store, fresh.exercise))
    assert {fresh.device().post("/api/v1/join", json={"code": code}).status_code for code in leftover[:6]} == {404}
    assert lead.get(f"/s/{running.runner.id}").status_code == 401
    assert fresh.device().join(fresh.seat(Role.HEAD)).seat.exercise == fresh.exercise


def test_tablets_that_still_connect_are_counted_on_the_page(fresh: Served):
    lead, rehearsal = fresh.as_lead(), create_rehearsal(fresh.store, fresh.exercise)
    runner = next(one.seat for one in seats_of(fresh.store, rehearsal) if one.seat.role is Role.LEAD_FACILITATOR)
    slow = Running(rehearsal, fresh.exercise, 10, runner, 2, child=None)  # type: ignore[arg-type]
    fresh.server.config.app.state.house.rehearsals.running = slow  # type: ignore[union-attr]

    assert "Tablets are still connecting: 0 of 2." in lead.get(f"{lead.page}/rehearsal").text

    slow.tablets = 0
    assert "still connecting" not in lead.get(f"{lead.page}/rehearsal").text


def test_figures_tell_a_slow_machine_and_tablets_that_did_not_connect(fresh: Served):
    lead, rehearsal = fresh.as_lead(), create_rehearsal(fresh.store, fresh.exercise)
    end_rehearsal(fresh.store, rehearsal, _slow_day().model_dump_json())

    page = lead.get(f"{lead.page}/rehearsal").text

    assert page.index("describe this machine and not people") < page.index("Crossings double")
    assert "<td>2 not connected</td>" in page


def test_opening_the_real_day_during_a_rehearsal_asks_first(fresh: Served):
    lead = fresh.as_lead()
    create_rehearsal(fresh.store, fresh.exercise)

    def opens(**sure: str) -> object:
        form = {"do": "open_day", "day": "1", **sure}
        return lead.post(f"{lead.page}/do", data=form, headers={"accept": "application/json"}).json()

    assert "open-rehearsed" in lead.get(lead.page).text
    assert (opens(), "DayOpened" in _kinds(fresh, fresh.exercise)) == ({"asks": "open-rehearsed"}, False)
    refused = fresh.command(lead, "open_day")
    assert (refused.status_code, refused.json()["refused"]) == (409, REHEARSED)
    assert fresh.command(fresh.as_head(), "open_day").status_code == 403
    opens(sure="yes")
    assert "DayOpened" in _kinds(fresh, fresh.exercise)
    assert "Rehearsals: over, since a day was opened" in lead.get(lead.page).text


def test_an_exercise_that_has_begun_is_not_rehearsed(house: Served):
    house.begun()

    reply = begins(house.as_lead())

    assert reply.status_code == 409
    assert "The exercise has begun" in reply.text
    assert rehearsals_of(house.store, house.exercise) == []


def test_a_rehearsal_has_the_same_people_without_their_names_and_accounts(fresh: Served):
    rehearsal = create_rehearsal(fresh.store, fresh.exercise)

    was, now = seats_of(fresh.store, fresh.exercise), seats_of(fresh.store, rehearsal)
    assert [(one.seat.role, one.seat.delegation, one.seat.table) for one in now] == [
        (one.seat.role, one.seat.delegation, one.seat.table) for one in was
    ]
    assert {one.code for one in now}.isdisjoint(one.code for one in was)
    assert {(one.name, one.account) for one in now} == {(None, None)}
    assert [one.id for one in log.exercises(fresh.store)] == [fresh.exercise]
    assert is_rehearsal(fresh.store, rehearsal)
    assert not is_rehearsal(fresh.store, fresh.exercise)


def test_what_a_killed_server_left_behind_opens_nothing_after_a_restart(tmp_path: Path):
    with serving(tmp_path) as house:
        exercise, rehearsal = house.exercise, create_rehearsal(house.store, house.exercise)
        assert all(one.revoked_at is None for one in seats_of(house.store, rehearsal))

    with serving(tmp_path, exercise) as house:
        assert all(one.revoked_at is not None for one in seats_of(house.store, rehearsal))
        assert "cut short" in house.as_lead().get(f"{house.as_lead().page}/rehearsal").text


def _slow_day() -> Figures:
    """Of a day whose one development nobody saw, at sixty times the clock and four seconds behind."""
    at, played = "2026-03-02T09:00:00+00:00", (Player(code="A", role=Role.HEAD, delegation=name) for name in ("a", "b"))
    log = [
        {"kind": kind, "at": at, "body": body}
        for kind, body in (("DayOpened", {"day": 1}), ("InjectReleased", {"inject": "D1-01"}))
    ]
    return figures(Stage(exercise="x", scenario=SCENARIO, seats=tuple(played)), log, Marks(late=[4.0]), 60, 1)


def _kinds(house: Served, exercise: str) -> list[str]:
    return [type(one.entry).__name__ for one in log.read(house.store, exercise)]
