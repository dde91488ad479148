"""Workbooks whose trap is how times and days are written."""

import datetime as dt
from typing import Any

from tests.scenario.formats.words import HSEEP, STORY, hseep, workbook


def zoned() -> bytes:
    times = ["210900LAUG2011", "210945LAUG2011", "211500L AUG 11", "220800LAUG2011", "220930ZAUG2011"]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def odd_times() -> bytes:
    times: list[Any] = ["0700L", "600", "00900", "9:00 AM", "9.30", "0940-1000", 1015, "1030 hrs", "11h00", "noon"]
    times[0], times[1] = "600", "0700L"
    return workbook(
        {"MSEL": [HSEEP, *[hseep(place + 1, time, f"{STORY[place % 8]} {place}") for place, time in enumerate(times)]]}
    )


def serials() -> bytes:
    times = [0.375, 0.40625, 45_000.5, 45_000.625]
    return workbook(
        {
            "MSEL": [
                HSEEP,
                *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times[:2])],
                *[hseep(place + 3, dt.time(10 + place, 30), STORY[place + 2]) for place in range(3)],
            ]
        }
    )


def full_dates() -> bytes:
    times = [
        dt.datetime.combine(dt.date(2025, 5, 12), dt.time(9)),
        dt.datetime.combine(dt.date(2025, 5, 12), dt.time(11)),
        dt.datetime.combine(dt.date(2025, 5, 13), dt.time(9)),
        45_790.5,
    ]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def relative() -> bytes:
    head = [
        "Type",
        "Title",
        "Trigger time",
        "Teams",
        "Subject",
        "Message",
        "Description",
        "Expectation description",
        "Expectation name",
        "Expectation score",
    ]
    times = ["J H+0", "J+0 H+1 M+30", "J+0 H+2 M-5", "J+1 H+1", "J+1 H+2 M-5"]
    rows = [head] + [
        [
            "mail" if place % 2 else "sms",
            f"Message {place}",
            time,
            "Police",
            f"Subject {place}",
            STORY[place],
            "For the white cell",
            "They answer",
            "Answered",
            100,
        ]
        for place, time in enumerate(times)
    ]
    return workbook({"CHECKLIST": rows})


def from_start() -> bytes:
    times = ["StartEx", "T+15", "+00:30", "StartEx + 1h", "T+1:30", "STARTEX + 2h"]
    rows: list[list[Any]] = [["Serial", "Time", "Inject", "From", "To", "Expected response"]]
    return workbook(
        {
            "MEL": rows
            + [[place + 1, time, STORY[place], "SimCell", "EOC", "They act"] for place, time in enumerate(times)]
        }
    )


def minutes() -> bytes:
    rows: list[list[Any]] = [["Inject", "Elapsed time (min)", "Description", "Delivery method", "Expected actions"]]
    return workbook(
        {"Injects": rows + [[place + 1, place * 15, text, "Email", "Act"] for place, text in enumerate(STORY)]}
    )


def midnight() -> bytes:
    times = ["2200", "2245", "2330", "0015", "0130", "0200"]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def mornings() -> bytes:
    times = ["0900", "1100", "1500", "0900", "1030", "1600", "0915", "1100"]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})
