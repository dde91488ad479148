"""What the hall's screen shows, and what a facilitator may put there.

Whatever he chooses, the hall gets nothing that is not out, for everybody, and for the hall. What can no longer be
shown, such as the question of an inject that was taken back, makes way for the story.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from ttx.exercise import course, lookback, polls, recap, run_of_show, views
from ttx.exercise.atlas import Atlas, draw
from ttx.exercise.entries import PlenaryPart
from ttx.exercise.lookback import HallGap
from ttx.exercise.polls import VoteView
from ttx.exercise.recap import RecapDay, Taken
from ttx.exercise.rights import Seat
from ttx.exercise.sight import asked, told_to
from ttx.exercise.state import State
from ttx.exercise.views import DevelopmentView
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject, Named, Question, Session
from ttx.scenario.roster import Role

RECENT = 4
"""Developments under the headline."""
TITLED = 4
"""Developments whose titles the time line has room for; those before are marks."""
LANES = 6
"""Storylines the time line has room for; those that rested longest share one lane."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """The day's newest development, those before it, and the map; as `map` the map alone."""

    part: PlenaryPart
    headline: DevelopmentView | None
    recent: tuple[DevelopmentView, ...]
    atlas: Atlas


@dataclass(frozen=True, slots=True)
class ToldView:
    """One development, as the medium it came by would look."""

    part: ClassVar[PlenaryPart] = "development"
    development: DevelopmentView


@dataclass(frozen=True, slots=True)
class AskedView:
    """One question under discussion, and how many delegations have answered it."""

    number: int
    question: Question
    answered: int


@dataclass(frozen=True, slots=True)
class QuestionsView:
    """The questions of a development, or one of them, before so many delegations that are asked."""

    part: ClassVar[PlenaryPart] = "question"
    development: DevelopmentView
    questions: tuple[AskedView, ...]
    asked: int

    @property
    def longest(self) -> str:
        """The longest question: all are set in the size it allows."""
        return max((one.question.ask for one in self.questions), key=len, default="")


@dataclass(frozen=True, slots=True)
class BallotView:
    """A vote: counts only, and none for as long as it is hidden; and what was decided after it, once it was."""

    part: ClassVar[PlenaryPart] = "vote"
    vote: VoteView
    taken: Taken | None


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A day's sessions; `current` is the one that is on, by the rule of the run of show."""

    part: ClassVar[PlenaryPart] = "agenda"
    day: Day
    current: str | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Who speaks in a session."""

    part: ClassVar[PlenaryPart] = "speaker"
    day: Day
    session: Session


@dataclass(frozen=True, slots=True)
class Moment:
    """A development on the time line. `lane` counts from 0."""

    id: str
    day: int
    at: datetime
    title: str
    lane: int
    opens_day: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The story so far in lanes, a storyline each by its id; `before` are marks, `titled` have room for their title."""

    part: ClassVar[PlenaryPart] = "timeline"
    lanes: tuple[tuple[str, str], ...]
    before: tuple[Moment, ...]
    titled: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class RecapView:
    """What was told, decided and answered on a day."""

    part: ClassVar[PlenaryPart] = "recap"
    held: RecapDay
    told: tuple[DevelopmentView, ...]


@dataclass(frozen=True, slots=True)
class GapsView:
    """The most pressing draft gaps, with what the tables made of them, and how many are on the wall in all."""

    part: ClassVar[PlenaryPart] = "gaps"
    gaps: tuple[HallGap, ...]
    of: int


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The tables' summaries that plenary has approved, by the table's name, of the day that has some last."""

    part: ClassVar[PlenaryPart] = "summary"
    day: int | None
    summaries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BlankView:
    """The title, and nothing of the story."""

    part: ClassVar[PlenaryPart] = "blank"


StageView = (
    StoryView | ToldView | QuestionsView | BallotView | AgendaView | SpeakerView | TimelineView | RecapView | GapsView
    | SummaryView | BlankView
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a facilitator may put on the hall's screen with one press."""

    view: PlenaryPart
    about: str | None = None
    number: int | None = None
    """Which question of an inject, counted from 1, where it has several."""


@dataclass(frozen=True, slots=True)
class BehindView:
    """What the hall still shows although a development came since, and the newest that it does not show."""

    now: PlenaryPart
    about: str | None
    newest: Inject


@dataclass(frozen=True, slots=True)
class ControlView:
    """What the hall shows now, and what it may show: developments the newest first, each with its offers."""

    now: PlenaryPart
    about: str | None
    developments: tuple[tuple[Inject, tuple[Offer, ...]], ...]
    sessions: tuple[Session, ...]


def stage(graph: Graph, state: State, seat: Seat) -> StageView:
    """What the hall sees."""
    told = _told(graph, state, seat)
    view, about = state.stage.view, state.stage.about
    match view:
        case "story" | "map":
            pass
        case "development":
            if (inject := _shown(told, about)) is not None:
                return ToldView(views.development(graph, state, inject))
        case "question":
            if (inject := _shown(told, about)) is not None and inject.questions:
                return _questions(graph, state, inject)
        case "vote":
            if (inject := _shown(told, about)) is not None and inject.id in state.ballots:
                taken = recap.taken(graph, state, seat, inject)
                return BallotView(
                    polls.vote(graph, state, seat, inject),
                    taken if taken is not None and taken.option is not None else None,
                )
        case "agenda":
            day = run_of_show.shown_day(graph, state)
            return AgendaView(day, run_of_show.on_now(state, day))
        case "speaker":
            if (talk := _session(graph, state, about)) is not None:
                return SpeakerView(*talk)
        case "recap":
            if (last := _looked_back_on(graph, state)) is not None:
                held = recap.of_day(graph, state, seat, last)
                return RecapView(held, tuple(views.development(graph, state, one) for one in held.told))
        case "timeline":
            return timeline(graph, state, told)
        case "gaps":
            return GapsView(lookback.hall_gaps(state), len(state.debrief.on_the_wall()))
        case "summary":
            return _summaries(state)
        case "blank":
            return BlankView()
        case _ as unknown:
            assert_never(unknown)
    shown = [views.development(graph, state, inject) for inject in reversed(_of_the_day(graph, state, told))]
    part: PlenaryPart = "map" if view == "map" else "story"
    atlas = draw(graph.scenario.map, course.in_story(graph, state, told))
    return StoryView(part, shown[0] if shown else None, tuple(shown[1 : RECENT + 1]), atlas)


def control(graph: Graph, state: State) -> ControlView:
    """What a facilitator may choose from."""
    day = run_of_show.shown_day(graph, state)
    told = reversed(_of_the_day(graph, state, _told(graph, state, _PROJECTOR)))
    return ControlView(
        *_showing(state),
        tuple((inject, offers(state, inject)) for inject in told),
        tuple(one for one in day.sessions if one.speakers) if day.day == state.day else (),
    )


def behind(graph: Graph, state: State) -> BehindView | None:
    """What the hall shows where that is older than the newest development it may show; None where it is not.

    The story, the map and the time line take in by themselves what comes.
    """
    view, about = _showing(state)
    newest = next(reversed(_told(graph, state, _PROJECTOR)), None)
    if view in ("story", "map", "timeline") or newest is None or state.progress[newest.id].seq < state.stage.seq:
        return None
    if inject_of(about) == newest.id:
        return None
    talk = _session(graph, state, about) if view == "speaker" else None
    return BehindView(view, talk[1].title if talk is not None else about, newest)


def offers(state: State, inject: Inject | None) -> tuple[Offer, ...]:
    """What the hall may show of an inject; nothing if it is not out for everybody, or not for the hall."""
    progress = state.progress.get(inject.id) if inject is not None else None
    if inject is None or progress is None or not state.released(inject.id):
        return ()
    if not inject.on_plenary or progress.everyone is None:
        return ()
    several = len(inject.questions) > 1
    asks = (Offer("question", f"{inject.id}:{one.id}", n) for n, one in enumerate(inject.questions, 1) if several)
    found = [Offer("development", inject.id)]
    if inject.questions:
        found += [Offer("question", inject.id), *asks]
    if inject.id in state.ballots:
        found.append(Offer("vote", inject.id))
    return tuple(found)


def addresses(view: StageView) -> tuple[str, ...]:
    """Where the texts of a view stand in the scenario, as far as somebody should be told who translated them."""
    match view:
        case StoryView(part="story", headline=DevelopmentView() as head):
            return head.addresses
        case ToldView(development=told):
            return told.addresses
        case _:
            return ()


def inject_of(about: str | None) -> str:
    """The inject that something on the stage is about: `D1-02` and `D1-02:calls` are about D1-02."""
    return (about or "").partition(":")[0]


def timeline(graph: Graph, state: State, told: list[Inject]) -> TimelineView:
    """These developments in the order they came, in lanes: a storyline each, those that rested longest together."""
    lately = list(dict.fromkeys(one.storyline or "" for one in reversed(told)))
    kept = lately if len(lately) <= LANES else lately[: LANES - 1]
    order = [name for name in graph.scenario.storylines if name in kept]
    names = (*order, *([""] if "" in lately or len(kept) < len(lately) else []))
    moments: list[Moment] = []
    for one in told:
        seen = views.development(graph, state, one)
        lane = names.index(one.storyline or "") if (one.storyline or "") in names else names.index("")
        opens = not moments or moments[-1].day != seen.day
        moments.append(Moment(one.id, seen.day, seen.released, seen.title, lane, opens))
    lanes = tuple((name, _lane_name(graph, name)) for name in names)
    return TimelineView(lanes, tuple(moments[:-TITLED]), tuple(moments[-TITLED:]))


_PROJECTOR = Seat("", "", Role.PROJECTOR)


OF_AN_INJECT: tuple[PlenaryPart, ...] = ("development", "question", "vote")
"""The views that are about one inject."""


def _showing(state: State) -> tuple[PlenaryPart, str | None]:
    """What the hall shows, and what that is about: the story, where what was chosen has been taken back."""
    view, about = state.stage.view, state.stage.about
    gone = view in OF_AN_INJECT and not state.released(inject_of(about))
    return ("story", None) if gone else (view, about)


def _told(graph: Graph, state: State, seat: Seat) -> list[Inject]:
    return [inject for inject in told_to(graph, state, seat) if state.released(inject.id)]


def _shown(told: list[Inject], about: str | None) -> Inject | None:
    return next((inject for inject in told if inject.id == inject_of(about)), None)


def _of_the_day(graph: Graph, state: State, told: list[Inject]) -> list[Inject]:
    """What was told of the open day, or while none is open of the one closed last."""
    number = state.day if state.day is not None else run_of_show.held_last(state)
    return [inject for inject in told if course.day_of(graph, state, inject.id) == number]


def _questions(graph: Graph, state: State, inject: Inject) -> QuestionsView:
    reached = asked(state, inject)
    wanted = (state.stage.about or "").partition(":")[2]
    posed = tuple(
        AskedView(number, one, sum(1 for name in reached if (inject.id, one.id, name) in state.responses))
        for number, one in enumerate(inject.questions, 1)
        if wanted in ("", one.id)
    )
    return QuestionsView(views.development(graph, state, inject), posed, len(reached))


def _session(graph: Graph, state: State, about: str | None) -> tuple[Day, Session] | None:
    """A session of the open day; of another day's nothing is shown."""
    day = graph.scenario.day(state.day) if state.day is not None else None
    found = next((one for one in day.sessions if one.id == about), None) if day is not None else None
    return (day, found) if day is not None and found is not None else None


def _looked_back_on(graph: Graph, state: State) -> Day | None:
    """The day held last, or before any was closed the open one."""
    held = max(state.closed, default=state.day)
    return graph.scenario.day(held) if held is not None else None


def _summaries(state: State) -> SummaryView:
    approved = {key: one.text for key, one in state.debrief.summaries.items() if one.stands}
    if not approved:
        return SummaryView(None, ())
    day = max(day for day, _ in approved)
    texts = tuple((name, approved[day, table]) for table, name in state.tables.items() if (day, table) in approved)
    return SummaryView(day, texts)


def _lane_name(graph: Graph, name: str) -> str:
    line: Named | None = graph.scenario.storylines.get(name)
    return line.name if line is not None else ""
