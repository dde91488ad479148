"""Versions of a report that are kept as they were, and signed with the installation's key.

What is signed is a statement: the exercise, the version, the head of the record it was made from with its hash, and the
SHA-256 of each file. So whoever has a file and its statement can check both without this installation.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import insert, select

from ttx.review.exports import exports
from ttx.review.leaving import ReportFrozen
from ttx.review.parts import Tier
from ttx.store import reviews
from ttx.store.database import NoSuchExercise, Store
from ttx.store.signing import signing_key, stated, statement
from ttx.store.tables import entries, exercises, frozen_files

FORM = "ttx report 1"


def digest_of(content: bytes) -> str:
    """A file's SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sign(
    store: Store, exercise: str, version: int, tier: Tier, head: int, contents: Mapping[str, bytes]
) -> tuple[str, str]:
    """The statement of a version, and its signature; its files are kept.

    Raises NotRecorded, NoSuchExercise, OSError.
    Files nobody's entry names later do no harm: they are found by their digest alone.
    """
    with store.read(f"The record of exercise {exercise}") as connection:
        title = connection.scalar(select(exercises.c.title).where(exercises.c.id == exercise))
        of_head = select(entries.c.hash).where(entries.c.exercise == exercise, entries.c.seq == head)
        head_hash = connection.scalar(of_head)
    if title is None or head_hash is None:
        raise NoSuchExercise(exercise)
    said = {
        "form": FORM, "exercise": exercise, "title": title, "version": version, "tier": tier.value, "head": head,
        "head_hash": head_hash, "files": {form: digest_of(one) for form, one in contents.items()},
    }  # fmt: skip
    signed_statement = statement(signing_key(store.directory), said)
    keep(store, exercise, contents.values(), f"Version {version} of the report")
    return signed_statement


def keep(store: Store, exercise: str, contents: Iterable[bytes], what: str) -> None:
    """Keep these files of an exercise; each is found by its digest. Raises NotRecorded."""
    rows = {digest_of(one): one for one in contents}
    with store.write(what) as connection:
        known = set(connection.scalars(select(frozen_files.c.digest).where(frozen_files.c.exercise == exercise)))
        new = [
            {"exercise": exercise, "digest": name, "content": one} for name, one in rows.items() if name not in known
        ]
        if new:
            connection.execute(insert(frozen_files), new)


def content(store: Store, exercise: str, digest: str) -> bytes | None:
    """A file that is kept; None if it is not here. Raises NotRead."""
    with store.read("A version of the report") as connection:
        wanted = frozen_files.c.exercise == exercise, frozen_files.c.digest == digest
        found = connection.scalar(select(frozen_files.c.content).where(*wanted))
    return bytes(found) if found is not None else None


def signed(fact: ReportFrozen) -> bytes:
    """The statement and its signature as a file to send along."""
    return json.dumps({"statement": fact.statement, "signature": fact.signature}, indent=1).encode()


def faults(store: Store, exercise: str) -> tuple[str, ...]:
    """A sentence for each version that is not what was frozen. Raises NotRead."""
    found = []
    for one in exports(reviews.read(store, exercise)).frozen:
        found += [f"Version {one.fact.version} of the report: {why}." for why in _wrong(store, exercise, one.fact)]
    return tuple(found)


def _wrong(store: Store, exercise: str, fact: ReportFrozen) -> Iterator[str]:
    said = stated(fact.statement, fact.signature, FORM)
    if said is None:
        yield "its signature does not fit its statement"
        return
    with store.read(f"The record of exercise {exercise}") as connection:
        of_head = select(entries.c.hash).where(entries.c.exercise == exercise, entries.c.seq == fact.head)
        if connection.scalar(of_head) != said["head_hash"]:
            yield f"the record has another entry {fact.head} than the one it was made from"
    if said["files"] != dict(fact.files) or said["version"] != fact.version:
        yield "its statement is of other files"
    for form, digest in fact.files.items():
        kept = content(store, exercise, digest)
        if kept is None:
            yield f"its file {form} is not here any more"
        elif digest_of(kept) != digest:
            yield f"its file {form} was changed"


def checked(file: bytes, statement_file: bytes, signer: str | None = None) -> tuple[bool, str]:
    """Whether a file is what an installation froze, by the statement that came with it; and that as a sentence.

    `signer` is the public key, in hexadecimal, one knows the installation by; without it the sentence names the key
    that was used, to be compared by other means.
    """
    try:
        told = json.loads(statement_file)
        said = stated(str(told["statement"]), str(told["signature"]), FORM)
        if said is None:
            return False, "The signature does not fit the statement: one of the two was changed."
        form = next((name for name, digest in said["files"].items() if digest == digest_of(file)), None)
        if form is None:
            return False, "The file is none of those that the statement names: it was changed, or is another version's."
        if signer is not None and said["signer"] != signer.strip().lower():
            return False, f"The statement is signed by another key: {said['signer']}."
        return True, (
            f"This is version {said['version']} of the report ({said['tier']}, {form}) of {said['title']}, made from "
            f"the record up to entry {said['head']} with the hash {said['head_hash']}; signed by {said['signer']}."
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return False, "The statement cannot be read: take the file that ends in .signed.json."
