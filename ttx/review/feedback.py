"""Participants' feedback: what a form asks, the sheet of one device, and what is left of all sheets once it is closed.

A sheet is anonymous and stands beside the log until its form is closed (`ttx.store.feedback`). Then ratings become
counts and texts come in the order of their letters, each question for itself: no sheet is left that could be told.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from ttx.exercise.commands import Refused
from ttx.exercise.facts import Fact, Name
from ttx.review.bands import LEAST
from ttx.review.leaving import Leaving
from ttx.scenario.model import Line, Scenario
from ttx.scenario.worded import worded

LEVELS = 5
Level = Annotated[int, Field(ge=1, le=LEVELS)]
"""1: I do not agree at all; 5: I agree fully."""
Comment = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1500)]

STATEMENTS: Mapping[str, str] = {
    "organised": worded("The exercise was well organised."),
    "plausible": worded("What happened in the scenario could happen."),
    "people": worded("The right people were in the room."),
    "facilitated": worded("The facilitators led the discussion well."),
    "tools": worded("The tablet helped and did not get in the way."),
    "relevant": worded("What we discussed matters for my own work."),
    "takes_home": worded("I take something home that I shall use."),
}
"""What a form asks to agree with unless the scenario says otherwise (`feedback`): organisation, plausibility,
participants, facilitation, tools, relevance and use, as participants' feedback has them (HSEEP 2020, evaluation)."""


class Prompt(StrEnum):
    """What a form asks in words."""

    STRENGTHS = "strengths"
    IMPROVEMENTS = "improvements"
    OTHER = "other"


PROMPTS: Mapping[Prompt, str] = {
    Prompt.STRENGTHS: worded("What went well?"),
    Prompt.IMPROVEMENTS: worded("What should be done better?"),
    Prompt.OTHER: worded("Anything else?"),
}


class Sheet(Fact):
    """What one device says: how far it agrees with each statement, and its own words. Any part may be left out."""

    ratings: Annotated[Mapping[Name, Level], Field(max_length=40)] = Field(default_factory=dict)
    comments: Mapping[Prompt, Comment] = Field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is said in it."""
        return not self.ratings and not any(self.comments.values())


class FeedbackOpened(Leaving):
    """Participants may give feedback: on a day, or on the whole exercise. `statements` are what they are asked."""

    form: str
    day: int | None = None
    statements: Mapping[str, Line]


class FeedbackClosed(Leaving):
    """A form was closed, and this is what `sheets` sheets came to: of each statement how often 1 to 5 was given, of
    each prompt what was written. Of fewer than LEAST sheets nothing is kept."""

    form: str
    sheets: Annotated[int, Field(ge=0)]
    ratings: Mapping[str, tuple[int, ...]] = Field(default_factory=dict)
    comments: Mapping[Prompt, tuple[Comment, ...]] = Field(default_factory=dict)


FeedbackEntry = FeedbackOpened | FeedbackClosed
"""Part of the closed union of a review's entries."""


def statements(scenario: Scenario) -> Mapping[str, str]:
    """What participants are asked to agree with: the scenario's own statements, or else the usual ones."""
    return scenario.feedback or STATEMENTS


def taken(sheet: Sheet, asked: Iterable[str]) -> Sheet:
    """A sheet as it is kept for a form with these statements; raises Refused for an empty one or another form's."""
    if not set(sheet.ratings) <= set(asked):
        raise Refused(worded("This feedback is for another form. Load the page again."))
    if sheet.empty:
        raise Refused(worded("Nothing is said in it yet. Choose how far you agree, or write something."))
    return sheet


def gathered(form: FeedbackOpened, sheets: Iterable[Sheet]) -> FeedbackClosed:
    """What the sheets of a form come to, without a sheet in it."""
    told = list(sheets)
    if len(told) < LEAST:
        return FeedbackClosed(form=form.form, sheets=len(told))
    counts = {
        name: tuple(sum(one.ratings.get(name) == level for one in told) for level in range(1, LEVELS + 1))
        for name in form.statements
    }
    words = {prompt: tuple(sorted(text for one in told if (text := one.comments.get(prompt)))) for prompt in Prompt}
    return FeedbackClosed(
        form=form.form, sheets=len(told), ratings=counts, comments={key: said for key, said in words.items() if said}
    )
