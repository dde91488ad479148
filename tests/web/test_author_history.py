"""The history of a scenario under way: who changed what, and what may be put back."""

import json
import re

from tests.web.words import Browser, Served, told
from ttx.scenario.roster import Role
from ttx.web.author_history import told as spelled
from ttx.web.author_history import words


def read(who: Browser, path: str = "") -> str:
    reply = who.get(f"{who.desk}/history{path}")
    assert reply.status_code == 200, reply.text
    return reply.text


def test_two_texts_are_compared_word_by_word():
    assert words("The port is open today.", "The port is closed today.") == (
        ("same", "The port is "),
        ("del", "open"),
        ("ins", "closed"),
        ("same", " today."),
    )
    assert words("", "new") == (("ins", "new"),)
    assert words("gone", "") == (("del", "gone"),)


def test_texts_that_share_little_are_shown_one_after_the_other():
    old = "Purpose: the hall is built in an hour, and its rules decide whether people trust what follows."
    new = "Ask who opens the hall and who pays for the night."

    assert words(old, new) == (("del", old), ("ins", new))


def test_very_long_texts_are_shown_one_after_the_other():
    assert words("a " * 8000, "b " * 8000) == (("del", "a " * 8000), ("ins", "b " * 8000))


def test_values_are_told_as_people_read_them():
    assert spelled({"at": [100, 300], "kind": "port"}) == "at:\n  100, 300\nkind: port"
    assert spelled(["one", {"id": "q1"}]) == "one\nid: q1"
    assert (spelled(True), spelled(None), spelled(15)) == ("yes", "", "15")


def test_a_change_is_told_with_what_it_changed(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")
    told(200, sea.asks("write_inject", day=1, inject="D1-05", fields={"title": "The late landing"}))

    page = read(house.as_author(Role.AUTHOR, "LAND"))

    assert "Sefa" in page
    assert "The <ins>late </ins>landing" in page
    assert "<dt>Title</dt>" in page


def test_the_history_of_one_inject_tells_of_no_other(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")
    told(200, sea.asks("write_inject", day=1, inject="D1-01", fields={"notes": "Begin slowly."}))
    told(200, sea.asks("write_inject", day=1, inject="D1-02", fields={"notes": "Hurry them."}))

    page = read(sea, "?inject=D1-01")

    assert "Begin slowly." in page
    assert "Hurry them." not in page


def test_an_earlier_text_may_be_put_back_by_those_who_may_write_there(house: Served):
    sea, land = house.as_author(Role.AUTHOR, "SEA"), house.as_author(Role.AUTHOR, "LAND")
    told(200, sea.asks("write_inject", day=1, inject="D1-04A", fields={"title": "Ellory says yes"}))

    assert "Put the earlier text of D1-04A back" in read(sea, "?inject=D1-04A")
    assert "data-ask" not in read(land, "?inject=D1-04A")


def test_what_somebody_broke_is_one_button_away_for_the_director(house: Served):
    sea, dana = house.as_author(Role.AUTHOR, "SEA"), house.as_author(Role.DIRECTOR)
    gone = told(200, sea.asks("delete_inject", inject="D1-02"))
    land = house.as_author(Role.AUTHOR, "LAND")

    offered = re.findall(r"data-ask='([^']*take_back[^']*)'", read(dana))
    assert {"do": "take_back", "change": gone["seq"]} in [json.loads(one) for one in offered]
    assert "take_back" not in read(land)
    told(200, dana.asks("take_back", change=gone["seq"]))
    assert "D1-02" in dana.get(f"{dana.desk}?day=1").text


def test_versions_are_kept_by_those_who_may(house: Served):
    dana, sea = house.as_author(Role.DIRECTOR), house.as_author(Role.AUTHOR, "SEA")
    told(200, dana.asks("freeze", label="Before the meeting"))

    assert "data-restore" in read(dana)
    assert "Before the meeting" in read(sea)
    assert "data-restore" not in read(sea)


def test_the_filter_left_empty_shows_everything(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")
    told(200, sea.asks("write_inject", day=1, inject="D1-01", fields={"notes": "Unhurried."}))

    assert "Unhurried." in read(sea, "?day=&inject=")
    assert "Unhurried." not in read(sea, "?day=2&inject=")
    assert "Unhurried." in read(sea, "?day=soon")
