"""The second factor of a password: an app set up on the account's page, and its code asked for at the door."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.store import challenges, entrances, factors
from ttx.web.access import TheHouse, house_of
from ttx.web.account import Password, own, refused_factor, shown, too_many
from ttx.web.entering import address_of, noted, recognised, signed_in
from ttx.web.seats import qr
from ttx.web.shown import page, utc_now

router = APIRouter(include_in_schema=False)

ASKS = "a code after a password"
WRONG = "This is not the code that the app shows now, nor a recovery code that was not used. Type it once more."
WRONG_CODE = "password, wrong code"
WRONG_A_DAY = 30
"""Wrong codes of an account after which its app rests for a day: whoever knows the password and guesses has a chance of
one in ten thousand a day, from however many devices. Recovery codes cannot be guessed, and go on."""
TIRED = (
    "Too many wrong codes were typed for this account today, so the app's do not count. Type a recovery code, sign in "
    "with a passkey, or ask the operator."
)
TOO_LATE = "This took more than five minutes. Sign in once more."
Typed = Annotated[str, Form(max_length=100)]


def asks_for_code(request: Request, account: str, refused: str | None = None, status: int = 200) -> Response:
    """The page that asks for a code, after a right password."""
    token = challenges.ask(house_of(request).store, ASKS, account)
    return page(request, "second.html", status=status, token=token, refused=refused)


@router.post("/login/code")
def type_code(request: Request, house: TheHouse, token: Typed = "", code: Typed = "") -> Response:
    """A typed code; each question is answered once, so a wrong one is asked anew."""
    account = challenges.answered(house.store, token, ASKS)
    if account is None:
        return page(request, "login.html", status=401, refused=TOO_LATE, name="", provider=provider_name(request))
    device, address = recognised(request, account), address_of(request)
    if wait := house.limits.wait("password", device, address):
        return asks_for_code(request, account, too_many(device, wait), 429)
    wrong = entrances.in_vain(house.store, account, WRONG_CODE, utc_now() - timedelta(days=1))
    factor = factors.checks(house.store, account, code, app=wrong < WRONG_A_DAY)
    if factor is None:
        house.limits.failed("password", device, address)
        noted(request, account, WRONG_CODE, good=False)
        return asks_for_code(request, account, WRONG if wrong < WRONG_A_DAY else TIRED, 401)
    return signed_in(request, account, "/home", f"password and {factor}", strong=True)


def provider_name(request: Request) -> str:
    """At which provider one signs in, too; empty for none."""
    settings = house_of(request).settings
    return settings.oidc_name if settings.oidc_issuer else ""


@router.post("/account/app")
def begin_app(request: Request, house: TheHouse, password: Password = "") -> Response:
    """Show a secret to an app; it counts once a code was typed."""
    refused = refused_factor(request, password)
    if refused is not None:
        return shown(request, app_refused=refused)
    return _with_secret(request, factors.begin(house.store, own(request).name))


@router.post("/account/app/confirm")
def confirm_app(request: Request, house: TheHouse, code: Typed = "", secret: Typed = "") -> Response:
    """From now on a password takes the app's code besides; the recovery codes are shown once."""
    codes = factors.confirm(house.store, own(request).name, code)
    if not codes:
        return _with_secret(request, secret, WRONG)
    return page(request, "app.html", account=own(request).shown, codes=codes, refused=None)


@router.post("/account/app/remove")
def remove_app(request: Request, house: TheHouse, password: Password = "") -> Response:
    """The password alone is enough again, where nothing demands more."""
    refused = refused_factor(request, password)
    if refused is not None:
        return shown(request, app_refused=refused)
    factors.remove_app(house.store, own(request).name)
    return RedirectResponse("/account#app", 303)


def _with_secret(request: Request, secret: str, refused: str | None = None) -> Response:
    address = factors.address_of(own(request).name, secret)
    return page(
        request,
        "app.html",
        status=422 if refused else 200,
        account=own(request).shown,
        secret=secret,
        qr=qr(address),
        codes=(),
        refused=refused,
    )
