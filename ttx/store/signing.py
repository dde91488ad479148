"""The key with which an installation signs what leaves it, made once in its data directory."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FILE = "signing.key"


def signing_key(directory: Path) -> Ed25519PrivateKey:
    """The key of this data directory, readable by its owner alone; made where there is none. Raises OSError."""
    file = directory / FILE
    with suppress(FileExistsError):
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(made)
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise OSError(f"{file} is no Ed25519 key. Put back the one that was there, or move it away to have a new one.")
    return key


def public(key: Ed25519PrivateKey) -> str:
    """The half that others check by, as 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def statement(key: Ed25519PrivateKey, said: Mapping[str, Any]) -> tuple[str, str]:
    """What is said, with who signs it, as a text; and the signature under that. `said` names its `form`."""
    whole = {**said, "signer": public(key)}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, key.sign(text.encode()).hex()


def stated(text: str, signature: str, form: str) -> dict[str, Any] | None:
    """What such a statement says; None if it is of another form or the signature does not fit. Raises ValueError."""
    said = json.loads(text)
    if not signed_by(str(said["signer"]), signature, text.encode()):
        return None
    return dict(said) if said.get("form") == form else None


def signed_by(signer: str, signature: str, content: bytes) -> bool:
    """Whether the holder of this public key signed this content (Ed25519, RFC 8032); both in hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
