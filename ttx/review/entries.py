"""The entries of a review's log: what was found in an exercise and what is to be done, as past-tense facts.

A log of its own beside that of the exercise (docs/decisions.md), kept in the same way: append-only, one closed union,
a field added later has a default. Whoever did it is a seat; names of people stand only where a contact is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, get_args

from pydantic import Field, StringConstraints

from ttx.exercise.facts import Fact, Name, Words
from ttx.review.feedback import FeedbackEntry
from ttx.review.leaving import LeavingEntry
from ttx.review.marks import Coding
from ttx.scenario.model import Line, Phase

Level = Annotated[int, Field(ge=1, le=5)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Cited = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=400)]


class RootCause(StrEnum):
    """Where a gap comes from."""

    LAW_MANDATE = "law_mandate"
    PLAN_PROCEDURE = "plan_procedure"
    ROLES_AUTHORITY = "roles_authority"
    INFORMATION_SHARING = "information_sharing"
    COMMUNICATION_CHANNEL = "communication_channel"
    PEOPLE_TRAINING = "people_training"
    EQUIPMENT_RESOURCES = "equipment_resources"
    TRUST_POLITICAL = "trust_political"
    DATA_IDENTITY = "data_identity"


class Element(StrEnum):
    """What an improvement changes (POETE, HSEEP 2020)."""

    PLANNING = "planning"
    ORGANIZATION = "organization"
    EQUIPMENT = "equipment"
    TRAINING = "training"
    EXERCISES = "exercises"


ELEMENT: Mapping[RootCause, Element] = {
    RootCause.LAW_MANDATE: Element.PLANNING,
    RootCause.PLAN_PROCEDURE: Element.PLANNING,
    RootCause.ROLES_AUTHORITY: Element.ORGANIZATION,
    RootCause.INFORMATION_SHARING: Element.ORGANIZATION,
    RootCause.COMMUNICATION_CHANNEL: Element.EQUIPMENT,
    RootCause.PEOPLE_TRAINING: Element.TRAINING,
    RootCause.EQUIPMENT_RESOURCES: Element.EQUIPMENT,
    RootCause.TRUST_POLITICAL: Element.EXERCISES,
    RootCause.DATA_IDENTITY: Element.EQUIPMENT,
}
"""The POETE element each root cause maps to: trust is built by exercising together, what identifies people is kept
in registers and devices."""


class Priority(StrEnum):
    """How soon a gap is to be closed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class GapStatus(StrEnum):
    """How far a gap is."""

    DRAFT = "draft"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    SET_ASIDE = "set_aside"


class ActionStatus(StrEnum):
    """How far an action is. DONE says by what that is shown, DROPPED why."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


OVER = frozenset({ActionStatus.DONE, ActionStatus.DROPPED})
"""Nothing more is to be done."""


class Details(Fact):
    """What a gap says but for its evidence. `owner` is the working group that sees to it, `contact` whom one asks."""

    statement: Words
    objective: Name | None = None
    capability: Name | None = None
    phase: Phase | None = None
    root_cause: RootCause | None = None
    severity: Level | None = None
    likelihood: Level | None = None
    effort: Level | None = None
    priority: Priority | None = None
    owner: Name | None = None
    bodies: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    contact: Short = ""
    starts: date | None = None
    due: date | None = None
    status: GapStatus = GapStatus.DRAFT
    dissent: Long = ""


class Task(Fact):
    """What an action says: what is to be done, which element that changes, who does it from when until when."""

    what: Words
    element: Element | None = None
    owner: Name | None = None
    contact: Short = ""
    starts: date | None = None
    due: date | None = None


class GapRecorded(Fact):
    """A gap was found. `wall` is the draft gap of the gap wall it was made from."""

    gap: str
    details: Details
    evidence: Cited = ()
    wall: str | None = None


class GapChanged(Fact):
    """These fields of a gap say what they say here; the others of `details` are as they were then."""

    gap: str
    details: Details
    changed: tuple[str, ...]


class EvidenceCited(Fact):
    """A gap rests on these entries of the exercise too."""

    gap: str
    evidence: Cited


class EvidenceDropped(Fact):
    """A gap does not rest on these any more."""

    gap: str
    evidence: Cited


class GapsJoined(Fact):
    """Several gaps are one: `gaps` go into `gap`, with their evidence and actions, and it now reads so."""

    gap: str
    gaps: tuple[str, ...]
    statement: Words


class GapSplit(Fact):
    """Part of a gap is one of its own, `new`: its evidence moves there, and everything else is said of both."""

    gap: str
    new: str
    statement: Words
    evidence: Cited


class ActionPlanned(Fact):
    """Something is to be done about a gap."""

    action: str
    gap: str
    task: Task


class ActionChanged(Fact):
    """These fields of an action say what they say here."""

    action: str
    task: Task
    changed: tuple[str, ...]


class ProgressNoted(Fact):
    """How far an action is, in words; of one that is done by what that is shown."""

    action: str
    status: ActionStatus
    text: Long = ""


class GapCameBack(Fact):
    """A gap is one that an earlier exercise had found: its gap `of`."""

    gap: str
    exercise: str
    title: str
    of: str


class TakenBack(Fact):
    """What entry `entry` of this log says does not count; taken back itself, it counts again."""

    entry: int


Entry = (
    GapRecorded
    | GapChanged
    | EvidenceCited
    | EvidenceDropped
    | GapsJoined
    | GapSplit
    | ActionPlanned
    | ActionChanged
    | ProgressNoted
    | GapCameBack
    | TakenBack
    | Coding
    | LeavingEntry
    | FeedbackEntry
)

KINDS: Mapping[str, type[Entry]] = {kind.__name__: kind for kind in get_args(Entry)}


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with its place in the review's log: `seq` counts from 1, `at` is UTC, `seat` is who did it."""

    seq: int
    at: datetime
    seat: str
    entry: Entry


def kind_of(entry: Entry) -> str:
    """The name under which an entry is kept."""
    return type(entry).__name__


def write_body(entry: Entry) -> str:
    """An entry's body as JSON, the same text for the same entry."""
    return entry.model_dump_json(exclude_defaults=True)


def read_body(kind: str, body: str) -> Entry:
    """The entry of this kind with this body; raises KeyError for a kind that this version does not know."""
    return KINDS[kind].model_validate_json(body)
