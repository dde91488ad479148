"""The words of the exercise's tests: a story, the people in the room, and a history that grows by what they do.

`History().opened(1).released("D1-01")` is an exercise on the small scenario; `does` asks for anything else.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest

from tests.words import Written, small_scenario
from ttx.exercise import commands, course
from ttx.exercise.commands import Refused, Sits, decide
from ttx.exercise.entries import Delegation, Entry, ExerciseCreated, Logged
from ttx.exercise.requests import REQUEST, Asked, EndTimer, ReleaseDue
from ttx.exercise.rights import Forbidden, Seat
from ttx.exercise.state import State, apply, begin
from ttx.scenario.graph import Graph, build
from ttx.scenario.model import Inject, Scenario
from ttx.scenario.roster import Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def the_story(data: Written | None = None) -> Graph:
    """The small scenario, or this one, as its graph."""
    return build(Scenario.model_validate(small_scenario() if data is None else data))


def one_day(*injects: Written, variables: Written | None = None, **more: object) -> Graph:
    """A story of one day with these injects."""
    return days([*injects], variables=variables, **more)


def days(*injects: list[Written], variables: Written | None = None, **more: object) -> Graph:
    """A story with a day for each of these lists of injects."""
    data = small_scenario()
    session = {"id": "all-day", "title": "All day", "start": "09:00", "minutes": 600}
    data["days"] = [
        {**data["days"][0], "day": number, "sessions": [session], "injects": day}
        for number, day in enumerate(injects, 1)
    ]
    return the_story({**data, "variables": variables or {}, **more})


def tells(ident: str, **more: object) -> Written:
    """An inject that tells something."""
    return {
        "id": ident,
        "kind": "contextual",
        "title": f"Title of {ident}",
        "at": "09:00",
        "session": "all-day",
        "sender": "Coast guard",
        "channel": "radio",
        "text": f"Text of {ident}",
        **more,
    }


def decides(ident: str, default: str | None = None, **options: Written | str) -> Written:
    """A decision; an option is what it leads to, or `{"next": ..., "set": ...}`."""
    ways = {key: {"next": way} if isinstance(way, str) else way for key, way in options.items()}
    branch = {"options": {key: {"label": f"Option {key}", **way} for key, way in ways.items()}, "default": default}
    return tells(ident, kind="decision", branch=branch)


def created(title: str = "", **delegations: Delegation) -> ExerciseCreated:
    """The first entry: three delegations at two tables, or these."""
    known = delegations or {
        "Kestria": Delegation(name="Kestria", groups=("SEA",), tables=("T1",)),
        "tamarinda": Delegation(name="Federated Islands of Tamarinda", groups=("LAND",), tables=("T2",)),
        "orrin": Delegation(name="Republic of Orrin", groups=("SEA", "LAND"), tables=("T1",)),
    }
    return ExerciseCreated(
        title=title,
        scenario="small-tide",
        version="1",
        digest="0" * 64,
        delegations=known,
        tables={"T1": "Table 1", "T2": "Table 2"},
    )


def seat(role: Role, delegation: str | None = None, table: str | None = None) -> Seat:
    """A seat as the store gives it."""
    ident = "-".join(filter(None, (role, delegation, table)))
    return Seat(ident, "x", role, delegation, table, submits=role is Role.HEAD)


def lead() -> Seat:
    return seat(Role.LEAD_FACILITATOR)


def table_facilitator(table: str = "T1") -> Seat:
    return seat(Role.TABLE_FACILITATOR, None, table)


def head(delegation: str = "Kestria", table: str | None = None) -> Seat:
    return seat(Role.HEAD, delegation, table or {"tamarinda": "T2"}.get(delegation, "T1"))


def delegate(delegation: str = "Kestria", table: str | None = None) -> Seat:
    return seat(Role.DELEGATE, delegation, table or {"tamarinda": "T2"}.get(delegation, "T1"))


def evaluator(table: str | None = None) -> Seat:
    return seat(Role.EVALUATOR, None, table)


def projector() -> Seat:
    return seat(Role.PROJECTOR)


def asks(do: str, **fields: object) -> Asked:
    """A request as a form or the API would send it."""
    return REQUEST.validate_python({"do": do, **fields})


def at_minute(minute: int) -> datetime:
    """The time so many minutes after nine."""
    return NOW + minute * MINUTE


class History:
    """An exercise that grows. A minute passes before everything that is done; the first entry is of nine."""

    def __init__(self, graph: Graph | None = None, first: ExerciseCreated | None = None) -> None:
        self.graph = graph if graph is not None else the_story()
        self.log: list[Logged] = []
        self.clock = NOW
        self.state = begin(self.graph.scenario)
        self._record(None, (first or created(),))

    def does(self, who: Seat, do: str, **fields: object) -> Self:
        """Somebody asks for something that is possible."""
        self.clock += MINUTE
        self._record(who.id, decide(self.graph, self.state, who, asks(do, **fields)))
        return self

    def passing(self, time: timedelta) -> Self:
        """So much time passes."""
        self.clock += time
        return self

    def moves(self, seat: str, table: str, delegation: str | None = "Kestria", **seats: str | None) -> Self:
        """The lead facilitator moves a seat; `seats` are those of its delegation with the tables they were made for."""
        self.clock += MINUTE
        asked = asks("move_seat", seat=seat, table=table)
        self._record(lead().id, decide(self.graph, self.state, lead(), asked, Sits(delegation, seats)))
        return self

    def refuses(self, who: Seat, do: str, **fields: object) -> str:
        """Somebody asks for something that is not possible; the sentence he gets."""
        with pytest.raises(Refused) as refused:
            decide(self.graph, self.state, who, asks(do, **fields))
        return str(refused.value)

    def allows(self, who: Seat, do: str, **fields: object) -> bool:
        """Whether somebody may do this, and it is possible now."""
        try:
            return bool(decide(self.graph, self.state, who, asks(do, **fields)))
        except (Forbidden, Refused):
            return False

    def forbids(self, who: Seat, do: str, **fields: object) -> str:
        """Somebody asks for what he has no right to; the sentence he gets."""
        with pytest.raises(Forbidden) as forbidden:
            decide(self.graph, self.state, who, asks(do, **fields))
        return str(forbidden.value)

    def opened(self, day: int) -> Self:
        """The day is opened, after the one before has been closed."""
        if self.state.day is not None:
            self.does(lead(), "close_day")
        return self.does(lead(), "open_day", day=day)

    def released(self, *injects: str) -> Self:
        return self._each("release", injects)

    def held(self, *injects: str) -> Self:
        return self._each("hold", injects)

    def skipped(self, *injects: str) -> Self:
        return self._each("skip", injects)

    def recalled(self, *injects: str) -> Self:
        return self._each("recall", injects)

    def decided(self, inject: str, option: str) -> Self:
        return self.does(lead(), "choose", inject=inject, option=option)

    def answered(self, who: Seat, inject: str, question: str, **answer: object) -> Self:
        return self.does(who, "respond", inject=inject, question=question, answer=answer)

    def clock_strikes(self, started: int) -> Self:
        """The clock asks for the end of the timer that began at this entry."""
        self.clock += MINUTE
        self._record(None, commands.due(self.graph, self.state, EndTimer(do="end_timer", started=started)))
        return self

    def falls_due(self, inject: str, late: bool = False) -> Self:
        """The clock asks for the release that was planned last for this inject."""
        self.clock += MINUTE
        scheduled = self.state.schedule[inject].scheduled
        asked = ReleaseDue(do="release_due", inject=inject, scheduled=scheduled, late=late)
        self._record(None, commands.due(self.graph, self.state, asked))
        return self

    def stand(self, inject: str) -> tuple[str, str]:
        """Where an inject stands, and why."""
        found = course.stand(self.graph, self.state, inject)
        return found.standing.value, found.why

    def available(self) -> list[str]:
        """The injects of the open day that may be released now because the story has come to them."""
        assert self.state.day is not None
        injects = course.injects_of(self.graph, self.state, self.state.day)
        return [inject.id for inject in injects if self.stand(inject.id)[0] == "available"]

    def inject(self, name: str) -> Inject:
        found = course.find(self.graph, self.state, name)
        assert found is not None
        return found

    def entries(self, last: int = 1) -> list[Entry]:
        """The last entries of the log."""
        return [logged.entry for logged in self.log[-last:]]

    def states(self) -> list[State]:
        """The state after each entry, folded anew."""
        found = [begin(self.graph.scenario)]
        for logged in self.log:
            found.append(apply(found[-1], logged))
        return found[1:]

    def _each(self, do: str, injects: tuple[str, ...]) -> Self:
        for inject in injects:
            self.does(lead(), do, inject=inject)
        return self

    def _record(self, who: str | None, entries: Iterable[Entry]) -> None:
        for entry in entries:
            logged = Logged(self.state.seq + 1, self.clock, who, entry)
            self.log.append(logged)
            self.state = apply(self.state, logged)


def whole_exercise() -> History:
    """Two days in which everything happens that can: every kind of entry is in its log."""
    history = History(first=created("Small Tide, first run")).does(lead(), "announce", text="Welcome. ยินดีต้อนรับ")
    history.opened(1).released("D1-01").does(head(), "delegate_submission", allowed=True)
    history.answered(delegate(), "D1-01", "q1", text="  We call our liaison officer.  ")
    history.answered(head("tamarinda"), "D1-01", "q1", stance="no_instruction", reservation="Pending the capital")
    history.does(lead(), "timer", seconds=600).does(lead(), "pause").does(lead(), "resume")
    history.does(lead(), "timer", seconds=0).does(lead(), "timer", seconds=60)
    history.clock_strikes(history.state.seq).held("D1-02").released("D1-02")
    history.answered(head(), "D1-02", "sure", scale=4).answered(head("orrin"), "D1-02", "sure", scale=1)
    history.answered(head(), "D1-02", "calls", contacts=[CONTACT, {**CONTACT, "to": "حرس السواحل", "basis": ""}])
    history.does(evaluator("T1"), "observe", text="One picture early", sense="strength", inject="D1-02", table="T1")
    history.released("D1-03").answered(head("orrin"), "D1-03", "port", choice="A").decided("D1-03", "A")
    history.decided("D1-03", "B").decided("D1-03", "A").released("D1-04A").recalled("D1-04A").released("D1-04A")
    history.answered(head(), "D1-01", "q1", text="We call IOM first.").recalled("D1-01")
    history.answered(head("orrin"), "D1-01", "q1", text="We wait.").released("D1-05")
    history.answered(head(), "D1-05", "first", ranking=["food", "care", "list"]).skipped("D1-09")
    history.does(lead(), "add_inject", **EXTRA).opened(2).released("D2-01", "D2-02").skipped("D2-03")
    history.answered(head(), "D2-02", "who", choices=["M", "P"]).answered(head("orrin"), "D2-02", "who", choices=[])
    history.does(evaluator(), "rate", rating="S", objective="O1", delegation="Kestria", text="With help")
    history.does(lead(), "announce", text="Coffee is served").does(lead(), "announce", text="")
    return history.does(lead(), "close_day").does(lead(), "end")


def gathered_exercise() -> History:
    """What the room does together: plans, votes, messages, looks back, stops. With `whole_exercise` every kind."""
    history = History().opened(1).does(lead(), "start_session", session="picture")
    history.does(lead(), "undo", act=history.state.seq).does(lead(), "start_session", session="picture")
    history.released("D1-01").does(lead(), "check_comms").does(lead(), "allow_tables", allowed=True)
    history.does(lead(), "tell", table="T1", text="We wait for your answer.", sense="nudge")
    history.does(head(), "call", text="Our second tablet is dark.")
    history.does(lead(), "settle_help", message=history.state.seq)
    history.does(lead(), "reword", inject="D1-02", title="A boat leaves Merevale at night")
    history.does(lead(), "schedule", inject="D1-02", seconds=600).does(lead(), "unschedule", inject="D1-02")
    history.does(lead(), "schedule", inject="D1-02", seconds=600, tables=["T1"]).falls_due("D1-02", late=True)
    history.does(table_facilitator(), "release", inject="D1-02").does(lead(), "release", inject="D1-02")
    history.does(lead(), "move_story", text="Day 2, 04:10").released("D1-03").does(lead(), "open_vote", inject="D1-03")
    history.does(head(), "vote", inject="D1-03", option="A").does(head("orrin"), "vote", inject="D1-03", option="B")
    history.does(lead(), "close_vote", inject="D1-03")
    history.does(lead(), "open_vote", inject="D1-03", by="tables", hidden=True, binding=True, quorum=100)
    history.does(lead(), "vote", inject="D1-03", option="B", voter="T1").does(head("tamarinda"), "vote", inject="D1-03")
    history.does(lead(), "reveal_vote", inject="D1-03").does(lead(), "close_vote", inject="D1-03")
    history.does(lead(), "undo", act=history.state.seq).decided("D1-03", "A").does(lead(), "show", view="map")
    history.moves("s2", "T2", s1="T1", s2="T1")
    history.does(lead(), "stop", text="Fire alarm").does(lead(), "stand_down").does(lead(), "resume")
    history.does(lead(), "open_hot_wash").does(head(), "note_hot_wash", sense="gap", text="Nobody knew whom to call.")
    history.does(table_facilitator("T2"), "note_hot_wash", sense="surprise", text="The port opened.")
    history.does(head("tamarinda"), "withdraw_hot_wash", note=history.state.seq)
    history.does(head("tamarinda"), "draft_gap", text="No common list of contacts.")
    history.does(lead(), "draft_gap", text="No radio.").does(lead(), "withdraw_gap", gap="G3")
    history.does(lead(), "merge_gaps", gaps=["G2", "G1"], text="No list of whom to call.")
    history.does(lead(), "reword_gap", gap="G2", text="No common list of whom to call.")
    history.does(head(), "rank_gaps", gaps=["G1"])
    history.does(head("tamarinda"), "test_gap", gap="G2", verdict="partly", text="We have one for the sea.")
    history.does(lead(), "close_hot_wash").does(table_facilitator(), "summarise", text="We called each other late.")
    history.does(head(), "remark_summary", text="Not late: at noon.")
    history.does(table_facilitator(), "summarise", text="We called each other at noon.")
    history.does(lead(), "approve_summary", table="T1", day=1, version=history.state.seq)
    return history.does(lead(), "close_day").does(lead(), "end")


CHOOSING = {"by": "each_table"}


def parted_exercise() -> History:
    """Two tables go different ways and meet again."""
    apart = decides("D1", A="A1", B="B1")
    apart["branch"].update(CHOOSING)
    graph = one_day(apart, tells("A1", next=["Z"]), tells("B1", next=["Z"]), tells("Z"))
    history = History(graph).opened(1).released("D1")
    history.does(head(), "choose_for_table", inject="D1", option="A")
    return history.does(lead(), "choose_for_table", inject="D1", option="B", table="T2")


CONTACT: dict[str, Any] = {"to": "IOM", "channel": "phone", "hours": 0.5, "basis": "Palermo Protocol, art. 8"}
EXTRA: dict[str, Any] = {
    "title": "A call from the harbour",
    "text": "Two more boats.",
    "to": {"groups": ["SEA"], "delegations": ["tamarinda"]},
    "questions": [
        "Who answers?",
        {"id": "how", "kind": "single", "ask": "How?", "options": {"a": "Now", "b": "Later"}},
    ],
    "map": [{"do": "move", "token": "pallas", "to": [420.5, 330]}, {"do": "hide", "what": "regions"}],
    "release": True,
}
