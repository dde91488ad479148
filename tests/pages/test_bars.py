"""Stacked bars: every count stands in a piece as long as its share, and no kind by its colour alone."""

from tests.exercise.words import whole_exercise
from tests.review.words import report
from ttx.pages.bars import HIGH, LABEL, LENGTH, LOOKS, bars, drawn, of_agreement
from ttx.pages.environment import pages_of
from ttx.review.alignment import Verdict
from ttx.review.report import Tier
from ttx.review.voices import Accord
from ttx.settings import Settings


def test_pieces_are_as_long_as_their_counts_and_stand_side_by_side():
    made = bars([("D1-02", "One", {"alike": 6, "apart": 2, "unheard": 0}), ("D1-03", "Two", {"alike": 4})])

    assert made is not None
    first, second = made.bars
    assert [(one.kind, one.many, one.x, one.width) for one in first.pieces] == [
        ("alike", 6, LABEL, LENGTH * 6 / 8),
        ("apart", 2, LABEL + LENGTH * 6 / 8, LENGTH * 2 / 8),
    ]
    assert [one.width for one in second.pieces] == [LENGTH / 2]
    assert second.y - first.y > HIGH
    assert made.kinds == ("alike", "apart")


def test_where_nothing_was_counted_there_is_no_picture():
    assert bars([]) is None
    assert of_agreement([(1, {"agree": 0})]) is None


def test_every_verdict_and_accord_has_a_look():
    assert set(LOOKS) == {one.value for one in (*Verdict, *Accord)}


def test_a_report_is_drawn_in_files_that_say_every_count_and_fetch_nothing():
    settings = Settings()
    made = report(whole_exercise(), Tier.FULL)

    pictures = drawn(made, pages_of(settings.templates, settings.static))

    assert set(pictures) == {"agreement"}
    picture = pictures["agreement"].decode()
    assert "Day 1" in picture
    for _day, counts in made.agreement:
        assert all(f">{many}</text>" in picture for many in counts.values() if many)
    assert picture.count("http") == 1
