"""Workbooks as people have them, each with a trap, and how many injects a person would find in it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenario.formats.words import HSEEP, STORY, saved, table, workbook


@dataclass(frozen=True)
class Trap:
    """A file: its name, how it is made, the rows of it that are injects, and the days they fall on."""

    name: str
    make: Callable[[], bytes]
    injects: int
    days: int = 1


def hseep(number: object, time: object, text: str, kind: str = "Inject", mode: str = "Phone") -> list[Any]:
    return [number, time, kind, mode, "Coast guard", "Police; Navy", text, "- Confirm\n- Pass on", "Obj 1", ""]


def _plain() -> bytes:
    rows = [
        HSEEP,
        *[hseep(place + 1, f"{9 + place // 2:02}:{place % 2 * 30:02}", text) for place, text in enumerate(STORY)],
    ]
    return workbook({"MSEL": rows})


def _titles_above() -> bytes:
    rows: list[list[Any]] = [
        [], ["", "", "EXERCISE STEADY HARBOUR"], ["Master Scenario Events List", "", "", "", "Version 3"], [],
        ["EXERCISE EXERCISE EXERCISE"], [], HSEEP,
    ]  # fmt: skip
    rows += [hseep(place + 1, f"{9 + place:02}00L", text) for place, text in enumerate(STORY[:6])]
    return workbook({"MSEL": rows}, {"MSEL": ["C2:H2", "A5:J5"]})


def _merged_header() -> bytes:
    rows: list[list[Any]] = [
        ["#", "Times", "", "Message", "", "", "Players", "Notes"],
        ["", "Scenario", "Real", "From", "To", "Text", "Expected action", ""],
    ]
    rows += [[place + 1, f"Day {place + 1}", f"{9 + place:02}:15", "Navy", "All", text, "Answer the call", "---"]
             for place, text in enumerate(STORY[:5])]  # fmt: skip
    return workbook({"Injects": rows}, {"Injects": ["B1:C1", "D1:F1", "A1:A2", "H1:H2"]})


def _repeated_header() -> bytes:
    rows: list[list[Any]] = [HSEEP]
    for place, text in enumerate(STORY):
        if place in (3, 6):
            rows += [[], ["Page", place // 3], HSEEP]
        rows.append(hseep(place + 1, 900 + place * 100, text))
    return workbook({"MSEL": rows})


def _hidden_and_stale() -> bytes:
    new: list[Any] = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:6])]]
    old: list[Any] = [HSEEP, *[hseep(place + 1, f"{8 + place:02}00", text) for place, text in enumerate(STORY[:4])]]
    return workbook(
        {"MSEL old": old, "MSEL": new, "Copy of MSEL": old, "MSEL (archive)": old, "backstage": old,
         "Contacts": [["Name", "Phone", "Email"], ["Ana", "1", "a@example.org"], ["Budi", "2", "b@example.org"]]},
        hidden=["backstage"],
    )  # fmt: skip


def _versions() -> bytes:
    one = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:5])]]
    two = [HSEEP, *[hseep(place + 1, f"{9 + place:02}30", text) for place, text in enumerate(STORY[:7])]]
    return workbook({"MSEL v1": one, "MSEL v2": two})


def _sheet_a_day() -> bytes:
    return workbook(
        {
            f"Day {day}": [
                [f"Day {day}"], HSEEP,
                *[hseep(place + 1, f"{9 + place:02}00", f"Day {day}: {text}") for place, text in enumerate(STORY[:4])],
            ]
            for day in (1, 2, 3)
        }
    )  # fmt: skip


def _composite() -> bytes:
    days: dict[str, list[list[Any]]] = {
        f"D{day}": [HSEEP, *[hseep(f"D{day}-{place:02}", f"{9 + place:02}00", f"{text} ({day})")
                             for place, text in enumerate(STORY[:4], 1)]]
        for day in (1, 2)
    }  # fmt: skip
    short: list[list[Any]] = [
        ["No", "Time", "Inject"],
        *[[row[0], row[1], row[6]] for rows in days.values() for row in rows[1:]],
    ]
    return workbook({"PRINT ALL": short, **days})


def _wide() -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for column, header in enumerate(HSEEP, 1):
        sheet.cell(3, column * 3, header)
    for place, text in enumerate(STORY):
        for column, value in enumerate(hseep(place + 1, f"{9 + place:02}00", text), 1):
            sheet.cell(place * 2 + 4, column * 3, value)
    for row in range(1, 40):
        for column in range(40, 2000):
            sheet.cell(row, column).fill = PatternFill("solid", "FFEEEEEE")
    sheet.cell(5000, 3000).fill = PatternFill("solid", "FFEEEEEE")
    return saved(book)


def _empty_signs() -> bytes:
    rows: list[Any] = [HSEEP]
    for place, text in enumerate(STORY[:5]):
        rows.append([place + 1, f"{9 + place:02}00", "---", "N/A", "TBD", "-", text, "–", "n/a", "TBC"])
        rows.append(["---"] * 10)
    return workbook({"MSEL": rows})


def _continued() -> bytes:
    rows: list[list[Any]] = [HSEEP]
    for place, text in enumerate(STORY[:4]):
        rows.append(hseep(place + 1, f"{9 + place:02}00", text))
        rows.append(["", "", "", "", "", "", "Further: the caller rings off.", "- Call back", "", ""])
    return workbook({"MSEL": rows})


def _sections() -> bytes:
    rows: list[list[Any]] = [
        HSEEP, ["DAY 1"], ["", "0830", "", "", "", "", "STARTEX", "", "", ""], ["MODULE 1 - Alert"],
        hseep(1, "0900", STORY[0]), hseep(2, "0930", STORY[1]), ["", "1000", "COFFEE BREAK"], ["MODULE 2 - Landing"],
        hseep(3, "1030", STORY[2]), hseep(4, "1100", STORY[3]), ["", "1200", "", "", "", "", "LUNCH BREAK", "", "", ""],
        ["", "1600", "", "", "", "", "PAUSEX", "", "", ""], ["DAY 2"], ["MODULE 3 - Reception"],
        hseep(5, "0900", STORY[4]), hseep(6, "1000", STORY[5]), ["", "1100", "", "", "", "", "ENDEX", "", "", ""],
    ]  # fmt: skip
    return workbook({"MSEL": rows}, {"MSEL": ["A2:J2", "A4:J4", "A8:J8", "A13:J13", "A14:J14"]})


def _children() -> bytes:
    rows: list[Any] = [HSEEP, hseep(4, "0900", STORY[0]), hseep(5, "0930", STORY[1]),
            hseep("5-A", "", "If nobody coordinates: the centre calls again.", "Contingency Inject"),
            hseep("5-B", "", "Second reminder by e-mail.", "Contingency Inject"), hseep(6, "1000", STORY[2]),
            hseep("6.1", "1010", "The master repeats the question.", ""), hseep("12", "1100", STORY[3]),
            hseep("12a", "1115", "Once more, with a doctor on the line.", "Contingency")]  # fmt: skip
    return workbook({"MSEL": rows})


def _branch() -> bytes:
    rows: list[Any] = [HSEEP, hseep(1, "0900", STORY[0]), hseep(2, "0930", "Which port is named?"),
            hseep("2a", "1000", "If a port is named: the ship turns north.", ""),
            hseep("2b", "1000", "If no port is named: the ship waits outside.", ""), hseep(3, "1030", STORY[2])]  # fmt: skip
    return workbook({"MSEL": rows})


def _zoned() -> bytes:
    times = ["210900LAUG2011", "210945LAUG2011", "211500L AUG 11", "220800LAUG2011", "220930ZAUG2011"]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def _odd_times() -> bytes:
    times: list[Any] = ["0700L", "600", "00900", "9:00 AM", "9.30", "0940-1000", 1015, "1030 hrs", "11h00", "noon"]
    times[0], times[1] = "600", "0700L"
    return workbook(
        {"MSEL": [HSEEP, *[hseep(place + 1, time, f"{STORY[place % 8]} {place}") for place, time in enumerate(times)]]}
    )


def _serials() -> bytes:
    times = [0.375, 0.40625, 45_000.5, 45_000.625]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times[:2])],
                              *[hseep(place + 3, dt.time(10 + place, 30), STORY[place + 2]) for place in range(3)]]})  # fmt: skip


def _full_dates() -> bytes:
    times = [dt.datetime(2025, 5, 12, 9), dt.datetime(2025, 5, 12, 11), dt.datetime(2025, 5, 13, 9), 45_790.5]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def _relative() -> bytes:
    head = ["Type", "Title", "Trigger time", "Teams", "Subject", "Message", "Description", "Expectation description",
            "Expectation name", "Expectation score"]  # fmt: skip
    times = ["J H+0", "J+0 H+1 M+30", "J+0 H+2 M-5", "J+1 H+1", "J+1 H+2 M-5"]
    rows = [head] + [["mail" if place % 2 else "sms", f"Message {place}", time, "Police", f"Subject {place}", STORY[place],
                      "For the white cell", "They answer", "Answered", 100] for place, time in enumerate(times)]  # fmt: skip
    return workbook({"CHECKLIST": rows})


def _from_start() -> bytes:
    times = ["StartEx", "T+15", "+00:30", "StartEx + 1h", "T+1:30", "STARTEX + 2h"]
    rows: list[list[Any]] = [["Serial", "Time", "Inject", "From", "To", "Expected response"]]
    return workbook({"MEL": rows + [[place + 1, time, STORY[place], "SimCell", "EOC", "They act"]
                                    for place, time in enumerate(times)]})  # fmt: skip


def _minutes() -> bytes:
    rows: list[list[Any]] = [["Inject", "Elapsed time (min)", "Description", "Delivery method", "Expected actions"]]
    return workbook(
        {"Injects": rows + [[place + 1, place * 15, text, "Email", "Act"] for place, text in enumerate(STORY)]}
    )


def _midnight() -> bytes:
    times = ["2200", "2245", "2330", "0015", "0130", "0200"]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def _mornings() -> bytes:
    times = ["0900", "1100", "1500", "0900", "1030", "1600", "0915", "1100"]
    return workbook({"MSEL": [HSEEP, *[hseep(place + 1, time, STORY[place]) for place, time in enumerate(times)]]})


def _semicolons() -> bytes:
    rows: list[list[Any]] = [
        ["N°", "Heure", "Emetteur", "Destinataire", "Moyen", "Message", "Réaction attendue", "Remarques"]
    ]
    rows += [[str(place + 1), f"{9 + place}h30", "Préfecture", "Tous les joueurs", "Téléphone", f"Événement {place}\n{text}",
              "Prévenir l’autorité", "N/A"] for place, text in enumerate(STORY[:6])]  # fmt: skip
    return table(rows, ";").encode("cp1252")


def _utf16() -> bytes:
    rows: list[list[Any]] = [["Nº", "Hora", "De", "Para", "Medio", "Descripción", "Respuesta esperada"]]
    rows += [[str(place + 1), f"{9 + place:02}:00", "Capitanía", "Policía", "Correo", text, "Avisar"]
             for place, text in enumerate(STORY[:6])]  # fmt: skip
    return table(rows, "\t").encode("utf-16")


def _pipes() -> bytes:
    rows: list[list[Any]] = [["No", "Waktu", "Dari", "Kepada", "Sarana", "Uraian", "Tindakan yang diharapkan"]]
    rows += [[str(place + 1), f"{9 + place:02}.00", "Basarnas", "Polisi", "Telepon", text, "Laporkan"]
             for place, text in enumerate(STORY[:6])]  # fmt: skip
    return ("\ufeff" + table(rows, "|")).encode()


def _t3sf() -> bytes:
    rows: list[list[Any]] = [["#", "Real Time", "Date", "Subject", "From", "Player", "Script", "Photo", "Picture Name",
                                 "Profile", "Poll"]]  # fmt: skip
    rows += [[place + 1, f"07:{29 + place} PM", f"Monday {9 + place}:00 AM", f"Subject {place}", "Security desk", "Legal",
              text, "", "a.png", "", "Pay | Wait" if place == 2 else ""] for place, text in enumerate(STORY[:5])]  # fmt: skip
    return workbook({"MSEL": rows})


def _blueprint() -> bytes:
    rows: list[list[Any]] = [["Control Number", "Move", "Status", "From Org", "To Org", "Title", "Description", "Details",
                                 "Delivery Method", "Assigned To", "Integration Target"]]  # fmt: skip
    rows += [[f"A-{place:03}", 1 + place // 3, "Approved", "CERT", "Bank", f"Event {place}", text, "More of it", "Email",
              "White cell", "Gallery"] for place, text in enumerate(STORY[:6])]  # fmt: skip
    return workbook({"Sheet1": rows})


def _merged_down() -> bytes:
    rows: list[list[Any]] = [["Day", "Time", "Inject #", "Inject description", "From", "To", "Objective"]]
    for place, text in enumerate(STORY):
        rows.append([f"Day {1 + place // 4}" if place % 4 == 0 else None, f"{9 + place % 4:02}00", place + 1, text,
                     "Navy" if place % 2 == 0 else None, "Police", "1" if place % 4 == 0 else None])  # fmt: skip
    return workbook({"Plan": rows}, {"Plan": ["A2:A5", "A6:A9", "E2:E3", "E4:E5", "E6:E7", "E8:E9", "G2:G5", "G6:G9"]})


def _no_header() -> bytes:
    rows: list[list[Any]] = [
        [str(place + 1), f"{9 + place:02}:00", "Navy", "Police", text] for place, text in enumerate(STORY)
    ]
    return table(rows).encode()


def _other_tongue() -> bytes:
    rows: list[list[Any]] = [["Ч.", "Час", "Звідки", "Подія"]]
    rows += [[place + 1, f"{9 + place:02}:00", "Берегова охорона", text] for place, text in enumerate(STORY)]
    return workbook({"Аркуш1": rows})


def _tabletop() -> bytes:
    rows: list[list[Any]] = [
        ["Module", "Inject", "Discussion questions", "Facilitator notes", "Duration"],
        ["Module 1", STORY[0], "1. Who coordinates?\n2. Who is told?", "Let them argue", "20 min"],
        ["Module 1", STORY[1], "Who takes over, and when?", "", "30 min"],
        ["Module 2", STORY[2], "Which port? On what basis?", "", 45],
    ]
    return workbook({"Injects": rows})


def _two_tables() -> bytes:
    rows: list[list[Any]] = [
        HSEEP,
        *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:4])],
    ]
    rows += [[], ["Points of contact"], ["Name", "Phone", "Email"], ["Ana", "123", "ana@example.org"]]
    return workbook({"MSEL": rows})


TRAPS = (
    Trap("plain.xlsx", _plain, 8),
    Trap("titles above.xlsx", _titles_above, 6),
    Trap("merged header.xlsx", _merged_header, 5),
    Trap("repeated header.xlsx", _repeated_header, 8),
    Trap("hidden and stale.xlsx", _hidden_and_stale, 6),
    Trap("versions.xlsx", _versions, 7),
    Trap("sheet a day.xlsx", _sheet_a_day, 12, 3),
    Trap("composite.xlsx", _composite, 8, 2),
    Trap("thousands of empty columns.xlsx", _wide, 8),
    Trap("signs for nothing.xlsx", _empty_signs, 5),
    Trap("continued rows.xlsx", _continued, 4),
    Trap("sections.xlsx", _sections, 6, 2),
    Trap("children.xlsx", _children, 8),
    Trap("branch.xlsx", _branch, 5),
    Trap("date-time groups.xlsx", _zoned, 5, 2),
    Trap("odd times.xlsx", _odd_times, 10),
    Trap("serial times.xlsx", _serials, 5),
    Trap("full dates.xlsx", _full_dates, 4, 2),
    Trap("relative times.xlsx", _relative, 5, 2),
    Trap("from the start.xlsx", _from_start, 6),
    Trap("minutes.xlsx", _minutes, 8),
    Trap("midnight.xlsx", _midnight, 6),
    Trap("mornings.xlsx", _mornings, 8, 3),
    Trap("semicolons.csv", _semicolons, 6),
    Trap("utf-16.csv", _utf16, 6),
    Trap("pipes.csv", _pipes, 6),
    Trap("t3sf.xlsx", _t3sf, 5),
    Trap("blueprint.xlsx", _blueprint, 6),
    Trap("merged down.xlsx", _merged_down, 8, 2),
    Trap("no header.csv", _no_header, 8),
    Trap("other tongue.xlsx", _other_tongue, 8),
    Trap("tabletop.xlsx", _tabletop, 3),
    Trap("two tables.xlsx", _two_tables, 4),
)
