"""What an ad-hoc inject may begin with: what earlier days left untold, the scenario's reserve, the case library."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog

from ttx.exercise import course
from ttx.exercise.rights import Action, Seat, reach
from ttx.exercise.sight import sees_unreleased
from ttx.live.room import Room
from ttx.scenario.cases import About, Case, NoCases, read_cases
from ttx.scenario.model import Inject

GROUPS: Mapping[About, str] = {
    "media": "Press and networks",
    "people": "People",
    "sea": "At sea",
    "land": "On land",
    "law": "Law",
    "team": "In your own house",
}

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Something to begin with: its label, and the fields it fills."""

    label: str
    fields: Mapping[str, object]


def offered(path: Path, room: Room, seat: Seat) -> tuple[tuple[str, tuple[Beginning, ...]], ...]:
    """What a seat that may write an inject is offered, by group; `path` is the library's file."""
    if reach(seat, Action.RUN) is None:
        return ()
    closed = set(room.state.closed) - {room.state.day}
    injects = room.edition(seat.language).graph.injects.values()
    reserve = tuple(_of_reserve(one) for one in injects if one.reserve and sees_unreleased(room.state, seat, one))
    left = tuple(_of_reserve(one) for day in sorted(closed) for one in course.left(room.graph, room.state, day))
    cases = _cases(path, path.stat().st_mtime_ns if path.exists() else 0)
    groups = [(name, tuple(_of_case(one) for one in cases if one.about == about)) for about, name in GROUPS.items()]
    return tuple(
        (name, ones) for name, ones in (("Left on an earlier day", left), ("In reserve", reserve), *groups) if ones
    )


@lru_cache(maxsize=4)
def _cases(path: Path, changed: int) -> tuple[Case, ...]:
    """The library as it was written then. A fault in it is the operator's to see, and no reason to run no exercise."""
    try:
        return read_cases(path)
    except NoCases as fault:
        logger.warning("cases", fault=str(fault))
        return ()


def _of_case(case: Case) -> Beginning:
    return Beginning(
        case.title, case.model_dump(mode="json", include={"title", "text", "sender", "channel", "questions"})
    )


def _of_reserve(inject: Inject) -> Beginning:
    fields = inject.model_dump(mode="json", include={"title", "text", "sender", "channel", "to"})
    return Beginning(f"{inject.id} {inject.title}", {**fields, "questions": [one.ask for one in inject.questions]})
