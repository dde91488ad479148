"""Signing in with a provider: to an account that an operator linked, and with nothing that is not as it was asked."""

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.provider import CLIENT, SECRET, Pretender, pretending
from tests.web.words import COOKIE, Browser, Served, serving
from ttx.settings import Settings
from ttx.store import entrances
from ttx.store.accounts import NotAccepted, accounts_of, create_account, disable_account
from ttx.store.entrances import entrances_of
from ttx.store.identities import link, unlink
from ttx.store.seats import hash_of
from ttx.web.provider import misfit
from ttx.web.single_sign_on import NONE_NAMED

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def provider() -> Iterator[Pretender]:
    with pretending() as one:
        yield one


@pytest.fixture(scope="module")
def open_house(provider: Pretender, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = Settings(oidc_issuer=provider.url, oidc_client_id=CLIENT, oidc_secret=SECRET, oidc_name="the Ministry")
    with serving(tmp_path_factory.mktemp("house"), settings=settings) as house:
        create_account(house.store, "ana", PASSWORD)
        link(house.store, "ana", provider.url, "subject", "s-1")
        yield house


@pytest.fixture
def house(open_house: Served, provider: Pretender) -> Served:
    provider.claims, provider.algorithm, provider.described = {}, "ES256", {}
    return open_house


def goes(who: Browser) -> str:
    """Where the browser is sent."""
    reply = who.post("/login/provider")
    assert reply.status_code == 200, reply.text
    return unescape(re.findall(r'class="button primary large" href="([^"]+)"', reply.text)[0])


def comes_back(house: Served, provider: Pretender, who: Browser | None = None, **claims: Any) -> httpx.Response:
    who = who or house.device()
    provider.claims = claims
    return who.get(provider.agrees(goes(who)))


def why(reply: httpx.Response) -> str:
    return " ".join(re.findall(r'class="why" role="alert">([^<]+)<', reply.text))


def test_whoever_is_linked_signs_in_and_nothing_else_is_asked_of_the_provider(house: Served, provider: Pretender):
    who = house.device()
    assert "Sign in with the Ministry" in who.get("/login").text

    reply = comes_back(house, provider, who)

    assert (reply.status_code, reply.headers["location"]) == (303, "/home")
    assert "Signed in as ana" in who.get("/home").text
    assert next((one.way, one.good) for one in entrances_of(house.store, "ana")) == ("single sign-on", True)
    assert set(provider.asked) == {"/.well-known/openid-configuration", "/keys", "/token"}


@pytest.mark.parametrize("methods,strong", [(["pwd", "mfa"], True), (["pwd"], False), (None, False), ("mfa", False)])
def test_it_counts_as_two_factors_if_the_provider_says_so(
    house: Served, provider: Pretender, methods: Any, strong: bool
):
    who = house.device()
    assert comes_back(house, provider, who, amr=methods).status_code == 303

    opened = entrances.opened(house.store, hash_of(who.cookies[COOKIE]))

    assert opened is not None
    assert opened.strong is strong


WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "several audiences and another party": {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
    "several audiences and no party": {"aud": [CLIENT, "somebody-else"]},
    "another issuer": {"iss": "https://evil.example"},
    "an end that is past": {"exp": int(time.time()) - 3600},
    "no end": {"exp": None},
    "a beginning to come": {"iat": int(time.time()) + 3600},
    "no subject": {"sub": None},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_is_not_taken_with(house: Served, provider: Pretender, wrong: str):
    who = house.device()
    reply = comes_back(house, provider, who, **WRONG[wrong])

    assert (reply.status_code, "the provider&#39;s answer was not taken" in reply.text) == (401, True)
    assert who.get("/home").status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256", "another key of the same name"])
def test_a_token_is_not_taken_that_is_signed_by(house: Served, provider: Pretender, algorithm: str):
    provider.algorithm = algorithm

    assert comes_back(house, provider).status_code == 401


def test_an_answer_is_taken_once_by_the_browser_that_asked_and_with_its_own_state(house: Served, provider: Pretender):
    who, other = house.device(), house.device()
    back = provider.agrees(goes(who))

    assert other.get(back).status_code == 401
    assert who.get(back).status_code == 401
    back = provider.agrees(goes(who))
    assert who.get(re.sub("state=[^&]+", "state=another", back)).status_code == 401
    assert who.get(back + "&iss=https://evil.example").status_code == 401
    assert who.get(provider.agrees(goes(who))).status_code == 303


def test_keys_that_are_new_are_fetched_once_a_minute_at_most(house: Served, provider: Pretender):
    comes_back(house, provider)
    provider.algorithm = "another key"
    before = provider.asked.count("/keys")

    for _ in range(3):
        assert comes_back(house, provider).status_code == 401

    assert provider.asked.count("/keys") - before <= 1


def test_whoever_is_not_linked_gets_no_account_and_no_right(house: Served, provider: Pretender):
    who = house.device()
    reply = comes_back(house, provider, who, sub="s-9", email="ana@example.org", email_verified=True)

    assert (reply.status_code, "s-9" in why(reply)) == (403, True)
    assert who.get("/home").status_code == 401
    assert [one.name for one in accounts_of(house.store)] == ["ana"]


def test_an_address_counts_if_it_was_verified_and_stays_its_first_subjects(house: Served, provider: Pretender):
    link(house.store, "ana", provider.url, "email", "Ana@example.org")
    try:
        unverified = comes_back(house, provider, sub="s-2", email="ana@example.org")
        first = comes_back(house, provider, sub="s-2", email="ana@example.org", email_verified=True)
        second = comes_back(house, provider, sub="s-3", email="ana@example.org", email_verified=True)
    finally:
        unlink(house.store, "ana")
        link(house.store, "ana", provider.url, "subject", "s-1")

    assert [one.status_code for one in (unverified, first, second)] == [403, 303, 403]


def test_a_disabled_account_stays_shut_and_a_link_belongs_to_one(house: Served, provider: Pretender):
    create_account(house.store, "bo", PASSWORD)
    link(house.store, "bo", provider.url, "subject", "s-4")
    disable_account(house.store, "bo")

    assert comes_back(house, provider, sub="s-4").status_code == 403
    with pytest.raises(NotAccepted, match="is bo's already"):
        link(house.store, "ana", provider.url, "subject", "s-4")


@pytest.mark.parametrize(
    "described",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/token"}, {"jwks_uri": "file:///etc"}],
)
def test_a_provider_that_describes_itself_otherwise_is_not_asked(tmp_path: Path, described: dict[str, str]):
    with pretending() as provider:
        provider.described = described
        settings = Settings(oidc_issuer=provider.url, oidc_client_id=CLIENT, oidc_secret=SECRET)
        with serving(tmp_path, settings=settings) as house:
            reply = house.device().post("/login/provider")

    assert (reply.status_code, "cannot be reached" in reply.text) == (503, True)
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_without_a_provider_nothing_leads_to_one(tmp_path: Path):
    with serving(tmp_path) as house:
        assert "/login/provider" not in house.device().get("/login").text
        reply = house.device().post("/login/provider")
        assert (reply.status_code, NONE_NAMED in reply.text) == (404, True)
        assert house.device().get("/login/provider/back?code=x&state=y").status_code == 401


@pytest.mark.parametrize(
    "settings,sentence",
    [
        ({}, None),
        ({"oidc_issuer": "https://login.example.org", "oidc_client_id": "x", "oidc_secret": "y"}, None),
        ({"oidc_issuer": "http://login.example.org", "oidc_client_id": "x", "oidc_secret": "y"}, "by https://"),
        ({"oidc_issuer": "https://login.example.org", "oidc_secret": "y"}, "TTX_OIDC_CLIENT_ID is empty"),
        ({"oidc_issuer": "https://login.example.org", "oidc_client_id": "x"}, "needs its secret"),
        (
            {"oidc_issuer": "https://login.example.org", "oidc_client_id": "x", "oidc_secret_file": "/nowhere"},
            "cannot be read",
        ),
    ],
)
def test_settings_that_would_not_work_are_told_at_the_start(settings: dict[str, str], sentence: str | None):
    found = misfit(Settings.model_validate(settings))

    assert (found is None) == (sentence is None)
    assert sentence is None or sentence in (found or "")
