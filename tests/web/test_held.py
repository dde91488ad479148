"""Grants found a moment ago: they spare a look, and a right that is taken away is gone all the same."""

import time
from pathlib import Path

import pytest

from tests.web.words import Served, eventually, serving
from ttx.live import rooms
from ttx.scenario.roster import Role
from ttx.store.database import Store
from ttx.store.seats import revoke_seat
from ttx.web import access


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each time that somebody was looked up."""
    made: list[str] = []
    plain = access._granted

    def noted(*given):
        made.append("look")
        return plain(*given)

    monkeypatch.setattr(access, "_granted", noted)
    return made


def warm(house: Served, who, looks: list[str]) -> None:
    """Ask until what was found is also what the beat found, so that nobody is looked up for it."""

    def held() -> bool:
        before = len(looks)
        house.stands(who)
        return len(looks) == before

    eventually(held)


def test_who_was_found_a_moment_ago_is_not_looked_up_again(tmp_path: Path, looks: list[str]):
    with serving(tmp_path) as house:
        head = house.as_head()
        warm(house, head, looks)
        before = len(looks)

        for _ in range(5):
            house.stands(head)

        assert len(looks) == before


def test_a_right_taken_away_here_is_gone_at_once(tmp_path: Path, looks: list[str]):
    with serving(tmp_path) as house:
        head = house.as_head()
        warm(house, head, looks)

        revoke_seat(house.store, head.seat.id)

        assert head.get(house.api).status_code == 401


def test_a_right_taken_away_by_another_process_is_gone_within_a_second(tmp_path: Path, looks: list[str]):
    with serving(tmp_path) as house:
        program = house.program(Role.LEAD_FACILITATOR)
        warm(house, program, looks)

        with Store(house.store.directory) as another:
            revoke_seat(another, program.seat.id)
        since = time.monotonic()
        eventually(lambda: program.get(house.api).status_code == 401)

        assert time.monotonic() - since < 10  # a second, on a machine that has time for it


def test_what_was_found_for_one_exercise_opens_no_other(tmp_path: Path, looks: list[str]):
    with serving(tmp_path) as house:
        head = house.as_head()
        warm(house, head, looks)

        assert head.get(house.api.replace(house.exercise, "otherxxxxx")).status_code == 401


def test_after_a_silence_somebody_looks_at_once_and_not_at_the_next_beat(
    tmp_path: Path, looks: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rooms, "BEAT", 3600.0)
    with serving(tmp_path) as house:
        warm(house, house.as_head(), looks)
