"""What was done to a gap and to the actions on it: entry by entry, what each changed, and what can be taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from ttx.review import undoing
from ttx.review.entries import (
    ActionChanged,
    ActionPlanned,
    Entry,
    GapCameBack,
    GapChanged,
    GapRecorded,
    GapsJoined,
    GapSplit,
    Kept,
    ProgressNoted,
    TakenBack,
)
from ttx.review.gaps import Desk
from ttx.review.parts import spelt


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Past:
    """An entry as its history tells it; `text` are its words, or the kind of what it takes back. `gone`: it was taken
    back. `may_take_back`: nothing is in the way of that."""

    seq: int
    at: datetime
    seat: str
    kind: str
    about: str
    changes: tuple[Change, ...]
    cited: tuple[str, ...]
    text: str
    gone: bool
    may_take_back: bool


def history(log: Sequence[Kept], gap: str) -> tuple[Past, ...]:
    """What was done to a gap, to gaps that went into it or out of it, and to their actions; the last first."""
    out = undoing.gone(log)
    by_seq = {kept.seq: kept for kept in log}
    about = _family(log, gap)
    desk, told = Desk(), []
    for kept in log:
        entry = undoing.behind(by_seq, kept.seq).entry
        changes = tuple(_changes(desk, kept.entry)) if kept.seq not in out else ()
        if kept.seq not in out:
            desk.take(kept)
        if not undoing.names(entry) & about:
            continue
        told.append(
            Past(
                kept.seq,
                kept.at,
                kept.seat,
                type(kept.entry).__name__,
                ", ".join(sorted(undoing.names(entry))),
                changes,
                tuple(spelt(one) for one in getattr(entry, "evidence", ())) if not _undoes(kept) else (),
                _said(kept.entry) if not _undoes(kept) else type(entry).__name__,
                kept.seq in out,
                kept.seq not in out and undoing.in_the_way(log, kept.seq) is None,
            )
        )
    return tuple(reversed(told))


def _undoes(kept: Kept) -> bool:
    return isinstance(kept.entry, TakenBack)


def _family(log: Sequence[Kept], gap: str) -> frozenset[str]:
    """A gap, what went into it or came out of it, and the actions on them."""
    found = {gap}
    for kept in log:
        entry = kept.entry
        if isinstance(entry, GapsJoined) and entry.gap == gap:
            found |= set(entry.gaps)
        elif isinstance(entry, ActionPlanned) and entry.gap in found:
            found.add(entry.action)
    return frozenset(found)


def _changes(desk: Desk, entry: Entry) -> Iterator[Change]:
    match entry:
        case GapChanged(gap=name, details=details, changed=changed) if name in desk.gaps:
            yield from _differing(desk.gaps[name].details, details, changed)
        case ActionChanged(action=name, task=task, changed=changed) if name in desk.actions:
            yield from _differing(desk.actions[name].task, task, changed)
        case GapsJoined(gap=name, statement=statement) if name in desk.gaps:
            yield Change("statement", desk.gaps[name].details.statement, statement)
        case ProgressNoted(action=name, status=status) if name in desk.actions:
            if desk.actions[name].status is not status:
                yield Change("status", desk.actions[name].status, status)
        case _:
            return


def _differing(before: BaseModel, after: BaseModel, changed: Sequence[str]) -> Iterator[Change]:
    for name in changed:
        yield Change(name, getattr(before, name), getattr(after, name))


def _said(entry: Entry) -> str:
    match entry:
        case GapRecorded(details=details):
            return details.statement
        case GapSplit(statement=statement):
            return statement
        case ActionPlanned(task=task):
            return task.what
        case ProgressNoted(text=text):
            return text
        case GapCameBack(of=of, title=title):
            return f"{of}, {title}"
        case GapsJoined(gaps=names):
            return ", ".join(names)
        case _:
            return ""
