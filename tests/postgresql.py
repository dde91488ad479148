"""A PostgreSQL of the tests' own: Debian's server, a new cluster, a free port of the loopback, nothing switched off."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg

from ttx.store.database import ADDRESS, Store

NOBODY = "postgres"
"""Whom Debian's package makes; the server refuses to run as root."""


MEMORY = Path("/dev/shm")
"""Where the cluster stands, if there is such a place: the server does all it does for a disk, and waits for none."""


def programs() -> Path:
    """Where the server's programs are; the newest, where there are several."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    assert found is not None, "These tests need a PostgreSQL server: make postgresql"
    return Path(found).parent


@contextmanager
def cluster() -> Iterator[str]:
    """A running server; the address of an empty database on it."""
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Path(tempfile.mkdtemp(prefix="ttx-pg-", dir=MEMORY if MEMORY.is_dir() else None))
    if who:
        shutil.chown(made, NOBODY, NOBODY)
    data, bin_ = made / "data", programs()
    words = ("--username=ttx", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    quiet = {"stdout": subprocess.DEVNULL, "cwd": made, **who}
    subprocess.run([bin_ / "initdb", "--pgdata", data, *words], check=True, **quiet)  # type: ignore[call-overload]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300"
    start = ("start", "--wait", "--log", made / "log", "--options", options)
    try:
        subprocess.run([bin_ / "pg_ctl", "--pgdata", data, *start], check=True, **quiet)  # type: ignore[call-overload]
        yield f"postgresql://ttx@127.0.0.1:{port}/postgres"
    finally:
        stop = ("stop", "--mode", "immediate")
        subprocess.run([bin_ / "pg_ctl", "--pgdata", data, *stop], check=False, **quiet)  # type: ignore[call-overload]
        shutil.rmtree(made, ignore_errors=True)


def place_in(server: str, directory: Path) -> str:
    """The address of a database on the server that belongs to this data directory alone, made if it is new.

    It is a copy of one with our tables: making those takes a second, and copying them a tenth of it.
    """
    with psycopg.connect(server, autocommit=True) as raw:
        there = {row[0] for row in raw.execute("SELECT datname FROM pg_database")}
        if "model" not in there:
            raw.execute("CREATE DATABASE model")
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / ADDRESS).write_text(f"{server.rpartition('/')[0]}/model")
                Store(folder).close()
        name = f"of_{sha256(str(directory.absolute()).encode()).hexdigest()[:16]}"
        if name not in there:
            raw.execute(f"CREATE DATABASE {name} TEMPLATE model")
    return f"{server.rpartition('/')[0]}/{name}"
