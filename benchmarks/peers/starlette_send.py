"""Starlette's `send_text` to each socket: one after the other (`loop`) or all at once (`gather`)."""

import asyncio
import sys

import uvicorn
from control import listen
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect

SOCKETS = set()


async def live(socket) -> None:
    """Keep a socket until it closes."""
    await socket.accept()
    SOCKETS.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        SOCKETS.discard(socket)


async def one_by_one(text: str) -> None:
    """Wait for each before the next."""
    for socket in list(SOCKETS):
        await socket.send_text(text)


async def gathered(text: str) -> None:
    """A task for each."""
    await asyncio.gather(*(socket.send_text(text) for socket in SOCKETS))


async def main() -> None:
    """Serve until the input ends."""
    config = uvicorn.Config(
        Starlette(routes=[WebSocketRoute("/", live)]), port=int(sys.argv[1]), loop="asyncio", ws="websockets-sansio",
        ws_per_message_deflate=False, backlog=4096, lifespan="off", log_level="warning",
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    loop = asyncio.get_running_loop()
    send = {"loop": one_by_one, "gather": gathered}[sys.argv[2]]
    kept = set()
    listen(loop, lambda text: kept.add(loop.create_task(send(text))))
    await serving


asyncio.run(main())
