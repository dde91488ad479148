"""The picture of a scenario, measured: how wide and high each day's grid becomes, and where everything stands on it.

What stands where on the grid is `lanes`, what leads from cell to cell `wires`, what comes out `shapes`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ttx.scenario import lettering
from ttx.scenario.graph import Graph
from ttx.scenario.lanes import Cell, Grid, grid
from ttx.scenario.model import Day, Inject, Session
from ttx.scenario.phrasing import Say, labels, phrase
from ttx.scenario.shapes import Band, Box, Caption, Card, Column, Layout, Point, Stub, Wire
from ttx.scenario.wires import Corner, Edge, Level, Link, Port, Upright, Ways, ways

PAPER = 1400
"""Width that a picture has at least, and at most while its fullest day has room in it."""

_MARGIN = 14
_CARD = (100, 176)
_SPACING = 34
_TITLE = 11.5
_LINE = 14.5
_FRAME, _NARROW = 42, 140
_SMALL = 10
_EXIT, _ENTRY, _TRACK, _PILL = 7, 12, 7, 18
_DROP = 20
_THIN, _BETWEEN = 16, 4
_HEAD, _SESSION_LINE, _SESSION_TIME = 42, 15, 20
_CAPTION, _LABEL = 12.5, 20
_CHANNEL = 12
_TAG, _TAG_TEXT = 21, 10.5
_TURNED, _NEED = 9, 20
_END = 10


def laid_out(graph: Graph, *, paper: float = PAPER, between: float = 16, say: Say = str) -> Layout:
    """Where everything of a scenario is drawn; the same each time it is asked.

    Cards never overlap and wires cross none of them. A step's target stands right of its source, unless it is planned
    earlier. Every step and need is drawn once: as a wire, or between days as a stub at each end. The width is `paper`
    where that is enough for the fullest day, and grows with that day's columns otherwise; `between` bands is space.
    `say` translates what conditions are told with.
    """
    sheets = []
    for day in graph.scenario.days:
        own = day.model_copy(update={"injects": tuple(one for one in day.injects if graph.injects[one.id] is one)})
        cells = grid(graph, own)
        sheets.append(_Sheet(graph, own, cells, ways(graph, own, cells), say))
    width = max([paper, *(sheet.least for sheet in sheets)])
    bands: list[Band] = []
    top = 0.0
    for sheet in sheets:
        bands.append(sheet.band(top, width))
        top += bands[-1].height + between
    return Layout(width, max(top - between, 0), tuple(bands))


@dataclass(slots=True)
class _Sheet:
    """A day while it is measured: widths first, then across, then down."""

    graph: Graph
    day: Day
    grid: Grid
    ways: Ways
    say: Say
    tracks: Counter[tuple[int, str]] = field(init=False)
    levels: Counter[int] = field(init=False)
    pills: dict[int, int] = field(init=False)
    card: float = 0
    extra: float = 0
    left: dict[int, float] = field(default_factory=dict)
    lane: dict[int, float] = field(default_factory=dict)
    channel: dict[int, float] = field(default_factory=dict)
    height: float = 0

    def __post_init__(self) -> None:
        self.tracks, self.levels, self.pills = Counter(), Counter(), defaultdict(int)
        for place, track in self.ways.uprights.items():
            key = (place.gap, place.side)
            self.tracks[key] = max(self.tracks[key], track + 1)
        for level, track in self.ways.levels.items():
            self.levels[level.channel] = max(self.levels[level.channel], track + 1)
        for link, number in _numbered(self.ways.links).items():
            gap = self.grid.cells[link.source].column + 1
            self.pills[gap] = max(self.pills[gap], number + 1)

    # Across

    @property
    def least(self) -> float:
        """How wide the day is with the narrowest cards."""
        return self._around() + _CARD[0] * self.grid.columns

    def _around(self) -> float:
        """How wide all is that is no card."""
        gaps = sum(self._entry(column) + self._exit(column + 1) for column in range(self.grid.columns))
        between = sum(_THIN + _BETWEEN if not one.count else _BETWEEN for one in self.grid.stretches)
        return 2 * _MARGIN + gaps + between - _BETWEEN

    def _entry(self, gap: int) -> float:
        """From a session's edge, or the middle of a gap, to a card."""
        return _ENTRY + _TRACK * self.tracks[gap, "entering"]

    def _exit(self, gap: int) -> float:
        """From a card to the middle of a gap or the session's edge."""
        return _EXIT + _TRACK * self.tracks[gap, "leaving"] + _PILL * self.pills.get(gap, 0) + self.extra

    def _set_across(self, width: float) -> list[tuple[Session | None, float, float]]:
        """Cards and gaps as wide as the paper has room for; each session's left edge and width."""
        count = self.grid.columns
        self.card = min(max((width - self._around()) / count, _CARD[0]), _CARD[1])
        self.extra = min(max((width - self._around()) / count - self.card, 0), _SPACING)
        x: float = _MARGIN
        made: list[tuple[Session | None, float, float]] = []
        for stretch in self.grid.stretches:
            begin = x
            for column in range(stretch.first, stretch.first + stretch.count):
                x += self._entry(column)
                self.left[column] = x
                x += self.card + self._exit(column + 1)
            x += 0 if stretch.count else _THIN
            made.append((stretch.session, begin, x - begin))
            x += _BETWEEN
        return made

    def _x(self, place: Upright) -> float:
        track = self.ways.uprights[place]
        if place.side == "leaving":
            return self.left[place.gap - 1] + self.card + _EXIT + _TRACK * track
        count = self.tracks[place.gap, "entering"]
        return self.left[place.gap] - _ENTRY - _TRACK * (count - 1 - track)

    # Down

    def band(self, top: float, width: float) -> Band:
        """The day as it is drawn on paper of this width."""
        across = self._set_across(width)
        heads = {one: lettering.lines(one.title, _TITLE, w - 14, 2) for one, _, w in across if one and w > _THIN}
        head = _SESSION_TIME + _SESSION_LINE * max(map(len, heads.values()), default=0) + 6
        captions = self._captions()
        entering = self._packed(self.ways.entering, width)
        leaving = self._packed(self.ways.leaving, width)
        y = _HEAD + head + _rows(entering)
        reserve = None
        above: dict[int, float] = defaultdict(float)
        for name, there in captions.items():
            cell = self.grid.cells[name]
            above[cell.lane] = max(above[cell.lane], sum(len(one.lines) * _CAPTION + 3 for one in there))
        lanes = self.grid.lanes + self.grid.reserve
        for lane in range(lanes):
            y = self._channel(lane, y)
            if lane == self.grid.lanes:
                reserve = y
                y += _LABEL
            y += above[lane]
            self.lane[lane] = y
            y += self.tall
        y = self._channel(lanes, y)
        foot = y
        self.height = y + _rows(leaving) + _END
        cards = tuple(self._card(one, captions.get(one.id, ())) for one in self.day.injects)
        stubs = [*self._stubs(leaving, foot, "leaving"), *self._stubs(entering, _HEAD + head, "entering")]
        columns: list[Column] = []
        for session, x, w in across:
            thin = w <= _THIN
            room = self.height - _HEAD - 20
            cut = heads.get(session, ()) if session and not thin else ()
            if session and thin:
                cut = (lettering.line(session.title, _SMALL, room),)
            columns.append(Column(session, Box(x, _HEAD, w, self.height - _HEAD - _END), thin, cut))
        return Band(
            self.day, top, width, self.height, head, reserve, tuple(columns), cards, tuple(self._wires()), tuple(stubs)
        )

    @property
    def _most(self) -> int:
        """Lines of a title: a narrow card has one more."""
        return 3 if self.card < _NARROW else 2

    @property
    def tall(self) -> float:
        """How high a card is."""
        return _FRAME + _LINE * self._most

    def _channel(self, channel: int, y: float) -> float:
        self.channel[channel] = y + (_CHANNEL + _TRACK) / 2 if self.levels[channel] else y + _CHANNEL / 2
        return y + _CHANNEL + _TRACK * self.levels[channel]

    def _captions(self) -> dict[str, list[Caption]]:
        """What stands above each card, from above: options, then the condition."""
        made: dict[str, list[Caption]] = defaultdict(list)
        for link in (*self.ways.links, *self.ways.entering):
            if link.option is not None:
                branch = self.graph.injects[link.source].branch
                label = branch.options[link.option].label if branch else ""
                made[link.target].append(self._caption(link.option, label, self.card - _PILL))
        under = {
            way[-1].inject for way in self.ways.links.values() if isinstance(way[-1], Port) and way[-1].side == "above"
        }
        for inject in self.day.injects:
            if inject.when is not None:
                room = self.card - 14 - (_DROP + 6 if inject.id in under else 0)
                made[inject.id].append(
                    self._caption(None, phrase(inject.when, labels(self.graph.scenario), self.say), room)
                )
        return made

    def _caption(self, key: str | None, text: str, room: float) -> Caption:
        drawn = text if key is not None else lettering.apart(text)
        return Caption(key, text, lettering.lines(drawn, _SMALL, room, 2), 0)

    def _card(self, inject: Inject, captions: Iterable[Caption]) -> Card:
        cell = self.grid.cells[inject.id]
        box = Box(self.left[cell.column], self.lane[cell.lane], self.card, self.tall)
        placed: list[Caption] = []
        y = box.y
        for one in reversed(list(captions)):
            y -= len(one.lines) * _CAPTION + 3
            placed.insert(0, Caption(one.key, one.text, one.lines, y))
        return Card(inject, box, lettering.lines(inject.title, _TITLE, self.card - 20, self._most), tuple(placed))

    # Wires

    def _wires(self) -> Iterable[Wire]:
        numbers = _numbered(self.ways.links)
        for link, way in self.ways.links.items():
            points = self._points(link, way)
            yield Wire(link, points, self._pill(link, way, points, numbers[link]) if link in numbers else None)

    def _pill(self, link: Link, way: Sequence[Corner], points: Sequence[Point], number: int) -> Point:
        """In the gap behind the decision, where the way has left the upright line that it may share with others."""
        gap = self.grid.cells[link.source].column + 1
        x = self.left[gap - 1] + self.card + _EXIT + _TRACK * self.tracks[gap, "leaving"] + _PILL * (number + 0.5) - 4
        turned = isinstance(way[1], Upright) and way[1].side == "leaving"
        y = points[2][1] if turned else points[0][1]
        return (x if points[-1][0] > points[0][0] else points[1][0]), y

    def _points(self, link: Link, way: Sequence[Corner], tag: float = 0) -> tuple[Point, ...]:
        x = y = 0.0
        made: list[Point] = []
        for corner in way:
            match corner:
                case Port(inject=name, side="below"):
                    cell = self.grid.cells[name]
                    x, y = self.left[cell.column] + self.card - _DROP, self.lane[cell.lane] + self.tall
                case Port(inject=name, side="above"):
                    y = self.lane[self.grid.cells[name].lane]
                case Port(inject=name, side="leaving", turn=turn):
                    cell = self.grid.cells[name]
                    x, y = self.left[cell.column] + self.card, self._port(cell, link, turn)
                case Port(inject=name):
                    cell = self.grid.cells[name]
                    y = self._port(cell, link, 0)
                    made.append((x, y))
                    x = self.left[cell.column]
                case Upright():
                    x = self._x(corner)
                case Level():
                    y = self.channel[corner.channel] + _TRACK * self.ways.levels[corner]
                case Edge(side="bottom"):
                    y = tag
                case Edge():
                    y = tag
                    continue
            made.append((x, y))
        return tuple(dict.fromkeys(made))

    def _port(self, cell: Cell, link: Link, turn: int) -> float:
        middle = self.lane[cell.lane] + self.tall / 2
        return middle + (_NEED if link.need else _TURNED * turn)

    # Stubs

    def _packed(self, links: Mapping[Link, Sequence[Corner]], width: float) -> dict[Link, tuple[float, float, int]]:
        """Tags by link: left edge, width, and row counted from the lanes. From right to left, each beginning at its
        line and in the first row where it fits, so that no line passes over a tag."""
        rows: list[float] = []
        made: dict[Link, tuple[float, float, int]] = {}
        lines = {
            link: next(self._x(corner) for corner in way if isinstance(corner, Upright)) for link, way in links.items()
        }
        for link in sorted(links, key=lambda one: -lines[one]):
            wide = lettering.width(self._tag(link, link in self.ways.leaving), _TAG_TEXT) + 24
            x = min(lines[link] - 6, width - wide - 4)
            row = next((row for row, begin in enumerate(rows) if x + wide + 5 <= begin), len(rows))
            rows[row:] = [x, *rows[row + 1 :]]
            made[link] = x, wide, row
        return made

    def _tag(self, link: Link, leaving: bool) -> str:
        key = f"{link.option} " if link.option is not None else ""
        return f"{key}→ {link.target}" if leaving else f"{link.source} {key}→"

    def _stubs(
        self, packed: Mapping[Link, tuple[float, float, int]], y: float, side: Literal["leaving", "entering"]
    ) -> Iterable[Stub]:
        leaving = side == "leaving"
        ways = self.ways.leaving if leaving else self.ways.entering
        count = max((row for _, _, row in packed.values()), default=-1) + 1
        for link, way in ways.items():
            x, wide, row = packed[link]
            box = Box(x, y + _TAG * (row if leaving else count - 1 - row) + 2, wide, _TAG - 4)
            points = self._points(link, way, box.y if leaving else box.bottom)
            day = self.graph.day_of[link.target if leaving else link.source]
            yield Stub(link, side, day, self._tag(link, leaving), box, points)


def _numbered(links: Iterable[Link]) -> dict[Link, int]:
    """Links that have an option, counted among those from the same inject to the same."""
    counts: Counter[tuple[str, str]] = Counter()
    made: dict[Link, int] = {}
    for link in links:
        if link.option is not None:
            made[link] = counts[link.source, link.target]
            counts[link.source, link.target] += 1
    return made


def _rows(packed: Mapping[Link, tuple[float, float, int]]) -> float:
    """How high the rows of tags are together."""
    return _TAG * (max(row for _, _, row in packed.values()) + 1) + 4 if packed else 0
