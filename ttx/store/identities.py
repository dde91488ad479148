"""Whom a provider of single sign-on knows an account as. An account is linked by an operator, and by nothing else."""

from sqlalchemy import and_, delete, insert, select, update

from ttx.store.accounts import Account, NotAccepted, account_of
from ttx.store.database import Store
from ttx.store.tables import identities

SUBJECT, EMAIL = "subject", "email"


def link(store: Store, account: str, issuer: str, kind: str, value: str) -> None:
    """From now on whoever the provider vouches for as this subject or e-mail address is this account.

    Raises NotAccepted for an account that is not there and an identity that is another's, NotRecorded.
    """
    known = account_of(store, account)
    if known is None:
        raise NotAccepted(f"There is no account {account}. Check how it is spelled.")
    value = _said(kind, value)
    if not value:
        raise NotAccepted("Nothing was linked: say as whom the provider knows the account.")
    here = and_(identities.c.issuer == issuer, identities.c.kind == kind, identities.c.value == value)
    with store.write(f"Whom {known.name} is at the provider", beside=True) as connection:
        whose = connection.scalar(select(identities.c.account).where(here))
        if whose == known.name:
            return
        if whose is not None:
            raise NotAccepted(f"The provider's {kind} {value} is {whose}'s already. Unlink that account first.")
        connection.execute(
            insert(identities).values(issuer=issuer, kind=kind, value=value, account=known.name, subject=None)
        )


def unlink(store: Store, account: str) -> int:
    """Forget whom an account is at any provider; how many identities it had. Raises NotAccepted, NotRecorded."""
    known = account_of(store, account)
    if known is None:
        raise NotAccepted(f"There is no account {account}. Check how it is spelled.")
    with store.write(f"Whom {known.name} is at the provider", beside=True) as connection:
        return connection.execute(delete(identities).where(identities.c.account == known.name)).rowcount


def known_as(store: Store, issuer: str, subject: str, email: str | None) -> Account | None:
    """The account of a subject; else that of an e-mail address the provider has verified, or None.

    The first subject that comes with an address keeps it: who gets the address later is somebody else.
    Raises NotRead, NotRecorded.
    """
    with store.write("Who signs in", beside=True) as connection:
        mine = identities.c.issuer == issuer
        found = connection.scalar(
            select(identities.c.account).where(mine, identities.c.kind == SUBJECT, identities.c.value == subject)
        )
        if found is None and email:
            here = and_(mine, identities.c.kind == EMAIL, identities.c.value == _said(EMAIL, email))
            row = connection.execute(select(identities).where(here)).first()
            if row is not None and row.subject in (None, subject):
                connection.execute(update(identities).where(here).values(subject=subject))
                found = row.account
    return account_of(store, found) if found is not None else None


def _said(kind: str, value: str) -> str:
    return value.strip().casefold() if kind == EMAIL else value.strip()
