"""Answers: one content or a stance, and whether it fits its question."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.exercise.words import CONTACT
from ttx.exercise.answers import Answer, misfit
from ttx.scenario.model import Question, QuestionKind

OPTIONS = {"a": "First", "b": "Second", "c": "Third"}
CHOOSING = {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING}

FITTING: dict[QuestionKind, list[dict[str, Any]]] = {
    QuestionKind.TEXT: [{"text": "We wait."}],
    QuestionKind.SINGLE: [{"choice": "b"}],
    QuestionKind.MULTIPLE: [{"choices": ["a", "c"]}, {"choices": []}],
    QuestionKind.SCALE: [{"scale": 1}, {"scale": 5}],
    QuestionKind.RANKING: [{"ranking": ["c", "a", "b"]}],
    QuestionKind.CONTACTS: [{"contacts": [CONTACT]}],
}
STANCES = [{"stance": "no_instruction"}, {"stance": "not_applicable"}]

WANTED = {
    QuestionKind.TEXT: '{"text": ...}',
    QuestionKind.SINGLE: '{"choice": ...} of a, b, c',
    QuestionKind.MULTIPLE: '{"choices": [...]} of a, b, c',
    QuestionKind.SCALE: '{"scale": 1 to 5}',
    QuestionKind.RANKING: '{"ranking": [...]} with each of a, b, c once',
    QuestionKind.CONTACTS: '{"contacts": [...]}',
}


def question(kind: QuestionKind) -> Question:
    return Question(id="q", kind=kind, ask="What?", options=OPTIONS if kind in CHOOSING else {})


def answer(**said: object) -> Answer:
    return Answer.model_validate(said)


@pytest.mark.parametrize("kind", QuestionKind)
def test_each_kind_of_question_takes_its_own_content_and_no_other(kind: QuestionKind):
    contents = [content for contents in FITTING.values() for content in contents]

    fitting = [content for content in contents if misfit(question(kind), answer(**content)) is None]

    assert fitting == FITTING[kind]


@pytest.mark.parametrize("kind", QuestionKind)
def test_an_answer_that_does_not_fit_is_told_what_its_question_takes(kind: QuestionKind):
    other = {"scale": 3} if kind is not QuestionKind.SCALE else {"text": "three"}

    assert misfit(question(kind), answer(**other)) == f"Question q is of kind {kind} and takes {WANTED[kind]}."


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("stance", STANCES)
def test_a_stance_answers_every_question(kind: QuestionKind, stance: dict[str, str]):
    assert misfit(question(kind), answer(**stance)) is None


@pytest.mark.parametrize(
    "kind, said",
    [
        (QuestionKind.SINGLE, {"choice": "d"}),
        (QuestionKind.MULTIPLE, {"choices": ["a", "d"]}),
        (QuestionKind.MULTIPLE, {"choices": ["a", "a"]}),
        (QuestionKind.RANKING, {"ranking": ["a", "b"]}),
        (QuestionKind.RANKING, {"ranking": ["a", "b", "b"]}),
        (QuestionKind.RANKING, {"ranking": ["a", "b", "c", "c"]}),
        (QuestionKind.RANKING, {"ranking": ["a", "b", "d"]}),
    ],
)
def test_options_are_named_as_written_and_once(kind: QuestionKind, said: dict[str, object]):
    assert misfit(question(kind), answer(**said)) == f"Question q is of kind {kind} and takes {WANTED[kind]}."


@pytest.mark.parametrize("content", [one for contents in FITTING.values() for one in contents] + STANCES)
def test_a_reservation_may_stand_beside_everything(content: dict[str, object]):
    said = answer(**content, reservation="  Pending the capital ")

    assert said.reservation == "Pending the capital"


def test_a_translation_of_the_delegations_own_stands_beside_a_text_and_nothing_else():
    assert answer(text="Kami menunggu.", translation=" We wait. ").translation == "We wait."
    with pytest.raises(ValidationError, match='a "translation" is one of the "text"'):
        answer(stance="no_instruction", translation="We wait.")


@pytest.mark.parametrize(
    "said, holds",
    [
        ({}, "none of them"),
        ({"reservation": "Pending"}, "none of them"),
        ({"text": None, "choice": None}, "none of them"),
        ({"text": "We wait.", "stance": "no_instruction"}, "text and stance"),
        ({"stance": "no_instruction", "scale": 2, "text": "Two"}, "text and scale and stance"),
    ],
)
def test_an_answer_holds_exactly_one_content(said: dict[str, object], holds: str):
    with pytest.raises(ValidationError) as invalid:
        answer(**said)

    (error,) = invalid.value.errors()
    contents = "text, choice, choices, scale, ranking, contacts or stance"
    assert error["msg"] == f"Value error, an answer holds one of {contents}; this one holds {holds}"


@pytest.mark.parametrize(
    "said, where",
    [
        ({"text": "   "}, ("text",)),
        ({"text": "x" * 20_001}, ("text",)),
        ({"scale": 0}, ("scale",)),
        ({"scale": 6}, ("scale",)),
        ({"ranking": []}, ("ranking",)),
        ({"contacts": []}, ("contacts",)),
        ({"contacts": [CONTACT] * 41}, ("contacts",)),
        ({"contacts": [{**CONTACT, "hours": -1}]}, ("contacts", 0, "hours")),
        ({"contacts": [{**CONTACT, "hours": float("inf")}]}, ("contacts", 0, "hours")),
        ({"contacts": [{**CONTACT, "to": ""}]}, ("contacts", 0, "to")),
        ({"stance": "silence"}, ("stance",)),
        ({"text": "We wait.", "delegation": "Kestria"}, ("delegation",)),
    ],
)
def test_what_is_out_of_bounds_is_refused_with_its_place(said: dict[str, object], where: tuple[str, ...]):
    with pytest.raises(ValidationError) as invalid:
        answer(**said)

    assert invalid.value.errors()[0]["loc"] == where


def test_texts_lose_the_space_around_them_and_nothing_else():
    assert answer(text="\n  نتصل\nرจ \t").text == "نتصل\nرจ"


def test_an_answer_cannot_be_changed():
    said = answer(text="We wait.")

    with pytest.raises(ValidationError):
        setattr(said, "text", "We go.")  # noqa: B010  (mypy knows that it is frozen)

    assert said == answer(text="We wait.")
