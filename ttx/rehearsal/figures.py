"""What a rehearsal took against what was planned, from the server's record and the notes of the tablets. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil, floor, log10
from statistics import median
from typing import Any

from pydantic import BaseModel, ConfigDict

from ttx.rehearsal import agenda
from ttx.rehearsal.cast import Stage
from ttx.rehearsal.marks import Marks, Seen
from ttx.scenario.model import Day, Inject

SLIGHT = 1.0
"""Minutes over the plan, or spent waiting for the machine, that nobody need be told of."""


class Part(BaseModel):
    """A piece of the figures; plain data all the way down. Minutes are the story's, not the rehearsal's."""

    model_config = ConfigDict(frozen=True)


class InjectRun(Part):
    """One development: planned and taken, and when the first, the median and the last delegation had answered all
    its questions, in minutes after its release. `silent` are those that answered none, `away` those that could not: no
    tablet of theirs had connected and showed it."""

    id: str
    title: str
    session: str
    planned_at: str
    planned_minutes: int
    released_at: str
    minutes: float
    asked: int
    answered: int
    silent: int
    away: int
    first: float | None
    median: float | None
    last: float | None
    decided: str | None


class SessionRun(Part):
    """One block of the agenda, from its first development to what comes after its last. `over` is how much later it
    ended than planned, and None for one that was going on when the rehearsal was stopped."""

    id: str
    title: str
    planned_at: str
    planned_minutes: int
    began_at: str
    minutes: float
    over: float | None


class DayRun(Part):
    """One day, planned and taken. `drift` is how much later it closed than planned; earlier is negative."""

    day: int
    title: str
    planned_minutes: int
    minutes: float
    drift: float
    closed: bool
    sessions: tuple[SessionRun, ...]
    injects: tuple[InjectRun, ...]


class Spread(Part):
    """Milliseconds that something took, how often it was measured."""

    count: int
    median: float | None
    p99: float | None


class Failure(Part):
    """Something that did not work."""

    who: str
    what: str
    sentence: str


class Figures(Part):
    """Everything that is told of a rehearsal. `released_to_last` is the slowest tablet of each development. `caution`
    says that the minutes are the machine's and not people's, where they are; None where they may be believed."""

    title: str
    caution: str | None
    speed: float
    seed: int
    delegations: int
    tablets: int
    days: tuple[DayRun, ...]
    overruns: tuple[str, ...]
    released_to_tablet: Spread
    released_to_last: Spread
    answered_to_acknowledged: Spread
    failed: int
    failures: tuple[Failure, ...]


def figures(
    stage: Stage,
    log: Sequence[Mapping[str, Any]],
    marks: Marks,
    speed: float,
    seed: int,
    only: int | None = None,
) -> Figures:
    """The figures of a rehearsal at this speed, of all days that were opened or `only` of one.

    `log` holds the entries as the API tells them; the first one is there from the beginning.
    """
    record = _Record(log, speed)
    played = [day for day in stage.scenario.days if day.day in record.opened and only in (None, day.day)]
    days = tuple(_day(stage, record, marks, day) for day in played)
    last = {one.inject: one for one in sorted(marks.seen, key=lambda one: one.at)}
    to_last = spread(record.waits(last.values()))
    return Figures(
        title=stage.scenario.title,
        caution=_caution(to_last, spread([late * 1000 for late in marks.late]), speed),
        speed=speed,
        seed=seed,
        delegations=len({seat.delegation for seat in stage.seats if seat.delegation is not None}),
        tablets=sum(1 for seat in stage.seats if seat.delegation is not None),
        days=days,
        overruns=tuple(_overruns(days)),
        released_to_tablet=spread(record.waits(marks.seen)),
        released_to_last=to_last,
        answered_to_acknowledged=spread([took * 1000 for took in marks.acknowledged]),
        failed=marks.failed,
        failures=tuple(Failure(who=one.who, what=one.what, sentence=one.sentence) for one in marks.failures),
    )


def spread(values: Sequence[float]) -> Spread:
    """Median and 99th percentile (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        return Spread(count=0, median=None, p99=None)
    p99 = ordered[ceil(len(ordered) * 0.99) - 1]
    return Spread(count=len(ordered), median=round(median(ordered), 1), p99=round(p99, 1))


def _caution(to_last: Spread, late: Spread, speed: float) -> str | None:
    """What to make of the minutes where the machine took more than a slight part of them."""
    wait = max(to_last.median or 0, late.median or 0) / 1000
    taken = wait * speed / 60
    if taken <= SLIGHT:
        return None
    slower = 60 * SLIGHT / wait
    story = "1 minute" if round(taken) == 1 else f"{taken:.0f} minutes"
    return (
        f"The minutes below describe this machine and not people: it fell {wait:.1f} seconds behind, which at "
        f"{speed:g} times the clock make {story} of the story. Trust the order of events, the decisions, "
        "the waits in milliseconds and what failed; do not trust what anything took, when answers came, what overruns "
        f"and who was silent. Rehearse again at a speed of {_rounded(slower)} or less, or on a quieter machine."
    )


def _rounded(speed: float) -> str:
    """Down to one digit that counts: 28 is 20."""
    one = 10.0 ** floor(log10(speed))
    return f"{speed // one * one:g}"


class _Record:
    """The log, by what is asked of it. Of what happens twice, the first counts; of a day's end the last."""

    def __init__(self, log: Sequence[Mapping[str, Any]], speed: float) -> None:
        self.speed = speed
        self.opened: dict[int, datetime] = {}
        self.closed: dict[int, datetime] = {}
        self.released: dict[str, datetime] = {}
        self.decided: dict[str, str] = {}
        self.answers: dict[str, dict[str, dict[str, datetime]]] = {}
        self.end = datetime.fromisoformat(log[-1]["at"])
        for entry in log:
            self._take(entry["kind"], datetime.fromisoformat(entry["at"]), entry["body"])

    def _take(self, kind: str, at: datetime, body: Mapping[str, Any]) -> None:
        match kind:
            case "DayOpened":
                self.opened.setdefault(body["day"], at)
            case "DayClosed":
                self.closed[body["day"]] = at
            case "InjectReleased":
                self.released.setdefault(body["inject"], at)
            case "BranchChosen":
                self.decided[body["inject"]] = body["option"]
            case "ResponseSubmitted":
                by_question = self.answers.setdefault(body["inject"], {}).setdefault(body["delegation"], {})
                by_question.setdefault(body["question"], at)

    def minutes(self, since: datetime, until: datetime) -> float:
        """Minutes of the story between two moments."""
        return (until - since).total_seconds() * self.speed / 60

    def real(self, minutes: float) -> timedelta:
        """How long so many minutes of the story took."""
        return timedelta(minutes=minutes / self.speed)

    def over(self, day: int) -> datetime:
        """When a day closed; if it never did, when the record ends."""
        return self.closed.get(day, self.end)

    def waits(self, seen: Iterable[Seen]) -> list[float]:
        """Milliseconds from the release of a development until it was seen."""
        return [
            max((one.at - self.released[one.inject].timestamp()) * 1000, 0.0)
            for one in seen
            if one.inject in self.released
        ]


def _day(stage: Stage, record: _Record, marks: Marks, day: Day) -> DayRun:
    begin, end = agenda.span(day)
    opened, closed = record.opened[day.day], record.over(day.day)
    out = sorted((one for one in day.injects if one.id in record.released), key=lambda one: record.released[one.id])
    ends = _ends(record, day, out, closed)
    injects = tuple(_inject(stage, record, marks, day, one, until) for one, until in zip(out, ends, strict=True))
    taken = record.minutes(opened, closed)
    return DayRun(
        day=day.day,
        title=day.title,
        planned_minutes=end - begin,
        minutes=round(taken, 1),
        drift=round(taken - (end - begin), 1),
        closed=day.day in record.closed,
        sessions=tuple(_sessions(record, day, out)),
        injects=injects,
    )


def _inject(stage: Stage, record: _Record, marks: Marks, day: Day, inject: Inject, until: datetime) -> InjectRun:
    released = record.released[inject.id]
    reached = stage.reached(inject) if inject.questions else frozenset()
    given = record.answers.get(inject.id, {})
    unheard = reached - given.keys()
    away = unheard - marks.shown.get(inject.id, set())
    done = [max(at.values()) for one, at in given.items() if one in reached and len(at) == len(inject.questions)]
    times = [record.minutes(released, at) for at in done]
    at = agenda.span(day)[0] + record.minutes(record.opened[day.day], released)
    return InjectRun(
        id=inject.id,
        title=inject.title,
        session=inject.session,
        planned_at=inject.at,
        planned_minutes=inject.minutes,
        released_at=agenda.clock(at),
        minutes=round(max(record.minutes(released, until), 0), 1),
        asked=len(reached),
        answered=len(done),
        silent=len(unheard - away),
        away=len(away),
        first=round(min(times), 1) if times else None,
        median=round(median(times), 1) if times else None,
        last=round(max(times), 1) if times else None,
        decided=record.decided.get(inject.id),
    )


def _ends(record: _Record, day: Day, out: Sequence[Inject], closed: datetime) -> Iterable[datetime]:
    """When each development was done with: what the agenda has between it and the next one is not its own."""
    goes_on = day.day not in record.closed
    last = (closed, out[-1].session if goes_on and out else None)
    after = [*((record.released[one.id], one.session) for one in out[1:]), last]
    for one, (until, session) in zip(out, after, strict=False):
        between = record.real(agenda.pause(day, one.session, session)) if session != one.session else timedelta(0)
        # Stopped, or closed, before the pause was over: then there was none.
        yield until - between if until - between > record.released[one.id] else until


def _sessions(record: _Record, day: Day, out: Sequence[Inject]) -> Iterable[SessionRun]:
    opened, begin, closed = record.opened[day.day], agenda.span(day)[0], record.over(day.day)
    ends = list(_ends(record, day, out, closed))
    for session in sorted(day.sessions, key=agenda.begins):
        own = [number for number, one in enumerate(out) if one.session == session.id]
        if not own:
            continue
        start = begin + record.minutes(opened, record.released[out[own[0]].id])
        until = begin + record.minutes(opened, ends[own[-1]])
        done = day.day in record.closed or own[-1] < len(out) - 1
        yield SessionRun(
            id=session.id,
            title=session.title,
            planned_at=session.start,
            planned_minutes=session.minutes,
            began_at=agenda.clock(start),
            minutes=round(until - start, 1),
            over=round(until - agenda.ends(session), 1) if done else None,
        )


def _overruns(days: Iterable[DayRun]) -> Iterable[str]:
    for day in days:
        for session in day.sessions:
            if session.over is not None and session.over > SLIGHT:
                yield (
                    f"Day {day.day}, {session.title}: ends {session.over:.0f} minutes later than planned "
                    f"(began {session.began_at}, planned {session.planned_at} for {session.planned_minutes})."
                )
        if day.closed and day.drift > SLIGHT:
            yield f"Day {day.day} closes {day.drift:.0f} minutes later than planned."
