"""What roles and seats are called on a page."""

from collections.abc import Mapping

from ttx.exercise.rights import Seat
from ttx.exercise.state import State
from ttx.scenario.roster import Role
from ttx.scenario.worded import worded

ROLES: Mapping[Role, str] = {
    Role.ADMIN: worded("Administrator"),
    Role.DIRECTOR: worded("Exercise director"),
    Role.LEAD_FACILITATOR: worded("Lead facilitator"),
    Role.TABLE_FACILITATOR: worded("Table facilitator"),
    Role.AUTHOR: worded("Author"),
    Role.HEAD: worded("Head of delegation"),
    Role.DELEGATE: worded("Delegate"),
    Role.EVALUATOR: worded("Evaluator"),
    Role.RAPPORTEUR: worded("Rapporteur"),
    Role.ANALYST: worded("Analyst"),
    Role.PROJECTOR: worded("Plenary screen"),
}


def role_label(role: Role) -> str:
    """A role's name for people."""
    return ROLES[role]


DEVICES = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac or iPad"),
    ("Linux", "Linux"),
)
"""What a browser says of itself, and what people call that."""


def device_label(agent: str) -> str:
    """What kind of device a browser says it is on; empty when it does not."""
    return next((label for word, label in DEVICES if word in agent), "")


def seat_label(seat: Seat, state: State) -> str:
    """A seat's name on its own page: the delegation's, or else the role's."""
    one = state.delegations.get(seat.delegation) if seat.delegation is not None else None
    return one.name if one is not None else role_label(seat.role)
