"""What a power cut can leave on a disk: of a process's writes, all that was synced and any part of what was not.

A tape (tape.c) holds what the process did to its files. It is cut anywhere. What was written to a file since it was
last synced may be there or not, each sector of 512 bytes by itself, in any order; a file that was made or taken away
since its folder was last synced may be there or not, in the order in which that was done. That is what POSIX leaves
open; SQLite expects no less of a disk that tells the truth about a sync.
"""

import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from tests.crash.load import HEAD
from tests.store.words import an_exercise
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.obstacles import Obstructed
from ttx.store.tables import entries

SECTOR = 512
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was done: see tape.c; `A` is an acknowledgement."""

    kind: str
    name: str
    place: int
    content: bytes


@dataclass(eq=False)
class File:
    """A file's bytes that are on the disk for sure, and what was done to it since."""

    content: bytearray = field(default_factory=bytearray)
    waits: list[Record] = field(default_factory=list)

    def sync(self) -> None:
        """All of it is on the disk."""
        for one in self.waits:
            _done(self.content, one)
        self.waits.clear()

    def left(self, dice: random.Random, share: float) -> bytes:
        """What a cut leaves of it, if each sector that is not synced arrives with this chance."""
        content = bytearray(self.content)
        for one in self.waits:
            for part in _sectors(one):
                if dice.random() < share:
                    _done(content, part)
        return bytes(content)


def _sectors(one: Record) -> list[Record]:
    if one.kind == "T":
        return [one]
    found, at = [], 0
    while at < len(one.content):
        size = SECTOR - (one.place + at) % SECTOR
        found.append(Record("W", one.name, one.place + at, one.content[at : at + size]))
        at += size
    return found


def _done(content: bytearray, one: Record) -> None:
    if one.kind == "T":
        del content[one.place :]
    if len(content) < one.place:
        content.extend(bytes(one.place - len(content)))
    content[one.place : one.place + len(one.content)] = one.content


@dataclass(frozen=True)
class Tape:
    """What a process did, and the folder as it was before."""

    before: dict[str, bytes]
    records: list[Record]
    exercise: str

    def cut(self, seed: int) -> tuple[dict[str, bytes], dict[str, int]]:
        """What one power cut leaves in the folder, and what had been acknowledged by then."""
        dice = random.Random(seed)
        told = [number for number, one in enumerate(self.records, 1) if one.kind == "A"]
        end = dice.choice(told) if dice.random() < 0.5 else dice.randrange(len(self.records))
        seen = {name: File(bytearray(content)) for name, content in self.before.items()}
        there, pending = dict(seen), list[tuple[str, File | None]]()
        acknowledged: dict[str, int] = {}
        for one in self.records[:end]:
            match one.kind:
                case "A":
                    acknowledged[one.name] = one.place
                case "S" if one.name in seen:
                    seen[one.name].sync()
                case "D":
                    there = _listed(there, pending)
                    pending.clear()
                case "U":
                    seen.pop(one.name, None)
                    pending.append((one.name, None))
                case "W" | "T":
                    if one.name not in seen:
                        seen[one.name] = File()
                        pending.append((one.name, seen[one.name]))
                    seen[one.name].waits.append(one)
        share = dice.choice((0.0, 1.0, dice.random()))
        listed = _listed(there, pending[: dice.randint(0, len(pending))])
        return {name: file.left(dice, share) for name, file in listed.items()}, acknowledged


def _listed(there: dict[str, File], pending: list[tuple[str, File | None]]) -> dict[str, File]:
    listed = dict(there)
    for name, file in pending:
        if file is None:
            listed.pop(name, None)
        else:
            listed[name] = file
    return listed


def taped(folder: Path, how: str, groups: int = 70) -> Tape:
    """Have a process write so many groups of entries to a new data directory, and tape what it does."""
    data, tape, recorder = folder / "data", folder / "tape", folder / "tape.so"
    with Store(data) as store:
        exercise = an_exercise(store)
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", recorder, HERE / "tape.c", "-ldl"], check=True)
    before = {one.name: one.read_bytes() for one in data.iterdir()}
    tape.touch()
    environment = {**os.environ, "LD_PRELOAD": str(recorder), "TTX_TAPED": str(data), "TTX_TAPE": str(tape)}
    command = [sys.executable, "-m", "tests.crash.load", str(data), exercise, str(tape), how, str(groups)]
    subprocess.run(command, check=True, env=environment, cwd=HERE.parents[1])
    records, content, at = list[Record](), tape.read_bytes(), 0
    while at < len(content):
        kind, named, size, place = HEAD.unpack_from(content, at)
        at += HEAD.size
        name, at = content[at : at + named].decode(), at + named
        records.append(Record(kind.decode(), name, place, content[at : at + size]))
        at += size
    return Tape(before, records, exercise)


def wrong(tape: Tape, seed: int, folder: Path) -> str | None:
    """What is wrong with what this cut leaves, as a sentence; None if all that was acknowledged is there and whole."""
    files, acknowledged = tape.cut(seed)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        with Store(folder, create=False) as store:
            with store.read("All keys") as connection:
                keyed = select(entries.c.key, entries.c.seq).where(entries.c.key.is_not(None))
                kept = {row.key: row.seq for row in connection.execute(keyed)}
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            verdict = verify(store, tape.exercise)
    except Obstructed as refusal:
        return f"seed {seed}: {refusal}"
    if sound != "ok" or not verdict.whole:
        return f"seed {seed}: {sound}, {verdict.sentence}"
    lost = [key for key, seq in acknowledged.items() if kept.get(key) != seq]
    return f"seed {seed}: {len(lost)} of {len(acknowledged)} acknowledged are lost" if lost else None
