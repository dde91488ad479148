"""How devices come to trust this server: a page that says how it is reached and walks people through.

With an authority of our own there is a second, plain port, since a device that does not trust us yet sees nothing but
a warning on the first. That port serves this page, the authority's certificate, and sends all else to the first.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from fastapi import APIRouter, Query
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.web.access import TheHouse
from ttx.web.authority import Authority, Trust
from ttx.web.seats import qr
from ttx.web.shown import page
from ttx.web.spoken import DOOR, at_the_door, remember

router = APIRouter(include_in_schema=False)

PLAIN = ("/trust", "/trust.crt", "/trust.mobileconfig")
FOR_PROGRAMS = ("/healthz", "/readyz", "/metrics")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Way(StrEnum):
    """How a page came: what a device can do without a network depends on it."""

    OWN = "own"
    CERTIFICATE = "certificate"
    HERE = "here"
    PLAIN = "plain"


class Device(StrEnum):
    """Whose steps are opened first."""

    APPLE = "apple"
    ANDROID = "android"
    WINDOWS = "windows"
    OTHER = "other"


class PlainPort:
    """What the plain port serves: the page and its files; other pages are sent to the port with TLS. What a program
    asks is refused, so that whoever wrote its address sees that it goes without (OWASP ASVS 5.0, 4.1.2)."""

    def __init__(self, app: Callable[..., Awaitable[None]], port: int) -> None:
        self.app, self.port = app, port

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """Answer, or say where."""
        if scope["type"] != "http":
            return
        url = HTTPConnection(scope).url
        if scope["method"] in ("GET", "HEAD") and (url.path in PLAIN or url.path.startswith("/static/")):
            await self.app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD") or url.path.startswith("/api/") or url.path in FOR_PROGRAMS:
            refused = {"refused": f"This port is without TLS. Ask {_secured(url, self.port)}; nothing was done."}
            await JSONResponse(refused, 403, {"cache-control": "no-store"})(scope, receive, send)
            return
        where = url.replace(path="/trust") if url.path == "/" else _secured(url, self.port)
        await RedirectResponse(str(where), 307, {"cache-control": "no-store"})(scope, receive, send)


@router.get("/trust")
def how(request: Request, house: TheHouse, language: Annotated[str, Query(max_length=20)] = "") -> Response:
    """How this server is reached, and what is to be done for it on each device; in another language from now on, if one
    is named.

    The choice holds at the door too: a cookie knows no port."""
    known = house.pages.catalogues.known(language)
    if known is not None:
        response = RedirectResponse("/trust", 303)
        remember(request, response, DOOR, known)
        return response
    trust, url = house.trust, request.url
    host = _host(url, trust)
    return page(
        request,
        "trust.html",
        language=at_the_door(request),
        way=way(url, trust),
        device=device_of(request.headers.get("user-agent", "")),
        trust=trust,
        sha256=trust.authority.fingerprint() if trust is not None else "",
        sha1=trust.authority.fingerprint(hashes.SHA1()) if trust is not None else "",  # noqa: S303  (Windows shows it)
        plain=f"http://{host}:{trust.plain_port}/trust" if trust is not None else "",
        secured=f"https://{host}:{trust.port}/join" if trust is not None else "",
        qr=qr(f"http://{host}:{trust.plain_port}/trust") if trust is not None else "",
        on_the_plain_port=trust is not None and url.scheme == "http",
    )


@router.get("/trust.crt")
def certificate(house: TheHouse) -> Response:
    """The authority's certificate, for Android, Windows, macOS and Linux."""
    headers = {"content-disposition": 'attachment; filename="ttx-authority.crt"'}
    return Response(_authority(house.trust).der, media_type="application/x-x509-ca-cert", headers=headers)


@router.get("/trust.mobileconfig")
def profile(house: TheHouse) -> Response:
    """The same as a profile for iPadOS, iOS and macOS."""
    headers = {"content-disposition": 'attachment; filename="ttx-authority.mobileconfig"'}
    return Response(_authority(house.trust).profile, media_type="application/x-apple-aspen-config", headers=headers)


def way(url: URL, trust: Trust | None) -> Way:
    """How a page of this address comes to a device."""
    if trust is not None:
        return Way.OWN
    if url.scheme == "https":
        return Way.CERTIFICATE
    return Way.HERE if url.hostname in LOOPBACK else Way.PLAIN


def device_of(user_agent: str) -> Device:
    """What a browser says it runs on. An iPad says that it is a Mac, and the same steps begin on both."""
    for sign, device in (("Android", Device.ANDROID), ("iPad", Device.APPLE), ("iPhone", Device.APPLE),
                         ("Macintosh", Device.APPLE), ("Windows", Device.WINDOWS)):  # fmt: skip
        if sign in user_agent:
            return device
    return Device.OTHER


def _authority(trust: Trust | None) -> Authority:
    if trust is None:
        raise HTTPException(404)
    return trust.authority


def _host(url: URL, trust: Trust | None) -> str:
    """The host for others: as this request called it, unless that means nothing on another device."""
    own = urlsplit(str(url)).hostname or ""
    if own in LOOPBACK and trust is not None and trust.hosts:
        return trust.hosts[0]
    return f"[{own}]" if ":" in own else own


def _secured(url: URL, port: int) -> URL:
    return url.replace(scheme="https", port=port)
