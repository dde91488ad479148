"""On which day of the exercise each row of a list falls, and at which minute.

Days are said by a column, a heading, a sheet's name or a date; where nothing says so, a time that goes back by
night does not begin a new day, and one that goes back to the morning does. What stands on the agenda is `agenda`.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ttx.scenario.findings import listed
from ttx.scenario.formats.choice import Listing
from ttx.scenario.formats.rows import Entry, Left, Section
from ttx.scenario.formats.tables import said_by
from ttx.scenario.formats.times import DAY, Moment, day_named, length, moment
from ttx.scenario.formats.words import plain

START = 540
"""Minute at which a day begins where nothing says so: 09:00."""
_NIGHT = 480
"""Minutes without an inject after which a new day has begun."""
_DAYS = 60

_SAID = re.compile(r"\b(?:DAY|JOUR|DIA|HARI|TAG|D|J)\s*-?\s*(\d{1,2})\b")


@dataclass(slots=True)
class Planned:
    """An entry or a heading with its minute, which counts on past midnight, and the session that is said for it.

    `minute` is None for a heading without a time. `made` says that nobody gave this time.
    """

    item: Entry | Section
    order: int
    day: object = None
    minute: int | None = None
    session: str = ""
    made: bool = False


@dataclass(slots=True)
class Calendar:
    """The days, each with its rows in planned order, and what was made up for them."""

    days: list[list[Planned]]
    titles: list[str]
    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def calendar(listings: Sequence[Listing]) -> Calendar:
    """The rows of these listings on days. Rows that are not taken are told in `left`."""
    found = Calendar([], [])
    rows: list[Planned] = []
    titles: dict[object, str] = {}
    for listing in listings:
        rows += _read(listing, found, titles, len(rows))
    _afternoons(rows, found)
    _from_dates(rows, found, titles)
    _from_start(rows, found)
    _from_times(rows, found)
    keys = _ordered({row.day: None for row in rows if isinstance(row.item, Entry)})
    rows = [row for row in rows if row.day in keys]
    for number, key in enumerate(keys, 1):
        own = [row for row in rows if row.day == key]
        _fill(own, found)
        found.days.append(_in_order(own, found))
        title = titles.get(key, "")
        found.titles.append(title if title and not re.fullmatch(r"DAY \d+", plain(title)) else f"Day {number}")
    return found


def _read(listing: Listing, found: Calendar, titles: dict[object, str], order: int) -> list[Planned]:
    """A listing's rows with the day that a column, a heading or the sheet's name says."""
    name = listing.table.sheet.name
    number = day_named(name)
    on_sheet = moment(name)
    here: object = number or (on_sheet.on if on_sheet else None)
    if here is not None:
        titles.setdefault(here, re.sub(r"\s+", " ", re.sub(r"(?i)\bmsel\b", "", name)).strip(" -_:") or name)
    session = name if re.match(r"(MODULE|SESSION|PHASE|MOVE|PART|SESI|VIGNETTE)\b", plain(name)) else ""
    session = session or _heading_above(listing)
    rows: list[Planned] = []
    alike: dict[tuple[str, str, str], list[int]] = {}
    for item in listing.items:
        if isinstance(item, Left):
            alike.setdefault((item.sheet, item.why, item.says), []).append(item.row)
            continue
        if isinstance(item, Section):
            if item.heading == "day":
                said: object = _first(_said(item.day), day_named(item.title))
                if said is not None:
                    here, session = said, ""
                    titles.setdefault(said, item.title)
                else:
                    session = item.title
            elif item.heading == "session":
                session = item.title
            elif item.day is not None and item.day.weekday is None and _said(item.day) is not None and number is None:
                here = _said(item.day)
            rows.append(Planned(item, order + len(rows), here, _minute(item.at), session))
            continue
        day = _first(_said(item.day), _said(item.at), here)
        if number is not None and isinstance(day, date):
            day = number
        elif isinstance(day, date) or (isinstance(day, int) and _said(item.day) is not None):
            here = day
        at = item.at
        rows.append(Planned(item, order + len(rows), day, _minute(at), item.text("session") or session))
    for (sheet, why, says), numbers in alike.items():
        at_rows = where(sheet, numbers[0])
        if len(numbers) > 1:
            at_rows = f"{at_rows} and {len(numbers) - 1} more up to {numbers[-1]}"
        found.left.append(f"{at_rows}: {why}: '{says}'.")
    return rows


def _heading_above(listing: Listing) -> str:
    """The line above the header, where the list's own headings begin with the same word: `EVENT 1`, `EVENT 2`."""
    headings = [item.title for item in listing.items if isinstance(item, Section) and item.heading == "session"]
    texts = said_by(listing.table.above[-1:])
    if len(texts) == 1 and any(plain(title).split()[:1] == plain(texts[0]).split()[:1] for title in headings):
        return texts[0]
    return ""


def where(sheet: str, row: int) -> str:
    """A row's place, in words."""
    return f"Sheet '{sheet}', row {row}" if sheet else f"Row {row}"


def _said(when: Moment | None) -> object:
    """The day that a cell says, by number, date or weekday."""
    if when is None:
        return None
    if when.day is not None:
        return when.day
    return when.on if when.on is not None else (None if when.weekday is None else f"weekday {when.weekday}")


def _first(*days: object) -> object:
    """The first that is known; the day before the first one is number 0."""
    return next((day for day in days if day is not None), None)


def _minute(when: Moment | None) -> int | None:
    return None if when is None or when.offset else when.minute


def _ordered(keys: Iterable[object]) -> list[object]:
    """Days in their order: by number or date where all are of one sort, else as they come."""
    every = list(keys)
    known = [key for key in every if key is not None]
    if (known and all(isinstance(key, int) for key in known)) or (
        known and all(isinstance(key, date) for key in known)
    ):
        ordered: list[object] = sorted(known)  # type: ignore[type-var]
        return [*([None] if None in every else []), *ordered]
    return every


def _afternoons(rows: Sequence[Planned], found: Calendar) -> None:
    """Of hours of the clock's twelve, those that go back after the morning are the afternoon's: 11:45, 1:15, 2:30."""
    timed = [row for row in rows if row.minute is not None]
    bare = [row.minute or 0 for row in timed if row.item.at is None or not row.item.at.half]
    if any(minute < 60 or minute >= 780 for minute in bare):
        return
    later: list[Planned] = []
    day, last = None, 0
    for row in timed:
        minute = row.minute or 0
        if row.day != day:
            day, last = row.day, 0
        half = row.item.at is not None and row.item.at.half
        if not half and last >= 540 and minute < min(last, 480) and last <= minute + DAY // 2:
            minute += DAY // 2
            later.append(row)
        if minute < last and not _child(row):
            return
        last = max(last, minute)
    for row in later:
        row.minute = (row.minute or 0) + DAY // 2
    if later:
        numbers = listed((row.item.row for row in later), most=8)
        found.guessed.append(f"Times go back after the morning and were taken for the afternoon's: row {numbers}.")


def _from_dates(rows: list[Planned], found: Calendar, titles: dict[object, str]) -> None:
    """Dates become days; what goes on past midnight stays with its evening, and a story of months is one day."""
    dated = [row for row in rows if isinstance(row.day, date) and isinstance(row.item, Entry)]
    days = sorted({row.day for row in dated if isinstance(row.day, date)})
    if (len(days) > 12 and len(dated) < 2.5 * len(days)) or len(days) > _DAYS:
        for row in rows:
            if isinstance(row.day, date):
                if isinstance(row.item, Entry):
                    row.item.notes.insert(0, ("Scenario time", f"{row.day:%d %B %Y} {_clock(row.minute)}".strip()))
                row.day, row.minute = None, None
        found.guessed.append(
            f"The list runs over {len(days)} dates of the story; all injects were put on one day, a quarter of an hour "
            "apart, with the story's date in their notes."
        )
        return
    for earlier, later in itertools.pairwise(days):
        evening = [row.minute for row in dated if row.day == earlier and row.minute is not None]
        night = sorted(row.minute for row in dated if row.day == later and row.minute is not None)
        if (later - earlier).days != 1 or not evening or not night or min(evening) < 720:
            continue
        past = max(evening) - DAY
        moved = []
        for minute in night:
            if minute - past >= _NIGHT / 2 or minute >= 720:
                break
            moved.append(minute)
            past = minute
        if len(moved) == len(night):
            for row in rows:
                if row.day == later:
                    row.day = earlier
                    row.minute = None if row.minute is None else row.minute + DAY
    for day in days:
        titles.setdefault(day, f"{day:%A} {day.day} {day:%B %Y}" if day.year > 2000 else f"{day.day} {day:%B}")


def _from_start(rows: list[Planned], found: Calendar) -> None:
    """Times counted from the start of the exercise become minutes of a day."""
    counted = [row for row in rows if row.item.at is not None and row.item.at.offset]
    if not counted:
        return
    starts = {
        row.day: row.minute
        for row in rows
        if isinstance(row.item, Section) and row.item.heading == "start" and row.minute is not None
    }
    first = next(iter(starts.values()), START)
    if not starts:
        found.guessed.append(
            "Times are counted from the start of the exercise, and no row says when that is: "
            f"{_clock(START)} was taken."
        )
    for row in counted:
        at = row.item.at
        if at is None or at.minute is None:
            continue
        days, rest = (0, at.minute) if at.day is not None or at.minute < 0 else divmod(at.minute, DAY)
        if days and row.day is None:
            row.day = days + 1
        elif row.day is None and any(
            one.item.at and one.item.at.minute and one.item.at.minute >= DAY for one in counted
        ):
            row.day = 1
        row.minute = max(0, starts.get(row.day, first) + rest)


def _from_times(rows: list[Planned], found: Calendar) -> None:
    """Where nothing says a day: a new one begins where the times go back from afternoon to morning."""
    free = [row for row in rows if row.day is None and row.minute is not None and isinstance(row.item, Entry)]
    if not free or any(row.day is not None for row in rows):
        _carry(rows)
        return
    backs = [
        place
        for place in range(1, len(free))
        if (free[place].minute or 0) < (free[place - 1].minute or 0) and not _child(free[place])
    ]
    mornings = [
        place
        for place in backs
        if (free[place - 1].minute or 0) >= 780
        and (free[place].minute or 0) <= 720
        and (free[place].minute or 0) + DAY - (free[place - 1].minute or 0) >= _NIGHT
    ]
    whole = all(later - earlier >= 2 for earlier, later in zip([0, *mornings], [*mornings, len(free)], strict=True))
    if mornings and mornings == backs and whole and len(mornings) < 10:
        day = 1
        beginnings = {free[place].order for place in mornings}
        for row in rows:
            day += row.order in beginnings
            row.day = day
        numbers = ", ".join(str(free[place].item.row) for place in mornings)
        found.guessed.append(f"No day is said; a new one was begun where the times go back, at row {numbers}.")


def _carry(rows: list[Planned]) -> None:
    """Rows without a day belong to that of the row above, or of the first that has one; before a heading of the
    second day stands the first."""
    known = next((row.day for row in rows if row.day is not None), None)
    headed = next((row.item for row in rows if row.day is not None), None)
    if known == 2 and isinstance(headed, Section) and headed.heading == "day":
        known = 1 if any(row.day is None and isinstance(row.item, Entry) for row in rows) else known
    for row in rows:
        if row.day is None:
            row.day = known
        else:
            known = row.day


def _child(row: Planned) -> bool:
    return (
        isinstance(row.item, Entry)
        and re.fullmatch(r"\D*\d+[-. ]?[A-Za-z]\d?|\d+\.\d+", row.item.text("id")) is not None
    )


def _fill(rows: list[Planned], found: Calendar) -> None:
    """Gives a time to each entry that has none: that of the one above, or of the first, or a quarter of an hour on."""
    entries = [row for row in rows if isinstance(row.item, Entry)]
    known = [row.minute for row in entries if row.minute is not None]
    started = next((row.minute for row in rows if isinstance(row.item, Section) and row.item.heading == "start"), None)
    if not known:
        begin = started if started is not None else START
        step = 15 if len(entries) <= 36 else max(1, 540 // len(entries))
        lengths = [_length(row) or step for row in entries]
        if sum(lengths) > 720:
            lengths = [step] * len(entries)
        for row, minutes in zip(entries, lengths, strict=True):
            row.minute, row.made = begin, True
            begin += minutes
        return
    before = known[0]
    for row in entries:
        if row.minute is None:
            row.minute, row.made = before, True
        before = row.minute


def _length(row: Planned) -> int | None:
    return length(row.item.text("minutes")) if isinstance(row.item, Entry) and row.item.text("minutes") else None


def _in_order(rows: list[Planned], found: Calendar) -> list[Planned]:
    """The rows of a day by their times. Times that go back by night are after midnight."""
    entries = [row for row in rows if isinstance(row.item, Entry) and row.minute is not None and not row.made]
    minutes = [row.minute or 0 for row in entries]
    backs = [
        place for place in range(1, len(minutes)) if minutes[place] < minutes[place - 1] and not _child(entries[place])
    ]
    if len(backs) == 1 and minutes[backs[0] - 1] >= 900 and minutes[backs[0]] <= 600:
        after = entries[backs[0]].order
        for row in rows:
            if row.order >= after and row.minute is not None and row.minute < 900:
                row.minute += DAY
    elif backs:
        first = entries[backs[0]].item
        found.guessed.append(
            f"Rows do not stand in the order of their times ({where(first.sheet, first.row)} is the first); injects "
            "were put in that order."
        )
    before = 0
    placed: list[tuple[int, int, Planned]] = []
    for row in rows:
        if row.minute is None:
            placed.append((before, row.order, row))
        else:
            before = row.minute
            placed.append((row.minute, row.order, row))
    # A heading comes before what it heads, also when both have the same minute and a child follows its parent.
    return [row for _, _, row in sorted(placed, key=lambda one: one[:2])]


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}"
