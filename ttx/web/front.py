"""The front door: joining by code, signing in, and pages that say why something did not work."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.exercise.rights import Action, Author, Seat, reach
from ttx.scenario import folders
from ttx.scenario.blank import blank
from ttx.scenario.changes import change
from ttx.scenario.requests import WriteHead
from ttx.scenario.roster import Role
from ttx.scenario.worded import worded
from ttx.scenario.writing import written
from ttx.store import accounts, authors, codes, devices, drafts, factors, log, seats, sessions
from ttx.store.draft_files import title_of
from ttx.store.obstacles import NotRecorded
from ttx.web.access import House, TheHouse, cookie_name, house_of, secure, session_of, start_session
from ttx.web.account import WAY, too_many
from ttx.web.author_files import run_from
from ttx.web.entering import account_of, address_of, noted, recognised, signed_in, welcomed, with_session
from ttx.web.examples import examples_in
from ttx.web.labels import role_label
from ttx.web.second import asks_for_code, provider_name
from ttx.web.shown import page
from ttx.web.spoken import DOOR, asked_in, at_the_door, carry, remember
from ttx.web.strength import too_weak

router = APIRouter(include_in_schema=False)

NO_CODE = worded("A code has 8 letters and digits, such as ABCD-EFGH; this is not one.")
TOO_OFTEN = worded(
    "Too many wrong codes from this device or from others on its network. Wait a minute, then type the code once more."
)
JOIN = worded("Join the exercise")
WAITS = worded("A facilitator lets devices in one by one here, and this one waits. Join again in a moment.")
OWNERS_SEAT = "This seat is an account's, and the exercise demands two factors: its owner signs in, and needs no code."
NO_CONTENT = "An administrator looks after the installation and writes no scenario. Sign in with an account of staff."
NO_TITLE = "A scenario needs a title. Give it one; it can be changed later."
WRONG_PASSWORD = "This name and password do not go together. Check both, capital letters included."  # noqa: S105


class NotJoined(Exception):
    """A code that leads to no seat; `status` is 404 or 429, the text a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


@router.get("/")
def landing(request: Request) -> Response:
    """The join page; somebody who sits in one place already finds it again at /home or by his code."""
    return _join_page(request)


@router.get("/join")
def ask_for_code(request: Request, language: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Where a code is typed; in another language from now on, if one is named."""
    known = house_of(request).pages.catalogues.known(language)
    if known is None:
        return _join_page(request)
    response = RedirectResponse("/join", 303)
    remember(request, response, DOOR, known)
    return response


@router.post("/join")
def join_by_form(request: Request, code: Annotated[str, Form(max_length=100)] = "") -> Response:
    """A typed code."""
    return _join(request, code)


@router.get("/j/{code}")
def join_by_link(request: Request, code: str) -> Response:
    """A scanned code."""
    return _join(request, code)


@router.get("/login")
def ask_for_password(request: Request) -> Response:
    """Where staff sign in."""
    return _login(request, None, "")


@router.post("/login")
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=2000)],
) -> Response:
    """A typed password."""
    house = house_of(request)
    device, address = recognised(request, name), address_of(request)
    if wait := house.limits.wait("password", device, address, name):
        return _login(request, too_many(device, wait), name, 429)
    account = accounts.sign_in(house.store, name, password)
    if account is None:
        house.limits.failed("password", device, address, name)
        response = _login(request, WRONG_PASSWORD, name, 401)
        response.background = BackgroundTask(_note_try, request, name)
        return response
    if factors.has_app(house.store, account.name):
        return asks_for_code(request, account.name)
    return signed_in(request, account.name, "/home", WAY)


def _note_try(request: Request, name: str) -> None:
    """Note a wrong password once the answer is out, so that the time it takes tells nobody which names there are."""
    known = accounts.account_of(house_of(request).store, name)
    if known is not None:
        noted(request, known.name, WAY, good=False)


def _login(request: Request, refused: str | None, name: str, status: int = 200) -> Response:
    return page(request, "login.html", status=status, refused=refused, name=name, provider=provider_name(request))


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """End this device's session, on every seat it sits on."""
    session = session_of(request)
    if session is not None:
        sessions.close_session(house_of(request).store, session.id)
    response = RedirectResponse("/join", 303)
    response.delete_cookie(cookie_name(request), path="/", secure=secure(request), httponly=True, samesite="lax")
    return response


@router.get("/home")
def home(request: Request, house: TheHouse) -> Response:
    """The exercises a member of staff has a seat in, and the scenarios he writes."""
    return _home(request, house)


@router.post("/home/scenarios")
def new_scenario(
    request: Request,
    house: TheHouse,
    title: Annotated[str, Form(max_length=200)] = "",
    example: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """A scenario of one's own, empty or like one that comes along, by this title; whoever makes it is its director."""
    account = account_of(request)
    if account is None or account.admin:
        return _home(request, house, NO_CONTENT, 403)
    title = " ".join(title.split())
    if example:
        texts, shown = _example(house, example, title)
    else:
        texts, shown = written(blank(title)) if title else {}, {}
    if not texts:
        return _home(request, house, NO_TITLE, 422)
    director = authors.Invited(Role.DIRECTOR, name=account.shown, account=account.name)
    draft = drafts.new_draft(house.store, texts, shown, [director])
    (made,) = authors.authors_of(house.store, draft)
    return RedirectResponse(f"/a/{made.author.id}", 303)


@router.post("/home/scenarios/leave")
def leave_scenario(request: Request, house: TheHouse, author: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Take a scenario off one's own home. Nothing of it is deleted, and the code that the page told brings it back."""
    account = account_of(request)
    authors.leave_home(house.store, author, account.name if account is not None else "")
    return RedirectResponse("/home", 303)


def _home(request: Request, house: House, refused: str | None = None, status: int = 200) -> Response:
    account = account_of(request)
    name = account.name if account is not None else None
    exercises = {str(one.id): one for one in log.exercises(house.store)}
    places = [
        {"exercise": known.title, "begun": known.created_at, "role_label": role_label(seat.role),
         "table": seat.table, "url": f"/s/{seat.id}", "runs": False}
        for seat in (accounts.seats_of_account(house.store, name) if name is not None else ())
        if (known := exercises.get(seat.exercise)) is not None
    ]  # fmt: skip
    writes = authors.authors_of_account(house.store, name) if name is not None else []
    seated = {seat.exercise for seat in accounts.seats_of_account(house.store, name)} if name is not None else set()
    runs = {exercise: (author, code) for author in writes for exercise, code in run_from(house, author)}
    places += [
        {"exercise": known.title, "begun": known.created_at, "role_label": role_label(author.role),
         "table": None, "url": f"/j/{code}", "runs": True}
        for exercise, (author, code) in runs.items()
        if exercise not in seated and (known := exercises.get(exercise)) is not None
    ]  # fmt: skip
    called = {str(one.id): one for one in drafts.drafts_of(house.store)}
    scenarios = [
        {"title": draft.title, "begun": draft.created_at, "id": draft.id, "role_label": role_label(author.role),
         "group": author.group, "url": f"/a/{author.id}", "author": author.id, "code": _code(house, author),
         "removes": reach(author, Action.REMOVE_SCENARIO) is not None}
        for author in writes
        if (draft := called.get(author.draft)) is not None
    ]  # fmt: skip
    return page(
        request,
        "home.html",
        status=status,
        account=account.shown if account is not None else None,
        places=places,
        scenarios=scenarios,
        may_write=account is not None and not account.admin,
        examples=examples_in(house.settings.scenarios) if account is not None and not account.admin else (),
        refused=refused,
    )


def _example(house: House, name: str, title: str) -> tuple[Mapping[str, str], Mapping[str, bytes]]:
    """The files of a scenario that comes along, under another title if one is given; none for a name that is none."""
    if all(name != one.name for one in examples_in(house.settings.scenarios)):
        return {}, {}
    texts, shown = folders.contents(house.settings.scenarios / name)
    if title and title != title_of(texts):
        texts = change(texts, shown, WriteHead(do="write_head", fields={"title": title})).texts
    return texts, shown


def _code(house: House, author: Author) -> str:
    """The code that leads to an author, as it is shown."""
    listed = authors.authors_of(house.store, author.draft)
    return next(one.code for one in listed if one.author.id == author.id)


@router.get("/favicon.ico")
def icon() -> Response:
    """Browsers ask for it unasked."""
    return RedirectResponse("/static/icon.svg", 301)


def admit(request: Request, typed: str) -> Seat | Author:
    """Whom a typed code leads to; raises NotJoined with a sentence, and counts the wrong try."""
    house = house_of(request)
    device, address = recognised(request), address_of(request)
    exhausted = house.limits.wait("code", device, address) > 0
    if not (exhausted and device):
        who = seats.seat_by_code(house.store, typed) or authors.author_by_code(house.store, typed)
        if isinstance(who, Seat) and factors.closed_to_codes(house.store, who.id):
            raise NotJoined(403, OWNERS_SEAT)
        if who is not None and (why := too_weak(house.store, session_of(request), who)) is not None:
            raise NotJoined(403, why)
        if who is not None:
            return who
    if exhausted:
        raise NotJoined(429, TOO_OFTEN)
    house.limits.failed("code", device, address)
    code = codes.read_code(typed)
    raise NotJoined(
        404,
        worded(
            "No seat has the code {code}. Check each letter; codes have no O, I, L, 0 or 1.", code=codes.spelled(code)
        )
        if code is not None
        else NO_CODE,
    )


def sit_down(request: Request, who: Seat | Author, response: Response, waits: Response) -> Response:
    """Let the device sit on a seat, or write as an author; the response carries its cookie.

    Where devices are let in one by one it waits for that, and gets the other response.
    """
    cookie, session = start_session(request)
    response, waits = welcomed(request, response), welcomed(request, waits)
    device, store = request.headers.get("user-agent", ""), house_of(request).store
    if isinstance(who, Author):
        authors.write_from(store, session, who.id, device)
        if (account := account_of(request)) is not None and not account.admin:
            authors.take_home(store, who, account.name)
        return with_session(request, response, cookie)
    kept = reach(who, Action.RUN) is None and devices.door_is_kept(store, who.exercise)
    if kept and not devices.asks_in(store, session, who.id, device):
        return with_session(request, waits, cookie)
    sessions.sit(store, session, who.id, device)
    carry(request, response, who)
    return with_session(request, response, cookie)


def told(
    request: Request, status: int, sentence: str, overtaken: bool = False, door: tuple[str, str] | None = None
) -> Response:
    """A refusal: data for a program or a script, a page for a person. `overtaken`: somebody else was faster; `door`:
    address and words of the way on, the join page if none is named."""
    language, staff = asked_in(request)
    sentence = house_of(request).pages.catalogues.tongue(language, staff).say(sentence)
    wants_page = "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers
    if not wants_page or request.url.path.startswith("/api/"):
        return JSONResponse({"refused": sentence, **({"overtaken": True} if overtaken else {})}, status)
    title = _TITLES.get(status, worded("Not done"))
    way: dict[str, str] = (
        {"title": door[1], "back": door[0], "back_label": door[1]} if door is not None else {"title": title}
    )
    if door is None and (grant := getattr(request.state, "grant", None)) is not None:
        way["back"] = f"/s/{grant.seat.id}"
    elif door is None and status == 401:
        way["back_label"] = JOIN
    return page(request, "error.html", language=language, status=status, sentence=sentence, **way)


_TITLES = {
    401: worded("No seat here"),
    403: worded("Not allowed"),
    404: worded("Not found"),
    409: worded("Not now"),
    429: worded("Too often"),
    503: worded("Not recorded"),
}


def _join(request: Request, typed: str) -> Response:
    try:
        who = admit(request, typed)
        lands = RedirectResponse(f"/{'s' if isinstance(who, Seat) else 'a'}/{who.id}", 303)
        waits = page(
            request,
            "waiting.html",
            language=at_the_door(request, who if isinstance(who, Seat) else None),
            status=202,
            again=f"/j/{codes.spelled(codes.read_code(typed) or '')}",
        )
        waits.headers["refresh"] = f"3;url=/j/{codes.spelled(codes.read_code(typed) or '')}"
        return sit_down(request, who, lands, waits)
    except NotJoined as refusal:
        return _join_page(request, typed, refusal.args[0], refusal.status)
    except NotRecorded as refusal:
        return _join_page(request, typed, str(refusal), 503)


def _join_page(request: Request, code: str = "", refused: str | None = None, status: int = 200) -> Response:
    language = at_the_door(request)
    return page(request, "join.html", language=language, status=status, code=code, refused=refused)
