"""The doorbell on a NATS server: heard at once, lost without harm, and there again when the server is."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nats
import pytest

from tests.cli.words import Ttx
from tests.nats import Nats
from tests.web.words import SCENARIO, roster
from ttx.exercise.requests import Announce
from ttx.exercise.rights import Seat
from ttx.live import rooms
from ttx.pages.environment import pages_of
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store import log
from ttx.store.bus import SUBJECT, BusBell, obstacle
from ttx.store.database import Store

LEAD = Seat("lead", "x", Role.LEAD_FACILITATOR)


@pytest.fixture
def server() -> Iterator[Nats]:
    server = Nats().start()
    yield server
    server.stop()


@pytest.fixture
def bells(server: Nats) -> Iterator[Callable[[], BusBell]]:
    hung: list[BusBell] = []

    def hang() -> BusBell:
        hung.append(BusBell(server.address))
        return hung[-1]

    yield hang
    for bell in hung:
        bell.close()


def rung_until_heard(rings: BusBell, listens: BusBell, exercise: str, head: int) -> dict[str, int]:
    """Ring until it is heard, as a line may still be on its way to the server; what is heard first."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        rings.ring(exercise, head)
        if heard := listens.heard(0.1):
            return heard
    raise AssertionError("nothing is heard")


def test_who_listens_hears_the_furthest_of_each_exercise(bells: Callable[[], BusBell]):
    listens, rings = bells(), bells()
    rung_until_heard(rings, listens, "first", 1)
    for exercise, head in (("a", 2), ("b", 7), ("a", 9), ("a", 8)):
        rings.ring(exercise, head)

    heard: dict[str, int] = {}
    end = time.monotonic() + 60
    while heard.get("a") != 9 and time.monotonic() < end:
        heard |= {one: max(head, heard.get(one, 0)) for one, head in listens.heard(0.1).items()}
    assert {one: heard[one] for one in ("a", "b")} == {"a": 9, "b": 7}


def test_nobody_rings_nothing_is_heard(bells: Callable[[], BusBell]):
    assert bells().heard(0.05) == {}


def test_what_is_no_ring_is_not_heard(server: Nats, bells: Callable[[], BusBell]):
    listens, rings = bells(), bells()
    rung_until_heard(rings, listens, "first", 1)

    async def mischief() -> None:
        line = await nats.connect(server.address)
        for said in (b"", b"\xff\xfe", b"exercise", b"exercise -3", b"exercise 3 4"):
            await line.publish(SUBJECT, said)
        await line.publish(SUBJECT, b"last 5")
        await line.drain()

    asyncio.run(mischief())
    heard: dict[str, int] = {}
    end = time.monotonic() + 60
    while "last" not in heard and time.monotonic() < end:
        heard |= listens.heard(0.1)
    assert heard.keys() <= {"first", "last"}
    assert heard["last"] == 5


def test_a_server_that_falls_and_comes_back_is_found_again(server: Nats, bells: Callable[[], BusBell]):
    listens, rings = bells(), bells()
    rung_until_heard(rings, listens, "a", 1)
    server.stop()
    rings.ring("a", 2)
    while listens.heard(0.1):
        pass
    server.start()

    assert rung_until_heard(rings, listens, "a", 3) == {"a": 3}


def test_a_bell_whose_server_is_not_there_closes_like_any_other():
    bell = BusBell(Nats().address)
    bell.ring("a", 1)
    assert bell.heard(0.05) == {}
    bell.close()


@pytest.mark.anyio
async def test_a_room_hears_of_another_process_on_the_bus_long_before_it_looks(
    server: Nats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rooms, "BEAT", 600.0)
    monkeypatch.setattr("ttx.store.ringing.FileBell.heard", lambda *_: {})
    pages = pages_of(Settings().templates, Settings().static)
    with Store(tmp_path) as here, Store(tmp_path) as there:
        exercise = log.create_exercise(here, SCENARIO, roster())
        houses = [rooms.Rooms(store, pages, among=True, bus=server.address) for store in (here, there)]
        for house in houses:
            house.open()
        left, right = (house.room(exercise) for house in houses)
        async with asyncio.timeout(60):
            while right.state.seq < 3:
                await left.do(LEAD, Announce(do="announce", text="Heard"))
                await asyncio.sleep(0.1)
        for house in houses:
            await house.close()


@pytest.mark.parametrize(
    "address", ["redis://127.0.0.1", "127.0.0.1:4222", "nats://", "nats://host:none", "nats://[::"]
)
def test_an_address_that_is_no_bus_is_refused_with_a_sentence(address: str, ttx: Ttx):
    assert obstacle(address) is not None

    said = ttx("serve", "--data", "d", "--bus", address)
    assert said.code == 1
    assert "NATS server" in said.err


def test_an_address_of_a_bus_is_taken():
    assert [obstacle(one) for one in ("nats://127.0.0.1:4222", "tls://us:word@bus.example.org")] == [None, None]
