"""The sessions of a day made of its rows: by the headings of the list, else by its pauses; breaks and talks between.

A session is long enough for its injects, starts when the first of them does and ends before the next one.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.calendar import Planned
from ttx.scenario.formats.rows import Entry, Section
from ttx.scenario.formats.times import DAY, length
from ttx.scenario.formats.words import plain

MINUTES = 15
"""Planned for an inject where nothing is said, unless the next one comes sooner."""
LONGEST = 600
_PAUSE = 75
_SPAN = 240


@dataclass(slots=True)
class Placed:
    """An entry with its session, and the minutes planned for it. `minute` counts on past midnight."""

    entry: Entry
    minute: int
    session: str
    minutes: int
    made: bool


@dataclass(slots=True)
class Agenda:
    """A day's sessions as plain data, its entries in order, and what was made up."""

    sessions: list[dict[str, Any]]
    placed: list[Placed]
    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    headings: list[Section] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    """The rows for which nothing says how many minutes they take."""


@dataclass(slots=True)
class _Block:
    """A stretch of entries under one title, or a break or talk, which has none."""

    title: str
    kind: str
    rows: list[Planned] = field(default_factory=list)
    start: int = 0
    until: int | None = None
    heading: Section | None = None


def agenda(number: int, rows: Sequence[Planned], reserve: frozenset[int]) -> Agenda:
    """The agenda of a day. `reserve` are the orders of rows that stand on no path and so need no time."""
    found = Agenda([], [])
    blocks = _divided(_blocks(number, rows, found))
    _as_said(blocks)
    _name(blocks)
    for place, block in enumerate(blocks):
        after = blocks[place + 1].start if place + 1 < len(blocks) else None
        if block.rows:
            ident = f"d{number}-s{sum(1 for one in blocks[: place + 1] if one.rows)}"
            minutes = _fit(block, after, ident, reserve, found)
            if block.until is not None:
                last = max(row.minute or 0 for row in block.rows)
                minutes = max(block.until - block.start, last + 1 - block.start)
        else:
            ident = f"d{number}-a{sum(1 for one in blocks[: place + 1] if not one.rows)}"
            minutes = block.until - block.start if block.until else (60 if "LUNCH" in plain(block.title) else 15)
            if after is not None:
                minutes = min(minutes, after - block.start)
            if minutes < 5:
                found.left.append(_no_room(block.title, number))
                continue
            if block.heading is not None:
                found.headings.append(block.heading)
        session = {
            "id": ident,
            "title": block.title[:200],
            "start": clock(block.start),
            "minutes": max(5, min(LONGEST, minutes)),
        }
        found.sessions.append(session if block.kind == "session" else {**session, "kind": block.kind})
    if found.unsaid:
        few = len(found.unsaid) < len(found.placed)
        here = f"Row {listed(found.unsaid, most=20)}" if few else f"Day {number}"
        found.guessed.append(f"{here}: nothing says how many minutes an inject takes; up to {MINUTES} were planned.")
    return found


def clock(minute: int) -> str:
    """A minute as `09:30`, those past midnight as of the next morning."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


_RANGE = re.compile(
    r"\s*[(\[,:–-]*\s*\b(\d{1,2})[:.hH](\d{2})\s*(?:uhr|h)?\s*(?:-|–|—|to|bis|à|a)\s*(\d{1,2})[:.hH](\d{2})\s*(?:uhr|h)?\s*[)\]]?\s*$",
    re.IGNORECASE,
)


def _range(title: str) -> tuple[int, int] | None:
    """From which minute to which one a session goes by its title: `Block I (09:00 - 10:30)`."""
    match = _RANGE.search(title)
    if match is None:
        return None
    start, until = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    return (start, until) if start < until <= min(DAY, start + LONGEST) and len(title) > len(match[0]) else None


def _as_said(blocks: Sequence[_Block]) -> None:
    """Gives a session the start and the end that its title says, which then need not stand there."""
    for block in blocks:
        if block.rows and (span := _range(block.title)) is not None:
            block.title = _RANGE.sub("", block.title)
            if span[0] <= block.start:
                block.start, block.until = span


def _blocks(number: int, rows: Sequence[Planned], found: Agenda) -> list[_Block]:
    """The rows by their sessions' titles. Titles that alternate all the time are no sessions."""
    entries = [row for row in rows if isinstance(row.item, Entry)]
    titles = [row.session for row in entries]
    changes = sum(1 for one, other in itertools.pairwise(titles) if one != other)
    named = (len(set(titles)) > 1 and changes < 1.5 * len(set(titles))) or (len(set(titles)) == 1 and titles[0] != "")
    if not named and len(set(titles)) > 1:
        for row in entries:
            if isinstance(row.item, Entry) and row.session:
                row.item.notes.append(("Session", row.session))
        found.guessed.append("Sessions alternate from row to row; they stand in the notes, and pauses divide the day.")
    blocks: list[_Block] = []
    for row in rows:
        if isinstance(row.item, Section):
            if row.item.heading not in ("break", "talk"):
                if row.item.heading != "session" or not named or row.item.title in titles:
                    found.headings.append(row.item)
                else:
                    found.left.append(f"Row {row.item.row}: '{row.item.title[:60]}' heads no inject; it was not taken.")
            elif (block := _between(row, row.item, entries)) is not None:
                blocks.append(block)
            else:
                found.left.append(_no_room(row.item.title, number))
            continue
        title = row.session if named else ""
        if (span := _range(title)) is not None and not span[0] <= (row.minute or 0) < span[1]:
            title = ""
        last = blocks[-1] if blocks else None
        if last is None or not last.rows or last.title != title:
            blocks.append(_Block(title, "session", [], row.minute or 0))
        blocks[-1].rows.append(row)
    return blocks


def _no_room(title: str, day: int) -> str:
    return f"'{title[:60]}' has no room on the agenda of day {day}, and was not taken."


def _between(row: Planned, section: Section, entries: Sequence[Planned]) -> _Block | None:
    """A break or talk, if it can be placed."""
    start = row.minute
    if start is None:
        before = [one.minute for one in entries if one.order < row.order and one.minute is not None]
        after = [one.minute for one in entries if one.order > row.order and one.minute is not None]
        if not after or (before and after[0] - before[-1] < 20):
            return None
        start = after[0] - min(
            60 if "LUNCH" in plain(section.title) else 15, (after[0] - before[-1]) // 2 if before else 15
        )
    until = section.at.until if section.at is not None else None
    if until is None and (said := re.search(r"\(?(\d+) ?min", section.title, re.IGNORECASE)):
        until = start + int(said[1])
    kind = "break" if section.heading == "break" else "session"
    for word in ("keynote", "panel"):
        if word in section.title.casefold():
            kind = word
    title = re.sub(r"\s*[(,:-]?\s*\d{1,2}[:.h]?\d{2}\s*[-–].*$", "", section.title).strip() or section.title
    title = re.sub(r"^\d{1,2}[:.h]\d{2}(\s*[-–]\s*\d{1,2}[:.h]\d{2})?\s*(uhr)?\s*[:,-]?\s*(?=\w)", "", title)
    until = until if until is None or until > start else until + DAY
    return _Block(title, kind, [], start, until, section)


def _divided(blocks: list[_Block]) -> list[_Block]:
    """Blocks of a length that a session may have; those without a title also at long pauses."""
    divided: list[_Block] = []
    for block in blocks:
        if not block.rows:
            divided.append(block)
            continue
        rows = [block.rows[0]]
        for row in block.rows[1:]:
            first, before, here = rows[0].minute or 0, rows[-1].minute or 0, row.minute or 0
            too_long = here - first > LONGEST - 60
            paused = not block.title and (here - before >= _PAUSE or (here - first > _SPAN and here - before >= 20))
            if too_long or paused or len(rows) >= LONGEST:
                divided.append(_Block(block.title, "session", rows, first))
                rows = []
            rows.append(row)
        divided.append(_Block(block.title, "session", rows, rows[0].minute or 0))
    return divided


def _name(blocks: list[_Block]) -> None:
    """Titles for blocks without one, and one title each."""
    nameless = [block for block in blocks if block.rows and not block.title]
    for number, block in enumerate(nameless, 1):
        block.title = f"Session {number}" if len(nameless) > 1 else "Developments"
    seen: dict[str, int] = {}
    for block in blocks:
        if block.rows:
            seen[block.title] = seen.get(block.title, 0) + 1
            if seen[block.title] > 1:
                block.title = f"{block.title[:180]} ({seen[block.title]})"


def _fit(block: _Block, after: int | None, ident: str, reserve: frozenset[int], found: Agenda) -> int:
    """Plans each inject's minutes and says how many the session needs."""
    rows = block.rows
    said = [_said(row) for row in rows]
    pathed = [place for place, row in enumerate(rows) if row.order not in reserve]
    planned = [0] * len(rows)
    for position, place in enumerate(pathed):
        here = rows[place].minute or 0
        together = [one for one in pathed if (rows[one].minute or 0) == here]
        later = next((rows[one].minute for one in pathed[position + 1 :] if (rows[one].minute or 0) > here), after)
        gap = max(0, (later if later is not None else here + DAY) - here)
        default = min(MINUTES, -(-gap // len(together)))
        planned[place] = said[place] if said[place] is not None else default  # type: ignore[assignment]
    for place, row in enumerate(rows):
        if row.order in reserve:
            planned[place] = said[place] if said[place] is not None else MINUTES  # type: ignore[assignment]
    unread = [row for row, minutes in zip(rows, said, strict=True) if minutes is None and _text_of(row)]
    unsaid = [
        str(row.item.row) for row, minutes in zip(rows, said, strict=True) if minutes is None and not _text_of(row)
    ]
    found.unsaid += unsaid
    found.guessed += [
        f"Row {row.item.row}: the duration '{_text_of(row)[:40]}' cannot be read; up to {MINUTES} minutes were planned."
        for row in unread
    ]
    last = max(row.minute or 0 for row in rows)
    ends = max((row.minute or 0) + max(5, planned[place]) for place, row in enumerate(rows) if row.minute == last)
    need = sum(planned[place] for place in pathed)
    room = LONGEST if after is None or after <= last else min(LONGEST, max(after - block.start, 5))
    if need > max(room, ends - block.start) and need > LONGEST:
        found.guessed.append(
            f"The injects of '{block.title}' are planned for {need} minutes, which no session has; they got as long as "
            "there is until the next one."
        )
        for position, place in enumerate(pathed):
            here = rows[place].minute or 0
            following = rows[pathed[position + 1]].minute if position + 1 < len(pathed) else here + MINUTES
            planned[place] = min(planned[place], max(0, (following or 0) - here))
        need = sum(planned[place] for place in pathed)
    for place, row in enumerate(rows):
        if isinstance(row.item, Entry):
            found.placed.append(Placed(row.item, row.minute or 0, ident, min(480, planned[place]), row.made))
    minutes = max(ends - block.start, need)
    return (
        minutes
        if after is None or after <= last
        else max(need, min(minutes, after - block.start), last - block.start + 1)
    )


def _text_of(row: Planned) -> str:
    return row.item.text("minutes").split("\n")[0].strip() if isinstance(row.item, Entry) else ""


def _said(row: Planned) -> int | None:
    """The minutes that a duration's column or a span of time says for this row."""
    if isinstance(row.item, Entry):
        text = row.item.text("minutes").split("\n")[0]
        if text and (found := _length(text)) is not None:
            return min(480, found)
        at = row.item.at
        if at is not None and at.until is not None and at.minute is not None:
            return min(480, (at.until - at.minute) % DAY)
    return None


def _length(text: str) -> int | None:
    if match := re.fullmatch(r"(\d{1,2}):(\d{2}):\d{2}", text.strip()):
        return int(match[1]) * 60 + int(match[2])
    if match := re.match(r"(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})", text):
        return int(match[2])
    return length(text)
