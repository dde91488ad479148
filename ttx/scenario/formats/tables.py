"""The tables on a sheet: where a header stands, over one row or two, and which rows belong to it.

A sheet may hold several: a list whose header is repeated on every page is one, a list with a table of contacts
below it two. What a row is, is `rows`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ttx.scenario.formats.columns import Layout, filled, layout, shown
from ttx.scenario.formats.ditto import filled_in
from ttx.scenario.formats.lookalikes import foreign
from ttx.scenario.formats.sheets import Row, Sheet
from ttx.scenario.formats.times import moment
from ttx.scenario.formats.words import field_named, normal

_FAR = 200
"""Rows in which a first header is looked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it. `above` are rows of the sheet that stand over the first header.

    `headers` are the labels as they stand; `heads` the numbers of the rows that they, and repetitions of them,
    take. `known` is false for a table whose header nobody knows, which was told by what stands in it. `over` are the
    rows with a single text right above a repeated header, `same` those whose ditto marks were filled in.
    """

    sheet: Sheet
    headers: tuple[str, ...]
    heads: tuple[int, ...]
    rows: tuple[Row, ...]
    above: tuple[Row, ...]
    layout: Layout
    known: bool = True
    over: frozenset[int] = frozenset()
    same: tuple[int, ...] = ()


def tables(sheet: Sheet, corrections: Mapping[str, str]) -> list[Table]:
    """The tables of a sheet, from top to bottom."""
    found: list[Table] = []
    above: list[Row] = []
    headers: tuple[str, ...] = ()
    heads: list[int] = []
    rows: list[Row] = []
    over: set[int] = set()

    def close() -> None:
        if headers:
            body, same = filled_in(rows)
            made = layout(headers, body, corrections)
            found.append(Table(sheet, headers, tuple(heads), body, tuple(above), made, over=frozenset(over), same=same))

    skip = 0
    weights = [header_weight(row, corrections) for row in sheet.rows]
    strongest = max(weights[:_FAR], default=0.0)
    for place, row in enumerate(sheet.rows):
        if skip:
            skip -= 1
            continue
        if headers and _repeats(row, headers):
            heads.append(row.number)
            over.update(one.number for one in _titles(rows, row))
            if place + 1 < len(sheet.rows) and _repeats(sheet.rows[place + 1], headers):
                heads.append(sheet.rows[place + 1].number)
                skip = 1
            continue
        weight = weights[place]
        if weight >= (0.7 * strongest if not headers else max(2.6, 0.6 * strongest)) and weight > 0:
            if headers:
                titles = _titles(rows, row)
                rows = rows[: len(rows) - len(titles)]
                close()
                above, over = titles, set()
            taken, headers = _header(sheet, place, corrections)
            heads = [one.number for one in sheet.rows[place : place + taken]]
            rows = []
            skip = taken - 1
            if above and (joined := _spanned(sheet, above[-1], headers)) is not None:
                heads.insert(0, above.pop().number)
                headers = joined
            continue
        if headers and _begins_another(sheet, place):
            close()
            headers = tuple(" ".join(shown(cell).split()) for cell in row.cells)
            heads, rows, above, over = [row.number], [], [], set()
            continue
        (rows if headers else above).append(row)
    close()
    if not found:
        found = _headless(sheet, corrections)
    return found


def header_weight(row: Row, corrections: Mapping[str, str]) -> float:
    """How surely this row is a header: the fields that its cells name, each once; 0 for what is none."""
    cells = [cell for cell in row.cells if filled(cell)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(cells) < 2 or len(texts) < len(cells) * 0.8 or any(len(text) > 90 for text in texts):
        return 0.0
    if any((found := moment(text)) is not None and (found.minute is not None or found.on) for text in texts):
        return 0.0
    named: dict[str, float] = {}
    decided = {normal(header) for header in corrections}
    known = 0
    for text in texts:
        if normal(text) in decided:
            named[f"decided {text}"] = 1.0
            known += 1
        elif (claim := field_named(text)) is not None:
            field, weight = claim
            named[field] = max(named.get(field, 0.0), weight)
            known += 1
    if known < len(texts) * 0.4 or len(named) < 2 or (len(named) < 3 and known < len(texts)):
        return 0.0
    return sum(named.values())


def _titles(rows: Sequence[Row], header: Row) -> list[Row]:
    """The rows of a single text each that stand right above a header: what its table is called, or its part."""
    found: list[Row] = []
    below = header
    for row in reversed(rows):
        texts = [cell for cell in row.cells if filled(cell)]
        near = row.number + 2 >= below.number
        if not (near and len(texts) == 1 and isinstance(texts[0], str) and len(texts[0]) <= 120):
            break
        if not filled(row.cell(0)) or len(found) == 3:
            break
        found.insert(0, row)
        below = row
    return found


def _begins_another(sheet: Sheet, place: int) -> bool:
    """Whether a table of something else begins here, below the list: a header of its own after an empty row."""
    row = sheet.rows[place]
    cells = [cell for cell in row.cells if filled(cell)]
    if not all(isinstance(cell, str) and len(cell) <= 40 for cell in cells) or len(cells) < 2:
        return False
    apart = any(later.number > one.number + 1 for one, later in pairwise(sheet.rows[max(0, place - 2) : place + 1]))
    return apart and foreign(normal(shown(cell)) for cell in cells) >= max(2, 0.6 * len(cells))


def _repeats(row: Row, headers: Sequence[str]) -> bool:
    """Whether a row says the header once more, as at the top of a printed page."""
    labels = {normal(header) for header in headers if header} | {
        normal(part) for header in headers for part in header.split(" / ") if header
    }
    cells = [normal(shown(cell)) for cell in row.cells if filled(cell)]
    return len(cells) >= 2 and sum(cell in labels for cell in cells) >= max(2, 0.7 * len(cells))


def _header(sheet: Sheet, place: int, corrections: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """How many rows the header that begins here takes, one or two, and its labels."""
    row = sheet.rows[place]
    upper = _spread(sheet, row)
    below = sheet.rows[place + 1] if place + 1 < len(sheet.rows) else None
    if below is not None and below.number == row.number + 1 and _is_lower(sheet, row, below, corrections):
        return 2, _joined(upper, [shown(cell) for cell in below.cells])
    return 1, tuple(" ".join(shown(cell).split()) if filled(cell) else "" for cell in row.cells)


def _spanned(sheet: Sheet, above: Row, headers: Sequence[str]) -> tuple[str, ...] | None:
    """The labels with those of the row above, if cells merged across columns stand there over some of them."""
    spans = {anchor for (row, _), anchor in sheet.merged.items() if row == above.number and anchor[0] == row}
    texts = [cell for cell in above.cells if filled(cell)]
    whole = len(spans) == 1 and len(texts) == 1
    if not spans or whole or not all(isinstance(cell, str) and len(cell) <= 60 for cell in texts):
        return None
    return _joined(_spread(sheet, above), headers)


def _spread(sheet: Sheet, row: Row) -> list[str]:
    """A row's texts, one that is merged over several columns in each of them."""
    texts = []
    for column in range(max([len(row.cells), *(at + 1 for number, at in sheet.merged if number == row.number)])):
        anchor = sheet.merged.get((row.number, column))
        cell = row.cell(anchor[1]) if anchor and anchor[0] == row.number else row.cell(column)
        texts.append(" ".join(shown(cell).split()))
    return texts


def _is_lower(sheet: Sheet, row: Row, below: Row, corrections: Mapping[str, str]) -> bool:
    """Whether the row below belongs to the header: short words, under cells that are merged or empty above."""
    cells = [(place, cell) for place, cell in enumerate(below.cells) if filled(cell)]
    if not cells or not all(isinstance(cell, str) and len(cell) <= 40 for _, cell in cells):
        return False
    if any(moment(cell) is not None for _, cell in cells) or any(
        any(sign.isdigit() for sign in shown(cell)) for _, cell in cells
    ):
        return False
    spans = {anchor[1] for (number, _), anchor in sheet.merged.items() if number == anchor[0] == row.number}
    under = [
        place
        for place, _ in cells
        if not filled(row.cell(place)) or place in spans or (below.number, place) in sheet.merged
    ]
    if len(under) == len(cells) and (spans or header_weight(below, corrections) > 0):
        return True
    numbered = [place for place, cell in enumerate(row.cells) if isinstance(cell, str) and _is_id(cell)]
    if len(cells) >= 2 and any(not filled(below.cell(place)) for place in numbered):
        return all(len(str(cell)) <= 25 for _, cell in cells)
    named = sum(field_named(str(cell)) is not None for _, cell in cells)
    return bool(spans) and len(under) >= 0.5 * len(cells) and named >= 0.5 * len(cells)


def _is_id(header: str) -> bool:
    claim = field_named(header)
    return claim is not None and claim[0] == "id" and claim[1] >= 0.95


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two rows of labels as one: whichever there is, or both where both are."""
    labels = []
    for place in range(max(len(upper), len(lower))):
        one = upper[place] if place < len(upper) else ""
        other = " ".join(lower[place].split()) if place < len(lower) else ""
        labels.append(f"{one} / {other}" if one and other and one != other else one or other)
    return tuple(labels)


def _headless(sheet: Sheet, corrections: Mapping[str, str]) -> list[Table]:
    """A table without a header that is known: told by what stands in its columns, if that is a list at all."""
    rows = sheet.rows
    wide = [row for row in rows if sum(map(filled, row.cells)) >= 3]
    if len(wide) < 3:
        return []
    first = next(place for place, row in enumerate(rows) if row is wide[0])
    words = [cell for cell in rows[first].cells if filled(cell)]
    labelled = all(isinstance(cell, str) and len(cell) < 60 and moment(cell) is None for cell in words)
    headers: tuple[str, ...] = tuple(" ".join(shown(cell).split()) for cell in rows[first].cells) if labelled else ()
    body, same = filled_in(rows[first + 1 :] if labelled else rows[first:])
    found = layout(headers, body, corrections)
    at, text = found.place("at"), found.place("text")
    if at is None or text is None or found.looks[text].average < 25:
        return []
    heads = (rows[first].number,) if labelled else ()
    headers = tuple(column.header for column in found.columns)
    return [Table(sheet, headers, heads, body, rows[:first], found, known=False, same=same)]


def said_by(rows: Iterable[Row]) -> list[str]:
    """What stands in rows, each text once."""
    return list(dict.fromkeys(re.sub(r"\s+", " ", shown(cell)) for row in rows for cell in row.cells if filled(cell)))
