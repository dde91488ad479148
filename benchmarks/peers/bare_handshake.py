"""What a websocket handshake costs uvicorn with nothing behind it."""

import sys

import uvicorn


async def app(scope, receive, send):
    """Accept, and stay until the socket closes."""
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


class Told(uvicorn.Server):
    """Says when it listens."""

    async def startup(self, *given, **named) -> None:
        """Listen."""
        await super().startup(*given, **named)
        print("ready", flush=True)


Told(
    uvicorn.Config(
        app,
        port=int(sys.argv[1]),
        loop="asyncio",
        ws="websockets-sansio",
        backlog=4096,
        lifespan="off",
        log_level="warning",
        access_log=False,
    )
).run()
