"""Releases that wait for their time: the entries, and what is planned. Stands still while the exercise does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Literal

from immutables import Map
from pydantic import AwareDatetime, Field

from ttx.exercise.facts import Fact

Why = Literal["late", "not reachable"]


class ReleaseScheduled(Fact):
    """An inject is to be released at a time, so many seconds from this entry, or when the timer is up.

    `with_timer` follows the timer if that is changed. `tables` as in InjectReleased.
    """

    inject: str
    time: AwareDatetime | None = None
    seconds: Annotated[int, Field(ge=1, le=86_400)] | None = None
    tables: tuple[str, ...] = ()
    with_timer: bool = False


class ScheduleCancelled(Fact):
    """An inject is no longer to be released by itself."""

    inject: str


class ReleaseLapsed(Fact):
    """The time of a release came, and it was not made: nobody was there to make it, or the story had not got there.

    `scheduled` is the entry that planned it.
    """

    inject: str
    scheduled: int
    why: Why = "late"


@dataclass(frozen=True, slots=True)
class Planned:
    """A release that waits. While the exercise runs `due` is set, while it stands still `left` is.

    One `with_timer` has neither while no timer is set.
    `lapsed` says why it was not made when its time came; it then waits for somebody to decide.
    """

    scheduled: int
    due: datetime | None
    left: timedelta | None = None
    tables: tuple[str, ...] = ()
    lapsed: Why | None = None
    with_timer: bool = False


Schedule = Map[str, Planned]
"""What is planned, by inject."""


def planned(seq: int, at: datetime, entry: ReleaseScheduled, running: bool) -> Planned:
    """What an entry plans; the exercise may be standing still when it is made."""
    due = entry.time if entry.time is not None else at + timedelta(seconds=entry.seconds or 0)
    return Planned(seq, due, None, entry.tables) if running else Planned(seq, None, due - at, entry.tables)


def with_the_timer(schedule: Schedule, due: datetime | None, left: timedelta | None) -> Schedule:
    """What goes out with the timer follows it: to its new end, to what is left of it, or to no time at all."""
    return _each(schedule, lambda one: replace(one, due=due, left=left) if one.with_timer else one)


def stilled(schedule: Schedule, at: datetime) -> Schedule:
    """Everything stands still from here on."""
    return _each(schedule, lambda one: replace(one, due=None, left=one.due - at) if one.due is not None else one)


def going(schedule: Schedule, at: datetime) -> Schedule:
    """Everything goes on."""
    return _each(schedule, lambda one: replace(one, due=at + one.left, left=None) if one.left is not None else one)


def _each(schedule: Schedule, change: Callable[[Planned], Planned]) -> Schedule:
    return Map({inject: change(one) if one.lapsed is None else one for inject, one in schedule.items()})
