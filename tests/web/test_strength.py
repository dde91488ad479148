"""Two factors demanded of roles of staff by the installation: of seats and authors, with an account or without one."""

from collections.abc import Iterator

import pytest

from tests.web.test_access import GUARDED, asked, passes
from tests.web.test_account import PASSWORD, signs_in
from tests.web.test_second import asked as asks_for_code
from tests.web.test_second import now, sets_up, types
from tests.web.words import COOKIE, Browser, Screen, Served, refused, serving
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store.accounts import create_account, seat_account
from ttx.store.seats import hash_of
from ttx.store.sessions import open_session, sit
from ttx.web.dangers import STAFF, danger

BY_CODE, WITH_ONE = "comes in here with two factors, and a code is one", "two factors, and you signed in with one"


@pytest.fixture(scope="module")
def strict(kept_in: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that demands two factors of all staff."""
    settings = Settings(two_factors_of=", ".join(STAFF))
    assert danger(settings) is None
    with serving(tmp_path_factory.mktemp("strict"), settings=settings) as house:
        yield house


def sat(house: Served, role: Role) -> Browser:
    """A device that sat down by its code before two factors were demanded."""
    who, cookie = house.device(), open_session(house.store, None)
    who.seat = house.seat(role).seat
    sit(house.store, hash_of(cookie), who.seat.id, "a tablet")
    who.cookies.set(COOKIE, cookie)
    return who


def with_two(house: Served, name: str) -> Browser:
    """A browser of an account that signed in with a password and an app."""
    create_account(house.store, name, PASSWORD)
    secret, _ = sets_up(signs_in(house, name))
    who = house.device()
    assert types(who, asks_for_code(who, name), now(secret))[0] == 303
    return who


@pytest.mark.parametrize("role", sorted(STAFF))
def test_no_route_and_no_socket_is_open_to_a_role_of_staff_with_a_code_alone(strict: Served, role: Role):
    who = sat(strict, role)

    for route in GUARDED:
        if passes(route, role):
            assert BY_CODE in refused(401, asked(route, who, strict))
    assert Screen(strict.line(who)).ended() == 4401
    code = strict.seat(role).code
    assert BY_CODE in refused(403, strict.device().post("/api/v1/join", json={"code": code}))
    assert BY_CODE in strict.device().get(f"/j/{code}").text.replace("&#39;", "'")


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF - {Role.ADMIN}))
def test_participants_and_the_hall_join_as_before(strict: Served, role: Role):
    assert strict.as_(role).get(strict.as_(role).page).status_code == 200


def test_one_factor_opens_no_seat_of_an_account_and_is_told_how_to_get_two(strict: Served):
    create_account(strict.store, "ida", PASSWORD)
    who = signs_in(strict, "ida")
    who.seat = seat_account(strict.store, "ida", strict.exercise, Role.EVALUATOR)

    assert WITH_ONE in refused(401, who.get(who.page))
    assert Screen(strict.line(who)).ended() == 4401
    assert who.get("/account").status_code == 200  # where they are made


def test_whoever_signed_in_with_two_has_seats_of_the_account_and_sits_down_by_code(strict: Served):
    who = with_two(strict, "jens")
    own = seat_account(strict.store, "jens", strict.exercise, Role.DIRECTOR)

    assert who.get(f"/s/{own.id}").status_code == 200
    who.join(strict.seat(Role.LEAD_FACILITATOR))
    assert who.get(who.page).status_code == 200
    assert strict.stands(who)["id"] == strict.exercise


def test_an_author_comes_in_with_two_factors_alone(strict: Served):
    weak, code = strict.device(), strict.author(Role.AUTHOR).code
    assert BY_CODE in refused(403, weak.post("/api/v1/join", json={"code": code}))

    who = with_two(strict, "kirsten").write_as(strict.author(Role.AUTHOR))
    assert who.get(who.desk).status_code == 200

    again = strict.device()
    again.cookies.set(COOKIE, open_session(strict.store, "kirsten"))
    for path in ("", "/files", "/languages"):
        assert WITH_ONE in refused(401, again.get(f"{who.desk}{path}"))
    assert WITH_ONE in refused(401, again.post(f"{who.desk}/do", json={"do": "undo"}))


def test_a_program_has_the_token_that_an_operator_made(strict: Served):
    assert strict.program(Role.LEAD_FACILITATOR).get(strict.api).status_code == 200


@pytest.mark.parametrize("named", ["delegate", "projector", "admin", "facilitators"])
def test_of_whom_it_cannot_be_demanded_is_said_at_start(named: str):
    said = danger(Settings(two_factors_of=f"author, {named}"))

    assert said is not None
    assert said.startswith(f"TTX_TWO_FACTORS_OF names {named}, which is no role of staff.")
