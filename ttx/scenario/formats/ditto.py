"""Marks by which a cell says what the one above it says: ditto signs, `idem`, `-//-`, `same as above`."""

import re
from collections.abc import Sequence

from ttx.scenario.formats.sheets import Row
from ttx.scenario.formats.times import Cell
from ttx.scenario.formats.words import plain

_SAYS = (
    "ditto|do|-do-|dto|same|same as above|as above|same as before|same as previous|idem|id|ibid|ibidem|idem ditto",
    "même|comme ci-dessus|voir ci-dessus|lo mismo|igual|ídem|igual que arriba|como arriba|o mesmo|igual ao anterior",
    "come sopra|c.s|wie oben|siehe oben|s.o|sda|s.d.a|sama|sama dengan di atas|idem di atas|то же|то же самое",
    "тот же|та же|как выше|аналогично|نفسه|نفس الشيء|كما أعلاه|كما سبق|ايضا|همان|مثل بالا|ایضا|同上|同前",
    "위와 같음|상동|như trên|nt|เช่นเดียวกัน|เช่นเดียวกับข้างต้น|yukarıdaki gibi|aynı|माथि जस्तै|ঐ",
)
_WORDS = frozenset(plain(word) for words in _SAYS for word in words.split("|"))
_SIGNS = re.compile(r"[\s_-]*(?:[\"”“„»″〃]|''|’’|´´|``|//)[\s_-]*")
"""A pair of strokes, alone or between dashes; `//` is one, a single `/` or dash is a sign for nothing."""


def ditto(cell: Cell) -> bool:
    """Whether a cell refers to the one above."""
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    return _SIGNS.fullmatch(cell) is not None or plain(cell).strip(" .:()-") in _WORDS


def filled_in(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """These rows with what their ditto marks stand for, and the numbers of those that had any.

    A mark takes what stands next above it in its column; the first of a column stays as it is.
    """
    above: dict[int, Cell] = {}
    made: list[Row] = []
    changed: list[int] = []
    for row in rows:
        cells = list(row.cells)
        for place, cell in enumerate(cells):
            if ditto(cell):
                if place in above:
                    cells[place] = above[place]
            elif cell is not None:
                above[place] = cell
        if tuple(cells) != row.cells:
            changed.append(row.number)
            row = Row(row.number, tuple(cells))
        made.append(row)
    return tuple(made), tuple(changed)
