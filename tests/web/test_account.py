"""An account's own page: where it is signed in, signing out elsewhere, and a new password."""

import re

from tests.web.words import COOKIE, Browser, Screen, Served
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account, seat_account
from ttx.store.seats import hash_of
from ttx.web.account import NOT_YOURS

PASSWORD, NEW = "a long enough password", "another sentence altogether"


def signs_in(house: Served, name: str, password: str = PASSWORD) -> Browser:
    who = house.device()
    assert who.post("/login", data={"name": name, "password": password}).status_code == 303
    return who


def session(who: Browser) -> str:
    return hash_of(who.cookies[COOKIE])


def listed(who: Browser) -> list[str]:
    return re.findall(r'name="which" value="(\w+)"', who.get("/account").text)


def test_where_one_is_signed_in_is_listed_and_ended_with_the_password(house: Served):
    create_account(house.store, "mona", PASSWORD)
    create_account(house.store, "nils", PASSWORD)
    seat = seat_account(house.store, "mona", house.exercise, Role.LEAD_FACILITATOR)
    here, there, other = signs_in(house, "mona"), signs_in(house, "mona"), signs_in(house, "nils")
    there.seat = seat
    screen = house.screen(there)

    assert sorted(listed(here)) == sorted((session(here), session(there)))
    assert here.get("/account").text.count("This browser") == 1
    wrong = here.post("/account/sessions", data={"password": "wrong wrong wrong", "which": session(there)})
    assert (wrong.status_code, "not the password" in wrong.text) == (422, True)
    assert here.post("/account/sessions", data={"password": PASSWORD}).status_code == 422
    here.post("/account/sessions", data={"password": PASSWORD, "which": session(other)})
    assert other.get("/account").status_code == 200
    assert there.get("/account").status_code == 200

    assert here.post("/account/sessions", data={"password": PASSWORD, "which": session(there)}).status_code == 303

    assert screen.ended() == 4401
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 401)
    assert listed(here) == [session(here)]
    assert Screen(house.line(there)).ended() == 4401


def test_a_password_is_changed_by_who_knows_it_and_every_other_browser_is_signed_out(house: Served):
    create_account(house.store, "olga", PASSWORD)
    here, there = signs_in(house, "olga"), signs_in(house, "olga")

    def changes(now: str, new: str, again: str) -> tuple[int, str]:
        reply = here.post("/account/password", data={"password": now, "new": new, "again": again})
        return reply.status_code, " ".join(re.findall(r'class="why"[^>]*>([^<]*)<', reply.text))

    assert changes("wrong wrong wrong", NEW, NEW) == (422, NOT_YOURS)
    assert changes(PASSWORD, NEW, NEW + "!")[0] == 422
    assert "at least 15 characters" in changes(PASSWORD, "short", "short")[1]
    assert there.get("/account").status_code == 200

    assert changes(PASSWORD, NEW, NEW) == (303, "")

    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 401)
    assert house.device().post("/login", data={"name": "olga", "password": PASSWORD}).status_code == 401
    signs_in(house, "olga", NEW)


def test_wrong_passwords_are_counted_here_as_at_the_door(house: Served):
    create_account(house.store, "pia", PASSWORD)
    here = signs_in(house, "pia")
    here.get("/join")  # gives the browser its device
    for _ in range(10):
        here.post("/account/password", data={"password": "wrong wrong wrong", "new": NEW, "again": NEW})

    reply = here.post("/account/password", data={"password": PASSWORD, "new": NEW, "again": NEW})

    assert (reply.status_code, "Too many wrong passwords" in reply.text) == (422, True)


def test_signing_in_ends_the_session_that_the_browser_had(house: Served):
    create_account(house.store, "rosa", PASSWORD)
    who = signs_in(house, "rosa")
    before = who.cookies[COOKIE]

    assert who.post("/login", data={"name": "rosa", "password": PASSWORD}).status_code == 303

    assert who.cookies[COOKIE] != before
    assert who.get("/account").status_code == 200
    assert house.device(cookie=f"{COOKIE}={before}").get("/account").status_code == 401


def test_the_page_is_for_who_is_signed_in(house: Served):
    assert house.as_lead().get("/account").status_code == 401
    assert house.as_lead().post("/account/password", data={"password": PASSWORD}).status_code == 401
    assert house.as_lead().post("/account/sessions", data={"password": PASSWORD}).status_code == 401
