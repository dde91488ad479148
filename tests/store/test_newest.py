"""How old the newest snapshot is, told to every process on a data directory."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ttx.cli.backups import snapshots_of
from ttx.settings import Settings
from ttx.store.database import Store
from ttx.store.newest import FILE, Newest, forget, tell, told

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
NEWEST = Newest(NOW.timestamp(), 4096, True, 60)


def test_it_is_late_after_two_intervals_and_not_before():
    assert NEWEST.late(NOW + timedelta(seconds=120)) is None
    assert NEWEST.late(NOW + timedelta(seconds=437)) == (
        "The newest snapshot is 7 minutes old, and one is to be made every 60 seconds. The exercise goes on. "
        "See the log for what stands in the way, and that the disk is there and has room."
    )
    assert NEWEST.age(NOW - timedelta(hours=2)) == 0


def test_one_that_could_not_be_read_back_is_told_at_once():
    late = Newest(NOW.timestamp(), 4096, False, 60).late(NOW)

    assert late is not None
    assert late.startswith("The newest snapshot could not be read back.")


def test_it_is_told_until_it_is_forgotten(tmp_path: Path):
    assert told(tmp_path) is None
    tell(tmp_path, NEWEST)
    assert told(tmp_path) == NEWEST
    forget(tmp_path)
    assert told(tmp_path) is None
    (tmp_path / FILE).write_text("{")
    assert told(tmp_path) is None


def test_a_server_that_makes_none_forgets_what_an_earlier_one_said(tmp_path: Path):
    with Store(tmp_path / "data") as store:
        tell(store.directory, NEWEST)
        with snapshots_of(store, None, None, Settings(), among=True):
            assert told(store.directory) == NEWEST
        with snapshots_of(store, None, None, Settings()):
            assert told(store.directory) is None
