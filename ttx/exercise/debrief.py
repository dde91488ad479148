"""What a table says of a day: hot wash, gap wall, the rapporteur's summary. The entries, and what they fold into."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from immutables import Map

from ttx.exercise.facts import Fact, Pages, Words

WashSense = Literal["strength", "gap", "surprise"]
Verdict = Literal["holds", "partly", "fails"]
RANKED = 3
"""How many gaps a table ranks; the first counts three, the last one."""


class HotWashOpened(Fact):
    """The tables look back on a day."""

    day: int


class HotWashClosed(Fact):
    """They have looked back."""

    day: int


class HotWashNoted(Fact):
    """A table named a strength, a gap, or its one surprise of the day."""

    day: int
    table: str
    sense: WashSense
    text: Words


class HotWashWithdrawn(Fact):
    """A table took back what it had named at entry `note`."""

    note: int


class GapDrafted(Fact):
    """A draft gap is on the wall. `gap` is its name there; `note` the hot-wash note it comes from, if any."""

    gap: str
    day: int
    text: Words
    table: str | None = None
    note: int | None = None


class GapWithdrawn(Fact):
    """A draft gap was taken off the wall."""

    gap: str


class GapsMerged(Fact):
    """Several draft gaps say the same: `gaps` go into `gap`, which now reads so."""

    gap: str
    gaps: tuple[str, ...]
    text: Words


class GapReworded(Fact):
    """A draft gap reads differently now."""

    gap: str
    text: Words


class GapsRanked(Fact):
    """A table's most pressing gaps, the first one first."""

    table: str
    gaps: tuple[str, ...]


class GapTested(Fact):
    """A table says whether a draft gap holds for it, and why."""

    gap: str
    table: str
    verdict: Verdict
    text: str = ""


class SummaryWritten(Fact):
    """A table's summary of a day, in a new version; it is shown to the table."""

    day: int
    table: str
    text: Pages


class SummaryRemarked(Fact):
    """Somebody of the table asked for a correction of its summary."""

    day: int
    table: str
    text: Words
    delegation: str | None = None


class SummaryApproved(Fact):
    """Plenary approved a table's summary in the version of entry `version`."""

    day: int
    table: str
    version: int


Looked = (
    HotWashOpened
    | HotWashClosed
    | HotWashNoted
    | HotWashWithdrawn
    | GapDrafted
    | GapWithdrawn
    | GapsMerged
    | GapReworded
    | GapsRanked
    | GapTested
    | SummaryWritten
    | SummaryRemarked
    | SummaryApproved
)
"""The entries of this kind."""


@dataclass(frozen=True, slots=True)
class WashNote:
    """One hot-wash note that stands."""

    day: int
    table: str
    sense: WashSense
    text: str
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class DraftGap:
    """A gap on the wall. `tables` named it; `merged` are those that went into it, `into` where it went itself."""

    name: str
    day: int
    text: str
    tables: tuple[str, ...]
    seq: int
    note: int | None = None
    merged: tuple[str, ...] = ()
    into: str | None = None
    tested: Map[str, GapTested] = Map()

    @property
    def verdicts(self) -> dict[str, GapTested]:
        """What tables say of it. Where one named it, its "not true" of another gap that went in does not count."""
        return {
            table: one
            for table, one in self.tested.items()
            if one.verdict != "fails" or one.gap == self.name or table not in self.tables
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """A table's summary of a day: every version with its entry, the corrections asked for, the approved version."""

    versions: tuple[tuple[int, datetime, str], ...] = ()
    remarks: tuple[tuple[int, SummaryRemarked], ...] = ()
    approved: int | None = None

    @property
    def text(self) -> str:
        """What it says now."""
        return self.versions[-1][2] if self.versions else ""

    @property
    def stands(self) -> bool:
        """Whether plenary has approved what it says now."""
        return bool(self.versions) and self.approved == self.versions[-1][0]


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything the tables said of their days. `washing` is the day they look back on now, `washed` the last one;
    `since` is the entry by which they began to."""

    washing: int | None = None
    washed: int | None = None
    notes: Map[int, WashNote] = Map()
    gaps: Map[str, DraftGap] = Map()
    drafted: int = 0
    ranked: Map[str, tuple[str, ...]] = Map()
    summaries: Map[tuple[int, str], Summary] = Map()
    since: int = 0

    def on_the_wall(self) -> tuple[DraftGap, ...]:
        """The draft gaps that stand, the most pressing first, then in the order they came."""
        points = self.points()
        standing = (gap for gap in self.gaps.values() if gap.into is None)
        return tuple(sorted(standing, key=lambda gap: (-points.get(gap.name, 0), gap.seq)))

    def ranks(self, table: str) -> tuple[str, ...]:
        """A table's most pressing gaps among those that stand, the first one first."""
        standing = (self.stands_as(name) for name in self.ranked.get(table, ()))
        return tuple(dict.fromkeys(one for one in standing if one is not None))

    def points(self) -> dict[str, int]:
        """What the tables' ranks give each gap; a rank of a merged gap counts for the one it went into, once."""
        points: dict[str, int] = {}
        for table in self.ranked:
            for place, name in enumerate(self.ranks(table)):
                points[name] = points.get(name, 0) + max(RANKED - place, 0)
        return points

    def stands_as(self, name: str) -> str | None:
        """The gap on the wall that this one is, or went into; None if it was taken off."""
        gap = self.gaps.get(name)
        while gap is not None and gap.into is not None:
            gap = self.gaps.get(gap.into)
        return gap.name if gap is not None else None


def looked(debrief: Debrief, at: datetime, seq: int, entry: Looked) -> Debrief:
    """What the tables said, after one more entry."""
    match entry:
        case HotWashOpened(day=day):
            return replace(debrief, washing=day, washed=day, since=seq)
        case HotWashClosed():
            return replace(debrief, washing=None)
        case HotWashNoted(day=day, table=table, sense=sense, text=text):
            return replace(debrief, notes=debrief.notes.set(seq, WashNote(day, table, sense, text, at, seq)))
        case HotWashWithdrawn(note=note):
            return replace(debrief, notes=debrief.notes.delete(note)) if note in debrief.notes else debrief
        case GapDrafted(gap=name, day=day, text=text, table=table, note=note):
            gap = DraftGap(name, day, text, (table,) if table is not None else (), seq, note)
            return replace(debrief, gaps=debrief.gaps.set(name, gap), drafted=debrief.drafted + 1)
        case GapWithdrawn(gap=name):
            return replace(debrief, gaps=debrief.gaps.delete(name)) if name in debrief.gaps else debrief
        case GapsMerged():
            return replace(debrief, gaps=_merged(debrief.gaps, entry))
        case GapReworded(gap=name, text=text):
            if (reworded := debrief.gaps.get(name)) is None:
                return debrief
            return replace(debrief, gaps=debrief.gaps.set(name, replace(reworded, text=text)))
        case GapsRanked(table=table, gaps=gaps):
            return replace(debrief, ranked=debrief.ranked.set(table, gaps))
        case GapTested(gap=name, table=table):
            if (tested := debrief.gaps.get(name)) is None:
                return debrief
            return replace(
                debrief, gaps=debrief.gaps.set(name, replace(tested, tested=tested.tested.set(table, entry)))
            )
        case SummaryWritten(day=day, table=table, text=text):
            before = debrief.summaries.get((day, table), Summary())
            return _summed(debrief, day, table, replace(before, versions=(*before.versions, (seq, at, text))))
        case SummaryRemarked(day=day, table=table):
            before = debrief.summaries.get((day, table), Summary())
            return _summed(debrief, day, table, replace(before, remarks=(*before.remarks, (seq, entry))))
        case SummaryApproved(day=day, table=table, version=version):
            before = debrief.summaries.get((day, table), Summary())
            return _summed(debrief, day, table, replace(before, approved=version))
        case _ as unknown:
            assert_never(unknown)


def _merged(gaps: Map[str, DraftGap], entry: GapsMerged) -> Map[str, DraftGap]:
    """The gaps after some went into one; the tables that named them all named it."""
    into = gaps.get(entry.gap)
    if into is None:
        return gaps
    gone = [gaps[name] for name in entry.gaps if name in gaps and name != entry.gap]
    tables = dict.fromkeys([*into.tables, *(table for gap in gone for table in gap.tables)])
    tested = into.tested
    for gap in gone:
        tested = Map({**gap.tested, **tested})
        gaps = gaps.set(gap.name, replace(gap, into=entry.gap))
    merged = (*into.merged, *(gap.name for gap in gone))
    return gaps.set(entry.gap, replace(into, text=entry.text, tables=tuple(tables), merged=merged, tested=tested))


def _summed(debrief: Debrief, day: int, table: str, summary: Summary) -> Debrief:
    return replace(debrief, summaries=debrief.summaries.set((day, table), summary))
