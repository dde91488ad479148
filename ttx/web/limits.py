"""How often a wrong code or password may be tried, and a draft sent, per device; never per address alone.

Three hundred tablets behind one address are the ordinary case, so a device without a cookie is counted with
its address, more generously, and is admitted by a right code whatever others behind the address have done.
What keeps guessers out is the length of a code: one guess in 850 million is right with 1,000 seats.
"""

import structlog
from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ttx.store.database import Store
from ttx.store.obstacles import NotRecorded
from ttx.store.telling import note_try, tried

logger = structlog.get_logger(__name__)

ADDRESS_TIMES = 6
"""How many devices' worth of wrong tries an address has for all its devices that are not known yet."""


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

    def exhausted(self, what: str, device: str | None, address: str) -> bool:
        """Whether this device, or all without a cookie at this address, tried wrongly too often within a minute."""
        item, who = self._of(device, address)
        if self._store is not None and tried(self._store, what, who) >= item.amount:
            return True
        return not self._limiter.test(item, what, who)

    def failed(self, what: str, device: str | None, address: str) -> None:
        """Count one wrong try."""
        item, who = self._of(device, address)
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

    def _of(self, device: str | None, address: str) -> tuple[RateLimitItemPerMinute, str]:
        return (self._device, f"device:{device}") if device else (self._address, f"address:{address}")
