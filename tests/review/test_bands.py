"""Counts in bands: nobody works out a small count, neither by the audit nor by trying every table there could be."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttx.review.bands import Band, Banded, band, banded, possible


def told(several: bool = False, asked: int = 16, k: int = 5, **cells: int) -> Banded:
    answered = max(cells.values()) if several else sum(cells.values())
    return banded(cells, answered, asked, several=several, k=k)


def test_a_band_holds_its_count_and_is_k_wide() -> None:
    assert [(band(count).least, band(count).most) for count in (0, 4, 5, 9, 10)] == [
        (0, 4),
        (0, 4),
        (5, 9),
        (5, 9),
        (10, 14),
    ]


def test_small_counts_hide_in_their_band() -> None:
    made = told(a=9, b=3, c=2)
    assert made.cells == {"a": Band(least=5, most=9), "b": Band(least=0, most=4), "c": Band(least=0, most=4)}
    assert made.answered == Band(least=10, most=14)


def test_where_the_bands_leave_one_value_for_a_small_count_none_is_told() -> None:
    # Five were asked and all said a: "5 to 9" of five leaves nothing for b.
    assert told(asked=5, a=5, b=0).cells is None
    assert told(asked=6, a=5, b=0).cells is not None


def test_with_fewer_than_k_answers_nothing_is_told() -> None:
    assert told(a=2, b=2).cells is None


def test_bands_are_never_narrower_than_three() -> None:
    with pytest.raises(ValueError, match="who said what"):
        told(a=9, k=2)


def every_table(made: Banded, several: bool) -> list[tuple[int, ...]]:
    """Every table that would have been told in the same words, found by trying all."""
    assert made.cells is not None
    most = min(made.answered.most, made.asked)
    ranges = [range(cell.least, min(cell.most, most) + 1) for cell in made.cells.values()]
    return [table for table in product(*ranges) if several or made.answered.least <= sum(table) <= most]


COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 14), min_size=2, max_size=4)


@settings(max_examples=1000)
@given(COUNTS, st.integers(0, 6), st.booleans(), st.integers(3, 6))
def test_no_small_count_can_be_solved_back(cells: Mapping[str, int], silent: int, several: bool, k: int) -> None:
    answered = max(cells.values()) if several else sum(cells.values())
    made = banded(cells, answered, answered + silent, several=several, k=k)
    if made.cells is None:
        return
    tables = every_table(made, several)
    assert tuple(cells.values()) in tables
    ways = possible(list(made.cells.values()), made.answered, made.asked, several=several)
    for place, count in enumerate(cells.values()):
        values = {table[place] for table in tables}
        assert values == set(ways[place]), "the audit sees what trying every table shows"
        assert count >= k or len(values) > 1
