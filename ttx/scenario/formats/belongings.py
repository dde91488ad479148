"""What imported days name beyond their own injects: groups, variables, pieces of the map, and their translations.

Whoever may write what holds for all brings them along; for others they go into notes. What a scenario has under the
same id is its own, and is used as it is.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from ttx.scenario import conditions
from ttx.scenario.files import HEAD, TRANSLATIONS
from ttx.scenario.findings import listed
from ttx.scenario.material import look, parse
from ttx.scenario.writing import edited, fresh, rewritten, without

_DRAWN = ("places", "routes", "tokens", "borders")
_STEPS = {"token": ("tokens",), "route": ("routes",), "to": ("places",), "place": ("places",), "what": _DRAWN}


class Belongings:
    """The head of a scenario, with what these days need of another's head added. `whole` says that it may be."""

    def __init__(self, head: str, data: Mapping[str, Any], whole: bool) -> None:
        self.data, self.whole = data, whole
        found = parse(head, HEAD).data
        self.head: dict[str, Any] = found if isinstance(found, dict) else {}
        self.wanted: dict[str, Any] = deepcopy({key: self.head.get(key) for key in ("groups", "variables", "map")})
        self.added: list[tuple[str, ...]] = []
        self.own: list[str] = []
        self.missing: list[str] = []
        if whole and data.get("map") and not any(look(self.head, ("map", part)) for part in ("land", *_DRAWN)):
            self.wanted["map"] = deepcopy(data["map"])
            drawn = {part: look(data, ("map", part)) for part in _DRAWN}
            self.added += [
                ("map", part, ident) for part, ids in drawn.items() if isinstance(ids, dict) for ident in ids
            ]

    def written(self, text: str) -> str:
        """The head's text, which may have changed elsewhere, with what was added."""
        for key, value in self.wanted.items():
            if value != self.head.get(key):
                text = edited(text, HEAD, (key,), value)
        return text

    def sentences(self) -> list[str]:
        """What was added, and what the scenario had already under the same id and otherwise."""
        found = []
        if self.added:
            names = [f"'{where[-1]}'" for where in self.added]
            found.append(f"Groups, variables and pieces of the map came along: {listed(names, most=8)}.")
        if self.own:
            found.append(f"The scenario has its own {listed(dict.fromkeys(self.own), most=8)}, which were used.")
        return found

    def inject(self, inject: dict[str, Any]) -> list[str]:
        """Lets an inject name what there is; what it named and cannot, as lines for its notes."""
        return [*self._audience(inject), *self._condition(inject), *self._options(inject), *self._map(inject)]

    def _has(self, *where: str) -> bool:
        """Whether the scenario has this, or gets it now. What neither has is left to the checks to find."""
        there, theirs = look(self.wanted, where), look(self.data, where)
        if there is not None or theirs is None:
            if theirs is not None and there != theirs and where not in self.added:
                self.own.append(f"'{where[-1]}'")
            return True
        if not self.whole:
            self.missing.append(f"'{where[-1]}'")
            return False
        at: Any = self.wanted
        for key in where[:-1]:
            at[key] = at.get(key) or {}
            at = at[key]
        at[where[-1]] = deepcopy(theirs)
        self.added.append(where)
        if where[:2] == ("map", "tokens") and isinstance(stands := look(theirs, ("at",)), str):
            self._has("map", "places", stands)
        return True

    def _audience(self, inject: dict[str, Any]) -> list[str]:
        to = inject.get("to")
        names = look(to, ("groups",))
        if not isinstance(to, dict) or not isinstance(names, list):
            return []
        kept = [name for name in names if self._has("groups", str(name))]
        if kept == names:
            return []
        left = {**{key: value for key, value in to.items() if key != "groups"}, **({"groups": kept} if kept else {})}
        inject["to"] = left or "all"
        return [f"**To:** {', '.join(str(name) for name in names if name not in kept)}"]

    def _condition(self, inject: dict[str, Any]) -> list[str]:
        when = inject.get("when")
        try:
            words = sorted(conditions.parse(when).words) if isinstance(when, str) else []
        except conditions.Unreadable:
            return []
        # A word may be a value as well as a variable; only a variable of theirs can be missing.
        if all(self._has("variables", word) for word in words):
            return []
        return [f"**When:** {inject.pop('when')}"]

    def _options(self, inject: dict[str, Any]) -> list[str]:
        notes = []
        options = look(inject, ("branch", "options"))
        for key, option in options.items() if isinstance(options, dict) else ():
            values = look(option, ("set",))
            if not isinstance(values, dict):
                continue
            kept = {name: value for name, value in values.items() if self._has("variables", str(name))}
            if kept != values:
                gone = ", ".join(f"{name} = {value}" for name, value in values.items() if name not in kept)
                notes.append(f"**Option {key} sets:** {gone}")
                del option["set"]
                option |= {"set": kept} if kept else {}
        return notes

    def _map(self, inject: dict[str, Any]) -> list[str]:
        steps = inject.get("map")
        if not isinstance(steps, list):
            return []
        kept = [step for step in steps if not isinstance(step, dict) or self._drawn(step)]
        gone = [step for step in steps if step not in kept]
        if not gone:
            return []
        del inject["map"]
        inject |= {"map": kept} if kept else {}
        return [f"**Map:** {'; '.join(' '.join(str(word) for word in step.values()) for step in gone)}"]

    def _drawn(self, step: Mapping[str, Any]) -> bool:
        """Whether the map has, or gets, every piece that a step names."""
        named = [(word, parts) for key, parts in _STEPS.items() if isinstance(word := step.get(key), str)]
        return all(self._piece(word, parts) for word, parts in named)

    def _piece(self, word: str, parts: tuple[str, ...]) -> bool:
        part = next((part for part in parts if look(self.wanted, ("map", part, word)) is not None), None)
        part = part or next((part for part in parts if look(self.data, ("map", part, word)) is not None), None)
        return part is None or self._has("map", part, word)


def translate(
    files: dict[str, str], data: Mapping[str, Any], names: Mapping[str, str], gone: Iterable[str], whole: bool
) -> str | None:
    """Brings along the translations of the texts whose addresses begin as in `names`, under the new beginnings.

    Those of texts that are `gone` go. A language that the scenario is not in comes only with the right to write the
    `whole`; a sentence then says which stayed behind.
    """
    behind = []
    languages = data.get(TRANSLATIONS)
    for file in [name for name in files if name.startswith(f"{TRANSLATIONS}/")]:
        _forget(files, file, tuple(f"{begin}." for begin in gone))
    for language, made in languages.items() if isinstance(languages, Mapping) else ():
        if not isinstance(made, Mapping):
            continue
        taken = {new: text for address, text in made.items() if (new := _moved(address, names)) is not None}
        if not taken or language == look(parse(files[HEAD], HEAD).data, ("language",)):
            continue
        file = f"{TRANSLATIONS}/{language}.yaml"
        if file in files:
            files[file] = rewritten(files[file], file, {(address,): text for address, text in taken.items()})
        elif whole:
            files[file] = fresh(file, taken)
        else:
            behind.append(f"'{language}'")
    return f"The scenario is not in {listed(behind)}; translations into it stayed behind." if behind else None


def _forget(files: dict[str, str], file: str, begins: tuple[str, ...]) -> None:
    there = parse(files[file], file).data
    addresses = {address for address in there if address.startswith(begins)} if isinstance(there, dict) else set()
    if addresses and len(addresses) == len(there):  # type: ignore[arg-type]  # it has addresses, so it is a mapping
        del files[file]
    elif addresses:
        files[file] = without(files[file], file, addresses)


def _moved(address: str, names: Mapping[str, str]) -> str | None:
    """The address under its new beginning, the longest that is known: `D1-03.title`, `map.places.Karsa.name`."""
    words = address.split(".")
    for many in range(min(3, len(words) - 1), 0, -1):
        if (new := names.get(".".join(words[:many]))) is not None:
            return ".".join([new, *words[many:]])
    return None
