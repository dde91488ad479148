"""Drafts of answers, shared by the tablets of a delegation. They are no facts: none of this enters the log.

What a tablet holds of a draft is a CRDT state that only tablets read; here it is a text to keep and to pass on. A
page is a hand. Each hand has one state kept at most, and what a hand has taken into its own it covers, so that of a
draft at rest one state is left.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints

from ttx.exercise.facts import Name, Request
from ttx.scenario.worded import worded

STATE_AT_MOST = 120_000
"""Characters of one state: an answer of 20,000 characters in any script, much of it rewritten, in base64."""

HANDS_AT_MOST = 24
"""States kept of one draft. A page that finds more covers them; one that does not is refused."""

KEPT_AT_MOST = 3 * STATE_AT_MOST
"""Characters of all states of one draft."""

Hand = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,32}$")]
Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


@dataclass(frozen=True, slots=True)
class Draft:
    """What one hand holds of a draft. `version` is the seq of the answer of record that it would revise; 0 for none."""

    hand: str
    version: int
    state: str

    @property
    def mark(self) -> str:
        """What tells this state of a hand from its others."""
        return hashlib.sha256(f"{self.version}\n{self.state}".encode()).hexdigest()[:12]


class Covered(Request):
    """A hand's state that another hand has taken into its own."""

    hand: Hand
    mark: Mark


class KeepDraft(Request):
    """What a tablet asks to be kept of the draft of a question."""

    inject: Name
    question: Name
    hand: Hand
    version: Annotated[int, Field(ge=0, le=2**53)]
    state: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=STATE_AT_MOST)]
    covers: Annotated[tuple[Covered, ...], Field(max_length=4 * HANDS_AT_MOST)] = ()


class TooManyHands(Exception):
    """More pages hold something of one draft than are kept, or more text. Its text is a sentence."""

    def __init__(self) -> None:
        super().__init__(
            worded("More pages or longer texts than can be kept share this draft. Close some, or shorten it.")
        )


def keep(drafts: Iterable[Draft], asked: KeepDraft) -> tuple[Draft, ...]:
    """A draft with what a hand asks to be kept; raises TooManyHands.

    Whatever it says to cover goes, if it is still as it was when that hand took it in: what another hand has written
    since stays. Its own earlier state goes.
    """
    covered = {(one.hand, one.mark) for one in asked.covers}
    left = [one for one in drafts if one.hand != asked.hand and (one.hand, one.mark) not in covered]
    if len(left) >= HANDS_AT_MOST or sum(len(one.state) for one in left) + len(asked.state) > KEPT_AT_MOST:
        raise TooManyHands
    return (*left, Draft(asked.hand, asked.version, asked.state))
