"""What every authors' page stands on: the draft as it reads now, its days, what is found wrong, and who is looking.

The frame is `author_layout.html`. What a page shows inside it is that page's own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ttx.exercise.rights import Action, Author, covers_group, reach
from ttx.pages import tongues
from ttx.scenario import checks, graph, paths
from ttx.scenario.blank import ident_of
from ttx.scenario.findings import Finding
from ttx.scenario.formwords import formed
from ttx.scenario.graph import Graph
from ttx.scenario.material import Material
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Roster
from ttx.store import comments, drafts
from ttx.web.access import House
from ttx.web.labels import role_label
from ttx.web.shown import page

OPEN = ("draft", "in_review")
"""The statuses in which a day may be changed."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A draft's files, understood as far as they go: `scenario` and `graph` are None while nothing can be read.

    `needed` says by day and session how many minutes the checks find that its injects need. `by_place` has the findings
    by the place of the day they are about, those of translations of its injects among them.
    """

    material: Material
    scenario: Scenario | None
    graph: Graph | None
    findings: tuple[Finding, ...]
    roster: Roster | None
    needed: Mapping[int, Mapping[str, int]]
    by_place: Mapping[int, tuple[Finding, ...]]

    @property
    def data(self) -> Mapping[str, object]:
        """The scenario as plain data, whole or not."""
        return self.material.data if isinstance(self.material.data, dict) else {}

    def place(self, day: int | None) -> int | None:
        """At which place among `data["days"]` the day of this number stands."""
        return next((place for place, one in enumerate(days_of(self.data)) if one.get("day") == day), None)


@dataclass(frozen=True, slots=True)
class DayTab:
    """One day in the row of tabs."""

    day: int
    title: str
    theme: str
    lead: str
    status: str
    may_edit: bool
    errors: int
    warnings: int
    injects: int


def reading(texts: Mapping[str, str], pictures: Collection[str]) -> Reading:
    """What these files say; `pictures` are the names of the folder's. The same files are read once."""
    return _reading(tuple(sorted(texts.items())), frozenset(pictures))


@lru_cache(maxsize=16)
def _reading(texts: tuple[tuple[str, str], ...], pictures: frozenset[str]) -> Reading:
    found = checks.checked_texts(dict(texts), pictures)
    drawn = graph.build(found.scenario) if found.scenario is not None else None
    said_of = tuple(replace(one, sentence=_tongues(formed(one).sentence)) for one in found.findings)
    return Reading(
        found.material,
        found.scenario,
        drawn,
        said_of,
        found.roster,
        _needed(found.scenario),
        _by_place(found.material, said_of),
    )


def _tongues(sentence: str) -> str:
    """The sentence with languages by their names."""
    return _INTO.sub(lambda code: f"translated into {tongues.name_of(code[1])}", sentence)


_INTO = re.compile(r"\btranslated into '([\w-]+)'")


def _by_place(material: Material, findings: tuple[Finding, ...]) -> dict[int, tuple[Finding, ...]]:
    days = days_of(material.data) if isinstance(material.data, dict) else []
    files = {file: place for place, file in enumerate(material.day_files)}
    homes = {said(one, "id"): place for place, day in enumerate(days) for one in items_of(day, "injects")}
    found: dict[int, list[Finding]] = {}
    for one in findings:
        place = files.get(one.file, homes.get(one.inject or ""))
        if place is not None:
            found.setdefault(place, []).append(one)
    return {place: tuple(ones) for place, ones in found.items()}


def _needed(scenario: Scenario | None) -> dict[int, dict[str, int]]:
    if scenario is None:
        return {}
    course = paths.paths(scenario)
    return {
        day.day: {session: minutes for session, (minutes, _) in paths.lengths(course, place).items()}
        for place, day in enumerate(scenario.days)
    }


def days_of(data: Mapping[str, object]) -> list[dict[str, object]]:
    """The days of plain data; what is no mapping counts as an empty one, so that places stay."""
    days = data.get("days")
    return [one if isinstance(one, dict) else {} for one in days] if isinstance(days, list) else []


def items_of(piece: Mapping[str, object], field: str) -> list[dict[str, object]]:
    """The items of a list in plain data, such as a day's injects; what is no mapping counts as an empty one."""
    items = piece.get(field)
    return [one if isinstance(one, dict) else {} for one in items] if isinstance(items, list) else []


def said(piece: Mapping[str, object], field: str) -> str:
    """A field of plain data as text; empty where there is none."""
    value = piece.get(field)
    return "" if value is None or isinstance(value, dict | list) else str(value)


def day_tabs(author: Author, draft: drafts.Draft, read: Reading) -> tuple[DayTab, ...]:
    """The days with how they stand, and whether this author may change them."""
    tabs = []
    for place, one in enumerate(days_of(read.data)):
        number = one.get("day")
        if not isinstance(number, int):
            continue
        counted = Counter(found.severity for found in read.by_place.get(place, ()))
        status, lead = str(draft.status(number)), said(one, "lead")
        may = status in OPEN and covers_group(author, Action.EDIT_SCENARIO, lead)
        tabs.append(
            DayTab(
                number,
                said(one, "title"),
                said(one, "theme"),
                lead,
                status,
                may,
                counted["error"],
                counted["warning"],
                len(items_of(one, "injects")),
            )
        )
    return tuple(tabs)


def file_name(read: Reading) -> str:
    """What a file of this scenario is called: its title in plain letters, or its id where the title has none."""
    title = ident_of(said(read.data, "title"))
    plain = title if title.removeprefix("scenario").strip("-") else said(read.data, "id")
    return "".join(sign for sign in plain if sign.isascii() and (sign.isalnum() or sign in "-_")) or "scenario"


def attached(read: Reading, ending: str) -> dict[str, str]:
    """The header that names a file of this scenario: in its title's own letters where they are not Latin (RFC 6266)."""
    title = unicodedata.normalize("NFC", said(read.data, "title")).casefold()
    spelled = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in title)
    own = "-".join(spelled.split())[:60].strip("-")
    plain = f'attachment; filename="{file_name(read)}{ending}"'
    if all("LATIN" in unicodedata.name(sign, "") for sign in own if sign.isalpha()):
        return {"content-disposition": plain}
    return {"content-disposition": f"{plain}; filename*=UTF-8''{quote(own + ending)}"}


def label_of(author: Author) -> str:
    """What an author is called on a page."""
    return author.name or author.group or role_label(author.role)


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A draft that an author has before him: as it is kept, as it reads, and its days as he may change them."""

    house: House
    author: Author
    draft: drafts.Draft
    read: Reading
    days: tuple[DayTab, ...]

    def day(self, number: int) -> Mapping[str, object]:
        """The day of this number as plain data; an empty one if there is none."""
        place = self.read.place(number)
        return days_of(self.read.data)[place] if place is not None else {}


def opened(house: House, author: Author) -> Open:
    """The author's draft as it is now. Raises what `drafts.open_draft` raises."""
    draft = drafts.open_draft(house.store, author.draft)
    read = reading(draft.texts, draft.pictures)
    return Open(house, author, draft, read, day_tabs(author, draft, read))


def author_page(
    request: Request,
    here: Open,
    template: str,
    tab: str,
    *,
    day: int | None = None,
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """A page in the authors' frame, with what the head of `author_layout.html` promises beside its own context."""
    author, read = here.author, here.read
    counted = Counter(one.severity for one in read.findings)
    return page(
        request,
        template,
        status=status,
        tab=tab,
        day=day,
        base=f"/a/{author.id}",
        author=author,
        who=label_of(author),
        role_name=role_label(author.role),
        draft=here.draft.id,
        head=here.draft.head,
        title=said(read.data, "title") or here.draft.title,
        scenario=read.scenario,
        days=here.days,
        errors=counted["error"],
        warnings=counted["warning"],
        last_said=comments.last_said(here.house.store, here.draft.id),
        undoable=drafts.undoable(here.house.store, author, here.draft),
        redoable=drafts.redoable(here.house.store, author, here.draft),
        may={
            "approve": reach(author, Action.APPROVE_SCENARIO) is not None,
            "people": reach(author, Action.AUTHORS) is not None,
            "start": reach(author, Action.START_EXERCISE) is not None,
        },
        **context,
    )
