"""What a workbook (.xlsx) says beside its values: cells merged or struck through, rows hidden, comments, formulas.

Read from its XML under the caps that `zips` has held it to. The values themselves are read by `sheets`.
"""

import posixpath
import re
import zipfile
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from openpyxl.xml.functions import fromstring

Place = tuple[int, int]
"""A cell: its row as the spreadsheet shows it, its column from 0."""

MERGED = 1_000_000
"""Cells of merged ones that are remembered."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a sheet says beside its values.

    `area` counts the cells up to the last one that is written. `merged` says for a cell that is part of a merged
    one where that one begins. `uncounted` are cells with a formula whose result is not stored, `hidden` the rows
    that are not shown, `struck` the cells that are struck through, `comments` what is noted at cells.
    """

    area: int = 0
    merged: dict[Place, Place] = field(default_factory=dict)
    uncounted: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[Place] = frozenset()
    comments: dict[Place, str] = field(default_factory=dict)


_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_UNCOUNTED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


def marks(archive: zipfile.ZipFile, parts: Container[str]) -> dict[str, Marks]:
    """The marks of each worksheet, by its name."""
    struck = _struck_styles(archive)
    return {
        title: _marks(archive.read(part), struck, _comments(archive, part, parts))
        for title, part in _worksheets(archive).items()
        if part in parts
    }


def _marks(xml: bytes, struck_styles: frozenset[int], comments: dict[Place, str]) -> Marks:
    rows = columns = 1
    struck = set()
    for cell in _CELL.finditer(xml):
        at = _AT.search(cell[1])
        if at is None:
            continue
        row, column = int(at[2]), _column(at[1])
        rows, columns = max(rows, row), max(columns, column + 1)
        if struck_styles and (style := _STYLE.search(cell[1])) and int(style[1]) in struck_styles:
            struck.add((row, column))
    merged: dict[Place, Place] = {}
    for left, top, right, bottom in _MERGED.findall(xml):
        start, first = int(top), _column(left)
        # A merged cell over whole columns is somebody's decoration; only its beginning matters.
        for row in range(start, min(int(bottom), start + 500) + 1):
            for column in range(first, min(_column(right), first + 100) + 1):
                if (row, column) != (start, first) and len(merged) < MERGED:
                    merged[row, column] = (start, first)
    uncounted = _UNCOUNTED.findall(xml) if b"<f" in xml else []
    hidden = _HIDDEN.findall(xml) if b"hidden=" in xml else []
    return Marks(
        rows * columns,
        merged,
        tuple(name.decode() for name in uncounted),
        frozenset(map(int, hidden)),
        frozenset(struck),
        comments,
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _worksheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The worksheets' names with the archive's parts they stand in (ECMA-376, part 1, 18.2.19 and part 2, 9.3)."""
    targets = {ident: target for ident, _, target in _relations(archive, "xl/workbook.xml")}
    found = {}
    for one in _elements(archive, "xl/workbook.xml"):
        if one.tag.endswith("}sheet"):
            ident = next((value for key, value in one.items() if key.endswith("}id")), "")
            found[str(one.get("name"))] = targets.get(ident, "")
    return found


def _relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Id, type and target of each relation of a part; none where they cannot be read."""
    folder, name = posixpath.split(part)
    return [
        (
            str(one.get("Id")),
            str(one.get("Type")),
            posixpath.normpath(posixpath.join("/", folder, str(one.get("Target")))).lstrip("/"),
        )
        for one in _elements(archive, f"{folder}/_rels/{name}.rels")
        if one.tag.endswith("}Relationship")
    ]


def _struck_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles whose font is struck through (ECMA-376, part 1, 18.8.10 and 18.8.22)."""
    groups = _elements(archive, "xl/styles.xml")
    fonts = [one for group in groups if group.tag.endswith("}fonts") for one in group]
    struck = {
        str(place)
        for place, font in enumerate(fonts)
        if any(one.tag.endswith("}strike") and one.get("val", "1") not in ("0", "false") for one in font)
    }
    cells = [one for group in groups if group.tag.endswith("}cellXfs") for one in group]
    return frozenset(place for place, one in enumerate(cells) if one.get("fontId") in struck)


def _elements(archive: zipfile.ZipFile, part: str) -> list[Any]:
    """All elements of a part; none where it cannot be read."""
    try:
        return list(fromstring(archive.read(part)).iter())
    except Exception:
        return []


_THREADED = re.compile(r"\[Threaded comment\].*?Comment:\s*", re.DOTALL)
"""What spreadsheet programs put before a comment that older versions cannot show."""


def _comments(archive: zipfile.ZipFile, part: str, parts: Container[str]) -> dict[Place, str]:
    """What is noted at cells of the worksheet in this part (ECMA-376, part 1, 18.7.3)."""
    found: dict[Place, str] = {}
    for _, kind, target in _relations(archive, part):
        if not kind.endswith("/comments") or target not in parts:
            continue
        for one in _elements(archive, target):
            at = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", str(one.get("ref", "")).encode())
            if one.tag.endswith("}comment") and at:
                text = "".join(run.text or "" for run in one.iter() if run.tag.endswith("}t"))
                if said := _THREADED.sub("", text).strip():
                    found[int(at[2]), _column(at[1])] = said[:8000]
    return found
