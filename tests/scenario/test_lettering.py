"""How texts are measured and broken for a picture: never wider than there is room, never torn within a sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.scenario.lettering import ELLIPSIS, apart, line, lines, rightward, width

SIZE = 12.0


def test_a_text_is_broken_at_spaces_and_ends_in_an_ellipsis():
    text = "Satellite-phone call: engine dead, about 190 aboard, water rising"

    assert lines(text, SIZE, 130, 9) == (
        "Satellite-phone call:",
        "engine dead, about",
        "190 aboard, water",
        "rising",
    )
    assert lines(text, SIZE, 130, 2) == ("Satellite-phone call:", "engine dead, about…")


def test_what_fits_is_left_as_it_is():
    assert lines("Ellory", SIZE, 130, 2) == ("Ellory",)
    assert line("Ellory", SIZE, 130) == "Ellory"
    assert lines("", SIZE, 130, 2) == ()


def test_scripts_that_write_no_spaces_are_broken_between_signs():
    broken = lines("海" * 30, SIZE, 130, 2)

    assert broken[0] == "海" * 10
    assert broken[1].endswith(ELLIPSIS)


def test_a_mark_stays_with_the_sign_it_stands_on():
    broken = lines("កំ" * 40, SIZE, 60, 3)

    assert not any(part[0] == "ំ" for part in broken)


def test_bold_is_wider():
    assert width("Ellory", SIZE, bold=True) > width("Ellory", SIZE)


@given(st.text(max_size=120), st.floats(40, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text: str, room: float, most: int):
    broken = lines(text, SIZE, room, most)

    assert len(broken) <= most
    assert all(width(part, SIZE) <= room for part in broken)


@given(st.text(alphabet="ab c", max_size=60), st.floats(60, 300))
def test_with_lines_enough_no_sign_is_lost(text: str, room: float):
    broken = lines(text, SIZE, room, 60)

    assert "".join("".join(broken).split()) == "".join(text.split())


def test_letters_of_broad_scripts_take_the_room_they_are_drawn_in():
    assert width("က" * 10, 10) == width("ක" * 10, 10) == 80
    assert width("ก" * 10, 10) == width("ক" * 10, 10) == 60


TITLE = "الجلسة الأولى"


@pytest.mark.parametrize(
    "sentence,wanted",
    [
        ("It is outside 'Rescue', 09:00 to 10:30.", "It is outside 'Rescue', 09:00 to 10:30."),
        (f"It is outside '{TITLE}', 09:00 to 10:30.", f"It is outside '\u2068{TITLE}\u2069', 09:00 to 10:30."),
        (f"It doesn't fit '{TITLE} 2'.", f"It doesn't fit '\u2068{TITLE} 2\u2069'."),
        (f"Day 1: {TITLE}, 3 injects", f"Day 1: \u2068{TITLE}\u2069, 3 injects"),
        (f"“UNHCR {TITLE}” is gone", f"“\u2068UNHCR {TITLE}\u2069” is gone"),
    ],
)  # fmt: skip
def test_titles_from_right_to_left_stand_apart_in_a_sentence(sentence: str, wanted: str):
    assert apart(sentence) == wanted


def test_every_line_of_a_text_from_right_to_left_runs_so():
    drawn = lines("الشرطة أولًا: 94 إفادة", 11, 60, 3)

    assert len(drawn) > 1
    assert all(one[0] == "\u2067" and one[-1] == "\u2069" for one in drawn)
    assert line("Police first: 94", 11, 200) == "Police first: 94"


def test_a_sentence_that_begins_with_such_a_title_runs_from_left_to_right():
    assert rightward(TITLE)
    assert not rightward(apart(f"“{TITLE}” is not separate"))
