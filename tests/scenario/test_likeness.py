"""Whether an inject is still the one it was."""

import pytest

from tests.output.words import lantern_tide
from ttx.scenario.likeness import alike

BOAT = {"title": "A boat is overdue", "text": "The ferry left at six with forty people. Nobody has heard of it since."}


@pytest.mark.parametrize(
    "other",
    [
        BOAT,
        {**BOAT, "title": "A ferry is overdue"},
        {**BOAT, "text": f"{BOAT['text']} Relatives call the harbour."},
        {**BOAT, "minutes": 40, "questions": [{"ask": "What now?"}]},
    ],
)
def test_one_that_was_worked_on_is_the_same(other):
    assert alike(BOAT, other)


@pytest.mark.parametrize(
    "other",
    [{}, {**BOAT, "text": "A court in Ellory asks for the phone records of two brothers."},
     {"title": "الاجتماع الإقليمي", "text": "تجتمع الوفود في الميناء."}],
)  # fmt: skip
def test_another_text_is_another_inject(other):
    assert not alike(BOAT, other)


def test_two_that_nobody_has_written_yet_are_alike():
    assert alike({"id": "D1-01"}, {"id": "D1-01", "title": ""})


def test_injects_of_a_day_are_told_apart():
    day = [{"title": one.title, "text": one.text} for one in lantern_tide().days[0].injects[:6]]

    assert not any(alike(one, other) for place, one in enumerate(day) for other in day[:place])
