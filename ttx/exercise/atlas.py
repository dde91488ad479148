"""The map as the story has drawn it so far: what is shown, where tokens stand and how they got there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees, hypot

from ttx.exercise.captions import Box, Caption, Wish, around, beside, place, within
from ttx.scenario.lettering import width
from ttx.scenario.model import Alert, Border, Inject, Map, Move, Place, Point, Route, Show, Token

LETTERS: Mapping[str, float] = {
    "country": 24,
    "token": 24,
    "flow": 23,
    "alert": 22,
    "place": 21,
    "sea": 22,
    "border": 20,
}
"""The size of each sort of name, in units of the map: at 1.2 pixels a unit 24 pixels, which the last row can read."""
DISC, DOT, RING = 17.0, 8.0, 18.0
"""How far a token, a place and an alert reach from their middle."""
SPREAD = 0.16
"""What stands between the letters of a country's name, in their size."""
CROWD = 30.0
"""Tokens nearer to one another than this are drawn side by side."""
CLASSES = (20, 100, 500, 2000)
"""The most people in each class of width; more are the widest. Five widths can be told apart from the last row; a
width for every number could not be read back, so the number stands beside the way."""
BEAD = 22.0
"""A name stands off a way as off a string of squares of half this size, so far apart."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A token where it stands. `trail` is the last way it went, `step` names the inject that moved it."""

    id: str
    token: Token
    at: Point
    trail: tuple[Point, ...]
    step: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An alert at a point. `step` names the inject that raised it."""

    at: Point
    label: str
    step: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything to be drawn: land and places always, the rest once an inject has shown or moved it. `flows` says how
    many people go along a route, where an inject told a number."""

    width: int
    height: int
    land: tuple[tuple[Point, ...], ...]
    places: Mapping[str, Place]
    routes: Mapping[str, Route]
    borders: Mapping[str, Border]
    tokens: tuple[Standpoint, ...]
    marks: tuple[Mark, ...]
    flows: Mapping[str, int]

    @property
    def widths(self) -> Mapping[str, int]:
        """The class of each flow by its number of people, 1 to 5."""
        return {name: 1 + sum(people > most for most in CLASSES) for name, people in self.flows.items()}

    @property
    def captions(self) -> Mapping[str, Caption]:
        """Where the names stand: `place:`, `token:`, `flow:` or `border:` with an id, `alert:` with its
        number for those that were raised last."""
        wishes = [*self._travellers(), *self._numbers(), *self._alarm(), *self._countries()]
        wishes += [*self._towns(), *self._waters()]
        marks = [around(*one.at, DISC) for one in self.tokens]
        marks += [around(*one.at, DOT) for one in self.places.values() if one.kind not in ("country", "sea")]
        marks += [around(*one.at, RING) for one in self.marks]
        marks += [around(x, y, BEAD / 4) for one in self.routes.values() for x, y, _ in _beads(one.points)]
        frame = Box(6, 6, self.width - 12, self.height - 12)
        return {one.key: one for one in place(wishes, marks, frame)}

    def _countries(self) -> Iterator[Wish]:
        size = LETTERS["country"]
        for name, one in self.places.items():
            if one.kind == "country":
                wide = width(one.name.upper(), size, bold=True) + SPREAD * size * len(one.name)
                yield Wish(f"place:{name}", size, within(*one.at, wide, size, 70))

    def _travellers(self) -> Iterator[Wish]:
        size = LETTERS["token"]
        for one in self.tokens:
            wide = width(one.token.name, size, bold=True)
            ringed = any(hypot(one.at[0] - mark.at[0], one.at[1] - mark.at[1]) < RING for mark in self.marks)
            yield Wish(f"token:{one.id}", size, beside(*one.at, RING if ringed else DISC, wide, size))

    def _numbers(self) -> Iterator[Wish]:
        size = LETTERS["flow"]
        for name, people in self.flows.items():
            x, y, _ = _along(self.routes[name].points, 0.42)
            yield Wish(
                f"flow:{name}",
                size,
                beside(x, y, 6 + 2 * self.widths[name], width(f"{people:,}", size, bold=True), size, "above"),
            )

    def _alarm(self) -> Iterator[Wish]:
        size = LETTERS["alert"]
        for number, one in enumerate(self.marks):
            if one.label and one.step == self.marks[-1].step:
                wide = width(one.label, size, bold=True)
                yield Wish(f"alert:{number}", size, beside(*one.at, RING, wide, size, "above"))

    def _towns(self) -> Iterator[Wish]:
        size = LETTERS["place"]
        for name, one in self.places.items():
            if one.kind not in ("country", "sea"):
                wide = width(one.name, size, bold=True)
                ringed = any(one.at == mark.at for mark in self.marks)
                yield Wish(f"place:{name}", size, beside(*one.at, RING if ringed else DOT, wide, size, one.label))

    def _waters(self) -> Iterator[Wish]:
        for name, one in self.places.items():
            if one.kind == "sea":
                wide = width(one.name, LETTERS["sea"]) * 1.1
                yield Wish(f"place:{name}", LETTERS["sea"], within(*one.at, wide, LETTERS["sea"], 90))
        for name, border in self.borders.items():
            if border.label is not None:
                wide = width(border.name, LETTERS["border"])
                yield Wish(f"border:{name}", LETTERS["border"], within(*border.label, wide, LETTERS["border"], 60))

    @property
    def arrows(self) -> Mapping[str, tuple[tuple[float, float, float], ...]]:
        """Where along each way an arrow stands, and its direction in degrees: money and calls flow, so have two."""
        return {
            name: tuple(_along(one.points, part) for part in ((0.3, 0.7) if one.track in FLOWS else (0.55,)))
            for name, one in self.routes.items()
        }


FLOWS = ("money", "calls")
"""The tracks on which nothing travels that can be seen."""


def draw(chart: Map, told: Iterable[Inject]) -> Atlas:
    """The map after these injects, in the order they were told. Steps that point nowhere draw nothing."""
    shown: dict[str, None] = {}
    tokens: dict[str, Standpoint] = {}
    marks: dict[Point, Mark] = {}
    flows: dict[str, int] = {}
    for inject in told:
        for step in inject.map:
            match step:
                case Move():
                    _move(chart, tokens, shown, step, inject.id)
                    if step.route in shown and step.people is not None:
                        flows[step.route] = step.people
                case Show(do="show", what=what) if what in chart.tokens:
                    token = chart.tokens[what]
                    at = _point(chart, token.at)
                    if at is not None:
                        tokens.setdefault(what, Standpoint(what, token, at, (), inject.id))
                case Show(do="show", what=what, people=people):
                    shown[what] = None
                    if people is not None and what in chart.routes:
                        flows[what] = people
                case Show(what=what):
                    shown.pop(what, None)
                    flows.pop(what, None)
                    gone = tokens.pop(what, None)
                    if gone is not None:
                        marks.pop(gone.at, None)
                    if what in chart.places:
                        marks.pop(chart.places[what].at, None)
                case Alert(place=place, label=label):
                    at = _point(chart, place)
                    if at is not None:
                        marks.pop(at, None)  # the newest stands last
                        marks[at] = Mark(at, label, inject.id)
    return Atlas(
        chart.width,
        chart.height,
        chart.land,
        chart.places,
        {name: route for name, route in chart.routes.items() if name in shown},
        {name: border for name, border in chart.borders.items() if name in shown},
        _apart(tokens.values()),
        tuple(marks.values()),
        flows,
    )


def _apart(tokens: Iterable[Standpoint]) -> tuple[Standpoint, ...]:
    """Tokens that came to the same place, side by side."""
    found: list[Standpoint] = []
    for one in tokens:
        x, y = one.at
        while any(hypot(x - other.at[0], y - other.at[1]) < CROWD for other in found):
            x += CROWD + 6
        if (x, y) != one.at:
            one = replace(one, at=(x, y), trail=(*one.trail[:-1], (x, y)) if one.trail else ())
        found.append(one)
    return tuple(found)


def _beads(points: tuple[Point, ...]) -> Iterator[tuple[float, float, float]]:
    """Points along a way, about `BEAD` apart, without its ends: there stand the marks it joins."""
    many = max(2, int(sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)) / BEAD))
    return (_along(points, number / many) for number in range(1, many))


def _along(points: tuple[Point, ...], part: float) -> tuple[float, float, float]:
    """The point at this part of a line's length, and the direction there."""
    legs = list(pairwise(points))
    left = part * sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in legs)
    for a, b in legs:
        long = hypot(b[0] - a[0], b[1] - a[1])
        if long and left <= long:
            share = left / long
            x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
            return round(x, 1), round(y, 1), round(degrees(atan2(b[1] - a[1], b[0] - a[0])), 1)
        left -= long
    return (*points[-1], 0.0)


def _move(chart: Map, tokens: dict[str, Standpoint], shown: dict[str, None], step: Move, inject: str) -> None:
    token = chart.tokens.get(step.token)
    if token is None:
        return
    if step.route is not None:
        route = chart.routes.get(step.route)
        if route is None:
            return
        shown[step.route] = None
        trail = route.points
    else:
        here = tokens[step.token].at if step.token in tokens else _point(chart, token.at)
        there = _point(chart, step.to)
        if here is None or there is None:
            return
        trail = (here, there)
    tokens[step.token] = Standpoint(step.token, token, trail[-1], trail, inject)


def _point(chart: Map, at: str | Point | None) -> Point | None:
    if not isinstance(at, str):
        return at
    place = chart.places.get(at)
    return place.at if place is not None else None
