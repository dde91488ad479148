"""How decisions were voted on, and what tables chose for themselves, as parts of a report.

The full report names who voted what. A delegation's own has its vote, or its table's, and what the room saw of the
result. An analyst's has pseudonyms for delegations, and of tables the numbers only.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from ttx.exercise.ballots import Ballot
from ttx.exercise.state import State
from ttx.review.parts import Part, Tier
from ttx.scenario.model import Inject


class Voted(Part):
    """One vote; without an option it is an abstention. `voter` is a delegation or a table, by the poll's `by`."""

    voter: str
    name: str
    option: str | None
    at: datetime | None


class Polled(Part):
    """One vote on a decision. `counts` and `abstained` are None, and there is no result, where the reader was never
    shown how it stands."""

    by: str
    round: int
    options: Mapping[str, str]
    counts: Mapping[str, int] | None
    abstained: int | None
    voted: int
    voters: int
    quorum: int
    quorate: bool
    binding: bool
    hidden: bool
    closed: bool
    option: str | None
    tied: tuple[str, ...]
    votes: tuple[Voted, ...]


class Parted(Part):
    """A decision that each table took for itself: how many chose what, and which table did, as far as told."""

    options: Mapping[str, str]
    counts: Mapping[str, int] | None
    tables: Mapping[str, str]


def polled(
    state: State,
    inject: Inject,
    ballot: Ballot,
    tier: Tier,
    names: Mapping[str, str],
    aliases: Mapping[str, str],
    time: Callable[[datetime | None], datetime | None],
) -> Polled:
    """A vote on a decision. `names` are the delegations a report may name, `aliases` how."""
    rules, result = ballot.rules, ballot.closed or ballot.result()
    options = inject.branch.options if inject.branch is not None else {}
    shown = ballot.public or tier is not Tier.OWN

    def votes() -> Iterator[Voted]:
        own_tables = _own_tables(state, names) if tier is Tier.OWN else set(state.tables)
        for voter in rules.voters:
            cast = ballot.cast.get(voter)
            if cast is None:
                continue
            if rules.by == "tables" and tier is not Tier.ANALYST and voter in own_tables:
                yield Voted(voter=voter, name=state.tables[voter], option=cast.option, at=time(cast.at))
            elif rules.by == "delegations" and voter in names:
                yield Voted(voter=aliases[voter], name=names[voter], option=cast.option, at=time(cast.at))

    said = votes() if tier is not Tier.ANALYST else sorted(votes(), key=lambda one: one.voter)
    return Polled(
        by=rules.by,
        round=ballot.round,
        options={key: label.label if (label := options.get(key)) is not None else key for key in rules.options},
        counts=result.counts if shown else None,
        abstained=result.abstained if shown else None,
        voted=len(ballot.cast),
        voters=len(rules.voters),
        quorum=rules.quorum,
        quorate=result.quorate,
        binding=rules.binding,
        hidden=rules.hidden,
        closed=ballot.closed is not None,
        option=ballot.closed.option if ballot.closed is not None and shown else None,
        tied=ballot.closed.tied if ballot.closed is not None and shown else (),
        votes=tuple(said),
    )


def rounds(state: State, inject: str) -> tuple[Ballot, ...]:
    """Every vote on a decision, in order."""
    last = state.ballots.get(inject)
    return (*last.earlier, last) if last is not None else ()


def parted(state: State, inject: Inject, tier: Tier, names: Mapping[str, str]) -> Parted | None:
    """What each table chose, if tables did."""
    chosen = state.choices.get(inject.id)
    if chosen is None or inject.branch is None:
        return None
    known = {Tier.FULL: set(state.tables), Tier.OWN: _own_tables(state, names)}.get(tier, set())
    tables = {table: chosen[table] for table in state.tables if table in chosen and table in known}
    counts = Counter(chosen.values())
    return Parted(
        options={key: option.label for key, option in inject.branch.options.items()},
        counts={key: counts[key] for key in inject.branch.options} if tier is not Tier.OWN else None,
        tables=tables,
    )


def _own_tables(state: State, names: Mapping[str, str]) -> set[str]:
    return {table for name in names for table in state.delegations[name].tables}
