"""Sessions: a device that carries a cookie, and the seats it sits on. A seat itself is `seats`."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, insert, or_, select, true, update

from ttx.exercise.rights import Seat
from ttx.store.database import Store, log
from ttx.store.devices import arrives
from ttx.store.factors import demanded
from ttx.store.obstacles import NotRecorded
from ttx.store.seats import NoSuchSeat, hash_of, seat_of
from ttx.store.tables import accounts, devices, moment_of, seats, session_seats, sessions, stamp

LASTS = timedelta(days=7)
IDLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is good. `id` is the hash of its cookie; `account` is who signed in, if anybody did."""

    id: str
    account: str | None
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser that is signed in to an account, as the account's owner sees it."""

    id: str
    since: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """A device on a seat, as those see it who may send it away. `id`, `number`, `name` and `part` are its person's."""

    session: str
    seat: Seat
    label: str
    joined_at: datetime
    seen_at: datetime
    id: str = ""
    number: int = 0
    name: str = ""
    part: str = ""


def open_session(
    store: Store, account: str | None = None, now: datetime | None = None, lasts: timedelta = LASTS
) -> str:
    """A new session, which ends after `lasts` whatever happens; the cookie to send. Raises NotRecorded."""
    now = now or datetime.now(UTC)
    token = secrets.token_urlsafe(32)
    with store.write("A session", beside=True) as connection:
        connection.execute(
            insert(sessions).values(
                token_hash=hash_of(token),
                created_at=stamp(now),
                seen_at=stamp(now),
                expires_at=stamp(now + lasts),
                account=account,
            )
        )
    return token


def session_of(store: Store, token: str, now: datetime | None = None, idle: timedelta = IDLE) -> Session | None:
    """The session of this cookie; None if it is unknown, ended, older than it lasts or was idle for too long.

    That it was seen is written down at most once in a hundredth of `idle`, and a failure to do so is only
    logged: on a full disk everybody stays signed in. Raises NotRead.
    """
    now = now or datetime.now(UTC)
    with store.read("A session") as connection:
        row = connection.execute(
            select(sessions).where(sessions.c.token_hash == hash_of(token), sessions.c.revoked_at.is_(None))
        ).first()
    if row is None:
        return None
    session = Session(row.token_hash, row.account, moment_of(row.seen_at), moment_of(row.expires_at))
    if now >= session.expires_at or now - session.seen_at > idle:
        return None
    if now - session.seen_at > idle / 100:
        try:
            with store.write("When a session was last seen", beside=True) as connection:
                seen = update(sessions).where(sessions.c.token_hash == session.id)
                connection.execute(seen.values(seen_at=stamp(now)))
        except NotRecorded as refusal:
            log.warning(str(refusal))
    return session


def close_session(store: Store, session: str, now: datetime | None = None) -> None:
    """From now on this session is nobody's, on every seat. Raises NotRecorded."""
    with store.write("The end of a session") as connection:
        connection.execute(
            update(sessions)
            .where(sessions.c.token_hash == session, sessions.c.revoked_at.is_(None))
            .values(revoked_at=stamp(now or datetime.now(UTC)))
        )


def sign_ins(store: Store, account: str, now: datetime | None = None, idle: timedelta = IDLE) -> list[SignIn]:
    """The sessions of an account that are good, the one used last first. Raises NotRead."""
    now = now or datetime.now(UTC)
    wanted = (
        select(sessions)
        .where(sessions.c.account == account, sessions.c.revoked_at.is_(None))
        .where(sessions.c.expires_at > stamp(now), sessions.c.seen_at >= stamp(now - idle))
        .order_by(sessions.c.seen_at.desc(), sessions.c.created_at.desc())
    )
    with store.read("The sessions of an account") as connection:
        return [
            SignIn(row.token_hash, moment_of(row.created_at), moment_of(row.seen_at), moment_of(row.expires_at))
            for row in connection.execute(wanted)
        ]


def sign_out(store: Store, account: str, which: Collection[str] | None = None, now: datetime | None = None) -> int:
    """End these sessions of an account, or all of it; how many of them were open. Raises NotRecorded."""
    ends = update(sessions).where(sessions.c.account == account, sessions.c.revoked_at.is_(None))
    if which is not None:
        ends = ends.where(sessions.c.token_hash.in_(which))
    with store.write(f"The end of sessions of {account}") as connection:
        return connection.execute(ends.values(revoked_at=stamp(now or datetime.now(UTC)))).rowcount


def sit(store: Store, session: str, seat: str, device: str = "", now: datetime | None = None) -> None:
    """This session's device sits on this seat, once however often it is said. `device` is its label.

    A device that was sent away and has the seat's code sits again: to keep it away, rotate the code.
    Raises NotRecorded, and NoSuchSeat also for a seat that is revoked.
    """
    now = now or datetime.now(UTC)
    said = {"joined_at": stamp(now), "device": device[:200], "revoked_at": None}
    here = and_(session_seats.c.session == session, session_seats.c.seat == seat)
    with store.write("That a device joins") as connection:
        if connection.scalar(select(seats.c.id).where(seats.c.id == seat, seats.c.revoked_at.is_(None))) is None:
            raise NoSuchSeat(seat)
        if connection.scalar(select(session_seats.c.seat).where(here)) is None:
            connection.execute(insert(session_seats).values(session=session, seat=seat, **said))
        else:
            connection.execute(update(session_seats).where(here).values(**said))
        arrives(connection, session, seat, device, now, admitted=True)


def send_away(store: Store, session: str, seat: str, now: datetime | None = None) -> None:
    """From now on this session's device does not sit on this seat. Raises NotRecorded."""
    now = now or datetime.now(UTC)
    with store.write("That a device is sent away") as connection:
        connection.execute(
            update(devices)
            .where(devices.c.session == session, devices.c.seat == seat)
            .values(gone_at=stamp(now), admitted_at=None)
        )
        connection.execute(
            update(session_seats)
            .where(session_seats.c.session == session, session_seats.c.seat == seat)
            .where(session_seats.c.revoked_at.is_(None))
            .values(revoked_at=stamp(now))
        )


def seats_of_session(store: Store, session: str, exercise: str | None = None, weak_too: bool = False) -> list[Seat]:
    """The seats a session may act from, in one exercise or in all: where it sits, and its account's own; not with
    one factor where two are demanded, unless `weak_too`.

    The one it sat down on last comes first. Raises NotRead. That the session itself is good is `session_of`.
    """
    wanted = _seats_of_session(store.strong, weak_too, exercise is not None)
    with store.read("The seats of a session") as connection:
        found = connection.execute(wanted, {"of": session} | ({"exercise": exercise} if exercise is not None else {}))
        return [replace(seat_of(row), person=row.person or "") for row in found]


@cache
def _seats_of_session(strong: frozenset[str], weak_too: bool, of_one: bool) -> Select[tuple[Any, ...]]:
    """Said once: to say it takes as long as to ask it, and after a restart every tablet asks."""
    session = bindparam("of", type_=String)
    sits = and_(session_seats.c.seat == seats.c.id, session_seats.c.session == session)
    signed_in = (
        select(accounts.c.name)
        .join_from(accounts, sessions, sessions.c.account == accounts.c.name)
        .where(sessions.c.token_hash == session, accounts.c.disabled_at.is_(None))
    )
    held = and_(devices.c.seat == seats.c.id, devices.c.session == session)
    wanted = (
        select(seats, devices.c.id.label("person"))
        .join_from(seats, session_seats, sits, isouter=True)
        .join(devices, held, isouter=True)
        .where(seats.c.revoked_at.is_(None), true() if weak_too else demanded(session, strong))
        .where(
            or_(
                and_(session_seats.c.seat.is_not(None), session_seats.c.revoked_at.is_(None)),
                seats.c.account.in_(signed_in),
            )
        )
        .order_by(session_seats.c.joined_at.desc(), seats.c.created_at.desc(), seats.c.number)
    )
    return wanted.where(seats.c.exercise == bindparam("exercise")) if of_one else wanted


def devices_of(store: Store, exercise: str, now: datetime | None = None, idle: timedelta = IDLE) -> list[Device]:
    """The devices that sit in an exercise, by seat and then as they came. Raises NotRead."""
    now = now or datetime.now(UTC)
    wanted = (
        select(
            seats,
            session_seats.c.session,
            session_seats.c.device,
            session_seats.c.joined_at,
            sessions.c.seen_at,
            devices.c.id.label("person"),
            devices.c.number.label("which"),
            devices.c.name.label("called"),
            devices.c.part,
        )
        .join_from(session_seats, seats, session_seats.c.seat == seats.c.id)
        .join(
            devices,
            and_(devices.c.session == session_seats.c.session, devices.c.seat == session_seats.c.seat),
            isouter=True,
        )
        .join(sessions, sessions.c.token_hash == session_seats.c.session)
        .where(seats.c.exercise == exercise, seats.c.revoked_at.is_(None))
        .where(session_seats.c.revoked_at.is_(None), sessions.c.revoked_at.is_(None))
        .where(sessions.c.expires_at > stamp(now), sessions.c.seen_at >= stamp(now - idle))
        .order_by(seats.c.number, session_seats.c.joined_at)
    )
    with store.read(f"The devices in exercise {exercise}") as connection:
        return [
            Device(
                row.session,
                seat_of(row),
                row.device,
                moment_of(row.joined_at),
                moment_of(row.seen_at),
                row.person or "",
                row.which or 0,
                row.called or "",
                row.part or "",
            )
            for row in connection.execute(wanted)
        ]
