"""What reads files that people bring, what each may do with nonsense, and how nonsense is made of good files."""

import json
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tests.scenario.formats import peers
from tests.scenario.formats.test_mutations import ODD, damaged, tables, wild
from tests.scenario.formats.traps import TRAPS
from tests.scenario.formats.words import scenario_of
from tests.store.words import small_files
from ttx.scenario import checks, files
from ttx.scenario.findings import Faulty, Finding
from ttx.scenario.formats.readers import understood
from ttx.scenario.formats.zips import Unreadable
from ttx.scenario.roster import seated
from ttx.store.sealed import NotUnsealed, Unsealing

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 1e400, float("nan"), 2**80, "", " ", "x" * 5000, "\x00\ud800", "<b>&amp;</b>", [], {}, [[]],
    {"a": {}}, "2026-13-45T99:00", "10000000-aaaa-4bbb-8ccc-dddddddddddd", *ODD,
)  # fmt: skip
"""What a value of a JSON or YAML file is replaced by."""


@dataclass(frozen=True)
class Target:
    """Good files of a format, and what is done with a file; whatever it raises is a find."""

    good: tuple[bytes, ...]
    read: Callable[[bytes], None]


def imported(name: str) -> Callable[[bytes], None]:
    """A file of this name is understood as a sound scenario, or refused in a sentence."""

    def read(content: bytes) -> None:
        if not content:
            return
        found = understood(name, content)
        if found.refused is not None:
            assert found.refused.strip()[-1:] in ".?!)", found.refused
            return
        scenario, errors = scenario_of(found)
        assert scenario is not None
        assert errors == []

    return read


def roster(name: str) -> Callable[[bytes], None]:
    """A roster of this name is one, or has faults with a place."""

    def read(content: bytes) -> None:
        findings: tuple[Finding, ...] = ()
        try:
            seated(files.roster_text(content.decode("utf-8", "replace"), name))
        except Faulty as faulty:
            findings = faulty.findings
        assert all(one.sentence and one.line >= 1 for one in findings)

    return read


def day(content: bytes) -> None:
    """The file of a day among good ones is read, or has findings with a place."""
    texts = {**small_files(), "day-1.yaml": content.decode("utf-8", "replace")}
    _, findings = checks.checked(files.assembled(texts))
    assert all(one.sentence and one.line >= 1 for one in findings)


def sealed(content: bytes) -> None:
    """What is no snapshot is said to be none."""
    try:
        Unsealing(BytesIO(content), bytes(32)).read(1 << 22)
    except NotUnsealed:
        return
    raise AssertionError("nonsense was authenticated")


def _of(*endings: str) -> tuple[bytes, ...]:
    return tuple(trap.make() for trap in TRAPS if trap.name.endswith(endings))


CSV_ROSTER = (
    b"delegation,table,role,language,name\nKestria,T1,head,en,Ada\nTamarinda,T2,delegate,fr,\n,,projector,en,Hall\n"
)

TARGETS = {
    "T3SF": Target((peers.as_file(peers.t3sf()),), imported("a.json")),
    "Iceberg": Target((peers.as_file(peers.iceberg()),), imported("a.json")),
    "MISP": Target((peers.as_file(peers.cexf()),), imported("a.json")),
    "OpenAEV": Target((peers.as_file(peers.openaev()), peers.packed({"a.json": peers.as_file(peers.openaev())})),
                      imported("a.json")),
    "xlsx": Target(_of(".xlsx"), imported("a.xlsx")),
    "csv": Target(_of(".csv", ".txt"), imported("a.csv")),
    "roster.csv": Target((CSV_ROSTER,), roster("roster.csv")),
    "roster.yaml": Target((small_files()["roster.yaml"].encode(),), roster("roster.yaml")),
    "day.yaml": Target((small_files()["day-1.yaml"].encode(),), day),
    "snapshot": Target((b"ttx sealed 1\n\x00\x00\x00\x05clear" + bytes(200),), sealed),
}  # fmt: skip


def nonsense(target: Target, seed: int) -> bytes:
    """A good file that something was done to, always the same for a seed."""
    dice = random.Random(seed)
    return spoiled(dice.choice(target.good), dice)


def spoiled(content: bytes, dice: random.Random) -> bytes:
    """A file with values, rows, lines, parts or bytes of it changed, whichever it has."""
    if content[:2] == b"PK" and dice.random() < 0.8:
        return _rows(content, dice) if dice.random() < 0.5 else _parts(content, dice)
    if content.lstrip()[:1] in (b"{", b"[") and dice.random() < 0.7:
        try:
            data = json.loads(content)
        except ValueError:
            return damaged(content, dice)
        for _ in range(dice.randint(1, 6)):
            data = _values(data, dice)
        return json.dumps(data).encode("utf-8", "surrogatepass")
    if b"\n" in content and dice.random() < 0.6:
        return _lines(content, dice)
    return damaged(content, dice)


def _values(data: Any, dice: random.Random) -> Any:
    """One value somewhere in it replaced, doubled, moved or taken out."""
    places = list(_places(data))
    if not places:
        return dice.choice(STRANGE)
    inside, key = dice.choice(places)
    match dice.randrange(4):
        case 0:
            inside[key] = dice.choice(STRANGE)
        case 1:
            del inside[key]
        case 2:
            other, place = dice.choice(places)
            inside[key] = json.loads(json.dumps(other[place])) if _has(other, place) else None
        case _ if isinstance(inside, list):
            inside.insert(key, json.loads(json.dumps(inside[key])))
        case _:
            inside[f"{key}{dice.choice(ODD)[:9]}"] = inside.pop(key)
    return data


def _has(inside: Any, key: Any) -> bool:
    return key in inside if isinstance(inside, dict) else key < len(inside)


def _places(data: Any) -> Any:
    keys = data.keys() if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield data, key
        yield from _places(data[key])


def _lines(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                lines[at] = lines[at].partition(b":")[0] + b": " + str(dice.choice(STRANGE)).encode("utf-8", "replace")
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines.insert(dice.randrange(len(lines)), lines[at])
            case 3:
                lines[at] = b" " * dice.randrange(9) + lines[at].lstrip()
            case _:
                lines[at] = damaged(lines[at], dice)
    return b"\n".join(lines)


def _rows(content: bytes, dice: random.Random) -> bytes:
    """The rows of a workbook, as a table again."""
    try:
        rows = wild(tables("a.xlsx", content), dice)
    except (Unreadable, ValueError):
        return damaged(content, dice)
    said = (",".join('"' + str("" if one is None else one).replace('"', '""') + '"' for one in row) for row in rows)
    return "\r\n".join(said).encode("utf-8", "replace")


def _parts(content: bytes, dice: random.Random) -> bytes:
    """One part of a zip spoiled, the zip itself sound."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return damaged(content, dice)
    if not parts:
        return damaged(content, dice)
    name = dice.choice(list(parts))
    parts[name] = spoiled(parts[name], dice)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for one, part in parts.items():
            made.writestr(one, part)
    return file.getvalue()
