"""The words of the tests that talk to a server: one that serves, browsers that join it, screens that follow it.

Nothing is pretended: uvicorn listens on a free port, SQLite writes to a disk, clients come through the network.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any, Self, cast

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.words import small_roster, small_scenario
from ttx.exercise.rights import Author, Seat
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat, read_role
from ttx.scenario.writing import written
from ttx.settings import Settings
from ttx.store.authors import AuthorListed, Invited, authors_of
from ttx.store.database import Store
from ttx.store.drafts import new_draft
from ttx.store.log import create_exercise
from ttx.store.seats import SeatListed, new_token, seats_of
from ttx.store.tables import DraftId
from ttx.web.authority import Trust
from ttx.web.serve import Server, server_of

PATIENCE = 30.0
"""Seconds that something may take which takes milliseconds on an idle machine."""

COOKIE, DEVICE = "ttx", "ttx_device"

AUTHORS = (
    Invited(Role.DIRECTOR, name="Dana"),
    Invited(Role.LEAD_FACILITATOR, name="Lea"),
    Invited(Role.AUTHOR, "SEA", "Sefa"),
    Invited(Role.AUTHOR, "LAND", "Lars"),
)
"""Who writes the small scenario."""

SCENARIO = Scenario.model_validate(small_scenario())


def roster() -> Roster:
    """Kestria and Tamarinda with their tablets, and somebody of every other role."""
    listed = small_roster()
    seats = [RosterSeat.model_validate({**row, "role": read_role(row["role"])}) for row in listed["seats"]]
    there = {seat.role for seat in seats}
    others = [RosterSeat(role=role, table="T1" if role is Role.EVALUATOR else None) for role in Role]
    return Roster(
        delegations={name: RosterDelegation(**one) for name, one in listed["delegations"].items()},
        tables=listed["tables"],
        seats=(*seats, *(seat for seat in others if seat.role not in there)),
    )


PLAIN = SSLContext(PROTOCOL_TLS_CLIENT)
"""For clients that speak plain HTTP: each would else read the certificates of this machine, which takes it 20 ms."""


class Browser(httpx.Client):
    """A device: it keeps its cookies. Of the seats it sat down on, `seat` is the last."""

    seat: Seat
    author: Author

    def __init__(self, **more: Any) -> None:
        super().__init__(verify=PLAIN, **more)

    def join(self, listed: SeatListed) -> Self:
        """Type a seat's code."""
        reply = self.post("/api/v1/join", json={"code": listed.code})
        assert reply.status_code == 200, reply.text
        self.seat = listed.seat
        return self

    def write_as(self, listed: AuthorListed) -> Self:
        """Type an author's code."""
        reply = self.post("/api/v1/join", json={"code": listed.code})
        assert reply.status_code == 200, reply.text
        self.author = listed.author
        return self

    @property
    def page(self) -> str:
        """Where this seat's page is."""
        return f"/s/{self.seat.id}"

    @property
    def desk(self) -> str:
        """Where this author's pages are."""
        return f"/a/{self.author.id}"

    def asks(self, do: str, key: str | None = None, **fields: Any) -> httpx.Response:
        """Ask for something as an author."""
        headers = {"idempotency-key": key} if key is not None else {}
        return self.post(f"{self.desk}/do", json={"do": do, **fields}, headers=headers)


class Served:
    """A running server and the exercise on it."""

    def __init__(self, server: Server, store: Store, exercise: str, clients: ExitStack) -> None:
        self.server, self.store, self.exercise, self._clients = server, store, exercise, clients
        port = server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.api = f"/api/v1/exercises/{exercise}"
        self._lines = ExitStack()
        self._known: dict[tuple[Role, str | None, str | None], Browser] = {}
        self._writing: dict[tuple[Role, str | None], Browser] = {}

    # Who comes

    def seat(self, role: Role, delegation: str | None = None, table: str | None = None) -> SeatListed:
        """The first seat of a role, of a delegation or at a table if they are named."""
        return next(
            one
            for one in seats_of(self.store, self.exercise)
            if one.seat.role is role
            and delegation in (None, one.seat.delegation)
            and table in (None, one.seat.table)
            and one.revoked_at is None
        )

    def device(self, **headers: str) -> Browser:
        """A browser that nobody has used yet."""
        return self._clients.enter_context(Browser(base_url=self.url, headers=headers, timeout=PATIENCE))

    def as_(self, role: Role, delegation: str | None = None, table: str | None = None) -> Browser:
        """A browser on the seat of this role, the same one each time."""
        wanted = (role, delegation, table)
        if wanted not in self._known:
            self._known[wanted] = self.device().join(self.seat(*wanted))
        return self._known[wanted]

    def as_lead(self) -> Browser:
        """The lead facilitator's browser."""
        return self.as_(Role.LEAD_FACILITATOR)

    def as_head(self, delegation: str = "Kestria") -> Browser:
        """The tablet of a head of delegation."""
        return self.as_(Role.HEAD, delegation)

    @cached_property
    def draft(self) -> DraftId:
        """The small scenario as a draft, with an author of each kind; SEA leads its day 1, LAND its day 2."""
        return new_draft(self.store, written(small_scenario()), {}, AUTHORS)

    def author(self, role: Role, group: str | None = None) -> AuthorListed:
        """The first author of a role, of a group if one is named, who is not revoked."""
        return next(
            one
            for one in authors_of(self.store, self.draft)
            if one.author.role is role and group in (None, one.author.group) and one.revoked_at is None
        )

    def as_author(self, role: Role = Role.AUTHOR, group: str | None = None) -> Browser:
        """A browser that writes as the author of this role and group, the same one each time."""
        if (role, group) not in self._writing:
            self._writing[role, group] = self.device().write_as(self.author(role, group))
        return self._writing[role, group]

    def program(self, role: Role, delegation: str | None = None, table: str | None = None) -> Browser:
        """A program with a token of its own."""
        token, seat = new_token(self.store, self.exercise, role, delegation, table)
        program = self.device(authorization=f"Bearer {token}")
        program.seat = seat
        return program

    # What they do

    def stands(self, who: Browser | None = None) -> dict[str, Any]:
        """The exercise as the API tells it."""
        return told(200, (who or self.as_lead()).get(self.api))

    def command(self, who: Browser, do: str, key: str | None = None, **fields: Any) -> httpx.Response:
        """Ask for something."""
        headers = {"idempotency-key": key} if key is not None else {}
        return who.post(f"{self.api}/commands", json={"do": do, **fields}, headers=headers)

    def done(self, do: str, who: Browser | None = None, **fields: Any) -> int:
        """Have something done, by the lead facilitator unless another is named; its seq."""
        return cast(int, told(200, self.command(who or self.as_lead(), do, **fields))["seq"])

    def begun(self) -> None:
        """Day 1 is open and its first inject is out, whatever was before."""
        now = self.stands()
        if now["status"] == "paused":
            self.done("resume")
        if now["day"] is None:
            self.done("open_day", day=1)
        if not any(one["id"] == "D1-01" for one in now["released"]):
            self.done("release", inject="D1-01")

    def answer(self, who: Browser, text: str, key: str | None = None) -> httpx.Response:
        """Submit a delegation's answer to the first question."""
        return self.command(who, "respond", key, inject="D1-01", question="q1", answer={"text": text})

    def figure(self, name: str) -> int:
        """One of the figures the server tells of itself."""
        lines = httpx.get(f"{self.url}/metrics", verify=PLAIN).text.splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))

    # What they watch

    def line(self, who: Browser | None, path: str | None = None, **more: Any) -> ClientConnection:
        """A socket that has said nothing yet."""
        headers = {}
        if who is not None:
            path = path or f"/live/{self.exercise}?seat={who.seat.id}"
            cookies = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
            headers = {"cookie": cookies} if cookies else {}
            headers |= {name: said for name, said in who.headers.items() if name == "authorization"}
        url = self.url.replace("http", "ws", 1) + (path or f"/live/{self.exercise}")
        headers |= more.pop("additional_headers", {})
        opened = connect(url, additional_headers=headers, open_timeout=PATIENCE, **{"close_timeout": 1, **more})
        return self._lines.enter_context(opened)

    def hang_up(self) -> None:
        """Close every socket."""
        self._lines.close()

    def screen(self, who: Browser, after: int | None = None, epoch: str | None = None, **more: Any) -> "Screen":
        """A page's socket that said hello and got its first frame; without `after` it was drawn just now."""
        now = self.stands()
        screen = Screen(self.line(who, **more))
        screen.hello(epoch or now["epoch"], now["seq"] if after is None else after)
        screen.frame()
        return screen


class Screen:
    """A page that knows nothing but what its socket brought: the regions it has, the seq it stands at."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.regions: dict[str, str] = {}
        self.seq = 0
        self.frames: list[dict[str, Any]] = []

    def hello(self, epoch: str, after: int) -> None:
        """Say where the page stands."""
        self.connection.send(json.dumps({"hello": {"epoch": epoch, "after": after}}))

    def frame(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The next frame, taken in as a page takes it in."""
        said = json.loads(self.connection.recv(timeout))
        assert set(said) == {"seq", "regions", "gone"}
        self.frames.append(said)
        self.regions |= said["regions"]
        for region in said["gone"]:
            self.regions.pop(region, None)
        self.seq = said["seq"]
        return cast(dict[str, Any], said)

    def until(self, holds: Callable[["Screen"], bool], timeout: float = PATIENCE) -> Self:
        """Read frames until this holds; raises TimeoutError."""
        end = time.monotonic() + timeout
        while not holds(self):
            self.frame(max(end - time.monotonic(), 0.001))
        return self

    def at(self, seq: int) -> Self:
        """Read frames until this seq is shown."""
        return self.until(lambda screen: screen.seq >= seq)

    def ended(self, timeout: float = PATIENCE) -> int:
        """Read frames until the server closes; its close code."""
        try:
            self.until(lambda _: False, timeout)
        except ConnectionClosed as closed:
            if closed.rcvd is None:
                raise AssertionError("the line went dead without a close frame") from closed
            return closed.rcvd.code
        raise AssertionError("no frame and no close")


def told(status: int, reply: httpx.Response) -> dict[str, Any]:
    """A reply's JSON, its status being this one."""
    assert reply.status_code == status, f"{reply.status_code}: {reply.text}"
    return cast(dict[str, Any], reply.json())


def refused(status: int, reply: httpx.Response) -> str:
    """The sentence of a refusal with this status."""
    sentence = told(status, reply)["refused"]
    assert isinstance(sentence, str)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    return sentence


def eventually(holds: Callable[[], bool], timeout: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < end, f"it did not come to that within {timeout} seconds"
        time.sleep(0.01)


@contextmanager
def running(
    store: Store,
    settings: Settings | None = None,
    certificate: tuple[Path, Path] | None = None,
    trust: Trust | None = None,
) -> Iterator[Server]:
    """A server on a store, in a thread of its own."""
    listens = threading.Event()
    server = server_of(store, settings or Settings(), "127.0.0.1", 0, certificate, listens.set, trust)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert listens.wait(PATIENCE), "the server does not listen"
        yield server
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server does not stop"


@contextmanager
def serving(folder: Path, exercise: str | None = None, settings: Settings | None = None) -> Iterator[Served]:
    """A server with an exercise of the small scenario, or with one that the folder holds already."""
    with Store(folder) as store:
        exercise = exercise or create_exercise(store, SCENARIO, roster())
        with running(store, settings) as server, ExitStack() as clients:
            served = Served(server, store, exercise, clients)
            clients.callback(served.hang_up)
            yield served
