"""Versions of a report that are kept: whatever is changed of one, its statement or the record under it is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.store.words import an_exercise
from ttx.review.leaving import ReportFrozen
from ttx.review.parts import Tier
from ttx.store import frozen, reviews
from ttx.store.database import Store
from ttx.store.shredding import _said
from ttx.store.signing import public, signing_key

FILES = {"pdf": b"%PDF- one", "json": b"{}"}


def freeze(store: Store, exercise: str) -> ReportFrozen:
    statement, signature = frozen.sign(store, exercise, 1, Tier.ANALYST, 1, FILES)
    digests = {form: frozen.digest_of(one) for form, one in FILES.items()}
    fact = ReportFrozen(version=1, tier=Tier.ANALYST, head=1, files=digests, statement=statement, signature=signature)
    reviews.record(store, exercise, "s1", lambda _log: [fact])
    return fact


def test_a_file_is_what_was_frozen_by_its_statement_alone(store: Store):
    fact = freeze(store, exercise := an_exercise(store))
    signed, key = frozen.signed(fact), public(signing_key(store.directory))

    for form, content in FILES.items():
        good, sentence = frozen.checked(content, signed, key)
        assert good
        assert f"version 1 of the report (analyst, {form})" in sentence
        assert key in sentence
    assert frozen.faults(store, exercise) == ()


@pytest.mark.parametrize(
    "file, change, signer, why",
    [
        (b"%PDF- two", lambda said: said, None, "none of those that the statement names"),
        (FILES["pdf"], lambda said: {**said, "signature": "00"}, None, "does not fit the statement"),
        (
            FILES["pdf"],
            lambda said: {**said, "statement": said["statement"].replace('"version":1', '"version":2')},
            None,
            "does not fit the statement",
        ),
        (FILES["pdf"], lambda said: said, "ab" * 32, "signed by another key"),
        (FILES["pdf"], lambda _said: {"no": 1}, None, "cannot be read"),
    ],
)
def test_whatever_is_changed_is_found(
    store: Store, file: bytes, change: Callable[[Any], Any], signer: str | None, why: str
):
    told = json.dumps(change(json.loads(frozen.signed(freeze(store, an_exercise(store)))))).encode()

    good, sentence = frozen.checked(file, told, signer)

    assert not good
    assert why in sentence


@pytest.mark.embedded
def test_a_file_that_was_changed_or_is_gone_in_the_database_is_found(store: Store):
    exercise = an_exercise(store)
    freeze(store, exercise)
    with store.write("A change") as connection:
        connection.exec_driver_sql("UPDATE frozen_files SET content = x'00' WHERE content = x'7b7d'")
        connection.exec_driver_sql("DELETE FROM frozen_files WHERE content <> x'00'")

    assert sorted(frozen.faults(store, exercise)) == [
        "Version 1 of the report: its file json was changed.",
        "Version 1 of the report: its file pdf is not here any more.",
    ]


@pytest.mark.embedded
def test_a_version_that_rests_on_another_record_is_found(store: Store):
    exercise = an_exercise(store)
    freeze(store, exercise)
    with store.write("A change") as connection:
        connection.exec_driver_sql("DROP TRIGGER entries_are_not_changed")
        connection.exec_driver_sql("UPDATE entries SET hash = 'other' WHERE seq = 1")

    (fault,) = frozen.faults(store, exercise)
    assert "another entry 1" in fault


def test_what_is_shredded_is_in_no_frozen_file_either(store: Store):
    exercise = an_exercise(store)
    digest = freeze(store, exercise).files["pdf"]
    with store.write("A change") as connection:
        _said(connection, exercise)

    assert frozen.content(store, exercise, digest) is None
    assert frozen.faults(store, exercise) == ()
