"""From plain data to a Scenario: pydantic's errors as sentences an author understands.

A piece that cannot be read is reported and left out, so that everything else can still be checked.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ttx.scenario import model
from ttx.scenario.findings import Finding, Severity
from ttx.scenario.material import Location, Material, look
from ttx.scenario.sentences import INJECT, SHAPES, WANTED, fields, meant_field, pattern, sentence_of


class Note(NamedTuple):
    """What a check has to say about the piece at this location of a Scenario.

    `sought` is where a word that was not found should have stood: if that could not be read in full, nobody
    knows whether the word is wrong.
    """

    location: Location
    sentence: str
    severity: Severity = "error"
    sought: Location | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A scenario as far as it could be read.

    `scenario` is None if not even one day could. `broken` holds the locations that were left out or filled
    in, so that nothing is said about them twice, `around` those and all they lie in, `thin` the collections
    that lack an id for it. `moved` says which items remain of a list that lost some.
    """

    material: Material
    scenario: model.Scenario | None
    faults: tuple[Finding, ...]
    broken: frozenset[Location] = frozenset()
    around: frozenset[Location] = frozenset()
    thin: frozenset[Location] = frozenset()
    moved: Mapping[Location, list[int]] | None = None

    def home(self, location: Location) -> Location:
        """Where a piece of `scenario` stands in the material."""
        home: Location = ()
        for part in location:
            kept = self.moved.get(home) if self.moved else None
            home = (*home, kept[part] if kept is not None and isinstance(part, int) else part)
        return home

    def sound(self, home: Location) -> bool:
        """Whether this field, all around it and all in it, is as its author wrote it."""
        return home not in self.around and not any(home[:end] in self.broken for end in range(len(home)))

    def finding(self, note: Note) -> Finding | None:
        """The note as a finding; None if it is about a field that was not read in the first place."""
        home = self.home(note.location)
        if home and isinstance(home[-1], str) and not self.sound(home):
            return None
        if note.sought is not None and not self.complete(self.home(note.sought)):
            return None
        return self.material.finding(home, note.sentence, note.severity)

    def complete(self, home: Location) -> bool:
        """Whether every id of this collection could be read."""
        if home == ("days",) and not self.material.whole:
            return False
        if home[:1] != ("days",) and not self.material.headed:
            return False
        return home not in self.thin and not any(home[:end] in self.broken for end in range(len(home) + 1))

    def torn(self, home: Location) -> bool:
        """Whether the order of this day's injects is not fully known, as what tells it is broken."""
        telling = ("id", "kind", "next", "branch")
        return any(
            broken[:3] == (*home, "injects") and (len(broken) < 5 or broken[4] in telling) for broken in self.broken
        )


def _thin(broken: Iterable[Location]) -> frozenset[Location]:
    thin: set[Location] = set()
    for location in broken:
        thin.add(location[:-1])
        if location[-1:] == ("id",):
            thin.add(location[:-2])
        if location[2:3] == ("injects",) and (len(location) < 5 or location[4] == "id"):
            thin.add(("days",))
    return frozenset(thin)


def placed(scenario: model.Scenario) -> Iterator[tuple[Location, model.Inject]]:
    """Every inject with its location."""
    for number, day in enumerate(scenario.days):
        for place, inject in enumerate(day.injects):
            yield ("days", number, "injects", place), inject


def reading(material: Material) -> Reading:
    """Read a scenario as far as it goes."""
    try:
        return Reading(material, model.Scenario.model_validate(material.data), ())
    except ValidationError as error:
        return _Mending(material).read(error)


def _around(broken: Iterable[Location]) -> frozenset[Location]:
    return frozenset(location[:end] for location in broken for end in range(len(location) + 1))


_FILLED: dict[tuple[str, ...], dict[str, object]] = {
    (): {
        "format": "ttx-scenario/1",
        "id": "unread",
        "title": "?",
        "version": "?",
        "summary": "",
        "objectives": {},
        "capabilities": {},
        "groups": {},
    },
    ("days", "*"): {
        "title": "?",
        "theme": "?",
        "lead": "unread",
        "sessions": [{"id": "unread", "title": "?", "start": "00:00", "minutes": 600}],
    },
    ("days", "*", "sessions", "*"): {"title": "?", "start": "00:00", "minutes": 600},
    INJECT: {
        "kind": "contextual",
        "title": "?",
        "at": "00:00",
        "minutes": 0,
        "session": "unread",
        "sender": "?",
        "channel": "report",
        "text": "?",
    },
    (*INJECT, "questions", "*"): {"ask": "?"},
    (*INJECT, "branch", "options", "*"): {"label": "?"},
    ("variables", "*"): {"start": "?"},
    ("map", "places", "*"): {"at": [0, 0]},
    ("map", "tokens", "*"): {"at": [0, 0], "kind": "vessel"},
    ("map", "routes", "*"): {"track": "sea", "points": [[0, 0], [1, 1]]},
    ("map", "borders", "*"): {"points": [[0, 0], [1, 1]]},
}
_DECIDING = frozenset({"kind", "branch", "next", "options", "route", "to"})
_ROUNDS = 12


def _rank(location: Location) -> list[tuple[bool, str | int]]:
    return [(isinstance(part, str), part) for part in location]


class _Mending:
    """Leaves out what cannot be read, or fills it in, until the rest validates; reports each fault once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.data = copy.deepcopy(material.data)
        self.faults: dict[Location, Finding] = {}
        self.broken: set[Location] = set()
        self.moved: dict[Location, list[int]] = {}

    def read(self, error: ValidationError) -> Reading:
        scenario = None
        for _ in range(_ROUNDS):
            self.round(error.errors(include_url=False))
            try:
                scenario = model.Scenario.model_validate(self.data)
                break
            except ValidationError as next_error:
                error = next_error
        faults = tuple(self.faults.values())
        return Reading(
            self.material,
            scenario,
            faults,
            frozenset(self.broken),
            _around(self.broken),
            _thin(self.broken),
            self.moved,
        )

    def round(self, errors: Iterable[ErrorDetails]) -> None:
        wrong: dict[Location, str] = {}
        before = _around(self.broken)
        placed_errors = [(self.location(error), error) for error in errors]
        misspelt = {
            (*location[:-1], meant)
            for location, error in placed_errors
            if error["type"] == "extra_forbidden"
            and (meant := meant_field(location, look(self.data, location[:-1]))) is not None
        }
        for location, error in placed_errors:
            if location in wrong or self.only_seems_short(location, error):
                continue
            wrong[location] = error["type"]
            home = self.home(location)
            if location in misspelt:
                continue
            if not self.caused(home, error["type"], before):
                sentence = sentence_of(self.material, home, error)
                self.faults.setdefault(home, self.material.finding(home, sentence))
        leaving: set[Location] = set()
        for location, kind in wrong.items():
            self.mend(location, kind, leaving)
        # Later items first, so that leaving one out moves none that is still to go.
        for location in sorted(leaving, key=_rank, reverse=True):
            self.leave_out(location)
        self.broken.update(map(self.home, misspelt))

    def home(self, location: Location) -> Location:
        return Reading(self.material, None, (), moved=self.moved).home(location)

    def only_seems_short(self, location: Location, error: ErrorDetails) -> bool:
        """Pydantic counts only the items it could read; those that could not are told by themselves."""
        piece = look(self.data, location)
        return (
            error["type"] == "too_short" and isinstance(piece, list | dict) and len(piece) >= error["ctx"]["min_length"]
        )

    def location(self, error: ErrorDetails) -> Location:
        """Pydantic's location without the names of union members, cut where one sentence says it all."""
        location: Location = ()
        for number, part in enumerate(error["loc"]):
            piece = look(self.data, location)
            last = number == len(error["loc"]) - 1
            if isinstance(piece, dict):
                found = part in piece or (last and error["type"] == "missing")
            else:
                found = isinstance(piece, list) and isinstance(part, int)
            if found:
                location = (*location, part)
        for end in range(len(location)):
            if pattern(location[:end]) in WANTED:
                return location[:end]
        return location

    def caused(self, home: Location, kind: str, around: frozenset[Location]) -> bool:
        """Whether an error only came up because something was left out before, or needs no words here."""
        unread_days = home == ("days",) and bool(self.material.faults)
        if unread_days or (not self.material.headed and home[:1] != ("days",)):
            return True
        if kind == "value_error":
            return any((*home, part) in around for part in _DECIDING)
        return home in around

    def mend(self, location: Location, kind: str, leaving: set[Location]) -> None:
        where = pattern(location)
        home = self.home(location)
        self.broken.add(home)
        piece = look(self.data, location)
        if where == INJECT and kind == "value_error" and isinstance(piece, dict):
            piece["kind"] = "decision" if piece.get("branch") is not None else "contextual"
            if piece["kind"] == "decision":
                piece.pop("next", None)
            self.broken.add((*home, "branch"))
            self.broken.discard(home)
            return
        if where == (*INJECT, "questions", "*") and kind == "value_error" and isinstance(piece, dict):
            piece.update(kind="text", options={})
            return
        owner, last = look(self.data, location[:-1]), location[-1] if location else None
        if isinstance(owner, dict) and isinstance(last, str):
            filling = self.filling(location)
            if filling is not None:
                owner[last] = filling
                self.moved = {list_: kept for list_, kept in self.moved.items() if list_[: len(home)] != home}
            elif kind == "missing" and len(location) > 1:
                self.mend(location[:-1], "left out", leaving)
            else:
                owner.pop(last, None)
        elif isinstance(owner, list):
            leaving.add(location)

    def leave_out(self, location: Location) -> None:
        """Take an item from its list, and remember where the others stood."""
        items, index = look(self.data, location[:-1]), location[-1]
        if isinstance(items, list) and isinstance(index, int):
            kept = self.moved.setdefault(self.home(location[:-1]), list(range(len(items))))
            kept.pop(index)
            items.pop(index)

    def filling(self, location: Location) -> object:
        owner, last = location[:-1], location[-1]
        if pattern(owner) == INJECT and last == "id":
            _, day, _, number = self.home(owner)
            return f"inject-{int(number) + 1}-of-day-{int(day) + 1}"
        if pattern(owner) == ("days", "*") and last == "day":
            files, number = self.material.day_files, int(self.home(owner)[1])
            return int(re.sub(r"\D", "", files[number])) if number < len(files) else number + 1
        shape = SHAPES.get(pattern(owner))
        if last == "name" and shape is not None and "name" in fields(shape, None):
            return "?"
        return copy.deepcopy(_FILLED.get(pattern(owner), {}).get(str(last)))
