"""The day against its plan: which moment a time on the agenda stands for, and how far the room is from it.

The day's clock is its agenda's where the day was opened within two hours of its planned start; opened at another
time, as in a rehearsal the evening before, it counts from the opening.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from ttx.exercise import course
from ttx.exercise.state import State, Status
from ttx.scenario.graph import Graph
from ttx.scenario.model import ClockTime, Day

NEAR = timedelta(hours=2)
"""How far from its planned start a day may be opened and still be held to the times on its agenda."""

_DAY, _NIGHT = timedelta(days=1), timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class DayClock:
    """What a day's agenda means in real time: its first time `start` stands for the moment `begins`."""

    start: ClockTime
    begins: datetime

    def moment(self, at: ClockTime) -> datetime:
        """The moment a time on the agenda stands for. One well before the day's start is after midnight."""
        after = _of_day(at) - _of_day(self.start)
        return self.begins + (after if after >= -_NIGHT else after + _DAY)

    def behind(self, at: ClockTime, real: datetime) -> timedelta:
        """How much later than planned something was; negative is earlier."""
        return real - self.moment(at)


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a day is behind its agenda: `behind` when something last began, and when the next thing is `due`."""

    behind: timedelta | None
    due: datetime | None

    def at(self, now: datetime) -> timedelta:
        """How far it is behind now: what it was, or by how much the next thing is overdue if that is more."""
        was = self.behind if self.behind is not None else timedelta()
        return max(was, now - self.due) if self.due is not None else was


def day_clock(day: Day, opened: datetime, zone: tzinfo | None) -> DayClock:
    """The clock of a day that was opened then; `zone` is the room's, None this machine's own."""
    start = day.sessions[0].start
    local = opened.astimezone(zone)
    early = _of_day(start) - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    early = (early + _DAY / 2) % _DAY - _DAY / 2
    if abs(early) > NEAR:
        return DayClock(start, opened)
    return DayClock(start, (opened + early).replace(microsecond=0))


def clock_of(state: State, day: Day, zone: tzinfo | None) -> DayClock | None:
    """The clock of a day of this exercise; None before it was opened."""
    began = state.began.get(day.day)
    return day_clock(day, began, zone) if began is not None else None


def pace(graph: Graph, state: State, zone: tzinfo | None) -> Pace | None:
    """The open day's pace: of what the agenda has a time for, what began last and comes next; nothing taken back."""
    day = graph.scenario.day(state.day) if state.day is not None else None
    clock = clock_of(state, day, zone) if day is not None else None
    if day is None or clock is None:
        return None
    began = state.began[day.day]
    real: list[tuple[datetime, ClockTime]] = []
    for session in day.sessions:
        known = state.sessions.get((day.day, session.id))
        if known is not None and known.at >= began:
            real.append((known.at, session.start))
    for inject in day.injects:
        first = released_since(state, inject.id, began)
        if first is not None and not inject.reserve and state.released(inject.id):
            real.append((first, inject.at))
    last = max(real, default=None)
    upcoming = course.next_up(graph, state)
    return Pace(
        clock.behind(last[1], last[0]) if last is not None else None,
        clock.moment(upcoming.at) if upcoming is not None else None,
    )


def held(graph: Graph, state: State, day: int, now: datetime, zone: tzinfo | None) -> timedelta | None:
    """How far a day is behind its plan now, or was when it closed, as its console says; None where nothing began."""
    over = None if state.day == day else state.closed.get(day)
    if state.day != day and over is None:
        return None
    then = state if over is None else state._replace(day=day, status=Status.RUNNING)
    found = pace(graph, then, zone)
    return found.at(over or now) if found is not None and found.behind is not None else None


def released_since(state: State, inject: str, began: datetime) -> datetime | None:
    """When an inject first went out, if that was since this moment."""
    progress = state.progress.get(inject)
    first = progress.first if progress is not None else None
    return first if first is not None and first >= began else None


def _of_day(at: ClockTime) -> timedelta:
    hours, minutes = at.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
