"""What a file that was brought takes the place of: shown before it does, and nothing is put anywhere without it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ttx.scenario.findings import Faulty, listed
from ttx.scenario.folders import day_of
from ttx.scenario.graph import Graph, remembered
from ttx.scenario.likeness import alike
from ttx.scenario.material import parse
from ttx.scenario.translations import digest
from ttx.store import comments
from ttx.web.author_frame import Open, days_of, items_of, said
from ttx.web.author_merging import NAMES, Piece, shown


@dataclass(frozen=True, slots=True)
class Another:
    """An id that stays and names quite another inject than before; `comments` are on the one that goes."""

    ident: str
    was: str
    now: str
    comments: int


@dataclass(frozen=True, slots=True)
class Going:
    """What a file takes the place of: the day, how many injects it has, and what on other days builds upon them.

    `others` are another inject under the same id afterwards; `kept` counts the comments on injects whose ids go;
    `renamed` are ids of the file that are taken, and what they become. `without` are injects that the file does not
    have, and `poorer` those of which it does not say what stands in them now, or of which something made up would take
    the place, each in a few words; `comes` is the title of the day that comes. `pieces` are what the file does say
    otherwise, which may be taken alone, and `seen` is a digest of the day as it was when this was said.
    """

    place: str
    day: int | None
    title: str
    injects: int
    leaning: tuple[str, ...] = ()
    others: tuple[Another, ...] = ()
    kept: int = 0
    renamed: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    poorer: tuple[str, ...] = ()
    comes: str = ""
    pieces: tuple[Piece, ...] = ()
    seen: str = ""


def going(
    here: Open, place: str, texts: Mapping[str, str], renamed: tuple[str, ...] = (), pieces: tuple[Piece, ...] = ()
) -> Going | None:
    """What goes if these files stood in the place of the draft's; None where nothing does."""
    if place == "whole":
        titles, many, day = str(here.read.data.get("title") or ""), sum(one.injects for one in here.days), None
    else:
        tab = next((one for one in here.days if one.may_edit and f"day-{one.day}" == place), None)
        if tab is None or not tab.injects:
            return None
        titles, many, day = tab.title, tab.injects, tab.day
    old = _injects([here.day(one.day) for one in here.days])
    new = _injects(_days(texts))
    here_now = {said(one, "id"): one for one in items_of(here.day(day), "injects")} if day is not None else old
    counted = Counter(one.inject for one in comments.comments(here.house.store, here.draft.id))
    return Going(
        place,
        day,
        titles,
        many,
        _leaning(here.read.graph, day) if day is not None else (),
        tuple(
            Another(ident, said(old[ident], "title"), said(new[ident], "title"), counted[ident])
            for ident in old
            if ident in new and not alike(old[ident], new[ident])
        ),
        sum(counted[ident] for ident in old if ident not in new),
        renamed,
        tuple(f"{ident} {said(one, 'title')}" for ident, one in here_now.items() if ident not in new),
        tuple(
            f"{ident}: {listed(lost)}"
            for ident, one in here_now.items()
            if ident in new and (lost := _lost(one, new[ident], {row.value for piece in pieces for row in piece.rows}))
        ),
        next((str(one.get("title") or "") for one in _days(texts) if one.get("day") == day), ""),
        pieces,
        seen(here, day),
    )


def seen(here: Open, day: int | None) -> str:
    """A digest of the day as it is, so that nothing is put over one that was changed since it was shown."""
    return digest(here.draft.texts.get(f"day-{day}.yaml", ""))


def _lost(old: Mapping[str, object], new: Mapping[str, object], told: Collection[str]) -> list[str]:
    """The fields of an inject that would be empty or otherwise, but for those that are `told` with both values."""
    lost = []
    for field, name in NAMES.items():
        was, now = old.get(field), new.get(field)
        if not was or was == now or f"{old.get('id')} {field}" in told:
            continue
        if not now:
            lost.append(name)
        elif (before := shown(field, was)) != (after := shown(field, now)):
            lost.append(f"{name} ({_short(before)}; then {_short(after)})")
    return lost


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39].rstrip()}\u2026"


def others(here: Open, texts: Mapping[str, str]) -> list[str]:
    """The ids that will name quite another inject in these files."""
    old, new = _injects([here.day(one.day) for one in here.days]), _injects(_days(texts))
    return [ident for ident in old if ident in new and not alike(old[ident], new[ident])]


def _days(texts: Mapping[str, str]) -> list[dict[str, object]]:
    found: list[object] = []
    for name in sorted(one for one in texts if day_of(one) is not None):
        try:
            found.append(parse(texts[name], name).data)
        except Faulty:
            continue  # it is refused with its own sentence, once it is to be put there
    return days_of({"days": found})


def _injects(days: list[dict[str, object]] | list[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    return {said(one, "id"): one for day in days for one in items_of(day, "injects")}


def _leaning(drawn: Graph | None, day: int) -> tuple[str, ...]:
    """What other days have from this one: the injects that need one of its injects or ask what its decisions set."""
    if drawn is None:
        return ()
    told = []
    for ident, inject in drawn.injects.items():
        if drawn.day_of[ident] != day:
            continue
        kept = {variable for option in remembered(inject).values() for variable in option}
        users = {*drawn.needed_by.get(ident, ()), *(one for name in kept for one in drawn.read_by.get(name, ()))}
        leaning = sorted(one for one in users if drawn.day_of[one] != day)
        if leaning:
            told.append(f"{ident} {inject.title}: {listed(leaning, most=8)}")
    return tuple(told)
