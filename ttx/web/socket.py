"""The socket of a live page: it says where it stands, gets what it missed, and from then on what comes."""

import asyncio
import contextlib
import json
import time

from fastapi import APIRouter, WebSocket
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected

from ttx.exercise.rights import Action, Seat, reach
from ttx.live.fanout import Member
from ttx.live.room import Room
from ttx.live.rooms import CLOSE_NOT_SEATED, CLOSE_RESYNC
from ttx.live.wire import SCOPE_KEY, Framed, Wire
from ttx.pages.regions import Audience
from ttx.web.access import Grant, house_of
from ttx.web.audiences import hall, watched

router = APIRouter()

HELLO_WITHIN = 10.0
"""Seconds a socket has to say where it stands."""

CLOSE_WITHIN = 0.5
"""Seconds a close frame may wait behind what a peer does not read."""

CLOSE_MALFORMED = 4400

OVER = (WebSocketDisconnect, WebSocketDisconnected)
"""How a socket says that it closed meanwhile."""


class Hello(BaseModel):
    """Where a page stands: the history it was drawn from, and the last seq it shows."""

    model_config = ConfigDict(extra="forbid")

    epoch: str
    after: int = 0


class Opening(BaseModel):
    """The first message of a socket."""

    hello: Hello


@router.websocket("/live/{exercise}")
async def live(socket: WebSocket, exercise: str) -> None:
    """Accept first and close after: a page cannot tell a refused handshake from a dead network."""
    with contextlib.suppress(*OVER):
        await socket.accept()
        await _follow(socket, exercise)


async def _follow(socket: WebSocket, exercise: str) -> None:
    grant: Grant | None = socket.state.grant
    room = house_of(socket).rooms.room(exercise) if grant is not None else None
    audience = _audience(socket, grant.seat, room) if grant is not None and room is not None else None
    if grant is None or room is None or audience is None:
        await socket.close(CLOSE_NOT_SEATED, "not seated")
        return
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            hello = Opening.model_validate_json(await socket.receive_text()).hello
    except (ValidationError, TimeoutError, KeyError):
        await socket.close(CLOSE_MALFORMED, "the first message is a hello")
        return
    if hello.epoch == room.epoch and hello.after > room.state.seq:
        await room.catch_up()  # the page may have been drawn by another process
    if hello.epoch != room.epoch or hello.after > room.state.seq:
        await socket.close(CLOSE_RESYNC, "resync")
        return
    closing: list[asyncio.Task[None]] = []

    def close(code: int, why: str) -> None:
        if not closing:
            closing.append(asyncio.ensure_future(_close(socket, wire, code, why)))

    wire: Wire = socket.scope["extensions"][SCOPE_KEY]
    member = Member(audience, grant.seat.id, grant.held_by, wire, close, watching="as" in socket.query_params)
    try:
        room.join(member, hello.after)
        await _listen(socket, wire)
    finally:
        room.leave(member)


def _audience(socket: WebSocket, seat: Seat, room: Room) -> Audience | None:
    """Whose page the socket follows: its seat's own, or another one that its seat may look at."""
    if (key := socket.query_params.get("as")) is not None:
        choice = watched(room.store, room.state, seat, key)
        return choice.audience if choice is not None else None
    if socket.query_params.get("page") == "plenary" and reach(seat, Action.ANNOUNCE) is not None:
        return hall(seat)
    day = socket.query_params.get("day", "")
    leaf = int(day) if day.isascii() and day.isdecimal() and len(day) < 3 else None
    return Audience.of(seat, socket.query_params.get("inject", "")[:80] or None, leaf)


async def _listen(socket: WebSocket, wire: Wire) -> None:
    """Answer pings until the socket closes; anything else is no word of this protocol."""
    while True:
        try:
            said = json.loads(await socket.receive_text())
        except (ValueError, KeyError, RecursionError):
            said = None
        if not isinstance(said, dict) or "ping" not in said:
            await socket.close(CLOSE_MALFORMED, "a page says nothing but ping")
            return
        wire.write(Framed(json.dumps({"pong": time.time_ns() // 1_000_000})))


async def _close(socket: WebSocket, wire: Wire, code: int, why: str) -> None:
    """Close, and drop a peer that takes nothing, which would keep the close frame waiting for ever."""
    try:
        async with asyncio.timeout(CLOSE_WITHIN):
            with contextlib.suppress(*OVER):
                await socket.close(code, why)
    except TimeoutError:
        wire.abort()
