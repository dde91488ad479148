"""Coding: passages marked by one coder or by two who do not see each other, what differs and is settled, undone."""

import pytest

from tests.exercise.words import seat
from tests.review.desk import ITEMS, Work, answers
from ttx.exercise.rights import Forbidden, Seat
from ttx.review.coding import Coding, fold_coding
from ttx.review.coding_commands import place_of
from ttx.scenario.roster import Role

ANA = Seat("ana", "X", Role.ANALYST)
BEN = Seat("ben", "X", Role.ANALYST)
CLEO = Seat("cleo", "X", Role.ANALYST)
DIRECTOR = Seat("dir", "X", Role.DIRECTOR)

US, FOE, ALLY = answers("us", "foe", "ally")
TEXTS = {one.seq: one.text for one in ITEMS}


def coding(work: Work) -> Coding:
    return fold_coding(work.log)


def marks(work: Work, who: Seat, piece: int, *codes: str, words: str = "") -> Work:
    return work.does("mark_passage", who, piece=piece, codes=codes, words=words)


def finishes(work: Work, who: Seat, *pieces: int) -> Work:
    for piece in pieces:
        work.does("finish_piece", who, piece=piece)
    return work


def both(work: Work, piece: int, ana: tuple[str, ...] = (), ben: tuple[str, ...] = ()) -> Work:
    """Both code a piece and finish it."""
    for who, codes in ((ANA, ana), (BEN, ben)):
        if codes:
            marks(work, who, piece, *codes)
        finishes(work, who, piece)
    return work


# Passages


def test_a_passage_is_where_its_words_stand_nearest_to_where_they_were_selected():
    assert place_of("one two one two", "two", 10) == (12, 15)
    assert place_of("one two one two", "two", 0) == (4, 7)
    assert place_of("a line\r\n and more", "line and", 0) == (2, 12)
    assert place_of("one", "two", 0) is None
    assert place_of("one", " ", 0) is None


def test_a_coder_marks_some_words_or_the_whole_piece():
    work = marks(Work(), ANA, US, "sense:gap", "phase:sar", words="second")
    marks(work, ANA, US, "cause:law_mandate")

    words, whole = coding(work).marks[US]

    assert words.words(TEXTS[US]) == "second"
    assert (words.codes, words.seat) == (("sense:gap", "phase:sar"), "ana")
    assert whole.words(TEXTS[US]) == TEXTS[US]


def test_what_cannot_be_marked_is_said():
    work = marks(Work(), ANA, US, "sense:gap")

    refused = [
        work.refuses_as(ANA, "mark_passage", piece=US, codes=["sense:gap"]),
        work.refuses_as(ANA, "mark_passage", piece=US, codes=["K-01"]),
        work.refuses_as(ANA, "mark_passage", piece=US, codes=["sense:gap"], words="nowhere"),
        work.refuses_as(ANA, "mark_passage", piece=1, codes=["sense:gap"]),
    ]

    assert refused == [
        "You marked this passage with this already.",
        "There is no code K-01 in the code book. Choose from its list, or add it there.",
        f"These words do not stand in E-{US:04} like this. Select them in its text, or copy them.",
        "There is no evidence E-0001 in this exercise. Choose from the list of evidence.",
    ]


def test_nobody_codes_without_the_right_to():
    with pytest.raises(Forbidden):
        marks(Work(), seat(Role.EVALUATOR), US, "sense:gap")


# The code book


def test_a_code_of_ones_own_has_a_label_and_a_definition_that_can_be_changed():
    work = Work().does("add_code", ANA, label="Night", definition="It happens at night.")
    work.does("change_code", BEN, code="K-01", label="Nights", definition="It happens by night.")

    code = coding(work).own["K-01"]

    assert (code.label, code.definition) == ("Nights", "It happens by night.")
    assert work.refuses("add_code", label="NIGHTS", definition="x").startswith("K-01 is called Nights already")
    assert work.refuses("change_code", code="sense:gap", label="x", definition="x").endswith("the scenario's.")


def test_a_code_that_is_used_is_not_taken_back_before_its_passages():
    work = marks(Work().does("add_code", ANA, label="Night", definition="By night."), ANA, US, "K-01")

    assert work.refuses("take_back", entry=1) == "K-01 was changed again, and that counts. Take that back first."
    work.does("take_back", ANA, entry=2).takes_back(1)
    assert coding(work).own == {}
    assert coding(work).added == 1


# Who sees what


def test_a_coder_does_not_see_the_codes_of_the_other_before_both_have_finished():
    work = finishes(marks(Work(), ANA, US, "sense:gap"), ANA, US)
    marks(work, BEN, US, "sense:strength")

    assert coding(work).codes(US, "ben") == ("sense:strength",)
    assert coding(work).codes(US, "ana") == ("sense:gap",)
    assert coding(work).codes(US, "dir") == ()
    assert coding(work).disputes(US) == ()

    finishes(work, BEN, US)
    assert coding(work).codes(US, "ben") == coding(work).codes(US, "dir") == ("sense:gap", "sense:strength")


def test_one_who_coded_without_having_begun_does_not_open_the_piece_for_a_third_who_is_at_it():
    work = marks(Work(), CLEO, US, "phase:sar")
    both(work, US, ("sense:gap",), ("sense:gap",))

    assert coding(work).codes(US, "cleo") == ("phase:sar",)
    assert coding(work).codes(US, "ana") == ("sense:gap",)


def test_the_director_opens_a_piece_or_all_and_nobody_else_does():
    work = marks(Work(), ANA, US, "sense:gap")
    marks(work, ANA, FOE, "sense:gap")
    with pytest.raises(Forbidden):
        work.does("open_codes", ANA, piece=US)

    work.does("open_codes", DIRECTOR, piece=US)
    assert (coding(work).codes(US, "ben"), coding(work).codes(FOE, "ben")) == (("sense:gap",), ())
    work.does("open_codes", DIRECTOR)
    assert coding(work).codes(FOE, "ben") == ("sense:gap",)
    with pytest.raises(Forbidden):
        work.does("take_back", ANA, entry=work.last)
    work.does("take_back", DIRECTOR, entry=work.last)
    assert coding(work).codes(FOE, "ben") == ()


def test_what_both_have_finished_stands_and_is_taken_back_by_nobody():
    work = both(Work(), US, ("sense:gap",), ("sense:gap",))

    for seq in (1, 2):
        assert "was finished by both coders" in work.refuses_as(ANA, "take_back", entry=seq)
    assert "was finished by both coders" in work.refuses_as(ANA, "mark_passage", piece=US, codes=["phase:sar"])


def test_a_coder_takes_back_his_own_marks_and_nobody_elses():
    work = marks(Work(), ANA, US, "sense:gap")
    assert "only that coder" in work.refuses_as(BEN, "take_back", entry=1)
    finishes(work, ANA, US)
    assert "Take that back first" in work.refuses_as(ANA, "take_back", entry=1)
    assert "Take that back to go on" in work.refuses_as(ANA, "mark_passage", piece=US, codes=["phase:sar"])

    work.does("take_back", ANA, entry=2).does("take_back", ANA, entry=1)
    assert coding(work).marks == {}
    work.does("take_back", ANA, entry=4)
    assert coding(work).codes(US, "ana") == ("sense:gap",)


# Agreement


def test_only_pieces_that_both_finished_unseen_count_for_agreement():
    work = both(Work(), US, ("sense:gap",), ("sense:gap",))
    finishes(marks(work, ANA, FOE, "sense:gap"), ANA, FOE).does("open_codes", DIRECTOR, piece=FOE)
    opened = work.last
    finishes(marks(work, BEN, FOE, "sense:gap"), BEN, FOE)
    marks(work, ANA, ALLY, "sense:gap")

    assert coding(work).independent("ana", "ben") == (US,)
    work.does("take_back", DIRECTOR, entry=opened)
    assert coding(work).independent("ana", "ben") == (US,), "what was seen was seen"
    assert coding(work).pairs() == (("ana", "ben"),)


def test_what_is_coded_after_all_was_closed_again_counts_and_what_was_finished_before_it_was_opened():
    work = both(Work(), US).does("open_codes", DIRECTOR)
    work.does("take_back", DIRECTOR, entry=work.last)
    both(work, FOE)

    assert coding(work).independent("ana", "ben") == (US, FOE)


# Settling


def test_what_differs_is_listed_and_settled_with_who_and_why():
    work = both(Work(), US, ("sense:gap", "phase:sar"), ("phase:sar",))

    (dispute,) = coding(work).disputes(US)
    assert (dispute.code, dispute.given, dispute.not_given) == ("sense:gap", ("ana",), ("ben",))

    work.does("settle_code", BEN, piece=US, code="sense:gap", applies=False, why="It is a plan, not a lack.")
    assert coding(work).disputes(US) == ()
    assert coding(work).codes(US, "ana") == ("phase:sar",)
    settled = coding(work).settled[US, "sense:gap"]
    assert (settled.seat, settled.why) == ("ben", "It is a plan, not a lack.")
    assert coding(work).given(US, "ana") == {"sense:gap", "phase:sar"}, "a settlement changes nobody's codes"

    work.takes_back(work.last)
    assert len(coding(work).disputes(US)) == 1


def test_a_code_that_neither_gave_can_be_settled_to_apply():
    work = both(Work(), US).does("settle_code", ANA, piece=US, code="phase:sar", applies=True, why="Both meant it.")

    assert coding(work).codes(US, "ben") == ("phase:sar",)
    assert work.refuses("settle_code", piece=US, code="phase:sar", applies=True, why="Both meant it.") == (
        "This was settled so already."
    )


def test_nothing_is_settled_of_a_piece_that_is_still_being_coded():
    work = marks(Work(), ANA, US, "sense:gap")

    assert "still being coded" in work.refuses("settle_code", piece=US, code="sense:gap", applies=True, why="x")


def test_an_earlier_settlement_is_not_taken_back_before_the_later_one():
    work = both(Work(), US, ("sense:gap",))
    for applies in (True, False):
        work.does("settle_code", ANA, piece=US, code="sense:gap", applies=applies, why="So")

    assert "Take that back first" in work.refuses("take_back", entry=work.last - 1)
