"""The roster in our own MSEL: rows of a sheet of its own, and the roster that they are read back as.

Accounts stay behind. A workbook is passed on by mail, and a seat that names an account opens an exercise to whoever
signs in to it: no import gives anybody a right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from ttx.scenario.formats.cells import meant, plain, spelt
from ttx.scenario.roster import Roster

SHEET = "Roster"
HEADERS = ("Part", "Id", "Name", "Groups", "Delegation", "Table", "Role", "Language")

_SEAT = {"delegation": 4, "table": 5, "role": 6, "language": 7, "name": 2}


def rows(roster: Roster) -> Iterator[tuple[str, ...]]:
    """A row for each delegation, each table and each seat, as cells' texts."""
    for ident, one in roster.delegations.items():
        groups = spelt(list(one.groups), "; ".join(one.groups), _groups) if one.groups else ""
        yield ("delegation", plain(ident), plain(one.name), groups, "", "", "", "")
    for ident, name in roster.tables.items():
        yield ("table", plain(ident), plain(name), "", "", "", "", "")
    for seat in roster.seats:
        said = (seat.delegation or "", seat.table or "", str(seat.role), seat.language)
        yield ("seat", "", plain(seat.name), "", *map(plain, said))


def read(found: Iterable[tuple[int, tuple[str, ...]]], left: list[str]) -> dict[str, Any] | None:
    """The roster of such rows, each with its number on the sheet, as `roster.yaml` holds it; None where it has no seat.

    What is none of the three parts goes to `left` as a sentence.
    """
    roster: dict[str, Any] = {"delegations": {}, "tables": {}, "seats": []}
    for number, row in found:
        cells = (*row, *[""] * len(HEADERS))[: len(HEADERS)]
        match cells[0].strip().casefold():
            case "delegation" if cells[1]:
                groups = _read(cells[3], _groups)
                roster["delegations"][_read(cells[1], str)] = {
                    "name": _read(cells[2], str) or _read(cells[1], str),
                    **({"groups": groups} if groups else {}),
                }
            case "table" if cells[1]:
                roster["tables"][_read(cells[1], str)] = _read(cells[2], str) or _read(cells[1], str)
            case "seat":
                said = {field: _read(cells[place], str) for field, place in _SEAT.items()}
                roster["seats"].append({field: value for field, value in said.items() if value})
            case _ if any(cells):
                left.append(f"Sheet '{SHEET}', row {number}: '{cells[0]}' is no delegation, table or seat with an id.")
    return roster if roster["seats"] else None


def parts(roster: Mapping[str, Any]) -> str:
    """How much a roster holds, in words."""
    counts = ((len(roster.get(part, ())), part) for part in ("delegations", "tables", "seats"))
    return ", ".join(f"{many} {part if many != 1 else part[:-1]}" for many, part in counts)


def _groups(text: str) -> list[str]:
    return [word for part in re.split("[;,]", text) if (word := part.strip())]


def _read(text: str, read: Any) -> Any:
    with suppress(ValueError):
        return meant(text, read)
    return text
