"""Which devices and programs may act from which seats right now, for those who keep sockets open for long."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from ttx.store.database import Store
from ttx.store.factors import demanded
from ttx.store.sessions import IDLE
from ttx.store.tables import accounts, seats, session_seats, sessions, stamp, tokens

Grant = tuple[str, str]
"""The id of a session, or the hash of a token, and the id of the seat it may act from."""


def grants(store: Store, exercise: str, now: datetime | None = None, idle: timedelta = IDLE) -> frozenset[Grant]:
    """Every grant of an exercise that holds: by a seat's code, by a staff account, by a token. Raises NotRead."""
    now = now or datetime.now(UTC)
    good = (
        sessions.c.revoked_at.is_(None),
        sessions.c.expires_at > stamp(now),
        sessions.c.seen_at >= stamp(now - idle),
        seats.c.revoked_at.is_(None),
        seats.c.exercise == exercise,
        demanded(sessions.c.token_hash, store.strong),
    )
    sitting = (
        select(session_seats.c.session, session_seats.c.seat)
        .join_from(session_seats, seats, session_seats.c.seat == seats.c.id)
        .join(sessions, sessions.c.token_hash == session_seats.c.session)
        .where(*good, session_seats.c.revoked_at.is_(None))
    )
    signed_in = (
        select(sessions.c.token_hash, seats.c.id)
        .join_from(sessions, accounts, sessions.c.account == accounts.c.name)
        .join(seats, seats.c.account == accounts.c.name)
        .where(*good, accounts.c.disabled_at.is_(None))
    )
    programs = (
        select(tokens.c.hash, tokens.c.seat)
        .join_from(tokens, seats, tokens.c.seat == seats.c.id)
        .where(seats.c.exercise == exercise, seats.c.revoked_at.is_(None), tokens.c.revoked_at.is_(None))
    )
    with store.read(f"The grants of exercise {exercise}") as connection:
        # Twice a second for every room, so without SQLAlchemy's rows around the driver's own tuples.
        queries = (sitting, signed_in, programs)
        return frozenset(row for query in queries for row in connection.execute(query).cursor.fetchall())


def seen(store: Store, there: Collection[str], now: datetime | None = None) -> None:
    """These sessions are there right now, whatever they last asked for. Raises NotRecorded."""
    if not there:
        return
    with store.write("Who is there") as connection:
        connection.execute(
            update(sessions).where(sessions.c.token_hash.in_(there)).values(seen_at=stamp(now or datetime.now(UTC)))
        )
