"""Sessions: how long they last, where they sit, and how they end."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.store.words import NOW, an_exercise
from ttx.exercise.rights import Seat
from ttx.store.accounts import create_account, disable_account
from ttx.store.database import Store
from ttx.store.seats import NoSuchSeat, revoke_seat, seats_of
from ttx.store.sessions import (
    Session,
    close_session,
    devices_of,
    open_session,
    seats_of_session,
    send_away,
    session_of,
    sign_ins,
    sign_out,
    sit,
)
from ttx.store.tables import ExerciseId

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def head(store: Store, exercise: ExerciseId) -> Seat:
    return seats_of(store, exercise)[1].seat


def a_session(store: Store, account: str | None = None) -> Session:
    session = session_of(store, open_session(store, account, now=NOW), now=NOW)
    assert session is not None
    return session


def test_a_cookie_leads_to_its_session_and_is_not_kept(store: Store):
    token = open_session(store, now=NOW)
    session = session_of(store, token, now=NOW)

    assert session is not None
    assert session.expires_at == NOW + 7 * DAY
    with store.read("") as connection:
        assert token not in repr(connection.execute(text("SELECT * FROM sessions")).all())
    assert session_of(store, "another", now=NOW) is None
    assert session_of(store, session.id, now=NOW) is None


def test_a_session_that_is_used_lasts_seven_days_and_not_longer(store: Store):
    token = open_session(store, now=NOW)
    for hours in range(0, 7 * 24, 12):
        assert session_of(store, token, NOW + hours * HOUR) is not None

    assert session_of(store, token, NOW + 7 * DAY) is None


def test_a_session_ends_when_nobody_uses_it_for_a_day(store: Store):
    token = open_session(store, now=NOW)

    assert session_of(store, token, NOW + DAY + HOUR) is None


def test_both_times_can_be_set(store: Store):
    token = open_session(store, now=NOW, lasts=2 * HOUR)

    assert session_of(store, token, NOW + HOUR, idle=HOUR / 2) is None
    assert session_of(store, token, NOW + HOUR, idle=HOUR) is not None
    assert session_of(store, token, NOW + 2 * HOUR, idle=DAY) is None


def test_a_session_that_was_just_seen_costs_no_write(store: Store):
    token = open_session(store, now=NOW)
    session_of(store, token, NOW + HOUR)

    for seconds in range(10):
        session = session_of(store, token, NOW + HOUR + timedelta(seconds=seconds))
        assert session is not None
        assert session.seen_at == NOW + HOUR


@pytest.mark.embedded
def test_a_session_is_good_while_nothing_can_be_recorded(store: Store):
    token = open_session(store, now=NOW)
    with store.write("") as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert store.probe() is not None

    assert session_of(store, token, NOW + HOUR) is not None


def test_the_sign_ins_of_an_account_are_listed_and_ended_one_by_one_or_all(store: Store):
    for name in ("ana", "bob"):
        create_account(store, name, "a long enough password")
    old, one, two, other = (a_session(store, name) for name in ("ana", "ana", "ana", "bob"))
    close_session(store, old.id)

    assert {found.id for found in sign_ins(store, "ana", now=NOW)} == {one.id, two.id}
    assert sign_ins(store, "ana", now=NOW + 2 * DAY) == []

    assert sign_out(store, "ana", [one.id, other.id]) == 1
    assert [found.id for found in sign_ins(store, "ana", now=NOW)] == [two.id]
    assert sign_out(store, "ana") == 1
    assert [found.id for found in sign_ins(store, "bob", now=NOW)] == [other.id]


def test_a_closed_session_is_nobodys(store: Store):
    token = open_session(store, now=NOW)
    session = session_of(store, token, now=NOW)
    assert session is not None
    close_session(store, session.id)

    assert session_of(store, token, now=NOW) is None


def test_a_device_sits_in_several_exercises_at_once(store: Store, exercise: ExerciseId, head: Seat):
    other = seats_of(store, an_exercise(store))[3].seat
    session = a_session(store)
    sit(store, session.id, head.id, now=NOW)
    sit(store, session.id, other.id, now=NOW + HOUR)

    assert seats_of_session(store, session.id) == [other, head]
    assert seats_of_session(store, session.id, exercise) == [head]
    assert seats_of_session(store, a_session(store).id) == []


def test_a_device_that_joins_twice_sits_once(store: Store, exercise: ExerciseId, head: Seat):
    session = a_session(store)
    sit(store, session.id, head.id, "tablet", NOW)
    sit(store, session.id, head.id, "tablet 7", NOW)

    (device,) = devices_of(store, exercise, NOW)
    assert (device.seat, device.label, device.session) == (head, "tablet 7", session.id)


def test_a_device_that_was_sent_away_sits_nowhere_until_it_joins_again(store: Store, exercise: ExerciseId, head: Seat):
    session, other = a_session(store), a_session(store)
    sit(store, session.id, head.id, now=NOW)
    sit(store, other.id, head.id, now=NOW)
    send_away(store, session.id, head.id)

    assert seats_of_session(store, session.id, exercise) == []
    assert [device.session for device in devices_of(store, exercise, NOW)] == [other.id]
    sit(store, session.id, head.id, now=NOW)
    assert seats_of_session(store, session.id, exercise) == [head]


def test_nobody_sits_on_a_revoked_seat(store: Store, exercise: ExerciseId, head: Seat):
    session = a_session(store)
    sit(store, session.id, head.id, now=NOW)
    revoke_seat(store, head.id)

    assert seats_of_session(store, session.id) == []
    assert devices_of(store, exercise, NOW) == []
    with pytest.raises(NoSuchSeat):
        sit(store, session.id, head.id)


def test_devices_whose_session_has_ended_are_not_listed(store: Store, exercise: ExerciseId, head: Seat):
    for session in (a_session(store), a_session(store)):
        sit(store, session.id, head.id, now=NOW)
    close_session(store, session.id)

    assert len(devices_of(store, exercise, NOW)) == 1
    assert devices_of(store, exercise, NOW + 2 * DAY) == []


def test_who_signed_in_has_the_seats_of_the_account_without_a_code(store: Store, exercise: ExerciseId):
    create_account(store, "ana", "a sentence of mine")
    session = a_session(store, "ana")

    assert [seat.role for seat in seats_of_session(store, session.id, exercise)] == ["lead_facilitator"]
    disable_account(store, "ana")
    assert seats_of_session(store, session.id, exercise) == []
