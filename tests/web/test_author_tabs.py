"""The row of days over the authors' pages."""

import re

from tests.web.test_author import read, writing
from tests.web.words import Served
from tests.words import inject, small_scenario
from ttx.scenario.writing import written


def test_how_many_errors_a_day_has_stands_first_on_its_tab(house: Served):
    data = small_scenario()
    inject(data, "D1-02")["at"] = "10:05"
    page = read(writing(house, written(data)), "?day=1")

    (small, *_) = re.findall(r"<small>(.*?)</small>", page.partition('id="days"')[2], re.DOTALL)
    assert small.startswith('<span class="found-errors">')
    assert "Draft" in small
