"""What the tables said of their days, in each report: with tables' names, without, or the own table's alone."""

from openpyxl import load_workbook

from tests.exercise.words import History, head, lead, table_facilitator
from tests.review.words import report
from ttx.output.files import as_xlsx
from ttx.review.report import Report, Tier


def looked_back() -> History:
    """Each table named a gap; both wrote a summary, and table 1's was approved and table 2's changed after that."""
    history = History().opened(1).does(lead(), "open_hot_wash")
    history.does(head("tamarinda"), "note_hot_wash", sense="gap", text="No radio.")
    history.does(head(), "note_hot_wash", sense="gap", text="No list.")
    history.does(head(), "note_hot_wash", sense="strength", text="We called.")
    history.does(head(), "rank_gaps", gaps=["G1"])
    for table, text in (("T1", "We waited."), ("T2", "We sailed.")):
        history.does(table_facilitator(table), "summarise", text=text)
        history.does(lead(), "approve_summary", table=table, day=1, version=history.state.seq)
    return history.does(table_facilitator("T2"), "summarise", text="We sailed late.")


def told(made: Report) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[tuple[object, ...]]]:
    return (
        [(one.table, one.sense, one.text) for one in made.hot_wash],
        [(one.text, one.points, one.tables) for one in made.gaps],
        [(one.table, one.text) for one in made.summaries],
    )


def test_the_full_report_names_the_tables():
    assert told(report(looked_back(), Tier.FULL)) == (
        [("Table 2", "gap", "No radio."), ("Table 1", "gap", "No list."), ("Table 1", "strength", "We called.")],
        [("No radio.", 3, ("Table 2",)), ("No list.", 0, ("Table 1",))],
        [("Table 1", "We waited.")],
    )


def test_the_analysts_report_names_no_table_and_its_order_tells_none():
    assert told(report(looked_back(), Tier.ANALYST)) == (
        [(None, "gap", "No list."), (None, "gap", "No radio."), (None, "strength", "We called.")],
        [("No radio.", 3, ()), ("No list.", 0, ())],
        [(None, "We waited.")],
    )


def test_a_delegations_report_has_its_own_tables_approved_summary_and_nothing_else_of_looking_back():
    own = told(report(looked_back(), Tier.OWN, "Kestria"))
    other = told(report(looked_back(), Tier.OWN, "tamarinda"))

    assert own == ([], [], [("Table 1", "We waited.")])
    assert other == ([], [], [])


def test_the_workbook_has_a_sheet_of_looking_back(tmp_path):
    (tmp_path / "report.xlsx").write_bytes(as_xlsx(report(looked_back(), Tier.FULL)))

    rows = list(load_workbook(tmp_path / "report.xlsx")["Looking back"].values)

    assert rows[0][:4] == ("What", "Day", "Table", "Text")
    assert [row[0] for row in rows[1:]] == ["gap", "gap", "strength", "draft gap", "draft gap", "summary"]
    assert rows[4][:8] == ("draft gap", "", "Table 2", "No radio.", 3, 0, 0, 0)
    assert rows[0][8] == "Evidence"
    assert all(str(row[8]).startswith("E-0") for row in rows[1:6])
