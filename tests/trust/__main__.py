"""`make trust`: run the short form of each, and print a table of what was tried and what was found.

How much was tried is said by the tests themselves: `record_property("tried", "20 power cuts")`. What pytest says of
what was found is in trust.log.
"""

import argparse
import sys
import time
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from tests.crash import LONG
from ttx import __version__

PROMISES: dict[str, tuple[str, ...]] = {
    "Who may do what, of every route and message": (
        "web/test_access.py", "web/test_room.py::test_every_word_of_the_socket_has_a_rule", "exercise/test_rights.py",
    ),
    "Codes, sessions, accounts": ("web/test_join.py", "web/test_account.py", "store/test_sessions.py"),
    "Headers, origins, sizes": ("web/test_app.py", "web/test_proxies.py"),
    "Nobody sees what is not released or is another's": (
        "live/test_equality.py::test_no_page_ever_holds_what_was_not_released_to_it_or_is_anothers",
        "review/test_canaries.py",
    ),
    "Brought files and pictures": (
        "scenario/formats/test_confined.py", "scenario/formats/test_mutations.py", "fuzz/test_importers.py",
        "store/test_recoding.py",
    ),
    "The record is whole, or the first bad entry is named": (
        "store/test_chain.py", "store/test_heads.py", "store/test_frozen.py",
    ),
    "Pages catch up: the model": ("live/test_model.py",),
    "A network cut before the reply, a clock put wrong, PostgreSQL killed": ("crash/test_cut.py",),
    "Power cuts": ("crash/test_power.py",),
    "A killed server": ("crash/test_kill.py", "crash/test_store_kill.py", "crash/test_author_kill.py"),
    "A full disk": (
        "live/test_rooms.py::test_a_full_disk_refuses_says_so_on_every_page_and_goes_on_by_itself",
        "store/test_database.py",
    ),
    "Every route and call, given nonsense": ("fuzz/test_api.py",),
    "PostgreSQL and several processes": ("store/test_postgresql.py", "web/test_workers.py"),
    "Backup, snapshots, restore": ("store/test_backup.py", "store/test_snapshots.py", "crash/test_drill.py"),
    "Data directories of past releases": ("store/test_upgrades.py",),
    "Logs and figures": ("web/test_logs.py",),
}  # fmt: skip
"""What is promised, and the tests that hold it."""

TESTS = Path(__file__).parents[1]


@dataclass
class Outcome:
    """What became of one promise."""

    tests: int = 0
    seconds: float = 0.0
    tried: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """pytest tells of each part of each test."""
        if report.when == "call":
            self.tests += not report.skipped
            self.tried += [str(what) for name, what in report.user_properties if name == "tried"]
        if report.failed:
            self.found.append(report.nodeid.rpartition("::")[2])


def kept(names: tuple[str, ...]) -> Outcome:
    """Run the tests of one promise."""
    outcome, began = Outcome(), time.monotonic()
    words = ["-q", "-p", "no:cacheprovider", "--timeout", "7200" if LONG else "300"]
    with (TESTS.parent / "trust.log").open("a") as log, redirect_stdout(log):
        code = pytest.main([*words, *(str(TESTS / name) for name in names)], plugins=[outcome])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        outcome.found.append(f"the tests did not run ({pytest.ExitCode(code).name})")
    outcome.seconds = time.monotonic() - began
    return outcome


def main() -> int:
    """1 if anything was found."""
    said = argparse.ArgumentParser(prog="make trust", description=__doc__)
    said.add_argument("words", nargs="*", help="only promises with one of these words")
    wanted = [one.lower() for one in said.parse_args().words]
    console = Console()
    console.print(f"ttx {__version__}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {'long' if LONG else 'short'} forms\n")
    table = Table("promise", "tests", "tried", "s", "found")
    found = 0
    for promise, names in PROMISES.items():
        if wanted and not any(word in promise.lower() for word in wanted):
            continue
        console.print(promise, style="dim")
        outcome = kept(names)
        found += len(outcome.found)
        verdict = "\n".join(outcome.found) or "nothing"
        table.add_row(promise, f"{outcome.tests}", "\n".join(outcome.tried), f"{outcome.seconds:.0f}", verdict)
    console.print(table)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
