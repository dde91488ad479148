"""A scenario is removed for good: nothing of it is left, and what was started from it stays as it was."""

import pytest
from sqlalchemy import func, select

from tests.store.words import Writers, picture, writers
from ttx.exercise.rights import Forbidden
from ttx.scenario.changes import NotChanged
from ttx.scenario.requests import PutPicture
from ttx.store import drafts
from ttx.store.authors import author_by_id, authors_of
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.drafts import NoSuchDraft
from ttx.store.log import scenario_of
from ttx.store.pictures import picture_of, picture_of_draft
from ttx.store.removal import Held, held, remove
from ttx.store.tables import KEPT, pictures
from ttx.store.versions import freeze, start


def puts(desk: Writers, name: str, colour: str) -> None:
    """Have the director put a picture of one colour."""
    drafts.record(
        store=desk.store,
        draft=desk.draft,
        author=desk.director,
        asked=PutPicture(do="put_picture", name=name),
        content=picture(colour),
    )


def rows(store: Store, draft: str) -> dict[str, int]:
    """How many rows of each table name this draft, without those that are empty."""
    with store.read("All tables") as connection:
        found = {
            table.name: connection.scalar(select(func.count()).where(table.c.draft == draft)) or 0
            for table in KEPT
            if "draft" in table.c
        }
    return {name: number for name, number in found.items() if number}


def test_nothing_is_left_of_a_scenario_and_the_others_and_its_exercises_stay(store: Store):
    gone, other = writers(store, {"map.png": picture("red"), "boat.png": picture("blue")}), writers(store)
    puts(other, "map.png", "red")
    gone.writes(gone.sea, "D1-01", title="Later")
    drafts.comment(store, gone.draft, gone.sea, "D1-01", "Why?", None)
    gone.becomes(gone.director, 1, "in_review")
    freeze(store, gone.draft, gone.director)
    gone.writes(gone.land, "D2-01", picture={"file": "boat.png", "alt": "A boat"})
    exercise = start(store, gone.draft, gone.director)
    puts(gone, "once.png", "green")
    gone.asks(gone.director, "drop_picture", name="once.png")
    before = scenario_of(store, exercise)
    authors = len(authors_of(store, gone.draft))
    assert held(store, gone.draft) == Held(7, 1, 2, authors, 1)

    remove(store, gone.director, gone.now().title)

    assert rows(store, gone.draft) == {}
    assert author_by_id(store, gone.sea.id) is None
    with pytest.raises(NoSuchDraft):
        drafts.open_draft(store, gone.draft)
    assert scenario_of(store, exercise) == before
    assert picture_of(store, exercise, "boat.png") is not None
    assert picture_of_draft(store, other.draft, "map.png") == picture("red")
    assert verify(store, exercise).whole
    with store.read("The pictures") as connection:
        left = connection.scalar(select(func.count()).select_from(pictures))
    assert left == 2  # of the exercise; the one that nobody else ever had is gone


def test_only_its_director_removes_a_scenario_and_only_by_its_title(store: Store):
    desk = writers(store)

    with pytest.raises(Forbidden, match="remove the scenario for good"):
        remove(store, desk.sea, desk.now().title)
    with pytest.raises(NotChanged, match=f"called {desk.now().title}"):
        remove(store, desk.director, "Another")

    assert desk.now().head == 0
