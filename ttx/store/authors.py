"""Who writes a scenario: authors with their codes, the devices they write from, and who may invite or revoke whom."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from ttx.exercise.rights import Action, Author, Forbidden, require
from ttx.scenario.findings import Faulty
from ttx.scenario.material import refuse_control
from ttx.scenario.roster import Role
from ttx.store.codes import fresh_code, read_code, spelled
from ttx.store.database import Store
from ttx.store.naming import compared
from ttx.store.tables import accounts, authors, moment_of, session_authors, sessions, stamp

ROLES = (Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.AUTHOR)
"""The roles an author can have."""
LONGEST = 200
"""Characters a name may have."""


@dataclass(frozen=True, slots=True)
class AuthorListed:
    """An author as those see him who hand out codes. `account` is as it is shown; `revoked_at` is None
    while he may write."""

    author: Author
    code: str
    account: str | None
    revoked_at: datetime | None


class NoSuchAuthor(LookupError):
    """An author was asked for who is not there, or is revoked."""

    def __init__(self, author: str) -> None:
        self.author = author
        super().__init__(f"There is no author {author} here, or it was revoked. Ask the scenario's director.")


class NotInvited(ValueError):
    """An author cannot be had as asked; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom to make an author: `group` is the working group whose days he writes, `account` the name he signs in by."""

    role: Role
    group: str | None = None
    name: str = ""
    account: str | None = None


def add_authors(
    connection: Connection, draft: str, wanted: Iterable[Invited], now: datetime | None = None
) -> list[Author]:
    """Authors of a draft inside a transaction that is open, each with a code of his own. Raises NotInvited."""
    there = connection.scalar(select(func.count()).where(authors.c.draft == draft)) or 0
    made = []
    for number, one in enumerate(wanted, there + 1):
        if one.role not in ROLES:
            raise NotInvited(f"Nobody writes a scenario as {one.role}; invite a director, lead facilitator or author.")
        if one.role is Role.AUTHOR and not one.group:
            raise NotInvited("An author writes the days of a working group: name the group.")
        if len(one.name) > LONGEST or len(one.group or "") > LONGEST:
            raise NotInvited(f"A name has at most {LONGEST} characters. Choose a shorter one.")
        try:
            refuse_control(f"{one.name}{one.group or ''}", "")
        except Faulty:
            raise NotInvited("A name holds a control character. Type it anew.") from None
        if one.account is not None and _no_account(connection, one.account):
            raise NotInvited(f"There is no account {one.account}. Check how it is spelled.")
        author = Author("a" + secrets.token_hex(5), draft, one.role, one.group or None, " ".join(one.name.split()))
        connection.execute(
            insert(authors).values(
                id=author.id,
                draft=draft,
                number=number,
                role=str(author.role),
                group_id=author.group,
                name=author.name,
                code=fresh_code(connection),
                account=compared(one.account) if one.account else None,
                created_at=stamp(now or datetime.now(UTC)),
            )
        )
        made.append(author)
    return made


def invite(store: Store, by: Author, wanted: Invited) -> AuthorListed:
    """A new author of the same draft. Raises Forbidden, NotInvited, NotRecorded.

    A lead facilitator invites no director: nobody gives away more than he has.
    """
    _may(by, wanted.role)
    with store.write("An invitation") as connection:
        (author,) = add_authors(connection, by.draft, [wanted])
        return _listed(connection.execute(_LISTED.where(authors.c.id == author.id)).one())


def authors_of(store: Store, draft: str) -> list[AuthorListed]:
    """The authors of a draft as they were invited, revoked ones too. Raises NotRead."""
    with store.read("The authors of a scenario") as connection:
        rows = connection.execute(_LISTED.where(authors.c.draft == draft).order_by(authors.c.number)).all()
    return [_listed(row) for row in rows]


def manages(by: Author, other: Author) -> bool:
    """Whether this author may see and change the other's code: of his draft, and with no more rights than his."""
    try:
        _may(by, other.role)
    except Forbidden:
        return False
    return by.draft == other.draft


def rotate_code(store: Store, by: Author, author: str) -> str:
    """A new code for an author, as it is shown; the old one leads nowhere. Who writes already goes on.

    Raises Forbidden, NotRecorded, and NoSuchAuthor also for one of another draft or who is revoked.
    """
    with store.write("A new code for an author") as connection:
        _managed(connection, by, author)
        code = fresh_code(connection)
        connection.execute(update(authors).where(authors.c.id == author).values(code=code))
    return spelled(code)


def revoke_author(store: Store, by: Author, author: str, now: datetime | None = None) -> None:
    """From now on nothing leads to this author: neither code nor device nor account.

    Raises Forbidden, NotRecorded, NoSuchAuthor, and NotInvited for the last director: somebody has to be one.
    """
    with store.write("That an author is revoked") as connection:
        _managed(connection, by, author)
        directors = connection.scalars(
            select(authors.c.id).where(
                authors.c.draft == by.draft, authors.c.role == Role.DIRECTOR, authors.c.revoked_at.is_(None)
            )
        ).all()
        if directors == [author]:
            raise NotInvited("This is the scenario's only director. Invite another one first, then revoke this one.")
        connection.execute(
            update(authors).where(authors.c.id == author).values(revoked_at=stamp(now or datetime.now(UTC)))
        )


def link_account(store: Store, by: Author, author: str, account: str | None) -> None:
    """From now on whoever signs in to this account writes as this author; None takes the link away.

    Raises Forbidden, NotRecorded, NoSuchAuthor, and NotInvited if there is no such account.
    """
    with store.write("The account of an author") as connection:
        _managed(connection, by, author)
        if account is not None and _no_account(connection, account):
            raise NotInvited(f"There is no account {account}. Check how it is spelled.")
        kept = compared(account) if account is not None else None
        connection.execute(update(authors).where(authors.c.id == author).values(account=kept))


def take_home(store: Store, author: Author, account: str) -> bool:
    """Whoever typed this author's code while signed in finds the scenario at home from now on. True if he does.

    An author who is somebody else's stays his, and who writes the scenario already needs no second place in it.
    Raises NotRecorded.
    """
    with store.write("The account of an author") as connection:
        here = select(authors.c.id, authors.c.account).where(
            authors.c.draft == author.draft, authors.c.revoked_at.is_(None)
        )
        rows = {row.id: row.account for row in connection.execute(here)}
        if author.id not in rows or account in rows.values():
            return account in rows.values()
        if rows[author.id] is not None or _no_account(connection, account):
            return False
        connection.execute(update(authors).where(authors.c.id == author.id).values(account=account))
    return True


def leave_home(store: Store, author: str, account: str) -> None:
    """From now on the scenario is not at home for this account, whose author keeps his code and his rights.

    Raises NotRecorded, and NoSuchAuthor for one who is not this account's.
    """
    here = and_(authors.c.id == author, authors.c.account == account, authors.c.revoked_at.is_(None))
    with store.write("The account of an author") as connection:
        if connection.execute(update(authors).where(here).values(account=None)).rowcount == 0:
            raise NoSuchAuthor(author)


def author_by_code(store: Store, typed: str) -> Author | None:
    """The author that this code leads to, however it was typed; None for a wrong one. Raises NotRead."""
    code = read_code(typed)
    return None if code is None else _one(store, authors.c.code == code)


def author_by_id(store: Store, author: str) -> Author | None:
    """The author of this id; None if there is none or he is revoked. Raises NotRead."""
    return _one(store, authors.c.id == author)


def authors_of_account(store: Store, account: str) -> list[Author]:
    """The authors that carry this account's name, over all drafts, newest first. Raises NotRead."""
    wanted = select(authors).where(authors.c.account == account, authors.c.revoked_at.is_(None))
    with store.read("The scenarios of an account") as connection:
        rows = connection.execute(wanted.order_by(authors.c.created_at.desc(), authors.c.number)).all()
    return [author_of(row) for row in rows]


def write_from(store: Store, session: str, author: str, device: str = "", now: datetime | None = None) -> None:
    """This session's device writes as this author, once however often it is said. `device` is its label.

    Raises NotRecorded, and NoSuchAuthor also for one who is revoked.
    """
    said = {"joined_at": stamp(now or datetime.now(UTC)), "device": device[:200], "revoked_at": None}
    here = and_(session_authors.c.session == session, session_authors.c.author == author)
    with store.write("That a device joins") as connection:
        if connection.scalar(_GOOD.where(authors.c.id == author)) is None:
            raise NoSuchAuthor(author)
        if connection.scalar(select(session_authors.c.author).where(here)) is None:
            connection.execute(insert(session_authors).values(session=session, author=author, **said))
        else:
            connection.execute(update(session_authors).where(here).values(**said))


def carry(store: Store, before: str, after: str, now: datetime | None = None) -> None:
    """The session `after` writes as every author by whose code the session `before` did. Raises NotRecorded."""
    joined = select(session_authors.c.author, session_authors.c.device).where(
        session_authors.c.session == before, session_authors.c.revoked_at.is_(None)
    )
    with store.write("That a device goes on writing") as connection:
        for row in connection.execute(joined).all():
            said = {"joined_at": stamp(now or datetime.now(UTC)), "device": row.device, "revoked_at": None}
            connection.execute(insert(session_authors).values(session=after, author=row.author, **said))


def author_of_session(store: Store, session: str, author: str) -> Author | None:
    """The author of this id if the session may write as him: it joined by his code, or its account is his own.

    Raises NotRead. That the session itself is good is `sessions.session_of`.
    """
    return _one(store, and_(authors.c.id == author, _written_from(session)))


def own_place(store: Store, session: str, author: str) -> Author | None:
    """As whom the session may write the scenario that this author writes or once wrote; None if it has no place there.

    Raises NotRead.
    """
    draft = select(authors.c.draft).where(authors.c.id == author).scalar_subquery()
    return _one(store, and_(authors.c.draft == draft, _written_from(session)))


def refuse_revoked(connection: Connection, author: Author, draft: str) -> None:
    """Raises NoSuchAuthor unless this author writes this draft still, inside the transaction that records for him."""
    if connection.scalar(_GOOD.where(authors.c.id == author.id, authors.c.draft == draft)) is None:
        raise NoSuchAuthor(author.id)


def author_of(row: Row[Any]) -> Author:
    """The author in a row of `authors`."""
    return Author(row.id, row.draft, Role(row.role), row.group_id, row.name)


def _may(by: Author, role: Role) -> None:
    require(by, Action.AUTHORS)
    if role is Role.DIRECTOR and by.role is not Role.DIRECTOR:
        raise Forbidden(
            by.role, Action.AUTHORS, "Only a director invites, revokes or changes a director. Ask the director."
        )


def _managed(connection: Connection, by: Author, author: str) -> None:
    """Raises NoSuchAuthor or Forbidden unless `by` may change this author."""
    role = connection.scalar(
        select(authors.c.role).where(
            authors.c.id == author, authors.c.draft == by.draft, authors.c.revoked_at.is_(None)
        )
    )
    if role is None:
        raise NoSuchAuthor(author)
    _may(by, Role(role))


def _listed(row: Row[Any]) -> AuthorListed:
    revoked_at = moment_of(row.revoked_at) if row.revoked_at is not None else None
    return AuthorListed(author_of(row), spelled(row.code), row.shown or row.account, revoked_at)


_LISTED = select(authors, accounts.c.shown).join_from(
    authors, accounts, authors.c.account == accounts.c.name, isouter=True
)


def _no_account(connection: Connection, name: str) -> bool:
    return connection.scalar(select(accounts.c.name).where(accounts.c.name == compared(name))) is None


def _written_from(session: str) -> ColumnElement[bool]:
    """The authors as whom a session may write: it joined by their code, or its account is theirs."""
    joined = select(session_authors.c.author).where(
        session_authors.c.session == session, session_authors.c.revoked_at.is_(None)
    )
    signed_in = (
        select(accounts.c.name)
        .join_from(accounts, sessions, sessions.c.account == accounts.c.name)
        .where(sessions.c.token_hash == session, accounts.c.disabled_at.is_(None))
    )
    return or_(authors.c.id.in_(joined), authors.c.account.in_(signed_in))


def _one(store: Store, where: ColumnElement[bool]) -> Author | None:
    wanted = select(authors).where(where, authors.c.revoked_at.is_(None)).order_by(authors.c.number)
    with store.read("An author") as connection:
        row = connection.execute(wanted).first()
    return None if row is None else author_of(row)


_GOOD = select(authors.c.id).where(authors.c.revoked_at.is_(None))
