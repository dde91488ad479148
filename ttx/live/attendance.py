"""Who is in the room: devices with open sockets, who is writing, who heard a test message; here and in other processes.

In memory and never in the log; it may be lost without harm. Moments come from the server's clock alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from ttx.exercise.records import Begun
from ttx.live.elsewhere import NOTHING, Elsewhere, Writes
from ttx.live.fanout import Member
from ttx.pages.around import Device, Echo, Place, Presence
from ttx.pages.regions import Page

WRITES_FOR = timedelta(seconds=8)
"""How long somebody is writing after his tablet last said so. It says so every 3 seconds while he does."""

TESTED = (Page.TABLET, Page.EVALUATOR, Page.RAPPORTEUR, Page.PLENARY)
"""The pages that a connection check sends a test message to."""


class Attendance:
    """The devices of one exercise."""

    def __init__(self) -> None:
        self.present: Mapping[Place, Presence] = {}
        self.check = 0
        self._checked_at: datetime | None = None
        self._devices: dict[Place, Counter[Device]] = {}
        self._away: dict[Place, datetime] = {}
        self._writing: dict[Place, dict[tuple[str, Device], datetime]] = {}
        self._echoes: dict[Device, Echo] = {}
        self._elsewhere: dict[str, Elsewhere] = {}

    def connected(self, seat: str) -> int:
        """How many devices are connected from a seat."""
        return sum(1 for place in self._places() for device in self._at(place) if device[1] == seat)

    def is_here(self, device: Device) -> bool:
        """Whether a device is connected."""
        return any(device in self._at(place) for place in self._places())

    def comes(self, member: Member) -> None:
        """A device opened a socket."""
        place, device = member.place, member.device
        self._devices.setdefault(place, Counter())[device] += 1
        self._away.pop(place, None)
        if device in self._echoes:
            self._echoes[device] = replace(self._echoes[device], there=True)
        self._tell(place)

    def goes(self, member: Member, now: datetime) -> None:
        """A socket of a device closed."""
        place, device = member.place, member.device
        here = self._devices.get(place, Counter[Device]())
        here[device] -= 1
        if here[device] <= 0:
            del here[device]
            known = self._writing.get(place, {})
            self._writing[place] = {key: until for key, until in known.items() if key[1] != device}
            if device in self._echoes:
                self._echoes[device] = replace(self._echoes[device], there=False)
        if not here:
            self._devices.pop(place, None)
            self._writing.pop(place, None)
            self._away[place] = now
        self._tell(place)

    def writes(self, member: Member, question: str, now: datetime) -> bool:
        """Somebody is writing; says whether that was not known."""
        place, key = member.place, (question, member.device)
        known = self._writing.setdefault(place, {})
        fresh = key not in known
        known[key] = now + WRITES_FOR
        if fresh:
            self._tell(place)
        return fresh

    def rests(self, now: datetime) -> frozenset[Place]:
        """Forget who has stopped writing; the places where somebody has."""
        rested = set[Place]()
        for place, known in list(self._writing.items()):
            left = {key: until for key, until in known.items() if until > now}
            if len(left) < len(known):
                rested.add(place)
                self._writing[place] = left
            if not left:
                del self._writing[place]
        for place in rested:
            self._tell(place)
        return frozenset(rested)

    def hands(self, delegation: str) -> dict[Device, tuple[str, ...]]:
        """The devices of a delegation that are connected, and at which questions somebody writes on each."""
        places = [place for place in self._places() if place[0] == delegation]
        writing = [key for place in places for key in self._written(place)]
        return {
            device: tuple(sorted(question for question, who in writing if who == device))
            for place in places
            for device in self._at(place)
        }

    @property
    def anybody_writes(self) -> bool:
        """Whether somebody does, as far as is known."""
        return any(self._writing.values())

    # The connection check

    def asks(self, check: Begun, members: Iterable[Member]) -> None:
        """A test message goes to these, as far as their pages take one."""
        self.check, self._checked_at = check.seq, check.at
        asked = (one for one in members if _tested(one))
        self._echoes = {one.device: Echo(one.place, one.audience.seat.role) for one in asked}

    def hears(self, member: Member, check: int, now: datetime) -> bool:
        """A device got a test message; says whether it is the last one, and the first time that it says so."""
        if not _tested(member) or check != self.check or self._checked_at is None:
            return False
        known = self._echoes.get(member.device)
        if known is not None and known.ms is not None:
            return False
        ms = max(0, round((now - self._checked_at) / timedelta(milliseconds=1)))
        self._echoes[member.device] = Echo(member.place, member.audience.seat.role, ms, late=known is None)
        return True

    @property
    def echoes(self) -> tuple[Echo, ...]:
        """What came back so far."""
        known = dict(self._echoes)
        for other in self._elsewhere.values():
            for device, echo in other.echoes.items() if other.check == self.check else ():
                if device not in known or known[device].ms is None:
                    known[device] = echo
        return tuple(known.values())

    # Other processes

    def told(self) -> Elsewhere:
        """What this process knows, for the others."""
        return Elsewhere(
            {place: frozenset(devices) for place, devices in self._devices.items()},
            {place: frozenset(known) for place, known in self._writing.items() if known},
            dict(self._away),
            self.check,
            dict(self._echoes),
        )

    def processes(self) -> frozenset[str]:
        """The other processes of which anything is known."""
        return frozenset(self._elsewhere)

    def hears_from(self, process: str, told: Elsewhere) -> frozenset[Place] | None:
        """What another process knows now; the places of which that is new, None if it is nothing new."""
        before = self._elsewhere.pop(process, NOTHING)
        if told != NOTHING:
            self._elsewhere[process] = told
        if told == before:
            return None
        changed = {one for one in before.places() | told.places() if before.at(one) != told.at(one)}
        for place in changed:
            self._tell(place)
        return frozenset(changed)

    def _places(self) -> set[Place]:
        return {*self._devices, *(place for other in self._elsewhere.values() for place in other.devices)}

    def _at(self, place: Place) -> set[Device]:
        """The devices at a place, in all processes."""
        others = (other.devices.get(place, frozenset()) for other in self._elsewhere.values())
        return {*self._devices.get(place, ()), *(device for found in others for device in found)}

    def _written(self, place: Place) -> set[Writes]:
        others = (other.writing.get(place, frozenset()) for other in self._elsewhere.values())
        return {*self._writing.get(place, ()), *(key for found in others for key in found)}

    def _tell(self, place: Place) -> None:
        writing = {question for question, _ in self._written(place)}
        left = [self._away.get(place), *(other.away.get(place) for other in self._elsewhere.values())]
        here = len(self._at(place))
        away = max((moment for moment in left if moment is not None), default=None) if here == 0 else None
        told = Presence(here, away, tuple(sorted(writing)))
        self.present = {**self.present, place: told}


def _tested(member: Member) -> bool:
    return not member.watching and member.audience.page in TESTED
