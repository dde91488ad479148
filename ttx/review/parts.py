"""What every part of a report is made from, and for whom a report can be made."""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Tier(StrEnum):
    """For whom a report is made, and so what it leaves out (see docs/words.md)."""

    FULL = "full"
    OWN = "own"
    ANALYST = "analyst"
    PUBLIC = "public"


class Part(BaseModel):
    """A piece of a report; plain data all the way down."""

    model_config = ConfigDict(frozen=True)


def spelt(seq: int) -> str:
    """The id by which reports cite what an entry of the log said: E-0123 is entry 123, for ever."""
    return f"E-{seq:04}"


Called = tuple[Mapping[str, str], Mapping[str, str]]
"""What delegations are called in a section of a report: names and ids, each by their own id."""


class Names:
    """What a report calls delegations: `names` and `aliases` by their ids. Where it is `apart`, each section draws its
    own, so that no label tells what one delegation said elsewhere; with a `seed`, the same again."""

    def __init__(self, names: Mapping[str, str], aliases: Mapping[str, str], apart: bool, seed: bytes | None) -> None:
        self.names, self.aliases, self.apart, self.seed = names, aliases, apart, seed

    def of(self, section: str) -> Called:
        """Those of a section."""
        if not self.apart:
            return self.names, self.aliases
        seed = hmac.digest(self.seed, section.encode(), "sha256") if self.seed is not None else None
        return numbered(self.names, seed)


def numbered(names: Iterable[str], seed: bytes | None = None) -> Called:
    """Numbers in the place of these delegations' names, drawn as `drawn` does."""
    order = drawn(names, seed)
    return (
        {name: f"Participant {number}" for number, name in enumerate(order, 1)},
        {name: f"P{number:02d}" for number, name in enumerate(order, 1)},
    )


def drawn(names: Iterable[str], seed: bytes | None = None) -> list[str]:
    """Names in an order that only a secret decides (HMAC-SHA-256): one nobody knows, or `seed`, for the same again."""
    key = secrets.token_bytes(32) if seed is None else seed
    return sorted(names, key=lambda name: hmac.digest(key, name.encode(), "sha256"))
