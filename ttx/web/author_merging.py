"""Taking of a file only what it says otherwise than a day that was worked on: field by field, each with a tick."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.joining import Joined
from ttx.scenario.formats.merging import WHOLE, Difference, differences, given, merged
from ttx.scenario.formats.understood import Understood
from ttx.scenario.material import parse
from ttx.store.handwork import by_hand
from ttx.web.author_brought import receivers
from ttx.web.author_frame import Open

NAMES = {
    WHOLE: "a new inject", "kind": "its kind", "title": "title", "at": "planned time", "minutes": "minutes",
    "to": "who receives it", "plenary": "on the room's screen", "sender": "who it comes from",
    "channel": "how it arrives", "text": "what participants read", "picture": "its picture", "notes": "notes",
    "expected": "what is expected", "objectives": "objectives", "capabilities": "capabilities", "phase": "its phase",
    "storyline": "its storyline", "questions": "questions", "map": "steps on the map", "next": "what comes next",
    "needs": "what it waits for", "when": "its condition", "story": "time in the story", "branch": "options",
}  # fmt: skip
"""The fields of an inject in an author's words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field that the file says otherwise: its value in the form, what stands here, and what would.

    `hand` says that somebody wrote it here by hand since, `ticked` whether it is taken unless somebody says otherwise.
    """

    value: str
    name: str
    was: str
    now: str
    hand: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """An inject with the fields that the file says otherwise; `alike` is False where it tells quite another thing."""

    ident: str
    title: str
    alike: bool
    rows: tuple[Row, ...]


def pieces(here: Open, found: Understood, made: Joined, day: int) -> tuple[Piece, ...]:
    """What the file says otherwise than this day does, inject by inject. What was written by hand has no tick, nor has
    anything of an inject that was worked on and that the file tells quite differently. Raises NotRead, Faulty."""
    hand = by_hand(here.house.store, here.draft.id, day)
    worked = {ident for ident, _ in hand}
    return tuple(
        Piece(
            ident,
            ones[0].title,
            ones[0].alike,
            tuple(
                Row(
                    _value(one),
                    NAMES[one.field],
                    shown(one.field, one.was),
                    shown(one.field, one.now),
                    (one.ident, one.field) in hand,
                    (one.ident, one.field) not in hand and (one.alike or ident not in worked),
                )
                for one in ones
            ),
        )
        for ident, group in groupby(_different(here, found, made, day), key=lambda one: one.ident)
        if (ones := list(group))
    )


def taken(here: Open, found: Understood, made: Joined, day: int, ticked: Collection[str]) -> tuple[str, str]:
    """The day's file with what was ticked, and what was taken in a sentence. Raises as `merging.merged`."""
    wanted = [one for one in _different(here, found, made, day) if _value(one) in ticked]
    name = f"day-{day}.yaml"
    told = [f"{ident} ({_fields(ones)})" for ident, ones in groupby(wanted, key=lambda one: one.ident)]
    return merged(here.draft.texts[name], name, _comes(made, day), wanted), listed(told, most=12)


def shown(field: str, value: Any) -> str:
    """A field's value in a few words."""
    match value:
        case _ if field == "to":
            return receivers(value)
        case dict() if field == WHOLE:
            return str(value.get("text") or "")
        case dict() if field == "branch":
            options = value.get("options")
            return listed([str(one) for one in options], most=8) if isinstance(options, dict) else ""
        case list() if field == "questions":
            return f"{len(value)}: " + "; ".join(str(one.get("ask")) for one in value if isinstance(one, dict))
        case list() if field == "map":
            return str(len(value))
        case dict():
            return "; ".join(str(one) for one in value.values())
        case list():
            return "; ".join(str(one) for one in value)
    words = "" if value is None else str(value)
    return words.replace("_", " ") if field in ("kind", "channel", "phase") else words


def _different(here: Open, found: Understood, made: Joined, day: int) -> tuple[Difference, ...]:
    titled = not found.columns or any(one.field == "title" for one in found.columns)
    return differences(here.day(day), _comes(made, day), given(found), titled)


def _comes(made: Joined, day: int) -> Mapping[str, Any]:
    data = parse(made.texts[f"day-{day}.yaml"], f"day-{day}.yaml").data
    return data if isinstance(data, dict) else {}


def _value(one: Difference) -> str:
    return f"{one.ident} {one.field}".strip()


def _fields(ones: Any) -> str:
    return ", ".join(NAMES[one.field] for one in ones)
