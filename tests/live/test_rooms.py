"""Rooms of several processes on one data directory, their clock, and what happens while nothing can be recorded."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import update

from tests.web.words import SCENARIO, Screen, Served, eventually, refused, roster, serving, told
from ttx.exercise.entries import kind_of
from ttx.exercise.facts import Request
from ttx.exercise.requests import Announce, Asked
from ttx.exercise.rights import Seat
from ttx.live.measures import Measures
from ttx.live.room import Room
from ttx.live.rooms import Rooms
from ttx.pages.environment import pages_of
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store import log
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.obstacles import NotRecorded
from ttx.store.seats import revoke_seat
from ttx.store.tables import exercises

LEAD = Seat("lead", "x", Role.LEAD_FACILITATOR)


@contextmanager
def two(folder: Path) -> Iterator[tuple[Served, Served]]:
    """Two servers on one data directory, each with a database connection of its own."""
    with serving(folder) as one, serving(folder, one.exercise) as other:
        yield one, other


@asynccontextmanager
async def room_of(folder: Path) -> AsyncIterator[Room]:
    """A room, its beat not beating."""
    settings = Settings()
    with Store(folder) as store, ThreadPoolExecutor(1) as writer:
        exercise = log.create_exercise(store, SCENARIO, roster())
        room = Room(store, exercise, pages_of(settings.templates, settings.static), writer, Measures())
        try:
            yield room
        finally:
            await room.close()


def kinds(house: Served) -> list[str]:
    """The kinds of all entries on disk, in order."""
    return [kind_of(one.entry) for one in log.read(house.store, house.exercise)]


# Several processes


def test_what_one_process_records_is_shown_by_the_other(tmp_path: Path):
    with two(tmp_path) as (one, other):
        here, there = one.screen(one.as_head()), other.screen(other.as_head())
        one.begun()

        by_one = told(200, one.answer(one.as_head(), "Said here"))["seq"]
        assert "Said here" in there.at(by_one).regions["question:D1-01:q1"]
        by_other = told(200, other.answer(other.as_head(), "Said there"))["seq"]
        assert "Said there" in here.at(by_other).regions["question:D1-01:q1"]

        here.at(by_other)
        there.at(by_other)
        # Who is connected is each process's own knowledge.
        own = {"hands", "question:D1-01:q1"}
        assert {name for name in here.regions if here.regions[name] != there.regions.get(name)} <= own
        eventually(lambda: one.stands() == other.stands())


def test_a_process_decides_on_what_others_have_written(tmp_path: Path):
    with two(tmp_path) as (one, other):
        other.stands()
        one.done("open_day")
        one.done("release", inject="D1-01")

        sentence = refused(409, other.command(other.as_lead(), "release", inject="D1-01"))
        assert sentence.startswith("D1-01 is already released: ")
        assert kinds(one).count("InjectReleased") == 1


def test_processes_that_write_at_once_make_one_log(tmp_path: Path):
    with two(tmp_path) as (one, other), ThreadPoolExecutor(8) as at_once:
        houses = [one, other] * 40
        one.as_lead(), other.as_lead()

        replies = list(
            at_once.map(
                lambda each: each[1].command(
                    each[1].as_lead(), "announce", f"key-{each[0] // 2}", text=f"{each[0] // 2}"
                ),
                enumerate(houses),
            )
        )  # every key comes once to each

        refusals = [reply for reply in replies if reply.status_code != 200]
        assert {reply.status_code for reply in refusals} <= {409}  # two leads have two seats
        seqs = [reply.json()["seq"] for reply in replies if reply.status_code == 200]
        assert len(set(seqs)) == 40 == kinds(one).count("Announced")
        assert verify(one.store, one.exercise).whole


def test_a_page_drawn_by_one_process_may_open_its_socket_at_another(tmp_path: Path):
    with two(tmp_path) as (one, other):
        other.stands()
        now = one.stands()
        for number in range(5):
            seq = one.done("announce", text=f"{number}")
            screen = Screen(other.line(other.as_head()))
            screen.hello(now["epoch"], seq)

            assert screen.frame()["seq"] == seq


def test_a_timer_ends_by_the_clock_exactly_once(tmp_path: Path):
    with two(tmp_path) as (one, other):
        screens = one.screen(one.as_head()), other.screen(other.as_head())
        one.begun()
        started = one.done("timer", seconds=1)
        running = [screen.at(started).regions["timer"] for screen in screens]

        for screen, before in zip(screens, running, strict=True):
            screen.until(lambda screen, before=before: screen.regions["timer"] != before)  # type: ignore[misc]
        time.sleep(1.2)

        assert kinds(one).count("TimerEnded") == 1
        assert screens[0].regions["timer"] == screens[1].regions["timer"]


def test_a_timer_that_is_taken_away_or_stands_still_does_not_end(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        house.done("timer", seconds=1)
        house.done("timer", seconds=0)
        house.done("timer", seconds=1)
        house.done("pause")
        time.sleep(1.6)
        assert kinds(house).count("TimerEnded") == 0

        house.done("resume")

        eventually(lambda: kinds(house).count("TimerEnded") == 1, 3)


def test_after_a_restore_every_page_is_told_to_resync_and_nothing_is_mixed(tmp_path: Path):
    with serving(tmp_path) as house:
        old = house.stands()
        screens = [house.screen(house.as_lead()), house.screen(house.as_head())]
        with house.store.write("Another epoch") as connection:
            connection.execute(update(exercises).values(epoch="restored"))

        codes = [screen.ended() for screen in screens]
        new = house.stands()

        assert codes == [4001, 4001]
        assert (old["epoch"] == "restored", new["epoch"]) == (False, "restored")
        assert house.screen(house.as_head()).seq == new["seq"]
        house.done("announce", text="Into this one")
        assert kinds(house) == ["ExerciseCreated", "Announced"]


# One room


async def asked(room: Room, *requests: object) -> list[int | Exception]:
    """What comes of requests that wait together."""
    waiting = (room.do(LEAD, cast(Asked, request)) for request in requests)
    found = await asyncio.gather(*waiting, return_exceptions=True)
    return [one for one in found if isinstance(one, int | Exception)]


async def test_requests_that_wait_together_are_decided_in_turn(tmp_path: Path):
    async with room_of(tmp_path) as room:
        answers = await asked(room, *(Announce(do="announce", text=f"{number}") for number in range(50)))

        assert answers == list(range(2, 52))
        assert [one.text for one in room.state.announcements] == [f"{number}" for number in range(50)]


async def test_a_request_that_we_fail_over_costs_the_others_nothing(tmp_path: Path):
    async with room_of(tmp_path) as room:
        answers = await asked(room, Announce(do="announce", text="A"), Request(), Announce(do="announce", text="B"))

        assert [answers[0], answers[2]] == [2, 3]
        assert isinstance(answers[1], KeyError)
        assert await asked(room, Announce(do="announce", text="C")) == [4]


async def test_a_room_that_closes_answers_what_it_writes_and_refuses_what_waits(tmp_path: Path):
    async with room_of(tmp_path) as room:
        first = asyncio.ensure_future(room.do(LEAD, Announce(do="announce", text="Being written")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        second = asyncio.ensure_future(room.do(LEAD, Announce(do="announce", text="Waits")))
        await asyncio.sleep(0)

        await room.close()

        assert await first == 2
        with pytest.raises(NotRecorded, match="letting go"):
            await second
        with pytest.raises(NotRecorded):
            await room.do(LEAD, Announce(do="announce", text="Too late"))
        assert log.head(room.store, room.exercise)[0] == 2


async def test_a_room_whose_record_was_restored_writes_nothing_into_the_other_history(tmp_path: Path):
    async with room_of(tmp_path) as room:
        with room.store.write("Another epoch") as connection:
            connection.execute(update(exercises).values(epoch="restored"))

        with pytest.raises(NotRecorded, match="a backup was restored meanwhile"):
            await room.do(LEAD, Announce(do="announce", text="Into which history?"))
        assert log.head(room.store, room.exercise) == (1, "restored")


async def test_a_caller_who_has_gone_harms_nobody(tmp_path: Path):
    async with room_of(tmp_path) as room:
        impatient = asyncio.ensure_future(room.do(LEAD, Announce(do="announce", text="Never mind")))
        await asyncio.sleep(0)
        impatient.cancel()

        assert await asked(room, Announce(do="announce", text="And now")) == [3]


# While nothing can be recorded


def fill(house: Served, full: bool) -> None:
    """Let the database take no further page, as on a full disk, or as many as it likes."""
    with house.store.write("The room there is") as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if full else 1_000_000}")


LONG = "x" * 2000


@pytest.mark.embedded
def test_a_full_disk_refuses_says_so_on_every_page_and_goes_on_by_itself(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        lead, head = house.screen(house.as_lead()), house.screen(house.as_head())
        acknowledged = [house.done("announce", text="Before")]

        fill(house, True)
        reply, number = None, 0
        while reply is None or reply.status_code == 200:
            number += 1
            reply = house.command(house.as_lead(), "announce", f"key-{number}", text=LONG)
            if reply.status_code == 200:
                acknowledged.append(reply.json()["seq"])

        assert "the disk is full. Free some space" in refused(503, reply)
        for screen in (lead, head):
            screen.until(lambda screen: "Read-only: not recorded." in screen.regions["notice"])
        assert "the disk is full" in refused(503, house.device().get("/readyz"))
        assert house.figure("ttx_recording") == 0
        assert house.stands()["seq"] == acknowledged[-1]
        assert house.as_head().get(house.as_head().page).status_code == 200
        assert "Read-only: not recorded." in house.as_head().get(house.as_head().page).text
        joining = house.device().post("/api/v1/join", json={"code": house.seat(Role.PROJECTOR).code})
        assert joining.status_code in (200, 503)

        time.sleep(1.1)  # the beat tries in vain meanwhile
        assert house.figure("ttx_recording") == 0
        fill(house, False)

        for screen in (lead, head):
            screen.until(lambda screen: "Read-only: not recorded." not in screen.regions["notice"])
        told(200, house.device().get("/readyz"))
        again = told(200, house.command(house.as_lead(), "announce", f"key-{number}", text=LONG))["seq"]
        assert again == acknowledged[-1] + 1
        assert kinds(house).count("Announced") == len(acknowledged) + 1
        assert verify(house.store, house.exercise).whole


@pytest.mark.embedded
def test_a_refusal_on_a_full_disk_does_not_say_that_recording_works(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        fill(house, True)
        while house.command(house.as_lead(), "announce", text=LONG).status_code == 200:
            pass
        screen = house.screen(house.as_head())

        for _ in range(5):
            refused(409, house.command(house.as_lead(), "release", inject="D1-01"))
            assert house.figure("ttx_recording") == 0

        fill(house, False)
        screen.until(lambda screen: "Read-only: not recorded." not in screen.regions["notice"])


@pytest.mark.embedded
def test_a_full_disk_does_not_keep_a_seat_that_was_taken_away(tmp_path: Path):
    """A timer that has run out cannot be recorded as ended; the beat does the rest of its work all the same."""
    with serving(tmp_path) as house:
        house.begun()
        house.done("timer", seconds=1)
        screen = house.screen(house.as_head())
        fill(house, True)
        while house.command(house.as_lead(), "announce", text=LONG).status_code == 200:
            pass
        time.sleep(1.2)

        with Store(tmp_path) as elsewhere:
            revoke_seat(elsewhere, house.as_head().seat.id)

        assert screen.ended(2) == 4401
        fill(house, False)
        eventually(lambda: "TimerEnded" in kinds(house))


def test_ids_in_frames_are_those_of_the_page(tmp_path: Path):
    """The smallest check that a frame is what a page can use: JSON, and each region's root has its id."""
    with serving(tmp_path) as house:
        house.begun()
        for who in (house.as_lead(), house.as_head(), house.as_(Role.PROJECTOR), house.as_(Role.EVALUATOR)):
            screen = house.screen(who, after=0)

            assert json.dumps(screen.frames[0])
            for name, html in screen.regions.items():
                assert f'id="{name}"' in html.split(">", 1)[0], name


async def test_who_lets_a_room_go_that_is_gone_leaves_the_one_in_its_place(tmp_path: Path):
    settings = Settings()
    with Store(tmp_path) as store:
        exercise = log.create_exercise(store, SCENARIO, roster())
        rooms = Rooms(store, pages_of(settings.templates, settings.static))
        gone = rooms.room(exercise)
        await rooms._dismiss(gone)
        there = rooms.room(exercise)

        await rooms._dismiss(gone)

        assert rooms.room(exercise) is there
        await rooms.close()
