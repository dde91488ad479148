"""The application: its routes, its errors as sentences, and the headers on everything it sends."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx import __version__
from ttx.exercise.commands import Overtaken, Refused
from ttx.exercise.drafting import TooManyHands
from ttx.exercise.rights import Forbidden
from ttx.live.measures import Measures
from ttx.live.readiness import ready
from ttx.live.rehearsals import Rehearsals
from ttx.live.rooms import Rooms
from ttx.live.shredder import Shredder
from ttx.output.house_style import NotAStyle
from ttx.pages.catalogues import SOURCE
from ttx.pages.environment import pages_of
from ttx.review.report import NoSuchTier
from ttx.scenario.changes import NotChanged
from ttx.scenario.findings import Faulty
from ttx.scenario.formats.confined import SIZE
from ttx.scenario.worded import Worded, worded
from ttx.settings import Settings
from ttx.store.authors import NoSuchAuthor, NotInvited
from ttx.store.database import NoSuchExercise, Store
from ttx.store.devices import NoSuchDevice
from ttx.store.drafts import NoSuchDraft
from ttx.store.log import KeyReused
from ttx.store.obstacles import NotRead, NotRecorded
from ttx.store.recoding import NotTaken
from ttx.store.recognised import Recognised
from ttx.store.seats import NoSuchSeat, seats_of
from ttx.store.versions import NoSuchVersion
from ttx.web import (
    account,
    api,
    author,
    author_do,
    author_files,
    author_graph,
    author_history,
    author_import,
    author_languages,
    author_papers,
    author_people,
    author_pictures,
    author_roster,
    author_survey,
    author_walk,
    coding,
    delegation,
    evidence,
    exports,
    facilitator,
    feedback,
    figures,
    front,
    gaps,
    health,
    live_pages,
    lock,
    named,
    offline,
    own_record,
    passkeys,
    pictures,
    plan,
    reading,
    recap,
    rehearsal,
    replay,
    review,
    seats,
    second,
    single_sign_on,
    socket,
    spoken,
    trust,
)
from ttx.web.access import (
    House,
    Locked,
    NoPlace,
    NotSeated,
    NotSignedIn,
    NotStrong,
    OwnPlace,
    gate,
    grant_of,
    house_of,
    same_origin,
    secure,
)
from ttx.web.authority import Trust
from ttx.web.headers import FILE_HEADERS, HEADERS
from ttx.web.held import Held
from ttx.web.labels import role_label
from ttx.web.leaving import TooManyHands as TooManyReports
from ttx.web.limits import Limits
from ttx.web.papers import NotPrinted
from ttx.web.provider import Provider
from ttx.web.refused import Refusals
from ttx.web.static import Static

BODY_LIMIT = 256 * 1024
"""Bytes a request's body may have: an answer of 20,000 characters in any script, and room to spare."""
IMPORT_LIMIT = 32 * 1024 * 1024
BODY_LIMITS = (
    (re.compile(r"/a/[^/]+/(pictures|files/start|roster)|/s/[^/]+/exports/style"), 2_250 * 1024),
    (re.compile(r"/a/[^/]+/import(/.*)?"), IMPORT_LIMIT),
)
"""Where files are sent in, more: a picture or roster of 2 MB, a workbook or a zipped folder. By the whole path."""

ELSEWHERE = worded("This came from a page of another site, and is not taken.")
WRONG = worded("Something went wrong here, and it was noted. Try again.")

STATUS: dict[type[Exception], int] = {
    Refused: 409,
    TooManyHands: 409,
    TooManyReports: 409,
    KeyReused: 409,
    Forbidden: 403,
    NotSeated: 401,
    Locked: 423,
    NoSuchExercise: 404,
    NoSuchSeat: 404,
    NoSuchDevice: 404,
    NoSuchTier: 404,
    NoSuchDraft: 404,
    NoSuchAuthor: 404,
    NoSuchVersion: 404,
    NotChanged: 409,
    NotInvited: 409,
    NotTaken: 409,
    NotAStyle: 409,
    NotPrinted: 404,
    Faulty: 409,
    NotRecorded: 503,
    NotRead: 503,
}
"""What each of our errors is in HTTP. All are sentences."""

ROUTERS = (
    front.router,
    account.router,
    passkeys.router,
    second.router,
    single_sign_on.router,
    lock.router,
    health.router,
    live_pages.router,
    offline.router,
    facilitator.router,
    delegation.router,
    feedback.router,
    named.router,
    seats.router,
    pictures.router,
    reading.router,
    own_record.router,
    recap.router,
    rehearsal.router,
    replay.router,
    review.router,
    evidence.router,
    exports.router,
    gaps.router,
    plan.router,
    coding.router,
    figures.router,
    author.router,
    author_do.router,
    author_files.router,
    author_history.router,
    author_import.router,
    author_people.router,
    author_pictures.router,
    author_roster.router,
    author_papers.router,
    author_graph.router,
    author_languages.router,
    author_survey.router,
    author_walk.router,
    api.router,
    spoken.router,
    trust.router,
)


class App(FastAPI):
    """FastAPI, telling in openapi.json also what the body of a command is made of."""

    def openapi(self) -> dict[str, Any]:
        """The document that openapi.json serves."""
        schema = super().openapi()
        schema["components"]["schemas"] |= api.SCHEMAS
        return schema


def create_app(store: Store, settings: Settings, trust: Trust | None = None, among: bool = False) -> FastAPI:
    """The application on an open data directory; `trust` where its certificate is one of our own authority's, `among`
    where other processes serve the same database."""
    pages = pages_of(settings.templates, settings.static, settings.zone)
    measures = Measures()

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        rooms = Rooms(store, pages, settings.idle, among, settings.bus, measures)
        rehearsals = Rehearsals(store, rooms)
        limits = Limits(settings.join_tries_per_minute, store if among else None)
        asked = Provider(settings) if settings.oidc_issuer else None
        held, recognised = Held(store, rooms), Recognised(store)
        app.state.house = House(store, rooms, pages, settings, limits, rehearsals, held, recognised, trust, asked)
        rooms.open()
        ready(rooms)
        shredder = Shredder(store, rooms, settings)
        shredder.open()
        if not among:
            await rehearsals.open()
        yield
        await shredder.close()
        await rehearsals.close()
        await rooms.close()

    app = App(
        title="ttx",
        version=__version__,
        description="Run a tabletop exercise from a program: join, read, command, follow.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=running,
        dependencies=[Depends(gate)],
    )
    app.router.routes[:0] = [api.QUICK, *socket.ROUTES]
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", Static(settings.static, pages.release), name="static")
    app.add_middleware(Rim, origins=settings.own_origins, strict=trust is None, refusals=Refusals(measures.refused))
    for error in STATUS:
        app.add_exception_handler(error, _sentence)
    app.add_exception_handler(OwnPlace, _own_place)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _plain)
    return app


def _raw(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in headers.items()}


PAGES, FILES = _raw(HEADERS), _raw(FILE_HEADERS)
"""The headers as they go out: set one by one through Starlette they took a tenth of an answer's time."""


class Rim:
    """What every request meets first: the origin check, the bound on bodies, and the headers of every reply.

    Plain ASGI: Starlette's BaseHTTPMiddleware and CORS middleware do not see sockets.
    """

    def __init__(
        self, app: Callable[..., Awaitable[None]], origins: tuple[str, ...], strict: bool, refusals: Refusals
    ) -> None:
        """`strict`: a host that was once reached over TLS is never to be reached without. Not beside a plain port,
        which under the same host a browser would then ask for TLS."""
        self.app, self.origins, self.strict, self.refusals = app, origins, strict, refusals

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        writes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if writes and not same_origin(connection, self.origins):
            await self._refuse(403, ELSEWHERE, scope, receive, send)
            return
        length = connection.headers.get("content-length", "0")
        limit = next((most for path, most in BODY_LIMITS if path.fullmatch(scope["path"])), BODY_LIMIT)
        if not length.isdecimal() or int(length) > limit or "transfer-encoding" in connection.headers:
            await self._too_large(length, limit, scope, receive, send)
            return

        started = False

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if message["status"] >= 400:
                    self.refusals.note(scope, message["status"])
                static = scope["path"].startswith("/static/")
                fixed = FILES if static else PAGES
                if self.strict and secure(connection):
                    fixed = {**fixed, b"strict-transport-security": b"max-age=31536000"}
                given = [one for one in message.get("headers", ()) if one[0] not in fixed]
                if not static and all(name != b"cache-control" for name, _ in given):
                    given.append((b"cache-control", b"no-store"))
                message["headers"] = [*given, *fixed.items()]
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception:
            if scope["type"] == "http" and not started:
                await self._refuse(500, WRONG, scope, receive, send)
            raise

    async def _too_large(self, length: str, limit: int, scope: Any, receive: Any, send: Any) -> None:
        """Says how much may be sent: a page with a way back to where a person chose a file, a sentence to a program."""
        sentence: str = worded(
            "What was sent is too large: at most {most} KB are taken, and its length must be said. "
            "Nothing was changed; send less.",
            most=limit // 1024,
        )
        request = Request(scope, receive)
        if limit > BODY_LIMIT and length.isdecimal() and "text/html" in request.headers.get("accept", ""):
            most = SIZE if limit > IMPORT_LIMIT - 1 else 2_000_000
            sentence = (
                f"What you sent has {int(length) / 1e6:.0f} MB; at most {most // 1_000_000} MB are taken. Nothing was "
                "changed. Choose a smaller file: of a list only the list, without pictures."
            )
            back = request.url.path.removesuffix("/start").removesuffix("/roster").removesuffix("/style")
            reply = front.told(request, 413, sentence, door=(back, "Choose another file"))
            reply.headers.update({**HEADERS, "cache-control": "no-store"})
            await reply(scope, receive, send)
            return
        await self._refuse(413, sentence, scope, receive, send)

    async def _refuse(self, status: int, sentence: str, scope: Any, receive: Any, send: Any) -> None:
        self.refusals.note(scope, status)
        headers = {**HEADERS, "cache-control": "no-store"}
        said = spoken.said(HTTPConnection(scope), sentence)
        await JSONResponse({"refused": said}, status, headers)(scope, receive, send)


async def _sentence(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    if isinstance(error, Overtaken):
        return front.told(request, status, _who_and_when(request, error), overtaken=True)
    if isinstance(error, Locked) and request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/lock?{urlencode({'back': request.url.path})}", 303)
    doors = (
        (NotSignedIn, ("/login", "Sign in")),
        (NotStrong, ("/account", "Account")),
        (NoPlace, ("/join", "Join with your code")),
    )
    door = next((door for kind, door in doors if isinstance(error, kind)), None)
    return front.told(request, status, _said(request, error), door=door)


async def _own_place(_: Request, error: Exception) -> Response:
    return RedirectResponse(error.address if isinstance(error, OwnPlace) else "/", 303)


def _said(request: Request, error: Exception) -> str:
    """An error's sentence. Why nothing could be recorded is told in full in English only."""
    if isinstance(error, NotRecorded | NotRead) and spoken.asked_in(request)[0] != SOURCE:
        return worded("The server cannot record at the moment. Nothing was changed; try again in a minute.")
    return error.args[0] if error.args and isinstance(error.args[0], Worded) else str(error)


def _who_and_when(request: Request, error: Overtaken) -> str:
    """What somebody else was faster with, by whom and when in the room's time."""
    house = house_of(request)
    listed = seats_of(house.store, grant_of(request).seat.exercise) if error.seat is not None else []
    names = [one.name or role_label(one.seat.role) for one in listed if one.seat.id == error.seat]
    return f"{error.what}: {names[0] if names else 'somebody'} did it at {house.pages.clock(error.at)}."


async def _malformed(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    where = ", ".join(".".join(str(part) for part in fault["loc"]) for fault in faults)
    english = f"The request is malformed: {where}." if where else "The request is malformed."
    return front.told(request, 422, spoken.said(request, api.not_as_sent(where), english))


async def _plain(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    sentences = {
        404: worded("There is nothing at this address."),
        405: "This address does not take that kind of request.",
    }
    return front.told(request, status, sentences.get(status, worded("This did not work. Try again.")))
