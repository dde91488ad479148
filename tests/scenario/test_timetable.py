"""Blocks that change places in a day's agenda, and what moves along when one grows."""

from collections.abc import Mapping

from tests.scenario.asking import asked, day, ids, inject, leads, refused, small
from ttx.scenario.changes import undone


def course(texts: Mapping[str, str], number: int = 1) -> dict[str, str]:
    """The beginnings of a day's blocks, in time order."""
    blocks = sorted(day(texts, number)["sessions"], key=lambda one: str(one["start"]))
    return {one["id"]: one["start"] for one in blocks}


def times(texts: Mapping[str, str], number: int = 1) -> dict[str, str]:
    return {one["id"]: one["at"] for one in day(texts, number)["injects"]}


def test_a_block_and_the_one_it_passes_change_places_with_their_injects():
    before = times(small())
    done = asked(small(), "move_session", day=1, session="rescue")

    assert list(course(done.texts)) == ["rescue", "picture", "coffee", "talk"]
    assert next(iter(course(done.texts).values())) == next(iter(course(small()).values()))
    assert ids(done.texts, 1) == ["D1-03", "D1-04A", "D1-04B", "D1-05", "D1-09", "D1-01", "D1-02"]
    assert times(done.texts)["D1-03"] < before["D1-03"]
    assert times(done.texts)["D1-01"] > before["D1-01"]
    assert leads(done.texts, "D1-04A") == ["D1-05"]
    assert undone(done.texts, done.touched, done.splices).texts == small()


def test_a_break_moves_and_the_injects_keep_their_order():
    done = asked(small(), "move_session", day=1, session="coffee", after="rescue")

    assert list(course(done.texts)) == ["picture", "rescue", "coffee", "talk"]
    assert ids(done.texts, 1) == ids(small(), 1)


def test_a_block_is_not_moved_to_where_it_stands_or_beyond_what_there_is():
    assert "stands there already" in refused(small(), "move_session", day=1, session="coffee", after="picture")
    assert "cannot stand after itself" in refused(small(), "move_session", day=1, session="coffee", after="coffee")
    assert "no session nowhere" in refused(small(), "move_session", day=1, session="nowhere")


def test_what_comes_after_a_longer_block_begins_later_if_that_is_asked():
    coffee, before = course(small())["coffee"], times(small())
    longer = {"minutes": next(one["minutes"] for one in day(small(), 1)["sessions"] if one["id"] == "picture") + 15}

    alone = asked(small(), "write_session", day=1, session="picture", fields=longer)
    along = asked(small(), "write_session", day=1, session="picture", fields=longer, along=True)

    assert course(alone.texts)["coffee"] == coffee
    assert (coffee, course(along.texts)["coffee"]) == ("10:00", "10:15")
    assert (before["D1-01"], before["D1-03"]) == (times(along.texts)["D1-01"], "10:15")
    assert times(along.texts)["D1-03"] == "10:30"
    assert "begins 15 minutes later" in along.sentence
    assert undone(along.texts, along.touched, along.splices).texts == small()


def test_injects_move_with_the_start_of_their_block():
    done = asked(small(), "write_session", day=1, session="rescue", fields={"start": "11:00"}, along=True)

    assert inject(done.texts, "D1-03")["at"] > inject(small(), "D1-03")["at"]
    assert course(done.texts)["coffee"] == course(small())["coffee"]


def test_nothing_moves_beyond_midnight():
    said = refused(small(), "write_session", day=1, session="picture", fields={"minutes": 900}, along=True)

    assert "Shorten something first" in said
