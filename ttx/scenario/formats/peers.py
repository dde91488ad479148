"""Files of other programs that are JSON, or a zip with JSON in it: whose they are is told by what they hold.

Each format has a module and a reader of its own, which gets the file's data. What they understood is taken only if
it makes a sound scenario; JSON of any other kind is refused with what it seems to hold.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ttx.scenario import checks, files
from ttx.scenario.findings import Faulty, listed
from ttx.scenario.formats.cexf import cexf
from ttx.scenario.formats.iceberg import iceberg
from ttx.scenario.formats.json_file import LARGEST, JsonFile, opened
from ttx.scenario.formats.openaev import ALONE, openaev
from ttx.scenario.formats.pieces import INJECTS
from ttx.scenario.formats.t3sf import t3sf
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.zips import Unreadable, members
from ttx.scenario.writing import written

READERS: tuple[Callable[[JsonFile], Understood | None], ...] = (openaev, cexf, iceberg, t3sf)
READ = "T3SF's MSEL, IcebergTTX' scenario 1.0, MISP's CEXF, the export of OpenAEV or OpenBAS, and our own scenario"

_LISTS = ("injects", "inject_flow", "scenario_injects", "exercise_injects", ALONE)
_BOOKS = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
"""Members by which a zip is a document or workbook (ECMA-376, OpenDocument)."""
_LOOKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a STIX bundle", ("type", "id", "objects")),
    ("a map in GeoJSON", ("type", "features")),
    ("an event of MISP's", ("Event",)),
    ("a description of an API", ("openapi", "paths")),
    ("a JSON schema", ("$schema", "properties")),
    ("the description of a JavaScript package", ("name", "version", "dependencies")),
    ("a notebook", ("cells", "nbformat")),
    ("a chat", ("messages",)),
)


def peer(name: str, content: bytes) -> Understood | None:
    """The scenario in a peer's file; None for what is neither JSON nor a zip with JSON."""
    try:
        if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _zipped(name, content)
        file = opened(name, content)
        return None if file is None else (_read(file) or _unknown(file))
    except Unreadable as refusal:
        return Understood("unreadable", refused=str(refusal))


def _read(file: JsonFile) -> Understood | None:
    """The file as the first reader takes it that knows it."""
    if (many := _count(file.data)) > INJECTS:
        raise Unreadable(f"{file.name} holds {many:,} injects; at most {INJECTS:,} are taken at once.")
    found = next((found for reader in READERS if (found := reader(file)) is not None), None)
    return found if found is None or found.data is None else _sound(file.name, found)


def _count(data: Any) -> int:
    """How many injects there may be, at most."""
    lists: list[Any] = [data]
    for holder in (data, data.get("definition")) if isinstance(data, dict) else ():
        if isinstance(holder, dict):
            lists += [holder.get(key) for key in _LISTS]
    return max(len(one) if isinstance(one, list) else 0 for one in lists)


def _sound(name: str, found: Understood) -> Understood:
    """What was understood, if its files can be written and hold no fault."""
    try:
        material = files.assembled(written(found.data or {}))
        errors = [one.sentence for one in checks.checked(material)[1] if one.severity == "error"]
    except (Faulty, ValueError) as error:
        errors = [str(error)]
    if not errors:
        return found
    more = f" {len(errors) - 1} more faults follow." if len(errors) > 1 else ""
    refused = f"{name} is known as {found.format}, but makes no sound scenario: {errors[0]}{more}"
    return Understood(found.format, found.rows, 0, found.mapping, found.guessed, found.left_out, refused)


def _unknown(file: JsonFile) -> Understood:
    return Understood("JSON", refused=f"{file.name} holds {_holds(file.data)}. Of JSON files these are read: {READ}.")


def _holds(data: Any) -> str:
    """What some data seems to be."""
    match data:
        case dict() if not data:
            return "an empty object"
        case dict():
            seems = next(
                (words for words, keys in _LOOKS if all(key in data for key in keys)), "no scenario that is known"
            )
            return f"{seems}: an object with {_keys(data)}"
        case []:
            return "an empty list"
        case [dict() as first, *_]:
            return f"a list of {len(data):,} that is no MSEL of T3SF's: the first has {_keys(first)}"
        case list():
            return f"a list of {len(data):,} single values"
    return "a single value"


def _keys(data: Mapping[str, Any]) -> str:
    return listed((f"'{' '.join(key.split())[:30]}'" for key in data), most=5) if data else "no fields"


def _zipped(name: str, content: bytes) -> Understood | None:
    """The JSON in a zip, as OpenAEV exports it with its documents. None if the zip is a workbook, or cannot be opened
    and so is told about by who reads those."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(known in archive.namelist() for known in _BOOKS):
                return None
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    held = [one for one in members(name, content) if not one.endswith("/") and not one.startswith("__MACOSX/")]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if links := [one.filename for one in archive.infolist() if one.external_attr >> 28 == 0xA]:
            raise Unreadable(f"{name} holds '{links[0][:100]}', a link to another place; nothing of it was taken.")
        texts = [one for one in held if one.lower().endswith(".json")]
        if not texts:
            raise Unreadable(_without(name, held))
        first: Understood | None = None
        for one in texts[:10]:
            file = opened(f"'{one}' in {name}", _member(name, archive, one))
            found = None if file is None else _read(file)
            if found is not None:
                return _beside(name, found, [other for other in held if other != one])
            if file is not None:
                first = first or _unknown(file)
        return first or Understood("JSON", refused=f"{name}: '{texts[0][:100]}' is no JSON. Export the scenario again.")


def _member(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    """A member's bytes, one more than are taken at most, whatever the zip says of its size."""
    try:
        with archive.open(member) as part:
            return part.read(LARGEST + 1)
    except Exception as error:
        raise Unreadable(f"'{member[:100]}' in {name} cannot be unpacked ({error}); fetch the file again.") from None


def _without(name: str, held: list[str]) -> str:
    zips = [one for one in held if one.lower().endswith((".zip", ".7z", ".rar", ".gz", ".tar"))]
    if zips:
        return (
            f"{name} holds '{zips[0][:90]}', another package, which is not opened; unpack it, and import what is in it."
        )
    says = listed((f"'{one[:60]}'" for one in held), most=4) or "nothing"
    return (
        f"{name} is a zip that holds {says}, and no JSON. Export the scenario again, or unpack it and import the list."
    )


def _beside(name: str, found: Understood, others: list[str]) -> Understood:
    if not others:
        return found
    says = listed((f"'{one[:60]}'" for one in others), most=8)
    return replace(found, left_out=(*found.left_out, f"What else {name} packs was not taken: {says}."))
