"""What a request leads to: `decide` answers with entries, or raises Refused with a sentence.

Plain functions without clock or I/O. Rights are asked first, so a refusal tells nothing to the wrong person.
"""

from itertools import count
from typing import assert_never

from ttx.exercise import course, rights
from ttx.exercise.answers import misfit
from ttx.exercise.course import Standing
from ttx.exercise.entries import (
    Announced,
    AnnouncementWithdrawn,
    BranchChosen,
    DayClosed,
    DayOpened,
    Entry,
    ExerciseEnded,
    ExercisePaused,
    ExerciseResumed,
    InjectAdded,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectSkipped,
    ObservationRecorded,
    RatingGiven,
    ResponseSubmitted,
    SubmissionDelegated,
    TimerEnded,
    TimerStarted,
    TimerStopped,
)
from ttx.exercise.requests import (
    AddInject,
    Announce,
    Asked,
    Choose,
    CloseDay,
    DelegateSubmission,
    End,
    EndTimer,
    Hold,
    Observe,
    OpenDay,
    Pause,
    Rate,
    Recall,
    Release,
    Respond,
    Resume,
    SetTimer,
    Skip,
)
from ttx.exercise.rights import Action, Forbidden, Seat
from ttx.exercise.state import State, Status
from ttx.scenario.graph import Graph
from ttx.scenario.model import Alert, Inject, InjectKind, Map, MapStep, Move, Show


class Refused(Exception):
    """A request that is allowed but not possible now. Its text is a sentence for the person who asked."""


def decide(graph: Graph, state: State, seat: Seat, request: Asked) -> tuple[Entry, ...]:
    """The entries a seat's request leads to, at least one; raises Forbidden or Refused."""
    rights.require(seat, ACTION[type(request)])
    if state.status is Status.ENDED:
        raise Refused("The exercise has ended; its record can be read but not added to.")
    match request:
        case OpenDay(day=day):
            return _open_day(graph, state, day)
        case CloseDay():
            return (DayClosed(day=_open(state, "close the day")),)
        case Release(inject=name):
            return (_release(graph, state, _known(graph, state, name)),)
        case Hold(inject=name):
            return (_hold(graph, state, _known(graph, state, name)),)
        case Skip(inject=name):
            return _skip(graph, state, _known(graph, state, name))
        case Recall(inject=name):
            return (_recall(graph, state, _known(graph, state, name)),)
        case Choose(inject=name, option=option):
            return (_choose(graph, state, _known(graph, state, name), option),)
        case AddInject():
            return _add(graph, state, request)
        case Pause():
            _open(state, "pause")
            return (ExercisePaused(),)
        case Resume():
            if state.status is not Status.PAUSED:
                raise Refused("The exercise is not paused, so there is nothing to resume.")
            return (ExerciseResumed(),)
        case Announce(text=text):
            return (_announce(state, text),)
        case SetTimer(seconds=seconds):
            return (_timer(state, seconds),)
        case Respond():
            return (_respond(graph, state, seat, request),)
        case DelegateSubmission(allowed=allowed):
            return (_delegate(state, seat, allowed),)
        case Observe():
            _about(graph, state, request)
            return (ObservationRecorded(**request.model_dump(exclude={"do"})),)
        case Rate():
            if request.objective is None and request.capability is None:
                raise Refused("A rating needs an objective or a capability that it rates.")
            _about(graph, state, request)
            return (RatingGiven(**request.model_dump(exclude={"do"})),)
        case End():
            if state.day is not None:
                raise Refused(f"Day {state.day} is still open: close it before you end the exercise.")
            return (ExerciseEnded(),)
        case _ as unknown:
            assert_never(unknown)


def due(state: State, request: EndTimer) -> tuple[Entry, ...]:
    """The entries of what the clock asks for; none when it has been overtaken."""
    runs = state.timer is not None and state.timer.started == request.started and state.timer.ends is not None
    return (TimerEnded(started=request.started),) if runs else ()


ACTION: dict[type[Asked], Action] = {
    OpenDay: Action.RUN,
    CloseDay: Action.RUN,
    Release: Action.RUN,
    Hold: Action.RUN,
    Skip: Action.RUN,
    Recall: Action.RUN,
    Choose: Action.RUN,
    AddInject: Action.RUN,
    Pause: Action.RUN,
    Resume: Action.RUN,
    Announce: Action.ANNOUNCE,
    SetTimer: Action.RUN,
    Respond: Action.SUBMIT,
    DelegateSubmission: Action.DELEGATE,
    Observe: Action.OBSERVE,
    Rate: Action.OBSERVE,
    End: Action.RUN,
}
"""The right each request needs."""


def _open(state: State, what: str) -> int:
    """The open day of an exercise that runs; refuses otherwise."""
    if state.status is Status.PAUSED:
        raise Refused(f"The exercise is paused: resume it before you {what}.")
    if state.day is None:
        raise Refused(f"No day is open: open a day before you {what}.")
    return state.day


def _known(graph: Graph, state: State, name: str) -> Inject:
    inject = course.find(graph, state, name)
    if inject is None:
        raise Refused(f"There is no inject {name} in this exercise.")
    return inject


def _open_day(graph: Graph, state: State, wanted: int | None) -> tuple[Entry, ...]:
    if state.day is not None:
        raise Refused(f"Day {state.day} is open: close it before you open another.")
    unopened = [day.day for day in graph.scenario.days if day.day not in state.opened]
    if wanted is None:
        if not unopened:
            raise Refused("Every day of the scenario has been held: end the exercise, or name a day to reopen.")
        wanted = unopened[0]
    if graph.scenario.day(wanted) is None:
        days = ", ".join(str(day.day) for day in graph.scenario.days)
        raise Refused(f"The scenario has no day {wanted}; its days are {days}.")
    return (DayOpened(day=wanted),)


def _release(graph: Graph, state: State, inject: Inject) -> Entry:
    _open(state, f"release {inject.id}")
    stand = course.stand(graph, state, inject.id)
    if stand.standing is Standing.RELEASED:
        raise Refused(f"{inject.id} is already released.")
    if stand.standing is Standing.SKIPPED:
        raise Refused(f"{inject.id} was skipped: recall the skip before you release it.")
    if not stand.releasable:
        raise Refused(f"{inject.id} is not yet reachable: {stand.why}.")
    return InjectReleased(inject=inject.id)


def _hold(graph: Graph, state: State, inject: Inject) -> Entry:
    _open(state, f"hold {inject.id}")
    stand = course.stand(graph, state, inject.id)
    if stand.standing is not Standing.AVAILABLE:
        why = stand.why or f"it is {_words(stand.standing)}"
        raise Refused(f"{inject.id} cannot be held: {why}.")
    return InjectHeld(inject=inject.id)


def _skip(graph: Graph, state: State, inject: Inject) -> tuple[Entry, ...]:
    _open(state, f"skip {inject.id}")
    stand = course.stand(graph, state, inject.id)
    if not stand.releasable:
        why = stand.why or f"it is {_words(stand.standing)}"
        raise Refused(f"{inject.id} cannot be skipped: {why}.")
    if inject.branch is None:
        return (InjectSkipped(inject=inject.id),)
    default = inject.branch.default
    if default is None:
        raise Refused(f"{inject.id} cannot be skipped: it is a decision without a default option.")
    chosen = inject.branch.options[default]
    taken = BranchChosen(inject=inject.id, option=default, set=chosen.set, by_default=True)
    return (InjectSkipped(inject=inject.id), taken)


def _recall(graph: Graph, state: State, inject: Inject) -> Entry:
    _open(state, f"recall {inject.id}")
    progress = state.progress.get(inject.id)
    if progress is None or progress.standing == "recalled":
        raise Refused(f"{inject.id} cannot be recalled: it has not been released, held or skipped.")
    _no_consequence_out(graph, state, inject, "recall")
    return InjectRecalled(inject=inject.id)


def _choose(graph: Graph, state: State, inject: Inject, option: str) -> Entry:
    _open(state, f"decide {inject.id}")
    if inject.branch is None:
        raise Refused(f"{inject.id} is no decision, so there is nothing to choose.")
    chosen = inject.branch.options.get(option)
    if chosen is None:
        options = ", ".join(inject.branch.options)
        raise Refused(f"{inject.id} has no option {option}; its options are {options}.")
    if not state.released(inject.id):
        raise Refused(f"{inject.id} cannot be decided: it has not been released.")
    taken = state.decisions.get(inject.id)
    if taken is not None:
        if taken.option == option:
            raise Refused(f"{inject.id} has already been decided {option}.")
        _no_consequence_out(graph, state, inject, "decide anew")
    return BranchChosen(inject=inject.id, option=option, set=chosen.set)


def _no_consequence_out(graph: Graph, state: State, inject: Inject, verb: str) -> None:
    """A decision stands while what followed from it is out."""
    decision = state.decisions.get(inject.id)
    for step in graph.after.get(inject.id, ()):
        if decision is not None and step.option == decision.option and state.released(step.target):
            raise Refused(
                f"You cannot {verb} {inject.id}: it was decided {decision.option} and {step.target} is out. "
                f"Recall {step.target} first."
            )


def _add(graph: Graph, state: State, request: AddInject) -> tuple[Entry, ...]:
    day = _open(state, "add an inject")
    known_groups = {name for one in state.delegations.values() for name in one.groups}
    _each_known("working group", request.to.groups, known_groups | graph.scenario.groups.keys())
    _each_known("table", request.to.tables, set(state.tables))
    _each_known("delegation", request.to.delegations, set(state.delegations))
    asked_of = tuple(name for question in request.questions for name in question.objectives)
    _each_known("objective", (*request.objectives, *asked_of), set(graph.scenario.objectives))
    _each_known("capability", request.capabilities, set(graph.scenario.capabilities))
    for step in request.map:
        _on_the_map(graph.scenario.map, step)
    if not request.to.all and not (request.to.groups or request.to.tables or request.to.delegations):
        raise Refused("The new inject is addressed to nobody: name delegations, tables or groups, or all.")
    idents = [question.id for question in request.questions]
    if len(set(idents)) != len(idents):
        raise Refused("Two questions of the new inject have the same id; each needs its own.")
    inject = Inject(
        id=_free(graph, state, day),
        kind=InjectKind.CONTINGENCY,
        at="00:00",
        session="adhoc",
        **request.model_dump(exclude={"do", "release"}),
    )
    added = InjectAdded(inject=inject, day=day)
    return (added, InjectReleased(inject=inject.id)) if request.release else (added,)


def _free(graph: Graph, state: State, day: int) -> str:
    """An id for an inject written during the exercise, that no author has given already."""
    numbers = count(len(state.added) + 1)
    return next(name for number in numbers if course.find(graph, state, name := f"D{day}-X{number}") is None)


def _on_the_map(chart: Map, step: MapStep) -> None:
    """What a step moves, shows or marks must be on the scenario's map."""
    match step:
        case Move(token=token, route=route, to=to):
            _each_known("token", (token,), set(chart.tokens))
            _each_known("route", (route,), set(chart.routes))
            _each_known("place", (to if isinstance(to, str) else None,), set(chart.places))
        case Show(do="hide", what=what) if what in chart.places:
            pass  # takes the alert off it
        case Show(what=what):
            _each_known("token, route or border", (what,), {*chart.tokens, *chart.routes, *chart.borders})
        case Alert(place=place):
            _each_known("place", (place if isinstance(place, str) else None,), set(chart.places))
        case _ as unknown:
            assert_never(unknown)


def _announce(state: State, text: str) -> Entry:
    if text:
        return Announced(text=text)
    if state.announced is None:
        raise Refused("No announcement stands, so there is none to withdraw; type what everybody should read.")
    return AnnouncementWithdrawn()


def _timer(state: State, seconds: int) -> Entry:
    if seconds:
        _open(state, "start a timer")
        return TimerStarted(seconds=seconds)
    if state.timer is None:
        raise Refused("No timer is running, so there is none to stop.")
    return TimerStopped()


def _respond(graph: Graph, state: State, seat: Seat, request: Respond) -> Entry:
    inject = course.find(graph, state, request.inject)
    reached = inject is not None and inject.id in state.out
    groups = state.groups(seat.delegation)
    if inject is None or not reached or not inject.to.reaches(seat.delegation, seat.table, groups):
        raise Refused(f"There is no development {request.inject} on your screen to answer.")
    question = inject.question(request.question)
    if question is None:
        raise Refused(f"{inject.id} has no question {request.question}.")
    if seat.delegation is None or seat.delegation not in state.delegations:
        raise Refused("Your seat belongs to no delegation, so it has no answer of record to give.")
    if not seat.submits and seat.delegation not in state.may_submit:
        raise Refused("The head of your delegation submits its answers; ask for the right, or hand over the text.")
    fault = misfit(question, request.answer)
    if fault is not None:
        raise Refused(fault)
    return ResponseSubmitted(
        inject=inject.id,
        question=question.id,
        delegation=seat.delegation,
        answer=request.answer,
        recalled=not state.released(inject.id),
    )


def _delegate(state: State, seat: Seat, allowed: bool) -> Entry:
    if seat.delegation is None:
        raise Forbidden(seat.role, Action.DELEGATE)
    if allowed == (seat.delegation in state.may_submit):
        may = "may submit already" if allowed else "may not submit as it is"
        raise Refused(f"Delegates of {seat.delegation} {may}, so there is nothing to change.")
    return SubmissionDelegated(delegation=seat.delegation, allowed=allowed)


def _about(graph: Graph, state: State, request: Observe | Rate) -> None:
    """What an observation or rating is tied to must exist, and an inject must be out."""
    if request.inject is not None and request.inject not in state.out:
        raise Refused(f"{request.inject} has not been released, so nothing of it can be observed.")
    _each_known("objective", (request.objective,), set(graph.scenario.objectives))
    _each_known("capability", (request.capability,), set(graph.scenario.capabilities))
    _each_known("delegation", (request.delegation,), set(state.delegations))
    _each_known("table", (request.table,), set(state.tables))


def _each_known(what: str, names: tuple[str | None, ...], known: set[str]) -> None:
    for name in names:
        if name is not None and name not in known:
            raise Refused(f"There is no {what} {name}; there are {', '.join(sorted(known)) or 'none'}.")


def _words(standing: Standing) -> str:
    return {Standing.RESERVE: "in reserve", Standing.HELD: "already held"}.get(standing, f"already {standing}")
