"""Opening a data directory, and what happens when its disk does not play along."""

import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from tests.store.words import an_exercise, announce, texts, writers
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.drafts import drafts_of
from ttx.store.embedded import FILE, driver, wal_is_safe
from ttx.store.log import read
from ttx.store.obstacles import NotOpened, NotRecorded
from ttx.store.seats import seats_of
from ttx.store.tables import ExerciseId, meta
from ttx.store.versioning import SCHEMA

LONG = "w" * 1900


@contextmanager
def no_room(store: Store) -> Iterator[None]:
    """SQLite takes the file for as large as the disk lets it become."""
    set_limit(store, "PRAGMA max_page_count = 1")
    yield
    set_limit(store, "PRAGMA max_page_count = 4294967294")


def set_limit(store: Store, pragma: str) -> None:
    with store.write("A limit") as connection:
        connection.exec_driver_sql(pragma)


@contextmanager
def files_cannot_grow() -> Iterator[None]:
    """The operating system refuses every write past 4 KB, to this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def another_program_holds(store: Store) -> Iterator[None]:
    raw = driver().connect(store.directory / FILE, isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        raw.close()


def talk_on(store: Store, exercise: str, words: str) -> None:
    for _ in range(100):
        announce(store, exercise, words)


def pragma(store: Store, name: str) -> object:
    with store.read("A pragma") as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_new_data_directory_is_its_owners_alone(tmp_path: Path):
    with Store(tmp_path / "data") as store:
        an_exercise(store)

        assert store.directory.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in store.directory.iterdir()} == {0o600}


def test_every_commit_reaches_the_disk_and_references_hold(store: Store):
    assert pragma(store, "journal_mode") == ("wal" if wal_is_safe(driver().sqlite_version_info) else "delete")
    assert pragma(store, "synchronous") == 3
    assert pragma(store, "foreign_keys") == 1
    assert pragma(store, "busy_timeout") == 5000


@pytest.mark.parametrize(
    "version,safe",
    [((3, 6, 23), True), ((3, 7, 0), False), ((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True)],
)
def test_wal_is_used_only_where_sqlite_has_not_the_wal_reset_bug(version: tuple[int, ...], safe: bool):
    assert wal_is_safe(version) is safe


def test_without_pysqlite3_the_standard_library_serves_and_an_old_sqlite_is_named(tmp_path: Path):
    program = f"""
import sqlite3, sys
sys.modules["pysqlite3"] = None
from tests.store.words import an_exercise, announce
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.embedded import driver
assert driver().__name__ == "sqlite3.dbapi2"
with Store({str(tmp_path)!r}) as store:
    exercise = an_exercise(store)
    announce(store, exercise, "said")
    with store.read("") as connection:
        print(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
    assert verify(store, exercise).entries == 2 and verify(store, exercise).whole
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    said = ran.stdout
    safe = wal_is_safe(sqlite3.sqlite_version_info)
    assert said.splitlines()[-1] == ("wal" if safe else "delete")
    assert ("can lose data in WAL mode" in said) is not safe


def test_what_was_recorded_is_there_when_the_directory_is_opened_again(tmp_path: Path):
    with Store(tmp_path) as store:
        exercise = an_exercise(store)
        announce(store, exercise, "said")

    with Store(tmp_path) as again:
        assert texts(read(again, exercise)) == ["said"]


def test_processes_that_open_a_new_directory_together_all_succeed(tmp_path: Path):
    program = f"from ttx.store.database import Store; Store({str(tmp_path / 'new')!r}).close()"
    started = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(4)]

    assert [(one.communicate()[1], one.returncode) for one in started] == [(b"", 0)] * 4


def test_a_directory_of_a_newer_version_is_refused(tmp_path: Path):
    with Store(tmp_path) as store, store.write("A version") as connection:
        connection.execute(text("UPDATE meta SET value = :next WHERE name = 'schema'"), {"next": str(SCHEMA + 1)})

    with pytest.raises(NotOpened) as refusal:
        Store(tmp_path)
    assert str(refusal.value) == (
        f"The data directory {tmp_path} could not be opened: a newer ttx wrote it (its tables are version "
        f"{SCHEMA + 1}, and this one knows {SCHEMA}). Install the newer ttx, or choose another directory."
    )


FIRST = """
CREATE TABLE meta (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name));
CREATE TABLE exercises (id VARCHAR NOT NULL, title VARCHAR NOT NULL, epoch VARCHAR NOT NULL, head INTEGER NOT NULL,
  head_hash VARCHAR NOT NULL, scenario TEXT NOT NULL, created_at VARCHAR NOT NULL, PRIMARY KEY (id));
CREATE TABLE accounts (name VARCHAR NOT NULL, password_hash VARCHAR NOT NULL, admin BOOLEAN NOT NULL,
  created_at VARCHAR NOT NULL, disabled_at VARCHAR, PRIMARY KEY (name));
CREATE TABLE entries (exercise VARCHAR NOT NULL, seq INTEGER NOT NULL, "key" VARCHAR, asked VARCHAR, seat VARCHAR,
  kind VARCHAR NOT NULL, at VARCHAR NOT NULL, commitment VARCHAR NOT NULL, prev_hash VARCHAR NOT NULL,
  hash VARCHAR NOT NULL, PRIMARY KEY (exercise, seq), UNIQUE (exercise, "key"),
  FOREIGN KEY(exercise) REFERENCES exercises (id));
CREATE TABLE seats (id VARCHAR NOT NULL, exercise VARCHAR NOT NULL, number INTEGER NOT NULL, role VARCHAR NOT NULL,
  delegation VARCHAR, table_id VARCHAR, language VARCHAR NOT NULL, name VARCHAR, submits BOOLEAN NOT NULL,
  code VARCHAR NOT NULL, account VARCHAR, created_at VARCHAR NOT NULL, revoked_at VARCHAR, PRIMARY KEY (id),
  FOREIGN KEY(exercise) REFERENCES exercises (id), UNIQUE (code));
CREATE TABLE sessions (token_hash VARCHAR NOT NULL, created_at VARCHAR NOT NULL, seen_at VARCHAR NOT NULL,
  expires_at VARCHAR NOT NULL, revoked_at VARCHAR, account VARCHAR, PRIMARY KEY (token_hash),
  FOREIGN KEY(account) REFERENCES accounts (name));
CREATE TABLE bodies (exercise VARCHAR NOT NULL, seq INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (exercise, seq), FOREIGN KEY(exercise, seq) REFERENCES entries (exercise, seq));
CREATE TABLE session_seats (session VARCHAR NOT NULL, seat VARCHAR NOT NULL, joined_at VARCHAR NOT NULL,
  device VARCHAR NOT NULL, revoked_at VARCHAR, PRIMARY KEY (session, seat),
  FOREIGN KEY(session) REFERENCES sessions (token_hash), FOREIGN KEY(seat) REFERENCES seats (id));
CREATE TABLE tokens (hash VARCHAR NOT NULL, seat VARCHAR NOT NULL, created_at VARCHAR NOT NULL, revoked_at VARCHAR,
  PRIMARY KEY (hash), FOREIGN KEY(seat) REFERENCES seats (id));
CREATE INDEX ix_seats_exercise ON seats (exercise);
"""
"""The tables as their first version made them."""


def of_the_first_version(directory: Path, exercise: str) -> Path:
    """A data directory as the first version left it: the same rows, and nothing of what came later."""
    older = directory / "older"
    older.mkdir()
    raw = driver().connect(older / FILE, isolation_level=None)
    raw.executescript(FIRST)
    raw.execute("ATTACH ? AS newer", (str(directory / FILE),))
    for table in ("meta", "exercises", "accounts", "entries", "seats", "sessions", "bodies", "session_seats", "tokens"):
        kept = ", ".join(f'"{column[1]}"' for column in raw.execute(f"PRAGMA main.table_info({table})"))
        raw.execute(f"INSERT INTO {table} ({kept}) SELECT {kept} FROM newer.{table}")
    raw.execute("UPDATE meta SET value = '1' WHERE name = 'schema'")
    assert raw.execute("SELECT count(*) FROM entries WHERE exercise = ?", (exercise,)).fetchone() == (3,)
    raw.close()
    return older


def test_a_directory_of_the_first_version_keeps_all_it_holds_and_takes_scenarios(tmp_path: Path):
    with Store(tmp_path) as store:
        exercise = an_exercise(store)
        announce(store, exercise, "before", "and after")
        seats = seats_of(store, exercise)
    older = of_the_first_version(tmp_path, exercise)

    with Store(older) as upgraded:
        assert verify(upgraded, exercise).whole
        assert texts(read(upgraded, exercise)) == ["before", "and after"]
        assert seats_of(upgraded, exercise) == seats
        announce(upgraded, exercise, "later")
        writers(upgraded)

    with Store(older) as again:
        assert verify(again, exercise).entries == 4
        with again.read("The version") as connection:
            assert connection.scalar(select(meta.c.value).where(meta.c.name == "schema")) == str(SCHEMA)
        assert [one.head for one in drafts_of(again)] == [0]


def test_another_programs_database_is_left_alone(tmp_path: Path):
    raw = driver().connect(tmp_path / FILE)
    raw.execute("CREATE TABLE recipes (name)")
    raw.close()
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(NotOpened, match="belongs to another program"):
        Store(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"Dear all, " * 1000)

    with pytest.raises(NotOpened, match="the database file is damaged or none"):
        Store(tmp_path)


def test_a_directory_that_must_exist_is_not_created(tmp_path: Path):
    with pytest.raises(NotOpened, match="there is no ttx database in it"):
        Store(tmp_path / "data", create=False)
    assert not (tmp_path / "data").exists()


def test_a_path_through_a_file_is_refused_with_a_sentence(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(NotOpened, match="not a directory"):
        Store(tmp_path / "file" / "data")


def test_a_full_disk_is_said_and_recording_goes_on_when_there_is_room(store: Store, exercise: ExerciseId):
    with no_room(store):
        with pytest.raises(NotRecorded) as refusal:
            talk_on(store, exercise, LONG)
        assert store.probe() is not None
        kept = texts(read(store, exercise))
        assert verify(store, exercise).whole

    assert str(refusal.value) == (
        f"What was asked of exercise {exercise} could not be recorded: the disk is full. "
        "Free some space on the server; recording goes on by itself."
    )
    assert store.probe() is None
    announce(store, exercise, "after")
    assert texts(read(store, exercise)) == [*kept, "after"]
    assert verify(store, exercise).whole


def test_a_disk_that_refuses_writes_loses_nothing_and_is_used_again(store: Store, exercise: ExerciseId):
    announce(store, exercise, "before")
    with files_cannot_grow():
        with pytest.raises(NotRecorded, match=r"the disk (failed|is full)"):
            announce(store, exercise, LONG)
        refused = store.probe()

    assert refused is not None
    assert texts(read(store, exercise)) == ["before"]
    announce(store, exercise, "after")
    assert texts(read(store, exercise)) == ["before", "after"]
    assert verify(store, exercise).whole


def test_a_database_that_another_program_holds_is_said(store: Store, exercise: ExerciseId):
    set_limit(store, "PRAGMA busy_timeout = 20")
    with (
        another_program_holds(store),
        pytest.raises(NotRecorded, match="another program has kept the database"),
    ):
        announce(store, exercise, "too late")

    announce(store, exercise, "after")
    assert texts(read(store, exercise)) == ["after"]


def test_a_commit_that_fails_leaves_the_writer_free(store: Store, exercise: ExerciseId):
    """In a rollback journal a reader can stop the very commit, which leaves SQLite's transaction open."""
    store.close()  # its pools open again when they are asked
    raw = driver().connect(store.directory / FILE, isolation_level=None)
    raw.execute("PRAGMA journal_mode = DELETE")
    set_limit(store, "PRAGMA busy_timeout = 20")
    raw.execute("BEGIN")
    raw.execute("SELECT count(*) FROM entries").fetchone()
    with pytest.raises(NotRecorded, match="another program has kept the database"):
        announce(store, exercise, "too late")
    raw.close()

    announce(store, exercise, "after")
    assert texts(read(store, exercise)) == ["after"]


def test_an_error_never_tells_what_was_to_be_written(store: Store, exercise: ExerciseId):
    with no_room(store), pytest.raises(NotRecorded) as refusal:
        talk_on(store, exercise, "secret" + LONG[6:])

    error: BaseException | None = refusal.value
    while error is not None:
        assert "secret" not in str(error)
        error = error.__cause__ or error.__context__


def test_whatever_is_raised_inside_a_transaction_leaves_nothing(store: Store):
    def half() -> None:
        with store.write("A name") as connection:
            connection.execute(insert(meta).values(name="half", value="done"))
            raise KeyError("half")

    with pytest.raises(KeyError):
        half()

    with store.read("A name") as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.name == "half")) is None


def test_a_reader_sees_one_moment_while_others_write(store: Store, exercise: ExerciseId):
    if pragma(store, "journal_mode") != "wal":
        pytest.skip("in a rollback journal readers and the writer wait for each other")
    with store.read("Two counts") as connection:
        before = connection.execute(text("SELECT count(*) FROM entries")).scalar()
        announce(store, exercise, "meanwhile")
        assert connection.execute(text("SELECT count(*) FROM entries")).scalar() == before


def test_threads_share_the_writer_and_wait_for_each_other(store: Store, exercise: ExerciseId):
    def speak(name: str) -> None:
        for number in range(10):
            announce(store, exercise, f"{name}{number}")

    speakers = [threading.Thread(target=speak, args=(name,)) for name in "abcd"]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()

    assert sorted(texts(read(store, exercise))) == sorted(f"{name}{n}" for name in "abcd" for n in range(10))
    assert verify(store, exercise).whole


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_the_right_to_write_is_refused(tmp_path: Path):
    tmp_path.chmod(0o500)

    with pytest.raises(NotOpened, match="permission denied"):
        Store(tmp_path)
