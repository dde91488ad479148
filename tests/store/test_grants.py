"""Which grants hold, for those who keep sockets open for long."""

from datetime import UTC, datetime, timedelta

from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account, disable_account, seat_account
from ttx.store.database import Store
from ttx.store.grants import grants, seen
from ttx.store.seats import hash_of, new_token, revoke_seat, revoke_token, seats_of
from ttx.store.sessions import close_session, open_session, send_away, session_of, sit
from ttx.store.tables import ExerciseId

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=30)


def a_seat(store: Store, exercise: ExerciseId) -> Seat:
    return next(one.seat for one in seats_of(store, exercise) if one.seat.role is Role.HEAD)


def seated(store: Store, seat: Seat) -> str:
    """The id of a session that sits on a seat."""
    session = hash_of(open_session(store, now=NOW))
    sit(store, session, seat.id, now=NOW)
    return session


def test_a_device_that_sits_holds_its_seat_until_it_is_sent_away(store: Store, exercise: ExerciseId):
    seat = a_seat(store, exercise)
    session = seated(store, seat)

    before = grants(store, exercise, NOW)
    send_away(store, session, seat.id, NOW)

    assert before == {(session, seat.id)}
    assert grants(store, exercise, NOW) == frozenset()


def test_a_closed_session_or_a_revoked_seat_holds_nothing(store: Store, exercise: ExerciseId):
    seat = a_seat(store, exercise)
    close_session(store, seated(store, seat), NOW)
    other = seated(store, seat)

    before = grants(store, exercise, NOW)
    revoke_seat(store, seat.id, NOW)

    assert before == {(other, seat.id)}
    assert grants(store, exercise, NOW) == frozenset()


def test_an_account_holds_its_own_seats_until_it_is_disabled(store: Store, exercise: ExerciseId):
    create_account(store, "ana", "a sentence of some length", now=NOW)
    seat = seat_account(store, "Ana", exercise, Role.LEAD_FACILITATOR, now=NOW)
    session = hash_of(open_session(store, "ana", now=NOW))

    before = grants(store, exercise, NOW)
    disable_account(store, "ana", NOW)

    assert (session, seat.id) in before
    assert {held_by for held_by, _ in before} == {session}
    assert grants(store, exercise, NOW) == frozenset()


def test_a_token_holds_until_it_is_revoked(store: Store, exercise: ExerciseId):
    token, seat = new_token(store, exercise, Role.LEAD_FACILITATOR, now=NOW)

    before = grants(store, exercise, NOW)
    revoke_token(store, token, NOW)

    assert before == {(hash_of(token), seat.id)}
    assert grants(store, exercise, NOW) == frozenset()


def test_a_silent_session_ends_and_one_that_is_seen_does_not(store: Store, exercise: ExerciseId):
    seat = a_seat(store, exercise)
    silent, there = seated(store, seat), open_session(store, now=NOW)
    sit(store, hash_of(there), seat.id, now=NOW)

    seen(store, {hash_of(there)}, NOW + timedelta(hours=20))

    assert grants(store, exercise, LATER) == {(hash_of(there), seat.id)}
    assert session_of(store, there, LATER) is not None
    assert silent != hash_of(there)
