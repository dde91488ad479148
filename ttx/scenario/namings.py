"""What the days name of the scenario's head: objectives, groups, variables, pieces of the map. When one of those gets
another id, all that name it follow; one that is still named is not taken away.

On plain data, since a draft need not be without faults. Which names are unknown is `references`'.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ttx.scenario import links
from ttx.scenario.drafting import HEAD, Drafting, NotChanged, Piece
from ttx.scenario.findings import listed
from ttx.scenario.material import Location, look

_PARTS = ("places", "routes", "tokens", "borders")
_READ = ("glossary", "feedback")
"""What is read and named by nothing but its translations."""
_FIELDS = (
    "objectives",
    "capabilities",
    "groups",
    "organisations",
    "storylines",
    "variables",
    *_READ,
    *(f"map.{part}" for part in _PARTS),
)
_DRAWN = tuple(f"map.{part}" for part in _PARTS)
_STEPS = {
    "token": ("map.tokens",),
    "route": ("map.routes",),
    "to": ("map.places",),
    "place": ("map.places",),
    "what": _DRAWN,
}
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class _Naming(NamedTuple):
    """A field of an inject that names something: one word, a list of them, a mapping by them, or a condition."""

    location: Location
    value: object
    fields: tuple[str, ...]

    @property
    def words(self) -> set[str]:
        match self.value:
            case str() if self.location == ("when",):
                return {word for text in _QUOTED.split(self.value)[::2] for word in _BARE.findall(text)}
            case str():
                return {self.value}
            case list() | dict():
                return {str(word) for word in self.value}
        return set()

    def renamed(self, names: Mapping[str, str]) -> object:
        match self.value:
            case str() if self.location == ("when",):
                parts = _QUOTED.split(self.value)
                parts[::2] = [_BARE.sub(lambda word: names.get(word[0], word[0]), text) for text in parts[::2]]
                return "".join(parts)
            case str():
                return names.get(self.value, self.value)
            case list():
                return [names.get(word, word) if isinstance(word, str) else word for word in self.value]
            case dict():
                return {names.get(str(word), str(word)): value for word, value in self.value.items()}
        return self.value


def follow(files: Drafting, before: Piece) -> str:
    """Let all follow that name what got another id since `before`, the head as it was; the sentence about it.

    Something got another id where the old one is gone and a new one holds the same, or stands in its place. Raises
    NotChanged where one is gone for good that is still named, and for a working group's.
    """
    now, sentences = files.data(HEAD), []
    for field in _FIELDS:
        old, new = (_things(data, field) for data in (before, now))
        names = renamed(old, new)
        gone = {ident for ident in old if ident not in new and (ident not in names or field == "groups")}
        if naming := list(_naming(files, field, gone)):
            raise NotChanged(_refusal(field, sorted(gone & {word for word, _ in naming}), [who for _, who in naming]))
        if field != "groups" and names:
            _rename(files, field, names)
            sentences += [f"What named {ident} names {names[ident]} now." for ident in names if field not in _READ]
    return " ".join(sentences)


def _things(data: Piece, field: str) -> Piece:
    found = look(data, tuple(field.split(".")))
    return {str(ident): one for ident, one in found.items()} if isinstance(found, dict) else {}


def follow_audiences(files: Drafting, part: str, names: Mapping[str, str]) -> str:
    """Let the injects that are addressed to delegations or tables, as `part` says, name them by their new ids, and
    the questions that expect a delegation."""
    values: dict[str, dict[Location, object]] = {}
    for spot in files.injects():
        named = look(spot.piece, ("to", part))
        if isinstance(named, list) and not names.keys().isdisjoint(map(str, named)):
            values.setdefault(spot.file, {})[*spot.inject, "to", part] = [names.get(str(one), one) for one in named]
        for place, question in enumerate(_items(spot.piece, "questions") if part == "delegations" else ()):
            wanted = question.get("expects")
            if isinstance(wanted, list) and not names.keys().isdisjoint(map(str, wanted)):
                at = (*spot.inject, "questions", place, "expects")
                values.setdefault(spot.file, {})[at] = [names.get(str(one), one) for one in wanted]
    for file, below in values.items():
        files.write_all(file, below)
    return " ".join(f"What named {ident} names {new} now." for ident, new in names.items())


def renamed(old: Piece, new: Piece) -> dict[str, str]:
    """The new ids by the old ones: where one is gone and a new one holds the same, or stands in its place."""
    gone, come = ([ident for ident in one if ident not in other] for one, other in ((old, new), (new, old)))
    places = {ident: place for one in (old, new) for place, ident in enumerate(one)}
    names: dict[str, str] = {}
    for ident in gone:
        like = [other for other in come if new[other] == old[ident]]
        if len(like) != 1:
            like = [other for other in come if len(old) == len(new) and places[other] == places[ident]]
        if len(like) == 1 and like[0] not in names.values():
            names[ident] = like[0]
    return names


def _namings(inject: Piece) -> Iterator[_Naming]:
    for field in ("objectives", "capabilities"):
        yield _Naming((field,), inject.get(field), (field,))
    yield _Naming(("to", "groups"), look(inject, ("to", "groups")), ("groups",))
    yield _Naming(("storyline",), inject.get("storyline"), ("storylines",))
    yield _Naming(("when",), inject.get("when"), ("variables",))
    for place, question in enumerate(_items(inject, "questions")):
        yield _Naming(("questions", place, "objectives"), question.get("objectives"), ("objectives",))
        yield _Naming(("questions", place, "expects"), question.get("expects"), ("organisations", "groups"))
    for key, option in links.options(inject).items():
        yield _Naming(("branch", "options", key, "set"), option.get("set"), ("variables",))
    for place, step in enumerate(_items(inject, "map")):
        for name, fields in _STEPS.items():
            yield _Naming(("map", place, name), step.get(name), fields)


def _items(piece: Piece, field: str) -> list[Piece]:
    items = piece.get(field)
    return [one if isinstance(one, dict) else {} for one in items] if isinstance(items, list) else []


def _naming(files: Drafting, field: str, gone: Collection[str]) -> Iterator[tuple[str, str]]:
    """Who still names what is gone, each with the word."""
    for number in files.days() if field == "groups" and gone else ():
        lead = files.data(files.day(number)).get("lead")
        if isinstance(lead, str) and lead in gone:
            yield lead, f"day {number}"
    for spot in files.injects() if gone else ():
        words = {word for one in _namings(spot.piece) if field in one.fields for word in one.words}
        yield from ((word, str(spot.piece.get("id"))) for word in words.intersection(gone))
    tokens = _things(files.data(HEAD), "map.tokens") if field == "map.places" else {}
    for ident, token in tokens.items():
        if isinstance(at := look(token, ("at",)), str) and at in gone:
            yield at, ident


def _rename(files: Drafting, field: str, names: Mapping[str, str]) -> None:
    for number, file in files.days().items():
        values: dict[Location, object] = {
            (*spot.inject, *one.location): one.renamed(names)
            for spot in files.listed(number, "injects")
            for one in _namings(spot.piece)
            if field in one.fields and not one.words.isdisjoint(names)
        }
        if values:
            files.write_all(file, values)
    if field == "map.places":
        for ident, token in _things(files.data(HEAD), "map.tokens").items():
            if isinstance(at := look(token, ("at",)), str) and at in names:
                files.write(HEAD, ("map", "tokens", ident, "at"), names[at])
    for translation in files.languages():
        for old, new in names.items():
            links.rename_texts(files, translation, f"{field}.{old}", f"{field}.{new}")


def _refusal(field: str, gone: Collection[str], who: list[str]) -> str:
    some = list(dict.fromkeys(who))
    named = listed(some[:4]) if len(some) <= 5 else f"{', '.join(some[:4])} and {len(some) - 4} more"
    if field == "groups":
        return (
            f"{listed(gone)} is named by {named}, and its authors have their rights by it. Keep its id and change "
            "its name, or let another group stand there first."
        )
    are, them = ("is", "it") if len(gone) == 1 else ("are", "them")
    return f"{listed(gone)} {are} still named by {named}. Take {them} out there first; nothing was changed."
