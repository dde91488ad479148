"""What a change did, piece by piece and line by line, and how it is taken back even when others wrote since."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from ttx.scenario import links, writing
from ttx.scenario.drafting import Drafting, NotChanged, said
from ttx.scenario.findings import Faulty, listed
from ttx.scenario.folders import day_of
from ttx.scenario.material import Location, exact
from ttx.scenario.merging import merged
from ttx.scenario.sentences import capital
from ttx.scenario.translations import day_meant, reserved


class Touched(NamedTuple):
    """One piece that a change wrote. JSON-able: `Touched(*json.loads(...))` takes it back.

    `location` is the way to it from the top of `file`, an item of a list by its id: `("injects", "D1-03")`,
    `("sessions", "d1-s1")`, `("title",)`, in a translation `("D1-03.title",)`; () is a picture. `before` and
    `after` are its plain data, None where it was not there; equal for one that was only moved. `day` is the day it
    belongs to (also a translation of a day's text), None for the scenario's own pieces; `inject` its inject's id
    after the change. A piece that was renamed stands here under its new id.
    """

    file: str
    location: Location
    day: int | None
    inject: str | None
    before: object
    after: object


class Splice(NamedTuple):
    """Whole lines of a file that were replaced. `line` counts from 1, in the file as it was then.

    `above` and `below` are the lines beside it, by which it is found again. None instead of lines means that there
    was no such file.
    """

    file: str
    line: int
    before: str | None
    after: str | None
    above: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """The files after a change, by name, with those it left alone.

    `touched` are the pieces it wrote and `splices` the lines: keep both, and `undone` takes the change back.
    `sentence` says what was done, also what changed elsewhere, for the history and for the author.
    """

    texts: Mapping[str, str]
    touched: tuple[Touched, ...]
    splices: tuple[Splice, ...]
    sentence: str

    @property
    def days(self) -> frozenset[int]:
        """The days whose pieces were written; the author needs the right to each."""
        return frozenset(piece.day for piece in self.touched if piece.day is not None)

    @property
    def head(self) -> bool:
        """Whether something was written that belongs to the whole scenario and to no day."""
        return any(piece.day is None for piece in self.touched)


# Lines times lines: comparing more takes seconds, and then all of them count as replaced.
_COMPARED = 4_000_000

Pieces = dict[Location, object]
Names = Mapping[Location, Location]


def changed(
    before: Mapping[str, str],
    after: Mapping[str, str],
    sentence: str,
    renamed: Names | None = None,
    put: Collection[str] = (),
) -> Changed:
    """What was done between two states of the files.

    `renamed` maps the locations of pieces to those they had before, `put` are the injects that were moved.
    """
    files = [file for file in sorted({*before, *after}) if before.get(file) != after.get(file)]
    days = {**_days(before), **_days(after)}
    touched = tuple(
        piece
        for file in files
        for piece in _touched(
            file, pieces(before.get(file), file), pieces(after.get(file), file), days, renamed or {}, put
        )
    )
    splices = tuple(splice for file in files for splice in _splices(file, before.get(file), after.get(file)))
    return Changed(dict(after), touched, splices, sentence)


def undone(texts: Mapping[str, str], touched: tuple[Touched, ...], splices: tuple[Splice, ...]) -> Changed:
    """Take a change back, which need not be the last one. The very bytes return where nobody wrote there since.

    Raises NotChanged where somebody did and the two cannot be told apart, and where others have built upon it.
    """
    wanted = {file: pieces(texts.get(file), file) for file in {splice.file for splice in splices}}
    renamed: dict[Location, Location] = {}
    put = set()
    for one in touched:
        if one.file in wanted:
            _take_back(wanted[one.file], one, renamed)
            if one.inject is not None and one.before is not None and one.after is not None:
                put.add(one.inject)
    now = dict(texts)
    for file in wanted:
        own = [splice for splice in splices if splice.file == file]
        try:
            text = _patched(texts.get(file), own)
            if not _says(text, file, wanted[file]):
                raise LookupError(file)
        except LookupError:
            text = _rewritten(texts.get(file), file, [one for one in touched if one.file == file], wanted[file])
        _set(now, file, text)
    if now == dict(texts):
        raise NotChanged("Nothing was changed: this is undone already.")
    _refuse_torn(dict(texts), now)
    return changed(texts, now, f"{capital(listed(_reversed(touched)))}.", renamed, put)


def _reversed(touched: tuple[Touched, ...]) -> Iterator[str]:
    """What taking this back did: to injects, sessions and days that were gone, to those that were new, and else."""
    days = {one.day for one in touched if one.location == ("day",) and None in (one.before, one.after)}
    touched = tuple(one for one in touched if one.day not in days or one.location == ("day",))
    wholes = [one for one in touched if len(one.location) == 2 or one.day in days]
    went = {_name(one) for one in wholes if one.after is None}
    came = {_name(one) for one in wholes if one.before is None and one.after is not None}
    done = {"brought back {}": went - came, "took {} out again": came - went}  # what is in both was moved
    done["undid a change of {}"] = {*map(_name, touched)} - (went ^ came)
    for did, names in done.items():
        if ones := tuple(one for one in touched if _name(one) in names):
            yield did.format(spoken(ones))


def spoken(touched: tuple[Touched, ...]) -> str:
    """The pieces by name while they are few; else how many of each sort."""
    names = list(dict.fromkeys(map(_name, touched)))
    if len(names) <= _NAMED:
        return listed(names)
    injects = len({one.inject for one in touched if one.inject is not None})
    sessions = sum(name.startswith("session ") for name in names)
    counts = ((injects, "inject"), (sessions, "session"), (len(names) - injects - sessions, "other field"))
    return listed(f"{many:,} {what}{'s' if many > 1 else ''}" for many, what in counts if many)


_NAMED = 5


def reverted(texts: Mapping[str, str], splices: tuple[Splice, ...]) -> dict[str, str]:
    """The files as they were before the last change, of which these are the splices. Raises NotChanged if it is not."""
    now = dict(texts)
    for file in {splice.file for splice in splices}:
        own = [splice for splice in splices if splice.file == file]
        try:
            _set(now, file, _patched(texts.get(file), own, exactly=True))
        except LookupError:
            raise NotChanged(f"The last change of {file} was another one.") from None
    return now


def pieces(text: str | None, file: str) -> Pieces:
    """What a file says, piece by piece; an item without an id of its own by its place."""
    found: Pieces = {}
    for field, value in _data(text, file).items():
        if day_of(file) is None or field not in ("injects", "sessions") or not isinstance(value, list):
            found[(field,)] = value
            continue
        if not value:
            found[(field,)] = value
        for index, item in enumerate(value):
            ident = item.get("id") if isinstance(item, dict) else None
            named = isinstance(ident, str) and (field, ident) not in found
            found[(field, str(ident) if named else index)] = item
    return found


def _set(texts: dict[str, str], file: str, text: str | None) -> None:
    """Put a text into the folder; None takes the file away."""
    if text is None:
        texts.pop(file, None)
    else:
        texts[file] = text


def _touched(
    file: str, before: Pieces, after: Pieces, days: Mapping[str, int], renamed: Names, put: Collection[str]
) -> Iterator[Touched]:
    olds = {renamed[new] for new in after if new in renamed}
    for location in dict.fromkeys([*before, *after]):
        if location in olds and location not in after:
            continue
        old, new = before.get(renamed.get(location, location)), after.get(location)
        moved = location[0] == "injects" and location[-1] in put
        if exact(old) == exact(new) and not moved:
            continue
        day, inject = day_of(file), None
        if day is not None and location[0] == "injects" and len(location) == 2:
            inject = str(location[1])
        elif file.startswith("translations/"):
            name = str(location[0]).partition(".")[0]
            inject = name if name in days and not reserved(name) else None
            day = days[inject] if inject is not None else day_meant(name)
        yield Touched(file, location, day, inject, old, new)


def _splices(file: str, before: str | None, after: str | None) -> Iterator[Splice]:
    if before is None or after is None:
        yield Splice(file, 1, before, after)
        return
    old, new = _lines(before), _lines(after)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    old_middle, new_middle = old[same : len(old) - tail], new[same : len(new) - tail]
    steps = [("replace", 0, len(old_middle), 0, len(new_middle))]
    if len(old_middle) * len(new_middle) <= _COMPARED:
        steps = [*SequenceMatcher(None, old_middle, new_middle, False).get_opcodes()]
    for what, i, j, m, n in steps:
        if what != "equal":
            above = new[same + m - 1] if same + m else ""
            below = "".join(new[same + n : same + n + 1])
            yield Splice(file, same + m + 1, "".join(old_middle[i:j]), "".join(new_middle[m:n]), above, below)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _patched(text: str | None, splices: list[Splice], exactly: bool = False) -> str | None:
    """The text with these splices taken back. Raises LookupError where their lines are not found again."""
    if any(splice.before is None or splice.after is None for splice in splices):
        if text != splices[0].after:
            raise LookupError(splices[0].file)
        return splices[0].before
    lines = _lines(text or "")
    places = [_place(lines, splice, exactly) for splice in splices]
    spans = [(place, place + len(_lines(splice.after or ""))) for place, splice in zip(places, splices, strict=True)]
    if any(upper[1] > lower[0] for upper, lower in pairwise(spans)):
        raise LookupError(splices[0].file)
    for (start, end), splice in reversed(list(zip(spans, splices, strict=True))):
        lines[start:end] = _lines(splice.before or "")
    return "".join(lines)


def _place(lines: list[str], splice: Splice, exactly: bool) -> int:
    """Where the lines of a splice are now: nearest to where they were, beside the same lines. Raises LookupError."""
    wanted = _lines(splice.after or "")
    here = splice.line - 1

    def beside(place: int) -> int:
        end = place + len(wanted)
        above = lines[place - 1] if place else ""
        below = lines[end] if end < len(lines) else ""
        return (above == splice.above) + (below == splice.below)

    found = [here] if exactly else sorted(range(len(lines) - len(wanted) + 1), key=lambda place: abs(place - here))
    found = [place for place in found if lines[place : place + len(wanted)] == wanted]
    if not exactly:
        found = [place for sides in (2, 1) for place in found if beside(place) == sides]
    if not found:
        raise LookupError(splice.file)
    return found[0]


def _take_back(wanted: Pieces, one: Touched, renamed: dict[Location, Location]) -> None:
    """Put a piece as it was before into what a file shall say. Raises NotChanged if it has become another since."""
    name = capital(_name(one))
    there, before = wanted.get(one.location), one.before
    if exact(there, True) != exact(one.after, True):
        if not (isinstance(there, dict) and isinstance(one.after, dict) and isinstance(before, dict)):
            raise NotChanged(f"{name} was changed again since, so this cannot be undone. Look at it in the history.")
        before, fields = merged(one.after, there, before)
        if fields:
            raise NotChanged(f"{name} was changed again since, in {listed(fields)}. Undo that first.")
    old = _earlier(one)
    if old != one.location:
        if old in wanted:
            raise NotChanged(f"There is another {old[-1]} by now, so this cannot be undone. Rename that one first.")
        renamed[old] = one.location
    wanted.pop(one.location, None)
    if before is not None:
        wanted[old] = before


def _refuse_torn(before: dict[str, str], after: dict[str, str]) -> None:
    """Raises NotChanged if an id would then stand for two injects, or others name what would be gone."""
    was, now = list(Drafting(before).injects()), list(Drafting(after).injects())
    once, twice = (Counter(str(spot.piece["id"]) for spot in spots if "id" in spot.piece) for spots in (was, now))
    for ident in twice:
        if twice[ident] > max(once[ident], 1):
            raise NotChanged(f"There is another {ident} by now, so this cannot be undone. Rename that one first.")
    gone: set[object] = set(once.keys() - twice.keys())
    naming = [spot for spot in now if not gone.isdisjoint(links.named(spot.piece))]
    gone = _sessions(before) - _sessions(after)
    naming += [spot for spot in now if (spot.file, str(spot.piece.get("session"))) in gone]
    if naming:
        others = listed(str(spot.piece.get("id")) for spot in naming)
        raise NotChanged(f"This cannot be undone while it is needed by {others}. Change that first.")


def _sessions(texts: dict[str, str]) -> set[object]:
    """The sessions of all days, each with the file of its day."""
    found = ((file, at) for file, text in texts.items() if day_of(file) is not None for at in pieces(text, file))
    return {(file, at[1]) for file, at in found if at[0] == "sessions" and len(at) == 2}


def _earlier(one: Touched) -> Location:
    """The location of a piece before the change, which may have renamed it."""
    if isinstance(one.before, dict) and len(one.location) == 2 and isinstance(one.before.get("id"), str):
        return (one.location[0], str(one.before["id"]))
    return one.location


def _says(text: str | None, file: str, wanted: Pieces) -> bool:
    found = pieces(text, file)
    return {at: exact(piece, True) for at, piece in found.items()} == {
        at: exact(piece, True) for at, piece in wanted.items()
    }


def _rewritten(text: str | None, file: str, touched: list[Touched], wanted: Pieces) -> str:
    """The text with each piece set as it was: for lines that somebody has written between. Raises NotChanged."""
    others = NotChanged(f"Others have written in the same lines of {file} since, so this cannot be undone.")
    if text is None or any(one.after is None and len(one.location) == 2 for one in touched):
        raise others
    for one in touched:
        location = one.location
        if len(location) == 2:
            items = _data(text, file).get(str(location[0]))
            found = enumerate(items if isinstance(items, list) else [])
            index = next((n for n, item in found if _is(item, location[1])), None)
            if index is None:
                raise others
            location = (location[0], index)
        text = writing.edited(text, file, location, wanted.get(_earlier(one)))
    if not _says(text, file, wanted):
        raise others
    return text


def _is(item: object, ident: object) -> bool:
    return isinstance(item, dict) and item.get("id") == ident


def _data(text: str | None, file: str) -> dict[str, object]:
    try:
        data = said(text, file) if text is not None else {}
    except Faulty:
        return {}
    return data if isinstance(data, dict) else {}


def _days(texts: Mapping[str, str]) -> dict[str, int]:
    """The day of every inject."""
    return {
        str(location[1]): day
        for file, text in texts.items()
        if (day := day_of(file)) is not None
        for location in pieces(text, file)
        if location[0] == "injects" and len(location) == 2
    }


def _name(one: Touched) -> str:
    """How to speak of a piece: its inject, `session d1-s1 of day 1`, `the title of day 1`, `the scenario's title`."""
    field = str(one.location[-1]) if one.location else one.file
    if one.inject is not None:
        return one.inject
    if one.day is None or one.file.startswith("translations/"):
        return f"the scenario's {field}" if one.file == "scenario.yaml" else field
    if field == "day":
        return f"day {one.day}"
    return f"session {field} of day {one.day}" if len(one.location) > 1 else f"the {field} of day {one.day}"
