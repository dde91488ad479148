"""Whether an audience's page has a region, asked for one region at a time."""

from collections.abc import Callable

from ttx.exercise import polls
from ttx.exercise.sight import told
from ttx.exercise.state import State
from ttx.pages import looking, lookup, room
from ttx.pages.regions import Audience, Page, regions
from ttx.scenario.graph import Graph

ON_TABLETS = frozenset(
    {"bar", "timer", "notice", "stop", "comms-test", "nudge", "thread", "hands", "draft", "waiting", "earlier",
     "development", "question", "vote", "choice"} | (looking.KINDS - {"look-head"}) | lookup.KINDS
)  # fmt: skip
"""The kinds of region that a tablet's page may have."""


def holding(graph: Graph, state: State) -> Callable[[Audience, str], bool]:
    """Whether an audience's page has a region in this state. A tablet's is asked for that one alone, since its list
    grows with the day and a release asks for ninety of them; another's list is made once."""
    lists: dict[Audience, frozenset[str]] = {}

    def holds(audience: Audience, region: str) -> bool:
        if audience.page is Page.TABLET:
            return _on_tablet(graph, state, audience, region)
        if audience not in lists:
            lists[audience] = frozenset(regions(graph, state, audience))
        return region in lists[audience]

    return holds


def _on_tablet(graph: Graph, state: State, audience: Audience, region: str) -> bool:
    seat = audience.seat
    match region.split(":"):
        case ["bar" | "timer" | "notice" | "waiting"]:
            return True
        case ["earlier", place]:
            return place in ("developments", "questions")
        case ["hands"]:
            return audience.inside
        case ["stop" | "comms-test"]:
            return True
        case ["nudge" | "thread", table]:
            return table == seat.table and region in room.of_tablet(state, seat)
        case ["development" | "question" | "draft" as one, name, *question]:
            inject = told(graph, state, seat, name)
            if inject is None or (one == "draft" and not audience.inside):
                return False
            return one == "development" or any(asked.id == question[0] for asked in inject.questions)
        case ["vote", name]:
            return name in state.ballots and told(graph, state, seat, name) is not None
        case ["choice", name]:
            inject = told(graph, state, seat, name)
            return inject is not None and polls.chooses(graph, state, seat, inject)
        case [one, *_] if one in lookup.KINDS:
            return region in lookup.of_tablet(graph)
        case [one, *_] if one in looking.KINDS:
            return region in looking.of_a_table(state, seat)
        case _:
            return False
