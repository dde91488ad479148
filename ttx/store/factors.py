"""The second factor of a password: an app that shows a code every half minute (RFC 6238), and recovery codes.

Where an exercise demands more than a password, its seats with an account are open only to sessions that were opened
with two factors; where the installation does of a role, so are all its seats: `demanded` is that rule.
"""

import base64
import hmac
import secrets
import struct
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from ttx.store.codes import CODE_LETTERS
from ttx.store.database import Store
from ttx.store.seats import hash_of
from ttx.store.tables import authenticators, demands, entrances, passkeys, recovery_codes, seats, stamp

STEP = 30
"""Seconds that a code is shown for."""
DIGITS = 6
AROUND = 1
"""Steps that a clock may be off, either way."""
RECOVERY = 10
RECOVERY_LENGTH = 24
"""Signs of a recovery code: 118 random bits, so that a plain hash of it tells nothing (NIST SP 800-63B-4, 3.1.2.2)."""


def code_at(secret: bytes, step: int, digits: int = DIGITS, digest: str = "sha1") -> str:
    """The code of a step. RFC 4226, 5.3, with the counter of RFC 6238, 4.2."""
    made = hmac.digest(secret, struct.pack(">Q", step), digest)
    (word,) = struct.unpack_from(">I", made, made[-1] & 15)
    return str((word & 0x7FFFFFFF) % 10**digits).zfill(digits)


def begin(store: Store, account: str) -> str:
    """A new secret for an app, in base32. It counts once a code of it was confirmed. Raises NotRecorded."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    mine = authenticators.c.account == account
    with store.write(f"The app of {account}", beside=True) as connection:
        connection.execute(delete(authenticators).where(mine, authenticators.c.confirmed_at.is_(None)))
        if connection.scalar(select(authenticators.c.account).where(mine)) is None:
            connection.execute(insert(authenticators).values(account=account, secret=secret, step=0))
    return secret


def address_of(account: str, secret: str) -> str:
    """What an app reads as a QR code."""
    return f"otpauth://totp/ttx:{quote(account)}?secret={secret}&issuer=ttx&digits={DIGITS}&period={STEP}"


def confirm(store: Store, account: str, typed: str, now: datetime | None = None) -> tuple[str, ...]:
    """From now on the app counts, if the code is the one it shows; the recovery codes, which are told once.

    None of them for a wrong code. Raises NotRecorded.
    """
    now = now or datetime.now(UTC)
    with store.write(f"The app of {account}", beside=True) as connection:
        if not _shown(connection, account, typed, now, confirmed=False):
            return ()
        connection.execute(
            update(authenticators).where(authenticators.c.account == account).values(confirmed_at=stamp(now))
        )
        connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
        made = tuple(_fresh() for _ in range(RECOVERY))
        connection.execute(insert(recovery_codes), [{"hash": hash_of(one), "account": account} for one in made])
    return tuple("-".join(one[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4)) for one in made)


def checks(store: Store, account: str, typed: str, now: datetime | None = None, app: bool = True) -> str | None:
    """Which factor a typed code is, `app` or `recovery code`, each good once; None for a wrong one.

    Without `app` a code of the app is as good as a wrong one. Raises NotRecorded.
    """
    plain = "".join(sign for sign in typed.upper() if sign in CODE_LETTERS)
    with store.write("A second factor", beside=True) as connection:
        if app and _shown(connection, account, typed, now or datetime.now(UTC), confirmed=True):
            return "app"
        mine = and_(recovery_codes.c.account == account, recovery_codes.c.hash == hash_of(plain))
        return "recovery code" if connection.execute(delete(recovery_codes).where(mine)).rowcount else None


def has_app(store: Store, account: str) -> bool:
    """Whether a password of this account takes a code besides. Raises NotRead."""
    with store.read("The app of an account") as connection:
        wanted = select(authenticators.c.account).where(
            authenticators.c.account == account, authenticators.c.confirmed_at.is_not(None)
        )
        return connection.scalar(wanted) is not None


def codes_left(store: Store, account: str) -> int:
    """How many recovery codes are not used yet. Raises NotRead."""
    with store.read("The recovery codes of an account") as connection:
        wanted = select(recovery_codes.c.hash).where(recovery_codes.c.account == account)
        return len(connection.execute(wanted).all())


def remove_app(store: Store, account: str, passkeys_too: bool = False) -> None:
    """Take the app and its recovery codes away, perhaps with every passkey. Raises NotRecorded."""
    with store.write(f"The factors of {account}") as connection:
        for table in (authenticators, recovery_codes, *((passkeys,) if passkeys_too else ())):
            connection.execute(delete(table).where(table.c.account == account))


def demanded(session: ColumnElement[str] | str, roles: Collection[str] = ()) -> ColumnElement[bool]:
    """In a query over `seats`: those that this session may have, as far as an exercise demands two factors, or the
    installation of these roles."""
    strong = select(entrances.c.id).where(entrances.c.session == session, entrances.c.strong.is_(True))
    lenient = or_(seats.c.account.is_(None), seats.c.exercise.not_in(select(demands.c.exercise)))
    return or_(and_(lenient, seats.c.role.not_in(roles)), strong.exists())


def is_demanded(store: Store, exercise: str) -> bool:
    """Whether an exercise demands two factors. Raises NotRead."""
    with store.read("What an exercise demands") as connection:
        return connection.scalar(select(demands.c.exercise).where(demands.c.exercise == exercise)) is not None


def closed_to_codes(store: Store, seat: str) -> bool:
    """Whether a seat's code leads nowhere, since its exercise demands two factors of its account. Raises NotRead."""
    with store.read("What an exercise demands") as connection:
        wanted = select(seats.c.id).where(seats.c.id == seat, ~demanded(""))
        return connection.scalar(wanted) is not None


def demand(store: Store, exercise: str, wanted: bool) -> None:
    """From now on an exercise demands two factors, or does not. Raises NotRecorded."""
    with store.write("What an exercise demands") as connection:
        connection.execute(delete(demands).where(demands.c.exercise == exercise))
        if wanted:
            connection.execute(insert(demands).values(exercise=exercise))


def _shown(connection: Connection, account: str, typed: str, now: datetime, confirmed: bool) -> bool:
    """Whether the app shows this code now, and has not been asked for it before; it is not good a second time."""
    state = authenticators.c.confirmed_at.is_not(None) if confirmed else authenticators.c.confirmed_at.is_(None)
    row = connection.execute(select(authenticators).where(authenticators.c.account == account, state)).first()
    digits = "".join(sign for sign in typed if sign in "0123456789")
    if row is None or len(digits) != DIGITS:
        return False
    secret = base64.b32decode(row.secret)
    good = [step for step in _steps(now) if step > row.step and hmac.compare_digest(code_at(secret, step), digits)]
    if not good:
        return False
    here = and_(authenticators.c.account == account, authenticators.c.step == row.step)
    return connection.execute(update(authenticators).where(here).values(step=good[0])).rowcount == 1


def _steps(now: datetime) -> Iterator[int]:
    here = int(now.timestamp()) // STEP
    return iter(range(here - AROUND, here + AROUND + 1))


def _fresh() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(RECOVERY_LENGTH))
