"""What a file that was brought would become: its injects as rows, what is wrong in them, and where it probably goes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ttx.scenario.checks import checked_texts
from ttx.scenario.findings import Faulty, Finding, listed
from ttx.scenario.formats.renaming import renamed_among
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formwords import formed
from ttx.web.author_frame import Open, days_of, items_of, said


@dataclass(frozen=True, slots=True)
class Place:
    """Where the days of a file can go: its value in the form, and the day it is about, if it is about one."""

    value: str
    day: int | None = None
    title: str = ""


def findings_of(found: Understood) -> tuple[Finding, ...]:
    """What is found wrong in the scenario that was understood, before it goes anywhere."""
    if found.data is None:
        return ()
    try:
        wrong = checked_texts(found.files(), frozenset(found.pictures)).findings
        return tuple(map(formed, wrong))
    except (Faulty, ValueError):
        return ()


def rows_of(found: Understood, first: int | None = None) -> list[dict[str, Any]]:
    """The injects as they would be, each with the words of its row; days are counted from `first`, or their own."""
    return [
        {**_row(day, one), "nth": nth, "comes": _words(day.get("day")) if first is None else str(first + nth)}
        for nth, day in enumerate(_days(found))
        for one in items_of(day, "injects")
    ]


def first_day(here: Open, place: Place) -> int | None:
    """The number that the first day of a file gets there; None where its days keep theirs."""
    return max((one.day for one in here.days), default=0) + 1 if place.value == "further" else place.day


def likely(here: Open, found: Understood, places: Sequence[Place]) -> str | None:
    """Where a file of one day probably goes: to the day that tells the same already, by its titles, or else to that of
    its number, where the file has one. None for a file of several days, and where nothing tells."""
    days = _days(found)
    if len(days) != 1:
        return None
    titles = _titles(days[0])
    known = {one.day: _titles(here.day(one.day)) for one in here.days}
    same = next((day for day, there in known.items() if titles and 2 * len(titles & there) >= len(titles)), None)
    number = days[0].get("day")
    told = number if number != 1 or "day" in found.mapping.values() else None
    wanted = f"day-{same if same is not None else told}"
    return next((one.value for one in places if one.value == wanted), None)


def which_day(found: Understood, place: Place, chosen: object = None) -> int | None:
    """Which day of the file goes there, counted from 1; None for all. `chosen` is what a form says, empty for nothing:
    then the place of a day is taken by that of its number, or by the first where the file has none."""
    if isinstance(chosen, str) and chosen.isdecimal():
        return int(chosen)
    if place.day is None:
        return None
    numbers = [day.get("day") for day in _days(found)]
    return numbers.index(place.day) + 1 if place.day in numbers else 1


def renamed_at(here: Open, found: Understood | None, place: Place, which: object = None) -> tuple[str, ...]:
    """Which ids of the file are taken elsewhere if its days go there, and what they become, a few words each.

    `which` is the day of the file that was chosen, as a form says it; empty for all.
    """
    if found is None or (first := first_day(here, place)) is None:
        return ()
    chosen = which_day(found, place, which)
    days = [day for number, day in enumerate(_days(found), 1) if chosen is None or number == chosen]
    there = {one: items_of(here.day(one), "injects") for one in (tab.day for tab in here.days) if one != place.day}
    return renamed_among(days, there, first).told


def _titles(day: Mapping[str, object]) -> set[str]:
    return {said(one, "title").casefold() for one in items_of(day, "injects")}


def _days(found: Understood) -> list[dict[str, object]]:
    return days_of(found.data) if found.data is not None else []


def _row(day: Mapping[str, object], one: Mapping[str, object]) -> dict[str, Any]:
    fields = ("id", "at", "minutes", "kind", "title", "sender", "channel", "text", "expected")
    questions = [said(each, "ask") for each in items_of(one, "questions")]
    return {
        **{name: _words(one.get(name)) for name in fields},
        "day": _words(day.get("day")),
        "receivers": receivers(one.get("to")),
        "questions": [ask for ask in questions if ask],
        "ways": _ways(one),
    }


def _ways(one: Mapping[str, object]) -> list[str]:
    """Where an inject leads, if it says so: `A: Ellory, D1-04A`, or the ids that follow it."""
    branch = one.get("branch")
    options = branch.get("options") if isinstance(branch, dict) else None
    ways = [
        f"{key}: " + ", ".join(filter(None, (said(option, "label"), said(option, "next"))))
        for key, option in (options.items() if isinstance(options, dict) else ())
        if isinstance(option, dict)
    ]
    return ways or list(filter(None, [_words(one.get("next"))]))


def _words(value: object) -> str:
    """What stands in a field of a file that need not be a scenario's."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    return "; ".join(str(item) for item in items)


def receivers(to: object) -> str:
    """Whom an inject goes to, in a few words."""
    if not isinstance(to, Mapping):
        return "All"
    names = [str(name) for value in to.values() if isinstance(value, list) for name in value]
    return listed(names, most=6) if names else "All"


def decided(found: Understood | None) -> bool:
    """Whether something was guessed that must be seen: which column tells the story, or when things happen."""
    if found is None:
        return False
    columns = any(one.why == "content" and one.field in ("title", "text", "at", "day") for one in found.columns)
    return columns or any(_TELLING.search(sentence) for sentence in found.guessed)


_TELLING = re.compile(
    r"\b(no title|no time|has a time|duration|language|day \d+|became delegations|participants read)\b"
)
