"""Five days of Lantern Tide with sixteen delegations, played without a server: the same each time it is played.

Who answers what is drawn from a seed; what evaluators note and tables say in looking back is `said`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.samples.said import LOOKED_BACK, NOTED, SUMMARIES
from ttx.exercise import course
from ttx.exercise.commands import Refused, decide
from ttx.exercise.entries import Delegation, Entry, ExerciseCreated, Logged
from ttx.exercise.requests import REQUEST
from ttx.exercise.rights import Forbidden, Seat
from ttx.exercise.state import State, apply, begin
from ttx.rehearsal import agenda
from ttx.rehearsal.replies import reply
from ttx.scenario import files
from ttx.scenario.checks import load
from ttx.scenario.graph import Graph, build
from ttx.scenario.model import Day, Inject, InjectKind, Question, QuestionKind
from ttx.scenario.roster import Role
from ttx.settings import Settings

FIRST = datetime(2026, 11, 23, tzinfo=UTC)
"""The day of day 1, a Monday."""
MORE = {
    "ardanelle": ("Ardanelle", ("DWG", "TFPP"), "T1"),
    "pell": ("Principality of Pell", ("WG-TIP", "TEG-RR"), "T2"),
    "southern-strand": ("Confederated Territories of the Southern Strand and the Outer Isles", ("TFPP", "RSO"), "T3"),
    "ILO": ("ILO", ("WG-TIP", "TEG-RR"), "T4"),
}
"""Whom sixteen delegations have besides the twelve of the demo: one with a long name."""
SILENT, UNSURE, REVISED, EXPECTED = 0.08, 0.05, 0.06, 0.6
"""How often a delegation leaves a question, has no instruction, answers anew, and names whom the plan expects."""
AGREED = (0.2, 0.5, 0.8, 0.95)
"""What part of the delegations answers a closed question in the same way: one of these, drawn for each."""
CLOSED = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE, QuestionKind.RANKING)


@dataclass(frozen=True, slots=True)
class Played:
    """An exercise that was played, with its log."""

    graph: Graph
    state: State
    log: tuple[Logged, ...]


def lantern_tide(seed: int = 16) -> Played:
    """The exercise, ended."""
    play = _Play(seed)
    for day in play.graph.scenario.days:
        play.day(day)
    play.at(FIRST + timedelta(days=5))
    play.does(play.lead, "end")
    return Played(play.graph, play.state, tuple(play.log))


class _Play:
    """An exercise that grows, and the people in its room."""

    def __init__(self, seed: int) -> None:
        folder = Settings().scenarios / "lantern-tide"
        roster = files.read_roster(folder / "roster.yaml")
        sits = {seat.delegation: str(seat.table) for seat in roster.seats if seat.role is Role.HEAD and seat.delegation}
        known = {
            name: Delegation(name=one.name, groups=one.groups, tables=(sits[name],))
            for name, one in roster.delegations.items()
        }
        known |= {
            name: Delegation(name=title, groups=groups, tables=(table,))
            for name, (title, groups, table) in MORE.items()
        }
        self.graph = build(load(folder))
        self.dice = Random(seed)
        self.log: list[Logged] = []
        cast = (*self.graph.scenario.organisations.items(), *self.graph.scenario.groups.items())
        self.called = {name: one.name for name, one in cast} | {name: one.name for name, one in known.items()}
        self.left = {name: list(notes) for name, notes in NOTED.items()}
        self.state = begin(self.graph.scenario)
        self.clock = FIRST + timedelta(hours=8)
        self.lead = _seat(Role.LEAD_FACILITATOR)
        self.heads = {name: _seat(Role.HEAD, name, one.tables[0]) for name, one in known.items()}
        self._record(
            None,
            (
                ExerciseCreated(
                    title="Exercise Lantern Tide, rehearsed",
                    scenario=self.graph.scenario.id,
                    version=self.graph.scenario.version,
                    digest="0" * 64,
                    delegations=known,
                    tables=dict(roster.tables),
                ),
            ),
        )

    def at(self, moment: datetime) -> None:
        """Go on to a moment, if it is not past already."""
        self.clock = max(self.clock, moment)

    def does(self, who: Seat, do: str, **fields: Any) -> None:
        """Somebody asks for something that is possible. A few seconds pass."""
        self.clock += timedelta(seconds=self.dice.randint(2, 20))
        self._record(who.id, decide(self.graph, self.state, who, REQUEST.validate_python({"do": do, **fields})))

    def tries(self, who: Seat, do: str, **fields: Any) -> bool:
        """The same for what may not be possible; whether it was."""
        try:
            self.does(who, do, **fields)
        except (Forbidden, Refused):
            return False
        return True

    def day(self, day: Day) -> None:
        """A day from its opening to its close: developments in their order, answers, decisions, notes, looking back."""
        begins = FIRST + timedelta(days=day.day - 1)
        starts, ends = agenda.span(day)
        self.at(begins + timedelta(minutes=starts))
        self.does(self.lead, "open_day", day=day.day)
        refused: set[str] = set()
        while (inject := self._next(day.day, refused)) is not None:
            hours, minutes = map(int, inject.at.split(":"))
            self.at(begins + timedelta(hours=hours, minutes=minutes + self.dice.randint(0, 6)))
            if not self.tries(self.lead, "release", inject=inject.id):
                refused.add(inject.id)
                continue
            self._answered(inject)
            self._decided(inject)
        self._noted(day)
        self.at(begins + timedelta(minutes=ends - 40))
        self._looked_back(day)
        self.at(begins + timedelta(minutes=ends))
        self.does(self.lead, "close_day")

    def _next(self, day: int, refused: set[str]) -> Inject | None:
        for inject in course.injects_of(self.graph, self.state, day):
            open_ = inject.kind is not InjectKind.CONTINGENCY and inject.id not in refused
            if open_ and course.stand(self.graph, self.state, inject.id).standing.value == "available":
                return inject
        return None

    def _answered(self, inject: Inject) -> None:
        for question in inject.questions:
            common = reply(question, list(self.called.values()), 0, self.dice)
            agreed = self.dice.choice(AGREED) if question.kind in CLOSED else 0
            for name, head in self.heads.items():
                if self.dice.random() < SILENT:
                    continue
                for _version in range(1 + (self.dice.random() < REVISED)):
                    answer = common if self.dice.random() < agreed else self._answer(question, name)
                    if not self.tries(head, "respond", inject=inject.id, question=question.id, answer=answer):
                        break

    def _answer(self, question: Question, own: str) -> dict[str, Any]:
        others = [name for one, name in self.called.items() if one != own]
        answer = reply(question, others, UNSURE, self.dice)
        if question.kind is QuestionKind.CONTACTS and "contacts" in answer:
            wanted = [self.called[one] for one in question.expects if one != own and self.dice.random() < EXPECTED]
            named = {one["to"] for one in answer["contacts"]}
            like = answer["contacts"][0]
            answer["contacts"] = [*answer["contacts"], *({**like, "to": one} for one in wanted if one not in named)]
        return answer

    def _decided(self, inject: Inject) -> None:
        if inject.branch is None:
            return
        options = list(inject.branch.options)
        if inject.branch.by == "each_table":
            for table in self.state.tables:
                option = self.dice.choice(options)
                self.tries(self.lead, "choose_for_table", inject=inject.id, table=table, option=option)
            return
        if inject.branch.by in ("delegations", "tables") and self.tries(self.lead, "open_vote", inject=inject.id):
            voters = self.heads if inject.branch.by == "delegations" else self.state.tables
            for voter in voters:
                option = self.dice.choice([options[0], *options])
                self.tries(self.lead, "vote", inject=inject.id, voter=voter, option=option)
            self.does(self.lead, "close_vote", inject=inject.id)
        self.tries(self.lead, "choose", inject=inject.id, option=options[0])

    def _noted(self, day: Day) -> None:
        told = [one for one in day.injects if self.state.released(one.id)]
        for number, inject in enumerate(told):
            table = list(self.state.tables)[number % len(self.state.tables)]
            evaluator = _seat(Role.EVALUATOR, None, table)
            for capability in inject.capabilities[:2]:
                about: dict[str, Any] = {
                    "inject": inject.id,
                    "capability": capability,
                    "objective": inject.objectives[0],
                }
                rating = self.dice.choice("PSSSMMU")
                self.does(evaluator, "rate", rating=rating, table=table, text="", **about)
                if self.left[capability]:
                    sense, text = self.left[capability].pop(0)
                    sits = [name for name, one in self.state.delegations.items() if table in one.tables]
                    about |= {"table": table, "delegation": self.dice.choice(sits)}
                    self.does(evaluator, "observe", sense=sense, text=text, **about)

    def _looked_back(self, day: Day) -> None:
        self.does(self.lead, "open_hot_wash")
        heads = list(self.heads.values())
        for who, (sense, text) in zip(self._turn(heads, day.day * 3), LOOKED_BACK[day.day], strict=False):
            self.does(who, "note_hot_wash", sense=sense, text=text)
        came = sorted(self.state.debrief.gaps.values(), key=lambda one: one.seq)  # a map has no order of its own
        gaps = [one.name for one in came if one.day == day.day]
        for who in heads:
            ranked = self.dice.sample(gaps, min(len(gaps), 2))
            self.tries(who, "rank_gaps", gaps=ranked)
            for gap in ranked:
                verdict = self.dice.choice(("holds", "holds", "partly", "fails"))
                self.tries(who, "test_gap", gap=gap, verdict=verdict, text="")
        self.does(self.lead, "close_hot_wash")
        table = list(self.state.tables)[day.day % len(self.state.tables)]
        self.does(self.lead, "summarise", table=table, text=SUMMARIES[day.day])
        self.does(self.lead, "approve_summary", table=table, day=day.day, version=self.state.seq)

    def _turn(self, heads: list[Seat], first: int) -> Iterator[Seat]:
        while True:
            yield heads[first % len(heads)]
            first += 1

    def _record(self, who: str | None, entries: Iterable[Entry]) -> None:
        for entry in entries:
            logged = Logged(self.state.seq + 1, self.clock, who, entry)
            self.log.append(logged)
            self.state = apply(self.state, logged)


def _seat(role: Role, delegation: str | None = None, table: str | None = None) -> Seat:
    ident = "-".join(one for one in (role.value, delegation, table) if one)
    return Seat(ident, "sample", role, delegation, table, submits=role is Role.HEAD)
