"""Commands that stop the clock, start it and end it all: pauses, timers, announcements, the end."""

import pytest

from tests.exercise.words import History, evaluator, head, lead
from ttx.exercise import commands
from ttx.exercise.entries import (
    Announced,
    ExerciseEnded,
    ExercisePaused,
    ExerciseResumed,
    TimerEnded,
    TimerStarted,
    TimerStopped,
)
from ttx.exercise.requests import EndTimer


def running() -> History:
    """The small scenario on its first day."""
    return History().opened(1)


def test_the_exercise_is_paused_and_goes_on():
    history = running().does(lead(), "pause").does(lead(), "resume")

    assert history.entries(2) == [ExercisePaused(), ExerciseResumed()]


def test_what_is_not_paused_does_not_resume():
    said = [history.refuses(lead(), "resume") for history in (History(), running())]

    assert said == ["The exercise is not paused, so there is nothing to resume."] * 2


@pytest.mark.parametrize("history", [History(), running(), running().does(lead(), "pause")])
def test_something_can_be_announced_at_any_time(history: History):
    announced = history.does(lead(), "announce", text="This is a real-world emergency.").entries()

    assert announced == [Announced(text="This is a real-world emergency.")]


def test_a_timer_is_started_replaced_and_stopped():
    history = running().does(lead(), "timer", seconds=60).does(lead(), "timer", seconds=90)

    assert history.does(lead(), "timer", seconds=0).entries(3) == [
        TimerStarted(seconds=60),
        TimerStarted(seconds=90),
        TimerStopped(),
    ]


def test_a_timer_can_be_stopped_while_the_exercise_is_paused():
    history = running().does(lead(), "timer", seconds=60).does(lead(), "pause")

    assert history.does(lead(), "timer", seconds=0).entries() == [TimerStopped()]


def test_where_no_timer_runs_none_is_stopped():
    assert running().refuses(lead(), "timer", seconds=0) == "No timer is running, so there is none to stop."


def test_the_clock_ends_the_timer_that_runs():
    history = running().does(lead(), "timer", seconds=60)

    assert commands.due(history.graph, history.state, EndTimer(do="end_timer", started=3)) == (TimerEnded(started=3),)


def test_the_clock_ends_no_timer_that_was_stopped_replaced_or_stands_still():
    stopped = running().does(lead(), "timer", seconds=60).does(lead(), "timer", seconds=0)
    replaced = running().does(lead(), "timer", seconds=60).does(lead(), "timer", seconds=90)
    paused = running().does(lead(), "timer", seconds=60).does(lead(), "pause")

    ends = [
        commands.due(one.graph, one.state, EndTimer(do="end_timer", started=3)) for one in (stopped, replaced, paused)
    ]

    assert ends == [(), (), ()]


def test_the_exercise_ends_between_days():
    assert running().does(lead(), "close_day").does(lead(), "end").entries() == [ExerciseEnded()]


def test_the_exercise_does_not_end_while_a_day_is_open():
    said = [history.refuses(lead(), "end") for history in (running(), running().does(lead(), "pause"))]

    assert said == ["Day 1 is still open: close it before you end the exercise."] * 2


def test_after_the_end_nothing_is_added_to_the_record():
    history = running().released("D1-01").does(lead(), "close_day").does(lead(), "end")

    said = {
        history.refuses(lead(), "open_day"),
        history.refuses(lead(), "announce", text="One more thing"),
        history.refuses(lead(), "recall", inject="D1-01"),
        history.refuses(head(), "respond", inject="D1-01", question="q1", answer={"text": "Late"}),
        history.refuses(evaluator(), "observe", text="Late"),
    }

    assert said == {"The exercise has ended; its record can be read but not added to."}
