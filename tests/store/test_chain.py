"""The hash chain: a log verifies as it was written, and whatever is done to it is found and named."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.words import an_exercise, announce, meddling
from ttx.store.chain import ENVELOPE, START, Verdict, commitment, entry_hash, verify
from ttx.store.database import Store
from ttx.store.tables import ExerciseId


@pytest.fixture
def log(store: Store, exercise: ExerciseId) -> ExerciseId:
    """Six entries: the first, two with keys, and three of one command."""
    announce(store, exercise, "one", key="k1")
    announce(store, exercise, "two", key="k2")
    announce(store, exercise, "three", "four", "five")
    return exercise


def after(store: Store, exercise: str, *statements: str) -> Verdict:
    with meddling(store) as raw:
        for statement in statements:
            raw.execute(statement)
    return verify(store, exercise)


def test_a_log_that_was_left_alone_is_whole(store: Store, log: ExerciseId):
    verdict = verify(store, log)

    assert (verdict.whole, verdict.fault, verdict.entries, verdict.shredded) == (True, None, 6, 0)
    assert verdict.sentence == (
        f"Exercise {log}: all 6 entries are as they were written, 0 with a shredded body; "
        f"last hash {verdict.head_hash}."
    )


def test_two_exercises_in_one_database_verify_apart(store: Store, log: ExerciseId):
    other = an_exercise(store)
    announce(store, other, "elsewhere")
    announce(store, log, "here")

    assert verify(store, log).entries == 7
    assert verify(store, other).entries == 2


def test_shredded_bodies_are_counted_and_are_no_fault(store: Store, log: ExerciseId):
    verdict = after(store, log, "DELETE FROM bodies WHERE seq IN (2, 6)")

    assert verdict.whole
    assert verdict.shredded == 2


@pytest.mark.parametrize(
    "statement,fault,sentence",
    [
        (
            'UPDATE bodies SET body = \'{"text":"six"}\' WHERE seq = 4',
            4,
            "the body of entry 4 does not match",
        ),
        ("UPDATE bodies SET salt = x'00' WHERE seq = 4", 4, "the body of entry 4 does not match"),
        (
            "UPDATE entries SET at = '2026-11-23T09:00:01.000Z' WHERE seq = 3",
            3,
            "the hash of entry 3 does not match",
        ),
        ("UPDATE entries SET kind = 'DayClosed' WHERE seq = 3", 3, "the hash of entry 3 does not match"),
        ("UPDATE entries SET seat = NULL WHERE seq = 3", 3, "the hash of entry 3 does not match"),
        ("UPDATE entries SET key = 'k9' WHERE seq = 2", 2, "the hash of entry 2 does not match"),
        ("UPDATE entries SET asked = NULL WHERE seq = 2", 2, "the hash of entry 2 does not match"),
        (
            "UPDATE entries SET prev_hash = hash WHERE seq = 5",
            5,
            "entry 5 does not follow the entry before it",
        ),
        ("UPDATE entries SET hash = commitment WHERE seq = 5", 5, "the hash of entry 5 does not match"),
        ("DELETE FROM entries WHERE seq = 6", 6, "entry 6 is missing; the log ends at 5 and should end at 6"),
        ("DELETE FROM entries WHERE seq = 3", 3, "entry 3 is missing; entry 4 stands in its place"),
        ("DELETE FROM entries WHERE seq = 1", 1, "entry 1 is missing; entry 2 stands in its place"),
        ("DELETE FROM entries", 1, "entry 1 is missing; the log ends at 0 and should end at 6"),
        ("UPDATE exercises SET head_hash = 'x'", 6, "the end was written anew"),
        ("UPDATE exercises SET head = 5", 6, "the log ends at 6 where its exercise says 5"),
        ("UPDATE exercises SET scenario = '{}'", 1, "the frozen scenario was changed"),
    ],
)
def test_tampering_is_found_at_its_entry_and_named(
    store: Store, log: ExerciseId, statement: str, fault: int, sentence: str
):
    verdict = after(store, log, statement)

    assert not verdict.whole
    assert verdict.fault == fault
    assert sentence in verdict.sentence


def test_two_entries_that_changed_places_are_found(store: Store, log: ExerciseId):
    verdict = after(
        store,
        log,
        *(
            f"UPDATE {table} SET seq = {new} WHERE seq = {old}"
            for table in ("entries", "bodies")
            for old, new in ((3, 99), (5, 3), (99, 5))
        ),
    )

    assert verdict.fault == 3


def test_two_bodies_that_changed_places_are_found(store: Store, log: ExerciseId):
    verdict = after(
        store,
        log,
        *(f"UPDATE bodies SET seq = {new} WHERE seq = {old}" for old, new in ((3, 99), (5, 3), (99, 5))),
    )

    assert verdict.fault == 3


def test_an_entry_that_was_put_in_from_another_exercise_is_found(store: Store, log: ExerciseId):
    other = an_exercise(store)
    announce(store, other, "one", key="k1")
    verdict = after(
        store,
        log,
        "DELETE FROM entries WHERE seq = 2 AND exercise = '" + log + "'",
        f"UPDATE entries SET exercise = '{log}' WHERE seq = 2 AND exercise = '{other}'",
    )

    assert verdict.fault == 2


def test_an_end_that_was_cut_off_with_the_head_set_back_leaves_its_bodies_behind(store: Store, log: ExerciseId):
    verdict = after(
        store,
        log,
        "DELETE FROM entries WHERE seq = 6",
        "UPDATE exercises SET head = 5, head_hash = (SELECT hash FROM entries WHERE seq = 5)",
    )

    assert verdict.fault == 6
    assert "bodies past the last entry" in verdict.sentence


def test_an_exercise_that_is_not_there_is_no_whole_log(store: Store):
    assert verify(store, "nowhere").sentence == "There is no exercise nowhere in this data directory."
    assert not verify(store, "nowhere").whole


words = st.one_of(st.none(), st.text(max_size=8))
envelopes = st.fixed_dictionaries({name: words for name in ENVELOPE if name != "seq"} | {"seq": st.integers(1, 10**9)})


@given(envelopes, envelopes)
def test_different_envelopes_have_different_hashes(one: dict[str, Any], other: dict[str, Any]):
    assert (entry_hash(START, one) == entry_hash(START, other)) is (one == other)


@given(st.binary(min_size=16, max_size=16), st.text(max_size=40))
def test_a_body_has_another_commitment_with_another_salt(salt: bytes, body: str):
    assert commitment(salt, body) == commitment(salt, body)
    assert commitment(salt, body) != commitment(bytes(16 * [salt[0] ^ 255]), body)


CHANGEABLE = [f"entries.{name}" for name in (*ENVELOPE[2:], "prev_hash", "hash")] + [
    "bodies.salt",
    "bodies.body",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.sampled_from(CHANGEABLE), seq=st.integers(1, 6), value=st.text("ab0{}", max_size=5))
def test_no_value_of_any_column_can_be_changed_unseen(store: Store, log: ExerciseId, place: str, seq: int, value: str):
    table, column = place.split(".")
    with meddling(store) as raw:
        (before,) = raw.execute(f"SELECT {column} FROM {table} WHERE seq = ?", (seq,)).fetchone()
        raw.execute(
            f"UPDATE {table} SET {column} = ? WHERE seq = ?",
            (value.encode() if column == "salt" else value, seq),
        )
        verdict = verify(store, log)
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE seq = ?", (before, seq))

    assert not verdict.whole
    assert verdict.fault in (seq, seq + 1)
    assert verify(store, log).whole
