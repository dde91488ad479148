"""Who is in the room when several processes each know some of it."""

from datetime import UTC, datetime
from typing import cast

from tests.live.words import HEADS, inside
from ttx.live.attendance import Attendance
from ttx.live.elsewhere import NOTHING, Elsewhere, read
from ttx.live.fanout import Member
from ttx.live.wire import Wire
from ttx.pages.around import Presence

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
KESTRIA = ("Kestria", "T1")


def device(name: str, session: str) -> Member:
    seat = HEADS[name]
    audience = inside(seat)
    assert audience is not None
    return Member(audience, seat.id, session, cast(Wire, None), lambda code, why: None)


def test_devices_of_two_processes_are_counted_together_and_one_in_both_once():
    here, there = Attendance(), Attendance()
    here.comes(device("Kestria", "one"))
    there.comes(device("Kestria", "one"))
    there.comes(device("Kestria", "two"))

    assert here.hears_from("there", there.told()) == frozenset({KESTRIA})
    assert here.present[KESTRIA].connected == 2
    assert here.connected(HEADS["Kestria"].id) == 2
    assert here.is_here(("two", HEADS["Kestria"].id))


def test_what_is_written_elsewhere_is_seen_here():
    here, there = Attendance(), Attendance()
    there.comes(device("Kestria", "two"))
    there.writes(device("Kestria", "two"), "D1-01:q1", NOW)
    here.hears_from("there", there.told())

    assert here.present[KESTRIA].writing == ("D1-01:q1",)
    assert here.hands("Kestria") == {("two", HEADS["Kestria"].id): ("D1-01:q1",)}
    assert not here.anybody_writes  # that they stop is seen there, and told


def test_a_place_is_empty_once_it_is_in_every_process():
    here, there = Attendance(), Attendance()
    here.comes(device("Kestria", "one"))
    there.comes(device("Kestria", "two"))
    here.hears_from("there", there.told())
    here.goes(device("Kestria", "one"), NOW)
    assert here.present[KESTRIA] == Presence(1)

    there.goes(device("Kestria", "two"), NOW.replace(minute=5))
    here.hears_from("there", there.told())
    assert here.present[KESTRIA] == Presence(0, NOW.replace(minute=5))


def test_a_process_that_is_not_heard_of_any_more_had_nobody():
    here, there = Attendance(), Attendance()
    there.comes(device("Kestria", "two"))
    here.hears_from("there", there.told())

    assert here.hears_from("there", NOTHING) == frozenset({KESTRIA})
    assert here.present[KESTRIA].connected == 0
    assert here.processes() == frozenset()
    assert here.hears_from("there", NOTHING) is None


def test_what_is_told_is_read_as_it_was_and_what_is_not_understood_is_nothing():
    there = Attendance()
    there.comes(device("Kestria", "two"))
    there.writes(device("Kestria", "two"), "D1-01:q1", NOW)
    there.comes(device("Tamarinda", "three"))
    there.goes(device("Tamarinda", "three"), NOW)

    assert read(there.told().text()) == there.told() != NOTHING
    assert [read(text) for text in ("", "{}", "[]", '{"devices": [[1]]}')] == [NOTHING] * 4
    assert read(NOTHING.text()) == Elsewhere()
