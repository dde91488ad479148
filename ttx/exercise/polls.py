"""What each audience may see of votes, and of decisions that tables take for themselves, as data.

How a hidden vote stands, or ended, is seen by those who run the exercise alone until it is revealed; who voted what, by
facilitators only. The options of a decision reach a delegation with a vote on it, or as a decision of its own table.
"""

from dataclasses import dataclass

from ttx.exercise import course, earlier, rights
from ttx.exercise.ballots import Ballot, By, Cast
from ttx.exercise.course import Stand
from ttx.exercise.rights import Action, Reach, Seat
from ttx.exercise.sight import asked, in_hall, reads_answers, sees_unreleased, told_to
from ttx.exercise.state import Decision, State, Status
from ttx.scenario.graph import Graph
from ttx.scenario.model import Branch, Inject
from ttx.scenario.roster import ANSWERS


@dataclass(frozen=True, slots=True)
class Line:
    """One option of a vote. `votes` and `share` (of all votes for any option, in per cent) where its tally is seen."""

    key: str
    label: str
    votes: int | None = None
    share: int = 0
    leads: bool = False


@dataclass(frozen=True, slots=True)
class VoteView:
    """A vote as somebody sees it. `voter` is whom he votes for, if anybody; `own` what was voted for that one."""

    inject: str
    order: str
    title: str
    ballot: Ballot
    lines: tuple[Line, ...]
    counted: bool
    voter: str | None = None
    own: Cast | None = None
    may_vote: bool = False
    running: bool = False

    @property
    def voted(self) -> int:
        """How many have voted, abstentions included."""
        return len(self.ballot.cast)

    @property
    def voters(self) -> int:
        """How many may."""
        return len(self.ballot.rules.voters)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its texts stand in the scenario."""
        return (f"{self.inject}.title", *(f"{self.inject}.branch.options.{line.key}.label" for line in self.lines))


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A decision that a table takes for itself, as that table sees it. `settled`: what follows from it is out there."""

    inject: str
    order: str
    title: str
    table: str
    lines: tuple[Line, ...]
    chosen: str | None
    settled: bool
    may_choose: bool
    running: bool
    recalled: bool

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its texts stand in the scenario."""
        return (f"{self.inject}.title", *(f"{self.inject}.branch.options.{line.key}.label" for line in self.lines))


@dataclass(frozen=True, slots=True)
class VoterView:
    """A voter as facilitators see it."""

    key: str
    name: str
    cast: Cast | None
    may_count: bool


@dataclass(frozen=True, slots=True)
class ChooserView:
    """A table that takes a decision for itself, as facilitators see it. `next` is what its choice leads to."""

    key: str
    name: str
    reached: bool
    option: str | None
    next: str | None
    settled: bool
    may_choose: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """Where a choice leads that tables made: what they may now get, and which tables."""

    next: Inject
    stand: Stand
    tables: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PollView:
    """Everything about how a decision is taken, for the console. `take` is what a vote advises and nobody took yet.

    `may_vote` are the names of those who would vote if one were opened now, delegations or tables.
    """

    inject: Inject
    branch: Branch
    vote: VoteView | None
    voters: tuple[VoterView, ...]
    choosers: tuple[ChooserView, ...]
    ways: tuple[WayView, ...]
    decision: Decision | None
    out: bool
    running: bool
    may_run: bool
    on_plenary: bool
    may_vote: tuple[tuple[By, tuple[str, ...]], ...]

    @property
    def take(self) -> str | None:
        """The option that a closed vote with its quorum advises."""
        closed = self.vote.ballot.closed if self.vote is not None else None
        if closed is None or self.decision is not None or not closed.quorate:
            return None
        return closed.option


# Which there are


def votes_seen(graph: Graph, state: State, seat: Seat) -> tuple[Inject, ...]:
    """The decisions on this seat's screen that were or are voted on, in order of release."""
    return tuple(inject for inject in told_to(graph, state, seat) if inject.id in state.ballots)


def choices_seen(graph: Graph, state: State, seat: Seat) -> tuple[Inject, ...]:
    """The decisions on this seat's screen that its table takes for itself, in order of release."""
    return tuple(inject for inject in told_to(graph, state, seat) if chooses(graph, state, seat, inject))


def chooses(graph: Graph, state: State, seat: Seat, inject: Inject) -> bool:
    """Whether the seat's table takes a decision for itself."""
    return seat.table is not None and seat.table in course.choosers(graph, state, inject.id)


def poll_inject(graph: Graph, state: State, seat: Seat, focus: str | None) -> Inject | None:
    """The decision a console's vote tab is about: the picked one, else that with a vote open, else today's last."""
    out = [inject for name in state.out if (inject := course.find(graph, state, name)) is not None]
    before = earlier.before_today(graph, state)
    there = [one for one in out if one.branch is not None and sees_unreleased(state, seat, one)]
    for inject in there:
        if inject.id == focus:
            return inject
    voting = [one for one in there if one.id in state.ballots and state.ballots[one.id].open]
    return next(reversed(voting or [one for one in there if one.id not in before]), None)


# How each is seen


def vote(graph: Graph, state: State, seat: Seat, inject: Inject) -> VoteView:
    """A vote as this seat sees it. There must be one, and the seat must see the inject."""
    ballot = state.ballots[inject.id]
    voter = _voter(state, seat, ballot)
    running = _taken_now(state)
    counted = ballot.public or rights.reach(seat, Action.RUN) is not None
    return VoteView(
        inject=inject.id,
        order=_place(graph, state, inject, ballot.open),
        title=inject.title,
        ballot=ballot,
        lines=_lines(inject, ballot, counted),
        counted=counted,
        voter=_named(state, ballot.rules.by, voter) if voter is not None else None,
        own=ballot.cast.get(voter) if voter is not None else None,
        may_vote=ballot.open and running and voter is not None and speaks(state, seat),
        running=running,
    )


def choice(graph: Graph, state: State, seat: Seat, inject: Inject) -> ChoiceView:
    """A decision of the seat's own table."""
    branch, table = inject.branch, seat.table or ""
    if branch is None:
        raise LookupError(f"{inject.id} is no decision")
    chosen = state.choices[inject.id].get(table) if inject.id in state.choices else None
    running = _taken_now(state)
    recalled = not state.released(inject.id)
    settled = chosen is not None and _has(state, branch.options[chosen].next, table)
    return ChoiceView(
        inject=inject.id,
        order=_place(graph, state, inject, not recalled and not settled),
        title=inject.title,
        table=state.tables[table],
        lines=tuple(Line(key, option.label, leads=key == chosen) for key, option in branch.options.items()),
        chosen=chosen,
        settled=settled,
        may_choose=running and not recalled and not settled and speaks(state, seat),
        running=running,
        recalled=recalled,
    )


def poll(graph: Graph, state: State, seat: Seat, inject: Inject) -> PollView:
    """How a decision is taken, for somebody who may see it unreleased."""
    branch = inject.branch
    if branch is None:
        raise LookupError(f"{inject.id} is no decision")
    ballot = state.ballots.get(inject.id)
    running = state.status is Status.RUNNING and state.day is not None
    return PollView(
        inject=inject,
        branch=branch,
        vote=vote(graph, state, seat, inject) if ballot is not None else None,
        voters=tuple(_voters(state, seat, ballot, _taken_now(state))) if ballot is not None else (),
        choosers=tuple(
            _chooser(state, seat, inject, one, _taken_now(state)) for one in course.choosers(graph, state, inject.id)
        ),
        ways=_ways(graph, state, inject) if rights.reach(seat, Action.RUN) is not None else (),
        decision=state.decisions.get(inject.id),
        out=state.released(inject.id),
        running=running,
        may_run=rights.reach(seat, Action.RUN) is not None,
        on_plenary=in_hall(state, inject),
        may_vote=tuple((by, tuple(_named(state, by, key) for key in voters(state, inject, by))) for by in BY),
    )


BY: tuple[By, ...] = ("delegations", "tables")


def voters(state: State, inject: Inject, by: By) -> tuple[str, ...]:
    """Who may vote on a decision: the delegations that have it, or the tables at which those sit."""
    delegations = asked(state, inject)
    if by == "delegations":
        return delegations
    return tuple(table for table in state.tables if any(table in state.delegations[one].tables for one in delegations))


def _taken_now(state: State) -> bool:
    """Whether votes are asked for now: a pause does not keep anybody from voting, any more than from answering."""
    return state.day is not None and state.status in (Status.RUNNING, Status.PAUSED)


def speaks(state: State, seat: Seat) -> bool:
    """Whether this seat may vote for its delegation or table: of delegates those who may submit answers."""
    if rights.reach(seat, Action.VOTE) is None:
        return False
    return seat.role not in ANSWERS or seat.submits or seat.delegation in state.may_submit


def personal(state: State, seat: Seat, inject: str) -> tuple[object, ...]:
    """What a vote's card shows of the seat that looks at it, for telling apart equal cards."""
    ballot = state.ballots[inject]
    voter = _voter(state, seat, ballot)
    cast = ballot.cast.get(voter) if voter is not None else None
    return voter, cast.seq if cast is not None else 0, speaks(state, seat)


def _voter(state: State, seat: Seat, ballot: Ballot) -> str | None:
    """The delegation or table whose vote a seat gives; None for those who give none of their own."""
    if rights.reach(seat, Action.VOTE) in (None, Reach.ALL):
        return None
    own = seat.table if ballot.rules.by == "tables" else seat.delegation
    return own if own in ballot.rules.voters else None


def _voters(state: State, seat: Seat, ballot: Ballot, running: bool) -> list[VoterView]:
    """Who votes, as far as this seat may know what each said."""
    by_table, far = ballot.rules.by == "tables", rights.reach(seat, Action.VOTE)
    found = []
    for key in ballot.rules.voters:
        if rights.covers(seat, Action.VOTE, None, key) if by_table else reads_answers(state, seat, key):
            may = ballot.open and running and (by_table or far is Reach.ALL)
            found.append(VoterView(key, _named(state, ballot.rules.by, key), ballot.cast.get(key), may))
    return found


def _chooser(state: State, seat: Seat, inject: Inject, table: str, running: bool) -> ChooserView:
    progress, branch = state.progress.get(inject.id), inject.branch
    reached = progress is not None and state.released(inject.id) and progress.reached(table) is not None
    known = rights.covers(seat, Action.VOTE, None, table)
    option = state.choices[inject.id].get(table) if known and inject.id in state.choices else None
    follows = branch.options[option].next if branch is not None and option is not None else None
    settled = follows is not None and _has(state, follows, table)
    may = known and running and reached and not settled
    return ChooserView(table, state.tables[table], reached, option, follows, settled, may)


def _ways(graph: Graph, state: State, inject: Inject) -> tuple[WayView, ...]:
    """What follows from the choices the tables made, and who of them has not got it."""
    made = state.choices.get(inject.id)
    if made is None or inject.branch is None:
        return ()
    found = []
    for key, option in inject.branch.options.items():
        follows = course.find(graph, state, option.next)
        tables = tuple(table for table in state.tables if made.get(table) == key)
        if follows is None or not tables:
            continue
        waiting = tuple(table for table in tables if not _has(state, follows.id, table))
        names, left = (tuple(state.tables[table] for table in some) for some in (tables, waiting))
        found.append(WayView(follows, course.stand(graph, state, follows.id), names, left))
    return tuple(found)


def _has(state: State, inject: str, table: str) -> bool:
    """Whether an inject is out at a table."""
    progress = state.progress.get(inject)
    return progress is not None and state.released(inject) and progress.reached(table) is not None


def _lines(inject: Inject, ballot: Ballot, counted: bool) -> tuple[Line, ...]:
    """The options of a vote, with their tally where it is seen."""
    options = inject.branch.options if inject.branch is not None else {}
    labels = {key: options[key].label if key in options else key for key in ballot.rules.options}
    if not counted:
        return tuple(Line(key, label) for key, label in labels.items())
    counts = ballot.closed.counts if ballot.closed is not None else ballot.counts
    cast = sum(counts.values())
    most = max(counts.values(), default=0)
    return tuple(
        Line(
            key, label, counts[key], round(100 * counts[key] / cast) if cast else 0, bool(most) and counts[key] == most
        )
        for key, label in labels.items()
    )


def _named(state: State, by: By, key: str) -> str:
    return state.tables.get(key, key) if by == "tables" else state.delegations[key].name


def _place(graph: Graph, state: State, inject: Inject, asks: bool) -> str:
    """Where a card stands among the questions: above all while it asks for something, else above its inject's own."""
    place = state.out.index(inject.id)
    asks = asks and course.day_of(graph, state, inject.id) == state.day
    return f"99999.{place:05d}" if asks else f"{place:05d}.99"
