"""Processes of the benchmarks: the load clients, and peers that are told on their standard input to send."""

import json
import os
import select
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE = ROOT / ".bench"
PEERS = HERE / "peers"

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
"""What a browser offers."""


class Missing(Exception):
    """A peer cannot run here; the sentence says why."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Crowd:
    """The load client: many tablets in one process written in C. What it counts and when is `client/tablets.c`."""

    def __init__(self, port: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [MADE / "tablets", str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._heard = b""
        self.opening: dict[str, Any] = {}

    def open(self, tablets: Iterable[tuple[str, list[str], list[str]]], wait: bool = True) -> dict[str, Any]:
        """Connect: for each its path, its headers, and what it says first."""
        blocks = []
        for path, headers, says in tablets:
            blocks.append("\n".join([path, *headers, *(f"> {one}" for one in says), "", ""]))
        file = Path(self._folder.name) / "tablets"
        file.write_text("".join(blocks))
        self._say(f"open {file}")
        if wait:
            self.opening = self._hear("open")
            if self.opening["failed"]:
                raise AssertionError(f"{self.opening['failed']} tablets could not connect")
        return self.opening

    def expect(self, messages: int, least: int) -> None:
        """Begin to count messages of at least so many bytes."""
        self._say(f"expect {messages} {least}")
        self._hear("ready")

    def all(self) -> dict[str, Any]:
        """Wait until every tablet has got what is expected."""
        return self._hear("all")

    def stall(self, number: int) -> None:
        """The first tablets never read again."""
        self._say(f"stall {number}")
        self._hear("stalled")

    def drop(self) -> None:
        """Every connection is cut."""
        self._say("drop")
        self._hear("dropped")

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.wait(10)
        self._folder.cleanup()

    def _say(self, line: str) -> None:
        self._process.stdin.write(line.encode() + b"\n")

    def _hear(self, event: str, within: float = 60) -> dict[str, Any]:
        end = time.monotonic() + within
        while True:
            line, newline, rest = self._heard.partition(b"\n")
            if not newline:
                left = end - time.monotonic()
                if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                    raise AssertionError(f"the tablets waited {within} seconds for: {event}")
                part = os.read(self._process.stdout.fileno(), 65_536)
                if not part:
                    raise AssertionError("the load client ended")
                self._heard += part
                continue
            self._heard = rest
            told: dict[str, Any] = json.loads(line)
            if told["event"] == event:
                return told
            if told["event"] == "open":
                self.opening = told


@dataclass(frozen=True)
class Peer:
    """A server to be compared with: how it is called in tables, how it is started, what its clients say.

    `command` begins with the interpreter: `python` of the peers, `ttx` for ours, `node`, `bun`, or a program made
    from C.
    """

    name: str
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()
    path: str = "/"
    headers: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    extra: int = 0
    """Bytes its own envelope adds to a message; so many fewer are sent."""


class Running:
    """A peer that runs, with its tablets connected."""

    def __init__(self, peer: Peer, tablets: int) -> None:
        """Raises Missing."""
        self.peer, self.port = peer, free_port()
        self._process = subprocess.Popen(
            [*found(peer), str(self.port), *peer.command[2:]]
            if peer.command[0] != "c"
            else [*found(peer), str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "PYTHONPATH": str(ROOT)},
        )
        if self._process.stdout.readline().strip() != "ready":
            self._process.kill()
            why = (self._process.communicate()[1] or "it said nothing").strip().splitlines()[-1]
            raise Missing(f"it does not start: {why}")
        self.crowd = Crowd(self.port)
        self.crowd.open([(peer.path, list(peer.headers), list(peer.says))] * tablets)
        time.sleep(0.2)

    def sends(self, size: int) -> tuple[float, dict[str, Any]]:
        """Milliseconds from the word to the last tablet, and what the client counted."""
        self.crowd.expect(1, 512)
        begun = time.monotonic_ns()
        self.go(size)
        counted = self.crowd.all()
        return (counted["last"] - begun) / 1e6, counted

    def go(self, size: int, times: int = 1) -> None:
        """Tell it to send."""
        self._process.stdin.write(f"go {size - self.peer.extra}\n" * times)
        self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def close(self) -> None:
        """End both processes."""
        self.crowd.close()
        self._process.kill()
        self._process.communicate()


def found(peer: Peer) -> list[str]:
    """The beginning of a command line; raises Missing with what has to be installed."""
    kind, what = peer.command[0], peer.command[1]
    if kind == "c":
        return [str(MADE / what)]
    if kind == "ttx":
        return [str(ROOT / ".venv/bin/python"), str(PEERS / what)]
    if kind == "python":
        python = MADE / "venv/bin/python"
        for name in peer.needs:
            if not any((MADE / "venv/lib").glob(f"python3*/site-packages/{name}")):
                raise Missing(f"the Python package {name} is not installed")
        return [str(python), str(PEERS / what)]
    for name in peer.needs:
        if not (PEERS / "node_modules" / name).exists():
            raise Missing(f"the Node package {name} is not installed")
    program = shutil.which("node") if kind == "node" else str(PEERS / "node_modules/.bin/bun")
    if program is None:
        raise Missing(f"{kind} is not installed")
    return [program, str(PEERS / what)]
