"""Our own MSEL's cells: its columns, and how each field of a scenario is spelt so that it reads back exactly.

The ten columns of the HSEEP template come first and say in words what a reader expects there; ours follow. A cell
holds readable words where these can be read back as exactly what was meant, else `json:` and the JSON of it. What
stands in no column is written as a list of fields (JSON pointers, RFC 6901) and values.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ttx.scenario.formats.agenda import clock
from ttx.scenario.formats.entries import channel_of, kind_of
from ttx.scenario.formats.sheets import UNPRINTABLE
from ttx.scenario.formats.times import Cell, moment
from ttx.scenario.model import InjectKind

MARK = "ttx-msel/1"
LONGEST = 32_000
"""UTF-16 units that one cell is given; it holds 32,767 (Excel specifications and limits)."""

JSON, _WORDS = "json:", "words:"
_ODD = re.compile(rf"{UNPRINTABLE.pattern}|[\r\x85\u2028\u2029\x0b\x0c\x1c-\x1e]|_[xX][0-9A-Fa-f]{{4}}_")


def spelt(value: object, words: str, read: Callable[[str], object]) -> str:
    """The words for a value, if reading them gives it back; else its JSON, in signs that every program keeps."""
    if words == words.strip() and not words.startswith((JSON, _WORDS)) and not _ODD.search(words):
        try:
            if read(words) == value:
                return words
        except ValueError:
            pass
    return JSON + json.dumps(value, ensure_ascii=False).translate(_ESCAPES)


_ESCAPES = {
    ord(sign): f"\\u{ord(sign):04x}"
    for sign in "_\x7f\x85\u2028\u2029\ufffe\uffff" + "".join(map(chr, range(0x80, 0xA0)))
} | {number: f"\\u{number:04x}" for number in range(0xD800, 0xE000)}


def meant(text: str, read: Callable[[str], object]) -> Any:
    """What a cell's text stands for. Raises ValueError if it cannot be read."""
    if text.startswith(_WORDS):
        return read(json.loads(text[len(_WORDS) :]))
    return json.loads(text[len(JSON) :]) if text.startswith(JSON) else read(text)


def pieces(text: str) -> list[str]:
    """A text in pieces that each fit into a cell; one that is too long is written in ASCII, a unit a sign, first."""
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return [text]
    if text.startswith(JSON):
        text = JSON + json.dumps(json.loads(text[len(JSON) :])).replace("_", "\\u005f")
    else:
        text = _WORDS + json.dumps(text).replace("_", "\\u005f")
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _ids(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _kind(text: str) -> str:
    words = text[text.find("(") + 1 : text.rfind(")")] if "(" in text else text
    found = InjectKind.CONTINGENCY if words == "Contingency Inject" else kind_of(words)
    if found is None:
        raise ValueError(f"'{text}' is no event type")
    return found.value


def _channel(text: str) -> str:
    found = channel_of(text)
    if found is None:
        raise ValueError(f"'{text}' is no mode")
    return found.value


def _to(text: str) -> object:
    if text.casefold() == "all":
        return {"all": True}
    said: dict[str, Any] = {}
    for part in text.split("; "):
        name, colon, names = part.partition(": ")
        if name == "all" and not colon:
            said["all"] = True
        elif name in ("groups", "tables", "delegations") and colon:
            said[name] = names.split(", ")
        else:
            raise ValueError(f"'{text}' is no audience; write All, or 'groups: A, B; tables: T1; delegations: X'")
    return said


def _to_words(to: Mapping[str, Any]) -> str:
    if to == {"all": True}:
        return "All"
    return "; ".join(
        "all" if name == "all" else f"{name}: {', '.join(names)}"
        for name, names in to.items()
        if names not in (False, ())
    )


def read_time(text: str) -> str:
    found = moment(text)
    if found is None or found.minute is None:
        raise ValueError(f"'{text}' is no time")
    return clock(found.minute)


def read_number(text: str) -> int:
    return int(float(text))


def _truth(text: str) -> bool:
    if text.casefold() not in ("yes", "no"):
        raise ValueError(f"'{text}' is neither yes nor no")
    return text.casefold() == "yes"


def _follows(text: str) -> list[str]:
    return [] if text == "ends here" else _ids(text)


def _nothing(text: str) -> object:
    raise ValueError(f"'{text[:40]}' does not begin with {JSON}")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an inject: its header, the field it is, its width in signs, and how it is spelt and read."""

    header: str
    name: str
    width: int
    words: Callable[[Any], str] = str
    read: Callable[[str], Any] = str


FIELDS = (
    Field("Event Number", "id", 11),
    Field("Designated Scenario Time", "at", 11, str, read_time),
    Field("Event Type", "kind", 15, lambda kind: "Contingency Inject" if kind == "contingency"
          else f"Inject ({kind.replace('_', ' ')})", _kind),
    Field("Inject Mode", "channel", 11, str.capitalize, _channel),
    Field("From", "sender", 20),
    Field("To", "to", 20, _to_words, _to),
    Field("Message", "text", 60),
    Field("Expected Participant Response", "expected", 36, "\n".join, _lines),
    Field("Exercise Objective", "objectives", 12, ", ".join, _ids),
    Field("Notes", "notes", 44),
    Field("Title", "title", 34),
    Field("Day", "day", 6, str, read_number),
    Field("Session", "session", 12),
    Field("Minutes", "minutes", 9, str, read_number),
    Field("Plenary", "plenary", 9, lambda shown: "yes" if shown else "no", _truth),
    Field("Capabilities", "capabilities", 12, ", ".join, _ids),
    Field("Phase", "phase", 18),
    Field("Storyline", "storyline", 12),
    Field("Needs", "needs", 12, ", ".join, _ids),
    Field("When", "when", 20),
    Field("Next", "next", 12, lambda ids: ", ".join(ids) or "ends here", _follows),
    Field("Branch", "branch", 20, lambda _: "", _nothing),
    Field("Questions", "questions", 20, lambda _: "", _nothing),
    Field("Map", "map", 20, lambda _: "", _nothing),
    Field("Picture", "picture", 20, lambda _: "", _nothing),
    Field("Time in the Story", "story", 20),
)  # fmt: skip
"""The columns, those of the HSEEP template first (HSEEP 2020, MSEL template)."""

PRINTED = 11
"""How many of the columns are for reading on paper: those of the template, and the title."""

LISTS = ("objectives", "capabilities", "groups", "organisations", "glossary", "storylines")
PICTURE = "/pictures/"
"""Where a picture's bytes stand among the fields, in pieces of Base64."""
AGENDA = ("Day", "Day's title", "Theme", "Lead", "Session", "Title", "Start", "Minutes", "Kind", "Speakers")
LIST = ("List", "Id", "Name", "About")
HEAD = ("Field", "Value")


def cell(field: Field, value: object) -> str:
    """An inject's field as a cell's text; nothing for what is not said."""
    if value is None or value == "" or (value == [] and field.name != "next"):
        return ""
    return spelt(value, field.words(value), field.read)


def speakers(listed: Sequence[Mapping[str, str]]) -> str:
    """A session's speakers as a cell's text: one a line; name, role, topic and id between bars."""
    lines = (" | ".join(one.get(part, "") for part in _SPEAKER).rstrip(" |") for one in listed)
    return spelt(list(listed), "\n".join(lines), read_speakers) if listed else ""


def read_speakers(text: str) -> list[dict[str, str]]:
    """The speakers of a cell's text."""
    lines = (line.split("|", 3) for line in text.splitlines() if line.strip())
    return [{part: said.strip() for part, said in zip(_SPEAKER, line, strict=False) if said.strip()} for line in lines]


def plain(text: str) -> str:
    """A text as a cell's text."""
    return spelt(text, text, str)


_SPEAKER = ("name", "role", "topic", "id")
_DAY = ("day", "title", "theme", "lead")
_SESSION = ("id", "title", "start", "minutes", "kind", "speakers")


def head(data: Mapping[str, Any], *, whole: bool) -> Iterator[tuple[str, str]]:
    """What stands in no inject's columns, as pointers and cells: if `whole`, with the days' sessions and all lists.

    Else without what the sheets for the agenda and the lists hold.
    """
    for key, value in data.items():
        if key != "days" and (whole or key not in LISTS):
            yield from _flat(f"/{_escaped(key)}", value)
    for number, day in enumerate(data["days"]):
        yield from _rest(f"/days/{number}", day, () if whole else _DAY)
        for place, one in enumerate(day["sessions"]):
            yield from _rest(f"/days/{number}/sessions/{place}", one, () if whole else _SESSION)
        for place, one in enumerate(day["injects"]):
            yield from _rest(f"/days/{number}/injects/{place}", one, [field.name for field in FIELDS])


def _rest(pointer: str, piece: Mapping[str, Any], known: Sequence[str]) -> Iterator[tuple[str, str]]:
    for key, value in piece.items():
        if key not in known and key not in ("sessions", "injects"):
            yield from _flat(f"{pointer}/{_escaped(key)}", value)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def picture(name: str, content: bytes) -> list[str]:
    """A picture as a row of the fields."""
    text = b64encode(content).decode()
    return [f"{PICTURE}{name}", *(text[start : start + LONGEST] for start in range(0, len(text), LONGEST))]


def _flat(pointer: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _flat(f"{pointer}/{_escaped(key)}", below)
    elif isinstance(value, str):
        yield plain(pointer), plain(value)
    else:
        yield plain(pointer), JSON + json.dumps(value, ensure_ascii=False).translate(_ESCAPES)


def guarded(text: str) -> str:
    """A CSV's cell that no spreadsheet program takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if re.match(r"'*[=+\-@\t\r]", text) else text


def unguarded(value: Cell) -> Cell:
    return value[1:] if isinstance(value, str) and re.match(r"'+[=+\-@\t\r]", value) else value
