"""Accounts of the staff: a name, a password, and the seats they have over all exercises."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Row, Update, insert, select, update

from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role, RosterSeat
from ttx.store.breached import breached
from ttx.store.database import NoSuchExercise, Store, log
from ttx.store.guessable import guessable
from ttx.store.naming import as_typed, compared
from ttx.store.obstacles import NotRecorded
from ttx.store.seats import add_seats, seat_of
from ttx.store.tables import accounts, drafts, exercises, seats, sessions, stamp

MIN_PASSWORD = 15  # NIST SP 800-63B-4, 3.1.1.2: a password that is the only factor has at least 15 characters
MAX_PASSWORD = 1000

_HASHER = PasswordHasher()


class NotAccepted(ValueError):
    """A name or password cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff: `name` is the key, `shown` how its owner is called. `admin` looks after the installation and
    sees no content."""

    name: str
    admin: bool
    disabled: bool = False
    shown: str = ""


def create_account(store: Store, name: str, password: str, admin: bool = False, now: datetime | None = None) -> Account:
    """A new account, shown as its name is typed; names do not differ by case. Raises NotAccepted, NotRecorded."""
    shown, name = as_typed(name), compared(name)
    if not name:
        raise NotAccepted("An account needs a name. Give it one that its owner will remember.")
    hashed = _hashed(store, password, name)
    row = {"name": name, "shown": shown, "password_hash": hashed, "admin": admin}
    with store.write(f"The account {shown}") as connection:
        there = connection.execute(select(accounts).where(accounts.c.name == name)).first()
        if there is not None:
            raise NotAccepted(f"There is an account {_account(there).shown} already. Choose another name.")
        connection.execute(insert(accounts).values(**row, created_at=stamp(now or datetime.now(UTC))))
    return Account(name, admin, shown=shown)


def sign_in(store: Store, name: str, password: str) -> Account | None:
    """The account if the password is its own; None for a wrong one, an unknown name or a disabled account.

    All of these take the same time, so that nobody learns which names there are. A hash made with older
    parameters is made anew. Raises NotRead.
    """
    name, plain, nobody = compared(name), _plain(password), _hash_of_nobody()
    with store.read("An account") as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == name)).first()
    usable = row is not None and row.disabled_at is None
    try:
        _HASHER.verify(row.password_hash if row is not None and usable else nobody, plain)
    except (VerificationError, InvalidHashError):
        return None
    if row is None or not usable:
        return None
    if _HASHER.check_needs_rehash(row.password_hash):
        try:
            with store.write(f"The password of {name}") as connection:
                same = update(accounts).where(accounts.c.name == name, accounts.c.password_hash == row.password_hash)
                connection.execute(same.values(password_hash=_HASHER.hash(plain)))
        except NotRecorded as refusal:
            log.warning(str(refusal))
    return _account(row)


def set_password(store: Store, name: str, password: str, now: datetime | None = None) -> None:
    """A new password; every session of the account ends. Raises NotAccepted, NotRecorded."""
    name, hashed = compared(name), _hashed(store, password, compared(name))
    with store.write(f"The password of {name}") as connection:
        changed = connection.execute(update(accounts).where(accounts.c.name == name).values(password_hash=hashed))
        if changed.rowcount == 0:
            raise NotAccepted(f"There is no account {name}. Check how it is spelled.")
        connection.execute(_end_sessions(name, now))


def disable_account(store: Store, name: str, now: datetime | None = None) -> None:
    """From now on nobody signs in to this account, and its sessions end. Raises NotAccepted, NotRecorded."""
    name = compared(name)
    with store.write(f"That account {name} is disabled") as connection:
        changed = connection.execute(
            update(accounts).where(accounts.c.name == name).values(disabled_at=stamp(now or datetime.now(UTC)))
        )
        if changed.rowcount == 0:
            raise NotAccepted(f"There is no account {name}. Check how it is spelled.")
        connection.execute(_end_sessions(name, now))


def account_of(store: Store, name: str) -> Account | None:
    """The account of this name; None if there is none. Raises NotRead."""
    with store.read("An account") as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == compared(name))).first()
    return None if row is None else _account(row)


def accounts_of(store: Store) -> list[Account]:
    """Every account, disabled ones too, by name. Raises NotRead."""
    with store.read("The accounts") as connection:
        rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
    return [_account(row) for row in rows]


def seats_of_account(store: Store, name: str) -> list[Seat]:
    """The seats that carry this account's name, over all exercises, newest exercise first. Raises NotRead."""
    wanted = (
        select(seats)
        .where(seats.c.account == compared(name), seats.c.revoked_at.is_(None))
        .order_by(seats.c.created_at.desc(), seats.c.number)
    )
    with store.read("The seats of an account") as connection:
        return [seat_of(row) for row in connection.execute(wanted)]


def seat_account(
    store: Store, name: str, exercise: str, role: Role, table: str | None = None, now: datetime | None = None
) -> Seat:
    """A new seat in an exercise for this account. Raises NotAccepted, NoSuchExercise, NotRecorded."""
    name = compared(name)
    wanted = RosterSeat(role=role, table=table, account=name)
    with store.write(f"A seat for {name}") as connection:
        if connection.scalar(select(accounts.c.name).where(accounts.c.name == name)) is None:
            raise NotAccepted(f"There is no account {name}. Check how it is spelled.")
        if connection.scalar(select(exercises.c.id).where(exercises.c.id == exercise)) is None:
            raise NoSuchExercise(exercise)
        (seat,) = add_seats(connection, exercise, [wanted], now)
    return seat


def _account(row: Row[Any]) -> Account:
    return Account(row.name, row.admin, row.disabled_at is not None, row.shown or row.name)


def _plain(password: str) -> str:
    """One spelling for what looks the same, so that another keyboard signs in too."""
    return unicodedata.normalize("NFKC", password)[:MAX_PASSWORD]


def _hashed(store: Store, password: str, name: str) -> str:
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < MIN_PASSWORD:
        raise NotAccepted(
            f"A password has at least {MIN_PASSWORD} characters, and this one has {len(plain)}. "
            "Take a short sentence, blanks included."
        )
    if len(plain) > MAX_PASSWORD:
        raise NotAccepted(f"A password has at most {MAX_PASSWORD} characters. Take a shorter one.")
    if guessable(plain, (name, *_titles(store))):
        raise NotAccepted(
            "This password is among the first that somebody tries: little is left of it besides names known here, "
            "repetitions, rows of the keyboard, and words such as 'password' or 'exercise'. Take a short sentence of "
            "your own."
        )
    if breached(plain):
        raise NotAccepted(
            "This password is in a list of passwords that were stolen elsewhere, which are tried before all others. "
            "Take a short sentence of your own."
        )
    return _HASHER.hash(plain)


def _titles(store: Store) -> list[str]:
    """What exercises and scenarios here are called: whoever guesses has heard of them."""
    with store.read("What exercises are called") as connection:
        return [title for table in (exercises, drafts) for title in connection.scalars(select(table.c.title))]


@cache
def _hash_of_nobody() -> str:
    """What an unknown name is verified against."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _end_sessions(name: str, now: datetime | None) -> Update:
    return (
        update(sessions)
        .where(sessions.c.account == name, sessions.c.revoked_at.is_(None))
        .values(revoked_at=stamp(now or datetime.now(UTC)))
    )
