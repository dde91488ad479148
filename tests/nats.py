"""A NATS server of the tests' own: Debian's, on a port of the loopback that stays the same when it starts again."""

import shutil
import socket
import subprocess


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
        self._process = subprocess.Popen([program, *words], stderr=subprocess.PIPE)
        assert self._process.stderr is not None
        said = list[bytes]()
        for line in self._process.stderr:  # ends with the process
            said.append(line)
            if b"Server is ready" in line:
                return self
        raise AssertionError(f"the NATS server does not start: {b''.join(said).decode()}")

    def stop(self) -> None:
        """End at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
