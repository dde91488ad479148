"""Workbooks as people have them, each with a trap, and how many injects a person would find in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenario.formats import traps_of_form, traps_of_habit, traps_of_hands, traps_of_time, traps_of_tongues
from tests.scenario.formats.words import HSEEP, STORY, hseep, saved, table, workbook


@dataclass(frozen=True)
class Trap:
    """A file: its name, how it is made, the rows of it that are injects, and the days they fall on."""

    name: str
    make: Callable[[], bytes]
    injects: int
    days: int = 1


def _plain() -> bytes:
    rows = [
        HSEEP,
        *[hseep(place + 1, f"{9 + place // 2:02}:{place % 2 * 30:02}", text) for place, text in enumerate(STORY)],
    ]
    return workbook({"MSEL": rows})


def _titles_above() -> bytes:
    rows: list[list[Any]] = [
        [],
        ["", "", "EXERCISE STEADY HARBOUR"],
        ["Master Scenario Events List", "", "", "", "Version 3"],
        [],
        ["EXERCISE EXERCISE EXERCISE"],
        [],
        HSEEP,
    ]
    rows += [hseep(place + 1, f"{9 + place:02}00L", text) for place, text in enumerate(STORY[:6])]
    return workbook({"MSEL": rows}, {"MSEL": ["C2:H2", "A5:J5"]})


def _merged_header() -> bytes:
    rows: list[list[Any]] = [
        ["#", "Times", "", "Message", "", "", "Players", "Notes"],
        ["", "Scenario", "Real", "From", "To", "Text", "Expected action", ""],
    ]
    rows += [
        [place + 1, f"Day {place + 1}", f"{9 + place:02}:15", "Navy", "All", text, "Answer the call", "---"]
        for place, text in enumerate(STORY[:5])
    ]
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
        {
            "MSEL old": old,
            "MSEL": new,
            "Copy of MSEL": old,
            "MSEL (archive)": old,
            "backstage": old,
            "Contacts": [["Name", "Phone", "Email"], ["Ana", "1", "a@example.org"], ["Budi", "2", "b@example.org"]],
        },
        hidden=["backstage"],
    )


def _versions() -> bytes:
    one = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:5])]]
    two = [HSEEP, *[hseep(place + 1, f"{9 + place:02}30", text) for place, text in enumerate(STORY[:7])]]
    return workbook({"MSEL v1": one, "MSEL v2": two})


def _sheet_a_day() -> bytes:
    return workbook(
        {
            f"Day {day}": [
                [f"Day {day}"],
                HSEEP,
                *[hseep(place + 1, f"{9 + place:02}00", f"Day {day}: {text}") for place, text in enumerate(STORY[:4])],
            ]
            for day in (1, 2, 3)
        }
    )


def _composite() -> bytes:
    days: dict[str, list[list[Any]]] = {
        f"D{day}": [
            HSEEP,
            *[
                hseep(f"D{day}-{place:02}", f"{9 + place:02}00", f"{text} ({day})")
                for place, text in enumerate(STORY[:4], 1)
            ],
        ]
        for day in (1, 2)
    }
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
        HSEEP,
        ["DAY 1"],
        ["", "0830", "", "", "", "", "STARTEX", "", "", ""],
        ["MODULE 1 - Alert"],
        hseep(1, "0900", STORY[0]),
        hseep(2, "0930", STORY[1]),
        ["", "1000", "COFFEE BREAK"],
        ["MODULE 2 - Landing"],
        hseep(3, "1030", STORY[2]),
        hseep(4, "1100", STORY[3]),
        ["", "1200", "", "", "", "", "LUNCH BREAK", "", "", ""],
        ["", "1600", "", "", "", "", "PAUSEX", "", "", ""],
        ["DAY 2"],
        ["MODULE 3 - Reception"],
        hseep(5, "0900", STORY[4]),
        hseep(6, "1000", STORY[5]),
        ["", "1100", "", "", "", "", "ENDEX", "", "", ""],
    ]
    return workbook({"MSEL": rows}, {"MSEL": ["A2:J2", "A4:J4", "A8:J8", "A13:J13", "A14:J14"]})


def _children() -> bytes:
    rows: list[Any] = [
        HSEEP,
        hseep(4, "0900", STORY[0]),
        hseep(5, "0930", STORY[1]),
        hseep("5-A", "", "If nobody coordinates: the centre calls again.", "Contingency Inject"),
        hseep("5-B", "", "Second reminder by e-mail.", "Contingency Inject"),
        hseep(6, "1000", STORY[2]),
        hseep("6.1", "1010", "The master repeats the question.", ""),
        hseep("12", "1100", STORY[3]),
        hseep("12a", "1115", "Once more, with a doctor on the line.", "Contingency"),
    ]
    return workbook({"MSEL": rows})


def _branch() -> bytes:
    rows: list[Any] = [
        HSEEP,
        hseep(1, "0900", STORY[0]),
        hseep(2, "0930", "Which port is named?"),
        hseep("2a", "1000", "If a port is named: the ship turns north.", ""),
        hseep("2b", "1000", "If no port is named: the ship waits outside.", ""),
        hseep(3, "1030", STORY[2]),
    ]
    return workbook({"MSEL": rows})


def _semicolons() -> bytes:
    rows: list[list[Any]] = [
        ["N°", "Heure", "Emetteur", "Destinataire", "Moyen", "Message", "Réaction attendue", "Remarques"]
    ]
    rows += [
        [
            str(place + 1),
            f"{9 + place}h30",
            "Préfecture",
            "Tous les joueurs",
            "Téléphone",
            f"Événement {place}\n{text}",
            "Prévenir l’autorité",
            "N/A",
        ]
        for place, text in enumerate(STORY[:6])
    ]
    return table(rows, ";").encode("cp1252")


def _utf16() -> bytes:
    rows: list[list[Any]] = [["Nº", "Hora", "De", "Para", "Medio", "Descripción", "Respuesta esperada"]]
    rows += [
        [str(place + 1), f"{9 + place:02}:00", "Capitanía", "Policía", "Correo", text, "Avisar"]
        for place, text in enumerate(STORY[:6])
    ]
    return table(rows, "\t").encode("utf-16")


def _pipes() -> bytes:
    rows: list[list[Any]] = [["No", "Waktu", "Dari", "Kepada", "Sarana", "Uraian", "Tindakan yang diharapkan"]]
    rows += [
        [str(place + 1), f"{9 + place:02}.00", "Basarnas", "Polisi", "Telepon", text, "Laporkan"]
        for place, text in enumerate(STORY[:6])
    ]
    return ("\ufeff" + table(rows, "|")).encode()


TRAPS = (
    Trap("header of two rows.xlsx", traps_of_form.unmerged_header, 8),
    Trap("events and injects.xlsx", traps_of_form.events_and_injects, 8),
    Trap("open document.ods", traps_of_form.open_document, 8),
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
    Trap("date-time groups.xlsx", traps_of_time.zoned, 5, 2),
    Trap("odd times.xlsx", traps_of_time.odd_times, 10),
    Trap("serial times.xlsx", traps_of_time.serials, 5),
    Trap("full dates.xlsx", traps_of_time.full_dates, 4, 2),
    Trap("relative times.xlsx", traps_of_time.relative, 5, 2),
    Trap("from the start.xlsx", traps_of_time.from_start, 6),
    Trap("minutes.xlsx", traps_of_time.minutes, 8),
    Trap("midnight.xlsx", traps_of_time.midnight, 6),
    Trap("mornings.xlsx", traps_of_time.mornings, 8, 3),
    Trap("semicolons.csv", _semicolons, 6),
    Trap("utf-16.csv", _utf16, 6),
    Trap("pipes.csv", _pipes, 6),
    Trap("t3sf.xlsx", traps_of_form.t3sf, 5),
    Trap("blueprint.xlsx", traps_of_form.blueprint, 6),
    Trap("merged down.xlsx", traps_of_form.merged_down, 8, 2),
    Trap("no header.csv", traps_of_form.no_header, 8),
    Trap("other tongue.xlsx", traps_of_form.other_tongue, 8),
    Trap("tabletop.xlsx", traps_of_form.tabletop, 3),
    Trap("two tables.xlsx", traps_of_form.two_tables, 4),
    Trap("an alliance's.xlsx", traps_of_habit.alliance, 6, 3),
    Trap("an agency's.xlsx", traps_of_habit.agency, 8),
    Trap("arabic.xlsx", traps_of_habit.arabic, 6),
    Trap("thai.xlsx", traps_of_habit.thai, 5),
    Trap("vietnamese.csv", traps_of_habit.vietnamese, 5),
    Trap("german.csv", traps_of_habit.german, 4),
    Trap("side by side.xlsx", traps_of_habit.side_by_side, 5),
    Trap("contacts beside.xlsx", traps_of_habit.contacts_beside, 5),
    Trap("headed days.xlsx", traps_of_habit.headed_days, 8, 2),
    Trap("first day.xlsx", traps_of_habit.first_day, 6, 3),
    Trap("stages.xlsx", traps_of_habit.stages, 4),
    Trap("senegal.xlsx", traps_of_tongues.senegal, 6, 2),
    Trap("mexico.xlsx", traps_of_tongues.mexico, 6, 2),
    Trap("brazil.xlsx", traps_of_tongues.brazil, 6, 2),
    Trap("gulf.xlsx", traps_of_tongues.gulf, 6, 2),
    Trap("kazakhstan.xlsx", traps_of_tongues.kazakhstan, 6, 2),
    Trap("indonesia.xlsx", traps_of_tongues.indonesia, 6, 2),
    Trap("kenya.xlsx", traps_of_tongues.kenya, 6),
    Trap("philippines.xlsx", traps_of_tongues.philippines, 6, 2),
    Trap("turkey.csv", traps_of_tongues.turkey, 6, 2),
    Trap("italy.xlsx", traps_of_tongues.italy, 4),
    Trap("ethiopia.xlsx", traps_of_tongues.ethiopia, 6, 2),
    Trap("china.xlsx", traps_of_tongues.china, 6, 2),
    Trap("japan.xlsx", traps_of_tongues.japan, 4),
    Trap("frozen notes.xlsx", traps_of_hands.frozen_notes, 6),
    Trap("banners.xlsx", traps_of_hands.banners, 8, 2),
    Trap("by the hour.xlsx", traps_of_hands.by_the_hour, 5),
    Trap("units below.xlsx", traps_of_hands.units_below, 8),
    Trap("mixed clocks.xlsx", traps_of_hands.mixed_clocks, 8, 2),
    Trap("two orders.csv", traps_of_hands.two_orders, 6, 2),
    Trap("texts for numbers.xlsx", traps_of_hands.texts_for_numbers, 7),
    Trap("struck.xlsx", traps_of_hands.struck, 5),
    Trap("grouped.xlsx", traps_of_hands.grouped, 8),
    Trap("united.xlsx", traps_of_hands.united, 8, 2),
    Trap("marked wrongly.csv", traps_of_hands.marked_wrongly, 6),
    Trap("tabs.txt", traps_of_hands.tabs, 6),
    Trap("russian.xlsx", traps_of_hands.russian, 6),
    Trap("french.json", traps_of_hands.french, 5),
    Trap("elapsed.xlsx", traps_of_hands.elapsed, 7, 2),
    Trap("afternoons.xlsx", traps_of_hands.afternoons, 6),
    Trap("said once.xlsx", traps_of_hands.said_once, 6),
    Trap("cards.xlsx", traps_of_hands.cards, 6),
    Trap("a database's dates.xlsx", traps_of_form.dated_cells, 6, 2),
    Trap("thirty columns.xlsx", traps_of_form.thirty_columns, 6),
)
