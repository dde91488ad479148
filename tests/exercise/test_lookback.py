"""What pages show of looking back, and what they do not."""

from tests.exercise.words import History, head, lead, seat, table_facilitator
from ttx.exercise import lookback
from ttx.exercise.hall import GapsView, stage
from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role

RAPPORTEUR = seat(Role.RAPPORTEUR, None, "T1")


def walled() -> History:
    """Two tables named a gap each; table 1 ranks the other's first."""
    history = History().opened(1).does(lead(), "open_hot_wash")
    history.does(head(), "note_hot_wash", sense="gap", text="No list.")
    history.does(head("tamarinda"), "note_hot_wash", sense="gap", text="No radio.")
    history.does(head("orrin"), "rank_gaps", gaps=["G2", "G1"])
    return history.does(head("tamarinda"), "test_gap", gap="G1", verdict="fails", text="We have one.")


def gap(history: History, who: Seat, name: str) -> lookback.GapView:
    return lookback.gap(history.state, who, name)


def test_a_table_sees_its_own_ranks_and_verdicts_and_only_that_a_gap_is_its_own():
    history = walled()

    ours, theirs = gap(history, head(), "G1"), gap(history, head("tamarinda"), "G1")

    assert (ours.own, ours.rank, ours.tested, ours.sums) == (True, 2, None, None)
    assert (theirs.own, theirs.rank, theirs.sums) == (False, None, None)
    assert theirs.tested is not None
    assert theirs.tested.text == "We have one."


def test_a_table_facilitator_sees_the_wall_as_the_table_does():
    assert gap(walled(), table_facilitator(), "G2") == gap(walled(), head(), "G2")


def test_control_sees_points_verdicts_reasons_and_who_named_a_gap():
    sums = gap(walled(), lead(), "G1").sums

    assert sums is not None
    assert (sums.points, sums.holds, sums.partly, sums.fails, sums.tables) == (2, 0, 0, 1, ("Table 1",))
    assert [(table, test.text) for table, test in sums.reasons] == [("Table 2", "We have one.")]


def test_ranks_move_the_wall_of_control_and_never_that_of_a_table():
    history = walled()

    assert lookback.gaps(history.state, lead()) == ("G2", "G1")
    assert lookback.gaps(history.state, head()) == lookback.gaps(history.state, RAPPORTEUR) == ("G1", "G2")
    assert gap(history, lead(), "G2").order < gap(history, lead(), "G1").order
    assert gap(history, head(), "G1").order < gap(history, head(), "G2").order


def test_gaps_of_earlier_days_stand_under_the_days_heading_and_below_those_of_today():
    history = walled().does(lead(), "close_day")
    assert lookback.past(history.state).days == (), "in the evening the day is still today"

    history.opened(2).does(lead(), "draft_gap", text="Today's.")

    past = lookback.past(history.state)
    assert past.days == (1,)
    for who, wall in ((lead(), ("G3", "G2", "G1")), (head(), ("G3", "G1", "G2"))):
        assert lookback.gaps(history.state, who) == wall
        orders = [gap(history, who, name).order for name in wall]
        assert orders[0] < past.order < orders[1] < orders[2]


def test_the_hall_sees_the_ten_most_pressing_gaps_and_no_table():
    history = walled()
    for number in range(10):
        history.does(lead(), "draft_gap", text=f"Gap {number}")
    history.does(lead(), "show", view="gaps")

    shown = stage(history.graph, history.state, seat(Role.PROJECTOR))

    assert isinstance(shown, GapsView)
    assert [(one.text, one.points, one.fails) for one in shown.gaps[:2]] == [("No radio.", 3, 0), ("No list.", 2, 1)]
    assert (len(shown.gaps), shown.of) == (lookback.TOP, len(history.state.debrief.on_the_wall()))
    assert shown.of > lookback.TOP
    assert "Table" not in repr(shown)


def test_a_note_written_while_the_hot_wash_was_open_is_taken_when_it_comes_after_it():
    history = History().opened(1)
    before = history.refuses(head(), "note_hot_wash", sense="strength", text="We called.")
    history.does(lead(), "open_hot_wash").does(lead(), "close_hot_wash")

    history.does(head(), "note_hot_wash", sense="strength", text="We called.")

    assert before.startswith("No hot wash is open")
    assert [note.text for note in lookback.wash(history.state, head(), "T1").notes] == ["We called."]
    assert lookback.wash(history.state, head(), "T1").may_note is False


def test_a_hot_wash_is_past_once_another_day_is_open():
    history = History().opened(1).does(lead(), "open_hot_wash")

    def past() -> bool:
        return lookback.wash(history.state, head(), "T1").past

    assert not past()
    history.does(lead(), "close_day")
    assert not past()
    history.opened(2)
    assert past()


def test_only_the_table_that_alone_named_a_gap_and_facilitators_change_its_words():
    history = walled().does(head(), "reword_gap", gap="G1", text="No list of contacts.")

    refused = history.refuses(head("tamarinda"), "reword_gap", gap="G1", text="None.")
    again = history.refuses(head(), "reword_gap", gap="G1", text="No list of contacts.")

    assert refused == "G1 is not your table's alone, so only a facilitator can change its words."
    assert again == "G1 reads like this already."
    assert [gap(history, who, "G1").may_change for who in (lead(), head(), head("tamarinda"))] == [True, True, False]


def test_a_summary_is_seen_by_its_table_and_by_those_who_see_all():
    history = History().opened(1).does(RAPPORTEUR, "summarise", text="We waited.")

    seen = [list(lookback.summaries(history.state, who)) for who in (head(), head("tamarinda"), RAPPORTEUR, lead())]

    assert seen == [[(1, "T1")], [], [(1, "T1")], [(1, "T1"), (1, "T2")]]
    may = [lookback.summary(history.state, who, 1, "T1") for who in (head(), RAPPORTEUR, table_facilitator(), lead())]
    assert [(one.may_write, one.may_remark, one.may_approve) for one in may] == [
        (False, True, False), (True, False, False), (True, False, False), (True, False, True),
    ]  # fmt: skip


def test_a_remark_is_open_until_the_summary_is_written_anew():
    history = History().opened(1).does(RAPPORTEUR, "summarise", text="We waited.")
    history.does(head(), "remark_summary", text="Not long.")
    first = lookback.summary(history.state, RAPPORTEUR, 1, "T1").remarks

    history.does(RAPPORTEUR, "summarise", text="We waited a little.")

    assert first == (("Kestria", "Not long.", True),)
    assert lookback.summary(history.state, RAPPORTEUR, 1, "T1").remarks == (("Kestria", "Not long.", False),)


def test_a_rapporteur_reads_what_the_own_tables_delegations_answered_and_nobody_elses():
    history = History().opened(1).released("D1-01").answered(head(), "D1-01", "q1", text="We call.")
    history.answered(head("tamarinda"), "D1-01", "q1", text="We wait.")

    heard = lookback.heard(history.graph, history.state, RAPPORTEUR, history.inject("D1-01"))

    assert [one.delegation for one in heard.answers] == ["Kestria", "orrin"]
    assert "We call." in repr(heard)
    assert "We wait." not in repr(heard)
