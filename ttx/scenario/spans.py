"""Where every piece of a YAML text begins and ends, to the character. Nothing here knows what a piece means."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml
from ruamel.yaml.error import YAMLError

from ttx.scenario.material import Location

BLANK = " \t\r\n"


@dataclass(slots=True)
class Span:
    """A piece of text from `start` to before `end`. A collection has `entries`, and stands in brackets if `flow`."""

    start: int
    end: int
    entries: "list[Entry]" = field(default_factory=list)
    mapping: bool = False
    flow: bool = False
    block_text: bool = False


@dataclass(slots=True)
class Entry:
    """An item of a list or a field of a mapping: from its dash, its key or, in flow, its value on.

    `mark` is where its dash or colon ends and its value may begin.
    """

    start: int
    mark: int
    key: str | None
    value: Span


@lru_cache(maxsize=4)
def spans(text: str) -> Span:
    """The spans of a text that `material.parse` can read, not to be changed."""
    try:
        # As in `material`: libyaml first, and what it refuses once more in Python.
        return _Spans(text, YAML(typ="safe").parse(text)).root()
    except YAMLError:
        return _Spans(text, YAML(typ="safe", pure=True).parse(text)).root()


def way(root: Span, location: Location) -> list[tuple[Span, int]]:
    """Each collection on the way to a location, with the index of the entry taken. Raises LookupError."""
    steps: list[tuple[Span, int]] = []
    span = root
    for part in location:
        entries = span.entries
        if span.mapping:
            index = next((n for n, entry in enumerate(entries) if entry.key == part), -1)
        else:
            index = part if isinstance(part, int) and part < len(entries) else -1
        if index < 0:
            raise LookupError(f"Nothing stands at {location}.")
        steps.append((span, index))
        span = entries[index].value
    return steps


def column(text: str, offset: int) -> int:
    """How many characters stand before this one on its line."""
    return offset - line_start(text, offset)


def line_start(text: str, offset: int) -> int:
    """Where the line begins that this character stands on."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line ends that this character stands on, before what ends it."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if offset < end and text[end - 1] == "\r" else end


def next_line(text: str, offset: int) -> int:
    """Where the next line begins; the text's end if this is the last one."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def line_ending(text: str) -> str:
    """What a text's lines end with, by its first one."""
    return "\r\n" if text[: next_line(text, 0)].endswith("\r\n") else "\n"


class _Spans:
    def __init__(self, text: str, events: Iterator[yaml.Event]) -> None:
        self.text = text
        self.events = events

    def root(self) -> Span:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self.span(next(self.events), 0)
        return Span(len(self.text), len(self.text))

    def span(self, event: yaml.Event, mark: int) -> Span:
        """The piece that begins with this event, the last thing before which ends at `mark`."""
        start, end = event.start_mark.index, event.end_mark.index
        match event:
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                return self.collection(event, mark)
            case yaml.ScalarEvent(style="|" | ">"):
                # What a block text keeps at its end with + belongs to it; other empty lines do not.
                kept = "+" in self.text[start : line_end(self.text, start)].split("#")[0]
                end = start + len(self.text[start:end].rstrip(" \t" if kept else BLANK))
                return Span(start, end, block_text=True)
            case yaml.ScalarEvent() if start == end:
                return Span(mark, mark)
        return Span(start, end)

    def collection(self, event: yaml.Event, mark: int) -> Span:
        mapping = isinstance(event, yaml.MappingStartEvent)
        flow = bool(getattr(event, "flow_style", False))
        start = event.start_mark.index
        entries: list[Entry] = []
        end = start + 1 if flow else max(mark, start)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent | yaml.SequenceEndEvent):
            # A key or dash, or what stands for one: the first thing after the last entry's end.
            first = self.skip(end, "," if flow else "")
            if mapping:
                key = self.span(event, first)
                colon = self.skip(key.end, "")
                after = colon + 1 if self.text[colon : colon + 1] == ":" else key.end
                value = self.span(next(self.events), after)
                name = event.value if isinstance(event, yaml.ScalarEvent) else None
                entries.append(Entry(first, after, name, value))
            else:
                after = first if flow else first + 1
                entries.append(Entry(first, after, None, self.span(event, after)))
            end = max(entries[-1].value.end, after)
        if flow:
            end = event.end_mark.index
        return Span(start, end, entries, mapping, flow)

    def skip(self, offset: int, more: str) -> int:
        """The first character from here on that is neither blank, nor in a comment, nor one of `more`."""
        text = self.text
        while offset < len(text):
            if text[offset] == "#":
                offset = line_end(text, offset)
            elif text[offset] in BLANK or text[offset] in more:
                offset += 1
            else:
                break
        return offset
