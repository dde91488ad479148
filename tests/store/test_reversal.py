"""Whether undo and redo are offered, and why not."""

import pytest

from tests.store.words import Writers
from ttx.scenario.changes import NotChanged
from ttx.store import drafts
from ttx.store.database import Store


def why_not_undone(store: Store, desk: Writers) -> str | None:
    offered = drafts.undoable(store, desk.sea, desk.now())
    assert offered is not None
    return offered.refused


def test_nothing_is_offered_to_be_taken_back_in_a_day_that_is_shut(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One")
    desk.becomes(desk.director, 2, "approved")
    assert why_not_undone(store, desk) is None

    desk.becomes(desk.director, 1, "approved")

    assert why_not_undone(store, desk) == ("Day 1 is approved and takes no changes. Ask the director to open it again.")
    desk.becomes(desk.director, 1, "draft")
    assert why_not_undone(store, desk) is None


def test_what_a_colleague_built_upon_is_offered_with_the_reason_why_it_cannot_be_undone(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One")
    desk.writes(desk.director, "D1-02", notes="Of others")
    assert why_not_undone(store, desk) is None
    desk.writes(desk.director, "D1-02", title="Two")

    assert why_not_undone(store, desk) == "D1-02 was changed again since, in title. Undo that first."
    with pytest.raises(NotChanged, match="Undo that first"):
        drafts.undo(store, desk.draft, desk.sea)
