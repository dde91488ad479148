"""Workbooks whose trap is the form of their tables, or the program they come from."""

import io
import zipfile
from typing import Any

from tests.scenario.formats.words import HSEEP, STORY, hseep, table, workbook


def t3sf() -> bytes:
    rows: list[list[Any]] = [
        ["#", "Real Time", "Date", "Subject", "From", "Player", "Script", "Photo", "Picture Name", "Profile", "Poll"]
    ]
    rows += [
        [
            place + 1,
            f"07:{29 + place} PM",
            f"Monday {9 + place}:00 AM",
            f"Subject {place}",
            "Security desk",
            "Legal",
            text,
            "",
            "a.png",
            "",
            "Pay | Wait" if place == 2 else "",
        ]
        for place, text in enumerate(STORY[:5])
    ]
    return workbook({"MSEL": rows})


def blueprint() -> bytes:
    rows: list[list[Any]] = [
        [
            "Control Number",
            "Move",
            "Status",
            "From Org",
            "To Org",
            "Title",
            "Description",
            "Details",
            "Delivery Method",
            "Assigned To",
            "Integration Target",
        ]
    ]
    rows += [
        [
            f"A-{place:03}",
            1 + place // 3,
            "Approved",
            "CERT",
            "Bank",
            f"Event {place}",
            text,
            "More of it",
            "Email",
            "White cell",
            "Gallery",
        ]
        for place, text in enumerate(STORY[:6])
    ]
    return workbook({"Sheet1": rows})


_FIELDS = ["Control Number", "Move", "Group", "Delivery Time", "Simulated Time", "Assigned To", "Status", "Title",
           "Description", "From Org", "To Org", "Details", "Expected Actions"]  # fmt: skip
"""The data fields of Blueprint's standard MSEL (cmu-sei/Blueprint.Api, seed-data.json)."""


def _fields(number: int, time: str, more: tuple[str, ...] = ()) -> list[str]:
    said = [
        "White cell",
        "Approved",
        f"Event {number}",
        STORY[number],
        "CERT",
        "FBI, FEMA",
        "More of it",
        "- Tell",
        *more,
    ]
    return [f"CN-{number:02}", "1", "0", time, "", *said]


def dated_cells() -> bytes:
    """As Blueprint writes its workbooks: strings in the cells, dates as such, a prefix throughout."""
    rows = [_fields(number, f"2026-02-0{2 + number // 3}T00:00:00") for number in range(6)]
    return _by_hand([_FIELDS, *rows], dates=3)


def thirty_columns() -> bytes:
    """As Blueprint calls the 26th column of a workbook: `@`, where Z is meant."""
    more = tuple(f"Field {number}" for number in range(14, 31))
    rows = [
        _fields(number, f"{8 + number:02}:00", tuple(f"{name} says {number}" for name in more)) for number in range(6)
    ]
    return _by_hand([[*_FIELDS, *more], *rows])


def _by_hand(rows: list[list[str]], dates: int | None = None) -> bytes:
    def cell(place: int, row: int, text: str) -> str:
        name = (chr(64 + (place + 1) // 26) if place > 25 else "") + chr(64 + (place + 1) % 26)
        kind = "d" if place == dates and row > 1 else "str"
        return f'<x:c r="{name}{row}" t="{kind}"><x:v>{text}</x:v></x:c>'

    body = "".join(
        f'<x:row r="{number}">{"".join(cell(place, number, text) for place, text in enumerate(row))}</x:row>'
        for number, row in enumerate(rows, 1)
    )
    main, of = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    rels = f"{of}/officeDocument/2006/relationships"

    def related(kind: str, target: str) -> str:
        return (f'<Relationships xmlns="{of}/package/2006/relationships"><Relationship Id="R1" Type="{rels}/{kind}" '
                f'Target="{target}"/></Relationships>')  # fmt: skip

    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{of}/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/worksheets/sheet.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": related("officeDocument", "/xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": related("worksheet", "/xl/worksheets/sheet.xml"),
        "xl/workbook.xml": f'<x:workbook xmlns:x="{main}"><x:sheets><x:sheet name="Sheet1" sheetId="1" r:id="R1" '
        f'xmlns:r="{rels}"/></x:sheets></x:workbook>',
        "xl/worksheets/sheet.xml": f'<x:worksheet xmlns:x="{main}"><x:sheetData>{body}</x:sheetData></x:worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def merged_down() -> bytes:
    rows: list[list[Any]] = [["Day", "Time", "Inject #", "Inject description", "From", "To", "Objective"]]
    for place, text in enumerate(STORY):
        rows.append(
            [
                f"Day {1 + place // 4}" if place % 4 == 0 else None,
                f"{9 + place % 4:02}00",
                place + 1,
                text,
                "Navy" if place % 2 == 0 else None,
                "Police",
                "1" if place % 4 == 0 else None,
            ]
        )
    return workbook({"Plan": rows}, {"Plan": ["A2:A5", "A6:A9", "E2:E3", "E4:E5", "E6:E7", "E8:E9", "G2:G5", "G6:G9"]})


def no_header() -> bytes:
    rows: list[list[Any]] = [
        [str(place + 1), f"{9 + place:02}:00", "Navy", "Police", text] for place, text in enumerate(STORY)
    ]
    return table(rows).encode()


def other_tongue() -> bytes:
    rows: list[list[Any]] = [["Ч.", "Час", "Звідки", "Подія"]]
    rows += [[place + 1, f"{9 + place:02}:00", "Берегова охорона", text] for place, text in enumerate(STORY)]
    return workbook({"Аркуш1": rows})


def tabletop() -> bytes:
    rows: list[list[Any]] = [
        ["Module", "Inject", "Discussion questions", "Facilitator notes", "Duration"],
        ["Module 1", STORY[0], "1. Who coordinates?\n2. Who is told?", "Let them argue", "20 min"],
        ["Module 1", STORY[1], "Who takes over, and when?", "", "30 min"],
        ["Module 2", STORY[2], "Which port? On what basis?", "", 45],
    ]
    return workbook({"Injects": rows})


def two_tables() -> bytes:
    rows: list[list[Any]] = [
        HSEEP,
        *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:4])],
    ]
    rows += [[], ["Points of contact"], ["Name", "Phone", "Email"], ["Ana", "123", "ana@example.org"]]
    return workbook({"MSEL": rows})


def unmerged_header() -> bytes:
    rows: list[list[Any]] = [
        ["Serial", "Time", "Time", "Message", "", "Remarks"],
        ["", "(L)", "(Z)", "From", "To", ""],
    ]
    rows += [
        [place + 1, f"{9 + place:02}00", f"{7 + place:02}00", "Navy", "Police", text]
        for place, text in enumerate(STORY)
    ]
    return workbook({"MSEL": rows})


def events_and_injects() -> bytes:
    rows: list[list[Any]] = [["Event", "Inject", "Time", "Description", "Inject Delivery", "Player Response"]]
    rows += [
        [f"E{1 + place // 3}", f"I{place + 1}", f"{8 + place}:00", text, "phone", "Answer"]
        for place, text in enumerate(STORY)
    ]
    return workbook({"Cover": [["EXERCISE STONE BRIDGE"], ["MSEL"]], "List": rows})


def open_document() -> bytes:
    def cell(value: object) -> str:
        text = str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    rows: list[list[Any]] = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY)]]
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="MSEL">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in (("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(name, text)
    return file.getvalue()
