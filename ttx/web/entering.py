"""Signing in, whichever way somebody came: the session, its cookie, and the note of it."""

from ipaddress import IPv6Address, ip_address

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.store import accounts, authors, entrances, sessions
from ttx.store.obstacles import NotRecorded
from ttx.web.access import called, cookie_name, house_of, secure, session_of, start_session

logger = structlog.get_logger(__name__)

DEVICE = "ttx_device"
YEAR = 365 * 24 * 3600


def signed_in(request: Request, account: str, lands: str, way: str, strong: bool = False) -> Response:
    """Send a browser on with a session of this account; the one it had before, whoever's, is over.

    Whoever wrote scenarios by their codes alone, without an account, writes them on in the new one.
    `way` is how somebody signed in, `strong` whether with two factors. Raises NotRecorded.
    """
    before = session_of(request)
    cookie, session = start_session(request, account)
    noted(request, account, way, good=True, session=session, strong=strong)
    if before is not None and before.account is None:
        authors.carry(house_of(request).store, before.id, session)
    if before is not None:
        sessions.close_session(house_of(request).store, before.id)
    return welcomed(request, with_session(request, RedirectResponse(lands, 303), cookie), account)


def noted(
    request: Request, account: str, way: str, good: bool, session: str | None = None, strong: bool = False
) -> None:
    """Note a try at an account. One that was in vain is only logged where nothing can be recorded."""
    house, device = house_of(request), request.headers.get("user-agent", "")
    try:
        entrances.note(house.store, account, way, good, device, session, strong, house.settings.sign_ins_kept)
    except NotRecorded as refusal:
        if good:
            raise
        logger.warning(str(refusal))


def with_session(request: Request, response: Response, cookie: str | None) -> Response:
    """A response that brings the session's cookie, if there is a new one."""
    if cookie is not None:
        lasts = int(house_of(request).settings.lasts.total_seconds())
        response.set_cookie(
            cookie_name(request), cookie, lasts, path="/", httponly=True, samesite="lax", secure=secure(request)
        )
    return response


def account_of(request: Request) -> accounts.Account | None:
    """Who is signed in, if anybody is."""
    session = session_of(request)
    name = session.account if session is not None else None
    return accounts.account_of(house_of(request).store, name) if name is not None else None


def opened_by(request: Request) -> entrances.Opened | None:
    """How whoever is signed in signed in."""
    session = session_of(request)
    return entrances.opened(house_of(request).store, session.id) if session is not None else None


def recognised(request: Request, account: str = "") -> str | None:
    """The number of a device that got in before, and as this account if one is named; None for a stranger.

    Raises NotRead.
    """
    return house_of(request).recognised.number(request.cookies.get(called(request, DEVICE), ""), account)


def welcomed(request: Request, response: Response, account: str = "") -> Response:
    """The response to whoever got in, with the cookie by which his device is recognised from now on.

    Raises NotRead, NotRecorded.
    """
    if recognised(request, account) is None:
        cookie = house_of(request).recognised.cookie(account)
        response.set_cookie(
            called(request, DEVICE), cookie, YEAR, httponly=True, samesite="lax", secure=secure(request)
        )
    return response


def address_of(request: Request) -> str:
    """Where a request comes from, for counting tries: of IPv6 the network, in which one device has any number."""
    said = request.client.host if request.client is not None else ""
    try:
        address = ip_address(said.partition("%")[0])
    except ValueError:
        return said
    if not isinstance(address, IPv6Address):
        return said
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
