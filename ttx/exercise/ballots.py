"""Votes on a decision, and decisions that each table takes for itself: the entries and what they fold into.

A vote is of delegations or of tables. What follows from its result is `commands`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from immutables import Map

from ttx.exercise.facts import Fact

By = Literal["delegations", "tables"]


class VoteOpened(Fact):
    """A vote on a decision began: who votes, on which options, by which rules.

    `quorum` is the share of voters, in per cent, that must have voted, abstentions included; `hidden`: nobody but
    the facilitators sees how it stands, or ended, before it is revealed; `binding`: its result is the decision.
    """

    inject: str
    by: By
    voters: tuple[str, ...]
    options: tuple[str, ...]
    hidden: bool = False
    quorum: int = 50
    binding: bool = False


class VoteCast(Fact):
    """A delegation or table voted, or abstained with no option; a later vote takes the place of its earlier one."""

    inject: str
    voter: str
    option: str | None = None


class VoteRevealed(Fact):
    """How a hidden vote stands is seen by all from now on."""

    inject: str


class VoteClosed(Fact):
    """A vote ended. `option` won; it is None where several `tied` or nobody voted for any."""

    inject: str
    counts: Mapping[str, int]
    abstained: int
    option: str | None = None
    tied: tuple[str, ...] = ()
    quorate: bool = True


class TableChose(Fact):
    """A table took a decision for itself."""

    inject: str
    table: str
    option: str


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote as it stands."""

    option: str | None
    at: datetime
    seq: int
    seat: str | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote: its rules, what was cast so far, and how it ended.

    `round` counts the votes on this decision, and `earlier` are those before it.
    """

    rules: VoteOpened
    seq: int
    at: datetime
    cast: Map[str, Cast] = Map()
    revealed: bool = False
    closed: VoteClosed | None = None
    round: int = 1
    earlier: "tuple[Ballot, ...]" = ()

    @property
    def open(self) -> bool:
        """Whether it can still be voted."""
        return self.closed is None

    @property
    def public(self) -> bool:
        """Whether the room sees how it stands, and how it ended: a hidden vote that is closed is hidden still."""
        return self.revealed or not self.rules.hidden

    @property
    def counts(self) -> Mapping[str, int]:
        """Votes for each option, in the options' order."""
        given = Counter(one.option for one in self.cast.values())
        return {option: given[option] for option in self.rules.options}

    @property
    def abstained(self) -> int:
        """How many abstained."""
        return sum(1 for one in self.cast.values() if one.option is None)

    @property
    def quorate(self) -> bool:
        """Whether enough have voted for the result to count."""
        return len(self.cast) * 100 >= self.rules.quorum * len(self.rules.voters)

    def result(self) -> VoteClosed:
        """How it would end now."""
        most = max(self.counts.values(), default=0)
        leading = tuple(option for option, count in self.counts.items() if count == most) if most else ()
        return VoteClosed(
            inject=self.rules.inject,
            counts=self.counts,
            abstained=self.abstained,
            option=leading[0] if len(leading) == 1 else None,
            tied=leading if len(leading) > 1 else (),
            quorate=self.quorate,
        )


Ballots = Map[str, Ballot]
"""The last vote on each decision, by its inject."""

Choices = Map[str, Map[str, str]]
"""What each table chose for itself, by inject and table."""


def balloted(
    ballots: Ballots, at: datetime, seq: int, seat: str | None, entry: VoteOpened | VoteCast | VoteRevealed | VoteClosed
) -> Ballots:
    """The votes after one more entry."""
    before = ballots.get(entry.inject)
    if isinstance(entry, VoteOpened):
        earlier = (*before.earlier, before) if before is not None else ()
        return ballots.set(entry.inject, Ballot(entry, seq, at, round=len(earlier) + 1, earlier=earlier))
    if before is None:
        return ballots
    match entry:
        case VoteCast(voter=voter, option=option):
            before = replace(before, cast=before.cast.set(voter, Cast(option, at, seq, seat)))
        case VoteRevealed():
            before = replace(before, revealed=True)
        case VoteClosed():
            before = replace(before, closed=entry)
        case _ as unknown:
            assert_never(unknown)
    return ballots.set(entry.inject, before)
