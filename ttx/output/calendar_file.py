"""The due dates of an improvement plan as a calendar file (RFC 5545).

Each action is an event of the whole day it is due: calendars of ministries leave tasks (VTODO) out when they import
one. An event's UID is made from the exercise and the action, so a file that is imported again moves events and adds
none.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from ttx.review.entries import ActionStatus
from ttx.review.findings import by_due
from ttx.review.gaps import Action, Review

OCTETS = 75
"""How long a line may be, its end not counted (RFC 5545, 3.1)."""
AHEAD = "-P7D"
"""When a calendar reminds of what is due."""


def as_calendar(
    review: Review,
    exercise: str,
    title: str,
    marking: str,
    plain: Callable[[str], str],
    owners: Mapping[str, str],
    *,
    named: bool,
) -> bytes:
    """The actions that have a due date. `plain` takes out of a text what its reader may not know, `owners` name the
    working groups, and where people are `named` each action tells its point of contact. What was dropped is cancelled,
    so that it leaves the calendars it came into."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ttx//Improvement plan//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(title)}"]  # fmt: skip
    for action in by_due(review.actions.values()):
        gap = review.stands_as(action.gap)
        if action.task.due is not None and gap is not None:
            told = [f"{gap.name}: {plain(gap.details.statement)}"]
            owner = owners.get(action.task.owner or "", action.task.owner)
            told += [f"Owner: {owner}"] if owner else []
            told += [f"Point of contact: {action.task.contact}"] if named and action.task.contact else []
            told += [title, marking]
            lines += _event(action, exercise, plain(action.task.what), "\n\n".join(told))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(action: Action, exercise: str, what: str, about: str) -> Iterator[str]:
    due = action.task.due
    if due is None:
        return
    status = "CANCELLED" if action.status is ActionStatus.DROPPED else "CONFIRMED"
    done = "Done: " if action.status is ActionStatus.DONE else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'ttx:{exercise}:{action.name}')}"
    yield f"DTSTAMP:{_moment(action.changed_at)}"
    yield f"CREATED:{_moment(action.at)}"
    yield f"LAST-MODIFIED:{_moment(action.changed_at)}"
    yield f"SEQUENCE:{action.changes}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{done}{action.name} {what}')}"
    yield f"DESCRIPTION:{_text(about)}"
    yield f"STATUS:{status}"
    yield "TRANSP:TRANSPARENT"
    if not action.over:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:{AHEAD}",
            f"DESCRIPTION:{_text(action.name)}",
            "END:VALARM",
        )
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11): its signs escaped, its line ends as letters, no other control in it."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join(
        "".join(one for one in line if one == "\t" or (ord(one) >= 32 and ord(one) != 127)) for line in lines
    )


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, those after the first begun by a space; no letter is cut in two."""
    part, room = "", OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield part
            part, room = " ", OCTETS - 1
        part += letter
        room -= size
    yield part
