"""The log's entries: past-tense facts in one closed union, never changed and never deleted.

A field added later has a default, so that every log ever written still reads. People's names stay out:
an entry knows seats, delegations and tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from ttx.exercise.answers import Answer
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
from ttx.exercise.facts import Fact, MapLabel, People, RatingLetter, Words
from ttx.exercise.schedule import ReleaseLapsed, ReleaseScheduled, ScheduleCancelled
from ttx.exercise.talk import HelpSettled, MessageSent
from ttx.scenario.model import Inject, Line, Value

PlenaryPart = Literal[
    "story",
    "map",
    "development",
    "question",
    "vote",
    "agenda",
    "speaker",
    "recap",
    "timeline",
    "gaps",
    "summary",
    "blank",
]  # fmt: skip
"""What the hall's screen can show."""


class Delegation(Fact):
    """A state or organisation that takes part, its working groups, and the tables its people sit at."""

    name: str
    groups: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


class ExerciseCreated(Fact):
    """The exercise exists: which scenario version it runs, who takes part. `digest` is of the frozen scenario."""

    title: str
    scenario: str
    version: str
    digest: str
    delegations: Mapping[str, Delegation]
    tables: Mapping[str, str]


class DayOpened(Fact):
    """A day of the scenario begins. `goes_on`: its close was taken back, and what was planned then is planned again."""

    day: int
    goes_on: bool = False


class DayClosed(Fact):
    """The open day is over."""

    day: int


class InjectReleased(Fact):
    """An inject reached its audience; with `tables`, only those of it who sit there, until it reaches the others."""

    inject: str
    tables: tuple[str, ...] = ()


class InjectHeld(Fact):
    """An inject was put aside; the story goes on past it and it can still be released."""

    inject: str


class InjectSkipped(Fact):
    """An inject will not be released."""

    inject: str


class InjectRecalled(Fact):
    """A released inject was taken back. Answers to it are kept and marked."""

    inject: str


class BranchChosen(Fact):
    """A decision was taken: which option, and what it set. `by_default` when the decision was skipped."""

    inject: str
    option: str
    set: Mapping[str, Value] = Field(default_factory=dict)
    by_default: bool = False


class BranchReopened(Fact):
    """A decision was taken back and is still to be taken."""

    inject: str


class InjectReworded(Fact):
    """An inject will be, or was, released in other words than the scenario's. What is None stays as it was.

    `labels` and `people` are what its steps on the map say instead, by the number of the step, counted from 1.
    """

    inject: str
    title: Line | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)] | None = None
    sender: Line | None = None
    labels: Mapping[int, MapLabel] | None = None
    people: Mapping[int, People] | None = None


class InjectAdded(Fact):
    """A facilitator wrote an inject during the exercise. `day` is the day it belongs to."""

    inject: Inject
    day: int


class SessionStarted(Fact):
    """A session of the open day's agenda began: a block of work, a break, a keynote or a panel."""

    day: int
    session: str


class SessionTakenBack(Fact):
    """A session had been begun by mistake; `back_to` is the one that is on instead, none where none was begun."""

    day: int
    session: str
    back_to: str | None = None


class StoryMoved(Fact):
    """Time passed in the story: everybody is told what time it is there now."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class ExercisePaused(Fact):
    """Everything stands still, timers too."""


class ExerciseResumed(Fact):
    """The exercise goes on."""


class TimerStarted(Fact):
    """A countdown runs for so many seconds from this entry's time."""

    seconds: Annotated[int, Field(ge=1, le=86_400)]


class TimerStopped(Fact):
    """The countdown was taken away before its end."""


class TimerEnded(Fact):
    """The countdown that began at entry `started` came to its end."""

    started: int


class Announced(Fact):
    """Control told everybody something."""

    text: Words


class AnnouncementWithdrawn(Fact):
    """What control told last no longer stands on the screens."""


class ResponseSubmitted(Fact):
    """A delegation's answer of record to a question; a later one revises it. `recalled`: the inject had been.

    `by` stands for whoever of those on the seat sent it; what he calls himself is kept beside the log.
    """

    inject: str
    question: str
    delegation: str
    answer: Answer
    recalled: bool = False
    by: str | None = None


class SubmissionDelegated(Fact):
    """The head of a delegation lets its delegates submit, or no longer."""

    delegation: str
    allowed: bool


class ObservationRecorded(Fact):
    """An evaluator's note, tied to what it is about."""

    text: Words
    sense: Literal["strength", "gap", "note"] = "note"
    inject: str | None = None
    objective: str | None = None
    capability: str | None = None
    delegation: str | None = None
    table: str | None = None


class RatingGiven(Fact):
    """An evaluator's rating of how an objective or capability was performed; N is not observed."""

    rating: RatingLetter
    objective: str | None = None
    capability: str | None = None
    inject: str | None = None
    delegation: str | None = None
    table: str | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


class PlenaryShown(Fact):
    """What the hall's screen shows from now on; `about` is the inject, session or day that it is about."""

    view: PlenaryPart
    about: str | None = None


class EmergencyDeclared(Fact):
    """A real emergency: the exercise stopped on every screen."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class EmergencyLifted(Fact):
    """The emergency is over; the exercise stands still until somebody resumes it."""


class CommsChecked(Fact):
    """Control sent every tablet a test message. Which ones got it is each process's own knowledge."""


class SeatMoved(Fact):
    """A seat moved to another table; `tables` are those at which its delegation has seats since then."""

    moved: str
    table: str
    delegation: str | None = None
    tables: tuple[str, ...] = ()


class TablesAllowed(Fact):
    """Table facilitators may release what is next to their own table, or no longer."""

    allowed: bool


class ExerciseEnded(Fact):
    """Nothing more is released or answered; the record stands."""


Entry = (
    ExerciseCreated
    | DayOpened
    | DayClosed
    | InjectReleased
    | InjectHeld
    | InjectSkipped
    | InjectRecalled
    | BranchChosen
    | InjectAdded
    | ExercisePaused
    | ExerciseResumed
    | TimerStarted
    | TimerStopped
    | TimerEnded
    | Announced
    | AnnouncementWithdrawn
    | ResponseSubmitted
    | SubmissionDelegated
    | ObservationRecorded
    | RatingGiven
    | ExerciseEnded
    | BranchReopened
    | InjectReworded
    | ReleaseScheduled
    | ScheduleCancelled
    | ReleaseLapsed
    | VoteOpened
    | VoteCast
    | VoteRevealed
    | VoteClosed
    | TableChose
    | SessionStarted
    | SessionTakenBack
    | StoryMoved
    | HotWashOpened
    | HotWashClosed
    | HotWashNoted
    | HotWashWithdrawn
    | GapDrafted
    | GapWithdrawn
    | GapsMerged
    | GapReworded
    | GapsRanked
    | GapTested
    | SummaryWritten
    | SummaryRemarked
    | SummaryApproved
    | MessageSent
    | HelpSettled
    | PlenaryShown
    | EmergencyDeclared
    | EmergencyLifted
    | CommsChecked
    | SeatMoved
    | TablesAllowed
)

KINDS: Mapping[str, type[Entry]] = {kind.__name__: kind for kind in get_args(Entry)}


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry with its place in the log: `seq` counts from 1, `at` is UTC, `seat` is who did it, if anybody.

    `hash` stands for the whole log up to it, as 64 hexadecimal digits; empty for what is in no log.
    """

    seq: int
    at: datetime
    seat: str | None
    entry: Entry
    hash: str = ""


def kind_of(entry: Entry) -> str:
    """The name under which an entry stands in the log."""
    return type(entry).__name__


def write_body(entry: Entry) -> str:
    """An entry's body as JSON, the same text for the same entry."""
    return entry.model_dump_json(exclude_defaults=True)


def read_body(kind: str, body: str) -> Entry:
    """The entry of this kind with this body; raises KeyError for a kind that this version does not know."""
    return KINDS[kind].model_validate_json(body)
