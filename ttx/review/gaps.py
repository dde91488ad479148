"""Gaps and the actions on them: what a review's log folds into. Total and pure, like the fold of an exercise."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

from ttx.review.entries import (
    ELEMENT,
    OVER,
    ActionChanged,
    ActionPlanned,
    ActionStatus,
    Details,
    Element,
    EvidenceCited,
    EvidenceDropped,
    GapCameBack,
    GapChanged,
    GapRecorded,
    GapsJoined,
    GapSplit,
    GapStatus,
    Kept,
    Priority,
    ProgressNoted,
    TakenBack,
    Task,
)
from ttx.review.leaving import Leaving
from ttx.review.marks import CodeAdded, CodeChanged, CodeSettled, CodesOpened, PassageMarked, PieceFinished
from ttx.review.undoing import gone

HIGH, MEDIUM = 15, 8
"""From which product of severity and likelihood a gap's priority is high or medium, where nobody has said another."""

SCORE = "severity \u00d7 likelihood \u00d7 (6 \u2212 effort)"
"""What gaps are ranked by: of two equally grave ones the one that is closed more easily comes first."""


@dataclass(frozen=True, slots=True)
class Return:
    """The gap of an earlier exercise that a gap is."""

    exercise: str
    title: str
    of: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap as it stands. `into` is where it went in a merge, `merged` what went into it, `split` what it is a part of.

    `evidence` are entries of the exercise's log; `revised` says by which entry of the review each field was last set.
    """

    name: str
    details: Details
    evidence: tuple[int, ...] = ()
    wall: str | None = None
    merged: tuple[str, ...] = ()
    into: str | None = None
    split: str | None = None
    came_back: tuple[Return, ...] = ()
    revised: Mapping[str, int] = field(default_factory=dict)

    @property
    def grave(self) -> int | None:
        """Severity times likelihood; None while either is open."""
        severity, likelihood = self.details.severity, self.details.likelihood
        return severity * likelihood if severity is not None and likelihood is not None else None

    @property
    def score(self) -> int | None:
        """What it is ranked by (`SCORE`); None while any of the three is open."""
        grave, effort = self.grave, self.details.effort
        return grave * (6 - effort) if grave is not None and effort is not None else None

    @property
    def suggested(self) -> Priority | None:
        """The priority that follows from severity and likelihood."""
        if self.grave is None:
            return None
        return Priority.HIGH if self.grave >= HIGH else Priority.MEDIUM if self.grave >= MEDIUM else Priority.LOW

    @property
    def priority(self) -> Priority | None:
        """What somebody said, else what follows."""
        return self.details.priority or self.suggested

    @property
    def element(self) -> Element | None:
        """The POETE element its root cause maps to."""
        return ELEMENT[self.details.root_cause] if self.details.root_cause is not None else None


@dataclass(frozen=True, slots=True)
class Progress:
    """What was said of an action, when and by which seat; `seq` is the entry."""

    seq: int
    at: datetime
    seat: str
    status: ActionStatus
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it stands, with all that was said of it, the last last. `changes` counts what was done to it."""

    name: str
    gap: str
    task: Task
    at: datetime
    changed_at: datetime
    changes: int = 0
    notes: tuple[Progress, ...] = ()
    revised: Mapping[str, int] = field(default_factory=dict)

    @property
    def status(self) -> ActionStatus:
        """How far it is."""
        return self.notes[-1].status if self.notes else ActionStatus.PLANNED

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done."""
        return self.status in OVER

    def overdue(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return not self.over and self.task.due is not None and self.task.due < today


@dataclass(frozen=True, slots=True)
class Review:
    """What is found and planned up to entry `seq`. `recorded` and `planned` count all gaps and actions there ever were,
    so that no name is given twice; `gone` are the entries that were taken back."""

    seq: int = 0
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    recorded: int = 0
    planned: int = 0
    gone: frozenset[int] = frozenset()

    def standing(self) -> tuple[Gap, ...]:
        """The gaps that went into no other, ranked: by score, those without one last; then as they were found."""
        held = [one for one in self.gaps.values() if one.into is None]
        return tuple(sorted(held, key=lambda one: (one.details.status is GapStatus.SET_ASIDE, -(one.score or 0))))

    def stands_as(self, name: str) -> Gap | None:
        """The gap that this one is, or went into."""
        gap = self.gaps.get(name)
        met: set[str] = set()
        while gap is not None and gap.into is not None and gap.name not in met:
            met.add(gap.name)
            gap = self.gaps.get(gap.into)
        return gap

    def actions_on(self, gap: str) -> tuple[Action, ...]:
        """What is to be done about a gap, that of gaps merged into it included."""
        return tuple(
            one for one in self.actions.values() if (at := self.stands_as(one.gap)) is not None and at.name == gap
        )

    def citing(self) -> Mapping[int, tuple[str, ...]]:
        """The gaps that stand on each entry of the exercise that any stands on."""
        found: dict[int, tuple[str, ...]] = {}
        for gap in self.standing():
            for seq in gap.evidence:
                found[seq] = (*found.get(seq, ()), gap.name)
        return found

    def from_wall(self) -> frozenset[str]:
        """The draft gaps of the wall that were taken in."""
        return frozenset(one.wall for one in self.gaps.values() if one.wall is not None)


def fold(log: Sequence[Kept]) -> Review:
    """What the entries come to, without those that were taken back. Whatever does not fit any more changes nothing."""
    out = gone(log)
    desk = Desk()
    for kept in log:
        if kept.seq not in out:
            desk.take(kept)
    return Review(
        seq=log[-1].seq if log else 0,
        gaps=desk.gaps,
        actions=desk.actions,
        recorded=sum(isinstance(kept.entry, GapRecorded | GapSplit) for kept in log),
        planned=sum(isinstance(kept.entry, ActionPlanned) for kept in log),
        gone=out,
    )


class Desk:
    """Where entries are put together, one after the other; a fold makes one and throws it away."""

    def __init__(self) -> None:
        self.gaps: dict[str, Gap] = {}
        self.actions: dict[str, Action] = {}

    def take(self, kept: Kept) -> None:
        """Take in an entry that counts."""
        entry = kept.entry
        match entry:
            case GapRecorded(gap=name, details=details, evidence=evidence, wall=wall):
                self.gaps[name] = Gap(name, details, _once(evidence), wall)
            case GapChanged(gap=name, details=details, changed=changed):
                self._change(name, {one: getattr(details, one) for one in changed}, kept.seq)
            case EvidenceCited(gap=name, evidence=evidence):
                self._cite(name, lambda held: (*held, *evidence))
            case EvidenceDropped(gap=name, evidence=evidence):
                self._cite(name, lambda held: tuple(one for one in held if one not in evidence))
            case GapsJoined():
                self._join(entry, kept.seq)
            case GapSplit():
                self._split(entry)
            case ActionPlanned(action=name, gap=gap, task=task):
                if gap in self.gaps:
                    self.actions[name] = Action(name, gap, task, kept.at, kept.at)
            case ActionChanged(action=name, task=task, changed=changed):
                self._alter(name, {one: getattr(task, one) for one in changed}, kept)
            case ProgressNoted(action=name, status=status, text=text):
                if (held := self.actions.get(name)) is not None:
                    note = Progress(kept.seq, kept.at, kept.seat, status, text)
                    self.actions[name] = replace(
                        held, notes=(*held.notes, note), changed_at=kept.at, changes=held.changes + 1
                    )
            case GapCameBack(gap=name, exercise=exercise, title=title, of=of):
                if (found := self.gaps.get(name)) is not None:
                    back = dict.fromkeys((*found.came_back, Return(exercise, title, of)))
                    self.gaps[name] = replace(found, came_back=tuple(back))
            case TakenBack() | Leaving() | CodeAdded() | CodeChanged() | PassageMarked() | PieceFinished():
                pass
            case CodesOpened() | CodeSettled():
                pass  # what coding comes to is folded in `coding`
            case _ as unknown:
                assert_never(unknown)

    def _change(self, name: str, values: Mapping[str, object], seq: int) -> None:
        gap = self.gaps.get(name)
        if gap is not None:
            details = gap.details.model_copy(update=values)
            self.gaps[name] = replace(gap, details=details, revised={**gap.revised, **dict.fromkeys(values, seq)})

    def _alter(self, name: str, values: Mapping[str, object], kept: Kept) -> None:
        action = self.actions.get(name)
        if action is not None:
            self.actions[name] = replace(
                action,
                task=action.task.model_copy(update=values),
                changed_at=kept.at,
                changes=action.changes + 1,
                revised={**action.revised, **dict.fromkeys(values, kept.seq)},
            )

    def _cite(self, name: str, made: Callable[[tuple[int, ...]], Iterable[int]]) -> None:
        gap = self.gaps.get(name)
        if gap is not None:
            self.gaps[name] = replace(gap, evidence=_once(made(gap.evidence)))

    def _join(self, entry: GapsJoined, seq: int) -> None:
        into = self.gaps.get(entry.gap)
        if into is None:
            return
        held = [self.gaps[name] for name in entry.gaps if name in self.gaps and name != entry.gap]
        dissents = dict.fromkeys(one.details.dissent for one in (into, *held) if one.details.dissent)
        values = {"statement": entry.statement, "dissent": "\n".join(dissents)[:2000]}
        for one in held:
            self.gaps[one.name] = replace(one, into=entry.gap)
        self.gaps[entry.gap] = replace(
            into,
            details=into.details.model_copy(update=values),
            evidence=_once((*into.evidence, *(seq for one in held for seq in one.evidence))),
            merged=(*into.merged, *(one.name for one in held)),
            came_back=tuple(dict.fromkeys((*into.came_back, *(back for one in held for back in one.came_back)))),
            revised={**into.revised, "statement": seq, "dissent": seq},
        )

    def _split(self, entry: GapSplit) -> None:
        gap = self.gaps.get(entry.gap)
        if gap is None:
            return
        moved = tuple(one for one in gap.evidence if one in entry.evidence)
        details = gap.details.model_copy(update={"statement": entry.statement})
        self.gaps[entry.new] = Gap(entry.new, details, moved, split=entry.gap)
        self._cite(entry.gap, lambda held: tuple(one for one in held if one not in moved))


def _once(evidence: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(dict.fromkeys(evidence)))
