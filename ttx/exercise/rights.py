"""Who may do what: one table, for pages, forms, the API and every socket message.

A rule says how far a role's right to an action reaches. What is absent is forbidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ttx.scenario.roster import Role


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's or one tablet's access to one exercise. `submits`: may submit without being let to."""

    id: str
    exercise: str
    role: Role
    delegation: str | None = None
    table: str | None = None
    language: str = "en"
    submits: bool = False


class Action(StrEnum):
    """What can be done; the value is how a refusal names it."""

    FOLLOW = "follow the exercise as one of its audience"
    SEE_UNRELEASED = "see what has not been released"
    RUN = "run the exercise"
    ANNOUNCE = "announce something to everybody"
    SEATS = "see the seats and their codes"
    SUBMIT = "submit an answer of record"
    DELEGATE = "let others submit for the delegation"
    READ_ANSWERS = "read what delegations answered"
    OBSERVE = "record observations and ratings"
    READ_OBSERVATIONS = "read observations and ratings"
    READ_LOG = "read the log"
    REPORT_FULL = "export the full report"
    REPORT_OWN = "export the own delegation's report"
    REPORT_ANALYST = "export the report with pseudonyms"


class Reach(StrEnum):
    """How far a right reaches."""

    ALL = "all"
    TABLE = "own table"
    DELEGATION = "own delegation"


_A, _T, _D = Reach.ALL, Reach.TABLE, Reach.DELEGATION
_DIR, _LEAD, _TABLE_FAC = Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.TABLE_FACILITATOR
_HEAD, _DEL, _EVAL, _ANA, _PRO = Role.HEAD, Role.DELEGATE, Role.EVALUATOR, Role.ANALYST, Role.PROJECTOR

RULES: Mapping[Action, Mapping[Role, Reach]] = {
    Action.FOLLOW: {
        _DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _HEAD: _D, _DEL: _D, _EVAL: _A, _PRO: _A, _ANA: _A,
    },
    Action.SEE_UNRELEASED: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.RUN: {_DIR: _A, _LEAD: _A},
    Action.ANNOUNCE: {_DIR: _A, _LEAD: _A},
    Action.SEATS: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.SUBMIT: {_HEAD: _D, _DEL: _D},
    Action.DELEGATE: {_HEAD: _D},
    Action.READ_ANSWERS: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _HEAD: _D, _DEL: _D, _EVAL: _T},
    Action.OBSERVE: {_EVAL: _A},
    Action.READ_OBSERVATIONS: {_DIR: _A, _LEAD: _A},
    Action.READ_LOG: {_DIR: _A, _LEAD: _A},
    Action.REPORT_FULL: {_DIR: _A, _LEAD: _A},
    Action.REPORT_OWN: {_HEAD: _D, _DEL: _D},
    Action.REPORT_ANALYST: {_DIR: _A, _LEAD: _A, _ANA: _A},
}  # fmt: skip


class Forbidden(Exception):
    """A seat asked for something its role has no right to. Its text is a sentence for that person."""

    def __init__(self, role: Role, action: Action) -> None:
        self.role, self.action = role, action
        super().__init__(f"A seat of role {role} may not {action}. Ask the lead facilitator if you need to.")


def reach(seat: Seat, action: Action) -> Reach | None:
    """How far this seat's right to the action reaches; None if it has none."""
    return RULES[action].get(seat.role)


def require(seat: Seat, action: Action) -> Reach:
    """How far the right reaches; raises Forbidden if there is none."""
    far = reach(seat, action)
    if far is None:
        raise Forbidden(seat.role, action)
    return far


def covers(seat: Seat, action: Action, delegation: str | None, table: str | None) -> bool:
    """Whether the right covers what belongs to this delegation at this table."""
    match reach(seat, action):
        case None:
            return False
        case Reach.ALL:
            return True
        case Reach.TABLE:
            return seat.table is not None and seat.table == table
        case Reach.DELEGATION:
            return seat.delegation is not None and seat.delegation == delegation
