"""The words of the tests of a review: a log that grows by what analysts ask for, on an exercise of full evidence."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

import pytest

from tests.exercise.words import NOW, History, seat
from tests.review.words import full_house
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Seat
from ttx.exercise.state import fold as fold_exercise
from ttx.review.commands import Grounds, decide
from ttx.review.entries import Kept
from ttx.review.evidence import Item, Kind, evidence
from ttx.review.gaps import Review, fold
from ttx.review.history import Past, history
from ttx.review.requests import REQUEST
from ttx.scenario.roster import Role

HOUSE = full_house()
ITEMS = evidence(HOUSE.graph, HOUSE.state)
ENDED = fold_exercise(HOUSE.state, [])


def analyst() -> Seat:
    return seat(Role.ANALYST)


def answers(*delegations: str, inject: str = "D1-01") -> list[int]:
    """The entries of these delegations' answers of record to an inject's first question."""
    return [
        one.seq
        for one in ITEMS
        if one.kind is Kind.ANSWER and one.inject == inject and one.since is None and one.delegation in delegations
    ]


class Work:
    """A review that grows. A minute passes before everything that is done."""

    def __init__(
        self, exercise: History = HOUSE, items: Collection[Item] = ITEMS, earlier: Mapping[str, Any] | None = None
    ) -> None:
        texts = {one.seq: one.text for one in items}
        self.grounds = Grounds(exercise.graph, exercise.state, set(texts), earlier or {}, texts)
        self.log: list[Kept] = []
        self.clock = NOW

    @property
    def review(self) -> Review:
        return fold(self.log)

    def does(self, do: str, who: Seat | None = None, **fields: object) -> Self:
        """Somebody asks for something that is possible."""
        self.clock += timedelta(minutes=1)
        who = who or analyst()
        for entry in decide(self.grounds, self.log, who, REQUEST.validate_python({"do": do, **fields})):
            self.log.append(Kept(len(self.log) + 1, self.clock, who.id, entry))
        return self

    def refuses(self, do: str, **fields: object) -> str:
        """An analyst asks for something that is not possible; the sentence he gets."""
        return self.refuses_as(analyst(), do, **fields)

    def refuses_as(self, who: Seat, do: str, **fields: object) -> str:
        """The same for this seat."""
        with pytest.raises(Refused) as refused:
            decide(self.grounds, self.log, who, REQUEST.validate_python({"do": do, **fields}))
        return str(refused.value)

    def found(self, statement: str = "Nobody knows who leads.", **fields: Any) -> Self:
        """A gap is recorded."""
        return self.does("record_gap", statement=statement, **fields)

    def takes_back(self, seq: int) -> Self:
        return self.does("take_back", entry=seq)

    def past(self, gap: str) -> tuple[Past, ...]:
        return history(self.log, gap)

    @property
    def last(self) -> int:
        """The seq of what was done last."""
        return self.log[-1].seq

    def at(self, seq: int) -> datetime:
        return self.log[seq - 1].at
