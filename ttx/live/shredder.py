"""Shreds by itself what the installation does not keep: once an hour it looks for exercises that ended long enough ago.

Every process looks; what another one shredded is none any more. A room that still knows what was said is opened anew.
"""

import asyncio
import contextlib
from datetime import UTC, datetime

import structlog

from ttx.live.rooms import Rooms
from ttx.settings import Settings
from ttx.store.database import Store
from ttx.store.obstacles import NotRead, NotRecorded
from ttx.store.shredding import Shredded, What, due, shred

EVERY = 3600.0
"""Seconds between two looks. Days are promised, so that an hour more is none."""

logger = structlog.get_logger(__name__)


def overdue(store: Store, settings: Settings, now: datetime) -> list[Shredded]:
    """Shred what is due now; what went of which exercise. Raises NotRead, NotRecorded."""
    kept = ((What.PEOPLE, settings.shred_people_days), (What.SAID, settings.shred_said_days))
    done = [
        shred(store, exercise, frozenset({what}), days)
        for what, days in kept
        if days > 0
        for exercise in due(store, days, now)
    ]
    return [one for one in done if one.names or one.bodies]


class Shredder:
    """Looks every hour, from when it is opened until it is closed."""

    def __init__(self, store: Store, rooms: Rooms, settings: Settings) -> None:
        self.store, self.rooms, self.settings = store, rooms, settings
        self._looks: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to look, if the installation has set any days."""
        if self.settings.shred_people_days > 0 or self.settings.shred_said_days > 0:
            self._looks = asyncio.get_running_loop().create_task(self._look())

    async def close(self) -> None:
        """Look no more; what has begun is ended."""
        if self._looks is not None:
            self._looks.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looks

    async def _look(self) -> None:
        while True:
            try:
                await self.once(datetime.now(UTC))
            except (NotRead, NotRecorded) as obstacle:
                logger.warning("shredding", obstacle=str(obstacle))
            except Exception:
                logger.exception("shredding")
            await asyncio.sleep(EVERY)

    async def once(self, now: datetime) -> None:
        """Shred what is due, and let no open room know it any longer."""
        for one in await asyncio.to_thread(overdue, self.store, self.settings, now):
            logger.info("shredded", exercise=one.exercise, names=one.names, bodies=one.bodies)
        if self.settings.shred_said_days > 0:
            for exercise in await asyncio.to_thread(due, self.store, self.settings.shred_said_days, now):
                await self.rooms.forget(exercise)
