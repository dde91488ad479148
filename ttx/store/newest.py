"""What the process that makes snapshots says of the newest good one, for every process on this data directory.

A file beside the database and no row in it: a row would make each snapshot differ from the one before.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = "newest-snapshot.json"


@dataclass(frozen=True, slots=True)
class Newest:
    """`at`: seconds since 1970 when it was last known to hold everything. `size` in bytes; `read_back`: whether the
    last one written was read back whole; `every` so many seconds one is made."""

    at: float
    size: int
    read_back: bool
    every: float

    def age(self, now: datetime | None = None) -> float:
        """Seconds, and 0 for a clock that was put back."""
        return max(0.0, (now or datetime.now(UTC)).timestamp() - self.at)

    def late(self, now: datetime | None = None) -> str | None:
        """A sentence if it is older than two intervals, or the last one could not be read back; else None."""
        see = "The exercise goes on. See the log for what stands in the way, and that the disk is there and has room."
        if not self.read_back:
            return f"The newest snapshot could not be read back. {see}"
        if self.age(now) <= 2 * self.every:
            return None
        old, every = _spelled(self.age(now)), _spelled(self.every)
        return f"The newest snapshot is {old} old, and one is to be made every {every}. {see}"


def tell(directory: Path, newest: Newest) -> None:
    """Say it, the place of what was said before taken at once. Raises OSError."""
    part = directory / f"{FILE}.part"
    part.write_text(json.dumps(asdict(newest)), "utf-8")
    part.replace(directory / FILE)


def told(directory: Path) -> Newest | None:
    """What was said; None where no snapshots are made."""
    with suppress(OSError, ValueError, TypeError):
        return Newest(**json.loads((directory / FILE).read_text("utf-8")))
    return None


def forget(directory: Path) -> None:
    """None are made from now on. Raises OSError."""
    (directory / FILE).unlink(missing_ok=True)


def _spelled(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"
