"""Pictures in the database: each content once, and only where it was put."""

import pytest
from sqlalchemy import func, select

from tests.store.words import an_exercise, picture, writers
from ttx.store.database import Store
from ttx.store.pictures import contents_of, digest_of, keep, picture_of, picture_of_draft, set_pictures
from ttx.store.tables import pictures


def test_a_content_is_kept_once_under_however_many_names(store: Store):
    with store.write("Pictures") as connection:
        digests = keep(connection, {"one.png": picture("red"), "two.png": picture("red"), "three.png": picture("blue")})

    assert digests["one.png"] == digests["two.png"] == digest_of(picture("red")) != digests["three.png"]
    with store.read("Pictures") as connection:
        assert connection.scalar(select(func.count()).select_from(pictures)) == 2
        assert contents_of(connection, {"x.png": digests["three.png"]}) == {"x.png": picture("blue")}
        with pytest.raises(LookupError):
            contents_of(connection, {"x.png": "none"})


def test_a_picture_is_its_drafts_and_no_others(store: Store):
    one, other = writers(store, {"map.png": picture("red")}), writers(store)

    assert picture_of_draft(store, one.draft, "map.png") == picture("red")
    assert picture_of_draft(store, other.draft, "map.png") is None
    assert picture_of(store, an_exercise(store), "map.png") is None
    with store.write("A picture") as connection:
        set_pictures(connection, one.draft, {"map.png": None})
    assert picture_of_draft(store, one.draft, "map.png") is None
