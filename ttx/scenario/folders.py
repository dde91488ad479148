"""A scenario's folder as it is: its files' texts and its pictures' bytes, read and written without changing either.

What the files say is `files`. Only these names are a scenario's; whatever else lies in a folder is left where it is.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ttx.scenario import pictures
from ttx.scenario.files import HEAD, ROSTERS, TRANSLATIONS, read_text, within
from ttx.scenario.findings import Faulty, Finding
from ttx.scenario.material import SIZE, fault

DAYS = 60
PICTURES = 200

_DAY = re.compile(r"day-([1-9][0-9]?)\.yaml")
_TRANSLATION = re.compile(rf"{TRANSLATIONS}/[a-z]{{2,3}}(?:-[A-Za-z]{{2,4}})?\.yaml")


class Contents(NamedTuple):
    """The files of a folder by name, as `translations/fr.yaml`, and its pictures by name, without their folder."""

    texts: Mapping[str, str]
    pictures: Mapping[str, bytes]


def is_file(name: str) -> bool:
    """Whether a file of this name is one of a scenario's."""
    return name in (HEAD, *ROSTERS) or day_of(name) is not None or _TRANSLATION.fullmatch(name) is not None


def day_of(name: str) -> int | None:
    """The number of the day that stands in a file of this name; None for another file."""
    match = _DAY.fullmatch(name)
    return int(match[1]) if match else None


def contents(folder: Path) -> Contents:
    """All that is the scenario's in this folder. Raises Faulty with everything that cannot be taken."""
    if not folder.is_dir():
        raise Faulty([fault(HEAD, 1, f"There is no folder {folder}; check the path.")])
    texts: dict[str, str] = {}
    shown: dict[str, bytes] = {}
    faults: list[Finding] = []
    names = _names(folder)
    if faults := _too_many(names, sum(not is_file(name) for name in names)):
        raise Faulty(faults)  # before any of them is read
    for name in names:
        try:
            if not within(folder, name):
                raise Faulty([fault(name, 1, f"{name} is a link out of the folder; put the file itself there.")])
            if is_file(name):
                texts[name] = read_text(folder / name, name)
            else:
                shown[name.partition("/")[2]] = _bytes(folder / name)
        except Faulty as faulty:
            faults += faulty.findings
    taken = Contents(texts, shown)
    if faults := [*faults, *refusals(taken)]:
        raise Faulty(faults)
    return taken


def refusals(taken: Contents) -> list[Finding]:
    """Why these files and pictures are no folder's that can be kept: names, sizes and how many there are."""
    faults = [
        fault(name, 1, f"{name} is no file of a scenario's; see the README of scenarios for their names.")
        for name in taken.texts
        if not is_file(name)
    ]
    if HEAD not in taken.texts:
        faults.append(fault(HEAD, 1, f"{HEAD} is missing; it is what makes a folder a scenario."))
    for name, text in taken.texts.items():
        if len(text.encode()) > SIZE:
            faults.append(fault(name, 1, f"{name} is larger than {SIZE // 1_000_000} MB; divide it."))
    faults += _too_many(taken.texts, len(taken.pictures))
    for name, content in taken.pictures.items():
        if (why := pictures.refusal(name, content[: pictures.HEAD], len(content))) is not None:
            faults.append(fault(f"{pictures.FOLDER}/{name}", 1, why))
    return faults


def _too_many(names: Iterable[str], shown: int) -> list[Finding]:
    faults = []
    days = sum(day_of(name) is not None for name in names)
    if days > DAYS:
        faults.append(fault(HEAD, 1, f"There are {days} days; a scenario may have {DAYS}."))
    if shown > PICTURES:
        faults.append(fault(pictures.FOLDER, 1, f"There are {shown} pictures; a scenario may have {PICTURES}."))
    return faults


def write(folder: Path, taken: Contents) -> None:
    """Write these files into a folder that is made for them, byte for byte. Raises OSError.

    FileExistsError if something is there already: nobody's files are written over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(17, "the folder is not empty", str(folder))
    for name, text in taken.texts.items():
        _put(folder / name, text.encode())
    for name, content in taken.pictures.items():
        _put(folder / pictures.FOLDER / name, content)


def _names(folder: Path) -> list[str]:
    """What is a scenario's in a folder: its files by their names, and all that lies among its pictures."""
    below = [
        f"{under}/{entry.name}"
        for under in (TRANSLATIONS, pictures.FOLDER)
        if (folder / under).is_dir()
        for entry in (folder / under).iterdir()
        if not entry.name.startswith(".")
    ]
    names = [entry.name for entry in folder.iterdir()] + below
    return sorted(name for name in names if is_file(name) or name.startswith(f"{pictures.FOLDER}/"))


def _bytes(path: Path) -> bytes:
    name = f"{pictures.FOLDER}/{path.name}"
    if not path.is_file():
        raise Faulty([fault(name, 1, f"{name} is no file.")])
    try:
        with path.open("rb") as file:
            return file.read(pictures.SIZE + 1)
    except OSError as error:
        raise Faulty([fault(name, 1, f"{name} cannot be opened: {error.strerror}.")]) from None


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
