"""How often a wrong code or password may be tried, and a draft sent.

A device that got in once has a bound of its own; what no seal of ours vouches for is counted with its address, more
generously, since three hundred tablets behind one address are the ordinary case. A right code is admitted whatever
others behind the address have done: what keeps guessers out is the length of a code, of which one guess in 850 million
is right with 1,000 seats. A password of somebody's own choice is weaker, so a strange device waits for its address,
and besides for each account there.
"""

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ttx.store.database import Store
from ttx.store.naming import compared
from ttx.store.obstacles import NotRecorded
from ttx.store.seats import hash_of
from ttx.store.telling import LONGEST, note_try, tried

logger = structlog.get_logger(__name__)

ADDRESS_TIMES = 6
"""How many devices' worth of wrong tries an address has for all its devices that are not recognised."""

ACCOUNT_TIMES = 2
"""The same for one account there, in a quarter of an hour: 1,920 guesses a day."""

DRAFTS = RateLimitItemPerSecond(50, 10)
"""A tablet sends a draft at most about twice a second; three tabs of it are still within this."""

QUESTIONS = RateLimitItemPerMinute(300)
"""What a passkey or a provider is to answer, for an address: a house full of staff signs in within a minute."""


class Limits:
    """Counts wrong tries and drafts. In memory: a restart forgets them.

    With a store wrong tries count in all processes together; drafts in each, since what they guard is its time.
    """

    def __init__(self, per_minute: int, store: Store | None = None) -> None:
        self._store = store
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._device = RateLimitItemPerMinute(per_minute)
        self._address = RateLimitItemPerMinute(per_minute * ADDRESS_TIMES)
        self._account = RateLimitItemPerMinute(per_minute * ACCOUNT_TIMES, int(LONGEST.total_seconds()) // 60)

    def wait(self, what: str, device: str | None, address: str, account: str = "") -> int:
        """Seconds after which to try once more: 0, or the window in which this device, or all that are not recognised
        at this address, tried wrongly too often, or there at this account. Raises NotRead."""
        bounds = self._bounds(device, address, account)
        return max((item.get_expiry() for item, who in bounds if self._spent(item, what, who)), default=0)

    def failed(self, what: str, device: str | None, address: str, account: str = "") -> None:
        """Count one wrong try."""
        for item, who in self._bounds(device, address, account):
            self._limiter.hit(item, what, who)
            if self._store is not None:
                try:
                    note_try(self._store, what, who)
                except NotRecorded as refusal:
                    logger.warning(str(refusal))

    def draft(self, device: str) -> bool:
        """Count one draft that a device sends; False for one too many."""
        return self._limiter.hit(DRAFTS, "draft", device)

    def question(self, address: str) -> bool:
        """Count one question that is kept until it is answered; False for one too many."""
        return self._limiter.hit(QUESTIONS, "question", address)

    def _spent(self, item: RateLimitItem, what: str, who: str) -> bool:
        if self._store is not None and tried(self._store, what, who, within=item.get_expiry()) >= item.amount:
            return True
        return not self._limiter.test(item, what, who)

    def _bounds(self, device: str | None, address: str, account: str) -> list[tuple[RateLimitItem, str]]:
        if device is not None:
            return [(self._device, f"device:{device}")]
        bounds: list[tuple[RateLimitItem, str]] = [(self._address, f"address:{address}")]
        if account:
            bounds.append((self._account, f"account:{hash_of(compared(account))[:16]} {address}"))
        return bounds
