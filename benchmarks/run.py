"""`make bench`: all figures, or those that are named. Prints one JSON line for each and a table."""

import argparse
import contextlib
import importlib
import json
import multiprocessing
import os
import pkgutil
import signal
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import figures
from benchmarks.rounds import Plan
from benchmarks.table import table

ORDER = (
    "fanout",
    "release",
    "memory",
    "stalled",
    "answers",
    "fold",
    "frontier",
    "growth",
    "processes",
    "bells",
    "storm",
    "report",
    "panning",
    "soak",
)
LIMIT = 300
"""Seconds a figure may take; the soak has its own minutes and as much again for all to come and to be compared."""
RESULTS = Path(__file__).parents[1] / ".bench" / "figures.jsonl"
"""Where each figure's last line is kept, so that the page can be written from several runs."""


def main() -> int:
    """Run; 0 also when a figure is missed, since what a machine reaches is no fault of the code alone, and 1 when one
    could not be measured."""
    said = argparse.ArgumentParser(prog="make bench", description=__doc__)
    said.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(ORDER)}; without, all of them")
    said.add_argument("--rounds", type=int, default=7)
    said.add_argument("--tablets", type=int, default=1000)
    said.add_argument("--soak-minutes", type=float, default=5, help="60 is the long form")
    said.add_argument("--small", action="store_true", help="whether everything works; the figures mean nothing")
    said.add_argument("--write", action="store_true", help="write what was found into docs/performance.md")
    said.add_argument("--quiet-machine", action="store_true", help="say in the page that nothing else ran beside it")
    given = said.parse_args()
    unknown = [name for name in given.figures if name not in ORDER]
    if unknown:
        said.error(f"there is no figure {', '.join(unknown)}; there are {', '.join(ORDER)}")
    plan = Plan(given.rounds, given.tablets, given.soak_minutes)
    if given.small:
        plan = Plan(2, 50, 0.3, small=True)
    here = {one.name for one in pkgutil.iter_modules(figures.__path__)}
    failed = [
        name
        for name in given.figures or [one for one in ORDER if one in here]
        if not measured(name, plan, keep=not given.small)
    ]
    if given.write:
        from benchmarks import page

        page.write(quiet=given.quiet_machine)
    if failed:
        print(f"Failed, and why is said above: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def measured(name: str, plan: Plan, keep: bool) -> bool:
    """Measure one figure in a process of its own, so that one that fails or hangs takes none of the others with it."""
    begun, limit = time.monotonic(), LIMIT + (plan.soak_minutes * 60 + LIMIT if name == "soak" else 0)
    ours, its = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=alone, args=(name, plan, keep, its))
    child.start()
    its.close()
    try:
        child.join(limit)
        why = f"it was not over after {limit:.0f} seconds" if child.is_alive() else heard(ours)
    finally:
        child.terminate()  # what it started elsewhere, a PostgreSQL, it ends itself
        child.join(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # it, and every server and client that it left behind
        child.join()
    sys.stderr.write(f"{name}: {time.monotonic() - begun:.0f} s\n")
    if why is not None:
        tell({"figure": name, "failed": why}, keep)
    return why is None


def heard(line: Connection) -> str | None:
    """Why a figure failed; None if it did not."""
    try:
        why: str | None = line.recv()
    except EOFError:
        return "its process was ended"
    return why


def alone(name: str, plan: Plan, keep: bool, line: Connection) -> None:
    """In a process, and a group of processes, of its own."""
    os.setsid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    why = None
    try:
        for figure in importlib.import_module(f"benchmarks.figures.{name}").measure(plan):
            told = figure.told()
            tell(told, keep)
            print(table(told), flush=True)
    except Exception as error:
        traceback.print_exc()
        why = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    line.send(why)


def tell(told: dict[str, Any], keep: bool) -> None:
    """One line of JSON, kept for the page."""
    said = json.dumps(told, ensure_ascii=False)
    print(said, flush=True)
    if keep:
        RESULTS.parent.mkdir(exist_ok=True)
        with RESULTS.open("a") as file:
            file.write(said + "\n")


if __name__ == "__main__":
    sys.exit(main())
