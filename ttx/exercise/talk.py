"""Messages between control and the tables, nudges and calls for help: the entries, and what they fold into."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from immutables import Map

from ttx.exercise.facts import Fact, Words

Sense = Literal["message", "nudge", "help"]


class MessageSent(Fact):
    """Control wrote to a table, or somebody at a table to control.

    A nudge goes to a table that is awaited, a call for help comes from one; a nudge without a text is told to each
    reader in his language. `delegation` is the writer's, where he has one; `to_table` says which way the message went.
    """

    table: str
    text: Words | Literal[""] = ""
    to_table: bool
    sense: Sense = "message"
    delegation: str | None = None


class HelpSettled(Fact):
    """Somebody has seen to the call for help of entry `message`."""

    message: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in its place in the log."""

    sent: MessageSent
    at: datetime
    seq: int
    seat: str | None
    settled: bool = False

    @property
    def waits(self) -> bool:
        """Whether this is a call for help that nobody has seen to."""
        return self.sent.sense == "help" and not self.settled


Talk = Map[int, Message]
"""Every message, by its entry."""


def talked(talk: Talk, at: datetime, seq: int, seat: str | None, entry: MessageSent | HelpSettled) -> Talk:
    """The messages after one more entry."""
    match entry:
        case MessageSent():
            return talk.set(seq, Message(entry, at, seq, seat))
        case HelpSettled(message=number):
            known = talk.get(number)
            return talk.set(number, replace(known, settled=True)) if known is not None else talk


def thread(talk: Talk, table: str) -> tuple[Message, ...]:
    """A table's messages, both ways, the oldest first."""
    return tuple(one for _, one in sorted(talk.items()) if one.sent.table == table)
