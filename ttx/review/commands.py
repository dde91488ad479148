"""What a request to a review leads to: `decide` answers with entries, or raises Refused with a sentence. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from pydantic import BaseModel

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action as Right
from ttx.exercise.rights import Seat, require
from ttx.exercise.state import State
from ttx.review import codes, undoing
from ttx.review.coding import fold_coding
from ttx.review.coding_commands import decide_coding, may_take_back
from ttx.review.coding_requests import AddCode, ChangeCode, FinishPiece, MarkPassage, OpenCodes, SettleCode
from ttx.review.entries import (
    ActionChanged,
    ActionPlanned,
    ActionStatus,
    Details,
    Entry,
    EvidenceCited,
    EvidenceDropped,
    GapCameBack,
    GapChanged,
    GapRecorded,
    GapsJoined,
    GapSplit,
    GapStatus,
    Kept,
    ProgressNoted,
    TakenBack,
    Task,
)
from ttx.review.gaps import Action, Gap, Review, fold
from ttx.review.leaving import Leaving
from ttx.review.parts import spelt
from ttx.review.requests import (
    Asked,
    ChangeAction,
    ChangeGap,
    Cite,
    ComeBack,
    DropEvidence,
    JoinGaps,
    NoteProgress,
    PlanAction,
    RecordGap,
    SplitGap,
    TakeBack,
)
from ttx.scenario.graph import Graph

LABELS: Mapping[str, str] = {
    "root_cause": "root cause", "bodies": "supporting bodies", "contact": "point of contact", "starts": "start date",
    "due": "due date", "what": "action",
}  # fmt: skip
"""Fields that are called otherwise than their names."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a review stands on: the exercise, and what else must be known of it.

    `known` are the entries that are evidence; `earlier` the gaps of other exercises that the asker may read, by
    exercise: its title and their names. `texts` is what each piece of evidence says, for passages of it.
    """

    graph: Graph
    state: State
    known: Collection[int]
    earlier: Mapping[str, tuple[str, Collection[str]]] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)


def decide(grounds: Grounds, log: Sequence[Kept], seat: Seat, request: Asked) -> tuple[Entry, ...]:
    """The entries a seat's request leads to, at least one; raises Forbidden or Refused.

    It may be asked also when the exercise has ended: what was found is worked on then.
    """
    require(seat, Right.REVIEW)
    review = fold(log)
    match request:
        case RecordGap():
            return (_recorded(grounds, review, request),)
        case ChangeGap(gap=name):
            return (_changed(grounds, log, _gap(review, name), request),)
        case Cite(gap=name, evidence=evidence):
            gap, new = _gap(review, name), tuple(one for one in evidence if one not in _gap(review, name).evidence)
            _known(grounds, evidence)
            if not new:
                raise Refused(f"{gap.name} rests on this evidence already.")
            return (EvidenceCited(gap=gap.name, evidence=new),)
        case DropEvidence(gap=name, evidence=evidence):
            return (EvidenceDropped(gap=name, evidence=_held(_gap(review, name), evidence)),)
        case JoinGaps(gaps=named, statement=statement):
            found = tuple(dict.fromkeys(_gap(review, name).name for name in named))
            if len(found) < 2:
                raise Refused("Name at least two different gaps to merge.")
            return (GapsJoined(gap=found[0], gaps=found[1:], statement=statement),)
        case SplitGap(gap=name, statement=statement, evidence=evidence):
            held = _held(_gap(review, name), evidence)
            return (GapSplit(gap=name, new=_next_gap(review), statement=statement, evidence=held),)
        case PlanAction():
            return (_planned(grounds, review, request),)
        case ChangeAction(action=name):
            return (_altered(grounds, log, _action(review, name), request),)
        case NoteProgress():
            return (_noted(_action(review, request.action), request),)
        case ComeBack():
            return (_came_back(grounds, _gap(review, request.gap), request),)
        case TakeBack(entry=entry):
            return (_taken_back(log, review, seat, entry),)
        case AddCode() | ChangeCode() | MarkPassage() | FinishPiece() | OpenCodes() | SettleCode():
            return (decide_coding(codes.book(grounds.graph.scenario, {}), grounds.texts, log, seat, request),)
        case _ as unknown:
            assert_never(unknown)


def _recorded(grounds: Grounds, review: Review, request: RecordGap) -> GapRecorded:
    _known(grounds, request.evidence)
    if request.wall is not None:
        if request.wall not in grounds.state.debrief.gaps:
            raise Refused(f"There is no draft gap {request.wall} on the wall; it may have been taken off.")
        taken = next((one.name for one in review.gaps.values() if one.wall == request.wall), None)
        if taken is not None:
            raise Refused(f"{request.wall} was taken in already, as {taken}. Change that one.")
    details = Details(**{name: getattr(request, name) for name in Details.model_fields})
    _fits(grounds, details)
    return GapRecorded(gap=_next_gap(review), details=details, evidence=request.evidence, wall=request.wall)


def _changed(grounds: Grounds, log: Sequence[Kept], gap: Gap, request: ChangeGap) -> GapChanged:
    wanted = _wanted(request, Details)
    base = fold([kept for kept in log if kept.seq <= request.as_of]).gaps.get(gap.name)
    changed = _differing(gap.name, wanted, base.details if base else None, gap.details, gap.revised, request.as_of)
    details = gap.details.model_copy(update={name: wanted[name] for name in changed})
    _fits(grounds, details)
    if "status" in changed and details.status is GapStatus.CLOSED:
        undone = [one.name for one in fold(log).actions_on(gap.name) if not one.over]
        if undone:
            raise Refused(
                f"{gap.name} cannot be closed while {', '.join(undone)} is not done: finish or drop it first."
            )
    return GapChanged(gap=gap.name, details=details, changed=changed)


def _planned(grounds: Grounds, review: Review, request: PlanAction) -> ActionPlanned:
    gap = _gap(review, request.gap)
    task = Task(**{name: getattr(request, name) for name in Task.model_fields})
    task = task.model_copy(update={"element": task.element or gap.element, "owner": task.owner or gap.details.owner})
    _owned(grounds, task.owner)
    return ActionPlanned(action=f"ACT-{review.planned + 1:02}", gap=gap.name, task=task)


def _altered(grounds: Grounds, log: Sequence[Kept], action: Action, request: ChangeAction) -> ActionChanged:
    wanted = _wanted(request, Task)
    base = fold([kept for kept in log if kept.seq <= request.as_of]).actions.get(action.name)
    changed = _differing(action.name, wanted, base.task if base else None, action.task, action.revised, request.as_of)
    task = action.task.model_copy(update={name: wanted[name] for name in changed})
    _owned(grounds, task.owner)
    _in_order(action.name, task)
    return ActionChanged(action=action.name, task=task, changed=changed)


def _wanted(request: BaseModel, of: type[BaseModel]) -> dict[str, Any]:
    """What a request says; what it does not say, or leaves without any words, is not wanted otherwise."""
    said = {name: getattr(request, name) for name in of.model_fields if name in request.model_fields_set}
    return {name: value for name, value in said.items() if value is not None or not of.model_fields[name].is_required()}


def _differing(
    name: str,
    wanted: Mapping[str, Any],
    base: BaseModel | None,
    now: BaseModel,
    revised: Mapping[str, int],
    as_of: int,
) -> tuple[str, ...]:
    """The fields that the sender changed from what he had before him. Where somebody else changed the same ones
    meanwhile, to something else, none is: he looks again. What others changed elsewhere stays."""
    before = base if base is not None else now
    mine = [one for one, value in wanted.items() if value != getattr(before, one)]
    both = [one for one in mine if revised.get(one, 0) > as_of and getattr(now, one) != wanted[one]]
    if both:
        fields = ", ".join(LABELS.get(one, one) for one in both)
        raise Refused(
            f"Somebody changed the {fields} of {name} while you wrote. Nothing of yours was recorded yet: compare "
            "with what stands there now, and save again."
        )
    changed = tuple(one for one in mine if getattr(now, one) != wanted[one])
    if not changed:
        raise Refused(f"{name} says this already; nothing was changed.")
    return changed


def _noted(action: Action, request: NoteProgress) -> ProgressNoted:
    if request.status is ActionStatus.DONE and not request.text:
        raise Refused(
            f"{action.name} is done when something shows it: say what does, such as the title and date of the new plan."
        )
    if request.status is ActionStatus.DROPPED and not request.text:
        raise Refused(f"Say why {action.name} is dropped; whoever reads the plan will ask.")
    if request.status is action.status and not request.text:
        raise Refused(f"{action.name} is {request.status} already. Write what happened, or choose another status.")
    return ProgressNoted(action=action.name, status=request.status, text=request.text)


def _came_back(grounds: Grounds, gap: Gap, request: ComeBack) -> GapCameBack:
    title, known = grounds.earlier.get(request.exercise, ("", ()))
    if request.of not in known:
        raise Refused(
            f"There is no gap {request.of} in an earlier exercise that you may read. Join that exercise from this "
            "device with your code of it, and compare again."
        )
    if any((one.exercise, one.of) == (request.exercise, request.of) for one in gap.came_back):
        raise Refused(f"That {gap.name} is {request.of} of {title} is recorded already.")
    return GapCameBack(gap=gap.name, exercise=request.exercise, title=title, of=request.of)


def _taken_back(log: Sequence[Kept], review: Review, seat: Seat, seq: int) -> TakenBack:
    kept = next((one for one in log if one.seq == seq), None)
    if kept is None:
        raise Refused(f"There is no entry {seq} in this review.")
    if isinstance(kept.entry, Leaving):
        raise Refused("What left the house, or was written to, is not taken back: write it anew, or withdraw it.")
    if seq in review.gone:
        raise Refused("This was taken back already.")
    about = undoing.behind({one.seq: one for one in log}, seq)
    may_take_back(fold_coding(log), seat, about)
    obstacle = undoing.in_the_way(log, seq)
    if obstacle is not None:
        what = "was taken back" if obstacle.seq in review.gone else "counts"
        raise Refused(
            f"{', '.join(sorted(undoing.names(about.entry)))} was changed again, and that {what}. Take that back first."
        )
    return TakenBack(entry=seq)


# What must be there


def _gap(review: Review, name: str) -> Gap:
    gap = review.gaps.get(name)
    if gap is None:
        raise Refused(f"There is no gap {name} in this review.")
    if gap.into is not None:
        raise Refused(f"{name} went into {gap.into}: work on that one, or take the merge back.")
    return gap


def _action(review: Review, name: str) -> Action:
    action = review.actions.get(name)
    if action is None:
        raise Refused(f"There is no action {name} in this review.")
    return action


def _next_gap(review: Review) -> str:
    return f"GAP-{review.recorded + 1:02}"


def _known(grounds: Grounds, evidence: Iterable[int]) -> None:
    unknown = [spelt(one) for one in evidence if one not in grounds.known]
    if unknown:
        raise Refused(f"There is no evidence {', '.join(unknown)} in this exercise. Choose from the list of evidence.")


def _held(gap: Gap, evidence: Iterable[int]) -> tuple[int, ...]:
    held = tuple(one for one in evidence if one in gap.evidence)
    if not held:
        raise Refused(f"{gap.name} does not rest on this evidence.")
    return held


def _fits(grounds: Grounds, details: Details) -> None:
    scenario = grounds.graph.scenario
    for what, name, there in (
        ("objective", details.objective, scenario.objectives),
        ("capability", details.capability, scenario.capabilities),
    ):
        if name is not None and name not in there:
            raise Refused(f"There is no {what} {name} in this scenario; there are {', '.join(there) or 'none'}.")
    _owned(grounds, details.owner)
    _in_order("It", details)


def _owned(grounds: Grounds, owner: str | None) -> None:
    groups = grounds.graph.scenario.groups
    if owner is not None and owner not in groups:
        raise Refused(f"There is no working group {owner}; there are {', '.join(groups) or 'none'}.")


def _in_order(name: str, dated: Details | Task) -> None:
    if dated.starts is not None and dated.due is not None and dated.due < dated.starts:
        raise Refused(f"{name} would be due before it starts: change one of the two dates.")
