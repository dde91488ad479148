"""The list editor: one day at a time, its agenda beside the form of what is picked, and the preview of it."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, JsonValue
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ttx.exercise.rights import Action, Author, covers_group, reach
from ttx.review.feedback import STATEMENTS
from ttx.scenario.files import ROSTERS
from ttx.scenario.formplaces import place_words
from ttx.scenario.merging import own, revision
from ttx.scenario.model import InjectKind
from ttx.store import commented, comments, history
from ttx.web.access import House, TheAuthor, TheHouse
from ttx.web.author_agenda import Block, agenda, following
from ttx.web.author_findings import PARTS, named, of_day, part_of, sections, within
from ttx.web.author_forms import Lenient, by_field, head_form, inject_form, known, lenient, session_form, spot, spots
from ttx.web.author_frame import DayTab, Open, author_page, items_of, label_of, opened, said
from ttx.web.author_preview import inject_preview, languages_of, map_preview
from ttx.web.author_roster import roster_part
from ttx.web.author_survey import remarked, remarks_on
from ttx.web.seats import address_of

router = APIRouter(include_in_schema=False)

Name = Annotated[str | None, Query(max_length=200)]


class Half(BaseModel):
    """What an author has typed so far, by field; None is a field he took away."""

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, JsonValue]


@router.get("/a/{author}")
def editor(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    day: int | None = None,
    inject: Name = None,
    session: Name = None,
    part: Name = None,
    findings: Name = None,
    brought: Name = None,
) -> Response:
    """The list. Without a day, the first one that the author's own group leads; an inject is shown on its own day
    and by its own id, whatever they were when a link to it was made. With `brought` a day says what became of the file
    that its author has just put there."""
    here = opened(house, author)
    if inject is not None and (at := _day_of(here, inject)) != day:
        now = inject if at is not None else history.renamed_to(house.store, author.draft, inject)
        if now is not None and (at := _day_of(here, now)) is not None:
            return RedirectResponse(f"/a/{author.id}?{urlencode({'day': at, 'inject': now})}", 303)
    if findings is not None:
        found = {"sections": sections(here), "remarked": remarked(here.read), "place_words": place_words}
        there = {said(one, "id") for tab in here.days for one in items_of(here.day(tab.day), "injects")}
        found["orphans"] = commented.orphans(comments.comments(house.store, here.draft.id), there)
        return _page(request, here, None, "findings", {"part": None, **found})
    if part == "new-day" and day is None and covers_group(author, Action.EDIT_SCENARIO, None):
        return _page(request, here, None, "new-day", {"part": part})
    if part is not None and part in PARTS and day is None:
        if part == "roster":
            return _page(request, here, None, part, {"part": part, "part_label": PARTS[part], **roster_part(here)})
        return _head(request, here, part)
    tab = next((one for one in here.days if one.day == day), None)
    if tab is None:
        leads = [one for one in here.days if one.lead == author.group] or list(here.days)
        if not leads or day is not None:
            if day is None:
                return _head(request, here, "head")
            return _page(request, here, None, "gone", {"part": None, **_lost(here, inject)})
        tab = leads[0]
    raw = here.day(tab.day)
    file = here.read.material.day_files[here.read.place(tab.day) or 0]
    blocks = agenda(
        raw,
        here.read.graph,
        here.read.findings,
        comments.open_comments(house.store, author.draft),
        file,
        here.read.needed.get(tab.day, {}),
    )
    around = _around(here, tab, blocks)
    if inject is not None:
        return _inject(request, house, here, tab, inject, blocks, around)
    if session is not None:
        return _session(request, here, tab, session, around)
    last = history.latest(house.store, author.draft) if brought is not None else None
    told = last.sentence if last is not None and last.author.id == author.id else ""
    return _day(request, here, tab, {**around, "brought": told})


@router.get("/a/{author}/inject/{inject}/preview")
def saved_preview(house: TheHouse, author: TheAuthor, inject: str, language: Name = None) -> Response:
    """An inject as it is saved, as a delegate would see it, with the map after it."""
    return _previewed(house, author, inject, {}, language)


@router.post("/a/{author}/inject/{inject}/preview")
def typed_preview(house: TheHouse, author: TheAuthor, inject: str, half: Half, language: Name = None) -> Response:
    """The same with what is typed and not saved. Nothing is kept of it."""
    return _previewed(house, author, inject, half.fields, language)


@router.post("/a/{author}/map/preview")
def typed_map(house: TheHouse, author: TheAuthor, half: Half) -> Response:
    """The map with what is typed and not saved. Nothing is kept of it."""
    here = opened(house, author)
    return HTMLResponse(map_preview(house.pages, {**here.read.data, **half.fields}.get("map")))


@router.get("/a/{author}/now")
def now(house: TheHouse, author: TheAuthor, since: Annotated[int | None, Query(ge=0, le=2**53)] = None) -> Response:
    """How far the draft and its comments are, so that a page knows whether others wrote meanwhile, and who.

    With `since` also the later changes that kept other words in the place of this author's: `over`.
    """
    if since is not None:
        over = history.passed_over(house.store, author, since)
        told_over = [{"seq": one.seq, "by": label_of(one.author), "sentence": one.sentence} for one in over]
        return JSONResponse({"over": told_over})
    last = history.latest(house.store, author.draft)
    said_last = comments.last_said(house.store, author.draft)
    if last is None:
        return JSONResponse({"head": 0, "said": said_last, "by": "", "mine": False, "at": ""})
    told = {"by": label_of(last.author), "mine": last.author.id == author.id, "at": house.pages.clock(last.at)}
    return JSONResponse({"head": last.seq, "said": said_last, **told})


def _previewed(house: House, author: Author, inject: str, typed: Mapping[str, Any], language: str | None) -> Response:
    here = opened(house, author)
    for one in here.days:
        for raw in items_of(here.day(one.day), "injects"):
            if said(raw, "id") == inject:
                fields = {name: value for name, value in {**raw, **typed}.items() if value is not None}
                whole = {**fields, "id": inject}
                return HTMLResponse(inject_preview(house.pages, here.read, one.day, whole, language))
    return HTMLResponse("", 404)


def _page(request: Request, here: Open, tab: DayTab | None, shown: str, context: Mapping[str, Any]) -> Response:
    day = tab.day if tab is not None else None
    rights = covers_group(here.author, Action.EDIT_SCENARIO, None)
    return author_page(
        request,
        here,
        "author.html",
        "list",
        day=day,
        status=404 if shown == "gone" else 200,
        **{
            "shown": shown,
            "lost": None,
            "blank": Lenient(),
            "spot": spot,
            "spots": spots,
            "known": known(here.read, day, here.draft.pictures),
            "found": {},
            "remarks": (),
            "preview": None,
            "previewed": False,
            "may_edit_here": tab.may_edit if tab is not None else rights,
            "why_not": _why_not(here.author, tab, rights),
            "kinds": frozenset(InjectKind),
            "piece": Lenient(),
            "comments": (),
            "earlier": {},
            "called": label_of,
            **(_parts(here) if tab is None else {}),
            **context,
        },
    )


def _around(here: Open, tab: DayTab, blocks: tuple[Block, ...]) -> dict[str, Any]:
    stood = history.standing(here.house.store, here.draft.id, tab.day)
    return {
        "stood": stood if stood is not None and stood.change.get("status") == tab.status else None,
        "open_comments": sum(row.comments for block in blocks for row in block.rows),
        "tab_of": tab,
        "blocks": blocks,
        "planned": sum(block.minutes for block in blocks if block.kind == "session"),
        "used": sum(block.used for block in blocks),
        "steps": _steps(here.author, tab),
        "part": None,
    }


def _inject(
    request: Request,
    house: House,
    here: Open,
    tab: DayTab,
    wanted: str,
    blocks: tuple[Block, ...],
    around: Mapping[str, Any],
) -> Response:
    raw = next((one for one in items_of(here.day(tab.day), "injects") if said(one, "id") == wanted), None)
    if raw is None:
        return _page(request, here, tab, "gone", {**around, **_lost(here, wanted)})
    after = following(blocks, wanted)
    titles = {row.id: row.title for block in blocks for row in block.rows}
    mine = named(here, (one for one in here.read.findings if one.inject == wanted))
    on_it = comments.comments(house.store, here.draft.id, wanted)
    return _page(
        request,
        here,
        tab,
        "inject",
        {
            **around,
            "piece": inject_form(raw),
            "revision": revision(raw),
            "doing": "write_inject",
            "kept": f"inject:{wanted}",
            "link": f"{address_of(request)}/a/{here.author.id}?{urlencode({'day': tab.day, 'inject': wanted})}",
            "follows": {"id": after, "title": titles[after]} if after is not None else None,
            "found": by_field(mine, raw),
            "remarks": remarks_on(here.read, wanted),
            "comments": on_it,
            "earlier": commented.earlier(house.store, here.draft.id, on_it, raw),
            "preview": inject_preview(house.pages, here.read, tab.day, raw),
            "previewed": True,
            "reading": languages_of(here.read),
        },
    )


def _lost(here: Open, inject: str | None) -> dict[str, Any]:
    """What took an inject out that is not there any more, where the history knows it, and what was said of it."""
    if inject is None:
        return {}
    store, draft = here.house.store, here.draft.id
    return {
        "lost": history.gone(store, draft, {inject}).get(inject),
        "comments": comments.comments(store, draft, inject),
    }


def _session(request: Request, here: Open, tab: DayTab, wanted: str, around: Mapping[str, Any]) -> Response:
    sessions = items_of(here.day(tab.day), "sessions")
    place = next((place for place, one in enumerate(sessions) if said(one, "id") == wanted), None)
    if place is None:
        return _page(request, here, tab, "gone", around)
    mine = [
        within(one, 2) for one in of_day(here, tab) if (one.field or "").startswith(f"sessions.{wanted}.")
    ]  # fmt: skip
    return _page(
        request,
        here,
        tab,
        "session",
        {
            **around,
            "piece": session_form(sessions[place]),
            "revision": revision(sessions[place]),
            "doing": "write_session",
            "kept": f"session:{tab.day}:{wanted}",
            "found": by_field(mine, {}),
        },
    )


def _day_of(here: Open, inject: str) -> int | None:
    """The day that an inject is in, wherever it was when a link to it was made."""
    days = (one.day for one in here.days)
    return next(
        (day for day in days if any(said(one, "id") == inject for one in items_of(here.day(day), "injects"))), None
    )


def _day(request: Request, here: Open, tab: DayTab, around: Mapping[str, Any]) -> Response:
    raw = own(here.day(tab.day))
    mine = [one for one in of_day(here, tab) if one.inject is None]
    return _page(
        request,
        here,
        tab,
        "day",
        {
            **around,
            "piece": lenient(raw),
            "revision": revision(raw),
            "doing": "write_day",
            "kept": f"day:{tab.day}",
            "found": by_field(mine, {}),
        },
    )


def _head(request: Request, here: Open, part: str) -> Response:
    data = {name: value for name, value in here.read.data.items() if name not in ("days", "translations")}
    mine = [one for one in here.read.findings if one.file == here.read.material.file]
    piece = head_form(data)
    return _page(
        request,
        here,
        None,
        part,
        {
            "part": part,
            "part_label": PARTS[part],
            "piece": piece,
            "revision": revision(data),
            "doing": "write_head",
            "kept": f"head:{part}",
            "found": by_field(mine, {}),
            "preview": map_preview(request.app.state.house.pages, data.get("map")) if part == "map" else None,
            "previewed": part == "map",
            "usual": STATEMENTS,
        },
    )


def _parts(here: Open) -> dict[str, Any]:
    """The parts of the whole with how much each holds, and how much is found wrong in it."""
    data = here.read.data
    counts = {name: len(one) if isinstance(one := data.get(name), dict | list) else None for name in PARTS}
    found = Counter(part_of(one) for one in here.read.findings if one.file == here.read.material.file)
    counts["roster"] = len(here.read.roster.seats) if here.read.roster is not None else None
    found["roster"] = sum(one.file in ROSTERS for one in here.read.findings)
    return {
        "parts": [(name, label, counts[name] if name != "map" else None) for name, label in PARTS.items()],
        "found_in": found,
    }


def _steps(author: Author, tab: DayTab) -> list[tuple[str, str]]:
    """What this author may make of the day's status, with the words on the button; the usual step first."""
    approves = reach(author, Action.APPROVE_SCENARIO) is not None
    leads = covers_group(author, Action.EDIT_SCENARIO, tab.lead)
    match tab.status:
        case "draft" if leads:
            return [("in_review", "Send to review")]
        case "in_review":
            director = [("approved", "Approve")] if approves else []
            return [*director, *([("draft", "Back to draft")] if leads else [])]
        case "approved" if approves:
            return [("frozen", "Freeze"), ("draft", "Reopen")]
        case "frozen" if approves:
            return [("draft", "Reopen")]
        case _:
            return []


def _why_not(author: Author, tab: DayTab | None, head: bool) -> str | None:
    """Why this author may read and not write here, and who may; None if he may."""
    if tab is None:
        return None if head else "The director and the lead facilitator write what holds for all days; you can read it."
    if tab.may_edit:
        return None
    if not covers_group(author, Action.EDIT_SCENARIO, tab.lead):
        return f"This day is led by {tab.lead}; its authors and the director write it. You can read it and comment."
    if reach(author, Action.APPROVE_SCENARIO) is not None:
        return f"This day is {tab.status}, so that nothing in it changes. Reopen it, in its agenda, to write in it."
    if tab.status == "frozen":
        return "This day is frozen. Ask the director to reopen it if something has to change."
    return "This day is approved. Ask the director to reopen it if something has to change."
