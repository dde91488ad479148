"""picows: each connection is sent to in a loop; the framing is Cython's."""

import asyncio
import sys

from control import listen
from picows import WSListener, WSMsgType, ws_create_server

TRANSPORTS = set()


class Tablet(WSListener):
    """A connection that is kept."""

    def on_ws_connected(self, transport) -> None:
        """Join."""
        self.transport = transport
        TRANSPORTS.add(transport)

    def on_ws_disconnected(self, transport) -> None:
        """Leave."""
        TRANSPORTS.discard(transport)


def go(text: str) -> None:
    """Send to each."""
    said = text.encode()
    for transport in TRANSPORTS:
        transport.send(WSMsgType.TEXT, said)


async def main() -> None:
    """Serve until the input ends."""
    server = await ws_create_server(lambda request: Tablet(), "127.0.0.1", int(sys.argv[1]), backlog=4096)
    listen(asyncio.get_running_loop(), go)
    await server.serve_forever()


asyncio.run(main())
