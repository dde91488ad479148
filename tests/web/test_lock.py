"""The lock before unattended pages: what it refuses, what goes on, and what opens it."""

import httpx
import pytest

from tests.web.test_account import PASSWORD, signs_in
from tests.web.test_passkeys import device, enters, here, with_key
from tests.web.words import Browser, Served, refused, told
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account, seat_account
from ttx.store.entrances import entrances_of
from ttx.web.account import NOT_YOURS
from ttx.web.lock import NOT_THE_CODE
from ttx.web.passkeys import NOT_TAKEN

PAGE = {"accept": "text/html"}


def locks(who: Browser) -> None:
    assert who.post("/lock").status_code == 204


def opens(who: Browser, typed: str, **headers: str) -> httpx.Response:
    return who.post("/lock/open", data={"password": typed, "back": who.page}, headers=headers)


def facilitator(house: Served, name: str) -> Browser:
    create_account(house.store, name, PASSWORD)
    who = signs_in(house, name)
    who.seat = seat_account(house.store, name, house.exercise, Role.LEAD_FACILITATOR)
    return who


def test_a_locked_session_is_refused_everything_but_what_opens_it_and_its_pages_go_on(house: Served):
    who = facilitator(house, "lena")
    screen = house.screen(who)
    assert 'id="lock"' in who.get(who.page).text

    locks(who)

    led = who.get(who.page, headers=PAGE)
    assert (led.status_code, led.headers["location"]) == (303, f"/lock?back=%2Fs%2F{who.seat.id}")
    assert "This screen is locked" in who.get(led.headers["location"]).text
    for path in (who.page, f"{who.page}/seats", f"{who.page}/report", house.api, "/home", "/account"):
        assert refused(423, who.get(path)).startswith("This screen is locked.")
    assert house.command(who, "announce", text="By nobody").status_code == 423
    assert who.post(f"{who.page}/do", data={"do": "announce", "text": "By nobody"}).status_code == 423
    assert who.get(f"{who.page}/plenary").status_code == 200
    screen.at(house.done("announce", text="It goes on"))
    assert house.screen(who).seq >= screen.seq

    assert refused(401, opens(who, "wrong wrong wrong")) == NOT_YOURS
    assert refused(423, who.get(who.page))
    assert opens(who, PASSWORD).status_code == 204
    assert who.get(who.page).status_code == 200
    assert [(one.way, one.good) for one in entrances_of(house.store, "lena")][:2] == [
        ("unlocking with a password", True),
        ("unlocking with a password", False),
    ]


def test_a_passkey_of_the_account_opens_the_lock_and_no_other(house: Served):
    mine, others = with_key(house, "milo"), with_key(house, "nora")
    who = device(house)
    enters(house, mine, who)
    who.seat = seat_account(house.store, "milo", house.exercise, Role.ANALYST)
    locks(who)

    def answers(key: object) -> httpx.Response:
        options = told(200, who.post("/lock/passkey/ask"))
        return who.post("/lock/passkey", json=key.signs(options, here(house)))  # type: ignore[attr-defined]

    assert refused(401, answers(others)) == NOT_TAKEN
    assert who.get(f"{who.page}/report").status_code == 423
    assert answers(mine).status_code == 204
    assert who.get(f"{who.page}/report").status_code == 200


def test_without_an_account_the_code_of_the_seat_opens_it(house: Served):
    listed, other = house.seat(Role.EVALUATOR), house.seat(Role.ANALYST)
    who = house.device().join(listed)
    locks(who)

    assert refused(401, opens(who, other.code)) == NOT_THE_CODE
    reply = opens(who, listed.code.lower(), **PAGE)

    assert (reply.status_code, reply.headers["location"]) == (303, who.page)
    assert who.get(who.page).status_code == 200


def test_an_authors_pages_lock_too(house: Served):
    who = house.device().write_as(house.author(Role.AUTHOR, "SEA"))
    assert "data-lock" in who.get(who.desk).text
    locks(who)

    assert who.get(who.desk).status_code == 423
    assert who.asks("write_head", fields={"title": "By nobody"}).status_code == 423
    reply = who.post("/lock/open", data={"password": house.author(Role.AUTHOR, "SEA").code})
    assert reply.status_code == 204
    assert who.get(who.desk).status_code == 200


def test_tablets_and_the_hall_never_lock(house: Served):
    for who in (house.device().join(house.seat(Role.HEAD, "Kestria")), house.device().join(house.seat(Role.PROJECTOR))):
        assert 'id="lock"' not in who.get(who.page).text
        locks(who)
        assert who.get(who.page).status_code == 200
        assert 'id="lock"' not in house.as_lead().get(f"{house.as_lead().page}/plenary").text


def test_wrong_passwords_at_the_lock_are_counted(house: Served):
    who = facilitator(house, "otto")
    locks(who)
    for _ in range(10):
        opens(who, "wrong wrong wrong")

    assert opens(who, PASSWORD).status_code == 429


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/s/\\evil", "javascript:alert(1)"])
def test_an_open_lock_leads_to_no_other_site(house: Served, back: str):
    reply = house.device().get("/lock", params={"back": back})

    assert (reply.status_code, reply.headers["location"]) == (303, "/home")
