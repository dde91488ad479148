"""The fold: what entries add up to, purely and whatever they say."""

import copy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exercise.nonsense import entries
from tests.exercise.words import History, at_minute, decides, delegate, head, lead, one_day, tells, whole_exercise
from ttx.exercise.entries import Entry, ExerciseEnded, InjectHeld, InjectReleased, Logged, TimerEnded
from ttx.exercise.state import Progress, State, Status, Timer, apply, begin, fold

LEAD = lead().id


def versions(history: History, delegation: str = "Kestria") -> list[tuple[str | None, bool]]:
    """What a delegation answered to D1-01, version by version, and whether the inject had been recalled."""
    said = history.state.responses["D1-01", "q1", delegation]
    return [(one.answer.text, one.recalled) for one in said]


def with_port() -> History:
    """An open day with two decisions about the port that are both out."""
    east: dict[str, object] = {"next": "D1-99", "set": {"port": "East"}}
    west: dict[str, object] = {"next": "D1-99", "set": {"port": "West", "hours": 8}}
    port = decides("D1-01", A=east, B=west)
    again = decides("D1-02", A={**east, "set": {"port": "South"}}, B={**west, "set": {"hours": 9}})
    variables = {"port": {"start": "none"}, "hours": {"start": 0}}
    story = one_day(port, {**again, "needs": ["D1-01"]}, tells("D1-99"), variables=variables)
    return History(story).opened(1).released("D1-01", "D1-02")


def test_before_the_first_entry_the_variables_have_their_start_and_nothing_else_is_there():
    story = one_day(tells("D1-01"), variables={"port": {"start": "none"}})

    state = begin(story.scenario)

    assert (dict(state.variables), state.seq, state.status, state.day) == ({"port": "none"}, 0, Status.READY, None)


def test_between_two_days_the_exercise_is_ready_again():
    history = History()

    statuses = [history.state.status, history.opened(1).state.status]
    statuses += [history.does(lead(), do).state.status for do in ("pause", "resume", "close_day", "end")]

    assert statuses == [Status.READY, Status.RUNNING, Status.PAUSED, Status.RUNNING, Status.READY, Status.ENDED]


def test_an_inject_that_was_out_is_remembered_in_the_order_it_first_went_out():
    history = History().opened(1).released("D1-01", "D1-02").recalled("D1-01").released("D1-01")

    assert history.state.out == ("D1-01", "D1-02")
    assert history.state.progress["D1-01"] == Progress(
        "released", at_minute(5), 6, at_minute(2), None, at_minute(2), seat=LEAD, taken_back=(at_minute(4),)
    )


def test_a_recalled_inject_is_no_longer_released_but_was_out():
    history = History().opened(1).released("D1-01").recalled("D1-01")

    assert history.state.released("D1-01") is False
    assert history.state.out == ("D1-01",)
    assert history.state.progress["D1-01"] == Progress(
        "recalled", at_minute(3), 4, at_minute(2), at_minute(3), at_minute(2), seat=LEAD, taken_back=(at_minute(3),)
    )


def test_a_recalled_inject_that_is_held_after_that_stays_withdrawn_since_the_recall():
    history = History().opened(1).released("D1-01").recalled("D1-01").held("D1-01")

    assert history.state.progress["D1-01"] == Progress(
        "held", at_minute(4), 5, at_minute(2), at_minute(3), at_minute(2), seat=LEAD, taken_back=(at_minute(3),)
    )


def test_a_hold_that_is_undone_recalls_nothing():
    history = History().opened(1).held("D1-01").recalled("D1-01")

    assert history.state.progress["D1-01"] == Progress("recalled", at_minute(3), 4, seat=LEAD)
    assert history.state.out == ()


def test_a_timer_ends_so_many_seconds_after_it_was_started():
    history = History().opened(1).does(lead(), "timer", seconds=90)

    assert history.state.timer == Timer(started=3, seconds=90, ends=at_minute(2) + timedelta(seconds=90))


def test_a_timer_stands_still_while_the_exercise_is_paused():
    history = History().opened(1).does(lead(), "timer", seconds=600)

    paused = history.does(lead(), "pause").state.timer
    for _ in range(5):
        history.does(lead(), "announce", text="Wait.")
    resumed = history.does(lead(), "resume").state.timer

    assert paused == Timer(3, 600, ends=None, left=timedelta(minutes=9))
    assert resumed == Timer(3, 600, ends=at_minute(9) + timedelta(minutes=9))


def test_a_timer_that_ran_out_unnoticed_has_nothing_left_when_the_exercise_is_paused():
    history = History().opened(1).does(lead(), "timer", seconds=1).does(lead(), "pause")

    assert history.state.timer == Timer(3, 1, ends=None, left=timedelta())


@pytest.mark.parametrize("do", [{"do": "timer", "seconds": 0}, {"do": "close_day"}], ids=["stopped", "day closed"])
def test_a_timer_is_gone_when_it_is_stopped_or_its_day_is_closed(do: dict[str, object]):
    history = History().opened(1).does(lead(), "timer", seconds=600)

    history.does(lead(), **do)  # type: ignore[arg-type]

    assert history.state.timer is None


def test_a_new_timer_takes_the_place_of_the_one_that_runs_and_the_old_ones_end_does_not_touch_it():
    history = History().opened(1).does(lead(), "timer", seconds=60).does(lead(), "timer", seconds=600)
    running = history.state.timer

    after = apply(history.state, Logged(5, at_minute(9), None, TimerEnded(started=3)))

    assert running is not None
    assert (running.started, after.timer) == (4, running)


def test_a_decision_taken_anew_sets_what_it_sets_now_and_nothing_of_before():
    history = with_port()

    variables = [dict(history.decided("D1-01", option).state.variables) for option in "ABA"]

    east, west = {"port": "East", "hours": 0}, {"port": "West", "hours": 8}
    assert variables == [east, west, east]
    assert (history.state.decisions["D1-01"].option, history.state.decisions["D1-01"].seq) == ("A", 7)


def test_of_two_decisions_about_one_variable_the_later_counts():
    history = with_port().decided("D1-02", "A").decided("D1-01", "B")

    assert dict(history.state.variables) == {"port": "West", "hours": 8}


def test_a_recalled_decision_takes_back_what_it_set_and_leaves_what_others_set():
    history = with_port().decided("D1-01", "B").decided("D1-02", "A").recalled("D1-01")

    assert dict(history.state.variables) == {"port": "South", "hours": 0}
    assert set(history.state.decisions) == {"D1-02"}


def test_every_version_of_an_answer_is_kept_and_the_last_is_of_record():
    history = History().opened(1).released("D1-01").answered(head(), "D1-01", "q1", text="First")
    history.answered(head("orrin"), "D1-01", "q1", text="Another's").answered(head(), "D1-01", "q1", text="Second")

    assert versions(history) == [("First", False), ("Second", False)]
    assert versions(history, "orrin") == [("Another's", False)]


def test_an_answer_to_a_recalled_inject_is_kept_and_marked():
    history = History().opened(1).released("D1-01").answered(head(), "D1-01", "q1", text="In time")

    history.recalled("D1-01").answered(head(), "D1-01", "q1", text="After")

    assert versions(history) == [("In time", False), ("After", True)]


def test_the_right_to_submit_is_given_and_taken():
    history = History().does(head(), "delegate_submission", allowed=True)
    given = history.state.may_submit

    history.does(head(), "delegate_submission", allowed=False)

    assert [set(given), set(history.state.may_submit)] == [{"Kestria"}, set()]


def test_injects_written_during_the_exercise_stand_in_the_order_they_were_written():
    history = History().opened(1)
    for number in range(12):
        history.does(lead(), "add_inject", title=f"Call {number}", text="Listen.")

    assert list(history.state.added) == [f"D1-X{number}" for number in range(1, 13)]


def test_nobodys_seat_but_the_one_that_answered_stands_with_an_answer():
    history = History().opened(1).released("D1-01").does(head(), "delegate_submission", allowed=True)

    history.answered(delegate(), "D1-01", "q1", text="Said")

    (said,) = history.state.responses["D1-01", "q1", "Kestria"]
    assert (said.seat, said.at, said.seq) == (delegate().id, at_minute(4), 5)


def test_a_new_state_leaves_every_old_one_as_it_was():
    exercise = whole_exercise()

    states = exercise.states()
    pictures = copy.deepcopy([vars_of(state) for state in states])
    fold(states[0], exercise.log[1:])

    assert [vars_of(state) for state in states] == pictures


def test_a_log_folds_to_the_same_in_one_go_and_in_two():
    exercise = whole_exercise()
    start = begin(exercise.graph.scenario)

    halves = [fold(fold(start, exercise.log[:cut]), exercise.log[cut:]) for cut in range(len(exercise.log))]

    assert [half == exercise.state for half in halves] == [True] * len(exercise.log)


@given(st.lists(entries, max_size=30))
def test_no_entry_is_too_strange_to_be_folded(strange: list[Entry]):
    history = History()
    log = [Logged(seq, at_minute(seq), None, entry) for seq, entry in enumerate(strange, 2)]

    state = fold(history.state, log)

    assert state.seq == len(strange) + 1
    assert fold(history.state, log) == state


@given(entries, st.integers(0, 44))
def test_an_entry_changes_only_the_state_that_comes_of_it(entry: Entry, seq: int):
    state = STATES[seq]
    before = vars_of(state)

    apply(state, Logged(state.seq + 1, at_minute(99), "somebody", entry))

    assert vars_of(state) == before


@pytest.mark.parametrize("entry", [InjectHeld(inject="D1-01"), InjectReleased(inject="D9-99"), ExerciseEnded()])
def test_even_what_no_command_would_write_is_folded(entry: Entry):
    state = apply(begin(one_day(tells("D1-01")).scenario), Logged(1, at_minute(0), None, entry))

    assert state.seq == 1


def vars_of(state: State) -> dict[str, object]:
    """What a state holds, in copies of its own."""
    return {name: copy.copy(getattr(state, name)) for name in State._fields}


STATES = whole_exercise().states()
