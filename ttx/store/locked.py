"""Which sessions have their screen locked. What a locked one may still do is `ttx.web.access`."""

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from ttx.store.database import Store
from ttx.store.tables import locked, stamp


def lock(store: Store, session: str, now: datetime | None = None) -> None:
    """Lock the screen of a session. Raises NotRecorded."""
    with store.write("That a screen is locked") as connection:
        connection.execute(delete(locked).where(locked.c.session == session))
        connection.execute(insert(locked).values(session=session, at=stamp(now or datetime.now(UTC))))


def unlock(store: Store, session: str) -> None:
    """Unlock it again. Raises NotRecorded."""
    with store.write("That a screen is unlocked") as connection:
        connection.execute(delete(locked).where(locked.c.session == session))


def is_locked(store: Store, session: str) -> bool:
    """Whether the screen of a session is locked. Raises NotRead."""
    with store.read("Whether a screen is locked") as connection:
        return connection.scalar(select(locked.c.session).where(locked.c.session == session)) is not None
