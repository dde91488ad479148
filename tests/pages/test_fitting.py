"""Texts in the hall: what is cut is cut at a sentence, and it is known that it was."""

from hypothesis import given
from hypothesis import strategies as st

from ttx.pages.fitting import brief, step

SENTENCES = st.lists(st.sampled_from(["A boat left.", "**Who** calls?", "- One\n- Two\n", "قارب غادر. ", "*Now*!"]))


def test_a_long_text_ends_where_a_sentence_does():
    text = "A boat left Merevale. It carries 171 people. Nobody answers."

    assert brief(text, 50) == ("A boat left Merevale. It carries 171 people.", False)
    assert brief(text, 500) == (text, True)


def test_emphasis_is_never_cut_open():
    assert brief("Calm. **Now they call. All of them.** And wait.", 30) == ("Calm.", False)


def test_a_sentence_that_is_too_long_ends_after_a_word_in_three_dots():
    assert brief("one two three four five", 14) == ("one two three...", False)


@given(SENTENCES, st.integers(5, 120))
def test_a_cut_text_is_the_beginning_of_the_whole(parts: list[str], most: int) -> None:
    text = " ".join(parts)

    said = brief(text, most)

    assert text.startswith(said.text.removesuffix("...").rstrip())
    assert said.whole == (len(text) <= most)
    assert len(said.text) <= most + 3


def test_the_type_steps_down_with_the_length():
    assert [step("x" * n, 10, 20) for n in (10, 11, 21)] == [0, 1, 2]
