"""Writing a scenario's files: fresh from plain data, or one piece of a text while all else stays byte for byte.

What fresh YAML looks like is `spelling`, where lines go is `splicing`. Here it is decided what has to change,
and made sure that the text then says exactly this.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial

from ruamel.yaml.error import YAMLError

from ttx.scenario import spelling, splicing, windows
from ttx.scenario.findings import Faulty
from ttx.scenario.material import Location, Piece, exact, known_as, look, parsed
from ttx.scenario.sentences import INJECT, pattern

Fields = dict[str, object]
Step = Callable[[str], str]
"""One change to a text."""


def written(data: Mapping[str, object]) -> dict[str, str]:
    """A whole scenario as its files, `scenario.yaml`, `day-N.yaml` and `translations/xx.yaml`, by name.

    `data` is plain data with `days` as a list, as `Material.data`. Reading these files gives equal data back.
    Raises Faulty for what no file can hold (a control character), ValueError for data that is no scenario's.
    """
    days, translations = data.get("days", []), data.get("translations", {})
    if not isinstance(days, list | tuple) or not isinstance(translations, Mapping):
        raise ValueError("A scenario's days are a list, and its translations a mapping.")
    pieces: dict[str, object] = {"scenario.yaml": {k: v for k, v in data.items() if k not in ("days", "translations")}}
    pieces |= zip(_day_names(days), days, strict=True)
    pieces |= {f"translations/{language}.yaml": texts for language, texts in translations.items()}
    return {file: fresh(file, piece) for file, piece in pieces.items()}


def fresh(file: str, data: object) -> str:
    """One file's plain data as a text. Raises as `written`."""
    data = spelling.plain(data)
    if not isinstance(data, dict):
        raise ValueError(f"{file} cannot be written: it must hold fields.")
    home = _home(file)
    parts: list[str] = []
    for key in spelling.ordered(data, home):
        part = spelling.entry(key, data[key], (*home, key), 0)
        large = isinstance(data[key], dict | list) and "\n" in part and home[:1] != ("translations",)
        if parts and (large or parts[-1].endswith("\n")):
            parts[-1] = parts[-1].removesuffix("\n") + "\n"
        parts.append(part + "\n" if large else part)
    text = "\n".join(parts).rstrip("\n") + "\n" if parts else "{}\n"
    if not _says(text, file, data):
        raise ValueError(f"{file} cannot be written: it holds what a file cannot hold.")
    return text


def edited(text: str, file: str, location: Location, value: object) -> str:
    """The text with the piece at this location (within the file) set to `value`; None takes it away.

    Comments outside the piece stay, and inside as far as the fields remain that they stand at. Raises Faulty if
    the text cannot be read or written so, LookupError if nothing is there to set it in, ValueError for a value
    that is no plain data.
    """
    piece, home, value = parsed(text, file), _home(file), spelling.plain(value)
    data, old = piece.data, look(piece.data, location)
    there = old is not None or _there(data, location)
    if value is None and not there:
        return text
    wanted = _without(data, location) if value is None else _with(data, location, value)
    upper = location if there else location[:-1]

    def steps(at: Location) -> list[Step]:
        return [_take(at)] if value is None else _steps(look(data, upper), look(wanted, upper), at, home)

    ways = [steps(upper)]
    if len(upper) > (1 if value is not None else 2) and isinstance(upper[1], int):
        narrow = steps(windows.first(upper))
        ways.insert(0, [partial(windows.within, lines=piece.lines, location=upper, steps=narrow)])
    return _done(text, file, wanted, ways, upper)


def rewritten(text: str, file: str, values: Mapping[Location, object]) -> str:
    """The text with several pieces set at once, none of them within another. Raises as `edited`."""
    wanted = data = parsed(text, file).data
    for location, value in values.items():
        wanted = _with(wanted, location, spelling.plain(value))
    return _done(text, file, wanted, [_steps(data, wanted, (), _home(file))], ()) if values else text


def renamed(text: str, file: str, names: Mapping[str, str]) -> str:
    """The text with other names for some of its top fields, in their places. Raises as `edited`."""
    data = _fields_of(parsed(text, file).data)
    wanted = {names.get(key, key): value for key, value in data.items()}
    in_place = partial(splicing.rename_fields, location=(), names=names)
    return _done(text, file, wanted, [[in_place], _steps(data, wanted, (), _home(file))], ())


def without(text: str, file: str, names: Collection[str]) -> str:
    """The text without these of its top fields. Comments before and after them stay. Raises as `edited`."""
    data = _fields_of(parsed(text, file).data)
    wanted = {key: value for key, value in data.items() if key not in names}
    return _done(text, file, wanted, [_steps(data, wanted, (), _home(file))], ())


def inserted(text: str, file: str, location: Location, index: int, value: object) -> str:
    """The text with a new item in the list at this location, before the one of this index. Raises as `edited`."""
    data, home, value = parsed(text, file).data, _home(file), spelling.plain(value)
    items = _list(data, location)
    if not items:
        return edited(text, file, location, [value])
    index = min(index, len(items))
    wanted = _with(data, location, [*items[:index], value, *items[index:]])
    return _done(text, file, wanted, [[_insert(location, index, index, value, home)]], location)


def removed(text: str, file: str, location: Location) -> str:
    """The text without the piece at this location. Comments before and after it stay. Raises as `edited`."""
    return edited(text, file, location, None)


def moved(text: str, file: str, location: Location, index: int, to: int) -> str:
    """The text with the list's item of this index taken out and put where `to` says among those that remain.

    The item's own comments go with it, those between items stay. Raises as `edited`.
    """
    data = parsed(text, file).data
    items = _list(data, location)
    order = [*range(index), *range(index + 1, len(items))]
    order.insert(to, index)
    wanted = _with(data, location, [items[place] for place in order])
    return _done(text, file, wanted, [[partial(_in_order, at=location, order=order)]], location)


def carried(text: str, file: str, location: Location, into: str, into_file: str, list_: Location, index: int) -> str:
    """The text `into` with the piece of another text at `location` as a new item of a list, comments and all.

    Raises as `edited`. Taking it out of the other text is `removed`.
    """
    value, data = look(parsed(text, file).data, location), parsed(into, into_file).data
    items = _list(data, list_)
    if not items:
        return edited(into, into_file, list_, [value])
    index = min(index, len(items))
    wanted = _with(data, list_, [*items[:index], value, *items[index:]])
    whole = partial(splicing.put_in, location=list_, index=index, make=splicing.excerpt(text, location), spaced=True)
    again = _insert(list_, index, index, value, _home(into_file))
    return _done(into, into_file, wanted, [[whole], [again]], list_)


def _home(file: str) -> Location:
    """The way to a file's top through the whole scenario."""
    if day := re.fullmatch(r"day-(\d+)\.yaml", file):
        return ("days", int(day[1]) - 1)
    if language := re.fullmatch(r"translations/(.+)\.yaml", file):
        return ("translations", language[1])
    return () if file == "scenario.yaml" else (file,)


def _day_names(days: Iterable[object]) -> list[str]:
    """A file's name for each day: by its number, where these are in order, else by its place."""
    found = [day.get("day") if isinstance(day, Mapping) else None for day in days]
    numbers = [n for n in found if isinstance(n, int) and not isinstance(n, bool) and 0 < n < 100]
    if len(numbers) < len(found) or numbers != sorted(set(numbers)):
        numbers = list(range(1, len(found) + 1))
    if numbers and numbers[-1] > 99:
        raise ValueError("A scenario has 99 days at most.")
    return [f"day-{number}.yaml" for number in numbers]


def _done(
    text: str,
    file: str,
    wanted: object,
    ways: list[list[Step]],
    location: Location,
) -> str:
    """The text after the steps of the first of these ways that makes it say what is wanted; else with ever more of it
    written afresh.

    A byte-order mark stays where it is, and is kept from those who count characters.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    home = _home(file)
    for end in range(len(location), -1, -1):
        here = location[:end]
        ways.append([partial(splicing.put_values, home=home, values=[(here, look(wanted, here))])])
    for tried in ways:
        try:
            now = text
            for step in tried:
                now = step(now)
            # Where the file's last line has no end, a block text may miss its own.
            for found in (now, now + "\n"):
                if exact(_read(found, file, text, location).data, True) == exact(wanted, True):
                    return mark + found
        except (Faulty, LookupError, YAMLError):
            continue
    return mark + fresh(file, wanted)


def _read(now: str, file: str, text: str, location: Location) -> Piece:
    """What a text says that was made of `text` by a change at `location`, read as far as that is needed."""
    if len(location) > 1 and now != text:
        piece = windows.reread(text, parsed(text, file), now, file, location)
        if piece is not None:
            return known_as(now, file, piece)
    return parsed(now, file)


def _says(text: str, file: str, wanted: object) -> bool:
    return exact(parsed(text, file).data, True) == exact(wanted, True)


# Each step reads the text, or a window of it, once more; a collection that takes more of them is written afresh.
_MOST = 40
# Items times items: comparing more takes seconds.
_COMPARED = 1_000_000


def _steps(old: object, new: object, location: Location, home: Location) -> list[Step]:
    """What makes the one of the other: first the shape of collections, then single values."""
    shape: list[Step] = []
    values: list[tuple[Location, object]] = []
    pairs = [(location, old, new)]
    while pairs:
        at, before, after = pairs.pop()
        if exact(before) == exact(after):
            continue
        steps: list[Step] = []
        within: list[Pair] = []
        match before, after:
            case dict(), dict() if before.keys() & after.keys() and len(after.keys() - before.keys()) <= _MOST:
                within = _fields(before, after, at, home, steps)
            case list(), list() if before and after and len(before) * len(after) <= _COMPARED:
                within = _items(before, after, at, home, steps)
        if within and len(steps) <= _MOST:
            shape += steps
            pairs += within
        else:
            values.append((at, after))
    return [*shape, partial(splicing.put_values, home=home, values=values)] if values else shape


Pair = tuple[Location, object, object]


def _fields(old: Fields, new: Fields, at: Location, home: Location, steps: list[Step]) -> list[Pair]:
    """Give a mapping its new fields in their order; what is still to be compared within those that remain."""
    where = (*home, *at)
    names = [key for key in old if key in new]
    if gone := [key for key in old if key not in new]:
        steps.append(partial(splicing.take_out_fields, location=at, names=gone))
    if spelling.keyed(where):
        keys = list(new)
        steps += _reordered(names, [key for key in keys if key in old], at)
    else:
        keys = names.copy()
        rank = {key: n for n, key in enumerate(spelling.ordered(new, where))}.__getitem__
        for key in sorted(new.keys() - old.keys(), key=rank):
            keys.insert(max((n for n, before in enumerate(keys, 1) if rank(before) < rank(key)), default=0), key)
    steps += (_insert(at, n, key, new[key], home) for n, key in enumerate(keys) if key not in old)
    return [((*at, key), old[key], new[key]) for key in names]


def _items(old: list[object], new: list[object], at: Location, home: Location, steps: list[Step]) -> list[Pair]:
    """The same for a list; items are known by their ids, or else by what they say."""
    names, keys = [_name(item) for item in old], [_name(item) for item in new]
    if len(set(names)) == len(names) and len(set(keys)) == len(keys):
        there, staying = set(names), set(keys)
        order = iter([key for key in keys if key in there])
        order_now = [next(order) if name in staying else name for name in names]
        steps += _reordered(names, order_now, at)
        by_name = dict(zip(names, old, strict=True))
        names, old = order_now, [by_name[name] for name in order_now]
    pairs: list[Pair] = []
    # Later items first, so that the places of those before them still hold.
    for _, start, stop, first, last in reversed(SequenceMatcher(None, names, keys, False).get_opcodes()):
        both = min(stop - start, last - first)
        pairs += (((*at, first + n), old[start + n], new[first + n]) for n in range(both))
        steps += (_take((*at, n)) for n in range(stop - 1, start + both - 1, -1))
        steps += (_insert(at, start + n, 0, new[first + n], home) for n in range(both, last - first))
    return pairs


def _name(item: object) -> str:
    ident = item.get("id") if isinstance(item, dict) else None
    return ident if isinstance(ident, str) else exact(item)


def _reordered(names: list[str], wanted: list[str], at: Location) -> Iterator[Step]:
    """The step that brings these entries into the wanted order, if there is one."""
    if names != wanted:
        places = {name: place for place, name in enumerate(names)}
        yield partial(_in_order, at=at, order=[places[name] for name in wanted])


def _in_order(text: str, at: Location, order: list[int]) -> str:
    try:
        return splicing.put_in_order(text, at, order)
    except LookupError:
        now = list(range(len(order)))
        for place, one in enumerate(order):
            if (index := now.index(one)) != place:
                now.insert(place, now.pop(index))
                text = _move(at, index, place)(text)
        return text


def _take(location: Location) -> Step:
    return partial(splicing.take_out, location=location)


def _insert(at: Location, index: int, key: str | int, value: object, home: Location) -> Step:
    where = (*home, *at, key)

    def make(col: int, flowing: bool) -> str:
        if isinstance(key, str):
            return (
                f"{spelling.scalar(key, True)}: {spelling.flow(value, where)}"
                if flowing
                else spelling.entry(key, value, where, col)
            )
        return spelling.flow(value, where) if flowing else spelling.item(value, where, col)

    # A line's breath between injects, and above a file's larger fields.
    spaced = pattern(where)[:-1] == INJECT[:-1] or (
        at == () and isinstance(value, dict | list) and "\n" in make(0, False)
    )
    return partial(splicing.put_in, location=at, index=index, make=make, spaced=spaced)


def _move(at: Location, index: int, to: int) -> Step:
    def step(text: str) -> str:
        span = splicing.collection(text, at)
        entry = (*at, span.entries[index].key or index)
        make = splicing.excerpt(text, entry)
        return splicing.put_in(splicing.take_out(text, entry), at, to, make, False)

    return step


def _there(data: object, location: Location) -> bool:
    owner, last = look(data, location[:-1]), location[-1]
    return last in owner if isinstance(owner, dict) else isinstance(owner, list) and int(last) < len(owner)


def _list(data: object, location: Location) -> list[object]:
    items = look(data, location)
    if items is not None and not isinstance(items, list):
        raise LookupError(f"What stands at {location} is no list.")
    return items or []


def _with(data: object, location: Location, value: object) -> object:
    """The data with this value at this location; LookupError if nothing is there to hold it. The rest is shared."""
    if not location:
        return value
    upper, last = location[:-1], location[-1]
    match look(data, upper), last:
        case (dict() as fields, str()):
            return _with(data, upper, {**fields, last: value})
        case (list() as items, int()) if last < len(items):
            return _with(data, upper, [*items[:last], value, *items[last + 1 :]])
    raise LookupError(f"Nothing at {upper} can hold '{last}'.")


def _without(data: object, location: Location) -> object:
    """The data without what is there at this location. The rest is shared."""
    upper, last = location[:-1], location[-1]
    match look(data, upper):
        case dict() as fields:
            return _with(data, upper, {key: value for key, value in fields.items() if key != last})
        case list() as items:
            return _with(data, upper, [value for index, value in enumerate(items) if index != last])
    raise LookupError(f"Nothing at {upper} can be without '{last}'.")


def _fields_of(data: object) -> Fields:
    return data if isinstance(data, dict) else {}
