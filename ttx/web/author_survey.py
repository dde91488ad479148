"""A scenario under way as its director asks about it: what stands out, and the figures behind it."""

from collections.abc import Iterable
from functools import lru_cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.scenario.attendance import Sitting
from ttx.scenario.graph import Graph
from ttx.scenario.paths import Choice
from ttx.scenario.story import Range
from ttx.scenario.survey import Remark, Survey, survey
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_frame import Reading, author_page, opened

router = APIRouter(include_in_schema=False)


@router.get("/a/{author}/survey")
def survey_page(request: Request, house: TheHouse, author: TheAuthor, day: int | None = None) -> Response:
    """Every question a director asks, answered over all paths of the draft as it is now."""
    here = opened(house, author)
    graph, found = here.read.graph, _surveyed(here.read)
    if graph is None or found is None:
        return author_page(request, here, "author_survey.html", "survey", day=day, survey=None)
    return author_page(
        request,
        here,
        "author_survey.html",
        "survey",
        day=day,
        survey=found,
        graph=graph,
        remarks=sorted(found.remarks, key=lambda remark: not remark.sure),
        linked=lambda remark: _linked(here.read, remark),
        ways=_ways(graph, found),
        always=[name for name, place in found.places.items() if place.always],
        by_day=_by_day(found.attendance.sittings),
        heat=_heat,
        walked=_walked,
    )


# 0.03 s for 60 injects and 2 s for 10,000; the page is asked for more often than the draft changes.
@lru_cache(maxsize=8)
def _surveyed(read: Reading) -> Survey | None:
    return survey(read.graph, read.roster) if read.graph is not None else None


def remarks_on(read: Reading, inject: str) -> list[Remark]:
    """What stands out about an inject; nothing where asking would take longer than a save may."""
    if read.graph is None or len(read.graph.injects) > _PROMPT:
        return []
    found = _surveyed(read)
    return [one for one in found.remarks if one.inject == inject] if found is not None else []


def remarked(read: Reading) -> int:
    """How many things stand out in all; 0 where asking would take longer than a page may."""
    found = _surveyed(read) if read.graph is not None and len(read.graph.injects) <= _PROMPT else None
    return len(found.remarks) if found is not None else 0


_PROMPT = 1_000


def _linked(read: Reading, remark: Remark) -> str:
    """The rest of the address in the editor that a remark leads to; empty if it is about no one place."""
    graph = read.graph
    if graph is not None and remark.inject is not None and remark.inject in graph.injects:
        return f"?day={graph.day_of[remark.inject]}&inject={remark.inject}"
    return f"?day={remark.day}" if remark.day is not None else ""


def _ways(graph: Graph, found: Survey) -> list[tuple[tuple[Choice, ...], str, list[str]]]:
    """The injects that only some paths tell, by the choices that lead to them, and how many paths those are."""
    ways: dict[tuple[tuple[Choice, ...], int], list[str]] = {}
    for name, place in found.places.items():
        if not place.always:
            ways.setdefault((place.given, place.paths), []).append(name)
    order = {name: rank for rank, name in enumerate(graph.injects)}
    ranked = sorted(ways.items(), key=lambda item: [(order[decision], option) for decision, option in item[0][0]])
    return [(given, f"{100 * paths / found.paths:.0f} %", names) for (given, paths), names in ranked]


def _by_day(sittings: Iterable[Sitting]) -> dict[int, list[Sitting]]:
    days: dict[int, list[Sitting]] = {}
    for sitting in sittings:
        days.setdefault(sitting.day, []).append(sitting)
    return days


def _heat(span: Range, spans: Iterable[Range]) -> int:
    """How dark a cell is, from 0 for none to 5 for the most of its table."""
    most = max((other.most for other in spans), default=0)
    return 0 if not span.most else 1 + round(4 * span.most / most) if most > 4 else min(span.most, 5)


def _walked(choices: Iterable[Choice]) -> str:
    """Choices as the walk's page reads them: `D1-06~A.D2-04~B`."""
    return ".".join(f"{decision}~{option}" for decision, option in choices)
