"""The situation manual for those who follow an exercise, and how a paper is handed over."""

from collections.abc import Callable
from threading import Lock

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.web.access import TheHouse, TheSeat
from ttx.web.labels import seat_label
from ttx.web.papers import Order, manual, manual_set
from ttx.web.report_files import around
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

_setting = Lock()
"""A typesetter takes a core for half a second: one at a time, so that 300 tablets that print leave one to the room."""
_KEPT = 32
_manuals: dict[tuple[str, str, str], bytes] = {}
"""Manuals by exercise, language of the scenario's words and of those around them: an exercise's scenario never changes,
and everybody takes the same paper."""


# Plain functions: Starlette runs them beside the loop that writes to the sockets.
@router.get("/s/{seat}/manual")
def manual_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The situation manual as a page. It is made of what may be read beforehand and knows no development."""
    room = house.rooms.room(seat.exercise)
    edition = room.edition(seat.language)
    return page(
        request,
        "manual.html",
        language=seat.language,
        seat=seat,
        scenario=edition.graph.scenario,
        seat_name=seat_label(seat, room.state),
        base=f"/s/{seat.id}",
        **around(manual(Order(house.pages, edition.graph.scenario, {}), seat.language)),
    )


@router.get("/s/{seat}/manual.pdf")
def manual_file(house: TheHouse, seat: TheSeat) -> Response:
    """The same as PDF."""
    room = house.rooms.room(seat.exercise)
    edition = room.edition(seat.language)
    spoken = house.pages.catalogues.tongue(seat.language).language
    kept = (seat.exercise, edition.language, spoken)
    content = _manuals.get(kept)
    if content is None:
        content = set_alone(lambda: manual_set(Order(house.pages, edition.graph.scenario, {}), spoken))
        while len(_manuals) >= _KEPT:
            _manuals.pop(next(iter(_manuals)))
        _manuals[kept] = content
    return file(content, "application/pdf", f"{edition.graph.scenario.id}-sitman.pdf")


def set_alone(make: Callable[[], bytes]) -> bytes:
    """What a typesetter makes, once nobody else's is being made."""
    with _setting:
        return make()


def file(content: bytes, media_type: str, name: str) -> Response:
    """A paper to be saved under this name, and kept by nothing on the way."""
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
