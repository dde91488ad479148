"""The day against its plan: which moment a planned time stands for, and how far the room is behind."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.exercise.words import MINUTE, History, lead, the_story
from ttx.exercise import pace, run_of_show
from ttx.exercise.pace import Pace, clock_of, day_clock
from ttx.scenario.model import Day

BANGKOK = timezone(timedelta(hours=7))
DAY = the_story().scenario.days[0]  # planned from 09:00


def at(hour: int, minute: int = 0, zone: timezone = UTC) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=zone)


@pytest.mark.parametrize("opened", [at(7), at(8, 55), at(9), at(9, 40), at(11)])
def test_a_day_opened_within_two_hours_of_its_start_is_held_to_its_agenda(opened: datetime):
    assert day_clock(DAY, opened, UTC).moment("10:15") == at(10, 15)


@pytest.mark.parametrize("opened", [at(6, 59), at(11, 1), at(20)])
def test_a_day_opened_at_another_time_counts_from_its_opening(opened: datetime):
    assert day_clock(DAY, opened, UTC).moment("10:15") == opened + timedelta(minutes=75)


def test_the_agenda_is_in_the_room_s_time():
    clock = day_clock(DAY, at(8, 50, BANGKOK).astimezone(UTC), BANGKOK)

    assert clock.moment("09:30") == at(9, 30, BANGKOK)


def test_what_is_planned_after_midnight_is_on_the_next_date():
    late = Day.model_validate(
        {**DAY.model_dump(), "sessions": [{"id": "s", "title": "Night", "start": "20:00", "minutes": 300}]}
    )

    assert day_clock(late, at(20), UTC).moment("00:30") == at(20) + timedelta(hours=4, minutes=30)
    assert day_clock(late, at(0) - timedelta(hours=4, minutes=5), UTC).moment("20:00") == at(20) - timedelta(days=1)


@pytest.mark.parametrize(
    "known, now, behind",
    [
        (Pace(timedelta(minutes=7), None), at(12), 7),
        (Pace(timedelta(minutes=7), at(12)), at(11, 50), 7),
        (Pace(timedelta(minutes=7), at(12)), at(12, 10), 10),
        (Pace(timedelta(minutes=-5), at(12)), at(11, 50), -5),
        (Pace(timedelta(minutes=-5), at(12)), at(12, 1), 1),
        (Pace(None, None), at(12), 0),
    ],
)
def test_the_day_is_behind_by_what_it_was_or_by_what_is_overdue(known: Pace, now: datetime, behind: int):
    assert known.at(now) == timedelta(minutes=behind)


def test_the_pace_is_that_of_what_began_last_and_waits_for_what_comes_next():
    history = History().opened(1).passing(4 * MINUTE).released("D1-01")

    known = pace.pace(history.graph, history.state, UTC)

    began = history.state.progress["D1-01"].first
    assert known is not None
    assert began is not None
    assert (known.behind, known.due) == (began - at(9), at(9, 30))


def test_what_was_taken_back_does_not_set_the_pace():
    history = History().opened(1).passing(4 * MINUTE).released("D1-01")
    before = pace.pace(history.graph, history.state, UTC)

    history.released("D1-02").recalled("D1-02")

    known = pace.pace(history.graph, history.state, UTC)
    assert known is not None
    assert before is not None
    assert known.behind == before.behind


def test_an_inject_in_reserve_has_no_planned_time_to_be_late_for():
    history = History().opened(1).passing(4 * MINUTE).released("D1-09")

    known = pace.pace(history.graph, history.state, UTC)

    assert known is not None
    assert known.behind is None


def test_a_session_that_was_started_sets_the_pace():
    history = History().opened(1).passing(66 * MINUTE).does(lead(), "start_session", session="coffee")

    known = pace.pace(history.graph, history.state, UTC)

    assert known is not None
    assert known.behind is not None
    assert run_of_show.minutes(known.behind) == 8


def test_taking_back_a_close_leaves_the_day_s_clock_as_it_was():
    history = History().opened(1)
    before = clock_of(history.state, DAY, UTC)
    history.passing(300 * MINUTE).does(lead(), "close_day")
    assert history.state.act is not None
    history.passing(MINUTE).does(lead(), "undo", act=history.state.act.seq)

    assert history.state.day == 1
    assert clock_of(history.state, DAY, UTC) == before


def test_a_day_that_is_reopened_the_next_morning_has_a_clock_of_its_own():
    history = History().opened(1).released("D1-01").does(lead(), "close_day").passing(24 * 60 * MINUTE)
    history.does(lead(), "open_day", day=1)

    clock = clock_of(history.state, DAY, UTC)
    row = run_of_show.run_row(history.graph, history.state, history.inject("D1-01"), 0, clock)

    assert clock is not None
    assert clock.moment("09:00") == at(9) + timedelta(days=1)
    assert row.behind is None
