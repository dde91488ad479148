"""What was refused: counted by status for the figures, and told in the log where somebody was not let in."""

import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

import structlog

NOT_LET_IN = frozenset({401, 403, 423, 429})
BY_CODE = frozenset({"POST /join", "GET /j/{code}", "POST /api/v1/join"})
"""Where 404 is a wrong code."""
A_MINUTE = 100
"""Lines that are written at most: whoever tries and tries must not fill the disk."""

logger = structlog.get_logger(__name__)


class Refusals:
    """Counts replies of 400 and above, and writes a line where somebody was not let in.

    A line names the route and never the address that was asked for, which may hold a code; the seat that asked, as the
    record does; and from where.
    """

    def __init__(self, counted: Counter[int]) -> None:
        self._counted = counted
        self._minute, self._lines, self._left_out = 0, 0, 0

    def note(self, scope: Mapping[str, Any], status: int, now: float | None = None) -> None:
        """One reply of this status; `now` in seconds of any clock that goes on."""
        self._counted[status] += 1
        asked = scope.get("state", {}).get("asked", scope.get("method", "WS"))
        if status not in NOT_LET_IN and not (status == 404 and asked in BY_CODE):
            return
        minute = int((time.monotonic() if now is None else now) // 60)
        if minute != self._minute:
            self._minute, self._lines = minute, 0
        if self._lines >= A_MINUTE:
            self._left_out += 1
            return
        self._lines += 1
        grant = scope.get("state", {}).get("grant")
        who = {"seat": grant.seat.id} if grant is not None else {}
        left_out = {"left_out": self._left_out} if self._left_out else {}
        self._left_out = 0
        where = (scope.get("client") or ("",))[0]
        logger.warning("refused", status=status, asked=asked, address=where, **who, **left_out)
