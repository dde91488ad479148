"""Records of a peer's JSON, read field by field: what nobody asked for is known in the end, and is told with its place.

Places are JSON pointers (RFC 6901). Texts in HTML are read as Markdown, wherever they stand.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.markup import LONGEST, is_markup, without_markup

MOST = 20_000
"""Records of one list that are looked at."""
_SENTENCES = 60


class Ledger:
    """All records of a file that were opened, and which of their fields were taken."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.taken: set[str] = set()
        self.astray: list[tuple[str, str, Any]] = []
        self.marked: list[str] = []
        self.lost: list[str] = []

    def top(self, data: Mapping[str, Any], place: str = "") -> "Record":
        """The record to begin with."""
        return self.record(data, place)

    def record(self, data: Mapping[str, Any], place: str) -> "Record":
        """The record at this place, always the same."""
        return self.records.setdefault(place, Record(data, place, self))

    def items(self, items: Iterable[Any], place: str, key: str) -> "list[Record]":
        """The objects among the items of a list that stands at this place. Items of another form are told."""
        found = []
        for number, item in enumerate(items):
            if isinstance(item, dict) and number < MOST:
                found.append(self.record(item, f"{place}/{number}"))
            elif not _nothing(item):
                self.astray.append((f"{place}/{number}", key, item))
        return found

    def plain(self, text: str, place: str) -> str:
        """A text as ours are written: HTML becomes Markdown."""
        text = text.strip()
        if not is_markup(text):
            return text
        self.marked.append(place)
        written, pictures = without_markup(text)
        self.lost += [
            f"The picture '{picture[:100]}' in the text at {place} was not taken." for picture in pictures[:9]
        ]
        if len(text) > LONGEST:
            self.lost.append(f"Of the HTML at {place}, what comes after {LONGEST:,} characters was not taken.")
        return written

    def changed(self) -> list[str]:
        """What had to be done to texts."""
        return [f"Texts in HTML were turned into Markdown: {listed(self.marked, most=6)}."] if self.marked else []

    def mapping(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Of these fields of a format, which mean fields of ours, those that the file has and that were taken."""
        return {theirs: ours for theirs, ours in fields.items() if theirs in self.taken}

    def left(self) -> list[str]:
        """A sentence for each field that was not taken, wherever it stands, with its places and what it says there."""
        unread: dict[str, list[tuple[str, Any]]] = {}
        for place, key, value in self.astray:
            unread.setdefault(key, []).append((place, value))
        for record in self.records.values():
            for key, value in record.unread():
                unread.setdefault(key, []).append((record.place or "the top", value))
        told = [
            f"'{key[:60]}' was not taken: {_says(found[0][1])} at {listed((place for place, _ in found), most=3)}."
            for key, found in list(unread.items())[:_SENTENCES]
        ]
        if len(unread) > _SENTENCES:
            more = (f"'{key[:40]}'" for key in list(unread)[_SENTENCES:])
            told.append(f"Further fields that were not taken: {listed(more, most=12)}.")
        return [*self.lost[:_SENTENCES], *told]


class Record:
    """An object of the file. Reading a field takes it; a field of another form than asked for stays untaken."""

    __slots__ = ("data", "ledger", "place", "seen")

    def __init__(self, data: Mapping[str, Any], place: str, ledger: Ledger) -> None:
        self.data, self.place, self.ledger = data, place, ledger
        self.seen: set[str] = set()

    def take(self, key: str) -> Any:
        """The field as it is."""
        self.seen.add(key)
        if not _nothing(value := self.data.get(key)):
            self.ledger.taken.add(key)
        return value

    def skip(self, *keys: str) -> None:
        """Says that these fields are told about elsewhere, or hold nothing that anybody wants."""
        self.seen.update(keys)

    def text(self, key: str) -> str:
        """A text, or a number as a text; empty if there is none."""
        value = self.data.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return self.ledger.plain(str(self.take(key)), f"{self.place}/{_spelt(key)}")
        return ""

    def number(self, key: str) -> float | None:
        """A finite number, also where it stands as a text."""
        value = self.data.get(key)
        if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,15}(\.\d{1,15})?\s*", value):
            value = float(value)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or abs(value) > 1e15
            or not math.isfinite(value)
        ):
            return None
        self.take(key)
        return float(value)

    def truth(self, key: str, otherwise: bool) -> bool:
        """Yes or no; `otherwise` where nothing is said."""
        return bool(self.take(key)) if isinstance(self.data.get(key), bool) else otherwise

    def texts(self, key: str) -> list[str]:
        """A list of texts; one text alone is a list of one. Items of another form are told."""
        value = self.data.get(key)
        if isinstance(value, str):
            return [text] if (text := self.text(key)) else []
        if not isinstance(value, list):
            return []
        found = []
        for number, item in enumerate(self.take(key)):
            if isinstance(item, str | int | float) and not isinstance(item, bool) and number < MOST:
                found.append(self.ledger.plain(str(item), f"{self.place}/{_spelt(key)}/{number}"))
            elif not _nothing(item):
                self.ledger.astray.append((f"{self.place}/{_spelt(key)}/{number}", key, item))
        return [text for text in found if text]

    def record(self, key: str) -> "Record":
        """The object in this field; one without fields where there is none."""
        value = self.data.get(key)
        place = f"{self.place}/{_spelt(key)}"
        return self.ledger.record(self.take(key) if isinstance(value, dict) else {}, place)

    def records(self, key: str) -> "list[Record]":
        """The objects of a list. Items of another form are told."""
        value = self.data.get(key)
        if not isinstance(value, list):
            return []
        return self.ledger.items(self.take(key), f"{self.place}/{_spelt(key)}", key)

    def unread(self) -> Iterable[tuple[str, Any]]:
        """The fields that nobody took and that say something."""
        return ((key, value) for key, value in self.data.items() if key not in self.seen and not _nothing(value))


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)


def _spelt(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _says(value: object) -> str:
    match value:
        case dict():
            return f"an object with {listed((repr(key[:30]) for key in value), most=4)}"
        case list():
            return f"a list of {len(value)}"
        case str():
            line = " ".join(value[:300].split())
            return f"'{line[:60]}{'...' if len(line) > 60 else ''}'"
        case bool():
            return "yes" if value else "no"
    return str(value)[:40]
