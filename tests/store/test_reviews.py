"""The log of a review on disk: it is kept whole, in turn, once for a key, and nobody changes it unseen."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.words import an_exercise, meddling
from ttx.review.entries import Details, Entry, GapRecorded, Kept
from ttx.review.gaps import fold
from ttx.store.chain import verify
from ttx.store.database import NoSuchExercise, Store
from ttx.store.log import KeyReused, head
from ttx.store.reviews import first_fault, read, record, secret


def found(statement: str = "Nobody leads.") -> tuple[Entry, ...]:
    return (GapRecorded(gap="GAP-01", details=Details(statement=statement)),)


def numbered(log: Sequence[Kept]) -> tuple[Entry, ...]:
    """A gap whose name says how many there were."""
    return (GapRecorded(gap=f"GAP-{len(log) + 1:02}", details=Details(statement="S")),)


def tamper(store: Store, statement: str) -> None:
    with meddling(store) as raw:
        raw.execute(statement)


def test_what_was_recorded_is_read_and_the_exercises_own_log_stays_as_it_was(store: Store):
    exercise = an_exercise(store)
    before = head(store, exercise)

    made = record(store, exercise, "s1", lambda _: found(), now=None)

    assert read(store, exercise) == made
    assert [(one.seq, one.seat, one.entry) for one in made] == [(1, "s1", found()[0])]
    assert head(store, exercise) == before
    assert verify(store, exercise).whole
    assert read(store, an_exercise(store)) == []


def test_what_is_turned_down_leaves_nothing(store: Store):
    exercise = an_exercise(store)

    with pytest.raises(ZeroDivisionError):
        record(store, exercise, "s1", lambda _: (found()[0], 1 // 0), "key")  # type: ignore[arg-type, return-value]

    assert read(store, exercise) == []
    with pytest.raises(NoSuchExercise):
        record(store, "nowhere", "s1", lambda _: found())


def test_a_key_is_done_once_and_is_nobody_elses(store: Store):
    exercise = an_exercise(store)

    once = record(store, exercise, "s1", numbered, "key", "asked")
    again = record(store, exercise, "s1", numbered, "key", "asked")

    assert once == again == read(store, exercise)
    for seat, asked in (("s1", "other"), ("s2", "asked")):
        with pytest.raises(KeyReused):
            record(store, exercise, seat, numbered, "key", asked)


def test_many_at_once_each_know_of_all_before_them(store: Store):
    exercise = an_exercise(store)

    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: record(store, exercise, "s1", numbered), range(40)))

    assert [one.seq for one in read(store, exercise)] == list(range(1, 41))
    assert len(fold(read(store, exercise)).gaps) == 40
    assert first_fault(store, exercise) is None


@pytest.mark.parametrize(
    "change, fault",
    [
        ("UPDATE review_entries SET body = replace(body, 'GAP-02', 'GAP-99') WHERE seq = 2", 2),
        ("UPDATE review_entries SET seat = 's9' WHERE seq = 2", 2),
        ("UPDATE review_entries SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3", 3),
        ("DELETE FROM review_entries WHERE seq = 2", 2),
        ("UPDATE review_entries SET body = NULL WHERE seq = 2", None),
    ],
)
def test_a_change_is_seen_and_a_shredded_body_is_none(store: Store, change: str, fault: int | None):
    exercise = an_exercise(store)
    for _ in range(3):
        record(store, exercise, "s1", numbered)

    tamper(store, change)

    assert first_fault(store, exercise) == fault
    assert [one.seq for one in read(store, exercise)] == (
        [1, 3] if "NULL" in change or "DELETE" in change else [1, 2, 3]
    )


@pytest.mark.parametrize("change", ["UPDATE review_entries SET seat = 's9'", "DELETE FROM review_entries"])
def test_the_database_itself_refuses_to_change_an_entry(store: Store, change: str):
    exercise = an_exercise(store)
    record(store, exercise, "s1", numbered)

    with pytest.raises(IntegrityError, match="it is taken back by a new one"), store.write("A change") as connection:
        connection.exec_driver_sql(change)


def test_pseudonyms_rest_on_what_is_told_nowhere_and_stays(store: Store):
    one, other = an_exercise(store), an_exercise(store)

    assert len(secret(store, one)) == 16
    assert secret(store, one) == secret(store, one) != secret(store, other)
    with pytest.raises(NoSuchExercise):
        secret(store, "nowhere")
