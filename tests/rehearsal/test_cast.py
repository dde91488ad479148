"""Who takes part in a rehearsal, and that what they answer fits the question."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.words import SCENARIO
from tests.web.words import roster as carried
from ttx.exercise.answers import Answer, misfit
from ttx.rehearsal import replies
from ttx.rehearsal.cast import USUAL, roster
from ttx.scenario.roster import Role

QUESTIONS = [question for day in SCENARIO.days for inject in day.injects for question in inject.questions]


@given(st.integers(0, 10_000), st.lists(st.text("ab", min_size=1), unique=True, max_size=5))
def test_every_answer_fits_its_question(seed, others):
    dice = Random(seed)

    for question in QUESTIONS:
        for unsure in (0.0, 1.0):
            assert misfit(question, Answer.model_validate(replies.reply(question, others, unsure, dice))) is None


@pytest.mark.parametrize("wanted", [1, 2, 5, 40])
@pytest.mark.parametrize("known", [None, carried()], ids=["without a roster", "with one"])
def test_there_are_as_many_delegations_and_tablets_as_were_asked_for(wanted, known):
    made = roster(SCENARIO, known, wanted, 3)

    tablets = [seat for seat in made.seats if seat.delegation is not None]
    assert len(made.delegations) == wanted
    assert len(tablets) == wanted * 3
    assert [seat.role for seat in tablets[:3]] == [Role.HEAD, Role.DELEGATE, Role.DELEGATE]
    assert {seat.table for seat in tablets} <= made.tables.keys()
    assert [seat.role for seat in made.seats if seat.delegation is None] == [Role.LEAD_FACILITATOR]


def test_the_scenarios_own_delegations_come_first_and_sit_where_they_sit():
    made = roster(SCENARIO, carried(), 3, 1)

    assert list(made.delegations) == ["Kestria", "tamarinda", "delegation-1"]
    assert {seat.delegation: seat.table for seat in made.seats if seat.delegation in ("Kestria", "tamarinda")} == {
        "Kestria": "T1",
        "tamarinda": "T2",
    }


def test_nobody_said_how_many():
    assert len(roster(SCENARIO, None, None, 1).delegations) == USUAL
    assert len(roster(SCENARIO, carried(), None, 1).delegations) == 2
