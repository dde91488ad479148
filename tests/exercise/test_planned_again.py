"""Undo, and the release that was planned for what is taken back."""

import pytest
from immutables import Map

from tests.exercise.words import History, lead


@pytest.mark.parametrize("do", ["hold", "skip", "release"])
@pytest.mark.parametrize("plan", [{"seconds": 600, "tables": ["T1"]}, {"with_timer": True}], ids=["delay", "timer"])
def test_what_is_taken_back_is_planned_as_it_was_before(do: str, plan: dict[str, object]):
    history = History().opened(1).does(lead(), "timer", seconds=600)
    history.does(lead(), "schedule", inject="D1-01", **plan)
    before = history.state.schedule["D1-01"]
    history.does(lead(), do, inject="D1-01")
    assert history.state.schedule == Map()

    history.does(lead(), "undo", act=history.state.seq)

    now = history.state.schedule["D1-01"]
    assert (now.due, now.tables, now.with_timer) == (before.due, before.tables, before.with_timer)


def test_what_went_out_as_it_was_planned_and_is_taken_back_does_not_go_out_once_more():
    history = History().opened(1).does(lead(), "schedule", inject="D1-01", seconds=60).falls_due("D1-01")
    assert history.stand("D1-01")[0] == "released"

    history.does(lead(), "undo", act=history.state.seq)

    assert history.state.schedule == Map()
