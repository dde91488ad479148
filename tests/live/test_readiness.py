"""What is open before a server listens."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.web.words import SCENARIO, roster, serving
from ttx.live.readiness import LATELY, ready
from ttx.live.rooms import Rooms
from ttx.pages.environment import pages_of
from ttx.pages.regions import Audience
from ttx.settings import Settings
from ttx.store import log
from ttx.store.database import Store
from ttx.store.seats import seats_of


def begun(folder: Path) -> str:
    """An exercise of which a day is open, and whose server is gone."""
    with serving(folder) as house:
        house.begun()
        return house.exercise


def looked_at(folder: Path, look: Callable[[Rooms], None]) -> None:
    """Look at the rooms of a folder, in a loop, before anybody asks for one."""
    settings = Settings()

    async def scene() -> None:
        with Store(folder) as store:
            rooms = Rooms(store, pages_of(settings.templates, settings.static))
            try:
                look(rooms)
            finally:
                await rooms.close()

    asyncio.run(scene())


def opened(rooms: Rooms) -> int:
    """How many rooms are open."""
    return next(int(figure.samples[0][2]) for figure in rooms.figures() if figure.name == "ttx_rooms")


def test_a_room_that_was_in_use_is_open_and_drawn_before_anybody_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    exercise = begun(tmp_path)
    monkeypatch.setattr("ttx.live.readiness.PATIENCE", 600)

    def look(rooms: Rooms) -> None:
        ready(rooms)

        assert opened(rooms) == 1
        room = rooms.room(exercise)
        monkeypatch.setattr("ttx.pages.regions.draw", lambda *_: pytest.fail("something is drawn only now"))
        audiences = [Audience.of(one.seat) for one in seats_of(room.store, exercise)]
        drawn = {
            room.draw(one.from_inside(), region)
            for one in audiences
            if one is not None
            for region in room.regions(one.from_inside())
        }
        assert len(drawn) > 20

    looked_at(tmp_path, look)


def test_one_that_rests_or_has_not_begun_is_not_opened(tmp_path: Path):
    begun(tmp_path)
    with Store(tmp_path) as store:
        log.create_exercise(store, SCENARIO, roster())

    def look(rooms: Rooms) -> None:
        ready(rooms, datetime.now(UTC) + LATELY + timedelta(minutes=1))
        assert opened(rooms) == 0
        ready(rooms)
        assert opened(rooms) == 1

    looked_at(tmp_path, look)


def test_a_server_starts_also_where_a_room_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    exercise = begun(tmp_path)
    monkeypatch.setattr("ttx.live.readiness._draw", lambda *_: 1 / 0)

    with serving(tmp_path, exercise) as house:
        assert house.stands()["status"] == "running"
