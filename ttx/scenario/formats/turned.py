"""Lists whose injects stand in columns, a row for each thing that is said of them: they are turned to be read."""

from collections.abc import Sequence

from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.sheets import Row, Sheet
from ttx.scenario.formats.tables import header_weight
from ttx.scenario.formats.times import Cell, moment

_LABELLED = 3
"""The first columns, in which the labels of such a list are looked for."""
_INJECTS = 3
"""Columns of injects that it has at least."""
_KNOWN = 3.0
"""What its labels weigh at least, as a header, and more than any row of the sheet does."""
_FAR = 200


def turned(sheet: Sheet) -> Sheet | None:
    """The sheet with rows and columns exchanged, where it holds such a list; else None.

    A row that it gives has the number of the column it was. What stands above the list stays above it.
    """
    least = max([_KNOWN, *map(_weight, sheet.rows[:_FAR])])
    for column in range(_LABELLED):
        block = _block(sheet.rows, column)
        labels = Row(column + 1, tuple(row.cell(column) for row in block))
        wide = max((len(row.cells) for row in block), default=0)
        if wide - column - 1 < _INJECTS or _weight(labels) < least or not _even(block, column, wide):
            continue
        begins = sheet.rows.index(block[0])
        injects = tuple(
            Row(at + 1, tuple(row.cell(at) for row in block))
            for at in range(column + 1, wide)
            if any(filled(row.cell(at)) for row in block)
        )
        return Sheet(sheet.name, (*sheet.rows[:begins], labels, *injects), sheet.hidden)
    return None


def _weight(row: Row) -> float:
    return header_weight(row, {})


def _block(rows: Sequence[Row], column: int) -> list[Row]:
    """The rows that have a label in this column and something beside it."""
    return [row for row in rows if _labels(row.cell(column)) and sum(map(filled, row.cells[column + 1 :])) >= 2]


def _labels(cell: Cell) -> bool:
    return isinstance(cell, str) and 0 < len(shown(cell)) <= 60 and moment(cell) is None


def _even(block: Sequence[Row], column: int, wide: int) -> bool:
    """Whether most of the rows go on over most of the columns, as those of a list do."""
    cells = (wide - column - 1) * len(block)
    return bool(cells) and sum(filled(cell) for row in block for cell in row.cells[column + 1 :]) > 0.5 * cells
