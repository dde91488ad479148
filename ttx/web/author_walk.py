"""A walk through a scenario under way: any path, step by step, as a delegate and as a facilitator sees it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.atlas import draw
from ttx.exercise.rights import Author, Seat
from ttx.exercise.sight import told_to
from ttx.exercise.walk import Viewer, Walk, ahead, back, onward, seen, taking, viewers, waiting, walk
from ttx.scenario.editions import edition
from ttx.scenario.graph import Graph, remembered
from ttx.scenario.model import Day, Inject
from ttx.scenario.roster import Role
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_frame import Open, author_page, opened
from ttx.web.author_preview import languages_of

router = APIRouter(include_in_schema=False)

_SCREEN = Seat("walk", "walk", Role.PROJECTOR)


@router.get("/a/{author}/walk")
def walk_page(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    path: Annotated[str, Query(max_length=4000)] = "",
    eyes: Annotated[str, Query(alias="as", max_length=80)] = "",
    when: Annotated[str | None, Query(max_length=2000)] = None,
    day: int | None = None,
    reads: Annotated[str, Query(alias="in", max_length=20)] = "",
) -> Response:
    """Where this path leads. With `when` (`D1-06~A.D2-04~B`), the page of the whole path that takes these options; with
    `day` and no path, of the one that comes to this day by every default. `in` is the language it is read in."""
    here = opened(house, author)
    graph, roster = here.read.graph, here.read.roster
    if graph is None:
        return author_page(request, here, "author_walk.html", "walk", day=day, walk=None)
    if when is not None:
        options = dict(choice.split("~", 1) for choice in when.split(".") if "~" in choice)
        return RedirectResponse(_address(author, taking(graph, options, roster), eyes, reads), 303)
    first = graph.scenario.days[0].day
    if not path and day not in (None, first) and graph.scenario.day(day or first) is not None:
        return RedirectResponse(_address(author, taking(graph, {}, roster, until=day), eyes, reads), 303)
    reading = languages_of(here.read)
    reads = reads if reads in reading[1:] else ""
    if reads:
        graph = edition(graph, reads).graph
    walked = walk(graph, path, roster)
    known = viewers(graph, roster)
    viewer = next((one for one in known if one.key == eyes), known[0])
    return author_page(
        request,
        here,
        "author_walk.html",
        "walk",
        day=walked.state.day,
        status=200,
        walk=walked,
        viewer=viewer,
        viewers=known,
        address=lambda moved: _address(author, moved, viewer.key, reads),
        reading=reading,
        reads=reads,
        **_shown(here, graph, walked, viewer),
    )


def _shown(here: Open, graph: Graph, walked: Walk, viewer: Viewer) -> dict[str, object]:
    """What the page shows of a walk: the story so far, what may come next and why not, the map, the variables."""
    told = seen(walked, viewer)
    today = graph.scenario.day(walked.state.day) if walked.state.day is not None else None
    many = ahead(walked) if walked.decision is None else 0
    return {
        "graph": graph,
        "today": today,
        "told": told[::-1],
        "elsewhere": len(walked.state.out) - len(told),
        "planned": _planned(graph, today),
        "previous": back(walked),
        "tell": onward(walked, "1") if walked.upcoming is not None else None,
        "many": many,
        "forward": onward(walked, str(many)) if many > 1 else None,
        "next_day": onward(walked, "_") if not walked.over else None,
        "options": _options(graph, walked),
        "waiting": [(inject, stand, onward(walked, inject.id)) for inject, stand in waiting(walked)],
        "atlas": draw(graph.scenario.map, told_to(graph, walked.state, _SCREEN)),
        "pictures": f"/a/{here.author.id}/pictures/",
    }


def _options(graph: Graph, walked: Walk) -> list[tuple[str, str, Inject | None, dict[str, object], str]]:
    """The options of the decision that is due: key, label, what follows, what is set, and where it leads."""
    decision = walked.decision
    if decision is None or decision.branch is None:
        return []
    sets = remembered(decision)
    return [
        (key, option.label, graph.injects.get(option.next), dict(sets[key]), onward(walked, f"~{key}"))
        for key, option in decision.branch.options.items()
    ]


def _planned(graph: Graph, day: Day | None) -> int:
    """The minutes of the day's sessions that injects stand in."""
    if day is None:
        return 0
    used = {inject.session for inject in day.injects}
    return sum(session.minutes for session in day.sessions if session.id in used)


def _address(author: Author, path: str, eyes: str, reads: str) -> str:
    query = {name: value for name, value in (("path", path), ("as", eyes), ("in", reads)) if value}
    return f"/a/{author.id}/walk" + (f"?{urlencode(query, safe='~._')}" if query else "")
