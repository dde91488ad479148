"""Days that were imported, joined to a scenario that is there: new days at its end, or one in the place of another.

Ids that are taken are told apart, and what the days refer to is found again in the scenario by its name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from ttx.scenario.files import HEAD
from ttx.scenario.findings import listed
from ttx.scenario.folders import day_of
from ttx.scenario.formats.belongings import Belongings, translate
from ttx.scenario.formats.language import NAMES
from ttx.scenario.formats.renaming import renamed_among
from ttx.scenario.formats.words import normal
from ttx.scenario.material import look, parse
from ttx.scenario.writing import edited, fresh

_REFERRED = (("objectives", "O"), ("capabilities", "C"), ("storylines", "S"))
_TO_BE_NAMED = re.compile(r"(Objective|Capability|Storyline) \S+( \(to be named\))?")


class Joined(NamedTuple):
    """The scenario's files with the days in them, the number of the first of these, and what had to be changed."""

    texts: dict[str, str]
    day: int
    sentences: tuple[str, ...]
    pictures: frozenset[str] = frozenset()
    """Those that the days show, by the names that the file gives them."""


def joined(
    texts: Mapping[str, str],
    data: Mapping[str, Any],
    lead: str,
    *,
    instead: int | None = None,
    which: int | None = None,
    pictures: Mapping[str, str] | None = None,
) -> Joined:
    """`data`'s days after the last one of these files, led by this group; all of them, or the `which`-th.

    `pictures` are other names for some that the file shows. With `instead`, one day comes in the place of the day of
    that number, and what it refers to that the scenario does not have goes into notes, since whoever writes a day may
    not write what holds for all. Raises Faulty if a file cannot be read, ValueError if there is nothing to join or a
    day of the file lacks what joining needs.
    """
    days = data.get("days")
    days = days if isinstance(days, list) else []
    taken = [deepcopy(day) for place, day in enumerate(days, 1) if which is None or place == which]
    if not taken or (instead is not None and len(taken) != 1):
        raise ValueError("There is no such day in the file. Choose one that it has.")
    for place, day in enumerate(taken, 1):
        if (lacks := _lacking(day)) is not None:
            raise ValueError(f"Day {which or place} of the file {lacks}. Mend that in the file, and bring it in again.")
    files = dict(texts)
    numbers = [number for name in texts if (number := day_of(name)) is not None]
    first = instead if instead is not None else max(numbers, default=0) + 1
    there = {number: _injects(parse(files[f"day-{number}.yaml"], f"day-{number}.yaml").data) for number in numbers}
    gone = [str(look(one, ("id",))) for one in there.pop(instead, ())] if instead is not None else []
    join = _Join(files, data, [one for injects in there.values() for one in injects], instead is None)
    join.rename(taken, first, there)
    shown = frozenset(_show(taken, pictures or {}))
    if instead is not None:
        _keep_named(taken[0], parse(files[f"day-{instead}.yaml"], f"day-{instead}.yaml").data)
    for number, day in enumerate(taken, first):
        join.day(day, number, lead if instead is None or not _lead(files, instead) else _lead(files, instead))
        files[f"day-{number}.yaml"] = fresh(f"day-{number}.yaml", day)
    join.settle([*gone, f"day-{instead}"] if instead is not None else [])
    return Joined(files, first, tuple(join.sentences()), shown)


def told_apart(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """New names for those of their pictures that are called like another one of ours. Both are digests by name."""
    names: dict[str, str] = {}
    for name, digest in theirs.items():
        stem, dot, kind = name.rpartition(".")
        free, number = name, 2
        while ours.get(free, digest) != digest or (free != name and free in theirs):
            free, number = f"{stem[:55]}-{number}{dot}{kind}", number + 1
        if free != name:
            names[name] = free
    return names


def _show(days: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Iterator[str]:
    """The pictures that these days show, as the file calls them; in the days they get their new names."""
    for one in (one for day in days for one in _injects(day)):
        file = look(one, ("picture", "file"))
        if isinstance(file, str):
            one["picture"]["file"] = names.get(file, file)
            yield file


def _lead(files: Mapping[str, str], day: int) -> str:
    said = look(parse(files[f"day-{day}.yaml"], f"day-{day}.yaml").data, ("lead",))
    return said if isinstance(said, str) else ""


def _keep_named(day: dict[str, Any], there: object) -> None:
    """A day that is called by its number alone gets title and theme of the day in whose place it comes."""
    if re.fullmatch(r"Day \d+", day["title"]) is None:
        return
    for key in ("title", "theme"):
        if isinstance(said := look(there, (key,)), str) and said:
            day[key] = said


def _injects(day: object) -> list[dict[str, Any]]:
    found = look(day, ("injects",))
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _titles(injects: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    return {str(one.get("id")): one.get("title") for one in injects}


def _lacking(day: object) -> str | None:
    """What a day of the file would have to have, before it can be joined to others; None if it has it."""
    if not isinstance(day, dict) or not all(isinstance(day.get(key), str) for key in ("title", "theme")):
        return "has no title and theme"
    injects = look(day, ("injects",))
    if not isinstance(injects, list) or not all(isinstance(look(one, ("id",)), str) for one in injects):
        return "has an inject without an id"
    options = [found for one in injects if isinstance(found := look(one, ("branch", "options")), dict)]
    if not all(isinstance(look(option, ("next",)), str) for one in options for option in one.values()):
        return "has an option that leads nowhere"
    return None


class _Join:
    """One joining: it keeps the scenario's head in step and remembers what it renamed."""

    def __init__(
        self, files: dict[str, str], data: Mapping[str, Any], there: Sequence[Mapping[str, Any]], whole: bool
    ) -> None:
        self.files, self.data, self.whole = files, data, whole
        self.titles = _titles(there)
        self.theirs = _titles(one for day in data["days"] for one in _injects(day))
        self.names: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.came: dict[str, str] = {}
        self.belongings = Belongings(files[HEAD], data, whole)
        self.ours = look(parse(files[HEAD], HEAD).data, ("language",))
        self.behind: str | None = None
        self.renamed: tuple[str, ...] = ()
        self.added: list[str] = []
        self.noted: list[str] = []
        self.known: dict[tuple[str, str], str | None] = {}

    def sentences(self) -> list[str]:
        found = []
        if self.renamed:
            found.append(f"Ids that are taken already were changed: {listed(self.renamed, most=12)}.")
        if self.added:
            found.append(f"Added to the whole scenario: {listed(self.added, most=6)}.")
        found += self.belongings.sentences()
        if noted := [*self.noted, *self.belongings.missing]:
            found.append(f"The scenario does not have {listed(dict.fromkeys(noted), most=6)}; it stands in notes.")
        ours, theirs = (NAMES.get(one, one) for one in (str(self.ours or "en"), str(self.data.get("language") or "en")))
        if ours != theirs:
            found.append(f"It is written in {theirs} and this scenario in {ours}; translate it by hand in its fields.")
        return [*found, self.behind] if self.behind else found

    def rename(
        self, days: Sequence[Mapping[str, Any]], first: int, there: Mapping[int, Sequence[Mapping[str, Any]]]
    ) -> None:
        """Finds an id for every inject of these days, before any is asked what comes next."""
        self.moved = {f"day-{day.get('day')}": f"day-{number}" for number, day in enumerate(days, first)}
        self.names, self.renamed = renamed_among(days, there, first)

    def settle(self, gone: Sequence[str]) -> None:
        """Writes what the days brought along, once all of them were asked."""
        if self.whole:
            self.files[HEAD] = self.belongings.written(self.files[HEAD])
        come = {where: where for where in map(".".join, self.belongings.added)} | self.came
        self.behind = translate(self.files, self.data, {**self.names, **self.moved, **come}, gone, self.whole)

    def day(self, day: dict[str, Any], number: int, lead: str) -> None:
        """Makes a day one of this scenario's."""
        day["day"], day["lead"] = number, lead
        for key in ("title", "theme"):
            day[key] = re.sub(r"^Day \d+$", f"Day {number}", day[key])
        for one in day["injects"]:
            one["id"] = self.names[one["id"]]
            notes = []
            for key in ("next", "needs"):
                said = [one[key]] if isinstance(one.get(key), str) else one.get(key)
                if not isinstance(said, list):
                    continue
                strangers = [name for name in said if self.stranger(str(name))]
                one[key] = [self.names.get(name, name) for name in said if name not in strangers]
                if strangers:
                    notes.append(f"**{key.capitalize()}:** {', '.join(strangers)}")
                    self.noted += strangers
                    if not one[key]:
                        del one[key]
            for option in one.get("branch", {}).get("options", {}).values():
                option["next"] = self.names.get(option["next"], option["next"])
            self.refer(one)
            for note in [*notes, *self.belongings.inject(one)]:
                one["notes"] = f"{one['notes']}\n\n{note}" if one.get("notes") else note

    def stranger(self, ident: str) -> bool:
        """Whether an id names an inject of the file that does not come along, and none or another here."""
        return ident in self.theirs and ident not in self.names and self.titles.get(ident) != self.theirs[ident]

    def refer(self, inject: dict[str, Any]) -> None:
        """Lets an inject refer to what the scenario calls the same."""
        for key, letter in _REFERRED:
            said = inject.pop("storyline", None) if key == "storylines" else inject.pop(key, None)
            idents = [said] if isinstance(said, str) else said or []
            found = [new for ident in idents if (new := self.found(key, letter, ident)) is not None]
            missing = [self.called(key, ident) for ident in idents if self.found(key, letter, ident) is None]
            if found:
                inject["storyline" if key == "storylines" else key] = found[0] if key == "storylines" else found
            if missing:
                self.noted += missing
                more = f"**{key.capitalize()}:** {', '.join(missing)}"
                inject["notes"] = f"{inject['notes']}\n\n{more}" if inject.get("notes") else more
        self.questions(inject)

    def questions(self, inject: dict[str, Any]) -> None:
        """A question serves an objective; the scenario's first, where the inject's own are not the scenario's."""
        for question in inject.get("questions", ()):
            idents = [new for one in question.pop("objectives", ()) if (new := self.found("objectives", "O", one))]
            if idents:
                question["objectives"] = idents
            elif "objectives" not in inject and (there := self.there("objectives")):
                inject["objectives"] = [next(iter(there))]

    def there(self, key: str) -> Mapping[str, Any]:
        named = look(parse(self.files[HEAD], HEAD).data, (key,))
        return named if isinstance(named, dict) else {}

    def called(self, key: str, ident: str) -> str:
        said = look(self.data, (key, ident, "name"))
        return said if isinstance(said, str) else ident

    def found(self, key: str, letter: str, ident: str) -> str | None:
        """The scenario's id for this one of the file's: that of the same name, or the same where it is only a code."""
        if (key, ident) not in self.known:
            self.known[key, ident] = self.find(key, letter, ident)
        return self.known[key, ident]

    def find(self, key: str, letter: str, ident: str) -> str | None:
        there, name = self.there(key), self.called(key, ident)
        for known, one in there.items():
            if normal(str(look(one, ("name",)))) == normal(name):
                return known
        if ident in there and _TO_BE_NAMED.fullmatch(name):
            return ident
        if not self.whole:
            return None
        free, number = ident, len(there) + 1
        while free in there:
            free, number = f"{letter}{number}", number + 1
        self.files[HEAD] = edited(
            self.files[HEAD], HEAD, (key,), {**there, free: look(self.data, (key, ident)) or {"name": name}}
        )
        self.came[f"{key}.{ident}"] = f"{key}.{free}"
        self.added.append(f"{free} ({name[:60]})")
        return free
