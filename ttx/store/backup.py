"""Backups: one file with everything in it, and the way back from it into a data directory.

The file is an embedded database, whichever database it was made from, and goes back into either: that is also the way
from a laptop to a server. A database that is in use is never copied as a file: what stands in its write-ahead log would
be left behind (`cp` lost 589 acknowledged entries in a trial, and integrity_check found the copy in order).
"""

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import SQLModel

from ttx.store import database
from ttx.store.chain import Verdict, verify
from ttx.store.database import ADDRESS, Store, settle_in
from ttx.store.embedded import FILE, Embedded, driver, obstacle
from ttx.store.log import exercises, new_epoch
from ttx.store.obstacles import NotOpened, NotRead, NotRecorded, Obstructed
from ttx.store.recognised import KEY
from ttx.store.tables import KEPT, PASSING, meta
from ttx.store.tables import exercises as exercise_rows

WORKSHOP = ".restoring"
ROWS = 500
"""Rows that are carried at once from one database into another."""


class NotWritten(Obstructed):
    """A backup was not made; there is no file of its name."""

    what = "written"


class NotRestored(Obstructed):
    """A backup was not restored; the data directory holds what it held before."""

    what = "restored"


class Damaged(NotRestored):
    """The same, because of what is in it: an earlier one may do."""


def backup(store: Store, file: Path | str) -> None:
    """Everything of this moment in one file, on disk when this returns; work goes on meanwhile.

    Only its owner can read it, since it holds codes and answers. Raises NotWritten, also for a taken name.
    """
    file = Path(file)
    asked = f"The backup {file}"
    if file.exists():
        raise NotWritten(asked, "there is a file of that name already", "Choose another name.")
    part = file.with_name(file.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if store.embedded is not None:
            _vacuum_into(store.embedded, part)
        else:
            _carry_into(store, part)
        to_disk(part)
        part.rename(file)
        to_disk(file.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        reason = (error.strerror or "the system gives no reason").lower()
        raise NotWritten(asked, reason, "Choose another place for it.") from error
    except Obstructed as refusal:
        part.unlink(missing_ok=True)
        raise NotWritten(asked, refusal.stands, refusal.remedy) from refusal
    except driver().Error as error:
        part.unlink(missing_ok=True)
        raise NotWritten(asked, *obstacle(error)) from error


def restore(
    file: Path | str,
    directory: Path | str,
    now: datetime | None = None,
    address: str = "",
    heads: Mapping[str, tuple[int, str]] | None = None,
) -> list[Verdict]:
    """A data directory with what a backup holds, every exercise in a new epoch and its chain verified.

    The directory is new or empty, or holds or names a ttx database: what that has is kept beside it as
    `before-restore-....sqlite`. With an `address` a new directory keeps it all in the PostgreSQL there. Seats, devices
    and tokens that were revoked after the backup are good again. With `heads` each record ends with that entry and
    hash. Raises NotRestored; nothing is changed then.
    """
    file, directory = Path(file), Path(directory)
    asked = f"The backup {file}"
    if not file.is_file():
        raise NotRestored(asked, "there is no such file", "Check the path.")
    workshop, target = directory / WORKSHOP, directory / FILE
    there = {path.name for path in directory.iterdir()} - {WORKSHOP} if directory.is_dir() else set()
    if address and not there:
        there = {_settled(directory, asked, address)}
    if there and not there & {FILE, ADDRESS}:
        raise NotRestored(asked, f"{directory} is not empty and holds no ttx database", "Choose an empty directory.")
    try:
        if not directory.exists():
            directory.mkdir(mode=0o700, parents=True)
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir(mode=0o700)
        verdicts = _rebuild(file, workshop, asked)
        if heads is not None and heads != {one.exercise: (one.entries, one.head_hash) for one in verdicts}:
            raise Damaged(asked, "a record in it does not end where its statement says", "Choose another one.")
        if database.address_of(directory):
            _put_back(workshop, directory, asked, now or datetime.now(UTC))
        elif FILE in there:
            _replace(workshop / FILE, directory, asked, now or datetime.now(UTC))
        else:
            (workshop / FILE).rename(target)
            to_disk(directory)
    except OSError as error:
        reason = (error.strerror or "the system gives no reason").lower()
        raise NotRestored(asked, reason, "Choose another directory or change its rights.") from error
    except driver().Error as error:
        raise NotRestored(asked, *obstacle(error)) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return verdicts


def _settled(directory: Path, asked: str, address: str) -> str:
    try:
        settle_in(directory, address)
    except NotOpened as refusal:
        raise NotRestored(asked, refusal.stands, refusal.remedy) from refusal
    return ADDRESS


def _vacuum_into(embedded: Embedded, part: Path) -> None:
    raw = embedded.connect()
    try:
        raw.execute("VACUUM INTO ?", (str(part),))
    finally:
        raw.close()
    copy = driver().connect(str(part), isolation_level=None)
    try:
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute("DELETE FROM meta WHERE name = ?", (KEY,))
    finally:
        copy.close()


def _carry_into(store: Store, part: Path) -> None:
    """The same for a database that is no file: every row of one moment, into an embedded database."""
    with TemporaryDirectory(prefix=".", dir=part.parent) as made:
        with Store(made, address="") as copy, store.read("Everything") as source, copy.write("Everything") as target:
            _carry(source, target)
        (Path(made) / FILE).replace(part)


def _carry(source: Connection, target: Connection) -> None:
    """Every row of one database, but its key of devices, into another that has none but what it says of itself."""
    target.execute(meta.delete())
    for table in SQLModel.metadata.sorted_tables:
        if table not in KEPT or table in PASSING:
            continue
        wanted = select(table) if table is not meta else select(meta).where(meta.c.name != KEY)
        rows = source.execute(wanted, execution_options={"yield_per": ROWS}).mappings()
        for some in rows.partitions():
            target.execute(insert(table), [dict(one) for one in some])


def _put_back(workshop: Path, directory: Path, asked: str, now: datetime) -> None:
    """Put what was rebuilt in the place of what the directory's server has, in one transaction.

    Processes that run on it meet another epoch, have their pages loaded anew, and recognise devices as before.
    """
    try:
        with Store(directory) as store, Store(workshop, create=False, address="") as rebuilt:
            with store.read("Whether it holds anything") as connection:
                holds = any(connection.execute(select(table).limit(1)).first() for table in KEPT if table is not meta)
            if holds:
                backup(store, directory / _kept_as(now))
            with rebuilt.read("Everything") as source, store.write("Everything") as target:
                key = [dict(one) for one in target.execute(select(meta).where(meta.c.name == KEY)).mappings()]
                store.database.empty(target)
                _carry(source, target)
                if key:
                    target.execute(insert(meta), key)
    except (NotOpened, NotWritten, NotRead, NotRecorded) as refusal:
        raise NotRestored(asked, refusal.stands, refusal.remedy) from refusal


def _kept_as(now: datetime) -> str:
    return f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.sqlite"


def _rebuild(file: Path, workshop: Path, asked: str) -> list[Verdict]:
    """The backup's content in a database of its own, every exercise in a new epoch and verified."""
    os.close(os.open(workshop / FILE, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    sqlite = driver()
    try:
        source = sqlite.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        _copy(source, sqlite.connect(workshop / FILE))
    except sqlite.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 11) & 0xFF not in (11, 26):  # SQLITE_CORRUPT, SQLITE_NOTADB
            raise
        raise Damaged(asked, "it is damaged or no database", "Choose another backup.") from error
    try:
        with Store(workshop, create=False, address="") as copy:
            known = [exercise.id for exercise in exercises(copy)]
            with copy.write("A new epoch") as connection:
                for exercise in known:
                    renewed = update(exercise_rows).where(exercise_rows.c.id == exercise)
                    connection.execute(renewed.values(epoch=new_epoch()))
                if (found := connection.exec_driver_sql("PRAGMA quick_check").scalar()) != "ok":
                    raise Damaged(asked, f"it is damaged ({found})", "Choose another backup.")
            verdicts = [verify(copy, exercise) for exercise in known]
    except NotOpened as refusal:
        raise NotRestored(asked, refusal.stands, "Choose one of this ttx or an older one.") from refusal
    except (NotRead, NotRecorded) as refusal:
        raise NotRestored(asked, refusal.stands, "Choose another backup.") from refusal
    for verdict in verdicts:
        if not verdict.whole:
            raise Damaged(asked, verdict.sentence.rstrip("."), "Choose an earlier backup.")
    to_disk(workshop / FILE)
    return verdicts


def _replace(rebuilt: Path, directory: Path, asked: str, now: datetime) -> None:
    """Put what was rebuilt in the place of the database that is there, and keep that one beside it."""
    try:
        with Store(directory, create=False) as store:
            backup(store, directory / _kept_as(now))
    except (NotOpened, NotWritten) as refusal:
        raise NotRestored(asked, refusal.stands, refusal.remedy) from refusal
    sqlite = driver()
    target = sqlite.connect(directory / FILE, timeout=1.0, isolation_level=None)
    try:
        # A database leaves WAL mode only when nobody else has it open. A server that still ran would go on
        # with the old history in its memory; where there is no WAL, this cannot be known.
        target.execute("PRAGMA journal_mode = DELETE")
    except sqlite.OperationalError as error:
        target.close()
        raise NotRestored(
            asked, f"a ttx is still running on {directory}", "Stop it, restore, and start it again."
        ) from error
    _copy(sqlite.connect(rebuilt), target)


def _copy(source: Any, target: Any) -> None:
    """All pages of one database into another, in one transaction of the other's."""
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def to_disk(path: Path) -> None:
    """Sync a file or folder. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
