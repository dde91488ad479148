"""The last thing somebody did to run the exercise: what of it can be taken back, and what goes on beside it."""

from ttx.exercise.ballots import TableChose, VoteCast
from ttx.exercise.debrief import (
    GapDrafted,
    GapReworded,
    GapsMerged,
    GapsRanked,
    GapTested,
    GapWithdrawn,
    HotWashNoted,
    HotWashWithdrawn,
    SummaryRemarked,
    SummaryWritten,
)
from ttx.exercise.entries import (
    Announced,
    BranchChosen,
    CommsChecked,
    DayClosed,
    Entry,
    ExercisePaused,
    ExerciseResumed,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Logged,
    ObservationRecorded,
    PlenaryShown,
    RatingGiven,
    ResponseSubmitted,
    SessionStarted,
    SubmissionDelegated,
    TimerEnded,
    TimerStarted,
)
from ttx.exercise.schedule import ReleaseScheduled
from ttx.exercise.talk import HelpSettled, MessageSent

UNDONE: frozenset[type[Entry]] = frozenset(
    {
        InjectReleased, InjectHeld, InjectSkipped, BranchChosen, ExercisePaused, ExerciseResumed, DayClosed, Announced,
        TimerStarted, ReleaseScheduled, SessionStarted,
    }
)  # fmt: skip
"""What can be taken back, as long as nothing else was done to run the exercise since."""

_ASIDE: frozenset[type[Entry]] = frozenset(
    {
        ResponseSubmitted, SubmissionDelegated, ObservationRecorded, RatingGiven, MessageSent, HelpSettled,
        HotWashNoted, HotWashWithdrawn, GapDrafted, GapWithdrawn, GapsMerged, GapReworded, GapsRanked, GapTested,
        SummaryWritten, SummaryRemarked, VoteCast, TableChose, PlenaryShown, CommsChecked, TimerEnded,
    }
)  # fmt: skip
"""What goes on beside the running of the exercise."""


def last(act: Logged | None, logged: Logged, more: bool) -> Logged | None:
    """The last act after one more entry, as long as it can be taken back. `more`: a release of what was out already."""
    if type(logged.entry) in _ASIDE:
        return act
    skipped = act is not None and isinstance(act.entry, InjectSkipped)
    if isinstance(logged.entry, BranchChosen) and logged.entry.by_default and skipped:
        return act  # a skipped decision and its default are one act
    if more:
        return None  # it reached more tables: taking that back would take it from those that had it before
    return logged if type(logged.entry) in UNDONE else None
