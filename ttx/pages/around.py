"""What pages show that is no part of the record: who is connected and writing, drafts, what a connection check found.

Plain values about places and devices, so that several processes can lay together what each of them knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ttx.exercise.drafting import Draft
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
class Hand:
    """Somebody of a delegation: the number of the device, a name and a part if he gave them, and what he is writing."""

    id: str
    number: int
    name: str = ""
    part: str = ""
    here: bool = False
    writing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """What the tablets of one delegation share, and nobody else sees. Drafts are by question, `D1-06:q1`."""

    drafts: Mapping[str, tuple[Draft, ...]] = field(default_factory=dict)
    hands: tuple[Hand, ...] = ()

    def hand(self, person: str | None) -> Hand | None:
        """Whoever this id stands for."""
        return next((one for one in self.hands if one.id == person), None) if person is not None else None

    def writers(self, question: str) -> tuple[Hand, ...]:
        """Who is writing an answer to a question."""
        return tuple(one for one in self.hands if question in one.writing)


NOTHING_SHARED = Shared()


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
    """What a page shows that is no part of the record. `echoes` are those of the check that entry `check` began.

    `shared` is by delegation, `door` how many devices wait to be let in, by table.
    """

    recording: bool = True
    present: Mapping[Place, Presence] = field(default_factory=dict)
    check: int = 0
    echoes: tuple[Echo, ...] = ()
    shared: Mapping[str, Shared] = field(default_factory=dict)
    door: tuple[str | None, ...] = ()

    def within(self, delegation: str | None) -> Shared:
        """What the tablets of a delegation share."""
        return self.shared.get(delegation, NOTHING_SHARED) if delegation is not None else NOTHING_SHARED
