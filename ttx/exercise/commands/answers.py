"""What delegations answer and evaluators note."""

from ttx.exercise import course
from ttx.exercise.answers import misfit
from ttx.exercise.commands.grounds import Refused, each_known
from ttx.exercise.entries import Entry, ResponseSubmitted, SubmissionDelegated
from ttx.exercise.requests import Observe, Rate, Respond
from ttx.exercise.rights import Action, Forbidden, Seat
from ttx.exercise.sight import sees
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.worded import worded


def respond(graph: Graph, state: State, seat: Seat, request: Respond) -> Entry:
    inject = course.find(graph, state, request.inject)
    if inject is None or not sees(state, seat, inject):
        raise Refused(worded("There is no development {inject} on your screen to answer.", inject=request.inject))
    question = inject.question(request.question)
    if question is None:
        raise Refused(worded("{inject} has no question {question}.", inject=inject.id, question=request.question))
    if seat.delegation is None or seat.delegation not in state.delegations:
        raise Refused(worded("Your seat belongs to no delegation, so it has no answer of record to give."))
    if not seat.submits and seat.delegation not in state.may_submit:
        raise Refused(
            worded("The head of your delegation submits its answers; ask for the right, or hand over the text.")
        )
    fault = misfit(question, request.answer)
    if fault is not None:
        raise Refused(fault)
    return ResponseSubmitted(
        inject=inject.id,
        question=question.id,
        delegation=seat.delegation,
        answer=request.answer,
        recalled=not state.released(inject.id),
        by=seat.person or None,
    )


def delegate(state: State, seat: Seat, allowed: bool) -> Entry:
    if seat.delegation is None:
        raise Forbidden(seat.role, Action.DELEGATE)
    if allowed == (seat.delegation in state.may_submit):
        if allowed:
            raise Refused(
                worded(
                    "Delegates of {delegation} may submit already, so there is nothing to change.",
                    delegation=seat.delegation,
                )
            )
        raise Refused(
            worded(
                "Delegates of {delegation} may not submit as it is, so there is nothing to change.",
                delegation=seat.delegation,
            )
        )
    return SubmissionDelegated(delegation=seat.delegation, allowed=allowed)


def about(graph: Graph, state: State, request: Observe | Rate) -> None:
    """What an observation or rating is tied to must exist, and an inject must be out."""
    if request.inject is not None and request.inject not in state.out:
        raise Refused(
            worded("{inject} has not been released, so nothing of it can be observed.", inject=request.inject)
        )
    each_known("objective", (request.objective,), set(graph.scenario.objectives))
    each_known("capability", (request.capability,), set(graph.scenario.capabilities))
    each_known("delegation", (request.delegation,), set(state.delegations))
    each_known("table", (request.table,), set(state.tables))
