"""Questions that are answered once and soon: what a passkey signs, the state of a single sign-on, a code still to come.

They stand in the database, so that the answer may come to another process than the one that asked.
"""

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select

from ttx.store.database import Store
from ttx.store.seats import hash_of
from ttx.store.tables import challenges, stamp

LASTS = timedelta(minutes=5)


def ask(store: Store, what: str, about: str = "", now: datetime | None = None) -> str:
    """A new question of this kind, 256 random bits. Those that nobody answered in time are forgotten.

    Raises NotRecorded.
    """
    now, token = now or datetime.now(UTC), secrets.token_urlsafe(32)
    with store.write("A question", beside=True) as connection:
        connection.execute(delete(challenges).where(challenges.c.ends_at <= stamp(now)))
        connection.execute(
            insert(challenges).values(hash=hash_of(token), what=what, about=about, ends_at=stamp(now + LASTS))
        )
    return token


def answered(store: Store, token: str, what: str, now: datetime | None = None) -> str | None:
    """What the question was about, the first time it is answered and within five minutes; else None.

    Raises NotRecorded.
    """
    here = challenges.c.hash == hash_of(token)
    with store.write("An answer", beside=True) as connection:
        row = connection.execute(select(challenges).where(here)).first()
        gone = connection.execute(delete(challenges).where(here)).rowcount
    if row is None or gone != 1 or row.what != what or row.ends_at <= stamp(now or datetime.now(UTC)):
        return None
    return str(row.about)
