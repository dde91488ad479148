"""A scenario's own folder in a zip, as the pages give it out: its files byte for byte."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from ttx.scenario.files import HEAD, assembled
from ttx.scenario.findings import Faulty, listed
from ttx.scenario.folders import Contents, is_file, refusals
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.zips import Unreadable, members
from ttx.scenario.material import parsed
from ttx.scenario.pictures import FOLDER

FORMAT = "scenario folder"


def folder(name: str, content: bytes) -> Understood | None:
    """The folder in a zip; None if this is no zip, or none with a scenario.yaml at its top or one folder below."""
    if not content.startswith(b"PK"):
        return None
    try:
        held = members(name, content)
    except Unreadable as refusal:
        return Understood(FORMAT, refused=str(refusal))
    heads = [one for one in held if PurePosixPath(one).name == HEAD and len(PurePosixPath(one).parts) <= 2]
    if not heads:
        return None
    top = str(PurePosixPath(min(heads, key=len)).parent)
    prefix = "" if top == "." else f"{top}/"
    texts: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    left: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for one in sorted(held):
            inner = one.removeprefix(prefix)
            if one.endswith("/"):
                continue
            if one.startswith(prefix) and is_file(inner):
                try:
                    texts[inner] = archive.read(one).decode("utf-8")
                except UnicodeDecodeError:
                    return Understood(FORMAT, refused=f"{inner} in {name} is not UTF-8 text; save it as UTF-8.")
            elif one.startswith(f"{prefix}{FOLDER}/"):
                pictures[inner.removeprefix(f"{FOLDER}/")] = archive.read(one)
            else:
                left.append(one)
    if faults := refusals(Contents(texts, pictures)):
        return Understood(FORMAT, refused=f"{name}: {faults[0].sentence}")
    # A folder that nobody can read would be kept and then open nowhere; this also stops aliases that multiply.
    for inner, text in texts.items():
        try:
            parsed(text, inner)
        except Faulty as faulty:
            return Understood(FORMAT, refused=f"{name}: {faulty.findings[0].sentence}")
    material = assembled(texts)
    data = material.data if isinstance(material.data, Mapping) else {}
    days = data.get("days")
    count = sum(
        len(day["injects"])
        for day in (days if isinstance(days, list) else ())
        if isinstance(day, dict) and isinstance(day.get("injects"), list)
    )
    said = (f"These files are no scenario's: {listed(left, most=8)}.",) if left else ()
    return Understood(FORMAT, count, count, left_out=said, data=data, pictures=pictures, texts=texts)
