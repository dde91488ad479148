"""The soak itself: a server, its tablets, a facilitator who goes on releasing, and somebody who pulls the plug."""

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.soak.tablet import Ledger, Tablet, region
from ttx.cli.exercises import create, state_of
from ttx.exercise.entries import InjectReleased, ResponseSubmitted
from ttx.exercise.rights import Seat
from ttx.exercise.sight import placed
from ttx.pages import regions
from ttx.pages.regions import Audience
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store import log
from ttx.store.database import Store
from ttx.store.seats import new_token, seats_of

UNREACHABLE = (OSError, httpx.TransportError)

SETTLES_WITHIN = 30.0
"""Seconds in which a page shows what a fresh one does, once nothing more happens."""


@dataclass(frozen=True)
class Plan:
    """How many tablets for how many seconds, which share of them is away at any time, how often the server is killed,
    and how many seconds lie between two releases."""

    tablets: int
    seconds: float
    kills: int = 2
    away: float = 0.2
    between: float = 4.0


class Soak:
    """One run of a plan on a data directory of its own."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder, self.ledger = plan, folder, Ledger()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        with Store(folder) as store:
            self.exercise = create(store, Settings().scenarios / "lantern-tide", None)
            self.token = new_token(store, self.exercise, Role.LEAD_FACILITATOR)[0]
            listed = [one for one in seats_of(store, self.exercise) if one.seat.role in (Role.HEAD, Role.DELEGATE)]
        self.seats: dict[str, Seat] = {one.seat.id: one.seat for one in listed}
        self.codes = [one.code for one in listed]
        self.down: list[float] = []

    async def run(self) -> dict[str, Any]:
        """Do it; the figures. What should not have been is in `ledger.faults`."""
        server = await self._started()
        over = asyncio.Event()
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=50)
        try:
            async with httpx.AsyncClient(timeout=20, limits=limits) as client:
                tablets = [Tablet(n, self.url, client, self.ledger, self.plan.seconds / 12)
                           for n in range(self.plan.tablets)]  # fmt: skip
                for number, tablet in enumerate(tablets):
                    await tablet.joins(self.codes[number % len(self.codes)])
                lives = [asyncio.create_task(one.lives(over, self.plan.away)) for one in tablets]
                steering = asyncio.create_task(self._steer(client, over))
                for _ in range(self.plan.kills):
                    await asyncio.sleep(self.plan.seconds / (self.plan.kills + 1))
                    since = time.monotonic()
                    server.send_signal(signal.SIGKILL)
                    server.wait()
                    server = await self._started()
                    self.down.append(time.monotonic() - since)
                await asyncio.sleep(self.plan.seconds / (self.plan.kills + 1))
                over.set()
                await steering
                async with asyncio.timeout(120):
                    await asyncio.gather(*lives)
                await self._compare(tablets)
        finally:
            server.kill()
            server.wait()
        return self._figures()

    async def _started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "ttx", "serve", "--data", str(self.folder), "--port", str(self.port)]
        environment = {**os.environ, "TTX_JOIN_TRIES_PER_MINUTE": "100000"}
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        end = time.monotonic() + 180
        async with httpx.AsyncClient() as client:
            while time.monotonic() < end:
                try:
                    await client.get(f"{self.url}/healthz")
                    return server
                except UNREACHABLE:
                    await asyncio.sleep(0.05)
        raise AssertionError("the server does not start")

    async def _steer(self, client: httpx.AsyncClient, over: asyncio.Event) -> None:
        """Release one development after the other, day after day, as long as it lasts."""
        number = 0
        while not over.is_set():
            number += 1
            now = await self._ask(client, "GET", "")
            body: dict[str, Any]
            if now["day"] is None:
                body = {"do": "open_day"}
            elif now["available"]:
                body = {"do": "release", "inject": now["available"][0]["id"]}
            else:
                body = {"do": "close_day"}
            await self._ask(client, "POST", "/commands", f"steer:{number}", body)
            await asyncio.sleep(self.plan.between)

    async def _ask(
        self, client: httpx.AsyncClient, method: str, path: str, key: str = "", body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {self.token}"} | ({"idempotency-key": key} if key else {})
        while True:
            try:
                url = f"{self.url}/api/v1/exercises/{self.exercise}{path}"
                told: dict[str, Any] = (await client.request(method, url, json=body, headers=headers)).json()
                return told
            except UNREACHABLE:
                await asyncio.sleep(0.1)

    async def _compare(self, tablets: list[Tablet]) -> None:
        """Whether the page of every tablet comes to equal one that is opened now, region by region. A page hears of a
        seq only with what changes on it, so it is the regions that are waited for."""
        with Store(self.folder, create=False) as store:
            graph, state = state_of(store, self.exercise)
        for tablet in tablets:
            audience = Audience.of(placed(state, self.seats[tablet.seat]))
            assert audience is not None
            names = regions.regions(graph, state, audience)
            end = time.monotonic() + SETTLES_WITHIN
            while (wrong := self._differences(tablet, await tablet.fresh(), names)) and time.monotonic() < end:
                await asyncio.sleep(0.2)
            self.ledger.faults.extend(wrong)
            await tablet.leaves()

    @staticmethod
    def _differences(tablet: Tablet, fresh: str, names: tuple[str, ...]) -> list[str]:
        wrong: list[str] = []
        for name in names:
            shown = tablet.regions[name] if name in tablet.regions else region(tablet.page, name)
            if shown is None or shown.strip() != region(fresh, name):
                wrong.append(f"tablet {tablet.number} does not show {name} as a fresh page does")
        shown_here = {name for name, html in tablet.regions.items() if html is not None}
        extra = [name for name in shown_here - set(names) if region(fresh, name) is None]
        return [*wrong, f"tablet {tablet.number} still shows {sorted(extra)}"] if extra else wrong

    def _figures(self) -> dict[str, Any]:
        with Store(self.folder, create=False) as store:
            entries = [one.entry for one in log.read(store, self.exercise)]
        texts = Counter(one.answer.text for one in entries if isinstance(one, ResponseSubmitted))
        sent = set(self.ledger.sent.values())
        took = sorted(self.ledger.took) or [0.0]
        return {
            "tablets": self.plan.tablets,
            "seconds": self.plan.seconds,
            "developments": sum(isinstance(one, InjectReleased) for one in entries),
            "answers": len(sent),
            "acknowledged": len(self.ledger.acknowledged),
            "lost": len([text for text in sent if texts[text] == 0]),
            "twice": len([text for text in sent if texts[text] > 1]),
            "of nobody": len(texts.keys() - sent),
            "tries": self.ledger.tries,
            "drops": self.ledger.drops,
            "frames": self.ledger.frames,
            "receipt median s": round(statistics.median(took), 3),
            "receipt 95 % s": round(took[int(len(took) * 0.95)], 3),
            "server away s": [round(one, 1) for one in self.down],
            "faults": self.ledger.faults,
        }
