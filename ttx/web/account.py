"""What the owner of an account does with it: see where it is signed in and who tried, end that, change its password."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.store import accounts, entrances, factors, passkeys, sessions
from ttx.web.access import NotSignedIn, TheHouse, house_of, session_of
from ttx.web.entering import account_of, address_of, noted, opened_by, signed_in
from ttx.web.labels import device_label
from ttx.web.party import party_of
from ttx.web.shown import page, utc_now

router = APIRouter(include_in_schema=False)

WAY = "password"
FRESH = timedelta(minutes=5)
"""After a sign-in without a password nobody is asked for one for so long."""
LISTED = 30
"""Sign-ins that the page lists."""
NOT_YOURS = "This is not the password of this account. Nothing was changed; type it once more."
TOO_MANY_SIGN_INS = "Too many wrong passwords from this device. Wait a minute, then try once more."
TOO_MANY_HERE = (
    "Too many wrong passwords came from this address, and this browser has not signed in to this account before. Wait "
    "{wait}, then try once more, use a browser that has, or a passkey."
)
DIFFER = "The new password was typed in two ways. Nothing was changed; type it twice alike."
NONE_CHOSEN = "No browser was ticked, so none was signed out. Tick those that are to be."
TOO_WEAK = (
    "This account has a passkey or an app already, and you signed in with the password alone. Sign out, sign in with "
    "one of them, then change what signs in."
)
Password = Annotated[str, Form(max_length=2000)]


@router.get("/account")
def account(request: Request) -> Response:
    """The account of whoever is signed in."""
    return shown(request)


@router.post("/account/password")
def change_password(
    request: Request, house: TheHouse, password: Password = "", new: Password = "", again: Password = ""
) -> Response:
    """A new password for the current one. Every browser is signed out, and this one signed in anew."""
    refused = refused_password(request, password) or (DIFFER if new != again else None)
    name, opened = own(request).name, opened_by(request)
    if refused is None:
        try:
            accounts.set_password(house.store, name, new)
        except accounts.NotAccepted as not_accepted:
            refused = str(not_accepted)
    if refused is not None:
        return shown(request, password_refused=refused)
    return signed_in(request, name, "/account", "new password", strong=opened is not None and opened.strong)


@router.post("/account/sessions")
def sign_out(
    request: Request,
    house: TheHouse,
    password: Password = "",
    which: Annotated[list[str] | None, Form(max_length=1000)] = None,
) -> Response:
    """Sign the ticked browsers out; their pages and sockets end within a second."""
    refused = refused_password(request, password) or (None if which else NONE_CHOSEN)
    if refused is not None:
        return shown(request, sessions_refused=refused)
    sessions.sign_out(house.store, own(request).name, which)
    return RedirectResponse("/account", 303)


def own(request: Request) -> accounts.Account:
    """Whose page it is. Raises NotSignedIn."""
    found = account_of(request)
    if found is None:
        raise NotSignedIn("Sign in to see your account.")
    return found


def fresh(request: Request) -> bool:
    """Whether whoever is signed in has just signed in with something else than a password."""
    opened = opened_by(request)
    recent = opened is not None and utc_now() - opened.at < FRESH
    return recent and opened is not None and opened.way not in (WAY, "new password")


def too_many(device: str | None, wait: int) -> str:
    """Why a password is not tried: for a recognised device, or for a stranger who waits so many seconds."""
    if device is not None:
        return TOO_MANY_SIGN_INS
    return TOO_MANY_HERE.format(wait="a minute" if wait <= 60 else "a quarter of an hour")


def refused_password(request: Request, password: str) -> str | None:
    """Why this is not the owner, by his password; wrong ones are counted as at the door."""
    house, session, address = house_of(request), session_of(request), address_of(request)
    device = session.id if session is not None else None
    if fresh(request):
        return None
    if house.limits.wait("password", device, address):
        return TOO_MANY_SIGN_INS
    if accounts.sign_in(house.store, own(request).name, password) is None:
        house.limits.failed("password", device, address)
        noted(request, own(request).name, WAY, good=False)
        return NOT_YOURS
    return None


def refused_factor(request: Request, password: str) -> str | None:
    """Why whoever is signed in may not change what signs in: it takes no less than what signs in already."""
    store, name, opened = house_of(request).store, own(request).name, opened_by(request)
    if (passkeys.passkeys_of(store, name) or factors.has_app(store, name)) and not (opened and opened.strong):
        return TOO_WEAK
    return refused_password(request, password)


def shown(request: Request, **more: str) -> Response:
    """The page, perhaps with why something was refused: 422 then."""
    found, here, house = own(request), session_of(request), house_of(request)
    tries = entrances.entrances_of(house.store, found.name, LISTED)
    return page(
        request,
        "account.html",
        status=422 if more else 200,
        account=found.shown,
        here=here.id if here is not None else "",
        listed=sessions.sign_ins(house.store, found.name, idle=house.settings.idle),
        fewest=accounts.MIN_PASSWORD,
        fresh=fresh(request),
        passkeys=passkeys.passkeys_of(house.store, found.name),
        party=party_of(request),
        app=factors.has_app(house.store, found.name),
        codes_left=factors.codes_left(house.store, found.name),
        tries=[{"at": one.at, "way": one.way, "good": one.good, "device": device_label(one.device)} for one in tries],
        kept=house.settings.sign_ins_kept.days,
        password_refused=more.get("password_refused"),
        sessions_refused=more.get("sessions_refused"),
        passkeys_refused=more.get("passkeys_refused"),
        app_refused=more.get("app_refused"),
    )
