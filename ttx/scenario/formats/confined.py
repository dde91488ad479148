"""Reading what somebody brought in a process of its own, under limits: a hostile file costs a sentence and no more.

This module is both sides: `understand` starts the process, and run as a program it is that process. It gets the
file as its standard input, knows of no other, and writes what it understood as JSON into a file of limited size.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ttx.confining import confine
from ttx.scenario.formats.understood import Column, Understood

SIZE = 20_000_000
"""Bytes that a file may have."""
MEMORY = 1_000_000_000
"""Bytes of address space for the reading process. An interpreter with the readers loaded maps some 300 MB."""
SECONDS = 30
"""Of processor time, and twice that on the clock."""
ANSWER = 100_000_000
"""Bytes that the answer may have."""


def understand(path: Path, mapping: Mapping[str, str] | None = None) -> Understood:
    """What is understood of this file. `mapping` says by column header which field it is (`words.FIELDS`).

    Never raises for what a file holds: what cannot be read is `refused` with a sentence. Raises OSError if it
    cannot be opened.
    """
    if path.is_dir():
        return Understood("unreadable", refused=f"{path} is a folder; name the file to import.")
    with path.open("rb") as file:
        return _confined(path.name, file, os.fstat(file.fileno()).st_size, mapping or {})


def understand_content(name: str, content: bytes, mapping: Mapping[str, str] | None = None) -> Understood:
    """As `understand`, for a file that came over the network, with the name it came under."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return _confined(Path(name.replace("\\", "/")).name or "file", file, len(content), mapping or {})


def too_large(name: str, size: int) -> str:
    """That a file of so many bytes is not read, in a sentence."""
    has = max(size, SIZE + 100_000) / 1e6
    return f"{name} has {has:.3g} MB; at most {SIZE // 1_000_000} MB are taken. Keep only the list."


def _confined(name: str, file: IO[bytes], size: int, mapping: Mapping[str, str]) -> Understood:
    if size > SIZE:
        return _refused(too_large(name, size))
    if size == 0:
        return _refused(f"{name} is empty.")
    asked = json.dumps({"name": name[-200:], "mapping": dict(mapping)})
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603  # our own interpreter with our own module
                [sys.executable, "-I", "-m", __name__, asked],
                stdin=file,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=2 * SECONDS,
                check=False,
                env={
                    key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP")
                },
                cwd=tempfile.gettempdir(),
                close_fds=True,
            )
        except subprocess.TimeoutExpired:
            return _refused(f"{name} could not be read within {2 * SECONDS} seconds, and nothing of it was taken.")
        answer.seek(0)
        if done.returncode == 0:
            with suppress(ValueError, TypeError, KeyError):
                return from_json(json.loads(answer.read(ANSWER)))
    return _refused(
        f"{name} asks for more memory or time than a list of injects needs, and nothing of it was taken. Keep only the "
        "list, save it as .xlsx or .csv, and try again."
    )


def _refused(sentence: str) -> Understood:
    return Understood("unreadable", refused=sentence)


def as_json(found: Understood) -> str:
    """All of it as one JSON object."""
    pictures = {name: base64.b64encode(content).decode() for name, content in found.pictures.items()}
    return json.dumps({**asdict(found), "pictures": pictures}, ensure_ascii=True)


def from_json(data: dict[str, Any]) -> Understood:
    """What `as_json` wrote. Raises TypeError or KeyError for anything else."""
    columns = tuple(Column(**{**one, "samples": tuple(one["samples"])}) for one in data.pop("columns"))
    guessed, left_out = tuple(data.pop("guessed")), tuple(data.pop("left_out"))
    pictures = {name: base64.b64decode(text) for name, text in data.pop("pictures").items()}
    return Understood(**data, pictures=pictures, guessed=guessed, left_out=left_out, columns=columns)


def _main() -> int:
    confine(MEMORY, SECONDS, ANSWER)
    asked = json.loads(sys.argv[1])
    # Only now, under the limits: the readers and the libraries below them.
    from ttx.scenario.formats.readers import understood

    content = sys.stdin.buffer.read(SIZE + 1)
    found = understood(asked["name"], content, asked["mapping"])
    sys.stdout.write(as_json(found))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    with suppress(MemoryError, RecursionError):
        sys.exit(_main())
    sys.exit(1)
