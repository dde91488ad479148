"""Where each inject of a day stands on the day's grid: its column by time, its lane by the line of the story.

A column is a quarter of an hour or one step of the story, whichever is shorter; a lane is one line of the story.
What leads from cell to cell, and how, is `wires`; how large the cells are is `layout`.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject, Session

SLOT = 15
"""Minutes. Injects planned within so many of each other share a column, unless one leads to the other."""

_FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """A session's columns, `first` to `first + count - 1`. None is for injects whose session the day does not have."""

    session: Session | None
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an inject stands. In its lane, no card stands between `since` and `column`, nor between that and `until`:
    what leads here may come along the lane from there, and what leaves may go along it up to there."""

    column: int
    lane: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A day's cells. The first `lanes` are the story's, the next `reserve` hold what is in reserve."""

    stretches: tuple[Stretch, ...]
    cells: Mapping[str, Cell]
    columns: int
    lanes: int
    reserve: int


def moment(day: Day, inject: Inject) -> tuple[int, int]:
    """When an inject is planned, to be compared within its day: its session's place in time, minutes into it."""
    for place, session in enumerate(agenda(day)):
        if session.id == inject.session:
            return place, _into(session, inject)
    return len(day.sessions), _minute(inject.at)


def agenda(day: Day) -> tuple[Session, ...]:
    """The day's sessions in the order of their time."""
    return tuple(sorted(day.sessions, key=lambda session: session.start))


def grid(graph: Graph, day: Day) -> Grid:
    """The grid of a day of this graph's scenario. A step leads to a later column unless the times say otherwise, or to
    the same one where both its ends are planned for the same time and on conditions: one is told in the other's place.
    """
    after = _after(graph, day)
    beside = _alternatives(day, after)
    stretches, column = _columns(day, after, beside)
    story = [inject for inject in day.injects if not inject.reserve]
    lanes = _Lanes(column, _heirs(story, after, column), beside)
    lanes.draw(inject.id for inject in story)
    cells = dict(lanes.cells)
    reserve = [inject for inject in day.injects if inject.reserve]
    rows = _reserve(day, reserve, stretches, column, {target for ends in after.values() for target in ends})
    for name, (at, row) in rows.items():
        cells[name] = Cell(at, lanes.count + row, at, at)
    last = stretches[-1]
    return Grid(
        stretches, cells, last.first + last.count, lanes.count, max((row for _, row in rows.values()), default=-1) + 1
    )


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _into(session: Session, inject: Inject) -> int:
    """Minutes from the session's start; a little before it is negative, and midnight may lie between."""
    return (_minute(inject.at) - _minute(session.start) + 720) % 1440 - 720


def _after(graph: Graph, day: Day) -> dict[str, list[str]]:
    """What each inject leads to within the day, in the author's order, the default of a decision first."""
    here = {inject.id for inject in day.injects}
    after: dict[str, list[str]] = {}
    for inject in day.injects:
        leaving = list(graph.after.get(inject.id, ()))
        if inject.branch is not None:
            leaving.sort(key=lambda step: step.option != inject.branch.default if inject.branch else False)
        after[inject.id] = [target for target in dict.fromkeys(s.target for s in leaving) if target in here]
    return after


def _alternatives(day: Day, after: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What an inject leads to and shares its time with, both on conditions."""
    known = {inject.id: inject for inject in day.injects if inject.when is not None and not inject.reserve}
    return {
        name: [
            other
            for other in after[name]
            if other in known and other != name and (known[other].session, known[other].at) == (one.session, one.at)
        ]
        for name, one in known.items()
    }


def _columns(
    day: Day, after: Mapping[str, Sequence[str]], beside: Mapping[str, Sequence[str]]
) -> tuple[tuple[Stretch, ...], dict[str, int]]:
    sessions: list[Session | None] = list(agenda(day))
    entered = {target for ends in after.values() for target in ends}
    members: dict[str | None, list[Inject]] = defaultdict(list)
    known = {session.id for session in day.sessions}
    for inject in day.injects:
        members[inject.session if inject.session in known else None].append(inject)
    if members[None]:
        sessions.append(None)
    column: dict[str, int] = {}
    stretches: list[Stretch] = []
    first = 0
    for session in sessions:
        there = members.pop(session.id if session else None, [])
        placed = [one for one in there if not one.reserve or one.id in entered]
        times = {one.id: _into(session, one) if session else _minute(one.at) for one in placed}
        count = max(_in_time(_ordered(placed, times, after), times, after, beside, column, first), 1 if there else 0)
        stretches.append(Stretch(session, first, count))
        first += count
    return tuple(stretches), column


def _ordered(there: Sequence[Inject], times: Mapping[str, int], after: Mapping[str, Sequence[str]]) -> list[str]:
    """Ids by time; of the same time, each after those that lead to it, as far as they go in no circle."""
    groups: dict[int, list[str]] = defaultdict(list)
    for inject in there:
        groups[times[inject.id]].append(inject.id)
    ordered: list[str] = []
    for time in sorted(groups):
        group = groups[time]
        waiting = dict.fromkeys(group, 0)
        for name in group:
            for target in after[name]:
                if target in waiting:
                    waiting[target] += 1
        ready = [name for name in reversed(group) if not waiting[name]]
        done: dict[str, None] = {}
        while ready:
            name = ready.pop()
            done[name] = None
            for target in reversed(after[name]):
                if target in waiting:
                    waiting[target] -= 1
                    if not waiting[target]:
                        ready.append(target)
        ordered += [*done, *(name for name in group if name not in done)]
    return ordered


def _in_time(
    ordered: Sequence[str],
    times: Mapping[str, int],
    after: Mapping[str, Sequence[str]],
    beside: Mapping[str, Sequence[str]],
    column: dict[str, int],
    first: int,
) -> int:
    """Give a session's injects their columns, in `column`; how many these are."""
    least: dict[str, int] = {}
    now, opened, count = first, None, 0
    for name in ordered:
        if opened is not None and times[name] - opened >= SLOT:
            now, opened = first + count, None
        at = max(now, least.get(name, first))
        if opened is None or at >= first + count:
            now, opened = at, times[name]
        column[name] = at
        count = max(count, at - first + 1)
        for target in after[name]:
            least[target] = max(least.get(target, 0), at + (target not in beside.get(name, ())))
    return count


def _heirs(
    story: Sequence[Inject], after: Mapping[str, Sequence[str]], column: Mapping[str, int]
) -> dict[str, list[str]]:
    """Where the line of the story may go on from each inject: to later columns, and not into the reserve."""
    here = {inject.id for inject in story}
    return {name: [other for other in after[name] if other in here and column[other] > column[name]] for name in here}


class _Lanes:
    """Lines of the story, each in one lane: the main line first, then what leaves it, from left to right."""

    def __init__(
        self, column: Mapping[str, int], heirs: Mapping[str, list[str]], beside: Mapping[str, Sequence[str]]
    ) -> None:
        self.column, self.heirs, self.beside = column, heirs, beside
        self.cells: dict[str, Cell] = {}
        self._taken: list[list[tuple[int, int]]] = []

    @property
    def count(self) -> int:
        return len(self._taken)

    def draw(self, names: Iterable[str]) -> None:
        """Put every line into its lane. The line of the first name is the main one."""
        written = list(names)
        for root in [*written[:1], *sorted(written, key=lambda name: self.column[name])]:
            waiting: list[tuple[str | None, str]] = [(None, root)]
            while waiting:
                source, name = waiting.pop()
                if name in self.cells:
                    continue
                line = self._line(source, name)
                leaving = [(one, other) for one in line for other in (*self.beside.get(one, ()), *self.heirs[one])]
                waiting += reversed(leaving)

    def _line(self, source: str | None, name: str) -> list[str]:
        """Follow the story from here until it joins what is drawn already, and give it a lane."""
        line = [name]
        while (heir := self._next(line[-1])) is not None:
            line.append(heir)
        begin, end = self.column[name], self.column[line[-1]]
        since = min(self.column[source], begin - 1) if source is not None else begin - 1
        joined = next((heir for heir in self.heirs[line[-1]] if heir in self.cells), None)
        until = self.column[joined] if joined is not None else end + 1
        above = self.cells[source].lane if source is not None else -1
        lane = self._free(above + 1, since + 1, until - 1)
        columns = [since, *(self.column[one] for one in line), until]
        for one, before, here, behind in zip(line, columns, columns[1:], columns[2:], strict=False):
            self.cells[one] = Cell(here, lane, before, behind)
        return line

    def _next(self, name: str) -> str | None:
        """The heir of an inject; where it has none, of what is told in its place."""
        seen = {name}
        while True:
            heir = next((heir for heir in self.heirs[name] if heir not in self.cells), None)
            others = [other for other in self.beside.get(name, ()) if other not in seen]
            if heir is not None or not others:
                return heir
            name = others[0]
            seen.add(name)

    def _free(self, lane: int, begin: int, end: int) -> int:
        """The first lane from this one on that is free in these columns; it is taken now."""
        while lane < len(self._taken):
            taken = self._taken[lane]
            place = bisect_right(taken, (end, _FAR))
            if place == 0 or taken[place - 1][1] < begin:
                break
            lane += 1
        else:
            lane = len(self._taken)
            self._taken.append([])
        insort(self._taken[lane], (begin, end))
        return lane


def _reserve(
    day: Day,
    reserve: Sequence[Inject],
    stretches: Sequence[Stretch],
    column: Mapping[str, int],
    entered: set[str],
) -> dict[str, tuple[int, int]]:
    """Column and row of what is in reserve: where its time is, or beside that where the place is taken."""
    begun = dict(_begun(day, stretches, column))
    rows: dict[str, tuple[int, int]] = {}
    used: dict[int, int] = defaultdict(int)
    for inject in sorted(reserve, key=lambda one: one.id not in entered):
        place, into = moment(day, inject)
        stretch = stretches[min(place, len(stretches) - 1)]
        if inject.id in column:
            at = column[inject.id]
        else:
            there = range(stretch.first, stretch.first + stretch.count)
            wanted = bisect_right([begun.get(one, -720) for one in there], into) - 1 + stretch.first
            wanted = max(wanted, stretch.first)
            at = min(there, key=lambda one: (used[one], abs(one - wanted), one < wanted))
        rows[inject.id] = at, used[at]
        used[at] += 1
    return rows


def _begun(day: Day, stretches: Sequence[Stretch], column: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """From when on each column is, in minutes into its session."""
    earliest: dict[int, int] = {}
    for inject in day.injects:
        if inject.id in column:
            at = column[inject.id]
            earliest[at] = min(earliest.get(at, 1440), moment(day, inject)[1])
    for stretch in stretches:
        latest = -720
        for at in range(stretch.first, stretch.first + stretch.count):
            latest = max(latest, earliest.get(at, latest))
            yield at, latest
