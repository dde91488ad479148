"""Which way a text of a paper is set: its own sentences stay, whatever names stand in them."""

from ttx.output.paper import Heading, Run, Table, around, said, turned


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
