"""How a peer is told to send: `go SIZE` on its standard input is one broadcast of that many bytes."""

import asyncio
import sys
from collections.abc import Callable


def listen(loop: asyncio.AbstractEventLoop, go: Callable[[str], object]) -> None:
    """Have `go` called with a text of SIZE characters for each line, and say that this peer listens."""
    text: dict[int, str] = {}

    def heard() -> None:
        line = sys.stdin.readline()
        if not line:
            sys.exit(0)
        size = int(line.split()[1])
        go(text.setdefault(size, "x" * size))

    loop.add_reader(sys.stdin.fileno(), heard)
    print("ready", flush=True)
