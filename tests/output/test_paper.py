"""Which way a text of a paper is set: its own sentences stay, whatever names stand in them."""

from io import BytesIO

from docx import Document

from tests.output.words import before
from tests.words import small_scenario
from ttx.output.docx import as_docx
from ttx.output.manual import situation_manual
from ttx.output.paper import Heading, Run, Table, around, said, turned
from ttx.output.pdf import as_pdf
from ttx.scenario.model import Scenario


def test_a_sentence_of_the_paper_is_not_turned_by_a_name_in_it() -> None:
    assert not turned(around("\u201c{what}\u201d is taken away.", what="خليج"))
    assert turned(around("\u201c{what}\u201d.", what="خليج"))
    assert turned((*said("الجلسة"), Run("\nTaken when skipped")))
    assert turned(around("\u201c{what}\u201d is taken away.", what="خليج"), backward=True)


def test_the_head_of_a_column_runs_the_way_most_of_its_texts_do() -> None:
    rows = ((said("1"), said("نتصل")), (said("2"), said("وفد")), (said("3"), said("IOM")), (said("الجلسة"),))

    assert Table(("No.", "What"), rows, (1, 2)).backward == {1}


def test_a_heading_says_once_what_its_label_says_too():
    assert Heading(2, "day 6", label="Day 6").label == ""
    assert Heading(2, "At sea", label="Day 6").label == "Day 6"


def test_what_no_catalogue_has_is_english_on_a_paper_in_arabic() -> None:
    paper = situation_manual(before(Scenario.model_validate(small_scenario() | {"language": "ar"})), spoken="ar")

    lines = Document(BytesIO(as_docx(paper))).paragraphs

    (line,) = [one for one in lines if one.text.startswith("You need no preparation")]
    assert line._p.xpath("./w:r/w:rPr/w:lang/@w:val") == ["en"]
    assert b"/Lang(en)" in as_pdf(paper)
    assert b"/Lang(ar)" in as_pdf(paper)
