"""Passkeys of accounts: kept, named, used, removed. What they sign is checked in `ttx.web.passkeys`."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, delete, func, insert, select, update

from ttx.store.accounts import NotAccepted
from ttx.store.database import Store
from ttx.store.tables import accounts, moment_of, passkeys, stamp

AT_MOST = 20
LONGEST = 60
"""Characters a passkey's name may have."""
UNNAMED = "Passkey"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey; `count` is how often its authenticator says it has signed, 0 for one that does not count."""

    id: str
    account: str
    handle: str
    public_key: bytes
    count: int
    name: str
    created_at: datetime
    used_at: datetime | None


def handle_of(store: Store, account: str) -> str:
    """What authenticators know an account by, the same for all its passkeys; it says nothing of it. Raises NotRead."""
    with store.read("The passkeys of an account") as connection:
        known = connection.scalar(select(passkeys.c.handle).where(passkeys.c.account == account).limit(1))
    return str(known) if known is not None else secrets.token_urlsafe(32)


def passkeys_of(store: Store, account: str) -> list[Passkey]:
    """The passkeys of an account, oldest first. Raises NotRead."""
    wanted = select(passkeys).where(passkeys.c.account == account).order_by(passkeys.c.created_at, passkeys.c.id)
    with store.read("The passkeys of an account") as connection:
        return [_passkey(row) for row in connection.execute(wanted)]


def passkey_of(store: Store, id: str) -> Passkey | None:  # noqa: A002  (what WebAuthn calls it)
    """The passkey with this id, of an account that is not disabled. Raises NotRead."""
    wanted = (
        select(passkeys)
        .join_from(passkeys, accounts, passkeys.c.account == accounts.c.name)
        .where(passkeys.c.id == id, accounts.c.disabled_at.is_(None))
    )
    with store.read("A passkey") as connection:
        row = connection.execute(wanted).first()
    return _passkey(row) if row is not None else None


def add_passkey(
    store: Store,
    account: str,
    id: str,  # noqa: A002
    handle: str,
    public_key: bytes,
    count: int,
    name: str,
    now: datetime | None = None,
) -> None:
    """Keep a passkey. Raises NotAccepted for one that is known already or one too many, NotRecorded."""
    mine = passkeys.c.account == account
    with store.write(f"A passkey of {account}", beside=True) as connection:
        if connection.scalar(select(passkeys.c.id).where(passkeys.c.id == id)) is not None:
            raise NotAccepted("This passkey is known here already. Nothing was changed.")
        if (connection.scalar(select(func.count()).select_from(passkeys).where(mine)) or 0) >= AT_MOST:
            raise NotAccepted(f"An account has at most {AT_MOST} passkeys. Remove one that is not used any more.")
        connection.execute(
            insert(passkeys).values(
                id=id,
                account=account,
                handle=handle,
                public_key=public_key,
                count=count,
                name=_named(name),
                created_at=stamp(now or datetime.now(UTC)),
            )
        )


def note_use(store: Store, passkey: Passkey, count: int, now: datetime | None = None) -> bool:
    """Note that a passkey was used, and its new count; False if another use came first. Raises NotRecorded."""
    used = update(passkeys).where(passkeys.c.id == passkey.id, passkeys.c.count == passkey.count)
    with store.write("The use of a passkey", beside=True) as connection:
        changed = connection.execute(used.values(count=count, used_at=stamp(now or datetime.now(UTC))))
    return changed.rowcount == 1


def rename_passkey(store: Store, account: str, id: str, name: str) -> None:  # noqa: A002
    """Another name; one that is not the account's stays as it is. Raises NotRecorded."""
    with store.write("The name of a passkey", beside=True) as connection:
        connection.execute(
            update(passkeys).where(and_(passkeys.c.id == id, passkeys.c.account == account)).values(name=_named(name))
        )


def remove_passkey(store: Store, account: str, id: str) -> None:  # noqa: A002
    """From now on nobody signs in with it; one that is not the account's stays. Raises NotRecorded."""
    with store.write("That a passkey is removed", beside=True) as connection:
        connection.execute(delete(passkeys).where(and_(passkeys.c.id == id, passkeys.c.account == account)))


def _named(name: str) -> str:
    return " ".join(name.split())[:LONGEST] or UNNAMED


def _passkey(row: object) -> Passkey:
    found = row._mapping  # type: ignore[attr-defined]
    return Passkey(
        found["id"],
        found["account"],
        found["handle"],
        found["public_key"],
        found["count"],
        found["name"],
        moment_of(found["created_at"]),
        moment_of(found["used_at"]) if found["used_at"] is not None else None,
    )
