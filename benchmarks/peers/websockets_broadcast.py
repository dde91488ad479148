"""websockets' own `broadcast`, without compression, which is its fastest."""

import asyncio
import sys

from control import listen
from websockets.asyncio.server import broadcast, serve


async def handler(connection) -> None:
    """Keep a connection until it closes."""
    await connection.wait_closed()


async def main() -> None:
    """Serve until the input ends."""
    async with serve(handler, "127.0.0.1", int(sys.argv[1]), compression=None, backlog=4096) as server:
        listen(asyncio.get_running_loop(), lambda text: broadcast(server.connections, text))
        await server.wait_closed()


asyncio.run(main())
