"""Durable answers a second: 200 posters, each waiting for its receipt before it sends the next.

On the embedded database; `processes` asks the same of a PostgreSQL and of several processes.
"""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.exercise import Prepared, Product, prepare, scenario
from benchmarks.rounds import Figure, Plan, interleaved, known, ratio
from benchmarks.running import MADE, Missing, Peer, found, free_port
from ttx.exercise.entries import DayOpened, InjectReleased
from ttx.store import log
from ttx.store.database import Store

OURS, OURS_SLOW = "ttx", "ttx, fsync 2 ms longer"
EMPTY, EACH, EACH_SLOW = (
    "FastAPI, empty handler",
    "SQLModel, a session each",
    "SQLModel, a session each, fsync 2 ms longer",
)
POSTERS, INJECTS, QUESTIONS = 200, 20, 3
ENOUGH = 100
"""Requests that each poster has ready for a turn: twice what the quickest of them takes in a turn."""
SLOW_DISK = {"LD_PRELOAD": str(MADE / "slow_fsync.so"), "FSYNC_MS": "2"}


@dataclass
class Served:
    """A server that takes answers, and what is needed to end it."""

    port: int
    close: Callable[[], None]


def measure(plan: Plan) -> list[Figure]:
    """All in one run, each with a second and a half a turn."""
    posters, seconds = (20, 0.5) if plan.small else (POSTERS, 1.5)
    missing: dict[str, str] = {}
    served: dict[str, Served] = {}
    client: dict[str, list[float]] = {}
    waits: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = asked_everything(folder / "made", posters)
        try:
            for ours, environment in ((OURS, {}), (OURS_SLOW, SLOW_DISK)):
                served[ours] = product(prepared, folder / f"ours-{len(served)}", environment)
            for peer, words, environment in (
                (EMPTY, ("empty",), {}), (EACH, ("session", "plain"), {}), (EACH_SLOW, ("session", "slow"), SLOW_DISK),
            ):  # fmt: skip
                try:
                    served[peer] = compared(folder, words, environment)
                except Missing as why:
                    missing[peer] = str(why)
            asked = Asking(prepared, folder, seconds, client, waits)
            samples = interleaved(plan.rounds, {who: asked.turn(who, one.port) for who, one in served.items()})
        finally:
            for one in served.values():
                one.close()
    reaches = known(
        ratio("against an empty FastAPI handler", samples, OURS, EMPTY, 0.5),
        ratio("against a session for each request", samples, OURS, EACH, 4),
        ratio("the same, each fsync 2 ms longer", samples, OURS_SLOW, EACH_SLOW, 8),
    )
    median = statistics.median
    notes = {
        "receipt, median ms": {who: round(median(one), 1) for who, one in waits.items()},
        "client, us of CPU an answer": {who: round(median(one), 1) for who, one in client.items()},
    }
    title = f"Answers a second that are on disk, {posters} posters"
    return [Figure("answers", title, "answers a second", samples, reaches, missing, notes, more_is_better=True)]


def asked_everything(folder: Path, posters: int, database: str = "") -> Prepared:
    """An exercise in which every question is open."""
    story = scenario(INJECTS, text=300, questions=QUESTIONS)
    prepared = prepare(folder, story, posters, heads=True, database=database)
    with Store(prepared.folder) as store, log.writing(store, prepared.exercise) as book:
        out = (InjectReleased(inject=f"D1-{number:05}") for number in range(1, INJECTS + 1))
        book.append([DayOpened(day=1), *out], None, datetime.now(UTC))
    return prepared


def product(prepared: Prepared, folder: Path, environment: dict[str, str]) -> Served:
    """The product on a copy of the exercise."""
    subprocess.run(["cp", "-r", str(prepared.folder), str(folder)], check=True)
    here = Prepared(folder, prepared.exercise, prepared.epoch, prepared.lead, prepared.devices)
    one = Product(here, environment=environment)
    return Served(one.port, one.close)


def compared(folder: Path, words: tuple[str, ...], environment: dict[str, str], database: str = "") -> Served:
    """A peer that takes answers. Raises Missing."""
    port = free_port()
    place = folder / "-".join(words)
    place.mkdir()
    peer = found(Peer("", ("python", "posting.py"), ("fastapi", "sqlmodel")))
    command = [*peer, str(port), words[0], database or str(place)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    if process.stdout.readline().strip() != "ready":
        raise Missing("it does not start")

    def close() -> None:
        process.kill()
        process.wait()

    return Served(port, close)


class Asking:
    """What the posters send: every answer its own text and key, over all questions."""

    def __init__(
        self,
        prepared: Prepared,
        folder: Path,
        seconds: float,
        client: dict[str, list[float]],
        waits: dict[str, list[float]],
    ) -> None:
        self.prepared, self.folder, self.seconds = prepared, folder, seconds
        self.client, self.waits = client, waits
        self.number = 0

    def turn(self, who: str, port: int) -> Callable[[], float]:
        """One turn against this port."""

        def take() -> float:
            told = self._post(port)
            if told["others"]:
                raise AssertionError(f"{who} refused {told['others']} answers")
            self.client.setdefault(who, []).append(told["cpu"] / max(told["answers"], 1) * 1e6)
            self.waits.setdefault(who, []).append(told["median_ms"])
            return float(told["answers"] / told["seconds"])

        return take

    def _post(self, port: int) -> dict[str, Any]:
        files = []
        for poster, (cookie, _) in enumerate(self.prepared.devices):
            file = self.folder / f"poster-{poster}"
            file.write_bytes(b"".join(self._request(cookie, port) + b"\0" for _ in range(ENOUGH)))
            files.append(str(file))
        command = [str(MADE / "posters"), str(port), str(self.seconds), *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        if done.returncode or done.stderr:
            raise AssertionError(done.stderr or f"the posters ended with {done.returncode}")
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def _request(self, cookie: str, port: int) -> bytes:
        self.number += 1
        body = json.dumps(
            {
                "do": "respond",
                "inject": f"D1-{self.number % INJECTS + 1:05}",
                "question": f"q{self.number // INJECTS % QUESTIONS + 1}",
                "answer": {"text": f"Our coast guard would tell the others first, number {self.number}."},
            }
        )
        return (
            f"POST /api/v1/exercises/{self.prepared.exercise}/commands HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Cookie: ttx={cookie}\r\nIdempotency-Key: answer-{self.number}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
