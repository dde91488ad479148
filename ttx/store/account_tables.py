"""The rows of an account: its sessions, passkeys and second factor, whom a provider knows it as, what was tried."""

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    """A member of staff who signs in by name and password. `name` is `naming.compared`, `shown` the name as it was
    typed; None where an older ttx made the account."""

    __tablename__ = "accounts"

    name: str = Field(primary_key=True)
    password_hash: str
    admin: bool
    created_at: str
    disabled_at: str | None = None
    shown: str | None = None


class SessionRow(SQLModel, table=True):
    """A device that carries a cookie. Only the hash of the cookie is kept."""

    __tablename__ = "sessions"

    token_hash: str = Field(primary_key=True)
    created_at: str
    seen_at: str
    expires_at: str
    revoked_at: str | None = None
    account: str | None = Field(default=None, foreign_key="accounts.name", index=True)


class PasskeyRow(SQLModel, table=True):
    """A passkey: what checks its signatures, never what makes them. `handle` is its account towards authenticators."""

    __tablename__ = "passkeys"

    id: str = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.name", index=True)
    handle: str
    public_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    count: int
    name: str
    created_at: str
    used_at: str | None = None


class AuthenticatorRow(SQLModel, table=True):
    """An app that shows codes for an account; before `confirmed_at` it counts for nothing. `step` was the last used."""

    __tablename__ = "authenticators"

    account: str = Field(primary_key=True, foreign_key="accounts.name")
    secret: str
    confirmed_at: str | None = None
    step: int = 0


class RecoveryRow(SQLModel, table=True):
    """A code for the day on which the app is lost, as its hash; gone once it is used."""

    __tablename__ = "recovery_codes"

    hash: str = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.name", index=True)


class IdentityRow(SQLModel, table=True):
    """Whom a provider of single sign-on knows an account as. A row by e-mail is its first subject's alone."""

    __tablename__ = "identities"

    issuer: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.name", index=True)
    subject: str | None = None


class EntranceRow(SQLModel, table=True):
    """That somebody signed in to an account, or tried to. `session` is the one that it opened."""

    __tablename__ = "entrances"

    id: str = Field(primary_key=True)
    account: str = Field(foreign_key="accounts.name", index=True)
    at: str
    way: str
    good: bool
    strong: bool
    device: str
    session: str | None = Field(default=None, index=True)


class DemandRow(SQLModel, table=True):
    """An exercise whose seats with an account take more than a password."""

    __tablename__ = "demands"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")


class LockedRow(SQLModel, table=True):
    """A session whose screen is locked."""

    __tablename__ = "locked"

    session: str = Field(primary_key=True, foreign_key="sessions.token_hash")
    at: str


class ChallengeRow(SQLModel, table=True):
    """A question that was asked once and is answered once: the hash of what was sent, and what it was about."""

    __tablename__ = "challenges"

    hash: str = Field(primary_key=True)
    what: str
    about: str
    ends_at: str = Field(index=True)
