"""Who sees what of a vote, and of a decision that each table takes for itself."""

import pytest

from tests.exercise.words import (
    History,
    delegate,
    head,
    lead,
    parted_exercise,
    projector,
    seat,
    table_facilitator,
)
from ttx.exercise import polls, views
from ttx.exercise.polls import ChoiceView, PollView, VoteView
from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role


def voting(**rules: object) -> History:
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    return history.does(lead(), "open_vote", inject="D1-03", **rules)


def seen(history: History, who: Seat, inject: str = "D1-03") -> VoteView:
    return polls.vote(history.graph, history.state, who, history.inject(inject))


def told(history: History, who: Seat) -> list[str]:
    return [one.id for one in polls.votes_seen(history.graph, history.state, who)]


def chosen(history: History, who: Seat) -> ChoiceView:
    return polls.choice(history.graph, history.state, who, history.inject("D1"))


def poll(history: History, who: Seat, inject: str = "D1-03") -> PollView:
    return polls.poll(history.graph, history.state, who, history.inject(inject))


# Votes


def test_a_decision_tells_its_options_only_once_it_is_voted_on():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    before = told(history, head())

    history.does(lead(), "open_vote", inject="D1-03")

    assert before == []
    assert told(history, head()) == ["D1-03"]
    assert [line.label for line in seen(history, head()).lines] == ["Ellory", "None yet"]


def test_who_may_vote_is_named_before_the_vote_is_opened_and_follows_seats_that_move():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")

    def named() -> dict[str, tuple[str, ...]]:
        return dict(poll(history, lead()).may_vote)

    assert named() == {
        "delegations": ("Kestria", "Federated Islands of Tamarinda", "Republic of Orrin"),
        "tables": ("Table 1", "Table 2"),
    }
    history.moves("head-tamarinda-T2", "T1", "tamarinda", **{"head-tamarinda-T2": "T2"})
    assert named()["tables"] == ("Table 1",)


def test_how_a_hidden_vote_stands_is_seen_by_those_who_run_the_exercise_alone_until_it_is_revealed():
    history = voting(hidden=True).does(head("orrin"), "vote", inject="D1-03", option="B")
    everybody = (lead(), table_facilitator(), head(), head("orrin"), projector())

    before = [[line.votes for line in seen(history, who).lines] for who in everybody]
    history.does(lead(), "reveal_vote", inject="D1-03")

    assert before == [[0, 1], *[[None, None]] * 4]
    assert [[line.votes for line in seen(history, who).lines] for who in everybody] == [[0, 1]] * 5
    assert seen(history, head()).voted == 1


def test_a_hidden_vote_that_is_closed_stays_hidden_until_it_is_revealed():
    history = voting(hidden=True).does(head("orrin"), "vote", inject="D1-03", option="B")
    everybody = (lead(), table_facilitator(), head(), head("orrin"), projector())

    history.does(lead(), "close_vote", inject="D1-03")
    closed = [seen(history, who).counted for who in everybody]
    history.does(lead(), "reveal_vote", inject="D1-03")

    assert closed == [True, False, False, False, False]
    assert [[line.votes for line in seen(history, who).lines] for who in everybody] == [[0, 1]] * 5
    assert "already" in history.refuses(lead(), "reveal_vote", inject="D1-03")


def test_a_delegation_sees_its_own_vote_and_nobody_elses():
    history = voting(hidden=True).does(head("orrin"), "vote", inject="D1-03", option="B")

    own, other = seen(history, head("orrin")).own, seen(history, head()).own

    assert own is not None
    assert own.option == "B"
    assert other is None


def test_whoever_may_not_submit_sees_the_vote_and_cannot_press():
    history = voting()
    before = seen(history, delegate()).may_vote

    history.does(head(), "delegate_submission", allowed=True)

    assert before is False
    assert seen(history, delegate()).may_vote is True
    assert seen(history, projector()).may_vote is False


def test_a_vote_of_tables_is_given_by_anybody_who_speaks_for_the_table():
    history = voting(by="tables")
    rapporteur, evaluator = seat(Role.RAPPORTEUR, None, "T1"), seat(Role.EVALUATOR, None, "T1")

    voters = [seen(history, who).voter for who in (head(), table_facilitator("T2"), rapporteur, evaluator, lead())]
    history.does(rapporteur, "vote", inject="D1-03", option="A")

    assert voters == ["Table 1", "Table 2", "Table 1", None, None]
    assert [(own.own.option if own.own else None) for own in (seen(history, head()), seen(history, head("orrin")))] == [
        "A",
        "A",
    ]


@pytest.mark.parametrize("halt", ["pause", "stop", "close_day"])
def test_a_vote_that_comes_while_the_exercise_stands_still_is_taken_as_an_answer_is(halt: str):
    history = voting().does(lead(), halt)

    history.does(head(), "vote", inject="D1-03", option="B")

    assert history.state.ballots["D1-03"].counts == {"A": 0, "B": 1}
    assert seen(history, head()).may_vote is (halt == "pause")
    assert "paused" in voting().does(lead(), "pause").refuses(lead(), "close_vote", inject="D1-03")


@pytest.mark.parametrize("halt", ["pause", "stop", "close_day"])
def test_what_a_table_chose_just_before_the_exercise_stood_still_is_taken(halt: str):
    history = parted_exercise().does(lead(), halt)

    history.does(head(), "choose_for_table", inject="D1", option="B")

    assert history.state.choices["D1"]["T1"] == "B"


def test_an_open_vote_stands_above_every_question_and_a_closed_one_with_its_own():
    history = voting().released("D1-09")
    while_open = float(seen(history, head()).order)

    history.does(lead(), "close_vote", inject="D1-03")

    assert while_open > 90_000
    assert seen(history, head()).order == "00002.99"


def test_a_table_facilitator_reads_who_voted_what_of_his_own_table_alone():
    history = voting().does(head("tamarinda"), "vote", inject="D1-03", option="A")

    assert [one.key for one in poll(history, lead()).voters] == ["Kestria", "tamarinda", "orrin"]
    assert [one.key for one in poll(history, table_facilitator("T1")).voters] == ["Kestria", "orrin"]


@pytest.mark.parametrize(
    "votes, quorum, take",
    [("AAB", 50, "A"), ("AB-", 50, None), ("A  ", 50, None), ("A  ", 30, "A"), ("---", 50, None)],
    ids=["most", "tie", "quorum missed", "quorum met", "all abstained"],
)
def test_a_closed_vote_advises_what_won_with_its_quorum(votes: str, quorum: int, take: str | None):
    history = voting(quorum=quorum)
    for name, vote in zip(("Kestria", "orrin", "tamarinda"), votes, strict=True):
        if vote != " ":
            history.does(head(name), "vote", inject="D1-03", option=None if vote == "-" else vote)

    assert poll(history, lead()).take is None
    assert poll(history.does(lead(), "close_vote", inject="D1-03"), lead()).take == take


def test_a_vote_on_what_some_tables_have_is_no_business_of_the_hall_or_of_the_others():
    history = History().opened(1).released("D1-01", "D1-02").does(lead(), "release", inject="D1-03", tables=["T1"])
    history.does(lead(), "open_vote", inject="D1-03")

    assert told(history, head()) == ["D1-03"]
    assert told(history, head("tamarinda")) == []
    assert told(history, projector()) == []


# What each table decides


def test_each_table_sees_what_it_chose_and_nothing_of_another():
    history = parted_exercise()

    assert chosen(history, head()).chosen == "A"
    assert chosen(history, head("tamarinda")).chosen == "B"
    assert [one.option for one in poll(history, lead(), "D1").choosers] == ["A", "B"]
    assert [one.option for one in poll(history, table_facilitator("T1"), "D1").choosers] == ["A", None]


def test_a_choice_stands_once_what_follows_is_at_the_table():
    history = parted_exercise()
    before = chosen(history, head())

    history.released("A1")

    assert (before.may_choose, before.settled) == (True, False)
    assert (chosen(history, head()).may_choose, chosen(history, head()).settled) == (False, True)
    assert chosen(history, head("tamarinda")).may_choose is True


def test_the_desk_says_to_which_tables_alone_a_release_would_go_and_by_which_way():
    history = parted_exercise()
    before = views.desk(history.graph, history.state, lead(), "D1")

    desks = [views.desk(history.graph, history.state, lead(), one) for one in ("A1", "B1")]
    history.released("A1")
    met = views.desk(history.graph, history.state, lead(), "Z")

    assert (before.goes_to, before.ways) == ((), ())
    assert [(one.goes_to, [(way.source, way.option) for way in one.ways]) for one in desks] == [
        (("T1",), [("D1", "A")]),
        (("T2",), [("D1", "B")]),
    ]
    assert (met.goes_to, [(way.source, way.option) for way in met.ways]) == (("T1",), [("A1", None)])
    history.released("B1")
    assert views.desk(history.graph, history.state, lead(), "Z").goes_to == ()


def test_the_console_says_what_each_table_may_now_get():
    history = parted_exercise()
    before = [(way.next.id, way.waiting) for way in poll(history, lead(), "D1").ways]

    history.released("A1")

    assert before == [("A1", ("Table 1",)), ("B1", ("Table 2",))]
    assert [(way.next.id, way.waiting) for way in poll(history, lead(), "D1").ways] == [
        ("A1", ()),
        ("B1", ("Table 2",)),
    ]
