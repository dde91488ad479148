"""Who may do what: in an exercise and in a scenario under way, for pages, forms, the API and every socket message.

A rule says how far a role's right to an action reaches. What is absent is forbidden. A seat has no right in a
scenario under way and an author none in an exercise, whatever they are called.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ttx.scenario.roster import Role
from ttx.scenario.worded import worded


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's or one tablet's access to one exercise. `submits`: may submit without being let to.

    `person` tells those apart who share a seat: the id of whoever holds the device, never a name.
    """

    id: str
    exercise: str
    role: Role
    delegation: str | None = None
    table: str | None = None
    language: str = "en"
    submits: bool = False
    person: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Author:
    """One person's access to one scenario under way: a role, and the working group he writes for, if any."""

    id: str
    draft: str
    role: Role
    group: str | None = None
    name: str = ""


class Action(StrEnum):
    """What can be done; the value is how a refusal names it."""

    FOLLOW = "follow the exercise as one of its audience"
    SEE_UNRELEASED = "see what has not been released"
    RUN = "run the exercise"
    RELEASE = "release a development"
    STOP = "stop everything for a real emergency"
    PUSH = "choose what the hall sees"
    MOVE_SEAT = "move a seat to another table"
    ANNOUNCE = "announce something to everybody"
    SEATS = "see the seats and their codes"
    ADMIT = "let devices in"
    DEMAND = "demand two factors of staff"
    DRAFT = "write a delegation's drafts"
    SUBMIT = "submit an answer of record"
    DELEGATE = "let others submit for the delegation"
    VOTE = "vote"
    DEBRIEF = "look back on the day for a table"
    SUMMARISE = "write a table's summary"
    TELL = "write to a table"
    CALL = "write to control"
    READ_TALK = "read a table's messages"
    READ_ANSWERS = "read what delegations answered"
    OBSERVE = "record observations and ratings"
    READ_OBSERVATIONS = "read observations and ratings"
    READ_LOG = "read the log"
    WATCH = "see a delegation's page as it sees it"
    REPLAY = "play the record back"
    REHEARSE = "rehearse the exercise"
    REPORT_FULL = "export the full report"
    APPROVE_FULL = "approve that somebody else exports the full report"
    REPORT_OWN = "export the own delegation's report"
    OBJECT = "object to a quotation of the own delegation's words"
    REPORT_ANALYST = "export the report with pseudonyms"
    READ_REVIEW = "read the evidence, the gaps and the improvement plan"
    REVIEW = "record gaps and what is done about them"
    FEEDBACK = "give feedback as a participant"
    OPEN_FEEDBACK = "open and close the participants' feedback"
    BE_NAMED = "stand in the list of participants"
    CODE = "mark passages of the evidence with codes"
    OPEN_CODES = "open codes before both coders have finished"
    READ_SCENARIO = "read the scenario"
    EDIT_SCENARIO = "edit the scenario"
    EDIT_ROSTER = "change who takes part"
    COMMENT = "comment on the scenario"
    APPROVE_SCENARIO = "approve, freeze or reopen a day"
    VERSIONS = "keep and restore versions of the scenario"
    AUTHORS = "see the authors and their codes"
    START_EXERCISE = "start an exercise from the scenario"
    REMOVE_SCENARIO = "remove the scenario for good"


class Reach(StrEnum):
    """How far a right reaches."""

    ALL = "all"
    TABLE = "own table"
    DELEGATION = "own delegation"
    GROUP = "days of the own working group"


_A, _T, _D, _G = Reach.ALL, Reach.TABLE, Reach.DELEGATION, Reach.GROUP
_DIR, _LEAD, _TABLE_FAC = Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.TABLE_FACILITATOR
_HEAD, _DEL, _EVAL, _ANA, _PRO = Role.HEAD, Role.DELEGATE, Role.EVALUATOR, Role.ANALYST, Role.PROJECTOR
_RAP = Role.RAPPORTEUR
_AUTHOR = Role.AUTHOR

RULES: Mapping[Action, Mapping[Role, Reach]] = {
    Action.FOLLOW: {
        _DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _HEAD: _D, _DEL: _D, _EVAL: _A, _RAP: _T, _PRO: _A,
        _ANA: _A,
    },
    Action.SEE_UNRELEASED: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.RUN: {_DIR: _A, _LEAD: _A},
    Action.RELEASE: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.STOP: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _A},
    Action.PUSH: {_DIR: _A, _LEAD: _A},
    Action.MOVE_SEAT: {_DIR: _A, _LEAD: _A},
    Action.ANNOUNCE: {_DIR: _A, _LEAD: _A},
    Action.SEATS: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _HEAD: _D},
    Action.ADMIT: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.DEMAND: {_DIR: _A},
    Action.DRAFT: {_HEAD: _D, _DEL: _D},
    Action.SUBMIT: {_HEAD: _D, _DEL: _D},
    Action.DELEGATE: {_HEAD: _D},
    Action.VOTE: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _RAP: _T, _HEAD: _D, _DEL: _D},
    Action.DEBRIEF: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _RAP: _T, _HEAD: _T, _DEL: _T},
    Action.SUMMARISE: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _RAP: _T},
    Action.TELL: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.CALL: {_TABLE_FAC: _T, _RAP: _T, _EVAL: _T, _HEAD: _T, _DEL: _T},
    Action.READ_TALK: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _RAP: _T, _EVAL: _T, _HEAD: _T, _DEL: _T},
    Action.READ_ANSWERS: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _HEAD: _D, _DEL: _D, _EVAL: _T, _RAP: _T},
    Action.OBSERVE: {_EVAL: _A},
    Action.READ_OBSERVATIONS: {_DIR: _A, _LEAD: _A},
    Action.READ_LOG: {_DIR: _A, _LEAD: _A},
    Action.WATCH: {_DIR: _A, _LEAD: _A, _TABLE_FAC: _T},
    Action.REHEARSE: {_DIR: _A, _LEAD: _A},
    Action.REPLAY: {_DIR: _A, _LEAD: _A},
    Action.REPORT_FULL: {_DIR: _A, _LEAD: _A},
    Action.APPROVE_FULL: {_DIR: _A, _LEAD: _A},
    Action.REPORT_OWN: {_HEAD: _D, _DEL: _D},
    Action.OBJECT: {_HEAD: _D},
    Action.REPORT_ANALYST: {_DIR: _A, _LEAD: _A, _ANA: _A},
    Action.READ_REVIEW: {_DIR: _A, _LEAD: _A, _ANA: _A},
    Action.REVIEW: {_DIR: _A, _LEAD: _A, _ANA: _A},
    Action.FEEDBACK: {_HEAD: _D, _DEL: _D, _EVAL: _A, _RAP: _T},
    Action.OPEN_FEEDBACK: {_DIR: _A, _LEAD: _A},
    Action.BE_NAMED: {
        _DIR: _A, _LEAD: _A, _TABLE_FAC: _T, _HEAD: _D, _DEL: _D, _EVAL: _A, _RAP: _T, _ANA: _A,
    },
    Action.CODE: {_DIR: _A, _LEAD: _A, _ANA: _A},
    Action.OPEN_CODES: {_DIR: _A},
}  # fmt: skip
"""What seats may do in their exercise."""

AUTHORING: Mapping[Action, Mapping[Role, Reach]] = {
    Action.READ_SCENARIO: {_DIR: _A, _LEAD: _A, _AUTHOR: _A},
    Action.EDIT_SCENARIO: {_DIR: _A, _LEAD: _A, _AUTHOR: _G},
    Action.EDIT_ROSTER: {_DIR: _A},
    Action.COMMENT: {_DIR: _A, _LEAD: _A, _AUTHOR: _A},
    Action.APPROVE_SCENARIO: {_DIR: _A},
    Action.VERSIONS: {_DIR: _A, _LEAD: _A},
    Action.AUTHORS: {_DIR: _A, _LEAD: _A},
    Action.START_EXERCISE: {_DIR: _A, _LEAD: _A},
    Action.REMOVE_SCENARIO: {_DIR: _A},
}
"""What authors may do in their scenario."""


class Forbidden(Exception):
    """A seat or an author asked for something its role has no right to. Its text is a sentence for that person."""

    def __init__(self, role: Role, action: Action, sentence: str = "") -> None:
        self.role, self.action = role, action
        super().__init__(
            sentence
            or worded(
                "A seat of role {role} may not {what}. Ask the lead facilitator if you need to.", role=role, what=action
            )
        )


def reach(who: Seat | Author, action: Action) -> Reach | None:
    """How far this seat's or author's right to the action reaches; None if there is none."""
    rules = RULES if isinstance(who, Seat) else AUTHORING
    return rules.get(action, {}).get(who.role)


def require(who: Seat | Author, action: Action) -> Reach:
    """How far the right reaches; raises Forbidden if there is none."""
    far = reach(who, action)
    if far is None and isinstance(who, Author):
        raise Forbidden(
            who.role, action, f"In this scenario your role is {who.role}, which may not {action}. Ask its director."
        )
    if far is None:
        raise Forbidden(who.role, action)
    return far


def covers_group(author: Author, action: Action, lead: str | None) -> bool:
    """Whether an author's right covers a day that this working group leads; None is what belongs to no day."""
    match reach(author, action):
        case Reach.ALL:
            return True
        case Reach.GROUP:
            return author.group is not None and author.group == lead
        case _:
            return False


def covers(seat: Seat, action: Action, delegation: str | None, table: str | None) -> bool:
    """Whether the right covers what belongs to this delegation at this table."""
    match reach(seat, action):
        case None | Reach.GROUP:
            return False
        case Reach.ALL:
            return True
        case Reach.TABLE:
            return seat.table is not None and seat.table == table
        case Reach.DELEGATION:
            return seat.delegation is not None and seat.delegation == delegation
