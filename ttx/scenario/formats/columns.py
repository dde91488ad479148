"""Which column of a table is what: by its header where that is known, and by what stands in it.

A header is only a claim: `Event` may head numbers or stories, `Time` minutes or clock times. What stands below
decides where the two disagree.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ttx.scenario.formats.entries import channel_of, kind_of
from ttx.scenario.formats.sheets import Row
from ttx.scenario.formats.tasks import is_asked, is_told
from ttx.scenario.formats.times import Cell, counted, length, moment, month_first, only_midnights
from ttx.scenario.formats.understood import Column
from ttx.scenario.formats.words import FIELDS, PAIRS, empty, field_named, normal

SINGLE = ("id", "at", "until", "scenario_time", "day", "session", "minutes", "kind", "channel", "sender", "title",
          "text", "storyline", "options")  # fmt: skip
"""Fields that one column only can be."""
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in a column: how many cells are filled, and which share of those looks like what.

    `dated` are those that say a day, `dates` those that say nothing else; `midnights` that every time is 00:00, as
    programs write dates that have none; `asked` are questions, and `told` what somebody is to do, or questions.
    """

    filled: int
    rows: int
    times: float
    clocks: float
    lengths: float
    ids: float
    channels: float
    kinds: float
    asked: float
    told: float
    long: float
    average: float
    distinct: float
    dated: float
    dates: float
    month_first: bool
    counted: bool
    midnights: bool

    @property
    def share(self) -> float:
        """The share of rows that have something here."""
        return self.filled / max(1, self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, by their place, and how the times in a column are written."""

    columns: tuple[Column, ...]
    looks: tuple[Look, ...]

    def places(self, field: str) -> tuple[int, ...]:
        """The columns that are this field."""
        return tuple(place for place, column in enumerate(self.columns) if column.field == field)

    def place(self, field: str) -> int | None:
        """The column that is this field, None if none is."""
        return next(iter(self.places(field)), None)


def filled(cell: Cell) -> bool:
    """Whether a cell holds anything; a dash, n/a, TBD and a box that is not ticked hold nothing."""
    return cell is not None and cell is not False and not (isinstance(cell, str) and empty(cell))


def shown(cell: Cell) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell).strip()


def layout(headers: Sequence[str], rows: Sequence[Row], corrections: Mapping[str, str]) -> Layout:
    """What each column is. `corrections` say so by header for those a person has decided."""
    width = max([len(headers), *(len(row.cells) for row in rows[:_SAMPLE])])
    headers = _told_apart([*headers, *[""] * (width - len(headers))])
    looks = tuple(_look([row.cell(place) for row in rows[:_SAMPLE]]) for place in range(width))
    decided = {normal(header): field for header, field in corrections.items()}
    columns: list[Column] = []
    claims: list[float] = []
    for place, header in enumerate(headers):
        samples = _samples(rows, place)
        if (field := decided.get(normal(header))) is not None and field in FIELDS:
            columns.append(Column(header, None if field == "ignore" else field, "person", samples))
            claims.append(9.0)
            continue
        named = field_named(header)
        columns.append(Column(header, named[0] if named else None, "name" if named else "unknown", samples))
        claims.append(named[1] if named else 0.0)
    _by_content(columns, looks)
    _settle(columns, looks, claims)
    _complete(columns, looks)
    pairs = [one.field in ("sender", "to") and normal(one.header) in PAIRS for one in columns]
    return Layout(
        tuple(replace(one, field="both") if pair else one for one, pair in zip(columns, pairs, strict=True)), looks
    )


def _told_apart(headers: Sequence[str]) -> list[str]:
    """Headers, an empty one named by its place, and each but the first of several alike numbered."""
    told: list[str] = []
    alike: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = " ".join(header.split()) or f"Column {letters(place)}"
        alike[name] = alike.get(name, 0) + 1
        told.append(f"{name} ({alike[name]})" if alike[name] > 1 else name)
    return told


def letters(place: int) -> str:
    """A column's name in a spreadsheet, by its place from 0."""
    name, place = "", place + 1
    while place:
        place, left = divmod(place - 1, 26)
        name = chr(65 + left) + name
    return name


def _samples(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    found = []
    for row in rows[:_SAMPLE]:
        if filled(cell := row.cell(place)):
            found.append(shown(cell)[:80])
            if len(found) == 3:
                break
    return tuple(found)


_EITHER = frozenset(
    ("event", "events", "inject", "injects", "msel event", "main event", "key event", "scenario inject", "event inject",
     "incident", "message", "evento", "inyecto", "evenement", "kejadian")
)  # fmt: skip
"""Headers that stand over numbers as often as over texts."""
_ID = re.compile(
    r"[A-Za-z]{0,10}[\s._#/:-]*\d{1,5}(?:[\s._/-]?[A-Za-z0-9]{1,4}){0,3}|[A-Z]{1,3}-?[A-Z]?\d*|(?:inject|event|msel|inj|serial)"
    r"[\s#.:-]*(?:[A-Z][\s._-]?)?\d+(?:[._-]\d+)?\w?",
    re.IGNORECASE,
)

_AIM = re.compile(r"(TO|EO|TA?O)\s*-?\d{1,2}(\.\d+)?")
"""A training or exercise objective as NATO numbers them, under a header that elsewhere says who receives."""
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_REAL = re.compile(r"\b(real|actual|local|clock)\b")
_ZULU = re.compile(r"\b(gmt|utc|zulu|z)\b")
_LOCAL = re.compile(r"\b(local|locale|lt|l)\b")
"""Of a clock far away and the one on the wall, an exercise goes by the second."""
_STORY = re.compile(r"\b(scenario|exercise|ex|story|game)\b")

_MESSAGE = re.compile(
    r"\b(messages?|text|wording|script|wortlaut|einspielung|nachricht|texte?|mensaje|mensagem|messaggio|texto|testo|pesan"
    r"|проведение|сообщение|رسالة|الرسالة)\b"
)
_ABOUT = re.compile(r"\b(descri\w+|beschreibung|deskripsi|uraian|background|details?|summary)\b")


def _look(cells: Sequence[Cell]) -> Look:
    held = [cell for cell in cells if filled(cell)]
    number = max(1, len(held))
    texts = [shown(cell) for cell in held]
    first, bare, midnights = month_first(held), counted(held), only_midnights(held)
    moments = [moment(cell, month_first=first, counted=bare, midnights=midnights) for cell in held]
    days = [one for one in moments if one is not None and (one.on is not None or one.day is not None)]
    return Look(
        len(held),
        len(cells),
        sum(one is not None for one in moments) / number,
        sum(one is not None and one.minute is not None and not _plain_number(cell)
            for one, cell in zip(moments, held, strict=True)) / number,
        sum(isinstance(cell, str) and not cell.isdigit() and length(cell) is not None for cell in held) / number,
        sum(len(text) < 16 and _ID.fullmatch(text) is not None for text in texts) / number,
        sum(channel_of(text) is not None for text in texts if len(text) < 40) / number,
        sum(kind_of(text) is not None for text in texts if len(text) < 40) / number,
        sum(map(is_asked, texts)) / number,
        sum(map(is_told, texts)) / number,
        sum(_size(text) > 40 for text in texts) / number,
        sum(map(_size, texts)) / number,
        len(set(texts)) / number,
        len(days) / number,
        sum(one.minute is None for one in days) / number,
        first,
        bare,
        midnights,
    )  # fmt: skip


def _size(text: str) -> int:
    """A text's length in letters; a sign that stands for a syllable or a word counts as two and a half."""
    return len(text) + len(_DENSE.findall(text)) * 3 // 2


def _plain_number(cell: Cell) -> bool:
    if isinstance(cell, str):  # minutes are often kept as text
        return len(cell) < 3 and cell.isdecimal()
    return isinstance(cell, int | float) and not isinstance(cell, bool) and cell == int(cell) and cell < 25


def _by_content(columns: list[Column], looks: Sequence[Look]) -> None:
    """Where what stands in a column belies its header, the column becomes what stands in it."""
    for place, (column, look) in enumerate(zip(columns, looks, strict=True)):
        if column.why == "person" or not look.filled:
            continue
        if look.rows == 1 and column.why == "name" and column.field not in ("id", "text", "title"):
            continue  # one cell does not belie a header
        if column.field == "to" and all(map(_AIM.fullmatch, column.samples)):
            columns[place] = replace(column, field="objectives", why="content")
            continue
        if column.field == "next" and not any(any(map(str.isdigit, text)) for text in column.samples):
            columns[place] = replace(column, field="notes", why="content")
            continue
        field = _belied(column.field, look, {one.field for one in columns}, normal(column.header))
        if field != column.field:
            columns[place] = replace(column, field=field, why="content" if field else "unknown")


def _belied(field: str | None, look: Look, others: set[str | None], header: str) -> str | None:
    match field:
        case "id" if look.average > 25 or look.long > 0.5:
            return "text"
        case "id" if look.clocks > 0.8 and look.ids < 0.5 and "at" not in others:
            return "at"
        case "text" | "title" if look.ids > 0.65 and look.average < 14 and header in _EITHER:
            return "id"
        case "text" | "title" if look.ids > 0.65 and look.average < 7 and "id" not in others:
            return "id"
        case "text" | "title" if look.clocks > 0.8:
            return "at"
        case "at" if look.times < 0.3 and look.lengths > 0.6:
            return "minutes"
        case "at" | "scenario_time" if look.times < 0.2:
            return "text" if look.long > 0.6 and not others & {"text", "title"} else "notes"
        case "until" if look.times < 0.5:
            return "notes"
        case "until" if "at" not in others:
            return "at"
        case "day" if look.clocks > 0.6:
            return "scenario_time" if "at" in others else "at"
        case "channel" if look.channels < 0.3 and look.average > 40:
            return "text" if "text" not in others else "notes"
        case "kind" if look.channels > 0.6 and look.kinds < look.channels and "channel" not in others:
            return "channel"
        case "kind" if look.long > 0.5:
            return "text" if "text" not in others else "notes"
        case "title" if look.distinct < 0.3 and look.filled >= 6 and "text" in others and "storyline" not in others:
            return "storyline"
        case "title" if look.average > 120 and "text" not in others:
            return "text"
        case "to" if look.asked > 0.5:
            return "questions"
        case "to" if look.told > 0.5:
            return "expected"
        case "expected" if look.asked > 0.5:
            return "questions"
        case "sender" | "to" if look.average > 120:
            return "notes"
        case "sender" if look.channels > 0.6 and "channel" not in others and "by" in header.split():
            return "channel"
        case "to" if look.ids > 0.8 and look.distinct > 0.9 and look.average < 5 and "id" not in others:
            return "id"
        case "text" if look.distinct < 0.3 and look.filled >= 6 and look.average < 40:
            return "storyline"
        case "minutes" if look.clocks > 0.8 and look.lengths < 0.3:
            return "notes" if "at" in others else "at"
    return field


def _settle(columns: list[Column], looks: Sequence[Look], claims: Sequence[float]) -> None:
    """Lets one column be each field that only one can be; the others become what they can."""
    _two_clocks(columns)
    for field in SINGLE:
        rivals = [place for place, column in enumerate(columns) if column.field == field]
        if len(rivals) < 2:
            continue
        best = max(
            rivals, key=lambda place: _fitness(field, columns[place].header, looks[place], claims[place], -place)
        )
        if field == "text" and columns[best].why != "person" and normal(columns[best].header) in _EITHER:
            # `Inject` often heads a few words beside a column of details that tells it.
            longest = max(rivals, key=lambda place: looks[place].average)
            if _place(columns, "title") is None and looks[longest].average > 1.3 * looks[best].average:
                best = longest
        for place in rivals:
            if place != best:
                other = "notes"
                if field == "text" and looks[place].average < min(90, looks[best].average):
                    other = "title" if not any(one.field == "title" for one in columns) else "notes"
                elif field == "id" and looks[place].distinct < 0.6 and _place(columns, "storyline") is None:
                    other = "storyline"
                elif field == "at" and "scenario" in normal(columns[place].header):
                    other = "scenario_time"
                columns[place] = replace(columns[place], field=other)


def _two_clocks(columns: list[Column]) -> None:
    """Beside a column of real time, one of exercise time tells the story's (Australian master schedules have both).

    Of Zulu and local time, the local one is planned by.
    """
    headers = [normal(column.header) for column in columns]
    if any(column.field == "at" and _LOCAL.search(header) for column, header in zip(columns, headers, strict=True)):
        for place, column in enumerate(columns):
            if column.field == "at" and column.why != "person" and _ZULU.search(headers[place]):
                columns[place] = replace(column, field="notes")
    clocks = [place for place, column in enumerate(columns) if column.field == "at" and column.why == "name"]
    if any(_REAL.search(normal(columns[place].header)) for place in clocks):
        for place in clocks:
            header = normal(columns[place].header)
            if _STORY.search(header) and not _REAL.search(header):
                columns[place] = replace(columns[place], field="scenario_time")


def _fitness(field: str, header: str, look: Look, claim: float, order: int) -> tuple[float, ...]:
    fits = {
        "id": look.ids * look.share * look.distinct,
        "at": look.times * look.share,
        "until": look.times * look.share,
        "scenario_time": look.times * look.share,
        "day": look.times * look.share,
        "text": min(look.average, 400) / 400 * look.share,
        "title": look.share,
        "kind": look.kinds * look.share,
        "channel": look.channels * look.share,
    }.get(field, look.share)
    # Beside the number of a row, an event or an incident, that of the inject is its own.
    own = 0.06 if field == "id" and "inject" in normal(header) else 0.0
    # Beside a description of what happens, the message that players get is what they read, however short.
    if field == "text" and look.long > 0.5 and _MESSAGE.search(normal(header)):
        own = 0.0 if _ABOUT.search(normal(header)) else 1.0
    return (claim > 5, round(fits, 1) + claim + own, order)


def _complete(columns: list[Column], looks: Sequence[Look]) -> None:
    """Finds by content what no header names, and lets the story's time serve where none else is planned."""
    at, story = (_place(columns, field) for field in ("at", "scenario_time"))
    if story is not None and (at is None or looks[at].share < 0.4 <= looks[story].share):
        if at is not None:
            columns[at] = replace(columns[at], field="notes")
        columns[story] = replace(columns[story], field="at")
    unknown = [place for place, column in enumerate(columns) if column.why == "unknown" and looks[place].filled]
    if _place(columns, "day") is None and (at is None or looks[at].dated < 0.2):
        for place in [place for place in unknown if looks[place].dates > 0.8][:1]:
            columns[place] = replace(columns[place], field="day", why="content")
            unknown.remove(place)
    tests: tuple[tuple[str, Callable[[Look], bool]], ...] = (
        ("at", lambda look: look.clocks > 0.6),
        ("id", lambda look: look.ids > 0.8 and look.distinct > 0.9 and look.share > 0.5),
        ("text", lambda look: look.long > 0.5),
        ("channel", lambda look: look.channels > 0.7),
        ("kind", lambda look: look.kinds > 0.7),
        ("title", lambda look: 12 < look.average <= 90 and look.distinct > 0.7 and look.share > 0.6),
    )
    for field, fits in tests:
        if _place(columns, field) is None and (field != "title" or _place(columns, "text") is not None):
            found = [place for place in unknown if fits(looks[place])]
            if found:
                place = max(found, key=lambda one: looks[one].average) if field == "text" else found[0]
                if field == "at" and _ZULU.search(normal(columns[place].header)):
                    place = next((one for one in found if _LOCAL.search(normal(columns[one].header))), place)
                columns[place] = replace(columns[place], field=field, why="content")
                unknown.remove(place)
    _longer(columns, looks)
    if _place(columns, "text") is None and (title := _place(columns, "title")) is not None:
        columns[title] = replace(columns[title], field="text")
    if _place(columns, "text") is None:
        long = [place for place, column in enumerate(columns) if column.field == "notes" and looks[place].long > 0.5]
        long = [place for place in long if columns[place].why != "person"]
        if long:
            place = max(long, key=lambda one: looks[one].average)
            columns[place] = replace(columns[place], field="text", why="content")
    for place, column in enumerate(columns):
        if column.field is None and column.why == "unknown" and looks[place].filled:
            columns[place] = replace(column, field="notes")


def _longer(columns: list[Column], looks: Sequence[Look]) -> None:
    """Of a column that is known as the text and one that was taken for the title by what it holds, the text is the one
    that says more: `Ereignis` often heads two words beside a description of two lines."""
    text, title = (_place(columns, field) for field in ("text", "title"))
    if text is None or title is None or columns[title].why != "content" or columns[text].why == "person":
        return
    if looks[title].average > 1.3 * looks[text].average:
        columns[text] = replace(columns[text], field="title")
        columns[title] = replace(columns[title], field="text")


def _place(columns: Sequence[Column], field: str) -> int | None:
    return next((place for place, column in enumerate(columns) if column.field == field), None)
