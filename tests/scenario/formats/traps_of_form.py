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
