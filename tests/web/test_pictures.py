"""A picture reaches those on whose screen it is, and nobody else; before that it is as if it did not exist."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.words import Browser, Served, roster, serving
from tests.words import inject, picture, small_roster, small_scenario, write_scenario
from ttx.cli.exercises import create
from ttx.scenario.model import Scenario
from ttx.scenario.pictures import kind_of
from ttx.scenario.roster import Role
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.store.pictures import picture_of

SHOWN = {"D1-01": "all.png", "D1-02": "sea.jpg", "D1-03": "later.webp"}
"""The picture of an inject that goes to all, of one that goes to the group at sea, and of one that stays unreleased."""
KINDS = {"all.png": "png", "sea.jpg": "jpg", "later.webp": "webp"}
GETS: dict[tuple[Role, str | None, str | None], list[str]] = {
    (Role.DIRECTOR, None, None): ["all.png", "sea.jpg", "later.webp"],
    (Role.LEAD_FACILITATOR, None, None): ["all.png", "sea.jpg", "later.webp"],
    (Role.TABLE_FACILITATOR, None, "T1"): ["all.png", "sea.jpg", "later.webp"],
    (Role.HEAD, "Kestria", "T1"): ["all.png", "sea.jpg"],
    (Role.DELEGATE, "Kestria", "T1"): ["all.png", "sea.jpg"],
    (Role.HEAD, "tamarinda", "T2"): ["all.png"],
    (Role.EVALUATOR, None, None): ["all.png", "sea.jpg"],
    (Role.PROJECTOR, None, None): ["all.png"],
    (Role.ANALYST, None, None): ["all.png", "sea.jpg"],
}
"""What each seat gets once D1-01 and D1-02 are out."""


def illustrated() -> Scenario:
    data = small_scenario()
    for name, file in SHOWN.items():
        inject(data, name)["picture"] = {"file": file, "alt": f"What {name} shows", "caption": f"Seen in {name}"}
    return Scenario.model_validate(data)


def pictures() -> dict[str, bytes]:
    return {
        name: picture(kind, colour)
        for (name, kind), colour in zip(KINDS.items(), ("red", "green", "blue"), strict=True)
    }


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Day 1 is open; D1-01 and D1-02 are out, D1-03 is not."""
    folder = tmp_path_factory.mktemp("shown")
    with Store(folder) as store:
        exercise = create_exercise(store, illustrated(), roster(), pictures=pictures())
    with serving(folder, exercise) as house:
        house.begun()
        house.done("release", inject="D1-02")
        yield house


def asks(who: Browser, name: str) -> httpx.Response:
    return who.get(f"{who.page}/pictures/{name}")


def seen(house: Served, who: Browser) -> list[str]:
    """The pictures this seat gets."""
    found = []
    for name in SHOWN.values():
        reply = asks(who, name)
        assert reply.status_code in (200, 404)
        assert (kind_of(reply.content) == KINDS[name]) == (reply.status_code == 200)
        found += [name] if reply.status_code == 200 else []
    return found


@pytest.mark.parametrize("who", GETS, ids=lambda who: f"{who[0]} {who[1] or ''}")
def test_each_role_gets_the_pictures_of_its_screen(shown: Served, who: tuple[Role, str | None, str | None]):
    assert seen(shown, shown.as_(*who)) == GETS[who]


def test_an_unreleased_picture_is_like_one_that_does_not_exist(shown: Served):
    who = shown.as_head()

    unreleased, absent = asks(who, "later.webp"), asks(who, "nothing.webp")

    assert (unreleased.status_code, unreleased.text) == (absent.status_code, absent.text)
    assert unreleased.headers["cache-control"] == absent.headers["cache-control"] == "no-store"
    assert {name: value for name, value in unreleased.headers.items() if name != "date"} == {
        name: value for name, value in absent.headers.items() if name != "date"
    }


def test_no_page_names_a_picture_that_is_not_on_it(shown: Served):
    for place in GETS:
        who = shown.as_(*place)
        page = who.get(who.page).text
        assert [name for name in SHOWN.values() if name in page and name not in seen(shown, who)] == []


def test_a_picture_that_was_taken_back_is_gone_for_those_who_saw_it(tmp_path: Path):
    with Store(tmp_path) as store:
        exercise = create_exercise(store, illustrated(), roster(), pictures=pictures())
    with serving(tmp_path, exercise) as house:
        house.begun()
        before = [asks(house.as_(*place), "all.png").status_code for place in GETS]
        house.done("recall", inject="D1-01")
        after = [asks(house.as_(*place), "all.png").status_code for place in GETS]

    assert before == [200] * len(GETS)
    assert after == [200] * 3 + [404] * 6


def test_a_picture_is_sent_as_what_it_is_and_asked_for_again_before_it_is_shown(shown: Served):
    reply = asks(shown.as_head(), "sea.jpg")

    assert reply.headers["content-type"] == "image/jpeg"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "private, no-cache"


def test_a_picture_that_a_browser_has_is_not_sent_again_and_not_shown_once_it_is_recalled(tmp_path: Path):
    with Store(tmp_path) as store:
        exercise = create_exercise(store, illustrated(), roster(), pictures=pictures())
    with serving(tmp_path, exercise) as house:
        house.begun()
        head = house.as_head()
        kept = {"if-none-match": asks(head, "all.png").headers["etag"]}
        again = head.get(f"{head.page}/pictures/all.png", headers=kept)
        house.done("recall", inject="D1-01")
        recalled = head.get(f"{head.page}/pictures/all.png", headers=kept)

    assert (again.status_code, again.content) == (304, b"")
    assert recalled.status_code == 404


def test_a_picture_needs_a_seat_of_its_own_exercise(shown: Served):
    who = shown.as_head()

    assert shown.device().get(f"{who.page}/pictures/all.png").status_code == 401
    assert shown.as_head("tamarinda").get(f"{who.page}/pictures/all.png").status_code == 401


@pytest.mark.parametrize("name", ["..%2Fttx.sqlite", "all.png%00", "ALL.PNG", "all.svg", "x" * 90])
def test_other_names_lead_nowhere(shown: Served, name: str):
    assert asks(shown.as_lead(), name).status_code in (404, 422)


def test_an_exercise_is_created_with_its_folders_pictures_made_anew(tmp_path: Path):
    data = small_scenario()
    inject(data, "D1-01")["picture"] = {"file": "boat.jpg", "alt": "A boat"}
    folder = write_scenario(tmp_path / "tide", data, small_roster())
    (folder / "pictures").mkdir()
    (folder / "pictures" / "boat.jpg").write_bytes(picture("jpg", comment=b"canary") + b"canary")
    (folder / "pictures" / "unused.png").write_bytes(picture())

    with Store(tmp_path / "data") as store:
        exercise = create(store, folder, None)
        kept = [picture_of(store, exercise, name) for name in ("boat.jpg", "unused.png", "nothing.png")]

    assert kept[1:] == [None, None]
    assert kept[0] is not None
    assert kind_of(kept[0]) == "jpg"
    assert b"canary" not in kept[0]
