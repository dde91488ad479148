"""A code besides the password, and exercises whose director demands two factors of staff."""

import re
import time
from base64 import b32decode
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from tests.web.test_account import NEW, PASSWORD, signs_in
from tests.web.words import Browser, Screen, Served, refused
from ttx.scenario.roster import Role
from ttx.store import factors
from ttx.store.accounts import create_account, seat_account
from ttx.store.database import Store
from ttx.store.entrances import note
from ttx.store.factors import code_at
from ttx.store.seats import hash_of, seats_of
from ttx.store.sessions import open_session, seats_of_session
from ttx.web.account import TOO_WEAK
from ttx.web.front import OWNERS_SEAT
from ttx.web.seats import WEAK_YOURSELF
from ttx.web.second import TIRED, TOO_LATE, WRONG, WRONG_CODE


@pytest.mark.parametrize(
    "seconds,digest,code",
    [
        (59, "sha1", "94287082"), (1111111109, "sha1", "07081804"), (1111111111, "sha1", "14050471"),
        (1234567890, "sha1", "89005924"), (2000000000, "sha1", "69279037"), (20000000000, "sha1", "65353130"),
        (59, "sha256", "46119246"), (20000000000, "sha256", "77737706"),
        (59, "sha512", "90693936"), (20000000000, "sha512", "47863826"),
    ],
)  # fmt: skip
def test_codes_are_those_of_rfc_6238(seconds: int, digest: str, code: str):
    secret = (b"1234567890" * 7)[: {"sha1": 20, "sha256": 32, "sha512": 64}[digest]]

    assert code_at(secret, seconds // 30, 8, digest) == code


def now(secret: str, off: int = 0) -> str:
    return code_at(b32decode(secret), int(time.time()) // 30 + off)


def sets_up(who: Browser) -> tuple[str, list[str]]:
    """An app for whoever is signed in: its secret, and the recovery codes."""
    page = who.post("/account/app", data={"password": PASSWORD}).text
    (secret,) = re.findall(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert "<svg" in page
    shown = who.post("/account/app/confirm", data={"code": now(secret, -1), "secret": secret}).text
    return secret, re.findall(r"<li>((?:[A-Z2-9]{4}-){5}[A-Z2-9]{4})</li>", shown)


def asked(who: Browser, name: str) -> str:
    page = who.post("/login", data={"name": name, "password": PASSWORD})
    assert page.status_code == 200
    return re.findall(r'name="token" value="([^"]+)"', page.text)[0]


def types(who: Browser, token: str, code: str) -> tuple[int, str]:
    reply = who.post("/login/code", data={"token": token, "code": code})
    return reply.status_code, unescape(" ".join(re.findall(r'class="why" role="alert">([^<]*)<', reply.text)))


def test_an_app_is_set_up_asked_for_and_its_code_is_good_once(house: Served):
    create_account(house.store, "tara", PASSWORD)
    secret, codes = sets_up(signs_in(house, "tara"))
    who, code = house.device(), now(secret)

    assert len(set(codes)) == 10
    assert who.get("/account").status_code == 401
    token = asked(who, "tara")
    assert who.get("/account").status_code == 401
    assert types(who, token, "000000") == (401, WRONG)
    assert types(who, token, code) == (401, TOO_LATE)
    assert types(who, asked(who, "tara"), f"{code[:3]} {code[3:]}")[0] == 303
    assert "password and app" in who.get("/account").text
    assert types(house.device(), asked(house.device(), "tara"), code) == (401, WRONG)


def test_a_recovery_code_signs_in_once_and_only_its_hash_is_kept(house: Served):
    create_account(house.store, "ulla", PASSWORD)
    _, codes = sets_up(signs_in(house, "ulla"))
    who = house.device()

    assert types(who, asked(who, "ulla"), codes[0].lower().replace("-", " "))[0] == 303
    assert "9 recovery codes are left" in who.get("/account").text
    assert types(who, asked(house.device(), "ulla"), codes[0]) == (401, WRONG)
    plain = codes[1].replace("-", "")
    files = house.store.directory.glob("*")
    assert [one.name for one in files if one.is_file() and plain.encode() in one.read_bytes()] == []


def test_wrong_codes_are_counted_as_wrong_passwords_are(house: Served):
    create_account(house.store, "vera", PASSWORD)
    who = signs_in(house, "vera")
    secret, _ = sets_up(who)
    for _ in range(10):
        types(who, asked(who, "vera"), "000000")

    token = re.findall(r'name="token"', who.post("/login", data={"name": "vera", "password": PASSWORD}).text)

    assert token == []
    assert now(secret)


def test_after_thirty_wrong_codes_a_day_only_a_recovery_code_opens_whatever_device_it_comes_from(house: Served):
    create_account(house.store, "vito", PASSWORD)
    secret, codes = sets_up(signs_in(house, "vito"))
    for _ in range(30):
        note(house.store, "vito", WRONG_CODE, False)

    assert types(house.device(), asked(house.device(), "vito"), now(secret)) == (401, TIRED)
    assert types(house.device(), asked(house.device(), "vito"), codes[3])[0] == 303


def test_an_app_is_taken_away_by_who_signed_in_with_it(house: Served):
    create_account(house.store, "wim", PASSWORD)
    who = signs_in(house, "wim")
    secret, _ = sets_up(who)

    assert TOO_WEAK in who.post("/account/app/remove", data={"password": PASSWORD}).text
    assert types(who, asked(who, "wim"), now(secret))[0] == 303
    assert who.post("/account/app/remove", data={"password": PASSWORD}).status_code == 303
    signs_in(house, "wim")


def test_a_code_of_a_clock_that_is_a_step_off_is_taken_and_none_further(house: Served):
    create_account(house.store, "xena", PASSWORD)
    at = datetime.now(UTC)
    secret = factors.begin(house.store, "xena")
    step = int(at.timestamp()) // 30

    assert factors.confirm(house.store, "xena", code_at(b32decode(secret), step - 2), at) == ()
    assert len(factors.confirm(house.store, "xena", code_at(b32decode(secret), step - 1), at)) == 10
    assert factors.checks(house.store, "xena", code_at(b32decode(secret), step + 1), at) == "app"
    assert factors.checks(house.store, "xena", code_at(b32decode(secret), step), at) is None
    later = at + timedelta(minutes=2)
    assert factors.checks(house.store, "xena", code_at(b32decode(secret), step + 4), later) == "app"


def demands(house: Served, who: Browser, wanted: str = "yes") -> int:
    return who.post(f"{who.page}/seats/factors", data={"demands": wanted}).status_code


def test_where_a_director_demands_it_one_factor_opens_no_seat_of_an_account(house: Served):
    create_account(house.store, "yara", PASSWORD)
    seat = seat_account(house.store, "yara", house.exercise, Role.LEAD_FACILITATOR)
    weak, head = signs_in(house, "yara"), house.as_head()
    weak.seat = seat
    screen, director = house.screen(weak), house.as_(Role.DIRECTOR)
    code = next(one.code for one in seats_of(house.store, house.exercise) if one.seat.id == seat.id)

    assert demands(house, house.as_lead()) == 403
    assert demands(house, director) == 303
    try:
        assert screen.ended() == 4401
        assert "demands two factors of its staff" in refused(401, weak.get(weak.page))
        assert Screen(house.line(weak)).ended() == 4401
        assert refused(403, house.device().post("/api/v1/join", json={"code": code})) == OWNERS_SEAT
        assert head.get(head.page).status_code == 200
        assert director.get(director.page).status_code == 200
    finally:
        assert demands(house, director, "no") == 303
    assert weak.get(weak.page).status_code == 200


def test_a_session_with_two_factors_has_the_seat_and_one_with_a_password_has_not(house: Served):
    create_account(house.store, "zoe", PASSWORD)
    seat = seat_account(house.store, "zoe", house.exercise, Role.DIRECTOR)
    secret, _ = sets_up(signs_in(house, "zoe"))
    strong = house.device()
    assert types(strong, asked(strong, "zoe"), now(secret))[0] == 303
    strong.seat = seat

    assert demands(house, strong) == 303
    try:
        assert strong.get(strong.page).status_code == 200
        assert (
            strong.post("/account/password", data={"password": PASSWORD, "new": NEW, "again": NEW}).status_code == 303
        )
        assert strong.get(strong.page).status_code == 200
    finally:
        assert demands(house, strong, "no") == 303


def test_a_director_who_would_lose_the_own_seat_is_told_before(house: Served):
    create_account(house.store, "axel", PASSWORD)
    seat = seat_account(house.store, "axel", house.exercise, Role.DIRECTOR)
    who = signs_in(house, "axel")
    who.seat = seat

    reply = who.post(f"{who.page}/seats/factors", data={"demands": "yes"})

    assert refused(403, reply) == WEAK_YOURSELF
    assert not factors.is_demanded(house.store, house.exercise)


def test_a_session_without_a_note_of_how_it_was_opened_counts_as_one_factor(house: Served):
    store: Store = house.store
    create_account(store, "berit", PASSWORD)
    seat = seat_account(store, "berit", house.exercise, Role.EVALUATOR)
    session = hash_of(open_session(store, "berit"))
    assert [one.id for one in seats_of_session(store, session, house.exercise)] == [seat.id]
    factors.demand(store, house.exercise, True)
    try:
        assert seats_of_session(store, session, house.exercise) == []
    finally:
        factors.demand(store, house.exercise, False)
