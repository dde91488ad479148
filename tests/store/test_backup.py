"""Backups, and the way back."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.words import NOW, an_exercise, announce, texts
from ttx.store.backup import NotRestored, NotWritten, backup, restore
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.embedded import FILE, driver
from ttx.store.log import head, read, scenario_of
from ttx.store.seats import seats_of
from ttx.store.tables import ExerciseId


@pytest.fixture
def file(store: Store, exercise: ExerciseId, tmp_path: Path) -> Path:
    """A backup of an exercise in which one thing was said."""
    announce(store, exercise, "said")
    backup(store, tmp_path / "backup.sqlite")
    return tmp_path / "backup.sqlite"


@pytest.mark.embedded
def test_a_backup_holds_everything_and_is_its_owners_alone(
    store: Store, exercise: ExerciseId, file: Path, tmp_path: Path
):
    verdicts = restore(file, tmp_path / "new")

    assert file.stat().st_mode & 0o777 == 0o600
    assert [(verdict.whole, verdict.entries) for verdict in verdicts] == [(True, 2)]
    with Store(tmp_path / "new", create=False) as restored:
        assert read(restored, exercise) == read(store, exercise)
        assert seats_of(restored, exercise) == seats_of(store, exercise)
        assert scenario_of(restored, exercise) == scenario_of(store, exercise)
        announce(restored, exercise, "it goes on")
        assert verify(restored, exercise).whole
    assert [path.name for path in (tmp_path / "new").iterdir()] == [FILE]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / FILE).stat().st_mode & 0o777 == 0o600


def test_every_exercise_has_a_new_epoch_after_a_restore(store: Store, tmp_path: Path):
    both = [an_exercise(store), an_exercise(store)]
    backup(store, tmp_path / "backup.sqlite")
    restore(tmp_path / "backup.sqlite", tmp_path / "new")

    with Store(tmp_path / "new") as restored:
        epochs = {head(place, exercise)[1] for place in (store, restored) for exercise in both}
    assert len(epochs) == 4


def test_a_backup_is_of_one_moment_while_others_write(store: Store, exercise: ExerciseId, tmp_path: Path):
    stop = threading.Event()

    def speak() -> None:
        while not stop.is_set():
            announce(store, exercise, "one", "two", "three")

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        for number in range(5):
            said = head(store, exercise)[0]
            backup(store, tmp_path / f"{number}.sqlite")
            (verdict,) = restore(tmp_path / f"{number}.sqlite", tmp_path / f"{number}")
            assert verdict.entries >= said
            assert verdict.entries % 3 == 1
    finally:
        stop.set()
        speaker.join()


def test_a_backup_never_takes_the_place_of_a_file(store: Store, file: Path):
    before = file.read_bytes()
    with pytest.raises(NotWritten, match="there is a file of that name already"):
        backup(store, file)
    assert file.read_bytes() == before


def test_a_backup_to_nowhere_is_said(store: Store, tmp_path: Path):
    with pytest.raises(NotWritten) as refusal:
        backup(store, tmp_path / "no" / "where")
    assert str(refusal.value) == (
        f"The backup {tmp_path}/no/where could not be written: no such file or directory. Choose another place for it."
    )


@pytest.mark.embedded
def test_a_directory_that_holds_something_else_is_left_alone(file: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.odt").write_text("chapter one")

    with pytest.raises(NotRestored, match="is not empty and holds no ttx database"):
        restore(file, other)
    assert [path.name for path in other.iterdir()] == ["thesis.odt"]


@pytest.mark.embedded
def test_another_programs_database_is_not_replaced(file: Path, tmp_path: Path):
    (tmp_path / "other").mkdir()
    raw = driver().connect(tmp_path / "other" / FILE)
    raw.execute("CREATE TABLE recipes (name)")
    raw.close()

    with pytest.raises(NotRestored, match="belongs to another program"):
        restore(file, tmp_path / "other")


def test_a_database_that_is_replaced_is_kept_beside_the_new_one(
    store: Store, exercise: ExerciseId, file: Path, tmp_path: Path
):
    announce(store, exercise, "said after the backup")
    store.close()
    restore(file, store.directory, NOW)

    with Store(store.directory) as restored:
        assert texts(read(restored, exercise)) == ["said"]
    kept = store.directory / "before-restore-20261123T090000Z.sqlite"
    restore(kept, tmp_path / "undone")
    with Store(tmp_path / "undone") as undone:
        assert texts(read(undone, exercise)) == ["said", "said after the backup"]


@pytest.mark.embedded
def test_a_directory_that_a_server_has_open_is_not_replaced(store: Store, exercise: ExerciseId, file: Path):
    with store.read("") as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            pytest.skip("an open rollback journal cannot be told from a closed one")
    announce(store, exercise, "said after the backup")

    with pytest.raises(NotRestored, match="a ttx is still running on"):
        restore(file, store.directory)
    assert texts(read(store, exercise)) == ["said", "said after the backup"]
    announce(store, exercise, "and on")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scribbled_over(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 30] = b"x" * (4096 * 27)
    file.write_bytes(content[: file.stat().st_size])


def another_file(file: Path) -> None:
    file.write_text("Dear all,\n" * 1000)


def forged(file: Path) -> None:
    raw = driver().connect(file)
    raw.execute("DROP TRIGGER entries_are_not_changed")
    raw.execute("UPDATE entries SET seat = 's2' WHERE seq = 2")
    raw.commit()
    raw.close()


def newer(file: Path) -> None:
    raw = driver().connect(file)
    raw.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    raw.commit()
    raw.close()


def gone(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize(
    "spoilt,sentence",
    [
        (cut_short, "it is damaged"),
        (scribbled_over, "it is damaged|damaged or none"),
        (another_file, "it is damaged or no database"),
        (forged, "the hash of entry 2 does not match"),
        (newer, "a newer ttx wrote it"),
        (gone, "there is no such file"),
    ],
)
def test_a_spoilt_backup_is_refused_and_changes_nothing(
    store: Store,
    exercise: ExerciseId,
    file: Path,
    tmp_path: Path,
    spoilt: Callable[[Path], None],
    sentence: str,
):
    spoilt(file)
    store.close()

    with pytest.raises(NotRestored, match=sentence):
        restore(file, store.directory)
    with pytest.raises(NotRestored, match=sentence):
        restore(file, tmp_path / "new")
    assert texts(read(store, exercise)) == ["said"]
    assert not (tmp_path / "new" / FILE).exists()


def test_what_was_shredded_is_not_in_a_backup(store: Store, exercise: ExerciseId, tmp_path: Path):
    announce(store, exercise, "a canary sings")
    with store.write("") as connection:
        connection.execute(text("DELETE FROM bodies WHERE seq = 2"))
    backup(store, tmp_path / "backup.sqlite")

    assert b"canary" not in (tmp_path / "backup.sqlite").read_bytes()
    assert restore(tmp_path / "backup.sqlite", tmp_path / "new")[0].shredded == 1
