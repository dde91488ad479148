"""What is asked of a zipped file before anything in it is unpacked: how much it would become, and where it would go."""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

UNPACKED = 200_000_000
"""Bytes that all members together may become."""
MEMBER = 100_000_000
MEMBERS = 5_000
RATIO = 100
SMALL = 10_000_000
"""Bytes up to which a member may be packed as tightly as it likes: empty cells are, by hundreds to one."""

_ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class Unreadable(ValueError):
    """A file that is not read, with a sentence. `final` is false where another reader may still try."""

    def __init__(self, sentence: str, *, final: bool = True) -> None:
        super().__init__(sentence)
        self.final = final


def members(name: str, content: bytes) -> dict[str, int]:
    """The members of a zip with their unpacked sizes. Raises Unreadable for a bomb, a way out or an entity."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(name, archive)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            f"{name} begins like a zip and cannot be opened as one ({error}); it may have been cut off on its way. "
            "Fetch it again, or save it anew."
        ) from None


def _members(name: str, archive: zipfile.ZipFile) -> dict[str, int]:
    listed = archive.infolist()
    if len(listed) > MEMBERS:
        raise Unreadable(f"{name} packs {len(listed):,} files; at most {MEMBERS:,} are taken.")
    total = 0
    for one in listed:
        total += one.file_size
        if one.flag_bits & 1:
            raise Unreadable(f"{name} is locked with a password; save it without one.")
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", one.filename):
            raise Unreadable(f"{name} holds '{one.filename}', a name that leads out of it; nothing of it was taken.")
        if one.file_size > MEMBER or (one.file_size > SMALL and one.file_size > RATIO * max(one.compress_size, 1)):
            raise Unreadable(
                f"{name} holds '{one.filename}', which would unpack from {one.compress_size:,} to "
                f"{one.file_size:,} bytes; that is no list of injects, and nothing of it was taken."
            )
    if total > UNPACKED:
        raise Unreadable(f"{name} would unpack to {total:,} bytes; at most {UNPACKED:,} are taken.")
    for one in listed:
        _read_through(name, archive, one)
    return {one.filename: one.file_size for one in listed}


def _read_through(name: str, archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> None:
    """Unpacks a member, to nowhere, as far as its header says: one that goes on beyond that fails its checksum."""
    try:
        with archive.open(one) as part:
            begins = part.read(4096)
            while part.read(1_000_000):
                pass
    except (zlib.error, zipfile.BadZipFile, EOFError) as error:
        raise Unreadable(
            f"{name} holds '{one.filename}', which is damaged ({error}). Fetch the file again, or save it anew."
        ) from None
    if one.filename.lower().endswith((".xml", ".rels", ".vml", ".svg")) and _ENTITY.search(begins):
        raise Unreadable(
            f"{name} defines document types or entities in '{one.filename}', which no spreadsheet program writes; "
            "nothing of it was taken."
        )
