"""Entries: what is written can be read. That every later version reads it too is `test_recorded_logs`."""

import pytest
from hypothesis import given
from pydantic import ValidationError

from tests.exercise.nonsense import entries
from tests.exercise.words import History, gathered_exercise, parted_exercise, whole_exercise
from ttx.exercise.entries import KINDS, Entry, InjectReleased, kind_of, read_body, write_body


@pytest.fixture(scope="module")
def exercise() -> History:
    return whole_exercise()


def test_every_kind_of_entry_happens_in_a_whole_exercise(exercise: History):
    log = [*exercise.log, *gathered_exercise().log, *parted_exercise().log]

    assert {kind_of(logged.entry) for logged in log} == set(KINDS)


def test_every_kind_of_entry_reads_as_it_was_written(exercise: History):
    entries = [logged.entry for logged in exercise.log]

    assert [read_body(kind_of(entry), write_body(entry)) for entry in entries] == entries


@given(entries)
def test_whatever_an_entry_holds_it_reads_as_it_was_written(entry: Entry):
    assert read_body(kind_of(entry), write_body(entry)) == entry


def test_the_same_entry_is_written_as_the_same_text(exercise: History):
    once = [write_body(logged.entry) for logged in exercise.log]

    assert [write_body(logged.entry) for logged in whole_exercise().log] == once


def test_a_kind_of_a_later_version_is_not_taken_for_another():
    with pytest.raises(KeyError):
        read_body("InjectTeleported", '{"inject": "D1-01"}')


def test_a_field_nobody_knows_is_a_fault_and_not_lost():
    with pytest.raises(ValidationError) as invalid:
        read_body("InjectReleased", '{"inject": "D1-01", "to": "all"}')

    assert [(error["type"], error["loc"]) for error in invalid.value.errors()] == [("extra_forbidden", ("to",))]


def test_an_entry_cannot_be_changed():
    entry = InjectReleased(inject="D1-01")

    with pytest.raises(ValidationError):
        setattr(entry, "inject", "D1-02")  # noqa: B010  (mypy knows that it is frozen)

    assert entry == InjectReleased(inject="D1-01")
