"""A room with everybody in it: pages that keep what their socket brings, and what they would show if opened now."""

import asyncio
import copy
import json
import tempfile
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import cast

from sqlalchemy import update

from tests.words import Written, inject, small_scenario
from ttx.exercise.rights import Seat
from ttx.live.fanout import Member
from ttx.live.measures import Measures
from ttx.live.room import CLOSE_RESYNC, FLUSHES_A_SECOND, Room
from ttx.live.wire import Framed, Wire
from ttx.pages import regions
from ttx.pages.environment import pages_of
from ttx.pages.regions import Audience, Page
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat
from ttx.scenario.translations import digest, texts
from ttx.settings import Settings
from ttx.store.database import Store
from ttx.store.embedded import FILE
from ttx.store.log import create_exercise
from ttx.store.seats import seats_of
from ttx.store.tables import ExerciseId, seats
from ttx.web.audiences import hall

DELEGATIONS = {"Kestria": ("SEA",), "Tamarinda": ("LAND",), "Orrin": ("SEA", "LAND")}
TABLES = {"T1": ("Kestria", "Orrin"), "T2": ("Tamarinda",)}


def marked_scenario() -> Scenario:
    """The small scenario with a mark in every text of every inject, such as `canary-D1-02-notes`, a picture in each
    (`canary-d1-02-picture.png`), and Arabic for most of it: some of that stale, some missing."""
    data = copy.deepcopy(small_scenario())
    data["days"][1]["injects"] += _parting(data)
    for day in data["days"]:
        for one in day["injects"]:
            name = one["id"]
            for part in ("title", "text", "sender", "notes"):
                one[part] = f"canary-{name}-{part}"
            if name in ("D1-02", "D1-05", "D2-01"):
                one["story"] = f"canary-{name}-story"
            one["expected"] = [f"canary-{name}-expected"]
            one["picture"] = {"file": f"canary-{name.lower()}-picture.png", "alt": f"canary-{name}-alt"}
            for question in one.get("questions", ()):
                question["ask"] = f"canary-{name}-ask"
            for key, option in one.get("branch", {}).get("options", {}).items():
                option["label"] = f"canary-{name}-option-{key}"
    return Scenario.model_validate({**data, "translations": {"ar": _arabic(Scenario.model_validate(data))}})


def _parting(data: Written) -> list[Written]:
    """A decision that each table takes for itself, and what follows from it."""
    told = inject(data, "D2-01")
    options = {"A": {"label": "", "next": "D2-05A"}, "B": {"label": "", "next": "D2-05B"}}
    decision = {"kind": "decision", "branch": {"options": options, "default": "A", "by": "each_table"}}
    return [
        {**told, "id": "D2-04", "at": "10:20", **decision},
        {**told, "id": "D2-05A", "at": "10:30"},
        {**told, "id": "D2-05B", "at": "10:30"},
    ]


def _arabic(scenario: Scenario) -> dict[str, object]:
    """A translation keeps the mark of its source, so that one that leaks is found like the source."""
    made: dict[str, object] = {}
    for number, (address, text) in enumerate(texts(scenario).items()):
        if number % 7:
            made[address] = {"of": digest(text) if number % 5 else "00000000", "text": f"{text} بالعربية"}
    return made


def roster() -> Roster:
    """Three delegations at two tables, and everybody else who has a page."""
    heads = [
        RosterSeat(role=Role.HEAD, delegation=name, table=table, language="ar" if name == "Orrin" else "en")
        for table, names in TABLES.items()
        for name in names
    ]
    return Roster(
        delegations={name: RosterDelegation(name=name, groups=groups) for name, groups in DELEGATIONS.items()},
        tables={"T1": "Table 1", "T2": "Table 2"},
        seats=(*heads, RosterSeat(role=Role.DELEGATE, delegation="Kestria", table="T1")),
    )


def seat(role: Role, delegation: str | None = None, table: str | None = None) -> Seat:
    """A seat as the store would give it."""
    language = "ar" if delegation == "Orrin" else "en"
    return Seat(f"{role}-{delegation}-{table}", "x", role, delegation, table, language, submits=role is Role.HEAD)


LEAD = seat(Role.LEAD_FACILITATOR)
HEADS = {name: seat(Role.HEAD, name, table) for table, names in TABLES.items() for name in names}
SEATS = (
    LEAD,
    seat(Role.DIRECTOR),
    seat(Role.TABLE_FACILITATOR, None, "T1"),
    seat(Role.TABLE_FACILITATOR, None, "T2"),
    *HEADS.values(),
    seat(Role.DELEGATE, "Kestria", "T1"),
    seat(Role.EVALUATOR, None, "T1"),
    seat(Role.RAPPORTEUR, None, "T1"),
    seat(Role.PROJECTOR),
)


def inside(one: Seat) -> Audience | None:
    """A seat's own page."""
    audience = Audience.of(one)
    return audience.from_inside() if audience is not None else None


def audiences() -> list[tuple[Seat, Audience]]:
    """Everybody's page, consoles also with an inject picked or on another day, the hall's as a facilitator sees it."""
    own = [(one, inside(one)) for one in SEATS]
    picked = [(one, Audience.of(one, "D1-02")) for one in SEATS[:4]]
    turned = [(one, Audience.of(one, None, day)) for one in (SEATS[0], SEATS[2]) for day in (1, 2)]
    return [(one, audience) for one, audience in (*own, *picked, *turned, (LEAD, hall(LEAD))) if audience is not None]


@dataclass(eq=False)
class OpenPage:
    """A page that was opened once and since then only knows what its socket brought.

    `heard` keeps every byte that ever reached it. While `stuck` its socket takes nothing.
    """

    room: Room
    seat: Seat
    audience: Audience
    stuck: bool = False
    heard: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    seq: int = 0
    member: Member | None = None

    def __post_init__(self) -> None:
        self.shown = opened(self.room, self.audience)
        self.heard += self.shown.values()
        self.seq = self.room.state.seq
        self.connect()

    def connect(self) -> None:
        """Open the socket, with a hello from where the page stands."""
        wire = cast(Wire, self)  # what a room asks of a wire: write, and a place for on_drained
        if self.room.moved_since(self.seq, self.seat.id, self.audience.seat):
            self._reload()
        self.member = Member(self.audience, self.seat.id, "session", wire, self._closed)
        self.room.join(self.member, self.seq)

    def _closed(self, code: int, why: str) -> None:
        """What a page does when its socket closes: it loads anew if it is told to."""
        self.disconnect()
        if code == CLOSE_RESYNC:
            self._reload()
            self.connect()

    def _reload(self) -> None:
        table = self.room.state.table_of(self.seat.id, self.seat.table)
        if self.audience.page is not Page.PLENARY:
            self.audience = replace(self.audience, seat=replace(self.audience.seat, table=table))
        self.shown = fresh(self.room, self.audience)
        self.heard += self.shown.values()
        self.seq = self.room.state.seq

    def disconnect(self) -> None:
        """Lose the network."""
        if self.member is not None:
            self.room.leave(self.member)
            self.member = None

    def unstick(self) -> None:
        """The socket takes bytes again."""
        self.stuck = False
        if self.on_drained is not None:
            self.on_drained()

    on_drained: Callable[[], None] | None = None

    def write(self, message: Framed) -> bool:
        """The wire's end: what a browser would do with the frame."""
        if self.stuck:
            return False
        bytes_ = message.plain()
        frame = json.loads(bytes_[{126: 4, 127: 10}.get(bytes_[1], 2) :])  # RFC 6455: how long the header is
        self.heard.append(json.dumps(frame, ensure_ascii=False))
        self.shown |= frame["regions"]
        for region in frame["gone"]:
            self.shown.pop(region, None)
        self.seq = frame["seq"]
        return True


def fresh(room: Room, audience: Audience) -> dict[str, str]:
    """What a page opened now would show, region by region."""
    return {region: str(room.draw(audience, region)) for region in room.regions(audience)}


_AT_FIRST: dict[tuple[str, Audience, str], str] = {}
"""What pages show of a room in which nothing has happened yet: the same in every room of one exercise, and drawing
it took as long as all that follows; a drawing that were wrong here would make a page differ from one opened later."""


def opened(room: Room, audience: Audience) -> dict[str, str]:
    """The same, for a page that opens before everything."""
    if room.state.seq > 0:
        return fresh(room, audience)
    shown: dict[str, str] = {}
    for region in room.regions(audience):
        place = (room.exercise, audience, region)
        if place not in _AT_FIRST or regions.kind(region) in regions.VOLATILE:
            _AT_FIRST[place] = str(room.draw(audience, region))
        shown[region] = _AT_FIRST[place]
    return shown


async def settle() -> None:
    """Let every flush that is due happen."""
    await asyncio.sleep(1.5 / FLUSHES_A_SECOND)


@cache
def _kept(scenario: str) -> tuple[ExerciseId, bytes]:
    """An exercise of a scenario, given as JSON, with the seats that are in the store under the ids they have here; and
    the database file it stands in, which every room gets a copy of."""
    with tempfile.TemporaryDirectory() as folder:
        with Store(folder) as store:
            exercise = create_exercise(store, Scenario.model_validate_json(scenario), roster())
            with store.write("The names of seats") as connection:
                for one in seats_of(store, exercise):
                    name = seat(one.seat.role, one.seat.delegation, one.seat.table).id
                    connection.execute(update(seats).where(seats.c.id == one.seat.id).values(id=name))
        return exercise, (Path(folder) / FILE).read_bytes()


@asynccontextmanager
async def a_room(folder: Path, scenario: Scenario) -> AsyncIterator[Room]:
    """A room on a store of its own."""
    settings = Settings()
    exercise, database = _kept(scenario.model_dump_json())
    (folder / FILE).write_bytes(database)
    with Store(folder) as store, ThreadPoolExecutor(1) as writer:
        room = Room(store, exercise, pages_of(settings.templates, settings.static), writer, Measures())
        try:
            yield room
        finally:
            await room.close()
