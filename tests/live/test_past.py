"""A replay shows at every entry what a page opened then would have shown, and nothing its audience could not see."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.exercise.test_recorded_logs import LOGS, recorded
from tests.exercise.words import History, head
from tests.live.everything import EVERYTHING
from tests.live.test_equality import SCENARIO, _ask, _forbidden, _play, histories
from tests.live.words import a_room, audiences, fresh, seat
from ttx.exercise.rights import Seat
from ttx.exercise.state import State, begin, fold
from ttx.live.past import EVERY, Past
from ttx.live.room import Room
from ttx.pages import regions
from ttx.pages.around import Around
from ttx.pages.environment import Pages, pages_of
from ttx.pages.regions import Audience
from ttx.scenario.editions import edition
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.settings import Settings

Shown = dict[Audience, dict[str, str]]
WHO = [audience for _, audience in audiences()]


def pages() -> Pages:
    made = Settings()
    return pages_of(made.templates, made.static)


def looking_at(seq: int) -> list[Audience]:
    """Every other audience, and the others at the next entry."""
    return WHO[seq % 2 :: 2]


def replayed(room: Room, seq: int, who: list[Audience] = WHO) -> Shown:
    """These audiences' pages as the past gives them at an entry."""
    state = room.past.at(seq)
    return {
        audience: {
            region: str(room.past.draw(room.edition(audience.seat.language), state, audience, region))
            for region in regions.regions(room.graph, state, audience)
        }
        for audience in who
    }


@dataclass(frozen=True)
class Then:
    """A room as it stood, and whose page is looked at: what the rules of the leak test ask."""

    state: State
    seat: Seat
    audience: Audience


async def opened_after_each(room: Room, requests: Any) -> dict[int, Shown]:
    """What pages opened after each of these requests showed, by the seq they were opened at."""
    shown = {}
    for who, request in requests:
        await _ask(room, who, request(room) if callable(request) else request)
        room.attendance.check = 0  # what came back from a connection check is no part of the record
        shown[room.state.seq] = {audience: fresh(room, audience) for audience in looking_at(room.state.seq)}
    return shown


def test_a_replay_shows_at_each_entry_what_a_page_opened_then_showed() -> None:
    """Backwards first, so that what was drawn for a later moment lies about when an earlier one is asked for."""

    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with a_room(Path(folder), SCENARIO) as room:
                shown = await opened_after_each(room, EVERYTHING)
                room.past.read_on()
                for seq in (*reversed(shown), *list(shown)[::6]):
                    assert replayed(room, seq, looking_at(seq)) == shown[seq], seq

    asyncio.run(scene())


def _of_record(screens: dict[Any, dict[str, str]]) -> dict[Any, dict[str, str]]:
    """The screens without what came back of a check of connections, which no record holds."""
    return {who: {name: text for name, text in drawn.items() if name != "comms"} for who, drawn in screens.items()}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories)
def test_the_same_holds_for_any_history_and_no_audience_finds_there_what_it_could_not_see(history: list[Any]) -> None:
    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with a_room(Path(folder), SCENARIO) as room:
                of_pages = ("lose", "find", "stick", "unstick", "writes", "hears")
                await _play(room, [], [step for step in history if step[0] not in of_pages])
                room.past.read_on()
                last = {audience: fresh(room, audience) for audience in WHO}
                for seq in range(room.state.seq, 0, -1):
                    then = replayed(room, seq)
                    if seq == room.state.seq:
                        assert _of_record(then) == _of_record(last)
                    for who, audience in audiences():
                        look = Then(room.past.at(seq), who, audience)
                        text = "\n".join(then[audience].values())
                        held = [mark for mark in _forbidden(look, look) if mark in text]  # type: ignore[arg-type]
                        assert held == [], (seq, audience)

    asyncio.run(scene())


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_a_recorded_log_plays_back_as_its_fold_up_to_there(log: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ttx.live.past.EVERY", 10)
    graph = build(Scenario.model_validate_json(log.with_suffix(".scenario.json").read_text("utf-8")))
    entries, english = recorded(log), edition(graph, "en")
    past = Past(graph, pages(), lambda after: [one for one in entries if one.seq > after])
    past.read_on()
    seated = past.at(entries[-1].seq).delegations.items()
    tablets = [seat(Role.HEAD, name, next(iter(one.tables), None)) for name, one in seated]
    looking = [Audience.of(one) for one in (seat(Role.LEAD_FACILITATOR), seat(Role.PROJECTOR), *tablets[:3])]

    for place, logged in reversed(list(enumerate(entries, 1))):
        state = fold(begin(graph.scenario), entries[:place])
        assert past.at(logged.seq) == state
        if place % 7 and place < len(entries):
            continue  # every state, and the pages of every seventh: the drawing is what takes the time
        for audience in looking:
            assert audience is not None
            for region in regions.regions(graph, state, audience):
                anew = regions.draw(past.pages, english, state, Around(), audience, region)
                assert past.draw(english, state, audience, region) == anew, (logged.seq, region)


def test_the_past_is_read_in_pieces_and_knows_the_states_between_those_it_keeps():
    history = History().opened(1).released("D1-01")
    for number in range(2 * EVERY):
        history.answered(head(), "D1-01", "q1", text=f"Answer {number}")
    states, there = history.states(), EVERY + 3
    past = Past(history.graph, pages(), lambda after: history.log[after:there])

    past.read_on()
    early = past.at(EVERY - 1)
    there = len(history.log)
    past.read_on()

    assert past.seq == len(history.log)
    assert early == states[EVERY - 2]
    assert [past.at(seq) for seq in range(1, past.seq + 1)] == states
    assert past.at(0) == begin(history.graph.scenario)
