"""Which reader takes a file: peers' own formats first, each by what it finds inside, then tables as such.

A reader of a peer's format is a plain function `(name, content) -> Understood | None`. It gets the file's name
and its bytes, returns None where the file is not of its format, and never raises for what a file holds: a file
of its format that cannot be used is an `Understood` with `refused`. It runs in a child process under limits
(`confined`), so it may spend memory, but reads no other file.
"""

from collections.abc import Callable, Mapping

from ttx.scenario.formats.canonical import canonical
from ttx.scenario.formats.folder import folder
from ttx.scenario.formats.msel import table
from ttx.scenario.formats.peers import peer
from ttx.scenario.formats.understood import Understood

Reader = Callable[[str, bytes], Understood | None]

PEERS: tuple[Reader, ...] = (
    folder,
    canonical,
    peer,
)
"""Readers of peers' files that are no tables, in the order they are asked."""


def understood(name: str, content: bytes, corrections: Mapping[str, str] | None = None) -> Understood:
    """The file as far as anybody understands it. `corrections` say by column header which field it is."""
    for reader in PEERS:
        if (found := reader(name, content)) is not None:
            return _as_table(name, content, corrections or {}, found) if found.format == "JSON" else found
    return table(name, content, corrections or {})


def _as_table(name: str, content: bytes, corrections: Mapping[str, str], unknown: Understood) -> Understood:
    """A JSON file of no format that is known, read as the table that a list of like records is; else as it was."""
    found = table(name, content, corrections)
    return found if found.refused is None else unknown
