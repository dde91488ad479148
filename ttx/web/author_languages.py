"""Translating a scenario under way: source and translation side by side, a day at a time, text by text."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.rights import Action, covers_group
from ttx.pages.tongues import KNOWN, code_of, own_name
from ttx.scenario.material import look
from ttx.scenario.merging import revision
from ttx.scenario.model import Scenario, Translated
from ttx.scenario.requests import BeginLanguage
from ttx.scenario.translations import Freshness, digest, status, texts
from ttx.store import drafts, history
from ttx.store.drafts import Status
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_frame import DayTab, Open, author_page, opened
from ttx.web.author_history import words

router = APIRouter(include_in_schema=False)

SHOWN: Mapping[str, str] = {"all": "All", "missing": "Missing", "stale": "Changed since"}
"""What a page may be narrowed to: everything, or the texts that stand so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text: as it was written, and as it reads in the other language.

    `of` and `base` say what the translator has before him, and go back with what he writes. `elsewhere` is what the
    very same words became at another address, where this one is missing. `was` are the words that went and came in the
    source since it was translated, where the history knows them.
    """

    address: str
    label: str
    source: str
    text: str
    state: Freshness
    of: str
    base: str
    elsewhere: str
    long: bool
    was: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """The texts of one inject, or of another piece that belongs together."""

    name: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is: of all its texts, how many are translated, and how many of those have a newer source."""

    language: str
    texts: int
    done: int
    stale: int


@router.get("/a/{author}/languages")
def languages(
    request: Request, house: TheHouse, author: TheAuthor, language: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """The scenario's languages; with a name or a code typed there, that language's page, though it is empty yet."""
    here = opened(house, author)
    code = code_of(language)
    if code is not None and (here.read.scenario is None or code != here.read.scenario.language):
        return RedirectResponse(f"/a/{author.id}/languages/{code}{_begins(here)}", 303)
    return _page(request, here, None, None, "all", asked=language.strip())


@router.post("/a/{author}/languages")
def begin_language(
    request: Request, house: TheHouse, author: TheAuthor, language: Annotated[str, Form(max_length=40)] = ""
) -> Response:
    """Let the scenario have the language of this name or code, and go there; one that it has already is gone to."""
    here = opened(house, author)
    code = code_of(language)
    if code is None or (here.read.scenario is not None and code == here.read.scenario.language):
        return _page(request, here, None, None, "all", asked=language.strip())
    if f"translations/{code}.yaml" not in here.draft.texts:
        drafts.record(house.store, author.draft, author, BeginLanguage(do="begin_language", language=code))
    return RedirectResponse(f"/a/{author.id}/languages/{code}{_begins(here)}", 303)


@router.get("/a/{author}/languages/{language}")
def one_language(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    language: str,
    day: int | None = None,
    show: Annotated[str, Query(max_length=20)] = "all",
) -> Response:
    """One language, a day of it or what belongs to no day. A language nobody has written in yet is all missing."""
    here = opened(house, author)
    scenario = here.read.scenario
    there = scenario is not None and language in scenario.translations
    if not there and (code_of(language) != language or (scenario is not None and language == scenario.language)):
        raise HTTPException(404)
    if day is not None and all(one.day != day for one in here.days):
        raise HTTPException(404)
    return _page(request, here, language, day, show if show in SHOWN else "all")


def _may(here: Open, tab: DayTab | None) -> bool:
    """Whether this author may translate a day, or with None what belongs to no day."""
    may = covers_group(here.author, Action.EDIT_SCENARIO, tab.lead if tab is not None else None)
    return may and (tab is None or tab.status != Status.FROZEN)


def _begins(here: Open) -> str:
    """The rest of a language's address, at the first part that this author may translate."""
    if _may(here, None):
        return ""
    return next((f"?day={tab.day}" for tab in here.days if _may(here, tab)), "")


def _page(request: Request, here: Open, language: str | None, day: int | None, show: str, asked: str = "") -> Response:
    scenario = here.read.scenario
    written = look(here.read.data, ("translations", language or ""))
    pieces: tuple[Piece, ...] = ()
    if scenario is not None and language is not None:
        pieces = tuple(_pieces(scenario, language, day, written if isinstance(written, dict) else {}))
        pieces = _with_changes(here, pieces, scenario.translations.get(language, {}))
    rows = [row for piece in pieces for row in piece.rows]
    standing = Counter(row.state.value for row in rows)
    tab = next((one for one in here.days if one.day == day), None)
    frozen = tab is not None and tab.status == Status.FROZEN
    return author_page(
        request,
        here,
        "author_languages.html",
        "languages",
        day=day,
        to=language,
        source=scenario.language if scenario is not None else "en",
        progress=_progress(scenario, language) if scenario is not None else (),
        by_day=_by_day(scenario, language) if scenario is not None and language is not None else {},
        pieces=pieces,
        counts={"all": len(rows), "missing": standing["missing"], "stale": standing["stale"]},
        shown=SHOWN,
        show=show,
        may_translate=_may(here, tab),
        reads=[part.day if part is not None else None for part in (None, *here.days) if not _may(here, part)],
        begins=_begins(here),
        frozen=frozen,
        none_base=revision(None),
        asked=asked,
        known=[(code, own_name(code)) for code in KNOWN],
    )


def _with_changes(here: Open, pieces: tuple[Piece, ...], made: Mapping[str, Translated]) -> tuple[Piece, ...]:
    """The pieces with what changed in those sources that have changed since they were translated."""
    stale = {row.address: made[row.address].of for one in pieces for row in one.rows if row.state is Freshness.STALE}
    if not stale:
        return pieces
    before = history.earlier_words(here.house.store, here.draft.id, set(stale.values()))

    def told(row: Row) -> Row:
        old = before.get(stale.get(row.address, ""))
        return replace(row, was=words(old, row.source)) if old is not None else row

    return tuple(replace(one, rows=tuple(map(told, one.rows))) for one in pieces)


def _progress(scenario: Scenario, language: str | None) -> tuple[Progress, ...]:
    """How far each language is, and the one that is looked at though nothing of it is there."""
    wanted = [*scenario.translations, *([language] if language is not None else [])]
    found = []
    for one in sorted(set(wanted)):
        standing = Counter(status(scenario, one).values())
        done = standing[Freshness.FRESH] + standing[Freshness.STALE]
        found.append(Progress(one, standing.total(), done, standing[Freshness.STALE]))
    return tuple(found)


def _by_day(scenario: Scenario, language: str) -> dict[int | None, Progress]:
    """The same of one language, by day; under None what belongs to no day."""
    counted: dict[int | None, Counter[Freshness]] = {}
    days = _days(scenario)
    for address, state in status(scenario, language).items():
        counted.setdefault(days.get(_piece(address)), Counter())[state] += 1
    return {
        day: Progress(
            language,
            standing.total(),
            standing.total() - standing[Freshness.MISSING],
            standing[Freshness.STALE],
        )
        for day, standing in counted.items()
    }


def _days(scenario: Scenario) -> dict[str, int]:
    """The day of every inject, and of a day's own texts, by the first word of their addresses."""
    injects = {inject.id: day.day for day in scenario.days for inject in day.injects}
    return injects | {f"day-{day.day}": day.day for day in scenario.days}


def _piece(address: str) -> str:
    return address.partition(".")[0]


def _pieces(scenario: Scenario, language: str, day: int | None, written: Mapping[str, object]) -> Iterator[Piece]:
    """The pieces of a day. `written` is what the language's file says, for that is what a revision is of."""
    days, standing, known = _days(scenario), status(scenario, language), texts(scenario)
    made = scenario.translations.get(language, {})
    words = {known[address]: one.text for address, one in made.items() if one.text and address in known}
    titles = {inject.id: inject.title for one in scenario.days for inject in one.injects}
    here = (address for address in known if days.get(_piece(address)) == day)
    for name, addresses in groupby(here, lambda address: _piece(address) if day is not None else _part(address)):
        rows = []
        for address in addresses:
            translation = made.get(address)
            source = known[address]
            rows.append(
                Row(
                    address,
                    _label(address),
                    source,
                    translation.text if translation is not None else "",
                    standing[address],
                    digest(source),
                    revision(written.get(address)),
                    words.get(source, "") if standing[address] is Freshness.MISSING else "",
                    len(source) > 90 or "\n" in source,
                )
            )
        yield Piece(
            "" if name not in titles else name, titles.get(name) or _PARTS.get(name, _PARTS["day"]), tuple(rows)
        )


def _part(address: str) -> str:
    """Under which heading a text that belongs to no day stands."""
    name, dot, _ = address.partition(".")
    return name if dot else "scenario"


_PARTS = {
    "day": "The day and its agenda",
    "scenario": "What it is",
    "rules": "Rules",
    "assumptions": "Assumptions",
    "objectives": "Objectives",
    "capabilities": "Capabilities",
    "groups": "Working groups",
    "organisations": "Organisations",
    "glossary": "Glossary",
    "storylines": "Storylines",
    "feedback": "Participants' feedback",
    "variables": "What the story remembers",
    "map": "Map",
}
_FIELDS = {
    "title": "Title",
    "theme": "Theme",
    "summary": "Summary",
    "sender": "From",
    "text": "Text",
    "notes": "Facilitator's notes",
    "name": "Name",
    "about": "About",
    "story": "Time in the story",
    "ask": "Question",
    "low": "Lowest of the scale",
    "high": "Highest of the scale",
    "alt": "Picture, for those who cannot see it",
    "caption": "Picture's caption",
}


def _label(address: str) -> str:
    """What a text is to somebody who translates it, in a few words."""
    match address.split("."):
        case [_, "questions", question, "options", key]:
            return f"Question {question}, option {key}"
        case [_, "questions", question, field]:
            return f"{_FIELDS[field]}, {question}"
        case [_, "branch", "options", key, _]:
            return f"Decision, option {key}"
        case [_, "expected", number]:
            return f"Expected to be heard, {number}"
        case [_, "map", number, "label"]:
            return f"On the map, step {number}"
        case [_, "sessions", _, "speakers", number, "role"]:
            return f"Speaker {number}, who that is"
        case [_, "sessions", _, "speakers", number, "topic"]:
            return f"Speaker {number}, what the talk is about"
        case [_, "sessions", _, _]:
            return "Session"
        case [_, "questions", number]:
            return f"Question to think about beforehand, {number}"
        case ["variables", name, _]:
            return name
        case ["map", kind, name, field]:
            return f"{_FIELDS[field]} of {kind.removesuffix('s')} {name}"
        case [_, "picture", field]:
            return _FIELDS[field]
        case [_, ident, field]:
            return f"{ident}, {_FIELDS.get(field, field).lower()}"
        case [_, field] if field in _FIELDS:
            return _FIELDS[field]
        case [_, number]:
            return number
        case [field]:
            return _FIELDS.get(field, field)
        case _:
            return address
