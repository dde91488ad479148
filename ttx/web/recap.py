"""The morning's recap as a page, for whoever follows the exercise: each reads what he was part of."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.recap import recap
from ttx.pages.tongues import tongue
from ttx.web.access import TheHouse, TheSeat
from ttx.web.labels import seat_label
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)


@router.get("/s/{seat}/recap")
async def recap_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """What happened, was decided and said on the days held, as far as this seat may know it."""
    room = house.rooms.room(seat.exercise)
    edition = room.edition(seat.language)
    return page(
        request,
        "recap.html",
        language=seat.language,
        seat=seat,
        scenario=edition.graph.scenario,
        title=edition.titled(room.state.title),
        seat_name=seat_label(seat, room.state),
        base=f"/s/{seat.id}",
        view=recap(edition.graph, room.state, seat),
        tongue=lambda address: tongue(edition.language_of(address)),
    )
