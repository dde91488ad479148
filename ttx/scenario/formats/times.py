"""Times as people write them into a list of injects, read cell by cell. Which day they fall on is `agenda`.

Known: 09:00, 9.30, 9:00 AM, 14h30, 0700L, 0700Z, 600, 00900, 0900-0930, noon; dates with any of these; date-time
groups such as 210900AUG2011 (NATO, ACP 121); D+1 0900, Day 2 0900, J+1 H+2 M-5 (OpenBAS), T+15, StartEx + 2h;
and a spreadsheet's own: serial numbers, dates, times, durations.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from ttx.scenario.formats import clockwords, daynames
from ttx.scenario.formats.words import MONTHS, WEEKDAYS, plain

Cell = str | int | float | bool | datetime | date | time | timedelta | None

DAY = 1440


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says of when. `minute` is of the day, or, if `offset`, counted from the start of the exercise.

    `day` is a number from 1 (`Day 2`, `D+1`), `on` a calendar's day, `weekday` a name's number from 0 (Monday);
    at most one of them is known. `until` is where a span ends. A cell may say a day only: then `minute` is None.
    `half` says that am or pm was written.
    """

    minute: int | None = None
    day: int | None = None
    on: date | None = None
    weekday: int | None = None
    until: int | None = None
    offset: bool = False
    half: bool = field(default=False, compare=False)


def moment(cell: Cell, *, month_first: bool = False, counted: bool = False, midnights: bool = False) -> Moment | None:
    """What this cell says of when, None if it says nothing of the kind.

    `month_first` reads 08/09 as the ninth of August; `counted` says that bare numbers and durations of this
    column are minutes from the start, `midnights` that dates at 00:00 have no time.
    """
    match cell:
        case None | bool():
            return None
        case datetime():
            minute = cell.hour * 60 + cell.minute + (cell.second >= 30)
            if cell.year < 1905:
                return Moment(minute % DAY)
            if midnights:
                return Moment(on=cell.date())
            return Moment(minute % DAY, on=cell.date())
        case date():
            return Moment(on=cell)
        case time():
            return Moment(cell.hour * 60 + cell.minute)
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            return Moment(minutes, offset=True) if counted or not 0 <= minutes < DAY else Moment(minutes)
        case int() | float():
            return _number(cell, counted)
        case _:
            found = _text(cell, month_first, counted) if len(cell) <= 80 else None
            return replace(found, half=True) if found is not None and _HALF.search(plain(cell)) else found


_HALF = re.compile(r"\d\s*[AP]\.?M\b")


def day_named(text: str) -> int | None:
    """The number in the name of a day: `Day 2`, `MSEL_D2`, `Hari ke-2`, `List 3 - second day`."""
    words = re.sub(r"[_:.]+", " ", plain(text))
    if (named := daynames.within(words)) is not None:
        return named.number
    if match := re.fullmatch(r"(?:.*\s)?[DJ]\s?(\d{1,2})(?:\s.*)?", words):
        return int(match[1])
    found = moment(text)
    return found.day if found else None


def only_midnights(cells: Sequence[Cell]) -> bool:
    """Whether all dates of this column are at 00:00, so that none of them says a time."""
    dates = [cell for cell in cells if isinstance(cell, datetime)]
    return len(dates) > 1 and not any(cell.hour or cell.minute for cell in dates)


def month_first(cells: Sequence[Cell]) -> bool:
    """Whether the dates of this column can only be read with the month in front."""
    pairs = [
        (int(match[1]), int(match[2]))
        for cell in cells
        if isinstance(cell, str) and (match := _SLASHED.search(plain(cell)))
    ]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)


def counted(cells: Sequence[Cell]) -> bool:
    """Whether the bare numbers of this column are minutes from the start: 0, 15, 30, 75 and never 0930."""
    spans = [cell for cell in cells if isinstance(cell, timedelta)]
    if len(spans) > 1 and len(spans) == sum(cell is not None for cell in cells):
        # Hours beyond a day, or from nought on, are no clock's (Excel's format [h]:mm).
        return max(spans) >= timedelta(days=1) or (spans[0] == timedelta() and spans == sorted(spans))
    numbers = [_bare(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    if len(known) < 2 or len(known) < sum(cell is not None for cell in cells) / 2:
        return False
    if any(number != int(number) for number in known) or known != sorted(known):
        return False
    clocks = sum(1 for number in known if number >= 100 and number % 100 < 60 and number < 2400)
    return known[0] <= 60 and (clocks < len(known) / 2) and max(known) > 24


def _bare(cell: Cell) -> float | None:
    if isinstance(cell, str):
        return float(cell) if re.fullmatch(r"\d{1,3}", cell.strip()) else None
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def _number(cell: float, counted: bool) -> Moment | None:
    if counted and 0 <= cell < 20 * DAY and cell == int(cell):
        return Moment(int(cell), offset=True)
    if 20_000 <= cell < 80_000:
        day, part = divmod(cell, 1)
        return Moment(round(part * DAY) % DAY if part else None, on=date(1899, 12, 30) + timedelta(days=int(day)))
    if 0 < cell < 1:
        return Moment(round(cell * DAY) % DAY)
    if cell == int(cell):
        whole = int(cell)
        if 0 <= whole <= 24:
            return Moment(whole % 24 * 60)
        return _military(str(whole))
    hours, hundredths = divmod(round(cell * 100), 100)
    if 0 < hours < 24 and hundredths < 60 and abs(cell * 100 - round(cell * 100)) < 1e-6:
        return Moment(hours * 60 + hundredths)
    return None


_CLOCK = (
    r"(?:\d{1,2}\s*[:.H]\s*\d{2}(?:[:.]\d{2}(?:\.\d+)?)?|\d{1,2}\s*H|\d{3,5}|\d{1,2}(?=\s*[AP]\.?M))"
    r"\s*(?:[AP]\.?M\.?)?\s*(?:HRS?\b|HOURS?\b|UHR\b|(?:UTC|GMT|LOCAL|ZULU|EST|EDT|CET|CEST|WIB|WITA|WIT|LT|[LZ])\b|[A-Z]\b)?"
)
_ONE_CLOCK = re.compile(
    r"(?P<h>\d{1,2})\s*(?:[:.H]\s*(?P<m>\d{2})(?:[:.]\d{2}(?:\.\d+)?)?|H)?\s*(?P<half>[AP]\.?M\.?)?\s*[A-Z]*\.?"
)
_SPAN = re.compile(rf"({_CLOCK})\s*(?:-|/|~|>|TO|TILL|UNTIL|BIS|A|HASTA|S/D|SAMPAI)\s*({_CLOCK})")
_DTG = re.compile(
    r"(\d{2})\s*(\d{2})(\d{2})\s*(?:HRS?)?\s*(?:[A-Z]\s+)?([A-Z]{3,10})\.?\s*(\d{4}|\d{2})?(?:\s*\([A-Z]\))?"
)
_DAY_HOUR = re.compile(r"(\d{2})(\d{2})(\d{2})\s*[A-Z]?")
_RELATIVE = re.compile(
    r"(?:(?P<d>[DJ])\s*(?P<days>[+-]\s*\d+)?)?\s*,?\s*"
    r"(?:H\s*(?P<hours>[+-]\s*\d+(?:[:H]\d{2})?)?)?\s*,?\s*(?:M(?:IN)?\s*(?P<minutes>[+-]\s*\d+))?"
)
_DAY_AND = re.compile(
    r"(?:(?:EX(?:ERCISE)?\s*)?(?:DAY|TAG|JOUR|DIA|HARI(?:\s+KE)?|D|J)\s*[-#.]?\s*(?P<number>\d{1,2})"
    r"|(?:D|J|DAY|TAG)(?:-DAY)?\s*(?P<sign>[+-])\s*(?P<offset>\d{1,2}))\b\s*[-,;:/@|]*\s*(?P<rest>.*)"
)
_FIRST_DAY_AND = re.compile(
    r"(?:D-?\s?DAY|JOUR\s?J|DIA\s?D|HARI\s?H|D|J)\b\s*[-,;:/@|]*\s*"
    r"(?P<rest>\d{1,2}\s*[:.H]\s*\d{2}.*|\d{4}\b.*|H\b.*|NOON|MIDNIGHT)"
)
_START = re.compile(
    r"(?:T|H|S|E|EX|START|STARTEX|START-EX|START\s*EX|EXSTART|DEBUT|INICIO|MULAI)?\s*(?P<sign>[+-])\s*(?P<rest>\S.*)"
)
_NEARLY = re.compile(r"^(?:CA\.?|CIRCA|C\.|ABOUT|APPROX(?:IMATELY|\.)?|ABT\.?|ETWA|RUND|UNGEFAHR|ENV(?:IRON|\.)?"
                     r"|APROX\.?|UNOS|CERCA DE|SEKITAR|±|~|≈)\s*(?=\d)")  # fmt: skip
"""What stands before a duration that is not meant to the minute."""
_LENGTH = re.compile(
    r"(?:(?P<h>\d{1,3})\s*(?::|H(?:OU)?RS?|HOURS?|H|JAM)\s*)?(?:(?P<m>\d{1,4})\s*(?:M|MINS?\.?|MINUTES?|MENIT|'|MN)?)?"
)
_SLASHED = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:T(?=\d))?")
_NAMED = re.compile(
    r"\b(\d{1,2})(?:ST|ND|RD|TH|\.)?[\s-]*(?:DE\s+)?([A-Z]{3,10})\.?[\s,-]*(?:DE\s+)?(\d{4}|\d{2}(?!\d|:))?"
)
_NAMED_US = re.compile(r"\b([A-Z]{3,10})\.?\s+(\d{1,2})(?:ST|ND|RD|TH)?\b,?\s*(\d{4})?")
_ABOUT = re.compile(
    r"\([^()]*[^0-9:()][^()]*\)"
    r"|\b(?:APPROX(?:IMATELY)?|CIRCA|CA|ABOUT|AROUND|VERS|ENVIRON|SEKITAR|LOCAL TIME|LOCAL|TIME)\b\.?"
)
_FIRST_DAYS = {"D-DAY", "D DAY", "DDAY", "D", "J", "JOUR J", "DIA D", "HARI H"}
_STARTS = {
    "STARTEX",
    "START",
    "T",
    "H",
    "T0",
    "T+0",
    "H HOUR",
    "H-HOUR",
    "START OF EXERCISE",
    "ON STARTEX",
    "AT STARTEX",
}


@lru_cache(maxsize=4096)
def _text(cell: str, month_in_front: bool, bare: bool) -> Moment | None:
    text = _ABOUT.sub(" ", plain(cell)).strip(" .,;()[]~≈@")
    text = clockwords.spelt(text)
    if text in _FIRST_DAYS:
        return Moment(day=1)
    if re.fullmatch(r"[DJ]\s*,?\s*H", text):
        return Moment(0, day=1, offset=True)
    if (
        not text
        or len(text) > 60
        or not (any(sign.isdigit() for sign in text) or text in clockwords.NAMED or text in _STARTS)
    ):
        return _weekday_only(text)
    if text in clockwords.NAMED:
        return Moment(clockwords.NAMED[text])
    if text in _STARTS:
        return Moment(0, offset=True)
    if bare and re.fullmatch(r"\d{1,4}", text):
        return Moment(int(text), offset=True)
    return (
        _dtg(text)
        or _clocks(text)
        or _from_start(text)
        or _relative(text)
        or _on_day(text, month_in_front)
        or _dated(text, month_in_front)
    )


def _weekday_only(text: str) -> Moment | None:
    return Moment(weekday=WEEKDAYS[text]) if text in WEEKDAYS else None


def _clocks(text: str) -> Moment | None:
    if span := _SPAN.fullmatch(text):
        first, last = _clock(span[1]), _clock(span[2])
        if first is not None and last is not None:
            return Moment(first % DAY, until=last % DAY)
    minute = _clock(text)
    return None if minute is None else Moment(minute % DAY)


def _clock(text: str) -> int | None:
    """Minutes of the day in a bare clock time; 2400 is 1440."""
    text = text.strip()
    if not re.fullmatch(_CLOCK, text):
        return None
    if digits := re.match(r"(\d{3,5})(?!\d)", text):
        found = _military(digits[1])
        half = re.search(r"([AP])\.?M", text)
        if found is None or found.minute is None:
            return None
        return _twelve(found.minute, half[1]) if half else found.minute
    match = _ONE_CLOCK.fullmatch(text)
    if match is None:
        return None
    minute = int(match["h"]) * 60 + int(match["m"] or 0)
    if int(match["h"]) > 24 or int(match["m"] or 0) > 59 or minute > DAY:
        return None
    return _twelve(minute, match["half"][0]) if match["half"] else minute


def _twelve(minute: int, half: str) -> int:
    return minute % 720 + (720 if half == "P" else 0) if minute < 780 else minute


def _military(digits: str) -> Moment | None:
    digits = digits.lstrip("0").rjust(4, "0")
    if len(digits) > 4 or int(digits[2:]) > 59 or int(digits) > 2400:
        return None
    return Moment((int(digits[:2]) * 60 + int(digits[2:])) % DAY)


def _dtg(text: str) -> Moment | None:
    if match := _DTG.fullmatch(text):
        # In 210900ZAUG11 the zone's letter stands against the month.
        month = _month(match[4]) or _month(match[4][1:])
        minute = _military(match[2] + match[3])
        found = _date(match[5], month, int(match[1])) if month else None
        return replace(minute, on=found) if minute and found else None
    if (match := _DAY_HOUR.fullmatch(text)) and 1 <= int(match[1]) <= 31:
        minute = _military(match[2] + match[3])
        found = _date(None, 1, int(match[1]))
        return replace(minute, on=found) if minute and found else None
    return None


def _from_start(text: str) -> Moment | None:
    """T+15, +00:30, StartEx + 2h, H+1."""
    if not (match := _START.fullmatch(text)):
        return None
    rest = match["rest"].strip()
    minutes: int | None
    if re.fullmatch(r"\d{4}", rest):
        minutes = int(rest[:2]) * 60 + int(rest[2:])
    elif re.fullmatch(r"\d{1,3}", rest):
        minutes = int(rest) * (60 if text.startswith("H") else 1)
    else:
        minutes = length(rest)
    if minutes is None:
        return None
    return Moment(-minutes if match["sign"] == "-" else minutes, offset=True)


def length(text: str) -> int | None:
    """Minutes in a duration: `1:30`, `2h`, `90 min`, `1 h 30`; None if it is none."""
    text = _NEARLY.sub("", plain(text)).strip()
    if text and (match := _LENGTH.fullmatch(text)) and (match["h"] or match["m"]):
        return int(match["h"] or 0) * 60 + int(match["m"] or 0)
    return None


def _relative(text: str) -> Moment | None:
    match = _RELATIVE.fullmatch(text)
    if match is None or not (match["days"] or match["hours"] or match["minutes"]):
        return None
    on_the_hour = re.search(r"H\s*$", text) is not None
    minutes = 0
    if hours := match["hours"]:
        sign = -1 if "-" in hours else 1
        parts = [int(part) for part in re.findall(r"\d+", hours)]
        minutes += sign * (parts[0] * 60 + (parts[1] if len(parts) > 1 else 0))
    if match["minutes"]:
        minutes += int(match["minutes"].replace(" ", ""))
    if not match["d"]:
        return Moment(minutes, offset=True)
    day = int((match["days"] or "0").replace(" ", "")) + 1
    if not match["hours"] and not match["minutes"] and not on_the_hour:
        return Moment(day=day)
    return Moment(minutes, day=day, offset=True)


def _on_day(text: str, month_in_front: bool) -> Moment | None:
    """`Day 2, 0900`, `D+1 0900`, `D2`, `D-Day 0900`."""
    if match := _FIRST_DAY_AND.fullmatch(text):
        begun = _clocks(match["rest"]) or _relative(match["rest"])
        return replace(begun, day=1) if begun else None
    if match := _DAY_AND.fullmatch(text):
        if match["number"]:
            day = int(match["number"])
        else:
            day = (int(match["offset"]) if match["sign"] == "+" else -int(match["offset"])) + 1
        rest = match["rest"].strip(" ()")
    elif (named := daynames.named(text)) is not None:
        day, rest = named.number, named.rest.strip(" ()-,;:/@|.")
    else:
        return None
    if not rest:
        return Moment(day=day)
    found = _clocks(rest) or _from_start(rest) or _relative(rest) or _dated(rest, month_in_front)
    return replace(found, day=day, on=None, weekday=None) if found else None


def _dated(text: str, month_in_front: bool) -> Moment | None:
    """A date or a weekday with or without a clock time, in either order."""
    found: date | None = None
    rest = text
    if match := _ISO.search(text):
        found = _date(match[1], int(match[2]), int(match[3]))
    elif match := _SLASHED.search(text):
        first, second = int(match[1]), int(match[2])
        if month_in_front or (second > 12 >= first):
            first, second = second, first
        found = _date(match[3], second, first)
    elif (match := _NAMED.search(text)) and (month := _month(match[2])):
        found = _date(match[3], month, int(match[1]))
    elif (match := _NAMED_US.search(text)) and (month := _month(match[1])):
        found = _date(match[3], month, int(match[2]))
    if found is not None and match is not None:
        rest = f"{text[: match.start()]} {text[match.end() :]}"
    words = [word for word in re.split(r"[\s,;@|/]+", rest) if word]
    weekday = next((WEEKDAYS[word.strip(".")] for word in words if word.strip(".") in WEEKDAYS), None)
    if found is None and weekday is None:
        return None
    left = " ".join(word for word in words if word.strip(".-") and word.strip(".") not in WEEKDAYS and word != "AT")
    when = Moment(None, on=found) if found else Moment(None, weekday=weekday)
    if not left:
        return when
    clock = _clocks(left.strip(" -"))
    return replace(clock, on=when.on, weekday=when.weekday) if clock else None


def _month(word: str) -> int | None:
    return MONTHS.get(word[:4]) or MONTHS.get(word[:3])


def _date(year: str | None, month: int, day: int) -> date | None:
    """A date; two digits mean this century, and without a year one that has a 29th of February."""
    number = 2000 if year is None else int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(number, month, day)
    except ValueError:
        return None
