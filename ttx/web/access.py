"""Who is asking, and may he: a gate before every route and socket, closed unless this table opens it.

A browser carries one session, which may sit on several seats, so that a facilitator's and the plenary's tab
live side by side: pages name their seat in the path, and the session says whether it sits there. In the same way
it may write as several authors. A program carries a bearer token, which is one seat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request

from ttx.exercise.rights import Action, Author, Seat, reach, require
from ttx.exercise.sight import placed
from ttx.live.rehearsals import Rehearsals
from ttx.live.rooms import Rooms
from ttx.pages.environment import Pages
from ttx.scenario.roster import ANSWERS, Role
from ttx.scenario.worded import worded
from ttx.settings import Settings
from ttx.store import authors, locked, seats, sessions
from ttx.store.database import Store
from ttx.store.recognised import Recognised
from ttx.web.authority import Trust
from ttx.web.doors import DOORS
from ttx.web.held import Asker, Held
from ttx.web.held import Grant as Grant
from ttx.web.limits import Limits
from ttx.web.provider import Provider
from ttx.web.refusals import Locked as Locked
from ttx.web.refusals import NoPlace as NoPlace
from ttx.web.refusals import NotSeated as NotSeated
from ttx.web.refusals import NotSignedIn as NotSignedIn
from ttx.web.refusals import NotStrong as NotStrong
from ttx.web.refusals import OwnPlace as OwnPlace
from ttx.web.strength import too_weak, what_it_takes

Gate = Action | Literal["anybody", "signed in"]

GATES: Mapping[str, Gate] = {
    **DOORS,
    "GET /healthz": "anybody",
    "GET /readyz": "anybody",
    "GET /metrics": "anybody",
    "GET /favicon.ico": "anybody",
    "GET /worker.js": "anybody",
    "GET /trust": "anybody",
    "GET /trust.crt": "anybody",
    "GET /trust.mobileconfig": "anybody",
    "GET /s/{seat}": Action.FOLLOW,
    "GET /s/{seat}/plenary": Action.ANNOUNCE,
    "GET /s/{seat}/as/{watched}": Action.WATCH,
    "GET /s/{seat}/rehearsal": Action.REHEARSE,
    "POST /s/{seat}/rehearsal": Action.REHEARSE,
    "POST /s/{seat}/rehearsal/stop": Action.REHEARSE,
    "GET /s/{seat}/replay": Action.REPLAY,
    "GET /s/{seat}/replay/at/{seq}": Action.REPLAY,
    "GET /s/{seat}/pictures/{name}": Action.FOLLOW,
    "GET /s/{seat}/recap": Action.FOLLOW,
    "GET /s/{seat}/feedback": Action.FEEDBACK,
    "POST /s/{seat}/feedback/ballot": Action.FEEDBACK,
    "POST /feedback/{exercise}/{form}": "anybody",
    "GET /s/{seat}/feedback/summary": Action.READ_REVIEW,
    "POST /s/{seat}/feedback/forms": Action.OPEN_FEEDBACK,
    "GET /s/{seat}/named": Action.BE_NAMED,
    "POST /s/{seat}/named": Action.BE_NAMED,
    "POST /s/{seat}/named/withdraw": Action.BE_NAMED,
    "GET /s/{seat}/named/{agreement}.pdf": Action.BE_NAMED,
    "POST /s/{seat}/language": Action.FOLLOW,
    "GET /s/{seat}/manual": Action.FOLLOW,
    "GET /s/{seat}/manual.pdf": Action.FOLLOW,
    "GET /s/{seat}/record.pdf": Action.REPORT_OWN,
    "GET /s/{seat}/record.docx": Action.REPORT_OWN,
    "GET /s/{seat}/report": Action.FOLLOW,
    "GET /s/{seat}/hot-wash/{day}.{form}": Action.REPORT_ANALYST,
    "GET /s/{seat}/evidence": Action.READ_REVIEW,
    "GET /s/{seat}/evidence/{item}": Action.READ_REVIEW,
    "GET /s/{seat}/gaps": Action.READ_REVIEW,
    "GET /s/{seat}/gaps/new": Action.REVIEW,
    "GET /s/{seat}/gaps/{gap}": Action.READ_REVIEW,
    "GET /s/{seat}/gaps.csv": Action.READ_REVIEW,
    "GET /s/{seat}/plan": Action.READ_REVIEW,
    "GET /s/{seat}/plan/compare": Action.READ_REVIEW,
    "GET /s/{seat}/plan.ics": Action.READ_REVIEW,
    "GET /s/{seat}/plan.csv": Action.READ_REVIEW,
    "GET /s/{seat}/coding": Action.CODE,
    "GET /s/{seat}/coding/book": Action.CODE,
    "GET /s/{seat}/coding/agreement": Action.CODE,
    "GET /s/{seat}/coding/{item}": Action.CODE,
    "GET /s/{seat}/coding.csv": Action.CODE,
    "GET /s/{seat}/coding.xlsx": Action.CODE,
    "GET /s/{seat}/network": Action.READ_REVIEW,
    "GET /s/{seat}/sequence": Action.READ_REVIEW,
    "GET /s/{seat}/tables": Action.READ_REVIEW,
    "POST /s/{seat}/review": Action.REVIEW,
    "GET /s/{seat}/writing": Action.READ_REVIEW,
    "GET /s/{seat}/quotations": Action.READ_REVIEW,
    "GET /s/{seat}/exports": Action.READ_REVIEW,
    "POST /s/{seat}/exports": Action.READ_REVIEW,
    "POST /s/{seat}/exports/style": Action.REVIEW,
    "POST /s/{seat}/exports/freeze": Action.REPORT_ANALYST,
    "GET /s/{seat}/frozen/{version}.{form}": Action.REPORT_ANALYST,
    "POST /s/{seat}/objections": Action.OBJECT,
    "GET /s/{seat}/seats": Action.SEATS,
    "POST /s/{seat}/seats": Action.SEATS,
    "POST /s/{seat}/seats/move": Action.MOVE_SEAT,
    "POST /s/{seat}/seats/devices": Action.SEATS,
    "POST /s/{seat}/seats/door": Action.RUN,
    "POST /s/{seat}/seats/factors": Action.DEMAND,
    "POST /s/{seat}/drafts": Action.DRAFT,
    "POST /s/{seat}/me": Action.DRAFT,
    "POST /s/{seat}/do": Action.FOLLOW,
    "POST /s/{seat}/words": Action.RUN,
    "GET /a/{author}": Action.READ_SCENARIO,
    "GET /a/{author}/now": Action.READ_SCENARIO,
    "GET /a/{author}/inject/{inject}/preview": Action.READ_SCENARIO,
    "POST /a/{author}/inject/{inject}/preview": Action.READ_SCENARIO,
    "POST /a/{author}/map/preview": Action.READ_SCENARIO,
    "GET /a/{author}/pictures/{name}": Action.READ_SCENARIO,
    "GET /a/{author}/history": Action.READ_SCENARIO,
    "GET /a/{author}/roster.csv": Action.READ_SCENARIO,
    "POST /a/{author}/roster": Action.EDIT_ROSTER,
    "GET /a/{author}/people": Action.AUTHORS,
    "POST /a/{author}/people": Action.AUTHORS,
    "GET /a/{author}/files": Action.READ_SCENARIO,
    "GET /a/{author}/files/scenario.zip": Action.READ_SCENARIO,
    "POST /a/{author}/files/start": Action.START_EXERCISE,
    "POST /a/{author}/files/remove": Action.REMOVE_SCENARIO,
    "GET /a/{author}/papers/{name}": Action.READ_SCENARIO,
    "GET /a/{author}/import": Action.EDIT_SCENARIO,
    "POST /a/{author}/import": Action.EDIT_SCENARIO,
    "POST /a/{author}/do": Action.READ_SCENARIO,
    "GET /a/{author}/languages": Action.READ_SCENARIO,
    "POST /a/{author}/languages": Action.EDIT_SCENARIO,
    "GET /a/{author}/languages/{language}": Action.READ_SCENARIO,
    "GET /a/{author}/graph": Action.READ_SCENARIO,
    "GET /a/{author}/graph/bands": Action.READ_SCENARIO,
    "POST /a/{author}/pictures": Action.EDIT_SCENARIO,
    "GET /a/{author}/survey": Action.READ_SCENARIO,
    "GET /a/{author}/walk": Action.READ_SCENARIO,
    "GET /api/v1/openapi.json": "anybody",
    "POST /api/v1/join": "anybody",
    "GET /api/v1/exercises/{exercise}": Action.FOLLOW,
    "POST /api/v1/exercises/{exercise}/commands": Action.FOLLOW,
    "GET /api/v1/exercises/{exercise}/log": Action.READ_LOG,
    "GET /api/v1/exercises/{exercise}/report": Action.FOLLOW,
    "WS /live/{exercise}": Action.FOLLOW,
    "WS /live/{exercise}/{attempt}": Action.FOLLOW,
}
"""Every route and what it takes to pass. A command's own right is asked again where it is decided
(`exercise.commands.ACTION`, for authors `exercise.authoring`), and a report's where its tier is known
(`web.review.TIERS`). A path with `{author}` is asked of an author, all others of a seat."""


UNLOCKED = ("GET /s/{seat}/plenary", "GET /s/{seat}/pictures/{name}")
"""What a locked session of staff gets all the same, beside sockets: the hall's screen never locks, and what is below a
lock goes on."""


@dataclass(frozen=True, slots=True)
class House:
    """What a request needs of the floors below."""

    store: Store
    rooms: Rooms
    pages: Pages
    settings: Settings
    limits: Limits
    rehearsals: Rehearsals
    held: Held
    recognised: Recognised
    trust: Trust | None = None
    provider: Provider | None = None


def house_of(connection: HTTPConnection) -> House:
    """The house a request came to."""
    house: House = connection.app.state.house
    return house


def grant_of(connection: HTTPConnection) -> Grant:
    """The seat a request passed the gate with."""
    grant: Grant = connection.state.grant
    return grant


async def seat_of(connection: HTTPConnection) -> Seat:
    """The seat a request acts from, at the table it is at now."""
    seat = grant_of(connection).seat
    return placed(house_of(connection).rooms.room(seat.exercise).state, seat)


def author_of(connection: HTTPConnection) -> Author:
    """The author a request passed the gate as."""
    author: Author = connection.state.author
    return author


TheHouse = Annotated[House, Depends(house_of)]
TheSeat = Annotated[Seat, Depends(seat_of)]
TheAuthor = Annotated[Author, Depends(author_of)]


async def gate(connection: HTTPConnection) -> None:
    """Let a request pass that the table lets pass, with its grant beside it; else raise NotSeated or Forbidden.

    A socket passes without a seat or a right, and then without a grant: it is told why after it was accepted,
    since a refused handshake looks to a page like a dead network.
    """
    socket = connection.scope["type"] == "websocket"
    method = "WS" if socket else str(connection.scope["method"]).replace("HEAD", "GET")
    await passes(connection, f"{method} {getattr(connection.scope.get('route'), 'path', '')}")


async def passes(connection: HTTPConnection, address: str) -> None:
    """The same for a request to the address of this name in the table."""
    wanted = GATES.get(address)
    if wanted is None:
        raise NotSeated("This address is not open to anybody.")
    connection.state.grant = connection.state.author = None
    connection.state.asked = address
    if wanted == "anybody":
        return
    if wanted == "signed in" or "author" in connection.path_params:
        await run_in_threadpool(_let_in, connection, wanted)
        return
    house = house_of(connection)
    asker = _asker(connection)
    grant = house.held.grant(asker) or await _looked_up(house, asker, connection)
    socket = connection.scope["type"] == "websocket"
    if grant is None:
        if socket:
            return
        if _browses(connection):
            session = await run_in_threadpool(session_of, connection)
            if (why := await run_in_threadpool(what_it_takes, house.store, session, asker)) is not None:
                raise NotStrong(why)
        raise NotSeated(worded("This device has no seat here, or it was signed out. Join with your code."))
    if socket and reach(grant.seat, Action(wanted)) is None:
        return
    require(grant.seat, Action(wanted))
    if not socket and address not in UNLOCKED and locks(grant.seat) and _browses(connection):
        await run_in_threadpool(_refuse_locked, house.store, grant.held_by)
    connection.state.grant = replace(grant, seat=_as_chosen(connection, grant.seat)) if _browses(connection) else grant


async def _looked_up(house: House, asker: Asker, connection: HTTPConnection) -> Grant | None:
    async with house.held.lookers:
        if (grant := house.held.grant(asker)) is not None:  # found by the beat while this one waited its turn
            return grant
        turns = house.held.turns()
        grant = await run_in_threadpool(_granted, house, connection)
    if grant is not None:
        house.held.keep(asker, grant, turns)
    return grant


def _let_in(connection: HTTPConnection, wanted: Gate) -> None:
    """Whoever is signed in, or writes as an author."""
    house = house_of(connection)
    session = session_of(connection)
    if wanted == "signed in":
        if session is None or session.account is None:
            raise NotSignedIn("Sign in to see your exercises and scenarios. With a code alone you need no account.")
        _refuse_locked(house.store, session.id)
        return
    author = _author(house.store, connection, session)
    if (why := too_weak(house.store, session, author)) is not None:
        raise NotStrong(why)
    require(author, Action(wanted))
    if session is not None:
        _refuse_locked(house.store, session.id)
    connection.state.author = author


def locks(seat: Seat) -> bool:
    """Whether the pages of this seat lock: those of staff."""
    return seat.role not in ANSWERS and seat.role is not Role.PROJECTOR


def _refuse_locked(store: Store, session: str) -> None:
    """Asked of every request of staff and never kept, so that it holds in every process at once."""
    if locked.is_locked(store, session):
        raise Locked("This screen is locked. Unlock it first; nothing was changed.")


def _asker(connection: HTTPConnection) -> Asker:
    exercise = connection.path_params.get("exercise")
    wanted = connection.path_params.get("seat") or connection.query_params.get("seat")
    authorization = connection.headers.get("authorization", "")
    if not _browses(connection):
        return Asker(authorization, exercise, wanted)
    return Asker("cookie " + (connection.cookies.get(cookie_name(connection)) or ""), exercise, wanted)


def _browses(connection: HTTPConnection) -> bool:
    """Whether it comes with a cookie, or at least without a token."""
    return connection.headers.get("authorization", "").partition(" ")[0].lower() != "bearer"


def by_token(connection: HTTPConnection) -> bool:
    """Whether a program asks, with a token that was made on the command line, and not somebody's device."""
    return connection.headers.get("authorization", "").partition(" ")[0].lower() == "bearer"


def session_of(connection: HTTPConnection) -> sessions.Session | None:
    """The session of a browser's cookie, if it is good."""
    cookie = connection.cookies.get(cookie_name(connection))
    house = house_of(connection)
    return sessions.session_of(house.store, cookie, idle=house.settings.idle) if cookie else None


def cookie_name(connection: HTTPConnection) -> str:
    """The session cookie. Over TLS its prefix binds it to this host (RFC 6265bis, 4.1.3.2), as it does all of ours."""
    return called(connection, "ttx")


def called(connection: HTTPConnection, cookie: str) -> str:
    """What one of our cookies is called here: over TLS it is bound to this host."""
    return f"__Host-{cookie}" if secure(connection) else cookie


def secure(connection: HTTPConnection) -> bool:
    """Whether the request came over TLS."""
    return connection.scope.get("scheme") in ("https", "wss")


def _granted(house: House, connection: HTTPConnection) -> Grant | None:
    store, asker = house.store, _asker(connection)
    if not _browses(connection):
        token = asker.credential.partition(" ")[2].strip()
        seat = seats.seat_by_token(store, token)
        fits = seat is not None and asker.exercise in (None, seat.exercise) and asker.seat in (None, seat.id)
        return Grant(seat, seats.hash_of(token)) if seat is not None and fits else None
    session = session_of(connection)
    if session is None:
        return None
    for seat in sessions.seats_of_session(store, session.id, asker.exercise):
        if asker.seat in (None, seat.id):
            return Grant(seat, session.id)
    return None


def chosen_by(seat: str) -> str:
    """The cookie in which a device keeps the language it reads a seat's page in."""
    return f"ttx_tongue_{seat}"


def _as_chosen(connection: HTTPConnection, seat: Seat) -> Seat:
    """A seat in the language that was chosen for it on this device."""
    chosen = house_of(connection).pages.catalogues.known(
        connection.cookies.get(called(connection, chosen_by(seat.id)), "")
    )
    return replace(seat, language=chosen) if chosen is not None else seat


def _author(store: Store, connection: HTTPConnection, session: sessions.Session | None) -> Author:
    """The author a path names, if this browser may write as him. A seat's token or cookie is none of an author's.

    A page that a colleague passed on has his address. Raises OwnPlace for whoever has a place of his own there,
    NoPlace for all others.
    """
    asked = str(connection.path_params["author"])
    author = authors.author_of_session(store, session.id, asked) if session is not None else None
    if author is not None:
        return author
    own = authors.own_place(store, session.id, asked) if session is not None else None
    if own is not None and connection.scope["method"] in ("GET", "HEAD"):
        path = connection.url.path.replace(f"/a/{asked}", f"/a/{own.id}", 1)
        raise OwnPlace(path + (f"?{connection.url.query}" if connection.url.query else ""))
    raise NoPlace(
        "This leads into a scenario that this device has no place in, or was signed out of. Join with your code. Then "
        "open the link once more. Whoever has an account can sign in instead."
    )


def same_origin(connection: HTTPConnection, allowed: tuple[str, ...]) -> bool:
    """Whether a form or socket comes from a page of ours. Programs send no Origin; browsers always do on these."""
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    try:
        return urlsplit(origin).netloc == connection.headers.get("host") or origin in allowed
    except ValueError:  # half an IPv6 address
        return False


def start_session(request: Request, account: str | None = None) -> tuple[str | None, str]:
    """The browser's session, opened if it has none; the new cookie to set, if any, and the session's id."""
    house = house_of(request)
    session = session_of(request)
    if session is not None and account is None:
        return None, session.id
    cookie = sessions.open_session(house.store, account, lasts=house.settings.lasts)
    return cookie, seats.hash_of(cookie)
