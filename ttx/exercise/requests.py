"""What somebody asks for: one model a verb, as forms, the API and the socket send it. Shape only.

Whether it is allowed is `rights`, whether it is possible is `commands`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, field_validator

from ttx.exercise.answers import Answer
from ttx.exercise.entries import RatingLetter, Words
from ttx.scenario.model import Audience, Channel, Line, MapStep, Question

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Request(BaseModel):
    """What all requests share: a field nobody knows is refused with its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OpenDay(Request):
    """Open a day; without a number, the next one."""

    do: Literal["open_day"]
    day: int | None = None


class CloseDay(Request):
    """Close the open day."""

    do: Literal["close_day"]


class Release(Request):
    """Release an inject to its audience."""

    do: Literal["release"]
    inject: Name


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
)
"""What a person may ask for."""

REQUEST: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="do")])
"""Reads what a person asks for, from JSON or plain data."""
