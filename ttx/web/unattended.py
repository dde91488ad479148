"""Which pages lock themselves when nobody is at them, and what opens them again. The lock itself is `ttx.web.lock`."""

from starlette.requests import Request

from ttx.store import accounts
from ttx.store.sessions import Session
from ttx.web.access import house_of, locks, session_of
from ttx.web.party import party_of


def lock_of(request: Request) -> dict[str, object] | None:
    """What a page needs to lock itself; None for one that never does: the hall's, tablets', and all without a seat."""
    grant, author = getattr(request.state, "grant", None), getattr(request.state, "author", None)
    if author is None and (grant is None or not locks(grant.seat) or request.url.path.endswith("/plenary")):
        return None
    session = session_of(request)
    return {**ways(request, session), "dialog": "parts/lock_dialog.html"} if session is not None else None


def ways(request: Request, session: Session) -> dict[str, object]:
    """After how many minutes a session's pages lock, and by what they open: its account, or without one a code."""
    account = accounts.account_of(house_of(request).store, session.account) if session.account is not None else None
    return {
        "minutes": house_of(request).settings.lock_minutes,
        "account": account.shown if account is not None else None,
        "passkeys": session.account is not None and party_of(request) is not None,
    }
