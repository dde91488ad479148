"""Whether a table is a list of injects, and what else it looks like if it is none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ttx.scenario.findings import listed
from ttx.scenario.formats.columns import Layout
from ttx.scenario.formats.lookalikes import OTHERS, Other
from ttx.scenario.formats.sheets import Sheet
from ttx.scenario.formats.tables import Table, said_by
from ttx.scenario.formats.words import normal, plain

NEEDS = (
    "A list of injects needs a column with what participants are told, and beside it columns such as a time, who it "
    "comes from and goes to, how it arrives or what is expected of them"
)

_NAMED = re.compile(
    r"\bMSEL|\bMEL\b|INJECT|MASTER SCENARIO|(SCENARIO|MASTER|MAIN) EVENTS?\b|EVENTS? LIST|EXERCISE (SCRIPT|TIMELINE)"
    r"|SCRIPT OF EVENTS|EVENEMENTS|INYECTOS?|EVENTOS|DAFTAR (INJECT|KEJADIAN)|SKENARIO|DREHBUCH"
)
_HEADED = re.compile(
    r"\b(inject|injects|msel|inyecto|inyectos|scenario (time|event)|event type|event no|event number|storyline)\b"
)


_STRONG = ("expected", "objectives", "capabilities", "questions", "options", "next")
_CORE = ("at", "scenario_time", "sender", "to", "both", "channel")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a table is a list of injects, how much speaks for it, and what it looks like otherwise."""

    taken: bool
    weight: int
    looks: str


def verdict(table: Table, file: str, alone: bool) -> Verdict:
    """What a table is. `file` is the file's name, which counts for a table that is `alone` in it."""
    names = [table.sheet.name, *said_by(table.above)[:12], *([re.sub(r"[_.-]", " ", file)] if alone else [])]
    headers = [normal(header) for header in table.headers if header]
    found = [field for field in _STRONG + _CORE if _held(table.layout, field)]
    kinds = table.layout.place("kind")
    strong = sum(field in _STRONG for field in found)
    strong += kinds is not None and table.layout.looks[kinds].kinds > 0.5
    said = any(_HEADED.search(header) for header in headers)
    strong += 2 * said + _says(_NAMED, names)
    core = sum(field in _CORE for field in found) + said
    weak = core + _held(table.layout, "id") + (_held(table.layout, "title") and _held(table.layout, "text"))
    texts = table.layout.places("text")
    if not table.known and texts and table.layout.looks[texts[0]].average > 45:
        weak += 1
    told = _held(table.layout, "text") or _held(table.layout, "title")
    # A discussion has modules and questions, and often neither time nor sender nor receiver.
    frame = [field for field in ("session", "minutes") if _held(table.layout, field)]
    discussed = bool(frame) and "questions" in found
    weak += len(frame) + _held(table.layout, "notes") if discussed else 0
    other, hits = _likeness(headers, names)
    listed_as_injects = (strong >= 1 and strong + weak >= 3 and 2 * strong + core > hits) or (weak >= 3 and hits < 2)
    taken = bool(told and (core or discussed) and listed_as_injects and table.rows)
    return Verdict(taken, 2 * strong + weak - hits, _sentence(table, other, hits, told))


def _held(layout: Layout, field: str) -> bool:
    return any(layout.looks[place].filled for place in layout.places(field))


def _says(pattern: re.Pattern[str], names: Iterable[str]) -> bool:
    return any(pattern.search(plain(name)) for name in names if len(name) <= 200)


def _likeness(headers: Sequence[str], names: Sequence[str]) -> tuple[Other, int]:
    def hits(other: Other) -> int:
        return len(other.headers.intersection(headers)) + 2 * _says(other.name, names[:4])

    best = max(OTHERS, key=hits)
    return best, hits(best)


def _sentence(table: Table, other: Other, hits: int, told: bool) -> str:
    if hits >= 2:
        seen = [header for header in table.headers if normal(header) in other.headers]
        return _looks(other, seen)
    if not told and any(column.field in ("text", "title") for column in table.layout.columns):
        if table.sheet.marks.uncounted:
            return (
                f"has formulas without a stored result where its texts should be (cell "
                f"{listed(table.sheet.marks.uncounted, most=3)}); open it in a spreadsheet program, save it there, and "
                "import it again, since formulas are never worked out here"
            )
        return "has a header for what participants are told and nothing beneath it"
    if not told:
        return "has no column with what participants are told"
    columns = zip(table.layout.columns, table.layout.looks, strict=True)
    texts = [column.header for column, look in columns if look.long > 0.5 and column.why in ("unknown", "content")]
    if len(texts) > 1 and _held(table.layout, "at"):
        return (
            f"has several columns of texts (columns {listed(map(_quoted, texts[:5]))}), as a matrix of times and "
            "players has; put each text into a row of its own, with its time and who receives it beside it"
        )
    return "has too little beside its texts to be a list of injects"


def _looks(other: Other, headers: Sequence[str]) -> str:
    columns = f" (columns {listed(map(_quoted, headers[:5]))})" if headers else ""
    return f"looks like {other.words}{columns} and not like a list of injects"


def likeness(sheet: Sheet) -> str | None:
    """What a sheet looks like that has no header of a list of injects; None if nobody knows."""
    best: tuple[int, Other, list[str]] | None = None
    for row in sheet.rows[:30]:
        headers = [" ".join(cell.split()) for cell in row.cells if isinstance(cell, str) and len(cell) < 60]
        other, hits = _likeness([normal(header) for header in headers], [sheet.name])
        if hits >= 2 and (best is None or hits > best[0]):
            best = hits, other, [header for header in headers if normal(header) in other.headers]
    return _looks(best[1], best[2]) if best else None


def _quoted(header: str) -> str:
    return f"'{header[:60]}'"
