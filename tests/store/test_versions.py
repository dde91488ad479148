"""Versions: all files as they once were, kept and put back, and the exercises that start from them."""

import pytest

from tests.store.words import ROSTER, Writers, picture, small_files, writers
from ttx.exercise.rights import Forbidden
from ttx.scenario.changes import NotChanged
from ttx.scenario.findings import Faulty
from ttx.scenario.requests import PutPicture
from ttx.store import drafts
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.history import Kind
from ttx.store.log import KeyReused, exercises, scenario_of
from ttx.store.pictures import picture_of, picture_of_draft
from ttx.store.seats import seats_of
from ttx.store.versions import NoSuchVersion, contents_of, freeze, restore, start, versions_of


def test_a_version_keeps_every_file_and_picture_whatever_comes_later(store: Store):
    desk = writers(store, {"map.png": picture("red")})

    kept = freeze(store, desk.draft, desk.director, "Before the review")
    desk.writes(desk.sea, "D1-01", title="Later")
    desk.asks(desk.director, "drop_picture", name="map.png")

    assert (kept.number, kept.label, kept.author) == (1, "Before the review", desk.director)
    assert [one.number for one in versions_of(store, desk.draft)] == [1]
    files = contents_of(store, desk.draft, 1)
    assert (files.texts, files.pictures) == (small_files(), {"map.png": picture("red")})
    with pytest.raises(NoSuchVersion):
        contents_of(store, desk.draft, 2)


def test_a_version_is_put_back_as_a_change_and_undone_as_one(store: Store):
    desk = writers(store, {"map.png": picture("red")})
    freeze(store, desk.draft, desk.director)
    desk.writes(desk.sea, "D1-01", title="Later")
    desk.asks(desk.director, "add_day", title="Third", theme="More", lead="SEA")
    desk.asks(desk.director, "drop_picture", name="map.png")
    later = desk.now().texts

    restore(store, desk.draft, desk.director, 1)
    assert desk.now().texts == small_files()
    assert picture_of_draft(store, desk.draft, "map.png") == picture("red")
    last = drafts.latest(store, desk.draft)
    assert last is not None
    assert (last.kind, last.sentence) == (Kind.REPLACE, "Version 1 is put back.")
    drafts.undo(store, desk.draft, desk.director)
    assert desk.now().texts == later
    assert desk.now().pictures == {}


def test_putting_back_what_is_there_changes_nothing(store: Store, desk: Writers):
    freeze(store, desk.draft, desk.director)

    with pytest.raises(NotChanged, match="like this already"):
        restore(store, desk.draft, desk.director, 1)


def test_an_approved_day_is_not_put_back_unseen(store: Store, desk: Writers):
    freeze(store, desk.draft, desk.director)
    desk.writes(desk.sea, "D1-01", title="Later")
    desk.becomes(desk.director, 1, "approved")

    with pytest.raises(NotChanged, match="Day 1 is approved"):
        restore(store, desk.draft, desk.director, 1)
    assert desk.inject("D1-01")["title"] == "Later"


def test_versions_and_exercises_are_for_those_who_lead(store: Store, desk: Writers):
    freeze(store, desk.draft, desk.lead)

    for late in (
        lambda: freeze(store, desk.draft, desk.sea),
        lambda: restore(store, desk.draft, desk.sea, 1),
        lambda: start(store, desk.draft, desk.sea),
    ):
        with pytest.raises(Forbidden):
            late()
    with pytest.raises(NotChanged, match="200 characters"):
        freeze(store, desk.draft, desk.director, "w" * 201)


def test_an_exercise_freezes_the_version_it_starts_from(store: Store, desk: Writers):
    drafts.record(store, desk.draft, desk.land, PutPicture(do="put_picture", name="hall.png"), picture("red"))
    desk.writes(desk.land, "D2-01", picture={"file": "hall.png", "alt": "The hall"})

    exercise = start(store, desk.draft, desk.director)
    desk.writes(desk.sea, "D1-01", title="Later")

    assert [one.id for one in exercises(store)] == [exercise]
    assert verify(store, exercise).whole
    assert scenario_of(store, exercise).day(1).injects[0].title == "Crossings double"  # type: ignore[union-attr]
    assert len(seats_of(store, exercise)) == 6
    (version,) = versions_of(store, desk.draft)
    assert version.exercises == (exercise,)
    assert "title: Later" not in contents_of(store, desk.draft, 1).texts["day-1.yaml"]
    assert picture_of(store, exercise, "hall.png") is not None
    assert picture_of(store, exercise, "other.png") is None


def test_an_exercise_starts_with_another_roster_too(store: Store, desk: Writers):
    roster = ROSTER.model_copy(update={"delegations": {"Kestria": ROSTER.delegations["vedra"]}, "seats": ()})
    with pytest.raises(Faulty):  # D1-09 goes to Kestria, who has no seat there
        start(store, desk.draft, desk.director, roster)

    assert exercises(store) == []
    assert versions_of(store, desk.draft) == []


@pytest.mark.parametrize("broken", ["day-1.yaml", "roster.yaml"])
def test_no_exercise_starts_from_a_scenario_with_errors(store: Store, desk: Writers, broken: str):
    texts = {**desk.now().texts, broken: "seats: [\n"}
    drafts.replace(store, desk.draft, desk.director, texts, {}, "Broken.")

    with pytest.raises(Faulty) as error:
        start(store, desk.draft, desk.director)
    assert {one.file for one in error.value.findings} == {broken}
    assert exercises(store) == []


def test_no_exercise_starts_without_a_roster(store: Store, desk: Writers):
    texts = {name: text for name, text in desk.now().texts.items() if name != "roster.yaml"}
    drafts.replace(store, desk.draft, desk.director, texts, {}, "Without.")

    with pytest.raises(NotChanged, match="no roster"):
        start(store, desk.draft, desk.director)


def test_a_double_click_keeps_one_version_and_starts_one_exercise(store: Store, desk: Writers):
    first = freeze(store, desk.draft, desk.director, "Once", key="v")
    begun = start(store, desk.draft, desk.director, key="x")

    assert freeze(store, desk.draft, desk.director, "Once", key="v").number == first.number
    assert start(store, desk.draft, desk.director, key="x") == begun
    assert [one.number for one in versions_of(store, desk.draft)] == [2, 1]
    assert len(exercises(store)) == 1
    with pytest.raises(KeyReused):
        freeze(store, desk.draft, desk.director, "Another", key="v")
    with pytest.raises(KeyReused):
        start(store, desk.draft, desk.director, title="Another", key="x")
