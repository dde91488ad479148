"""The hot wash of a day: two pages, what has to be settled first, and nothing its tier does not hold."""

import io
import re
from datetime import timedelta, timezone

import docx
import pytest

from tests.exercise.words import (
    History,
    created,
    days,
    evaluator,
    gathered_exercise,
    head,
    lead,
    table_facilitator,
    tells,
)
from tests.output.words import docx_text, pdf_texts, squeezed
from tests.review.words import full_house, report
from ttx.exercise.entries import Delegation
from ttx.output.docx import as_docx
from ttx.output.hot_wash import MOST, hot_wash
from ttx.output.pdf import as_pdf
from ttx.review.report import Tier

PAIR = {"id": "pick", "kind": "single", "ask": "Which of the two ports?", "options": {"a": "Ellory", "b": "Sarnhold"}}


def text(history: History, tier: Tier = Tier.FULL, day: int = 1, hours: int = 0) -> str:
    """The paper's words as Word has them."""
    paper = hot_wash(report(history, tier), day, zone=timezone(timedelta(hours=hours)))
    return docx_text(docx.Document(io.BytesIO(as_docx(paper))))


def test_a_day_is_told_in_figures_with_what_is_to_be_settled_first():
    told = text(gathered_exercise())

    assert "0 of 10 asked for" in told
    assert told.index("To settle before tomorrow") < told.index("The path taken")
    assert "3 of 3 silent: D1-01.1" in told
    assert "Nobody knew whom to call. (Table 1)" in told
    assert "No common list of whom to call. (3)" in told
    assert "We called each other at noon." in told


def test_times_are_those_of_the_room():
    """Released at nine minutes past two in UTC, which is past nine where the room is; planned for nine there."""
    here, there = text(gathered_exercise()), text(gathered_exercise(), hours=7)

    assert ("09:01 - 09:52" in here, "16:01 - 16:52" in there) == (True, True)
    assert "-56 min at the last development" in here
    assert "+364 min at the last development" in there


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
