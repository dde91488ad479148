"""What every part of a report is made from, and for whom a report can be made."""

import hmac
import secrets
from collections.abc import Iterable
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


def drawn(names: Iterable[str], seed: bytes | None = None) -> list[str]:
    """Names in an order that only a secret decides (HMAC-SHA-256): one nobody knows, or `seed`, for the same again."""
    key = secrets.token_bytes(32) if seed is None else seed
    return sorted(names, key=lambda name: hmac.digest(key, name.encode(), "sha256"))
