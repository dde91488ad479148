"""A NATS server of the tests' own: Debian's, on a port of the loopback that stays the same when it starts again."""

import shutil
import socket
import subprocess
import time
from contextlib import suppress


class Nats:
    """The server; stopped at first."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"nats://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Nats":
        """Start, and return when it answers."""
        program = shutil.which("nats-server", path="/usr/sbin:/usr/bin:/usr/local/bin")
        assert program is not None, "These tests need a NATS server: make nats"
        words = ("--addr", "127.0.0.1", "--port", str(self.port))
        self._process = subprocess.Popen([program, *words], stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return self
            time.sleep(0.02)
        raise AssertionError("the NATS server does not start")

    def stop(self) -> None:
        """End at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
