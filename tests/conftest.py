"""The command line, for the tests of every floor that has commands, and how long a property's example may take."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from tests import postgresql
from tests.cli.words import Said, Ttx
from ttx import cli
from ttx.store import accounts, database

# What takes minutes, longest first. `make test` gives whole files to its workers, by itself those with the most tests
# first; then the longest of all, which have few, came last, and one core had nothing left to do beside them.
LONG = (
    "live/test_equality.py",
    "live/test_past.py",
    "crash/",
    "browser/",
    "rehearsal/",
    "test_cli.py",
    "web/",
    "output/",
    "cli/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that short files are left to even out the end."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        file = item.path.relative_to(here).as_posix() if item.path.is_relative_to(here) else ""
        return next((place for place, begins in enumerate(LONG) if file.startswith(begins)), len(LONG))

    items.sort(key=rank)


# These run on both databases, but for tests marked `embedded`; everything else runs on the embedded one.
BOTH = (
    "store/test_accounts.py", "store/test_archive.py", "store/test_authors.py", "store/test_backup.py",
    "store/test_chain.py", "store/test_conflicts.py", "store/test_drafts.py",
    "store/test_frozen.py", "store/test_grants.py", "store/test_heads.py", "store/test_history.py", "store/test_log.py",
    "store/test_pictures.py", "store/test_removal.py", "store/test_reversal.py", "store/test_reviews.py",
    "store/test_recognised.py", "store/test_seats.py", "store/test_sessions.py", "store/test_shredding.py",
    "store/test_telling.py", "store/test_versions.py",
    "live/test_rooms.py",
    "web/test_access.py", "web/test_api.py", "web/test_author_together.py", "web/test_hands.py", "web/test_join.py",
    "web/test_room.py", "web/test_second.py", "web/test_socket.py",
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each database it is for."""
    here = Path(__file__).parent
    file = metafunc.definition.path.relative_to(here).as_posix()
    if file in BOTH and metafunc.definition.get_closest_marker("embedded") is None:
        metafunc.parametrize("kept_in", ("embedded", "postgresql"), indirect=True, scope="module")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL."""
    with postgresql.cluster() as address:
        yield address


@pytest.fixture(scope="module", autouse=True)
def kept_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """The database that data directories of this test keep everything in; a directory has a place of its own."""
    which = getattr(request, "param", "embedded")
    if which == "embedded":
        yield which
        return
    server = request.getfixturevalue("postgresql_server")
    named = database.address_of
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "address_of", lambda folder: named(folder) or postgresql.place_in(server, folder))
        yield which


# How long one example takes says how busy the machine is, and nothing about the property.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """A password's hash is made to take long; those of tests take no time. `test_accounts` looks at the real cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture
def ttx(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ttx:
    """Runs a command in an empty folder, as `ttx ...` would, without a new interpreter each time."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["ttx", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run
