"""Drafts as they are kept: what one hand writes never takes away what another has written since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ttx.exercise.drafting import (
    HANDS_AT_MOST,
    KEPT_AT_MOST,
    STATE_AT_MOST,
    Covered,
    Draft,
    KeepDraft,
    TooManyHands,
    keep,
)


def hand(number: int) -> str:
    return f"{number:016x}"


def asks(number: int, state: str, *covers: Draft, version: int = 0) -> KeepDraft:
    """What the page of this number asks to be kept, with what it has taken into its own."""
    return KeepDraft(
        inject="D1-01",
        question="q1",
        hand=hand(number),
        version=version,
        state=state,
        covers=tuple(Covered(hand=one.hand, mark=one.mark) for one in covers),
    )


def test_a_draft_at_rest_is_what_the_last_hand_laid_together():
    first = keep((), asks(1, "AAAA"))
    second = keep(first, asks(2, "BBBB", *first))

    assert second == (Draft(hand(2), 0, "BBBB"),)


def test_a_hand_keeps_its_latest_state_only():
    assert keep(keep((), asks(1, "AAAA")), asks(1, "AABB")) == (Draft(hand(1), 0, "AABB"),)


def test_what_a_hand_wrote_since_it_was_taken_in_stays():
    taken = keep((), asks(1, "AAAA"))
    since = keep(taken, asks(1, "AAAACCCC"))

    assert keep(since, asks(2, "BBBB", *taken)) == (*since, Draft(hand(2), 0, "BBBB"))


def test_the_same_words_for_another_answer_of_record_are_another_state():
    assert Draft(hand(1), 0, "AAAA").mark != Draft(hand(1), 7, "AAAA").mark


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=26))
def test_no_letter_is_lost_whoever_covers_whom(posts: list[tuple[int, bool]]):
    """A state here is the set of letters it holds, a page takes in all it sees or nothing."""
    kept: tuple[Draft, ...] = ()
    held: dict[int, set[int]] = {}
    for letter, (number, looks) in enumerate(posts):
        seen = kept if looks else ()
        mine = held.setdefault(number, set()) | {letter}
        for one in seen:
            mine |= {ord(sign) - 65 for sign in one.state}
        held[number] = mine
        kept = keep(kept, asks(number, "".join(chr(65 + one) for one in sorted(mine)), *seen))

    assert {ord(sign) - 65 for one in kept for sign in one.state} == set(range(len(posts)))


def test_too_many_hands_or_too_long_a_text_is_refused_and_nothing_goes():
    full: tuple[Draft, ...] = ()
    for number in range(HANDS_AT_MOST):
        full = keep(full, asks(number, "AAAA"))
    with pytest.raises(TooManyHands):
        keep(full, asks(99, "BBBB"))
    assert keep(full, asks(99, "BBBB", *full)) == (Draft(hand(99), 0, "BBBB"),)

    long = tuple(Draft(hand(number), 0, "A" * STATE_AT_MOST) for number in range(KEPT_AT_MOST // STATE_AT_MOST))
    with pytest.raises(TooManyHands, match="longer texts"):
        keep(long, asks(99, "BBBB"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "<script>"},
        {"state": "A" * (STATE_AT_MOST + 4)},
        {"hand": "../etc"},
        {"hand": ""},
        {"version": -1},
        {"name": "Ana"},
        {"covers": [{"hand": "0" * 16, "mark": "'"}]},
    ],
)
def test_a_malformed_draft_is_none(wrong: dict[str, object]):
    whole = {"inject": "D1-01", "question": "q1", "hand": hand(1), "version": 0, "state": "AAAA"}

    assert KeepDraft.model_validate(whole).state == "AAAA"
    with pytest.raises(ValidationError):
        KeepDraft.model_validate({**whole, **wrong})
