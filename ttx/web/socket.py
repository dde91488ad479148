"""The socket of a live page: it says where it stands, gets what it missed, and from then on what comes."""

import asyncio
import contextlib
import json
import time
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from ttx.exercise.rights import Action, Seat, reach
from ttx.exercise.sight import placed
from ttx.live.fanout import Member
from ttx.live.room import CLOSE_RESYNC, Room
from ttx.live.rooms import CLOSE_NOT_SEATED
from ttx.live.wire import SCOPE_KEY, Framed, Wire
from ttx.pages.regions import Audience
from ttx.web.access import Grant, house_of, passes
from ttx.web.audiences import hall, watched

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


class Said(BaseModel):
    """What a page says after that, one thing a message.

    `ping` is answered at once, `writing` names the question somebody writes an answer to, `got` the connection check
    whose test message is on the screen.
    """

    model_config = ConfigDict(extra="forbid")

    ping: object = None
    writing: Annotated[str, StringConstraints(max_length=200)] | None = None
    got: int | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> "Said":
        if len(self.model_fields_set) != 1:
            raise ValueError("a message says one thing")
        return self


SAYS: Mapping[str, Action] = {"ping": Action.FOLLOW, "writing": Action.DRAFT, "got": Action.FOLLOW}
"""The right that each message takes."""

RESTS = 1.0
"""Seconds in which a page is not listened to again when it says that somebody writes."""


async def live(socket: WebSocket) -> None:
    """Accept first and close after: a page cannot tell a refused handshake from a dead network.

    A page asks for each attempt at an address of its own, whatever it is called: Firefox makes one at which sockets
    failed wait, up to a minute, long after the server is back.
    """
    await passes(socket, f"WS {PATHS['attempt' in socket.path_params]}")
    with contextlib.suppress(*OVER):
        await socket.accept()
        await _follow(socket, str(socket.path_params["exercise"]))


PATHS = ("/live/{exercise}", "/live/{exercise}/{attempt}")
ROUTES = tuple(WebSocketRoute(path, live) for path in PATHS)
"""Without FastAPI's way to them, which keeps some KB for as long as each socket is open."""


async def _follow(socket: WebSocket, exercise: str) -> None:
    grant: Grant | None = socket.state.grant
    room = house_of(socket).rooms.room(exercise) if grant is not None else None
    if grant is None or room is None or _audience(socket, grant.seat, room) is None:
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
    audience = _audience(socket, grant.seat, room)  # it may have moved to another table meanwhile
    whose = socket.query_params.get("as", grant.seat.id)
    if audience is not None and room.moved_since(hello.after, whose, audience.seat):
        await socket.close(CLOSE_RESYNC, "a seat moved")
        return
    if audience is None:
        await socket.close(CLOSE_NOT_SEATED, "not seated")
        return
    closing: list[asyncio.Task[None]] = []

    def close(code: int, why: str) -> None:
        if not closing:
            closing.append(asyncio.ensure_future(_close(socket, wire, code, why)))

    wire: Wire = socket.scope["extensions"][SCOPE_KEY]
    looks = "as" in socket.query_params or "page" in socket.query_params
    member = Member(audience, grant.seat.id, grant.held_by, wire, close, watching=looks)
    try:
        room.join(member, hello.after)
        await _listen(socket, room, grant.seat, member)
    finally:
        room.leave(member)


def _audience(socket: WebSocket, seat: Seat, room: Room) -> Audience | None:
    """Whose page the socket follows: its seat's own, or another one that its seat may look at."""
    seat = placed(room.state, seat)
    if (key := socket.query_params.get("as")) is not None:
        choice = watched(room.store, room.state, seat, key)
        return choice.audience if choice is not None else None
    if socket.query_params.get("page") == "plenary" and reach(seat, Action.ANNOUNCE) is not None:
        return hall(seat)
    day = socket.query_params.get("day", "")
    leaf = int(day) if day.isascii() and day.isdecimal() and len(day) < 3 else None
    own = Audience.of(seat, socket.query_params.get("inject", "")[:80] or None, leaf)
    return own.from_inside() if own is not None else None


async def _listen(socket: WebSocket, room: Room, seat: Seat, member: Member) -> None:
    """Take in what the page says until the socket closes; what is no word of this protocol closes it."""
    heard = -RESTS
    while True:
        try:
            said = Said.model_validate_json(await socket.receive_text())
        except (ValueError, KeyError, RecursionError):
            await socket.close(CLOSE_MALFORMED, "a page says nothing but ping, writing and got")
            return
        if any(reach(seat, SAYS[word]) is None for word in said.model_fields_set):
            await socket.close(CLOSE_MALFORMED, "this seat may not say that")
            return
        if said.writing is not None:
            now = time.monotonic()
            if now - heard >= RESTS:
                heard = now
                room.writes(member, said.writing)
        elif said.got is not None:
            room.hears(member, said.got)
        else:
            member.wire.write(Framed(json.dumps({"pong": time.time_ns() // 1_000_000})))


async def _close(socket: WebSocket, wire: Wire, code: int, why: str) -> None:
    """Close, and drop a peer that takes nothing, which would keep the close frame waiting for ever."""
    try:
        async with asyncio.timeout(CLOSE_WITHIN):
            with contextlib.suppress(*OVER):
                await socket.close(code, why)
    except TimeoutError:
        wire.abort()
