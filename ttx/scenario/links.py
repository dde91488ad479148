"""Who leads to whom in the files of a draft, and how the links follow when an inject is renamed or taken out.

On plain data, since a draft need not be without faults. The order of what can be read is `graph`.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from ttx.scenario.drafting import Drafting, NotChanged, Piece, Spot
from ttx.scenario.findings import listed
from ttx.scenario.material import Location
from ttx.scenario.translations import reserved

Leads = Mapping[str, tuple[str, ...]]
Values = dict[str, dict[Location, object]]
"""What is to stand where, by file."""


def explicit(inject: Piece) -> list[str] | None:
    """The ids that an inject's `next` names; None where it is left out."""
    return _words(inject["next"]) if inject.get("next") is not None else None


def options(inject: Piece) -> dict[str, Piece]:
    """A decision's options by their keys."""
    branch = inject.get("branch")
    found = branch.get("options") if isinstance(branch, dict) else None
    return {key: one for key, one in found.items() if isinstance(one, dict)} if isinstance(found, dict) else {}


def decides(inject: Piece) -> bool:
    """Whether what follows an inject stands in its options."""
    return inject.get("kind") == "decision" or isinstance(inject.get("branch"), dict)


def named(inject: Piece) -> set[str]:
    """All the injects that this one names."""
    words = {str(one["next"]) for one in options(inject).values() if "next" in one}
    return words.union(_words(inject.get("next")), _words(inject.get("needs")))


def reserve(inject: Piece) -> bool:
    """Whether an inject is held back, so that no path leads through it."""
    return inject.get("kind") == "contingency"


def following(day: Sequence[Spot], index: int) -> list[str]:
    """What an inject leads to where `next` is left out: the next one of its day that is not in reserve, if any."""
    for spot in islice(day, bisect_right(day, index, key=lambda one: one.place), None):
        if not reserve(spot.piece) and "id" in spot.piece:
            return [str(spot.piece["id"])]
    return []


def successors(day: Sequence[Spot], spot: Spot) -> list[str]:
    """What an inject leads to, by its options, by its `next` or by the order of the file."""
    if decides(spot.piece):
        return list(dict.fromkeys(str(one["next"]) for one in options(spot.piece).values() if "next" in one))
    named = explicit(spot.piece)
    return following(day, spot.place) if named is None else named


def leads(files: Drafting) -> Leads:
    """What every inject leads to that is not in reserve. Days that cannot be read are left out."""
    found = {}
    for number in files.days():
        try:
            day = files.listed(number, "injects")
        except NotChanged:
            continue
        for spot in day:
            if not reserve(spot.piece) and isinstance(spot.piece.get("id"), str):
                found[str(spot.piece["id"])] = tuple(successors(day, spot))
    return found


def diverted(before: Leads, after: Leads, renamed: Mapping[str, str], own: set[str]) -> str:
    """Sentences on injects that lead elsewhere than before, but for the author's own; empty if there are none."""
    new_names = {old: new for new, old in renamed.items()}
    then = {
        new_names.get(ident, ident): tuple(new_names.get(word, word) for word in words)
        for ident, words in before.items()
    }
    said = [
        f"{ident} now leads to {listed(words)}" if words else f"Nothing follows {ident} any more"
        for ident, words in after.items()
        if ident in then and ident not in own and words != then[ident]
    ]
    return " ".join(f"{sentence}." for sentence in said[:6]) + (
        f" So do {len(said) - 6} more." if len(said) > 6 else ""
    )


def rename(files: Drafting, old: str, new: str) -> None:
    """Let all that name this inject name it by its new id: links, needs and translations."""
    values: Values = {}
    for spot, location, words in _mentions(files, old):
        values.setdefault(spot.file, {})[location] = [new if word == old else word for word in words] or new
    _write(files, values)
    for file in files.languages() if not reserved(old) else ():
        rename_texts(files, file, old, new)


def between(files: Drafting, day: int, new: str, joins: str) -> None:
    """Let what leads from this day to an inject by its words lead to a new one, which leads to it.

    Raises NotChanged if there is no such inject.
    """
    files.inject(joins)
    values: Values = {}
    for spot, location, words in _mentions(files, joins):
        if spot.day == day and spot.piece.get("id") != new and "needs" not in location:
            values.setdefault(spot.file, {})[location] = [new if word == joins else word for word in words] or new
    _write(files, values)


def forget(files: Drafting, gone: Spot) -> None:
    """Let what leads to an inject lead on to what it leads to, before it is taken out; its translations go.

    Raises NotChanged where that cannot be decided, and where another inject waits for it.
    """
    ident = str(gone.piece.get("id"))
    others = [spot for spot in files.injects() if (spot.file, spot.place) != (gone.file, gone.place)]
    if any(spot.piece.get("id") == ident for spot in others):
        return  # whom the others mean is left open
    if waiting := [spot.piece.get("id") for spot in others if ident in _words(spot.piece.get("needs"))]:
        raise NotChanged(
            f"{ident} cannot be taken out: {_wait(waiting)} for it (`needs`). Take the need away there first."
        )
    day = files.listed(gone.day, "injects")
    heirs = [word for word in successors(day, gone) if word != ident]
    named = [found for found in _mentions(files, ident) if (found[0].file, found[0].place) != (gone.file, gone.place)]
    values: Values = {}
    for spot, location, words in named:
        where = str(spot.piece.get("id"))
        undecided = len(heirs) != 1 if not words else decides(gone.piece) and len(heirs) != 1
        if undecided:
            ways = f"it leads to {listed(heirs)}" if heirs else "nothing follows it"
            raise NotChanged(
                f"{ident} cannot be taken out: {where} leads to it, and {ways}. Let {where} lead elsewhere first."
            )
        kept = [heir for word in words for heir in (heirs if word == ident else [word])]
        values.setdefault(spot.file, {})[location] = list(dict.fromkeys(kept)) if words else heirs[0]
    if not reserve(gone.piece) and not decides(gone.piece) and heirs != following(day, gone.place):
        for spot in [one for one in day if one.place < gone.place and not reserve(one.piece)][-1:]:
            if explicit(spot.piece) is None and not decides(spot.piece):
                values.setdefault(spot.file, {})[*spot.inject, "next"] = heirs
    _write(files, values)
    for file in files.languages() if not reserved(ident) else ():
        forget_texts(files, file, {ident})


def rename_texts(files: Drafting, file: str, old: str, new: str) -> None:
    """Let the translations of what was called so be found under its new name."""
    data = files.data(file)
    if any(_is_about(address, old) for address in data):
        files.rename_fields(file, {one: new + one[len(old) :] for one in data if _is_about(one, old)})


def forget_texts(files: Drafting, file: str, names: Collection[str]) -> None:
    """Take the translations of these pieces away; a file of which nothing remains goes too."""
    data = files.data(file)
    gone = {address for address in data if any(_is_about(address, name) for name in names)}
    if gone and len(gone) == len(data):
        del files.texts[file]
        return
    if gone:
        files.drop_fields(file, gone)


def _write(files: Drafting, values: Values) -> None:
    for file, pieces in values.items():
        files.write_all(file, pieces)


def _mentions(files: Drafting, ident: str) -> Iterator[tuple[Spot, Location, list[str]]]:
    """Where an inject is named as the next one or as needed: by whom, the field, and the list of ids that is there.

    An option names one inject; its list is empty.
    """
    for spot in files.injects():
        for field in ("next", "needs"):
            words = _words(spot.piece.get(field))
            if ident in words:
                yield spot, (*spot.inject, field), words
        for key, option in options(spot.piece).items():
            if option.get("next") == ident:
                yield spot, (*spot.inject, "branch", "options", key, "next"), []


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _wait(waiting: Sequence[object]) -> str:
    return f"{listed(waiting)} {'waits' if len(waiting) == 1 else 'wait'}"


def _is_about(address: str, ident: str) -> bool:
    return f"{address}.".startswith(f"{ident}.")
