"""A scenario as an MSEL: a workbook to print and work in, and a table as CSV. Importing either gives it back exactly.

What the cells hold is `ttx.scenario.formats.cells`; here is how they look. Nothing is ever written as a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import xlsxwriter

from ttx.scenario.formats import cells, seating
from ttx.scenario.formats.mended import digest
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Roster

MARKING = "EXERCISE EXERCISE EXERCISE"

_BANDS = ("#DCE9F7", "#E3F2E1", "#FBEBD3", "#EFE3F5", "#F7E0E3", "#DFF1F2")
"""Fills behind the days' headings; black on each of them has a contrast above 15:1."""
_TABS = {"MSEL": "#0B5CAB", "Agenda": "#2E7D32", "Lists": "#8A6D00", "Roster": "#6A3D9A", "Scenario": "#5F6368"}
_SEATS = (12, 22, 44, 20, 22, 12, 18, 10)


def workbook(
    scenario: Scenario, pictures: Mapping[str, bytes] = MappingProxyType({}), roster: Roster | None = None
) -> bytes:
    """The scenario as .xlsx: the MSEL, the agenda, the lists that it refers to, and everything else as fields.

    `pictures` are those of its folder, by name; they travel along, and so does the roster but for its accounts.
    """
    data = _plain(scenario)
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": scenario.title[:200], "category": "EXERCISE", "comments": MARKING})
        looks = _Looks(book)
        _msel(_sheet(book, "MSEL", scenario), scenario, data, looks)
        _agenda(_sheet(book, "Agenda", scenario), data, looks)
        _lists(_sheet(book, "Lists", scenario), data, looks)
        if roster is not None:
            _table(_sheet(book, seating.SHEET, scenario), seating.HEADERS, _SEATS, seating.rows(roster), looks)
        _head(_sheet(book, "Scenario", scenario), data, pictures, looks)
    return file.getvalue()


def table(scenario: Scenario, pictures: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The scenario as CSV: its fields, one a row, then the header and a row for each inject. UTF-8 with a mark."""
    data = _plain(scenario)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((cells.MARK, MARKING, scenario.tlp, digest(data["days"])))
    for pointer, value in cells.head(data, whole=True):
        writer.writerow([cells.guarded(pointer), *map(cells.guarded, cells.pieces(value))])
    writer.writerows([*map(cells.guarded, cells.picture(name, content))] for name, content in pictures.items())
    headers, rows = _grid(data)
    writer.writerows([headers, *([cells.guarded(text) for text in row] for row in rows)])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _plain(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain data: what is as it would be anyway is left out, but for what a reader looks for."""
    data = scenario.model_dump(mode="json", exclude_defaults=True)
    full = scenario.model_dump(mode="json", include={"language", "tlp", "chatham_house", "respond_as"})
    for day in data["days"]:
        for inject in day["injects"]:
            inject.setdefault("to", {"all": True})
            inject.setdefault("minutes", 15)
    return {**data, **full}


def _grid(data: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The headers and a row for each inject; what does not fit into a cell goes on in columns at the end."""
    rows = [
        [cells.pieces(cells.cell(field, {"day": day["day"], **inject}.get(field.name))) for field in cells.FIELDS]
        for day in data["days"]
        for inject in day["injects"]
    ]
    most = [max(len(row[place]) for row in rows) for place in range(len(cells.FIELDS))]
    headers = [field.header for field in cells.FIELDS]
    headers += [f"{headers[place]} ({number})" for place, pieces in enumerate(most) for number in range(2, pieces + 1)]
    grid = []
    for row in rows:
        more = [[*parts[1:], *[""] * (most[place] - len(parts))] for place, parts in enumerate(row)]
        grid.append([parts[0] for parts in row] + [part for parts in more for part in parts])
    return headers, grid


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8BEC6", "font_size": 10}
        self.cell = book.add_format(cell)
        self.data = book.add_format({**cell, "text_wrap": False, "font_color": "#5F6368", "font_size": 8})
        self.bold = book.add_format({**cell, "bold": True})
        self.header = book.add_format({**cell, "bold": True, "bg_color": "#0B3D6E", "font_color": "#FFFFFF"})
        self.marking = book.add_format({"bold": True, "font_color": "#A30000", "font_size": 12})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bands = [book.add_format({**cell, "bold": True, "font_size": 12, "bg_color": fill}) for fill in _BANDS]
        self.kinds = {
            kind: book.add_format({**cell, "bg_color": fill})
            for kind, fill in (("contingency", "#F3F3F3"), ("decision", "#FFF6CC"), ("media", "#EAF4FF"))
        }


def _sheet(book: Any, name: str, scenario: Scenario) -> Any:
    """A sheet that is printed in landscape with the marking on every page."""
    sheet = book.add_worksheet(name)
    title = scenario.title[:80].replace("&", "&&")
    sheet.set_header(f"&L{title}&C&B{MARKING}&R{scenario.tlp}")
    sheet.set_footer(f"&L{scenario.tlp}&C&B{MARKING}&RPage &P of &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_tab_color(_TABS[name])
    sheet.hide_gridlines(2)
    return sheet


def _msel(sheet: Any, scenario: Scenario, data: Mapping[str, Any], looks: _Looks) -> None:
    headers, rows = _grid(data)
    sheet.write_string(0, 0, f"{MARKING}   {scenario.tlp}", looks.marking)
    sheet.write_string(
        1, 0, cells.plain(f"{scenario.title}, version {scenario.version}: master scenario events list"), looks.title
    )
    for place, header in enumerate(headers):
        width = cells.FIELDS[place].width if place < len(cells.FIELDS) else 20
        sheet.set_column(place, place, width, None, {} if place < cells.PRINTED else {"level": 1})
        sheet.write_string(2, place, header, looks.header)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    line, place = 3, 0
    for number, day in enumerate(data["days"]):
        band = looks.bands[number % len(looks.bands)]
        sheet.merge_range(line, 0, line, cells.PRINTED - 1, "", band)
        sheet.write_string(line, 0, cells.plain(f"{_called(day)} ({day['lead']})"), band)
        line += 1
        for inject in day["injects"]:
            for column, text in enumerate(rows[place]):
                look = looks.kinds.get(inject["kind"], looks.cell) if column < cells.PRINTED else looks.data
                _write(sheet, line, column, text, looks.bold if column in (0, 10) else look, number=column == 13)
            line, place = line + 1, place + 1
    sheet.print_area(0, 0, line - 1, cells.PRINTED - 1)


def _called(day: dict[str, Any]) -> str:
    name = f"Day {day['day']}"
    return name if day["title"] == name else f"{name}: {day['title']}"


def _write(sheet: Any, line: int, column: int, text: str, look: Any, number: bool) -> None:
    if number and text.isdigit():
        sheet.write_number(line, column, int(text), look)
    elif text:
        sheet.write_string(line, column, text, look)
    else:
        sheet.write_blank(line, column, None, look)


def _agenda(sheet: Any, data: Mapping[str, Any], looks: _Looks) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        for day in data["days"]:
            first = [str(day["day"]), cells.plain(day["title"]), cells.plain(day["theme"]), day["lead"]]
            for one in day["sessions"]:
                kind = one.get("kind", "session")
                speakers = cells.speakers(one.get("speakers", ()))
                yield (*first, one["id"], cells.plain(one["title"]), one["start"], str(one["minutes"]), kind, speakers)
                first = [""] * 4

    _table(sheet, cells.AGENDA, (6, 30, 40, 10, 14, 46, 8, 9, 10, 50), rows(), looks)


def _lists(sheet: Any, data: Mapping[str, Any], looks: _Looks) -> None:
    rows = (
        (key, ident, cells.plain(one["name"]), cells.plain(one.get("about", "")))
        for key in cells.LISTS
        for ident, one in data.get(key, {}).items()
    )
    _table(sheet, cells.LIST, (14, 14, 50, 90), rows, looks)


def _head(sheet: Any, data: Mapping[str, Any], pictures: Mapping[str, bytes], looks: _Looks) -> None:
    rows = [(pointer, *cells.pieces(value)) for pointer, value in cells.head(data, whole=False)]
    rows += [tuple(cells.picture(name, content)) for name, content in pictures.items()]
    _table(sheet, cells.HEAD, (40, 120), [("Layout", cells.MARK, "", digest(data["days"])), *rows], looks)


def _table(
    sheet: Any, headers: tuple[str, ...], widths: tuple[int, ...], rows: Iterable[tuple[str, ...]], looks: _Looks
) -> None:
    for place, (header, width) in enumerate(zip(headers, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, header, looks.header)
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            _write(sheet, line, place, text, looks.cell, number=False)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
