"""Taking back: which entries of a review's log do not count, and what keeps one from being taken back."""

from collections.abc import Iterable, Mapping, Sequence

from ttx.review.entries import (
    ActionChanged,
    ActionPlanned,
    Entry,
    EvidenceCited,
    EvidenceDropped,
    GapCameBack,
    GapChanged,
    GapRecorded,
    GapsJoined,
    GapSplit,
    Kept,
    ProgressNoted,
    TakenBack,
)
from ttx.review.leaving import Leaving
from ttx.review.marks import CodeAdded, CodeChanged, CodeSettled, CodesOpened, PassageMarked, PieceFinished


def gone(log: Iterable[Kept]) -> frozenset[int]:
    """The entries that do not count: what was taken back, unless that was taken back itself."""
    found: set[int] = set()
    for kept in reversed(list(log)):
        if isinstance(kept.entry, TakenBack) and kept.seq not in found:
            found.add(kept.entry.entry)
    return frozenset(found)


def behind(entries: Mapping[int, Kept], seq: int) -> Kept:
    """The entry that taking this one back is about in the end: itself, or what it takes back."""
    kept = entries[seq]
    return behind(entries, kept.entry.entry) if isinstance(kept.entry, TakenBack) else kept


def in_the_way(log: Sequence[Kept], seq: int) -> Kept | None:
    """What keeps an entry from being taken back; None if nothing does.

    If that makes something not count any more, it is what counts and stands on it. If it makes something count again,
    it is what was set differently since, or what it stands on itself and was taken back.
    """
    out, entries = gone(log), {kept.seq: kept for kept in log}
    about = behind(entries, seq)
    said = [kept for kept in log if not isinstance(kept.entry, TakenBack) and kept.seq != about.seq]
    counting = [kept for kept in said if kept.seq not in out]
    if about.seq not in out:
        return next((one for one in counting if one.seq > about.seq and leans(one.entry, about.entry)), None)
    later = (one for one in counting if one.seq > seq and leans(one.entry, about.entry))
    under = (one for one in said if one.seq in out and one.seq < about.seq and leans(about.entry, one.entry))
    return next(later, None) or next(under, None)


def leans(later: Entry, earlier: Entry) -> bool:
    """Whether a later entry stands on an earlier one, so that the earlier cannot be taken back before it."""
    made = makes(earlier)
    return bool(uses(later) & made) or bool(writes(later) & writes(earlier))


def makes(entry: Entry) -> frozenset[str]:
    """The gap, action or code that an entry brings into being."""
    match entry:
        case CodeAdded(code=name):
            return frozenset({name})
        case GapRecorded(gap=name) | GapSplit(new=name) | ActionPlanned(action=name):
            return frozenset({name})
        case _:
            return frozenset()


def uses(entry: Entry) -> frozenset[str]:
    """The gaps, actions and codes that must be there for an entry to mean anything."""
    match entry:
        case GapRecorded() | TakenBack() | Leaving() | CodeAdded() | PieceFinished() | CodesOpened():
            return frozenset()
        case CodeChanged(code=name) | CodeSettled(code=name):
            return frozenset({name})
        case PassageMarked(codes=names):
            return frozenset(names)
        case GapsJoined(gap=name, gaps=names):
            return frozenset({name, *names})
        case ProgressNoted(action=name) | ActionChanged(action=name):
            return frozenset({name})
        case ActionPlanned(gap=name):
            return frozenset({name})
        case _:
            return frozenset({entry.gap})


def writes(entry: Entry) -> frozenset[tuple[str, str]]:
    """What of which gap or action an entry sets; two that set the same cannot be taken back in any order."""
    match entry:
        case GapChanged(gap=name, changed=changed) | ActionChanged(action=name, changed=changed):
            return frozenset((name, one) for one in changed)
        case EvidenceCited(gap=name, evidence=evidence) | EvidenceDropped(gap=name, evidence=evidence):
            return frozenset((name, str(one)) for one in evidence)
        case GapsJoined(gap=name, gaps=names):
            return frozenset({(name, "statement"), (name, "dissent"), *((one, "into") for one in names)})
        case GapSplit(gap=name, evidence=evidence):
            return frozenset((name, str(one)) for one in evidence)
        case ProgressNoted(action=name):
            return frozenset({(name, "status")})
        case GapCameBack(gap=name, exercise=exercise, of=of):
            return frozenset({(name, f"{exercise} {of}")})
        case CodeChanged(code=name):
            return frozenset({(name, "code")})
        case CodeSettled(piece=piece, code=name):
            return frozenset({(name, str(piece))})
        case _:
            return frozenset()


def names(entry: Entry) -> frozenset[str]:
    """The gaps, actions and codes that an entry is about."""
    return makes(entry) | uses(entry)
