"""Two people at once: in different days, in one day, in one inject, in one field. Nothing is lost."""

import threading
from typing import Any

import pytest

from tests.store.words import Writers
from ttx.exercise.rights import Author
from ttx.scenario import material
from ttx.scenario.drafting import said
from ttx.scenario.merging import own, revision
from ttx.store.drafts import Conflict


class Whole:
    """The head and day 1's own fields as they are now."""

    def __init__(self, desk: Writers) -> None:
        texts = desk.now().texts
        self.head: Any
        day: Any
        self.head, day = said(texts["scenario.yaml"], "scenario.yaml"), said(texts["day-1.yaml"], "day-1.yaml")
        self.day = own(day)


def base(desk: Writers, ident: str) -> str:
    """What an editor that shows an inject now sends as the version it began with."""
    return revision(desk.inject(ident))


def sentence(error: pytest.ExceptionInfo[Exception]) -> str:
    """What a refusal says: a whole sentence."""
    said = str(error.value)
    assert said[0].isupper()
    assert said.endswith(".")
    return said


def test_two_who_write_different_fields_of_an_inject_both_keep_theirs(desk: Writers):
    began = base(desk, "D1-02")
    desk.writes(desk.director, "D1-02", began, title="A boat is overdue")

    done = desk.writes(desk.sea, "D1-02", began, text="Nothing is heard.")

    assert (desk.inject("D1-02")["title"], desk.inject("D1-02")["text"]) == ("A boat is overdue", "Nothing is heard.")
    assert done.revision == base(desk, "D1-02")


def test_two_who_write_the_same_field_see_both_texts_and_nothing_is_lost(desk: Writers):
    began, before = base(desk, "D1-02"), desk.inject("D1-02")["title"]
    desk.writes(desk.director, "D1-02", began, title="Theirs", minutes=30)

    with pytest.raises(Conflict) as error:
        desk.writes(desk.sea, "D1-02", began, title="Mine", text="Also mine")

    fields = {name: (one.base, one.theirs, one.mine) for name, one in error.value.fields.items()}
    assert fields == {"title": (before, "Theirs", "Mine")}
    assert "Dana" in sentence(error)
    assert error.value.revision == base(desk, "D1-02")
    assert desk.inject("D1-02")["title"] == "Theirs"
    desk.writes(desk.sea, "D1-02", error.value.revision, title="Mine", text="Also mine")
    assert (desk.inject("D1-02")["title"], desk.inject("D1-02")["minutes"]) == ("Mine", 30)


def test_the_version_somebody_began_with_is_found_behind_many_changes(desk: Writers):
    began = base(desk, "D1-02")
    for number in range(12):
        desk.writes(desk.director, "D1-02", minutes=20 + number + 1)
        desk.writes(desk.land, "D2-01", minutes=20 + number + 1)

    desk.writes(desk.sea, "D1-02", began, title="Mine")

    assert (desk.inject("D1-02")["title"], desk.inject("D1-02")["minutes"]) == ("Mine", 32)


def test_a_renamed_inject_is_a_conflict_with_whoever_renamed_it(desk: Writers):
    began = base(desk, "D1-09")
    desk.writes(desk.director, "D1-09", id="D1-19")
    desk.writes(desk.sea, "D1-02", title="Something else")

    with pytest.raises(Conflict) as error:
        desk.writes(desk.sea, "D1-09", began, title="Mine")
    assert (error.value.by, error.value.revision) == (desk.director, None)


def test_what_is_moved_to_another_day_was_begun_with_there(desk: Writers):
    began = base(desk, "D1-09")
    desk.asks(desk.director, "move_inject", inject="D1-09", day=2, after="D2-01")
    desk.asks(desk.director, "write_inject", day=2, inject="D1-09", fields={"minutes": 33})

    desk.asks(desk.director, "write_inject", day=2, inject="D1-09", fields={"title": "Mine"}, base=began)

    assert (desk.inject("D1-09")["minutes"], desk.inject("D1-09")["title"]) == (33, "Mine")


def test_a_version_that_nobody_knows_is_not_looked_for_in_every_file_there_was(desk: Writers):
    """Reading 200 versions of a day of 300 injects took twenty seconds, in which nobody else could write."""
    for number in range(40):
        desk.writes(desk.sea, "D1-02", minutes=number + 1)

    material._kept.clear()
    with pytest.raises(Conflict) as error:
        desk.writes(desk.sea, "D1-02", "0" * 12, title="Mine")
    with pytest.raises(Conflict):
        desk.asks(desk.sea, "delete_inject", inject="D1-02", base="0" * 12)

    assert error.value.by == desk.sea
    assert len(material._kept) < 10


def test_an_inject_that_is_gone_is_a_conflict_without_fields(desk: Writers):
    began = base(desk, "D1-09")
    desk.asks(desk.director, "delete_inject", inject="D1-09")

    with pytest.raises(Conflict) as error:
        desk.writes(desk.sea, "D1-09", began, title="Mine")
    assert (error.value.fields, error.value.revision) == ({}, None)
    assert "D1-09" in sentence(error)


def test_an_inject_that_changed_is_not_deleted_unseen(desk: Writers):
    began = base(desk, "D1-05")
    desk.writes(desk.director, "D1-05", title="Better")

    with pytest.raises(Conflict):
        desk.asks(desk.sea, "delete_inject", inject="D1-05", base=began)
    assert desk.inject("D1-05")["title"] == "Better"


def test_groups_that_write_their_days_at_once_lose_nothing(desk: Writers):
    def write(who: Author, day: int) -> None:
        for number in range(10):
            desk.asks(who, "add_inject", day=day, after=f"D{day}-01", fields={"id": f"D{day}-{number + 50}"})

    both = [threading.Thread(target=write, args=pair) for pair in ((desk.sea, 1), (desk.land, 2))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert desk.now().head == 20
    assert {desk.inject(f"D{day}-{number + 50}")["id"] for day in (1, 2) for number in range(10)} == {
        f"D{day}-{number + 50}" for day in (1, 2) for number in range(10)
    }


def test_people_who_write_one_day_at_once_lose_nothing(desk: Writers):
    def write(who: Author, first: int) -> None:
        for number in range(first, first + 8):
            desk.adds(who, f"D1-{number}")

    both = [threading.Thread(target=write, args=pair) for pair in ((desk.sea, 20), (desk.director, 40))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert desk.now().head == 16
    assert [desk.inject(f"D1-{number}")["id"] for number in (*range(20, 28), *range(40, 48))]


def test_the_head_and_a_days_own_fields_are_put_together_like_injects(desk: Writers):
    data = Whole(desk)
    desk.asks(desk.lead, "write_head", fields={"summary": "Of the lead"}, base=revision(data.head))
    desk.asks(desk.director, "write_head", fields={"title": "Of the director"}, base=revision(data.head))
    desk.asks(desk.director, "write_day", day=1, fields={"theme": "Of the director"}, base=revision(data.day))
    desk.asks(desk.sea, "write_day", day=1, fields={"title": "Of the group"}, base=revision(data.day))

    with pytest.raises(Conflict) as error:
        desk.asks(desk.sea, "write_day", day=1, fields={"theme": "Mine"}, base=revision(data.day))

    now = Whole(desk)
    assert (now.head["title"], now.head["summary"]) == ("Of the director", "Of the lead")
    assert (now.day["title"], now.day["theme"]) == ("Of the group", "Of the director")
    assert list(error.value.fields) == ["theme"]
    assert error.value.revision == revision(now.day)
