"""What the morning's recap tells of the days held, and to whom."""

import pytest

from tests.exercise.words import History, created, head, lead, parted_exercise, projector, seat
from ttx.exercise.entries import Delegation
from ttx.exercise.recap import RecapDay, recap
from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role


def held(history: History, who: Seat) -> list[RecapDay]:
    return list(recap(history.graph, history.state, who).days)


def a_day() -> History:
    """A day with a decision by vote, answers to choose from, a gap and a summary."""
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    for name, option in (("Kestria", "A"), ("orrin", "A"), ("tamarinda", "B")):
        history.answered(head(name), "D1-03", "port", choice=option)
    history.answered(head(), "D1-02", "sure", scale=4).answered(head("orrin"), "D1-02", "sure", scale=1)
    history.does(lead(), "open_vote", inject="D1-03")
    for name, vote in (("Kestria", "A"), ("orrin", "A"), ("tamarinda", None)):
        history.does(head(name), "vote", inject="D1-03", option=vote)
    history.does(lead(), "close_vote", inject="D1-03").decided("D1-03", "A")
    history.does(lead(), "open_hot_wash").does(head(), "draft_gap", text="No common list.")
    history.does(head(), "rank_gaps", gaps=["G1"]).does(head("tamarinda"), "test_gap", gap="G1", verdict="holds")
    history.does(seat(Role.RAPPORTEUR, None, "T1"), "summarise", text="We called each other at noon.")
    return history


def test_a_day_is_told_once_it_is_closed_and_what_reached_each_audience_of_it():
    history = a_day()
    before = held(history, lead())

    history.does(lead(), "close_day")

    assert before == []
    assert [[one.id for one in held(history, who)[0].told] for who in (lead(), head(), head("tamarinda"))] == [
        ["D1-01", "D1-02", "D1-03"],
        ["D1-01", "D1-02", "D1-03"],
        ["D1-01", "D1-03"],
    ]
    assert [one.id for one in held(history, projector())[0].told] == ["D1-01", "D1-03"]


def test_a_decision_by_vote_is_told_with_its_score():
    history = a_day().does(lead(), "close_day")

    for who in (lead(), head(), projector()):
        taken = held(history, who)[0].taken

        assert [(one.how, one.option, one.label, one.score) for one in taken] == [("vote", "A", "Ellory", (2, 0, 1))]


def test_a_decision_by_the_chair_is_told_only_where_what_follows_from_it_is_out():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03").decided("D1-03", "A").does(lead(), "close_day")
    before = [held(history, who)[0].taken for who in (lead(), head(), projector())]

    history.does(lead(), "open_day", day=1).released("D1-04A").does(lead(), "close_day")

    assert [[one.how for one in taken] for taken in before] == [["chair"], [], []]
    assert [held(history, who)[0].taken[0].label for who in (lead(), head(), projector())] == ["Ellory"] * 3


def test_a_decision_by_a_vote_that_stays_hidden_is_told_where_what_follows_is_out_and_without_a_score():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    history.does(lead(), "open_vote", inject="D1-03", hidden=True, quorum=0)
    history.does(head(), "vote", inject="D1-03", option="A").does(lead(), "close_vote", inject="D1-03")
    history.decided("D1-03", "A").does(lead(), "close_day")
    everybody = (lead(), head(), projector())
    before = [[one.score for one in held(history, who)[0].taken] for who in everybody]

    history.does(lead(), "open_day", day=1).released("D1-04A").does(lead(), "close_day")
    after = [[(one.how, one.score) for one in held(history, who)[0].taken] for who in everybody]
    history.does(lead(), "open_day", day=1).does(lead(), "reveal_vote", inject="D1-03").does(lead(), "close_day")

    assert before == [[(1, 0, 0)], [], []]
    assert after == [[("vote", (1, 0, 0))], [("kept", ())], [("kept", ())]]
    assert [held(history, who)[0].taken[0].score for who in everybody] == [(1, 0, 0)] * 3


def test_a_decision_the_chair_took_against_a_vote_says_so():
    history = a_day().decided("D1-03", "B").does(lead(), "close_day")

    (taken,) = held(history, head())[0].taken

    assert (taken.how, taken.option, taken.score) == ("chair", "B", (2, 0, 1))


def test_distributions_are_counts_without_names_but_for_those_who_run_the_exercise():
    history = a_day().does(lead(), "close_day")

    mine = held(history, lead())[0].spreads

    assert [spread.question.id for spread in mine] == ["sure", "port"]
    assert [bar.who for bar in mine[1].bars] == [("Kestria", "Republic of Orrin"), ("Federated Islands of Tamarinda",)]


@pytest.mark.parametrize(
    "answers, told",
    [
        ("AABB", [("A", 2), ("B", 2)]),
        ("AAABBB", [("A", 3), ("B", 3)]),
        ("A?B", [("A", 1), ("B", 1), ("no_instruction", 1)]),
        ("AAAA", []),
        ("AAAB", []),
        ("AAB", []),
        ("AB", []),
    ],
)
def test_a_distribution_is_told_only_where_nobody_who_answered_can_tell_what_another_said(
    answers: str, told: list[tuple[str, int]]
):
    room = {f"D{n}": Delegation(name=f"State {n}", tables=("T1",)) for n in range(len(answers))}
    history = History(first=created("", **room)).opened(1).released("D1-01", "D1-02", "D1-03")
    for name, said in zip(room, answers, strict=True):
        given = {"stance": "no_instruction"} if said == "?" else {"choice": said}
        history.answered(head(name), "D1-03", "port", **given)
    history.does(lead(), "close_day")

    (spread,) = held(history, head("D0"))[0].spreads

    assert spread.answered == len(answers)
    assert [(bar.key, bar.count) for bar in spread.bars] == told
    assert [len(bar.who) for bar in held(history, lead())[0].spreads[0].bars if bar.count] == [
        answers.count(said) for said in "AB?" if said in answers
    ]


def test_a_delegation_counts_its_own_answers_and_the_others_everybodys():
    history = a_day().does(lead(), "close_day")

    assert [(day.answered, day.asked) for who in (lead(), head(), projector()) for day in held(history, who)] == [
        (5, 10),
        (2, 4),
        (3, 6),
    ]


def test_only_a_summary_that_plenary_approved_is_told():
    history = a_day()
    version = history.state.seq
    unapproved = history.does(lead(), "close_day")
    before = held(unapproved, head("tamarinda"))[0].summaries

    history.does(lead(), "approve_summary", table="T1", day=1, version=version)

    assert before == ()
    assert held(history, head("tamarinda"))[0].summaries == (("Table 1", "We called each other at noon."),)


def test_the_gaps_that_tables_ranked_are_told_with_their_points():
    history = a_day().does(lead(), "draft_gap", text="Nobody ranked this.").does(lead(), "close_day")

    assert [(gap.text, gap.points, gap.holds) for gap in held(history, head())[0].gaps] == [("No common list.", 3, 1)]


def test_what_each_table_chose_is_told_to_that_table_and_to_those_who_run_the_exercise():
    history = parted_exercise().does(lead(), "close_day")

    told = {who.id: [one.tables for one in held(history, who)[0].taken] for who in (lead(), head(), projector())}

    assert told == {
        lead().id: [(("Table 1", "A", "Option A"), ("Table 2", "B", "Option B"))],
        head().id: [(("Table 1", "A", "Option A"),)],
        projector().id: [()],
    }


def test_what_was_taken_back_is_not_told():
    history = History().opened(1).released("D1-01", "D1-02").recalled("D1-02").does(lead(), "close_day")

    assert [one.id for one in held(history, head())[0].told] == ["D1-01"]
