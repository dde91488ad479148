"""What a simulated delegation answers: something of the right form that a reader would believe. Pure."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, assert_never

from ttx.exercise.answers import CHANNELS
from ttx.scenario.model import Question, QuestionKind

SENTENCES = (
    "We would confirm the facts with the reporting authority before anything else.",
    "Our coordination centre informs its neighbours and asks who can reach the place first.",
    "The ministry of the interior leads; foreign affairs is told within the hour.",
    "People are brought to safety and fed first, and registered after that.",
    "Interpreters are the narrowest point; we have two for this language.",
    "Everybody is screened for signs of trafficking before any decision about return.",
    "Children who are alone are referred to the child protection authority at once.",
    "We would send a formal request for assistance and telephone ahead of it.",
    "The prosecutor decides whether telephones may be examined, which takes a day.",
    "Our law has no basis for sharing personal data here; we can share what is not personal.",
    "One spokesperson for all authorities, and no names in public.",
    "We would ask for support from the organisations in the region within two days.",
)
HOURS = (1, 2, 4, 6, 12, 24, 48)
BASES = ("", "", "bilateral agreement", "mutual legal assistance treaty", "SAR Convention", "standing procedure")
RESERVATION = "Subject to confirmation by our capital."
RESERVES = 0.05
"""How often an answer carries a reservation."""


def reply(question: Question, others: Sequence[str], unsure: float, dice: Random) -> dict[str, Any]:
    """An answer as the API takes it. `others` may be contacted; `unsure` is how often there is no instruction."""
    if dice.random() < unsure:
        return {"stance": "no_instruction"}
    content = _content(question, others, dice)
    return {**content, "reservation": RESERVATION} if dice.random() < RESERVES else content


def _content(question: Question, others: Sequence[str], dice: Random) -> dict[str, Any]:
    options = list(question.options)
    match question.kind:
        case QuestionKind.TEXT:
            return {"text": " ".join(dice.sample(SENTENCES, dice.randint(1, 3)))}
        case QuestionKind.SINGLE:
            return {"choice": dice.choice(options)}
        case QuestionKind.MULTIPLE:
            return {"choices": sorted(dice.sample(options, dice.randint(1, len(options))), key=options.index)}
        case QuestionKind.SCALE:
            return {"scale": dice.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))}
        case QuestionKind.RANKING:
            return {"ranking": dice.sample(options, len(options))}
        case QuestionKind.CONTACTS:
            whom = dice.sample(list(others), min(len(others), dice.randint(1, 3))) or ["Coordination centre"]
            return {"contacts": [_contact(one, dice) for one in whom]}
        case _ as unknown:
            assert_never(unknown)


def _contact(whom: str, dice: Random) -> Mapping[str, object]:
    channel = dice.choice([name for name in CHANNELS if name != "other"])
    return {"to": whom, "channel": channel, "hours": dice.choice(HOURS), "basis": dice.choice(BASES)}
