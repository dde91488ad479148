"""What a device does with its ballot, as `frontend/static/ballot.js` does it in a browser."""

import secrets
from typing import NamedTuple

from ttx.store.blind import E, hashed


class Ballot(NamedTuple):
    """A ballot of a key, the factor that hides it, and what is to be signed."""

    key: int
    drawn: str
    factor: int
    blinded: str

    def signed(self, by: str) -> str:
        """Its signature, from what was made of the blinded one."""
        return f"{int(by, 16) * pow(self.factor, -1, self.key) % self.key:x}"


def ballot(key: str) -> Ballot:
    """A new one for the key with this modulus."""
    n, drawn = int(key, 16), secrets.token_bytes(32)
    factor = secrets.randbelow(n - 2) + 2
    return Ballot(n, drawn.hex(), factor, f"{hashed(drawn, n) * pow(factor, E, n) % n:x}")
