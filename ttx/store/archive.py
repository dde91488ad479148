"""A whole exercise as one signed file, and the way from it into another data directory.

The file is a zip whose members stand in one order, uncompressed and without a date, so that the same exercise gives the
same bytes on every machine: `exercise.json`, `scenario.json` as it was frozen, `log.jsonl` with every entry, its hashes
and its body, `review.jsonl` likewise for what analysts made of it, `seats.json`, the pictures, the files of reports
that were frozen, `manifest.json` with the SHA-256 of each of them and the public key of who signed, and `manifest.sig`,
an Ed25519 signature over the manifest.
What leads to a seat is not in it: no code, no account, no token, no device; nor is what was never sent: no draft.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from ttx.exercise.entries import ExerciseEnded, read_body
from ttx.review.entries import read_body as read_review
from ttx.scenario.model import Scenario
from ttx.store.chain import Envelope, Verdict, entries_of, judge
from ttx.store.codes import fresh_code
from ttx.store.database import NoSuchExercise, Store
from ttx.store.obstacles import Obstructed
from ttx.store.pictures import contents_of, freeze_pictures, keep
from ttx.store.recoding import NotTaken, all_recoded
from ttx.store.reviews import judged, review_of
from ttx.store.signing import public, signed_by, signing_key
from ttx.store.tables import (
    ExerciseId,
    bodies,
    entries,
    exercise_pictures,
    exercises,
    frozen_files,
    meta,
    review_entries,
    seats,
)

FORM = "ttx exercise 1"
LARGEST = 1 << 30
"""Bytes of all members together: a week of a thousand tablets is a tenth of it."""

OF_EXERCISE = ("id", "title", "epoch", "head", "head_hash", "created_at")
OF_SEAT = ("id", "number", "role", "delegation", "table_id", "language", "name", "submits", "created_at", "revoked_at")
OF_ENTRY = ("seq", "key", "asked", "seat", "kind", "at", "commitment", "prev_hash", "hash")
PICTURES, FROZEN = "pictures/", "frozen/"


class NotPacked(Obstructed):
    """An exercise was not written into a file."""

    what = "packed"


class NotUnpacked(Obstructed):
    """A file was not taken; the data directory holds what it held before."""

    what = "taken"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An exercise that was taken: the public key of who signed it, and what its record was found to be."""

    exercise: ExerciseId
    title: str
    signer: str
    verdict: Verdict


def pack(store: Store, exercise: str) -> bytes:
    """An exercise that has ended, as a file. One that came as a file and is as it came gives that file again.

    Raises NotPacked, NotRead and NoSuchExercise.
    """
    asked = f"The exercise {exercise}"
    with store.read(asked) as connection:
        members = _members(connection, exercise)
        came = connection.scalar(select(meta.c.value).where(meta.c.name == _came(exercise)))
    logged, of_it = _logged(exercise, members["log.jsonl"]), json.loads(members["exercise.json"])
    verdict = judge(exercise, logged, members["scenario.json"].decode(), (of_it["head"], of_it["head_hash"]))
    if not verdict.whole:
        raise NotPacked(asked, f"its record is not whole: {verdict.sentence}", "Restore a backup in which it is.")
    if not any(one["kind"] == ExerciseEnded.__name__ for one in logged):
        raise NotPacked(asked, "it has not ended", "End it first; until then a backup keeps it.")
    if came is not None:
        known = json.loads(came)
        manifest = _manifest(members, known["signer"])
        if signed_by(known["signer"], known["signature"], manifest):
            return _zipped(members, manifest, known["signature"])
    key = signing_key(store.directory)
    manifest = _manifest(members, public(key))
    return _zipped(members, manifest, key.sign(manifest).hex())


def unpack(store: Store, content: bytes) -> Unpacked:
    """Take an exercise from such a file, its record verified, with a new code for each seat; all or nothing.

    Raises NotUnpacked and NotRecorded.
    """
    asked = "This file"
    members, manifest, signature = _opened(asked, content)
    told = _said(asked, manifest)
    if told.get("files") != {name: hashlib.sha256(one).hexdigest() for name, one in members.items()}:
        raise NotUnpacked(asked, "its contents are not those its manifest names", "Ask for it again.")
    signer = str(told.get("signer"))
    if not signed_by(signer, signature, manifest):
        raise NotUnpacked(asked, "its signature does not fit its manifest", "Ask for it again.")
    try:
        of_it = {name: json.loads(members["exercise.json"])[name] for name in OF_EXERCISE}
        seated = [{name: one[name] for name in OF_SEAT} for one in json.loads(members["seats.json"])]
        logged, reviewed = (_logged(of_it["id"], members[name]) for name in ("log.jsonl", "review.jsonl"))
        Scenario.model_validate_json(members["scenario.json"])
        for rows, read in ((logged, read_body), (reviewed, read_review)):
            for one in rows:
                if one["body"] is not None:
                    read(one["kind"], one["body"])
        pictures = {name.removeprefix(PICTURES): one for name, one in members.items() if name.startswith(PICTURES)}
        frozen = [
            {"exercise": of_it["id"], "digest": name.removeprefix(FROZEN), "content": one}
            for name, one in members.items()
            if name.startswith(FROZEN)
        ]
        if all_recoded(pictures) != pictures:
            raise ValueError("a picture holds more than its pixels")
    except (ValueError, KeyError, TypeError, LookupError, ValidationError, NotTaken) as error:
        why = f"it holds what this version cannot read ({str(error).splitlines()[0][:200]})"
        raise NotUnpacked(asked, why, "Take it with the version that wrote it, or a newer one.") from error
    verdict = judge(of_it["id"], logged, members["scenario.json"].decode(), (of_it["head"], of_it["head_hash"]))
    for what, found in (("record", verdict), ("review", judged(of_it["id"], reviewed))):
        if not found.whole:
            raise NotUnpacked(asked, f"its {what} is not whole: {found.sentence}", "Ask for it again.")
    with store.write(f"The exercise {of_it['title']}") as connection:
        if connection.scalar(select(exercises.c.id).where(exercises.c.id == of_it["id"])) is not None:
            raise NotUnpacked(asked, f"exercise {of_it['id']} is in this data directory already", "Take it elsewhere.")
        try:
            _put(connection, of_it, members, seated, logged, pictures)
            if reviewed:
                connection.execute(insert(review_entries), reviewed)
            if frozen:
                connection.execute(insert(frozen_files), frozen)
        except IntegrityError as error:
            raise NotUnpacked(asked, "what it holds does not fit together, or is here already", "Ask again.") from error
        kept = json.dumps({"signer": signer, "signature": signature})
        connection.execute(insert(meta).values(name=_came(of_it["id"]), value=kept))
    return Unpacked(ExerciseId(of_it["id"]), of_it["title"], signer, verdict)


def _put(
    connection: Connection,
    of_it: Mapping[str, Any],
    members: Mapping[str, bytes],
    seated: Iterable[Mapping[str, Any]],
    logged: list[dict[str, Any]],
    pictures: Mapping[str, bytes],
) -> None:
    connection.execute(insert(exercises).values(**of_it, scenario=members["scenario.json"].decode()))
    freeze_pictures(connection, of_it["id"], keep(connection, pictures))
    for one in seated:
        connection.execute(insert(seats).values(**one, exercise=of_it["id"], code=fresh_code(connection)))
    envelopes = [{name: one[name] for name in ("exercise", *OF_ENTRY)} for one in logged]
    of_body = ("exercise", "seq", "salt", "body")
    said = [{name: one[name] for name in of_body} for one in logged if one["body"] is not None]
    connection.execute(insert(entries), envelopes)
    if said:
        connection.execute(insert(bodies), said)


def _members(connection: Connection, exercise: str) -> dict[str, bytes]:
    """Every member but the manifest and its signature, in order."""
    row = connection.execute(select(exercises).where(exercises.c.id == exercise)).mappings().first()
    if row is None:
        raise NoSuchExercise(exercise)
    seated = connection.execute(select(seats).where(seats.c.exercise == exercise).order_by(seats.c.number)).mappings()
    named = select(exercise_pictures.c.name, exercise_pictures.c.digest)
    of_it = connection.execute(named.where(exercise_pictures.c.exercise == exercise).order_by(exercise_pictures.c.name))
    pictures = contents_of(connection, {one.name: one.digest for one in of_it})
    kept = select(frozen_files).where(frozen_files.c.exercise == exercise).order_by(frozen_files.c.digest)
    return {
        "exercise.json": _json({name: row[name] for name in OF_EXERCISE}),
        "scenario.json": row["scenario"].encode(),
        "log.jsonl": b"".join(_line(one) + b"\n" for one in entries_of(connection, exercise)),
        "review.jsonl": b"".join(_line(one._mapping) + b"\n" for one in review_of(connection, exercise)),
        "seats.json": _json([{name: one[name] for name in OF_SEAT} for one in seated]),
        **{PICTURES + name: content for name, content in pictures.items()},
        **{FROZEN + one.digest: bytes(one.content) for one in connection.execute(kept)},
    }


def _line(row: Envelope) -> bytes:
    said = None if row["body"] is None else {"salt": row["salt"].hex(), "text": row["body"]}
    return _json({**{name: row[name] for name in OF_ENTRY}, "body": said})


def _row(exercise: str, line: bytes) -> dict[str, Any]:
    """What `_line` wrote, as the rows of an entry and its body."""
    told = json.loads(line)
    said = told["body"]
    salt, body = (None, None) if said is None else (bytes.fromhex(said["salt"]), said["text"])
    return {"exercise": exercise, **{name: told[name] for name in OF_ENTRY}, "salt": salt, "body": body}


def _logged(exercise: str, lines: bytes) -> list[dict[str, Any]]:
    return [_row(exercise, line) for line in lines.split(b"\n") if line]


def _manifest(members: Mapping[str, bytes], signer: str) -> bytes:
    files = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    return _json({"form": FORM, "signer": signer, "files": files})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _came(exercise: str) -> str:
    return f"came as a file: {exercise}"


def _zipped(members: Mapping[str, bytes], manifest: bytes, signature: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name, content in {**members, "manifest.json": manifest, "manifest.sig": signature.encode()}.items():
            packed.writestr(zipfile.ZipInfo(name), content)  # dated 1980, the first day a zip knows
    return file.getvalue()


def _opened(asked: str, content: bytes) -> tuple[dict[str, bytes], bytes, str]:
    """The members, the manifest and the signature of a file that has the form of one; nothing of it is believed yet."""
    elsewhere = "Take a file that `ttx exercise export` wrote."
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            listed = packed.infolist()
            names = [one.filename for one in listed]
            if len(set(names)) != len(names) or any(one.compress_type != zipfile.ZIP_STORED for one in listed):
                raise NotUnpacked(asked, "its members are doubled or compressed, as ours never are", elsewhere)
            if sum(one.file_size for one in listed) > min(LARGEST, len(content)):
                raise NotUnpacked(asked, "it says that it holds more than it can", elsewhere)
            found = {name: packed.read(name) for name in names}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, UnicodeDecodeError) as error:
        raise NotUnpacked(asked, "it is no exercise that was packed, or was cut short", elsewhere) from error
    manifest, signature = found.pop("manifest.json", None), found.pop("manifest.sig", None)
    if manifest is None or signature is None:
        raise NotUnpacked(asked, "it is no exercise that was packed", elsewhere)
    return found, manifest, signature.decode("ascii", "replace")


def _said(asked: str, manifest: bytes) -> dict[str, Any]:
    try:
        told = json.loads(manifest)
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("form") != FORM:
        why = "its form is another one than this version knows"
        raise NotUnpacked(asked, why, "Take it with the version that wrote it, or a newer one.")
    return told
