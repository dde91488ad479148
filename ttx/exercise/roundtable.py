"""What somebody asks for at the round table: votes, hot wash, gap wall, summaries, messages. Shape only."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from ttx.exercise.debrief import RANKED, Verdict, WashSense
from ttx.exercise.facts import Name, Pages, Request, Words


class OpenVote(Request):
    """Have a decision voted on. What is left out is as the scenario says; `options` may be fewer, as after a tie."""

    do: Literal["open_vote"]
    inject: Name
    by: Literal["delegations", "tables"] | None = None
    hidden: bool | None = None
    quorum: Annotated[int, Field(ge=0, le=100)] | None = None
    binding: bool | None = None
    options: tuple[Name, ...] = ()


class Vote(Request):
    """Vote, or abstain with no option. A facilitator names the voter whose raised hand he counts."""

    do: Literal["vote"]
    inject: Name
    option: Name | None = None
    voter: Name | None = None


class RevealVote(Request):
    """Show everybody how a hidden vote stands."""

    do: Literal["reveal_vote"]
    inject: Name


class CloseVote(Request):
    """End a vote. A binding one with a result takes the decision."""

    do: Literal["close_vote"]
    inject: Name


class ChooseForTable(Request):
    """Take a decision that each table takes for itself. A facilitator names the table."""

    do: Literal["choose_for_table"]
    inject: Name
    option: Name
    table: Name | None = None


class OpenHotWash(Request):
    """Have the tables look back on the open day, or on the one held last."""

    do: Literal["open_hot_wash"]


class CloseHotWash(Request):
    """End the look back."""

    do: Literal["close_hot_wash"]


class NoteHotWash(Request):
    """Name a strength, a gap, or one's one surprise. A facilitator names the table."""

    do: Literal["note_hot_wash"]
    sense: WashSense
    text: Words
    table: Name | None = None


class WithdrawHotWash(Request):
    """Take back what one's table named at entry `note`; a gap leaves the wall with it."""

    do: Literal["withdraw_hot_wash"]
    note: int


class DraftGap(Request):
    """Put a draft gap on the wall."""

    do: Literal["draft_gap"]
    text: Words
    table: Name | None = None


class WithdrawGap(Request):
    """Take a draft gap off the wall."""

    do: Literal["withdraw_gap"]
    gap: Name


class RewordGap(Request):
    """Change the words of a draft gap."""

    do: Literal["reword_gap"]
    gap: Name
    text: Words


class MergeGaps(Request):
    """Make one draft gap of several that say the same: all go into the first."""

    do: Literal["merge_gaps"]
    gaps: Annotated[tuple[Name, ...], Field(min_length=2, max_length=30)]
    text: Words


class RankGaps(Request):
    """Name a table's most pressing gaps, the first one first; none takes its ranks away."""

    do: Literal["rank_gaps"]
    gaps: Annotated[tuple[Name, ...], Field(max_length=RANKED)]
    table: Name | None = None


class TestGap(Request):
    """Say whether a draft gap holds for one's table, and why."""

    __test__ = False  # no test case, whatever pytest thinks of its name

    do: Literal["test_gap"]
    gap: Name
    verdict: Verdict
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    table: Name | None = None


class Summarise(Request):
    """Write a table's summary of a day, in place of an earlier version. Without a day, the open one or the last."""

    do: Literal["summarise"]
    text: Pages
    day: int | None = None
    table: Name | None = None


class RemarkSummary(Request):
    """Ask for a correction of one's table's summary."""

    do: Literal["remark_summary"]
    text: Words
    day: int | None = None


class ApproveSummary(Request):
    """Record that plenary approved a table's summary, in the version of entry `version`."""

    do: Literal["approve_summary"]
    table: Name
    day: int
    version: int


class Tell(Request):
    """Write to a table, or remind it that it is awaited; a reminder needs no words of its own."""

    do: Literal["tell"]
    table: Name
    text: Words | Literal[""] = ""
    sense: Literal["message", "nudge"] = "message"

    @model_validator(mode="after")
    def _says_something(self) -> "Tell":
        if self.sense == "message" and not self.text:
            raise ValueError("a message needs a text")
        return self


class Call(Request):
    """Write to control from one's table, or call for help."""

    do: Literal["call"]
    text: Words
    sense: Literal["message", "help"] = "help"


class SettleHelp(Request):
    """Say that the call for help of entry `message` has been seen to."""

    do: Literal["settle_help"]
    message: int
