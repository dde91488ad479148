import pytest

from tests.scenario.asking import LANTERN, asked, ids, inject, small
from ttx.scenario.changes import NotChanged, reverted, undone
from ttx.scenario.undoing import Touched, spoken


def test_an_older_change_is_undone_while_a_newer_one_stays():
    old = asked(LANTERN, "write_inject", day=1, inject="D1-02", fields={"title": "Older"})
    new = asked(old.texts, "write_inject", day=1, inject="D1-01", fields={"text": "Newer\n\nwords\n\nhere"})

    after = undone(new.texts, old.touched, old.splices).texts

    assert (
        after == asked(LANTERN, "write_inject", day=1, inject="D1-01", fields={"text": "Newer\n\nwords\n\nhere"}).texts
    )


def test_a_field_is_undone_in_an_inject_that_others_have_written_since():
    old = asked(LANTERN, "write_inject", day=1, inject="D1-02", fields={"minutes": 3})
    new = asked(old.texts, "write_inject", day=1, inject="D1-02", fields={"at": "09:56", "session": "d1-s2"})

    after = undone(new.texts, old.touched, old.splices).texts

    assert inject(after, "D1-02")["minutes"] == inject(LANTERN, "D1-02")["minutes"]
    assert inject(after, "D1-02")["at"] == "09:56"


def test_lines_that_somebody_has_written_between_do_not_keep_a_change_from_being_undone():
    there = inject(LANTERN, "D1-02")
    old = asked(LANTERN, "write_inject", day=1, inject="D1-02", fields={"to": {"groups": ["TFPP"]}, "sender": "x"})
    new = asked(old.texts, "write_inject", day=1, inject="D1-02", fields={"plenary": True})

    after = undone(new.texts, old.touched, old.splices).texts

    assert inject(after, "D1-02") == there | {"plenary": True}


def test_a_field_that_somebody_wrote_since_is_not_undone():
    old = asked(LANTERN, "write_inject", day=1, inject="D1-02", fields={"minutes": 3})
    new = asked(old.texts, "write_inject", day=1, inject="D1-02", fields={"minutes": 4})

    with pytest.raises(NotChanged, match="D1-02 was changed again since, in minutes"):
        undone(new.texts, old.touched, old.splices)


def test_a_deleted_inject_comes_back_between_injects_that_moved_on():
    done = asked(LANTERN, "delete_inject", inject="D1-02")
    more = asked(done.texts, "write_inject", day=1, inject="D1-01", fields={"notes": "Other\n\nnotes"})

    after = undone(more.texts, done.touched, done.splices)

    assert inject(after.texts, "D1-02") == inject(LANTERN, "D1-02")
    assert inject(after.texts, "D1-01")["notes"] == "Other\n\nnotes"
    assert after.days == {1}


def test_taking_back_says_whether_it_brought_something_back_or_took_it_out():
    deleted = asked(small(), "delete_inject", inject="D1-02")
    added = asked(small(), "add_inject", day=1, after="D1-02", fields={"id": "NEW"})
    day = asked(small(), "delete_day", day=2)
    written = asked(small(), "write_inject", day=1, inject="D1-02", fields={"title": "Other"})
    moved = asked(small(), "move_inject", day=2, inject="D1-09", after="D2-01")

    said = [undone(one.texts, one.touched, one.splices).sentence for one in (deleted, added, day, written, moved)]

    assert said == [
        "Brought back D1-02.",
        "Took NEW out again.",
        "Brought back day 2.",
        "Undid a change of D1-02.",
        "Undid a change of D1-09.",
    ]


def test_an_added_inject_that_somebody_wrote_since_is_not_taken_away():
    done = asked(LANTERN, "add_inject", day=1, after="D1-01")
    ident = done.touched[0].inject
    more = asked(done.texts, "write_inject", day=1, inject=ident, fields={"text": "Hours of work"})

    with pytest.raises(NotChanged, match="was changed again since"):
        undone(more.texts, done.touched, done.splices)


def test_an_undo_is_undone_like_any_change():
    done = asked(LANTERN, "write_inject", day=1, inject="D1-02", fields={"id": "NEW", "title": "x"})
    back = undone(done.texts, done.touched, done.splices)

    assert back.texts == LANTERN
    assert undone(back.texts, back.touched, back.splices).texts == done.texts


def test_only_the_last_change_is_reverted():
    first = asked(LANTERN, "write_inject", day=1, inject="D1-02", fields={"minutes": 3})
    second = asked(first.texts, "write_inject", day=1, inject="D1-02", fields={"minutes": 4})

    assert reverted(second.texts, second.splices) == first.texts
    with pytest.raises(NotChanged):
        reverted(second.texts, first.splices)


# What others have built upon


def test_an_inject_does_not_come_back_while_another_day_has_one_of_its_id():
    gone = asked(small(), "delete_inject", inject="D1-09")
    renamed = asked(small(), "write_inject", day=1, inject="D1-09", fields={"id": "D1-77"})

    for done in (gone, renamed):
        since = asked(done.texts, "add_inject", day=2, after="D2-01", fields={"id": "D1-09"})
        with pytest.raises(NotChanged, match="There is another D1-09 by now"):
            undone(since.texts, done.touched, done.splices)


def test_what_others_name_by_now_is_not_undone_away():
    inject_ = asked(small(), "add_inject", day=1, after="D1-02", fields={"id": "NEW"})
    needed = asked(inject_.texts, "write_inject", day=2, inject="D2-01", fields={"needs": ["NEW"]})
    session = asked(small(), "add_session", day=1, after="rescue", fields={"id": "late"})
    held = asked(session.texts, "write_inject", day=1, inject="D1-09", fields={"session": "late"})

    with pytest.raises(NotChanged, match=r"needed by D2-01\. Change that first"):
        undone(needed.texts, inject_.touched, inject_.splices)
    with pytest.raises(NotChanged, match=r"needed by D1-09\. Change that first"):
        undone(held.texts, session.touched, session.splices)
    assert "NEW" not in ids(undone(inject_.texts, inject_.touched, inject_.splices).texts, 1)


def test_a_link_that_led_nowhere_before_leads_there_again():
    torn = small() | {"day-2.yaml": small()["day-2.yaml"].replace("    to: all", "    next: [gone]\n    to: all", 1)}
    mended = asked(torn, "write_inject", day=2, inject="D2-01", fields={"next": None})

    assert undone(mended.texts, mended.touched, mended.splices).texts == torn


def test_many_pieces_are_counted_and_not_named():
    def one(inject: str | None, *location: str) -> Touched:
        return Touched("day-1.yaml", location, 1, inject, None, None)

    many = (*(one(f"D1-{n:02}", "injects", f"D1-{n:02}") for n in range(62)), one(None, "sessions", "s1"),
            one(None, "title"))  # fmt: skip

    assert spoken(many) == "62 injects, 1 session and 1 other field"
    assert spoken(many[:2]) == "D1-00 and D1-01"
