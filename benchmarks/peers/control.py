"""How a peer is told to send: `go SIZE` on its standard input is one broadcast of that many bytes."""

import asyncio
import os
import sys
from collections.abc import Callable


def listen(loop: asyncio.AbstractEventLoop, go: Callable[[str], object]) -> None:
    """Have `go` called with a text of SIZE characters for each line, and say that this peer listens."""
    text: dict[int, str] = {}

    def heard() -> None:
        lines = os.read(sys.stdin.fileno(), 65_536).decode().splitlines()
        if not lines:
            sys.exit(0)
        for line in lines:
            size = int(line.split()[1])
            go(text.setdefault(size, "x" * size))

    loop.add_reader(sys.stdin.fileno(), heard)
    print("ready", flush=True)
