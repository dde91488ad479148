"""Votes on a decision, and decisions that each table takes for itself."""

from ttx.exercise import course, polls
from ttx.exercise.ballots import Ballot, By, TableChose, VoteCast, VoteOpened, VoteRevealed
from ttx.exercise.commands.grounds import Overtaken, Refused, each_known, own_table, running_day
from ttx.exercise.entries import BranchChosen, Entry
from ttx.exercise.rights import Action, Reach, Seat, reach
from ttx.exercise.roundtable import (
    ChooseForTable,
    OpenVote,
    Vote,
)
from ttx.exercise.state import State
from ttx.scenario.graph import Graph, remembered
from ttx.scenario.model import Branch, Inject
from ttx.scenario.roster import ANSWERS
from ttx.scenario.worded import worded


def open_vote(state: State, inject: Inject, request: OpenVote) -> Entry:
    """A vote on a decision begins, by the scenario's rules where the request has none."""
    running_day(state, f"open a vote on {inject.id}")
    branch = _branch(inject)
    if not state.released(inject.id):
        raise Refused(f"{inject.id} cannot be voted on: it has not been released.")
    before = state.ballots.get(inject.id)
    if before is not None and before.open:
        raise Overtaken(f"A vote on {inject.id} is already open", before.at, None)
    if inject.id in state.decisions:
        option = state.decisions[inject.id].option
        raise Refused(f"{inject.id} has been decided {option}: take that back before you have it voted on.")
    each_known("option", request.options, list(branch.options))
    options = tuple(key for key in branch.options if not request.options or key in request.options)
    if len(options) < 2:
        raise Refused("A vote needs at least two options.")
    by = request.by or _voted_by(branch)
    voters = polls.voters(state, inject, by)
    if not voters:
        raise Refused(f"Nobody can vote on {inject.id}: it reached no {by}.")
    return VoteOpened(
        inject=inject.id,
        by=by,
        voters=voters,
        options=options,
        hidden=branch.hidden if request.hidden is None else request.hidden,
        quorum=branch.quorum if request.quorum is None else request.quorum,
        binding=branch.binding if request.binding is None else request.binding,
    )


def _voted_by(branch: Branch) -> By:
    return "tables" if branch.by in ("tables", "each_table") else "delegations"


def vote(state: State, seat: Seat, inject: Inject, request: Vote) -> Entry:
    """Somebody votes for his delegation or table, or a facilitator counts a raised hand.

    Taken while the exercise stands still, as an answer is: it may have been given before, and been long on its way.
    """
    ballot = _ballot(state, inject)
    each_known("option", (request.option,), ballot.rules.options)
    voter = _voter(state, seat, ballot, request.voter)
    cast = ballot.cast.get(voter)
    if cast is not None and cast.option == request.option:
        raise Refused(worded("This is how you have voted already."))
    return VoteCast(inject=inject.id, voter=voter, option=request.option)


def _voter(state: State, seat: Seat, ballot: Ballot, named: str | None) -> str:
    if reach(seat, Action.VOTE) is Reach.ALL:
        if named is None:
            raise Refused(f"Say whose vote you count: one of {', '.join(ballot.rules.voters)}.")
        each_known("voter", (named,), ballot.rules.voters)
        return named
    by_table = ballot.rules.by == "tables"
    own = seat.table if by_table else seat.delegation
    if named not in (None, own):
        raise Refused(
            worded("You can vote for your own table only.")
            if by_table
            else worded("You can vote for your own delegation only.")
        )
    if own is None or own not in ballot.rules.voters:
        raise Refused(
            worded("This vote is one of tables, and yours has no vote in it.")
            if by_table
            else worded("This vote is one of delegations, and yours has no vote in it.")
        )
    _speaks(state, seat)
    return own


def _speaks(state: State, seat: Seat) -> None:
    """A delegate votes only where he may submit answers."""
    if seat.role in ANSWERS and not seat.submits and seat.delegation not in state.may_submit:
        raise Refused(worded("The head of your delegation votes for it; ask for the right to submit."))


def reveal_vote(state: State, inject: Inject) -> Entry:
    """Everybody sees how a hidden vote stands, or how it ended."""
    running_day(state, f"reveal the vote on {inject.id}")
    ballot = state.ballots.get(inject.id)
    if ballot is None:
        raise Refused(f"There is no vote on {inject.id} to reveal.")
    if ballot.public:
        raise Refused(f"Everybody sees the vote on {inject.id} already.")
    return VoteRevealed(inject=inject.id)


def close_vote(state: State, inject: Inject) -> tuple[Entry, ...]:
    """A vote ends; a binding one with a result takes the decision."""
    ballot = _open_ballot(state, inject)
    result = ballot.result()
    if not ballot.rules.binding or result.option is None or not result.quorate:
        return (result,)
    return (result, BranchChosen(inject=inject.id, option=result.option, set=remembered(inject)[result.option]))


def choose_for_table(graph: Graph, state: State, seat: Seat, inject: Inject, request: ChooseForTable) -> Entry:
    """A table takes a decision for itself, until what follows from it is out there; like a vote, at any time."""
    branch = _branch(inject)
    if branch.by != "each_table":
        raise Refused(f"{inject.id} is decided for all together, not by each table.")
    table = own_table(state, seat, Action.VOTE, request.table)
    _speaks(state, seat)
    progress = state.progress.get(inject.id)
    if progress is None or not state.released(inject.id) or progress.reached(table) is None:
        raise Refused(
            worded(
                "{inject} cannot be decided: it has not been released to {table}.",
                inject=inject.id,
                table=state.tables[table],
            )
        )
    if table not in course.choosers(graph, state, inject.id):
        raise Refused(
            worded("{inject} is not addressed to anybody at {table}.", inject=inject.id, table=state.tables[table])
        )
    each_known("option", (request.option,), list(branch.options))
    chosen = state.choices.get(inject.id)
    before = chosen.get(table) if chosen is not None else None
    if before == request.option:
        raise Refused(worded("{table} has already chosen {option}.", table=state.tables[table], option=request.option))
    if before is not None:
        follows = branch.options[before].next
        out = state.progress.get(follows)
        if out is not None and state.released(follows) and out.reached(table) is not None:
            raise Refused(
                worded(
                    "{table} chose {option} and {inject} is out there, so it stands.",
                    table=state.tables[table],
                    option=before,
                    inject=follows,
                )
            )
    return TableChose(inject=inject.id, table=table, option=request.option)


def _branch(inject: Inject) -> Branch:
    if inject.branch is None:
        raise Refused(f"{inject.id} is no decision, so there is nothing to vote on or to choose.")
    return inject.branch


def _open_ballot(state: State, inject: Inject) -> Ballot:
    running_day(state, f"vote on {inject.id}")
    return _ballot(state, inject)


def _ballot(state: State, inject: Inject) -> Ballot:
    ballot = state.ballots.get(inject.id)
    if ballot is None:
        raise Refused(worded("No vote on {inject} is open.", inject=inject.id))
    if not ballot.open:
        raise Refused(worded("This vote has closed."))
    return ballot
