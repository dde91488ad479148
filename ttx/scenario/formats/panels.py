"""Lists that stand side by side on one sheet, a day beside a day: each becomes a sheet of its own."""

from collections.abc import Iterable
from dataclasses import replace

from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.marks import Place
from ttx.scenario.formats.sheets import Row, Sheet
from ttx.scenario.formats.words import field_named, normal

_FAR = 60
"""Rows in which a header is looked for."""
_LABELS = 3
"""Columns that a list has at least."""


def panels(sheet: Sheet) -> list[Sheet]:
    """The sheet itself, or one for each list whose header stands once more to the right of another's.

    They are named by what stands above their header (`Day 2`), or by their columns' place.
    """
    for place, row in enumerate(sheet.rows[:_FAR]):
        starts = _starts(row)
        if len(starts) > 1:
            bounds = list(zip([0, *starts[1:]], [*starts[1:], 1 << 20], strict=True))
            return [_panel(sheet, place, number, *bound) for number, bound in enumerate(bounds, 1)]
    return [sheet]


def _starts(row: Row) -> list[int]:
    """The columns at which the same labels begin again; one only, or none, where they do not."""
    labels = [normal(shown(cell)) if filled(cell) else "" for cell in row.cells]
    first = next((place for place, label in enumerate(labels) if label), None)
    if first is None:
        return []
    starts = [place for place, label in enumerate(labels) if label == labels[first]]
    blocks = [
        [label for label in labels[start:end] if label]
        for start, end in zip(starts, [*starts[1:], len(labels)], strict=True)
    ]
    alike = all(block == blocks[0] for block in blocks)
    known = sum(field_named(label) is not None for label in blocks[0])
    return starts if alike and len(set(blocks[0])) >= _LABELS and known >= _LABELS else []


def _panel(sheet: Sheet, header: int, number: int, left: int, right: int) -> Sheet:
    rows = [_cut(row, left, right) for row in sheet.rows]
    above = [shown(cell) for row in rows[:header] for cell in row.cells if filled(cell)]
    name = above[-1] if above and len(above[-1]) <= 60 else f"list {number}"
    marks = replace(
        sheet.marks,
        merged={
            (row, column - left): (start, max(0, anchor - left))
            for (row, column), (start, anchor) in sheet.marks.merged.items()
            if left <= column < right
        },
        struck=frozenset(_shifted(sheet.marks.struck, left, right)),
        comments={
            (row, column - left): text
            for (row, column), text in sheet.marks.comments.items()
            if left <= column < right
        },
        uncounted=sheet.marks.uncounted if number == 1 else (),
    )  # fmt: skip
    return Sheet(f"{sheet.name}, {name}", tuple(row for row in rows if row.cells), sheet.hidden, marks)


def _cut(row: Row, left: int, right: int) -> Row:
    cells = list(row.cells[left:right])
    while cells and cells[-1] is None:
        cells.pop()
    return Row(row.number, tuple(cells))


def _shifted(places: Iterable[Place], left: int, right: int) -> Iterable[Place]:
    return ((row, column - left) for row, column in places if left <= column < right)
