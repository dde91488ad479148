"""The pieces that the picture of a scenario is made of: bands, columns, cards, wires and stubs.

Units are those of an SVG at its natural size (CSS pixels). Each band has its own origin, so that one can be drawn anew
alone. How it looks is `frontend/templates/pictures/graph.html`.
"""

from dataclasses import dataclass
from typing import Literal

from ttx.scenario.model import Day, Inject, Session
from ttx.scenario.wires import Link

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `x`, `y` is its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Caption:
    """Words above a card: under which option (`key`) or on what condition (no key) the story comes here."""

    key: str | None
    text: str
    lines: tuple[str, ...]
    y: float


@dataclass(frozen=True, slots=True)
class Card:
    """An inject's place, its title in lines, and what stands above it."""

    inject: Inject
    box: Box
    lines: tuple[str, ...]
    captions: tuple[Caption, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """A step or need within a day: its corners, each beside or below the one before, and where an option's key goes."""

    link: Link
    points: tuple[Point, ...]
    pill: Point | None


@dataclass(frozen=True, slots=True)
class Stub:
    """One end of a step or need between days: a tag at the band's edge that names the other end, and the line to it."""

    link: Link
    side: Literal["leaving", "entering"]
    day: int
    text: str
    box: Box
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A session's place. One without injects is `thin`: its title is turned by a quarter and has one line."""

    session: Session | None
    box: Box
    thin: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A day. `top` is where it stands in the whole picture; all else counts from its own upper left corner.

    `heads` is how high the sessions' headings are, `reserve` where the row of what is in reserve begins, if any.
    """

    day: Day
    top: float
    width: float
    height: float
    heads: float
    reserve: float | None
    columns: tuple[Column, ...]
    cards: tuple[Card, ...]
    wires: tuple[Wire, ...]
    stubs: tuple[Stub, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture."""

    width: float
    height: float
    bands: tuple[Band, ...]
