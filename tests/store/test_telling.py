"""What processes leave for each other, and the bell by which they hear that a log has grown."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.store.words import NOW, an_exercise, announce
from ttx.exercise.drafting import KeepDraft
from ttx.store.answer_drafts import keep_drafts
from ttx.store.database import Store
from ttx.store.ringing import bell
from ttx.store.tables import ExerciseId
from ttx.store.telling import Told, forget, mark_of_drafts, note_try, others, tell, tried


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """The same database as another process has it."""
    with Store(store.directory) as other:
        yield other


def test_each_process_hears_what_all_others_told_last(store: Store, exercise: ExerciseId):
    tell(store, "left", {exercise: (1, "one")})
    tell(store, "left", {exercise: (2, "two")})
    tell(store, "right", {exercise: (7, "seven")})

    assert others(store, "right") == [Told("left", exercise, 2, "two")]
    assert others(store, "left") == [Told("right", exercise, 7, "seven")]

    forget(store, ["left"])
    assert others(store, "right") == []


def test_wrong_tries_are_counted_for_a_minute_and_by_whom(store: Store, other: Store):
    note_try(store, "code", "device:a", NOW)
    note_try(other, "code", "device:a", NOW + timedelta(seconds=30))
    note_try(other, "code", "device:b", NOW)

    assert tried(store, "code", "device:a", NOW + timedelta(seconds=31)) == 2
    assert tried(store, "password", "device:a", NOW + timedelta(seconds=31)) == 0
    assert tried(store, "code", "device:a", NOW + timedelta(seconds=61)) == 1


def test_the_mark_of_drafts_is_another_one_after_each_change(store: Store, exercise: ExerciseId):
    marks = [mark_of_drafts(store, exercise)]
    for version in (1, 2):
        asked = KeepDraft(inject="D1-01", question="first", hand="0" * 8, version=version, state="AAAA")
        keep_drafts(store, exercise, [("vedra", asked)], NOW)
        marks.append(mark_of_drafts(store, exercise))

    assert len(set(marks)) == 3


def test_who_listens_hears_at_once_how_far_a_log_is(store: Store, other: Store, exercise: ExerciseId):
    listens, rings = bell(store), bell(other)
    listens.heard(0.01)  # from now on
    heard: list[int] = []

    def listen() -> None:
        end = time.monotonic() + 60
        while not heard and time.monotonic() < end:
            heard.extend(listens.heard(1.0).get(one, 0) for one in [exercise])
            heard[:] = [head for head in heard if head > 1]

    listener = threading.Thread(target=listen)
    listener.start()
    announce(other, exercise, "said elsewhere")
    rings.ring(exercise, 2)
    listener.join()
    listens.close()
    rings.close()

    assert heard == [2]


def test_nobody_rings_nothing_is_heard(store: Store):
    an_exercise(store)
    listens = bell(store)

    assert listens.heard(0.1) == {}
    listens.close()
