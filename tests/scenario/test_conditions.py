"""Conditions are read as comparisons, never executed, and hold for the values they should."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ttx.scenario.conditions import Unreadable, exclude, parse
from ttx.scenario.model import Value

VARIABLES: dict[str, Value] = {"port": "Ellory", "delay_h": 9, "open": True, "balance": -5}


@pytest.mark.parametrize(
    "text, holds",
    [
        ("port == Ellory", True),
        ("port == 'Ellory'", True),
        ("port != Ellory", False),
        ("port in [Merevale, Ellory]", True),
        ("port not in (Merevale, Anselm)", True),
        ("delay_h > 10", False),
        ("5 < delay_h <= 9", True),
        ("not delay_h > 10 and port == Ellory", True),
        ("port == Merevale or delay_h == 9", True),
        ("open == true", True),
        ("open == false", False),
        ("balance < -4", True),
        ("port > 3", False),
        ("open", True),
    ],
)
def test_a_condition_holds_for_the_values_it_names(text: str, holds: bool) -> None:
    condition = parse(text)

    found = condition.holds(VARIABLES)

    assert found is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "port =",
        "port == heat-wave",
        "len(port) > 3",
        "port.upper == X",
        "x := 1",
        "a if b else c",
        "1.5 > delay_h",
    ],
)
def test_anything_but_comparisons_is_unreadable_and_says_so(text: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(text)

    assert str(raised.value).startswith(f"the condition '{text}' ")


def test_a_very_long_condition_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="longer than 400 signs"):
        parse("not " * 5000 + "open")


@pytest.mark.parametrize(
    "text, strangers",
    [
        ("port == Ellory", ()),
        ("prot == Ellory", ("prot == Ellory",)),
        ("port == Ellory and helth", ("helth",)),
        ("not (port == Ellory or 1 == 2)", ("1 == 2",)),
    ],
)
def test_a_part_that_reads_no_variable_is_a_stranger(text: str, strangers: tuple[str, ...]) -> None:
    condition = parse(text)

    found = condition.strangers(VARIABLES)

    assert found == strangers


@given(st.text() | st.from_regex(r"[a-z_()\[\]'\"<>=!., 0-9\\-]{1,60}", fullmatch=True))
@example("\\d == port")
@example("(" * 300)
@example("1if 1else 2")
@example("port\x00")
@example("\ud800")
def test_no_text_makes_a_condition_raise_anything_but_unreadable(text: str) -> None:
    try:
        condition = parse(text)
    except Unreadable:
        return

    found = condition.holds(VARIABLES)

    assert found in (True, False)


def test_a_condition_that_looks_like_code_is_never_executed(tmp_path: Path) -> None:
    traitor = tmp_path / "executed"
    text = f"__import__('pathlib').Path('{traitor}').touch()"

    with pytest.raises(Unreadable):
        parse(text)

    assert not traitor.exists()


@pytest.mark.parametrize(
    "one, other, never",
    [
        ("port == Ellory", "port != Ellory", True),
        ("delay_h <= 24", "delay_h > 24", True),
        ("delay_h < 24", "delay_h >= 24", True),
        ("delay_h < 24", "delay_h > 24", False),
        ("port in [Ellory, Merevale]", "port not in [Ellory, Merevale]", True),
        ("open", "not open", True),
        ("not (open and delay_h > 3)", "open and delay_h > 3", True),
        ("port == Ellory", "port == Ellory", False),
        ("port == Ellory", "port != Merevale", False),
        ("delay_h < 24", "delay_h > 12", False),
        ("1 < delay_h <= 9", "1 < delay_h > 9", False),
        ("open", "port != Ellory", False),
    ],
)
def test_conditions_exclude_each_other_where_one_is_the_opposite(one: str, other: str, never: bool) -> None:
    assert exclude(parse(one), parse(other)) is never
    assert exclude(parse(other), parse(one)) is never
