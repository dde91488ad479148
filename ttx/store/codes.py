"""Codes that people type: one alphabet, and each leads to one place only, a seat or an author."""

import secrets
import unicodedata

from sqlalchemy import Connection, bindparam, select

from ttx.store.tables import authors, seats

# 31 letters and digits, without those that are mistaken for another: 0 and O, 1, I and L. Eight of them are
# 8.5e11 codes, so that with 1,000 seats a guess is right once in 850 million.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def fresh_code(connection: Connection) -> str:
    """A new code that leads to no seat and to no author yet; inside the transaction that gives it to one."""
    while True:
        code = new_code()
        if all(connection.scalar(query, {"code": code}) is None for query in _TAKEN):
            return code


def spelled(code: str) -> str:
    """A code as it is shown: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """The code somebody typed, in any case, with blanks and dashes anywhere; None if it cannot be one."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Zs", "Pd", "Cc", "Cf"))
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(CODE_LETTERS) else None


_TAKEN = tuple(select(table.c.id).where(table.c.code == bindparam("code")) for table in (seats, authors))
