"""Who may write: every author's route by the table of rights, for authors and for everybody else."""

from pathlib import Path

import httpx
import pytest

from tests.web.words import COOKIE, Browser, Served, refused, serving, told
from ttx.exercise.rights import AUTHORING, Action, Author
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account
from ttx.store.authors import ROLES, authors_of, link_account, revoke_author
from ttx.store.drafts import draft_from, new_draft, open_draft
from ttx.store.seats import hash_of
from ttx.store.sessions import close_session
from ttx.web.access import GATES
from ttx.web.app import BODY_LIMIT, BODY_LIMITS

WRITING = [route for route in GATES if "{author}" in route]
PASSWORD = "a long enough password"


def asked(route: str, who: Browser, author: Author) -> httpx.Response:
    method, _, path = route.partition(" ")
    places = {"author": author.id, "inject": "D1-01", "language": "fr", "name": "none.png", "kind": "none"}
    for name, value in places.items():
        path = path.replace(f"{{{name}}}", value)
    return who.request(method, path)


def test_authors_have_routes_and_each_asks_for_a_right_of_theirs():
    assert WRITING
    assert {GATES[route] for route in WRITING} <= set(AUTHORING)


@pytest.mark.parametrize("role", ROLES)
def test_each_author_passes_the_gates_of_his_rights_and_no_other(house: Served, role: Role):
    who = house.as_author(role)

    passed = {route for route in WRITING if asked(route, who, who.author).status_code not in (401, 403)}

    assert passed == {route for route in WRITING if role in AUTHORING[Action(GATES[route])]}


@pytest.mark.parametrize("role", list(Role))
def test_a_seat_of_whatever_role_opens_no_page_of_an_author(house: Served, role: Role):
    director = house.author(Role.DIRECTOR).author

    for who in (house.as_(role), house.program(role)):
        for route in WRITING:
            assert "Join with your code." in refused(401, asked(route, who, director))


@pytest.mark.parametrize("role", ROLES)
def test_an_author_of_whatever_role_opens_no_page_of_a_seat(house: Served, role: Role):
    who, lead = house.as_author(role), house.seat(Role.LEAD_FACILITATOR).seat

    for path in (f"/s/{lead.id}", f"/s/{lead.id}/seats", f"/s/{who.author.id}", house.api, f"{house.api}/log"):
        refused(401, who.get(path))
    refused(401, who.post(f"{house.api}/commands", json={"do": "open_day"}))


@pytest.mark.parametrize("route", WRITING)
def test_nobody_writes_without_a_place(house: Served, route: str):
    director = house.author(Role.DIRECTOR).author
    wrong_cookie = house.device(cookie=f"{COOKIE}=wrong")

    for who in (house.device(), wrong_cookie):
        assert "Join with your code." in refused(401, asked(route, who, director))


@pytest.mark.parametrize("route", WRITING)
def test_nobody_writes_as_somebody_else(house: Served, route: str):
    sea, director = house.as_author(Role.AUTHOR, "SEA"), house.author(Role.DIRECTOR).author

    reply = asked(route, sea, director)

    if route.startswith("GET "):
        assert (reply.status_code, reply.headers["location"].startswith(sea.desk)) == (303, True)
    else:
        assert "Join with your code." in refused(401, reply)


def test_no_author_sees_another_scenario_and_one_that_is_not_there_is_not_told_from_it(house: Served):
    other = new_draft(house.store, open_draft(house.store, house.draft).texts, {})
    (director,) = authors_of(house.store, other)
    who = house.device().write_as(director)

    taken = who.get(f"/a/{house.author(Role.DIRECTOR).author.id}")
    invented = who.get("/a/a0000000000")

    assert (taken.status_code, taken.text) == (invented.status_code, invented.text)
    refused(401, house.as_author(Role.DIRECTOR).get(f"/a/{director.author.id}"))


def test_one_browser_writes_for_two_scenarios_and_sits_in_an_exercise(house: Served):
    other = new_draft(house.store, open_draft(house.store, house.draft).texts, {})
    (director,) = authors_of(house.store, other)
    who = house.device().write_as(director).write_as(house.author(Role.LEAD_FACILITATOR)).join(house.seat(Role.HEAD))

    assert who.get(f"/a/{director.author.id}/now").status_code == 200
    assert who.get(f"{who.desk}/now").status_code == 200
    assert who.get(who.page).status_code == 200


# What is taken away


@pytest.mark.parametrize("way", ["revoked", "signed out", "session closed"])
def test_an_author_loses_everything_at_once_when_he_is(tmp_path: Path, way: str):
    with serving(tmp_path) as house:
        who, director = house.as_author(Role.AUTHOR, "SEA"), house.author(Role.DIRECTOR).author
        code = house.author(Role.AUTHOR, "SEA").code
        told(200, who.asks("write_inject", day=1, inject="D1-01", fields={"title": "In time"}))

        match way:
            case "revoked":
                revoke_author(house.store, director, who.author.id)
            case "signed out":
                who.post("/logout")
            case _:
                close_session(house.store, hash_of(who.cookies[COOKIE]))

        refused(401, who.asks("write_inject", day=1, inject="D1-01", fields={"title": "Late"}))
        refused(401, who.get(who.desk))
        assert "title: In time" in open_draft(house.store, house.draft).texts["day-1.yaml"]
        rejoined = house.device().post("/api/v1/join", json={"code": code})
        assert rejoined.status_code == (404 if way == "revoked" else 200)


def test_an_account_writes_as_its_author_without_a_code(house: Served):
    create_account(house.store, "lea", PASSWORD)
    lead = house.author(Role.LEAD_FACILITATOR).author
    link_account(house.store, house.author(Role.DIRECTOR).author, lead.id, "lea")
    who = house.device()
    who.post("/login", data={"name": "lea", "password": PASSWORD})
    who.author = lead

    assert who.get(f"{who.desk}/now").status_code == 200
    assert lead.id in who.get("/home").text


# What is sent in


def test_only_where_files_are_sent_a_request_may_be_large(house: Served):
    who = house.as_author(Role.DIRECTOR)
    sizes = {path.pattern: limit for path, limit in BODY_LIMITS}
    large = b" " * (BODY_LIMIT + 1)

    assert min(sizes.values()) > BODY_LIMIT
    assert "256 KB" in refused(413, who.post(f"{who.desk}/do", content=large))
    assert "256 KB" in refused(413, who.post(f"{who.desk}/pictures/../do", content=large))
    assert "256 KB" in refused(413, who.post("/join", content=large))
    assert who.post(f"{who.desk}/pictures", content=large).status_code != 413
    too_large = b" " * (2_250 * 1024 + 1)
    assert "2,250 KB" in refused(413, who.post(f"{who.desk}/pictures", content=too_large))


def test_an_import_sets_no_rights(house: Served, tmp_path: Path):
    """Nothing in a folder says who may write: not a file called so, and not the roster."""
    for name, text in open_draft(house.store, house.draft).texts.items():
        (tmp_path / name).write_text(text)
    for name in ("authors.yaml", "rights.yaml", "accounts.yaml", ".rights"):
        (tmp_path / name).write_text("eve: {role: director, code: EVEEVEEV}\n")
    (tmp_path / "roster.yaml").write_text("seats: [{role: director, name: Eve, account: eve}]\n")

    made = draft_from(house.store, tmp_path)

    assert [(one.author.role, one.author.group, one.account) for one in authors_of(house.store, made)] == [
        (Role.DIRECTOR, None, None),
        (Role.AUTHOR, "SEA", None),
        (Role.AUTHOR, "LAND", None),
    ]
    assert set(open_draft(house.store, made).texts) == {"scenario.yaml", "day-1.yaml", "day-2.yaml", "roster.yaml"}
    assert house.device().post("/api/v1/join", json={"code": "EVEEVEEV"}).status_code == 404


def test_a_colleagues_link_leads_to_the_same_page_at_ones_own_place(house: Served):
    sea, dana = house.as_author(Role.AUTHOR, "SEA"), house.as_author(Role.DIRECTOR)

    for path in ("?day=1&inject=D1-02", "/walk?path=1&as=SEA", "/files"):
        reply = sea.get(f"{dana.desk}{path}")
        assert (reply.status_code, reply.headers["location"]) == (303, f"{sea.desk}{path}")
    assert sea.post(f"{dana.desk}/do", json={"do": "undo"}).status_code == 401
    land = house.author(Role.AUTHOR, "LAND").author.id
    revoke_author(house.store, dana.author, land)
    assert sea.get(f"/a/{land}").headers["location"] == sea.desk
    vars(house).pop("draft")
    house._writing.clear()


def test_whoever_has_no_place_in_a_scenario_is_told_how_to_come_in(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    page = house.device(accept="text/html").get(f"{dana.desk}?day=1&inject=D1-02")

    assert page.status_code == 401
    assert "Join with your code. Then open the link once more." in page.text
    assert 'href="/join"' in page.text
    other = new_draft(house.store, open_draft(house.store, house.draft).texts, {})
    stranger = house.device().write_as(authors_of(house.store, other)[0])
    refused(401, stranger.get(dana.desk))


def test_a_link_to_an_inject_that_was_moved_leads_to_where_it_is(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    assert dana.get(f"{dana.desk}?day=2&inject=D1-02").headers["location"] == f"{dana.desk}?day=1&inject=D1-02"
    assert dana.get(f"{dana.desk}?inject=D2-01").headers["location"] == f"{dana.desk}?day=2&inject=D2-01"
    assert "This is not there any more" in dana.get(f"{dana.desk}?day=1&inject=none").text
    told(200, dana.asks("write_inject", day=1, inject="D1-02", fields={"id": "D1-02B"}))
    told(200, dana.asks("write_inject", day=1, inject="D1-02B", fields={"id": "D1-02C"}))
    assert dana.get(f"{dana.desk}?day=1&inject=D1-02").headers["location"] == f"{dana.desk}?day=1&inject=D1-02C"
    told(200, dana.asks("undo"))
    assert dana.get(f"{dana.desk}?day=2&inject=D1-02").headers["location"] == f"{dana.desk}?day=1&inject=D1-02B"
    told(200, dana.asks("undo"))
