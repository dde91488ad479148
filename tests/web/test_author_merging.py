"""A second file over a day that was worked on: nothing written by hand goes unsaid, and it need not go at all."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.scenario.formats.words import HSEEP, STORY, hseep, workbook
from tests.web.words import Browser, Served, serving
from ttx.scenario.material import look, parse
from ttx.scenario.roster import Role
from ttx.store import drafts

QUESTION = {"id": "q1", "kind": "text", "ask": "Who goes out first?"}
STEP = {"do": "alert", "at": [30, 40], "text": "Boats are out"}


@pytest.fixture
def house(tmp_path) -> Iterator[Served]:
    with serving(tmp_path) as one:
        yield one


@pytest.fixture
def sea(house: Served) -> Browser:
    """An author whose day came from a file, and who has worked on its first inject since."""
    sea = house.as_author(Role.AUTHOR, "SEA")
    bring(sea, STORY[:3])
    assert sea.post(f"{sea.desk}/import", data={"sure": "day-1", "place": "day-1"}).status_code == 303
    for fields in (
        {"text": f"{STORY[0]} The coast guard knows."},
        {"to": {"all": True}, "questions": [QUESTION], "minutes": 40},
        {"map": [STEP]},
    ):
        assert sea.asks("write_inject", day=1, inject="D1-01", fields=fields).status_code == 200
    return sea


def bring(who: Browser, story: tuple[str, ...] | list[str], **more: Any) -> str:
    """A list of these injects waits; what the page says when it is to go to day 1."""
    rows = [hseep(place, f"{8 + place:02}00", text) for place, text in enumerate(story, 1)]
    files = {"file": ("list.xlsx", workbook({"MSEL": [HSEEP, *rows]}))}
    assert who.post(f"{who.desk}/import", files=files, data={"do": "bring"}, follow_redirects=True).status_code == 200
    return html.unescape(who.post(f"{who.desk}/import", data={"do": "write", "place": "day-1", **more}).text)


def take(who: Browser, *ticked: str, **more: str):
    return who.post(f"{who.desk}/import", data={"do": "take", "place": "day-1", "take": list(ticked), **more})


def ticks(page: str) -> dict[str, bool]:
    found = re.findall(r'name="take" value="([^"]+)" form="taking"( checked)?', page)
    return {value: bool(checked) for value, checked in found}


def injects(house: Served) -> dict[str, dict[str, Any]]:
    day = parse(drafts.open_draft(house.store, house.draft).texts["day-1.yaml"], "day-1.yaml").data
    return {one["id"]: one for one in look(day, ("injects",))}  # type: ignore[attr-defined]


def test_what_the_file_says_otherwise_is_ticked_and_what_was_written_by_hand_is_not(sea: Browser):
    page = bring(sea, [STORY[0], f"{STORY[1]} Two are hurt.", STORY[2], STORY[3]])

    assert ticks(page) == {"D1-01 to": False, "D1-01 text": False, "D1-02 text": True, "D1-04": True}
    assert f'<td dir="auto">{STORY[0]} The coast guard knows.</td><td dir="auto">{STORY[0]}</td>' in page
    (lost,) = re.findall(r'<li dir="auto">D1-01: ([^<]+)</li>', page)  # if the whole day went
    assert "questions" in lost
    assert "steps on the map" in lost
    assert "minutes (40; then 15)" in lost


def test_what_was_ticked_is_taken_and_all_else_stays_somebodys_own(house: Served, sea: Browser):
    before = injects(house)
    page = bring(sea, [STORY[0], f"{STORY[1]} Two are hurt."])

    assert take(sea, *[value for value, ticked in ticks(page).items() if ticked]).status_code == 303

    now = injects(house)
    assert now == before | {"D1-02": before["D1-02"] | {"text": f"{STORY[1]} Two are hurt."}}
    assert list(now) == list(before)
    assert drafts.history(house.store, house.draft)[0].sentence.startswith("Of list.xlsx, taken into day 1: D1-02 (")
    assert ticks(bring(sea, STORY[:3])) == {"D1-01 to": False, "D1-01 text": False, "D1-02 text": True}


def test_a_tick_takes_one_field_or_an_inject_that_only_the_file_has(house: Served, sea: Browser):
    before = injects(house)
    bring(sea, STORY[:4])

    take(sea, "D1-01 text", "D1-04")

    now = injects(house)
    assert now["D1-01"] == before["D1-01"] | {"text": STORY[0]}
    assert list(now) == ["D1-01", "D1-02", "D1-03", "D1-04"]
    assert now["D1-04"]["session"] == now["D1-03"]["session"]


def test_nothing_is_put_over_a_day_that_changed_since_it_was_shown_nor_without_a_tick(house: Served, sea: Browser):
    page = bring(sea, [f"{STORY[0]} Nobody is hurt."])
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page)
    assert sea.asks("write_inject", day=1, inject="D1-01", fields={"text": "Wholly new."}).status_code == 200
    before = injects(house)

    for reply in (take(sea, "D1-01 text", seen=seen), take(sea, do="", sure="day-1", seen=seen)):
        assert reply.status_code == 409
        assert "Somebody changed the day since you were shown" in reply.text
        assert "Wholly new." in reply.text
    assert "Nothing was ticked" in take(sea).text
    assert injects(house) == before
