"""Signing in with the provider that an operator named. It says who comes; what he may do here is never its business."""

import json
import secrets
from typing import Annotated

import structlog
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ttx.store import challenges, identities
from ttx.store.seats import hash_of
from ttx.web.access import TheHouse, secure
from ttx.web.entering import address_of, noted, signed_in
from ttx.web.provider import NotVouched
from ttx.web.seats import address_of as public_address
from ttx.web.second import provider_name
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)
logger = structlog.get_logger(__name__)

WAY = "single sign-on"
STATE = "a single sign-on"
AWAY = "Sign in elsewhere"
BACK = "/login/provider/back"
NONE_NAMED = "No provider of single sign-on is set here. Sign in with your password or a passkey."
NOT_NOW = "Single sign-on did not work: {why} Try once more, or sign in with your password or a passkey."
NOT_LINKED = (
    "The provider knows you, and no account here is linked to you. Give the operator this, who links it to yours with "
    "ttx account link: {subject}"
)
Given = Annotated[str, Query(max_length=4000)]


@router.post("/login/provider")
def leave(request: Request, house: TheHouse) -> Response:
    """Send a browser to the provider. The state is good once, for five minutes, and for this browser alone."""
    if house.provider is None:
        return _refused(request, NONE_NAMED, 404)
    if not house.limits.question(address_of(request)):
        return _refused(request, NOT_NOW.format(why="too many people asked at once."), 429)
    browser, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    state = challenges.ask(house.store, STATE, json.dumps([hash_of(browser), nonce, verifier]))
    try:
        away = house.provider.leads_to(_back(request), state, nonce, verifier)
    except NotVouched as fault:
        logger.warning("single sign-on", why=str(fault))
        return _refused(request, NOT_NOW.format(why="the provider cannot be reached."), 503)
    # Not a redirect: a form's may lead to no other site, says the policy of every page.
    name = house.settings.oidc_name
    sentence = f"You say who you are at {name}."
    response = page(request, "error.html", title=AWAY, sentence=sentence, back=away, back_label="Go on")
    response.headers["refresh"] = f"0;url={away}"
    response.set_cookie(_cookie(request), browser, 600, path="/", httponly=True, samesite="lax", secure=secure(request))
    return response


@router.get(BACK)
def come_back(request: Request, house: TheHouse, code: Given = "", state: Given = "", iss: Given = "") -> Response:
    """Whoever comes back from the provider signs in to the account that an operator linked, and to no other."""
    about = challenges.answered(house.store, state, STATE)
    browser, nonce, verifier = json.loads(about) if about is not None else ("", "", "")
    if house.provider is None or not code or hash_of(request.cookies.get(_cookie(request), "")) != browser:
        return _refused(request, NOT_NOW.format(why="the way there and back took too long or was cut short."), 401)
    try:
        if iss and iss != house.provider.issuer:  # RFC 9207
            raise NotVouched("The answer is of another provider.")
        vouched = house.provider.vouches(_back(request), code, nonce, verifier)
    except NotVouched as fault:
        logger.warning("single sign-on", why=str(fault))
        return _refused(request, NOT_NOW.format(why="the provider's answer was not taken."), 401)
    account = identities.known_as(house.store, vouched.issuer, vouched.subject, vouched.email)
    if account is None:
        return _refused(request, NOT_LINKED.format(subject=vouched.subject), 403)
    if account.disabled:
        noted(request, account.name, WAY, good=False)
        return _refused(request, NOT_LINKED.format(subject=vouched.subject), 403)
    response = signed_in(request, account.name, "/home", WAY, vouched.strong)
    response.delete_cookie(_cookie(request), path="/", secure=secure(request), httponly=True, samesite="lax")
    return response


def _back(request: Request) -> str:
    return public_address(request) + BACK


def _cookie(request: Request) -> str:
    return "__Host-ttx_provider" if secure(request) else "ttx_provider"


def _refused(request: Request, sentence: str, status: int) -> Response:
    return page(request, "login.html", status=status, refused=sentence, name="", provider=provider_name(request))
