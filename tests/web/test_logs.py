"""The server's log tells what went wrong and where, and never what anybody said, nor a code, a token or a name."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import httpx
import pytest
import structlog
from websockets.exceptions import ConnectionClosed

from tests.web.words import COOKIE, Served, eventually, running, serving
from ttx.exercise import commands
from ttx.live.room import Room
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store.accounts import create_account
from ttx.store.database import Store
from ttx.store.newest import Newest, tell
from ttx.store.seats import new_token, seats_of
from ttx.web import front, logs

CANARY = "heron-7731"
PASSWORD = "seven grey herons at noon"


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is logged meanwhile."""
    root, written = logging.getLogger(), list[str]()
    before, level = list(root.handlers), root.level
    logs.configure(written.append)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def fails(*_: object) -> None:
    """A fault of ours that quotes what it was given, as libraries do."""
    raise ValueError(f"what was given: {_}")


def everything_goes_wrong(house: Served, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Whatever can be sent, sent while the server fails at it; what must stand in no line."""
    create_account(house.store, "Ottilie", PASSWORD)
    token, _ = new_token(house.store, house.exercise, Role.LEAD_FACILITATOR)
    house.begun()
    head, stranger, lead = house.as_head(), house.device(), house.as_lead()
    lines = [house.screen(head), house.screen(lead)]
    with monkeypatch.context() as broken:
        broken.setattr(commands, "decide", fails)
        broken.setattr(Room, "draw", fails)
        broken.setattr(front, "admit", fails)
        with suppress(httpx.HTTPError):
            assert house.answer(head, CANARY, key=f"key-{CANARY}").status_code == 500
            assert stranger.post("/api/v1/join", json={"code": f"{CANARY}-code"}).status_code == 500
            assert lead.get(lead.page, params={"q": CANARY}).status_code == 500
        broken.undo()
    stranger.post("/login", data={"name": f"name-{CANARY}", "password": f"password-{CANARY}"})
    stranger.post("/login", data={"name": "Ottilie", "password": PASSWORD + CANARY})
    stranger.get(f"/j/{CANARY}")
    stranger.get(f"/nowhere/{CANARY}?token={token}", headers={"authorization": f"Bearer {token}"})
    house.command(head, "respond", inject="D1-01", question="q1", answer={"text": [CANARY]})
    house.command(lead, "announce", text=CANARY)
    stranger.post(f"{house.api}/commands", content=b'{"do": "announce", "text": "' + CANARY.encode())
    for said in (CANARY, json.dumps({"hello": CANARY}), json.dumps({"writing": CANARY})):
        with house.line(head) as line, suppress(ConnectionClosed):
            line.send(said)
            line.recv(2)
    del lines
    codes = {one.code for one in seats_of(house.store, house.exercise)}
    names = {one.name for one in seats_of(house.store, house.exercise) if one.name and one.name != "program"}
    cookies = {value for one in (head, lead) for name, value in one.cookies.items() if name == COOKIE}
    return {CANARY, PASSWORD, token, "Ottilie", *codes, *names, *cookies}


def test_no_line_holds_an_answer_a_code_a_token_or_a_name(
    tmp_path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
):
    with serving(tmp_path) as house:
        secret = everything_goes_wrong(house, monkeypatch)
        eventually(lambda: sum("ValueError" in line for line in lines) >= 3)
    told = [json.loads(line) for line in lines]

    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    assert {one["level"] for one in told} <= {"info", "warning", "error", "critical"}
    assert all(datetime.fromisoformat(one["at"]).utcoffset().total_seconds() == 0 for one in told)  # type: ignore[union-attr]
    places = [place for one in told for error in one.get("errors", ()) for place in error["at"]]
    assert any(re.fullmatch(r"ttx/live/room\.py:\d+ _decide", place) for place in places)
    assert {word for word in secret if any(word in line for line in lines)} == set()


def test_what_libraries_put_into_their_words_is_left_out(lines: list[str]):
    logging.getLogger("asyncio").error(f"Exception in callback Room.say('{CANARY}')\nhandle: {CANARY}")
    logging.getLogger("uvicorn.error").warning("%s sent %s", CANARY, CANARY)
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as first:
            raise ExceptionGroup(CANARY, [ValueError(CANARY), TypeError(CANARY)]) from first
    except ExceptionGroup:
        structlog.get_logger("ttx.live.rooms").exception("beat", exercise="x")
    told = [json.loads(line) for line in lines]

    assert CANARY not in "".join(lines)
    assert [one["event"] for one in told] == ["Exception in callback Room.say", "", "beat"]
    assert [error["kind"] for error in told[2]["errors"]] == ["ExceptionGroup", "ValueError", "TypeError", "KeyError"]


def test_a_line_that_somebody_sends_is_one_line_of_the_log(lines: list[str]):
    structlog.get_logger("ttx").warning("two\nlines", said='x"}\n{"event": "forged"')

    assert len(lines) == 1
    assert json.loads(lines[0])["said"] == 'x"}\n{"event": "forged"'


def test_the_figures_tell_how_long_commits_and_releases_take_and_what_was_refused(tmp_path: Path):
    with serving(tmp_path) as house:
        house.done("open_day", day=1)
        screen = house.screen(house.as_head())
        seq = house.done("release", inject="D1-01")
        screen.at(seq)
        house.device().get("/nowhere")
        house.command(house.as_lead(), "release", inject="D1-01")

        eventually(lambda: house.figure("ttx_release_seconds_count") == 1)
        assert house.figure("ttx_commit_seconds_count") >= 2
        assert house.figure('ttx_refused_total{status="404"}') == 1
        assert house.figure('ttx_refused_total{status="409"}') == 1
        assert house.figure("ttx_seats") == 1


DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana.json"


def test_every_figure_of_the_dashboard_is_one_that_the_server_tells(tmp_path: Path):
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    with Store(tmp_path) as store, running(store, Settings()) as server:
        tell(store.directory, Newest(0, 1, True, 60))
        port = server.servers[0].sockets[0].getsockname()[1]
        told = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", told, re.MULTILINE))
    known = {name + suffix for name, kind in kinds.items()
             for suffix in (("_bucket", "_sum", "_count") if kind == "histogram" else ("",))}  # fmt: skip
    named = {name for expr in asked for name in re.findall(r"\bttx_\w+", expr)}

    assert named <= known
    assert {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in named} == set(kinds)
    assert all(panel["title"] and panel["gridPos"] for panel in panels)
