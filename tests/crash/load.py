"""A process that writes under a recorder: entries in groups as a room's writer does, each told once it is on disk.

`python -m tests.crash.load FOLDER EXERCISE TAPE HOW GROUPS`; HOW is `shipped` or one of MUTANTS.
"""

import os
import random
import struct
import sys
from pathlib import Path

from tests.store.words import NOW
from ttx.exercise.entries import Announced
from ttx.store import embedded
from ttx.store.database import Store
from ttx.store.log import writing

HEAD = struct.Struct("<cBIQ")
"""A record of the tape, as tape.c writes it."""

MUTANTS = {
    "journal": (),
    "normal": ("PRAGMA synchronous = NORMAL",),
    "off": ("PRAGMA synchronous = OFF",),
    "journal full": ("PRAGMA synchronous = FULL",),
    "early": (),
}
"""What is set beside what we ship. `journal`: where a SQLite has the WAL-reset bug; `early`: tells too early."""


def main(folder: str, exercise: str, tape: str, how: str, many: str) -> None:
    """Write, and tell the tape what was acknowledged: the key as a name, its seq as the place."""
    embedded.PRAGMAS = (*embedded.PRAGMAS, *MUTANTS.get(how, ()))  # type: ignore[assignment]
    if how.startswith("journal"):
        embedded.wal_is_safe = lambda version: False
    dice, told = random.Random(how), os.open(tape, os.O_WRONLY | os.O_APPEND)

    def acknowledge(done: dict[str, int]) -> None:
        for key, seq in done.items():
            os.write(told, HEAD.pack(b"A", len(key), 0, seq) + key.encode())

    store = Store(Path(folder))
    groups = int(many)
    for group in range(groups):
        done: dict[str, int] = {}
        with writing(store, exercise) as log:
            for number in range(dice.randint(1, 5)):
                key = f"{group}-{number}"
                words = "w" * int(dice.paretovariate(0.4))
                log.append([Announced(text=f"{key} {words[:1900]}")], "s1", NOW, key, "asked")
                done[key] = log.head
            if how == "early":
                acknowledge(done)
        if how != "early":
            acknowledge(done)
        if group % 50 == 30 and store.embedded is not None:
            store.embedded.overwrite()
        if group == groups // 2:
            store.close()
            store = Store(Path(folder))
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
