"""The record played back: a page with a scrubber, and each audience's page as it was after any entry."""

import secrets
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.rights import Seat
from ttx.live.room import Room
from ttx.review.chronicle import Sort, Told, chronicle, spoken
from ttx.store.seats import seats_of
from ttx.web.access import TheHouse, TheSeat
from ttx.web.audiences import Choice, audiences
from ttx.web.labels import role_label
from ttx.web.live_pages import laid_out
from ttx.web.shown import page, utc_now

router = APIRouter(include_in_schema=False)

DRAWN_BY = secrets.token_hex(4)
"""Which run of the server drew a picture: the past never changes, but a later version may draw it otherwise."""

Key = Annotated[str, Query(alias="as", max_length=80)]


@router.get("/s/{seat}/replay")
async def replay(request: Request, house: TheHouse, seat: TheSeat, wanted: Key = "plenary") -> Response:
    """The page with the scrubber, over the record as far as it goes now."""
    room = house.rooms.room(seat.exercise)
    await _read(room, room.state.seq)
    listed = seats_of(house.store, seat.exercise)
    offered = audiences(listed, room.state, seat)
    entries = list(room.past.entries)
    told = await run_in_threadpool(chronicle, room.graph, room.past.at(room.past.seq), entries)
    return page(
        request,
        "replay.html",
        language=seat.language,
        seat=seat,
        scenario=room.edition(seat.language).graph.scenario,
        state=room.state,
        base=f"/s/{seat.id}",
        offered=[(page, list(choices)) for page, choices in groupby(offered, key=lambda one: one.audience.page)],
        chosen=_choice(offered, wanted),
        told=told,
        pressers={one.seat.id: role_label(one.seat.role) for one in listed},
        spoken=spoken,
        lanes=_lanes(told),
    )


@router.get("/s/{seat}/replay/at/{seq}")
async def picture(
    request: Request, house: TheHouse, seat: TheSeat, seq: Annotated[int, Path(ge=1)], wanted: Key = "plenary"
) -> Response:
    """An audience's page as it was after this entry. Asked again it costs nothing: the past has an ETag for good."""
    room = house.rooms.room(seat.exercise)
    await _read(room, seq)
    if seq > room.past.seq:
        raise HTTPException(404)
    choice = _choice(audiences(seats_of(house.store, seat.exercise), room.state, seat), wanted)
    tag = f'"{DRAWN_BY}-{room.epoch}-{seat.id}-{choice.key}-{seq}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    drawn = await run_in_threadpool(_drawn, request, room, seat, choice, seq)
    drawn.headers.update(headers)
    return drawn


def _drawn(request: Request, room: Room, seat: Seat, choice: Choice, seq: int) -> Response:
    """Drawn by the same templates from the same views as the page was then; only the state is an earlier one."""
    state = room.past.at(seq)
    audience = choice.then(state)
    edition = room.edition(audience.seat.language)
    laid = laid_out(room, state, seat, audience, partial(room.past.draw, edition, state, audience))
    at: datetime = state.at or utc_now()
    off: dict[str, Any] = {"watching": None, "watchable": (), "cases": (), "may_replay": False, "lock": None}
    return page(request, "still.html", **laid, now=at, live="", **off)


async def _read(room: Room, seq: int) -> None:
    if seq > room.past.seq:
        await run_in_threadpool(room.past.read_on)


def _choice(offered: tuple[Choice, ...], key: str) -> Choice:
    choice = next((one for one in offered if one.key == key), None)
    if choice is None:
        raise HTTPException(404)
    return choice


def _lanes(told: tuple[Told, ...]) -> dict[str, dict[str, str]]:
    """The ticks of each sort of entry as two SVG paths in a width of 1000: by time, and by entry."""
    length = max(told[-1].seconds, 1.0) if told else 1.0
    last = max(len(told) - 1, 1)
    lanes: dict[str, dict[str, str]] = {}
    for number, one in enumerate(told):
        lane = lanes.setdefault(one.sort, {"time": "", "entry": ""})
        lane["time"] += f"M{1000 * one.seconds / length:.1f} 0v10"
        lane["entry"] += f"M{1000 * number / last:.1f} 0v10"
    return dict(sorted(lanes.items(), key=lambda lane: lane[0] != Sort.ANSWER))  # the many lie below the few
