"""Sitting down: a code typed, scanned or sent, in any spelling; wrong ones; one browser on several seats."""

import re
import secrets
from pathlib import Path

import pytest

from tests.web.words import COOKIE, DEVICE, SCENARIO, Browser, Served, refused, roster, serving, told
from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store.accounts import create_account
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.store.seats import SeatListed
from ttx.web.account import TOO_MANY_HERE
from ttx.web.front import NO_CODE, TOO_OFTEN
from ttx.web.limits import ACCOUNT_TIMES, ADDRESS_TIMES

TRIES = 3
WRONG, WRONG_PASSWORD, PASSWORD = "ZZZZ-9999", "wrong wrong wrong", "a long enough password"
GUESSES = 200


@pytest.fixture
def strict(tmp_path: Path):
    """A server that lets a device try three wrong codes a minute."""
    with serving(tmp_path, settings=Settings(join_tries_per_minute=TRIES)) as house:
        yield house


def tries(who: Browser, code: str) -> int:
    return who.post("/api/v1/join", json={"code": code}).status_code


def known(house: Served) -> Browser:
    """A device that has got in, and so carries a cookie by which it is recognised."""
    who = house.device()
    assert who.get("/join").status_code == 200
    assert DEVICE not in who.cookies
    who.join(house.seat(Role.EVALUATOR))
    assert DEVICE in who.cookies
    return who


def staff(house: Served, name: str) -> Browser:
    """A browser that has signed in to this account."""
    create_account(house.store, name, PASSWORD)
    who = house.device()
    assert signs_in(who, name) == (303, "")
    return who


def signs_in(who: Browser, name: str, password: str = PASSWORD, **headers: str) -> tuple[int, str]:
    """Try a password: the status, and the sentence of a refusal."""
    reply = who.post("/login", data={"name": name, "password": password}, headers=headers)
    return reply.status_code, "" if reply.status_code == 303 else said(reply.text)


def invented() -> str:
    """A cookie as a guesser makes it up."""
    return f"{DEVICE}={secrets.token_urlsafe(16)}..{secrets.token_hex(16)}"


def said(page: str) -> str:
    """The sentence with which the join page refuses."""
    found = re.search(r'role="alert">([^<]+)<', page)
    assert found is not None
    return found[1]


def sits(who: Browser, seat: Seat) -> bool:
    return who.get(f"/s/{seat.id}").status_code == 200


# Three ways in


def test_a_program_joins_by_json_and_learns_its_seat(house: Served):
    listed = house.seat(Role.HEAD, "tamarinda")

    reply = told(200, (who := house.device()).post("/api/v1/join", json={"code": listed.code}))

    assert reply == {
        "exercise": house.exercise,
        "seat": {"id": listed.seat.id, "role": "head", "delegation": "tamarinda", "table": "T2", "language": "en"},
    }
    assert sits(who, listed.seat)


@pytest.mark.parametrize("way", ["form", "link"])
def test_a_browser_joins_and_lands_on_its_page(house: Served, way: str):
    listed, who = house.seat(Role.HEAD), house.device()

    reply = who.post("/join", data={"code": listed.code}) if way == "form" else who.get(f"/j/{listed.code}")

    assert (reply.status_code, reply.headers["location"]) == (303, f"/s/{listed.seat.id}")
    assert COOKIE in who.cookies
    assert sits(who, listed.seat)


@pytest.mark.parametrize("way", ["form", "link"])
def test_an_authors_code_lands_on_his_scenario(house: Served, way: str):
    listed, who = house.author(Role.AUTHOR, "SEA"), house.device()

    reply = who.post("/join", data={"code": listed.code}) if way == "form" else who.get(f"/j/{listed.code}")

    assert (reply.status_code, reply.headers["location"]) == (303, f"/a/{listed.author.id}")
    assert who.get(reply.headers["location"]).status_code == 200


def test_a_program_that_joins_by_an_authors_code_learns_who_it_is(house: Served):
    listed = house.author(Role.AUTHOR, "LAND")

    reply = told(200, house.device().post("/api/v1/join", json={"code": listed.code}))

    assert reply == {
        "draft": house.draft,
        "author": {"id": listed.author.id, "role": "author", "group": "LAND", "name": "Lars"},
    }


def test_joining_again_keeps_the_session(house: Served):
    listed, who = house.seat(Role.HEAD), house.device()
    first = (who.get(f"/j/{listed.code}"), who.cookies[COOKIE])[1]

    again = who.get(f"/j/{listed.code}")

    assert "set-cookie" not in again.headers
    assert who.cookies[COOKIE] == first


def spellings(listed: SeatListed) -> list[str]:
    plain = listed.code.replace("-", "")
    return [
        plain,
        plain.lower(),
        listed.code,
        f"  {plain[:4]} {plain[4:]}  ",
        " ".join(plain),
        f"{plain[:4]}\N{EM DASH}{plain[4:]}",
        f"{plain[:2]}\N{NO-BREAK SPACE}{plain[2:6]}\N{NON-BREAKING HYPHEN}{plain[6:]}",
        "".join(chr(ord(sign) + 0xFEE0) for sign in plain),
        f"{plain}\n",
        f"\N{ZERO WIDTH SPACE}{plain}",
    ]


@pytest.mark.parametrize("number", range(10))
def test_a_code_may_be_spelled_in_any_way(house: Served, number: int):
    listed = house.seat(Role.DELEGATE)
    typed = spellings(listed)[number]

    assert tries(house.device(), typed) == 200
    assert house.device().post("/join", data={"code": typed}).status_code == 303


# Wrong ones


def test_a_wrong_code_is_named_in_a_sentence(house: Served):
    api = house.device().post("/api/v1/join", json={"code": "zzzz 9999"})
    form = house.device().post("/join", data={"code": "zzzz 9999"})
    link = house.device().get("/j/ZZZZ9999")

    sentence = "No seat has the code ZZZZ-9999. Check each letter; codes have no O, I, L, 0 or 1."
    assert refused(404, api) == sentence
    assert (form.status_code, said(form.text)) == (404, sentence)
    assert (link.status_code, said(link.text)) == (404, sentence)
    assert 'value="zzzz 9999"' in form.text


@pytest.mark.parametrize("typed", ["", "hello", "ABCD-EFG", "ABCD-EFGH-J", "0000-0000", "<script>", "\N{SNOWMAN}" * 8])
def test_what_can_be_no_code_is_told_what_a_code_looks_like(house: Served, typed: str):
    form = house.device().post("/join", data={"code": typed})

    assert (form.status_code, said(form.text)) == (404, NO_CODE)
    assert refused(404, house.device().post("/api/v1/join", json={"code": typed})) == NO_CODE
    assert "<script>" not in form.text


def test_a_malformed_body_is_no_wrong_code(house: Served):
    for body in (b"", b"{", b"[]", b'{"code": 1}', b'{"cod": "x"}', b'{"code": "' + b"A" * 101 + b'"}'):
        reply = house.device().post("/api/v1/join", content=body, headers={"content-type": "application/json"})

        assert "malformed" in refused(422, reply)


# Too many


def test_a_device_that_tries_too_often_waits_and_another_joins(strict: Served):
    guesser, other = known(strict), known(strict)
    right = strict.seat(Role.HEAD).code

    wrong = [tries(guesser, WRONG) for _ in range(TRIES + 2)]

    assert wrong == [404] * TRIES + [429] * 2
    assert tries(guesser, right) == 429
    assert tries(other, right) == 200
    form = guesser.post("/join", data={"code": right})
    assert (form.status_code, said(form.text)) == (429, TOO_OFTEN)
    reply = guesser.post("/api/v1/join", json={"code": right})
    assert (refused(429, reply), reply.headers["retry-after"]) == (TOO_OFTEN, "60")


def test_right_codes_are_not_counted(strict: Served):
    device, code = known(strict), strict.seat(Role.HEAD).code

    assert {tries(device, code) for _ in range(TRIES * 3)} == {200}
    assert tries(device, WRONG) == 404


def test_a_device_without_a_cookie_joins_by_a_right_code_whatever_others_behind_its_address_did(strict: Served):
    wrong = [tries(strict.device(), WRONG) for _ in range(TRIES * ADDRESS_TIMES + 2)]

    assert wrong == [404] * (TRIES * ADDRESS_TIMES) + [429] * 2
    assert tries(strict.device(), strict.seat(Role.HEAD).code) == 200
    assert tries(known(strict), WRONG) == 404


def test_passwords_are_counted_by_themselves(strict: Served):
    device = staff(strict, "ana")

    assert [signs_in(device, "ana", WRONG_PASSWORD)[0] for _ in range(TRIES + 1)] == [401] * TRIES + [429]
    assert tries(device, WRONG) == 404


def test_whoever_invents_a_cookie_for_each_code_is_counted_with_his_address(strict: Served):
    inside, guesser = known(strict), strict.device()

    wrong = [
        guesser.post("/api/v1/join", json={"code": WRONG}, headers={"cookie": invented()}).status_code
        for _ in range(GUESSES)
    ]

    allowed = TRIES * ADDRESS_TIMES
    assert wrong == [404] * allowed + [429] * (GUESSES - allowed)
    assert tries(inside, WRONG) == 404
    assert tries(strict.device(), strict.seat(Role.HEAD).code) == 200


def test_whoever_invents_a_cookie_for_each_password_is_counted_with_his_address(strict: Served):
    inside, other, guesser = staff(strict, "ana"), known(strict), strict.device()
    create_account(strict.store, "ben", PASSWORD)

    wrong = [signs_in(guesser, f"name {n}", WRONG_PASSWORD, cookie=invented())[0] for n in range(GUESSES)]

    allowed = TRIES * ADDRESS_TIMES
    assert wrong == [401] * allowed + [429] * (GUESSES - allowed)
    assert signs_in(inside, "ana") == (303, "")
    for stranger, name in ((other, "ana"), (inside, "ben")):
        assert signs_in(stranger, name) == (429, TOO_MANY_HERE.format(wait="a minute"))
    inside.cookies.delete(DEVICE)
    inside.post("/lock")
    assert inside.post("/lock/open", data={"password": PASSWORD}).status_code == 204


def test_one_account_is_guessed_at_from_an_address_more_slowly_and_nobody_else_waits_for_that(strict: Served):
    inside, guesser = staff(strict, "ana"), strict.device()
    create_account(strict.store, "ben", PASSWORD)

    wrong = [signs_in(guesser, name, WRONG_PASSWORD)[0] for name in ("ana", "ANA ") * TRIES * ACCOUNT_TIMES]

    allowed = TRIES * ACCOUNT_TIMES
    assert wrong == [401] * allowed + [429] * allowed
    assert signs_in(guesser, "ana") == (429, TOO_MANY_HERE.format(wait="a quarter of an hour"))
    assert signs_in(inside, "ana") == (303, "")
    assert signs_in(strict.device(), "ben") == (303, "")


# Several seats in one browser


def test_two_seats_live_side_by_side_in_one_browser(house: Served):
    lead, hall = house.seat(Role.LEAD_FACILITATOR), house.seat(Role.PROJECTOR)
    browser = house.device().join(lead).join(hall)

    assert sits(browser, lead.seat)
    assert sits(browser, hall.seat)
    assert told(200, browser.get(f"{house.api}?seat={lead.seat.id}"))["available"] is not None
    by_lead = browser.post(f"/s/{lead.seat.id}/do", data={"do": "announce", "text": "From one tab"})
    by_hall = browser.post(f"/s/{hall.seat.id}/do", data={"do": "announce", "text": "From the other"})
    assert (by_lead.status_code, by_hall.status_code) == (200, 403)

    browser.seat = lead.seat
    console = house.screen(browser, after=0)
    browser.seat = hall.seat
    screen = house.screen(browser, after=0)
    assert "desk" in console.regions
    assert "stage" in screen.regions


def test_two_tablets_on_one_seat_are_the_same_delegation(house: Served):
    listed = house.seat(Role.HEAD, "Kestria")
    house.begun()
    one, two = house.device().join(listed), house.device().join(listed)
    screen = house.screen(two)

    seq = told(200, house.answer(one, "From the first tablet"))["seq"]

    assert "From the first tablet" in screen.at(seq).regions["question:D1-01:q1"]


def test_signing_out_ends_every_seat_of_the_browser_and_no_other(house: Served):
    one, two = house.seat(Role.EVALUATOR), house.seat(Role.PROJECTOR)
    browser, other = house.device().join(one).join(two), house.device().join(one)

    browser.post("/logout")

    assert not sits(browser, one.seat)
    assert not sits(browser, two.seat)
    assert sits(other, one.seat)


# In whose language


def test_a_device_that_lost_its_seat_is_told_so_in_the_language_it_read_there(house: Served):
    who = house.device().join(house.seat(Role.HEAD))
    who.post(f"{who.page}/language", data={"language": "fr"})
    who.post("/logout")

    page = who.get(who.page, headers={"accept": "text/html", "accept-language": "en"})

    assert page.status_code == 401
    assert '<html lang="fr"' in page.text
    assert 'href="/join">Rejoindre l’exercice' in page.text


def test_who_may_not_have_what_he_asked_for_is_led_back_to_his_own_page(house: Served):
    who = house.as_head()

    page = who.get(f"{who.page}/report?tier=full", headers={"accept": "text/html"})

    assert page.status_code == 403
    assert f'href="{who.page}">Back' in page.text


def test_a_device_waits_in_the_language_of_the_seat_that_it_asks_for(tmp_path: Path):
    written = roster()
    seats = tuple(one.model_copy(update={"language": "th"}) if one.role is Role.HEAD else one for one in written.seats)
    with Store(tmp_path) as store:
        exercise = create_exercise(store, SCENARIO, written.model_copy(update={"seats": seats}))
    with serving(tmp_path, exercise) as house:
        lead = house.as_lead()
        lead.post(f"{lead.page}/seats/door", data={"keeps": "yes"})

        waits = house.device(**{"accept-language": "en"}).get(f"/j/{house.seat(Role.HEAD).code}")

        assert waits.status_code == 202
        assert '<html lang="th"' in waits.text
