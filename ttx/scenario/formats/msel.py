"""A spreadsheet as a scenario: its lists of injects found, chosen and put together, or refused with the reason."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from ttx.scenario.findings import listed
from ttx.scenario.formats import daynames, own
from ttx.scenario.formats.assembly import assembled
from ttx.scenario.formats.calendar import calendar
from ttx.scenario.formats.cards import cards
from ttx.scenario.formats.choice import Listing, chosen
from ttx.scenario.formats.columns import letters
from ttx.scenario.formats.kinds import NEEDS, Verdict, likeness, verdict
from ttx.scenario.formats.panels import panels
from ttx.scenario.formats.registers import Register, helper
from ttx.scenario.formats.rows import Entry, Section, items
from ttx.scenario.formats.saidonce import once
from ttx.scenario.formats.sheets import Book, Row, Sheet, opened
from ttx.scenario.formats.tables import Table, said_by, tables
from ttx.scenario.formats.turned import turned
from ttx.scenario.formats.understood import Column, Understood
from ttx.scenario.formats.words import FIELDS, field_named, normal, plain
from ttx.scenario.formats.zips import Unreadable

NAMES = {
    "csv": "MSEL table (CSV)",
    "json": "MSEL table (JSON)",
    "xls": "MSEL workbook (.xls)",
    "ods": "MSEL workbook (.ods)",
    "xlsx": "MSEL workbook",
}

INJECTS = 5_000
"""More do not fit into a scenario's files. The largest lists that are known have some two thousand."""

_T3SF = frozenset(("no", "real time", "date", "subject", "from", "player", "script", "photo", "poll"))
"""Columns of a T3SF MSEL, as in its example (Base4Security/T3SF, examples/MSEL_EXAMPLE.json)."""
_BLUEPRINT = frozenset(("control number", "from org", "to org", "move", "integration target", "assigned to", "status"))
"""Data fields that a Blueprint workbook heads its columns with (cmu-sei/Blueprint.Api, MselService)."""
_OPENAEV = re.compile(r"\b(trigger time|expectation|expectations|expectation (name|description|score))\b")
"""Attributes of an OpenAEV import mapper (OpenAEV-Platform, InjectImporter's rule attributes)."""


def table(name: str, content: bytes, corrections: Mapping[str, str]) -> Understood:
    """The file as a list of injects. `corrections` say by header which field a column is; `ignore` leaves it out."""
    if unknown := sorted(set(corrections.values()) - FIELDS.keys()):
        return Understood("table", refused=f"No column can be {listed(unknown)}; it can be {listed(FIELDS, 'or', 30)}.")
    try:
        book = opened(name, content)
    except Unreadable as refusal:
        return Understood("unreadable", refused=str(refusal))
    if (ours := own.understood(name, book)) is not None:
        return ours
    return _Reading(name, book, corrections).understood()


class _Reading:
    """One reading of a book."""

    def __init__(self, name: str, book: Book, corrections: Mapping[str, str]) -> None:
        self.guessed: list[str] = []
        sheets = cards([panel for sheet in book.sheets for panel in panels(self.upright(sheet))])
        self.name, self.book, self.corrections = name, replace(book, sheets=sheets), corrections
        self.alone = len(book.sheets) == 1
        self.left: list[str] = []
        self.objectives, self.capabilities = Register("O", "Objective"), Register("C", "Capability")

    def upright(self, sheet: Sheet) -> Sheet:
        """The sheet, turned where its injects stand in columns."""
        if (made := turned(sheet)) is None:
            return sheet
        first = made.rows[-1].number
        self.guessed.append(
            f"{_named(sheet)} has its injects side by side, one a column, and was turned: row {first} below means "
            f"column {letters(first - 1)}."
        )
        return made

    def understood(self) -> Understood:
        format_name = NAMES[self.book.kind]
        judged = [
            (one, verdict(one, self.name, self.alone))
            for sheet in self.book.sheets
            for one in tables(sheet, self.corrections)
        ]
        listings = [Listing(one, tuple(items(one))) for one, said in judged if said.taken]
        listings = [one for one in listings if one.entries]
        if not listings:
            return self.refused(format_name, judged)
        if (many := sum(len(one.entries) for one in listings)) > INJECTS:
            return Understood(
                format_name, many, refused=f"{self.name} lists {many:,} injects; at most {INJECTS:,} are taken."
            )
        kept, choice, left = chosen(listings)
        self.guessed += choice
        self.others(judged, {id(one.table) for one in listings})
        self.left += left
        self.above(kept)
        self.registers({id(one.table.sheet) for one in kept})
        found = calendar(kept)
        title = self.title(kept)
        made = assembled(found, title, self.objectives, self.capabilities, self.name)
        columns, mapping = self.columns(kept)
        if self.book.pictures:
            number = f"{self.book.pictures} picture{'s' if self.book.pictures > 1 else ''}"
            self.left.append(f"The workbook holds {number}; add what an inject shows to it in the editor.")
        entries = [row for day in found.days for row in day if isinstance(row.item, Entry)]
        rows = len(entries) + sum(1 for sentence in found.left if "has a number or time" in sentence)
        for listing in kept:
            self.heads(listing)
            self.same(listing)
            self.marked(listing)
        return Understood(
            _peer(kept) or format_name,
            rows,
            len(entries),
            mapping,
            tuple(dict.fromkeys([*self.guessed, *found.guessed, *made.guessed])),
            tuple(dict.fromkeys([*self.left, *found.left, *made.left])),
            None,
            made.data,
            columns,
            layout_digest(kept[0].table.headers),
        )

    def refused(self, format_name: str, judged: Sequence[tuple[Table, Verdict]]) -> Understood:
        best = max(judged, key=lambda one: (one[1].weight, len(one[0].rows)), default=None)
        if best is None:
            sheets = [sheet for sheet in self.book.sheets if sheet.rows]
            known = next((looks for sheet in sheets if (looks := likeness(sheet)) is not None), None)
            if not sheets:
                why = f"{self.name} is empty."
            elif known is not None:
                why = f"{self.name} {known}."
            else:
                says = listed(f"'{text[:40]}'" for text in said_by(sheets[0].rows[:2])[:6])
                why = f"{self.name} has no table whose header is known; its first rows say {says}."
            return Understood(format_name, sum(len(sheet.rows) for sheet in sheets), refused=f"{why} {NEEDS}.")
        one, said = best
        where = f"Sheet '{one.sheet.name}' of {self.name}" if one.sheet.name else self.name
        return Understood(
            format_name,
            len(one.rows),
            0,
            {column.header: column.field for column in one.layout.columns if column.field and column.why != "unknown"},
            refused=f"{where} {said.looks}. {NEEDS}.",
            columns=_shown(one.layout.columns),
            layout=layout_digest(one.headers),
        )

    def others(self, judged: Sequence[tuple[Table, Verdict]], taken: set[int]) -> None:
        """Says of every sheet and table that is none of the lists what it is."""
        for one, said in judged:
            if id(one) not in taken and not helper(one.sheet):
                first = next(iter([*one.heads, *(row.number for row in one.rows)]), 1)
                self.left.append(
                    f"{_named(one.sheet)} from row {first} on ({len(one.rows)} rows) was not taken: it {said.looks}."
                )
        tabled = {id(one.sheet) for one, _ in judged}
        for sheet in self.book.sheets:
            if id(sheet) not in tabled and sheet.rows and not helper(sheet):
                says = listed(f"'{text[:40]}'" for text in said_by(sheet.rows[:3])[:3])
                why = likeness(sheet) or f"holds no table with a header that is known; it begins {says}"
                self.left.append(f"{_named(sheet)} ({len(sheet.rows)} rows) was not taken: it {why}.")

    def registers(self, lists: set[int]) -> None:
        for sheet in self.book.sheets:
            what = helper(sheet)
            if what is None or id(sheet) in lists or not sheet.rows:
                continue
            register = self.objectives if what == "objectives" else self.capabilities
            if register.known(sheet):
                self.guessed.append(f"The names of {what} were taken from sheet '{sheet.name}'.")
            else:
                self.left.append(
                    f"{_named(sheet)} ({len(sheet.rows)} rows) was not taken: it gives no codes and names."
                )

    def title(self, kept: Sequence[Listing]) -> str:
        """The exercise's name: a line above the list that says so, else the first there is, else the file's name."""
        above = [said_by([row]) for listing in kept for row in listing.table.above]
        above = [texts for texts in above if texts and (not texts[0].endswith(":") or _LABEL.fullmatch(texts[0]))]
        lines = [text for texts in above for text in texts if not _LABEL.fullmatch(text)]
        lines[:0] = [texts[1] for texts in above if len(texts) > 1 and _LABEL.fullmatch(texts[0])]
        listed_here = {id(listing.table.sheet) for listing in kept}
        cover = [text for sheet in self.book.sheets if id(sheet) not in listed_here for text in said_by(sheet.rows[:6])]
        lines += [
            text for text in cover if re.match(r"(?i)(exercise|operation|ttx|exercice|ejercicio|latihan)\s+\w", text)
        ]
        lines = [text for text in lines if 3 < len(text) <= 150 and not _MARKING.search(text) and not _of_a_day(text)]
        named = next((text for text in lines if _EXERCISE.search(text)), None)
        title = named or next(iter(lines), "")
        title = re.sub(r"(?i)^\s*(exercise name|exercise title|exercise|name|title)\s*:\s*", "", title)
        title = re.sub(r"(?i)\s*[-–—:|(,]*\s*\b(msel|mel|master scenario events? list|inject list)\b\)?\s*$", "", title)
        if re.search(
            r"[^\W\d_]{3}",
            re.sub(
                r"(?i)\b(msel|mel|mil|master|scenario|main|events?|incidents?|list|injects?|cards?|forms?)\b", "", title
            ),
        ):
            title = title.strip(" -–:|")
            self.guessed.append(f"The title '{title}' was taken from a line above the list or on another sheet.")
            return title
        stem = re.sub(r"[_\s]+", " ", PurePath(self.name).stem).strip()
        self.guessed.append("The title was made of the file's name.")
        return stem[:150] or "Imported scenario"

    def above(self, kept: Sequence[Listing]) -> None:
        for listing in kept:
            headings = {item.row for item in listing.items if isinstance(item, Section)}
            rows: Sequence[Row] = [row for row in listing.table.above if row.number not in headings]
            if rows:
                says = listed((f"'{text[:60]}'" for text in said_by(rows)), most=5)
                one, other = rows[0].number, rows[-1].number
                stands = (
                    f"row {one}: stands above the list and says"
                    if one == other
                    else (f"rows {one}-{other}: stand above the list and say")
                )
                self.left.append(f"{_named(listing.table.sheet)}, {stands} {says}.")

    def heads(self, listing: Listing) -> None:
        again = [number for number in listing.table.heads if number > listing.table.heads[0] + 1]
        if again:
            says = "repeat" if len(again) > 1 else "repeats"
            self.left.append(f"{_named(listing.table.sheet)}, row {listed(again)}: {says} the header.")

    def same(self, listing: Listing) -> None:
        if places := sorted(once(listing.table)):
            headers = [listing.table.layout.columns[place].header for place in places]
            self.guessed.append(
                f"{_named(listing.table.sheet)}: column {_quoted(headers)} is filled only where it changes; rows below "
                "took what stands above."
            )
        if rows := listing.table.same:
            self.guessed.append(
                f"{_named(listing.table.sheet)}, row {listed(rows, most=20)}: marks for what stands above (ditto, "
                "idem) were filled in with it."
            )

    def marked(self, listing: Listing) -> None:
        """Says what the sheet marks beside its values: rows hidden, comments where no inject is, formulas."""
        sheet, marks = listing.table.sheet, listing.table.sheet.marks
        taken = {number for entry in listing.entries for number in (entry.row, *entry.more)}
        if hidden := sorted(marks.hidden & taken):
            self.guessed.append(
                f"{_named(sheet)}, row {listed(hidden, most=20)}: hidden there, as by a filter, and taken all the same."
            )
        for (number, _), text in sorted(marks.comments.items()):
            if number not in taken:
                self.left.append(f"{_named(sheet)}, row {number}: a comment says '{' '.join(text.split())[:200]}'.")
        if marks.uncounted:
            self.left.append(
                f"{_named(sheet)}, cell {listed(marks.uncounted)}: a formula without a stored result; open the file "
                "in a spreadsheet program, save it, and import it again. Formulas are never worked out here."
            )

    def columns(self, kept: Sequence[Listing]) -> tuple[tuple[Column, ...], dict[str, str]]:
        """The columns of all lists, each header once, and what they became; the rest is said to be left out."""
        shown: dict[str, Column] = {}
        for listing in kept:
            for column in _shown(listing.table.layout.columns):
                known = shown.get(column.header)
                if known is None or (not known.samples and column.samples):
                    shown[column.header] = column
        mapping = {column.header: column.field for column in shown.values() if column.field is not None}
        unknown = [column.header for column in shown.values() if column.field == "notes" and column.why == "unknown"]
        if unknown:
            self.guessed.append(
                f"The column{'s' if len(unknown) > 1 else ''} {_quoted(unknown)} {'are' if len(unknown) > 1 else 'is'} "
                "not known; what stands there was put into the notes, under the column's name."
            )
        text = [column.header for column in shown.values() if column.field == "text"]
        rivals = [
            one.header for one in shown.values() if one.why == "name" and one.field == "notes" and _tells(one.header)
        ]
        if text and rivals:
            self.guessed.append(
                f"More than one column could be what participants read: {_quoted(text)} was taken, and "
                f"{_quoted(rivals)} {'stand' if len(rivals) > 1 else 'stands'} in the notes."
            )
        told = [column for column in shown.values() if column.why == "content" and column.field]
        for column in told:
            self.guessed.append(
                f"The column '{column.header}' was taken for {FIELDS[str(column.field)]} by what it holds."
            )
        ignored = [column.header for column in shown.values() if column.field is None and column.why == "person"]
        if ignored:
            self.left.append(f"As you said, column {_quoted(ignored)} was left out.")
        empty = [column.header for column in shown.values() if column.field is None and column.why != "person"]
        if empty:
            self.left.append(f"Column {_quoted(empty)} holds nothing.")
        return tuple(shown.values()), mapping


def _of_a_day(line: str) -> bool:
    """Whether a line names a day and not the exercise."""
    return daynames.named(plain(line)) is not None or (
        daynames.within(plain(line)) is not None and _EXERCISE.search(line) is None
    )


_LABEL = re.compile(r"(?i)\s*(name of (the )?exercise|exercise( name| title)?|title|name)\s*:?\s*")
"""What stands in a cell of its own before the exercise's name."""
_EXERCISE = re.compile(
    r"(?i)\b(exercise|ex|ttx|tabletop|planspiel|operation|exercice|ejercicio|latihan|exerc[ií]cio|esercitazione"
    r"|[uü]bung|simulacro|tatbikat"
    r"|tatbikatı|diễn tập)\b|учени[еяй]|тренировк|تمرين|演习|演習|演練|推演|훈련|การฝึก"
)
_MARKING = re.compile(
    r"(?i)exercise exercise|unclassified|classified|fouo|for official|tlp:|confidential|restricted|page \d|version"
    r"|draft|prepared|updated|as of|^date|^time|^instructions?|^note|^poc\b|point of contact|^location|^sheet"
    r"|^key\b|^legend|утвержда|согласован|_{3}|^approved|^aprob|^aprov|^approuv|^visa\b|^\[?logo"
)


def _shown(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns a person should see: all that have a header of their own or hold anything."""
    return tuple(one for one in columns if one.samples or not re.fullmatch(r"Column [A-Z]+", one.header))


def _tells(header: str) -> bool:
    """Whether a column's header calls it what participants read."""
    named = field_named(header)
    return named is not None and named[0] == "text" and named[1] >= 0.8


def _quoted(headers: Sequence[str]) -> str:
    return listed((f"'{header}'" for header in headers), most=15)


def _named(sheet: Sheet) -> str:
    return f"Sheet '{sheet.name}'" if sheet.name else "The table"


def _peer(kept: Sequence[Listing]) -> str | None:
    headers = {normal(header) for listing in kept for header in listing.table.headers}
    if len(headers & _T3SF) >= 7:
        return "T3SF MSEL"
    if len(headers & _BLUEPRINT) >= 4:
        return "Blueprint MSEL workbook"
    return "OpenAEV injects workbook" if sum(bool(_OPENAEV.search(header)) for header in headers) >= 2 else None


def layout_digest(headers: Sequence[str]) -> str:
    """By what a layout is known again: its headers, however they are spelt and whatever columns are empty."""
    words = "\n".join(name for header in headers if (name := normal(header)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
