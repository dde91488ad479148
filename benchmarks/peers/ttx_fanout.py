"""The product's fan-out alone: `Fanout.mark` and `Fanout.flush` on its own websocket protocol, nothing drawn."""

import asyncio
import json
import random
import sys

import uvicorn
from control import listen

from ttx.exercise.rights import Seat
from ttx.live.fanout import Fanout, Member
from ttx.live.wire import SCOPE_KEY, LiveProtocol
from ttx.pages.regions import Audience, Page
from ttx.scenario.roster import Role
from ttx.web.serve import BACKLOG

FANOUT = Fanout()
AUDIENCE = Audience(Page.TABLET, Seat("", "bench", Role.DELEGATE, "Kestria", "T1", "en", False))
ROUND = json.dumps({"seq": 1, "regions": {"development:D1-01": ""}, "gone": []}, separators=(",", ":"))
"""What a frame adds to what is drawn."""
DICE = random.Random(1)
WORDS = ["".join(DICE.choices("etaoinshrdlu", k=DICE.randint(2, 9))) for _ in range(300)]
PROSE = " ".join(DICE.choices(WORDS, k=20_000))
"""Compresses as far as a development does, to something above a quarter."""


async def app(scope, receive, send):
    """A socket joins, and leaves when it closes."""
    await receive()
    await send({"type": "websocket.accept"})
    wire = scope["extensions"][SCOPE_KEY]
    member = Member(AUDIENCE, "seat", "session", wire, lambda code, why: None)
    FANOUT.join(member)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    FANOUT.leave(member)


def go(text: str) -> None:
    """One region changes for everybody."""
    FANOUT.mark(AUDIENCE, ["development:D1-01"])
    FANOUT.flush(1, lambda audience, region: PROSE[: len(text) - len(ROUND)], lambda audience, region: False)


async def main() -> None:
    """Serve until the input ends."""
    config = uvicorn.Config(
        app, port=int(sys.argv[1]), loop="asyncio", http="httptools", ws=LiveProtocol, backlog=BACKLOG, lifespan="off",
        log_level="warning", access_log=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    listen(asyncio.get_running_loop(), go)
    await serving


asyncio.run(main())
