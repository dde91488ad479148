"""Where one factor is not enough: an exercise demands two of its accounts, or the installation of roles of staff."""

from ttx.exercise.rights import Author, Seat
from ttx.store import entrances, sessions
from ttx.store.database import Store
from ttx.web.held import Asker
from ttx.web.labels import role_label

EXERCISE = (
    "This exercise demands two factors of its staff, and you signed in with one. Add a passkey or an app to your "
    "account, then sign in with it."
)


def is_strong(store: Store, session: sessions.Session | None) -> bool:
    """Whether a session was opened with two factors. Raises NotRead."""
    opened = entrances.opened(store, session.id) if session is not None else None
    return opened is not None and opened.strong


def too_weak(store: Store, session: sessions.Session | None, who: Seat | Author) -> str | None:
    """Why a session may not act as somebody of this role, as a sentence that says what to do; None if it may.

    Raises NotRead.
    """
    if who.role not in store.strong or is_strong(store, session):
        return None
    label = role_label(who.role).lower()
    if session is not None and session.account is not None:
        return (
            f"As {label} one comes in here with two factors, and you signed in with one. Add a passkey or an app to "
            "your account, then sign in with it."
        )
    return (
        f"As {label} one comes in here with two factors, and a code is one. Sign in to your account with a passkey, or "
        "with a password and an app's code; then type the code once more. An operator gives an account to whoever has "
        "none, and under Account you add a passkey or an app."
    )


def what_it_takes(store: Store, session: sessions.Session | None, asker: Asker) -> str | None:
    """Whether two factors would have opened the seat that was asked for: then why one does not. Raises NotRead."""
    if session is None or is_strong(store, session):
        return None
    for seat in sessions.seats_of_session(store, session.id, asker.exercise, weak_too=True):
        if asker.seat in (None, seat.id):
            return too_weak(store, session, seat) or EXERCISE
    return None
