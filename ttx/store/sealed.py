"""A stream of bytes encrypted on its way to a file, so that none of it can be read, changed, swapped or cut off.

AES-256-GCM over pieces of 1 MB, each numbered and the last one marked (the STREAM construction, Hoang and others 2015,
which age uses as well). Each file has a key of its own, by HKDF from the installation's and a random salt. What stands
before it in the clear is bound to it: every piece is authenticated together with that.
"""

import hashlib
import os
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"ttx sealed 1\n"
PIECE = 1 << 20
SALT = 16
TAG = 16
CLEAR_AT_MOST = 1 << 24


class NotUnsealed(Exception):
    """A sealed file cannot be read; a sentence's middle: what stands in the way."""


def new_key(file: Path) -> None:
    """Make a key in a file that its owner alone can read. Raises OSError, FileExistsError for a taken name."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(os.urandom(32).hex() + "\n")


def key_in(file: Path) -> bytes:
    """The key of such a file. Raises OSError, and NotUnsealed for what is no key."""
    digits = file.read_text("ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(digits)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise NotUnsealed(f"{file} holds no key of 64 hexadecimal digits")
    return key


def known_by(key: bytes) -> str:
    """What tells one key from another and nothing about it, in hexadecimal."""
    return HKDF(algorithm=SHA256(), length=8, salt=None, info=b"known by").derive(key).hex()


class Sealing:
    """Writes into a file what is written to it, sealed; `close` marks the end, without which nothing can be read."""

    def __init__(self, file: IO[bytes], key: bytes, clear: bytes) -> None:
        self._file, self._waits, self._number = file, bytearray(), 0
        salt = os.urandom(SALT)
        head = MAGIC + len(clear).to_bytes(4, "big") + clear + salt
        self._cipher, self._bound = _cipher(key, salt), hashlib.sha256(head).digest()
        file.write(head)

    def write(self, content: bytes) -> int:
        """Some more of it."""
        self._waits += content
        while len(self._waits) > PIECE:  # never the last piece, which is marked
            self._put(bytes(self._waits[:PIECE]), last=False)
            del self._waits[:PIECE]
        return len(content)

    def close(self) -> None:
        """This was all."""
        self._put(bytes(self._waits), last=True)

    def _put(self, piece: bytes, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._bound))
        self._number += 1


class Unsealing:
    """Reads a sealed file; what it gives has been authenticated. Raises NotUnsealed."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        self._file, self._ready, self._number, self._ended = file, bytearray(), 0, False
        clear, head, salt = _head(file)
        self.clear = clear
        self._cipher, self._bound = _cipher(key, salt), hashlib.sha256(head).digest()
        self._next = file.read(PIECE + TAG)

    def read(self, size: int) -> bytes:
        """As many bytes, fewer at the end."""
        while len(self._ready) < size and not self._ended:
            piece, self._next = self._next, self._file.read(PIECE + TAG)
            self._ended = not self._next
            try:
                self._ready += self._cipher.decrypt(_nonce(self._number, self._ended), piece, self._bound)
            except InvalidTag as error:
                raise NotUnsealed("it was changed or cut off") from error
            self._number += 1
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given


def clear_of(file: Path) -> bytes | None:
    """What stands in the clear before a sealed file; None if it is none. It is not authenticated without the key."""
    with file.open("rb") as opened:
        try:
            return _head(opened)[0]
        except NotUnsealed:
            return None


def _head(file: IO[bytes]) -> tuple[bytes, bytes, bytes]:
    """The clear part, the whole head with it, and the salt."""
    begins = file.read(len(MAGIC) + 4)
    length = int.from_bytes(begins[len(MAGIC) :], "big")
    if not begins.startswith(MAGIC) or len(begins) < len(MAGIC) + 4 or length > CLEAR_AT_MOST:
        raise NotUnsealed("it is no snapshot")
    clear, salt = file.read(length), file.read(SALT)
    if len(salt) < SALT:
        raise NotUnsealed("it was cut off")
    return clear, begins + clear + salt, salt


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=MAGIC).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
