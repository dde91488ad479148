"""Commands for backups and snapshots, and the way back from them."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from ttx.cli.told import Data, Database, stop
from ttx.settings import Settings
from ttx.store import backup, newest, snapshots
from ttx.store.backup import Damaged
from ttx.store.database import Store
from ttx.store.sealed import NotUnsealed, key_in, new_key

Key = Annotated[Path | None, typer.Option("--key", help="The key of `ttx snapshot-key`, for what is encrypted.")]


def snapshot_key(file: Path) -> None:
    """Make the key that snapshots are encrypted with. Keep a copy away from the server: nothing else opens them."""
    if file.exists():
        stop(f"{file} is there already, and a snapshot made with it needs it. Choose another name.")
    new_key(file)
    typer.echo(f"Wrote {file}. Keep a copy of it elsewhere, also on paper: it is one line of 64 digits.", err=True)


def backup_command(file: Path, data: Data, key: Key = None) -> None:
    """Write everything an installation keeps into one file, while it runs; encrypted, if a key is named."""
    with Store(data, create=False) as store:
        if key is None:
            backup.backup(store, file)
        elif file.exists():
            stop(f"{file} is there already. Choose another name.")
        else:
            snapshots.seal(store, file, _key(key))
    typer.echo(f"Wrote {file}.", err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup, a snapshot, or a folder of snapshots.")],
    data: Data,
    database: Database = "",
    key: Key = None,
) -> None:
    """Make a data directory from a backup, or from the newest good snapshot of a folder. Every record is verified."""
    if not file.is_dir() and not (file.is_file() and snapshots.is_sealed(file)):
        backup.restore(file, data, address=database)
        typer.echo(f"Restored into {data}.", err=True)
        return
    if key is None:
        stop(f"{file} is encrypted. Name its key with --key.")
    secret = _key(key)
    found = snapshots.snapshots_in(file) if file.is_dir() else [file]
    if not found:
        stop(f"There is no snapshot in {file}. Check the path.")
    made = _newest_good(found, secret, data, database)
    typer.echo(f"Restored into {data} from {made.file.name} of {made.at}, signed by {made.signer}.", err=True)
    for verdict in made.verdicts:
        typer.echo(f"  {verdict.sentence}", err=True)


def _newest_good(found: list[Path], key: bytes, data: Path, database: str) -> snapshots.Restored:
    for one in found[:-1]:
        try:
            return snapshots.unseal(one, key, data, database)
        except Damaged as refusal:
            typer.echo(f"ttx: {refusal}", err=True)
    return snapshots.unseal(found[-1], key, data, database)


@contextmanager
def snapshots_of(
    store: Store, place: Path | None, key: Path | None, settings: Settings, among: bool = False
) -> Iterator[Any]:
    """Snapshots while the block lasts, if a place for them is named; `among`: who started this process sees to it."""
    if place is None:
        if not among:
            newest.forget(store.directory)
        with nullcontext():
            yield
        return
    if key is None:
        stop("Snapshots are encrypted. Make a key with ttx snapshot-key FILE, and name it with --snapshot-key.")
    with snapshots.Snapshots(store, place, _key(key), settings.snapshot_seconds, settings.snapshots_kept):
        yield


def _key(file: Path) -> bytes:
    try:
        return key_in(file)
    except NotUnsealed as wrong:
        stop(f"{wrong}. Name the file that ttx snapshot-key made.")
