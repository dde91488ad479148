"""Django Channels' `group_send` over its in-memory layer, under Daphne."""

import asyncio
import sys

from daphne.server import Server  # installs the reactor before anything imports another
from django.conf import settings
from twisted.internet import reactor

settings.configure(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}})

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from control import listen  # noqa: E402

KEPT = set()


class Tablet(AsyncWebsocketConsumer):
    """A socket in the one group."""

    async def connect(self) -> None:
        """Join."""
        await self.channel_layer.group_add("all", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave."""
        await self.channel_layer.group_discard("all", self.channel_name)

    async def development(self, event: dict[str, str]) -> None:
        """What the group was sent."""
        await self.send(text_data=event["text"])


def begin() -> None:
    """Take orders once the reactor runs."""
    loop = asyncio.get_event_loop()
    layer = get_channel_layer()

    def go(text: str) -> None:
        KEPT.add(loop.create_task(layer.group_send("all", {"type": "development", "text": text})))

    listen(loop, go)


reactor.callWhenRunning(begin)
Server(
    Tablet.as_asgi(), endpoints=[f"tcp:port={sys.argv[1]}:interface=127.0.0.1:backlog=4096"], signal_handlers=False
).run()
