"""Before a server listens: the rooms that were in use a short while ago are opened, and each of their pages drawn once.

After a restart everybody comes back within a second, and none of them waits then for the log to be read and folded,
nor for templates to be compiled.
"""

import time
from datetime import UTC, datetime, timedelta

import structlog

from ttx.live.room import Room
from ttx.live.rooms import Rooms
from ttx.pages.regions import Audience
from ttx.store import log
from ttx.store.seats import seats_of

LATELY = timedelta(hours=12)
PATIENCE = 5.0
"""Seconds after which a server rather listens; what is left is done when somebody asks for it."""

logger = structlog.get_logger(__name__)


def ready(rooms: Rooms, now: datetime | None = None) -> None:
    """Open what was in use within 12 hours, the last one first. What cannot be opened now is told of, and left."""
    until = time.monotonic() + PATIENCE
    try:
        for exercise in log.lately(rooms.store, (now or datetime.now(UTC)) - LATELY):
            if time.monotonic() > until:
                return
            _draw(rooms.room(exercise), until)
    except Exception:  # whatever it is, whoever asks for that room is told of it, and the others are served
        logger.exception("ready")


def _draw(room: Room, until: float) -> None:
    for one in seats_of(room.store, room.exercise):
        audience = Audience.of(one.seat) if one.revoked_at is None else None
        if audience is None:
            continue
        audience = audience.from_inside()
        for region in room.regions(audience):
            if time.monotonic() > until:
                return
            room.draw(audience, region)
