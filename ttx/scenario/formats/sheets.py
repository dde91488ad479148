"""A file's tables as they stand: sheets of rows of cells, under caps. What they mean is for others.

Workbooks (.xlsx, .xlsm, .xls, .ods) are read by calamine, which is 15 times as fast as openpyxl, and by openpyxl
where a workbook is so sparse or so odd that calamine would need too much memory or gives up.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import python_calamine as calamine
from openpyxl import load_workbook
from openpyxl.xml.functions import fromstring

from ttx.scenario.formats.delimited import delimited
from ttx.scenario.formats.times import Cell
from ttx.scenario.formats.zips import Unreadable, members

ROWS = 20_000
"""Rows that hold something. A scenario's file takes 2 MB, which is a few thousand injects."""
CELLS = 1_000_000
LONGEST = 100_000
"""Characters in one cell. A workbook's own limit is 32,767 (Excel specifications and limits)."""
AREA = 20_000_000
"""Cells that calamine lays out for a sheet, empty ones included, at some 30 bytes each."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number as the spreadsheet shows it, and its cells from the first column."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of this column, None beyond the last."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `merged` says for a cell that is part of a merged one (row, column) where that one begins.

    `uncounted` are cells with a formula whose result is not stored.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merged: Mapping[Place, Place] = field(default_factory=dict)
    uncounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables, and what kind of file it is, in a word."""

    kind: str
    sheets: tuple[Sheet, ...]


def opened(name: str, content: bytes) -> Book:
    """The sheets of a workbook or of a delimited text. Raises Unreadable with a sentence."""
    if content.startswith(b"PK"):
        return _zipped(name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return Book("xls", _by_calamine(name, content, {}, {}))
    if re.match(rb"\s*<(\?xml|!doctype|html)", content[:200], re.IGNORECASE):
        raise Unreadable(
            f"{name} is a web page or XML under a spreadsheet's name; open it in a spreadsheet program and save it "
            "as .xlsx or .csv."
        )
    rows = delimited(name, content)
    return Book("csv", (Sheet("", tuple(_rows(name, "", enumerate(rows, 1)))),))


def _zipped(name: str, content: bytes) -> Book:
    parts = members(name, content)
    if "xl/workbook.xml" not in parts:
        if "content.xml" in parts:
            return Book("ods", _by_calamine(name, content, {}, {}))
        raise Unreadable(
            f"{name} is a zip that holds no workbook; choose an .xlsx, .xls, .ods or .csv file with a list of injects."
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {title: _looked(archive.read(part)) for title, part in _parts(archive).items() if part in parts}
    uncounted = {title: one.uncounted for title, one in found.items()}
    merged = {title: one.merged for title, one in found.items()}
    if all(one.area < AREA for one in found.values()):
        try:
            return Book("xlsx", _by_calamine(name, content, merged, uncounted))
        except Unreadable as refusal:
            if refusal.final:
                raise
    return Book("xlsx", _by_openpyxl(name, content, merged, uncounted))


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a worksheet's XML tells that a reader of values does not."""

    area: int
    merged: dict[Place, Place]
    uncounted: tuple[str, ...]


_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCOUNTED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


def _looked(xml: bytes) -> _Looked:
    rows = columns = 1
    for letters, digits in _REFERENCE.findall(xml):
        rows, columns = max(rows, int(digits)), max(columns, _column(letters) + 1)
    merged: dict[Place, Place] = {}
    for left, top, right, bottom in _MERGED.findall(xml):
        start, first = int(top), _column(left)
        # A merged cell over whole columns is somebody's decoration; only its beginning matters.
        for row in range(start, min(int(bottom), start + 500) + 1):
            for column in range(first, min(_column(right), first + 100) + 1):
                if (row, column) != (start, first) and len(merged) < CELLS:
                    merged[row, column] = (start, first)
    found = _UNCOUNTED.findall(xml) if b"<f" in xml else []
    return _Looked(rows * columns, merged, tuple(name.decode() for name in found))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The worksheets' names with the archive's parts they stand in (ECMA-376, part 1, 18.2.19 and part 2, 9.3)."""
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except Exception:
        return {}
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    found = {}
    for one in book.iter():
        if one.tag.endswith("}sheet"):
            target = targets.get(next((value for key, value in one.items() if key.endswith("}id")), None), "")
            found[str(one.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _by_calamine(
    name: str,
    content: bytes,
    merged: Mapping[str, Mapping[Place, Place]],
    uncounted: Mapping[str, tuple[str, ...]],
) -> tuple[Sheet, ...]:
    sheets = []
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for one in book.sheets_metadata:
                if one.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(one.name)
                top, left = sheet.start or (0, 0)
                rows = _rows(
                    name,
                    one.name,
                    ((top + at + 1, [None] * left + list(row)) for at, row in enumerate(sheet.iter_rows())),
                )
                hidden = one.visible != calamine.SheetVisibleEnum.Visible
                spans = merged.get(one.name) if one.name in merged else _spans(sheet.merged_cell_ranges)
                sheets.append(Sheet(one.name, tuple(rows), hidden, spans or {}, uncounted.get(one.name, ())))
    except calamine.PasswordError:
        raise Unreadable(f"{name} is locked with a password; save it without one.") from None
    except Unreadable:
        raise
    except Exception as error:
        sentence = f"{name} cannot be read as a workbook ({error}); open it in a spreadsheet program and save it anew."
        raise Unreadable(sentence, final=False) from None
    return tuple(sheets)


def _spans(ranges: object) -> dict[Place, Place]:
    """calamine's merged ranges, ((top, left), (bottom, right)) from 0, as for xls."""
    merged: dict[Place, Place] = {}
    for (top, left), (bottom, right) in ranges if isinstance(ranges, list) else ():
        for row in range(top, min(bottom, top + 500) + 1):
            for column in range(left, min(right, left + 100) + 1):
                if (row, column) != (top, left):
                    merged[row + 1, column] = (top + 1, left)
    return merged


def _by_openpyxl(
    name: str,
    content: bytes,
    merged: Mapping[str, Mapping[Place, Place]],
    uncounted: Mapping[str, tuple[str, ...]],
) -> tuple[Sheet, ...]:
    sheets = []
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for one in book.worksheets:
            one.reset_dimensions()
            rows = _rows(name, one.title, enumerate(one.iter_rows(values_only=True), 1))
            sheets.append(
                Sheet(
                    one.title,
                    tuple(rows),
                    one.sheet_state != "visible",
                    merged.get(one.title, {}),
                    uncounted.get(one.title, ()),
                )
            )
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            f"{name} cannot be read as a workbook ({type(error).__name__}: {str(error)[:200]}); open it in a "
            "spreadsheet program and save it anew."
        ) from None
    return tuple(sheets)


def _rows(name: str, sheet: str, rows: Iterable[tuple[int, Iterable[object]]]) -> Iterator[Row]:
    """The rows that hold something, trimmed. Raises Unreadable over a cap."""
    where = f"sheet '{sheet}' of {name}" if sheet else name
    begins = f"S{where[1:]}" if sheet else name
    taken = cells = 0
    for number, row in rows:
        found = [_cell(value, where, number) for value in row]
        while found and found[-1] is None:
            found.pop()
        if not found:
            continue
        taken += 1
        cells += len(found)
        if taken > ROWS:
            raise Unreadable(
                f"{begins} holds more than {ROWS:,} rows; a list of injects holds a few hundred. Keep only the list."
            )
        if cells > CELLS:
            raise Unreadable(f"{begins} holds more than {CELLS:,} cells; keep only the list.")
        yield Row(number, tuple(found))


_ESCAPED = re.compile(r"_x000[dD]_")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff￾￿]")


def _cell(value: object, where: str, row: int) -> Cell:
    """A cell as it is taken: text without control characters, whole numbers as such, nothing for blank."""
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise Unreadable(
                f"A cell in row {row} of {where} holds {len(value):,} characters; no list of injects needs more than "
                f"{LONGEST:,}. Shorten it."
            )
        if "_x" in value:
            value = _ESCAPED.sub("", value)
        value = UNPRINTABLE.sub("", value)
        return value if value.strip() else None
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value == int(value) and abs(value) < 1e15 else value
    return value  # type: ignore[return-value]  # the readers give the types of Cell
