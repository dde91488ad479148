"""The map as the story has drawn it so far: what is shown, where tokens stand and how they got there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ttx.scenario.model import Alert, Border, Inject, Map, Move, Place, Point, Route, Show, Token


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
    """Everything to be drawn: land and places always, the rest once an inject has shown or moved it."""

    width: int
    height: int
    land: tuple[tuple[Point, ...], ...]
    places: Mapping[str, Place]
    routes: Mapping[str, Route]
    borders: Mapping[str, Border]
    tokens: tuple[Standpoint, ...]
    marks: tuple[Mark, ...]


def draw(chart: Map, told: Iterable[Inject]) -> Atlas:
    """The map after these injects, in the order they were told. Steps that point nowhere draw nothing."""
    shown: dict[str, None] = {}
    tokens: dict[str, Standpoint] = {}
    marks: dict[Point, Mark] = {}
    for inject in told:
        for step in inject.map:
            match step:
                case Move():
                    _move(chart, tokens, shown, step, inject.id)
                case Show(do="show", what=what) if what in chart.tokens:
                    token = chart.tokens[what]
                    at = _point(chart, token.at)
                    if at is not None:
                        tokens.setdefault(what, Standpoint(what, token, at, (), inject.id))
                case Show(do="show", what=what):
                    shown[what] = None
                case Show(what=what):
                    shown.pop(what, None)
                    tokens.pop(what, None)
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
        tuple(tokens.values()),
        tuple(marks.values()),
    )


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
