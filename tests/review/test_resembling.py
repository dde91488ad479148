"""Suggestions from the words of texts: what counts as a word in which script, what resembles what, what is odd."""

import pytest

from ttx.review.resembling import ALIKE, likeness, odd_ones, resembling, suggested, terms, weighed

SEA = "The coast guard calls the rescue centre by radio"
SEA_TOO = "We call the coast guard and the rescue centre, by radio"
COURT = "A prosecutor asks for evidence from abroad"
TEXTS = {1: SEA, 2: SEA_TOO, 3: COURT, 4: "", 5: "..."}


@pytest.mark.parametrize(
    "text, found",
    [
        ("Call the Café, now!", ["call", "the", "cafe", "now"]),
        ("a b cd", ["cd"]),
        ("บอกศาล", ["บอก", "อกศ", "กศา", "ศาล"]),
        ("海上警察", ["海上", "上警", "警察"]),
        ("海", ["海"]),
        ("IOM海上", ["iom", "海上"]),
        ("اتصلنا بالشرطة", ["اتصلنا", "بالشرطة"]),
        ("पुलिस को", ["पुलिस", "को"]),
        ("", []),
    ],
)
def test_words_and_where_there_are_no_spaces_characters_in_a_row(text: str, found: list[str]) -> None:
    assert list(terms(text)) == found


def test_a_text_is_like_itself_and_unlike_one_that_shares_no_word() -> None:
    vectors = weighed(TEXTS)

    assert set(vectors) == {1, 2, 3}
    assert likeness(vectors[1], vectors[1]) == pytest.approx(1)
    assert likeness(vectors[1], vectors[3]) == 0
    assert ALIKE < likeness(vectors[1], vectors[2]) < 1


def test_a_piece_is_offered_the_codes_of_what_it_resembles_and_no_others() -> None:
    found = suggested(weighed(TEXTS), {"sea": [1], "court": [3], "mine": [2]}, 2)

    assert {code: one.to for code, one in found.items()} == {"sea": 1}
    assert suggested(weighed(TEXTS), {"sea": [1]}, 4) == {}


def test_of_uncoded_pieces_those_are_told_that_resemble_a_coded_one() -> None:
    found = resembling(weighed(TEXTS), [1], [1, 2, 3, 4])

    assert [(one.piece, one.to) for one in found] == [(2, 1)]


def test_thai_answers_resemble_each_other_without_spaces() -> None:
    vectors = weighed({1: "เราโทรหาหน่วยยามฝั่ง", 2: "โทรหาหน่วยยามฝั่งทันที", 3: "ศาลตัดสินคดี"})

    assert likeness(vectors[1], vectors[2]) > ALIKE > likeness(vectors[1], vectors[3])


def test_the_answer_that_shares_nothing_with_the_others_is_the_odd_one() -> None:
    vectors = weighed({1: SEA, 2: SEA_TOO, 3: "The coast guard, by radio", 4: COURT})

    assert [piece for piece, _ in odd_ones(vectors, [1, 2, 3, 4])] == [4]
    assert odd_ones(vectors, [1, 2, 4]) == []
    assert odd_ones(vectors, [1, 2, 3]) == []
