"""Putting pieces into a YAML text and taking them out: each step gives the text with other lines in one place.

Where comments stay is decided here; that the result says what it should is made sure in `writing`.
"""

import re
from collections.abc import Callable

from ttx.scenario import spelling
from ttx.scenario.material import Location
from ttx.scenario.spans import BLANK, Entry, Span, column, line_end, line_start, next_line, spans, way

Make = Callable[[int, bool], str]
"""Makes an entry's text for a column, or in flow, without the last line's end."""


def put_value(text: str, home: Location, location: Location, value: object) -> str:
    """The text with this value at a location where something stands. `home` is the way to the file's top."""
    root = spans(text)
    if not location:
        fresh = spelling.flow(value, home) if root.flow else spelling.block(value, home, column(text, root.start))
        return text[: root.start] + _lines(text, fresh.lstrip(" ")) + text[root.end :]
    span, index = way(root, location)[-1]
    entry = span.entries[index]
    old, where = entry.value, (*home, *location)
    if span.flow:
        space = " " if old.start == entry.mark and span.mapping else ""
        return text[: old.start] + space + spelling.flow(value, where) + text[old.end :]
    indent = column(text, entry.start)
    if span.mapping:
        key = str(location[-1])
        fresh = spelling.entry(key, value, where, indent)[indent + len(spelling.scalar(key)) + 1 :]
    else:
        fresh = spelling.item(value, where, indent)[indent + 1 :]
    return _replaced(text, entry, fresh)


def _replaced(text: str, entry: Entry, fresh: str) -> str:
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
    return text[: entry.mark] + _lines(text, whole) + text[end:]


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
        between = text[mark : line_start(text, entry.start)] if "\n" in text[mark : entry.start] else _end(text)
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
    lines = before.splitlines()
    above = 0
    while above < len(lines) and not lines[-1 - above].strip():
        above += 1
    if not after.strip(BLANK):
        while above and lines and not lines[-1].strip():
            before = before[: len(before) - len(lines.pop())].rstrip(BLANK) + _end(before)
            above = 0
        return before + after
    drop = below if first or (lines and lines[-1].lstrip().startswith("#")) else min(above, below)
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
    end = _end(text)
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
    between = f",{_end(text)}{' ' * column(text, entries[0].start)}" if "\n" in apart else ", "
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


def _end(text: str) -> str:
    return "\r\n" if text[: next_line(text, 0)].endswith("\r\n") else "\n"


def _lines(text: str, fresh: str) -> str:
    """A fresh text with the line ends of the file it goes into."""
    return fresh.replace("\n", _end(text))
