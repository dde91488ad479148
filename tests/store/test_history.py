"""The history of a draft, and the comments on it."""

from itertools import pairwise

import pytest

from tests.store.words import Writers
from ttx.exercise.rights import Author, Forbidden
from ttx.scenario.changes import NotChanged
from ttx.scenario.roster import Role
from ttx.store import drafts
from ttx.store.authors import Invited, NotInvited, invite
from ttx.store.comments import last_said
from ttx.store.database import Store
from ttx.store.history import Kind, history, passed_over
from ttx.store.log import KeyReused
from ttx.store.versions import freeze


def test_the_history_tells_who_did_what_with_both_texts_the_last_first(store: Store, desk: Writers):
    before = desk.inject("D1-02")["title"]
    desk.writes(desk.sea, "D1-02", title="A boat is overdue")
    desk.becomes(desk.land, 2, "in_review")

    review, change = history(store, desk.draft)

    assert (review.author, review.kind, review.sentence) == (desk.land, Kind.STATUS, "Day 2 is in review.")
    assert (change.seq, change.author, change.kind, change.change["do"]) == (1, desk.sea, Kind.CHANGE, "write_inject")
    (piece,) = change.touched
    assert isinstance(piece.before, dict)
    assert isinstance(piece.after, dict)
    assert (piece.before["title"], piece.after["title"]) == (before, "A boat is overdue")
    assert (piece.day, piece.inject, piece.location) == (1, "D1-02", ("injects", "D1-02"))


def test_the_history_of_an_inject_or_a_day_leaves_out_the_others(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One", text="It speaks of D1-01.")
    desk.writes(desk.sea, "D1-01", title="Two")
    desk.writes(desk.land, "D2-01", title="Three")

    assert [one.seq for one in history(store, desk.draft, inject="D1-01")] == [2]
    assert [one.seq for one in history(store, desk.draft, day=1)] == [2, 1]
    assert [one.seq for one in history(store, desk.draft, before=3, limit=1)] == [2]
    assert history(store, desk.draft, inject="%") == []


def test_the_history_says_what_was_taken_back(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One")
    drafts.undo(store, desk.draft, desk.sea)

    undone, change = history(store, desk.draft)
    assert (undone.kind, undone.takes_back, change.taken_back) == (Kind.UNDO, 1, 2)


def test_a_director_takes_back_what_somebody_broke_while_others_wrote_on(store: Store, desk: Writers):
    before = desk.now().texts
    broken = desk.asks(desk.sea, "delete_inject", inject="D1-02")
    desk.writes(desk.land, "D2-01", title="Of others")

    drafts.take_back(store, desk.draft, desk.director, broken.seq)

    assert desk.now().texts["day-1.yaml"] == before["day-1.yaml"]
    assert desk.inject("D2-01")["title"] == "Of others"
    assert drafts.history(store, desk.draft)[-1].taken_back is not None
    with pytest.raises(NotChanged, match="taken back already"):
        drafts.take_back(store, desk.draft, desk.director, broken.seq)
    drafts.undo(store, desk.draft, desk.director)
    with pytest.raises(StopIteration):
        desk.inject("D1-02")


def test_nobody_takes_back_what_he_may_not_write_or_what_wrote_nothing(store: Store, desk: Writers):
    change = desk.writes(desk.sea, "D1-02", title="One")
    desk.becomes(desk.sea, 1, "in_review")

    with pytest.raises(Forbidden):
        drafts.take_back(store, desk.draft, desk.land, change.seq)
    for seq in (change.seq + 1, change.seq + 2):
        with pytest.raises(NotChanged, match="wrote nothing"):
            drafts.take_back(store, desk.draft, desk.director, seq)


def test_comments_stand_at_their_inject_until_they_are_settled(store: Store, desk: Writers):
    number = drafts.comment(store, desk.draft, desk.land, "D1-02", "  Too long?\n")
    drafts.comment(store, desk.draft, desk.sea, "D2-01", "Where is this?")

    (mine,) = drafts.comments(store, desk.draft, "D1-02")
    assert (mine.author, mine.text, mine.resolved_at) == (desk.land, "Too long?", None)
    assert drafts.open_comments(store, desk.draft) == {"D1-02": 1, "D2-01": 1}
    drafts.resolve(store, desk.draft, desk.sea, number)
    assert drafts.open_comments(store, desk.draft) == {"D2-01": 1}
    assert drafts.comments(store, desk.draft, "D1-02")[0].resolved_at is not None
    drafts.resolve(store, desk.draft, desk.land, number, False)
    assert drafts.open_comments(store, desk.draft) == {"D1-02": 1, "D2-01": 1}
    assert desk.now().head == 0


def test_every_comment_and_every_settling_of_one_is_noticed(store: Store, desk: Writers):
    seen = [last_said(store, desk.draft)]
    number = drafts.comment(store, desk.draft, desk.land, "D1-02", "Too long?")
    seen.append(last_said(store, desk.draft))
    drafts.resolve(store, desk.draft, desk.sea, number)
    seen.append(last_said(store, desk.draft))
    drafts.resolve(store, desk.draft, desk.sea, number, False)
    seen.append(last_said(store, desk.draft))

    assert all(one != other for one, other in pairwise(seen))


def test_a_comment_that_is_sent_twice_stands_once(store: Store, desk: Writers):
    first = drafts.comment(store, desk.draft, desk.sea, "D1-02", "Once", key="k")

    assert drafts.comment(store, desk.draft, desk.sea, "D1-02", "Once", key="k") == first
    assert len(drafts.comments(store, desk.draft)) == 1


def test_words_of_another_are_not_taken_for_a_comment_that_came_with_the_same_key(store: Store, desk: Writers):
    drafts.comment(store, desk.draft, desk.sea, "D1-02", "Once", key="k")

    for who, text in ((desk.land, "Once"), (desk.sea, "Twice")):
        with pytest.raises(KeyReused):
            drafts.comment(store, desk.draft, who, "D1-02", text, key="k")


def test_a_comment_on_what_is_not_there_is_told_and_not_lost(store: Store, desk: Writers):
    drafts.comment(store, desk.draft, desk.land, "D1-02", "Too long?", key="k")
    desk.asks(desk.sea, "delete_inject", inject="D1-02")

    with pytest.raises(NotChanged, match="There is no inject D1-02"):
        drafts.comment(store, desk.draft, desk.land, "D1-02", "Too short?")
    assert drafts.comment(store, desk.draft, desk.land, "D1-02", "Too long?", key="k") == 1


def test_what_no_page_can_show_is_not_kept(store: Store, desk: Writers):
    with pytest.raises(NotChanged, match="control character"):
        drafts.comment(store, desk.draft, desk.sea, "D1-02", "Too\0long")
    with pytest.raises(NotChanged, match="control character"):
        freeze(store, desk.draft, desk.director, "Before\x1b[2J")
    with pytest.raises(NotInvited, match="control character"):
        invite(store, desk.director, Invited(Role.AUTHOR, "SEA", "Sefa\x07"))


def test_comments_follow_an_inject_to_its_new_id_and_back(store: Store, desk: Writers):
    drafts.comment(store, desk.draft, desk.land, "D1-02", "Too long?")

    desk.writes(desk.sea, "D1-02", id="D1-22")
    assert list(drafts.open_comments(store, desk.draft)) == ["D1-22"]
    drafts.undo(store, desk.draft, desk.sea)
    assert list(drafts.open_comments(store, desk.draft)) == ["D1-02"]


@pytest.mark.parametrize("inject,text", [("D1-02", " "), ("D1-02", "w" * 4001), ("", "Words")])
def test_a_comment_needs_words_and_an_inject(store: Store, desk: Writers, inject: str, text: str):
    with pytest.raises(NotChanged):
        drafts.comment(store, desk.draft, desk.sea, inject, text)
    with pytest.raises(NotChanged, match="There is no comment 7"):
        drafts.resolve(store, desk.draft, desk.sea, 7)


def test_who_has_no_place_in_a_scenario_says_nothing_about_it(store: Store, desk: Writers):
    delegate = Author("a1", desk.draft, Role.DELEGATE)

    with pytest.raises(Forbidden):
        drafts.comment(store, desk.draft, delegate, "D1-02", "Words")


def test_whoever_wrote_what_a_colleague_read_and_did_not_take_is_told(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="Hers", notes="Hers too")
    desk.writes(desk.director, "D1-02", notes="Written over as one goes on")
    assert passed_over(store, desk.sea, 0) == []

    late = desk.asks(desk.director, "write_inject", day=1, inject="D1-02", fields={"title": "His"}, over=("title",))

    assert [one.seq for one in passed_over(store, desk.sea, 0)] == [late.seq]
    assert passed_over(store, desk.sea, late.seq) == []
    assert passed_over(store, desk.land, 0) == []
    assert passed_over(store, desk.director, 0) == []
