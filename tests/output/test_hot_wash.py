"""The hot wash of a day: two pages, what has to be settled first, and nothing its tier does not hold."""

import io
import re
from datetime import timedelta, timezone
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from docx.table import Table, _Row
from immutables import Map

from tests.exercise.words import (
    History,
    created,
    days,
    evaluator,
    gathered_exercise,
    head,
    lead,
    parted_exercise,
    table_facilitator,
    tells,
)
from tests.output.words import docx_text, pdf_texts, squeezed
from tests.review.words import LATER, full_house, report
from ttx.exercise.entries import Delegation
from ttx.exercise.recap import recap
from ttx.exercise.records import Seal
from ttx.exercise.run_of_show import minutes, run_head
from ttx.output.docx import as_docx
from ttx.output.hot_wash import MOST, hot_wash
from ttx.output.pdf import as_pdf
from ttx.review.report import Tier, make

PAIR = {"id": "pick", "kind": "single", "ask": "Which of the two ports?", "options": {"a": "Ellory", "b": "Sarnhold"}}


def text(history: History, tier: Tier = Tier.FULL, day: int = 1, hours: int = 0) -> str:
    """The paper's words as Word has them."""
    zone = timezone(timedelta(hours=hours))
    paper = hot_wash(make(history.graph, history.state, tier, LATER, zone=zone), day, zone=zone)
    return docx_text(docx.Document(io.BytesIO(as_docx(paper))))


def test_a_day_is_told_in_figures_with_what_is_to_be_settled_first():
    told = text(gathered_exercise())

    assert "0 of 10 asked for" in told
    assert told.index("To settle before tomorrow") < told.index("The path taken")
    assert "3 of 3 silent: D1-01.1" in told
    assert "Nobody knew whom to call. (Table 1)" in told
    assert "No common list of whom to call. (3)" in told
    assert "We called each other at noon." in told


def test_what_each_table_chose_for_itself_stands_on_the_path():
    told = text(parted_exercise())

    assert "A: Option A (1 of 2 tables)" in told
    assert "B: Option B (1 of 2 tables)" in told
    assert "T1" not in told


def test_the_record_at_the_close_stands_at_the_head_once_the_day_is_closed():
    history = gathered_exercise()
    assert "Record at the close" not in text(history)

    history.state = history.state._replace(day=None, sealed=Map({1: Seal(1, 57, "3f2a9c11" * 8)}))

    told = text(history)
    assert f"entry 57, {' '.join(['3f2a 9c11'] * 4)}" in told
    assert told.index("entry 57, ") < told.index("The day in figures")


def test_times_are_those_of_the_room():
    """Released at nine minutes past two in UTC, which is past nine where the room is; planned for nine there."""
    here, there = text(gathered_exercise()), text(gathered_exercise(), hours=7)

    assert ("09:01 - 09:52" in here, "16:01 - 16:52" in there) == (True, True)


@pytest.mark.parametrize("hours", [0, 7])
def test_the_drift_is_the_consoles_when_the_day_was_closed(hours: int):
    """In the room's zone the day opens on its agenda, or seven hours off it and so counts from its opening."""
    zone = timezone(timedelta(hours=hours))
    history = History(days([tells("D1-01", at="09:00"), tells("D1-02", at="09:05")])).opened(1)
    history.released("D1-01", "D1-02").does(lead(), "pause").does(lead(), "resume")
    console = run_head(history.graph, history.state, history.graph.scenario.days[0], zone).pace
    history.does(lead(), "close_day")

    assert console is not None
    assert history.state.at is not None
    assert minutes(console.at(history.state.at)) == report_drift(history, zone)
    assert f"{-report_drift(history, zone)} min ahead of the plan, at its close" in text(history, hours=hours)


def report_drift(history: History, zone: timezone) -> int:
    behind = make(history.graph, history.state, Tier.FULL, LATER, zone=zone).days[0].behind
    assert behind is not None
    return behind


def test_a_tie_a_development_taken_back_and_an_emergency_are_told():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03").recalled("D1-02").released("D1-02")
    history.does(lead(), "open_vote", inject="D1-03")
    for name, option in (("Kestria", "A"), ("orrin", "B")):
        history.does(head(name), "vote", inject="D1-03", option=option)
    history.does(lead(), "close_vote", inject="D1-03").decided("D1-03", "A")
    history.does(lead(), "stop").does(lead(), "stand_down").does(lead(), "resume")

    told = text(history)

    assert told.index("The path taken") < told.index("Not as planned")
    assert re.search(r"\d\d:\d\d - \d\d:\d\d  Stopped: a real-world emergency", told)
    assert re.search(r"Taken back: D1-02, \d\d:\d\d  .* \(released\)", told)
    assert "A tie between A and B: D1-03" in told


def test_what_went_out_otherwise_than_written_or_not_at_all_is_told():
    story = days([tells(f"D1-0{n}") for n in (1, 2, 3)] + [tells("D1-90", kind="contingency")])
    history = History(story).opened(1).does(lead(), "release", inject="D1-01", tables=["T1"]).released("D1-01", "D1-90")
    history.does(lead(), "reword", inject="D1-02", title="Two boats").released("D1-02")
    history.does(lead(), "add_inject", title="A drill", text="It is one.", sender="Control", to="all", release=True)
    assert "Not released" not in text(history)
    history.does(lead(), "close_day")

    told = text(history).split("Not as planned")[1]

    for label, what in (
        ("Not released", "D1-03 "),
        ("In other words", "D1-02 Two boats"),
        ("To some tables first", "D1-01 "),
        ("From the reserve", "D1-90 "),
    ):
        assert f"{label}  {what}" in told
    assert re.search(r"Written on the day  \S+ A drill", told)
    assert told.count("A drill") == 1


def test_what_was_taken_back_is_counted_as_the_recap_counts_it():
    history = History(days([tells(f"D1-0{n}", questions=[PAIR]) for n in (1, 2)])).opened(1)
    history.released("D1-01", "D1-02").answered(head("orrin"), "D1-01", "pick", choice="a")
    history.recalled("D1-02").does(lead(), "close_day")
    (day,) = recap(history.graph, history.state, lead()).days

    told = text(history)

    assert (len(day.told), day.answered) == (1, 1)
    assert f"{day.answered} of {day.asked} asked for" in told
    assert re.search(rf"Developments told\s+{len(day.told)}\b", told)
    assert "agreed on 0 of 1 questions" in told
    assert "Taken back: D1-02" in told


def test_in_word_little_is_held_together_so_that_no_page_stays_half_empty():
    """Cover, figures and path all kept on the page of what follows would be moved on whole, page after page."""
    history = History(days([tells(f"D1-{n:02}") for n in range(1, 12)])).opened(1)
    paper = hot_wash(report(history.released(*(f"D1-{n:02}" for n in range(1, 12))), Tier.FULL), 1)
    document = docx.Document(io.BytesIO(as_docx(paper)))
    written = {style.name: style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    lines: list[list[Any]] = [
        [line for cell in block.cells for line in cell.paragraphs] if isinstance(block, _Row) else [block]
        for part in document.iter_inner_content()
        for block in (part.rows if isinstance(part, Table) else [part])
    ]
    held = "".join("x" if any(map(_kept, row)) else " " for row in lines)

    assert len(document.tables[-1].rows) == 12
    assert max(map(len, held.split())) <= 5
    assert written["Title"].font.size == Pt(18)
    used = {line.style.name for row in lines for line in row if line.text}
    assert {name for name in used if (written[name].font.size or Pt(9)) < Pt(9)} == set()


def _kept(line: Any) -> bool:
    own = line.paragraph_format.keep_with_next
    return bool(line.style.paragraph_format.keep_with_next if own is None else own)


def test_agreement_is_told_in_words():
    history = History(days([tells("D1-01", questions=[PAIR])])).opened(1).released("D1-01")

    assert "agreed on 0 of 1 questions, fewer than half answered 1" in text(history)


def test_a_day_that_went_as_planned_says_nothing_of_what_did_not():
    assert "Not as planned" not in text(History().opened(1).released("D1-01"))


def test_where_delegations_differ_is_told_with_what_most_chose():
    history = History(days([tells("D1-01", questions=[PAIR])])).opened(1).released("D1-01")
    for name, choice in (("Kestria", "a"), ("orrin", "b")):
        history.answered(head(name), "D1-01", "pick", choice=choice)

    assert "D1-01.1 Split  Which of the two ports?  Most chose: " in text(history)


def test_an_analysts_names_no_delegation_no_table_and_no_time():
    told = text(full_house(), Tier.ANALYST)

    assert "note of 2" in told
    assert not re.findall(r"canary-\w+-name|\d\d:\d\d", told)


def test_a_full_day_of_sixteen_delegations_fits_on_two_pages():
    names = [f"state-{n}" for n in range(16)]
    long = "What would your delegation do about this, by whom, and by when? " * 8
    injects = [
        tells(f"D1-{n:02}", title=f"Development {n}: {long}"[:200], questions=[{**PAIR, "ask": long[:400]}])
        for n in range(1, 15)
    ]
    delegations = {name: Delegation(name=f"The Republic of {name}", groups=("SEA",), tables=("T1",)) for name in names}
    history = History(days(injects), created("House", **delegations)).opened(1)
    for one in injects:
        history.released(str(one["id"]))
        for number, name in enumerate(names[:12]):
            history.answered(head(name, "T1"), str(one["id"]), "pick", choice="ab"[number % 2])
        history.does(evaluator("T1"), "observe", text=long, sense="strength", inject=one["id"], table="T1")
        history.does(evaluator("T1"), "observe", text=long, sense="gap", inject=one["id"], table="T1")
        history.does(evaluator("T1"), "rate", rating="S", objective="O1", inject=one["id"], text="")
    history.does(lead(), "open_hot_wash")
    for n in range(12):
        history.does(head(names[n], "T1"), "note_hot_wash", sense=("gap", "strength")[n % 2], text=long)
        history.does(head(names[n], "T1"), "draft_gap", text=f"{n} {long}")
    history.does(lead(), "close_hot_wash").does(table_facilitator("T1"), "summarise", text=long)

    pages = pdf_texts(as_pdf(hot_wash(report(history, Tier.FULL), 1)))

    assert len(pages) == 2
    assert squeezed(f"and {14 - MOST} more, in the report") in squeezed("".join(pages))


def test_a_day_that_was_not_opened_has_none():
    with pytest.raises(LookupError, match="Day 2 has not been opened"):
        hot_wash(report(History().opened(1), Tier.FULL), 2)


def test_a_day_lists_the_draft_gaps_of_its_own_evening_and_of_those_before():
    history = History(days([tells("D1-01")], [tells("D2-01")]))
    for day in (1, 2):
        history.opened(day).does(lead(), "open_hot_wash").does(head(), "draft_gap", text=f"Missed on day {day}.")
        history.does(lead(), "close_hot_wash")

    made = report(history, Tier.FULL)
    first, second = (squeezed("".join(pdf_texts(as_pdf(hot_wash(made, day))))) for day in (1, 2))

    assert ("Missedonday1." in first, "Missedonday2." in first) == (True, False)
    assert ("Missedonday1." in second, "Missedonday2." in second) == (True, True)


def test_a_long_text_is_cut_between_words_and_a_delegation_called_by_its_name():
    history = History(days([tells("D1-01", title="Nobody knew who calls whom " * 7)])).opened(1).released("D1-01")
    history.does(evaluator(), "observe", text="Late", sense="gap", inject="D1-01", delegation="orrin")

    told = text(history)

    assert "whom Nobody\u2026" in told
    assert "Late (Republic of Orrin)" in told


def test_a_gap_that_was_merged_into_a_list_brings_no_bullets_of_its_own():
    history = History().opened(1).does(lead(), "open_hot_wash")
    history.does(lead(), "draft_gap", text="\u2022 No shared numbers\n\u2022 Nobody on duty")

    told = text(history)
    assert "No shared numbers; Nobody on duty" in told
    assert "(0)" not in told  # nobody ranked it
