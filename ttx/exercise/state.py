"""The state of an exercise: what its log folds into. Frozen; `apply` gives a new one that shares the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, assert_never

from immutables import Map

from ttx.exercise.answers import Answer
from ttx.exercise.entries import (
    Announced,
    AnnouncementWithdrawn,
    BranchChosen,
    DayClosed,
    DayOpened,
    Delegation,
    ExerciseCreated,
    ExerciseEnded,
    ExercisePaused,
    ExerciseResumed,
    InjectAdded,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectSkipped,
    Logged,
    ObservationRecorded,
    RatingGiven,
    ResponseSubmitted,
    SubmissionDelegated,
    TimerEnded,
    TimerStarted,
    TimerStopped,
)
from ttx.scenario.model import Inject, Scenario, Value


class Status(StrEnum):
    """How the exercise as a whole stands. Between two days it is READY again."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of an inject, since when, by which entry.

    `first` is when it first reached its audience, `recalled` since when it is withdrawn from them: an inject
    that was taken back may be held or skipped after that, and still is withdrawn.
    """

    standing: Literal["released", "held", "skipped", "recalled"]
    at: datetime
    seq: int
    first: datetime | None = None
    recalled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """How a decision was taken."""

    option: str
    set: Mapping[str, Value]
    at: datetime
    seq: int
    by_default: bool


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown: while it runs `ends` is set, while it stands still `left` is. `started` is its entry."""

    started: int
    seconds: int
    ends: datetime | None
    left: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something control told everybody."""

    text: str
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Response:
    """One version of a delegation's answer. `recalled` marks an answer to an inject that had been recalled."""

    answer: Answer
    at: datetime
    seq: int
    seat: str | None
    recalled: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """An observation or rating with its place in the log."""

    note: ObservationRecorded | RatingGiven
    at: datetime
    seat: str | None


ResponseKey = tuple[str, str, str]
"""Inject, question, delegation."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that was decided, said and recorded up to entry `seq`.

    `out` names every inject that ever reached its audience, in order; `responses` keeps every version, the
    answer of record last; `added` are the injects written during the exercise, with their day, in order.
    """

    start: Map[str, Value]
    seq: int = 0
    at: datetime | None = None
    title: str = ""
    delegations: Mapping[str, Delegation] = Map()
    tables: Mapping[str, str] = Map()
    status: Status = Status.READY
    day: int | None = None
    opened: Map[int, datetime] = Map()
    closed: Map[int, datetime] = Map()
    progress: Map[str, Progress] = Map()
    out: tuple[str, ...] = ()
    decisions: Map[str, Decision] = Map()
    variables: Map[str, Value] = Map()
    added: Mapping[str, tuple[int, Inject]] = Map()
    timer: Timer | None = None
    announcements: tuple[Announcement, ...] = ()
    announced: Announcement | None = None
    responses: Map[ResponseKey, tuple[Response, ...]] = Map()
    noted: Map[int, Noted] = Map()
    may_submit: frozenset[str] = frozenset()

    def released(self, inject: str) -> bool:
        """Whether an inject is out now."""
        progress = self.progress.get(inject)
        return progress is not None and progress.standing == "released"

    def groups(self, delegation: str | None) -> frozenset[str]:
        """The working groups a delegation belongs to."""
        known = self.delegations.get(delegation) if delegation is not None else None
        return frozenset(known.groups) if known is not None else frozenset()


def begin(scenario: Scenario) -> State:
    """The state before the first entry."""
    start = Map({name: variable.start for name, variable in scenario.variables.items()})
    return State(start=start, variables=start)


def fold(state: State, log: Iterable[Logged]) -> State:
    """The state after these entries."""
    for logged in log:
        state = apply(state, logged)
    return state


def apply(state: State, logged: Logged) -> State:
    """The state after one more entry. Total: no entry is refused here, that was the command's part."""
    state = replace(state, seq=logged.seq, at=logged.at)
    match logged.entry:
        case ExerciseCreated(title=title, delegations=delegations, tables=tables):
            return replace(state, title=title, delegations=delegations, tables=tables)
        case DayOpened(day=day):
            opened = state.opened.set(day, logged.at)
            return replace(state, status=Status.RUNNING, day=day, opened=opened)
        case DayClosed(day=day):
            closed = state.closed.set(day, logged.at)
            return replace(state, status=Status.READY, day=None, closed=closed, timer=None, announced=None)
        case InjectReleased(inject=inject):
            out = state.out if inject in state.out else (*state.out, inject)
            return replace(_progressed(state, logged, inject, "released"), out=out)
        case InjectHeld(inject=inject):
            return _progressed(state, logged, inject, "held")
        case InjectSkipped(inject=inject):
            return _progressed(state, logged, inject, "skipped")
        case InjectRecalled(inject=inject):
            return _decided(_progressed(state, logged, inject, "recalled"), inject, None)
        case BranchChosen(inject=inject, option=option, set=values, by_default=by_default):
            return _decided(state, inject, Decision(option, values, logged.at, logged.seq, by_default))
        case InjectAdded(inject=inject, day=day):
            return replace(state, added={**state.added, inject.id: (day, inject)})
        case ExercisePaused():
            return replace(state, status=Status.PAUSED, timer=_stilled(state.timer, logged.at))
        case ExerciseResumed():
            return replace(state, status=Status.RUNNING, timer=_going(state.timer, logged.at))
        case TimerStarted(seconds=seconds):
            ends = logged.at + timedelta(seconds=seconds)
            return replace(state, timer=Timer(logged.seq, seconds, ends))
        case TimerStopped():
            return replace(state, timer=None)
        case TimerEnded(started=started):
            ended = state.timer is not None and state.timer.started == started
            return replace(state, timer=None) if ended else state
        case Announced(text=text):
            announcement = Announcement(text, logged.at, logged.seq)
            return replace(state, announcements=(*state.announcements, announcement), announced=announcement)
        case AnnouncementWithdrawn():
            return replace(state, announced=None)
        case ResponseSubmitted() as said:
            key = (said.inject, said.question, said.delegation)
            response = Response(said.answer, logged.at, logged.seq, logged.seat, said.recalled)
            versions = (*state.responses.get(key, ()), response)
            return replace(state, responses=state.responses.set(key, versions))
        case SubmissionDelegated(delegation=delegation, allowed=allowed):
            may = state.may_submit | {delegation} if allowed else state.may_submit - {delegation}
            return replace(state, may_submit=may)
        case ObservationRecorded() | RatingGiven() as note:
            return replace(state, noted=state.noted.set(logged.seq, Noted(note, logged.at, logged.seat)))
        case ExerciseEnded():
            return replace(state, status=Status.ENDED, timer=None)
        case _ as unknown:
            assert_never(unknown)


def _progressed(
    state: State, logged: Logged, inject: str, standing: Literal["released", "held", "skipped", "recalled"]
) -> State:
    before = state.progress.get(inject)
    first = before.first if before is not None else None
    recalled = before.recalled if before is not None else None
    if standing == "released":
        first, recalled = first or logged.at, None
    elif first is not None:
        recalled = recalled or logged.at
    progress = Progress(standing, logged.at, logged.seq, first, recalled)
    return replace(state, progress=state.progress.set(inject, progress))


def _decided(state: State, inject: str, decision: Decision | None) -> State:
    """Take or take back a decision; the variables are those of the decisions that now stand, in order."""
    decisions = dict(state.decisions)
    decisions.pop(inject, None)
    if decision is not None:
        decisions[inject] = decision
    variables = state.start
    for taken in sorted(decisions.values(), key=lambda one: one.seq):
        variables = variables.update(taken.set)
    return replace(state, decisions=Map(decisions), variables=variables)


def _stilled(timer: Timer | None, at: datetime) -> Timer | None:
    if timer is None or timer.ends is None:
        return timer
    return replace(timer, ends=None, left=max(timer.ends - at, timedelta()))


def _going(timer: Timer | None, at: datetime) -> Timer | None:
    if timer is None or timer.left is None:
        return timer
    return replace(timer, ends=at + timer.left, left=None)
