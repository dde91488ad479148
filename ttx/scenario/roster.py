"""Who takes part: delegations, tables and seats, as a roster lists them, and the roles there are."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from ttx.scenario.findings import Faulty, Finding, listed, perhaps
from ttx.scenario.material import Location, Material
from ttx.scenario.model import Line, Written


class Role(StrEnum):
    """What a seat is there for; what it may do is `ttx.exercise.rights`."""

    ADMIN = "admin"
    DIRECTOR = "director"
    LEAD_FACILITATOR = "lead_facilitator"
    TABLE_FACILITATOR = "table_facilitator"
    AUTHOR = "author"
    HEAD = "head"
    DELEGATE = "delegate"
    EVALUATOR = "evaluator"
    RAPPORTEUR = "rapporteur"
    ANALYST = "analyst"
    PROJECTOR = "projector"


ANSWERS = frozenset({Role.HEAD, Role.DELEGATE})

_ALIASES = {
    "facilitator": Role.LEAD_FACILITATOR,
    "lead": Role.LEAD_FACILITATOR,
    "plenary": Role.PROJECTOR,
    "screen": Role.PROJECTOR,
    "head_of_delegation": Role.HEAD,
}


def read_role(text: str) -> Role:
    """The role a word stands for, in any case; raises ValueError with a sentence that lists the roles."""
    word = "_".join(re.split(r"[\s_-]+", text.strip().casefold()))
    if word in _ALIASES:
        return _ALIASES[word]
    try:
        return Role(word)
    except ValueError:
        raise ValueError(f"'{text}' is no role; the roles are {listed(Role)}.") from None


class RosterDelegation(Written):
    """A state or organisation, and the working groups it belongs to."""

    name: Line
    groups: tuple[str, ...] = ()


class RosterSeat(Written):
    """One person's or one tablet's access; `delegation` and `table` are ids of the roster's."""

    delegation: str | None = None
    table: str | None = None
    role: Role
    language: str = "en"
    name: str = ""
    account: str | None = None


class Roster(Written):
    """Everybody who has a seat."""

    delegations: Mapping[str, RosterDelegation]
    tables: Mapping[str, str]
    seats: tuple[RosterSeat, ...]


def seated(material: Material) -> Roster:
    """The roster a file describes. Raises Faulty with every fault it has.

    Delegations and tables that a seat names need not be declared: a name becomes an id of its own.
    """
    return _Seating(material).roster()


_SEAT_FIELDS = ("delegation", "table", "role", "language", "name", "groups", "account")
_IDENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


class _Names:
    """Ids by name: a name that is a valid id is its own, any other becomes a slug that nobody else has."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.names: dict[str, str] = {}
        self.declared: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.taken: set[str] = set()

    def declare(self, ident: str, name: str) -> None:
        """An id the author chose; seats may say it or the name."""
        self.declared.setdefault(ident.casefold(), ident)
        self.add(ident, name)

    def add(self, ident: str, name: str) -> None:
        self.names[ident] = name
        self.ids.setdefault(_folded(name), ident)
        self.taken.add(ident.casefold())

    def id_of(self, written: str) -> str:
        """The id of a declared id, of a name known already, or a new one."""
        known = self.declared.get(written.casefold()) or self.ids.get(_folded(written))
        if known is not None:
            return known
        wanted = written if _IDENT.fullmatch(written) else _slug(written, self.kind)
        ident, number = wanted, 2
        while ident.casefold() in self.taken:
            ident, number = f"{wanted[:34]}-{number}", number + 1
        self.add(ident, written)
        return ident


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _slug(name: str, kind: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return (slug if slug[:1].isalpha() else f"{kind}-{slug}")[:40].strip("-")


class _Seating:
    """Reads a roster piece by piece and notes every fault on the way."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.faults: list[Finding] = []
        self.delegations = _Names("delegation")
        self.tables = _Names("table")
        self.groups: dict[str, dict[str, None]] = {}
        self.seen: dict[object, Location] = {}

    def roster(self) -> Roster:
        data = self.material.data
        start: Location = () if isinstance(data, list) else ("seats",)
        for location, line in self.material.repeats:
            sentence = f"'{location[-1]}' stands there twice; the second one is never used."
            self.faults.append(self.material.finding(location, sentence, line=line))
        if isinstance(data, dict):
            for key in data.keys() - {"delegations", "tables", "seats"}:
                known = ("delegations", "tables", "seats")
                self.note((key,), f"'{key}' is not a part of a roster{perhaps(key, known)}")
            self.declare_delegations()
            self.declare_tables()
        rows = self.material.at(start)
        if not isinstance(rows, list) or not rows:
            self.note(start, "The roster has no seats; give at least one delegation a head.")
            rows = []
        seats = [seat for number, row in enumerate(rows) if (seat := self.seat((*start, number), row))]
        if self.faults:
            raise Faulty(self.faults)
        return Roster(
            delegations={
                ident: RosterDelegation(name=name, groups=tuple(self.groups.get(ident, ())))
                for ident, name in self.delegations.names.items()
            },
            tables=self.tables.names,
            seats=tuple(seats),
        )

    def note(self, location: Location, sentence: str) -> None:
        self.faults.append(self.material.finding(location, sentence))

    def declare_delegations(self) -> None:
        for ident, written in self.entries("delegations"):
            fields = {"name": written} if isinstance(written, str) else written
            if not isinstance(fields, dict):
                self.note(("delegations", ident), f"Delegation {ident} needs a name: {ident}: {{name: ...}}.")
                continue
            for key in fields.keys() - {"name", "groups"}:
                self.note(
                    ("delegations", ident, key),
                    f"'{key}' is not a field of a delegation{perhaps(key, ('name', 'groups'))}",
                )
            self.join(ident, self.words(("delegations", ident, "groups"), fields.get("groups")))
            self.declare(self.delegations, "delegations", ident, fields.get("name", ident))

    def declare_tables(self) -> None:
        for ident, written in self.entries("tables"):
            self.declare(self.tables, "tables", ident, written)

    def declare(self, names: _Names, part: str, ident: str, written: object) -> None:
        name = self.text((part, ident), written) or ident
        if len(name) > 200:
            self.note((part, ident), f"The name of {ident} is longer than 200 signs.")
        elif _folded(name) in names.ids:
            other = names.ids[_folded(name)]
            self.note((part, ident), f"'{name}' is the name of {other} and of {ident}; give each its own.")
        names.declare(ident, name)

    def entries(self, part: str) -> Iterator[tuple[str, object]]:
        written = self.material.at((part,))
        if not isinstance(written, dict | None):
            self.note((part,), f"The {part} must stand as id: name, one a line.")
            return
        for ident, value in (written or {}).items():
            if not _IDENT.fullmatch(ident):
                self.note(
                    (part, ident),
                    f"'{ident}' is no id; an id is a letter, then letters, digits, - or _, 40 at most.",
                )
            yield ident, value

    def seat(self, location: Location, row: object) -> RosterSeat | None:
        if not isinstance(row, dict):
            self.note(location, "A seat is written as fields: {delegation: ..., role: ...}.")
            return None
        for key in [key for key in row if key not in _SEAT_FIELDS]:
            self.note((*location, key), f"'{key}' is not a field of a seat{perhaps(key, _SEAT_FIELDS)}")
        said = {key: self.text((*location, key), row.get(key)) for key in _SEAT_FIELDS if key != "groups"}
        delegation = self.delegations.id_of(said["delegation"]) if said["delegation"] else None
        table = self.tables.id_of(said["table"]) if said["table"] else None
        groups = self.words((*location, "groups"), row.get("groups"))
        if delegation is not None:
            self.join(delegation, groups)
        elif groups:
            self.note((*location, "groups"), "Working groups belong to a delegation, and this seat has none.")
        before = len(self.faults)
        role = self.role(location, said["role"], delegation)
        if role in ANSWERS and delegation is None and not row.get("delegation"):
            self.note((*location, "delegation"), f"A {role} answers for a delegation; name it.")
        if role is Role.TABLE_FACILITATOR and table is None and not row.get("table"):
            self.note((*location, "table"), "A table facilitator runs a table; name it.")
        language = said["language"] or "en"
        if not _LANGUAGE.fullmatch(language):
            sentence = f"'{language}' is no language's code; write one such as en, ar or id."
            self.note((*location, "language"), sentence)
        for key in ("delegation", "table", "name", "account"):
            if len(said[key]) > 200:
                self.note((*location, key), f"The {key} is longer than 200 signs.")
        seat = RosterSeat(
            delegation=delegation,
            table=table,
            role=role or Role.DELEGATE,
            language=language,
            name=said["name"],
            account=said["account"] or None,
        )
        self.once(location, seat)
        return seat if len(self.faults) == before else None

    def role(self, location: Location, written: str, delegation: str | None) -> Role | None:
        if not written and delegation is not None:
            return Role.HEAD
        if not written:
            self.note((*location, "role"), f"The seat has no role; the roles are {listed(Role)}.")
            return None
        try:
            return read_role(written)
        except ValueError as error:
            self.note((*location, "role"), str(error))
            return None

    def once(self, location: Location, seat: RosterSeat) -> None:
        """Two seats may look alike, as tablets of one delegation do; a person or an account has one."""
        person = (seat.name, seat.role, seat.delegation, seat.table)
        for field, mark in (("account", seat.account), ("name", person if seat.name else None)):
            if mark is None:
                continue
            first = self.seen.setdefault(mark, location)
            if first != location:
                line = self.material.place(first).line
                said = f"The account {mark}" if field == "account" else f"{seat.name} with the same role"
                self.note((*location, field), f"{said} already has the seat on line {line}; remove one.")

    def join(self, delegation: str, groups: Collection[str]) -> None:
        self.groups.setdefault(delegation, {}).update(dict.fromkeys(groups))

    def words(self, location: Location, written: object) -> tuple[str, ...]:
        """A list, or one text with ; or , between its words."""
        parts = written if isinstance(written, list) else re.split("[;,]", self.text(location, written))
        return tuple(word for part in parts if (word := self.text(location, part)))

    def text(self, location: Location, written: object) -> str:
        """A cell's text; a number, as a table's often is, counts as text."""
        if isinstance(written, list | dict | bool):
            self.note(location, f"{self.material.field(location)} must be text; put it in quotes.")
            return ""
        return "" if written is None else " ".join(str(written).split())
