"""Putting pieces into a YAML text and taking them out: each step gives the text with other lines in one place.

Where comments stay is decided here; that the result says what it should is made sure in `writing`.
"""

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ttx.scenario import spelling
from ttx.scenario.material import Location
from ttx.scenario.spans import BLANK, Entry, Span, column, line_end, line_ending, line_start, next_line, spans, way

_BLOCK = re.compile(r"(?<=[ ])([|>])(\d?)([+-]?)$")
"""How the line before a block text ends."""
Make = Callable[[int, bool], str]
"""Makes an entry's text for a column, or in flow, without the last line's end."""


def put_values(text: str, home: Location, values: Iterable[tuple[Location, object]]) -> str:
    """The text with these values at locations where something stands, none within another; read once for all.

    `home` is the way to the file's top.
    """
    root = spans(text)
    for cut in sorted((_cut(text, root, home, *one) for one in values), reverse=True):
        text = text[: cut.start] + cut.fresh + text[cut.end :]
    return text


class Cut(NamedTuple):
    """What stands from `start` to before `end` is to be this."""

    start: int
    end: int
    fresh: str


def _cut(text: str, root: Span, home: Location, location: Location, value: object) -> Cut:
    if not location:
        fresh = spelling.flow(value, home) if root.flow else spelling.block(value, home, column(text, root.start))
        return Cut(root.start, root.end, _lines(text, fresh.lstrip(" ")))
    span, index = way(root, location)[-1]
    entry = span.entries[index]
    old, where = entry.value, (*home, *location)
    if span.flow:
        space = " " if old.start == entry.mark and span.mapping else ""
        return Cut(old.start, old.end, space + spelling.flow(value, where))
    indent = column(text, entry.start)
    if span.mapping:
        key = str(location[-1])
        fresh = spelling.entry(key, value, where, indent)[indent + len(spelling.scalar(key)) + 1 :]
    else:
        fresh = spelling.item(value, where, indent)[indent + 1 :]
    below = text[next_line(text, max(old.end - 1, entry.mark)) : _stop(text, span, index)]
    deepest = max((len(line) - len(line.lstrip(" ")) for line in below.splitlines() if line.strip()), default=-1)
    return _replaced(text, entry, _clear_of(fresh, deepest))


def _clear_of(fresh: str, deepest: int) -> str:
    """A fresh piece whose last block text, if it ends in one, is indented deeper than the comments below it.

    A comment that is indented as far as a block text would be its next line.
    """
    lines = fresh.split("\n")
    heads = [n for n, line in enumerate(lines[:-1]) if _BLOCK.search(line)]
    if not heads:
        return fresh
    head = heads[-1]
    by = deepest + 1 - min((len(line) - len(line.lstrip(" ")) for line in lines[head + 1 :] if line), default=0)
    if by <= 0:
        return fresh
    lines[head] = _BLOCK.sub(lambda found: f"{found[1]}{int(found[2]) + by if found[2] else ''}{found[3]}", lines[head])
    return "\n".join([*lines[: head + 1], *(" " * by + line if line else line for line in lines[head + 1 :])])


def _replaced(text: str, entry: Entry, fresh: str) -> Cut:
    """The entry's value as this text, with the comments that stand on its first and last line."""
    old = entry.value
    header = text[old.start : line_end(text, old.start)] if old.block_text else text[entry.mark : old.start]
    comments = [found[0].rstrip() for found in [re.search(r"(?:(?<=[ \t])|^)#[^\n]*", header)] if found]
    first, *rest = fresh.split("\n", 1)
    end = old.end
    last = line_end(text, end)
    kept = old.end > old.start and text[end - 1] == "\n"
    if rest and not kept and (trailing := text[end:last].strip(BLANK)).startswith("#"):
        comments.append(trailing)
        end = last
    if comments:
        first = f"{first}  {' '.join(comments)}"
    whole = "\n".join([first, *rest, *([""] if kept else [])])
    return Cut(entry.mark, end, _lines(text, whole))


def rename_fields(text: str, location: Location, names: Mapping[str, str]) -> str:
    """The text with other names for these fields of a mapping, which stay where they are."""
    span = collection(text, location)
    for entry in reversed(span.entries):
        if entry.key is not None and entry.key in names:
            name = spelling.scalar(names[entry.key], span.flow)
            text = f"{text[: entry.start]}{name}:{text[entry.mark :]}"
    return text


def take_out_fields(text: str, location: Location, names: Collection[str]) -> str:
    """The text without these fields of a mapping, as `take_out` takes out each."""
    span = collection(text, location)
    entries = span.entries
    if span.flow or _inline(text, entries[0]) or all(entry.key in names for entry in entries):
        for name in names:
            text = take_out(text, (*location, name))
        return text
    for index in range(len(entries) - 1, -1, -1):
        if entries[index].key in names:
            stop = _stop(text, span, index)
            text = _joined(text[: _begin(text, span, index)], text[stop:], index == 0)
    return text


def put_in_order(text: str, location: Location, order: Sequence[int]) -> str:
    """The text with a collection's entries in this order, each with its own comments. As few as can be are moved.

    A comment between two of them stays with the next one that is not moved. Raises LookupError where the first one
    stands behind the dash of the item it is in.
    """
    span = collection(text, location)
    if span.flow:
        return _in_order_in_flow(text, span, order)
    if _inline(text, span.entries[0]):
        raise LookupError(f"The fields at {location} begin behind a dash.")
    places = [(_begin(text, span, index), _stop(text, span, index)) for index in range(len(order))]
    gaps = ["", *(text[one[1] : next_[0]] for one, next_ in pairwise(places))]
    blank = next((gap for gap in gaps[1:] if not gap.strip(BLANK)), "")
    staying, leads, waiting = _rising(order), dict[int, str](), ""
    for index, gap in enumerate(gaps):
        waiting += gap if gap.strip(BLANK) else ""
        if index in staying:
            leads[index], waiting = waiting, ""
    parts: list[str] = []
    for place, index in enumerate(order):
        own = gaps[index] if index and not gaps[index].strip(BLANK) else blank
        lead = leads.get(index) or own
        if parts and not parts[-1].endswith("\n"):
            parts.append(line_ending(text))
        parts += [lead if place else lead.lstrip("\r\n"), text[slice(*places[index])]]
    return text[: places[0][0]] + "".join(parts) + waiting + text[places[-1][1] :]


def _in_order_in_flow(text: str, span: Span, order: Sequence[int]) -> str:
    parts, here = [], span.start
    for slot, index in zip(span.entries, order, strict=True):
        entry = span.entries[index]
        parts += [text[here : slot.start], text[entry.start : entry.value.end]]
        here = slot.value.end
    return text[: span.start] + "".join(parts) + text[here:]


def _rising(order: Sequence[int]) -> set[int]:
    """The most of these numbers that follow each other upwards, and so can stay where they are."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in order:
        place = bisect(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found, last = set[int](), ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def take_out(text: str, location: Location) -> str:
    """The text without this entry. A comment right above a field goes with it, one above a list's item stays."""
    span, index = way(spans(text), location)[-1]
    entries = span.entries
    entry = entries[index]
    if len(entries) == 1:
        empty = "{}" if span.mapping else "[]"
        if span.flow:
            return text[: span.start] + empty + text[span.end :]
        if len(location) == 1:
            return text[: span.start] + empty + "\n" + text[_stop(text, span, index) :]
        upper, at = way(spans(text), location[:-1])[-1]
        mark = upper.entries[at].mark
        between = text[mark : line_start(text, entry.start)] if "\n" in text[mark : entry.start] else line_ending(text)
        return f"{text[:mark]} {empty}{between}{text[_stop(text, span, index) :]}"
    if span.flow:
        if index + 1 < len(entries):
            return text[: entry.start] + text[entries[index + 1].start :]
        return text[: entries[index - 1].value.end] + text[entry.value.end :]
    stop = _stop(text, span, index)
    if _inline(text, entry):
        return text[: entry.start] + text[stop:].lstrip(BLANK)
    before, after = text[: _begin(text, span, index)], text[stop:]
    return _joined(before, after, index == 0)


def _joined(before: str, after: str, first: bool) -> str:
    """Two parts of a text between which something was, without twice the empty lines."""
    gap = re.match(r"(?:[ \t]*\r?\n)*", after)
    below = gap[0].count("\n") if gap else 0
    bare = before.rstrip(BLANK)
    above = max(before[len(bare) :].count("\n") - bool(bare), 0)
    if not after.strip(BLANK):
        return (bare + line_ending(before) if above else before) + after
    comment = not above and before[line_start(before, len(before) - 1) :].lstrip().startswith("#")
    drop = below if first or comment else min(above, below)
    for _ in range(drop):
        after = after[next_line(after, 0) :]
    return before + after


def put_in(text: str, location: Location, index: int, make: Make, spaced: bool) -> str:
    """The text with a new entry in a collection that has some, before the one of this index.

    It comes right after the entry before it, so that a comment which leads the next one still does. `spaced`
    says whether an empty line parts it from its neighbour where the collection does not show what is usual.
    """
    span = collection(text, location)
    entries = span.entries
    if span.flow:
        return _put_in_flow(text, span, index, make(0, True))
    col = column(text, entries[0].start)
    fresh = make(col, False)
    end = line_ending(text)
    if not span.mapping and len(entries) > 1:
        spaced = re.search(r"\n[ \t]*\r?\n", text[entries[0].value.end : entries[1].start]) is not None
    gap = end if spaced else ""
    if index == 0:
        if _inline(text, entries[0]):
            here = entries[0].start
            return text[:here] + _lines(text, fresh[col:] + "\n") + gap + " " * col + text[here:]
        here = _begin(text, span, 0)
        return text[:here] + _lines(text, fresh + "\n") + gap + text[here:]
    here = _stop(text, span, index - 1)
    if text[here - 1] != "\n":
        return text[:here] + end + gap + _lines(text, fresh) + text[here:]
    return text[:here] + gap + _lines(text, fresh + "\n") + text[here:]


def _put_in_flow(text: str, span: Span, index: int, fresh: str) -> str:
    entries = span.entries
    apart = text[entries[-2].value.end : entries[-1].start] if len(entries) > 1 else ""
    between = f",{line_ending(text)}{' ' * column(text, entries[0].start)}" if "\n" in apart else ", "
    if index < len(entries):
        here = entries[index].start
        return text[:here] + fresh + between + text[here:]
    here = entries[-1].value.end
    return text[:here] + between + fresh + text[here:]


def excerpt(text: str, location: Location) -> Make:
    """The lines of this entry as they are, to be put in elsewhere."""
    span, index = way(spans(text), location)[-1]
    entry = span.entries[index]
    if span.flow:
        return lambda col, flowing: text[entry.start : entry.value.end] if flowing else _not_there(text)
    start = entry.start if _inline(text, entry) else _begin(text, span, index)
    here = column(text, entry.start)
    raw = (" " * here if start == entry.start else "") + text[start : _stop(text, span, index)]
    lines = raw.removesuffix("\n").replace("\r\n", "\n").removesuffix("\r").split("\n")

    def make(col: int, flowing: bool) -> str:
        if flowing:
            return _not_there(text)
        if col >= here:
            return "\n".join(" " * (col - here) + line if line.strip() else line for line in lines)
        return "\n".join(line[min(here - col, len(line) - len(line.lstrip(" "))) :] for line in lines)

    return make


def _not_there(text: str) -> str:
    raise LookupError("Lines cannot stand in brackets, nor what stands in brackets as lines.")


def collection(text: str, location: Location) -> Span:
    """The span of the collection at this location."""
    root = spans(text)
    if not location:
        return root
    span, index = way(root, location)[-1]
    return span.entries[index].value


def _inline(text: str, entry: Entry) -> bool:
    """Whether something else stands before this entry on its line: a dash."""
    return bool(text[line_start(text, entry.start) : entry.start].strip(BLANK))


def _begin(text: str, span: Span, index: int) -> int:
    """Where an entry's lines begin; a field's with the comments right above it."""
    entry = span.entries[index]
    if _inline(text, entry):
        return entry.start
    begin = line_start(text, entry.start)
    col = entry.start - begin
    while span.mapping and begin > 0:
        above = line_start(text, begin - 1)
        line = text[above:begin]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip(" ")) != col or above == 0:
            break
        begin = above
    return begin


def _stop(text: str, span: Span, index: int) -> int:
    """Where an entry's lines end: after the comments below it that are indented deeper than it is."""
    entry = span.entries[index]
    col = column(text, entry.start)
    end = max(entry.value.end, entry.mark)
    stop = here = end if text[end - 1] == "\n" else next_line(text, end)
    while here < len(text):
        line = text[here : next_line(text, here)]
        bare = line.lstrip(" ")
        here += len(line)
        if bare.startswith("#") and len(line) - len(bare) > col:
            stop = here
        elif bare.strip(BLANK):
            break
    return stop


def _lines(text: str, fresh: str) -> str:
    """A fresh text with the line ends of the file it goes into."""
    return fresh.replace("\n", line_ending(text))
