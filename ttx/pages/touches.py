"""Which regions an entry touches. A region left out here would stay stale on every open page.

The test that holds this to account compares old page + frames with a page opened now, over random histories.
"""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from ttx.exercise import course, run_of_show, tables
from ttx.exercise.ballots import TableChose, VoteCast, VoteClosed, VoteOpened, VoteRevealed
from ttx.exercise.debrief import (
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
    PlenaryPart,
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
from ttx.exercise.schedule import ReleaseLapsed, ReleaseScheduled, ScheduleCancelled
from ttx.exercise.state import State
from ttx.exercise.talk import HelpSettled, MessageSent
from ttx.pages import looking, lookup, votes
from ttx.pages.regions import Audience, row_id
from ttx.scenario.graph import Graph
from ttx.scenario.model import Question


class Touch(NamedTuple):
    """A region that changed: for everybody who shows it, or only for one delegation's or one seat's pages.

    A named tuple, since an answer makes six of them, and a room that opens one million from 100,000 entries.
    """

    region: str
    delegation: str | None = None
    seat: str | None = None

    def concerns(self, audience: Audience) -> bool:
        """Whether this audience's page is meant."""
        return self.delegation in (None, audience.seat.delegation) and self.seat in (None, audience.seat.id)


def touches(graph: Graph, before: State, after: State, logged: Logged) -> frozenset[Touch]:
    """The regions whose drawing may differ between the states before and after an entry."""
    polled = (Touch(region, delegation) for region, delegation in votes.touched(graph, after, logged.entry))
    return frozenset((*_touches(graph, before, after, logged), *polled))


def _touches(graph: Graph, before: State, after: State, logged: Logged) -> Iterator[Touch]:
    if before.act != after.act:
        yield Touch("undo")
    match logged.entry:
        case ExerciseCreated():
            yield from _names("bar", "timer", "notice", "run-head", "waiting", "desk", "wall-head", "stage", "hall")
            yield from _names("hall-line", "closing")
            yield from _names("comms", "calls", "stop", "comms-test", "tables-head")
            yield from _names(*_of_tables(after, "table", "thread", "nudge"))
            yield from _rows(graph, after)
            yield from _names(*looking.everywhere(after), *lookup.of_tablet(graph))
        case DayOpened() | DayClosed():
            yield from _names("bar", "timer", "notice", "run-head", "waiting", "desk", "stage", "hall", "comms")
            yield from _names("hall-line", "closing")
            yield from _names(*(f"earlier:{place}" for place in ("developments", "questions", "guides", "heards")))
            yield from _names("wall-head", *(f"wall:{one}" for one in after.delegations))
            yield from _names(*_of_tables(after, "nudge", "table"))
            yield from _rows(graph, before)
            yield from _rows(graph, after)
            yield from _names(*looking.everywhere(after), *lookup.days(graph))
        case InjectReleased(inject=name) | InjectRecalled(inject=name):
            yield from _moved(graph, before, after, name)
            yield from _outs(graph, before, after, name)
            yield from _agenda(graph, before, after, name)
            inject = course.find(graph, after, name)
            yield from _names(*lookup.touched(inject, after.day))
            if inject is not None and inject.story is not None:
                yield Touch("bar")
        case (
            InjectHeld(inject=name)
            | InjectSkipped(inject=name)
            | BranchChosen(inject=name)
            | BranchReopened(inject=name)
            | TableChose(inject=name)
        ):
            yield from _moved(graph, before, after, name)
            if (after.stage.view, after.stage.about) == ("vote", name):
                yield Touch("stage")
        case (
            InjectReworded(inject=name)
            | ReleaseScheduled(inject=name)
            | ScheduleCancelled(inject=name)
            | ReleaseLapsed(inject=name)
        ):
            yield from _names(f"run:{name}", "desk", "closing", "hall-line")
        case VoteOpened(inject=name) | VoteCast(inject=name) | VoteRevealed(inject=name) | VoteClosed(inject=name):
            yield from _names(f"run:{name}", "desk", "hall", "closing")
            yield from _on_stage(after, "vote")
        case SessionStarted() | SessionTakenBack():
            yield from _names("run-head")
            yield from _names(*lookup.days(graph))
            yield from _agenda(graph, before, after)
        case StoryMoved():
            yield from _names("bar")
        case InjectAdded(inject=inject):
            yield from _names(f"run:{inject.id}", "desk", "closing")
        case ExercisePaused() | ExerciseResumed() | EmergencyDeclared() | EmergencyLifted():
            yield from _agenda(graph, before, after)
            yield from _names("bar", "timer", "notice", "stop", "waiting", "desk", "run-head", "stage")
            yield from _names(*(f"run:{name}" for name in after.schedule))
        case ExerciseEnded():
            yield from _names("bar", "timer", "notice", "desk", "waiting", "stage", "run-head", "comms", "tables-head")
            yield from _names(*_of_tables(after, "table", "thread"))
            yield from (Touch(f"question:{name}:{one.id}") for name in after.out for one in _asked(graph, after, name))
            yield from _names(*looking.everywhere(after))
        case TimerStarted() | TimerStopped() | TimerEnded():
            yield from _names(
                "timer", "desk", *(f"run:{name}" for name, one in after.schedule.items() if one.with_timer)
            )
        case Announced() | AnnouncementWithdrawn():
            yield Touch("notice")
        case ResponseSubmitted(inject=name, question=question, delegation=delegation):
            yield Touch(f"question:{name}:{question}", delegation=delegation)
            yield from _names(f"wall:{delegation}", "wall-head", f"run:{name}", "desk", f"heard:{name}")
            yield from (Touch(f"table:{table}") for table in after.delegations[delegation].tables)
            yield from _on_stage(after, "question")
        case SubmissionDelegated(delegation=delegation):
            yield Touch("hands", delegation=delegation)
            for name in after.out:
                for one in _asked(graph, after, name):
                    yield Touch(f"question:{name}:{one.id}", delegation=delegation)
        case PlenaryShown():
            yield from _names("stage", "hall", "hall-line", "desk")
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
            | SummaryRemarked()
            | SummaryWritten()
            | SummaryApproved()
        ) as looked:
            yield from _names(*looking.touched(before, after, looked))
            yield from _on_stage(after, "gaps", "summary")
        case MessageSent(table=table):
            yield from _names("calls", f"thread:{table}", f"nudge:{table}", f"table:{table}")
        case HelpSettled(message=number):
            known = after.talk.get(number)
            if known is not None:
                yield from _names("calls", f"thread:{known.sent.table}", f"table:{known.sent.table}")
        case CommsChecked():
            yield from _names("comms", "comms-test")
        case TablesAllowed():
            yield from _names("tables-head", "desk")
        case SeatMoved():
            yield from _on_stage(after, "question", "vote")
            yield from _names("desk", "wall-head", "comms", *(f"wall:{one}" for one in after.delegations))
            yield from _names("waiting", *_of_tables(after, "table"), "chart", *lookup.days(graph))
            yield from _names(*(f"{kind}:{name}" for name in after.out for kind in ("guide", "heard")))
            for day in graph.scenario.days:
                yield from _rows(graph, after, day.day)
        case ObservationRecorded() | RatingGiven():
            yield Touch(f"note:{logged.seq}", seat=logged.seat)
        case _ as unknown:
            assert_never(unknown)


def _names(*regions: str) -> Iterator[Touch]:
    return (Touch(region) for region in regions)


def _on_stage(state: State, *shown: PlenaryPart) -> Iterator[Touch]:
    """The hall's screen, while it shows one of these."""
    if state.stage.view in shown:
        yield Touch("stage")


def _of_tables(state: State, *kinds: str) -> Iterator[str]:
    """A region of each of these kinds for each table."""
    return (f"{kind}:{table}" for kind in kinds for table in state.tables)


def _asked(graph: Graph, state: State, name: str) -> tuple[Question, ...]:
    inject = course.find(graph, state, name)
    return inject.questions if inject is not None else ()


def _rows(graph: Graph, state: State, number: int | None = None) -> Iterator[Touch]:
    """Every row of a day: of this one, or of the one a console shows."""
    day = run_of_show.shown_day(graph, state, number)
    return (Touch(row_id(day, one)) for one in run_of_show.listed(graph, state, day))


def _agenda(graph: Graph, before: State, after: State, inject: str | None = None) -> Iterator[Touch]:
    """The sessions of the open day that stand otherwise than before; `inject` where only that one came or went."""
    moved = run_of_show.moved_sessions(graph, before, after, inject)
    day = graph.scenario.day(after.day) if moved and after.day is not None else None
    if day is not None:
        yield from _names(*(row_id(day, one) for one in moved))
        yield from _on_stage(after, "agenda")


def _moved(graph: Graph, before: State, after: State, name: str) -> Iterator[Touch]:
    """The rows whose standing an inject's change may alter, and those that were or become the next."""
    changed = frozenset(
        variable for variable, value in after.variables.items() if before.variables.get(variable) != value
    )
    taken_up = (course.out_in_part, course.next_up)  # the lead's desk the first, a table's that has it the other
    upcoming = (found(graph, state) for state in (before, after) for found in taken_up)
    near = course.affected(graph, name, changed) | {inject.id for inject in upcoming if inject is not None}
    yield from _names("desk", "run-head", "closing", *(f"run:{inject}" for inject in near))


def _outs(graph: Graph, before: State, after: State, name: str) -> Iterator[Touch]:
    """What an inject's coming or going changes for those it reaches."""
    yield from _names(f"development:{name}", "waiting", "stage", "hall", "hall-line", f"guide:{name}", f"heard:{name}")
    for one in _asked(graph, after, name):
        yield from _names(f"question:{name}:{one.id}", f"draft:{name}:{one.id}")
    yield from _names("wall-head", *(f"wall:{one}" for one in after.delegations), *_of_tables(after, "table"))
    nudged = (one for one in after.tables if tables.nudge(before, one) is not tables.nudge(after, one))
    yield from _names(*(f"nudge:{one}" for one in nudged))
