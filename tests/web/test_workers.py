"""Several processes on one port and one database: any tablet on any of them, and one that dies takes nothing along."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from tests import postgresql
from tests.web.words import PLAIN, SCENARIO, eventually, roster
from ttx.exercise.entries import Announced
from ttx.scenario.roster import Role
from ttx.store.chain import verify
from ttx.store.database import Store, settle_in
from ttx.store.log import create_exercise, head, read
from ttx.store.seats import new_token, revoke_seat, seats_of

HOUSE = Path(__file__).resolve().parents[2]
PATIENCE = 240.0
"""Seconds for what takes one or two on an idle machine: two Pythons that start."""
OUT = (httpx.TransportError, ConnectionError)


class Hall:
    """`ttx serve --workers 2` and what leads into it."""

    def __init__(self, store: Store, exercise: str, port: int, said: Path) -> None:
        self.store, self.exercise, self.port, self.said = store, exercise, port, said
        self.url = f"http://127.0.0.1:{port}"
        self.lead, self.lead_seat = new_token(store, exercise, Role.LEAD_FACILITATOR)
        self.heads = [new_token(store, exercise, Role.HEAD, name, "T1") for name in ("Kestria", "Tamarinda")]
        words = ("serve", "--data", str(store.directory), "--port", str(port), "--workers", "2")
        with said.open("w") as out:
            self.process = subprocess.Popen([sys.executable, "-m", "ttx", *words], cwd=HOUSE, stderr=out)

    def workers(self) -> set[int]:
        """The processes that serve."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(pid) for pid in found.split()}

    def command(self, do: str, token: str = "", key: str | None = None, **fields: Any) -> httpx.Response:
        """Ask for something over a connection of its own, which may come to either process."""
        headers = {"authorization": f"Bearer {token or self.lead}", "idempotency-key": key or secrets.token_hex(8)}
        with httpx.Client(verify=PLAIN, timeout=30) as client:
            address = f"{self.url}/api/v1/exercises/{self.exercise}/commands"
            return client.post(address, json={"do": do, **fields}, headers=headers)

    def insists(self, do: str, **fields: Any) -> int:
        """The same until it is answered, as a tablet's outbox does; the seq."""
        key, end = secrets.token_hex(8), time.monotonic() + PATIENCE
        while True:
            with suppress(*OUT):
                reply = self.command(do, key=key, **fields)
                if reply.status_code < 500:
                    assert reply.status_code == 200, reply.text
                    return int(reply.json()["seq"])
            assert time.monotonic() < end
            time.sleep(0.05)

    def peer_of(self, port: int) -> int:
        """The process that has the connection of a client's port."""
        ends = {f"0100007F:{self.port:04X}", f"0100007F:{port:04X}"}
        lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
        inode = next(f"socket:[{one[9]}]" for one in map(str.split, lines)
                     if {one[1], one[2]} == ends and one[1].endswith(f"{self.port:04X}"))  # fmt: skip
        for pid in self.workers():
            with suppress(OSError):
                if any(str(each.readlink()) == inode for each in Path(f"/proc/{pid}/fd").iterdir()):
                    return pid
        raise AssertionError("nobody has it")


class Tablet:
    """A page's socket: what it shows, and where it is served."""

    def __init__(self, hall: Hall, token: str, after: int = 0) -> None:
        self.hall, self.token, self.shown, self.seq, self.closed = hall, token, dict[str, str](), after, 0
        self.line: ClientConnection | None = None

    def connect(self) -> int:
        """Open the socket; the process that has it."""
        address = f"ws://127.0.0.1:{self.hall.port}/live/{self.hall.exercise}"
        headers = {"authorization": f"Bearer {self.token}"}
        self.line = connect(address, additional_headers=headers, open_timeout=30, close_timeout=1, legacy=True)
        self.line.send(json.dumps({"hello": {"epoch": epoch(self.hall), "after": self.seq}}))
        return self.hall.peer_of(self.line.socket.getsockname()[1])

    def on(self, pid: int) -> "Tablet":
        """Connect until it is this process that has the socket."""
        for _ in range(60):
            if self.connect() == pid:
                return self
            self.close()
        raise AssertionError("the kernel spreads nothing")

    def until(self, holds: Callable[["Tablet"], bool], within: float = 30.0) -> float:
        """Follow until this holds; the seconds it took. A socket that broke is opened again at once."""
        begun = time.monotonic()
        while not holds(self):
            assert time.monotonic() - begun < within, (self.seq, self.closed)
            try:
                if self.line is None:
                    self.connect()
                    continue
                frame = json.loads(self.line.recv(timeout=0.5))
            except TimeoutError:
                continue
            except (ConnectionClosed, InvalidHandshake, OSError, EOFError) as end:
                self.closed = getattr(getattr(end, "rcvd", None), "code", 1006)
                self.line = None
                if self.closed in (4401, 4003):
                    return time.monotonic() - begun
                time.sleep(0.05)
                continue
            self.shown |= frame.get("regions", {})
            self.seq = max(self.seq, frame.get("seq", 0))
        return time.monotonic() - begun

    def reaches(self, seq: int) -> float:
        """Follow until the page is so far; the seconds it took."""
        return self.until(lambda page: page.seq >= seq)

    def sees(self, words: str) -> bool:
        """Whether this stands anywhere on the page."""
        return any(words in html for html in self.shown.values())

    def close(self) -> None:
        """Leave."""
        if self.line is not None:
            self.line.close()
            self.line = None


def epoch(hall: Hall) -> str:
    return head(hall.store, hall.exercise)[1]


@pytest.fixture(scope="module", params=["embedded", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        settle_in(folder / "data", postgresql.place_in(server, folder / "data"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Store(folder / "data") as store:
        exercise = create_exercise(store, SCENARIO, roster())
        hall = Hall(store, exercise, port, folder / "said")
        try:
            eventually(lambda: "Listening" in hall.said.read_text(), PATIENCE)
            hall.insists("open_day")
            yield hall
        finally:
            hall.process.terminate()
            hall.process.wait(30)


@pytest.fixture
def tablets(hall: Hall) -> Iterator[Callable[..., Tablet]]:
    with ExitStack() as open_:

        def come(token: str, after: int = 0) -> Tablet:
            tablet = Tablet(hall, token, after)
            open_.callback(tablet.close)
            return tablet

        yield come


def test_what_one_process_records_every_tablet_of_the_other_shows(hall: Hall, tablets: Callable[..., Tablet]):
    one, other = sorted(hall.workers())
    left, right = tablets(hall.heads[0][0]).on(one), tablets(hall.heads[1][0]).on(other)

    for number in range(6):  # each over a connection of its own, so that both processes get some
        seq = hall.insists("announce", text=f"Heard by all, {number}")
        for tablet in (left, right):
            tablet.reaches(seq)

    assert left.sees("Heard by all, 5")
    assert right.sees("Heard by all, 5")


def test_an_answer_sent_twice_to_different_processes_is_recorded_once(hall: Hall):
    before = len(read(hall.store, hall.exercise))
    replies = [hall.command("announce", key="the same", text="Once") for _ in range(8)]

    assert len({reply.json()["seq"] for reply in replies}) == 1
    assert len(read(hall.store, hall.exercise)) == before + 1


def test_who_is_there_is_known_in_both_processes(hall: Hall, tablets: Callable[..., Tablet]):
    one, other = sorted(hall.workers())
    console = tablets(hall.lead).on(one)
    console.until(lambda page: bool(page.shown))
    tablets(hall.heads[0][0]).on(other)

    console.until(lambda page: page.sees("1 connected") or page.sees("1 device"))


def test_a_seat_that_is_taken_away_loses_its_sockets_in_every_process(hall: Hall, tablets: Callable[..., Tablet]):
    token, seat = new_token(hall.store, hall.exercise, Role.HEAD, "Kestria", "T1")
    held = [tablets(token).on(pid) for pid in sorted(hall.workers())]
    for tablet in held:
        tablet.until(lambda page: bool(page.shown))

    revoke_seat(hall.store, seat.id)
    for tablet in held:
        tablet.until(lambda page: page.closed == 4401)

    assert [tablet.closed for tablet in held] == [4401, 4401]


def test_a_timer_ends_once(hall: Hall):
    hall.insists("timer", seconds=1)
    eventually(lambda: kinds(hall).count("TimerEnded") == 1, 30)
    time.sleep(1.5)  # three beats of either process, in which nothing is to be seen

    assert kinds(hall).count("TimerEnded") == 1


def test_wrong_codes_are_counted_in_all_processes_together(hall: Hall):
    known = dict(joins(hall, seats_of(hall.store, hall.exercise)[0].code).cookies)
    invented = [{"ttx_device": f"{secrets.token_urlsafe(16)}..{secrets.token_hex(16)}"} for _ in range(70)]

    strangers = [joins(hall, "AAAA-AAAA", one).status_code for one in invented]
    codes = [joins(hall, "AAAA-AAAA", known).status_code for _ in range(20)]

    assert strangers == [404] * 60 + [429] * 10
    assert codes == [404] * 10 + [429] * 10


def joins(hall: Hall, code: str, cookies: dict[str, str] | None = None) -> httpx.Response:
    """Try a code over a connection of its own, which may come to either process."""
    with httpx.Client(verify=PLAIN, timeout=30, cookies=cookies) as one:
        return one.post(f"{hall.url}/api/v1/join", json={"code": code})


def test_a_process_that_is_killed_takes_nothing_along(hall: Hall, tablets: Callable[..., Tablet]):
    victim, _ = sorted(hall.workers())
    tablet = tablets(hall.heads[0][0]).on(victim)
    tablet.until(lambda page: bool(page.shown))
    acknowledged: dict[str, int] = {}
    stop = threading.Event()

    def speak() -> None:
        while not stop.is_set():
            text = f"spoken {len(acknowledged)}"
            acknowledged[text] = hall.insists("announce", text=text)

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        eventually(lambda: len(acknowledged) > 3, PATIENCE)
        os.kill(victim, signal.SIGKILL)
        after = len(acknowledged)
        tablet.until(lambda page: page.closed != 0 and page.line is not None and page.seq > 0)
        eventually(lambda: len(acknowledged) > after + 3, PATIENCE)
        eventually(lambda: len(hall.workers()) == 2 and victim not in hall.workers(), PATIENCE)
    finally:
        stop.set()
        speaker.join()
    seq = hall.insists("announce", text="After the fall")
    tablet.until(lambda page: page.seq >= seq)

    said = [one.entry.text for one in read(hall.store, hall.exercise) if isinstance(one.entry, Announced)]
    spoken = [text for text in said if text.startswith("spoken")]
    assert sorted(spoken) == sorted(acknowledged)
    assert verify(hall.store, hall.exercise).whole


def test_all_processes_are_replaced_and_no_answer_is_lost(hall: Hall, tablets: Callable[..., Tablet]):
    before = hall.workers()
    tablet = tablets(hall.heads[0][0])
    tablet.connect()
    acknowledged: dict[str, int] = {}
    stop = threading.Event()

    def speak() -> None:
        while not stop.is_set():
            text = f"said meanwhile {len(acknowledged)}"
            acknowledged[text] = hall.insists("announce", text=text)

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        hall.process.send_signal(signal.SIGHUP)
        eventually(lambda: len(hall.workers()) == 2 and not hall.workers() & before, PATIENCE)
    finally:
        stop.set()
        speaker.join()
    seq = hall.insists("announce", text="After the change")
    tablet.until(lambda page: page.seq >= seq)

    said = [one.entry.text for one in read(hall.store, hall.exercise) if isinstance(one.entry, Announced)]
    assert sorted(text for text in said if text.startswith("said meanwhile")) == sorted(acknowledged)
    assert verify(hall.store, hall.exercise).whole


def kinds(hall: Hall) -> list[str]:
    return [type(one.entry).__name__ for one in read(hall.store, hall.exercise)]


def test_a_port_that_somebody_listens_on_is_not_shared(hall: Hall):
    words = ("serve", "--data", str(hall.store.directory), "--port", str(hall.port), "--workers", "2")
    ran = subprocess.run([sys.executable, "-m", "ttx", *words], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert f"Nothing listens on 127.0.0.1:{hall.port}" in ran.stderr
