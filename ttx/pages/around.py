"""What pages show that is no part of the record: who is connected and writing, what a connection check found.

Plain values about places and devices, so that several processes can lay together what each of them knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ttx.scenario.roster import Role

Place = tuple[str | None, str | None]
"""A delegation, if it is one's, at a table, if it is at one."""

Device = tuple[str, str]
"""A session or token, and the seat it acts from: two tabs of one tablet are one device."""


@dataclass(frozen=True, slots=True)
class Presence:
    """How many devices are connected at a place, since when none is, and at which questions somebody is writing."""

    connected: int = 0
    away_since: datetime | None = None
    writing: tuple[str, ...] = ()


ABSENT = Presence()


@dataclass(frozen=True, slots=True)
class Echo:
    """What came back from a device that was sent a test message: after how many milliseconds, if anything did.

    `late` came back from one that was not connected when the message was sent, `there` is connected now.
    """

    place: Place
    role: Role
    ms: int | None = None
    late: bool = False
    there: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """What a page shows that is no part of the record. `echoes` are those of the check that entry `check` began."""

    recording: bool = True
    present: Mapping[Place, Presence] = field(default_factory=dict)
    check: int = 0
    echoes: tuple[Echo, ...] = ()
