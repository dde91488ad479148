"""A workbook of tables to be read: rows as high as their text, columns that say nothing put away, a filter, and pages.

No cell is ever a formula or a link.
"""

import io
import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import combining, east_asian_width

import xlsxwriter

from ttx.output.bare import bare
from ttx.output.cells import cell

LONGEST = 32_767
"""What one cell of a workbook holds, in UTF-16 units (Excel specifications and limits)."""
HIGHEST = 409
"""How high a row may be, in points (the same)."""
LINE, TALL = 15, 19
"""How high a line of text is, in points: in European letters, and in scripts with marks above and below."""
WIDE = 190
"""Letters in a row beyond which a page is A3: on A4 they would be smaller than 5 points."""
CUT = " [cut here: a cell holds no more; the CSV and the JSON have it whole]"
_A3, _A4 = 8, 9


class Sheet(NamedTuple):
    """A table: its name, its columns with their widths in letters, its rows, and a line that stands above it."""

    name: str
    columns: Mapping[str, int]
    rows: Iterable[tuple[object, ...]]
    above: str = ""


def workbook(sheets: Iterable[Sheet], header: str) -> bytes:
    """These tables as XLSX, with a header on every printed page; the same bytes each time."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        look = _Look(book)
        for one in sheets:
            _write(book, one, look, header)
    return bare(file.getvalue())


class _Look:
    """How cells look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#D5DBE3"}
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "bg_color": "#0B5CAB", "font_color": "#FFFFFF", **wrapped})
        self.text = book.add_format(wrapped)
        self.number = book.add_format({**wrapped, "align": "center"})
        self.fact = book.add_format({**wrapped, "align": "left"})


def _write(book: xlsxwriter.Workbook, one: Sheet, look: _Look, header: str) -> None:
    sheet = book.add_worksheet(one.name)
    rows = [tuple(_held(value) for value in row) for row in one.rows]
    top = 1 if one.above else 0
    if one.above:
        sheet.write_string(0, 0, one.above, look.bold)
    shown = 0
    for place, (title, width) in enumerate(one.columns.items()):
        empty = bool(rows) and all(place >= len(row) or row[place] == "" for row in rows)
        shown += 0 if empty else width
        sheet.set_column(place, place, width, None, {"hidden": empty})
        sheet.write_string(top, place, title, look.head)
    widths = tuple(one.columns.values())
    number = look.fact if len(widths) == 2 else look.number
    for line, row in enumerate(rows, top + 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value, look.text)
            else:
                sheet.write_number(line, place, value, number)
        high = max((_height(value, width) for value, width in zip(row, widths, strict=False)), default=LINE)
        if high > LINE:
            sheet.set_row(line, min(high, HIGHEST))
    sheet.set_header(f"&C{header}")
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.set_landscape()
    sheet.set_paper(_A3 if shown > WIDE else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    if rows:
        sheet.autofilter(top, 0, top + len(rows), len(one.columns) - 1)


def _held(value: object) -> str | float:
    """What a cell holds: a number as it is, all else as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _fitting(cell(value))


def _height(value: str | float, width: int) -> int:
    """How high a cell is in which this stands, in points."""
    if not isinstance(value, str):
        return LINE
    lines = sum(max(1, math.ceil(_letters(line) / max(width - 1, 1))) for line in value.split("\n"))
    return lines * (TALL if any("\u0590" <= letter < "\u2000" for letter in value) else LINE)


def _letters(line: str) -> int:
    """How many letters wide a line is."""
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def _fitting(text: str) -> str:
    """A text that fits into a workbook's cell and says so where it was cut; xlsxwriter cuts without a word."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
