"""What an author's pages ask to be done, as JSON and as a plain form, and what they are told."""

import io
from typing import Any

import httpx
import pytest

from tests.store.words import picture
from tests.web.words import Browser, Served, refused, told
from ttx.scenario.drafting import said
from ttx.scenario.merging import revision
from ttx.scenario.roster import Role
from ttx.store import drafts
from ttx.store.pictures import picture_of_draft
from ttx.store.recoding import recoded
from ttx.store.versions import versions_of

HTML = {"accept": "text/html"}


@pytest.fixture
def sea(house: Served) -> Browser:
    """The author of day 1."""
    return house.as_author(Role.AUTHOR, "SEA")


@pytest.fixture
def director(house: Served) -> Browser:
    """The scenario's director."""
    return house.as_author(Role.DIRECTOR)


def inject(house: Served, ident: str) -> dict[str, object]:
    """An inject of day 1 as it is kept."""
    day = said(drafts.open_draft(house.store, house.draft).texts["day-1.yaml"], "day-1.yaml")
    assert isinstance(day, dict)
    return next(one for one in day["injects"] if one["id"] == ident)


def head(house: Served) -> int:
    return drafts.open_draft(house.store, house.draft).head


def test_a_change_is_told_with_its_place_in_the_history_and_what_it_touched(house: Served, sea: Browser):
    before = head(house)

    done = told(200, sea.asks("write_inject", day=1, inject="D1-02", fields={"title": "A boat is overdue"}))

    assert done["seq"] == before + 1 == head(house)
    assert done["revision"] == revision(inject(house, "D1-02"))
    assert done["touched"] == [{"file": "day-1.yaml", "location": ["injects", "D1-02"], "day": 1, "inject": "D1-02"}]
    assert "D1-02" in done["sentence"]


def test_a_double_click_adds_one_inject(house: Served, sea: Browser):
    first = told(200, sea.asks("add_inject", "click", day=1, after="D1-01", fields={"id": "D1-30"}))
    again = told(200, sea.asks("add_inject", "click", day=1, after="D1-01", fields={"id": "D1-30"}))

    assert again == first
    other = sea.asks("add_inject", "click", day=1, after="D1-01", fields={"id": "D1-31"})
    assert "key of its own" in refused(409, other)


def test_a_conflict_carries_both_texts_and_the_revision_to_go_on_from(house: Served, sea: Browser, director: Browser):
    before = inject(house, "D1-05")
    began = revision(before)
    asks: dict[str, Any] = {"day": 1, "inject": "D1-05", "base": began}
    told(200, director.asks("write_inject", **asks, fields={"title": "Theirs"}))

    reply = sea.asks("write_inject", **asks, fields={"title": "Mine", "minutes": 25})

    conflict = told(409, reply)["conflict"]
    assert conflict["fields"] == {"title": {"base": before["title"], "theirs": "Theirs", "mine": "Mine"}}
    assert "Dana changed this too" in refused(409, reply)
    asks["base"] = conflict["revision"]
    told(200, sea.asks("write_inject", **asks, fields={"title": "Mine", "minutes": 25}))
    assert (inject(house, "D1-05")["title"], inject(house, "D1-05")["minutes"]) == ("Mine", 25)


def test_what_cannot_be_done_is_a_sentence(house: Served, sea: Browser):
    before = head(house)

    assert "D1-99" in told(409, sea.asks("delete_inject", inject="D1-99"))["refused"]
    assert "Day 2 is written by its leading group, LAND." in refused(403, sea.asks("delete_inject", inject="D2-01"))
    assert "your role is author" in refused(403, sea.asks("freeze"))
    assert "your role is author" in refused(403, sea.asks("status", day=1, status="approved"))
    assert head(house) == before


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"do": "fly"}', b'{"do": "undo", "why": "x"}', b'{"do": "write_inject", "inject": "D1-01"}',
     b'{"do": "status", "day": 1, "status": "done"}', b'{"do": "comment", "inject": "D1-01", "text": " "}'],
)  # fmt: skip
def test_what_is_malformed_is_said(sea: Browser, body: bytes):
    reply = sea.post(f"{sea.desk}/do", content=body, headers={"content-type": "application/json"})

    assert "malformed" in refused(422, reply)


@pytest.mark.parametrize(
    "body",
    ['{"do": "write_inject", "day": 1, "inject": "D1-01", "base": "000000000000", "fields": {"minutes": NaN}}',
     '{"do": "write_inject", "day": 1, "inject": "D1-01", "fields": {"map": [{"x": -Infinity}]}}',
     '{"do": "write_inject", "day": 1, "inject": "D1-01", "fields": {"text": "\\ud800"}}',
     '{"do": "write_inject", "day": 1, "inject": "D1-01", "fields": {"text": ' + "[" * 9000 + "]" * 9000 + "}}",
     '{"do": "resolve", "comment": 1' + "0" * 30 + "}", '{"do": "restore", "version": 1' + "0" * 30 + "}"],
)  # fmt: skip
def test_what_json_cannot_say_or_a_database_cannot_hold_is_malformed(house: Served, sea: Browser, body: str):
    before = head(house)

    reply = sea.post(f"{sea.desk}/do", content=body, headers={"content-type": "application/json"})

    assert "malformed" in refused(422, reply)
    assert head(house) == before


@pytest.mark.parametrize("value", [None, True, 10**17, [], {}, [[]], {"a": {"b": [None]}}, "&a *b !!x %y\n---\n- #"])
@pytest.mark.parametrize(
    "name", ["kind", "to", "at", "minutes", "session", "questions", "map", "branch", "1e3", "- ", "?"]
)
def test_whatever_stands_in_a_field_is_kept_as_it_is_and_undone(house: Served, sea: Browser, name: str, value: object):
    before = drafts.open_draft(house.store, house.draft).texts

    reply = sea.asks("write_inject", day=1, inject="D1-02", fields={name: value})

    if reply.status_code == 409:
        assert "Nothing was changed" in refused(409, reply)
        return
    told(200, reply)
    assert inject(house, "D1-02").get(name) == value
    told(200, sea.asks("undo"))
    assert drafts.open_draft(house.store, house.draft).texts == before


def test_undo_and_redo_go_back_and_forth(house: Served, sea: Browser):
    before = inject(house, "D1-01")["title"]
    sea.asks("write_inject", day=1, inject="D1-01", fields={"title": "Changed"})

    told(200, sea.asks("undo"))
    assert inject(house, "D1-01")["title"] == before
    told(200, sea.asks("redo"))
    assert inject(house, "D1-01")["title"] == "Changed"


def test_comments_are_said_settled_and_opened_again(house: Served, sea: Browser):
    land = house.as_author(Role.AUTHOR, "LAND")
    told(200, land.asks("comment", "words", inject="D1-03", text="Which port?"))
    told(200, land.asks("comment", "words", inject="D1-03", text="Which port?"))
    (comment,) = drafts.comments(house.store, house.draft, "D1-03")

    told(200, sea.asks("resolve", comment=comment.number))
    assert "D1-03" not in drafts.open_comments(house.store, house.draft)
    page = sea.get(f"{sea.desk}?day=1&inject=D1-03").text
    assert 'data-settle="reopen"' in page
    told(200, land.asks("reopen", comment=comment.number))
    assert drafts.open_comments(house.store, house.draft)["D1-03"] == 1


def test_an_answer_is_no_open_comment_of_its_own(house: Served, sea: Browser):
    told(200, sea.asks("comment", inject="D1-05", text="Which port?"))
    (asked,) = drafts.comments(house.store, house.draft, "D1-05")
    told(200, sea.asks("comment", inject="D1-05", text="Port Ellory.", answers=asked.number))

    page = sea.get(f"{sea.desk}?day=1&inject=D1-05").text

    assert drafts.open_comments(house.store, house.draft)["D1-05"] == 1
    assert page.count("data-settle=") == 1
    told(200, sea.asks("resolve", comment=asked.number))
    assert "D1-05" not in drafts.open_comments(house.store, house.draft)
    gone = told(409, sea.asks("comment", inject="D1-02", text="Yes.", answers=asked.number))
    assert gone["refused"] == f"There is no comment {asked.number} on D1-02 to answer. Look at the page again."


def test_a_day_goes_to_review_and_is_approved_and_opened_again(house: Served, sea: Browser, director: Browser):
    assert told(200, sea.asks("status", day=1, status="in_review"))["sentence"] == "Day 1 is in review."
    told(200, director.asks("status", day=1, status="approved"))
    late = sea.asks("write_inject", day=1, inject="D1-01", fields={"title": "Late"})
    assert "Day 1 is approved" in refused(409, late)
    told(200, director.asks("status", day=1, status="draft"))
    told(200, sea.asks("write_inject", day=1, inject="D1-01", fields={"title": "Again"}))


def test_a_version_is_kept_and_put_back(house: Served, sea: Browser, director: Browser):
    before = drafts.open_draft(house.store, house.draft).texts
    told(200, director.asks("freeze", label="Before"))
    number = versions_of(house.store, house.draft)[0].number
    told(200, sea.asks("write_inject", day=1, inject="D1-01", fields={"title": "After"}))

    told(200, director.asks("restore", version=number))
    assert drafts.open_draft(house.store, house.draft).texts == before
    assert "no version 99" in refused(404, director.asks("restore", version=99))


def test_a_plain_form_does_the_same_and_leads_back_to_its_page(house: Served, sea: Browser):
    form = {"do": "write_inject", "day": "1", "inject": "D1-02", "fields.title": "By form", "fields.notes": ""}
    reply = sea.post(f"{sea.desk}/do", data=form, headers=HTML)

    assert (reply.status_code, reply.headers["location"]) == (303, sea.desk)
    assert inject(house, "D1-02")["title"] == "By form"
    told(200, sea.post(f"{sea.desk}/do", data={"do": "undo"}))
    wrong = sea.post(f"{sea.desk}/do", data={"do": "delete_inject", "inject": "D2-01"}, headers=HTML)
    assert (wrong.status_code, "Day 2 is written by its leading group" in wrong.text) == (403, True)


def test_a_form_of_another_site_is_not_taken(sea: Browser):
    reply = sea.post(f"{sea.desk}/do", json={"do": "undo"}, headers={"origin": "http://elsewhere.example"})

    assert "another site" in refused(403, reply)


def test_a_picture_is_put_under_its_name_or_another_made_anew(house: Served, sea: Browser):
    def send(file: str, content: bytes, **more: str) -> httpx.Response:
        return sea.post(f"{sea.desk}/pictures", files={"file": (file, io.BytesIO(content))}, data=more)

    told(200, send("boat.png", picture("red")))
    assert told(200, send("Boot 1.PNG", picture("blue"), name="boot.png"))["name"] == "boot.png"

    assert picture_of_draft(house.store, house.draft, "boat.png") == recoded("boat.png", picture("red"))
    assert picture_of_draft(house.store, house.draft, "boot.png") == recoded("boot.png", picture("blue"))
    assert "no name for a picture" in refused(409, send("Boot 1.PNG", picture()))
    assert "is no picture" in told(409, send("page.png", b"<script>"))["refused"]
    assert "Choose a file" in refused(409, sea.post(f"{sea.desk}/pictures", data={"name": "x.png"}))


def test_two_who_name_speakers_at_once_keep_both_texts_and_either_can_take_his_back(
    house: Served, sea: Browser, director: Browser
):
    def speakers() -> object:
        day = said(drafts.open_draft(house.store, house.draft).texts["day-1.yaml"], "day-1.yaml")
        assert isinstance(day, dict)
        return day["sessions"][1].get("speakers")

    day = said(drafts.open_draft(house.store, house.draft).texts["day-1.yaml"], "day-1.yaml")
    assert isinstance(day, dict)
    asks: dict[str, Any] = {"day": 1, "session": "coffee", "base": revision(day["sessions"][1])}
    theirs, mine = (
        [{"id": "s1", "name": "Ines Caldera", "role": "Harbour master"}],
        [{"id": "wren", "name": "Tomas Wren"}],
    )
    told(200, director.asks("write_session", **asks, fields={"kind": "panel", "speakers": theirs}))

    told(200, sea.asks("write_session", **asks, fields={"speakers": mine}))
    assert speakers() == theirs + mine
    told(200, sea.asks("undo"))
    assert speakers() == theirs
    clash = [{"id": "s1", "name": "Ines Caldera", "role": "Mayor"}]
    conflict = told(409, sea.asks("write_session", **asks, fields={"speakers": clash}))["conflict"]
    assert conflict["fields"] == {"speakers.s1": {"base": None, "theirs": theirs[0], "mine": clash[0]}}
    told(200, sea.asks("write_session", **asks | {"base": conflict["revision"]}, fields={"speakers": theirs + mine}))
    assert speakers() == theirs + mine
    told(200, sea.asks("undo"))
    assert speakers() == theirs
