"""Written material as plain data, with the line every piece of it stands on. One YAML text, under caps.

Nothing here knows what the material means. Only the parser's events are used: no object is constructed and
no alias expanded, so a text costs memory in proportion to its length.
"""

import json
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml
from ruamel.yaml.error import MarkedYAMLError

from ttx.scenario.findings import Faulty, Finding, Severity

SIZE = 2_000_000
DEPTH = 20
NODES = 100_000

Location: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = "dict[str, tuple[int, Lines]] | list[tuple[int, Lines]] | None"


class Place(NamedTuple):
    """A file, relative to its folder, and a line in it, counted from 1."""

    file: str
    line: int


class Piece(NamedTuple):
    """One text as plain data; `lines` has the data's shape, `repeats` are keys written twice."""

    data: object
    lines: Lines
    repeats: tuple[tuple[Location, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What the files of a folder say, put together: `data` is the scenario with its `days` as a list.

    A location is the way to a piece of it: `("days", 0, "injects", 3, "title")`. `faults` says what could
    not be read; `whole` is false where a day is missing for that reason, `headed` where scenario.yaml is.
    `pictures` are the names in the folder `pictures`; None where nobody looked.
    """

    data: object
    lines: Lines
    file: str
    day_files: tuple[str, ...] = ()
    repeats: tuple[tuple[Location, int], ...] = ()
    faults: tuple[Finding, ...] = ()
    whole: bool = True
    headed: bool = True
    pictures: frozenset[str] | None = None

    def place(self, location: Location) -> Place:
        """Where this stands; for what is not written, where the nearest thing around it stands."""
        file = self.file
        match location:
            case ("days", int(number), *_) if number < len(self.day_files):
                file = self.day_files[number]
            case ("translations", str(language), *_):
                file = f"translations/{language}.yaml"
        line, below = 1, self.lines
        for part in location:
            match below, part:
                case dict(), str() if part in below:
                    line, below = below[part]
                case list(), int() if part < len(below):
                    line, below = below[part]
                case _:
                    break
        return Place(file, line)

    def at(self, location: Location) -> object:
        """What is written at this location, None where nothing is."""
        return look(self.data, location)

    def inject(self, location: Location) -> str | None:
        """The id of the inject that this location lies in."""
        match location:
            case ("days", int(), "injects", int(), *_):
                written = self.at((*location[:4], "id"))
                return written if isinstance(written, str) else None
        return None

    def field(self, location: Location) -> str | None:
        """The dotted path within inject, day or scenario; an item is named by its id, else from 1."""
        start = 0
        if location[:1] == ("days",):
            start = 4 if location[2:3] == ("injects",) and len(location) > 3 else 2
        words = []
        for depth in range(start, len(location)):
            part = location[depth]
            if isinstance(part, str):
                words.append(part)
            elif isinstance(item := self.at(location[: depth + 1]), dict):
                words.append(item["id"] if isinstance(item.get("id"), str) else str(part + 1))
        return ".".join(words) or None

    def finding(
        self, location: Location, sentence: str, severity: Severity = "error", line: int | None = None
    ) -> Finding:
        """A finding about what stands at this location."""
        file, found = self.place(location)
        return Finding(severity, file, line or found, self.inject(location), self.field(location), sentence)


def look(data: object, location: Location) -> object:
    """The piece of plain data at this location, None where there is none."""
    for part in location:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def exact(data: object, any_order: bool = False) -> str:
    """Something that is equal only for the same data: 1, 1.0 and true differ, and mappings by their order too."""
    return json.dumps(data, sort_keys=any_order)


def fault(file: str, line: int, sentence: str) -> Finding:
    """An error about a file as such."""
    return Finding("error", file, line, None, None, sentence)


_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HINTS = (
    ("mapping values are not allowed", "a text that holds a colon and a space must stand in quotes"),
    ("\\t", "indent with spaces; a tab is not allowed there"),
    ("tab", "indent with spaces; a tab is not allowed there"),
    ("alias", "put a text that begins with & or * in quotes"),
    ("anchor", "put a text that begins with & or * in quotes"),
    ("block", "the indentation here does not fit the lines above, or a quote or a dash is missing"),
    ("flow", "a bracket, a brace or a comma is missing"),
    ("quoted", "a quotation mark is missing"),
)


def refuse_control(text: str, file: str) -> None:
    """Raises Faulty if a text holds what no database, page or printer takes."""
    if forbidden := _FORBIDDEN.search(text):
        line = text.count("\n", 0, forbidden.start()) + 1
        raise Faulty([fault(file, line, f"Line {line} holds a control character; remove it.")])


def parse(text: str, file: str) -> Piece:
    """One YAML text as plain data. Raises Faulty with the line and a sentence, the first time it fails."""
    refuse_control(text, file)
    try:
        # libyaml, where ruamel finds it, reads 10,000 injects in 1.4 s and Python in 10 s; but it still takes
        # a question mark before a brace for a key, so what it refuses is read again by ruamel itself.
        return _Parse(YAML(typ="safe").parse(text), file).document()
    except Faulty:
        raise
    except Exception:
        return _parse_slowly(text, file)


def parsed(text: str, file: str) -> Piece:
    """The same, of a text that is read again and again, as a draft's files are: kept, and not to be written into."""
    with _lock:
        pieces = _kept if len(text) < _LARGE else _kept_large
        if (known := pieces.get((text, file))) is not None:
            pieces.move_to_end((text, file))
            return known
    return known_as(text, file, parse(text, file))


def known_as(text: str, file: str, piece: Piece) -> Piece:
    """Keep what a text says for `parsed`: by whoever knows it without reading all of it."""
    with _lock:
        pieces, most = (_kept, 64) if len(text) < _LARGE else (_kept_large, 8)
        pieces[text, file] = piece
        while len(pieces) > most:
            pieces.popitem(last=False)
    return piece


# A text takes up to 20 times its length in memory once it is read.
_LARGE = 500_000
_kept, _kept_large = OrderedDict[tuple[str, str], Piece](), OrderedDict[tuple[str, str], Piece]()
_lock = Lock()


def _parse_slowly(text: str, file: str) -> Piece:
    try:
        return _Parse(YAML(typ="safe", pure=True).parse(text), file).document()
    except MarkedYAMLError as error:
        # What was opened and never closed is found missing at the end, and put right at its beginning.
        opened = any(sign in (error.context or "") for sign in ("quoted", "flow"))
        mark = (opened and error.context_mark) or error.problem_mark
        line = mark.line + 1 if mark else 1
        said = f"{error.context or ''} {error.problem or ''}".strip()
        hint = next((advice for sign, advice in _HINTS if sign in said), "check quotes and indentation")
        sentence = f"{file} cannot be read beyond line {line}: {hint} ({said})."
        raise Faulty([fault(file, min(line, text.count("\n") + 1), sentence)]) from None
    except Faulty:
        raise
    except Exception as error:
        # The scanner fails in ways of its own: on "\UFFFFFFFF" with an OverflowError.
        sentence = f"{file} cannot be read as YAML ({type(error).__name__}: {error}); look for a stray backslash."
        raise Faulty([fault(file, 1, sentence)]) from None


class _Parse:
    """Builds plain data from the parser's events, and stops at the first thing that is over a cap."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self.events = events
        self.file = file
        self.nodes = 0
        self.repeats: list[tuple[Location, int]] = []

    def document(self) -> Piece:
        first = next(event for event in self.events if not isinstance(event, yaml.StreamStartEvent))
        if isinstance(first, yaml.StreamEndEvent):
            raise Faulty([fault(self.file, 1, f"{self.file} is empty.")])
        data, lines = self.node(next(self.events), ())
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.refuse(event, "a second document begins with ---; one file holds one document")
        return Piece(data, lines, tuple(self.repeats))

    def node(self, event: yaml.Event, location: Location) -> tuple[object, Lines]:
        self.nodes += 1
        if self.nodes > NODES:
            self.refuse(event, f"the file holds more than {NODES:,} values; divide the material among days")
        if len(location) >= DEPTH:
            self.refuse(event, f"the material is nested deeper than {DEPTH} levels")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self.refuse(
                event,
                "an anchor or alias (& or *) is not taken; write it out where it is needed, "
                "and put a text that begins with & or * in quotes",
            )
        if getattr(event, "tag", None) is not None:
            self.refuse(event, "a tag (!) is not taken; put a text that begins with ! in quotes")
        match event:
            case yaml.ScalarEvent(value=text) if _FORBIDDEN.search(text):
                self.refuse(event, "a text stands for a control character (such as \\x00); leave it out")
            case yaml.ScalarEvent():
                return _plain(event.value) if event.implicit[0] else event.value, None
            case yaml.SequenceStartEvent():
                return self.sequence(location)
            case _:
                return self.mapping(location)

    def sequence(self, location: Location) -> tuple[object, Lines]:
        items: list[object] = []
        lines: list[tuple[int, Lines]] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            item, below = self.node(event, (*location, len(items)))
            items.append(item)
            lines.append((event.start_mark.line + 1, below))
        return items, lines

    def mapping(self, location: Location) -> tuple[object, Lines]:
        values: dict[str, object] = {}
        lines: dict[str, tuple[int, Lines]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "a field's name must be a plain word")
            key, line = event.value, event.start_mark.line + 1
            self.node(event, (*location, key))
            value, below = self.node(next(self.events), (*location, key))
            if key in values:
                self.repeats.append(((*location, key), line))
            else:
                values[key], lines[key] = value, (line, below)
        return values, lines

    def refuse(self, event: yaml.Event, why: str) -> NoReturn:
        line = event.start_mark.line + 1
        raise Faulty([fault(self.file, line, f"{self.file} cannot be read beyond line {line}: {why}.")])


_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# A number with a leading zero stays text: it is a telephone or a table, and `minutes: 05` is read later.
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})?\.[0-9]{1,17}(?:[eE][-+]?[0-9]{1,3})?")


def _plain(text: str) -> object:
    """An unquoted scalar by YAML 1.2's core schema, in which `no` and `09:30` are text."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
