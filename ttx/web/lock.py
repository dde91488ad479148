"""The lock before an unattended page: shut by its script or a press, opened by whoever sits there.

The page below goes on and loses nothing; the server takes nothing from that session but what opens it.
"""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.store import accounts, authors, locked, seats, sessions
from ttx.web.access import House, TheHouse, session_of
from ttx.web.account import NOT_YOURS, TOO_MANY_SIGN_INS, Password
from ttx.web.entering import address_of, noted
from ttx.web.passkeys import NOT_TAKEN, WAY, Credential, asked, vouched
from ttx.web.shown import page
from ttx.web.unattended import ways

router = APIRouter(include_in_schema=False)

OPENS = "open the lock with a passkey"
NOT_THE_CODE = "This is not the code of a seat that this browser sits on. Type it once more."
HOME = "/home"
Back = Annotated[str, Form(max_length=2000)]


@router.get("/lock")
def locked_page(request: Request, house: TheHouse, back: str = HOME) -> Response:
    """What a locked session sees in the place of every page."""
    session = session_of(request)
    if session is None or not locked.is_locked(house.store, session.id):
        return RedirectResponse(_own(back), 303)
    return _shown(request, back)


@router.post("/lock")
def shut(request: Request, house: TheHouse) -> Response:
    """Lock every page of this browser's session but the hall's and tablets."""
    session = session_of(request)
    if session is not None:
        locked.lock(house.store, session.id)
    return Response(status_code=204)


@router.post("/lock/open")
def open_(request: Request, house: TheHouse, password: Password = "", back: Back = HOME) -> Response:
    """Unlock with the account's password, or without an account with the code of the seat."""
    session = session_of(request)
    if session is None:
        return _refuse(request, 401, "This browser was signed out. Sign in or join once more.", back)
    what = "password" if session.account is not None else "code"
    address = address_of(request)
    if house.limits.wait(what, session.id, address):
        return _refuse(request, 429, TOO_MANY_SIGN_INS, back)
    if not _knows(house, session, password):
        house.limits.failed(what, session.id, address)
        if session.account is not None:
            noted(request, session.account, "unlocking with a password", good=False)
        return _refuse(request, 401, NOT_YOURS if session.account is not None else NOT_THE_CODE, back)
    return _opened(request, house, session, "unlocking with a password", back)


@router.post("/lock/passkey/ask")
def ask_passkey(request: Request, house: TheHouse) -> Response:
    """What a browser needs to have a passkey open the lock."""
    session = session_of(request)
    return asked(request, house, OPENS, session.id if session is not None else "")


@router.post("/lock/passkey")
def open_by_passkey(request: Request, house: TheHouse, credential: Credential) -> Response:
    """Unlock with a passkey of the account that is signed in."""
    session = session_of(request)
    passkey = vouched(request, credential, OPENS, session.id) if session is not None else None
    if session is None or passkey is None or passkey.account != session.account:
        return _refuse(request, 401, NOT_TAKEN, HOME)
    return _opened(request, house, session, f"unlocking with a {WAY}", HOME)


def _knows(house: House, session: sessions.Session, typed: str) -> bool:
    if session.account is not None:
        return accounts.sign_in(house.store, session.account, typed) is not None
    seat, author = seats.seat_by_code(house.store, typed), authors.author_by_code(house.store, typed)
    if seat is not None:
        return seat.id in {one.id for one in sessions.seats_of_session(house.store, session.id)}
    return author is not None and authors.author_of_session(house.store, session.id, author.id) is not None


def _opened(request: Request, house: House, session: sessions.Session, way: str, back: str) -> Response:
    locked.unlock(house.store, session.id)
    if session.account is not None:
        noted(request, session.account, way, good=True)
    return RedirectResponse(_own(back), 303) if _wants_page(request) else Response(status_code=204)


def _refuse(request: Request, status: int, sentence: str, back: str) -> Response:
    if _wants_page(request):
        return _shown(request, back, sentence, status)
    return JSONResponse({"refused": sentence}, status)


def _shown(request: Request, back: str, refused: str | None = None, status: int = 200) -> Response:
    session = session_of(request)
    how = ways(request, session) if session is not None else None
    return page(request, "lock.html", status=status, opened_by=how, back=_own(back), refused=refused)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _own(back: str) -> str:
    """An address of ours to go back to."""
    return back if back.startswith(("/s/", "/a/", "/home", "/account")) and "\\" not in back else HOME
