"""What another process knows of who is in a room, and how it is written down for it to tell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ttx.pages.around import Device, Echo, Place
from ttx.scenario.roster import Role

Writes = tuple[str, Device]
"""A question, and the device on which somebody writes an answer to it."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Devices and who writes on them, by place; since when places are empty; what came back to check `check`."""

    devices: Mapping[Place, frozenset[Device]] = field(default_factory=dict)
    writing: Mapping[Place, frozenset[Writes]] = field(default_factory=dict)
    away: Mapping[Place, datetime] = field(default_factory=dict)
    check: int = 0
    echoes: Mapping[Device, Echo] = field(default_factory=dict)

    def text(self) -> str:
        """The same as text; equal ones give the same."""
        told = {
            "devices": [[*place, *device] for place, found in self.devices.items() for device in sorted(found)],
            "writing": [[*place, what, *on] for place, found in self.writing.items() for what, on in sorted(found)],
            "away": [[*place, moment.isoformat()] for place, moment in self.away.items()],
            "check": self.check,
            "echoes": [[*d, *one.place, one.role, one.ms, one.late, one.there] for d, one in self.echoes.items()],
        }
        return json.dumps(told, separators=(",", ":"))

    def places(self) -> set[Place]:
        """Where it knows anything of."""
        return {*self.devices, *self.writing, *self.away}

    def at(self, place: Place) -> tuple[Any, ...]:
        """What it knows of a place."""
        return self.devices.get(place), self.writing.get(place), self.away.get(place)


NOTHING = Elsewhere()


def read(text: str) -> Elsewhere:
    """What `text` wrote; nothing of what a process of another version wrote that is not understood."""
    try:
        told = json.loads(text)
        devices: dict[Place, frozenset[Device]] = {}
        writing: dict[Place, frozenset[Writes]] = {}
        for delegation, table, session, seat in told["devices"]:
            place = (delegation, table)
            devices[place] = devices.get(place, frozenset()) | {(session, seat)}
        for delegation, table, question, session, seat in told["writing"]:
            place = (delegation, table)
            writing[place] = writing.get(place, frozenset()) | {(question, (session, seat))}
        away = {(delegation, table): datetime.fromisoformat(moment) for delegation, table, moment in told["away"]}
        echoes = {
            (session, seat): Echo((delegation, table), Role(role), ms, late, there)
            for session, seat, delegation, table, role, ms, late, there in told["echoes"]
        }
        return Elsewhere(devices, writing, away, int(told["check"]), echoes)
    except (ValueError, KeyError, TypeError):
        return NOTHING
