"""An exercise to measure: 45 delegations, developments of 4 KB, and devices that sit there already."""

import json
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.running import DEFLATE, free_port
from ttx.scenario.checks import load
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat
from ttx.settings import Settings
from ttx.store.database import Store, settle_in
from ttx.store.devices import arrives
from ttx.store.log import create_exercise, head
from ttx.store.seats import hash_of, new_token, seats_of
from ttx.store.tables import session_seats, sessions, stamp

DELEGATIONS, TABLES = 45, 15
DICE = random.Random(45)


@cache
def told() -> str:
    """All that is told in the scenario that comes along: English as it is written, and compresses."""
    story = load(Settings().scenarios / "lantern-tide")
    return "\n\n".join(inject.text for day in story.days for inject in day.injects)


def prose(length: int) -> str:
    """So many characters of it, from a place that is another one each time."""
    begins = DICE.randrange(len(told()) - length)
    return told()[begins : begins + length].strip(" \n#*-_>") or "Nothing new."


def scenario(injects: int, text: int = 2300, questions: int = 0, days: int = 1) -> Scenario:
    """Developments of equal size, one after the other in time and none waiting for another."""
    written = []
    for day in range(1, days + 1):
        rows = [
            {
                "id": f"D{day}-{number:05}", "kind": "contextual", "title": f"Development {number}", "at": "09:00",
                "minutes": 1, "session": "all-day", "to": "all", "sender": "Coast guard of Orrin", "channel": "radio",
                "text": prose(text), "objectives": ["O1"], "capabilities": ["C1"],
                "questions": [{"id": f"q{n}", "ask": " ".join(prose(120).split())} for n in range(1, questions + 1)],
            }
            for number in range(1, injects // days + 1)
        ]  # fmt: skip
        session = {"id": "all-day", "title": "All day", "start": "09:00", "minutes": 480}
        written.append(
            {"day": day, "title": f"Day {day}", "theme": "A measured day", "lead": "SEA", "sessions": [session],
             "injects": rows}
        )  # fmt: skip
    return Scenario.model_validate(
        {
            "format": "ttx-scenario/1", "id": "bench", "title": "Exercise Even Keel", "version": "1",
            "summary": "To be measured. EXERCISE EXERCISE EXERCISE", "objectives": {"O1": {"name": "Be quick"}},
            "capabilities": {"C1": {"name": "Speed"}}, "groups": {"SEA": {"name": "At sea"}}, "days": written,
        }
    )  # fmt: skip


def roster() -> Roster:
    """A head and a delegate for each delegation, three delegations at a table."""
    names = [f"Delegation {number:02}" for number in range(1, DELEGATIONS + 1)]
    ids = {name: f"d{number:02}" for number, name in enumerate(names, 1)}
    seats = [
        RosterSeat(role=role, delegation=ids[name], table=f"T{number % TABLES + 1}")
        for number, name in enumerate(names)
        for role in (Role.HEAD, Role.DELEGATE)
    ]
    return Roster(
        delegations={ids[name]: RosterDelegation(name=name, groups=("SEA",)) for name in names},
        tables={f"T{number}": f"Table {number}" for number in range(1, TABLES + 1)},
        seats=tuple(seats),
    )


@dataclass(frozen=True)
class Prepared:
    """A data directory with one exercise: who may steer it, and each device's cookie and seat."""

    folder: Path
    exercise: str
    epoch: str
    lead: str
    devices: tuple[tuple[str, str], ...]

    def tablets(self, after: int, deflate: bool = True) -> list[tuple[str, list[str], list[str]]]:
        """What the load client opens: path, headers and hello of each device."""
        hello = json.dumps({"hello": {"epoch": self.epoch, "after": after}})
        more = [DEFLATE] if deflate else []
        return [
            (f"/live/{self.exercise}?seat={seat}", [f"Cookie: ttx={cookie}", *more], [hello])
            for cookie, seat in self.devices
        ]


def prepare(folder: Path, story: Scenario, devices: int, heads: bool = False, database: str = "") -> Prepared:
    """Make it, with so many devices spread over the seats (over those of heads alone, if it is said), in a PostgreSQL
    if there is an address of one."""
    now = datetime.now(UTC)
    if database:
        settle_in(folder, database)
    with Store(folder) as store:
        exercise = create_exercise(store, story, roster())
        wanted = (Role.HEAD,) if heads else (Role.HEAD, Role.DELEGATE)
        listed = [one.seat for one in seats_of(store, exercise) if one.seat.role in wanted]
        lead = new_token(store, exercise, Role.LEAD_FACILITATOR)[0]
        made = []
        with store.write("The devices of a benchmark") as connection:
            for number in range(devices):
                cookie, seat = secrets.token_urlsafe(32), listed[number % len(listed)].id
                times = {"created_at": stamp(now), "seen_at": stamp(now), "expires_at": stamp(now + timedelta(days=7))}
                connection.execute(insert(sessions).values(token_hash=hash_of(cookie), account=None, **times))
                sits = {"session": hash_of(cookie), "seat": seat, "joined_at": stamp(now), "device": ""}
                connection.execute(insert(session_seats).values(**sits))
                arrives(connection, hash_of(cookie), seat, "", now, admitted=True)
                made.append((cookie, seat))
        return Prepared(folder, exercise, head(store, exercise)[1], lead, tuple(made))


class Product:
    """`ttx serve` on a prepared directory, and what a facilitator asks of it."""

    def __init__(
        self,
        prepared: Prepared,
        port: int | None = None,
        environment: dict[str, str] | None = None,
        program: str = "ttx",
        arguments: tuple[str, ...] = (),
    ) -> None:
        self.prepared, self.port, self.key = prepared, port or free_port(), 0
        command = [
            sys.executable,
            "-m",
            program,
            "serve",
            "--data",
            str(prepared.folder),
            "--port",
            str(self.port),
            *arguments,
        ]
        self._log = (prepared.folder / "server.log").open("w")
        self.process = subprocess.Popen(
            command, stdout=self._log, stderr=self._log, env={**os.environ, **(environment or {})}
        )
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=30).close()
                break
            except OSError as obstacle:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise AssertionError((prepared.folder / "server.log").read_text()[-2000:]) from obstacle
                time.sleep(0.005)

    def command(self, **body: Any) -> tuple[int, int]:
        """Have a command done; the moment before it was sent (monotonic, ns) and the seq it came to."""
        request = self.request(self.prepared.lead, body)
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            begun = time.monotonic_ns()
            line.sendall(request)
            while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
                part = line.recv(65_536)
                if not part:
                    raise AssertionError(f"the server hung up after {answer!r}")
                answer += part
        if b" 200 " not in answer[:20]:
            raise AssertionError(answer.decode()[-500:])
        return begun, json.loads(answer.partition(b"\r\n\r\n")[2])["seq"]

    def request(self, token: str, body: dict[str, Any]) -> bytes:
        """A command as the bytes of a request, under a key of its own."""
        self.key += 1
        said = json.dumps(body).encode()
        who = f"Cookie: ttx={token}" if not token.startswith("ttx_") else f"Authorization: Bearer {token}"
        return (
            f"POST /api/v1/exercises/{self.prepared.exercise}/commands HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"{who}\r\nIdempotency-Key: bench-{self.key}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(said)}\r\n\r\n"
        ).encode() + said

    def memory(self) -> int:
        """Bytes that are its own and in memory: Pss, read from the kernel."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

    def kill(self) -> None:
        """As when the power goes."""
        self.process.kill()
        self.process.wait()
        self._log.close()

    def close(self) -> None:
        """End it, and remove what it kept."""
        self.kill()
        shutil.rmtree(self.prepared.folder, ignore_errors=True)
