"""The ways that steps and needs take over a day's grid: along lanes, through the gaps between columns and the channels
between lanes, so that none ever crosses a card. In cells and tracks; `layout` makes units of them.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import Literal, NamedTuple, TypeVar

from ttx.scenario.graph import Graph
from ttx.scenario.lanes import Grid
from ttx.scenario.model import Day

# Half lanes or columns, a little less than one: how far apart two places on one track are at least.
_APART = 0.9


@dataclass(frozen=True, slots=True)
class Link:
    """What leads from one inject to another: a step, by a decision's `option` if any, or a need."""

    source: str
    target: str
    option: str | None = None
    need: bool = False


class Upright(NamedTuple):
    """A place for lines from lane to lane: in the gap before column `gap`, where they leave cards or enter them.
    Lines of one `net` may run together."""

    gap: int
    side: Literal["leaving", "entering"]
    net: Hashable


class Level(NamedTuple):
    """A place for lines from column to column: in the channel above lane `channel`. A `net` may share it."""

    channel: int
    net: Hashable


class Port(NamedTuple):
    """A side of an inject's card: lines leave to the right and enter from the left, or from `below` one card to `above`
    the next. `turn` is where the line goes there: -1 up, 1 down, 0 straight on."""

    inject: str
    side: Literal["leaving", "entering", "below", "above"]
    turn: int


class Edge(NamedTuple):
    """The day's upper or lower edge, at a tag of the link's."""

    side: Literal["top", "bottom"]
    link: Link


Corner = Port | Upright | Level | Edge
"""What a way goes along, one after the other: from a level place to an upright one and so on."""


@dataclass(frozen=True, slots=True)
class Ways:
    """A day's links with their ways. `links` stay in the day; `leaving` and `entering` have their other end elsewhere.

    `uprights` and `levels` give each place in a gap or channel its track, counted from 0.
    """

    links: Mapping[Link, tuple[Corner, ...]]
    leaving: Mapping[Link, tuple[Corner, ...]]
    entering: Mapping[Link, tuple[Corner, ...]]
    uprights: Mapping[Upright, int]
    levels: Mapping[Level, int]


def links(graph: Graph, day: Day) -> tuple[list[Link], list[Link], list[Link]]:
    """What leads from inject to inject within a day, what leaves it, and what enters it."""
    here = {inject.id for inject in day.injects}
    inside: dict[Link, None] = {}
    leaving: dict[Link, None] = {}
    entering: dict[Link, None] = {}
    for inject in day.injects:
        for step in graph.after.get(inject.id, ()):
            link = Link(step.source, step.target, step.option)
            (inside if step.target in here else leaving)[link] = None
        for step in graph.before.get(inject.id, ()):
            if step.source not in here:
                entering[Link(step.source, step.target, step.option)] = None
        for needed in inject.needs:
            if needed in graph.injects:
                (inside if needed in here else entering)[Link(needed, inject.id, need=True)] = None
        for needing in graph.needed_by.get(inject.id, ()):
            if needing not in here:
                leaving[Link(inject.id, needing, need=True)] = None
    return list(inside), list(leaving), list(entering)


def ways(graph: Graph, day: Day, grid: Grid) -> Ways:
    """Every link of a day with its way, each exactly once."""
    inside, leaving, entering = links(graph, day)
    forks = _counted((link.source, link.need) for link in (*inside, *leaving))
    found = {link: _way(link, grid, forks) for link in inside}
    out = {link: _out(link, grid) for link in leaving}
    come = {link: _in(link, grid) for link in entering}
    uprights: dict[Upright, _Reach] = {}
    levels: dict[Level, _Reach] = {}
    for way in (*found.values(), *out.values(), *come.values()):
        _occupy(way, grid, uprights, levels)
    return Ways(found, out, come, _tracks(uprights), _tracks(levels))


def _way(link: Link, grid: Grid, forks: Mapping[Hashable, int]) -> tuple[Corner, ...]:
    here, there = grid.cells[link.source], grid.cells[link.target]
    leave: Hashable = (link.source, link.need)
    enter: Hashable = (link.target, link.need)
    after, before = here.column + 1, there.column
    entry = Port(link.target, "entering", 0)
    ahead = there.column > here.column
    along_its = ahead and (there.since <= here.column or after == before)
    along_mine = ahead and here.until >= there.column
    if (along_its or along_mine) and here.lane == there.lane:
        return Port(link.source, "leaving", 0), entry
    if there.column == here.column and there.lane == here.lane + 1 and not link.need:
        return Port(link.source, "below", 0), Port(link.target, "above", 0)
    exit_ = Port(link.source, "leaving", 1 if there.lane >= here.lane else -1)
    if after == before and forks[leave] == 1:
        return exit_, Upright(before, "entering", enter), entry
    if along_its and (not link.need or after == before):
        return exit_, Upright(after, "leaving", leave), entry
    if along_mine and not link.need:
        return exit_, Upright(before, "entering", enter), entry
    level = Level(here.lane + (there.lane >= here.lane), enter)
    return exit_, Upright(after, "leaving", leave), level, Upright(before, "entering", enter), entry


def _out(link: Link, grid: Grid) -> tuple[Corner, ...]:
    upright = Upright(grid.cells[link.source].column + 1, "leaving", (link.source, link.need))
    return Port(link.source, "leaving", 1), upright, Edge("bottom", link)


def _in(link: Link, grid: Grid) -> tuple[Corner, ...]:
    upright = Upright(grid.cells[link.target].column, "entering", (link.target, link.need))
    return Edge("top", link), upright, Port(link.target, "entering", 0)


def _counted(keys: Iterable[Hashable]) -> Mapping[Hashable, int]:
    counts: dict[Hashable, int] = defaultdict(int)
    for key in keys:
        counts[key] += 1
    return counts


def _occupy(
    way: Sequence[Corner], grid: Grid, uprights: dict[Upright, "_Reach"], levels: dict[Level, "_Reach"]
) -> None:
    """Note from where to where a way uses each of its places; heights count half lanes, widths columns."""
    for before, place, behind in zip(way, way[1:], way[2:], strict=False):
        match place:
            case Upright():
                uprights.setdefault(place, _Reach()).widen(_height(before, grid), _height(behind, grid))
            case Level() if isinstance(before, Upright) and isinstance(behind, Upright):
                levels.setdefault(place, _Reach()).widen(before.gap, behind.gap)


def _height(corner: Corner, grid: Grid) -> float:
    match corner:
        case Port(inject=name, turn=turn):
            return 2 * grid.cells[name].lane + 1 + turn / 4
        case Level(channel=channel):
            return 2 * channel
        case Edge(side=side):
            return -1 if side == "top" else 2 * (grid.lanes + grid.reserve) + 1
        case Upright():
            raise AssertionError("a way turns between two uprights")


@dataclass(slots=True)
class _Reach:
    """From where to where a place is used; `falls` is by how much more its lines go down than up."""

    low: float = inf
    high: float = -inf
    falls: float = 0

    def widen(self, one: float, other: float) -> None:
        self.low, self.high = min(self.low, one, other), max(self.high, one, other)
        self.falls += other - one


_Place = TypeVar("_Place", Upright, Level)


def _tracks(reaches: Mapping[_Place, _Reach]) -> dict[_Place, int]:
    """Tracks, counted from the left in each side of a gap and from above in each channel: as few as will do, so that
    no two places on one track come near each other."""
    groups: dict[tuple[Hashable, ...], list[_Place]] = defaultdict(list)
    for place in reaches:
        groups[place[:-1]].append(place)
    return {place: track for group in groups.values() for place, track in _shared(group, reaches).items()}


def _shared(places: Sequence[_Place], reaches: Mapping[_Place, _Reach]) -> dict[_Place, int]:
    """The tracks of one group: each place takes the first track that is free where it begins. Where lines fall, that
    is counted from below, so that of two which overlap the lower one turns off first and they do not cross."""
    falls = sum(reaches[place].falls for place in places) > 0
    spans = {p: (-reaches[p].high, -reaches[p].low) if falls else (reaches[p].low, reaches[p].high) for p in places}
    free: list[int] = []
    used: list[tuple[float, int]] = []
    tracks: dict[_Place, int] = {}
    for place in sorted(places, key=lambda one: spans[one]):
        begin, end = spans[place]
        while used and used[0][0] + _APART < begin:
            heappush(free, heappop(used)[1])
        tracks[place] = track = heappop(free) if free else len(used)
        heappush(used, (end, track))
    return tracks
