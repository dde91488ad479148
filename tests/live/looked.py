"""Looking back, for the tests of convergence: each kind of entry once, random requests, and what may stand where.

What a table notes, reasons, sums up and remarks carries the table's mark; what goes on the wall carries none.
"""

from collections.abc import Callable

from hypothesis import strategies as st

from tests.live.words import HEADS, LEAD, SEATS, TABLES
from ttx.exercise.rights import Seat
from ttx.live.room import Room
from ttx.scenario.roster import Role

Step = tuple[Seat, dict[str, object]]
Asking = dict[str, object] | Callable[[Room], dict[str, object]]
"""A request, or how it is made of what stands by then."""

RAPPORTEUR = next(one for one in SEATS if one.role is Role.RAPPORTEUR)
FACILITATORS = [one for one in SEATS if one.role is Role.TABLE_FACILITATOR]
SAYS = {table: [HEADS[name] for name in names] for table, names in TABLES.items()}
WRITES: dict[str, list[Seat]] = {"T1": [RAPPORTEUR, FACILITATORS[0]], "T2": [FACILITATORS[1]]}


def _at(who: Seat) -> str:
    return who.table or ""


def noted(who: Seat, sense: str) -> Step:
    """A note that is its table's own; one of a gap goes on the wall, so it carries no mark."""
    text = "said-on-the-wall" if sense == "gap" else f"noted-at-{_at(who)}"
    return who, {"do": "note_hot_wash", "sense": sense, "text": text}


def tested(who: Seat, gap: str, verdict: str) -> Step:
    return who, {"do": "test_gap", "gap": gap, "verdict": verdict, "text": f"reasoned-at-{_at(who)}"}


def summed(who: Seat, version: int) -> Step:
    return who, {"do": "summarise", "text": f"summed-at-{_at(who)} {version}"}


def remarked(who: Seat) -> Step:
    return who, {"do": "remark_summary", "text": f"remarked-at-{_at(who)}"}


KESTRIA, TAMARINDA = HEADS["Kestria"], HEADS["Tamarinda"]


def _withdraws(room: Room) -> dict[str, object]:
    """The table's strength, by the entry it was noted at."""
    notes = room.state.debrief.notes.values()
    return {
        "do": "withdraw_hot_wash",
        "note": next(one.seq for one in notes if (one.table, one.sense) == ("T1", "strength")),
    }


def _approves_now(table: str) -> Callable[[Room], dict[str, object]]:
    def asked(room: Room) -> dict[str, object]:
        version, *_ = room.state.debrief.summaries[1, table].versions[-1]
        return {"do": "approve_summary", "table": table, "day": 1, "version": version}

    return asked


EVERY_KIND: tuple[tuple[Seat, Asking], ...] = (
    (LEAD, {"do": "show", "view": "gaps"}),
    (LEAD, {"do": "open_hot_wash"}),
    noted(KESTRIA, "strength"),
    noted(KESTRIA, "gap"),
    noted(RAPPORTEUR, "surprise"),
    (KESTRIA, _withdraws),
    noted(TAMARINDA, "gap"),
    (TAMARINDA, {"do": "draft_gap", "text": "No radio"}),
    (KESTRIA, {"do": "rank_gaps", "gaps": ["G2", "G1", "G3"]}),
    (TAMARINDA, {"do": "rank_gaps", "gaps": ["G3"]}),
    tested(KESTRIA, "G1", "holds"),
    tested(TAMARINDA, "G1", "fails"),
    (LEAD, {"do": "reword_gap", "gap": "G1", "text": "Nobody knew whom to call"}),
    (TAMARINDA, {"do": "merge_gaps", "gaps": ["G1", "G2"], "text": "No list of contacts"}),
    (LEAD, {"do": "withdraw_gap", "gap": "G3"}),
    (LEAD, {"do": "close_hot_wash"}),
    noted(TAMARINDA, "strength"),
    (LEAD, {"do": "show", "view": "summary"}),
    summed(RAPPORTEUR, 1),
    remarked(KESTRIA),
    summed(FACILITATORS[0], 2),
    (LEAD, _approves_now("T1")),
    summed(RAPPORTEUR, 3),
    summed(FACILITATORS[1], 1),
    (LEAD, _approves_now("T2")),
)
"""Each kind of entry, one step at a time; the day is still open after it."""

gaps = st.sampled_from(["G1", "G2", "G3", "G4"])
tables = st.sampled_from(sorted(TABLES))
speakers = tables.flatmap(lambda table: st.sampled_from(SAYS[table]))
writers = tables.flatmap(lambda table: st.sampled_from(WRITES[table]))


def _approves(table: str, version: int) -> Step:
    return LEAD, {"do": "approve_summary", "table": table, "day": 1, "version": version}


looks: st.SearchStrategy[Step] = st.one_of(
    st.sampled_from([(LEAD, {"do": "open_hot_wash"}), (LEAD, {"do": "close_hot_wash"})]),
    st.builds(noted, speakers, st.sampled_from(["strength", "gap", "gap", "surprise"])),
    st.builds(lambda who, note: (who, {"do": "withdraw_hot_wash", "note": note}), speakers, st.integers(1, 60)),
    st.builds(lambda who, gap: (who, {"do": "withdraw_gap", "gap": gap}), st.just(LEAD), gaps),
    st.builds(
        lambda who, first, second: (who, {"do": "merge_gaps", "gaps": [first, second], "text": "As one"}),
        speakers,
        gaps,
        gaps,
    ),
    st.builds(
        lambda who, ranks: (who, {"do": "rank_gaps", "gaps": ranks}),
        speakers,
        st.lists(gaps, max_size=3, unique=True),
    ),
    st.builds(tested, speakers, gaps, st.sampled_from(["holds", "partly", "fails"])),
    st.builds(summed, writers, st.integers(1, 3)),
    st.builds(remarked, speakers),
    st.builds(_approves, tables, st.integers(1, 60)),
)
"""Anybody who may looks back; numbers of entries are guessed, so that some hit."""


def forbidden(room: Room, who: Seat, hall: bool) -> list[str]:
    """The marks of looking back that a page must never have held."""
    own = who.table if who.role in (Role.HEAD, Role.DELEGATE, Role.RAPPORTEUR, Role.TABLE_FACILITATOR) else None
    marks = []
    for table in TABLES:
        if table == own and not hall:
            continue
        marks += [f"noted-at-{table}", f"reasoned-at-{table}", f"remarked-at-{table}"]
        approved = any(one.approved for (_, whose), one in room.state.debrief.summaries.items() if whose == table)
        if not (hall and approved):
            marks.append(f"summed-at-{table}")
    return marks


def delegations_of(who: Seat) -> set[str | None]:
    """Whose answers those who sit with a table may read."""
    return {*TABLES.get(who.table or "", ())}
