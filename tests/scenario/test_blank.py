"""A new scenario before anybody wrote in it."""

import pytest

from ttx.scenario.blank import blank
from ttx.scenario.checks import checked_texts
from ttx.scenario.writing import written


@pytest.mark.parametrize("title", ["Quiet Bay", "2027", "Прилив", "<b>: - [x", "T" * 200])
def test_a_new_scenario_has_its_title_and_no_error(title: str):
    found = checked_texts(written(blank(title)), ())

    assert found.errors == ()
    assert found.scenario is not None
    assert found.scenario.title == title
    assert len(found.scenario.days) == 1
