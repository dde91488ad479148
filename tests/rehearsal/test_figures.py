"""What is told of a rehearsal, reckoned from a record whose times are known to the minute."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.web.words import SCENARIO
from ttx.rehearsal.cast import Player, Stage
from ttx.rehearsal.figures import Figures, figures, spread
from ttx.rehearsal.marks import Marks, Seen
from ttx.rehearsal.told import table
from ttx.scenario.roster import Role

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAGE = Stage(
    exercise="x",
    scenario=SCENARIO,
    seats=tuple(Player(code="A", role=Role.HEAD, delegation=name, table="T1") for name in ("Kestria", "tamarinda")),
    groups={"Kestria": ("SEA",), "tamarinda": ("LAND",)},
)
DAY = (
    (0, "DayOpened", {"day": 1}),
    (0, "InjectReleased", {"inject": "D1-01"}),
    (12, "ResponseSubmitted", {"inject": "D1-01", "question": "q1", "delegation": "Kestria"}),
    (18, "ResponseSubmitted", {"inject": "D1-01", "question": "q1", "delegation": "tamarinda"}),
    (30, "InjectReleased", {"inject": "D1-02"}),
    (50, "ResponseSubmitted", {"inject": "D1-02", "question": "calls", "delegation": "Kestria"}),
    (80, "InjectReleased", {"inject": "D1-03"}),
    (95, "BranchChosen", {"inject": "D1-03", "option": "A"}),
    (210, "DayClosed", {"day": 1}),
)


SHOWN = {name: {"Kestria", "tamarinda"} for name in ("D1-01", "D1-02", "D1-03")}


def told(*entries: tuple[int, str, dict[str, Any]], marks: Marks | None = None, speed: float = 1.0) -> Figures:
    log = [
        {"kind": kind, "at": (NINE + timedelta(minutes=minute) / speed).isoformat(), "body": body}
        for minute, kind, body in entries
    ]
    return figures(STAGE, log, marks or Marks(shown=dict(SHOWN)), speed, 1)


def test_a_day_is_told_against_its_plan():
    (day,) = told(*DAY).days

    first, second, third = day.injects
    assert (day.planned_minutes, day.minutes, day.drift, day.closed) == (195, 210, 15, True)
    assert (first.released_at, first.minutes, first.first, first.median, first.last) == ("09:00", 30, 12, 15, 18)
    assert (first.asked, first.answered, first.silent) == (2, 2, 0)
    assert (third.decided, third.answered, third.silent) == ("A", 0, 2)
    assert second.asked == 1  # it goes to the group at sea only


def test_half_an_answer_is_neither_silence_nor_done():
    (day,) = told(*DAY).days

    assert (day.injects[1].answered, day.injects[1].silent, day.injects[1].last) == (0, 0, None)


def test_who_never_saw_a_development_was_not_silent():
    said = told(*DAY, marks=Marks(shown={"D1-03": {"Kestria"}}))

    answered, _, third = said.days[0].injects
    assert (answered.silent, answered.away) == (0, 0)  # whatever was noted: what was answered was there
    assert (third.silent, third.away) == (1, 1)
    assert "0/2, 1 silent, 1 not connected" in table(said)


def test_coffee_is_no_part_of_what_came_before_it():
    (day,) = told(*DAY).days

    one, two = day.sessions
    assert (day.injects[1].minutes, one.minutes, one.over) == (35, 65, 5)  # until 10:05; coffee until 10:20
    assert (two.began_at, two.minutes, two.over) == ("10:20", 100, 15)


def test_where_a_day_overruns_is_said_in_sentences():
    assert told(*DAY).overruns == (
        "Day 1, One picture: ends 5 minutes later than planned (began 09:00, planned 09:00 for 60).",
        "Day 1, Search and rescue: ends 15 minutes later than planned (began 10:20, planned 10:15 for 90).",
        "Day 1 closes 15 minutes later than planned.",
    )


def test_a_day_that_was_stopped_has_not_closed_early():
    told_so_far = told(*DAY[:-1])

    (day,) = told_so_far.days
    assert not day.closed
    assert day.sessions[-1].over is None
    assert day.injects[-1].minutes == 15
    assert told_so_far.overruns == DAY_SO_FAR
    assert "stopped before it was closed" in table(told_so_far)


DAY_SO_FAR = ("Day 1, One picture: ends 5 minutes later than planned (began 09:00, planned 09:00 for 60).",)


def test_the_speed_changes_no_minute_of_the_story():
    assert told(*DAY, speed=60.0).days == told(*DAY).days


def test_the_last_tablet_is_the_slowest_of_each_development():
    marks = Marks()
    for inject, minute, waits in (("D1-01", 0, (0.1, 0.3)), ("D1-02", 30, (0.5, 0.2))):
        at = (NINE + timedelta(minutes=minute)).timestamp()
        marks.seen += [Seen(inject, f"tablet {number}", at + wait) for number, wait in enumerate(waits)]

    said = told(*DAY, marks=marks)

    assert (said.released_to_tablet.count, said.released_to_last.count) == (4, 2)
    assert said.released_to_last.median == 400


def test_the_99th_percentile_is_a_value_that_was_measured():
    assert spread([]).p99 is None
    assert (spread([3.0]).median, spread([3.0]).p99) == (3.0, 3.0)
    assert (spread([*range(1, 201)]).median, spread([*range(1, 201)]).p99) == (100.5, 198)


def test_the_table_tells_each_development_on_a_line():
    lines = table(told(*DAY)).splitlines()

    (row,) = [line for line in lines if "D1-01" in line]
    assert row.split() == ["09:00", "D1-01", "Crossings", "double", "20", "30", "12", "15", "18", "2/2"]
    assert "Nothing failed." in lines


@pytest.mark.parametrize(
    "wait, late, speed, minutes, slower",
    [
        (2.1, 0.0, 600.0, "21 minutes", "20"),
        (0.0, 4.0, 60.0, "4 minutes", "10"),
        (90.0, 0.0, 1.0, "2 minutes", "0.6"),
        (1.2, 0.0, 60.0, "1 minute", "50"),
    ],
)
def test_minutes_that_are_the_machines_are_said_to_be_before_any_is_told(
    wait: float, late: float, speed: float, minutes: str, slower: str
):
    seen = [Seen("D1-01", "tablet 1", NINE.timestamp() + wait)]

    said = told(*DAY, marks=Marks(seen=seen, late=[0.0, late, late]), speed=speed)

    assert said.caution is not None
    assert f"make {minutes} of the story" in said.caution
    assert f"a speed of {slower} or less" in said.caution
    assert " ".join(table(said).split()).index(said.caution) < table(said).index("Day 1")


def test_a_machine_that_keeps_up_is_not_spoken_of():
    seen = [Seen("D1-01", "tablet 1", NINE.timestamp() + 0.09)]

    assert told(*DAY, marks=Marks(seen=seen, late=[0.01]), speed=600.0).caution is None
    assert told(*DAY, marks=Marks(late=[59.0])).caution is None
