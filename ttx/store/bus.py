"""The doorbell for many exercises: NATS, a server of its own, so that rings are no work for the database.

It carries what the database's own bell carries, exercise and head, and may lose it as that may.
"""

import asyncio
import threading
from urllib.parse import urlsplit

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

SUBJECT = "ttx.heads"
AGAIN = 1.0
"""Seconds after which a line that broke is tried anew, for ever."""
SCHEMES = ("nats", "tls")

logger = structlog.get_logger(__name__)


def obstacle(address: str) -> str | None:
    """Why this can be no bus, as a sentence; None when it can. Whether it answers is found out while serving."""
    try:
        parts = urlsplit(address)
        if parts.scheme in SCHEMES and parts.hostname and (parts.port is None or parts.port):
            return None
    except ValueError:
        pass
    return "The bus is a NATS server, such as nats://127.0.0.1:4222 or tls://USER:PASSWORD@HOST; this address is none."


class BusBell:
    """Rings and listens from any thread; the line lives on a loop of its own."""

    def __init__(self, address: str) -> None:
        """Begin to connect to `address`; until it answers nothing is heard and what is rung is lost."""
        self._client = Client()
        self._heads: dict[str, int] = {}
        self._lock = threading.Lock()
        self._rung = threading.Event()
        self._answers = True
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bus", daemon=True)
        self._thread.start()
        self._line = asyncio.run_coroutine_threadsafe(self._connect(address), self._loop)

    def ring(self, exercise: str, head: int) -> None:
        """Tell the others, without waiting for it."""
        asyncio.run_coroutine_threadsafe(self._publish(f"{exercise} {head}".encode()), self._loop)

    def heard(self, within: float) -> dict[str, int]:
        """How far logs are that somebody has rung for, at once; nothing when nobody has for so many seconds."""
        self._rung.wait(within)
        with self._lock:
            self._rung.clear()
            heads, self._heads = self._heads, {}
        return heads

    def close(self) -> None:
        """Listen and ring no more."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _connect(self, address: str) -> None:
        await self._client.connect(
            address,
            name="ttx",
            max_reconnect_attempts=-1,
            reconnect_time_wait=AGAIN,  # type: ignore[arg-type]  # seconds, which it only adds and sleeps
            pending_size=0,  # a ring that comes late says nothing
            error_cb=self._fails,
            reconnected_cb=self._works,
        )
        await self._works()
        await self._client.subscribe(SUBJECT, cb=self._hears)

    async def _publish(self, ring: bytes) -> None:
        if self._client.is_connected:
            try:
                await self._client.publish(SUBJECT, ring)
            except Error:  # it broke just now, and is told of by `_fails`
                return

    async def _hears(self, message: Msg) -> None:
        exercise, _, head = message.data.decode(errors="replace").partition(" ")
        if head.isdecimal():
            with self._lock:
                self._heads[exercise] = max(int(head), self._heads.get(exercise, 0))
            self._rung.set()

    async def _fails(self, fault: Exception) -> None:
        if self._answers:
            self._answers = False
            logger.warning("bus", fault=type(fault).__name__, instead="every process looks twice a second")

    async def _works(self) -> None:
        if not self._answers:
            self._answers = True
            logger.warning("bus answers again")

    async def _hang_up(self) -> None:
        self._line.cancel()
        await self._client.close()
