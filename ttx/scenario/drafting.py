"""A draft's files while one request changes them: finding pieces by their ids, and writing them.

What a request means is `inject_changes` and `agenda_changes`, how lines are replaced `writing`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, ParamSpec

from ttx.scenario import writing
from ttx.scenario.findings import Faulty, perhaps
from ttx.scenario.folders import day_of
from ttx.scenario.material import Location, parsed, refuse_control
from ttx.scenario.merging import revision

HEAD = "scenario.yaml"

Piece = dict[str, object]
P = ParamSpec("P")


class NotChanged(ValueError):
    """A request that was not done; `str` of it is a sentence to the author."""


class Stale(NotChanged):
    """The piece is no longer what the author's `base` says: `piece` is what stands there now, None if nothing."""

    def __init__(self, sentence: str, piece: object) -> None:
        self.piece = piece
        super().__init__(sentence)


class Spot(NamedTuple):
    """Where an inject or a session stands: the day's file and number, its place in the list, and its data."""

    file: str
    day: int
    place: int
    piece: Piece

    @property
    def inject(self) -> Location:
        """The way to the inject from the top of its file."""
        return ("injects", self.place)


@dataclass
class Drafting:
    """The files as they are by now.

    `renamed` maps the new ids of injects to those they had; sessions' likewise, in `renamed_sessions`. `put` are
    injects that were moved, `own` those whose links the author set himself, so that nobody need tell him.
    """

    texts: dict[str, str]
    renamed: dict[str, str] = field(default_factory=dict)
    renamed_sessions: dict[str, str] = field(default_factory=dict)
    put: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)

    def data(self, file: str) -> Piece:
        """What a file says. Raises NotChanged if it is missing or cannot be read."""
        if file not in self.texts:
            raise NotChanged(f"There is no {file} in this scenario. Look at its files again.")
        try:
            data = said(self.texts[file], file)
        except Faulty as faulty:
            raise NotChanged(f"{faulty.findings[0].sentence} Mend the file first.") from None
        if not isinstance(data, dict):
            raise NotChanged(f"{file} does not hold fields, such as title: ..., one a line. Mend the file first.")
        return data

    def days(self) -> dict[int, str]:
        """The days' files by their numbers, in order."""
        numbered = {number: file for file in self.texts if (number := day_of(file)) is not None}
        return dict(sorted(numbered.items()))

    def day(self, number: int) -> str:
        """The file of this day. Raises NotChanged if there is none."""
        if number not in (days := self.days()):
            raise NotChanged(f"There is no day {number} in this scenario. Look at its days again.")
        return days[number]

    def listed(self, number: int, name: str) -> list[Spot]:
        """The injects or the sessions of a day that hold fields."""
        file = self.day(number)
        items = self.data(file).get(name)
        found = enumerate(items if isinstance(items, list) else [])
        return [Spot(file, number, index, item) for index, item in found if isinstance(item, dict)]

    def injects(self) -> Iterator[Spot]:
        """Every inject of every day that can be read."""
        for number in self.days():
            try:
                yield from self.listed(number, "injects")
            except NotChanged:
                continue

    def inject(self, ident: str, day: int | None = None, base: str | None = None) -> Spot:
        """The inject of this id, on this day if one is given. Raises NotChanged; Stale if it is not that of `base`."""
        spots = list(self.injects()) if day is None else self.listed(day, "injects")
        return _found(spots, ident, f"inject {ident} in {'this scenario' if day is None else f'day {day}'}", base)

    def session(self, day: int, ident: str, base: str | None = None) -> Spot:
        """The session of this id. Raises as `inject`."""
        return _found(self.listed(day, "sessions"), ident, f"session {ident} on day {day}", base)

    def languages(self) -> list[str]:
        """The files of translations."""
        return sorted(file for file in self.texts if file.startswith("translations/"))

    def write(self, file: str, location: Location, value: object) -> None:
        """Set the piece at this location; None takes it away."""
        self.texts[file] = _told(writing.edited, self.texts[file], file, location, value)

    def write_all(self, file: str, values: Mapping[Location, object]) -> None:
        """Set several pieces of a file, none of them within another."""
        self.texts[file] = _told(writing.rewritten, self.texts[file], file, values)

    def rename_fields(self, file: str, names: Mapping[str, str]) -> None:
        """Give a file's top fields other names, in their places."""
        self.texts[file] = _told(writing.renamed, self.texts[file], file, names)

    def drop_fields(self, file: str, names: Collection[str]) -> None:
        """Take top fields out of a file."""
        self.texts[file] = _told(writing.without, self.texts[file], file, names)

    def insert(self, file: str, location: Location, index: int, value: object) -> None:
        """Put a new item into a list."""
        self.texts[file] = _told(writing.inserted, self.texts[file], file, location, index, value)

    def move(self, file: str, location: Location, index: int, to: int) -> None:
        """Put a list's item elsewhere in it."""
        self.texts[file] = _told(writing.moved, self.texts[file], file, location, index, to)

    def carry(self, spot: Spot, file: str, index: int) -> None:
        """Put an inject into another day's file, with its comments, and out of its own."""
        list_: Location = ("injects",)
        self.texts[file] = _told(
            writing.carried, self.texts[spot.file], spot.file, spot.inject, self.texts[file], file, list_, index
        )
        self.write(spot.file, spot.inject, None)

    def begin(self, file: str, data: Piece) -> None:
        """Write a new file."""
        self.texts[file] = _told(writing.fresh, file, data)


def _found(spots: Sequence[Spot], ident: str, name: str, base: str | None) -> Spot:
    for spot in spots:
        if spot.piece.get("id") == ident:
            check_base(base, spot.piece, ident)
            return spot
    if base is not None:
        raise Stale(f"There is no {name} any more. Somebody took it away or renamed it since you opened it.", None)
    known = [str(spot.piece["id"]) for spot in spots if "id" in spot.piece]
    raise NotChanged(f"There is no {name}{perhaps(ident, known)}")


def _told(function: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> str:
    try:
        return function(*args, **kwargs)
    except Faulty as faulty:
        raise NotChanged(f"{faulty.findings[0].sentence} Nothing was changed.") from None
    except (ValueError, LookupError) as error:
        raise NotChanged(f"This cannot be written: {error} Nothing was changed.") from None


def said(text: str, file: str) -> object:
    """The plain data of a text, not to be changed: one request looks at the same files many times."""
    return parsed(text, file).data


def refuse_signs(words: str) -> None:
    """Raises NotChanged for words about a draft that hold what no database, page or printer takes."""
    try:
        refuse_control(words, HEAD)
    except Faulty as faulty:
        raise NotChanged(f"{faulty.findings[0].sentence} Nothing was kept.") from None


def check_base(base: str | None, piece: object, name: str) -> None:
    """Raises Stale if the author had another version of the piece before him than the one there is."""
    if base is not None and base != revision(piece):
        raise Stale(f"{name} was changed since you opened it. Compare both versions, then save again.", piece)
