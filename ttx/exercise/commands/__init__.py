"""What a request leads to: `decide` answers with entries, or raises Refused with a sentence.

Plain functions without clock or I/O. Rights are asked first, so a refusal tells nothing to the wrong person.
"""

from typing import assert_never

from ttx.exercise import rights
from ttx.exercise.commands import adding, answers, control, debrief, story, timing, votes
from ttx.exercise.commands.control import Sits as Sits
from ttx.exercise.commands.grounds import Overtaken as Overtaken
from ttx.exercise.commands.grounds import Refused as Refused
from ttx.exercise.commands.grounds import known, running_day
from ttx.exercise.entries import (
    CommsChecked,
    DayClosed,
    Entry,
    ExerciseEnded,
    ExercisePaused,
    ExerciseResumed,
    ObservationRecorded,
    RatingGiven,
    StoryMoved,
    TimerEnded,
)
from ttx.exercise.requests import (
    AddInject,
    AllowTables,
    Announce,
    Asked,
    CheckComms,
    Choose,
    Clocked,
    CloseDay,
    DelegateSubmission,
    End,
    EndTimer,
    Hold,
    MoveSeat,
    MoveStory,
    Observe,
    OpenDay,
    Pause,
    Rate,
    Recall,
    Release,
    ReleaseDue,
    Respond,
    Resume,
    Reword,
    Schedule,
    SetTimer,
    ShowInPlenary,
    Skip,
    StandDown,
    StartSession,
    Stop,
    Undo,
    Unschedule,
)
from ttx.exercise.rights import Action, Seat
from ttx.exercise.roundtable import (
    ApproveSummary,
    Call,
    ChooseForTable,
    CloseHotWash,
    CloseVote,
    DraftGap,
    MergeGaps,
    NoteHotWash,
    OpenHotWash,
    OpenVote,
    RankGaps,
    RemarkSummary,
    RevealVote,
    RewordGap,
    SettleHelp,
    Summarise,
    Tell,
    TestGap,
    Vote,
    WithdrawGap,
    WithdrawHotWash,
)
from ttx.exercise.state import State, Status
from ttx.scenario.graph import Graph
from ttx.scenario.worded import worded

STILL_TAKEN = (Respond, Vote, ChooseForTable, Observe, Rate, Call, Stop, StandDown)
"""What is recorded even while everything is stopped for a real emergency: nobody's words are lost."""


def decide(graph: Graph, state: State, seat: Seat, request: Asked, sits: Sits | None = None) -> tuple[Entry, ...]:
    """The entries a seat's request leads to, at least one; raises Forbidden or Refused.

    `sits` is what is known of the seat that a request is about, where it is about one.
    """
    rights.require(seat, ACTION[type(request)])
    if state.status is Status.ENDED:
        raise Refused(worded("The exercise has ended; its record can be read but not added to."))
    if state.status is Status.STOPPED and not isinstance(request, STILL_TAKEN):
        raise Refused(worded("The exercise is stopped for a real emergency: stand down first, then resume."))
    match request:
        case OpenDay(day=day):
            return story.open_day(graph, state, day)
        case CloseDay():
            return (DayClosed(day=running_day(state, "close the day")),)
        case Release(inject=name, tables=tables):
            return story.release(graph, state, seat, known(graph, state, name), tables)
        case Hold(inject=name):
            return (story.hold(graph, state, known(graph, state, name)),)
        case Skip(inject=name):
            return story.skip(graph, state, known(graph, state, name))
        case Recall(inject=name):
            return (story.recall(graph, state, known(graph, state, name)),)
        case Choose(inject=name, option=option):
            return (story.choose(graph, state, known(graph, state, name), option),)
        case Reword(inject=name):
            return (story.reword(graph, state, known(graph, state, name), request),)
        case StartSession(session=session):
            return story.start_session(graph, state, session)
        case MoveStory(text=text):
            running_day(state, "move the story on")
            return (StoryMoved(text=text),)
        case AddInject():
            return adding.add(graph, state, request)
        case Schedule(inject=name):
            return (timing.schedule(graph, state, known(graph, state, name), request),)
        case Unschedule(inject=name):
            return (timing.unschedule(state, known(graph, state, name)),)
        case Undo(act=act):
            return timing.undo(graph, state, act)
        case Pause():
            running_day(state, "pause")
            return (ExercisePaused(),)
        case Resume():
            if state.status is not Status.PAUSED:
                raise Refused("The exercise is not paused, so there is nothing to resume.")
            return (ExerciseResumed(),)
        case Announce(text=text):
            return (timing.announce(state, text),)
        case SetTimer(seconds=seconds):
            return (timing.timer(state, seconds),)
        case OpenVote(inject=name):
            return (votes.open_vote(state, known(graph, state, name), request),)
        case Vote(inject=name):
            return (votes.vote(state, seat, known(graph, state, name), request),)
        case RevealVote(inject=name):
            return (votes.reveal_vote(state, known(graph, state, name)),)
        case CloseVote(inject=name):
            return votes.close_vote(state, known(graph, state, name))
        case ChooseForTable(inject=name):
            return (votes.choose_for_table(graph, state, seat, known(graph, state, name), request),)
        case Respond():
            return (answers.respond(graph, state, seat, request),)
        case DelegateSubmission(allowed=allowed):
            return (answers.delegate(state, seat, allowed),)
        case Observe():
            answers.about(graph, state, request)
            return (ObservationRecorded(**request.model_dump(exclude={"do"})),)
        case Rate():
            if request.objective is None and request.capability is None:
                raise Refused(worded("A rating needs an objective or a capability that it rates."))
            answers.about(graph, state, request)
            return (RatingGiven(**request.model_dump(exclude={"do"})),)
        case OpenHotWash():
            return (debrief.open_hot_wash(state),)
        case CloseHotWash():
            return debrief.close_hot_wash(state)
        case NoteHotWash():
            return debrief.note_hot_wash(state, seat, request)
        case WithdrawHotWash(note=note):
            return debrief.withdraw_hot_wash(state, seat, note)
        case DraftGap():
            return (debrief.draft_gap(state, seat, request),)
        case WithdrawGap(gap=gap):
            return (debrief.withdraw_gap(state, seat, gap),)
        case MergeGaps():
            return (debrief.merge_gaps(state, request),)
        case RewordGap():
            return (debrief.reword_gap(state, seat, request),)
        case RankGaps():
            return (debrief.rank_gaps(state, seat, request),)
        case TestGap():
            return (debrief.test_gap(state, seat, request),)
        case Summarise():
            return (debrief.summarise(state, seat, request),)
        case RemarkSummary():
            return (debrief.remark_summary(state, seat, request),)
        case ApproveSummary():
            return (debrief.approve_summary(state, request),)
        case Tell():
            return (control.tell(state, seat, request),)
        case Call():
            return (control.call(state, seat, request),)
        case SettleHelp(message=message):
            return (control.settle_help(state, seat, message),)
        case ShowInPlenary():
            return (control.show(graph, state, request),)
        case Stop(text=text):
            return (control.stop(state, text),)
        case StandDown():
            return (control.stand_down(state),)
        case CheckComms():
            return (CommsChecked(),)
        case MoveSeat():
            return (control.move_seat(state, request, sits),)
        case AllowTables(allowed=allowed):
            return (control.allow_tables(state, allowed),)
        case End():
            if state.day is not None:
                raise Refused(f"Day {state.day} is still open: close it before you end the exercise.")
            return (ExerciseEnded(),)
        case _ as unknown:
            assert_never(unknown)


def due(graph: Graph, state: State, request: Clocked) -> tuple[Entry, ...]:
    """The entries of what the clock asks for; none when it has been overtaken."""
    match request:
        case EndTimer(started=started):
            runs = state.timer is not None and state.timer.started == started and state.timer.ends is not None
            return (TimerEnded(started=started),) if runs else ()
        case ReleaseDue():
            return timing.release_due(graph, state, request)
        case _ as unknown:
            assert_never(unknown)


ACTION: dict[type[Asked], Action] = {
    OpenDay: Action.RUN,
    CloseDay: Action.RUN,
    Release: Action.RELEASE,
    Hold: Action.RUN,
    Skip: Action.RUN,
    Recall: Action.RUN,
    Choose: Action.RUN,
    AddInject: Action.RUN,
    Pause: Action.RUN,
    Resume: Action.RUN,
    Announce: Action.ANNOUNCE,
    SetTimer: Action.RUN,
    Respond: Action.SUBMIT,
    DelegateSubmission: Action.DELEGATE,
    Observe: Action.OBSERVE,
    Rate: Action.OBSERVE,
    End: Action.RUN,
    Schedule: Action.RUN,
    Unschedule: Action.RUN,
    Reword: Action.RUN,
    Undo: Action.RUN,
    OpenVote: Action.RUN,
    Vote: Action.VOTE,
    RevealVote: Action.RUN,
    CloseVote: Action.RUN,
    ChooseForTable: Action.VOTE,
    StartSession: Action.RUN,
    MoveStory: Action.RUN,
    OpenHotWash: Action.RUN,
    CloseHotWash: Action.RUN,
    NoteHotWash: Action.DEBRIEF,
    WithdrawHotWash: Action.DEBRIEF,
    DraftGap: Action.DEBRIEF,
    WithdrawGap: Action.DEBRIEF,
    MergeGaps: Action.DEBRIEF,
    RewordGap: Action.DEBRIEF,
    RankGaps: Action.DEBRIEF,
    TestGap: Action.DEBRIEF,
    Summarise: Action.SUMMARISE,
    RemarkSummary: Action.DEBRIEF,
    ApproveSummary: Action.RUN,
    Tell: Action.TELL,
    Call: Action.CALL,
    SettleHelp: Action.TELL,
    ShowInPlenary: Action.PUSH,
    Stop: Action.STOP,
    StandDown: Action.RUN,
    CheckComms: Action.RUN,
    MoveSeat: Action.MOVE_SEAT,
    AllowTables: Action.RUN,
}
"""The right each request needs."""
