"""Opening and closing a form for feedback: what may be asked, and which facts follow; pure."""

from collections.abc import Iterable, Sequence

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action, Seat, require
from ttx.review.entries import Kept
from ttx.review.feedback import FeedbackClosed, FeedbackOpened, Sheet, gathered, statements
from ttx.review.opinions import forms, open_one
from ttx.scenario.model import Scenario


def opening(scenario: Scenario, log: Sequence[Kept], seat: Seat, day: int | None) -> FeedbackOpened:
    """The form that opens now, on a day or the whole exercise; one at a time. Raises Forbidden and Refused."""
    require(seat, Action.OPEN_FEEDBACK)
    there = open_one(log)
    if there is not None:
        raise Refused(f"The form {there.name} is open already. Close it before you open another one.")
    if day is not None and scenario.day(day) is None:
        raise Refused(f"There is no day {day} in this exercise; choose one of its days, or the whole exercise.")
    return FeedbackOpened(form=f"FB-{len(forms(log)) + 1:02}", day=day, statements=dict(statements(scenario)))


def closing(log: Sequence[Kept], seat: Seat, form: str, sheets: Iterable[Sheet]) -> FeedbackClosed:
    """What is left of a form that closes now. Raises Forbidden and Refused."""
    require(seat, Action.OPEN_FEEDBACK)
    there = open_one(log)
    if there is None or there.name != form:
        raise Refused(f"The form {form} is not open. Look at the page again.")
    return gathered(there.opened, sheets)
