"""The small records a state is made of: what became of an inject, a decision, a timer, an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from immutables import Map

from ttx.exercise.answers import Answer
from ttx.exercise.entries import ObservationRecorded, PlenaryPart, RatingGiven
from ttx.exercise.schedule import Planned, Schedule
from ttx.scenario.model import Value


class Status(StrEnum):
    """How the exercise as a whole stands. Between two days it is READY again.

    STOPPED is a real emergency; when it is lifted the exercise is PAUSED, or READY where no day was open.
    """

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the record stood when a day was closed: its last entry, and the hash that stands for all up to it."""

    day: int
    seq: int
    hash: str

    @property
    def groups(self) -> str:
        """The first 128 bits of the hash, in groups that can be read out, written down and compared."""
        return " ".join(self.hash[at : at + 4] for at in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of an inject, since when, by which entry.

    `first` is when it first reached its audience, `recalled` since when it is withdrawn from them: an inject
    that was taken back may be held or skipped after that, and still is withdrawn. `everyone` is since when all it is
    addressed to have it; `tables` are those that got it by themselves, and since when; `seat` is who did it;
    `taken_back` is every time that it was, also where it went out again; `planned` is the plan that this overtook.
    """

    standing: Literal["released", "held", "skipped", "recalled"]
    at: datetime
    seq: int
    first: datetime | None = None
    recalled: datetime | None = None
    everyone: datetime | None = None
    tables: Map[str, datetime] = Map()
    seat: str | None = None
    taken_back: tuple[datetime, ...] = ()
    planned: Planned | None = None

    @property
    def untouched(self) -> bool:
        """Whether it stands as if nothing had happened: a hold or skip of what never went out was undone."""
        return self.standing == "recalled" and self.first is None

    def reached(self, table: str | None) -> datetime | None:
        """Since when a table has it; None if it has not reached that table."""
        own = self.tables.get(table) if table is not None else None
        return own or self.everyone


@dataclass(frozen=True, slots=True)
class Decision:
    """How a decision was taken."""

    option: str
    set: Mapping[str, Value]
    at: datetime
    seq: int
    by_default: bool
    seat: str | None = None


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
    """One version of a delegation's answer. `recalled` marks an answer to an inject that had been recalled, `by` is
    whoever of those on the seat sent it."""

    answer: Answer
    at: datetime
    seq: int
    seat: str | None
    recalled: bool
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An observation or rating with its place in the log."""

    note: ObservationRecorded | RatingGiven
    at: datetime
    seat: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What the hall's screen shows, and what that is about."""

    view: PlenaryPart = "story"
    about: str | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """A real emergency that stopped the exercise: the open day, and from when until when."""

    day: int | None
    at: datetime
    lifted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that was begun by an entry: a session, a test message."""

    what: str
    at: datetime
    seq: int
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class StoryTime(Begun):
    """What time control said it is in the story; `told` developments had come out by then."""

    told: int = 0


class Shelved(NamedTuple):
    """What stands still with a day that is closed, in case its close is taken back."""

    schedule: Schedule
    timer: Timer | None
    announced: Announcement | None
    session: Begun | None
