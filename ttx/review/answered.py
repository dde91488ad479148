"""Answers in words: as a sentence or list, in the labels of their question's options."""

from collections.abc import Mapping
from typing import assert_never

from ttx.exercise.answers import CHANNELS, Answer


def in_words(options: Mapping[str, str], answer: Answer) -> str:
    """An answer to a question with these options as a sentence or list, with all that stands beside it."""
    said = content(options, answer)
    said = f"{said} (translation by the delegation: {answer.translation})" if answer.translation else said
    said = f"{said} (with a reservation: {answer.reservation})" if answer.reservation else said
    return f"{said} (with a dissent: {answer.dissent})" if answer.dissent else said


def content(options: Mapping[str, str], answer: Answer) -> str:
    """The same without reservation, dissent and translation, for where those stand beside it."""
    match answer.stance:
        case "no_instruction":
            return "No instruction from capital"
        case "not_applicable":
            return "Not applicable"
        case "would_ask":
            return f"Would need to ask {answer.ask}"
        case None:
            pass
        case _ as unknown:
            assert_never(unknown)
    if answer.text is not None:
        return answer.text
    if answer.choice is not None:
        return options.get(answer.choice, answer.choice)
    if answer.choices is not None:
        return "; ".join(options.get(key, key) for key in answer.choices) or "None of them"
    if answer.scale is not None:
        return f"{answer.scale} of 5"
    if answer.ranking is not None:
        ranked = (options.get(key, key) for key in answer.ranking)
        return "; ".join(f"{place}. {label}" for place, label in enumerate(ranked, 1))
    contacts = (
        f"{one.to} ({CHANNELS.get(one.channel, one.channel)}, within {one.hours:g} h"
        + (f", on the basis of {one.basis})" if one.basis else ")")
        for one in answer.contacts or ()
    )
    return "; ".join(contacts)
