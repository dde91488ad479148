"""The time an agenda gives: when a day begins and ends, and what lies between two of its developments. Pure."""

from collections.abc import Mapping

from ttx.scenario.model import Day, Session
from ttx.scenario.timetable import moment


def begins(session: Session) -> int:
    """Minutes since midnight."""
    return moment(session.start, 0)


def ends(session: Session) -> int:
    """Minutes since midnight."""
    return begins(session) + session.minutes


def span(day: Day) -> tuple[int, int]:
    """When a day begins and ends, in minutes since midnight."""
    return min(map(begins, day.sessions)), max(map(ends, day.sessions))


def pause(day: Day, after: str | None, before: str | None) -> int:
    """Minutes of breaks, talks and blocks without developments between two sessions.

    `after` left out is the day's beginning, `before` left out its end. Such a block takes its time however late it is:
    people want their coffee.
    """
    order = sorted(day.sessions, key=begins)
    places = {session.id: number for number, session in enumerate(order)}
    first = places[after] + 1 if after is not None else 0
    last = places[before] if before is not None else len(order)
    busy = {inject.session for inject in day.injects}
    return sum(one.minutes for one in order[first:last] if one.id not in busy or one.kind == "break")


def sessions(day: Day) -> Mapping[str, Session]:
    """A day's sessions by id."""
    return {session.id: session for session in day.sessions}


def clock(minutes: float) -> str:
    """A time of day, rounded to the minute."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours % 24:02}:{rest:02}"
