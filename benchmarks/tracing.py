"""Where the time of a release goes: the server with a clock around each step. Never while anything is compared.

`python -m benchmarks.tracing PROGRAM...` serves like `ttx`, and for every release writes a line with milliseconds.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STEPS: dict[str, float] = {}
"""Milliseconds so far, by step."""


def timed(step: str, room: Any, name: str) -> None:
    """Put a clock around a function."""
    plain: Callable[..., Any] = getattr(room, name)

    def clocked(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return plain(*given, **named)
        finally:
            STEPS[step] = STEPS.get(step, 0) + (time.perf_counter() - begun) * 1000

    setattr(room, name, clocked)


def serve() -> None:
    """Serve with clocks, printing at the end of every flush that wrote a development."""
    from ttx import cli
    from ttx.exercise import commands
    from ttx.live import fanout, room, wire
    from ttx.pages import regions
    from ttx.store import log
    from ttx.web import access

    timed("access", access, "_granted")
    timed("decision", commands, "decide")
    timed("transaction, commit included", room.Room, "_commit")
    timed("fold and touches", room.Room, "_fold")
    timed("entries made and hashed", log.Writing, "append")
    timed("render", regions, "draw")
    timed("which regions", room.Room, "regions")
    timed("frame", fanout, "frame")
    timed("compress", wire.Framed, "deflated")
    timed("flush, all of it", room.Room, "_flush")
    flush = room.Room._flush

    def told(self: room.Room, members: Any) -> None:
        flush(self, members)
        if "decision" in STEPS:
            print(json.dumps({**STEPS, "at": time.monotonic_ns()}), flush=True)
        STEPS.clear()

    room.Room._flush = told
    sys.argv = ["ttx", *sys.argv[1:]]
    cli.main()


def breakdown(folder: Path, plan: Any) -> dict[str, float]:
    """Medians of seven releases on a traced server."""
    from benchmarks.figures import release as measured

    whole = measured.Steered(folder, plan, 0, program="benchmarks.tracing")
    try:
        for _ in range(min(plan.rounds, 7)):
            whole.release()
    finally:
        lines = (folder / "server.log").read_text().splitlines()
        whole.close()
    told = [json.loads(line) for line in lines if line.startswith("{") and '"decision"' in line]
    steps = {name: statistics.median(one.get(name, 0) for one in told) for name in told[-1] if name != "at"}
    return {name: round(ms, 2) for name, ms in steps.items()}


if __name__ == "__main__":
    serve()
