"""The page `docs/coverage.md`, made anew: `.venv/bin/python -m tests.scenario.coverage_tables > docs/coverage.md`.

`test_coverage` holds the page to it, so that it is never older than the scenarios.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ttx.scenario.checks import load
from ttx.scenario.coverage import Coverage, coverage, way
from ttx.scenario.graph import build
from ttx.scenario.model import Named
from ttx.scenario.story import Range

SCENARIOS = Path(__file__).parents[2] / "scenarios"

HEAD = """\
# What the scenarios exercise

How many injects exercise each objective and capability, counted over every path of a scenario: one option for each
decision the story comes to, conditions included, the reserve left aside. A cell is one number where all paths agree,
and least to most where they do not. An inject counts once for an objective that it or one of its questions names.

This page is made by `.venv/bin/python -m tests.scenario.coverage_tables > docs/coverage.md`, and a test holds it to the
scenarios. The same figures for a scenario under way, with the path that misses something, stand on its page
"Overview".
"""


def page() -> str:
    """The whole page: a part for each scenario in `scenarios/`."""
    folders = sorted(folder.parent for folder in SCENARIOS.glob("*/scenario.yaml"))
    return "\n".join([HEAD, *("\n".join(_part(folder)) for folder in folders)])


def _part(folder: Path) -> Iterator[str]:
    scenario = load(folder)
    found = coverage(build(scenario))
    paths = f"{found.paths:,} paths" if found.paths != 1 else "one path"
    yield f"## {scenario.title}\n"
    yield f"{len(found.days)} days, {paths}.\n"
    yield from _table("Objective", scenario.objectives, found.objectives, found.objectives_by_day, found)
    yield from _table("Capability", scenario.capabilities, found.capabilities, found.capabilities_by_day, found)


def _table(
    noun: str,
    named: Mapping[str, Named],
    spans: Mapping[str, Range],
    by_day: Mapping[tuple[str, int], Range],
    found: Coverage,
) -> Iterator[str]:
    yield _row([noun, "", *(f"Day {day}" for day in found.days), "All days", "Fewest when"])
    yield _row(["---", "---", *("--:" for _ in found.days), "--:", "---"])
    for ident, span in spans.items():
        days = (_cell(by_day[ident, day]) for day in found.days)
        fewest = way(span.least_when) if span.least_when else ""
        yield _row([ident, named[ident].name, *days, f"**{_cell(span)}**", fewest])
    yield ""


def _cell(span: Range) -> str:
    return str(span.most) if span.least == span.most else f"{span.least} to {span.most}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
