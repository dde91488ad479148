"""Who would do what first as pictures: the hours to the first contact over the time line, the contacts of one question
in their order, the places of a ranking. Geometry only; the templates draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from ttx.review.sequence import Called, Ranked

TICKS = (1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 48.0, 72.0, 168.0)
"""Hours that the scale names; it grows by doublings, since the first hours are what matters."""
LETTER = 7.0
"""Width of a letter of 12 pixels, roughly."""
LONGEST = 22
ROW, LANE = 12.0, 22.0
LEFT = 190.0
"""Room for the names of delegations."""
WIDE = 660.0
DOT, COLUMN, TALL = 4.5, 92.0, 260.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale: where, and how many hours."""

    at: float
    hours: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One contact: where, its number, and the words beside it."""

    x: float
    y: float
    place: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Band:
    """The row of one delegation."""

    y: float
    height: float
    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The picture of one question: rows of delegations, hours to the right."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One question on the time line: a dot for each delegation's first contact, a line at their median."""

    x: float
    label: str
    time: str
    dots: tuple[tuple[float, float], ...]
    middle: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """The time line: questions from left to right as they were told, hours to the first contact upwards."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """How often an option stood at a place: a disc whose area is that number."""

    x: float
    y: float
    radius: float
    many: int


@dataclass(frozen=True, slots=True)
class Places:
    """The picture of a ranking: options downwards by mean place, places to the right."""

    width: float
    height: float
    rows: tuple[tuple[float, str], ...]
    columns: tuple[tuple[float, int], ...]
    discs: tuple[Place, ...]


def order(called: Called) -> Order:
    """The picture of a question's contacts; labels that would lie over each other stand below each other."""
    longest = max((step.hours for row in called.rows for step in row.steps), default=1.0)
    y, bands = 26.0, []
    for row in called.rows:
        lanes: list[float] = []
        dots = []
        for step in row.steps:
            x = LEFT + _along(step.hours, longest) * WIDE
            label = _cut(step.name)
            lane = next((number for number, end in enumerate(lanes) if end < x - 12), len(lanes))
            end = x + 16 + LETTER * len(label)
            lanes[lane : lane + 1] = [end]
            dots.append(
                Dot(x, y + ROW / 2 + lane * LANE + LANE / 2, step.place, label, f"{step.name}, {step.hours:g} h")
            )
        height = ROW + LANE * max(len(lanes), 1)
        bands.append(Band(y, height, _cut(row.name), tuple(dots)))
        y += height
    return Order(LEFT + WIDE + 190, y + 8, _ticks(longest, LEFT, WIDE), tuple(bands))


def line(called: Sequence[Called]) -> Line:
    """The picture of all questions; delegations with the same hours stand beside each other."""
    longest = max((row.steps[0].hours for one in called for row in one.rows), default=1.0)
    columns = []
    for number, one in enumerate(called):
        middle = 60.0 + COLUMN * number + COLUMN / 2
        beside: dict[float, int] = {}
        for row in one.rows:
            beside[row.steps[0].hours] = beside.get(row.steps[0].hours, 0) + 1
        dots = [
            (middle + (place - (many - 1) / 2) * min(2 * DOT, (COLUMN - 12) / many), _up(hours, longest))
            for hours, many in beside.items()
            for place in range(many)
        ]
        at = _up(one.middle, longest) if one.middle is not None else None
        columns.append(Column(middle, one.inject, one.at, tuple(dots), at))
    ticks = tuple(Tick(_up(one.hours, longest), one.hours) for one in _ticks(longest, 0, 1))
    return Line(60.0 + COLUMN * max(len(called), 1) + 10, TALL + 70, ticks, tuple(columns))


def ranked(one: Ranked) -> Places:
    """The picture of a ranking."""
    most = max((many for held in one.places.values() for many in held), default=1) or 1
    left, step = 330.0, 54.0
    columns = tuple((left + step * place + step / 2, place + 1) for place in range(len(one.options)))
    rows = tuple((34 + 36.0 * number + 18, _cut(label, 46)) for number, label in enumerate(one.options.values()))
    discs = tuple(
        Place(columns[place][0], rows[number][0], 4 + 12 * (many / most) ** 0.5, many)
        for number, option in enumerate(one.options)
        for place, many in enumerate(one.places[option])
        if many
    )
    return Places(left + step * len(columns) + 10, 34 + 36.0 * len(rows) + 8, rows, columns, discs)


def _along(hours: float, longest: float) -> float:
    return log2(hours + 1) / log2(max(longest, 1.0) + 1)


def _up(hours: float, longest: float) -> float:
    return 20 + TALL * (1 - _along(hours, longest))


def _ticks(longest: float, start: float, width: float) -> tuple[Tick, ...]:
    return tuple(Tick(start + _along(hours, longest) * width, hours) for hours in TICKS if hours <= max(longest, 1.0))


def _cut(name: str, most: int = LONGEST) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
