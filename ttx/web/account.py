"""What the owner of an account does with it: change its password, see where it is signed in, and end that."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.store import accounts, sessions
from ttx.web.access import NotSignedIn, TheHouse, house_of, session_of
from ttx.web.front import DEVICE, TOO_MANY_SIGN_INS, account_of, address_of, signed_in
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

NOT_YOURS = "This is not the password of this account. Nothing was changed; type it once more."
DIFFER = "The new password was typed in two ways. Nothing was changed; type it twice alike."
NONE_CHOSEN = "No browser was ticked, so none was signed out. Tick those that are to be."
Password = Annotated[str, Form(max_length=2000)]


@router.get("/account")
def account(request: Request) -> Response:
    """The account of whoever is signed in."""
    return _shown(request)


@router.post("/account/password")
def change_password(
    request: Request, house: TheHouse, password: Password = "", new: Password = "", again: Password = ""
) -> Response:
    """A new password for the current one. Every browser is signed out, and this one signed in anew."""
    refused = _refused(request, password) or (DIFFER if new != again else None)
    name = _own(request).name
    if refused is None:
        try:
            accounts.set_password(house.store, name, new)
        except accounts.NotAccepted as not_accepted:
            refused = str(not_accepted)
    if refused is not None:
        return _shown(request, password_refused=refused)
    return signed_in(request, name, "/account")


@router.post("/account/sessions")
def sign_out(
    request: Request,
    house: TheHouse,
    password: Password = "",
    which: Annotated[list[str] | None, Form(max_length=1000)] = None,
) -> Response:
    """Sign the ticked browsers out; their pages and sockets end within a second."""
    refused = _refused(request, password) or (None if which else NONE_CHOSEN)
    if refused is not None:
        return _shown(request, sessions_refused=refused)
    sessions.sign_out(house.store, _own(request).name, which)
    return RedirectResponse("/account", 303)


def _own(request: Request) -> accounts.Account:
    own = account_of(request)
    if own is None:
        raise NotSignedIn("Sign in to see your account.")
    return own


def _refused(request: Request, password: str) -> str | None:
    """Why this is not the owner, by his password; wrong ones are counted as at the door."""
    house, device, address = house_of(request), request.cookies.get(DEVICE), address_of(request)
    if house.limits.exhausted("password", device, address):
        return TOO_MANY_SIGN_INS
    if accounts.sign_in(house.store, _own(request).name, password) is None:
        house.limits.failed("password", device, address)
        return NOT_YOURS
    return None


def _shown(request: Request, password_refused: str | None = None, sessions_refused: str | None = None) -> Response:
    own, here, house = _own(request), session_of(request), house_of(request)
    return page(
        request,
        "account.html",
        status=422 if password_refused or sessions_refused else 200,
        account=own.shown,
        here=here.id if here is not None else "",
        listed=sessions.sign_ins(house.store, own.name, idle=house.settings.idle),
        fewest=accounts.MIN_PASSWORD,
        password_refused=password_refused,
        sessions_refused=sessions_refused,
    )
