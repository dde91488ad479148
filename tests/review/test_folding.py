"""Searching in any script: what counts as the same letter, what stays apart, and where a find is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.review.folding import folded, marked, terms


@pytest.mark.parametrize(
    "one, other",
    [
        ("MÉLILLA", "melilla"),
        ("Straße", "STRASSE"),
        ("ＡＢＣ　１２", "abc 12"),
        ("Đà Nẵng", "da nang"),
        ("Łódź", "lodz"),
        ("ضَابِط الاِتّصال", "ضابط الاتصال"),
        ("کشتی", "كشتي"),
        ("أحمد إلى آخر", "احمد الي اخر"),
        ("هيـــئة", "هيئة"),
        ("١٢ ساعة و ۱۲", "12 ساعة و 12"),
        ("ភ្នំ\u200bពេញ", "ភ្នំពេញ"),
        ("  two \n\t lines ", "two lines"),
        ("ＵＮＨＣＲ", "unhcr"),
    ],
)
def test_the_same_word_is_found_however_it_is_written(one: str, other: str):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "one, other",
    [("ข้าว", "ขาว"), ("ป่า", "ปา"), ("कि", "की"), ("က", "ကာ"), ("ක", "කා"), ("дом", "дым"), ("联络", "连络")],
)
def test_vowels_and_tones_of_scripts_that_write_them_as_marks_are_letters(one: str, other: str):
    assert folded(one) != folded(other)


def test_a_search_is_words_and_phrases_that_all_have_to_be_found():
    assert terms('Liaison "Formal  Request" liaison «Zwei Tage»') == ("liaison", "formal request", "zwei tage")
    assert terms('  "" “” ') == ()


@pytest.mark.parametrize(
    "text, wanted, runs",
    [
        ("The Officer said", "officer", ((False, "The "), (True, "Officer"), (False, " said"))),
        ("MÉLILLA", "lilla", ((False, "MÉ"), (True, "LILLA"))),
        ("Strasse, Straße", "strasse", ((True, "Strasse"), (False, ", "), (True, "Straße"))),
        ("我们联络官", "联络", ((False, "我们"), (True, "联络"), (False, "官"))),
        ("two\n  words", '"two words"', ((True, "two\n  words"),)),
        ("nothing", "else", ((False, "nothing"),)),
        ("", "else", ()),
    ],
)
def test_a_find_is_marked_in_the_text_as_it_was_written(text: str, wanted: str, runs: tuple[tuple[bool, str], ...]):
    assert marked(text, terms(wanted)) == runs


@given(st.text(), st.text(min_size=1, max_size=6))
def test_marking_loses_no_letter_and_marks_what_the_search_finds(text: str, wanted: str):
    looked_for = terms(wanted)

    runs = marked(text, looked_for)

    assert "".join(piece for _, piece in runs) == text
    if looked_for and all(one in folded(text) for one in looked_for):
        assert any(hit for hit, _ in runs)


@given(st.text())
def test_a_folded_text_folds_to_itself(text: str):
    assert folded(folded(text)) == folded(text)
