"""How much of each trap is understood, as a table: `python -m tests.scenario.formats.share`."""

import sys

from tests.scenario.formats.traps import TRAPS
from ttx.scenario.formats.readers import understood


def table() -> tuple[str, int, int]:
    """The table, and how many rows of all there are became injects."""
    lines, got, there = [f"{'file':40} {'injects':>7} {'of':>4}  format"], 0, 0
    for trap in TRAPS:
        found = understood(trap.name, trap.make())
        lines.append(f"{trap.name:40} {found.injects:>7} {trap.injects:>4}  {found.refused or found.format}")
        got += min(found.injects, trap.injects)
        there += trap.injects
    lines.append(f"{got} of {there} rows that are injects were understood: {got / there:.1%}")
    return "\n".join(lines), got, there


if __name__ == "__main__":
    sys.stdout.write(table()[0] + "\n")
