"""`make bench`: all figures, or those that are named. Prints one JSON line for each and a table."""

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

from benchmarks import figures
from benchmarks.rounds import Figure, Plan
from benchmarks.table import table

ORDER = ("fanout", "release", "memory", "stalled", "answers", "fold", "frontier", "growth", "storm", "soak")
RESULTS = Path(__file__).parents[1] / ".bench" / "figures.jsonl"
"""Where each figure's last line is kept, so that the page can be written from several runs."""


def main() -> int:
    """Run; 0 also when a figure is missed, since what a machine reaches is no fault of the code alone."""
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
    for name in given.figures or [one for one in ORDER if one in here]:
        sys.stderr.write(f"{name} ...\n")
        for figure in importlib.import_module(f"benchmarks.figures.{name}").measure(plan):
            show(figure, keep=not given.small)
    if given.write:
        from benchmarks import page

        page.write(quiet=given.quiet_machine)
    return 0


def show(figure: Figure, keep: bool) -> None:
    """One line of JSON, then the table; kept for the page."""
    told = figure.told()
    print(json.dumps(told, ensure_ascii=False), flush=True)
    print(table(told), flush=True)
    if keep:
        RESULTS.parent.mkdir(exist_ok=True)
        with RESULTS.open("a") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
