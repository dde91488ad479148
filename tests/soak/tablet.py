"""A tablet of the soak: it keeps a page as its socket makes it, an outbox, and a network that comes and goes."""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

RESYNC = 4001
UNREACHABLE = (OSError, httpx.TransportError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError)
HEAD = re.compile(r'data-epoch="([^"]+)" data-seq="(\d+)"')


@dataclass
class Ledger:
    """What was sent under which key and acknowledged as what; how long receipts took; what should not have been."""

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    tries: int = 0
    drops: int = 0
    frames: int = 0
    faults: list[str] = field(default_factory=list)


class Tablet:
    """A device on a seat. `page` is the HTML it was opened with, `regions` what came since; a region that is None is
    gone."""

    def __init__(self, number: int, url: str, client: httpx.AsyncClient, ledger: Ledger, pace: float) -> None:
        self.number, self.url, self.client, self.ledger, self.pace = number, url, client, ledger, pace
        self.dice = random.Random(number)
        self.cookie = self.seat = self.exercise = self.epoch = self.page = ""
        self.may_submit = False
        self.after = 0
        self.regions: dict[str, str | None] = {}
        self.answered: set[str] = set()
        self.online = asyncio.Event()
        self.online.set()
        self.socket: ClientConnection | None = None
        self.outbox: list[tuple[str, dict[str, Any]]] = []
        self.wakes = asyncio.Event()

    async def joins(self, code: str) -> None:
        """Sit down and open the page."""
        reply = await self.client.post(f"{self.url}/api/v1/join", json={"code": code})
        told = reply.raise_for_status().json()
        self.cookie = "; ".join(f"{name}={value}" for name, value in reply.cookies.items())
        self.client.cookies.clear()
        self.seat, self.exercise = told["seat"]["id"], told["exercise"]
        self.may_submit = told["seat"]["role"] == "head"
        self.page = await self.fresh()
        found = HEAD.search(self.page)
        assert found is not None
        self.epoch, self.after = found[1], int(found[2])

    async def fresh(self) -> str:
        """The page as it is drawn now."""
        return (await self._get(f"/s/{self.seat}")).text

    async def _get(self, path: str) -> httpx.Response:
        return (await self.client.get(f"{self.url}{path}", headers={"cookie": self.cookie})).raise_for_status()

    async def lives(self, over: asyncio.Event, away: float) -> None:
        """Follow, answer, and be away for this share of the time, until it is over and everything is delivered."""
        following = asyncio.create_task(self._follows())
        coming = asyncio.create_task(self._comes_and_goes(away))
        sending = asyncio.create_task(self._sends())
        try:
            await over.wait()
            coming.cancel()
            self.online.set()
            while self.outbox:
                await asyncio.sleep(0.05)
            self.may_submit = False  # what it is asked from now on it only reads
        finally:
            for task in (sending, coming):
                task.cancel()
            self.following = following

    async def leaves(self) -> None:
        """Stop following. Whatever ended it before is a fault."""
        self.following.cancel()
        (ended,) = await asyncio.gather(self.following, return_exceptions=True)
        if not isinstance(ended, asyncio.CancelledError):
            self.ledger.faults.append(f"tablet {self.number} stopped following: {ended!r}")

    async def _comes_and_goes(self, away: float) -> None:
        while True:
            await asyncio.sleep(self.dice.expovariate(1 / (self.pace * (1 - away))))
            self.online.clear()
            self.ledger.drops += 1
            if self.socket is not None:
                self.socket.transport.abort()
            await asyncio.sleep(self.dice.expovariate(1 / (self.pace * away)))
            self.online.set()

    async def _follows(self) -> None:
        while True:
            await self.online.wait()
            try:
                await self._listens()
            except UNREACHABLE as fault:
                if isinstance(fault, ConnectionClosed) and fault.rcvd is not None and fault.rcvd.code == RESYNC:
                    self.ledger.faults.append(
                        f"tablet {self.number} showed {self.after}, which the server does not know"
                    )
                    return
            await asyncio.sleep(self.dice.uniform(0.1, 0.5))

    async def _listens(self) -> None:
        live = f"{self.url.replace('http', 'ws', 1)}/live/{self.exercise}?seat={self.seat}"
        async with connect(live, additional_headers={"cookie": self.cookie}, max_size=None, close_timeout=1) as socket:
            self.socket = socket
            await socket.send(json.dumps({"hello": {"epoch": self.epoch, "after": self.after}}))
            while True:
                self._takes(json.loads(await socket.recv()))

    def _takes(self, frame: dict[str, Any]) -> None:
        self.ledger.frames += 1
        self.regions |= frame["regions"] | dict.fromkeys(frame["gone"])
        self.after = max(self.after, frame["seq"])
        for name in frame["regions"]:
            kind, _, which = name.partition(":")
            if kind == "question" and self.may_submit and name not in self.answered:
                self.answered.add(name)
                self._writes(which, frame["regions"][name])

    def _writes(self, which: str, html: str) -> None:
        if 'data-kind="text"' not in html:
            return
        inject, _, question = which.partition(":")
        key = f"soak:{self.number}:{which}"
        text = f"{key} {self.dice.random()}"
        self.ledger.sent[key] = text
        self.outbox.append((key, {"do": "respond", "inject": inject, "question": question, "answer": {"text": text}}))
        self.wakes.set()

    async def _sends(self) -> None:
        """The outbox, as a tablet empties it: each under its key until the server has taken it."""
        while True:
            await self.wakes.wait()
            self.wakes.clear()
            await asyncio.sleep(self.dice.uniform(0, self.pace / 5))
            while self.outbox:
                key, body = self.outbox[0]
                begun = asyncio.get_running_loop().time()
                while not await self._attempts(key, body):
                    await asyncio.sleep(self.dice.uniform(0.05, 0.4))
                self.ledger.took.append(asyncio.get_running_loop().time() - begun)
                self.outbox.pop(0)

    async def _attempts(self, key: str, body: dict[str, Any]) -> bool:
        await self.online.wait()
        self.ledger.tries += 1
        api = f"{self.url}/api/v1/exercises/{self.exercise}/commands?seat={self.seat}"
        headers = {"cookie": self.cookie, "idempotency-key": key}
        # One reply in five is lost on its way, at any moment.
        patience = self.dice.uniform(0, 0.06) if self.dice.random() < 0.2 else 20.0
        try:
            async with _within(patience):
                reply = await self.client.post(api, json=body, headers=headers)
        except UNREACHABLE:
            return False
        if reply.status_code >= 500:
            return False
        if reply.status_code != 200:
            self.ledger.faults.append(f"{key}: {reply.status_code} {reply.text}")
        elif self.ledger.acknowledged.setdefault(key, reply.json()["seq"]) != reply.json()["seq"]:
            self.ledger.faults.append(f"{key} was acknowledged as two entries")
        return True


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    async with asyncio.timeout(seconds):
        yield


def region(page: str, name: str) -> str | None:
    """The element of this id in a page, with everything in it."""
    start = re.search(rf'<(\w+)\b[^<>]*\bid="{re.escape(name)}"', page)
    if start is None:
        return None
    depth = 0
    for tag in re.compile(rf"<(/?){start[1]}\b").finditer(page, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return page[start.start() : page.index(">", tag.end()) + 1]
    raise AssertionError(f"{name} is not closed")
