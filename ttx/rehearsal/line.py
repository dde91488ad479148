"""A simulated participant's line to the server: HTTP with a cookie, and the socket of a live page.

HTTP is the standard library's, in a thread: one connection a participant, which is kept open. A client library would
be one more part to install, for four kinds of request.
"""

import asyncio
import contextlib
import json
import ssl
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

PATIENCE = 20.0
"""Seconds a reply may take."""
TRIES = 5
PAUSE = 0.3
"""Seconds before a second try; every further one waits twice as long."""
HEARTBEAT = 4.0
"""Seconds between two pings of a live page, as a tablet sends them."""
RESYNC, ENDED, NOT_SEATED = 4001, 4003, 4401
"""Why a server closes a socket: the history is another one, the exercise has ended, the seat is nobody's now."""

_THREADS = ThreadPoolExecutor(64, "line")
"""More than the loop's own handful, so that a room that answers at once is not made to queue by us."""


class Unreachable(Exception):
    """The server did not answer. Its text is a sentence."""


class Turned(Exception):
    """The server refused; its text is the server's sentence, `status` its code."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


class Line:
    """One participant's way to the server."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        self._trust = _trust() if parts.scheme == "https" else None
        if self._trust is not None:
            self._http: HTTPConnection = HTTPSConnection(parts.netloc, timeout=PATIENCE, context=self._trust)
        else:
            self._http = HTTPConnection(parts.netloc, timeout=PATIENCE)
        self._one_at_a_time = asyncio.Lock()
        self._cookie = ""
        self.seat = ""

    async def join(self, code: str) -> str:
        """Type a code; the id of its exercise."""
        told, _ = await self.ask("POST", "/api/v1/join", {"code": code})
        self.seat = str(told["seat"]["id"])
        return str(told["exercise"])

    async def ask(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> tuple[dict[str, Any], float]:
        """What the server says, and how many seconds that took, tries included. Raises Turned, Unreachable.

        A request with a key is sent again while the server is away or too busy, as a tablet does it.
        """
        begun, pause, loop = time.monotonic(), PAUSE, asyncio.get_running_loop()
        async with self._one_at_a_time:
            for left in reversed(range(TRIES)):
                try:
                    told = await loop.run_in_executor(_THREADS, self._send, method, path, body, key)
                    return told, time.monotonic() - begun
                except (OSError, HTTPException) as fault:
                    self._http.close()
                    if not left:
                        why = f"The server at {self.url} does not answer: {str(fault) or type(fault).__name__}."
                        raise Unreachable(why) from fault
                except Turned as refusal:
                    if not left or key is None or refusal.status < 500:
                        raise
                await asyncio.sleep(pause)
                pause *= 2
        raise AssertionError("the last try returns or raises")

    async def frames(self, path: str, epoch: str, after: int) -> AsyncGenerator[dict[str, Any], None]:
        """The frames of a live page that was drawn at this seq, until the socket closes.

        Raises ConnectionClosed, with the code of a close that the server explained, and Unreachable.
        """
        url = f"{self.url.replace('http', 'ws', 1)}{path}?seat={self.seat}"
        try:
            socket = await connect(
                url, additional_headers={"cookie": self._cookie}, ssl=self._trust, max_size=None, open_timeout=PATIENCE
            )
        except (OSError, InvalidHandshake, TimeoutError) as fault:
            raise Unreachable(f"The socket of {self.url} does not open: {fault}.") from fault
        async with socket:
            await socket.send(json.dumps({"hello": {"epoch": epoch, "after": after}}))
            beat = asyncio.create_task(_beat(socket))
            try:
                while True:
                    said = json.loads(await socket.recv())
                    if "regions" in said:
                        yield said
            finally:
                beat.cancel()

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def _send(self, method: str, path: str, body: object, key: str | None) -> dict[str, Any]:
        headers = {"accept": "application/json", "user-agent": "ttx rehearse", "cookie": self._cookie}
        content = None
        if body is not None:
            content, headers["content-type"] = json.dumps(body).encode(), "application/json"
        if key is not None:
            headers["idempotency-key"] = key
        self._http.request(method, path, content, headers)
        reply = self._http.getresponse()
        text = reply.read()
        for given in reply.headers.get_all("set-cookie", []):
            self._cookie = "; ".join(f"{name}={one.value}" for name, one in SimpleCookie(given).items())
        told: dict[str, Any] = {}
        with contextlib.suppress(ValueError):
            told = json.loads(text)
        if reply.status >= 400:
            raise Turned(reply.status, str(told.get("refused") or f"The server answered {reply.status}."))
        return told


async def _beat(socket: Any) -> None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(HEARTBEAT)
            await socket.send(json.dumps({"ping": time.time_ns() // 1_000_000}))


def _trust() -> ssl.SSLContext:
    """Any certificate: the server speaks to itself over an address of this machine, which no certificate names."""
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    return trust
