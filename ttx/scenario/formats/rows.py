"""What each row of a list of injects is: an inject, more of the one above, a heading, or nothing that is taken."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ttx.scenario.formats import daynames
from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.headings import HINT, Heading, footer, heading, total
from ttx.scenario.formats.saidonce import once
from ttx.scenario.formats.sheets import Row
from ttx.scenario.formats.tables import Table
from ttx.scenario.formats.times import DAY, Cell, Moment, length, moment
from ttx.scenario.formats.words import DROPPED, STATUS, empty, normal, plain


@dataclass(slots=True)
class Entry:
    """A row that is to become an inject, with what stands in its columns, by field and in their order.

    `notes` keeps the header of each, as does `leads` for what says what comes next; `more` are the numbers of the rows
    that went on with it.
    """

    sheet: str
    row: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    leads: list[tuple[str, str]] = field(default_factory=list)
    at: Moment | None = None
    scenario_time: str = ""
    day: Moment | None = None
    more: list[int] = field(default_factory=list)

    def text(self, name: str) -> str:
        """What this field's columns hold, one below the other."""
        return "\n".join(self.fields.get(name, ()))


@dataclass(frozen=True, slots=True)
class Section:
    """A row that heads others: a day, a session, a break, the start or end of the exercise."""

    sheet: str
    row: int
    heading: Heading
    title: str
    at: Moment | None = None
    day: Moment | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not taken, and why."""

    sheet: str
    row: int
    why: str
    says: str


Item = Entry | Section | Left

_GROUP = re.compile(r"(MAIN )?(EVENT|INCIDENT|STORY ?LINE|THREAD|SERIES)\s*#?\d{1,4}\s*[-:.–]\s*\w")
"""Heads the injects of an event in master lists of the NATO kind, where all that is played has a time."""
_BOTH = re.compile(r"(.{2,80}?)\s*(?:\bto\b|→|->|=>|>|»)\s*(.{2,200})", re.IGNORECASE)
"""A sender and a receiver in one cell, under `From / To`."""
_SLASHED = re.compile(r"([^/]{2,80}?)\s*/\s*([^/]{2,200})")
"""The same with the sign that divides the header: in the header's order."""

_BRACKETED = re.compile(r"[(\[<{].*[)\]>}]", re.DOTALL)
_CALLED_OFF = re.compile(rf"{DROPPED.pattern}", re.IGNORECASE)
_CUT = re.compile(
    r"\W*\w+\W*($|[-–—:;,.(/]|\b(by|per|on|see|voir|ver|por|par|durch|siehe|lihat|oleh)\b)", re.IGNORECASE
)
"""A remark that is only that an inject is cancelled, or goes on with why; and not `cancelled flights fill the hall`."""

_KEY = re.compile(r"(KEY|LEGEND\w*|LEYENDA)\b")
_DOWN = ("session", "kind", "channel", "sender", "to", "both", "objectives", "capabilities", "storyline", "minutes")
"""Fields whose merged cells hold for every row they span."""


def items(table: Table) -> list[Item]:
    """The rows of a list, in their order."""
    reading = _Reading(table)
    found: list[Item] = []
    for row in table.above[-1:]:
        texts = [shown(cell) for cell in row.cells if filled(cell)]
        if len(texts) == 1 and len(texts[0]) <= 100 and daynames.within(plain(texts[0])) is not None:
            found.append(Section(reading.sheet, row.number, "day", texts[0], None, moment(texts[0])))
    for row in table.rows:
        item = reading.item(row, found[-1] if found else None)
        if item is not None:
            found.append(item)
    return found


class _Reading:
    """One pass over a table's rows; it remembers the day and the entry that a row may go on with."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.sheet = table.sheet.name
        self.layout = table.layout
        self.rows = {row.number: row for row in table.rows}
        self.entry: Entry | None = None
        self.day: Moment | None = None
        self.numbered = self.share("id") >= 0.25
        self.timed = self.share("at") > 0.4
        marks = table.sheet.marks
        self.spans = Counter(number for (number, _), anchor in marks.merged.items() if number == anchor[0])
        self.once = once(table)
        self.keyed = False
        self.last: dict[int, Cell] = {}
        self.comments: dict[int, list[str]] = {}
        for (number, _), text in sorted(marks.comments.items()):
            self.comments.setdefault(number, []).append(text)

    def share(self, name: str) -> float:
        place = self.layout.place(name)
        return 0.0 if place is None else self.layout.looks[place].share

    def item(self, row: Row, before: Item | None) -> Item | None:
        """The row as an item; None where it went to the entry above."""
        texts = list(
            dict.fromkeys(" ".join(shown(cell).split()) for cell in row.cells if filled(cell) and not _number(cell))
        )
        at, day = self.moment(row, "at"), self.moment(row, "day")
        if day is not None:
            self.day = day
        if not any(map(filled, row.cells)):
            return Left(self.sheet, row.number, "holds only signs for nothing", " ".join(map(shown, row.cells))[:60])
        if (section := self.section(row, texts, at, day)) is not None:
            self.entry = None
            self.last = {} if section.heading in ("day", "session") else self.last
            return section
        if (why := self.no_inject(row, texts)) is not None:
            return Left(self.sheet, row.number, why, " | ".join(texts)[:120])
        if self.entry is not None and self.goes_on(row, at):
            self.append(self.entry, row)
            return None
        self.entry = self.read(row, at, day)
        if not (self.entry.fields.get("text") or self.entry.fields.get("title")):
            text = self.said(self.entry)
            if not text:
                self.entry = None
                said = " | ".join(shown(cell) for cell in row.cells if filled(cell))
                begun = self.holds(row, "id") or self.holds(row, "at")
                why = "has a number or time and no text" if begun else "has neither a number, a time nor a text"
                why = "stands in the key below the list" if self.keyed else why
                return Left(self.sheet, row.number, why, said[:120])
            self.entry.fields["text"] = [text]
        return self.entry

    def said(self, entry: Entry) -> str:
        """What an inject without message has to say: its question, or what is expected."""
        return entry.text("questions") or entry.text("expected")

    def moment(self, row: Row, name: str) -> Moment | None:
        place = self.layout.place(name)
        if place is None:
            return None
        look = self.layout.looks[place]
        return moment(
            self.cell(row, place), month_first=look.month_first, counted=look.counted, midnights=look.midnights
        )

    def cell(self, row: Row, place: int) -> Cell:
        """A cell; of one merged downwards, what stands at its beginning."""
        anchor = self.table.sheet.merged.get((row.number, place))
        if anchor and anchor[1] == place and not filled(row.cell(place)) and anchor[0] in self.rows:
            return self.rows[anchor[0]].cell(place)
        if place in self.once:
            if filled(row.cell(place)):
                self.last[place] = row.cell(place)
            return self.last.get(place)
        return row.cell(place)

    def section(self, row: Row, texts: Sequence[str], at: Moment | None, day: Moment | None) -> Section | None:
        """A heading: one that says so by its words, or a lone text across the table."""
        own = {" ".join(shown(row.cell(place)).split()) for place in self.layout.places("at")}
        saying = [
            text for text in texts if moment(text) is None or (heading(text) and (text not in own or len(texts) < 2))
        ]
        if not saying:
            lone = texts[0] if len(texts) == 1 and not self.only_in(row, ("at",)) else None
            found = moment(lone) if lone else None
            if found and (found.on or found.day) and not any(map(_number, row.cells)):
                return Section(self.sheet, row.number, "day", str(lone), at, found)
            return None
        first = next((text for text in saying if heading(text)), saying[0])
        head = heading(first)
        alone = len(saying) == 1
        if first in own and any(len(text) > 25 and text not in own and not heading(text) for text in texts):
            return None
        if head in ("start", "end") and len(first) <= 90:
            return Section(self.sheet, row.number, head, first, at or _time_in(first), day)
        if (rest := self.resting(row)) is not None:
            return Section(self.sheet, row.number, "break", rest, self.lasting(row, at or _time_in(rest)), day)
        short = len(first) <= 100 and (alone or sum(map(len, saying)) < 120)
        if head == "break" and (alone or len(saying) <= 2) and len(first) <= 60:
            return Section(self.sheet, row.number, head, first, at or _time_in(first), day)
        if head is None and alone and at is None and self.timed and _GROUP.match(plain(first)):
            return Section(self.sheet, row.number, "session", first, None, day)
        if head in ("day", "session") and short and (alone or not self.holds(row, "text", first)):
            if not alone and self.holds(row, "text"):
                return None
            said = moment(first) or moment(re.split(r"\s[-–:(]|[:,]", first)[0])
            return Section(self.sheet, row.number, head, first, at or _time_in(first), said or day)
        if head == "talk" and alone and not self.holds(row, "id"):
            return Section(self.sheet, row.number, head, first, at or _time_in(first), day)
        if alone and not (footer(first) or total(first)) and (row.number in self.table.over or self.across(row, first)):
            return Section(self.sheet, row.number, "session", first, at, day)
        return None

    def resting(self, row: Row) -> str | None:
        """The name of a break that has a row like an inject's, with a number and perhaps who is asked to it."""
        titles = [place for name in ("title", "text") for place in self.layout.places(name)]
        said = [" ".join(shown(row.cell(place)).split()) for place in titles if filled(row.cell(place))]
        more = any(self.holds(row, name) for name in ("expected", "questions", "options", "objectives"))
        return said[0] if said and not more and len(said[-1]) <= 40 and heading(said[0]) == "break" else None

    def lasting(self, row: Row, at: Moment | None) -> Moment | None:
        """When a row's break is, until when by its column of minutes."""
        said = [length(shown(row.cell(place))) for place in self.layout.places("minutes")]
        minutes = next(filter(None, said), None)
        if at is None or at.minute is None or at.until is not None or minutes is None:
            return at
        return replace(at, until=(at.minute + minutes) % DAY)

    def across(self, row: Row, text: str) -> bool:
        """Whether a lone text stands over the table as a heading: merged over columns, or at its left edge."""
        place = next(place for place, cell in enumerate(row.cells) if filled(cell) and not _number(cell))
        if len(text) > 120:
            return False
        if self.spans[row.number] >= 2:
            return True
        field_there = self.layout.columns[place].field if place < len(self.layout.columns) else None
        return (
            place == 0 and field_there not in ("text", "title", "notes") and len(text) > 8 and not self.holds(row, "at")
        )

    def no_inject(self, row: Row, texts: Sequence[str]) -> str | None:
        whole = " ".join(shown(cell) for cell in row.cells if filled(cell))
        if footer(whole) and (
            len(texts) == 1 or (len(texts) == 2 and not (self.holds(row, "at") or self.holds(row, "text")))
        ):
            self.keyed = self.keyed or _KEY.match(plain(whole)) is not None
            return "is a line of the page and no inject"
        if texts and total(texts[0]) and self.sums(row, texts):
            return "sums up others and is no inject"
        hints = sum(bool(HINT.match(plain(text))) for text in texts)
        bracketed = sum(bool(_BRACKETED.fullmatch(text)) for text in texts) if len(texts) >= 3 else 0
        if (len(texts) >= 2 and hints > len(texts) / 2) or bracketed > 0.7 * len(texts):
            return "tells how to fill in the template"
        told = [
            (row.number, place) for name in ("text", "title") for place in self.layout.places(name)
            if filled(row.cell(place))
        ]  # fmt: skip
        if told and self.table.sheet.marks.struck.issuperset(told):
            return "is struck through"
        for place, column in enumerate(self.layout.columns):
            status = shown(row.cell(place))
            stands = normal(column.header) in STATUS and DROPPED.match(normal(status))
            remarked = column.field == "notes" and _CALLED_OFF.match(normal(status))
            if column.field is not None and (stands or (remarked and _CUT.match(status))):
                return (
                    f"is '{status[:40]}' by the column '{column.header}'; leave that column out to take it all the same"
                )
        return None

    def sums(self, row: Row, texts: Sequence[str]) -> bool:
        """Whether a row that begins like a sum is one: short, without a time, and no numbered text."""
        told = self.holds(row, "text", texts[0]) or self.holds(row, "title", texts[0])
        return not self.holds(row, "at") and max(map(len, texts)) <= 40 and not (told and self.holds(row, "id"))

    def only_in(self, row: Row, fields: tuple[str, ...]) -> bool:
        return all(
            not filled(cell) or (place < len(self.layout.columns) and self.layout.columns[place].field in fields)
            for place, cell in enumerate(row.cells)
        )

    def holds(self, row: Row, name: str, text: str | None = None) -> bool:
        cells = [row.cell(place) for place in self.layout.places(name)]
        return any(filled(cell) and (text is None or " ".join(shown(cell).split()) == text) for cell in cells)

    def goes_on(self, row: Row, at: Moment | None) -> bool:
        """Whether a row goes on with the entry above: its number is merged with it, or it has none and no time."""
        merged = self.table.sheet.merged
        for name in ("id", "text", "title"):
            place = self.layout.place(name)
            if place is not None and (anchor := merged.get((row.number, place))) and anchor[0] != row.number:
                above = self.entry
                return above is not None and anchor[0] in (above.row, *above.more)
        own = [place for place in self.layout.places("at") if filled(row.cell(place))]
        if self.holds(row, "id") or own:
            return False
        if sum(self.holds(row, name) for name in ("kind", "channel", "sender", "to", "both", "text", "title")) >= 4:
            return False
        if self.numbered:
            return True
        if self.timed and at is None:
            return not (self.holds(row, "title") and self.holds(row, "text"))
        return False

    def read(self, row: Row, at: Moment | None, day: Moment | None) -> Entry:
        entry = Entry(self.sheet, row.number, at=at, day=day or (self.day if at is None or at.day is None else None))
        self.fill(entry, row, first=True)
        end = self.moment(row, "until")
        if end is not None and end.minute is not None and at is not None and at.minute is not None:
            entry.at = at if at.until is not None or at.offset or end.offset else replace(at, until=end.minute)
        return entry

    def append(self, entry: Entry, row: Row) -> None:
        entry.more.append(row.number)
        self.fill(entry, row, first=False)

    def fill(self, entry: Entry, row: Row, *, first: bool) -> None:
        entry.notes += [("Comment", text) for text in self.comments.get(row.number, ())]
        for place, column in enumerate(self.layout.columns):
            cell = row.cell(place)
            name = column.field
            if first and name in _DOWN:
                cell = self.cell(row, place)
            if name is None or not filled(cell):
                continue
            text = _unwrapped(shown(cell))
            match name:
                case "at" | "day":
                    said = entry.at if name == "at" else entry.day
                    if said is None or (not first):
                        entry.notes.append((column.header, text))
                case "until":
                    if not (first and entry.at is not None and self.moment(row, name) is not None):
                        entry.notes.append((column.header, text))
                case "scenario_time":
                    entry.scenario_time = text
                case "notes":
                    entry.notes.append((column.header, text))
                case "next":
                    entry.leads.append((column.header, text))
                case "both":
                    sender, to = _pair(text, normal(column.header))
                    if sender:
                        entry.fields.setdefault("sender", []).append(sender)
                    entry.fields.setdefault("to", []).append(to)
                case "title" if not first and "title" in entry.fields:
                    entry.fields.setdefault("text", []).append(text)
                case _:
                    held = entry.fields.setdefault(name, [])
                    if first or text not in held:
                        held.append(text)


def _pair(text: str, header: str) -> tuple[str, str]:
    """The sender and the receiver in a cell that names both, in the order of its column's normalised header; a cell
    that names one alone says who receives."""
    if (pair := _BOTH.fullmatch(text)) is not None:
        return pair[1], pair[2]
    if (pair := _SLASHED.fullmatch(text)) is not None:
        return (pair[2], pair[1]) if header.startswith("to ") else (pair[1], pair[2])
    return "", text


def _time_in(text: str) -> Moment | None:
    """A clock time that stands in a heading: `Lunch 12:30-13:30`, `STARTEX (0900)`."""
    match = re.search(
        r"\(?\b(\d{1,2}[:.hH]\d{2}|\d{4})\s*([LZ]|hrs?|[ap]m)?(\s*[-–]\s*(\d{1,2}[:.hH]\d{2}|\d{4}))?", text
    )
    return moment(match[0].strip("( ")) if match else None


def _number(cell: object) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())


def _unwrapped(text: str) -> str:
    """A cell's text with its lines trimmed at the end and no more than one empty line between them."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(
        r"\n{3,}", "\n\n", "\n".join(line for line in lines if not line or not empty(line) or len(line) < 2)
    ).strip()
