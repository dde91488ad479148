"""Injects that stand on cards and not in a list: a label, beside it what it names, card beneath card or sheet by sheet.

Cards become rows under a header of their labels, and are read like any list from there on.
"""

from collections import Counter
from collections.abc import Sequence

from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.sheets import Row, Sheet
from ttx.scenario.formats.times import Cell
from ttx.scenario.formats.words import field_named

_LABELS = 4
"""Labels of ours that a card has at least, besides what participants are told."""
_SHORT = 40
_BESIDE = "Beside the labels"


def cards(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """These sheets; those that hold cards as one list each, or as one list of all where each holds a single card."""
    found = {place: held for place, sheet in enumerate(sheets) if (held := _cards(sheet))}
    single = [place for place, held in found.items() if len(held) == 1]
    if len(single) < 2:
        found = {place: held for place, held in found.items() if len(held) > 1}
        single = []
    together = [card for place in single for card in found[place]]
    made: list[Sheet] = []
    for place, sheet in enumerate(sheets):
        if place not in found:
            made.append(sheet)
        elif place not in single:
            made.append(_list(sheet, found[place]))
        elif place == single[0]:
            made.append(_list(sheet, together))
    return tuple(made)


class _Card:
    """A card: the row it begins in, what stands beside its labels, and what stands beside none."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.says: dict[str, Cell] = {}
        self.more: list[str] = []

    def known(self) -> bool:
        """Whether it tells something and says enough about it to be an inject's."""
        fields = {named[0] for label in self.says if (named := field_named(label)) is not None}
        return bool(fields & {"text", "title"}) and len(fields - {"notes"}) >= _LABELS


def _cards(sheet: Sheet) -> list[_Card]:
    """The cards of a sheet; none where anything tells that it is a list."""
    labels = [_label(row) for row in sheet.rows]
    first = next((label for label in labels if label), None)
    # On cards, most rows are a label and one value; in a list, none or one is.
    if first is None or sum(label is not None for label in labels) < max(_LABELS + 1, len(labels) * 0.5):
        return []
    found: list[_Card] = []
    before: list[str] = []
    last, above = "", 0
    for row, label in zip(sheet.rows, labels, strict=True):
        cells = [cell for cell in row.cells if filled(cell)]
        if label is not None:
            if not found or label == first or label in found[-1].says:
                found.append(_Card(row.number))
                found[-1].more, before = before, []
            found[-1].says[label], last = (cells[1] if len(cells) == 2 else None), label
        elif found and found[-1].says[last] is None and len(cells) == 1:
            found[-1].says[last] = cells[0]
        else:
            # What stands right beneath a card is its own, what comes after an empty row the next one's.
            (found[-1].more if found and row.number == above + 1 else before).extend(map(shown, cells))
        above = row.number
    if found:
        found[-1].more += before
    return found if all(card.known() for card in found) else []


def _label(row: Row) -> str | None:
    """The label of a row that is one, with one value beside it or none."""
    cells = [cell for cell in row.cells if filled(cell)]
    if not cells or len(cells) > 2 or not isinstance(cells[0], str):
        return None
    label = cells[0].strip().rstrip(":").strip()
    names = cells[0].strip().endswith(":") or field_named(label) is not None
    return label if names and 0 < len(label) <= _SHORT else None


def _list(sheet: Sheet, held: Sequence[_Card]) -> Sheet:
    """The cards under a header of their labels. What all of them bear stands above it, what one does in a column."""
    times = Counter(text for card in held for text in dict.fromkeys(card.more))
    borne = [text for text, many in times.items() if many > 1]
    labels = list(dict.fromkeys(label for card in held for label in card.says))
    own = ["\n".join(text for text in card.more if text not in borne) or None for card in held]
    head = [*labels, *([_BESIDE] if any(own) else [])]
    rows = [Row(held[0].row, (text,)) for text in borne]
    rows.append(Row(held[0].row, tuple(head)))
    rows += [
        Row(card.row, (*(card.says.get(label) for label in labels), more)) for card, more in zip(held, own, strict=True)
    ]
    return Sheet(sheet.name, tuple(rows), sheet.hidden)
