"""What may be told of participants' feedback, and who stands in a report's list of participants; by tier.

Counts are in bands for everybody, the facilitation team included: a sheet is nobody's. Words leave only as quotations
that two people let go (`leaving`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ttx.review.bands import Band, Banded, band, banded
from ttx.review.entries import Kept
from ttx.review.feedback import FeedbackClosed, FeedbackOpened, Prompt
from ttx.review.parts import Part, Tier

ANSWERS = ("agree", "between", "disagree")
"""Into which the five levels are put together to be told: 4 and 5, 3, 1 and 2. Fewer cells are fewer small ones."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, and what it came to once it is closed. `review` is the entry that opened it."""

    opened: FeedbackOpened
    closed: FeedbackClosed | None = None

    @property
    def name(self) -> str:
        """Its id."""
        return self.opened.form

    def comment(self, prompt: Prompt, number: int) -> str | None:
        """What was written there, by its number from 1."""
        said = self.closed.comments.get(prompt, ()) if self.closed is not None else ()
        return said[number - 1] if 1 <= number <= len(said) else None


def forms(log: Sequence[Kept]) -> Mapping[str, Form]:
    """Every form of an exercise, the first one first."""
    made: dict[str, Form] = {}
    for kept in log:
        match kept.entry:
            case FeedbackOpened() as opened:
                made[opened.form] = Form(opened)
            case FeedbackClosed(form=name) as closed if name in made:
                made[name] = replace(made[name], closed=closed)
            case _:
                pass
    return made


def open_one(log: Sequence[Kept]) -> Form | None:
    """The form that can be filled in now."""
    return next((one for one in forms(log).values() if one.closed is None), None)


def cited(form: str, prompt: Prompt, number: int) -> str:
    """The id of a comment, by which a quotation names it."""
    return f"{form}.{prompt.value}.{number}"


def comments(every: Iterable[Form]) -> Mapping[str, str]:
    """Every comment by its id."""
    return {
        cited(form.name, prompt, number): words
        for form in every
        if form.closed is not None
        for prompt, said in form.closed.comments.items()
        for number, words in enumerate(said, 1)
    }


def prompt_of(comment: str) -> Prompt | None:
    """What a comment with this id answers; None for what is no such id."""
    named = comment.split(".")
    return Prompt(named[1]) if len(named) == 3 and named[1] in set(Prompt) else None


class Agreed(Part):
    """How far participants agree with a statement: agree, between, disagree."""

    statement: str
    text: str
    counts: Banded


class Fed(Part):
    """What a form came to: how many sheets, in a band, and what they say of each statement."""

    form: str
    day: int | None
    sheets: Band
    statements: tuple[Agreed, ...]

    @property
    def least(self) -> tuple[Agreed, ...]:
        """The statements that fewest agree with, as far as bands tell; none where all are alike or untold."""
        told = [one for one in self.statements if one.counts.cells is not None]
        lows = {one.statement: (one.counts.cells or {})["agree"].least for one in told}
        lowest = min(lows.values(), default=0)
        found = tuple(one for one in told if lows[one.statement] == lowest)
        return found if len(found) < len(told) else ()


def fed(every: Iterable[Form], k: int) -> tuple[Fed, ...]:
    """The closed forms as they are told; `k` is the smallest count that is (`exports.Exports`). Raises ValueError."""
    return tuple(_fed(form.opened, form.closed, k) for form in every if form.closed is not None)


def _fed(opened: FeedbackOpened, closed: FeedbackClosed, k: int) -> Fed:
    sheets = band(closed.sheets, k)
    told = []
    for name, text in opened.statements.items():
        levels = closed.ratings.get(name, (0,) * 5)
        cells = {"agree": sum(levels[3:]), "between": levels[2], "disagree": sum(levels[:2])}
        # A reader knows the band of the sheets and no more, so that is the most that may have been asked.
        counts = banded(cells, sum(levels), sheets.most, several=False, k=k)
        told.append(Agreed(statement=name, text=text, counts=counts))
    return Fed(form=opened.form, day=opened.day, sheets=sheets, statements=tuple(told))


# Participants


class Named(Part):
    """Somebody who agreed to stand in the list of participants. `delegation` is its name, or none."""

    delegation: str | None
    name: str
    organisation: str


class Consenting(Part):
    """Who agreed to be named: by name where names may stand, else how many, in a band."""

    names: tuple[Named, ...] = ()
    many: Band


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who agreed, with the id of his delegation."""

    delegation: str | None
    name: str
    organisation: str


def consenting(people: Sequence[Person], called: Mapping[str, str], tier: Tier, k: int) -> Consenting | None:
    """Who of these stands in a report of this tier; None where nobody agreed, and in a delegation's own report.

    Names stand in the full report alone, by delegation, in the order of their letters.
    """
    if not people or tier is Tier.OWN:
        return None
    names: tuple[Named, ...] = ()
    if tier is Tier.FULL:
        told = (Named(delegation=called.get(one.delegation or ""), name=one.name, organisation=one.organisation)
                for one in people)  # fmt: skip
        names = tuple(sorted(told, key=lambda one: (one.delegation is None, one.delegation or "", one.name)))
    return Consenting(names=names, many=band(len(people), k))
