"""An authenticator made of a few bytes: it makes passkeys and signs with them, rightly or as it is told to."""

import hashlib
import json
import secrets
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


class Authenticator:
    """One passkey, once it is made. `count` is what it says of how often it has signed."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.handle = ""
        self.count = 0

    def makes(self, options: dict[str, Any], origin: str, **other: Any) -> dict[str, Any]:
        """The answer to the question of registering."""
        self.handle = options["user"]["id"]
        point = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(key)
        data = self._data(options["rp"]["id"], other.get("flags", PRESENT | VERIFIED) | ATTESTED) + attested
        return self._answer(
            clientDataJSON=_said("webauthn.create", options, origin, other),
            attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}),
        )

    def signs(self, options: dict[str, Any], origin: str, **other: Any) -> dict[str, Any]:
        """The answer to the question of signing in; `other` may hold challenge, flags, domain, handle, signer."""
        data = self._data(other.get("domain", options["rpId"]), other.get("flags", PRESENT | VERIFIED))
        said = _said("webauthn.get", options, origin, other)
        key = other.get("signer", self._key)
        signature = key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        handle = base64url_to_bytes(other.get("handle", self.handle))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=handle)

    def _data(self, domain: str, flags: int) -> bytes:
        return hashlib.sha256(domain.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        named = bytes_to_base64url(self.id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return {"id": named, "rawId": named, "type": "public-key", "response": response}


def _said(kind: str, options: dict[str, Any], origin: str, other: dict[str, Any]) -> bytes:
    challenge = other.get("challenge", options["challenge"])
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()
