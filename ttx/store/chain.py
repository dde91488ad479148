"""The hash chain over a log: what each entry commits to, and whether a log still is what was written."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MappingResult, RowMapping, and_, bindparam, func, select

from ttx.exercise.entries import ExerciseCreated
from ttx.store.database import Store
from ttx.store.tables import bodies, entries, exercises

START = "0" * 64
"""What stands for the hash before the first entry."""

SALT_BYTES = 16
ENVELOPE = ("exercise", "seq", "key", "asked", "seat", "kind", "at", "commitment")
"""What the hash of an entry covers, in this order, after the hash before it."""


Envelope = Mapping[str, Any] | RowMapping
"""An entry by the names of its columns."""


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(salt: bytes, body: str) -> str:
    """What an entry's envelope holds of its body. The salt keeps a shredded one from being guessed."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


def entry_hash(before: str, envelope: Envelope) -> str:
    """The hash of an entry: SHA-256 over the 64 hexadecimal digits before it and the envelope as a JSON list.

    The list is in ASCII without blanks, so that two different envelopes never give the same bytes.
    """
    fields = json.dumps([envelope[name] for name in ENVELOPE], separators=(",", ":"))
    return hashlib.sha256((before + fields).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a log is whole. `fault` is the first bad entry's seq, `head_hash` the last hash of a whole log.

    A chain cannot know that its end was cut off and the head set back with it: whoever wants to be sure of
    that notes `entries` and `head_hash` elsewhere, on paper for one.
    """

    exercise: str
    entries: int
    shredded: int
    head_hash: str
    fault: int | None
    sentence: str

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, left out or added."""
        return self.fault is None


def verify(store: Store, exercise: str) -> Verdict:
    """Go over a whole log and say whether it is what was written, or where it first is not and in what way.

    A body that was shredded is counted and is no fault; an exercise that is not there is one. Raises NotRead.
    """
    with store.read(f"The log of exercise {exercise}") as connection:
        known = connection.execute(_HEAD, {"exercise": exercise}).first()
        if known is None:
            sentence = f"There is no exercise {exercise} in this data directory."
            return Verdict(exercise, 0, 0, START, 1, sentence)
        strays = connection.scalar(_STRAYS, {"exercise": exercise, "head": known.head})
        with closing(entries_of(connection, exercise)) as rows:
            return judge(exercise, rows, known.scenario, (known.head, known.head_hash), strays or 0)


def noted(store: Store, exercise: str, written: str) -> int | None:
    """The entry whose hash begins with what was noted at a day's close, in any grouping; None if no entry's does.

    Raises ValueError, a sentence, for what is no such beginning (one of fewer than 24 digits could be found by trying),
    and NotRead.
    """
    digits = "".join(written.split()).lower()
    if not 24 <= len(digits) <= 64 or not set(digits) <= set("0123456789abcdef"):
        raise ValueError(
            f"{written} is no noted hash: it has at least six groups of four, of 0-9 and a-f. Type it anew."
        )
    found = select(entries.c.seq).where(entries.c.exercise == exercise, entries.c.hash.startswith(digits))
    with store.read(f"The log of exercise {exercise}") as connection:
        return connection.scalar(found)


def entries_of(connection: Connection, exercise: str) -> MappingResult:
    """The entries of an exercise in order, each with its salt and body, which are None if it was shredded."""
    return connection.execute(_ENTRIES, {"exercise": exercise}, execution_options={"yield_per": 1000}).mappings()


def judge(exercise: str, rows: Iterable[Envelope], scenario: str, end: tuple[int, str], strays: int = 0) -> Verdict:
    """The same of a log wherever it stands: its entries' envelopes in order, each with its hashes, salt and body (None
    if shredded), the frozen scenario, the seq and hash of its `end`, and how many bodies stand past it."""
    seq, shredded, last = 0, 0, START
    fault: tuple[int, str] | None = None
    for row in rows:
        wrong = _wrong_entry(row, seq + 1, last) or (_wrong_scenario(row, scenario) if seq == 0 else None)
        if wrong is not None:
            fault = (seq + 1, wrong)
            break
        seq, last = seq + 1, row["hash"]
        shredded += row["body"] is None
    fault = fault or _wrong_end(seq, last, *end, strays)
    if fault is not None:
        return Verdict(exercise, seq, shredded, last, fault[0], f"Exercise {exercise}: {fault[1]}")
    sentence = f"all {seq} entries are as they were written, {shredded} with a shredded body; last hash {last}."
    return Verdict(exercise, seq, shredded, last, None, f"Exercise {exercise}: {sentence}")


def _wrong_entry(row: Envelope, seq: int, before: str) -> str | None:
    if row["seq"] != seq:
        return f"entry {seq} is missing; entry {row['seq']} stands in its place."
    if row["body"] is not None and commitment(row["salt"], row["body"]) != row["commitment"]:
        return f"the body of entry {seq} does not match its commitment: what it says was changed."
    if row["prev_hash"] != before:
        return f"entry {seq} does not follow the entry before it: its previous hash is another one."
    if row["hash"] != entry_hash(before, row):
        return f"the hash of entry {seq} does not match: its time, seat, kind, key or commitment was changed."
    return None


def _wrong_scenario(first: Envelope, scenario: str) -> str | None:
    """The first entry names the digest of the scenario that was frozen with it."""
    if first["kind"] != ExerciseCreated.__name__ or first["body"] is None:
        return None
    if json.loads(first["body"]).get("digest") == digest(scenario):
        return None
    return "entry 1 names another scenario than the one that is kept: the frozen scenario was changed."


def _wrong_end(seq: int, last: str, head: int, head_hash: str, strays: int) -> tuple[int, str] | None:
    if seq < head:
        return seq + 1, f"entry {seq + 1} is missing; the log ends at {seq} and should end at {head}."
    if seq > head:
        return (
            head + 1,
            f"the log ends at {seq} where its exercise says {head}: entries were added at its end.",
        )
    if last != head_hash:
        return seq, f"entry {seq} is not the one its exercise has as the last: the end was written anew."
    if strays:
        return (
            seq + 1,
            f"there are bodies past the last entry, {seq}, and the entries they belong to are missing.",
        )
    return None


_HEAD = select(exercises.c.head, exercises.c.head_hash, exercises.c.scenario).where(
    exercises.c.id == bindparam("exercise")
)
_STRAYS = (
    select(func.count())
    .select_from(bodies)
    .where(bodies.c.exercise == bindparam("exercise"), bodies.c.seq > bindparam("head"))
)
_ENTRIES = (
    select(entries, bodies.c.salt, bodies.c.body)
    .join_from(
        entries,
        bodies,
        and_(entries.c.exercise == bodies.c.exercise, entries.c.seq == bodies.c.seq),
        isouter=True,
    )
    .where(entries.c.exercise == bindparam("exercise"))
    .order_by(entries.c.seq)
)
