"""The written material of an exercise: days, sessions, injects, questions, branches and the map.

Data and its spelling only. `files` reads it, `graph` says what may follow what, `checks` whether it makes sense.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, NewType

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, StringConstraints, model_validator

InjectId = NewType("InjectId", str)
DayNumber = NewType("DayNumber", int)

Ident = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]
PictureFile = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}\.(png|jpg|webp)$")]
Value = StrictBool | StrictInt | StrictStr
Point = tuple[Annotated[float, Field(ge=-500, le=5000)], Annotated[float, Field(ge=-500, le=5000)]]


class Written(BaseModel):
    """A piece of written material: frozen, and a field nobody knows is a fault rather than lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InjectKind(StrEnum):
    """Why an inject is there (see `docs/words.md`)."""

    CONTEXTUAL = "contextual"
    EXPECTED_ACTION = "expected_action"
    DECISION = "decision"
    ADAPTIVE = "adaptive"
    CONTINGENCY = "contingency"
    FACILITATION = "facilitation"
    MEDIA = "media"


class QuestionKind(StrEnum):
    """In what form a delegation answers."""

    TEXT = "text"
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    RANKING = "ranking"
    CONTACTS = "contacts"


class Phase(StrEnum):
    """The stretch of a response to irregular migration that an inject exercises."""

    EARLY_WARNING = "early_warning"
    DETECTION = "detection"
    SAR = "sar"
    DISEMBARKATION = "disembarkation"
    RECEPTION_HEALTH = "reception_health"
    SCREENING_REFERRAL = "screening_referral"
    VICTIM_IDENTIFICATION = "victim_identification"
    INVESTIGATION = "investigation"
    PROSECUTION_MLA = "prosecution_mla"
    SOLUTIONS = "solutions"
    ONWARD_MOVEMENT = "onward_movement"
    RETURN_REINTEGRATION = "return_reintegration"
    PUBLIC_COMMUNICATION = "public_communication"


class Channel(StrEnum):
    """How a development reaches the people in the story."""

    BRIEFING = "briefing"
    CABLE = "cable"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    RADIO = "radio"
    REPORT = "report"
    NEWS = "news"
    SOCIAL = "social"
    MEETING = "meeting"
    VIDEO = "video"


class Audience(Written):
    """Whom an inject is released to: everybody, or all who are named by group, table or delegation."""

    all: bool = False
    groups: tuple[Ident, ...] = ()
    tables: tuple[Line, ...] = ()
    delegations: tuple[Line, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, value: object) -> object:
        return {"all": True} if value == "all" else value

    def reaches(self, delegation: str | None, table: str | None, groups: frozenset[str]) -> bool:
        """Whether somebody of this delegation, at this table, of these working groups, is addressed."""
        by_group = not groups.isdisjoint(self.groups)
        return self.all or by_group or delegation in self.delegations or table in self.tables


class Question(Written):
    """One thing a delegation is asked. `options` maps key to label, for single, multiple and ranking; `expects` names
    whom an answer about contacts is expected to involve, which no delegate sees; `voice` whose answer is asked for."""

    id: Ident
    kind: QuestionKind = QuestionKind.TEXT
    ask: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
    options: Mapping[Ident, Line] = Field(default_factory=dict)
    low: Line | None = None
    high: Line | None = None
    objectives: tuple[Ident, ...] = ()
    expects: tuple[Line, ...] = ()
    voice: Literal["policy", "law", "operations"] | None = None

    @model_validator(mode="after")
    def _options_fit(self) -> "Question":
        chooses = self.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.RANKING)
        if chooses and len(self.options) < 2:
            raise ValueError(f"a {self.kind} question needs at least two options")
        if not chooses and self.options:
            raise ValueError(f"a {self.kind} question takes no options")
        if self.expects and self.kind is not QuestionKind.CONTACTS:
            raise ValueError(f"a {self.kind} question expects nobody; only one of kind contacts asks whom")
        return self


class Option(Written):
    """One way a decision may go: what is agreed, which inject follows, which variables it sets."""

    label: Line
    next: Ident
    set: Mapping[Ident, Value] = Field(default_factory=dict)


class Branch(Written):
    """The options of a decision, the one that is taken when the decision is skipped, and who takes it.

    `by` names who decides: the facilitator, a vote of delegations or of tables, or each table for itself. In a vote,
    `hidden` keeps how it stands from the room until it is revealed, `quorum` is the share of voters in per cent that
    must have voted, and `binding` makes the result the decision where it else is advice.
    """

    options: Mapping[Ident, Option] = Field(min_length=2)
    default: Ident | None = None
    by: Literal["facilitator", "delegations", "tables", "each_table"] = "facilitator"
    hidden: bool = False
    quorum: Annotated[int, Field(ge=0, le=100)] = 50
    binding: bool = False


class Move(Written):
    """A token travels: along a named route to its end, or straight to a place or point. `people` go that route."""

    do: Literal["move"]
    token: Ident
    route: Ident | None = None
    to: Ident | Point | None = None
    people: Annotated[int, Field(ge=1, le=10_000_000)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Move":
        if (self.route is None) == (self.to is None):
            raise ValueError("a move names either a route or where it goes, and not both")
        if self.people is not None and self.route is None:
            raise ValueError("a number of people needs a route, whose line it makes wider")
        return self


class Show(Written):
    """A route, border or token appears on the map, or leaves it; hiding a place or a token takes its alert away."""

    do: Literal["show", "hide"]
    what: Ident
    people: Annotated[int, Field(ge=1, le=10_000_000)] | None = None


class Alert(Written):
    """A place is marked, with a few words."""

    do: Literal["alert"]
    place: Ident | Point
    label: Annotated[str, StringConstraints(max_length=40)]


MapStep = Annotated[Move | Show | Alert, Field(discriminator="do")]


class Picture(Written):
    """A picture in the scenario's folder `pictures`; `alt` says what it shows to those who cannot see it."""

    file: PictureFile
    alt: Line
    caption: Line | None = None


class Inject(Written):
    """One development. `at` is its planned time of day, `minutes` the time planned for discussing it.

    `next` left out means the following inject of the day that is not in reserve; `next: []` ends the day.
    `needs` are injects that must be out before this one, `when` a condition on the scenario's variables:
    while it is false the story passes this inject by. `plenary` says whether the room's screen shows it;
    left out, it does when the inject goes to all. `story` is what time it is in the story from this inject on.
    """

    id: Ident
    kind: InjectKind
    title: Line
    at: ClockTime
    minutes: Annotated[int, Field(ge=0, le=480)] = 15
    session: Ident
    to: Audience = Audience(all=True)
    plenary: bool | None = None
    sender: Line
    channel: Channel
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]
    picture: Picture | None = None
    notes: Prose = ""
    expected: tuple[Line, ...] = ()
    objectives: tuple[Ident, ...] = ()
    capabilities: tuple[Ident, ...] = ()
    phase: Phase | None = None
    storyline: Ident | None = None
    questions: tuple[Question, ...] = ()
    map: tuple[MapStep, ...] = ()
    next: tuple[Ident, ...] | None = None
    needs: tuple[Ident, ...] = ()
    when: Line | None = None
    story: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] | None = None
    branch: Branch | None = None

    @model_validator(mode="before")
    @classmethod
    def _spell(cls, value: object) -> object:
        if isinstance(value, dict) and isinstance(value.get("next"), str):
            return {**value, "next": [value["next"]]}
        return value

    @model_validator(mode="after")
    def _decides(self) -> "Inject":
        if (self.kind is InjectKind.DECISION) != (self.branch is not None):
            raise ValueError("an inject of kind decision has a branch, and no other kind has one")
        if self.branch is not None and self.next is not None:
            raise ValueError("what follows a decision stands in its branch's options, so it has no next")
        return self

    @property
    def reserve(self) -> bool:
        """Held back until a facilitator wants it; no path leads through it."""
        return self.kind is InjectKind.CONTINGENCY

    @property
    def on_plenary(self) -> bool:
        """Whether the room's screen shows it once it is released."""
        return self.to.all if self.plenary is None else self.plenary

    def question(self, wanted: str | int) -> Question | None:
        """The question of this id, or of this number counted from 1."""
        for number, question in enumerate(self.questions, 1):
            if wanted in (question.id, number):
                return question
        return None


class Speaker(Written):
    """Who gives a keynote or sits on a panel, what he is, and what he speaks about.

    By his `id` his translations are found; without one, by his number, which changes when others come before him.
    """

    id: Ident | None = None
    name: Line
    role: Line | None = None
    topic: Line | None = None


class Session(Written):
    """A block of a day's agenda; breaks and talks stand on it too, without injects."""

    id: Ident
    title: Line
    start: ClockTime
    minutes: Annotated[int, Field(ge=5, le=600)]
    kind: Literal["session", "break", "keynote", "panel"] = "session"
    speakers: Annotated[tuple[Speaker, ...], Field(max_length=12)] = ()


class Day(Written):
    """A stretch of the scenario that one working group leads and authors.

    `questions` are what participants may think about beforehand; they are printed before anything is told.
    """

    day: Annotated[int, Field(ge=1, le=60)]
    title: Line
    theme: Line
    lead: Ident
    questions: tuple[Line, ...] = ()
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]
    injects: Annotated[tuple[Inject, ...], Field(min_length=1)]


class Variable(Written):
    """Something the scenario remembers between injects, with the value it starts from."""

    start: Value
    label: Line | None = None


class Named(Written):
    """A thing with a name and an optional sentence about it."""

    name: Line
    about: Prose = ""


class Place(Named):
    """A place on the map. `label` says on which side of the dot its name stands."""

    at: Point
    kind: Literal["country", "city", "port", "camp", "compound", "beach", "sea"] = "city"
    label: Literal["above", "below", "left", "right"] = "right"


class Route(Named):
    """A drawn line along which something travels. Sea is dashed and land solid, so colour is never alone."""

    track: Literal["sea", "land", "air", "money", "calls"]
    points: Annotated[tuple[Point, ...], Field(min_length=2)]


class Token(Named):
    """Something that moves over the map. It is not drawn before an inject shows or moves it."""

    kind: Literal["vessel", "ship", "people", "vehicle", "aircraft"]
    at: Ident | Point


class Border(Named):
    """A line between regions of responsibility, drawn when an inject shows it."""

    points: Annotated[tuple[Point, ...], Field(min_length=2)]
    label: Point | None = None


class Map(Written):
    """An invented coast: land as polygons, and what is drawn on it, in units of the map's own grid."""

    width: Annotated[int, Field(ge=100, le=4000)] = 1000
    height: Annotated[int, Field(ge=100, le=4000)] = 700
    land: tuple[tuple[Point, ...], ...] = ()
    places: Mapping[Ident, Place] = Field(default_factory=dict)
    routes: Mapping[Ident, Route] = Field(default_factory=dict)
    tokens: Mapping[Ident, Token] = Field(default_factory=dict)
    borders: Mapping[Ident, Border] = Field(default_factory=dict)


class Translated(Written):
    """A text in another language. `of` is its source's `translations.digest`: of a changed one it is known as stale."""

    of: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    text: Prose


class Scenario(Written):
    """A whole scenario, in one version. Objectives, groups, `glossary` and their like map an id to a name, `feedback`
    to a statement that participants agree with or not, in the place of the usual ones.
    `translations` hold, by language, texts by their address (`translations.texts`): `D1-03.title`."""

    format: Literal["ttx-scenario/1"]
    id: Ident
    title: Line
    version: Line
    language: Language = "en"
    summary: Prose
    tlp: Literal["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"] = "TLP:AMBER"
    chatham_house: bool = True
    respond_as: Literal["own_procedures", "assigned_role"] = "own_procedures"
    rules: tuple[Line, ...] = ()
    assumptions: tuple[Line, ...] = ()
    objectives: Mapping[Ident, Named]
    capabilities: Mapping[Ident, Named]
    groups: Mapping[Ident, Named]
    organisations: Mapping[Ident, Named] = Field(default_factory=dict)
    glossary: Mapping[Ident, Named] = Field(default_factory=dict)
    storylines: Mapping[Ident, Named] = Field(default_factory=dict)
    feedback: Annotated[Mapping[Ident, Line], Field(max_length=20)] = Field(default_factory=dict)
    variables: Mapping[Ident, Variable] = Field(default_factory=dict)
    map: Map = Map()
    translations: Mapping[Language, Mapping[str, Translated]] = Field(default_factory=dict)
    days: Annotated[tuple[Day, ...], Field(min_length=1)]

    def day(self, number: int) -> Day | None:
        """The day of this number, if the scenario has it."""
        return next((day for day in self.days if day.day == number), None)
