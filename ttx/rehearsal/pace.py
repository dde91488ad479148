"""How a delegation spends its time on a development: it reads, talks, types; late, or not at all. In seconds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

WORDS_A_MINUTE = 180
"""Read by people for whom it is a foreign language; at home they read 240."""
SIGNS_A_SECOND = 3.0
"""Typed on a tablet: 36 words a minute."""
TAP = 2.0
"""Seconds for each thing that is tapped: an option, a number, a stance."""
SHORT = 5.0
"""Minutes taken for planned where a development plans none."""

PUNCTUAL = (0.35, 0.95, 0.7)
"""The part of the planned time a delegation takes: least, most, usual."""
LATE = (1.05, 1.6)
"""The same for one that is late."""


@dataclass(frozen=True, slots=True)
class Temper:
    """What a delegation is like: how often it is late, says nothing, or has no instruction; how slow it is."""

    slowness: float = 1.0
    late: float = 0.12
    silent: float = 0.05
    unsure: float = 0.06


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer that is sent so many seconds after the development came."""

    question: str
    at: float


def temper(dice: Random) -> Temper:
    """A delegation's: most are like all others, some take their time, some wait for their capital."""
    return Temper(
        slowness=dice.uniform(0.85, 1.15),
        late=dice.choice((0.05, 0.1, 0.1, 0.25)),
        silent=dice.choice((0.02, 0.04, 0.04, 0.12)),
        unsure=dice.choice((0.02, 0.05, 0.05, 0.2)),
    )


def reading(text: str) -> float:
    """Seconds to read a text."""
    return len(text.split()) / WORDS_A_MINUTE * 60


def typing(answer: Mapping[str, Any]) -> float:
    """Seconds to give an answer, once it is clear what it is."""
    return TAP + sum(_effort(value) for value in answer.values())


def turns(
    text: str, minutes: float, answers: Mapping[str, Mapping[str, Any]], temper: Temper, dice: Random
) -> tuple[Turn, ...]:
    """When each of these answers, by question, is sent; none if the delegation stays silent.

    A punctual delegation is done within the planned minutes, a late one after them; neither before it could have read
    the development and typed what it sends.
    """
    if not answers or dice.random() < temper.silent:
        return ()
    planned = (minutes or SHORT) * 60
    late = dice.random() < temper.late
    taken = dice.uniform(*LATE) if late else min(dice.triangular(*PUNCTUAL) * temper.slowness, 1.0)
    read, typed = reading(text), {question: typing(answer) for question, answer in answers.items()}
    talk = max(planned * taken - read - sum(typed.values()), 0.0)
    shares = [dice.uniform(0.5, 1.5) for _ in answers]
    at, sent = read, []
    for (question, takes), share in zip(typed.items(), shares, strict=True):
        at += talk * share / sum(shares) + takes
        sent.append(Turn(question, at))
    return tuple(sent)


def _effort(value: Any) -> float:
    if isinstance(value, str):
        return len(value) / SIGNS_A_SECOND
    if isinstance(value, Mapping):
        return sum(_effort(one) for one in value.values())
    if isinstance(value, list | tuple):
        return sum(TAP + _effort(one) for one in value)
    return TAP
