"""The data directory of every past release goes on with this one; releases/ holds one of each, as its code wrote it."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.store.words import NOW, announce, texts
from ttx.scenario.checks import checked
from ttx.scenario.files import assembled
from ttx.store.accounts import account_of, sign_in
from ttx.store.backup import restore
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.drafts import drafts_of, open_draft
from ttx.store.embedded import FILE, Embedded, driver
from ttx.store.log import exercises, read, scenario_of
from ttx.store.obstacles import NotOpened
from ttx.store.seats import seats_of
from ttx.store.tables import meta
from ttx.store.versioning import SCHEMA

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.sql"))


@pytest.fixture(params=RELEASES, ids=lambda one: one.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data directory as a release left it."""
    (tmp_path / "data").mkdir()
    raw = driver().connect(tmp_path / "data" / FILE)
    raw.executescript(request.param.read_text("utf-8"))
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    return tmp_path / "data"


def everything(directory: Path) -> list[str]:
    """All that a database holds, as the statements that make it."""
    raw = sqlite3.connect(directory / FILE)  # the other driver has no iterdump
    try:
        return list(raw.iterdump())
    finally:
        raw.close()


def test_a_directory_of_an_older_release_keeps_all_it_holds_and_goes_on(old: Path):
    with Store(old, create=False) as store:
        (held,) = exercises(store)
        assert verify(store, held.id).whole
        assert texts(read(store, held.id)) == ["Coffee at ten."]
        assert next(one.at for one in read(store, held.id)) == NOW
        assert scenario_of(store, held.id).days[0].injects[0].id == "D1-01"
        assert len(seats_of(store, held.id)) == 4
        assert account_of(store, "ana2") is not None
        assert sign_in(store, "ana2", "seven grey herons at noon") is not None
        for draft in drafts_of(store):
            assert checked(assembled(open_draft(store, draft.id).texts))[0] is not None
        announce(store, held.id, "later")
        assert verify(store, held.id).whole
        with store.read("The version") as connection:
            assert connection.scalar(select(meta.c.value).where(meta.c.name == "schema")) == str(SCHEMA)


def test_what_an_older_release_left_stays_beside_it(old: Path, tmp_path: Path):
    before = everything(old)
    Store(old).close()
    kept = old / f"before-version-{SCHEMA}.sqlite"
    (tmp_path / "kept").mkdir()

    assert kept.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in old.iterdir()) == [kept.name, FILE]
    kept.rename(tmp_path / "kept" / FILE)
    assert everything(tmp_path / "kept") == before


def test_an_upgrade_that_fails_leaves_the_directory_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch):
    before = everything(old)
    guard = Embedded.guard

    def fails(self: Embedded, connection: object) -> None:
        guard(self, connection)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Embedded, "guard", fails)
        with pytest.raises(NotOpened, match="no space left on device"):
            Store(old)

    assert everything(old) == before
    Store(old).close()
    assert everything(old) != before


def test_a_disk_too_full_to_keep_the_old_one_refuses_the_upgrade(old: Path, monkeypatch: pytest.MonkeyPatch):
    before = everything(old)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Embedded, "keep", full)
    with pytest.raises(NotOpened, match="no space left on device"):
        Store(old)
    assert everything(old) == before


def test_a_backup_of_an_older_release_is_restored(old: Path, tmp_path: Path):
    (verdict,) = restore(old / FILE, tmp_path / "new")

    assert verdict.whole
    with Store(tmp_path / "new", create=False) as store:
        assert len(exercises(store)) == 1


def test_an_older_ttx_refuses_what_this_one_has_opened(old: Path, monkeypatch: pytest.MonkeyPatch):
    Store(old).close()
    monkeypatch.setattr("ttx.store.versioning.SCHEMA", SCHEMA - 1)

    with pytest.raises(NotOpened) as refusal:
        Store(old)
    assert str(refusal.value) == (
        f"The data directory {old} could not be opened: a newer ttx wrote it (its tables are version {SCHEMA}, and "
        f"this one knows {SCHEMA - 1}). Install the newer ttx, or choose another directory."
    )
