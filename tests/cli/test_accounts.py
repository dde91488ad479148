"""What an operator does about an account's ways in: who signed in, whom a provider knows, a lost factor."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.words import Ttx
from ttx.store import entrances, factors, identities, passkeys
from ttx.store.accounts import create_account
from ttx.store.database import Store
from ttx.store.sessions import open_session, session_of

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "data")
    create_account(store, "Ana", "the tide is late today")
    return store


def test_who_signed_in_and_who_tried_is_told_the_last_one_first(ttx: Ttx, store: Store):
    entrances.note(store, "ana", "password", False, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", now=NOW)
    entrances.note(store, "ana", "passkey", True, session="s", strong=True, now=NOW.replace(hour=10))
    store.close()

    said = ttx("account", "log", "ANA", "--data", "data")
    assert [line.split("  ")[:2] for line in said.out.splitlines()] == [
        ["2026-11-30T10:00:00.000Z", "passkey"],
        ["2026-11-30T09:00:00.000Z", "password, in vain"],
    ]
    told = json.loads(ttx("account", "log", "ana", "--data", "data", "--json").out)
    assert [(one["how"], one["good"]) for one in told["sign_ins"]] == [("passkey", True), ("password", False)]
    assert ttx("account", "log", "bo", "--data", "data").code == 1


def test_what_is_older_than_it_is_kept_and_more_tries_than_are_kept_are_forgotten(store: Store):
    entrances.note(store, "ana", "password", True, session="s", now=NOW.replace(year=2025))
    for minute in range(entrances.FAILED_AT_MOST + 5):
        entrances.note(store, "ana", "password", False, now=NOW.replace(hour=minute // 60, minute=minute % 60))
    entrances.note(store, "nobody", "password", False, now=NOW)

    kept = entrances.entrances_of(store, "ana")
    assert len(kept) == entrances.FAILED_AT_MOST
    assert kept[-1].at == NOW.replace(hour=0, minute=5)
    assert entrances.entrances_of(store, "nobody") == []
    store.close()


def test_an_account_is_linked_to_whom_the_provider_knows_and_unlinked(
    ttx: Ttx, store: Store, monkeypatch: pytest.MonkeyPatch
):
    issuer = "https://login.example.org"
    assert "No provider is set" in ttx("account", "link", "ana", "--subject", "s-1", "--data", "data").err
    monkeypatch.setenv("TTX_OIDC_ISSUER", issuer)

    assert ttx("account", "link", "ana", "--data", "data").code == 1
    assert ttx("account", "link", "ana", "--subject", "s-1", "--data", "data").code == 0
    known = identities.known_as(store, issuer, "s-1", None)
    assert known is not None
    assert known.name == "ana"
    assert identities.known_as(store, "https://evil.example", "s-1", None) is None
    assert (
        ttx("account", "unlink", "Ana", "--data", "data").out == "Ana had 1 link to the provider, and has none now.\n"
    )
    assert identities.known_as(store, issuer, "s-1", None) is None
    store.close()


def test_whoever_lost_passkeys_and_app_is_back_to_the_password_and_signed_out(ttx: Ttx, store: Store):
    passkeys.add_passkey(store, "ana", "id", "handle", b"key", 0, "Lost", NOW)
    secret = factors.begin(store, "ana")
    assert secret
    cookie = open_session(store, "ana")

    said = ttx("account", "forget-factors", "ana", "--data", "data")

    assert said.out == "Ana signs in with the password alone from now on.\n"
    assert passkeys.passkeys_of(store, "ana") == []
    assert not factors.has_app(store, "ana")
    assert session_of(store, cookie) is None
    store.close()
