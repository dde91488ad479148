"""Tables that stand side by side on one sheet, a day beside a day or a list beside its contacts: a sheet for each."""

from collections.abc import Iterable
from dataclasses import replace

from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.lookalikes import foreign
from ttx.scenario.formats.marks import Place
from ttx.scenario.formats.sheets import Row, Sheet
from ttx.scenario.formats.words import field_named, normal

_FAR = 60
"""Rows in which a header is looked for."""
_LABELS = 3
"""Columns that a list has at least."""


def panels(sheet: Sheet) -> list[Sheet]:
    """The sheet itself, or one for each list whose header stands once more to the right of another's, or of what else
    stands there.

    They are named by what stands above their header (`Day 2`), or by their columns' place.
    """
    for place, row in enumerate(sheet.rows[:_FAR]):
        starts = _starts(row)
        if len(starts) > 1:
            bounds = list(zip([0, *starts[1:]], [*starts[1:], 1 << 20], strict=True))
            return [_panel(sheet, place, number, *bound) for number, bound in enumerate(bounds, 1)]
    return _apart(sheet)


def _apart(sheet: Sheet) -> list[Sheet]:
    """A list and, beyond a column in which nothing stands, a table of something else: a sheet each."""
    held = {column for row in sheet.rows for column, cell in enumerate(row.cells) if filled(cell)}
    for gap in sorted(set(range(min(held, default=0), max(held, default=0))) - held, reverse=True):
        for place, row in enumerate(sheet.rows[:_FAR]):
            left, right = (
                [normal(shown(cell)) for cell in cells if isinstance(cell, str) and filled(cell)]
                for cells in (row.cells[:gap], row.cells[gap + 1 :])
            )
            known = sum(field_named(label) is not None for label in left)
            if known >= _LABELS and len(right) > 1 and foreign(right) >= max(2, 0.6 * len(right)):
                first, other = _panel(sheet, place, 1, 0, gap), _panel(sheet, place, 2, gap + 1, 1 << 20)
                return [replace(first, name=sheet.name), other]
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
