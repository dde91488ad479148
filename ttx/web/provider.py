"""A provider of single sign-on, asked by OpenID Connect Core 1.0: Authorization Code with PKCE, state and nonce.

All that this server ever fetches by itself is fetched here, and only where an operator named a provider: its
description, its keys, and a token for a code. Nothing that comes back is followed further.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ttx.settings import Settings

DESCRIBED = "/.well-known/openid-configuration"
SCOPE = "openid email"
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
"""Signatures by a key that only the provider has; `none`, and those by a secret that both have, are not among them."""
PATIENCE = 5.0
"""Seconds for each answer of the provider."""
KEPT_FOR = 3600.0
"""Seconds after which its description is read anew."""
KEYS_AGAIN = 60.0
"""Seconds before its keys are read anew because a token names one that is not among them."""
LEEWAY = 60
"""Seconds that its clock and ours may be apart."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class NotVouched(Exception):
    """The provider does not vouch for whoever came, or cannot be asked; the text is a sentence for the log."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for. `email` only if it says that it verified it; `strong`: with several factors."""

    issuer: str
    subject: str
    email: str | None
    strong: bool


class Provider:
    """The provider of an installation. Any thread may ask it."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer
        self._client, self._secret = settings.oidc_client_id, secret_of(settings)
        self._lock = Lock()
        self._described: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def leads_to(self, back: str, state: str, nonce: str, verifier: str) -> str:
        """The address at the provider where somebody says who he is, to come `back` from it. Raises NotVouched."""
        with self._asks(back) as client:
            url, _ = client.create_authorization_url(
                self._description()["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(url)

    def vouches(self, back: str, code: str, nonce: str, verifier: str) -> Vouched:
        """Whom the provider vouches for with this code. Raises NotVouched."""
        try:
            with self._asks(back) as client:
                token = client.fetch_token(
                    self._description()["token_endpoint"], grant_type="authorization_code", code=code,
                    code_verifier=verifier,
                )  # fmt: skip
        except (httpx2.HTTPError, OAuthError, ValueError) as fault:
            raise NotVouched(f"The provider gave no token ({type(fault).__name__}).") from fault
        claims = self._claims(str(token.get("id_token", "")), nonce)
        email = claims.get("email") if claims.get("email_verified") is True else None
        methods = claims.get("amr")
        return Vouched(
            self.issuer,
            str(claims["sub"]),
            email if isinstance(email, str) else None,
            isinstance(methods, list) and "mfa" in methods,  # RFC 8176, 2
        )

    def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        """What an ID token says, after all that OpenID Connect Core 1.0, 3.1.3.7 has checked. Raises NotVouched."""
        expects = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self._client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            try:
                found = jwt.decode(token, self._signers(), algorithms=SIGNED_BY)
            except ValueError:  # a key that is not among those known: perhaps there are new ones
                found = jwt.decode(token, self._signers(anew=True), algorithms=SIGNED_BY)
            expects.validate(found.claims)
        except (JoseError, ValueError) as fault:
            raise NotVouched(f"The provider's ID token is not taken ({type(fault).__name__}).") from fault
        audience = found.claims["aud"]
        several = isinstance(audience, list) and len(audience) > 1
        if (several or "azp" in found.claims) and found.claims.get("azp") != self._client:
            raise NotVouched("The provider's ID token was made for another application.")
        return found.claims

    def _description(self) -> Mapping[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0, 4). Raises NotVouched."""
        with self._lock:
            if self._described is None or time.monotonic() - self._described[0] > KEPT_FOR:
                found = self._fetch(self.issuer.rstrip("/") + DESCRIBED)
                if found.get("issuer") != self.issuer:
                    raise NotVouched(f"The provider calls itself {found.get('issuer')}, and was named {self.issuer}.")
                for name in ENDPOINTS:
                    if not is_safe(str(found.get(name, "")), self.issuer):
                        raise NotVouched(f"The provider's {name} is no address with TLS: {found.get(name)}.")
                self._described = time.monotonic(), found
            return self._described[1]

    def _signers(self, anew: bool = False) -> KeySet:
        """The keys that the provider signs with; again from it if they are old enough. Raises NotVouched."""
        address = str(self._description()["jwks_uri"])
        with self._lock:
            age = time.monotonic() - self._keys[0] if self._keys is not None else KEPT_FOR + 1
            if self._keys is None or age > (KEYS_AGAIN if anew else KEPT_FOR):
                self._keys = time.monotonic(), KeySet.import_key_set(self._fetch(address))  # type: ignore[arg-type]
            return self._keys[1]

    def _fetch(self, address: str) -> dict[str, Any]:
        try:
            reply = httpx2.get(address, timeout=PATIENCE, follow_redirects=False)
            reply.raise_for_status()
            found = reply.json()
        except (httpx2.HTTPError, ValueError) as fault:
            raise NotVouched(f"The provider did not answer at {address} ({type(fault).__name__}).") from fault
        if not isinstance(found, dict):
            raise NotVouched(f"The provider's answer at {address} is none.")
        return found

    def _asks(self, back: str) -> OAuth2Client:
        return OAuth2Client(
            self._client,
            self._secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=PATIENCE,
            follow_redirects=False,
        )


def misfit(settings: Settings) -> str | None:
    """Why single sign-on could not work with these settings, as a sentence; None where it can or is not asked for."""
    issuer = settings.oidc_issuer
    if not issuer:
        return None
    if not is_safe(issuer, issuer):
        return f"TTX_OIDC_ISSUER is {issuer}, which anybody on the way could speak for. Name it by https://."
    if not settings.oidc_client_id:
        return f"TTX_OIDC_ISSUER is {issuer}, and TTX_OIDC_CLIENT_ID is empty. Set it to what the provider calls ttx."
    try:
        if not secret_of(settings):
            return "Single sign-on needs its secret. Put it into a file and name that in TTX_OIDC_SECRET_FILE."
    except OSError as fault:
        return f"TTX_OIDC_SECRET_FILE cannot be read: {fault.strerror}. Check the path and its rights."
    return None


def secret_of(settings: Settings) -> str:
    """The secret that the provider gave, from a file or the environment. Raises OSError."""
    if settings.oidc_secret_file:
        return Path(settings.oidc_secret_file).read_text("utf-8").strip()
    return settings.oidc_secret


def is_safe(address: str, issuer: str) -> bool:
    """Whether an address is reached over TLS, or on this machine as the provider itself is."""
    wanted, known = urlsplit(address), urlsplit(issuer)
    here = ("127.0.0.1", "localhost", "::1")
    return wanted.scheme == "https" or (wanted.scheme == "http" and wanted.hostname in here and known.hostname in here)
