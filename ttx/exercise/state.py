"""The state of an exercise: what its log folds into. Frozen; `apply` gives a new one that shares the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, assert_never

from immutables import Map

from ttx.exercise import acts, ballots, debrief, schedule, talk
from ttx.exercise.ballots import Ballots, Choices, TableChose, VoteCast, VoteClosed, VoteOpened, VoteRevealed
from ttx.exercise.debrief import (
    Debrief,
    GapDrafted,
    GapReworded,
    GapsMerged,
    GapsRanked,
    GapTested,
    GapWithdrawn,
    HotWashClosed,
    HotWashNoted,
    HotWashOpened,
    HotWashWithdrawn,
    SummaryApproved,
    SummaryRemarked,
    SummaryWritten,
)
from ttx.exercise.entries import (
    Announced,
    AnnouncementWithdrawn,
    BranchChosen,
    BranchReopened,
    CommsChecked,
    DayClosed,
    DayOpened,
    Delegation,
    EmergencyDeclared,
    EmergencyLifted,
    ExerciseCreated,
    ExerciseEnded,
    ExercisePaused,
    ExerciseResumed,
    InjectAdded,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectReworded,
    InjectSkipped,
    Logged,
    ObservationRecorded,
    PlenaryShown,
    RatingGiven,
    ResponseSubmitted,
    SeatMoved,
    SessionStarted,
    SessionTakenBack,
    StoryMoved,
    SubmissionDelegated,
    TablesAllowed,
    TimerEnded,
    TimerStarted,
    TimerStopped,
)
from ttx.exercise.records import Announcement as Announcement
from ttx.exercise.records import Begun as Begun
from ttx.exercise.records import Decision as Decision
from ttx.exercise.records import Noted as Noted
from ttx.exercise.records import Progress as Progress
from ttx.exercise.records import Response as Response
from ttx.exercise.records import Seal, Shelved
from ttx.exercise.records import Stage as Stage
from ttx.exercise.records import Status as Status
from ttx.exercise.records import Stop as Stop
from ttx.exercise.records import StoryTime as StoryTime
from ttx.exercise.records import Timer as Timer
from ttx.exercise.schedule import Planned, ReleaseLapsed, ReleaseScheduled, Schedule, ScheduleCancelled
from ttx.exercise.talk import HelpSettled, MessageSent, Talk
from ttx.scenario.model import Inject, Scenario, Value

ResponseKey = tuple[str, str, str]
"""Inject, question, delegation."""


NOTHING_SAID = Debrief()
AT_FIRST = Stage()


class State(NamedTuple):
    """Everything that was decided, said and recorded up to entry `seq`.

    `out` names every inject that ever reached its audience, in order; `responses` keeps every version, the
    answer of record last; `added` are the injects written during the exercise, with their day, in order;
    `reworded` what was changed in an inject's words before its release. `began` is since when a day goes on,
    `sessions` which of its sessions began, when first and by which entry last. `stops` are its emergencies.
    `seated` are seats that moved, with their table. `shelved` is what stood when the day was closed, `sealed` where the
    record did. `act` is the last thing somebody did to run the exercise, as long as it can be taken back.

    A named tuple, since every entry makes a new one: a frozen dataclass of this many fields takes ten times as long.
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
    reworded: Map[str, InjectReworded] = Map()
    began: Map[int, datetime] = Map()
    sessions: Map[tuple[int, str], Begun] = Map()
    schedule: Schedule = Map()
    ballots: Ballots = Map()
    choices: Choices = Map()
    session: Begun | None = None
    story: StoryTime | None = None
    debrief: Debrief = NOTHING_SAID
    talk: Talk = Map()
    stage: Stage = AT_FIRST
    emergency: EmergencyDeclared | None = None
    stops: tuple[Stop, ...] = ()
    comms: Begun | None = None
    seated: Map[str, str] = Map()
    shelved: Shelved | None = None
    sealed: Map[int, Seal] = Map()
    tables_may_release: bool = False
    act: Logged | None = None

    def released(self, inject: str) -> bool:
        """Whether an inject is out now."""
        progress = self.progress.get(inject)
        return progress is not None and progress.standing == "released"

    def table_of(self, seat: str, table: str | None) -> str | None:
        """Where a seat is now that was made for a table."""
        return self.seated.get(seat, table)

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
    if isinstance(logged.entry, ResponseSubmitted):
        return _answered(state, logged, logged.entry)
    more = isinstance(logged.entry, InjectReleased) and state.released(logged.entry.inject)
    state = state._replace(seq=logged.seq, at=logged.at, act=acts.last(state.act, logged, more))
    match logged.entry:
        case ExerciseCreated(title=title, delegations=delegations, tables=tables):
            return state._replace(title=title, delegations=delegations, tables=tables)
        case DayOpened(day=day, goes_on=goes_on):
            if goes_on and state.shelved is not None:
                state = _unshelved(state, state.shelved, logged.at)
            state = state._replace(shelved=None)
            opened, began = state.opened.set(day, logged.at), state.began
            if not _goes_on(state, day, logged.at):
                began = began.set(day, logged.at)
            return state._replace(status=Status.RUNNING, day=day, opened=opened, began=began)
        case DayClosed(day=day):
            closed, still = state.closed.set(day, logged.at), _still(state, logged.at, Status.READY)
            shelved = Shelved(still.schedule, still.timer, state.announced, state.session)
            state = state._replace(status=Status.READY, day=None, closed=closed, timer=None, announced=None)
            seals = state.sealed.set(day, Seal(day, logged.seq, logged.hash)) if logged.hash else state.sealed
            return state._replace(schedule=Map(), session=None, shelved=shelved, sealed=seals)
        case InjectReleased(inject=inject, tables=tables):
            out = state.out if inject in state.out else (*state.out, inject)
            return _progressed(state, logged, inject, "released", tables)._replace(out=out)
        case InjectHeld(inject=inject):
            return _progressed(state, logged, inject, "held")
        case InjectSkipped(inject=inject):
            return _progressed(state, logged, inject, "skipped")
        case InjectRecalled(inject=inject):
            return _decided(_progressed(state, logged, inject, "recalled"), inject, None)
        case BranchChosen(inject=inject, option=option, set=values, by_default=by_default):
            return _decided(state, inject, Decision(option, values, logged.at, logged.seq, by_default, logged.seat))
        case InjectAdded(inject=inject, day=day):
            return state._replace(added={**state.added, inject.id: (day, inject)})
        case ExercisePaused():
            return _still(state, logged.at, Status.PAUSED)
        case ExerciseResumed():
            timer, waiting = _going(state.timer, logged.at), schedule.going(state.schedule, logged.at)
            return state._replace(status=Status.RUNNING, timer=timer, schedule=waiting)
        case TimerStarted(seconds=seconds):
            ends = logged.at + timedelta(seconds=seconds)
            waiting = schedule.with_the_timer(state.schedule, ends, None)
            return state._replace(timer=Timer(logged.seq, seconds, ends), schedule=waiting)
        case TimerStopped():
            return state._replace(timer=None, schedule=schedule.with_the_timer(state.schedule, None, None))
        case TimerEnded(started=started):
            ended = state.timer is not None and state.timer.started == started
            return state._replace(timer=None) if ended else state
        case Announced(text=text):
            announcement = Announcement(text, logged.at, logged.seq)
            return state._replace(announcements=(*state.announcements, announcement), announced=announcement)
        case AnnouncementWithdrawn():
            return state._replace(announced=None)
        case SubmissionDelegated(delegation=delegation, allowed=allowed):
            may = state.may_submit | {delegation} if allowed else state.may_submit - {delegation}
            return state._replace(may_submit=may)
        case ObservationRecorded() | RatingGiven() as note:
            return state._replace(noted=state.noted.set(logged.seq, Noted(note, logged.at, logged.seat)))
        case ExerciseEnded():
            return state._replace(status=Status.ENDED, timer=None)
        case BranchReopened(inject=inject):
            return _decided(state, inject, None)
        case InjectReworded(inject=inject) as words:
            before = state.reworded.get(inject)
            kept = before.model_dump(exclude_none=True) if before is not None else {}
            said = words.model_dump(exclude_none=True)
            mapped = {one: {**kept.get(one, {}), **said.get(one, {})} for one in ("labels", "people")}
            now = InjectReworded(**{**kept, **said, **{one: there for one, there in mapped.items() if there}})
            return state._replace(reworded=state.reworded.set(inject, now))
        case ReleaseScheduled(inject=inject) as asked:
            planned = schedule.planned(logged.seq, logged.at, asked, state.status is Status.RUNNING)
            if asked.with_timer:
                up = state.timer
                left = up.left if up is not None else None
                planned = replace(planned, due=up.ends if up is not None else None, left=left, with_timer=True)
            return state._replace(schedule=state.schedule.set(inject, planned))
        case ScheduleCancelled(inject=inject):
            return state._replace(schedule=_without(state.schedule, inject))
        case ReleaseLapsed(inject=inject, scheduled=seq, why=why):
            waiting_one = state.schedule.get(inject)
            if waiting_one is None or waiting_one.scheduled != seq:
                return state
            return state._replace(schedule=state.schedule.set(inject, replace(waiting_one, lapsed=why)))
        case VoteOpened() | VoteCast() | VoteRevealed() | VoteClosed() as vote:
            now_cast = ballots.balloted(state.ballots, logged.at, logged.seq, logged.seat, vote)
            return state._replace(ballots=now_cast)
        case TableChose(inject=inject, table=table, option=option):
            chosen = state.choices.get(inject, Map()).set(table, option)
            return state._replace(choices=state.choices.set(inject, chosen))
        case SessionStarted(day=day, session=session):
            now_on, known = Begun(session, logged.at, logged.seq, logged.seat), state.sessions.get((day, session))
            first = replace(now_on, at=known.at) if known is not None else now_on
            return state._replace(session=now_on, sessions=state.sessions.set((day, session), first))
        case SessionTakenBack(day=day, session=session, back_to=back_to):
            gone, known = state.session, state.sessions.get((day, session))
            sessions = state.sessions
            if gone is not None and known is not None and known.at == gone.at:
                sessions = sessions.delete((day, session))  # that was its only beginning
            back = sessions.get((day, back_to)) if back_to is not None else None
            return state._replace(session=back, sessions=sessions)
        case StoryMoved(text=text):
            return state._replace(story=StoryTime(text, logged.at, logged.seq, told=len(state.out)))
        case (
            HotWashOpened()
            | HotWashClosed()
            | HotWashNoted()
            | HotWashWithdrawn()
            | GapDrafted()
            | GapWithdrawn()
            | GapsMerged()
            | GapReworded()
            | GapsRanked()
            | GapTested()
            | SummaryWritten()
            | SummaryRemarked()
            | SummaryApproved()
        ) as look:
            return state._replace(debrief=debrief.looked(state.debrief, logged.at, logged.seq, look))
        case MessageSent() | HelpSettled() as told:
            return state._replace(talk=talk.talked(state.talk, logged.at, logged.seq, logged.seat, told))
        case PlenaryShown(view=view, about=about):
            return state._replace(stage=Stage(view, about, logged.seq))
        case EmergencyDeclared() as emergency:
            stops = (*state.stops, Stop(state.day, logged.at))
            return _still(state, logged.at, Status.STOPPED)._replace(emergency=emergency, stops=stops)
        case EmergencyLifted():
            status = Status.READY if state.day is None else Status.PAUSED
            stops = (*state.stops[:-1], replace(state.stops[-1], lifted=logged.at)) if state.stops else ()
            return state._replace(status=status, emergency=None, stops=stops)
        case CommsChecked():
            return state._replace(comms=Begun("", logged.at, logged.seq))
        case SeatMoved(moved=seat, table=table, delegation=delegation, tables=tables):
            state = state._replace(seated=state.seated.set(seat, table))
            if delegation is None or delegation not in state.delegations:
                return state
            moved = state.delegations[delegation].model_copy(update={"tables": tables})
            return state._replace(delegations={**state.delegations, delegation: moved})
        case TablesAllowed(allowed=allowed):
            return state._replace(tables_may_release=allowed)
        case _ as unknown:
            assert_never(unknown)


def _answered(state: State, logged: Logged, said: ResponseSubmitted) -> State:
    """Nearly all of a long log are answers, and each new state costs 3 us; so they make one, and before all others."""
    key = (said.inject, said.question, said.delegation)
    response = Response(said.answer, logged.at, logged.seq, logged.seat, said.recalled, said.by)
    versions = (*state.responses.get(key, ()), response)
    return state._replace(seq=logged.seq, at=logged.at, responses=state.responses.set(key, versions))


def _progressed(
    state: State,
    logged: Logged,
    inject: str,
    standing: Literal["released", "held", "skipped", "recalled"],
    tables: tuple[str, ...] = (),
) -> State:
    before = state.progress.get(inject, Progress(standing, logged.at, logged.seq))
    first, recalled, everyone, reached = before.first, before.recalled, before.everyone, before.tables
    if standing == "released":
        first, recalled = first or logged.at, None
        if tables:
            reached = reached.update({table: logged.at for table in tables if table not in reached})
        else:
            everyone = everyone or logged.at
    elif first is not None:
        recalled = recalled or logged.at
    back = (logged.at,) if standing == "recalled" and before.standing == "released" else ()
    taken_back = (*before.taken_back, *back)
    since, plan = (first, recalled, everyone, reached), state.schedule.get(inject)
    progress = Progress(standing, logged.at, logged.seq, *since, logged.seat, taken_back, plan)
    return state._replace(progress=state.progress.set(inject, progress), schedule=_without(state.schedule, inject))


def _unshelved(state: State, shelved: Shelved, at: datetime) -> State:
    """What stood when the day was closed goes on."""
    return state._replace(
        schedule=schedule.going(shelved.schedule, at),
        timer=_going(shelved.timer, at),
        announced=shelved.announced,
        session=shelved.session,
    )


GOES_ON = timedelta(hours=2)
"""A day that is opened again this soon after its close, as when the close is taken back, was only interrupted."""


def _goes_on(state: State, day: int, at: datetime) -> bool:
    closed = state.closed.get(day)
    return closed is not None and day in state.began and at - closed <= GOES_ON


def _without(planned: Map[str, Planned], inject: str) -> Map[str, Planned]:
    return planned.delete(inject) if inject in planned else planned


def _still(state: State, at: datetime, status: Status) -> State:
    """Everything that runs stands still."""
    waiting = schedule.stilled(state.schedule, at)
    return state._replace(status=status, timer=_stilled(state.timer, at), schedule=waiting)


def _decided(state: State, inject: str, decision: Decision | None) -> State:
    """Take or take back a decision; the variables are those of the decisions that now stand, in order."""
    decisions = dict(state.decisions)
    decisions.pop(inject, None)
    if decision is not None:
        decisions[inject] = decision
    variables = state.start
    for taken in sorted(decisions.values(), key=lambda one: one.seq):
        variables = variables.update(taken.set)
    return state._replace(decisions=Map(decisions), variables=variables)


def _stilled(timer: Timer | None, at: datetime) -> Timer | None:
    if timer is None or timer.ends is None:
        return timer
    return replace(timer, ends=None, left=max(timer.ends - at, timedelta()))


def _going(timer: Timer | None, at: datetime) -> Timer | None:
    if timer is None or timer.left is None:
        return timer
    return replace(timer, ends=at + timer.left, left=None)
