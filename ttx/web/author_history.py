"""The history of a scenario under way: who changed what, word by word, and the versions that were kept."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.rights import Action, covers_group, reach
from ttx.scenario.changes import Touched
from ttx.scenario.formplaces import label
from ttx.store import history, versions
from ttx.store.history import Kind, Past
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_frame import OPEN, Open, author_page, label_of, opened

router = APIRouter(include_in_schema=False)

PAGE = 30
"""Changes a page of the history tells."""

LONG = 12_000
"""Characters beyond which two texts are shown one after the other: comparing words takes time with their square."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after: its words in order, each `same`, `del` or `ins`."""

    field: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece that a change wrote. `earlier` are the fields that put it back as it was, if one may."""

    name: str
    inject: str | None
    day: int | None
    differences: tuple[Difference, ...]
    earlier: Mapping[str, object] | None


@router.get("/a/{author}/history")
def history_page(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    day: Annotated[str, Query(max_length=10)] = "",
    inject: Annotated[str, Query(max_length=200)] = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """What was done, the last first, of one day or inject if asked; and the versions."""
    here = opened(house, author)
    number = int(day) if day.isdecimal() else None  # a filter that is left empty is sent as an empty text
    found = history.history(house.store, author.draft, before, PAGE + 1, inject.strip() or None, number)
    return author_page(
        request,
        here,
        "author_history.html",
        "history",
        day=number,
        changes=[(one, label_of(one.author), _pieces(here, one)) for one in found[:PAGE]],
        may_take_back={one.seq for one in found[:PAGE] if _may_take_back(here, one)},
        older=found[PAGE - 1].seq if len(found) > PAGE else None,
        first=before is None,
        inject=inject.strip(),
        versions=versions.versions_of(house.store, author.draft),
        may_keep=reach(author, Action.VERSIONS) is not None,
        who_of=label_of,
    )


def words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Both texts in one, as runs of words that are the same, gone or new; where they share little, the one and then the
    other."""
    apart = tuple((how, text) for how, text in (("del", before), ("ins", after)) if text)
    if len(before) + len(after) > LONG or len(apart) < 2:
        return apart
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    runs: list[tuple[str, str]] = []
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    shared = sum(not word.isspace() for how, a, b, _, _ in steps if how == "equal" for word in old[a:b])
    if len(old) > _FEW < len(new) and shared < max(len(before.split()), len(after.split())) / 3:
        return apart
    for how, a, b, c, d in steps:
        if how == "equal":
            runs.append(("same", "".join(old[a:b])))
            continue
        runs += [(kind, text) for kind, text in (("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))) if text]
    return tuple(runs)


_FEW = 10
"""Words and gaps up to which a text is compared word by word whatever it shares."""


def told(value: object, depth: int = 0) -> str:
    """A value of a file as a person reads it: items one a line, the parts of an item indented."""
    pad = "  " * depth
    match value:
        case None:
            return ""
        case dict():
            return "\n".join(
                f"{pad}{name}:\n{told(one, depth + 1)}" if isinstance(one, dict | list) else f"{pad}{name}: {told(one)}"
                for name, one in value.items()
            )
        case list() if all(isinstance(one, int | float) for one in value):
            return pad + ", ".join(map(str, value))
        case list():
            return "\n".join(told(one, depth) if isinstance(one, dict | list) else f"{pad}{told(one)}" for one in value)
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def _may_take_back(here: Open, past: Past) -> bool:
    """Whether it wrote something, stands, and all it wrote is this author's to write now."""
    wrote = bool(past.splices or past.pictures) and past.taken_back is None
    return wrote and all(_may(here, day) for day in {one.day for one in past.touched})


def _pieces(here: Open, past: Past) -> tuple[Piece, ...]:
    return tuple(_piece(here, past, one) for one in past.touched if one.before != one.after)


def _piece(here: Open, past: Past, one: Touched) -> Piece:
    before, after = one.before, one.after
    differing: tuple[Difference, ...]
    earlier: dict[str, object] | None = None
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        changed = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
        differing = tuple(_field(name, before.get(name), after.get(name)) for name in changed)
        if one.inject is not None and past.kind is not Kind.STATUS and _may(here, one.day):
            earlier = {name: before.get(name) for name in changed}
    else:
        differing = (_field("", before, after),)
    name = ".".join(str(part) for part in one.location if part not in ("injects", "sessions")) or one.file
    return Piece(name, one.inject, one.day, differing, earlier)


def _field(name: str, before: object, after: object) -> Difference:
    return Difference(label(name) or name.replace("_", " "), tuple(_short(words(told(before), told(after)))))


def _short(runs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Long stretches that stayed the same are cut down to their ends."""
    for how, text in runs:
        if how == "same" and len(text) > 400:
            yield how, f"{text[:180].rsplit(' ', 1)[0]} [...] {text[-180:].split(' ', 1)[-1]}"
        else:
            yield how, text


def _may(here: Open, day: int | None) -> bool:
    tab = next((one for one in here.days if one.day == day), None)
    if tab is None:
        return covers_group(here.author, Action.EDIT_SCENARIO, None)
    return tab.may_edit and tab.status in OPEN
