"""The record told entry by entry: a sentence for each, and a line of time without the nights."""

from datetime import timedelta

import pytest

from tests.exercise.words import NOW, History, head, lead, whole_exercise
from ttx.exercise.entries import KINDS, ExercisePaused, Logged
from ttx.review.chronicle import FOLDED, SILENCE, Sort, chronicle, in_words, sentence, spoken


def told(history: History) -> list[str]:
    return [one.text for one in chronicle(history.graph, history.state, history.log)]


def test_every_entry_of_a_whole_exercise_is_told_in_order():
    history = whole_exercise()
    entries = chronicle(history.graph, history.state, history.log)

    assert [one.seq for one in entries] == [logged.seq for logged in history.log]
    assert all(one.text[0].isupper() for one in entries)


def test_entries_are_sentences_with_the_names_of_the_room():
    history = History().opened(1).released("D1-01", "D1-02")
    history.answered(head("tamarinda"), "D1-01", "q1", text="We wait")
    history.answered(head(), "D1-02", "sure", scale=2).released("D1-03").decided("D1-03", "B")
    history.does(head(), "delegate_submission", allowed=True)

    assert told(history) == [
        "Exercise created",
        "Day 1 opens: At sea",
        "Inject released: D1-01, Crossings double",
        "Inject released: D1-02, A boat leaves Merevale",
        "Federated Islands of Tamarinda answers D1-01",
        "Kestria answers D1-02, question 2",
        "Inject released: D1-03, Which port?",
        "Decided in D1-03: B, None yet",
        "Kestria: every tablet may send answers",
    ]


def test_a_release_in_two_steps_names_its_tables_and_then_the_rest():
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=["T1"])
    history.does(lead(), "release", inject="D1-01")

    assert told(history)[2:4] == [
        f"Inject released: D1-01, Crossings double (to {history.state.tables['T1']})",
        "Inject released: D1-01, Crossings double (to the rest)",
    ]
    history = History().opened(1).does(lead(), "release", inject="D1-01", tables=["T1"])
    assert told(history.recalled("D1-01").released("D1-01"))[-1] == "Inject released: D1-01, Crossings double"


def test_ties_recalls_emergencies_and_what_the_hall_shows_are_told_as_what_they_were():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03").recalled("D1-01")
    history.does(lead(), "open_vote", inject="D1-03").does(head(), "vote", inject="D1-03", option="A")
    history.does(head("orrin"), "vote", inject="D1-03", option="B").does(head("tamarinda"), "vote", inject="D1-03")
    history.does(lead(), "close_vote", inject="D1-03").does(lead(), "show", view="vote", about="D1-03")
    history.does(lead(), "open_vote", inject="D1-03", quorum=50).does(lead(), "close_vote", inject="D1-03")
    history.does(lead(), "stop", text="Fire alarm").does(lead(), "stand_down")

    said = told(history)

    assert "Inject recalled: D1-01, Crossings double" in said
    assert said[-6:-4] == [
        "Vote closed in D1-03: a tie between A and B (A 1, B 1, abstained 1)", "The hall shows: vote, D1-03",
    ]  # fmt: skip
    assert said[-3:] == [
        "Vote closed in D1-03: its quorum was missed (A 0, B 0)", "Real-world emergency, everything stops: Fire alarm",
        "The emergency is over; everything stands still",
    ]  # fmt: skip
    sorts = [one.sort for one in chronicle(history.graph, history.state, history.log)]
    assert sorts[-2:] == [Sort.FRAME, Sort.FRAME]


def test_a_skip_or_hold_that_is_undone_is_told_as_that_and_not_as_a_recall():
    history = History().opened(1).skipped("D1-01").recalled("D1-01").held("D1-01").recalled("D1-01")
    history.released("D1-01").recalled("D1-01")

    assert [one.partition(":")[0] for one in told(history)[2:]] == [
        "Inject skipped", "Skip undone", "Inject held", "Hold undone", "Inject released", "Inject recalled",
    ]  # fmt: skip


def test_a_kind_without_a_sentence_of_its_own_is_called_by_its_name():
    history = History()

    assert sentence(history.graph, history.state, ExercisePaused()) == "Exercise paused"
    assert in_words("HotWashOpened") == "Hot wash opened"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_name_in_words(kind: str):
    assert in_words(kind).replace(" ", "").lower() == kind.lower()


def at(seq: int, moment: timedelta) -> Logged:
    return Logged(seq, NOW + moment, None, ExercisePaused())


def test_the_line_goes_by_time_and_leaves_out_what_is_longer_than_a_silence():
    history = History()
    night = timedelta(hours=14)
    moments = [
        timedelta(),
        timedelta(minutes=5),
        timedelta(minutes=5) + SILENCE,
        timedelta(minutes=5) + SILENCE + night,
    ]
    log = [at(seq, moment) for seq, moment in enumerate(moments, 1)]

    entries = chronicle(history.graph, history.state, log)

    assert [one.seconds for one in entries] == [0, 300, 300 + SILENCE.seconds, 300 + SILENCE.seconds + FOLDED]
    assert [one.silence for one in entries] == [None, None, None, night]


def test_a_clock_that_was_set_back_does_not_turn_the_line_round():
    history = History()
    log = [at(1, timedelta(minutes=9)), at(2, timedelta()), at(3, timedelta(minutes=1))]

    assert [one.seconds for one in chronicle(history.graph, history.state, log)] == [0, 0, 60]


def test_days_begin_where_they_were_opened_and_every_sort_is_told_apart():
    history = whole_exercise()
    entries = chronicle(history.graph, history.state, history.log)

    assert [one.day for one in entries if one.day is not None] == [1, 2]
    assert {one.sort for one in entries} == set(Sort)


@pytest.mark.parametrize(
    "length, said",
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(hours=14, minutes=20, seconds=3), "14 h 20 min"),
        (timedelta(days=2, hours=3), "2 d 3 h"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_units(length: timedelta, said: str):
    assert spoken(length) == said
