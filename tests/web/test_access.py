"""Who gets in: every route by the table of rights, every way to lose a seat, and what every reply carries."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from starlette.routing import Mount, WebSocketRoute

from tests.exercise.test_rights import SAMPLES
from tests.web.words import COOKIE, SCENARIO, Browser, Screen, Served, refused, roster, serving
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
from ttx.web.api import COMMANDS, QUICK
from ttx.web.app import create_app
from ttx.web.review import TIERS
from ttx.web.socket import PATHS, ROUTES

PLACES = {Role.TABLE_FACILITATOR: (None, "T1"), Role.HEAD: ("Kestria", "T1"), Role.DELEGATE: ("Kestria", "T1")}
"""Where the seats of these roles are; the others are nowhere in particular."""


@pytest.fixture(scope="module")
def ended(kept_in: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
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
        if isinstance(kind, WebSocketRoute):
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

    quick = {
        name for name, route in found if route in (QUICK, *ROUTES)
    }  # ask the gate themselves, as the next tests tell
    assert quick == {f"POST {COMMANDS}", *(f"WS {path}" for path in PATHS)}
    assert {name for name in ungated - quick if GATES.get(name, "anybody") != "anybody"} == set()
    assert ungated - quick == {"GET /api/v1/openapi.json", "MOUNT /static"}


def test_the_route_past_the_framework_asks_the_gate_for_its_own_name(house: Served):
    nobody, hall, other = house.device(), house.as_(Role.PROJECTOR), f"/api/v1/exercises/{house.exercise}x/commands"
    asks = {"do": "open_day", "day": 1}

    assert nobody.post(f"{house.api}/commands", json=asks).status_code == 401
    assert house.device(authorization="Bearer ttx_invented").post(f"{house.api}/commands", json=asks).status_code == 401
    assert house.as_lead().post(other, json=asks).status_code == 401
    assert hall.post(f"{house.api}/commands", json=asks).status_code == 403
    assert (
        nobody.post(f"{house.api}/commands", json=asks, headers={"origin": "https://evil.example"}).status_code == 403
    )


@pytest.mark.parametrize("attempt", ["", "/7"])
def test_the_sockets_past_the_framework_ask_the_gate_for_their_own_name(house: Served, attempt: str):
    lead, head = house.as_lead(), house.as_head()

    for who, seat in ((None, lead.seat.id), (head, lead.seat.id), (lead, "nobodyxxxx")):
        assert Screen(house.line(who, f"/live/{house.exercise}{attempt}?seat={seat}")).ended() == 4401
    assert house.screen(head).frames


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


GUARDED = [
    route
    for route, wanted in GATES.items()
    if isinstance(wanted, Action) and not route.startswith("WS") and "{author}" not in route
]
"""The routes that ask for a seat; those that ask for an author are in `test_author_access`."""


def asked(route: str, who: Browser, house: Served) -> httpx.Response:
    method, _, path = route.partition(" ")
    watched = house.seat(Role.HEAD, "Kestria").seat.id
    places = {"seat": who.seat.id, "exercise": house.exercise, "name": "none.png", "seq": 1, "watched": watched}
    places |= {"item": "E-0001", "gap": "GAP-01", "day": 1, "form": "pdf", "version": 1, "agreement": "none"}
    return who.request(method, path.format(**places))


@pytest.mark.parametrize("role", list(Role))
def test_each_role_passes_the_gates_of_its_rights_and_no_other(house: Served, role: Role):
    by_code, by_token = house.as_(role), house.program(role, *PLACES.get(role, ()))

    for who in (by_code, by_token):
        passed = {route for route in GUARDED if asked(route, who, house).status_code not in (401, 403)}

        assert passed == {route for route in GUARDED if passes(route, role)}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_ask_for_what_the_table_says_and_nothing_else(ended: Served, role: Role):
    verbs = {kind.model_fields["do"].annotation.__args__[0]: action for kind, action in ACTION.items()}  # type: ignore[union-attr]
    who = ended.as_(role)

    for verb, action in verbs.items():
        fields = SAMPLES[verb]
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

        assert "Join with your code." in refused(401, asked(route, who, house))


def test_signed_in_is_more_than_sitting(house: Served):
    assert (
        refused(401, house.as_lead().get("/home"))
        == "Sign in to see your exercises and scenarios. With a code alone you need no account."
    )


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
    assert time.monotonic() - since < 5
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
