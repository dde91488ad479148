"""Blind signatures: a ballot that is signed without being seen, so that what comes with it does not tell who got it.

RSA with a full-domain hash (D. Chaum, Blind Signatures for Untraceable Payments, 1982; Bellare and Rogaway, 1996).
The device draws a ballot and a factor, and sends hash(ballot) * factor^e; what comes back is divided by the factor. The
other half is `frontend/static/ballot.js`. A key lives as long as its form is open.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
E = 65537
BALLOT_BYTES = 32


class Unsigned(ValueError):
    """What came is no number that can be signed, or no ballot with a signature of this key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key pair for one form: modulus, private exponent."""

    n: int
    d: int

    @classmethod
    def drawn(cls) -> "Key":
        """A new one."""
        numbers = rsa.generate_private_key(E, BITS).private_numbers()
        return cls(numbers.public_numbers.n, numbers.d)

    @classmethod
    def read(cls, text: str) -> "Key":
        """The key that `written` wrote."""
        told = json.loads(text)
        return cls(int(told["n"], 16), int(told["d"], 16))

    @property
    def written(self) -> str:
        """As it is kept."""
        return json.dumps({"n": f"{self.n:x}", "d": f"{self.d:x}"})

    def sign(self, blinded: str) -> str:
        """The signature of a blinded number; both in hexadecimal. Raises Unsigned.

        What is raised to the private exponent is blinded once more, so that the time it takes tells nothing.
        """
        number = _number(blinded)
        if not 1 < number < self.n - 1:
            raise Unsigned("This number cannot be signed.")
        factor = secrets.randbelow(self.n - 2) + 2
        signed = pow(number * pow(factor, E, self.n) % self.n, self.d, self.n)
        return f"{signed * pow(factor, -1, self.n) % self.n:x}"

    def digest(self, ballot: str, signature: str) -> str:
        """The hash under which what comes with this ballot is kept. Raises Unsigned for one this key did not sign."""
        try:
            drawn = bytes.fromhex(ballot)
        except ValueError:
            drawn = b""
        if len(drawn) != BALLOT_BYTES or pow(_number(signature), E, self.n) != hashed(drawn, self.n):
            raise Unsigned("This ballot was not signed here.")
        return hashlib.sha256(drawn).hexdigest()


def hashed(ballot: bytes, n: int) -> int:
    """A ballot as a number below n: 256 bits more than n has, so that none is likelier than another."""
    blocks = (hashlib.sha256(b"ttx ballot" + bytes([number]) + ballot).digest() for number in range(BITS // 256 + 1))
    return int.from_bytes(b"".join(blocks)) % n


def _number(text: str) -> int:
    if len(text) > BITS // 4 or not text.isascii():
        raise Unsigned("This is no number of this key.")
    try:
        return int(text, 16)
    except ValueError as error:
        raise Unsigned("This is no number of this key.") from error
