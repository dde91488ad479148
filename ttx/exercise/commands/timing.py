"""What runs by the clock, what everybody is told, and what is taken back."""

from ttx.exercise import course
from ttx.exercise.commands.grounds import Refused, each_known, known, running_day
from ttx.exercise.commands.story import no_consequence_out, out, recall, receivers_due
from ttx.exercise.entries import (
    Announced,
    AnnouncementWithdrawn,
    BranchChosen,
    BranchReopened,
    DayClosed,
    DayOpened,
    Entry,
    ExercisePaused,
    ExerciseResumed,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectSkipped,
    SessionStarted,
    SessionTakenBack,
    TimerStarted,
    TimerStopped,
)
from ttx.exercise.requests import ReleaseDue, Schedule
from ttx.exercise.schedule import ReleaseLapsed, ReleaseScheduled, ScheduleCancelled
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject


def announce(state: State, text: str) -> Entry:
    if text:
        return Announced(text=text)
    if state.announced is None:
        raise Refused("No announcement stands, so there is none to withdraw; type what everybody should read.")
    return AnnouncementWithdrawn()


def timer(state: State, seconds: int) -> Entry:
    if seconds:
        running_day(state, "start a timer")
        return TimerStarted(seconds=seconds)
    if state.timer is None:
        raise Refused("No timer is running, so there is none to stop.")
    return TimerStopped()


def schedule(graph: Graph, state: State, inject: Inject, request: Schedule) -> Entry:
    """A release that waits for its time. The story need not have got there yet, only by then."""
    running_day(state, f"plan the release of {inject.id}")
    each_known("table", request.tables, state.tables)
    if state.released(inject.id):
        raise Refused(f"{inject.id} is already released.")
    day = course.day_of(graph, state, inject.id)
    if day != state.day:
        raise Refused(f"{inject.id} belongs to day {day}, which is not open.")
    if request.with_timer and state.timer is None:
        raise Refused("No timer is set: start one, or say when it goes out.")
    return ReleaseScheduled(inject=inject.id, **request.model_dump(include={"time", "seconds", "tables", "with_timer"}))


def unschedule(state: State, inject: Inject) -> Entry:
    """A planned release is not made by itself after all."""
    if inject.id not in state.schedule:
        raise Refused(f"The release of {inject.id} is not planned, so there is nothing to cancel.")
    return ScheduleCancelled(inject=inject.id)


def release_due(graph: Graph, state: State, request: ReleaseDue) -> tuple[Entry, ...]:
    """What becomes of a planned release whose time has come; nothing where it has been overtaken."""
    planned, inject = state.schedule.get(request.inject), course.find(graph, state, request.inject)
    if planned is None or inject is None or planned.scheduled != request.scheduled or planned.due is None:
        return ()
    if planned.lapsed is not None:
        return ()
    if request.late:
        return (ReleaseLapsed(inject=inject.id, scheduled=request.scheduled, why="late"),)
    try:
        running_day(state, f"release {inject.id}")
        tables = receivers_due(graph, state, inject, planned.tables)
    except Refused:
        return (ReleaseLapsed(inject=inject.id, scheduled=request.scheduled, why="not reachable"),)
    return out(state, inject, tables)


def undo(graph: Graph, state: State, act: int) -> tuple[Entry, ...]:
    """The entries that take back what was done last; a plan that it overtook stands again."""
    back = _back(graph, state, act)
    return (back, *_planned_again(state, back.inject)) if isinstance(back, InjectRecalled) else (back,)


def _planned_again(state: State, inject: str) -> tuple[Entry, ...]:
    progress = state.progress[inject]
    plan = progress.planned if progress.seat is not None else None  # what the clock sent out would go out once more
    if plan is None or plan.lapsed is not None:
        return ()
    if plan.with_timer:
        return (ReleaseScheduled(inject=inject, tables=plan.tables, with_timer=True),) if state.timer else ()
    return (ReleaseScheduled(inject=inject, time=plan.due, tables=plan.tables),)


def _back(graph: Graph, state: State, act: int) -> Entry:
    last = state.act
    if last is None or last.seq != act:
        raise Refused("This cannot be taken back any more: something else was done since, or it was taken back.")
    match last.entry:
        case InjectReleased(inject=name) | InjectHeld(inject=name) | InjectSkipped(inject=name):
            return recall(graph, state, known(graph, state, name))
        case BranchChosen(inject=name):
            no_consequence_out(graph, state, known(graph, state, name), "take back the decision of")
            return BranchReopened(inject=name)
        case ExercisePaused():
            return ExerciseResumed()
        case ExerciseResumed():
            return ExercisePaused()
        case DayClosed(day=day):
            return DayOpened(day=day, goes_on=True)
        case SessionStarted(day=day, session=session):
            return _session_back(state, day, session)
        case Announced():
            return AnnouncementWithdrawn()
        case TimerStarted():
            return TimerStopped()
        case ReleaseScheduled(inject=name):
            return ScheduleCancelled(inject=name)
        case _:
            raise Refused("This cannot be taken back.")


def _session_back(state: State, day: int, session: str) -> Entry:
    """The session that was on before this one is on again."""
    others = [known for (number, name), known in state.sessions.items() if number == day and name != session]
    last = max(others, key=lambda known: known.seq, default=None)
    return SessionTakenBack(day=day, session=session, back_to=last.what if last is not None else None)
