"""The record told entry by entry: each as a sentence, and where it stands on a line of time that leaves out silence.

Reads an exercise from above, so everything in it has a name; only for those who may read the whole log.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ttx.exercise import course
from ttx.exercise.ballots import TableChose, VoteCast, VoteClosed, VoteOpened, VoteRevealed
from ttx.exercise.debrief import GapDrafted, GapTested, HotWashNoted, SummaryWritten
from ttx.exercise.entries import (
    Announced,
    BranchChosen,
    BranchReopened,
    DayClosed,
    DayOpened,
    Delegation,
    EmergencyDeclared,
    EmergencyLifted,
    Entry,
    ExerciseCreated,
    ExerciseEnded,
    InjectAdded,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectSkipped,
    Logged,
    ObservationRecorded,
    PlenaryShown,
    RatingGiven,
    ResponseSubmitted,
    SessionStarted,
    SubmissionDelegated,
    TimerStarted,
    kind_of,
)
from ttx.exercise.state import State
from ttx.scenario.graph import Graph

SILENCE = timedelta(minutes=30)
"""How long nothing may happen before the line leaves it out."""
FOLDED = 60.0
"""Seconds of the line that such a silence takes."""


WHO = ("voter", "delegation", "table")
"""Fields of an entry that hold a delegation or a table."""
SAID = ("rating", "option", "title", "text", "statement", "reason")
"""Fields of an entry that hold what was said or chosen."""


class Sort(StrEnum):
    """What an entry is about, roughly: enough to tell it from others by a colour."""

    STORY = "story"
    ANSWER = "answer"
    DECISION = "decision"
    FRAME = "frame"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: what it says, and `seconds` from the beginning on a line that leaves out silence.

    `day` is the day it opens. `silence` is how long nothing had happened, where the line leaves that out. `seat` is
    whose press a vote or a table's choice was: it may have been somebody else's on behalf of those it counts for.
    """

    seq: int
    at: datetime
    sort: Sort
    text: str
    seconds: float
    day: int | None
    silence: timedelta | None
    seat: str | None = None


def chronicle(graph: Graph, state: State, log: Sequence[Logged]) -> tuple[Told, ...]:
    """Every entry of a log, whose state at its end this is."""
    told: list[Told] = []
    staged: set[str] = set()  # injects that are out at some tables alone
    shelved: dict[str, str] = {}  # inject -> what is undone if it is taken back now
    seconds = 0.0
    for before, logged in zip((None, *log), log, strict=False):
        gap = logged.at - before.at if before is not None else timedelta()
        silence = gap if gap > SILENCE else None
        seconds += FOLDED if silence is not None else max(gap.total_seconds(), 0.0)
        entry = logged.entry
        day = entry.day if isinstance(entry, DayOpened) else None
        by = logged.seat if isinstance(entry, VoteCast | TableChose) else None
        text = sentence(graph, state, entry)
        match entry:
            case InjectHeld(inject=name):
                shelved[name] = "Hold undone"
            case InjectSkipped(inject=name):
                shelved[name] = "Skip undone"
            case InjectReleased(inject=name, tables=tables):
                shelved.pop(name, None)
                if tables:
                    text += f" (to {', '.join(state.tables.get(one, one) for one in tables)})"
                    staged.add(name)
                elif name in staged:
                    text += " (to the rest)"
                    staged.discard(name)
            case InjectRecalled(inject=name) if name in shelved:
                text = f"{shelved.pop(name)}{_about(graph, state, entry)}"
            case InjectRecalled(inject=name):
                staged.discard(name)
        told.append(Told(logged.seq, logged.at, sort(entry), text, seconds, day, silence, by))
    return tuple(told)


def sort(entry: Entry) -> Sort:
    """What an entry is about; one of a kind that is not told apart here is OTHER."""
    match entry:
        case InjectReleased() | InjectRecalled() | InjectHeld() | InjectSkipped() | InjectAdded():
            return Sort.STORY
        case ResponseSubmitted():
            return Sort.ANSWER
        case (
            BranchChosen() | BranchReopened() | TableChose() | VoteOpened() | VoteCast() | VoteClosed() | VoteRevealed()
        ):
            return Sort.DECISION
        case (
            ExerciseCreated()
            | DayOpened()
            | DayClosed()
            | SessionStarted()
            | EmergencyDeclared()
            | EmergencyLifted()
            | ExerciseEnded()
        ):
            return Sort.FRAME
        case ObservationRecorded() | RatingGiven() | HotWashNoted() | GapDrafted() | GapTested() | SummaryWritten():
            return Sort.NOTE
        case _:
            return Sort.OTHER


def sentence(graph: Graph, state: State, entry: Entry) -> str:
    """An entry in words. A kind that has no sentence here is called by its name, with what it is about."""
    match entry:
        case DayOpened(day=number) | DayClosed(day=number):
            day = graph.scenario.day(number)
            what = "opens" if isinstance(entry, DayOpened) else "is closed"
            return f"Day {number} {what}" + (f": {day.title}" if day is not None else "")
        case BranchChosen(inject=inject, option=option, by_default=by_default):
            chosen = course.find(graph, state, inject)
            options = chosen.branch.options if chosen is not None and chosen.branch is not None else {}
            label = f"{option}, {options[option].label}" if option in options else option
            return f"Decided in {inject}: {label}" + (" (by default)" if by_default else "")
        case InjectAdded(inject=inject):
            return f"Written on the spot: {inject.id} {inject.title}"
        case ResponseSubmitted(inject=inject, question=question, delegation=delegation):
            asking = course.find(graph, state, inject)
            ids = [one.id for one in asking.questions] if asking is not None else []
            which = f", question {ids.index(question) + 1}" if len(ids) > 1 and question in ids else ""
            return f"{_named(state.delegations, delegation)} answers {inject}{which}"
        case SubmissionDelegated(delegation=delegation, allowed=allowed):
            whom = _named(state.delegations, delegation)
            return f"{whom}: every tablet may send answers" if allowed else f"{whom}: only the head sends answers"
        case VoteClosed(inject=inject):
            return f"Vote closed in {inject}: {_outcome(entry)}"
        case PlenaryShown(view=view, about=about):
            return f"The hall shows: {view}" + (f", {about}" if about else "")
        case EmergencyDeclared(text=text):
            return "Real-world emergency, everything stops" + (f": {text}" if text else "")
        case EmergencyLifted():
            return "The emergency is over; everything stands still"
        case TimerStarted(seconds=seconds):
            return f"Countdown of {spoken(timedelta(seconds=seconds))} starts"
        case Announced(text=text):
            return f"Announced: {text}"
        case _:
            return f"{in_words(kind_of(entry))}{_about(graph, state, entry)}"


def in_words(kind: str) -> str:
    """The name of a kind of entry as one reads it: `InjectReleased` is "Inject released"."""
    return " ".join(re.findall(r"[A-Z][a-z0-9]*", kind)).capitalize()


def spoken(length: timedelta) -> str:
    """A length of time in its two largest units: 14 h 20 min, 2 d 3 h, 5 min, 40 s."""
    seconds = round(length.total_seconds())
    units = (("d", seconds // 86_400), ("h", seconds // 3600 % 24), ("min", seconds // 60 % 60), ("s", seconds % 60))
    first = next((number for number, (_, amount) in enumerate(units) if amount), len(units) - 1)
    return " ".join(f"{amount} {unit}" for unit, amount in units[first : first + 2] if amount) or "0 s"


def _outcome(closed: VoteClosed) -> str:
    """What a vote came to, with its counts in the order of its options."""
    counts = ", ".join(f"{option} {count}" for option, count in closed.counts.items())
    counts += f", abstained {closed.abstained}" if closed.abstained else ""
    if not closed.quorate:
        return f"its quorum was missed ({counts})"
    if closed.tied:
        return f"a tie between {' and '.join(closed.tied)} ({counts})"
    return f"{closed.option} has most ({counts})" if closed.option else "nobody voted for an option"


def _about(graph: Graph, state: State, entry: Entry) -> str:
    """What an entry is about, as far as its fields say so in the way that all entries do."""
    parts = dict.fromkeys(_parts(graph, state, entry))
    return f": {', '.join(parts)}" if parts else ""


def _parts(graph: Graph, state: State, entry: Entry) -> Iterable[str]:
    fields = {name: value for name in type(entry).model_fields if isinstance(value := getattr(entry, name), str)}
    if "inject" in fields:
        yield fields["inject"]
        inject = course.find(graph, state, fields["inject"])
        if inject is not None:
            yield inject.title
    for one in (fields[name] for name in WHO if name in fields):
        yield state.tables.get(one, _named(state.delegations, one))
    yield from (fields[name] for name in SAID if fields.get(name))


def _named(delegations: Mapping[str, Delegation], delegation: str) -> str:
    one = delegations.get(delegation)
    return one.name if one is not None else delegation
