"""Passkeys: made, named, used at the door, and refused whenever anything about the answer is not as it was asked."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.web.authenticator import PRESENT, Authenticator
from tests.web.test_account import NEW, PASSWORD, signs_in
from tests.web.words import Browser, Served, refused, told
from ttx.settings import Settings
from ttx.store.accounts import create_account, disable_account
from ttx.store.entrances import entrances_of
from ttx.store.passkeys import passkeys_of
from ttx.web.account import NOT_YOURS, TOO_WEAK
from ttx.web.party import misfit
from ttx.web.passkeys import NO_PARTY, NOT_MADE, NOT_TAKEN


def here(house: Served) -> str:
    return house.url.replace("127.0.0.1", "localhost")


def device(house: Served) -> Browser:
    who = house.device()
    who.base_url = httpx.URL(here(house))
    return who


def signed(house: Served, name: str) -> Browser:
    who = device(house)
    assert who.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    return who


def makes(house: Served, who: Browser, name: str = "Blue key", password: str = PASSWORD) -> Authenticator:
    key = Authenticator()
    options = told(200, who.post("/account/passkeys/ask", data={"password": password}))
    made = who.post("/account/passkeys", json={"credential": key.makes(options, here(house)), "name": name})
    assert made.status_code == 303, made.text
    return key


def enters(house: Served, key: Authenticator, who: Browser | None = None, **other: Any) -> httpx.Response:
    who = who or device(house)
    options = told(200, who.post("/login/passkey/ask"))
    return who.post("/login/passkey", json=key.signs(options, other.pop("origin", here(house)), **other))


def with_key(house: Served, name: str) -> Authenticator:
    create_account(house.store, name, PASSWORD)
    return makes(house, signed(house, name))


def test_a_passkey_is_made_named_used_and_removed(house: Served):
    key = with_key(house, "ada")
    who = device(house)

    entered = enters(house, key, who)

    assert (entered.status_code, entered.headers["location"]) == (303, "/home")
    page = who.get("/account").text
    assert "Blue key" in page
    assert re.search(r"<td>passkey</td>", page)
    (kept,) = passkeys_of(house.store, "ada")
    who.post("/account/passkeys/change", data={"which": kept.id, "do": "rename", "name": " Red  key "})
    assert [one.name for one in passkeys_of(house.store, "ada")] == ["Red key"]

    who.post("/account/passkeys/change", data={"which": kept.id, "do": "remove"})

    assert passkeys_of(house.store, "ada") == []
    assert refused(401, enters(house, key)) == NOT_TAKEN


WRONG: dict[str, Callable[[Authenticator], dict[str, Any]]] = {
    "another site's page": lambda key: {"origin": "https://localhost.evil.example"},
    "another domain": lambda key: {"domain": "evil.example"},
    "a person who was not verified": lambda key: {"flags": PRESENT},
    "a question that nobody asked": lambda key: {"challenge": "A" * 43},
    "another account": lambda key: {"handle": "B" * 43},
    "another key": lambda key: {"signer": ec.generate_private_key(ec.SECP256R1())},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_answer_is_not_taken_from(house: Served, wrong: str):
    name = f"bea{list(WRONG).index(wrong)}"
    key = with_key(house, name)

    assert refused(401, enters(house, key, **WRONG[wrong](key))) == NOT_TAKEN
    assert next((one.way, one.good) for one in entrances_of(house.store, name)) == ("passkey", False)
    assert enters(house, key).status_code == 303


def test_a_question_is_answered_once_and_by_the_kind_of_answer_it_was_asked_for(house: Served):
    key = with_key(house, "cleo")
    who = signed(house, "cleo")
    options = told(200, who.post("/login/passkey/ask"))
    answer = key.signs(options, here(house))

    assert who.post("/lock/passkey", json=answer).status_code == 401
    assert refused(401, device(house).post("/login/passkey", json=answer)) == NOT_TAKEN
    options = told(200, who.post("/login/passkey/ask"))
    answer = key.signs(options, here(house))
    assert who.post("/login/passkey", json=answer).status_code == 303
    assert refused(401, device(house).post("/login/passkey", json=answer)) == NOT_TAKEN


def test_a_count_that_goes_back_tells_of_a_copy_and_is_not_taken(house: Served):
    key = with_key(house, "dora")
    key.count = 7
    assert enters(house, key).status_code == 303

    key.count = 7
    assert enters(house, key).status_code == 401
    key.count = 6
    assert enters(house, key).status_code == 401
    key.count = 8
    assert enters(house, key).status_code == 303


@pytest.mark.parametrize(
    "answer", [{}, {"id": 1, "response": None}, {"id": "x", "response": {"clientDataJSON": "e30"}}]
)
def test_nonsense_is_refused_with_a_sentence(house: Served, answer: dict[str, Any]):
    assert refused(401, device(house).post("/login/passkey", json=answer)) == NOT_TAKEN
    create_account(house.store, f"emil{len(str(answer))}", PASSWORD)
    who = signed(house, f"emil{len(str(answer))}")
    assert refused(422, who.post("/account/passkeys", json={"credential": answer})) == NOT_MADE


def test_a_passkey_of_a_disabled_account_opens_nothing(house: Served):
    key = with_key(house, "fay")
    disable_account(house.store, "fay")

    assert refused(401, enters(house, key)) == NOT_TAKEN


def test_making_one_takes_the_password_and_where_one_is_there_no_less_than_that(house: Served):
    create_account(house.store, "gus", PASSWORD)
    who = signed(house, "gus")
    assert refused(422, who.post("/account/passkeys/ask", data={"password": "wrong wrong wrong"})) == NOT_YOURS
    key = makes(house, who)

    assert refused(422, who.post("/account/passkeys/ask", data={"password": PASSWORD})) == TOO_WEAK
    assert enters(house, key, who).status_code == 303
    makes(house, who, "A second one", password="")
    assert len(passkeys_of(house.store, "gus")) == 2


def test_the_answer_to_making_one_is_that_of_the_browser_that_asked(house: Served):
    create_account(house.store, "hal", PASSWORD)
    create_account(house.store, "ida", PASSWORD)
    asked, other = signed(house, "hal"), signed(house, "ida")
    options = told(200, asked.post("/account/passkeys/ask", data={"password": PASSWORD}))

    reply = other.post("/account/passkeys", json={"credential": Authenticator().makes(options, here(house))})

    assert refused(422, reply) == NOT_MADE
    unverified = Authenticator().makes(
        told(200, asked.post("/account/passkeys/ask", data={"password": PASSWORD})), here(house), flags=PRESENT
    )
    assert refused(422, asked.post("/account/passkeys", json={"credential": unverified})) == NOT_MADE


def test_just_after_a_passkey_nobody_is_asked_for_the_password(house: Served):
    key = with_key(house, "jan")
    who = device(house)
    enters(house, key, who)

    assert 'name="password"' not in who.get("/account").text
    changed = who.post("/account/password", data={"new": NEW, "again": NEW})

    assert changed.status_code == 303
    assert "Another browser" not in who.get("/account").text


def test_at_an_address_that_is_no_name_there_are_no_passkeys(house: Served):
    create_account(house.store, "kim", PASSWORD)
    who = signs_in(house, "kim")

    assert "Under this address there are none" in who.get("/account").text
    assert refused(422, who.post("/account/passkeys/ask", data={"password": PASSWORD})) == NO_PARTY
    assert refused(422, who.post("/login/passkey/ask")) == NO_PARTY


@pytest.mark.parametrize(
    "domain,address,sentence",
    [
        ("", "", None),
        ("", "http://10.0.0.4:8000", None),
        ("", "https://ttx.example.org", None),
        ("example.org", "https://ttx.example.org:8443", None),
        ("localhost", "http://localhost:8000", None),
        ("example.org", "", "Set TTX_PUBLIC_ADDRESS"),
        ("example.org", "https://ttx.example.com", "is not within it"),
        ("ample.org", "https://ttx.example.org", "is not within it"),
        ("ttx.example.org", "http://ttx.example.org", "Passkeys take TLS"),
        ("10.0.0.4", "https://10.0.0.4", "a domain such as"),
        ("org", "https://ttx.example.org", "a domain such as"),
    ],
)
def test_settings_that_no_browser_would_give_a_passkey_for_are_refused_at_the_start(
    domain: str, address: str, sentence: str | None
):
    found = misfit(Settings(passkey_domain=domain, public_address=address))

    assert (found is None) == (sentence is None)
    assert sentence is None or sentence in (found or "")
