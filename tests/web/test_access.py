"""Who gets in: every route by the table of rights, every way to lose a seat, and what every reply carries."""

import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIWebSocketRoute
from sqlalchemy import update
from starlette.routing import Mount
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.words import COOKIE, SCENARIO, Browser, Screen, Served, refused, roster, running, serving, told
from ttx.exercise.commands import ACTION
from ttx.exercise.rights import RULES, Action
from ttx.pages.regions import OPENS
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store.accounts import create_account, seat_account
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.store.seats import hash_of, new_token, revoke_seat, revoke_token, seats_of
from ttx.store.sessions import close_session, send_away
from ttx.store.tables import accounts, stamp
from ttx.web.access import GATES, gate
from ttx.web.app import BODY_LIMIT, HEADERS, create_app
from ttx.web.review import TIERS

PLACES = {Role.TABLE_FACILITATOR: (None, "T1"), Role.HEAD: ("Kestria", "T1"), Role.DELEGATE: ("Kestria", "T1")}
"""Where the seats of these roles are; the others are nowhere in particular."""


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise that is over: whoever may ask for something is told that it is, all others that they may not."""
    with serving(tmp_path_factory.mktemp("ended")) as house:
        house.done("end")
        yield house


# Routes and their rules


def routes(found: list[Any]) -> Iterator[tuple[str, Any]]:
    """Every route as the table of gates names it, and the route itself, included routers opened."""
    for route in found:
        if hasattr(route, "effective_candidates"):
            yield from routes(route.effective_candidates())
            continue
        route = getattr(route, "starlette_route", None) or route
        kind = getattr(route, "original_route", route)
        if isinstance(kind, APIWebSocketRoute):
            yield f"WS {route.path}", route
        elif isinstance(kind, Mount):
            yield f"MOUNT {route.path}", route
        else:
            yield from ((f"{method} {route.path}", route) for method in sorted(set(route.methods) - {"HEAD"}))


def test_every_route_has_a_rule_and_every_rule_a_route(tmp_path: Path):
    with Store(tmp_path) as store:
        found = dict(routes(create_app(store, Settings()).routes))

    assert found.keys() == GATES.keys() | {"MOUNT /static"}


def test_every_route_that_is_not_for_anybody_asks_the_gate(tmp_path: Path):
    with Store(tmp_path) as store:
        found = list(routes(create_app(store, Settings()).routes))

    ungated = {
        name
        for name, route in found
        if gate not in [one.call for one in getattr(getattr(route, "dependant", None), "dependencies", ())]
    }

    assert {name for name in ungated if GATES.get(name, "anybody") != "anybody"} == set()
    assert ungated == {"GET /api/v1/openapi.json", "MOUNT /static"}


def test_a_route_without_a_rule_is_closed(tmp_path: Path):
    with serving(tmp_path) as house:
        house.server.config.app.add_api_route("/forgotten", lambda: "secret")  # type: ignore[union-attr]

        for who in (house.device(), house.as_lead(), house.program(Role.DIRECTOR)):
            reply = who.get("/forgotten")

            assert refused(401, reply) == "This address is not open to anybody."


def passes(route: str, role: Role) -> bool:
    """Whether the table of rights lets a role through to what a route does."""
    wanted = GATES[route]
    may = isinstance(wanted, Action) and role in RULES[wanted]
    if route.endswith("/report"):
        may = may and any(role in RULES[action] for action in TIERS.values())
    return may


GUARDED = [route for route, wanted in GATES.items() if isinstance(wanted, Action) and not route.startswith("WS")]


def asked(route: str, who: Browser, exercise: str) -> httpx.Response:
    method, _, path = route.partition(" ")
    return who.request(method, path.format(seat=who.seat.id, exercise=exercise))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_passes_the_gates_of_its_rights_and_no_other(house: Served, role: Role):
    by_code, by_token = house.as_(role), house.program(role, *PLACES.get(role, ()))

    for who in (by_code, by_token):
        passed = {route for route in GUARDED if asked(route, who, house.exercise).status_code not in (401, 403)}

        assert passed == {route for route in GUARDED if passes(route, role)}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_ask_for_what_the_table_says_and_nothing_else(ended: Served, role: Role):
    words: dict[str, dict[str, Any]] = {
        "release": {"inject": "D1-01"}, "hold": {"inject": "D1-01"}, "skip": {"inject": "D1-01"},
        "recall": {"inject": "D1-01"}, "choose": {"inject": "D1-03", "option": "A"}, "timer": {"seconds": 1},
        "add_inject": {"title": "T", "text": "T"}, "announce": {"text": "T"}, "observe": {"text": "T"},
        "respond": {"inject": "D1-01", "question": 1, "answer": {"text": "T"}},
        "delegate_submission": {"allowed": True}, "rate": {"rating": "P", "objective": "O1"},
    }  # fmt: skip
    verbs = {kind.model_fields["do"].annotation.__args__[0]: action for kind, action in ACTION.items()}  # type: ignore[union-attr]
    who = ended.as_(role)

    for verb, action in verbs.items():
        fields = words.get(verb, {})
        by_api = ended.command(who, verb, **fields)
        by_form = who.post(f"{who.page}/do", data={"do": verb, **{k: str(v) for k, v in fields.items()}})
        may = role in RULES[action]

        assert by_api.status_code == (409 if may else 403), f"{role} {verb}: {by_api.text}"
        assert by_form.status_code in ((409, 422) if may else (403, 422)), f"{role} {verb}: {by_form.text}"


@pytest.mark.parametrize("role", list(Role))
def test_each_role_follows_only_if_it_has_a_page_to_follow(house: Served, role: Role):
    may = role in RULES[Action.FOLLOW] and any(role in roles for roles in OPENS.values())

    for who in (house.as_(role), house.program(role, *PLACES.get(role, ()))):
        if may:
            assert "notice" in house.screen(who, after=0).regions
        else:
            assert Screen(house.line(who)).ended() == 4401


# Nobody, or somebody from elsewhere


@pytest.mark.parametrize("route", GUARDED)
def test_nobody_is_let_in_without_a_seat(house: Served, route: str):
    wrong_token = house.device(authorization="Bearer ttx_wrong")
    wrong_cookie = house.device(cookie=f"{COOKIE}=wrong")
    other_scheme = house.device(authorization="Basic eDp5")

    for who in (house.device(), wrong_token, wrong_cookie, other_scheme):
        who.seat = house.seat(Role.LEAD_FACILITATOR).seat

        assert "Join with your code." in refused(401, asked(route, who, house.exercise))


def test_signed_in_is_more_than_sitting(house: Served):
    assert refused(401, house.as_lead().get("/home")) == "Sign in to see the exercises you have a seat in."


def test_a_seat_in_another_exercise_is_none_in_this_one(house: Served):
    other = create_exercise(house.store, SCENARIO, roster())
    lead = next(one for one in seats_of(house.store, other) if one.seat.role is Role.LEAD_FACILITATOR)
    by_code = house.device().join(lead)
    token, seat = new_token(house.store, other, Role.LEAD_FACILITATOR)
    by_token = house.device(authorization=f"Bearer {token}")
    by_token.seat = seat

    for who in (by_code, by_token):
        assert who.get(f"/api/v1/exercises/{other}").status_code == 200
        refused(401, who.get(house.api))
        refused(401, house.command(who, "open_day"))
        assert Screen(house.line(who)).ended() == 4401


def test_a_seat_that_is_not_ones_own_is_refused_wherever_it_is_named(house: Served):
    lead = house.seat(Role.LEAD_FACILITATOR).seat.id

    for who in (house.as_head(), house.as_(Role.DIRECTOR), house.program(Role.DIRECTOR)):
        refused(401, who.get(f"/s/{lead}"))
        refused(401, who.post(f"/s/{lead}/do", data={"do": "open_day"}))
        refused(401, who.get(f"/s/{lead}/seats"))
        refused(401, who.get(f"{house.api}?seat={lead}"))
        assert Screen(house.line(who, f"/live/{house.exercise}?seat={lead}")).ended() == 4401


def test_a_seat_that_does_not_exist_is_not_told_from_one_that_does(house: Served):
    taken = house.as_head().get(f"/s/{house.seat(Role.LEAD_FACILITATOR).seat.id}")
    invented = house.as_head().get("/s/s0000000000")

    assert (taken.status_code, taken.text) == (invented.status_code, invented.text)


def test_an_exercise_that_does_not_exist_is_not_told_from_one_without_a_seat(house: Served):
    assert house.as_head().get("/api/v1/exercises/none").status_code == 401


# What is taken away

Ways = Callable[[Served, Browser], None]


def _session(who: Browser) -> str:
    return hash_of(who.cookies[COOKIE])


WAYS: dict[str, Ways] = {
    "its seat is revoked": lambda house, who: revoke_seat(house.store, who.seat.id),
    "its session is closed": lambda house, who: close_session(house.store, _session(who)),
    "its device is sent away": lambda house, who: send_away(house.store, _session(who), who.seat.id),
    "it signs out": lambda house, who: told_nothing(who.post("/logout")),
}


def told_nothing(reply: httpx.Response) -> None:
    assert reply.status_code == 303


def loses(house: Served, who: Browser, taken: Callable[[], None]) -> None:
    """Its socket closes within about a second, and no door opens any more."""
    screen = house.screen(who)
    assert who.get(house.api).status_code == 200

    since = time.monotonic()
    taken()

    refused(401, who.get(house.api))
    assert screen.ended() == 4401
    assert time.monotonic() - since < 1.5
    refused(401, who.get(f"/s/{who.seat.id}"))
    refused(401, house.command(who, "respond", inject="D1-01", question=1, answer={"text": "Late"}))
    assert Screen(house.line(who)).ended() == 4401


@pytest.mark.parametrize("way", WAYS)
def test_a_tablet_loses_everything_when(tmp_path: Path, way: str):
    with serving(tmp_path) as house:
        other = house.screen(house.as_head("tamarinda"))

        loses(house, house.as_head(), lambda: WAYS[way](house, house.as_head()))

        seq = house.done("announce", text="Everybody else goes on")
        other.at(seq)


def test_a_program_loses_everything_when_its_token_is_revoked(house: Served):
    program = house.program(Role.HEAD, "Kestria", "T1")
    token = program.headers["authorization"].partition(" ")[2]

    loses(house, program, lambda: revoke_token(house.store, token))


def test_staff_lose_everything_when_their_account_is_disabled(house: Served):
    create_account(house.store, "ana", "a long enough password")
    seat = seat_account(house.store, "ana", house.exercise, Role.LEAD_FACILITATOR)
    browser = house.device()
    assert browser.post("/login", data={"name": "ana", "password": "wrong wrong wrong"}).status_code == 401
    signed_in = browser.post("/login", data={"name": "Ana", "password": "a long enough password"})
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/home")
    assert seat.id in browser.get("/home").text
    browser.seat = seat

    def disable() -> None:
        with house.store.write("That an account is disabled") as connection:
            changed = update(accounts).where(accounts.c.name == "ana")
            connection.execute(changed.values(disabled_at=stamp(datetime.now(UTC))))

    loses(house, browser, disable)


def test_a_changed_code_leads_nowhere_and_its_devices_stay(house: Served):
    head, old = house.as_head("tamarinda"), house.seat(Role.HEAD, "tamarinda").code

    changed = house.as_lead().post(f"{house.as_lead().page}/seats", data={"which": head.seat.id})

    assert changed.status_code == 303
    refused(404, house.device().post("/api/v1/join", json={"code": old}))
    assert head.get(house.api).status_code == 200
    house.device().join(house.seat(Role.HEAD, "tamarinda"))


def test_a_table_facilitator_changes_codes_only_at_his_table(house: Served):
    table = house.as_(Role.TABLE_FACILITATOR, None, "T1")
    here, there = house.seat(Role.HEAD, "Kestria"), house.seat(Role.LEAD_FACILITATOR)

    listed = table.get(f"{table.page}/seats").text
    other = table.post(f"{table.page}/seats", data={"which": there.seat.id})

    assert here.code in listed
    assert there.code not in listed
    assert other.status_code == 404
    assert house.seat(Role.LEAD_FACILITATOR).code == there.code


# Other sites


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://"])
def test_a_page_of_another_site_may_neither_post_nor_listen(house: Served, origin: str):
    lead = house.as_lead()
    seq = house.stands()["seq"]

    for path, sent in ((f"{house.api}/commands", {"json": {"do": "announce", "text": "X"}}),
                       (f"{lead.page}/do", {"data": {"do": "announce", "text": "X"}}),
                       ("/join", {"data": {"code": "ABCDEFGH"}}), ("/logout", {})):  # fmt: skip
        refused(403, lead.post(path, headers={"origin": origin}, **sent))  # type: ignore[arg-type]
    with pytest.raises(InvalidStatus) as refusal:
        house.line(lead, additional_headers={"origin": origin})

    assert refusal.value.response.status_code == 403
    assert house.stands()["seq"] == seq


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_it_comes_from_elsewhere_is_refused(house: Served, site: str):
    refused(403, house.as_lead().post("/logout", headers={"sec-fetch-site": site}))


def test_our_own_pages_and_those_named_in_the_settings_may(tmp_path: Path):
    with serving(tmp_path, settings=Settings(origins=("https://ttx.example",))) as house:
        for origin in (house.url, "https://ttx.example"):
            headers = {"origin": origin}
            reply = house.as_lead().post(f"{house.api}/commands", json={"do": "announce", "text": "X"}, headers=headers)
            assert reply.status_code == 200
            house.screen(house.as_lead(), additional_headers=headers)


# What every reply carries


def replies(house: Served) -> dict[str, httpx.Response]:
    """A reply of every kind, an unforeseen error of ours among them."""

    def breaks(_: object) -> None:
        raise ValueError("secret-in-an-error")

    house.server.config.app.add_route("/breaks", breaks)  # type: ignore[union-attr]
    lead, nobody = house.as_lead(), house.device()
    html = {"accept": "text/html"}
    return {
        "200 page": lead.get(lead.page),
        "200 join": nobody.get("/join"),
        "200 api": lead.get(house.api),
        "200 static": nobody.get("/static/icon.svg"),
        "200 openapi": nobody.get("/api/v1/openapi.json"),
        "200 alive": nobody.get("/healthz"),
        "200 figures": nobody.get("/metrics"),
        "303": house.device().get(f"/j/{house.seat(Role.PROJECTOR).code}"),
        "401": nobody.get(house.api),
        "401 page": nobody.get(lead.page, headers=html),
        "403": nobody.post("/logout", headers={"origin": "https://evil.example"}),
        "404": nobody.get("/nothing"),
        "404 page": nobody.get("/nothing", headers=html),
        "404 static": nobody.get("/static/nothing"),
        "405": nobody.delete("/join"),
        "409": house.command(lead, "resume"),
        "413": nobody.post("/join", content=b"x" * (BODY_LIMIT + 1)),
        "422": house.command(lead, "nonsense"),
        "422 query": lead.get(f"{house.api}/log?after=x"),
        "500": lead.get("/breaks"),
    }


def test_every_reply_carries_the_headers_and_says_nothing_of_errors(tmp_path: Path):
    with serving(tmp_path) as house:
        found = replies(house)

    assert {name: reply.status_code for name, reply in found.items()} == {name: int(name[:3]) for name in found}
    for name, reply in found.items():
        assert {header: reply.headers.get(header) for header in HEADERS} == HEADERS, name
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert "unsafe" not in reply.headers["content-security-policy"]
        assert ("no-store" in reply.headers.get("cache-control", "")) is ("static" not in name), name
        assert "secret" not in reply.text
        assert "server" not in reply.headers
    assert "." in found["500"].json()["refused"]


def test_a_page_loads_nothing_that_its_policy_forbids(house: Served):
    for who in (house.as_lead(), house.as_head(), house.as_(Role.PROJECTOR), house.as_(Role.EVALUATOR)):
        text = who.get(who.page).text

        assert "<style" not in text
        assert " style=" not in text
        assert "onclick=" not in text
        assert "http://" not in text.replace("http://www.w3.org/", "")


def test_static_files_named_by_their_content_may_be_kept_for_ever(house: Served):
    plain, named = (house.device().get(path) for path in ("/static/icon.svg", "/static/icon.svg?0123"))

    assert "cache-control" not in plain.headers
    assert named.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_body_that_is_too_large_or_does_not_say_how_large_is_not_read(house: Served):
    lead = house.as_lead()

    too_large = lead.post(f"{house.api}/commands", content=b"x" * (BODY_LIMIT + 1))
    endless = lead.post(f"{house.api}/commands", content=iter([b"x" * 100] * 10))
    just_right = lead.post(f"{house.api}/commands", content=b"x" * BODY_LIMIT)

    assert "256 KB" in refused(413, too_large)
    refused(413, endless)
    refused(422, just_right)


def cookie_of(reply: httpx.Response, name: str) -> set[str]:
    """The attributes of a cookie that a reply sets, in small letters."""
    (said,) = (one for one in reply.headers.get_list("set-cookie") if one.startswith(f"{name}="))
    return {part.strip().lower().partition("max-age")[0] for part in said.split(";")[1:]} - {""}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(house: Served):
    joined = house.device().post("/api/v1/join", json={"code": house.seat(Role.PROJECTOR).code})
    asked = house.device().get("/join")

    assert cookie_of(joined, "ttx") == {"httponly", "samesite=lax", "path=/"}
    assert cookie_of(asked, "ttx_device") == {"httponly", "samesite=lax", "path=/"}


def test_over_tls_cookies_are_bound_to_the_host_and_the_browser_stays_with_tls(tmp_path: Path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    with Store(tmp_path / "data") as store:
        exercise = create_exercise(store, SCENARIO, roster())
        code = seats_of(store, exercise)[0].code
        with running(store, certificate=(certificate, key)) as server:
            port = server.servers[0].sockets[0].getsockname()[1]
            with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=False) as browser:
                joined = browser.post("/api/v1/join", json={"code": code})
                lands = browser.get(f"/s/{joined.json()['seat']['id']}")
                signed_out = browser.post("/logout")
                after = browser.get(f"/s/{joined.json()['seat']['id']}")

    assert cookie_of(joined, "__Host-ttx") == {"httponly", "samesite=lax", "path=/", "secure"}
    assert joined.headers["strict-transport-security"] == "max-age=31536000"
    assert [reply.status_code for reply in (joined, lands, signed_out, after)] == [200, 200, 303, 401]


def test_a_socket_of_a_browser_that_vanished_in_the_handshake_harms_nobody(house: Served):
    for _ in range(3):
        line = house.line(house.as_head())
        line.socket.shutdown(2)
        with pytest.raises(ConnectionClosed):
            line.recv(1)

    assert told(200, house.as_head().get(house.api))["id"] == house.exercise
