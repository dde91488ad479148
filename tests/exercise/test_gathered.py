"""What the room does together: votes, tables that go their own way, planned releases, looking back, the stop."""

from datetime import timedelta

import pytest
from immutables import Map

from tests.exercise.words import (
    MINUTE,
    History,
    at_minute,
    delegate,
    gathered_exercise,
    head,
    lead,
    parted_exercise,
    projector,
    seat,
    table_facilitator,
)
from ttx.exercise.entries import BranchChosen, InjectReleased
from ttx.exercise.schedule import Planned, ReleaseLapsed
from ttx.exercise.sight import asked, sees
from ttx.exercise.state import Status
from ttx.scenario.roster import Role


def voting(**rules: object) -> History:
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    return history.does(lead(), "open_vote", inject="D1-03", **rules)


# Tables first


def test_an_inject_released_to_some_tables_is_seen_there_and_nowhere_else_until_it_goes_to_all():
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=["T1"])
    inject = history.graph.injects["D1-01"]

    first = [sees(history.state, one, inject) for one in (head(), head("tamarinda"), projector())]
    reached = asked(history.state, inject)
    refused = history.refuses(head("tamarinda"), "respond", inject="D1-01", question="q1", answer={"text": "We?"})
    history.does(lead(), "release", inject="D1-01")

    assert first == [True, False, False]
    assert reached == ("Kestria", "orrin")
    assert refused == "There is no development D1-01 on your screen to answer."
    assert all(sees(history.state, one, inject) for one in (head(), head("tamarinda"), projector()))
    assert history.refuses(lead(), "release", inject="D1-01") == "D1-01 is already released."


def test_what_everybody_had_is_not_released_again_to_some():
    history = History().opened(1).released("D1-01").recalled("D1-01")

    refused = history.refuses(lead(), "release", inject="D1-01", tables=["T1"])

    assert "had reached everybody" in refused
    assert history.allows(lead(), "release", inject="D1-01")


def test_a_table_facilitator_releases_to_his_own_table_once_he_is_allowed():
    history = History().opened(1)
    before = history.refuses(table_facilitator(), "release", inject="D1-01")
    history.does(lead(), "allow_tables", allowed=True)
    other = history.refuses(table_facilitator(), "release", inject="D1-01", tables=["T2"])

    history.does(table_facilitator(), "release", inject="D1-01")

    assert before.startswith("Tables do not release by themselves")
    assert other == "You may release to your own table only."
    assert history.entries() == [InjectReleased(inject="D1-01", tables=("T1",))]


def test_a_rapporteur_sees_what_reached_the_own_table():
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=["T1"])
    inject = history.graph.injects["D1-01"]

    assert sees(history.state, seat(Role.RAPPORTEUR, None, "T1"), inject) is True
    assert sees(history.state, seat(Role.RAPPORTEUR, None, "T2"), inject) is False


# Planned releases


def test_a_planned_release_stands_still_while_the_exercise_does():
    history = History().opened(1).does(lead(), "schedule", inject="D1-01", seconds=600).does(lead(), "pause")
    paused = history.state.schedule["D1-01"]

    history.does(lead(), "resume")

    assert paused == Planned(3, None, timedelta(minutes=9))
    assert history.state.schedule["D1-01"].due == at_minute(4) + timedelta(minutes=9)


def test_a_planned_release_is_made_once_and_an_overtaken_one_never():
    history = History().opened(1).does(lead(), "schedule", inject="D1-01", seconds=60)
    before = history.state.schedule["D1-01"]
    history.falls_due("D1-01")

    assert before.due == at_minute(3)
    assert history.entries() == [InjectReleased(inject="D1-01")]
    assert history.state.schedule == Map()


def test_a_release_whose_time_passed_unnoticed_waits_for_a_person():
    history = History().opened(1).does(lead(), "schedule", inject="D1-01", seconds=60).falls_due("D1-01", late=True)

    assert history.entries() == [ReleaseLapsed(inject="D1-01", scheduled=3, why="late")]
    assert history.state.schedule["D1-01"].lapsed == "late"
    assert history.released("D1-01").state.schedule == Map()


def test_a_release_that_falls_due_before_the_story_is_there_says_so():
    history = History().opened(1).does(lead(), "schedule", inject="D1-05", seconds=60).falls_due("D1-05")

    assert history.state.schedule["D1-05"].lapsed == "not reachable"
    assert history.state.out == ()


def test_a_release_planned_with_the_timer_follows_it():
    history = History().opened(1).does(lead(), "timer", seconds=600)
    history.does(lead(), "schedule", inject="D1-01", with_timer=True)
    first = history.state.schedule["D1-01"].due
    history.does(lead(), "timer", seconds=660)
    longer = history.state.schedule["D1-01"].due
    history.does(lead(), "pause").does(lead(), "resume")
    later, timer = history.state.schedule["D1-01"].due, history.state.timer
    history.does(lead(), "timer", seconds=0)
    stopped = history.state.schedule["D1-01"]
    history.does(lead(), "timer", seconds=60)
    history.clock_strikes(history.state.seq)

    assert first == at_minute(2) + timedelta(minutes=10)
    assert longer == at_minute(4) + timedelta(minutes=11)
    assert timer is not None
    assert later == timer.ends == longer + MINUTE
    assert (stopped.due, stopped.left) == (None, None)
    assert history.state.schedule["D1-01"].due == at_minute(8) + MINUTE
    assert history.falls_due("D1-01").entries() == [InjectReleased(inject="D1-01")]


def test_without_a_timer_nothing_goes_out_with_it():
    said = History().opened(1).refuses(lead(), "schedule", inject="D1-01", with_timer=True)

    assert said == "No timer is set: start one, or say when it goes out."


# Words


def test_reworded_injects_are_released_in_the_new_words_and_the_scenario_stays():
    history = History().opened(1).does(lead(), "reword", inject="D1-01", title="Crossings triple")

    assert history.inject("D1-01").title == "Crossings triple"
    assert history.graph.injects["D1-01"].title == "Crossings double"
    assert history.released("D1-01").refuses(lead(), "reword", inject="D1-01", title="No") == (
        "D1-01 is out: take it back before you change its words."
    )


# Taking back


@pytest.mark.parametrize(
    "do",
    [
        {"do": "release", "inject": "D1-01"},
        {"do": "hold", "inject": "D1-01"},
        {"do": "skip", "inject": "D1-01"},
        {"do": "pause"},
        {"do": "close_day"},
        {"do": "announce", "text": "Lunch"},
        {"do": "timer", "seconds": 60},
        {"do": "schedule", "inject": "D1-01", "seconds": 60},
        {"do": "start_session", "session": "picture"},
    ],
    ids=lambda do: do["do"],
)
def test_what_was_done_last_can_be_taken_back_once(do: dict[str, object]):
    history = History().opened(1).does(lead(), **do)  # type: ignore[arg-type]
    act = history.state.seq

    history.does(lead(), "undo", act=act)

    assert "taken back" in history.refuses(lead(), "undo", act=act)


def test_a_close_taken_back_leaves_everything_as_it_stood():
    history = History().opened(1).does(lead(), "start_session", session="picture")
    history.does(lead(), "announce", text="Lunch at one").does(lead(), "timer", seconds=600)
    history.does(lead(), "schedule", inject="D1-01", seconds=600).does(lead(), "close_day")
    closed = history.state

    history.does(lead(), "undo", act=history.state.seq)

    now = history.state
    assert (closed.schedule, closed.timer, closed.announced, closed.session) == (Map(), None, None, None)
    assert now.schedule["D1-01"].due == at_minute(7) + timedelta(minutes=9)
    assert (now.timer.ends if now.timer else None) == at_minute(7) + timedelta(minutes=8)
    assert (now.announced.text if now.announced else None) == "Lunch at one"
    assert (now.session.what if now.session else None) == "picture"


def test_a_day_opened_anew_begins_without_what_had_been_planned_before_its_close():
    history = History().opened(1).does(lead(), "schedule", inject="D1-01", seconds=600).does(lead(), "close_day")

    history.does(lead(), "open_day", day=1)

    assert history.state.schedule == Map()


def test_a_session_begun_by_mistake_gives_way_to_the_one_before():
    history = History().opened(1).does(lead(), "start_session", session="picture")
    history.does(lead(), "start_session", session="rescue")
    history.does(lead(), "undo", act=history.state.seq)
    second = history.state

    assert (second.session.what if second.session else None) == "picture"
    assert list(second.sessions) == [(1, "picture")]


def test_a_decision_taken_back_is_open_again_until_something_follows_from_it():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03").decided("D1-03", "A")
    act = history.state.seq

    history.does(lead(), "undo", act=act)

    assert history.state.decisions == Map()
    assert history.state.variables["port"] == "undecided"
    history.decided("D1-03", "A")
    act = history.state.seq
    assert "something else was done" in history.released("D1-04A").refuses(lead(), "undo", act=act)


def test_a_release_to_the_rest_is_not_undone_from_the_tables_that_had_it_before():
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=("T1",))
    history.released("D1-01")

    assert history.state.act is None
    assert "cannot be taken back" in history.refuses(lead(), "undo", act=history.state.seq)


def test_answers_that_come_in_meanwhile_do_not_keep_a_release_from_being_taken_back():
    history = History().opened(1).released("D1-01")
    act = history.state.seq

    history.answered(head(), "D1-01", "q1", text="We wait.").does(lead(), "undo", act=act)

    assert history.stand("D1-01")[0] == "available"


# Votes


def test_a_vote_counts_each_delegation_once_and_its_last_word():
    history = voting().does(head(), "vote", inject="D1-03", option="A").does(head(), "vote", inject="D1-03", option="B")
    history.does(head("orrin"), "vote", inject="D1-03", option="B").does(head("tamarinda"), "vote", inject="D1-03")

    result = history.does(lead(), "close_vote", inject="D1-03").state.ballots["D1-03"].closed

    assert result is not None
    assert (dict(result.counts), result.abstained, result.option) == ({"A": 0, "B": 2}, 1, "B")
    assert "D1-03" not in history.state.decisions  # advice only


def test_a_tie_decides_nothing_and_can_be_voted_on_again():
    history = voting(binding=True).does(head(), "vote", inject="D1-03", option="A")
    history.does(head("orrin"), "vote", inject="D1-03", option="B").does(lead(), "close_vote", inject="D1-03")
    tied = history.state.ballots["D1-03"].closed

    history.does(lead(), "open_vote", inject="D1-03", options=["A", "B"])

    assert tied is not None
    assert (tied.option, tied.tied) == (None, ("A", "B"))
    assert history.state.ballots["D1-03"].round == 2
    assert history.state.ballots["D1-03"].cast == Map()


def test_a_binding_vote_decides_only_with_its_quorum():
    short = voting(binding=True, quorum=100).does(head(), "vote", inject="D1-03", option="A")
    short.does(lead(), "close_vote", inject="D1-03")
    full = voting(binding=True, quorum=30).does(head(), "vote", inject="D1-03", option="A")
    full.does(lead(), "close_vote", inject="D1-03")

    assert short.state.decisions == Map()
    assert full.entries()[-1] == BranchChosen(inject="D1-03", option="A", set={"port": "Ellory"})


def test_a_delegate_votes_only_where_he_may_submit_and_a_facilitator_counts_raised_hands():
    history = voting()

    assert "head of your delegation votes" in history.refuses(delegate(), "vote", inject="D1-03", option="A")
    assert history.refuses(lead(), "vote", inject="D1-03", option="A").startswith("Say whose vote you count")
    history.does(lead(), "vote", inject="D1-03", option="A", voter="orrin")
    assert history.state.ballots["D1-03"].cast["orrin"].option == "A"


def test_tables_that_chose_different_ways_get_different_developments_and_meet_again():
    history = parted_exercise()
    assert history.stand("A1")[0] == history.stand("B1")[0] == "available"

    history.released("A1")
    there = [sees(history.state, one, history.inject("A1")) for one in (head(), head("tamarinda"))]
    history.released("B1", "Z")

    assert there == [True, False]
    assert all(sees(history.state, one, history.inject("Z")) for one in (head(), head("tamarinda")))


# Looking back


def test_gaps_that_say_the_same_become_one_that_keeps_its_ranks_and_tables():
    history = gathered_exercise()
    (gap,) = history.state.debrief.on_the_wall()

    assert (gap.name, gap.tables, gap.merged) == ("G2", ("T2", "T1"), ("G1",))
    assert history.state.debrief.points() == {"G2": 3}
    assert history.state.debrief.stands_as("G1") == "G2"


def test_a_table_has_one_surprise_and_speaks_for_no_other_table():
    history = History().opened(1).does(lead(), "open_hot_wash")
    history.does(head(), "note_hot_wash", sense="surprise", text="The port opened.")

    assert "one surprise" in history.refuses(head("orrin"), "note_hot_wash", sense="surprise", text="The sea.")
    refused = history.refuses(head(), "note_hot_wash", sense="gap", text="No radio.", table="T2")
    assert refused == "Your seat is at Table 1, so it cannot speak for another table."


def test_a_hot_wash_gap_leaves_the_wall_with_its_note():
    history = History().opened(1).does(lead(), "open_hot_wash")
    history.does(head(), "note_hot_wash", sense="gap", text="No radio.")
    note = next(iter(history.state.debrief.notes))
    before = [gap.text for gap in history.state.debrief.on_the_wall()]

    history.does(head(), "withdraw_hot_wash", note=note)

    assert before == ["No radio."]
    assert history.state.debrief.on_the_wall() == ()


def test_a_summary_is_approved_in_the_version_that_was_read():
    history = History().opened(1).does(table_facilitator(), "summarise", text="We waited.")
    version = history.state.seq
    history.does(table_facilitator(), "summarise", text="We waited until noon.")

    refused = history.refuses(lead(), "approve_summary", table="T1", day=1, version=version)
    history.does(lead(), "approve_summary", table="T1", day=1, version=history.state.seq)

    assert "changed meanwhile" in refused
    assert history.state.debrief.summaries[1, "T1"].stands is True


# Stop


def test_a_real_emergency_stops_all_but_what_people_are_writing_and_takes_two_steps_to_leave():
    history = History().opened(1).released("D1-01").does(table_facilitator(), "stop", text="Fire alarm")

    assert "real emergency" in history.refuses(lead(), "release", inject="D1-02")
    assert "real emergency" in history.refuses(lead(), "resume")
    history.answered(head(), "D1-01", "q1", text="We leave the room.")
    history.does(lead(), "stand_down")
    assert history.state.status is Status.PAUSED
    assert history.does(lead(), "resume").state.status is Status.RUNNING


def test_the_hall_is_never_shown_what_is_not_for_everybody():
    history = History().opened(1).released("D1-01", "D1-02")

    assert "not for everybody" in history.refuses(lead(), "show", view="development", about="D1-02")
    assert "Name a development that is out" in history.refuses(lead(), "show", view="question", about="D1-05")
    assert history.does(lead(), "show", view="question", about="D1-01").state.stage.about == "D1-01"


def test_a_call_for_help_waits_until_somebody_has_seen_to_it():
    history = History().does(head(), "call", text="Our tablet is dark.")
    number = history.state.seq

    assert "has your call" in history.refuses(head(), "call", text="Hello?")
    assert history.state.talk[number].waits is True
    assert history.does(lead(), "settle_help", message=number).state.talk[number].waits is False
