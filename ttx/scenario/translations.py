"""A scenario's texts by address, and what they are in another language. `D1-03.title`, `day-1.sessions.d1-s1.title`.

An address is made of ids, and of numbers from 1 where a list has none; it stays while the text around it changes.
Which edition of a scenario a reader gets is `editions`, how translations stand in files is `files`.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from ttx.scenario.model import Alert, Branch, Day, Inject, Map, Named, Question, Scenario, Session, Variable

Say = Callable[[str, str], str]
"""What stands for a text: address and text go in, the text to be put there comes out."""

_NamedT = TypeVar("_NamedT", bound=Named)
_LIKE_A_DAY = re.compile(r"day-([0-9]{1,9})")
_TOLD = ("objectives", "capabilities", "groups", "organisations", "glossary", "storylines")
_DRAWN = ("places", "routes", "tokens", "borders")
_OF_THE_WHOLE = frozenset({"title", "summary", "rules", "assumptions", *_TOLD, "feedback", "variables", "map"})


class Freshness(StrEnum):
    """How a translation stands to its source. One that is empty is missing."""

    MISSING = "missing"
    STALE = "stale"
    FRESH = "fresh"


def texts(scenario: Scenario) -> dict[str, str]:
    """Every text that somebody in an exercise reads, by its address, in the scenario's order; no empty ones."""
    return _collected(lambda say: _said(scenario, say))


def texts_of(inject: Inject) -> dict[str, str]:
    """The texts of one inject, by their addresses."""
    return _collected(lambda say: _inject(inject, say))


def _collected(walk: Callable[[Say], object]) -> dict[str, str]:
    found: dict[str, str] = {}

    def note(address: str, text: str) -> str:
        if text:
            found.setdefault(address, text)
        return text

    walk(note)
    return found


def day_meant(address: str) -> int | None:
    """The day whose own text an address names, as `day-1.title` does; None for any other."""
    found = _LIKE_A_DAY.fullmatch(address.partition(".")[0])
    return int(found[1]) if found else None


def reserved(ident: str) -> bool:
    """Whether addresses that begin with this word are a day's or the whole scenario's, so that no inject can have it
    as its id without being taken for them."""
    return ident in _OF_THE_WHOLE or _LIKE_A_DAY.fullmatch(ident) is not None


def digest(text: str) -> str:
    """Eight hex digits that tell a text from another one: what a translation was made from."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def status(scenario: Scenario, language: str) -> dict[str, Freshness]:
    """How every text of the scenario stands in this language, by address."""
    made = scenario.translations.get(language, {})
    found = {}
    for address, text in texts(scenario).items():
        translation = made.get(address)
        if translation is None or not translation.text:
            found[address] = Freshness.MISSING
        else:
            found[address] = Freshness.FRESH if translation.of == digest(text) else Freshness.STALE
    return found


def translated(scenario: Scenario, language: str) -> Scenario:
    """The scenario in this language as far as it is translated; what is stale is taken too.

    A translation may be longer than its source may. Ids, order and everything that is no text stay.
    """
    made = scenario.translations.get(language, {})

    def say(address: str, text: str) -> str:
        translation = made.get(address) if text else None
        return translation.text if translation is not None and translation.text else text

    return _said(scenario, say)


def language_for(scenario: Scenario, language: str) -> str:
    """The language in which a reader of `language` gets the scenario: his own, one that differs only in region or
    script (`pt` for `pt-BR`), or, if there is neither, his own with everything missing."""
    there = [scenario.language, *scenario.translations]
    return (
        next((one for one in there if one.casefold() == language.casefold()), None)
        or next((one for one in there if _root(one) == _root(language)), None)
        or language
    )


def _root(language: str) -> str:
    return language.partition("-")[0].casefold()


def _said(scenario: Scenario, say: Say) -> Scenario:
    """The scenario with every text said anew. The one walk that collects texts and puts them: they cannot differ."""
    return scenario.model_copy(
        update={
            "title": say("title", scenario.title),
            "summary": say("summary", scenario.summary),
            "rules": _lines("rules", scenario.rules, say),
            "assumptions": _lines("assumptions", scenario.assumptions, say),
            **{part: _named(part, getattr(scenario, part), say) for part in _TOLD},
            "feedback": {name: say(f"feedback.{name}", text) for name, text in scenario.feedback.items()},
            "variables": {name: _variable(name, one, say) for name, one in scenario.variables.items()},
            "map": _map(scenario.map, say),
            "days": tuple(_day(day, say) for day in scenario.days),
        }
    )


def _day(day: Day, say: Say) -> Day:
    here = f"day-{day.day}"
    return day.model_copy(
        update={
            "title": say(f"{here}.title", day.title),
            "theme": say(f"{here}.theme", day.theme),
            "questions": _lines(f"{here}.questions", day.questions, say),
            "sessions": tuple(_session(f"{here}.sessions.{one.id}", one, say) for one in day.sessions),
            "injects": tuple(_inject(inject, say) for inject in day.injects),
        }
    )


def _session(here: str, session: Session, say: Say) -> Session:
    """A session in other words; its speakers keep their names."""
    speakers = (
        one.model_copy(
            update={
                "role": one.role and say(f"{here}.speakers.{one.id or number}.role", one.role),
                "topic": one.topic and say(f"{here}.speakers.{one.id or number}.topic", one.topic),
            }
        )
        for number, one in enumerate(session.speakers, 1)
    )
    return session.model_copy(
        update={"title": say(f"{here}.title", session.title), "speakers": tuple(speakers)},
    )


def _inject(inject: Inject, say: Say) -> Inject:
    if _LIKE_A_DAY.fullmatch(inject.id):
        return inject  # its addresses would be a day's
    here = inject.id
    picture = inject.picture
    if picture is not None:
        caption = picture.caption and say(f"{here}.picture.caption", picture.caption)
        picture = picture.model_copy(update={"alt": say(f"{here}.picture.alt", picture.alt), "caption": caption})
    steps = (
        step.model_copy(update={"label": say(f"{here}.map.{number}.label", step.label)})
        if isinstance(step, Alert)
        else step
        for number, step in enumerate(inject.map, 1)
    )
    return inject.model_copy(
        update={
            "title": say(f"{here}.title", inject.title),
            "sender": say(f"{here}.sender", inject.sender),
            "text": say(f"{here}.text", inject.text),
            "picture": picture,
            "story": inject.story and say(f"{here}.story", inject.story),
            "questions": tuple(_question(f"{here}.questions.{one.id}", one, say) for one in inject.questions),
            "branch": inject.branch and _branch(here, inject.branch, say),
            "notes": say(f"{here}.notes", inject.notes),
            "expected": _lines(f"{here}.expected", inject.expected, say),
            "map": tuple(steps),
        }
    )


def _question(here: str, question: Question, say: Say) -> Question:
    return question.model_copy(
        update={
            "ask": say(f"{here}.ask", question.ask),
            "options": {key: say(f"{here}.options.{key}", label) for key, label in question.options.items()},
            "low": question.low and say(f"{here}.low", question.low),
            "high": question.high and say(f"{here}.high", question.high),
        }
    )


def _branch(here: str, branch: Branch, say: Say) -> Branch:
    options = {
        key: option.model_copy(update={"label": say(f"{here}.branch.options.{key}.label", option.label)})
        for key, option in branch.options.items()
    }
    return branch.model_copy(update={"options": options})


def _variable(name: str, variable: Variable, say: Say) -> Variable:
    return variable.model_copy(update={"label": variable.label and say(f"variables.{name}.label", variable.label)})


def _map(chart: Map, say: Say) -> Map:
    return chart.model_copy(update={part: _named(f"map.{part}", getattr(chart, part), say) for part in _DRAWN})


def _named(here: str, things: Mapping[str, _NamedT], say: Say) -> dict[str, _NamedT]:
    return {
        name: one.model_copy(
            update={"name": say(f"{here}.{name}.name", one.name), "about": say(f"{here}.{name}.about", one.about)}
        )
        for name, one in things.items()
    }


def _lines(here: str, lines: Iterable[str], say: Say) -> tuple[str, ...]:
    return tuple(say(f"{here}.{number}", line) for number, line in enumerate(lines, 1))
