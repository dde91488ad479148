"""How texts are measured and broken for a picture: never wider than there is room, never torn within a sign."""

from hypothesis import given
from hypothesis import strategies as st

from ttx.scenario.lettering import ELLIPSIS, line, lines, width

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
