"""The soak: 1,000 tablets, a release a minute, answers, one in twenty away at any time; nothing lost, memory flat."""

import asyncio
import statistics
import subprocess
import tempfile
import threading
from pathlib import Path

from benchmarks.rounds import Figure, Plan, Reach
from tests.soak.room import Plan as SoakPlan
from tests.soak.room import Soak

EACH = 2.0
"""Seconds between two looks at the server's memory."""


class Watched(Soak):
    """A soak whose server's memory is looked at."""

    def __init__(self, plan: SoakPlan, folder: Path) -> None:
        super().__init__(plan, folder)
        self.megabytes: list[float] = []
        self.over = threading.Event()

    async def _started(self) -> "subprocess.Popen[bytes]":
        server = await super()._started()
        threading.Thread(target=self._watch, args=(server.pid,), daemon=True).start()
        return server

    def _watch(self, pid: int) -> None:
        while not self.over.wait(EACH):
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                return
            self.megabytes += [int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")]


def measure(plan: Plan) -> list[Figure]:
    """One run of so many minutes."""
    seconds, between, tablets = plan.soak_minutes * 60, 60.0, plan.tablets
    if plan.small:
        seconds, between, tablets = 18.0, 4.0, 12
    with tempfile.TemporaryDirectory() as folder:
        soak = Watched(SoakPlan(tablets, seconds, 0, away=0.05, between=between), Path(folder) / "data")
        figures = asyncio.run(soak.run())
        soak.over.set()
    third = max(1, len(soak.megabytes) // 3)
    first, last = statistics.median(soak.megabytes[third : 2 * third]), statistics.median(soak.megabytes[-third:])
    reaches = [
        Reach("answers lost", figures["lost"], 0, at_most=True, unit="answers"),
        Reach("answers twice", figures["twice"], 0, at_most=True, unit="answers"),
        Reach("pages that differ from one opened now", len(figures["faults"]), 0, at_most=True, unit="pages"),
        Reach("memory, the last third against the second", last / first, 1.05, at_most=True),
    ]
    title = f"{tablets:,} tablets for {seconds / 60:g} minutes: the server's memory"
    notes = {name: said for name, said in figures.items() if name != "faults"}
    return [Figure("soak", title, "MB", {"second third": [first], "last third": [last]}, reaches, notes=notes)]
