"""A scenario's files to take away, and exercises that are started from it."""

import html
import io
import re
import zipfile

import httpx
from ruamel.yaml import YAML

from tests.store.words import picture
from tests.web.words import Browser, Served, told
from tests.words import small_roster
from ttx.scenario.folders import Contents
from ttx.scenario.roster import Role
from ttx.store import drafts
from ttx.store.seats import PROGRAM, seats_of
from ttx.store.versions import versions_of
from ttx.web.author_files import zipped


def as_yaml(data: object) -> bytes:
    text = io.StringIO()
    YAML(typ="safe", pure=True).dump(data, text)
    return text.getvalue().encode()


def roster() -> bytes:
    return as_yaml(small_roster())


def start(who: Browser, content: bytes, name: str = "roster.yaml") -> str:
    """Start an exercise, and start it anyway once it was said what is not ready."""
    asked = who.post(f"{who.desk}/files/start", files={"roster": (name, content)}, follow_redirects=True).text
    if not (mark := re.search(r'name="anyway" value="(\w+)"', asked)) or 'name="kept"' not in asked:
        return asked
    return who.post(f"{who.desk}/files/start", data=kept(asked, mark[1]), follow_redirects=True).text


def kept(page: str, mark: str) -> dict[str, str]:
    """What the page's form sends once it is ticked."""
    fields = dict(re.findall(r'name="(kept|kept_name)" value="([^"]*)"', page))
    return {name: html.unescape(value) for name, value in fields.items()} | {"anyway": mark}


def test_the_zip_holds_the_files_byte_for_byte(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")

    reply = sea.get(f"{sea.desk}/files/scenario.zip")

    held = zipfile.ZipFile(io.BytesIO(reply.content))
    kept = drafts.open_draft(house.store, house.draft).texts
    assert {name: held.read(f"exercise-small-tide/{name}").decode() for name in kept} == dict(kept)
    assert len(held.namelist()) == len(kept)
    assert 'filename="exercise-small-tide.zip"' in reply.headers["content-disposition"]


def test_what_is_taken_away_is_called_by_the_title_there_is_now(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    told(200, dana.asks("write_head", fields={"title": "Quiet Bay: 2nd draft"}))

    for name in ("files/scenario.zip", "papers/msel.csv"):
        assert 'filename="quiet-bay-2nd-draft' in dana.get(f"{dana.desk}/{name}").headers["content-disposition"]
    told(200, dana.asks("write_head", fields={"title": "演習"}))
    named = dana.get(f"{dana.desk}/files/scenario.zip").headers["content-disposition"]
    assert named == "attachment; filename=\"small-tide.zip\"; filename*=UTF-8''%E6%BC%94%E7%BF%92.zip"
    told(200, dana.asks("undo"))
    told(200, dana.asks("undo"))


def test_a_director_removes_a_scenario_by_its_title_and_is_told_before_what_goes(house: Served):
    sea, dana = house.as_author(Role.AUTHOR, "SEA"), house.as_author(Role.DIRECTOR)
    told(200, sea.asks("comment", inject="D1-01", text="Why?"))
    start(dana, roster())
    page = dana.get(f"{dana.desk}/files").text
    for words in ("2 days", "1 comment", "1 version", "1 exercise that started from it stays as it is"):
        assert words in page
    assert "files/remove" not in sea.get(f"{sea.desk}/files").text

    kept = dana.post(f"{dana.desk}/files/remove", data={"title": "Another"})
    assert (kept.status_code, "Nothing was removed" in kept.text) == (409, True)
    assert dana.post(f"{dana.desk}/files/remove", data={"title": " Exercise  Small Tide "}).status_code == 303

    assert dana.get(dana.desk).status_code == sea.get(f"{sea.desk}/now").status_code == 401
    vars(house).pop("draft")
    house._writing.clear()


def test_the_same_files_are_the_same_zip():
    taken = Contents({"day-1.yaml": "day: 1\n", "scenario.yaml": "id: x\n"}, {"boat.png": b"png"})

    assert zipped(taken, "x") == zipped(taken, "x")
    assert sorted(zipfile.ZipFile(io.BytesIO(zipped(taken, "x"))).namelist()) == [
        "x/day-1.yaml",
        "x/pictures/boat.png",
        "x/scenario.yaml",
    ]


def test_an_exercise_is_started_and_its_seats_are_one_click_away(house: Served):
    lea = house.as_author(Role.LEAD_FACILITATOR)

    page = start(lea, roster())

    begun = versions_of(house.store, house.draft)[0].exercises[0]
    assert "just started" in page
    seats = page.partition('href="/s/')[2].partition('"')[0]
    listed = lea.get(f"/s/{seats}")
    assert listed.status_code == 200
    assert "Kestria" in listed.text
    assert begun


def test_what_is_not_ready_is_said_before_an_exercise_starts(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    before = versions_of(house.store, house.draft)

    page = dana.post(f"{dana.desk}/files/start", files={"roster": ("roster.yaml", roster())}).text

    assert "something is not ready yet" in page
    assert "Day 1 is still a draft" in page
    assert versions_of(house.store, house.draft) == before


def test_what_a_roster_that_is_brought_lacks_is_said_before_an_exercise_starts(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    own = small_roster()
    told(200, dana.asks("write_roster", fields=own | {"seats": [{**one} for one in own["seats"]]}))
    before = len(versions_of(house.store, house.draft))
    given = small_roster()
    del given["delegations"]["tamarinda"]
    given["delegations"]["Vedra"] = {"name": "Republic of Vedra", "groups": ["LAND"]}
    given["seats"] = [one for one in given["seats"] if one.get("delegation") != "tamarinda"]
    ready = dana.get(f"{dana.desk}/files").text
    mark = re.findall(r'name="anyway" value="(\w+)"', ready)[0]

    files = {"roster": ("mine.yaml", as_yaml(given))}
    page = dana.post(f"{dana.desk}/files/start", data={"anyway": mark}, files=files).text

    assert "No seat in this roster: Republic of Vedra" in page
    assert "In the scenario&#39;s roster and not in this one: Federated Islands of Tamarinda" in page
    assert "mine.yaml is kept; you need not choose it again." in page
    assert len(versions_of(house.store, house.draft)) == before
    anew = re.findall(r'name="anyway" value="(\w+)"', page)[0]
    reply = dana.post(f"{dana.desk}/files/start", data=kept(page, anew))
    assert reply.status_code == 303
    begun = versions_of(house.store, house.draft)[0].exercises[0]
    assert {one.seat.delegation for one in seats_of(house.store, begun)} == {None, "Kestria"}
    told(200, dana.asks("undo"))


def test_a_button_that_is_pressed_twice_starts_one_exercise(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    before = len(versions_of(house.store, house.draft))

    page = dana.get(f"{dana.desk}/files").text
    mark = re.findall(r'name="anyway" value="(\w+)"', page)[0]

    def press() -> httpx.Response:
        files = {"roster": ("roster.yaml", roster())}
        return dana.post(f"{dana.desk}/files/start", data={"key": "pressed-twice", "anyway": mark}, files=files)

    first, second = press(), press()

    assert first.headers["location"] == second.headers["location"]
    assert len(versions_of(house.store, house.draft)) == before + 1
    assert 'name="key" value="' in dana.get(f"{dana.desk}/files").text


def test_the_links_of_those_who_run_it_stand_beside_an_exercise(house: Served):
    dana, lea = house.as_author(Role.DIRECTOR), house.as_author(Role.LEAD_FACILITATOR)
    page = start(dana, roster())
    begun = versions_of(house.store, house.draft)[0].exercises[0]
    code = {one.seat.role: one.code for one in seats_of(house.store, begun) if one.name != PROGRAM}

    assert f"/j/{code[Role.LEAD_FACILITATOR]}" in page
    assert code.get(Role.DIRECTOR, "no such seat") not in lea.get(f"{lea.desk}/files").text
    assert f"/j/{code[Role.LEAD_FACILITATOR]}" in lea.get(f"{lea.desk}/files").text


def test_a_picture_says_who_shows_it_and_is_dropped_once_nobody_does(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")
    sent = sea.post(f"{sea.desk}/pictures", files={"file": ("boat.png", picture())})
    assert sent.status_code == 200, sent.text
    shown = {"picture": {"file": "boat.png", "alt": "A boat"}}
    assert sea.asks("write_inject", day=1, inject="D1-01", fields=shown).status_code == 200

    page = sea.get(f"{sea.desk}/files").text
    assert "inject=D1-01" in page.partition("boat.png")[2]
    assert "drop_picture" not in page
    assert sea.asks("write_inject", day=1, inject="D1-01", fields={"picture": None}).status_code == 200
    assert "drop_picture" in sea.get(f"{sea.desk}/files").text
    assert sea.asks("drop_picture", name="boat.png").status_code == 200
    assert "/pictures/boat.png" not in sea.get(f"{sea.desk}/files").text


def test_a_roster_that_is_none_starts_nothing_and_says_why(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    before = versions_of(house.store, house.draft)

    for content in (b"\xff\xfe\x00", b"seats: [", b"seats:\n- {role: pirate}\n"):
        assert 'role="alert"' in start(dana, content)
    assert 'role="alert"' in dana.post(f"{dana.desk}/files/start").text

    assert versions_of(house.store, house.draft) == before


def test_an_author_starts_no_exercise(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")

    assert sea.post(f"{sea.desk}/files/start", files={"roster": ("r.yaml", roster())}).status_code == 403
    assert "Start an exercise" not in sea.get(f"{sea.desk}/files").text


def test_papers_that_errors_stand_in_the_way_of_are_not_offered(house: Served):
    sea = house.as_author(Role.AUTHOR, "SEA")
    assert "/papers/sitman.pdf" in sea.get(f"{sea.desk}/files").text

    assert sea.asks("write_inject", day=1, inject="D1-01", fields={"sender": ""}).status_code == 200

    page = sea.get(f"{sea.desk}/files").text
    assert "/papers/msel" not in page
    assert "/papers/sitman.pdf" in page  # as a draft
    assert "stands in the way of the papers" in page
    assert re.search(rf'<a href="{sea.desk}\?day=1&amp;inject=D1-01"[^>]*>&#39;From&#39; of D1-01', page)
    assert "/files/scenario.zip" in page
