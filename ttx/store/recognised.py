"""Devices that got in once, recognised by their cookie: a number, whom they got in as, and a seal over both.

The key of the seals stands in the database, for all processes and hosts on it, and in no backup: what is restored
makes another, and meets every device as a stranger.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import insert, select

from ttx.store.database import Store
from ttx.store.naming import compared
from ttx.store.tables import meta

KEY = "devices"
"""The name under which the database keeps the key."""


class Recognised:
    """Seals and their proof. The key is read once; nothing else is looked up."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._key: bytes | None = None

    def number(self, cookie: str, account: str = "") -> str | None:
        """The number of the device that has this cookie, if it got in here, and as this account if one is named.

        Raises NotRead.
        """
        said, _, seal = cookie.rpartition(".")
        number, _, whose = said.partition(".")
        key = self._key or self._read()
        if key is None or not hmac.compare_digest(_sealed(key, said).encode(), seal.encode()):
            return None
        return number if not account or whose == _whose(key, account) else None

    def cookie(self, account: str = "") -> str:
        """A cookie for a device that has just got in, as this account or with a code. Raises NotRead, NotRecorded."""
        key = self._key or self._read() or self._make()
        said = f"{secrets.token_urlsafe(16)}.{_whose(key, account) if account else ''}"
        return f"{said}.{_sealed(key, said)}"

    def _read(self) -> bytes | None:
        with self._store.read("The key of devices") as connection:
            kept = connection.scalar(select(meta.c.value).where(meta.c.name == KEY))
        self._key = bytes.fromhex(kept) if kept is not None else None
        return self._key

    def _make(self) -> bytes:
        with self._store.write("The key of devices") as connection:
            kept = connection.scalar(select(meta.c.value).where(meta.c.name == KEY))
            if kept is None:
                kept = secrets.token_hex(32)
                connection.execute(insert(meta).values(name=KEY, value=kept))
        self._key = bytes.fromhex(kept)
        return self._key


def _sealed(key: bytes, said: str) -> str:
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:32]


def _whose(key: bytes, account: str) -> str:
    """An account in a cookie, without its name."""
    return _sealed(key, f"account {compared(account)}")[:16]
