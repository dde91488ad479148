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

from ttx.scenario.formats import json_file
from ttx.scenario.formats.delimited import delimited
from ttx.scenario.formats.marks import Marks, Place, marks
from ttx.scenario.formats.times import Cell
from ttx.scenario.formats.zips import Unreadable, members

ROWS = 20_000
"""Rows that hold something, on all sheets. A scenario's file takes 2 MB, which is a few thousand injects."""
CELLS = 1_000_000
SHEETS = 120
"""A list, a sheet for each of its injects, and the rest."""
LONGEST = 100_000
"""Characters in one cell. A workbook's own limit is 32,767 (Excel specifications and limits)."""
AREA = 10_000_000
"""Cells that calamine lays out for a sheet, empty ones included, at some 30 bytes each."""
_OTHERS = {
    b"%PDF": "a PDF", b"{\\rtf": "a text document (RTF)", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7-Zip archive", b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3": "a database",
}  # fmt: skip
"""What else is dropped here by mistake, by how its files begin."""
_DOCUMENTS = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a presentation"}
"""Zips of the same family as workbooks, by a part that they have (ECMA-376, part 1)."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that a workbook locked with a password keeps itself in ([MS-OFFCRYPTO], 2.3.4.2)."""


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
    """A sheet, with what it says beside its values."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    marks: Marks = field(default_factory=Marks)

    @property
    def merged(self) -> Mapping[Place, Place]:
        """For a cell that is part of a merged one (row, column): where that one begins."""
        return self.marks.merged


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables, what kind of file it is, in a word, and how many pictures it holds."""

    kind: str
    sheets: tuple[Sheet, ...]
    pictures: int = 0


def opened(name: str, content: bytes) -> Book:
    """The sheets of a workbook or of a delimited text. Raises Unreadable with a sentence."""
    if content.startswith(b"PK"):
        return _zipped(name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if _LOCKED in content:
            raise Unreadable(f"{name} is locked with a password; save it without one.")
        return Book("xls", _by_calamine(name, content, {}))
    if re.match(rb"\s*<(\?xml|!doctype|html)", content[:200], re.IGNORECASE):
        raise Unreadable(
            f"{name} is a web page or XML under a spreadsheet's name; open it in a spreadsheet program and save it "
            "as .xlsx or .csv."
        )
    if (listing := _records(name, content)) is not None:
        return Book("json", (Sheet("", tuple(_Spent(name).rows("", enumerate(listing, 1)))),))
    if known := next((words for sign, words in _OTHERS.items() if content.startswith(sign)), None):
        raise Unreadable(f"{name} is {known} and no table; choose the spreadsheet or CSV that it was made from.")
    rows = delimited(name, content)
    return Book("csv", (Sheet("", tuple(_Spent(name).rows("", enumerate(rows, 1)))),))


def _records(name: str, content: bytes) -> list[list[object]] | None:
    """A header and the rows of a JSON file's longest list of flat records, alone or in an object; None without one."""
    file = json_file.opened(name, content)
    within = [file.data, *(file.data.values() if isinstance(file.data, dict) else ())] if file is not None else []
    lists = [one for one in within if isinstance(one, list) and one and all(isinstance(row, dict) for row in one)]
    if not lists:
        return None
    records: list[dict[str, object]] = max(lists, key=len)
    keys = list(dict.fromkeys(key for row in records for key in row))
    return [list(keys), *([_flat(row.get(key)) for key in keys] for row in records)]


def _flat(value: object) -> object:
    """A value as a cell: a list of texts one below the other, nothing for what is nested deeper."""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value if isinstance(one, str | int | float))
    return None if isinstance(value, dict) else value


def _zipped(name: str, content: bytes) -> Book:
    parts = members(name, content)
    if "xl/workbook.xml" not in parts:
        if "content.xml" in parts:
            return Book("ods", _by_calamine(name, content, {}))
        if (what := next((words for part, words in _DOCUMENTS.items() if part in parts), None)) is not None:
            raise Unreadable(
                f"{name} is {what}, whose tables are not read; copy the list into a spreadsheet, and save that "
                "as .xlsx."
            )
        raise Unreadable(
            f"{name} is a zip that holds no workbook; choose an .xlsx, .xls, .ods or .csv file with a list of injects."
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = marks(archive, parts)
    pictures = sum(part.startswith("xl/media/") for part in parts)
    if all(one.area < AREA for one in found.values()):
        try:
            return Book("xlsx", _by_calamine(name, content, found), pictures)
        except Unreadable as refusal:
            if refusal.final:
                raise
        content = _renamed(content)
    return Book("xlsx", _by_openpyxl(name, content, found), pictures)


_NO_COLUMN = re.compile(rb'(<(?:\w+:)?c\b[^>]*?\br=")([B-Z]?)@(?=\d)')


def _renamed(content: bytes) -> bytes:
    """The workbook with every 26th column called by its name.

    Blueprint calls it by one that does not exist, `@` for Z and `B@` for AZ (cmu-sei/Blueprint.Api, MselService.cs,
    GetCellReference).
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(whole, "w") as made:
        for part in archive.namelist():
            xml = archive.read(part)
            if part.startswith("xl/worksheets/") and b"@" in xml:
                xml = _NO_COLUMN.sub(lambda at: at[1] + (bytes([at[2][0] - 1]) if at[2] else b"") + b"Z", xml)
            made.writestr(part, xml)
    return whole.getvalue()


def _by_calamine(name: str, content: bytes, found: Mapping[str, Marks]) -> tuple[Sheet, ...]:
    sheets = []
    spent = _Spent(name)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            spent.open(len(book.sheets_metadata))
            for one in book.sheets_metadata:
                if one.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(one.name)
                top, left = sheet.start or (0, 0)
                rows = spent.rows(
                    one.name, ((top + at + 1, [None] * left + list(row)) for at, row in enumerate(sheet.iter_rows()))
                )
                hidden = one.visible != calamine.SheetVisibleEnum.Visible
                said = found.get(one.name) or Marks(merged=_spans(sheet.merged_cell_ranges))
                sheets.append(Sheet(one.name, tuple(rows), hidden, said))
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


def _by_openpyxl(name: str, content: bytes, found: Mapping[str, Marks]) -> tuple[Sheet, ...]:
    sheets = []
    spent = _Spent(name)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        spent.open(len(book.worksheets))
        for one in book.worksheets:
            one.reset_dimensions()
            rows = spent.rows(one.title, enumerate(one.iter_rows(values_only=True), 1))
            sheets.append(Sheet(one.title, tuple(rows), one.sheet_state != "visible", found.get(one.title) or Marks()))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            f"{name} cannot be read as a workbook ({type(error).__name__}: {str(error)[:200]}); open it in a "
            "spreadsheet program and save it anew."
        ) from None
    return tuple(sheets)


class _Spent:
    """How much of what a file may hold has been read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.taken = self.cells = 0

    def open(self, sheets: int) -> None:
        """Raises Unreadable for more sheets than a list of injects has."""
        if sheets > SHEETS:
            raise Unreadable(
                f"{self.name} holds {sheets:,} sheets; at most {SHEETS} are taken. Keep those with the list."
            )

    def rows(self, sheet: str, rows: Iterable[tuple[int, Iterable[object]]]) -> Iterator[Row]:
        """The rows that hold something, trimmed. Raises Unreadable over a cap."""
        where = f"sheet '{sheet}' of {self.name}" if sheet else self.name
        begins = f"{self.name}, up to sheet '{sheet}'," if sheet else self.name
        for number, row in rows:
            found = [_cell(value, where, number) for value in row]
            while found and found[-1] is None:
                found.pop()
            if not found:
                continue
            self.taken += 1
            self.cells += len(found)
            if self.taken > ROWS:
                raise Unreadable(
                    f"{begins} holds more than {ROWS:,} rows; a list of injects holds a few hundred. Keep only the "
                    "list."
                )
            if self.cells > CELLS:
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
