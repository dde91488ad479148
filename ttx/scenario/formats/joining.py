"""Days that were imported, joined to a scenario that is there: new days at its end, or one in the place of another.

Ids that are taken are told apart, and what the days refer to is found again in the scenario by its name.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from ttx.scenario.files import HEAD
from ttx.scenario.findings import listed
from ttx.scenario.folders import day_of
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


def joined(
    texts: Mapping[str, str],
    data: Mapping[str, Any],
    lead: str,
    *,
    instead: int | None = None,
    which: int | None = None,
) -> Joined:
    """`data`'s days after the last one of these files, led by this group; all of them, or the `which`-th.

    With `instead`, one day comes in the place of the day of that number, and what it refers to that the scenario
    does not have goes into notes, since whoever writes a day may not write what holds for all. Raises Faulty if a
    file cannot be read, ValueError if there is nothing to join.
    """
    taken = [deepcopy(day) for place, day in enumerate(data.get("days", ()), 1) if which is None or place == which]
    if not taken or (instead is not None and len(taken) != 1):
        raise ValueError("There is no such day in the file. Choose one that it has.")
    files = dict(texts)
    numbers = [number for name in texts if (number := day_of(name)) is not None]
    first = instead if instead is not None else max(numbers, default=0) + 1
    join = _Join(files, data, frozenset(_ids(files, without=instead)), instead is None)
    for number, day in enumerate(taken, first):
        join.day(day, number, lead if instead is None or not _lead(files, instead) else _lead(files, instead))
        files[f"day-{number}.yaml"] = fresh(f"day-{number}.yaml", day)
    return Joined(files, first, tuple(join.sentences()))


def _lead(files: Mapping[str, str], day: int) -> str:
    said = look(parse(files[f"day-{day}.yaml"], f"day-{day}.yaml").data, ("lead",))
    return said if isinstance(said, str) else ""


def _ids(files: Mapping[str, str], without: int | None) -> list[str]:
    found = []
    for name, text in files.items():
        if day_of(name) not in (None, without):
            injects = look(parse(text, name).data, ("injects",))
            found += [str(look(one, ("id",))) for one in (injects if isinstance(injects, list) else ())]
    return found


class _Join:
    """One joining: it keeps the scenario's head in step and remembers what it renamed."""

    def __init__(self, files: dict[str, str], data: Mapping[str, Any], taken: frozenset[str], whole: bool) -> None:
        self.files, self.data, self.whole = files, data, whole
        self.taken = set(taken)
        self.renamed: list[str] = []
        self.added: list[str] = []
        self.noted: list[str] = []
        self.known: dict[tuple[str, str], str | None] = {}

    def sentences(self) -> list[str]:
        found = []
        if self.renamed:
            found.append(f"Ids that are taken already were changed: {listed(self.renamed, most=6)}.")
        if self.added:
            found.append(f"Added to the whole scenario: {listed(self.added, most=6)}.")
        if self.noted:
            found.append(f"The scenario does not have {listed(dict.fromkeys(self.noted), most=6)}; it stands in notes.")
        return found

    def day(self, day: dict[str, Any], number: int, lead: str) -> None:
        """Makes a day one of this scenario's."""
        day["day"], day["lead"] = number, lead
        for key in ("title", "theme"):
            day[key] = re.sub(r"^Day \d+$", f"Day {number}", day[key])
        names = {one["id"]: self.name(one["id"], number) for one in day["injects"]}
        for one in day["injects"]:
            one["id"] = names[one["id"]]
            for key in ("next", "needs"):
                if isinstance(one.get(key), list):
                    one[key] = [names.get(name, name) for name in one[key]]
            for option in one.get("branch", {}).get("options", {}).values():
                option["next"] = names.get(option["next"], option["next"])
            self.refer(one)

    def name(self, ident: str, number: int) -> str:
        wanted = re.sub(r"^D\d+(?=-)", f"D{number}", ident)
        free, again = wanted, 2
        while free in self.taken:
            free, again = f"{wanted[:36]}-{again}", again + 1
        self.taken.add(free)
        if free != ident and re.sub(r"^D\d+", "", free) != re.sub(r"^D\d+", "", ident):
            self.renamed.append(f"{ident} is {free}")
        return free

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
        self.added.append(f"{free} ({name[:60]})")
        return free
