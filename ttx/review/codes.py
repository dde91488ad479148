"""The code book: with which codes passages can be marked, and what each means.

The scenario gives objectives and capabilities, domain.md phases, root causes, strength and gap; analysts add their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ttx.review.entries import RootCause
from ttx.scenario.model import Phase, Scenario


class Family(StrEnum):
    """What a code is about; also how its id begins."""

    SENSE = "sense"
    OBJECTIVE = "objective"
    CAPABILITY = "capability"
    PHASE = "phase"
    ROOT_CAUSE = "cause"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `value` is what it stands for in its family: O1, sar, gap; of an own code its number, K-01."""

    id: str
    family: Family
    value: str
    label: str
    definition: str


MEANS: Mapping[RootCause, str] = {
    RootCause.LAW_MANDATE: "A law, treaty or mandate is missing, unclear or in the way.",
    RootCause.PLAN_PROCEDURE: "There is no plan or procedure, or it does not fit or is not known.",
    RootCause.ROLES_AUTHORITY: "Who leads, decides or is responsible is open or disputed.",
    RootCause.INFORMATION_SHARING: "What one body knows does not reach the one that needs it.",
    RootCause.COMMUNICATION_CHANNEL: "There is no way to reach each other, or a slow one.",
    RootCause.PEOPLE_TRAINING: "People, skills, languages or practice are missing.",
    RootCause.EQUIPMENT_RESOURCES: "Means are missing: boats, rooms, money, supplies.",
    RootCause.TRUST_POLITICAL: "Trust or political will is what is missing.",
    RootCause.DATA_IDENTITY: "Registers, identification or the protection of data fall short.",
}
"""When each root cause of a gap applies."""


def book(scenario: Scenario, own: Mapping[str, Code], labels: Mapping[str, str] | None = None) -> dict[str, Code]:
    """Every code by its id, in the order of the page; `labels` is what phases and root causes are called."""
    called = labels or {}
    made = [
        Code("sense:strength", Family.SENSE, "strength", "Strength", "Something works that should be kept or copied."),
        Code("sense:gap", Family.SENSE, "gap", "Gap", "Something falls short, whoever may close it."),
    ]
    made += [
        Code(f"objective:{name}", Family.OBJECTIVE, name, f"{name} {one.name}", "It bears on this objective.")
        for name, one in scenario.objectives.items()
    ]
    made += [
        Code(f"capability:{name}", Family.CAPABILITY, name, f"{name} {one.name}", "It shows or lacks this capability.")
        for name, one in scenario.capabilities.items()
    ]
    made += [
        Code(f"phase:{one}", Family.PHASE, one, called.get(one, one), "It is about this phase of a response.")
        for one in Phase
    ]
    made += [Code(f"cause:{one}", Family.ROOT_CAUSE, one, called.get(one, one), means) for one, means in MEANS.items()]
    return {one.id: one for one in (*made, *own.values())}
