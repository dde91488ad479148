"""Lists as they leave the hands of those who keep them: noted, struck, grouped, filtered, saved by other programs."""

import datetime as dt
import json
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenario.formats.words import STORY, saved, table, workbook

CLOCKS = ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "13:30", "14:00")


def _sheet(title: str, rows: list[list[Any]]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book, sheet


def frozen_notes() -> bytes:
    """A shared sheet downloaded as .xlsx: frozen rows, tick boxes, a drop-down, notes at cells, empty columns."""
    head = [
        "Done?",
        "#",
        None,
        "Time",
        "What happens (read this out)",
        "Who gets it",
        "How",
        "What we hope for",
        "Owner",
    ]
    rows: list[list[Any]] = [["TTX planning sheet - do not sort!!"], head]
    for number, text in enumerate(STORY[:6], 1):
        rows.append(
            [False, number, None, dt.time(8 + number, 30), text, "Everyone", "Email", "They call each other", "JD"]
        )
    rows += [[False, None, None, None, None, None, None, None, None] for _ in range(200)]
    book, sheet = _sheet("Sheet1", rows)
    sheet.freeze_panes = "C3"
    sheet["E4"].comment = Comment("Maybe earlier?", "jd@example.org")
    ticks = DataValidation(type="list", formula1='"Email,Phone,WhatsApp"')
    sheet.add_data_validation(ticks)
    ticks.add("G3:G200")
    return saved(book)


def banners() -> bytes:
    """An Excel table per day under a merged banner; each day counts its injects from 1."""
    head = ["Inject", "Time", "Event", "From", "To", "Expected Participant Response"]
    rows: list[list[Any]] = []
    for day, weekday in ((1, "MONDAY"), (2, "TUESDAY")):
        rows.append([f"DAY {day} – {weekday} {3 + day} MAY 2026"])
        rows.append(head)
        rows += [
            [number, CLOCKS[number], text, "Coast guard", "All", "Confirm"]
            for number, text in enumerate(STORY[4 * day - 4 : 4 * day], 1)
        ]
        rows.append([])
    book, sheet = _sheet("MSEL", rows)
    for row in (1, 8):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
    sheet.add_table(Table(displayName="DayOne", ref="A2:F6"))
    sheet.add_table(Table(displayName="DayTwo", ref="A9:F13"))
    return saved(book)


def by_the_hour() -> bytes:
    """A board: hours across the top, and below each what comes, from whom, to whom."""
    head: list[Any] = ["Time", *[dt.time(9 + place) for place in range(5)]]
    return workbook(
        {
            "Board": [
                ["EXERCISE OPEN GATE"],
                head,
                ["Inject", *STORY[:5]],
                ["From", *["Harbour master"] * 5],
                ["To", *["Police", "Police; Navy", "All", "Ministry", "All"]],
                ["Expected", *["Answer within the hour"] * 5],
            ]
        }
    )


def units_below() -> bytes:
    """A line with how each column is to be filled in stands below the header."""
    rows = [
        ["Serial", "Phase", "Time", "Duration", "From", "To", "How", "Event", "Desired outcome"],
        [
            "(unique)",
            "(1-3)",
            "(hhmm local)",
            "(min)",
            "(role)",
            "(cell)",
            "(phone/e-mail)",
            "(max. 100 words)",
            "(SMART)",
        ],
    ]
    rows += [
        [
            f"{100 + number}",
            f"Phase {1 + number // 4}",
            CLOCKS[number].replace(":", ""),
            "20",
            "EXCON",
            "EOC",
            "phone",
            text,
            "Plan is activated",
        ]
        for number, text in enumerate(STORY)
    ]
    return workbook({"Serials": rows})


def mixed_clocks() -> bytes:
    """Everybody wrote times in a way of his own."""
    times = [
        "D 09h00",
        "9.30 Uhr",
        "10:15 AM (local)",
        "1130hrs",
        "2:30 PM (local)",
        "D+1 14h30",
        "D+1, 3.15 p.m.",
        "D+1 1600L",
    ]
    rows = [
        [number, time, text, "Watch", "All"] for number, (time, text) in enumerate(zip(times, STORY, strict=True), 1)
    ]
    return workbook({"List": [["No", "When", "Inject text", "From", "To"], *rows]})


def two_orders() -> bytes:
    """Dates as texts, those of one author with the month in front."""
    dates = [
        "13/05/2026 09:00",
        "13/05/2026 10:00",
        "05/13/2026 11:00",
        "14/05/2026 09:00",
        "05/14/2026 10:00",
        "05/14/2026 11:00",
    ]
    rows = [
        [f"I-{number}", date, text, "Watch", "All"]
        for number, (date, text) in enumerate(zip(dates, STORY, strict=False), 1)
    ]
    return table([["ID", "Date/Time", "Message", "From", "To"], *rows]).encode()


def texts_for_numbers() -> bytes:
    """All cells are texts, numbers with leading noughts and blanks, as a database writes them."""
    rows = [
        [f" 00{number} ", f" {CLOCKS[number]}:00 ", " 015 ", f"  {text}  ", "Watch ", " ALL"]
        for number, text in enumerate(STORY[:7])
    ]
    return workbook({"Export": [[" NUMBER ", " TIME ", " MINUTES ", " DESCRIPTION ", " FROM ", " TO "], *rows]})


def struck() -> bytes:
    """Two injects are struck through, one is marked as cancelled in words; five are to be played."""
    rows: list[list[Any]] = [["No", "Time", "Inject", "From", "To", "Remarks"]]
    rows += [[number, CLOCKS[number - 1], text, "Watch", "All", ""] for number, text in enumerate(STORY, 1)]
    rows[5][5] = "CANCELLED - see No 6"
    book, sheet = _sheet("MSEL", rows)
    for row in (3, 8):
        for cell in sheet[row]:
            cell.font = Font(strike=True)
    return saved(book)


def grouped() -> bytes:
    """Rows grouped under storylines and folded, columns hidden: what is not seen is meant all the same."""
    rows: list[list[Any]] = [["ID", "Internal ref", "Time", "Inject", "From", "To"]]
    for line, first in (("STORYLINE A: THE BOAT", 0), ("STORYLINE B: THE VANS", 4)):
        rows.append([line])
        rows += [
            [f"{line[10]}{place + 1}", "x-9981", CLOCKS[first + place], STORY[first + place], "Watch", "All"]
            for place in range(4)
        ]
    book, sheet = _sheet("Storylines", rows)
    for first in (3, 8):
        sheet.row_dimensions.group(first, first + 3, hidden=first == 8)
    sheet.column_dimensions["B"].hidden = True
    return saved(book)


def united() -> bytes:
    """As humanitarian agencies plan: date and hour apart, entities, expected outputs, a total at the end."""
    head = [
        "S/N",
        "Date",
        "Hour",
        "Main event",
        "Injected by",
        "Recipient (entity/cluster)",
        "Modality",
        "Narrative of the inject",
        "Expected output(s)",
        "Lead facilitator",
    ]
    rows: list[list[Any]] = [
        [
            number,
            dt.date(2026, 5, 4 + number // 5),
            f"{CLOCKS[number - 1]} hrs",
            "Displacement",
            "Sim team",
            "Protection; Shelter",
            "WhatsApp",
            text,
            "1) Joint plan\n2) Flash appeal",
            "OCHA",
        ]
        for number, text in enumerate(STORY, 1)
    ]
    return workbook(
        {"SimEx": [["SimEx 2026 - Main Events and Injects List"], [], head, *rows, ["Total", None, None, "8 injects"]]}
    )


def marked_wrongly() -> bytes:
    """Windows-1252 with semicolons behind a mark of UTF-8, as an old macro saves it."""
    rows = [
        [
            str(number),
            CLOCKS[number],
            f"Der Hafen von Lübeck meldet: Fähre überfällig, Teil {number}",
            "Behörde",
            "Alle",
        ]
        for number in range(1, 7)
    ]
    return b"\xef\xbb\xbf" + table([["Nr.", "Uhrzeit", "Meldung", "Von", "An"], *rows], ";").encode("cp1252")


def tabs() -> bytes:
    """UTF-16 with tabs and texts over several lines, as a spreadsheet saves "Unicode text"."""
    rows = [
        [str(number), CLOCKS[number], f"{text}\nHe waits for an answer.", "Watch", "All"]
        for number, text in enumerate(STORY[:6])
    ]
    return table([["No.", "Time", "Message", "From", "To"], *rows], "\t").encode("utf-16")


def russian() -> bytes:
    head = [
        "№ п/п",
        "Время",
        "Содержание вводной",
        "От кого",
        "Кому",
        "Способ доведения",
        "Ожидаемые действия обучаемых",
    ]
    text = "Рыболовное судно сообщает об отказе двигателя в двадцати милях от берега, на борту около ста человек"
    rows = [
        [
            number,
            f"{8 + number}.{15 * (number % 4):02}",
            f"{text} ({number})",
            "Дежурный",
            "Всем",
            "Телефон",
            "Доложить",
        ]
        for number in range(1, 7)
    ]
    return workbook({"План": [["План проведения тренировки «Маяк»"], head, *rows]})


def french() -> bytes:
    """Keys in French, in the JSON of a T3SF exercise."""
    return json.dumps(
        [
            {
                "N°": number,
                "Heure réelle": CLOCKS[number],
                "Date": "04/05/2026",
                "Sujet": f"Alerte {number}",
                "De": "CROSS",
                "Joueur": "Marine",
                "Message": f"Un navire de pêche signale une panne à vingt milles de la côte ({number}).",
                "Photo": "",
                "Sondage": "Répondre | Attendre" if number == 2 else "",
            }
            for number in range(1, 6)
        ],
        ensure_ascii=False,
    ).encode()


def elapsed() -> bytes:
    """Hours since the start, beyond a day, as Excel counts them in [h]:mm."""
    rows: list[list[Any]] = [["#", "Elapsed time", "Inject", "From", "To"]]
    hours = (0, 1.5, 3, 5, 24.5, 26, 28)
    rows += [
        [number, dt.timedelta(hours=hour), text, "Watch", "All"]
        for number, (hour, text) in enumerate(zip(hours, STORY, strict=False), 1)
    ]
    book, sheet = _sheet("Timeline", rows)
    for row in range(2, len(rows) + 1):
        sheet.cell(row, 2).number_format = "[h]:mm"
    return saved(book)


def afternoons() -> bytes:
    """Hours of the clock's twelve, with am and pm only where it changes."""
    times = ("9:00 am", "10:30", "11:45", "1:15 pm", "2:30", "4:00")
    rows = [
        [number, time, text, "Watch", "All"] for number, (time, text) in enumerate(zip(times, STORY, strict=False), 1)
    ]
    return workbook({"MSEL": [["Inject #", "Time", "Inject description", "From", "To"], *rows]})


def said_once() -> bytes:
    """Sender, receiver and session stand only where they change, as people leave out what repeats; a key follows."""
    rows: list[list[Any]] = [["Session", "No", "Time", "From", "To", "Message"]]
    for number, text in enumerate(STORY[:6]):
        first = number % 3 == 0
        rows.append(
            [
                f"Session {1 + number // 3}" if first else None,
                number + 1,
                CLOCKS[number],
                "Watch" if first else None,
                "All" if first else None,
                text,
            ]
        )
    rows += [[], ["Key:"], ["Watch", "The watch officer, played by the control cell"], ["All", "All tables"]]
    return workbook({"MSEL": rows})


def cards() -> bytes:
    """A form per inject, two beside each other and three below, as printed on cards with labels above the values."""
    rows: list[list[Any]] = []
    for pair in range(3):
        one, other = STORY[2 * pair], STORY[2 * pair + 1]
        number = 2 * pair + 1
        rows.append(["Inject No:", number, None, "Inject No:", number + 1])
        rows.append(["Time:", CLOCKS[number - 1], None, "Time:", CLOCKS[number]])
        rows.append(["From:", "Watch", None, "From:", "Press"])
        rows.append(["To:", "All", None, "To:", "All"])
        rows.append(["Message:", one, None, "Message:", other])
        rows.append([])
    return workbook({"Cards": rows})
