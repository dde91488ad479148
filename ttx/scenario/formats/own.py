"""Reading our own MSEL back, exactly as it was written or as a person has changed it since.

How fields are spelt in cells is `cells`, how the workbook looks `ttx.output.msel`.
"""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats import seating
from ttx.scenario.formats.cells import (
    FIELDS,
    JSON,
    LISTS,
    MARK,
    PICTURE,
    Field,
    meant,
    read_number,
    read_speakers,
    read_time,
    unguarded,
)
from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.mended import mended
from ttx.scenario.formats.sheets import Book, Row, Sheet
from ttx.scenario.formats.times import Cell
from ttx.scenario.formats.understood import Column, Understood
from ttx.scenario.formats.words import field_named

FORMAT = "our own MSEL"

Data = dict[str, Any]


def understood(name: str, book: Book) -> Understood | None:
    """The scenario in a book that we wrote, None if we did not write it."""
    found = _workbook(book) if book.kind != "csv" else _csv(book)
    if found is None:
        return None
    reading = _Reading()
    head_rows, agenda_rows, list_rows, injects = found
    data = reading.head(head_rows)
    for row in list_rows:
        key, ident, title, about = (*map(_text, row.cells), "", "", "", "")[:4]
        if key and ident and title:
            data.setdefault(key, {})[ident] = {"name": title, **({"about": about} if about else {})}
    more = data.pop("days", {})
    days = reading.days(agenda_rows) if agenda_rows else [{"sessions": [], "injects": []} for _ in more]
    _merge(days, more, "sessions")
    for key in ("objectives", "capabilities", "groups"):
        data.setdefault(key, {})
    count = reading.injects(injects, days)
    # Fields by pointer count injects as they were written: the rows must stand so for them to be put in place.
    _merge(days, more, "injects")
    data["days"] = days
    reading.guessed += mended(data, _digest(book))
    pictures = _pictures(head_rows)
    seats = next((sheet.rows[1:] for sheet in book.sheets if sheet.name == seating.SHEET), ())
    roster = seating.read(((row.number, tuple(map(shown, row.cells))) for row in seats), reading.left)
    pictured = [
        one["picture"].get("file") for day in days for one in day["injects"] if isinstance(one.get("picture"), dict)
    ]
    if missing := [file for file in dict.fromkeys(pictured) if file not in pictures]:
        reading.left.append(f"The table holds no picture {listed(missing)}; put it into the folder 'pictures'.")
    return Understood(
        FORMAT,
        count,
        count,
        reading.mapping,
        tuple(reading.guessed),
        tuple(reading.left),
        None,
        data,
        tuple(Column(header, field, "name") for header, field in reading.mapping.items()),
        pictures=pictures,
        roster=roster,
    )


def _digest(book: Book) -> str:
    """The digest that the file was written with: beside the mark."""
    marked = (row for sheet in book.sheets for row in sheet.rows[:5])
    return next((_text(row.cell(3)) for row in marked if MARK in (_text(row.cell(0)), _text(row.cell(1)))), "")


def _pictures(rows: Sequence[Row]) -> dict[str, bytes]:
    """The pictures that stand among the fields, in Base64."""
    found = {}
    for row in rows:
        if (name := _text(row.cell(0))).startswith(PICTURE):
            with suppress(ValueError):
                found[name.removeprefix(PICTURE)] = b64decode(_joined(row, range(1, len(row.cells))), validate=True)
    return found


_Parts = tuple[Sequence[Row], Sequence[Row], Sequence[Row], Sequence[Row]]


def _workbook(book: Book) -> _Parts | None:
    sheets = {sheet.name: sheet for sheet in book.sheets}
    scenario, msel = sheets.get("Scenario"), sheets.get("MSEL")
    if scenario is None or msel is None or not any(_text(row.cell(1)) == MARK for row in scenario.rows[:5]):
        return None
    start = _header(msel)
    if start is None:
        return None
    empty = Sheet("", ())
    return (
        [row for row in scenario.rows if _text(row.cell(0)).startswith(("/", JSON))],
        sheets.get("Agenda", empty).rows,
        [row for row in sheets.get("Lists", empty).rows if _text(row.cell(0)) in LISTS],
        msel.rows[start:],
    )


def _csv(book: Book) -> _Parts | None:
    (sheet,) = book.sheets
    if not any(_text(row.cell(0)) == MARK for row in sheet.rows[:3]):
        return None
    start = _header(sheet)
    if start is None:
        return None
    rows = [Row(row.number, tuple(unguarded(one) for one in row.cells)) for row in sheet.rows]
    fields = [row for row in rows[:start] if _text(row.cell(0)).startswith(("/", JSON))]
    return fields, (), (), rows[start:]


def _header(sheet: Sheet) -> int | None:
    for place, row in enumerate(sheet.rows):
        if _text(row.cell(0)) == FIELDS[0].header and _text(row.cell(1)) == FIELDS[1].header:
            return place
    return None


def _text(value: Cell) -> str:
    if isinstance(value, str):
        try:
            return str(meant(value, str))
        except ValueError:
            return value
    return shown(value)


def _joined(row: Row, places: Iterable[int]) -> str:
    return "".join(value if isinstance(value := row.cell(place), str) else shown(value) for place in places)


def _merge(days: list[Data], more: Mapping[str, Data], what: str) -> None:
    """Puts fields that stand by pointer, /days/0/sessions/1/title, where they belong; a missing session is made."""
    for number, day in enumerate(days):
        said = more.get(str(number), {})
        day.update({key: value for key, value in said.items() if key not in ("sessions", "injects")})
        for place, fields in said.get(what, {}).items():
            items = day[what]
            while what == "sessions" and place.isdigit() and len(items) <= int(place) < 500:
                items.append({})
            if place.isdigit() and int(place) < len(items):
                items[int(place)].update(fields)


class _Reading:
    """One reading of our own table; what a person has changed so that it cannot be read is told."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self.guessed: list[str] = []
        self.mapping: dict[str, str] = {}

    def head(self, rows: Sequence[Row]) -> Data:
        data: Data = {}
        for row in rows:
            pointer = _text(row.cell(0))
            if pointer.startswith(PICTURE):
                continue
            text = _joined(row, range(1, len(row.cells)))
            try:
                value = meant(text, str)
            except ValueError:
                self.left.append(f"Field '{pointer}', row {row.number}: its value cannot be read.")
                continue
            keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
            below = data
            for key in keys[:-1]:
                below = below.setdefault(key, {})
                if not isinstance(below, dict):
                    below = {}
            below[keys[-1]] = value
        return data

    def days(self, rows: Sequence[Row]) -> list[Data]:
        days: list[Data] = []
        for row in rows:
            texts = (*map(_text, row.cells[:9]), *[""] * 9)[:9]
            day, title, theme, lead, ident, session, start, minutes, kind = texts
            if day.isdigit():
                days.append(
                    {"day": int(day), "title": title, "theme": theme, "lead": lead, "sessions": [], "injects": []}
                )
            if not days or not ident or not session:
                continue
            try:
                entry: Data = {
                    "id": ident,
                    "title": session,
                    "start": read_time(start),
                    "minutes": read_number(minutes),
                }
                if said := shown(row.cell(9)):
                    entry["speakers"] = meant(said, read_speakers)
            except ValueError as error:
                self.left.append(f"Sheet 'Agenda', row {row.number}: {error}; the session was left out.")
                continue
            days[-1]["sessions"].append(entry if kind in ("", "session") else {**entry, "kind": kind})
        return days

    def injects(self, rows: Sequence[Row], days: list[Data]) -> int:
        headers = [_text(value) for value in rows[0].cells]
        places = {
            field: [place for place, text in enumerate(headers) if re.sub(r" \(\d+\)$", "", text) == field.header]
            for field in FIELDS
        }
        strange = self.strange(headers, places)
        by_number = {day["day"]: day for day in days}
        here = days[0] if days else None
        count = 0
        for row in rows[1:]:
            if sum(map(filled, row.cells)) < 2:
                if heading := re.match(r"Day (\d+):", _text(row.cell(0))):
                    here = by_number.get(int(heading[1])) or here
                continue
            inject: Data = {}
            for field, where in places.items():
                text = _joined(row, where)
                if not text:
                    continue
                try:
                    inject[field.name] = meant(text, field.read)
                except ValueError as error:
                    self.left.append(f"Row {row.number}, column '{field.header}': {error}.")
            here = by_number.get(inject.pop("day", None)) or here
            if here is None:
                continue
            for place, header in strange.items():
                if said := _text(row.cell(place)):
                    inject["notes"] = f"{inject.get('notes', '')}\n\n**{header}:** {said}".strip()
            if inject.get("to") == {"all": True}:
                inject["to"] = "all"
            here["injects"].append(inject)
            count += 1
        return count

    def strange(self, headers: Sequence[str], places: dict[Field, list[int]]) -> dict[int, str]:
        """Columns that a person added, by place. One that says the name of ours which is gone is taken for that."""
        known = {place for where in places.values() for place in where}
        added = {place: text for place, text in enumerate(headers) if text and place not in known}
        for place, text in list(added.items()):
            claim = field_named(text)
            for field, where in places.items():
                if claim is not None and claim[0] == field.name and not where:
                    where.append(place)
                    self.guessed.append(f"The column '{added.pop(place)}' was taken for '{field.header}'.")
                    break
        self.mapping = {headers[where[0]]: field.name for field, where in places.items() if where}
        self.mapping |= dict.fromkeys(added.values(), "notes")
        if added:
            self.guessed.append(
                f"The columns {listed(added.values())} are none of ours; what stands there was put into the notes."
            )
        return added
