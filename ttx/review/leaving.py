"""What leaves the house, as past-tense facts of a review's log: exports, the text written for them, quotations.

None of it is taken back: what has left has left. Text is written anew, a quotation is withdrawn.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ttx.exercise.facts import Fact, Name, Pages, Words
from ttx.review.bands import LEAST, Banded
from ttx.review.parts import Tier

Way = Literal["page", "program", "command line"]
"""How a report was taken: by somebody on a page, by a program with a token, or on the installation's command line."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class Leaving(Fact):
    """A fact about what leaves, or what participants said of the exercise; the fold of gaps passes over it."""


class FullAsked(Leaving):
    """Somebody wants to take the full report, which names delegations, and says what for."""

    export: str
    why: Words


class FullSettled(Leaving):
    """A second person approved that, or turned it down."""

    export: str
    approved: bool
    why: Reason = ""


class ReportTaken(Leaving):
    """A report left as a file, made from the record up to entry `head`. `export` is the approval it stands on; it is
    `linked` unless each section calls delegations otherwise.

    `counts` are the bands that a report for everybody told, by question; `held_back` the questions whose counts it
    did not, since they would have told a small one together with an earlier report.
    """

    tier: Tier
    form: str
    head: int
    way: Way
    export: str | None = None
    linked: bool = True
    counts: Mapping[str, Banded] = Field(default_factory=dict)
    held_back: tuple[str, ...] = ()


class SectionWritten(Leaving):
    """A section of the report's own text says this, new or anew."""

    section: str
    title: Name
    text: Pages


class SectionDropped(Leaving):
    """A section is no part of the report any more."""

    section: str


class SectionsOrdered(Leaving):
    """The report's chapters and sections stand in this order."""

    order: tuple[str, ...]


class ReportFrozen(Leaving):
    """A version of the report is kept as it was: its files by their SHA-256, under the head of the record.

    `statement` is what the installation's key signed (`ttx.store.frozen`); `counts` as for a report that was taken.
    """

    version: int
    tier: Tier
    head: int
    files: Mapping[str, str]
    statement: str
    signature: str
    linked: bool = True
    counts: Mapping[str, Banded] = Field(default_factory=dict)
    held_back: tuple[str, ...] = ()


class HouseStyleChosen(Leaving):
    """Reports in Word are written in this organisation's style from now on, or in ours again where `digest` is None.

    `digest` is the SHA-256 of its template; `left_out` says what of the document that was brought is not in it.
    """

    name: str
    digest: str | None
    left_out: tuple[str, ...] = ()


class SmallestCountChosen(Leaving):
    """From now on `k` is the smallest count that is told, in every report and of participants' feedback."""

    k: Annotated[int, Field(ge=LEAST, le=20)]


class RecordShredded(Leaving):
    """Names of people, or what was said, were taken out of the exercise for good: how many names, bodies of how many
    entries. `days` after its end where the installation does it by itself; None where somebody did."""

    what: tuple[str, ...]
    names: int
    bodies: int
    days: int | None = None


class QuotationProposed(Leaving):
    """An analyst would have these words of a piece of evidence in the report for everybody; or those of a comment in
    participants' feedback (`feedback`), which is nobody's, and then `evidence` is 0.

    `verbatim`: they are the speaker's own and no paraphrase. `no_names` is what the scan found in them that the analyst
    says is no name of a participant.
    """

    quotation: str
    evidence: Annotated[int, Field(ge=0)] = 0
    feedback: str | None = None
    words: Words
    verbatim: bool = False
    no_names: tuple[str, ...] = ()


class QuotationApproved(Leaving):
    """A second person read a quotation over and lets it go."""

    quotation: str


class QuotationObjected(Leaving):
    """The delegation whose words they are does not want them told, or does no longer object."""

    quotation: str
    why: Reason = ""
    stands: bool = True


class QuotationWithdrawn(Leaving):
    """A quotation is not used."""

    quotation: str


LeavingEntry = (
    FullAsked
    | FullSettled
    | ReportTaken
    | SectionWritten
    | SectionDropped
    | SectionsOrdered
    | ReportFrozen
    | HouseStyleChosen
    | SmallestCountChosen
    | RecordShredded
    | QuotationProposed
    | QuotationApproved
    | QuotationObjected
    | QuotationWithdrawn
)
"""Every such fact; part of the closed union of a review's entries."""
