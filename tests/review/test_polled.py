"""What reports tell of votes and of what tables chose: names by tier, nothing of a hidden vote in a delegation's."""

from io import BytesIO

from openpyxl import load_workbook

from tests.exercise.words import History, head, lead, parted_exercise
from tests.review.words import inject, report
from ttx.output.files import as_xlsx
from ttx.review.parts import Tier


def voted(**rules: object) -> History:
    history = History().opened(1).released("D1-01", "D1-02", "D1-03").does(lead(), "open_vote", inject="D1-03", **rules)
    history.does(head(), "vote", inject="D1-03", option="A").does(head("orrin"), "vote", inject="D1-03", option="B")
    return history.does(head("tamarinda"), "vote", inject="D1-03")


def test_the_full_report_names_who_voted_what():
    history = voted().does(lead(), "close_vote", inject="D1-03")

    (vote,) = inject(report(history, Tier.FULL), "D1-03").votes

    assert [(one.voter, one.option) for one in vote.votes] == [("Kestria", "A"), ("tamarinda", None), ("orrin", "B")]
    assert (vote.counts, vote.abstained, vote.tied) == ({"A": 1, "B": 1}, 1, ("A", "B"))


def test_a_delegations_own_report_has_its_vote_and_the_result():
    (vote,) = inject(report(voted().does(lead(), "close_vote", inject="D1-03"), Tier.OWN, "Kestria"), "D1-03").votes

    assert [(one.voter, one.option) for one in vote.votes] == [("Kestria", "A")]
    assert vote.counts == {"A": 1, "B": 1}


def test_how_a_hidden_vote_stands_is_in_no_delegations_report():
    history = voted(hidden=True)

    tiers = ((Tier.OWN, "Kestria"), (Tier.FULL,))
    own, full = (inject(report(history, *tier), "D1-03").votes[0] for tier in tiers)
    history.does(lead(), "close_vote", inject="D1-03")
    closed = inject(report(history, *tiers[0]), "D1-03").votes[0]
    history.does(lead(), "reveal_vote", inject="D1-03")

    assert (own.counts, own.abstained, own.voted) == (None, None, 3)
    assert (closed.counts, closed.abstained, closed.option, closed.tied) == (None, None, None, ())
    assert inject(report(history, *tiers[0]), "D1-03").votes[0].tied == ("A", "B")
    assert full.counts == {"A": 1, "B": 1}


def test_an_analysts_report_has_pseudonyms_and_no_times():
    (vote,) = inject(report(voted().does(lead(), "close_vote", inject="D1-03"), Tier.ANALYST), "D1-03").votes

    assert sorted(one.voter for one in vote.votes) == ["P01", "P02", "P03"]
    assert {one.at for one in vote.votes} == {None}


def test_of_a_vote_of_tables_an_analyst_gets_the_numbers_alone():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    history.does(lead(), "open_vote", inject="D1-03", by="tables").does(head(), "vote", inject="D1-03", option="A")

    told = [inject(report(history, *tier), "D1-03").votes[0] for tier in ((Tier.FULL,), (Tier.ANALYST,))]
    own = [inject(report(history, Tier.OWN, name), "D1-03").votes[0] for name in ("orrin", "tamarinda")]

    assert [[vote.voter for vote in one.votes] for one in told] == [["T1"], []]
    assert [[vote.voter for vote in one.votes] for one in own] == [["T1"], []]


def test_every_round_of_a_vote_is_told():
    history = voted().does(lead(), "close_vote", inject="D1-03").does(lead(), "open_vote", inject="D1-03")
    history.does(head("tamarinda"), "vote", inject="D1-03", option="B").does(lead(), "close_vote", inject="D1-03")

    told = report(history, Tier.FULL)

    assert [(one.round, one.tied, one.option) for one in inject(told, "D1-03").votes] == [
        (1, ("A", "B"), None),
        (2, (), "B"),
    ]
    rows = list(load_workbook(BytesIO(as_xlsx(told)))["Votes"].iter_rows(min_row=2, values_only=True))
    assert [(row[3], row[4]) for row in rows if row[5] == "B"] == [
        (1, "Republic of Orrin"), (1, "(all: 1)"), (2, "Federated Islands of Tamarinda"), (2, "(all: 1)"),
    ]  # fmt: skip


def test_what_tables_chose_is_told_by_tier():
    history = parted_exercise()

    told = [inject(report(history, *tier), "D1").by_table for tier in ((Tier.FULL,), (Tier.ANALYST,))]
    own = inject(report(history, Tier.OWN, "Kestria"), "D1").by_table

    assert [one and (one.counts, one.tables) for one in told] == [
        ({"A": 1, "B": 1}, {"T1": "A", "T2": "B"}),
        ({"A": 1, "B": 1}, {}),
    ]
    assert own is not None
    assert (own.counts, own.tables) == (None, {"T1": "A"})


def test_the_workbook_has_a_sheet_of_votes():
    made = as_xlsx(report(voted().does(lead(), "close_vote", inject="D1-03"), Tier.FULL))

    rows = list(load_workbook(BytesIO(made))["Votes"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[4], row[5], row[8]) for row in rows] == [
        ("D1-03", "Kestria", "A", "tie between A and B"),
        ("D1-03", "Federated Islands of Tamarinda", "", "tie between A and B"),
        ("D1-03", "Republic of Orrin", "B", "tie between A and B"),
        ("D1-03", "(all: 1)", "A", "tie between A and B"),
        ("D1-03", "(all: 1)", "B", "tie between A and B"),
    ]
