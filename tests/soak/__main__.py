"""`make soak`: 200 tablets for ten minutes, or as many for as long as is said. Prints the figures as JSON."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.soak.room import Plan, Soak


def main() -> int:
    """Run it; 1 if anything was lost, doubled or wrong."""
    said = argparse.ArgumentParser(prog="make soak")
    said.add_argument("--tablets", type=int, default=200)
    said.add_argument("--seconds", type=float, default=600)
    said.add_argument("--kills", type=int, default=2)
    said.add_argument("--between", type=float, default=12, help="seconds between two releases")
    given = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(given.tablets, given.seconds, given.kills, between=given.between)
        figures = asyncio.run(Soak(plan, Path(folder) / "data").run())
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return int(bool(figures["faults"] or figures["lost"] or figures["twice"] or figures["of nobody"]))


sys.exit(main())
