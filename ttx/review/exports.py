"""What has left, what is written to leave, and what waits for a second person: the other fold of a review's log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pydantic import Field

from ttx.review.bands import Banded, K
from ttx.review.entries import Kept
from ttx.review.feedback import FeedbackClosed, Prompt
from ttx.review.leaving import (
    FullAsked,
    FullSettled,
    HouseStyleChosen,
    QuotationApproved,
    QuotationObjected,
    QuotationProposed,
    QuotationWithdrawn,
    RecordShredded,
    ReportFrozen,
    ReportTaken,
    SectionDropped,
    SectionsOrdered,
    SectionWritten,
    SmallestCountChosen,
)
from ttx.review.opinions import Consenting, Fed, prompt_of
from ttx.review.parts import Part, Tier

GOOD_FOR = timedelta(days=7)
"""How long a full report can be taken after it was approved."""

BANDED = (Tier.ANALYST, Tier.PUBLIC)
"""The tiers whose reports tell counts in bands, if only how many agreed to be named."""

CHAPTERS: Mapping[str, str] = {
    "overview": "Overview",
    "ran": "How the exercise ran",
    "agreement": "How far the delegations agree",
    "voices": "Policy, law and operations",
    "analysis": "Analysis by capability",
    "network": "Coordination network",
    "drawn": "What the tables drew from it",
    "gaps": "Gaps",
    "plan": "Improvement plan",
    "participants": "Participants",
    "feedback": "Participants' feedback",
    "quotations": "Quotations",
    "answers": "Answers",
}
"""The chapters that a report makes of the record, in the order of an after-action report (HSEEP 2020)."""


class Section(Part):
    """A section of the report's own text; Markdown without HTML, links or pictures."""

    name: str
    title: str
    text: str


class Own(Part):
    """What a report of a tier has besides the record: its own text, its order, quotations, for a report to everybody
    the smallest count `k` that is told and the counts that were told before (`ledger`); participants' feedback with
    the comments that two people let go, and who agreed to be named."""

    tier: Tier | None = None
    k: int = K
    sections: tuple[Section, ...] = ()
    order: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    told: tuple[Mapping[str, Banded], ...] = ()
    feedback: tuple[Fed, ...] = ()
    comments: Mapping[Prompt, tuple[str, ...]] = Field(default_factory=dict)
    participants: Consenting | None = None


NOTHING_LEFT = Own()


@dataclass(frozen=True, slots=True)
class Permit:
    """A full report that was asked for. `approved` is None while nobody settled it; `by` and `since` who and when."""

    export: str
    asked_by: str
    asked_at: datetime
    why: str
    approved: bool | None = None
    by: str = ""
    since: datetime | None = None
    against: str = ""

    def good(self, seat: str, now: datetime) -> bool:
        """Whether this seat may take the report on it now: whoever asked for it or approved it, for seven days."""
        return (
            self.approved is True
            and seat in (self.asked_by, self.by)
            and self.since is not None
            and now - self.since < GOOD_FOR
        )


@dataclass(frozen=True, slots=True)
class Taking:
    """A report that left: when, by whom, and what of."""

    seq: int
    at: datetime
    seat: str
    fact: ReportTaken


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version of the report that is kept."""

    at: datetime
    seat: str
    fact: ReportFrozen


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that may stand in the report for everybody, if two people let them and their delegation does not object."""

    name: str
    evidence: int
    words: str
    verbatim: bool
    no_names: tuple[str, ...]
    by: str
    approved_by: str | None = None
    objection: str | None = None
    withdrawn: bool = False
    feedback: str | None = None

    @property
    def told(self) -> str:
        """Its words as a report has them: the speaker's own in quotation marks."""
        return f"\u201c{self.words}\u201d" if self.verbatim else self.words

    @property
    def stands(self) -> bool:
        """Whether it is in the report."""
        return self.approved_by is not None and self.objection is None and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Exports:
    """Everything of a review's log that is about leaving, up to entry `seq`. `k` is the smallest count that is told;
    once `counted` something was told by it, and it stays."""

    seq: int = 0
    k: int = K
    counted: bool = False
    permits: Mapping[str, Permit] = field(default_factory=dict)
    taken: tuple[Taking, ...] = ()
    frozen: tuple[Frozen, ...] = ()
    sections: Mapping[str, Section] = field(default_factory=dict)
    written: int = 0
    ordered: tuple[str, ...] = ()
    revised: Mapping[str, int] = field(default_factory=dict)
    quotations: Mapping[str, Quotation] = field(default_factory=dict)
    style: HouseStyleChosen | None = None
    shredded: tuple[tuple[datetime, RecordShredded], ...] = ()

    def permit(self, seat: str, now: datetime) -> Permit | None:
        """The approval on which this seat may take the full report now; the last one."""
        return next((one for one in reversed(list(self.permits.values())) if one.good(seat, now)), None)

    def order(self) -> tuple[str, ...]:
        """Chapters and sections as they stand in the report: as somebody put them, what is newer at its usual place.

        A chapter nobody moved comes after the one before it; a section nobody moved stands at the end.
        """
        known = [*CHAPTERS, *self.sections]
        order = [name for name in self.ordered if name in known]
        for place, name in enumerate(known):
            if name not in order:
                before = next((one for one in reversed(known[:place]) if one in order), None)
                at = len(order) if name in self.sections else order.index(before) + 1 if before is not None else 0
                order.insert(at, name)
        return tuple(order)

    def told(self) -> tuple[Mapping[str, Banded], ...]:
        """The counts that everybody was told so far, report by report."""
        every: tuple[Taking | Frozen, ...] = (*self.taken, *self.frozen)
        return tuple(one.fact.counts for one in every if one.fact.tier is Tier.PUBLIC)


def own(held: Exports, tier: Tier, plain: Callable[[str], str]) -> Own:
    """What a report of this tier has besides the record. `plain` leaves names out of a text (`findings.Masked`).

    Analysts' text is written for those who work with the record: everybody gets none of it. Quotations are told in an
    order that tells neither who spoke first nor what was proposed first: that of their letters.
    """
    if tier is Tier.OWN:
        return Own(tier=tier)
    said = _commented(held.quotations.values())
    if tier is Tier.PUBLIC:
        quoted = tuple(sorted(one.told for one in held.quotations.values() if one.stands and one.feedback is None))
        return Own(tier=tier, k=held.k, order=held.order(), quotations=quoted, told=held.told(), comments=said)
    sections = tuple(held.sections[name] for name in held.order() if name in held.sections)
    if tier is Tier.ANALYST:
        sections = tuple(
            one.model_copy(update={"title": plain(one.title), "text": plain(one.text)}) for one in sections
        )
    return Own(tier=tier, sections=sections, order=held.order(), comments=said)


def _commented(every: Iterable[Quotation]) -> dict[Prompt, tuple[str, ...]]:
    """Comments that two people let go, without the form they stood in, in the order of their letters."""
    told = [(prompt_of(one.feedback), one.told) for one in every if one.stands and one.feedback is not None]
    return {prompt: found for prompt in Prompt if (found := tuple(sorted(said for of, said in told if of is prompt)))}


def exports(log: Sequence[Kept]) -> Exports:
    """What the entries come to. Whatever does not fit changes nothing."""
    made = Exports()
    for kept in log:
        made = replace(_taken_in(made, kept), seq=kept.seq)
    return made


def _taken_in(held: Exports, kept: Kept) -> Exports:
    match kept.entry:
        case FullAsked(export=name, why=why):
            return replace(held, permits={**held.permits, name: Permit(name, kept.seat, kept.at, why)})
        case FullSettled(export=name, approved=approved, why=why) if name in held.permits:
            settled = replace(held.permits[name], approved=approved, by=kept.seat, since=kept.at, against=why)
            return replace(held, permits={**held.permits, name: settled})
        case SmallestCountChosen(k=k):
            return replace(held, k=k)
        case FeedbackClosed():
            return replace(held, counted=True)
        case ReportTaken() as fact:
            held = replace(held, counted=held.counted or fact.tier in BANDED)
            return replace(held, taken=(*held.taken, Taking(kept.seq, kept.at, kept.seat, fact)))
        case ReportFrozen() as fact:
            held = replace(held, counted=held.counted or fact.tier in BANDED)
            return replace(held, frozen=(*held.frozen, Frozen(kept.at, kept.seat, fact)))
        case HouseStyleChosen(digest=digest) as fact:
            return replace(held, style=fact if digest is not None else None)
        case RecordShredded() as fact:
            return replace(held, shredded=(*held.shredded, (kept.at, fact)))
        case SectionWritten(section=name, title=title, text=text):
            return replace(
                held,
                sections={**held.sections, name: Section(name=name, title=title, text=text)},
                written=held.written + (name not in held.revised),
                revised={**held.revised, name: kept.seq},
            )
        case SectionDropped(section=name):
            return replace(held, sections={key: one for key, one in held.sections.items() if key != name})
        case SectionsOrdered(order=order):
            return replace(held, ordered=order)
        case _:
            return replace(held, quotations=_quoted(held.quotations, kept))


def _quoted(held: Mapping[str, Quotation], kept: Kept) -> Mapping[str, Quotation]:
    match kept.entry:
        case QuotationProposed(quotation=name, evidence=evidence, words=words) as one:
            made = Quotation(name, evidence, words, one.verbatim, one.no_names, kept.seat, feedback=one.feedback)
            return {**held, name: made}
        case QuotationApproved(quotation=name) if name in held:
            return {**held, name: replace(held[name], approved_by=kept.seat)}
        case QuotationObjected(quotation=name, why=why, stands=stands) if name in held:
            return {**held, name: replace(held[name], objection=why if stands else None)}
        case QuotationWithdrawn(quotation=name) if name in held:
            return {**held, name: replace(held[name], withdrawn=True)}
        case _:
            return held
