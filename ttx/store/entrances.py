"""Who signed in to an account, when, how and with what; and who tried. Kept for a bounded time."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, insert, select

from ttx.store.database import Store
from ttx.store.tables import accounts, entrances, moment_of, stamp

KEPT = timedelta(days=90)
FAILED_AT_MOST = 200
"""Tries in vain that are kept of an account: guessing must not fill the disk."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """One try at an account. `way` says with what, `device` with which browser, as it called itself."""

    at: datetime
    way: str
    good: bool
    device: str


@dataclass(frozen=True, slots=True)
class Opened:
    """How a session was opened. `strong`: with two factors."""

    way: str
    strong: bool
    at: datetime


def note(
    store: Store,
    account: str,
    way: str,
    good: bool,
    device: str = "",
    session: str | None = None,
    strong: bool = False,
    kept: timedelta = KEPT,
    now: datetime | None = None,
) -> None:
    """Note that somebody signed in and opened this session, or tried in vain; nothing for a name that is no account's.

    What is older than `kept` is forgotten. Raises NotRecorded.
    """
    now = now or datetime.now(UTC)
    mine = entrances.c.account == account
    failed = and_(mine, entrances.c.good.is_(False))
    with store.write("Who signed in", beside=True) as connection:
        if connection.scalar(select(accounts.c.name).where(accounts.c.name == account)) is None:
            return
        connection.execute(
            insert(entrances).values(
                id=secrets.token_hex(8),
                account=account,
                at=stamp(now),
                way=way,
                good=good,
                strong=strong,
                device=device[:200],
                session=session,
            )
        )
        connection.execute(delete(entrances).where(entrances.c.at < stamp(now - kept)))
        oldest = connection.scalar(
            select(entrances.c.at).where(failed).order_by(entrances.c.at.desc()).offset(FAILED_AT_MOST).limit(1)
        )
        if oldest is not None:
            connection.execute(delete(entrances).where(failed, entrances.c.at <= oldest))


def entrances_of(store: Store, account: str, most: int | None = None) -> list[Entrance]:
    """The tries at an account that are kept, the last one first. Raises NotRead."""
    wanted = select(entrances).where(entrances.c.account == account).order_by(entrances.c.at.desc(), entrances.c.id)
    with store.read("Who signed in") as connection:
        return [
            Entrance(moment_of(row.at), row.way, row.good, row.device)
            for row in connection.execute(wanted.limit(most) if most is not None else wanted)
        ]


def in_vain(store: Store, account: str, way: str, since: datetime) -> int:
    """How often this way was tried in vain at an account since then, as far as it is kept. Raises NotRead."""
    wanted = select(entrances.c.id).where(
        entrances.c.account == account, entrances.c.way == way, entrances.c.good.is_(False)
    )
    with store.read("Who tried to sign in") as connection:
        return len(connection.execute(wanted.where(entrances.c.at > stamp(since))).all())


def opened(store: Store, session: str) -> Opened | None:
    """How a session was opened; None for one that nobody signed in with. Raises NotRead."""
    with store.read("How somebody signed in") as connection:
        row = connection.execute(
            select(entrances).where(entrances.c.session == session).order_by(entrances.c.at.desc())
        ).first()
    return Opened(row.way, row.strong, moment_of(row.at)) if row is not None else None
