"""What a delegation looks up: the agenda of each day, and the map as the story it was told has drawn it.

Which session is on is told from what was announced to the room and from what reached this seat, and from nothing else.
"""

from dataclasses import dataclass
from typing import Literal

from ttx.exercise import course
from ttx.exercise.atlas import Atlas, draw
from ttx.exercise.rights import Seat
from ttx.exercise.sight import told, told_to
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject, Session

Stands = Literal["to come", "on", "over"]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A day's agenda; how the day stands, and how each of its sessions."""

    day: Day
    stands: Stands
    sessions: tuple[tuple[Session, Stands], ...]


def agenda(graph: Graph, state: State, seat: Seat, day: Day) -> AgendaView:
    """A day's agenda as a seat may know it."""
    if day.day != state.day:
        stands: Stands = "over" if day.day in state.opened else "to come"
        return AgendaView(day, stands, tuple((one, stands) for one in day.sessions))
    names = [one.id for one in day.sessions]
    now = session_now(graph, state, seat)
    reached = names.index(now) if now in names else -1
    return AgendaView(
        day,
        "on",
        tuple(
            (one, "on" if place == reached else "over" if place < reached else "to come")
            for place, one in enumerate(day.sessions)
        ),
    )


def session_now(graph: Graph, state: State, seat: Seat) -> str | None:
    """The session that was begun for the room, or the one of the latest development, if that came later."""
    since, now = (state.session.seq, state.session.what) if state.session is not None else (0, None)
    today = (name for name in state.out if course.day_of(graph, state, name) == state.day)
    later = [(seq, name) for name in today if (seq := state.progress[name].seq) > since]
    found = (told(graph, state, seat, name) for _, name in sorted(later, reverse=True))
    return next((inject.session for inject in found if inject is not None), now)


def charted(graph: Graph, state: State, seat: Seat) -> tuple[Inject, ...]:
    """The developments that draw the map a seat sees."""
    return tuple(one for one in told_to(graph, state, seat) if one.map and state.released(one.id))


def chart(graph: Graph, state: State, seat: Seat) -> Atlas:
    """The map after what a seat was told, as the story goes: what comes late moves nothing back."""
    return draw(graph.scenario.map, course.in_story(graph, state, charted(graph, state, seat)))
