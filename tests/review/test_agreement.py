"""Cohen's kappa: against values reckoned by hand, and where there is none to be had."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.review.agreement import UNDEFINED, agreement, cohen

COUNT = st.integers(0, 40)


@pytest.mark.parametrize(
    "table, observed, expected, kappa",
    [
        # p_o = 35/50; the first says yes 25 times, the second 30: p_e = (25*30 + 25*20) / 2500 = 0.5
        ((20, 5, 10, 15), 0.7, 0.5, 0.4),
        # p_o = 8/10; 5*5 + 5*5 of 100: 0.5
        ((4, 1, 1, 4), 0.8, 0.5, 0.6),
        # p_o = 9/10; the first 1, the second 2: (1*2 + 9*8) / 100 = 0.74; 0.16/0.26
        ((1, 0, 1, 8), 0.9, 0.74, 8 / 13),
        # all agreement is by chance
        ((1, 1, 1, 1), 0.5, 0.5, 0.0),
        # the first gives it to all, so that whatever the second does agrees by chance alone
        ((3, 1, 0, 0), 0.75, 0.75, 0.0),
        # they never agree
        ((0, 1, 1, 0), 0.0, 0.5, -1.0),
        # less than chance: p_o = 2/10, 5*5 + 5*5 of 100
        ((1, 4, 4, 1), 0.2, 0.5, -0.6),
        # they agree on all, and both use yes and no
        ((2, 0, 0, 3), 1.0, 0.52, 1.0),
    ],
)
def test_kappa_by_hand(table: tuple[int, int, int, int], observed: float, expected: float, kappa: float) -> None:
    found = cohen(*table)

    assert (found.observed, found.expected, found.kappa) == pytest.approx((observed, expected, kappa))
    assert found.reason is None
    assert found.pieces == sum(table)


@pytest.mark.parametrize(
    "table, reason", [((0, 0, 0, 0), "nothing"), ((7, 0, 0, 0), "always"), ((0, 0, 0, 7), "never")]
)
def test_where_only_one_category_was_used_there_is_no_kappa_and_it_is_said_why(
    table: tuple[int, int, int, int], reason: str
) -> None:
    found = cohen(*table)

    assert found.kappa is None
    assert found.reason == reason
    assert UNDEFINED[reason].startswith("undefined: ")
    assert found.observed == (1.0 if sum(table) else None)


@given(COUNT, COUNT, COUNT, COUNT)
def test_kappa_is_what_its_definition_says(both: int, first: int, second: int, neither: int) -> None:
    found, pieces = cohen(both, first, second, neither), both + first + second + neither
    if found.kappa is None:
        assert first == second == 0
        assert 0 in (both, neither)
        return
    yes = Fraction(both + first, pieces) * Fraction(both + second, pieces)
    no = Fraction(second + neither, pieces) * Fraction(first + neither, pieces)
    observed = Fraction(both + neither, pieces)

    assert found.kappa == pytest.approx(float((observed - yes - no) / (1 - yes - no)))
    assert -1 <= found.kappa <= 1
    assert cohen(both, second, first, neither).kappa == found.kappa
    assert cohen(neither, first, second, both).kappa == found.kappa


def test_a_code_is_told_for_each_piece_from_what_each_coder_gave_it() -> None:
    pieces = [({"a", "b"}, {"a"}), ({"a"}, set[str]()), (set[str](), {"b"}), (set[str](), set[str]())]

    a, b, c = (agreement(code, pieces) for code in "abc")

    assert (a.both, a.first, a.second, a.neither) == (1, 1, 0, 2)
    assert (b.both, b.first, b.second, b.neither) == (0, 1, 1, 2)
    assert a.kappa == pytest.approx(0.5)  # p_o 3/4, p_e (2*1 + 2*3) / 16
    assert c.reason == "never"
