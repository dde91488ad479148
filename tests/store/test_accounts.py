"""Accounts of the staff."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from tests.store.words import NOW, an_exercise
from ttx.scenario.roster import Role, RosterSeat
from ttx.store import accounts
from ttx.store.accounts import (
    Account,
    NotAccepted,
    account_of,
    accounts_of,
    create_account,
    disable_account,
    seat_account,
    seats_of_account,
    set_password,
    sign_in,
)
from ttx.store.database import Store
from ttx.store.seats import add_seats
from ttx.store.sessions import open_session, session_of

PASSWORD = "the tide is late today"
IN_USE = accounts._HASHER
"""The hasher of a server, read before the tests get a cheap one."""


@pytest.fixture
def in_use(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords cost what they cost on a server."""
    monkeypatch.setattr(accounts, "_HASHER", IN_USE)
    accounts._hash_of_nobody.cache_clear()
    yield
    accounts._hash_of_nobody.cache_clear()


def kept_hash(store: Store) -> str:
    with store.read("") as connection:
        return str(connection.execute(text("SELECT password_hash FROM accounts")).scalar_one())


def test_only_the_right_password_signs_in(store: Store):
    create_account(store, "Ana", PASSWORD, admin=True)

    assert sign_in(store, " ANA ", PASSWORD) == Account("ana", admin=True, shown="Ana")
    assert sign_in(store, "ana", PASSWORD + ".") is None
    assert sign_in(store, "ana", "") is None
    assert sign_in(store, "nobody", PASSWORD) is None


def test_a_password_signs_in_from_a_keyboard_that_spells_it_otherwise(store: Store):
    create_account(store, "ana", "l'été à la mer, déjà")

    assert sign_in(store, "ana", "l'e\u0301te\u0301 a\u0300 la mer, de\u0301ja\u0300") is not None


@pytest.mark.usefixtures("in_use")
def test_passwords_are_kept_as_argon2id(store: Store):
    create_account(store, "ana", PASSWORD)

    assert kept_hash(store).startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, 4: where memory is scarce
    assert PASSWORD not in kept_hash(store)


def test_a_short_password_is_refused_with_a_sentence(store: Store):
    with pytest.raises(NotAccepted) as refusal:
        create_account(store, "ana", "fourteen signs")
    assert str(refusal.value) == (
        "A password has at least 15 characters, and this one has 14. Take a short sentence, blanks included."
    )
    assert accounts_of(store) == []


@pytest.mark.parametrize(
    "name,password,sentence",
    [
        ("ana", PASSWORD, "There is an account Ana already"),
        ("ANA", PASSWORD, "There is an account Ana already"),
        (" ", PASSWORD, "An account needs a name"),
        ("bo", "x" * 1001, "at most 1000 characters"),
    ],
)
def test_a_name_that_is_taken_or_empty_and_a_book_for_a_password_are_refused(
    store: Store, name: str, password: str, sentence: str
):
    create_account(store, " Ana ", PASSWORD)

    with pytest.raises(NotAccepted, match=sentence):
        create_account(store, name, password)


def test_a_hash_with_older_parameters_is_made_anew_when_its_owner_signs_in(store: Store):
    create_account(store, "ana", PASSWORD)
    older = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with store.write("") as connection:
        connection.execute(text("UPDATE accounts SET password_hash = :older"), {"older": older})

    assert sign_in(store, "ana", "not the password") is None
    assert kept_hash(store) == older
    assert sign_in(store, "ana", PASSWORD) is not None
    assert kept_hash(store) != older
    assert sign_in(store, "ana", PASSWORD) is not None


@pytest.mark.usefixtures("in_use")
def test_time_does_not_tell_which_names_there_are(store: Store):
    create_account(store, "ana", PASSWORD)
    disable_account(store, create_account(store, "bo", PASSWORD).name)

    def takes(name: str) -> float:
        start = time.perf_counter()
        assert sign_in(store, name, "not the password") is None
        return time.perf_counter() - start

    takes("ana")
    known, unknown, disabled = (min(takes(name) for _ in range(7)) for name in ("ana", "cy", "bo"))
    # Without the work of checking a password it would be a thousandth.
    assert known / 10 < unknown < known * 10
    assert known / 10 < disabled < known * 10


def test_a_new_password_replaces_the_old_one_and_ends_every_session(store: Store):
    create_account(store, "ana", PASSWORD)
    token = open_session(store, "ana", NOW)
    set_password(store, "ana", "another sentence altogether")

    assert session_of(store, token, NOW) is None
    assert sign_in(store, "ana", PASSWORD) is None
    assert sign_in(store, "ana", "another sentence altogether") is not None


def test_a_disabled_account_signs_in_nowhere(store: Store):
    create_account(store, "ana", PASSWORD)
    token = open_session(store, "ana", NOW)
    disable_account(store, "ana", NOW)

    assert sign_in(store, "ana", PASSWORD) is None
    assert session_of(store, token, NOW) is None
    assert accounts_of(store) == [Account("ana", admin=False, disabled=True, shown="ana")]


def test_what_is_asked_of_an_account_that_is_not_there_is_refused(store: Store):
    with pytest.raises(NotAccepted, match="There is no account ana"):
        set_password(store, "ana", PASSWORD)
    with pytest.raises(NotAccepted, match="There is no account ana"):
        disable_account(store, "ana")


def test_an_account_has_its_seats_over_all_exercises(store: Store):
    first, second = an_exercise(store), an_exercise(store)

    assert {seat.exercise for seat in seats_of_account(store, "Ana")} == {first, second}
    assert {seat.role for seat in seats_of_account(store, "Ana")} == {"lead_facilitator"}
    assert seats_of_account(store, "bo") == []


def test_a_name_is_shown_as_it_was_typed_and_compared_without_case(store: Store):
    create_account(store, "Ana McKay", PASSWORD)
    exercise = an_exercise(store)

    assert seat_account(store, "ANA MCKAY", exercise, Role.EVALUATOR).exercise == exercise

    assert [one.shown for one in accounts_of(store)] == ["Ana McKay"]
    assert account_of(store, "ana mckay") == sign_in(store, "ANA McKay", PASSWORD)
    assert [seat.role for seat in seats_of_account(store, "Ana mckay")] == ["evaluator"]


def test_a_rosters_account_is_compared_without_case(store: Store):
    create_account(store, "Bo", PASSWORD)
    exercise = an_exercise(store)
    with store.write("A seat") as connection:
        add_seats(connection, exercise, [RosterSeat(role=Role.ANALYST, account="BO")])

    assert [seat.role for seat in seats_of_account(store, "bo")] == ["analyst"]


def test_a_database_of_before_names_were_kept_as_typed_is_taken_along(tmp_path: Path):
    with Store(tmp_path / "older") as store:
        create_account(store, "Ana", PASSWORD)
        with store.write("As version 6 left it") as connection:
            connection.execute(text("ALTER TABLE accounts DROP COLUMN shown"))
            connection.execute(text("ALTER TABLE draft_comments DROP COLUMN answers"))
            connection.execute(text("UPDATE meta SET value = '6' WHERE name = 'schema'"))

    with Store(tmp_path / "older") as upgraded:
        assert accounts_of(upgraded) == [Account("ana", admin=False, shown="ana")]
        assert sign_in(upgraded, "Ana", PASSWORD) is not None
        create_account(upgraded, "Bo", PASSWORD)
    with Store(tmp_path / "older") as again:
        assert [one.shown for one in accounts_of(again)] == ["ana", "Bo"]


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "Password1234567890", "aaaaaaaaaaaaaaaaaaaa", "qwertyuiopasdfghjkl",
        "Exercise Exercise 2026",
        "correct horse battery staple", "correcthorsebatterystaple", "1234567890123456",
        "ttx-facilitator-12", "bo bo bo bo bo bo",
        "Welcome, director!", "abababababababab",
        "P@ssw0rd P@$$w0rd 2026", "$un5h1ne$un5h1ne", "SummerWinter2025!", "MondayTuesdayMay", "liverpool-chelsea",
        "zyxwvutsrqponmlk", "ghijklmnop 987654", "jack and jack and jack and", "йцукенгшщзхъфывапр",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_no_password(store: Store, password: str):
    with pytest.raises(NotAccepted, match="among the first that somebody tries"):
        create_account(store, "bo", password)


@pytest.mark.parametrize("password", ["thelordismyshepherd", "RedHotChiliPeppers", "live long and prosper"])
def test_what_was_stolen_elsewhere_is_no_password(store: Store, password: str):
    with pytest.raises(NotAccepted, match="in a list of passwords that were stolen elsewhere"):
        create_account(store, "bo", password)


def test_what_exercises_and_accounts_here_are_called_is_no_password(store: Store):
    create_account(store, "bo.lindqvist", "Lantern Tide, Lantern Tide: high water")
    an_exercise(store)

    for password in ("Lantern Tide 2026!!", "lanterntidelanterntide", "L@ntern-T1de-lantern", "Lindqvist, Bo! 19"):
        with pytest.raises(NotAccepted, match="among the first that somebody tries"):
            set_password(store, "bo.lindqvist", password)
    set_password(store, "bo.lindqvist", "the lantern on the pier was out")


@pytest.mark.parametrize(
    "password", ["a long enough password", "x" * 900 + " but not only", "ваза стоит на окне у двери"]
)
def test_a_sentence_of_ones_own_is_one_whatever_it_is_made_of(store: Store, password: str):
    create_account(store, "bo", password)

    assert sign_in(store, "bo", password) is not None
    assert sign_in(store, "bo", password.swapcase()) is None
