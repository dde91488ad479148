"""`ttx rehearse` end to end: a real server, real sockets, and figures that agree with the record."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from tests.cli.words import Ttx, sentence
from tests.web.words import SCENARIO
from tests.words import inject, small_roster, small_scenario, write_scenario
from ttx.rehearsal.cast import Stage
from ttx.rehearsal.marks import Marks
from ttx.rehearsal.play import Script, _Room

FAST = ("--speed", "3000")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_scenario(tmp_path / "small", small_scenario(), small_roster())


def test_a_rehearsal_plays_every_day_and_tells_what_it_took(ttx: Ttx, folder: Path, tmp_path: Path):
    words = ("--delegations", 4, "--tablets", 2, "--choose", "D1-03=A", "--seed", 3, "--json")

    said = ttx("rehearse", folder, *words, *FAST)

    told = said.object
    one, two = told["days"]
    assert (said.code, told["failed"], told["failures"]) == (0, 0, [])
    assert (told["delegations"], told["tablets"], told["speed"]) == (4, 8, 3000.0)
    assert [day["closed"] for day in told["days"]] == [True, True]
    assert [row["id"] for row in one["injects"]] == ["D1-01", "D1-02", "D1-03", "D1-04A", "D1-05"]
    assert [row["id"] for row in two["injects"]] == ["D2-01", "D2-02", "D2-03"]
    assert {row["id"]: row["decided"] for row in one["injects"]}["D1-03"] == "A"
    assert (one["planned_minutes"], two["planned_minutes"]) == (195, 120)
    assert one["drift"] == pytest.approx(one["minutes"] - 195, abs=0.2)
    for row in one["injects"] + two["injects"]:
        assert row["answered"] + row["silent"] <= row["asked"]
        if row["answered"]:
            assert 0 < row["first"] <= row["median"] <= row["last"]
    assert sum(row["answered"] for row in one["injects"]) > 8
    coffee_ends = 10 * 60 + 15
    assert _minutes(next(row for row in one["sessions"] if row["id"] == "rescue")["began_at"]) >= coffee_ends
    assert told["released_to_last"]["count"] == 8
    assert told["released_to_tablet"]["count"] > 8
    assert told["answered_to_acknowledged"]["count"] >= 20
    assert 0 < told["answered_to_acknowledged"]["median"] <= told["answered_to_acknowledged"]["p99"]
    assert "Day 2 is closed" in said.err
    assert "{" not in said.err  # a line of the server's own log
    assert re.search(r"On from D1-01: (all|\d+ of) 4 have answered by now", said.err)
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_one_day_is_played_where_those_before_it_have_led(ttx: Ttx, folder: Path):
    said = ttx("rehearse", folder, "--day", 2, "--choose", "D1-03=A", *FAST)

    assert said.code == 0
    assert "Rehearsal of Exercise Small Tide" in said.out
    assert "Day 1" not in said.out
    assert "D2-02" in said.out  # only if the port is Ellory
    assert "D2-03" in said.out  # only after D1-05
    assert "Nothing failed." in said.out


def test_what_the_server_refuses_is_told_and_the_day_goes_on(ttx: Ttx, folder: Path, tmp_path: Path):
    written = small_scenario()
    inject(written, "D1-03")["questions"][0]["options"] = {f"O{n}": "One of many" for n in range(60)}
    inject(written, "D1-03")["questions"][0]["kind"] = "multiple"  # of which an answer may name 50
    write_scenario(tmp_path / "many", written, small_roster())

    said = ttx("rehearse", tmp_path / "many", "--delegations", 12, "--day", 1, "--json", *FAST)

    told = said.object
    assert said.code == 1
    assert told["failed"] == len(told["failures"]) > 0
    assert {one["what"] for one in told["failures"]} == {"answer D1-03 port"}
    assert "malformed" in told["failures"][0]["sentence"]
    assert told["days"][0]["closed"]


def test_rehearse_says_what_it_cannot_play(ttx: Ttx, folder: Path):
    def rehearse(*words: object) -> str:
        return sentence(ttx("rehearse", *words))

    assert "Which scenario?" in rehearse()
    assert "scenario.yaml" in ttx("rehearse", "nowhere").err
    assert "has no day 7; its days are 1, 2" in rehearse(folder, "--day", 7)
    assert "--speed 0 cannot be played" in rehearse(folder, "--speed", 0)
    assert "takes INJECT=OPTION" in rehearse(folder, "--choose", "D1-03")
    assert "no inject D9-01" in rehearse(folder, "--choose", "D9-01=A")
    assert "D1-01 is no decision" in rehearse(folder, "--choose", "D1-01=A")
    assert "its options are A, B" in rehearse(folder, "--choose", "D1-03=C")
    assert "more than one machine plays" in rehearse(folder, "--delegations", 300, "--tablets", 30)
    assert "does not say whom to play" in sentence(ttx("rehearse", "--against", "http://127.0.0.1:9", stdin="{}\n"))


def test_a_server_that_is_not_there_is_a_sentence(ttx: Ttx):
    stage = {"exercise": "x", "scenario": small_scenario(), "seats": [{"code": "AAAA", "role": "lead_facilitator"}]}
    nobody = {**stage, "seats": []}

    away = ttx("rehearse", "--against", "http://127.0.0.1:9", stdin=json.dumps(stage) + "\n")
    empty = ttx("rehearse", "--against", "http://127.0.0.1:9", stdin=json.dumps(nobody) + "\n")

    assert "http://127.0.0.1:9 does not answer" in sentence(away)
    assert "no lead facilitator and no director" in sentence(empty)


def test_stop_is_heard_while_tablets_still_connect():
    async def stopped() -> bool:
        stop, for_ever = asyncio.Event(), asyncio.Event()
        room = _Room("http://127.0.0.1:9", Stage(exercise="x", scenario=SCENARIO, seats=()), Script(1), Marks())
        filling = asyncio.create_task(for_ever.wait())
        stop.set()
        async with asyncio.timeout(10):
            await room.until(stop, filling)  # type: ignore[arg-type]
        await asyncio.wait({filling})
        return filling.cancelled()

    assert asyncio.run(stopped())


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
