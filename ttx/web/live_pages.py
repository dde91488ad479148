"""The pages that stay open all day: tablet, console, plenary, evaluator. Made of regions, kept by the socket."""

from typing import Annotated

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.answers import CHANNELS
from ttx.exercise.rights import Seat
from ttx.live.room import Room
from ttx.pages import regions
from ttx.pages.regions import Audience, Page
from ttx.scenario.roster import Role
from ttx.web.access import TheHouse, TheSeat
from ttx.web.labels import seat_label
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)


@router.get("/s/{seat}")
async def own_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    inject: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """The page a seat works on; analysts work on the report."""
    audience = Audience.of(seat, inject)
    if audience is None:
        return RedirectResponse(f"/s/{seat.id}/report", 303)
    return show(request, house.rooms.room(seat.exercise), seat, audience)


@router.get("/s/{seat}/plenary")
async def plenary_preview(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The hall's screen, for those who push to it."""
    return show(request, house.rooms.room(seat.exercise), seat, hall(seat))


def hall(seat: Seat) -> Audience:
    """The audience of an exercise's hall screen, the same for all who open it."""
    return Audience(Page.PLENARY, Seat("", seat.exercise, Role.PROJECTOR, language=seat.language))


def show(request: Request, room: Room, seat: Seat, audience: Audience) -> Response:
    """A live page as it stands now; its socket takes over from the seq it was drawn at."""
    names = room.regions(audience)
    which = "&page=plenary" if audience.page is Page.PLENARY and seat.role is not Role.PROJECTOR else ""
    focus = f"&inject={audience.focus}" if audience.focus is not None else ""
    return page(
        request,
        f"{audience.page}.html",
        language=seat.language,
        seat=seat,
        seat_name=seat_label(seat, room.state),
        scenario=room.edition(audience.seat.language).graph.scenario,
        state=room.state,
        exercise=room.exercise,
        epoch=room.epoch,
        seq=room.state.seq,
        base=f"/s/{seat.id}",
        act=f"/s/{seat.id}/do",
        api=f"/api/v1/exercises/{room.exercise}/commands?seat={seat.id}",
        live=f"/live/{room.exercise}?seat={seat.id}{which}{focus}",
        channels=CHANNELS,
        region=lambda name: room.draw(audience, name),
        listing=lambda kind: Markup("").join(room.draw(audience, name) for name in names if regions.kind(name) == kind),
    )
