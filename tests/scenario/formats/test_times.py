"""Times as people write them."""

import datetime as dt

import pytest

from ttx.scenario.formats.times import Cell, Moment, counted, moment, month_first

CLOCKS = {
    "0700L": 420, "0700Z": 420, "600": 360, "00900": 540, "9:00 AM": 540, "9.30": 570, "07:29 PM": 1169, "noon": 720,
    "14h30": 870, "14h": 840, "0900 hrs": 540, "0930 (approx)": 570, "0700hrs local time": 420, "2400": 0, "9am": 540,
    "12:30 am": 30, "12:15 PM": 735, "~0930": 570, "23:59:40": 1439,
}  # fmt: skip


@pytest.mark.parametrize("text,minute", CLOCKS.items())
def test_a_clock_time_in_any_spelling_is_read(text, minute):
    assert moment(text) == Moment(minute)


@pytest.mark.parametrize(
    "text,when",
    [
        ("210900AUG2011", Moment(540, on=dt.date(2011, 8, 21))),
        ("210900ZAUG11", Moment(540, on=dt.date(2011, 8, 21))),
        ("21 0900Z AUG 2011", Moment(540, on=dt.date(2011, 8, 21))),
        ("26/06/2024 07h00", Moment(420, on=dt.date(2024, 6, 26))),
        ("2011-08-21T09:00Z", Moment(540, on=dt.date(2011, 8, 21))),
        ("Monday 9:30 AM", Moment(570, weekday=0)),
        ("5 May 2025, 09:00", Moment(540, on=dt.date(2025, 5, 5))),
        ("D+1 0900", Moment(540, day=2)),
        ("Day 2 0900", Moment(540, day=2)),
        ("Hari ke-2, 09.00", Moment(540, day=2)),
        ("D+1", Moment(day=2)),
        ("J+1 H+2 M-5", Moment(115, day=2, offset=True)),
        ("T+15", Moment(15, offset=True)),
        ("T+0130", Moment(90, offset=True)),
        ("+00:30", Moment(30, offset=True)),
        ("StartEx + 2h", Moment(120, offset=True)),
        ("STARTEX", Moment(0, offset=True)),
        ("H+1", Moment(60, offset=True)),
        ("T-10", Moment(-10, offset=True)),
        ("0900-0930", Moment(540, until=570)),
        ("9:00 - 10:30 a.m.", Moment(540, until=630)),
    ],
)
def test_dates_days_spans_and_offsets_are_read(text, when):
    assert moment(text) == when


@pytest.mark.parametrize(
    "cell,when",
    [
        (0.375, Moment(540)),
        (600, Moment(360)),
        (1345, Moment(825)),
        (9.3, Moment(570)),
        (45_000.5, Moment(720, on=dt.date(2023, 3, 15))),
        (dt.time(9, 5), Moment(545)),
        (dt.datetime.combine(dt.date(2025, 1, 2), dt.time(9, 30)), Moment(570, on=dt.date(2025, 1, 2))),
        (dt.datetime.combine(dt.date(1899, 12, 31), dt.time(9, 30)), Moment(570)),
        (dt.timedelta(hours=9), Moment(540)),
        (dt.timedelta(hours=30), Moment(1800, offset=True)),
    ],
)
def test_what_a_spreadsheet_keeps_as_a_number_or_time_is_read(cell: Cell, when):
    assert moment(cell) == when


@pytest.mark.parametrize(
    "text",
    ["", "TBD", "as required", "on arrival of the team", "10 people", "Module 1", "9:75", "25:00", "A1", "x" * 90],
)
def test_what_says_no_time_is_none(text):
    assert moment(text) is None


def test_numbers_that_only_grow_are_minutes_from_the_start():
    assert counted([0, 15, 30, 75])
    assert counted(["0", "45", "90"])
    assert not counted([900, 930, 1000])
    assert not counted([9, 10, 11])


def test_a_date_that_has_a_thirteenth_month_tells_for_the_whole_column():
    column: list[Cell] = ["05/12/2025", "05/13/2025"]

    assert month_first(column)
    assert moment("05/12/2025", month_first=True) == Moment(on=dt.date(2025, 5, 12))
    assert moment("05/12/2025") == Moment(on=dt.date(2025, 12, 5))
