"""Rehearsing an exercise before it begins: the button, what goes on, and what it took."""

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Seat
from ttx.live.rehearsals import Running
from ttx.scenario.roster import ANSWERS
from ttx.store import rehearsals, sessions
from ttx.store.rehearsals import Rehearsal
from ttx.store.seats import seats_of
from ttx.web.access import House, TheHouse, TheSeat, session_of
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

SPEEDS = (1, 10, 60)
"""Times faster than the clock. Sixty is an hour a minute."""


@router.get("/s/{seat}/rehearsal")
async def show(
    request: Request, house: TheHouse, seat: TheSeat, which: Annotated[str | None, Query(max_length=40)] = None
) -> Response:
    """The button, or the rehearsal that goes on, and the figures of the last one or of `which`."""
    return await _page(request, house, seat, which)


@router.post("/s/{seat}/rehearsal")
async def begin(
    request: Request, house: TheHouse, seat: TheSeat, speed: Annotated[Literal["1", "10", "60"], Form()]
) -> Response:
    """Begin a rehearsal; this device may run it."""
    try:
        runner = await house.rehearsals.begin(seat.exercise, seat, own_address(request), float(speed))
    except Refused as refusal:
        return await _page(request, house, seat, refused=str(refusal), status=409)
    session = session_of(request)
    if session is not None:
        device = request.headers.get("user-agent", "")
        await run_in_threadpool(sessions.sit, house.store, session.id, runner.id, device)
    return RedirectResponse(f"/s/{seat.id}/rehearsal", 303)


@router.post("/s/{seat}/rehearsal/stop")
async def stop(house: TheHouse, seat: TheSeat) -> Response:
    """Stop the rehearsal; its figures are there afterwards."""
    await house.rehearsals.stop(seat.exercise)
    return RedirectResponse(f"/s/{seat.id}/rehearsal", 303)


def own_address(request: Request) -> str:
    """Where this server listens, as a process of the same machine reaches it."""
    host, port = request.scope["server"]
    return f"{request.scope['scheme']}://{f'[{host}]' if ':' in host else host}:{port}"


async def _page(
    request: Request,
    house: House,
    seat: Seat,
    which: str | None = None,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    room = house.rooms.room(seat.exercise)
    past = await run_in_threadpool(rehearsals.rehearsals_of, house.store, seat.exercise)
    listed = await run_in_threadpool(seats_of, house.store, seat.exercise)
    itself = await run_in_threadpool(rehearsals.is_rehearsal, house.store, seat.exercise)
    ended = [one for one in past if one.ended_at is not None]
    chosen = next((one for one in ended if one.exercise == which), ended[0] if ended else None)
    running = house.rehearsals.running
    mine = running if running is not None and running.of == seat.exercise else None
    return page(
        request,
        "rehearsal.html",
        language=seat.language,
        status=status,
        seat=seat,
        scenario=room.graph.scenario,
        state=room.state,
        base=f"/s/{seat.id}",
        speeds=SPEEDS,
        tablets=sum(1 for one in listed if one.seat.role in ANSWERS and one.revoked_at is None),
        running=_told(request, house, mine) if mine is not None else None,
        begun=bool(room.state.opened),
        itself=itself,
        ended=ended,
        chosen=chosen,
        figures=_figures(chosen),
        refused=refused,
    )


def _told(request: Request, house: House, running: Running) -> dict[str, object]:
    """What goes on; its console is for the device that began it."""
    room, session = house.rooms.room(running.exercise), session_of(request)
    sits = session is not None and sessions.seats_of_session(house.store, session.id, running.exercise)
    return {
        "title": room.state.title,
        "console": f"/s/{running.runner.id}" if sits else None,
        "speed": running.speed,
        "of": running.tablets,
        "tablets": sum(one.connected for place, one in room.attendance.present.items() if place[0] is not None),
        "released": len(room.state.out),
        "answers": len(room.state.responses),
    }


def _figures(chosen: Rehearsal | None) -> dict[str, object] | None:
    if chosen is None or chosen.figures is None:
        return None
    told: dict[str, object] = json.loads(chosen.figures)
    return told
