"""Passkeys on the wire: made on the account's page, taken at the door and before a locked page."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter, Body, Form
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ttx.store import challenges, passkeys
from ttx.store.accounts import NotAccepted
from ttx.store.passkeys import Passkey
from ttx.web.access import House, TheHouse, house_of, session_of
from ttx.web.account import Password, own, refused_factor, shown
from ttx.web.entering import address_of, noted, signed_in
from ttx.web.party import Party, party_of

router = APIRouter(include_in_schema=False)
logger = structlog.get_logger(__name__)

WAY = "passkey"
NAME = "ttx"
MAKES, ENTERS = "make a passkey", "sign in with a passkey"
NO_PARTY = (
    "Passkeys are not to be had at this address: they take TLS and a name. Open the page under the address that the "
    "operator has set for it."
)
NOT_MADE = "The passkey was not kept: the answer of this device did not fit the question. Try once more."
NOT_TAKEN = "This passkey was not taken. Try once more, or use your password."
TOO_MANY = "Too many people asked for this at once. Wait a minute, then try once more."
Credential = Annotated[dict[str, Any], Body()]
BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What comes of an answer that no browser of good will sends."""


@router.post("/account/passkeys/ask")
def ask_to_make(request: Request, house: TheHouse, password: Password = "") -> Response:
    """What a browser needs to make a passkey for the account of whoever is signed in."""
    party = party_of(request)
    refused = NO_PARTY if party is None else refused_factor(request, password)
    if party is None or refused is not None:
        return _refuse(422, refused or NO_PARTY)
    name = own(request).name
    handle = passkeys.handle_of(house.store, name)
    token = challenges.ask(house.store, MAKES, json.dumps([name, handle, _here(request)]))
    options = generate_registration_options(
        rp_id=party.domain,
        rp_name=NAME,
        user_id=base64url_to_bytes(handle),
        user_name=own(request).shown,
        user_display_name=own(request).shown,
        challenge=base64url_to_bytes(token),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id))
            for one in passkeys.passkeys_of(house.store, name)
        ],
    )
    return _options(options_to_json(options))


@router.post("/account/passkeys")
def make(
    request: Request, house: TheHouse, credential: Credential, name: Annotated[str, Body(max_length=200)] = ""
) -> Response:
    """Keep the passkey that was made."""
    party, account = party_of(request), own(request).name
    try:
        token = _challenge(credential)
        about = challenges.answered(house.store, token, MAKES)
        whose, handle, session = json.loads(about) if about is not None else ("", "", "")
        if party is None or (whose, session) != (account, _here(request)):
            return _refuse(422, NOT_MADE)
        made = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(token),
            expected_rp_id=party.domain,
            expected_origin=list(party.origins),
            require_user_verification=True,
        )
        id_ = bytes_to_base64url(made.credential_id)
        passkeys.add_passkey(house.store, account, id_, handle, made.credential_public_key, made.sign_count, name)
    except NotAccepted as not_accepted:
        return _refuse(422, str(not_accepted))
    except BROKEN as broken:
        logger.warning("passkey not made", account=account, error=type(broken).__name__)
        return _refuse(422, NOT_MADE)
    return RedirectResponse("/account#passkeys", 303)


@router.post("/account/passkeys/change")
def change(
    request: Request,
    house: TheHouse,
    which: Annotated[str, Form(max_length=2000)],
    do: Annotated[Literal["rename", "remove"], Form()],
    name: Annotated[str, Form(max_length=200)] = "",
    password: Password = "",
) -> Response:
    """Another name for a passkey, or its end."""
    account = own(request).name
    if do == "rename":
        passkeys.rename_passkey(house.store, account, which, name)
        return RedirectResponse("/account#passkeys", 303)
    refused = refused_factor(request, password)
    if refused is not None:
        return shown(request, passkeys_refused=refused)
    passkeys.remove_passkey(house.store, account, which)
    return RedirectResponse("/account#passkeys", 303)


@router.post("/login/passkey/ask")
def ask_at_the_door(request: Request, house: TheHouse) -> Response:
    """What a browser needs to offer the passkeys it has for this place, whoever's they are."""
    return asked(request, house, ENTERS)


@router.post("/login/passkey")
def enter(request: Request, credential: Credential) -> Response:
    """Sign in with a passkey; it counts as two factors, since its device has verified who uses it."""
    passkey = vouched(request, credential, ENTERS)
    if passkey is None:
        return _refuse(401, NOT_TAKEN)
    return signed_in(request, passkey.account, "/home", WAY, strong=True)


def asked(request: Request, house: House, what: str, about: str = "") -> Response:
    """The question that a passkey is to answer, or a refusal."""
    party = party_of(request)
    if party is None:
        return _refuse(422, NO_PARTY)
    if not house.limits.question(address_of(request)):
        return _refuse(429, TOO_MANY)
    token = challenges.ask(house.store, what, about)
    options = generate_authentication_options(
        rp_id=party.domain,
        challenge=base64url_to_bytes(token),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _options(options_to_json(options))


def vouched(request: Request, credential: Mapping[str, Any], what: str, about: str = "") -> Passkey | None:
    """The passkey that answered a question of this kind; None, noted at its account, for an answer that is not taken:
    one to no question of ours or to an old one, from another place, without the person verified, or out of turn."""
    house, party = house_of(request), party_of(request)
    passkey = passkeys.passkey_of(house.store, str(credential.get("id", "")))
    if party is not None and passkey is not None and _answers(house, party, passkey, credential, what, about):
        return passkey
    if passkey is not None:
        noted(request, passkey.account, WAY, good=False)
    return None


def _answers(
    house: House, party: Party, passkey: Passkey, credential: Mapping[str, Any], what: str, about: str
) -> bool:
    try:
        token = _challenge(credential)
        if challenges.answered(house.store, token, what) != about:
            return False
        if credential["response"].get("userHandle") != passkey.handle:
            return False
        verified = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=base64url_to_bytes(token),
            expected_rp_id=party.domain,
            expected_origin=list(party.origins),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.count,
            require_user_verification=True,
        )
    except BROKEN as broken:
        logger.warning("passkey not taken", account=passkey.account, error=type(broken).__name__)
        return False
    return passkeys.note_use(house.store, passkey, verified.new_sign_count)


def _challenge(credential: Mapping[str, Any]) -> str:
    """The question that an answer says it is to."""
    said = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
    return str(said["challenge"]).rstrip("=")


def _here(request: Request) -> str:
    session = session_of(request)
    return session.id if session is not None else ""


def _options(text: str) -> Response:
    return Response(text, media_type="application/json")


def _refuse(status: int, sentence: str) -> Response:
    return JSONResponse({"refused": sentence}, status)
