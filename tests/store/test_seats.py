"""Seats and tokens."""

import pytest
from sqlalchemy import text

from tests.store.words import NOW, an_exercise
from ttx.scenario.roster import Role, RosterSeat
from ttx.store.codes import new_code
from ttx.store.database import NoSuchExercise, Store
from ttx.store.seats import (
    NoSuchSeat,
    add_seats,
    new_token,
    revoke_seat,
    revoke_token,
    rotate_code,
    seat_by_code,
    seat_by_id,
    seat_by_token,
    seats_of,
)
from ttx.store.tables import ExerciseId


def test_a_roster_becomes_seats_in_its_order_with_a_code_each(store: Store, exercise: ExerciseId):
    listed = seats_of(store, exercise)

    assert [(one.seat.role, one.seat.delegation, one.seat.table, one.seat.language) for one in listed] == [
        (Role.LEAD_FACILITATOR, None, None, "en"),
        (Role.HEAD, "vedra", "t1", "en"),
        (Role.DELEGATE, "vedra", "t1", "fr"),
        (Role.DELEGATE, "oskmar", "t1", "en"),
    ]
    assert [(one.name, one.account) for one in listed][:2] == [("Ana Lind", "ana"), ("Ilse Marr", None)]
    assert {one.seat.exercise for one in listed} == {exercise}
    assert len({one.code for one in listed}) == 4


def test_a_delegate_submits_only_where_there_is_no_head(store: Store, exercise: ExerciseId):
    assert [one.seat.submits for one in seats_of(store, exercise)] == [False, True, False, True]


def test_a_delegate_who_comes_later_does_not_submit_beside_a_head(store: Store, exercise: ExerciseId):
    late = [RosterSeat(role=Role.DELEGATE, delegation=name) for name in ("vedra", "oskmar", "tarn")]
    with store.write("Late seats") as connection:
        seats = add_seats(connection, exercise, late)

    assert [seat.submits for seat in seats] == [False, True, True]
    assert [one.seat for one in seats_of(store, exercise)][4:] == seats


def test_a_code_leads_to_its_seat(store: Store, exercise: ExerciseId):
    an_exercise(store)
    for one in seats_of(store, exercise):
        assert seat_by_code(store, one.code.lower().replace("-", " ")) == one.seat
        assert seat_by_id(store, one.seat.id) == one.seat


def test_a_wrong_code_leads_nowhere(store: Store, exercise: ExerciseId):
    assert seat_by_code(store, new_code()) is None
    assert seat_by_code(store, "' OR 1=1") is None
    assert seat_by_id(store, "s0") is None


def test_after_a_code_is_rotated_only_the_new_one_leads_to_the_seat(store: Store, exercise: ExerciseId):
    one = seats_of(store, exercise)[1]
    code = rotate_code(store, one.seat.id)

    assert seat_by_code(store, one.code) is None
    assert seat_by_code(store, code) == one.seat
    assert seats_of(store, exercise)[1].code == code


def test_a_revoked_seat_is_listed_and_nothing_leads_to_it(store: Store, exercise: ExerciseId):
    one = seats_of(store, exercise)[1]
    revoke_seat(store, one.seat.id, NOW)

    assert seat_by_code(store, one.code) is None
    assert seat_by_id(store, one.seat.id) is None
    assert seats_of(store, exercise)[1].revoked_at == NOW
    with pytest.raises(NoSuchSeat):
        rotate_code(store, one.seat.id)
    with pytest.raises(NoSuchSeat):
        revoke_seat(store, one.seat.id)


def test_a_token_stands_for_a_seat_of_its_own(store: Store, exercise: ExerciseId):
    token, seat = new_token(store, exercise, Role.HEAD, delegation="oskmar", table="t1")

    assert token.startswith("ttx_")
    assert (seat.exercise, seat.role, seat.delegation, seat.table) == (exercise, Role.HEAD, "oskmar", "t1")
    assert seat.submits
    assert seat_by_token(store, token) == seat
    assert seat.id not in {one.seat.id for one in seats_of(store, exercise)[:4]}


def test_a_token_is_not_kept(store: Store, exercise: ExerciseId):
    token, _ = new_token(store, exercise, Role.LEAD_FACILITATOR)
    with store.read("The whole database") as connection:
        kept = connection.execute(text("SELECT * FROM tokens")).all()

    assert token not in repr(kept)
    assert token.removeprefix("ttx_") not in repr(kept)


@pytest.mark.parametrize("wrong", ["", "ttx_", "ttx_wrong", "Bearer x"])
def test_a_wrong_token_leads_nowhere(store: Store, exercise: ExerciseId, wrong: str):
    assert seat_by_token(store, wrong) is None


def test_a_revoked_token_or_the_token_of_a_revoked_seat_leads_nowhere(store: Store, exercise: ExerciseId):
    first, _ = new_token(store, exercise, Role.ANALYST)
    second, seat = new_token(store, exercise, Role.ANALYST)
    revoke_token(store, first)
    revoke_seat(store, seat.id)

    assert seat_by_token(store, first) is None
    assert seat_by_token(store, second) is None


def test_a_token_for_an_exercise_that_is_not_there_is_refused(store: Store):
    with pytest.raises(NoSuchExercise, match="There is no exercise nowhere here"):
        new_token(store, "nowhere", Role.ANALYST)
