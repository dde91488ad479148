"""A scenario under way as it stands, and what an author may do to it: whose day it is, and how far the day is. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ttx.exercise.rights import Action, Author, Forbidden, covers_group, reach, require
from ttx.scenario.changes import Changed, NotChanged
from ttx.scenario.drafting import said
from ttx.scenario.files import HEAD, ROSTERS
from ttx.scenario.findings import Faulty
from ttx.scenario.folders import day_of
from ttx.scenario.material import look
from ttx.scenario.pictures import FOLDER


class Status(StrEnum):
    """How far a day is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    FROZEN = "frozen"


OPEN = frozenset({Status.DRAFT, Status.IN_REVIEW})
"""The statuses in which a day may be written."""

_SAID = {
    Status.DRAFT: "open again, as a draft",
    Status.IN_REVIEW: "in review",
    Status.APPROVED: "approved",
    Status.FROZEN: "frozen",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario under way: its files' texts and its pictures' digests by name, and how far its days are.

    `head` is the seq of the last change; whoever saw the same head saw the same draft.
    """

    id: str
    title: str
    head: int
    texts: Mapping[str, str]
    pictures: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[int, Status] = field(default_factory=dict)

    def status(self, day: int) -> Status:
        """How far a day is; a day of which nothing was said is a draft."""
        return self.statuses.get(day, Status.DRAFT)

    def lead(self, day: int) -> str | None:
        """The working group that leads a day; None where there is no such day or it names none."""
        return _said(self.texts, f"day-{day}.yaml", "lead")


def permit(author: Author, draft: Draft, changed: Changed) -> None:
    """Let a change pass that this author may make now. Raises Forbidden for whose it is, NotChanged for how far it is.

    Asked of what was written, not of what was asked for: a change that follows into another group's day is that
    group's. An approved day still takes translations, a frozen one takes nothing.
    """
    require(author, Action.EDIT_SCENARIO)
    names = {*draft.texts, *changed.texts}
    written = {name for name in names if draft.texts.get(name) != changed.texts.get(name)}
    days = changed.days | {day for name in written if (day := day_of(name)) is not None}
    for day in sorted(days):
        file = f"day-{day}.yaml"
        _permit_day(author, draft, day, file in written)
        given = _said(changed.texts, file, "lead")
        if file in draft.texts and draft.lead(day) != given and not covers_group(author, Action.EDIT_SCENARIO, None):
            raise _forbidden(author, f"Which group leads day {day} is decided by the director.")
    if not written.isdisjoint(ROSTERS) and reach(author, Action.EDIT_ROSTER) is None:
        raise _forbidden(author, "Who takes part is decided by the scenario's director.")
    whole = any(one.day is None and not one.file.startswith(f"{FOLDER}/") for one in changed.touched)
    if (whole or HEAD in written) and not covers_group(author, Action.EDIT_SCENARIO, None):
        raise _forbidden(
            author, "What belongs to the whole scenario is changed by its director or the lead facilitator."
        )


def permit_picture(author: Author, draft: Draft, name: str) -> None:
    """Let an author put, replace or drop a picture that only days show which he may write. Raises as `permit`."""
    require(author, Action.EDIT_SCENARIO)
    for day in _showing(draft, name):
        _permit_day(author, draft, day, True)


def permit_status(author: Author, draft: Draft, day: int, status: Status, note: str = "") -> str:
    """The sentence for the history of a day that becomes this, with what its author says to it; raises Forbidden or
    NotChanged if it may not.

    The leading group gives its day to review and takes it back; only a director approves, freezes and reopens.
    """
    if f"day-{day}.yaml" not in draft.texts:
        raise NotChanged(f"There is no day {day} in this scenario. Look at its days again.")
    present = draft.status(day)
    if present is status:
        raise NotChanged(f"Day {day} is {_SAID[status]} already.")
    if {present, status} <= OPEN:
        if not covers_group(author, Action.EDIT_SCENARIO, draft.lead(day)):
            raise _forbidden(author, _leads(draft, day))
    else:
        require(author, Action.APPROVE_SCENARIO)
    return f"Day {day} is {_SAID[status]}{f': {note}' if note else '.'}"


def _permit_day(author: Author, draft: Draft, day: int, text: bool) -> None:
    if not covers_group(author, Action.EDIT_SCENARIO, draft.lead(day)):
        raise _forbidden(author, _leads(draft, day))
    status = draft.status(day)
    if status is Status.FROZEN or (text and status not in OPEN):
        raise NotChanged(f"Day {day} is {_SAID[status]} and takes no changes. Ask the director to open it again.")


def _leads(draft: Draft, day: int) -> str:
    if f"day-{day}.yaml" not in draft.texts:
        return "A day is added by the director or the lead facilitator."
    return f"Day {day} is written by its leading group, {draft.lead(day) or 'which it does not name yet'}."


def _forbidden(author: Author, why: str) -> Forbidden:
    return Forbidden(
        author.role, Action.EDIT_SCENARIO, f"This would change what is not yours. {why} You can leave a comment there."
    )


def _showing(draft: Draft, picture: str) -> Iterator[int]:
    """The days with an inject that shows this picture."""
    for name in draft.texts:
        if (day := day_of(name)) is None:
            continue
        injects = look(_data(draft.texts, name), ("injects",))
        if any(look(one, ("picture", "file")) == picture for one in (injects if isinstance(injects, list) else ())):
            yield day


def _said(texts: Mapping[str, str], name: str, field: str) -> str | None:
    value = look(_data(texts, name), (field,))
    return value if isinstance(value, str) else None


def _data(texts: Mapping[str, str], name: str) -> object:
    """What a file says; None where it is missing or cannot be read."""
    try:
        return said(texts[name], name) if name in texts else None
    except Faulty:
        return None
