"""The log of what was refused: where somebody was not let in, without what he sent, and never so much that it harms."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.test_logs import lines as lines
from tests.web.words import Served, serving
from ttx.scenario.roster import Role
from ttx.web.refused import A_MINUTE, Refusals


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as house:
        yield house


def told(lines: list[str]) -> list[dict[str, Any]]:
    return [one for line in lines if (one := json.loads(line))["event"] == "refused"]


def test_who_is_not_let_in_is_told_by_route_status_seat_and_address(house: Served, lines: list[str]):
    head, stranger = house.as_head(), house.device()
    lines.clear()
    stranger.get("/j/ABCD-EFGH")
    stranger.post("/login", data={"name": "nobody", "password": "not the password"})
    stranger.get(head.page)
    head.get(f"{head.page}/rehearsal")
    head.post(f"{head.page}/me", data={}, headers={"origin": "https://elsewhere.example"})

    assert [(one["status"], one["asked"], one.get("seat")) for one in told(lines)] == [
        (404, "GET /j/{code}", None),
        (401, "POST /login", None),
        (401, "GET /s/{seat}", None),
        (403, "GET /s/{seat}/rehearsal", None),
        (403, "POST", None),
    ]
    assert {one["address"] for one in told(lines)} == {"127.0.0.1"}
    assert not any("ABCD" in line or "nobody" in line for line in lines)


def test_a_seat_that_asks_for_more_than_it_may_is_named_as_in_the_record(house: Served, lines: list[str]):
    head = house.as_head()
    house.command(head, "open_day", day=1)

    (one,) = [one for one in told(lines) if one["status"] == 403]
    assert (one["asked"], one["seat"]) == ("POST /api/v1/exercises/{exercise}/commands", head.seat.id)
    assert str(house.seat(Role.HEAD).name) not in json.dumps(one)


def test_more_than_a_hundred_lines_a_minute_are_counted_and_not_written(lines: list[str]):
    counted = Counter[int]()
    refusals = Refusals(counted)
    for _ in range(A_MINUTE + 40):
        refusals.note({"method": "POST", "client": ("192.0.2.1", 5)}, 429, now=600)
    refusals.note({"method": "POST"}, 429, now=660)

    assert len(told(lines)) == A_MINUTE + 1
    assert told(lines)[-1]["left_out"] == 40
    assert counted == {429: A_MINUTE + 41}
    refusals.note({"method": "GET"}, 404, now=661)
    assert len(told(lines)) == A_MINUTE + 1
