"""What a delegation answers: one content by the question's kind, or a stance; perhaps a reservation and a dissent."""

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ttx.scenario.model import Question, QuestionKind
from ttx.scenario.worded import worded

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

CHANNELS: Mapping[str, str] = {
    "phone": worded("Phone"),
    "liaison_officer": worded("Liaison officer"),
    "formal_request": worded("Formal request"),
    "interpol": worded("INTERPOL"),
    "regional_mechanism": worded("Regional mechanism"),
    "email": worded("E-mail"),
    "meeting": worded("Meeting"),
    "other": worded("Another way"),
}
"""The usual channels of a contact, key to label; an answer may name another in its own words."""


class Contact(BaseModel):
    """Whom a delegation would contact, how, within how many hours, and on what legal basis."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: Short
    channel: Short
    hours: Annotated[float, Field(ge=0, le=8760, allow_inf_nan=False)]
    basis: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Answer(BaseModel):
    """Exactly one content, or a stance instead of one. A reservation may stand beside either, and a dissent.

    The stance `would_ask` says in `ask` whom the delegation would have to ask first. A reservation is the delegation's;
    a dissent is in the own words of somebody of it who sees it otherwise. A text is kept as it was written, in whatever
    language; `translation` is what the delegation itself makes of it in the exercise's language.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Text | None = None
    choice: Short | None = None
    choices: Annotated[tuple[Short, ...], Field(max_length=50)] | None = None
    scale: Annotated[int, Field(ge=1, le=5)] | None = None
    ranking: Annotated[tuple[Short, ...], Field(min_length=1, max_length=50)] | None = None
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1, max_length=40)] | None = None
    stance: Literal["no_instruction", "not_applicable", "would_ask"] | None = None
    ask: Short | None = None
    reservation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None
    dissent: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None
    translation: Text | None = None

    @model_validator(mode="after")
    def _one_content(self) -> "Answer":
        given = [name for name in _CONTENTS if getattr(self, name) is not None]
        if len(given) != 1:
            said = " and ".join(given) or "none of them"
            raise ValueError(
                "an answer holds one of text, choice, choices, scale, ranking, contacts or stance; "
                f"this one holds {said}"
            )
        if (self.ask is not None) != (self.stance == "would_ask"):
            raise ValueError('the stance "would_ask" says in "ask" whom you would ask; no other answer has an "ask"')
        if self.translation is not None and self.text is None:
            raise ValueError('a "translation" is one of the "text"; no other answer has one')
        return self


_BESIDE = frozenset({"reservation", "dissent", "ask", "translation"})
_CONTENTS = tuple(name for name in Answer.model_fields if name not in _BESIDE)


def misfit(question: Question, answer: Answer) -> str | None:
    """Why this answer does not answer this question, as a sentence; None when it does."""
    if answer.stance is not None:
        return None
    fits, wanted = _wanted(question, answer)
    return None if fits else f"Question {question.id} is of kind {question.kind} and takes {wanted}."


def _wanted(question: Question, answer: Answer) -> tuple[bool, str]:
    match question.kind:
        case QuestionKind.TEXT:
            return answer.text is not None, '{"text": ...}'
        case QuestionKind.SINGLE:
            return answer.choice in question.options, f'{{"choice": ...}} of {_keys(question)}'
        case QuestionKind.MULTIPLE:
            fits = answer.choices is not None and _distinct(answer.choices, question)
            return fits, f'{{"choices": [...]}} of {_keys(question)}'
        case QuestionKind.SCALE:
            return answer.scale is not None, '{"scale": 1 to 5}'
        case QuestionKind.RANKING:
            fits = answer.ranking is not None and sorted(answer.ranking) == sorted(question.options)
            return fits, f'{{"ranking": [...]}} with each of {_keys(question)} once'
        case QuestionKind.CONTACTS:
            return answer.contacts is not None, '{"contacts": [...]}'
        case _ as unknown:
            assert_never(unknown)


def _distinct(chosen: tuple[str, ...], question: Question) -> bool:
    return len(set(chosen)) == len(chosen) and set(chosen) <= question.options.keys()


def _keys(question: Question) -> str:
    return ", ".join(question.options)
