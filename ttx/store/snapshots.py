"""Snapshots: backups made again and again while a server runs, encrypted, in a second place.

A snapshot holds the database, the installation's signing key and its certificate authority, so that tablets trust the
machine it is restored on. Before it stands, in the clear and signed, the head of every record: whoever restores it
learns whether it is all of that.
"""

import hashlib
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

import structlog

from ttx.store import backup as backups
from ttx.store.backup import Damaged, NotRestored, NotWritten, backup
from ttx.store.chain import Verdict
from ttx.store.database import Store
from ttx.store.embedded import FILE, driver
from ttx.store.newest import Newest, forget, tell
from ttx.store.sealed import PIECE, NotUnsealed, Sealing, Unsealing, clear_of, known_by
from ttx.store.signing import FILE as SIGNING_KEY
from ttx.store.signing import signing_key, stated, statement
from ttx.store.tables import stamp

FORM = "ttx snapshot 1"
ENDING = ".snapshot"
AUTHORITY = "tls"
WORKSHOP = ".snapshot-"

logger = structlog.get_logger(__name__)

_HEADS = "SELECT id, head, head_hash FROM exercises WHERE id NOT IN (SELECT exercise FROM rehearsals)"

Heads = dict[str, tuple[int, str]]
"""By exercise the seq and hash of the last entry."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a data directory was made from."""

    file: Path
    at: str
    signer: str
    verdicts: list[Verdict]


def seal(store: Store, file: Path, key: bytes, now: datetime | None = None, unlike: str = "") -> str | None:
    """Write one snapshot, on disk under its name when this returns; a digest of what it holds.

    None, and no file, if that is what `unlike` is the digest of. Raises NotWritten.
    """
    asked = f"The snapshot {file}"
    part = file.with_name(file.name + ".part")
    try:
        with TemporaryDirectory(prefix=WORKSHOP, dir=store.directory) as workshop:
            copy = Path(workshop) / FILE
            backup(store, copy)
            with copy.open("rb") as opened:
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
            if digest == unlike:
                return None
            key_here = signing_key(store.directory)
            at = stamp(now or datetime.now(UTC))
            said = {"form": FORM, "at": at, "key": known_by(key), "heads": heads_in(copy)}
            clear = json.dumps(dict(zip(("statement", "signature"), statement(key_here, said), strict=True)))
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
                sealing = Sealing(opened, key, clear.encode())
                with tarfile.open(fileobj=cast(IO[bytes], sealing), mode="w|") as packed:
                    for name, path in [(FILE, copy), *_beside(store.directory)]:
                        packed.add(path, name)
                sealing.close()
                opened.flush()
                os.fsync(opened.fileno())
            part.rename(file)
            backups.to_disk(file.parent)
    except OSError as error:
        _forget(part)
        reason = (error.strerror or "the system gives no reason").lower()
        raise NotWritten(asked, reason, "Choose another place for it, or make room there.") from error
    except NotWritten as refusal:
        raise NotWritten(asked, refusal.stands, refusal.remedy) from refusal
    return digest


def unseal(file: Path, key: bytes, directory: Path, address: str = "") -> Restored:
    """A data directory from one snapshot, as `backup.restore` makes it, its keys with it unless it has its own.

    Every record is verified, and its head is the one that the snapshot's statement names. Raises NotRestored.
    """
    asked = f"The snapshot {file}"
    try:
        beside = next(one for one in directory.absolute().parents if one.is_dir())
        with file.open("rb") as opened, TemporaryDirectory(prefix=WORKSHOP, dir=beside) as made:
            unsealing, workshop = Unsealing(opened, key), Path(made)
            said = _said(unsealing.clear)
            if said["key"] != known_by(key):
                raise NotRestored(asked, "it was made with another key", "Name the one it was made with.")
            with tarfile.open(fileobj=cast(IO[bytes], unsealing), mode="r|") as packed:
                for one in packed:
                    if one.isfile() and (one.name in (FILE, SIGNING_KEY) or one.name.startswith(f"{AUTHORITY}/")):
                        packed.extract(one, workshop, filter="data")
            while unsealing.read(PIECE):  # to its marked end
                pass
            heads = {exercise: (seq, digest) for exercise, (seq, digest) in said["heads"].items()}
            verdicts = backups.restore(workshop / FILE, directory, address=address, heads=heads)
            for name, path in _beside(workshop):
                if not (directory / name).exists():
                    (directory / name).parent.mkdir(mode=0o700, exist_ok=True)
                    path.rename(directory / name)
                    (directory / name).chmod(0o600)
            return Restored(file, said["at"], said["signer"], verdicts)
    except (NotUnsealed, tarfile.TarError) as fault:
        stands = str(fault) if isinstance(fault, NotUnsealed) else "it is damaged"
        raise Damaged(asked, stands, "Choose another snapshot.") from fault
    except NotRestored as refusal:
        raise type(refusal)(asked, refusal.stands, refusal.remedy) from refusal
    except OSError as error:
        reason = (error.strerror or "the system gives no reason").lower()
        raise NotRestored(asked, reason, "Check both paths and their rights.") from error


def snapshots_in(place: Path) -> list[Path]:
    """The snapshots of a place, the newest first. Raises OSError."""
    return sorted((one for one in place.iterdir() if one.name.endswith(ENDING)), reverse=True)


def is_sealed(file: Path) -> bool:
    """Whether it is a snapshot rather than a plain backup. Raises OSError."""
    return clear_of(file) is not None


def read_back(file: Path, key: bytes, digest: str) -> bool:
    """Whether a snapshot that stands on its disk can be opened to its end, and holds what `digest` is of."""
    try:
        with file.open("rb") as opened:
            unsealing, held = Unsealing(opened, key), ""
            _said(unsealing.clear)
            with tarfile.open(fileobj=cast(IO[bytes], unsealing), mode="r|") as packed:
                for one in packed:
                    content = packed.extractfile(one)
                    if one.name == FILE and content is not None:
                        held = hashlib.file_digest(cast(Any, content), "sha256").hexdigest()
            while unsealing.read(PIECE):
                pass
        return held == digest
    except (NotUnsealed, tarfile.TarError, OSError):
        return False


def heads_in(file: Path) -> Heads:
    """Where the records of a backup end; those of rehearsals are left out."""
    raw = driver().connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return {row[0]: (row[1], row[2]) for row in raw.execute(_HEADS)}
    finally:
        raw.close()


class Snapshots:
    """Makes snapshots of a store in a thread of its own, as long as the block lasts and once more at its end."""

    def __init__(self, store: Store, place: Path, key: bytes, every: float, kept: int) -> None:
        """`every` so many seconds, if anything changed; the newest `kept` of them stay."""
        self.store, self.place, self._key, self.every, self.kept = store, place, key, every, kept
        self._last, self._file = "", Path()
        self._newest: Newest | None = None
        self._over = threading.Event()
        self.failed = False
        self._thread = threading.Thread(target=self._run, name="snapshots", daemon=True)

    def __enter__(self) -> "Snapshots":
        """Make the first one, to know that it can be done. Raises NotWritten."""
        asked = f"Snapshots in {self.place}"
        if not self.place.is_dir():  # not made: where a disk is not mounted, it would be a folder of this one
            raise NotWritten(asked, "there is no such folder", "Mount the disk that it is on, or make the folder.")
        if self.place.stat().st_dev == self.store.directory.stat().st_dev:
            logger.warning("snapshots", same_disk=True, remedy="Name a folder on another disk or machine.")
        self._take()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._try()
        forget(self.store.directory)

    def _run(self) -> None:
        while not self._over.wait(self.every):
            self._try()

    def _try(self) -> None:
        try:
            self._take()
            if self.failed:
                logger.warning("snapshots", works_again=True)
            self.failed = False
        except Exception as fault:  # whatever it is, the next one is tried
            self.failed = True
            logger.error("snapshots", failed=str(fault) if isinstance(fault, NotWritten) else type(fault).__name__)

    def _take(self) -> None:
        now = datetime.now(UTC)
        file = self.place / f"ttx-{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z{ENDING}"
        digest = seal(self.store, file, self._key, now, self._last if self._file.is_file() else "")
        if digest is not None:
            if not read_back(file, self._key, digest):
                _forget(file)
                self._last = ""
                if self._newest is not None:
                    tell(self.store.directory, replace(self._newest, read_back=False))
                raise NotWritten(f"The snapshot {file}", "it cannot be read back whole", "Use another disk.")
            self._last, self._file = digest, file
        self._newest = Newest(now.timestamp(), self._file.stat().st_size, True, self.every)
        tell(self.store.directory, self._newest)
        for old in snapshots_in(self.place)[self.kept :]:
            _forget(old)


def _beside(directory: Path) -> Iterator[tuple[str, Path]]:
    """What else a snapshot carries, by its name in the data directory."""
    named = [directory / SIGNING_KEY, *sorted((directory / AUTHORITY).glob("*"))]
    yield from ((str(one.relative_to(directory)), one) for one in named if one.is_file())


def _said(clear: bytes) -> dict[str, Any]:
    try:
        told = json.loads(clear)
        said = stated(told["statement"], told["signature"], FORM)
    except (ValueError, KeyError, TypeError):
        said = None
    if said is None:
        raise NotUnsealed("its signature does not fit its statement")
    return said


def _forget(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("snapshots", not_removed=file.name, why=error.strerror)
