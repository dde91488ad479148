"""How the tests of spreadsheets make workbooks: plain rows into sheets, with merged cells where a trap needs them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ttx.scenario import checks, files, writing
from ttx.scenario.findings import Finding
from ttx.scenario.formats.readers import understood
from ttx.scenario.formats.understood import Understood
from ttx.scenario.model import Scenario

Rows = Sequence[Sequence[Any]]

HSEEP: list[Any] = ["Event Number", "Designated Scenario Time", "Event Type", "Inject Mode", "From", "To", "Message",
         "Expected Participant Response", "Exercise Objective", "Notes"]  # fmt: skip

STORY = (
    "A fishing boat with about a hundred people aboard reports engine failure twenty miles off the coast.",
    "The rescue centre of the neighbouring state asks who coordinates, since the position lies on the line.",
    "A merchant ship has taken the people aboard; her master asks for a port and for a doctor.",
    "Three passengers tell the crew that their passports were taken by a man who is still aboard.",
    "A newspaper asks whether the ship was refused a port, and wants an answer before six.",
    "The reception centre says that it has beds for forty, and no interpreter after midnight.",
    "A liaison officer reports two vans waiting at the coastal road, engines running.",
    "The ministry asks for one paragraph for the minister, who speaks in twenty minutes.",
)


def hseep(number: object, time: object, text: str, kind: str = "Inject", mode: str = "Phone") -> list[Any]:
    """A row of the HSEEP template."""
    return [number, time, kind, mode, "Coast guard", "Police; Navy", text, "- Confirm\n- Pass on", "Obj 1", ""]


def workbook(
    sheets: Mapping[str, Rows], merged: Mapping[str, Iterable[str]] | None = None, hidden: Iterable[str] = ()
) -> bytes:
    """An .xlsx of these sheets; `merged` are ranges by sheet."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
        if name in hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(rows: Rows, separator: str = ",") -> str:
    """Rows as a CSV's text."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def scenario_of(found: Understood) -> tuple[Scenario | None, list[Finding]]:
    """The scenario that was understood, as its files would be read, and its errors."""
    assert found.data is not None, found.refused
    scenario, findings = checks.checked(files.assembled(writing.written(found.data)))
    return scenario, [one for one in findings if one.severity == "error"]


def imported(name: str, content: bytes, **corrections: str) -> tuple[Understood, Scenario]:
    """What was understood of a file, and the scenario it is, which has no error."""
    found = understood(name, content, corrections)
    scenario, errors = scenario_of(found)
    assert errors == []
    assert scenario is not None
    return found, scenario
