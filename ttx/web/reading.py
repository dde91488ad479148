"""Papers for those who follow an exercise: the situation manual, and a delegation's own record."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.live.room import Room
from ttx.output.own_record import own_record
from ttx.output.paper import Paper
from ttx.output.pdf import as_pdf
from ttx.pages.catalogues import SOURCE
from ttx.review import report as reports
from ttx.review.report import Tier
from ttx.scenario.editions import Edition
from ttx.web import review
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
    return pdf_file(content, f"{edition.graph.scenario.id}-sitman.pdf")


@router.get("/s/{seat}/record.pdf")
def record_file(house: TheHouse, seat: TheSeat) -> Response:
    """What the seat's delegation was asked and answered, as PDF; in English around the words where this machine has no
    font for the seat's language."""
    room = house.rooms.room(seat.exercise)
    report = own_report(room, room.edition(seat.language), seat.delegation)
    scenario = room.edition(seat.language).graph.scenario
    parties = {name: one.name for name, one in scenario.organisations.items()}
    parties |= {name: one.name for name, one in room.state.delegations.items()}

    def paper(language: str) -> Paper:
        with house.pages.speaking(language) as spoken:
            return own_record(
                report, parties, house.pages.moment, spoken.word,
                language=scenario.language, spoken=spoken.language,
            )  # fmt: skip

    content = set_alone(lambda: as_pdf(paper(seat.language), lambda: paper(SOURCE)))
    return pdf_file(content, review.file_name(report, "pdf"))


def own_report(room: Room, edition: Edition, delegation: str | None) -> reports.Report:
    """A delegation's own report, in the words it has read."""
    return reports.make(edition.graph, room.state, Tier.OWN, datetime.now(UTC), delegation, zone=room.pages.zone)


def set_alone(make: Callable[[], bytes]) -> bytes:
    with _setting:
        return make()


def pdf_file(content: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)
