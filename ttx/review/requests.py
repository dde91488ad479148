"""What somebody asks of a review: one model a verb, as its forms send it. Shape only.

Whether it is allowed is `rights`, whether it is possible is `commands`.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from ttx.exercise.facts import Name, Request, Words
from ttx.review.coding_requests import CodingAsked
from ttx.review.entries import ActionStatus, Cited, Element, GapStatus, Level, Long, Priority, RootCause, Short
from ttx.scenario.model import Line, Phase


def _none(value: Any) -> Any:
    """A field that was left blank says nothing."""
    return None if value == "" else value


def _listed(value: Any) -> Any:
    """One to a line, as a form writes several; blank lines are none."""
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


Blank = BeforeValidator(_none)
Bodies = Annotated[tuple[Line, ...], Field(max_length=20), BeforeValidator(_listed)]


Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
"""A date that calendars and spreadsheets all know."""


class Timed(Request):
    """What has a start and an end."""

    starts: Annotated[Day | None, Blank] = None
    due: Annotated[Day | None, Blank] = None

    @model_validator(mode="after")
    def _in_order(self) -> "Timed":
        if self.starts is not None and self.due is not None and self.due < self.starts:
            raise ValueError("it is due before it starts: change one of the two dates")
        return self


class OfGap(Timed):
    """What a gap says besides its statement; a field that is not sent stays as it is."""

    objective: Annotated[Name | None, Blank] = None
    capability: Annotated[Name | None, Blank] = None
    phase: Annotated[Phase | None, Blank] = None
    root_cause: Annotated[RootCause | None, Blank] = None
    severity: Annotated[Level | None, Blank] = None
    likelihood: Annotated[Level | None, Blank] = None
    effort: Annotated[Level | None, Blank] = None
    priority: Annotated[Priority | None, Blank] = None
    owner: Annotated[Name | None, Blank] = None
    bodies: Bodies = ()
    contact: Short = ""
    status: GapStatus = GapStatus.DRAFT
    dissent: Long = ""


class RecordGap(OfGap):
    """Record a gap that this evidence shows; `wall` is the draft gap of the wall it is made from."""

    do: Literal["record_gap"]
    statement: Words
    evidence: Cited = ()
    wall: Annotated[Name | None, Blank] = None


class ChangeGap(OfGap):
    """Change what a gap says. `as_of` is the review's seq that the form was drawn at, of which the sender knows."""

    do: Literal["change_gap"]
    gap: Name
    as_of: Annotated[int, Field(ge=0)] = 2**53
    statement: Words | None = None


class Cite(Request):
    """Have a gap rest on more evidence."""

    do: Literal["cite"]
    gap: Name
    evidence: Annotated[Cited, Field(min_length=1)]


class DropEvidence(Request):
    """Have a gap rest on some evidence no longer."""

    do: Literal["drop_evidence"]
    gap: Name
    evidence: Annotated[Cited, Field(min_length=1)]


class JoinGaps(Request):
    """Make one gap of several: all go into the first."""

    do: Literal["join_gaps"]
    gaps: Annotated[tuple[Name, ...], Field(min_length=2, max_length=40)]
    statement: Words


class SplitGap(Request):
    """Make part of a gap one of its own, with the evidence that is named."""

    do: Literal["split_gap"]
    gap: Name
    statement: Words
    evidence: Annotated[Cited, Field(min_length=1)]


class OfAction(Timed):
    """What an action says besides what is to be done; a field that is not sent stays as it is."""

    element: Annotated[Element | None, Blank] = None
    owner: Annotated[Name | None, Blank] = None
    contact: Short = ""


class PlanAction(OfAction):
    """Plan something that is to be done about a gap."""

    do: Literal["plan_action"]
    gap: Name
    what: Words


class ChangeAction(OfAction):
    """Change what an action says; `as_of` as for a gap."""

    do: Literal["change_action"]
    action: Name
    as_of: Annotated[int, Field(ge=0)] = 2**53
    what: Words | None = None


class NoteProgress(Request):
    """Say how far an action is; of one that is done by what that is shown, of one that is dropped why."""

    do: Literal["note_progress"]
    action: Name
    status: ActionStatus
    text: Long = ""


class ComeBack(Request):
    """Say that a gap is one that an earlier exercise had found."""

    do: Literal["come_back"]
    gap: Name
    exercise: Name
    of: Name


class TakeBack(Request):
    """Take back what entry `entry` of the review's log says."""

    do: Literal["take_back"]
    entry: int


Asked = (
    RecordGap
    | ChangeGap
    | Cite
    | DropEvidence
    | JoinGaps
    | SplitGap
    | PlanAction
    | ChangeAction
    | NoteProgress
    | ComeBack
    | TakeBack
    | CodingAsked
)
"""What a person may ask of a review."""

REQUEST: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="do")])
"""Reads what a person asks of a review, from plain data."""
