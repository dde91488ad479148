"""The server is killed again and again while tablets answer and a facilitator releases.

What it acknowledged is there afterwards, once, at the place it said; what it did not acknowledge is sent again
with the same key and is there at most once. The same trial is made with a server that answers before it has
committed, to know that a loss would be seen.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from tests.crash import many
from tests.web.words import SCENARIO, roster
from ttx.exercise.entries import InjectRecalled, InjectReleased, Logged, ResponseSubmitted, kind_of
from ttx.scenario.roster import Role
from ttx.store import log
from ttx.store.database import Store
from ttx.store.seats import new_token
from ttx.store.tables import entries

CYCLES = many(25, 120)
HOUSE = Path(__file__).parents[2]
UNREACHABLE = (httpx.TransportError, OSError)

pytestmark = pytest.mark.crash


@dataclass
class Ledger:
    """What was acknowledged, key to seq; which keys were sent more than once. No server can reach it."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    sent_again: set[str] = field(default_factory=set)
    shown: int = 0
    faults: list[str] = field(default_factory=list)

    def acknowledge(self, key: str, seq: int) -> None:
        if self.acknowledged.setdefault(key, seq) != seq:
            self.faults.append(f"{key} was acknowledged as {self.acknowledged[key]} and as {seq}")


class Trial:
    """A data directory, the process that forks its servers, and those who post."""

    def __init__(self, folder: Path, forker: "subprocess.Popen[str]", early: bool) -> None:
        self.folder, self.early, self._forker = folder, early, forker
        self.words, self.environment, self.forgets = list[str](), dict[str, str](), False
        self.through: int | None = None
        self.ledger = Ledger()
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        with Store(folder) as store:
            self.exercise = log.create_exercise(store, SCENARIO, roster())
            self.epoch = log.head(store, self.exercise)[1]
            places = ((Role.LEAD_FACILITATOR, None, None), (Role.HEAD, "Kestria", "T1"), (Role.HEAD, "tamarinda", "T2"))
            self.lead, *self.heads = (new_token(store, self.exercise, *place)[0] for place in places)
        self.over = threading.Event()

    @property
    def api(self) -> str:
        """Where they ask; `through` is the port of a network in between."""
        return f"http://127.0.0.1:{self.through or self.port}/api/v1/exercises"

    def start(self) -> int:
        """A server on the data directory; its process id."""
        assert self._forker.stdin is not None
        assert self._forker.stdout is not None
        words = ["serve", "--data", str(self.folder), "--port", str(self.port), *self.words]
        how = {"early": self.early, "forgets": self.forgets, "environment": self.environment}
        self._forker.stdin.write(json.dumps([how, *words]) + "\n")
        self._forker.stdin.flush()
        return int(self._forker.stdout.readline())

    def post(self, name: str, token: str, bodies: Iterator[dict[str, Any]]) -> None:
        """Ask for one thing after another, each until it was answered, always with its first key."""
        with httpx.Client(headers={"authorization": f"Bearer {token}"}, timeout=5) as client:
            for number, body in enumerate(bodies):
                key = f"{name}-{number}"
                text = json.dumps(body).replace("KEY", key)
                while not self.over.is_set():
                    try:
                        reply = client.post(
                            f"{self.api}/{self.exercise}/commands", content=text, headers={"idempotency-key": key}
                        )
                    except UNREACHABLE:
                        self.ledger.sent_again.add(key)
                        time.sleep(0.01)
                        continue
                    if reply.status_code == 503:  # not recorded now: asked again, as a tablet does
                        self.ledger.sent_again.add(key)
                        time.sleep(0.05)
                        continue
                    if reply.status_code == 200:
                        self.ledger.acknowledge(key, reply.json()["seq"])
                    else:
                        self.ledger.faults.append(f"{key}: {reply.status_code} {reply.text}")
                    break
                if self.over.is_set():
                    return

    def follow(self) -> None:
        """A page that comes back after each kill, with the seq it last saw: that must never have been too much."""
        while not self.over.is_set():
            try:
                with connect(
                    f"ws://127.0.0.1:{self.port}/live/{self.exercise}",
                    additional_headers={"authorization": f"Bearer {self.lead}"},
                    close_timeout=0.1,
                ) as line:
                    line.send(json.dumps({"hello": {"epoch": self.epoch, "after": self.ledger.shown}}))
                    while not self.over.is_set():
                        self.ledger.shown = json.loads(line.recv(1))["seq"]
            except ConnectionClosed as closed:
                if closed.rcvd is not None and closed.rcvd.code == 4001:
                    self.ledger.faults.append(f"a page showed entry {self.ledger.shown}, which is not in the log")
            except (OSError, InvalidHandshake, TimeoutError, EOFError):
                time.sleep(0.01)

    @contextmanager
    def load(self) -> Iterator[None]:
        """Everybody posts until the block ends."""
        answer = {"do": "respond", "inject": "D1-01", "question": "q1", "answer": {"text": "KEY"}}
        posters = [
            threading.Thread(target=self.post, args=(f"head-{number}", token, cycle([answer])))
            for number, token in enumerate([*self.heads, *self.heads])
        ]
        moves = cycle([{"do": step, "inject": "D1-09"} for step in ("release", "recall")])
        posters.append(threading.Thread(target=self.post, args=("lead", self.lead, moves)))
        posters.append(threading.Thread(target=self.follow))
        for poster in posters:
            poster.start()
        try:
            yield
        finally:
            self.over.set()
            for poster in posters:
                poster.join()

    def live_and_die(self) -> None:
        """A server serves for a moment and is killed in the middle of its work."""
        before = len(self.ledger.acknowledged)
        server = self.start()
        try:
            end = time.monotonic() + 20
            while len(self.ledger.acknowledged) == before:
                assert time.monotonic() < end, f"nothing was acknowledged for 20 seconds {self.ledger.faults}"
                time.sleep(0.005)
            time.sleep(random.uniform(0.0, 0.35))
        finally:
            os.kill(server, signal.SIGKILL)

    def open_day(self) -> None:
        """The first server opens the day and releases what is answered; it is killed too."""
        server = self.start()
        with httpx.Client(headers={"authorization": f"Bearer {self.lead}"}, timeout=60) as client:
            # What takes longer than the client waits is asked again, and then refused: a day is opened once.
            end = time.monotonic() + 20
            for body in ({"do": "open_day"}, {"do": "release", "inject": "D1-01"}):
                while True:
                    try:
                        assert client.post(f"{self.api}/{self.exercise}/commands", json=body).status_code == 200
                        break
                    except UNREACHABLE:
                        assert time.monotonic() < end
                        time.sleep(0.01)
        time.sleep(0.05)  # so that the hasty one, too, has written what everything else stands on
        os.kill(server, signal.SIGKILL)

    def kept(self) -> tuple[dict[str, int], list[Logged]]:
        """The keys on disk with their seqs, and the log."""
        with Store(self.folder, create=False) as store, store.read("All keys") as connection:
            keyed = entries.select().where(entries.c.exercise == self.exercise, entries.c.key.is_not(None))
            rows = connection.execute(keyed).all()
            assert len({row.key for row in rows}) == len(rows)
            return {row.key: row.seq for row in rows}, log.read(store, self.exercise)


@pytest.fixture
def forker() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.forker"]
    with subprocess.Popen(
        command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process


def test_a_server_that_is_killed_loses_nothing_it_acknowledged(
    tmp_path: Path, forker: "subprocess.Popen[str]", record_property: Callable[[str, object], None]
):
    trial = Trial(tmp_path / "data", forker, early=False)
    trial.open_day()

    with trial.load():
        for _ in range(CYCLES):
            trial.live_and_die()
    ledger, (kept, found) = trial.ledger, trial.kept()
    verdict = subprocess.run(
        [sys.executable, "-m", "ttx", "verify", trial.exercise, "--data", trial.folder],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip

    record_property("tried", f"{CYCLES} kills of a server, {len(ledger.acknowledged)} acknowledged, mutant: early")
    assert ledger.faults == []
    assert len(ledger.acknowledged) > CYCLES * 2
    assert {key: seq for key, seq in ledger.acknowledged.items() if kept.get(key) != seq} == {}
    assert kept.keys() - ledger.acknowledged.keys() <= ledger.sent_again
    assert ledger.sent_again & ledger.acknowledged.keys()
    assert [one.seq for one in found] == list(range(1, len(found) + 1))
    texts = [one.entry.answer.text for one in found if isinstance(one.entry, ResponseSubmitted)]
    assert len(texts) == len(set(texts))
    assert set(texts) == {key for key in kept if key.startswith("head")}
    moved = (one.entry for one in found if isinstance(one.entry, InjectReleased | InjectRecalled))
    moves = [kind_of(entry) for entry in moved if entry.inject == "D1-09"]
    assert moves == ["InjectReleased", "InjectRecalled"] * (len(moves) // 2) + ["InjectReleased"] * (len(moves) % 2)
    assert moves
    assert ledger.shown <= len(found)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_a_server_that_answers_before_the_commit_is_caught(tmp_path: Path, forker: "subprocess.Popen[str]"):
    trial = Trial(tmp_path / "data", forker, early=True)
    trial.open_day()

    with trial.load():
        for _ in range(CYCLES):
            trial.live_and_die()
            time.sleep(0.05)  # until what it had said before it was killed is in the ledger
            lost = trial.ledger.acknowledged.keys() - trial.kept()[0].keys()
            if lost:
                return

    pytest.fail(f"{len(trial.ledger.acknowledged)} early acknowledgements, and none was missed after {CYCLES} kills")
