"""What an account finds at home: its exercises and scenarios, and a new scenario of its own."""

import re

import pytest

from tests.web.words import Browser, Served, roster
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account, seat_account
from ttx.store.authors import author_by_id, authors_of, link_account
from ttx.store.drafts import drafts_of, findings, open_draft
from ttx.store.seats import seats_of
from ttx.store.versions import start

PASSWORD = "a long enough password"


def signed_in(house: Served, name: str, admin: bool = False) -> Browser:
    """A browser that signed in to a new account."""
    create_account(house.store, name, PASSWORD, admin)
    who = house.device()
    assert who.post("/login", data={"name": name, "password": PASSWORD}).headers["location"] == "/home"
    return who


def links(page: str) -> list[str]:
    return re.findall(r'href="(/[sa]/\w+)"', page)


def test_home_lists_scenarios_beside_exercises(house: Served):
    who = signed_in(house, "ana")
    assert links(who.get("/home").text) == []

    seat = seat_account(house.store, "ana", house.exercise, Role.LEAD_FACILITATOR)
    author = house.author(Role.AUTHOR, "SEA").author
    link_account(house.store, house.author(Role.DIRECTOR).author, author.id, "ana")

    page = who.get("/home").text
    assert links(page) == [f"/s/{seat.id}", f"/a/{author.id}"]
    assert "Exercise Small Tide" in page
    assert who.get(f"/a/{author.id}").status_code == 200


def test_an_exercise_that_one_started_is_at_home_with_the_way_to_run_it(house: Served):
    who = signed_in(house, "runa")
    director = house.author(Role.DIRECTOR).author
    link_account(house.store, director, director.id, "runa")
    assert "/j/" not in who.get("/home").text

    exercise = start(house.store, house.draft, director, roster(), title="As it was begun by Runa")

    page = who.get("/home").text
    (code,) = re.findall(r'class="card place-card" href="/j/(\w[\w-]*)"', page)
    assert code in {one.code for one in seats_of(house.store, exercise)}
    assert "As it was begun by Runa" in page
    link_account(house.store, director, director.id, None)


def test_a_name_is_shown_as_it_was_typed(house: Served):
    who = signed_in(house, "Noor van Dijk")
    house.device().post("/login", data={"name": "noor VAN dijk", "password": PASSWORD})

    where = who.post("/home/scenarios", data={"title": "Of Noor"}).headers["location"]

    for page in ("/home", "/account", where, f"{where}/people"):
        assert "Noor van Dijk" in who.get(page).text


def test_a_code_typed_while_signed_in_brings_the_scenario_home(house: Served):
    bob, eve, lars = signed_in(house, "bob"), signed_in(house, "eve"), house.author(Role.AUTHOR, "LAND")

    bob.post("/join", data={"code": lars.code})
    eve.post("/join", data={"code": lars.code})
    dana = house.as_author(Role.DIRECTOR)
    assert "account bob" in dana.get(f"{dana.desk}/people").text

    assert links(bob.get("/home").text) == [f"/a/{lars.author.id}"]
    assert links(eve.get("/home").text) == []  # she may write as Lars with his code, and he stays Bob's
    link_account(house.store, house.author(Role.DIRECTOR).author, lars.author.id, None)


def test_whoever_wrote_by_a_code_writes_on_after_signing_in(house: Served):
    create_account(house.store, "mia", PASSWORD)
    sefa = house.as_author(Role.AUTHOR, "SEA")

    assert sefa.post("/login", data={"name": "mia", "password": PASSWORD}).status_code == 303

    assert sefa.get(sefa.desk).status_code == 200
    assert links(sefa.get("/home").text) == []  # her code makes it hers; somebody else's laptop does not
    sefa.post("/login", data={"name": "mia", "password": PASSWORD})
    assert sefa.get(sefa.desk).status_code == 401  # what one account wrote is not carried to the next


def test_a_scenario_is_taken_off_the_page_and_its_code_brings_it_back(house: Served):
    ivo, eve = signed_in(house, "ivo"), signed_in(house, "eva")
    where = ivo.post("/home/scenarios", data={"title": "Draft of a draft"}).headers["location"]
    author = where.removeprefix("/a/")
    code = re.findall(r'class="seat-code"[^>]*>([^<]*)<', ivo.get("/home").text)[0]

    assert eve.post("/home/scenarios/leave", data={"author": author}).status_code == 404
    assert links(ivo.get("/home").text) == [where]
    assert ivo.post("/home/scenarios/leave", data={"author": author}).status_code == 303
    assert links(ivo.get("/home").text) == []

    ivo.post("/join", data={"code": code})
    assert links(ivo.get("/home").text) == [where]


def test_two_scenarios_of_one_name_are_told_apart(house: Served):
    who = signed_in(house, "gil")
    for _ in range(2):
        who.post("/home/scenarios", data={"title": "Same"})

    page = who.get("/home").text

    assert all(one.id in page for one in drafts_of(house.store)[:2])
    assert page.count("begun ") == 2


def test_whoever_is_not_signed_in_is_led_to_where_he_can(house: Served):
    page = house.device(accept="text/html").get("/home")

    assert (page.status_code, 'href="/login"' in page.text, 'href="/join"' in page.text) == (401, True, False)


def test_an_account_begins_an_empty_scenario_and_directs_it(house: Served):
    who = signed_in(house, "bo")

    reply = who.post("/home/scenarios", data={"title": " Exercise  <b>Quiet</b> Bay "})

    author = author_by_id(house.store, reply.headers["location"].removeprefix("/a/"))
    assert author is not None
    assert (reply.status_code, author.role, author.name) == (303, Role.DIRECTOR, "bo")
    assert open_draft(house.store, author.draft).title == "Exercise <b>Quiet</b> Bay"
    assert [one.sentence for one in findings(house.store, author.draft) if one.severity == "error"] == []
    assert len(authors_of(house.store, author.draft)) == 1
    assert who.get(f"/a/{author.id}").status_code == 200
    assert "<b>Quiet" not in who.get("/home").text


def test_an_account_begins_with_the_scenario_that_comes_along(house: Served):
    who = signed_in(house, "cleo")

    reply = who.post("/home/scenarios", data={"example": "lantern-tide"})

    assert reply.status_code == 303
    (newest, *_) = drafts_of(house.store)
    folder = house.server.config.app.state.house.settings.scenarios / "lantern-tide"  # type: ignore[union-attr]
    assert open_draft(house.store, newest.id).texts["day-1.yaml"] == (folder / "day-1.yaml").read_text("utf-8")


def test_every_scenario_that_comes_along_is_offered_and_takes_the_title_that_is_typed(house: Served):
    who = signed_in(house, "dina")
    page = who.get("/home").text
    for title in ("Exercise Lantern Tide", "Exercise Merrow Strait"):
        assert f"Begin with {title}" in page

    who.post("/home/scenarios", data={"example": "merrow-strait", "title": " Exercise  Grey Strait "})

    (newest, *_) = drafts_of(house.store)
    draft = open_draft(house.store, newest.id)
    assert draft.title == "Exercise Grey Strait"
    folder = house.server.config.app.state.house.settings.scenarios / "merrow-strait"  # type: ignore[union-attr]
    written = (folder / "scenario.yaml").read_text("utf-8")
    assert draft.texts["scenario.yaml"] == written.replace(
        "title: Exercise Merrow Strait", "title: Exercise Grey Strait"
    )
    assert [one for one in findings(house.store, newest.id) if one.severity == "error"] == []


@pytest.mark.parametrize("form", [{}, {"title": "  "}, {"example": "../lantern-tide"}])
def test_a_scenario_without_a_title_is_not_begun(house: Served, form: dict[str, str]):
    who, before = signed_in(house, f"dora{len(form)}{len(str(form))}"), len(drafts_of(house.store))

    reply = who.post("/home/scenarios", data=form)

    assert (reply.status_code, "A scenario needs a title." in reply.text) == (422, True)
    assert len(drafts_of(house.store)) == before


def test_an_administrator_begins_none(house: Served):
    who, before = signed_in(house, "root", admin=True), len(drafts_of(house.store))

    reply = who.post("/home/scenarios", data={"title": "Mine"})

    assert (reply.status_code, "writes no scenario" in reply.text) == (403, True)
    assert "/home/scenarios" not in who.get("/home").text
    assert len(drafts_of(house.store)) == before


def test_nobody_begins_a_scenario_without_signing_in(house: Served):
    assert house.as_lead().post("/home/scenarios", data={"title": "Mine"}).status_code == 401
    assert house.as_author(Role.DIRECTOR).post("/home/scenarios", data={"title": "Mine"}).status_code == 401
