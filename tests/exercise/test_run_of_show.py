"""The run of show: the agenda with its injects in it, and what each row says."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from tests.exercise.words import (
    MINUTE,
    History,
    at_minute,
    decides,
    head,
    lead,
    one_day,
    projector,
    table_facilitator,
    tells,
)
from ttx.exercise import course, run_of_show, views
from ttx.exercise.entries import InjectRecalled, InjectReleased, Logged
from ttx.exercise.pace import clock_of
from ttx.exercise.rights import Seat
from ttx.exercise.run_of_show import RunRowView, SessionRowView
from ttx.exercise.state import apply
from ttx.scenario.model import Session


def row(history: History, name: str) -> RunRowView:
    inject = history.inject(name)
    day = history.graph.scenario.days[0]
    return run_of_show.run_row(history.graph, history.state, inject, 0, clock_of(history.state, day, UTC))


def sessions(history: History) -> dict[str, SessionRowView]:
    day = history.graph.scenario.days[0]
    clock = clock_of(history.state, day, UTC)
    return {one.session.id: one for one in run_of_show.session_rows(history.graph, history.state, day, clock)}


def names(history: History, day: int = 0) -> list[str]:
    found = run_of_show.shown(history.graph, history.state, lead(), history.graph.scenario.days[day])
    return [f"[{one.id}]" if isinstance(one, Session) else one.id for one in found]


def test_each_session_stands_before_its_injects_and_the_reserve_at_the_end():
    history = History().opened(1).does(lead(), "add_inject", title="A call", text="A boat.")

    assert names(history) == [
        "[picture]", "D1-01", "D1-02", "[coffee]", "[rescue]", "D1-03", "D1-04A", "D1-04B", "D1-05", "[talk]",
        "D1-09", "D1-X1",
    ]  # fmt: skip


def test_a_table_facilitator_sees_the_whole_agenda_and_the_injects_of_the_own_table():
    history = History().opened(1)

    found = run_of_show.shown(history.graph, history.state, table_facilitator("T2"), history.graph.scenario.days[0])

    assert [one.id for one in found if isinstance(one, Session)] == ["picture", "coffee", "rescue", "talk"]
    assert "D1-02" not in [one.id for one in found]  # for the group at sea, which sits at the other table


def test_a_row_says_how_much_later_than_planned_it_went_out():
    history = History().opened(1).passing(at_minute(6) - at_minute(0)).released("D1-01").released("D1-09")

    assert row(history, "D1-01").behind == 8
    assert row(history, "D1-02").behind is None
    assert row(history, "D1-09").behind is None  # the reserve has no planned time


def test_a_session_is_on_since_it_was_started():
    history = History().opened(1).does(lead(), "start_session", session="picture")
    history.does(lead(), "start_session", session="coffee")

    assert {name: one.standing for name, one in sessions(history).items()} == {
        "picture": "over", "coffee": "on", "rescue": "to come", "talk": "to come",
    }  # fmt: skip
    assert sessions(history)["coffee"].since == at_minute(3)
    assert (sessions(history)["coffee"].may_start, sessions(history)["rescue"].may_start) == (False, True)


def test_a_session_is_on_too_when_its_first_inject_goes_out():
    history = History().opened(1).does(lead(), "start_session", session="coffee").released("D1-01", "D1-02", "D1-03")

    assert sessions(history)["rescue"].standing == "on"
    assert sessions(history)["rescue"].since == at_minute(5)


def test_nothing_is_on_between_two_days_and_a_session_cannot_be_started():
    history = History().opened(1).released("D1-01").does(lead(), "close_day")

    assert {one.standing for one in sessions(history).values()} == {"over"}
    assert not any(one.may_start for one in sessions(history).values())


def test_a_row_names_the_tables_that_have_it_and_those_it_is_still_to_reach():
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=["T2"])

    assert (row(history, "D1-01").at_tables, row(history, "D1-01").rest) == (("T2",), ("T1",))

    history.does(lead(), "release", inject="D1-01")

    assert (row(history, "D1-01").at_tables, row(history, "D1-01").rest) == ((), ())


def test_what_went_to_some_tables_is_the_row_in_hand_until_the_rest_have_it():
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=["T2"])

    def marked() -> list[str]:
        return [name for name in ("D1-01", "D1-02") if row(history, name).is_next]

    assert marked() == ["D1-01"]
    history.does(lead(), "release", inject="D1-01")
    assert marked() == ["D1-02"]


def test_a_table_facilitator_s_row_counts_and_marks_what_is_the_own_table_s():
    asks = {"id": "who", "kind": "text", "ask": "Who answers?"}
    history = History(one_day(tells("A", questions=[asks]), tells("B"))).opened(1)
    history.does(lead(), "release", inject="A", tables=["T1"])

    def seen(who: Seat) -> tuple[bool, int]:
        found = run_of_show.run_row(history.graph, history.state, history.inject("A"), 0, seat=who)
        return found.is_next, found.asked

    assert [seen(one) for one in (lead(), table_facilitator("T1"), table_facilitator("T2"))] == [
        (True, 2),
        (False, 2),
        (True, 0),
    ]
    history.does(lead(), "release", inject="A")
    assert [seen(one)[1] for one in (lead(), table_facilitator("T1"), table_facilitator("T2"))] == [3, 2, 1]


def test_a_table_where_nobody_is_addressed_is_no_rest():
    history = History(one_day(tells("A", to={"delegations": ["Kestria"]}), tells("B"))).opened(1)
    history.does(lead(), "release", inject="A", tables=["T1"])

    assert row(history, "A").rest == ()


def test_a_row_says_why_only_where_the_row_above_it_does_not_say_it_already():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03").decided("D1-03", "A")

    def reason(name: str, before: str) -> str:
        return run_of_show.reason(history.state, row(history, name), history.inject(before))

    assert reason("D1-04B", "D1-04A") == "D1-03 was decided A"
    assert reason("D1-05", "D1-04A") == ""  # it waits for the one above it
    assert reason("D1-05", "D1-04B") == "D1-04A has not been released"
    assert reason("D1-04A", "D1-03") == ""  # available


def test_other_words_are_marked_until_they_are_the_scenario_s_again():
    history = History().opened(1).does(lead(), "reword", inject="D1-02", title="Two boats leave", sender="A fisherman")
    written = history.graph.injects["D1-02"]

    assert row(history, "D1-02").changed == ("title", "sender")

    history.does(lead(), "reword", inject="D1-02", title=written.title, sender=written.sender)

    assert row(history, "D1-02").changed == ()


def test_the_desk_has_the_scenario_s_words_beside_the_changed_ones():
    history = History().opened(1).does(lead(), "reword", inject="D1-01", title="Crossings treble")

    desk = views.desk(history.graph, history.state, lead(), "D1-01")

    assert desk.inject is not None
    assert desk.written is not None
    assert (desk.inject.title, desk.written.title) == ("Crossings treble", "Crossings double")


def test_a_release_can_be_planned_before_the_story_has_got_there_and_not_while_it_stands_still():
    history = History().opened(1)

    assert views.desk(history.graph, history.state, lead(), "D1-05").may_plan
    assert not views.desk(history.graph, history.state, lead(), "D2-01").may_plan
    assert not views.desk(history.graph, history.state, table_facilitator(), "D1-05").may_plan

    history.does(lead(), "pause")

    assert not views.desk(history.graph, history.state, lead(), "D1-05").may_plan


def test_what_is_overdue_waits_on_every_desk_until_it_is_released_or_forgotten():
    history = History().opened(1).does(lead(), "schedule", inject="D1-01", seconds=60).falls_due("D1-01", late=True)

    def late(name: str) -> list[str]:
        return [one.id for one, _ in views.desk(history.graph, history.state, lead(), name).overdue]

    assert late("D1-05") == ["D1-01"]
    assert views.desk(history.graph, history.state, table_facilitator(), None).overdue == ()

    history.does(lead(), "unschedule", inject="D1-01")

    assert late("D1-05") == []


def test_one_leafs_to_any_day_and_back_to_the_open_one():
    history = History().opened(1)

    assert run_of_show.shown_day(history.graph, history.state, 2).day == 2
    assert run_of_show.shown_day(history.graph, history.state, 9).day == 1
    assert run_of_show.shown_day(history.graph, history.state).day == 1


def test_a_closed_day_can_be_reopened_where_none_is_open():
    history = History().opened(1).does(lead(), "close_day")
    first, second = history.graph.scenario.days

    def head_of(day: int) -> tuple[str, bool]:
        found = run_of_show.run_head(history.graph, history.state, (first, second)[day - 1], UTC)
        return found.standing, found.may_reopen

    assert (head_of(1), head_of(2)) == (("closed", True), ("to come", False))

    history.opened(2)

    assert (head_of(1), head_of(2)) == (("closed", False), ("open", False))


def test_the_close_of_a_day_names_what_is_left_of_it():
    history = History()

    def left() -> list[str]:
        view = run_of_show.closing(history.graph, history.state)
        return [row.inject.id for row in view.left] if view is not None else []

    assert left() == []
    history.opened(1)
    assert left() == ["D1-01", "D1-02", "D1-03", "D1-04A", "D1-04B", "D1-05"]
    history.released("D1-01").held("D1-02").released("D1-03").does(lead(), "open_vote", inject="D1-03")
    closing = run_of_show.closing(history.graph, history.state)
    assert closing is not None
    assert [vote.rules.inject for vote in closing.votes] == ["D1-03"]
    assert closing.washing is None
    history.does(lead(), "open_hot_wash")
    closing = run_of_show.closing(history.graph, history.state)
    assert closing is not None
    assert closing.washing == 1
    history.decided("D1-03", "A")
    assert left() == ["D1-02", "D1-04A", "D1-05"]
    history.skipped("D1-02").does(lead(), "release", inject="D1-04A", tables=["T1"])
    history.does(lead(), "add_inject", title="A call", text="Two boats.")
    assert left() == ["D1-04A", "D1-05", "D1-X1"]
    history.does(lead(), "close_day")
    assert [one.id for one in course.left(history.graph, history.state, 1)] == ["D1-04A", "D1-05", "D1-X1"]


def test_a_desk_with_nothing_in_hand_names_what_of_the_day_has_not_gone_out():
    told = tells("A"), tells("B", to={"delegations": ["tamarinda"]}), tells("C", needs=["A"])
    history = History(one_day(*told)).opened(1)

    def left(seat: Seat) -> list[str]:
        view = views.desk(history.graph, history.state, seat, None)
        return [one.inject.id for one in view.left]

    assert left(lead()) == []
    history.skipped("A").held("B")
    assert left(lead()) == ["B", "C"]
    assert left(table_facilitator("T1")) == ["C"]
    history.does(lead(), "close_day")
    assert left(lead()) == []


def test_the_time_in_the_story_is_what_was_said_or_what_a_seat_was_told_since():
    history = History(
        one_day(tells("A", story="Monday, dawn"), tells("B", to={"delegations": ["tamarinda"]}, story="Noon"))
    )
    history.opened(1).does(lead(), "move_story", text="Sunday night")

    def times() -> list[str]:
        return [views.story_time(history.graph, history.state, one) for one in (head(), head("tamarinda"), lead())]

    assert times() == ["Sunday night"] * 3
    history.released("A")
    assert times() == ["Monday, dawn"] * 3
    history.released("B")
    assert times() == ["Monday, dawn", "Noon", "Noon"]
    history.does(lead(), "move_story", text="Tuesday")
    assert times() == ["Tuesday"] * 3


def test_the_time_in_the_story_is_the_hall_s_also_for_those_who_read_it_only_there():
    some = {"to": {"delegations": ["tamarinda"]}, "plenary": True}
    history = History(one_day(tells("A", story="Monday"), tells("B", story="Noon", **some))).opened(1).released("A")

    def times() -> list[str]:
        people = (head(), head("tamarinda"), projector(), head("orrin"))
        return [views.story_time(history.graph, history.state, one) for one in people]

    history.does(lead(), "release", inject="B", tables=["T2"])
    assert times() == ["Monday", "Noon", "Monday", "Monday"], "nothing of it is in the hall yet"
    history.does(lead(), "release", inject="B")
    assert times() == ["Noon"] * 4


def test_a_reserve_that_some_tables_alone_get_is_an_aside_and_moves_no_clock():
    spare = tells("R", story="One of these days", kind="contingency")
    aside = tells("S", story="Elsewhere", kind="contingency", to={"delegations": ["tamarinda"]})
    history = History(one_day(tells("A", story="Monday"), spare, aside)).opened(1).released("A", "S")

    def times() -> set[str]:
        people = (head(), head("tamarinda"), projector(), lead())
        return {views.story_time(history.graph, history.state, one) for one in people}

    history.does(lead(), "release", inject="R", tables=["T2"])
    assert times() == {"Monday"}
    history.does(lead(), "release", inject="R")
    assert times() == {"One of these days"}


def test_the_time_in_the_story_goes_on_and_never_back_by_itself():
    plan = (
        ("A", "09:00", "Monday"),
        ("L", "09:30", "Monday, noon"),
        ("B", "10:00", "Tuesday"),
        ("C", "11:00", "Friday"),
    )
    spare = tells("R", at="09:15", story="One of these days", kind="contingency")
    history = History(one_day(*(tells(name, at=at, story=time) for name, at, time in plan), spare)).opened(1)

    def time() -> str:
        return views.story_time(history.graph, history.state, head())

    assert time() == ""
    history.released("A").held("L").released("B").recalled("B")
    assert time() == "Tuesday"
    history.recalled("A").released("A", "L", "B")
    assert time() == "Tuesday"
    history.released("C")
    assert time() == "Friday"
    history.released("R").recalled("R")
    assert time() == "One of these days"


def test_an_arm_told_in_place_of_one_taken_back_says_its_own_time():
    arms = [tells(name, at="10:00", story=time) for name, time in (("A1", "Thursday"), ("B1", "Wednesday"))]
    after = tells("Z", at="11:00", story="Friday")
    history = History(one_day(decides("D", A="A1", B="B1"), *arms, after)).opened(1).released("D").decided("D", "A")
    history.released("A1").recalled("A1").decided("D", "B").released("B1")

    assert views.story_time(history.graph, history.state, head()) == "Wednesday"


def test_controls_word_frees_the_time_that_something_taken_back_had_brought():
    plan = (("L", "08:30", "Sunday"), ("A", "09:00", "Monday"), ("C", "10:00", "Tuesday"), ("B", "12:00", "Friday"))
    history = History(one_day(*(tells(name, at=at, story=time) for name, at, time in plan))).opened(1).held("L")
    history.released("A").held("C").released("B").recalled("B").does(lead(), "move_story", text="Monday night")

    assert views.story_time(history.graph, history.state, head()) == "Monday night"

    history.released("L")

    assert views.story_time(history.graph, history.state, head()) == "Monday night"

    history.released("C")

    assert views.story_time(history.graph, history.state, head()) == "Tuesday"


comings = st.tuples(
    st.sampled_from([InjectReleased, InjectRecalled]),
    st.sampled_from(["D1-01", "D1-02", "D1-03", "D1-05", "D1-09", "D2-01", "D9-99"]),
    st.integers(-3, 3),
)


@given(st.lists(comings, max_size=20), st.booleans())
def test_an_inject_asked_alone_moves_the_sessions_that_the_whole_day_says(comes, starts):
    history = History().opened(1)
    if starts:
        history.does(lead(), "start_session", session="rescue")
    state, at = history.state, history.clock

    for seq, (kind, inject, minutes) in enumerate(comes, state.seq + 1):
        at += minutes * MINUTE  # a clock that is set back is no reason to miss one
        after = apply(state, Logged(seq, at, None, kind(inject=inject)))
        whole = run_of_show.moved_sessions(history.graph, state, after)
        assert run_of_show.moved_sessions(history.graph, state, after, inject) == whole
        state = after
