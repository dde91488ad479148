"""Devices that got in once: what proves it, to which processes, and what does not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from ttx.store.backup import backup, restore
from ttx.store.database import Store
from ttx.store.recognised import KEY, Recognised
from ttx.store.tables import meta


def key_of(store: Store) -> str | None:
    with store.read("The key") as connection:
        return connection.scalar(select(meta.c.value).where(meta.c.name == KEY))


def test_a_device_is_recognised_by_every_process_on_the_database(store: Store):
    cookie = Recognised(store).cookie()

    with Store(store.directory) as other:
        known = Recognised(other)
        number = known.number(cookie)
        assert number
        assert known.number(Recognised(store).cookie()) not in (None, number)
        assert Recognised(store).number(known.cookie()) is not None
        assert Recognised(store).number(cookie) == number


def test_a_device_that_signed_in_to_an_account_is_recognised_there_and_with_codes(store: Store):
    known = Recognised(store)
    cookie = known.cookie("Ana")

    assert known.number(cookie) == known.number(cookie, "ANA ") is not None
    assert known.number(cookie, "ben") is None
    assert known.number(known.cookie(), "ana") is None
    assert "ana" not in cookie.lower()


FORGED: dict[str, Callable[[str], str]] = {
    "nothing": lambda cookie: "",
    "a number as it was before": lambda cookie: cookie.partition(".")[0],
    "no seal": lambda cookie: cookie.rpartition(".")[0] + ".",
    "another number": lambda cookie: "x" + cookie[1:],
    "another seal": lambda cookie: cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
    "an account added": lambda cookie: cookie.replace("..", ".0123456789abcdef."),
    "letters that are none of ours": lambda cookie: cookie[:-1] + "\N{LATIN SMALL LETTER E WITH ACUTE}",
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_not_sealed_here_is_a_stranger(store: Store, forged: str):
    known = Recognised(store)

    assert known.number(FORGED[forged](known.cookie())) is None


def test_while_no_device_got_in_every_cookie_is_a_stranger_and_no_key_is_made(store: Store, tmp_path: Path):
    with Store(tmp_path / "elsewhere") as elsewhere:
        cookie = Recognised(elsewhere).cookie()

    assert Recognised(store).number(cookie) is None
    assert key_of(store) is None
    assert Recognised(store).cookie()
    assert Recognised(store).number(cookie) is None


def test_no_backup_has_the_key_and_what_is_restored_makes_another(store: Store, tmp_path: Path):
    cookie, key = Recognised(store).cookie(), key_of(store)
    backup(store, tmp_path / "backup.sqlite")
    restore(tmp_path / "backup.sqlite", tmp_path / "new")

    assert key is not None
    assert key.encode() not in (tmp_path / "backup.sqlite").read_bytes()
    with Store(tmp_path / "new") as restored:
        known = Recognised(restored)
        assert known.number(cookie) is None
        assert known.number(known.cookie()) is not None
        assert key_of(restored) not in (None, key)
    assert key_of(store) == key
