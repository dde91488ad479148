"""The graph of a scenario under way: the page, and the bands that are other than those a page has."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ttx.pages.graph import Drawn, bands
from ttx.scenario.findings import Finding
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_frame import DayTab, Open, author_page, days_of, items_of, opened

router = APIRouter(include_in_schema=False)


@router.get("/a/{author}/graph")
def graph_page(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    day: int | None = None,
    inject: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """All days as a graph; it opens at this day or with this inject picked."""
    here = opened(house, author)
    there = any(one.day == day for one in here.days)
    shown = _picture(here)
    return author_page(
        request, here, "author_graph.html", "graph", day=day if there else None, picked=inject, picture=shown
    )


@router.get("/a/{author}/graph/bands")
def graph_bands(
    house: TheHouse, author: TheAuthor, have: Annotated[str, Query(max_length=2000, pattern=r"^[0-9a-fr,]*$")] = ""
) -> Response:
    """Every band in its order. Of those whose digest the page has, and says so in `have`, only the place."""
    here = opened(house, author)
    shown = _picture(here, frozenset(have.split(",")))
    text = house.pages.render("parts/graph-bands.html", "en", head=here.draft.head, picture=shown)
    return HTMLResponse(text)


@dataclass(frozen=True, slots=True)
class Picture:
    """What the templates draw: the bands with their tabs, how wide they are, how many injects cannot be drawn, and the
    digests of the bands that a page has already."""

    bands: tuple[tuple[Drawn, DayTab], ...]
    width: float
    undrawn: int
    had: frozenset[str]


def _picture(here: Open, had: frozenset[str] = frozenset()) -> Picture:
    graph = here.read.graph
    written = sum(len(items_of(day, "injects")) for day in days_of(here.read.data))
    if graph is None:
        return Picture((), 0, written, had)
    tabs = {one.day: one for one in here.days}
    status = {one.day: one.status for one in here.days}
    width, drawn = bands(here.house.pages, graph, found=_found(here.read.findings), status=status)
    placed = tuple((one, tabs[one.day]) for one in drawn if one.day in tabs)
    return Picture(placed, width, written - len(graph.injects), had)


def _found(findings: tuple[Finding, ...]) -> dict[str, tuple[int, int]]:
    """Errors and warnings by inject."""
    counted = Counter((one.inject, one.severity) for one in findings if one.inject is not None)
    return {name: (counted[name, "error"], counted[name, "warning"]) for name, _ in counted}
