"""What is PostgreSQL's alone: what it is asked at start, its locks, its triggers, and the way from and to a file."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.postgresql import programs
from tests.store.words import NOW, an_exercise, announce, texts, writers
from ttx.scenario.roster import Role, RosterSeat
from ttx.store.backup import backup, restore
from ttx.store.chain import verify
from ttx.store.database import ADDRESS, Store, settle_in
from ttx.store.drafts import drafts_of
from ttx.store.log import exercises, head, read, writing
from ttx.store.obstacles import NotOpened, NotRecorded
from ttx.store.recognised import Recognised
from ttx.store.seats import add_seats, seat_by_code, seats_of
from ttx.store.tables import meta, seats
from ttx.store.versioning import SCHEMA


@pytest.fixture(scope="module")
def server(postgresql_server: str) -> str:
    return postgresql_server


@pytest.fixture
def address(server: str, tmp_path: Path) -> str:
    """An empty database."""
    name = f"empty_{abs(hash(tmp_path))}"
    with psycopg.connect(server, autocommit=True) as raw:
        raw.execute(f"CREATE DATABASE {name}")
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.fixture
def house(address: str, tmp_path: Path) -> Path:
    """A data directory whose database is there."""
    settle_in(tmp_path / "house", address)
    return tmp_path / "house"


def test_a_data_directory_remembers_its_database_for_its_owner_alone(house: Path, address: str):
    assert [one.name for one in house.iterdir()] == [ADDRESS]
    assert (house / ADDRESS).stat().st_mode & 0o777 == 0o600
    with Store(house) as store:
        exercise = an_exercise(store)
        announce(store, exercise, "said")

    with Store(house, create=False) as again:
        assert texts(read(again, exercise)) == ["said"]
        assert verify(again, exercise).whole


def test_a_directory_with_an_embedded_database_is_not_settled_elsewhere(address: str, tmp_path: Path):
    Store(tmp_path / "old", address="").close()

    with pytest.raises(NotOpened, match=r"has an embedded database already\. Back it up, and restore"):
        settle_in(tmp_path / "old", address)


def test_a_database_that_must_be_there_is_not_made(house: Path):
    with pytest.raises(NotOpened, match="there is nothing of ttx in its database"):
        Store(house, create=False)


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_server_that_would_forget_what_it_acknowledged_is_refused(address: str, tmp_path: Path, setting: str):
    careless = f"{address}?options=-c{setting}%3Doff"

    with pytest.raises(NotOpened, match=f"its server has {setting} off, so that a power cut would lose answers"):
        settle_in(tmp_path / "house", careless)
    assert not (tmp_path / "house").exists()


def test_a_server_that_is_not_there_and_an_address_that_is_none_are_said(tmp_path: Path):
    with pytest.raises(NotOpened, match="its server does not let us in"):
        settle_in(tmp_path, "postgresql://ttx@127.0.0.1:1/ttx")
    with pytest.raises(NotOpened, match="its address is none") as refusal:
        settle_in(tmp_path, "postgresql://ttx:secret@[half/ttx")
    assert "secret" not in str(refusal.value)


def test_another_programs_database_is_left_alone(house: Path, address: str):
    with psycopg.connect(address, autocommit=True) as raw:
        raw.execute("CREATE TABLE sessions (recipe text)")

    with pytest.raises(NotOpened, match="it belongs to another program"):
        Store(house)


def test_a_newer_version_is_refused(house: Path):
    with Store(house) as store, store.write("A version") as connection:
        connection.execute(text("UPDATE meta SET value = '99' WHERE name = 'schema'"))

    with pytest.raises(NotOpened, match="a newer ttx wrote it"):
        Store(house)


@pytest.mark.parametrize(
    "statement,sentence",
    [
        ("UPDATE entries SET at = ''", "An entry of the log is never changed"),
        ("DELETE FROM entries", "An entry of the log is never deleted"),
        ("UPDATE bodies SET body = '{}'", "The body of an entry is never changed"),
        ("TRUNCATE entries CASCADE", "A log is never emptied"),
        (
            "INSERT INTO entries SELECT * FROM entries ON CONFLICT (exercise, seq) DO UPDATE SET at = ''",
            "An entry of the log is never changed",
        ),
    ],
)
def test_the_database_itself_refuses_to_change_the_log(house: Path, statement: str, sentence: str):
    with Store(house) as store:
        exercise = an_exercise(store)
        with store.write("") as connection, pytest.raises(IntegrityError, match=sentence):
            connection.execute(text(statement))
        assert verify(store, exercise).whole


def test_processes_that_append_at_once_write_one_log_without_a_gap(house: Path):
    with Store(house) as first, Store(house) as second:
        exercise = an_exercise(first)

        def speak(store: Store, name: str) -> None:
            for number in range(25):
                announce(store, exercise, f"{name}{number}")

        speakers = [threading.Thread(target=speak, args=pair) for pair in ((first, "a"), (second, "b"))]
        for speaker in speakers:
            speaker.start()
        for speaker in speakers:
            speaker.join()

        assert sorted(texts(read(first, exercise))) == sorted(f"{name}{n}" for name in "ab" for n in range(25))
        assert verify(second, exercise).entries == 51


def test_what_stands_under_no_row_is_written_by_one_process_at_a_time(house: Path):
    """Each reads how many seats there are and writes one more: two at once would give a number twice."""
    with Store(house) as first, Store(house) as second:
        exercise = an_exercise(first)
        listed = seats_of(first, exercise)

        def seat(store: Store) -> None:
            for _ in range(10):
                with store.write("A seat") as connection:
                    add_seats(connection, exercise, [RosterSeat(role=Role.EVALUATOR)])

        seaters = [threading.Thread(target=seat, args=(store,)) for store in (first, second)]
        for seater in seaters:
            seater.start()
        for seater in seaters:
            seater.join()

        with first.read("Numbers") as connection:
            numbers = sorted(connection.scalars(select(seats.c.number)))
        assert numbers == list(range(1, len(listed) + 21))


def test_a_log_of_another_exercise_is_written_meanwhile(house: Path):
    with Store(house) as first, Store(house) as second:
        one, other = an_exercise(first), an_exercise(first)
        with writing(first, one) as log:
            log.append([], None, NOW)
            announce(second, other, "meanwhile")
        assert texts(read(first, other)) == ["meanwhile"]


def test_a_lock_that_is_kept_is_said_and_nothing_waits_for_ever(house: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ttx.store.postgresql.LIMITS", ("SET lock_timeout = '50ms'",))
    with Store(house) as first, Store(house) as second:
        exercise = an_exercise(first)
        with writing(first, exercise), pytest.raises(NotRecorded, match="another process has kept the database locked"):
            announce(second, exercise, "too late")
        announce(second, exercise, "after")
        assert texts(read(first, exercise)) == ["after"]


def test_a_reader_sees_one_moment_while_others_write(house: Path):
    with Store(house) as store:
        exercise = an_exercise(store)
        with store.read("Two counts") as connection:
            before = connection.execute(text("SELECT count(*) FROM entries")).scalar()
            announce(store, exercise, "meanwhile")
            assert connection.execute(text("SELECT count(*) FROM entries")).scalar() == before


def test_a_server_that_went_away_and_came_back_is_used_again(house: Path, address: str, server: str):
    with Store(house) as store:
        exercise = an_exercise(store)
        with psycopg.connect(server, autocommit=True) as raw:
            name = address.rpartition("/")[2]
            raw.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

        with pytest.raises(NotRecorded, match="the database server does not answer"):
            announce(store, exercise, "lost")
        announce(store, exercise, "after")
        assert texts(read(store, exercise)) == ["after"]


def test_text_sorts_by_code_points_and_a_nul_does_no_harm(house: Path):
    with Store(house) as store:
        with store.write("Names") as connection:
            connection.execute(meta.insert(), [{"name": name, "value": "a\0b"} for name in ("b", "a-b", "ab", "B")])
        with store.read("Names") as connection:
            names = list(
                connection.scalars(select(meta.c.name).where(meta.c.value == "a\ufffdb").order_by(meta.c.name))
            )
        assert names == ["B", "a-b", "ab", "b"]
        assert seat_by_code(store, "\0") is None


def test_a_laptops_exercise_moves_to_a_server_and_back(address: str, tmp_path: Path):
    with Store(tmp_path / "laptop") as laptop:
        exercise = an_exercise(laptop)
        announce(laptop, exercise, "said on the laptop")
        writers(laptop)
        kept = seats_of(laptop, exercise)
        epoch = head(laptop, exercise)[1]
        backup(laptop, tmp_path / "laptop.sqlite")

    restore(tmp_path / "laptop.sqlite", tmp_path / "server", address=address)

    with Store(tmp_path / "server") as store:
        assert texts(read(store, exercise)) == ["said on the laptop"]
        assert seats_of(store, exercise) == kept
        assert head(store, exercise)[1] != epoch
        assert len(drafts_of(store)) == 1
        announce(store, exercise, "said on the server")
        with store.write("") as connection, pytest.raises(IntegrityError, match="never changed"):
            connection.execute(text("UPDATE entries SET at = ''"))
        serves = Recognised(store)
        cookie = serves.cookie()
        backup(store, tmp_path / "server.sqlite")
        restore(tmp_path / "server.sqlite", tmp_path / "server")
        assert serves.number(cookie) == Recognised(store).number(cookie) is not None
    restore(tmp_path / "server.sqlite", tmp_path / "back")
    with Store(tmp_path / "back") as back:
        assert texts(read(back, exercise)) == ["said on the laptop", "said on the server"]
        assert seats_of(back, exercise) == kept


def everything(address: str, *words: str) -> str:
    """All that a database holds, as the server's own dump has it."""
    command = [str(programs() / "pg_dump"), "--schema=public", *words, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return "".join(line for line in told.splitlines(True) if "restrict " not in line)  # its key is new each time


LATER_TABLES = (
    *("passkeys", "authenticators", "recovery_codes", "identities", "entrances", "demands", "locked", "challenges"),
    *("feedback_forms", "feedback_ballots", "feedback_sheets", "participants"),
)
"""Those that came after version 6."""


@pytest.fixture
def old(house: Path, address: str) -> Path:
    """A data directory whose database is as version 6 left it, with an exercise in it."""
    with Store(house) as store:
        announce(store, an_exercise(store), "said before")
    with psycopg.connect(address) as raw:
        for table in LATER_TABLES:
            raw.execute(f"DROP TABLE {table} CASCADE")
        raw.execute("ALTER TABLE accounts DROP COLUMN shown")
        raw.execute("ALTER TABLE draft_comments DROP COLUMN answers")
        raw.execute("UPDATE meta SET value = '6' WHERE name = 'schema'")
    return house


def as_it_is_made(raw: "psycopg.Connection[Any]") -> None:
    """A column that is to be added is there already: the server refuses a statement."""
    raw.execute("ALTER TABLE accounts ADD COLUMN shown TEXT")


def as_it_ends(raw: "psycopg.Connection[Any]") -> None:
    """The server lets go of whoever comes so far as to say which version it is."""
    raw.execute(
        "CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$"
    )
    raw.execute("CREATE TRIGGER ends BEFORE UPDATE ON meta FOR EACH ROW EXECUTE FUNCTION ends()")


def without_room(raw: "psycopg.Connection[Any]") -> None:
    """There is no right to make the copy, as there may be no room for it."""
    raw.execute("CREATE ROLE tenant LOGIN")
    raw.execute("GRANT ALL ON SCHEMA public TO tenant")
    tables = raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    for (table,) in tables:
        raw.execute(f"ALTER TABLE {table} OWNER TO tenant")


@pytest.mark.parametrize("fails", [as_it_is_made, as_it_ends, without_room])
def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    old: Path, address: str, fails: Callable[["psycopg.Connection[Any]"], None]
):
    with psycopg.connect(address) as raw:
        fails(raw)
    before = everything(address)
    tenant = address.replace("//ttx@", "//tenant@") if fails is without_room else address

    with pytest.raises(NotOpened) as refusal:
        Store(old, address=tenant)

    assert everything(address) == before
    with psycopg.connect(address) as raw:
        assert raw.execute("SELECT to_regnamespace(%s)", (f"before_version_{SCHEMA}",)).fetchone() == (None,)
    if fails is without_room:
        assert "permission denied for database" in str(refusal.value)


def test_an_upgrade_leaves_a_copy_in_the_database_that_an_older_ttx_opens(old: Path, address: str, tmp_path: Path):
    before = everything(address, "--data-only", "--inserts")
    with Store(old) as store:
        (held,) = exercises(store)
        announce(store, held.id, "said after")
        assert texts(read(store, held.id)) == ["said before", "said after"]
        assert verify(store, held.id).whole

    copy = f"{address}?options=-csearch_path%3Dbefore_version_{SCHEMA}"
    with psycopg.connect(copy) as raw:
        told = raw.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        columns = raw.execute("SELECT * FROM accounts").description or []
    assert told == ("6",)
    assert "shown" not in [one.name for one in columns]
    assert before.count("INSERT INTO public.entries") == 2
    with Store(tmp_path / "older", address=copy) as older:  # as the older one would; this one takes it along
        assert texts(read(older, held.id)) == ["said before"]
        assert verify(older, held.id).whole
        with older.write("") as connection, pytest.raises(IntegrityError, match="never changed"):
            connection.execute(text("UPDATE entries SET at = ''"))
    with Store(old) as store:
        assert texts(read(store, held.id)) == ["said before", "said after"]
