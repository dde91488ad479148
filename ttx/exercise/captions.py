"""Where the names on a map stand: beside what they name, and not on each other. Geometry only.

Each name says where it would like to stand, the best place first. They are placed in the order given, so what matters
most comes first; a name takes the first of its places that is free, and where none is, the one that covers least.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

HEIGHT = 1.0
"""Of a line of type, in its size."""
AIR = 3.0
"""Units between a name and the mark it belongs to, at least."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def covers(self, other: "Box") -> float:
        """The area the two have in common."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return across * down if across > 0 and down > 0 else 0.0

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height


def around(x: float, y: float, radius: float) -> Box:
    """The box of a mark."""
    return Box(x - radius, y - radius, 2 * radius, 2 * radius)


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that wants a place: how wide its text is, its size of type, and the boxes it could fill, best first."""

    key: str
    size: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """A name in its place: `x` is the middle of its line, `y` its base line."""

    key: str
    size: float
    box: Box

    @property
    def x(self) -> float:
        """The middle, from which a text is set to both sides whichever way it is read."""
        return self.box.x + self.box.width / 2

    @property
    def y(self) -> float:
        """The line the letters stand on."""
        return self.box.y + self.box.height - 0.22 * self.size


def beside(x: float, y: float, radius: float, width: float, size: float, first: str = "right") -> tuple[Box, ...]:
    """The places around a mark: at the side that is wanted first, then the others and the corners, then farther."""
    height = size * HEIGHT
    order = [first, *(one for one in ("right", "left", "above", "below") if one != first)]
    found: list[Box] = []
    for farther in (0.0, 0.7 * size, 1.4 * size):
        away = radius + AIR + farther
        beyond, over = away + width / 2, away + height / 2
        sides = {"right": (beyond, 0.0), "left": (-beyond, 0.0), "above": (0.0, -over), "below": (0.0, over)}
        aside = max(width / 2 - radius, 0)
        corners = ((aside, -over), (aside, over), (-aside, -over), (-aside, over))
        for dx, dy in (*(sides[one] for one in order), *corners):
            found.append(Box(x + dx - width / 2, y + dy - height / 2, width, height))
    return tuple(found)


def within(x: float, y: float, width: float, size: float, reach: float) -> tuple[Box, ...]:
    """The places for the name of an area: its middle, then ever farther from it."""
    height = size * HEIGHT
    steps = [(0.0, 0.0)]
    for part in (0.25, 0.5, 0.75, 1.0):
        for turn in (0.5, 1.5, 0.0, 1.0, 0.25, 0.75, 1.25, 1.75):
            steps.append((cos(turn * pi) * reach * part, sin(turn * pi) * reach * part))
    return tuple(Box(x + dx - width / 2, y + dy - height / 2, width, height) for dx, dy in steps)


def place(wishes: Iterable[Wish], marks: Sequence[Box], frame: Box) -> tuple[Caption, ...]:
    """Each name in its place, in the order given: off the marks, off one another, and inside the frame."""
    taken = list(marks)
    placed: list[Caption] = []
    for wish in wishes:
        best, least = wish.boxes[0], float("inf")
        for box in wish.boxes:
            cost = box.area - box.covers(frame) + sum(box.covers(other) for other in taken)
            if cost < least - 1e-6:
                best, least = box, cost
            if cost < 1e-6:
                break
        taken.append(best)
        placed.append(Caption(wish.key, wish.size, best))
    return tuple(placed)
