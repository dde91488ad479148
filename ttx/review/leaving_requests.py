"""What somebody asks about leaving: full reports, text, quotations. Shape, and what each leads to; pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, assert_never

from pydantic import BeforeValidator, Field, TypeAdapter

from ttx.exercise.commands import Refused
from ttx.exercise.facts import Name, Pages, Request, Words
from ttx.exercise.rights import Action, Seat, require
from ttx.review.bands import LEAST
from ttx.review.entries import Kept
from ttx.review.exports import CHAPTERS, Exports, Permit, Quotation, exports
from ttx.review.leaving import (
    FullAsked,
    FullSettled,
    LeavingEntry,
    QuotationApproved,
    QuotationObjected,
    QuotationProposed,
    QuotationWithdrawn,
    Reason,
    SectionDropped,
    SectionsOrdered,
    SectionWritten,
    SmallestCountChosen,
)
from ttx.review.parts import spelt
from ttx.review.placeholders import unknown
from ttx.review.scan import Hit
from ttx.scenario.worded import worded


def _listed(value: Any) -> Any:
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


class AskFull(Request):
    """Ask for the full report, with what it is for."""

    do: Literal["ask_full"]
    why: Words


class SettleFull(Request):
    """Approve somebody else's asking for the full report, or turn it down."""

    do: Literal["settle_full"]
    export: Name
    approved: bool
    why: Reason = ""


class ChooseSmallest(Request):
    """Choose the smallest count that any report tells."""

    do: Literal["choose_smallest"]
    k: Annotated[int, Field(ge=LEAST, le=20)]


class WriteSection(Request):
    """Write a section of the report, a new one where none is named. `as_of` is the review's seq it was drawn at."""

    do: Literal["write_section"]
    section: str = ""
    title: Name
    text: Pages
    as_of: Annotated[int, Field(ge=0)] = 2**53


class DropSection(Request):
    """Leave a section out from now on."""

    do: Literal["drop_section"]
    section: Name


class MoveSection(Request):
    """Move a chapter or section one place up or down."""

    do: Literal["move_section"]
    section: Name
    up: bool = True


class ProposeQuotation(Request):
    """Propose words of a piece of evidence, or of a comment in feedback, for everybody; `no_names` is what the scan
    finds and is no name."""

    do: Literal["propose_quotation"]
    evidence: Annotated[int, Field(ge=0)] = 0
    feedback: Name | None = None
    words: Words
    verbatim: bool = False
    no_names: Annotated[tuple[str, ...], Field(max_length=50), BeforeValidator(_listed)] = ()


class ApproveQuotation(Request):
    """Approve a quotation that somebody else proposed."""

    do: Literal["approve_quotation"]
    quotation: Name


class WithdrawQuotation(Request):
    """Use a quotation no longer."""

    do: Literal["withdraw_quotation"]
    quotation: Name


class ObjectQuotation(Request):
    """Object to what would be told of one's own delegation's words, or object no longer."""

    do: Literal["object_quotation"]
    quotation: Name
    why: Reason = ""
    stands: bool = True


Asked = (
    AskFull
    | SettleFull
    | ChooseSmallest
    | WriteSection
    | DropSection
    | MoveSection
    | ProposeQuotation
    | ApproveQuotation
    | WithdrawQuotation
    | ObjectQuotation
)
"""What can be asked about leaving."""

REQUEST: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="do")])
"""Reads such a request from plain data."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What must be known: `known` are the pieces of evidence with words that the asker may read, `own` those of his
    delegation, `voices` the comments in participants' feedback; `scan` finds names in a text."""

    known: Collection[int] = ()
    voices: Collection[str] = ()
    own: Collection[int] = ()
    scan: Callable[[str], Sequence[Hit]] = field(default=lambda _text: ())


def decide(ground: Ground, log: Sequence[Kept], seat: Seat, request: Asked) -> tuple[LeavingEntry, ...]:
    """The facts a seat's request leads to; raises Forbidden or Refused."""
    held = exports(log)
    match request:
        case AskFull(why=why):
            require(seat, Action.REPORT_FULL)
            waiting = next((one for one in held.permits.values() if one.approved is None), None)
            if waiting is not None and waiting.asked_by == seat.id:
                raise Refused(f"You have asked already ({waiting.export}): somebody else has to approve it.")
            return (FullAsked(export=f"EXP-{len(held.permits) + 1:02}", why=why),)
        case SettleFull(export=name, approved=approved, why=why):
            require(seat, Action.APPROVE_FULL)
            return (_settled(_permit(held, name), seat, approved, why),)
        case ChooseSmallest(k=k):
            require(seat, Action.APPROVE_FULL)
            if held.counted:
                raise Refused(
                    f"Counts under {held.k} are not told, and that stays: something was told by it already, and from "
                    "two kinds of bands a small count could be worked out."
                )
            if k == held.k:
                raise Refused(f"It is {k} already; nothing was changed.")
            return (SmallestCountChosen(k=k),)
        case WriteSection() | DropSection() | MoveSection():
            require(seat, Action.REVIEW)
            return (_written(held, request),)
        case ProposeQuotation():
            require(seat, Action.REVIEW)
            return (_proposed(ground, held, request),)
        case ApproveQuotation(quotation=name):
            require(seat, Action.REVIEW)
            quotation = _quotation(held, name)
            if quotation.approved_by is not None:
                raise Refused(f"{name} is approved already.")
            if quotation.by == seat.id:
                raise Refused(f"You proposed {name}, so a second person reads it over and approves it.")
            if quotation.objection is not None:
                raise Refused(f"The delegation whose words {name} tells objects to it. Withdraw it.")
            return (QuotationApproved(quotation=name),)
        case WithdrawQuotation(quotation=name):
            require(seat, Action.REVIEW)
            return (QuotationWithdrawn(quotation=_quotation(held, name).name),)
        case ObjectQuotation(quotation=name, why=why, stands=stands):
            require(seat, Action.OBJECT)
            mine = held.quotations.get(name)
            if mine is None or mine.withdrawn or mine.evidence not in ground.own:
                raise Refused(worded("There is no such quotation of your delegation."))
            return (QuotationObjected(quotation=name, why=why, stands=stands),)
        case _ as unknown:
            assert_never(unknown)


def _permit(held: Exports, name: str) -> Permit:
    permit = held.permits.get(name)
    if permit is None:
        raise Refused(f"Nobody has asked for a full report as {name}.")
    return permit


def _settled(permit: Permit, seat: Seat, approved: bool, why: str) -> FullSettled:
    if permit.approved is not None:
        told = "approved" if permit.approved else "turned down"
        raise Refused(f"{permit.export} is {told} already.")
    if permit.asked_by == seat.id and approved:
        raise Refused(f"You asked for {permit.export} yourself: a second person, on another seat, has to approve it.")
    return FullSettled(export=permit.export, approved=approved, why=why)


def _written(held: Exports, request: WriteSection | DropSection | MoveSection) -> LeavingEntry:
    name = request.section
    if isinstance(request, WriteSection):
        if strange := unknown(request.text):
            raise Refused(
                f"The report has nothing to put in the place of {', '.join(strange)}. Take names from the list beside "
                "the text; a picture or table stands in a line of its own."
            )
        if name == "":
            return SectionWritten(section=f"SEC-{held.written + 1:02}", title=request.title, text=request.text)
        there = held.sections.get(name)
        if there is None:
            raise Refused(f"The section {name} was left out meanwhile. Write yours as a new one.")
        if held.revised[name] > request.as_of and (there.title, there.text) != (request.title, request.text):
            raise Refused(
                f"Somebody changed {there.title} while you wrote. Compare with what stands there, and save again."
            )
        if (there.title, there.text) == (request.title, request.text):
            raise Refused(f"{there.title} says this already; nothing was changed.")
        return SectionWritten(section=name, title=request.title, text=request.text)
    if isinstance(request, DropSection):
        if name not in held.sections:
            raise Refused(f"There is no section {name}. What the record makes itself is moved, and never left out.")
        return SectionDropped(section=name)
    order = list(held.order())
    if name not in order:
        raise Refused(f"There is no chapter or section {name}; there are {', '.join([*CHAPTERS, *held.sections])}.")
    place = order.index(name)
    other = place - 1 if request.up else place + 1
    if not 0 <= other < len(order):
        raise Refused("It stands at the end already.")
    order[place], order[other] = order[other], order[place]
    return SectionsOrdered(order=tuple(order))


def _proposed(ground: Ground, held: Exports, request: ProposeQuotation) -> QuotationProposed:
    if request.feedback is not None and (request.feedback not in ground.voices or request.evidence):
        raise Refused(f"{request.feedback} is no comment in the feedback of this exercise. Choose one of its page.")
    if request.feedback is None and request.evidence not in ground.known:
        raise Refused(
            f"{spelt(request.evidence)} is nothing that anybody said in this exercise. Choose from the evidence."
        )
    found = ground.scan(request.words)
    waved = {one.casefold() for one in request.no_names}
    left = [one for one in found if one.text.casefold() not in waved]
    if left:
        named = ", ".join(f"\u201c{one.text}\u201d ({one.what})" for one in left)
        raise Refused(f"These words may name somebody: {named}. Say it in other words, or say that it is no name.")
    return QuotationProposed(
        quotation=f"Q-{len(held.quotations) + 1:02}",
        evidence=request.evidence,
        feedback=request.feedback,
        words=request.words,
        verbatim=request.verbatim,
        no_names=tuple(one.text for one in found),
    )


def _quotation(held: Exports, name: str) -> Quotation:
    quotation = held.quotations.get(name)
    if quotation is None or quotation.withdrawn:
        raise Refused(f"There is no quotation {name}, or it was withdrawn.")
    return quotation
