"""What the regions of votes and table decisions are drawn with: cards, and the console's tab."""

from collections.abc import Iterator

from ttx.exercise import course, polls, recap
from ttx.exercise.ballots import TableChose, VoteCast, VoteClosed, VoteOpened, VoteRevealed
from ttx.exercise.entries import (
    BranchChosen,
    BranchReopened,
    DayClosed,
    DayOpened,
    EmergencyDeclared,
    EmergencyLifted,
    Entry,
    ExerciseCreated,
    ExerciseEnded,
    ExercisePaused,
    ExerciseResumed,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectReworded,
    InjectSkipped,
    PlenaryShown,
    ResponseSubmitted,
    SeatMoved,
    SubmissionDelegated,
)
from ttx.exercise.rights import Seat
from ttx.exercise.state import State
from ttx.scenario.editions import Edition
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject


def cards(graph: Graph, state: State, seat: Seat) -> dict[str, str]:
    """The cards on a page where somebody votes, with their order among the questions."""
    votes = {
        f"vote:{one.id}": polls.vote(graph, state, seat, one).order for one in polls.votes_seen(graph, state, seat)
    }
    choices = polls.choices_seen(graph, state, seat)
    return votes | {f"choice:{one.id}": polls.choice(graph, state, seat, one).order for one in choices}


def context(edition: Edition, state: State, seat: Seat, focus: str | None, region: str) -> dict[str, object]:
    """What one of these regions shows."""
    graph = edition.graph
    match region.split(":"):
        case ["vote", name]:
            put = _inject(graph, state, name)
            vote, taken = polls.vote(graph, state, seat, put), recap.taken(graph, state, seat, put)
            return {"view": vote, "taken": taken, "provenance": edition.provenance(vote.addresses)}
        case ["choice", name]:
            choice = polls.choice(graph, state, seat, _inject(graph, state, name))
            return {"view": choice, "provenance": edition.provenance(choice.addresses)}
        case ["poll"]:
            inject = polls.poll_inject(graph, state, seat, focus)
            return {"view": polls.poll(graph, state, seat, inject) if inject is not None else None}
        case _:
            raise LookupError(f"no region of votes is called {region}")


_RECAPPED = (
    VoteOpened,
    VoteRevealed,
    VoteClosed,
    TableChose,
    BranchChosen,
    BranchReopened,
    ResponseSubmitted,
    SeatMoved,
)
"""What may change the recap that the hall sees."""


def touched(graph: Graph, after: State, entry: Entry) -> Iterator[tuple[str, str | None]]:
    """The regions of votes that an entry changed, each with the delegation whose pages alone are meant, if any."""
    if after.stage.view == "recap" and isinstance(entry, _RECAPPED):
        yield "stage", None
    match entry:
        case VoteOpened(inject=name) | VoteCast(inject=name) | VoteRevealed(inject=name) | VoteClosed(inject=name):
            yield from _named("poll", f"vote:{name}")
        case TableChose(inject=name):
            yield from _named("poll", f"choice:{name}")
        case InjectReleased(inject=name) | InjectRecalled(inject=name) | InjectReworded(inject=name):
            before = {step.source for step in graph.before.get(name, ()) if step.option is not None}
            names = (name, *before)
            yield from _named("poll", *(f"vote:{one}" for one in names), *(f"choice:{one}" for one in names))
        case BranchChosen(inject=name) | BranchReopened(inject=name):
            yield from _named("poll", f"vote:{name}")
        case InjectHeld() | InjectSkipped():
            yield from _named("poll")
        case SubmissionDelegated(delegation=delegation):
            yield from ((region, delegation) for region in _all_cards(graph, after))
        case (
            ExerciseCreated()
            | DayOpened()
            | DayClosed()
            | ExercisePaused()
            | ExerciseResumed()
            | EmergencyDeclared()
            | EmergencyLifted()
            | ExerciseEnded()
            | SeatMoved()
        ):
            yield from _named("poll", *_all_cards(graph, after))
        case PlenaryShown():
            yield from _named("poll")
        case _:
            pass


def _named(*regions: str) -> Iterator[tuple[str, str | None]]:
    return ((region, None) for region in regions)


def _all_cards(graph: Graph, state: State) -> Iterator[str]:
    for name in state.out:
        if name in state.ballots:
            yield f"vote:{name}"
        if course.choosers(graph, state, name):
            yield f"choice:{name}"


def _inject(graph: Graph, state: State, name: str) -> Inject:
    inject = course.find(graph, state, name)
    if inject is None:
        raise LookupError(f"no inject is called {name}")
    return inject
