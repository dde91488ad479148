"""What a report tells: an inject with its questions, answers, observations and decision, as data."""

from collections.abc import Mapping
from datetime import datetime

from ttx.exercise.answers import Answer
from ttx.review.alignment import Aligned
from ttx.review.bands import Banded
from ttx.review.parts import Part
from ttx.review.polled import Parted, Polled


class Version(Part):
    """One version of an answer; the last is the answer of record. `text` says it in words, `evidence` is the id it is
    cited by, for those who work with the whole record."""

    at: datetime | None
    answer: Answer
    text: str
    recalled: bool
    evidence: str | None = None


class Answered(Part):
    """What one delegation answered to one question; `silent` when it was asked and said nothing."""

    delegation: str
    name: str
    versions: tuple[Version, ...]
    silent: bool


class Asked(Part):
    """A question and what was answered to it. How far the answers agree is no delegation's to know; a report for
    everybody has `banded` counts and no answers."""

    id: str
    number: int
    ask: str
    kind: str
    options: Mapping[str, str]
    answers: tuple[Answered, ...]
    aligned: Aligned | None = None
    banded: Banded | None = None


class Observed(Part):
    """An evaluator's observation or rating."""

    at: datetime | None
    sense: str
    text: str
    delegation: str | None
    table: str | None
    objective: str | None
    capability: str | None
    rating: str | None
    evidence: str | None = None


class Taken(Part):
    """How a decision went."""

    option: str
    label: str
    by_default: bool
    evidence: str | None = None


class Wording(Part):
    """What an inject said: its title, who sent it, its text, and the words and numbers it put on the map."""

    title: str
    sender: str
    text: str
    on_map: tuple[str, ...] = ()


class Told(Part):
    """An inject and everything that came of it; told in other words than it was written, it has both.

    `added` was written during the exercise, `staged` went to some tables first, or to no others.
    `taken_back` has every time that it was, also where it went out again; `recalled_at` where it did not.
    """

    id: str
    day: int
    title: str
    kind: str
    sender: str
    to: str
    planned: str
    released_at: datetime | None
    recalled_at: datetime | None
    standing: str
    decision: Taken | None
    votes: tuple[Polled, ...]
    by_table: Parted | None
    questions: tuple[Asked, ...]
    observations: tuple[Observed, ...]
    as_told: Wording | None = None
    as_written: Wording | None = None
    taken_back: tuple[datetime | None, ...] = ()
    added: bool = False
    staged: bool = False


class Member(Part):
    """A delegation, or an inject, as this report names it."""

    id: str
    name: str


class Held(Part):
    """A day and when it was held. `behind` is how many minutes later than planned it was when it closed, or is now.

    `left` are the injects the story led to that had not gone out when it closed.
    `sealed` is the record's last entry when it closed, and `seal` the beginning of that entry's hash.
    """

    day: int
    title: str
    opened_at: datetime | None
    closed_at: datetime | None
    behind: int | None = None
    sealed: int | None = None
    seal: str | None = None
    left: tuple[Member, ...] = ()


class Stopped(Part):
    """A real emergency stopped the exercise: on which day, when, and until when."""

    day: int | None
    at: datetime | None
    lifted_at: datetime | None
