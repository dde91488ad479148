"""A JSON file as plain data, under caps: its size, how much it holds, how deep it is nested, and what no text may hold.

JSON is RFC 8259. What the data means is for the readers of each format.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.delimited import decoded
from ttx.scenario.formats.zips import Unreadable

LARGEST = 20_000_000
"""Bytes that a file may have."""
VALUES = 1_000_000
"""Commas and opening brackets, which bound the values that a file can hold; each costs some 100 bytes of memory."""
DEPTH = 60

_BEGINS = re.compile(rb'[\[{][\s\0]*(["\[{\]}]|-?\d|true|false|null|$)')
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A file's data, with every text cleaned. `odd` holds a sentence for whatever had to be changed in it."""

    name: str
    data: Any
    odd: tuple[str, ...] = ()


def opened(name: str, content: bytes) -> JsonFile | None:
    """The file as data; None if it does not look like JSON. Raises Unreadable, with the place, for JSON that is not
    taken: broken off, too large, nested too deep."""
    named = name.lower().endswith(".json")
    start = content[:200].translate(None, b"\0\xef\xbb\xbf\xff\xfe").lstrip()
    if start[:1] not in (b"{", b"[") or not (named or _BEGINS.match(start)):
        return None
    if len(content) > LARGEST:
        raise Unreadable(
            f"{name} has {len(content) / 1e6:.0f} MB; at most {LARGEST // 1_000_000} MB are taken. Leave documents and "
            "pictures out of it."
        )
    if sum(content.count(sign) for sign in (b",", b"[", b"{")) > VALUES:
        raise Unreadable(f"{name} holds more than {VALUES:,} values; that is no scenario, and nothing of it was taken.")
    try:
        text = decoded(name, content)
    except Unreadable:
        raise Unreadable(f"{name} begins like JSON and is no text; save it as UTF-8.") from None
    data, twice, strange = _parsed(name, text.removeprefix("\ufeff"))
    cleaning = _Cleaning(name)
    found = cleaning.value(data, "")
    odd = []
    if twice:
        odd.append(f"{listed(map(repr, twice), most=6)} stand twice in one object; what comes last was taken.")
    if strange:
        odd.append(f"{listed(strange)}, which JSON does not have, was taken as nothing.")
    if cleaning.places:
        odd.append(
            "Control characters and halves of characters, which no text may hold, were taken out at "
            f"{listed(cleaning.places, most=4)}."
        )
    return JsonFile(name, found, tuple(odd))


def _parsed(name: str, text: str) -> tuple[Any, list[str], list[str]]:
    twice: dict[str, None] = {}
    strange: dict[str, None] = {}

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) < len(found) and len(twice) < 100:
            twice.update((key[:60], None) for key, many in Counter(key for key, _ in found).items() if many > 1)
        return made

    def constant(word: str) -> None:
        strange[word] = None

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except RecursionError:
        raise Unreadable(_too_deep(name)) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"{name} cannot be read as JSON beyond line {error.lineno}, column {error.colno} ({error.msg}); it may "
            "have been cut off on its way. Export it again."
        ) from None
    except ValueError:
        raise Unreadable(f"{name} holds a number of thousands of digits; nothing of it was taken.") from None
    return data, list(twice), list(strange)


def _too_deep(name: str, place: str = "") -> str:
    where = f", first at {place[:80]}" if place else ""
    return f"{name} is nested deeper than {DEPTH} levels{where}; that is no scenario, and nothing of it was taken."


@dataclass(slots=True)
class _Cleaning:
    """One walk over the data that makes every text one that can be kept, and remembers where it had to."""

    name: str
    places: list[str] = field(default_factory=list)

    def value(self, value: Any, place: str, depth: int = 0) -> Any:
        if depth > DEPTH:
            raise Unreadable(_too_deep(self.name, place))
        match value:
            case str():
                return self.text(value, place)
            case dict():
                return {
                    self.text(key, place): self.value(below, f"{place}/{key}", depth + 1)
                    for key, below in value.items()
                }
            case list():
                return [self.value(below, f"{place}/{number}", depth + 1) for number, below in enumerate(value)]
        return value

    def text(self, text: str, place: str) -> str:
        text = _LINE_ENDS.sub("\n", text)
        if not _FORBIDDEN.search(text):
            return text
        self.places.append(_FORBIDDEN.sub("?", place)[:80] or "its top")
        return _FORBIDDEN.sub(lambda sign: "\ufffd" if "\ud800" <= sign[0] <= "\udfff" else "", text)
