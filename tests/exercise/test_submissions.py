"""Commands of those who take part and of those who watch: answers of record, observations, ratings."""

import pytest

from tests.exercise.words import CONTACT, History, delegate, evaluator, head, lead
from ttx.exercise.answers import Answer
from ttx.exercise.entries import ObservationRecorded, RatingGiven, ResponseSubmitted, SubmissionDelegated

SAID = {"text": "We wait."}


def asked() -> History:
    """The small scenario with its first two injects out; D1-02 goes to the group at sea."""
    return History().opened(1).released("D1-01", "D1-02")


def answer(history: History, **fields: object) -> ResponseSubmitted:
    """The entry of an answer by the head of Kestria."""
    (entry,) = history.does(head(), "respond", **fields).entries()
    assert isinstance(entry, ResponseSubmitted)
    return entry


def test_a_head_submits_the_delegations_answer_of_record():
    said = answer(asked(), inject="D1-01", question="q1", answer=SAID)

    assert said == ResponseSubmitted(
        inject="D1-01", question="q1", delegation="Kestria", answer=Answer(text="We wait.")
    )


def test_a_question_may_be_named_by_its_number():
    said = answer(asked(), inject="D1-02", question=2, answer={"scale": 4})

    assert said.question == "sure"


@pytest.mark.parametrize(
    "name", ["D1-03", "D1-77", "D1-09"], ids=["of an inject that is not released", "of none", "of the reserve"]
)
def test_what_is_not_on_the_screen_cannot_be_answered_and_nothing_is_told_of_it(name: str):
    said = asked().refuses(head(), "respond", inject=name, question="q1", answer=SAID)

    assert said == f"There is no development {name} on your screen to answer."


def test_what_went_to_others_cannot_be_answered_and_nothing_is_told_of_it():
    said = asked().refuses(head("tamarinda"), "respond", inject="D1-02", question="sure", answer={"scale": 4})

    assert said == "There is no development D1-02 on your screen to answer."


def test_a_question_the_inject_does_not_ask_is_not_answered():
    history = asked()

    said = [history.refuses(head(), "respond", inject="D1-01", question=one, answer=SAID) for one in ("sure", 2, 0)]

    assert said == ["D1-01 has no question sure.", "D1-01 has no question 2.", "D1-01 has no question 0."]


def test_an_answer_that_does_not_fit_its_question_is_not_of_record():
    said = asked().refuses(head(), "respond", inject="D1-02", question="sure", answer=SAID)

    assert said == 'Question sure is of kind scale and takes {"scale": 1 to 5}.'


def test_a_delegate_submits_only_when_the_head_let_him():
    history = asked()
    refused = history.refuses(delegate(), "respond", inject="D1-01", question="q1", answer=SAID)

    history.does(head(), "delegate_submission", allowed=True).answered(delegate(), "D1-01", "q1", **SAID)
    anothers = history.refuses(delegate("orrin"), "respond", inject="D1-01", question="q1", answer=SAID)
    history.does(head(), "delegate_submission", allowed=False)

    no = "The head of your delegation submits its answers; ask for the right, or hand over the text."
    assert (refused, anothers) == (no, no)
    assert history.refuses(delegate(), "respond", inject="D1-01", question="q1", answer=SAID) == no
    assert list(history.state.responses) == [("D1-01", "q1", "Kestria")]


def test_an_answer_to_a_recalled_inject_is_taken_and_marked():
    said = answer(asked().recalled("D1-01"), inject="D1-01", question="q1", answer=SAID)

    assert said.recalled is True


@pytest.mark.parametrize("do", ["pause", "close_day"])
def test_answers_are_taken_while_the_exercise_stands_still(do: str):
    said = answer(asked().does(lead(), do), inject="D1-01", question="q1", answer=SAID)

    assert said.answer.text == "We wait."


def test_a_seat_of_a_delegation_the_exercise_does_not_know_has_no_answer_of_record():
    stranger = head("atlantis")

    said = asked().refuses(stranger, "respond", inject="D1-01", question="q1", answer=SAID)

    assert said == "Your seat belongs to no delegation, so it has no answer of record to give."


def test_contacts_may_name_anybody():
    said = answer(asked(), inject="D1-02", question="calls", answer={"contacts": [{**CONTACT, "to": "Nobody yet"}]})

    assert said.answer.contacts is not None
    assert [one.to for one in said.answer.contacts] == ["Nobody yet"]


def test_the_head_lets_delegates_submit_and_no_longer():
    history = History().does(head(), "delegate_submission", allowed=True)

    assert history.does(head(), "delegate_submission", allowed=False).entries(2) == [
        SubmissionDelegated(delegation="Kestria", allowed=True),
        SubmissionDelegated(delegation="Kestria", allowed=False),
    ]


def test_a_right_that_is_as_asked_is_not_changed():
    history = History()

    taken = history.refuses(head(), "delegate_submission", allowed=False)
    given = history.does(head(), "delegate_submission", allowed=True).refuses(
        head(), "delegate_submission", allowed=True
    )

    assert taken == "Delegates of Kestria may not submit as it is, so there is nothing to change."
    assert given == "Delegates of Kestria may submit already, so there is nothing to change."


def test_an_evaluator_records_what_he_observed():
    tied = {"inject": "D1-01", "objective": "O1", "capability": "C1", "delegation": "Kestria", "table": "T1"}
    history = asked().does(evaluator(), "observe", text=" One picture early ", sense="strength", **tied)

    assert history.entries() == [ObservationRecorded(text="One picture early", sense="strength", **tied)]


def test_an_observation_need_not_be_tied_to_anything():
    assert History().does(evaluator(), "observe", text="Late start").entries() == [
        ObservationRecorded(text="Late start")
    ]


@pytest.mark.parametrize("subject", [{"objective": "O1"}, {"capability": "C2"}])
def test_an_evaluator_rates_an_objective_or_a_capability(subject: dict[str, str]):
    history = asked().does(evaluator(), "rate", rating="M", inject="D1-01", **subject)

    assert history.entries() == [RatingGiven(rating="M", inject="D1-01", **subject)]


def test_a_rating_of_nothing_is_refused():
    said = asked().refuses(evaluator(), "rate", rating="M", inject="D1-01")

    assert said == "A rating needs an objective or a capability that it rates."


@pytest.mark.parametrize("do", [{"do": "observe", "text": "Late"}, {"do": "rate", "rating": "U", "objective": "O1"}])
@pytest.mark.parametrize(
    "about, said",
    [
        ({"inject": "D1-03"}, "D1-03 has not been released, so nothing of it can be observed."),
        ({"inject": "D1-77"}, "D1-77 has not been released, so nothing of it can be observed."),
        ({"objective": "O9"}, "There is no objective O9; there are O1, O2."),
        ({"capability": "C9"}, "There is no capability C9; there are C1, C2."),
        ({"delegation": "atlantis"}, "There is no delegation atlantis; there are Kestria, orrin, tamarinda."),
        ({"table": "T9"}, "There is no table T9; there are T1, T2."),
    ],
)
def test_what_a_note_is_about_must_be_there(do: dict[str, str], about: dict[str, str], said: str):
    fields = {**do, **about}

    assert asked().refuses(evaluator(), fields.pop("do"), **fields) == said


def test_a_recalled_inject_can_still_be_observed():
    history = asked().recalled("D1-01").does(evaluator(), "observe", text="It was confusing", inject="D1-01")

    assert history.entries() == [ObservationRecorded(text="It was confusing", inject="D1-01")]
