"""The head of a record at a day's close is signed: what is written anew under it is found, also with all its hashes."""

import json
from pathlib import Path

import pytest

from tests.cli.words import Ttx
from tests.store.words import NOW, announce, meddling
from ttx.exercise.entries import Announced, DayClosed, DayOpened, ExerciseEnded
from ttx.store import chain, heads
from ttx.store.database import Store
from ttx.store.log import writing
from ttx.store.signing import FILE, public, signing_key
from ttx.store.tables import ExerciseId


def a_day(store: Store, exercise: str, day: int = 1) -> int:
    """A day is opened, something is said, the day is closed; the seq of its close."""
    with writing(store, exercise) as log:
        log.append([DayOpened(day=day), Announced(text=f"day {day}"), DayClosed(day=day)], "s1", NOW)
        return log.head


def written_anew(store: Store, exercise: str, text: str, since: int) -> None:
    """What whoever holds the database can do: another text, and every commitment and hash after it made anew."""
    with meddling(store) as meddler:
        body = json.dumps({"text": text})
        columns = ", ".join(chain.ENVELOPE)
        rows = meddler.execute(
            f"SELECT {columns}, prev_hash FROM entries WHERE exercise = ? AND seq >= ? ORDER BY seq", (exercise, since)
        ).fetchall()
        before = rows[0][-1]
        salt = meddler.execute("SELECT salt FROM bodies WHERE exercise = ? AND seq = ?", (exercise, since)).fetchone()[
            0
        ]
        meddler.execute("UPDATE bodies SET body = ? WHERE exercise = ? AND seq = ?", (body, exercise, since))
        for row in rows:
            envelope = dict(zip(chain.ENVELOPE, row[:-1], strict=True))
            if envelope["seq"] == since:
                envelope["commitment"] = chain.commitment(bytes(salt), body)
            made = chain.entry_hash(before, envelope)
            meddler.execute(
                "UPDATE entries SET commitment = ?, prev_hash = ?, hash = ? WHERE exercise = ? AND seq = ?",
                (envelope["commitment"], before, made, exercise, envelope["seq"]),
            )
            before = made
        meddler.execute("UPDATE exercises SET head_hash = ? WHERE id = ?", (before, exercise))


def test_the_head_is_signed_at_each_close_and_at_the_end(store: Store, exercise: ExerciseId):
    closes = [a_day(store, exercise), a_day(store, exercise, 2)]
    with writing(store, exercise) as log:
        log.append([ExerciseEnded()], "s1", NOW)

    signed = heads.signed(store, exercise)

    assert [one.seq for one in signed] == [*closes, closes[-1] + 1]
    assert {one.said["signer"] for one in signed if one.said} == {public(signing_key(store.directory))}
    assert heads.faults(store, exercise) == ()


def test_a_record_written_anew_with_all_its_hashes_is_found_by_what_was_signed(store: Store, exercise: ExerciseId):
    close = a_day(store, exercise)
    announce(store, exercise, "later")
    written_anew(store, exercise, "another day 1", close - 1)

    assert chain.verify(store, exercise).whole
    assert heads.faults(store, exercise) == (
        f"The head at entry {close}: the record has another entry {close}: it was written anew.",
    )


def test_a_signature_that_was_taken_away_or_forged_is_found(store: Store, exercise: ExerciseId):
    first, second = a_day(store, exercise), a_day(store, exercise, 2)
    with store.write("A forgery") as connection:
        connection.exec_driver_sql(f"UPDATE signed_heads SET signature = '00' WHERE seq = {first}")
        connection.exec_driver_sql(f"DELETE FROM signed_heads WHERE seq = {second}")

    assert heads.faults(store, exercise) == (
        f"The head at entry {first}: its signature does not fit its statement.",
        f"The head at entry {second}: it was signed at the day's close and is not here.",
    )


def test_an_end_that_was_cut_off_with_its_signature_is_found_by_what_is_kept_elsewhere(
    ttx: Ttx, store: Store, exercise: ExerciseId, tmp_path: Path
):
    a_day(store, exercise)
    data = ("--data", store.directory)
    kept = ttx("exercise", "heads", exercise, *data).out.splitlines()[-1]
    (tmp_path / "kept.json").write_text(kept)
    key = public(signing_key(store.directory))
    before = ttx("verify", exercise, *data, "--signed", "kept.json", "--signer", key)
    with meddling(store) as meddler:
        last = meddler.execute("SELECT hash FROM entries WHERE seq = 1").fetchone()[0]
        for table in ("signed_heads", "bodies", "entries"):
            meddler.execute(f"DELETE FROM {table} WHERE seq > 1")
        meddler.execute("UPDATE exercises SET head = 1, head_hash = ?", (last,))
    after = ttx("verify", exercise, *data, "--signed", "kept.json")
    other = ttx("verify", exercise, *data, "--signed", "kept.json", "--signer", "ab" * 32)

    assert before.code == 0
    assert f"Entry 4 is the one that was signed on 2026-11-23T09:00:00.000Z by {key}." in before.out
    assert "Signed at a day's close: entry 4." in before.out
    assert ttx("verify", exercise, *data).code == 0
    assert after.code == 1
    assert "The head that was kept elsewhere: entry 4 is not in the record: the end was cut off." in after.out
    assert "signed by another key" in other.out


def test_without_a_key_a_day_is_closed_all_the_same(
    store: Store, exercise: ExerciseId, capsys: pytest.CaptureFixture[str]
):
    (store.directory / FILE).write_text("no key")
    a_day(store, exercise)

    assert heads.signed(store, exercise) == []
    assert heads.faults(store, exercise) == ()
