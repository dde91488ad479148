"""A delegation's own record on paper: its answers with every version, and nothing of anybody else's."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.exercise.words import History, head, one_day, tells
from tests.output.words import pages, pdf_texts, squeezed
from tests.review.words import NAMES, full_house, mark, report
from ttx.output.own_record import Figures, own_record
from ttx.output.paper import Block, Items, Paper, Table, plain
from ttx.output.pdf import as_pdf, sheet
from ttx.review.report import Tier


def paper_of(history: History, delegation: str) -> Paper:
    made = report(history, Tier.OWN, delegation)
    return own_record(made, {"IOM": "Organization for Migration"}, Figures(pages().clock))


def letters(blocks: Iterable[Block]) -> str:
    """All that is printed of these blocks."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Items(items):
                found += [letters(item) for item in items]
            case Table(_, rows):
                found += [plain(cell) for row in rows for cell in row]
            case _:
                found += [getattr(block, "text", ""), plain(getattr(block, "runs", ()))]
    return "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_record_holds_its_own_delegation_and_no_other(name: str):
    paper = paper_of(full_house(), name)

    text = letters(paper.blocks) + paper.cover.audience

    assert [other for other in NAMES if f"canary-{other}" in text] == [name]


def test_what_stands_beside_an_answer_is_printed_with_it():
    beside = {"translation": "We wait.", "reservation": "Pending", "dissent": "The navy would go."}
    history = History().opened(1).released("D1-01").answered(head(), "D1-01", "q1", text="Kami menunggu.", **beside)

    text = letters(paper_of(history, head().delegation or "").blocks)

    assert "Translation by the delegation: We wait." in text
    assert "Reservation: Pending" in text
    assert "Dissent within the delegation: The navy would go." in text


def test_every_version_is_printed_the_one_of_record_first():
    text = letters(paper_of(full_house(), "us").blocks)

    assert text.index(mark("us", "second")) < text.index("Earlier versions") < text.index(mark("us", "first"))
    assert mark("us", "reserve") in text


def test_contacts_are_a_table_with_names_and_silence_is_told():
    ask = {"questions": [{"id": "who", "kind": "contacts", "ask": "Whom?"}, {"id": "why", "ask": "Why?"}]}
    history = History(one_day(tells("D1-01", **ask))).opened(1).released("D1-01")
    contact = {"to": "IOM", "channel": "liaison_officer", "hours": 1.5, "basis": "Treaty of 1998"}
    history.answered(head(), "D1-01", "who", contacts=[contact])

    text = letters(paper_of(history, "Kestria").blocks)

    assert "Organization for Migration\nLiaison officer\n1.5\nTreaty of 1998" in text
    assert "No answer was given." in text


def test_it_is_set_as_pdf_with_its_marking():
    paper = paper_of(full_house(), "us")

    text = squeezed(" ".join(pdf_texts(as_pdf(paper))))

    assert paper.tlp == "TLP:AMBER"
    assert squeezed("EXERCISE EXERCISE EXERCISE") in text
    assert squeezed(mark("us", "second")) in text


def test_a_paper_in_a_language_without_a_font_is_set_as_the_other_one():
    paper = paper_of(full_house(), "us")
    lost = replace(paper, cover=replace(paper.cover, name="\u2fff"))

    text = squeezed(" ".join(pdf_texts(as_pdf(lost, lambda: paper))))

    assert squeezed("Record of a delegation") in text
    assert squeezed("has no font for some of its letters") not in text


def test_what_was_said_instead_of_an_answer_is_printed_in_words():
    history = (
        History().opened(1).released("D1-01").answered(head(), "D1-01", "q1", stance="would_ask", ask="Coast guard")
    )

    assert "We would need to ask Coast guard." in letters(paper_of(history, head().delegation or "").blocks)


def test_a_record_in_arabic_runs_from_right_to_left_around_words_that_are_not_translated():
    made = report(full_house(), Tier.OWN, "us")
    with pages().speaking("ar") as spoken:
        paper = own_record(made, {}, Figures(pages().moment), spoken.word, language="en", spoken=spoken.language)

    assert paper.backward
    assert not replace(paper, spoken="fr").backward
    shown = next(one for one in sheet(paper)["blocks"] if one.get("r") and one["runs"][0]["t"] == "Coast guard")
    assert shown["runs"][1]["t"] == "\u200f \u00b7 "  # else the date would be taken for a part of the foreign name
