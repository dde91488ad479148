"""What somebody asks for: one model a verb, as forms, the API and the socket send it. Shape only.

Whether it is allowed is `rights`, whether it is possible is `commands`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    Field,
    StringConstraints,
    TypeAdapter,
    field_validator,
    model_validator,
)

from ttx.exercise.answers import Answer
from ttx.exercise.entries import PlenaryPart
from ttx.exercise.facts import MapLabel, Name, People, RatingLetter, Request, Words
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
from ttx.scenario.model import Audience, Channel, Line, MapStep, Question


class OpenDay(Request):
    """Open a day; without a number, the next one. `sure`: also while the exercise is being rehearsed."""

    do: Literal["open_day"]
    day: int | None = None
    sure: bool = False


class CloseDay(Request):
    """Close the open day."""

    do: Literal["close_day"]


class Release(Request):
    """Release an inject to its audience, or to those of it at some tables first."""

    do: Literal["release"]
    inject: Name
    tables: Annotated[tuple[Name, ...], Field(max_length=200)] = ()


class Schedule(Request):
    """Release an inject by itself: at a time, after so many seconds in which the exercise runs, or with the timer."""

    do: Literal["schedule"]
    inject: Name
    time: AwareDatetime | None = None
    seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None
    with_timer: bool = False
    tables: Annotated[tuple[Name, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _one_time(self) -> "Schedule":
        if sum((self.time is not None, self.seconds is not None, self.with_timer)) != 1:
            raise ValueError("say at what time it goes out, after how many seconds, or with the timer: one of these")
        return self


class Unschedule(Request):
    """Do not release an inject by itself after all."""

    do: Literal["unschedule"]
    inject: Name


class Reword(Request):
    """Give an inject other words before it is released. The scenario stays as it was.

    `labels` are words of alerts, `people` numbers of people, by the number of the inject's step on the map from 1.
    """

    do: Literal["reword"]
    inject: Name
    title: Line | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)] | None = None
    sender: Line | None = None
    labels: Mapping[int, MapLabel] | None = None
    people: Mapping[int, People] | None = None


class Undo(Request):
    """Take back what was done at entry `act`, if nothing was done since."""

    do: Literal["undo"]
    act: int


class Hold(Request):
    """Put an inject aside."""

    do: Literal["hold"]
    inject: Name


class Skip(Request):
    """Leave an inject out; a skipped decision takes its default."""

    do: Literal["skip"]
    inject: Name


class Recall(Request):
    """Take a released inject back, or a hold or skip."""

    do: Literal["recall"]
    inject: Name


class Choose(Request):
    """Take a decision."""

    do: Literal["choose"]
    inject: Name
    option: Name


class StartSession(Request):
    """Begin a session of the open day's agenda."""

    do: Literal["start_session"]
    session: Name


class MoveStory(Request):
    """Let time pass in the story: tell everybody what time it is there now."""

    do: Literal["move_story"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class AddInject(Request):
    """Write an inject on the spot; with `release` it goes out at once."""

    do: Literal["add_inject"]
    title: Line
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]
    to: Audience = Audience(all=True)
    sender: Line = "Exercise control"
    channel: Channel = Channel.BRIEFING
    minutes: Annotated[int, Field(ge=0, le=480)] = 15
    objectives: tuple[Name, ...] = ()
    capabilities: tuple[Name, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(max_length=10)] = ()
    map: Annotated[tuple[MapStep, ...], Field(max_length=20)] = ()
    release: bool = False

    @field_validator("questions", mode="before")
    @classmethod
    def _plain_questions(cls, value: object) -> object:
        """A question given as bare text is an open one."""
        if not isinstance(value, list | tuple):
            return value
        return [{"id": f"q{n}", "ask": q} if isinstance(q, str) else q for n, q in enumerate(value, 1)]


class Pause(Request):
    """Stop everything, timers too."""

    do: Literal["pause"]


class Resume(Request):
    """Go on."""

    do: Literal["resume"]


class Announce(Request):
    """Tell everybody something until the day closes; an empty text withdraws what was told last."""

    do: Literal["announce"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class SetTimer(Request):
    """Start a countdown of so many seconds, in place of any that runs; 0 takes it away."""

    do: Literal["timer"]
    seconds: Annotated[int, Field(ge=0, le=86_400)]


class Respond(Request):
    """Submit a delegation's answer of record. `question` is its id or its number, counted from 1."""

    do: Literal["respond"]
    inject: Name
    question: Name | int
    answer: Answer


class DelegateSubmission(Request):
    """Let the delegates of one's delegation submit, or no longer."""

    do: Literal["delegate_submission"]
    allowed: bool


class Observe(Request):
    """Record an observation."""

    do: Literal["observe"]
    text: Words
    sense: Literal["strength", "gap", "note"] = "note"
    inject: Name | None = None
    objective: Name | None = None
    capability: Name | None = None
    delegation: Name | None = None
    table: Name | None = None


class Rate(Request):
    """Rate how an objective or capability was performed."""

    do: Literal["rate"]
    rating: RatingLetter
    objective: Name | None = None
    capability: Name | None = None
    inject: Name | None = None
    delegation: Name | None = None
    table: Name | None = None
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


class ShowInPlenary(Request):
    """Choose what the hall's screen shows; `about` is the inject, session or day that it is about.

    One question of several is named with its inject, as in `D1-02:calls`.
    """

    do: Literal["show"]
    view: PlenaryPart
    about: Name | None = None


class Stop(Request):
    """This is a real emergency: stop everything on every screen."""

    do: Literal["stop"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class StandDown(Request):
    """The real emergency is over. The exercise stands still until it is resumed."""

    do: Literal["stand_down"]


class CheckComms(Request):
    """Send every tablet a test message."""

    do: Literal["check_comms"]


class MoveSeat(Request):
    """Move a seat to another table."""

    do: Literal["move_seat"]
    seat: Name
    table: Name


class AllowTables(Request):
    """Let table facilitators release what is next to their own table, or no longer."""

    do: Literal["allow_tables"]
    allowed: bool


class ReleaseDue(Request):
    """The release planned at entry `scheduled` has fallen due; the clock asks this, no person.

    `late`: its time passed while nobody was there to make it.
    """

    do: Literal["release_due"]
    inject: str
    scheduled: int
    late: bool


class EndTimer(Request):
    """The countdown that began at entry `started` is over; the clock asks this, no person."""

    do: Literal["end_timer"]
    started: int


class End(Request):
    """End the exercise."""

    do: Literal["end"]


Asked = (
    OpenDay
    | CloseDay
    | Release
    | Hold
    | Skip
    | Recall
    | Choose
    | AddInject
    | Pause
    | Resume
    | Announce
    | SetTimer
    | Respond
    | DelegateSubmission
    | Observe
    | Rate
    | End
    | Schedule
    | Unschedule
    | Reword
    | Undo
    | OpenVote
    | Vote
    | RevealVote
    | CloseVote
    | ChooseForTable
    | StartSession
    | MoveStory
    | OpenHotWash
    | CloseHotWash
    | NoteHotWash
    | WithdrawHotWash
    | DraftGap
    | WithdrawGap
    | MergeGaps
    | RewordGap
    | RankGaps
    | TestGap
    | Summarise
    | RemarkSummary
    | ApproveSummary
    | Tell
    | Call
    | SettleHelp
    | ShowInPlenary
    | Stop
    | StandDown
    | CheckComms
    | MoveSeat
    | AllowTables
)
"""What a person may ask for."""

Clocked = EndTimer | ReleaseDue
"""What the clock asks for."""

REQUEST: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="do")])
"""Reads what a person asks for, from JSON or plain data."""
