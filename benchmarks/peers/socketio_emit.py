"""python-socketio's `emit` to everybody, under uvicorn, websocket transport only."""

import asyncio
import sys

import socketio
import uvicorn
from control import listen


async def main() -> None:
    """Serve until the input ends."""
    hub = socketio.AsyncServer(async_mode="asgi", transports=["websocket"])
    config = uvicorn.Config(
        socketio.ASGIApp(hub), port=int(sys.argv[1]), loop="asyncio", ws="websockets-sansio",
        ws_per_message_deflate=False, backlog=4096, lifespan="off", log_level="warning",
    )  # fmt: skip
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    loop = asyncio.get_running_loop()
    kept = set()
    listen(loop, lambda text: kept.add(loop.create_task(hub.emit("development", text))))
    await serving


asyncio.run(main())
