"""The roster of a scenario under way: what its form shows, and how what is written there comes into the file."""

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from typing import cast

from ttx.scenario.drafting import Drafting, NotChanged, Piece, check_base
from ttx.scenario.files import ROSTERS, roster_text
from ttx.scenario.findings import Faulty, listed
from ttx.scenario.material import exact
from ttx.scenario.namings import follow_audiences, renamed
from ttx.scenario.requests import WriteRoster
from ttx.scenario.roster import Roster, seated

YAML = ROSTERS[0]
PARTS = ("delegations", "tables", "seats")
SEAT = ("delegation", "table", "role", "language", "name", "account")
DELEGATION = ("name", "groups")
"""The fields of a seat and of a delegation that a form has."""


def shown(texts: Mapping[str, str]) -> Piece | None:
    """The roster in one shape, whatever its file's: delegations with `name` and `groups` by id, tables' names by id;
    seats with the fields that hold something. Empty where there is no roster, None where it cannot be read."""
    name = next((one for one in ROSTERS if one in texts), None)
    if name is None:
        return {part: [] if part == "seats" else {} for part in PARTS}
    try:
        data = roster_text(texts[name], name).data
    except Faulty:
        return None
    if name != YAML or not isinstance(data, dict):
        try:
            return plain(seated(roster_text(texts[name], name)))
        except Faulty:
            return None
    delegations, tables, seats = (data.get(part) for part in PARTS)
    return {
        "delegations": {ident: _delegation(ident, one) for ident, one in _mapping(delegations).items()},
        "tables": {ident: str(name) for ident, name in _mapping(tables).items()},
        "seats": [_seat(one) for one in seats if isinstance(one, dict)] if isinstance(seats, list) else [],
    }


def plain(roster: Roster) -> Piece:
    """A roster as its form shows it."""
    return {
        "delegations": {
            ident: {"name": one.name, **({"groups": list(one.groups)} if one.groups else {})}
            for ident, one in roster.delegations.items()
        },
        "tables": dict(roster.tables),
        "seats": [_seat(one.model_dump(mode="json")) for one in roster.seats],
    }


def write_roster(files: Drafting, asked: WriteRoster) -> str:
    """Set the delegations, the tables or the seats. What stays as it was keeps its lines, comments and all.

    A delegation or table that gets another id has it in all seats, and in the injects that are addressed to it. A
    roster in another shape than a form can give back (a table, a bare list) becomes a `roster.yaml` like others.
    """
    now = shown(files.texts)
    if now is None:
        raise NotChanged("The roster cannot be read. The findings say why: mend the file, or bring in another roster.")
    check_base(asked.base, now, "The roster")
    if wrong := [name for name in asked.fields if name not in PARTS]:
        raise NotChanged(f"A roster has delegations, tables and seats; {listed(wrong)} is none of these.")
    wanted = {part: asked.fields.get(part, now[part]) or ([] if part == "seats" else {}) for part in PARTS}
    names = {part: renamed(_mapping(now[part]), _mapping(wanted[part])) for part in ("delegations", "tables")}
    wanted["seats"] = [_followed(one, names) for one in cast(list[object], wanted["seats"])]
    changed = [part for part in PARTS if exact(wanted[part]) != exact(now[part])]
    if not changed:
        raise NotChanged("Nothing was changed: it says that already.")
    written = _read(files)
    if written is None:
        for name in ROSTERS:
            files.texts.pop(name, None)
        files.begin(YAML, wanted)
    else:
        for part in changed:
            files.write(YAML, (part,), _as_written(written.get(part), wanted[part]))
    followed = [follow_audiences(files, part, given) for part, given in names.items() if given]
    return " ".join([f"Changed the roster: {listed(changed)}.", *followed])


def _followed(seat: object, names: Mapping[str, Mapping[str, str]]) -> object:
    """A seat with the new ids of its delegation and its table."""
    if not isinstance(seat, Mapping):
        return seat
    new = {field: names[f"{field}s"].get(str(seat.get(field))) for field in ("delegation", "table")}
    return {**seat, **{field: ident for field, ident in new.items() if ident is not None}}


def _read(files: Drafting) -> Piece | None:
    """The file as it is written, if it has a form's shape."""
    if YAML not in files.texts:
        return None
    data = roster_text(files.texts[YAML], YAML).data
    return data if isinstance(data, dict) else None


def _as_written(old: object, new: object) -> object:
    """What is wanted, with what means the same left as it is written."""
    if isinstance(new, Mapping):
        before = _mapping(old)
        return {key: _like(before.get(key), one, DELEGATION) for key, one in new.items()}
    if not isinstance(new, list):
        return new
    rows = [one for one in old if isinstance(one, dict)] if isinstance(old, list) else []
    found: list[object] = []
    was, now = [exact(_seat(row)) for row in rows], [exact(row) for row in new]
    for _, start, stop, first, last in SequenceMatcher(None, was, now, False).get_opcodes():
        beside = rows[start:stop]
        found += [_like(beside[n] if n < len(beside) else None, one, SEAT) for n, one in enumerate(new[first:last])]
    return found


def _like(old: object, new: object, known: Collection[str]) -> object:
    """A seat or a delegation as wanted, with the order, blanks and unknown fields of the one that stood there."""
    if not isinstance(new, Mapping):
        return new
    if not isinstance(old, dict):
        return old if dict(new) == {"name": old} else new
    found: Piece = {}
    for field, value in old.items():
        same = field == "groups" and set(_words(value)) == set(_words(new.get(field)))
        if field not in known or same or (field not in new and value in (None, "")):
            found[field] = value
        elif field in new:
            found[field] = new[field]
    return found | {field: value for field, value in new.items() if field not in old}


def _delegation(ident: str, written: object) -> Piece:
    fields = written if isinstance(written, dict) else {"name": written}
    groups = _words(fields.get("groups"))
    return {"name": str(fields.get("name") or ident), **({"groups": groups} if groups else {})}


def _seat(row: Mapping[str, object]) -> Piece:
    return {field: " ".join(str(row[field]).split()) for field in SEAT if row.get(field) not in (None, "")}


def _words(written: object) -> list[str]:
    parts = written if isinstance(written, list) else re.split("[;,]", str(written or ""))
    return [word for part in parts if (word := str(part).strip())]


def _mapping(value: object) -> Piece:
    return value if isinstance(value, dict) else {}
