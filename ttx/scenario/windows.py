"""One item of a long list, cut out of its text with the one after it: a change within it need not read all the others.

What is changed there is `splicing`; that the whole says what it should afterwards is made sure in `writing`.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ttx.scenario.findings import Faulty
from ttx.scenario.material import NODES, Lines, Location, Piece, exact, parse
from ttx.scenario.spans import line_ending


def first(location: Location) -> Location:
    """The way to a piece of a list's item, through a window on that item."""
    return (*location[:1], 0, *location[2:])


def within(text: str, lines: Lines, location: Location, steps: Iterable[Callable[[str], str]]) -> str:
    """The text with these steps done in a window on the item that this location lies in, as `("injects", 3, "title")`.

    In the window it is the first item of its list. `lines` are those of the whole text. Raises LookupError where the
    items do not stand below each other, each with its dash.
    """
    here = _window(text, lines, location)
    shown = here.head + text[here.begin : here.stop]
    for step in steps:
        shown = step(shown)
    if not shown.startswith(here.head):
        raise LookupError(f"Nothing stands at {location}.")
    return text[: here.begin] + shown[len(here.head) :] + text[here.stop :]


class _Window(NamedTuple):
    """An item of the list `field` and the one after it: from `begin` to before `stop`, the second one from `next` on.

    `line` is that on which it begins, `depth` how far its dash is indented; `next` is `stop` for a last item.
    """

    field: str
    place: int
    head: str
    begin: int
    next: int
    stop: int
    line: int
    depth: int


def _window(text: str, lines: Lines, location: Location) -> _Window:
    field, index = str(location[0]), location[1]
    items = lines[field][1] if isinstance(lines, dict) and field in lines else None
    if not isinstance(items, list) or not isinstance(index, int) or index >= len(items):
        raise LookupError(f"There is no list at {location}.")
    begun = _starts(text, [line for line, _ in items[index : index + 3]])
    depth = _depth(text, begun[0])
    if depth is None or any(_depth(text, start) != depth for start in begun):
        raise LookupError(f"The items at {location} cannot be parted.")
    next_, stop = (*begun[1:], len(text), len(text))[:2]
    return _Window(field, index, f"{field}:" + line_ending(text), begun[0], next_, stop, items[index][0], depth)


# What other readers of YAML take for the end of a line, so that lines would be counted in two ways.
_OTHER_ENDS = ("\x85", "\u2028", "\u2029")


def reread(text: str, piece: Piece, now: str, file: str, location: Location) -> Piece | None:
    """What `now` says, which was made of `text` by a change of one item of a list; None where all of it must be read.

    Only the item and the one after it are read. That is enough where before and after the change both stand between
    the same lines and each is one item that begins with its dash: what is read before the first dash and from the
    second on is read as it was. In a day of 300 full injects this takes 5 ms, and reading all of it 300 ms.
    """
    try:
        here = _window(text, piece.lines, location)
    except LookupError:
        return None
    stop = here.stop + len(now) - len(text)
    if (
        piece.repeats
        or any(end in text or end in now for end in _OTHER_ENDS)
        or now[: here.begin] != text[: here.begin]
        or now[max(here.begin, here.next + len(now) - len(text)) :] != text[here.next :]
        or _depth(now, here.begin) != here.depth
    ):
        return None
    try:
        before = parse(here.head + text[here.begin : here.stop], file)
        after = parse(here.head + now[here.begin : stop], file)
    except Faulty:
        return None
    whole = piece.data if isinstance(piece.data, dict) else {}
    items = whole.get(here.field)
    found, known = (_items(one, here.field) for one in (after, before))
    if not isinstance(items, list) or found is None or known is None or len(found) != len(known) or after.repeats:
        return None
    if exact(known) != exact(items[here.place : here.place + 2]) or exact(found[1:]) != exact(known[1:]):
        return None
    data = {**whole, here.field: [*items[: here.place], found[0], *items[here.place + 1 :]]}
    # No value takes less than two characters, with the one that parts it from the next.
    if len(now) > 2 * NODES and _nodes(found[0]) > _nodes(known[0]) and _nodes(data) > NODES:
        return None
    lines = _moved(piece.lines, after.lines, here, now.count("\n") - text.count("\n"))
    return Piece(data, lines)


def _items(piece: Piece, field: str) -> list[object] | None:
    """The items of a window, if it holds nothing else."""
    items = piece.data.get(field) if isinstance(piece.data, dict) and len(piece.data) == 1 else None
    return items if isinstance(items, list) else None


def _moved(lines: Lines, fresh: Lines, here: _Window, by: int) -> Lines:
    """The lines of the whole where one item's are those of the window, and what comes after it stands further down."""
    if not isinstance(lines, dict) or not isinstance(fresh, dict):
        return lines
    items, shown = lines[here.field][1], fresh[here.field][1]
    if not isinstance(items, list) or not isinstance(shown, list):
        return lines
    # The window's second line is the item's first.
    own = _shifted(shown[:1], here.line - 2)
    rest = _shifted(items[here.place + 1 :], by)
    whole = [*items[: here.place], *(own or ()), *(rest or ())]
    return {
        name: (line, whole if name == here.field else below) if line <= here.line else (line + by, _shifted(below, by))
        for name, (line, below) in lines.items()
    }


def _shifted(lines: Lines, by: int) -> Lines:
    match lines:
        case dict() if by:
            return {name: (line + by, _shifted(below, by)) for name, (line, below) in lines.items()}
        case list() if by:
            return [(line + by, _shifted(below, by)) for line, below in lines]
    return lines


def _nodes(data: object) -> int:
    """How many values a reader of this meets, each field's name counted as one."""
    match data:
        case dict():
            return 1 + sum(1 + _nodes(below) for below in data.values())
        case list():
            return 1 + sum(map(_nodes, data))
    return 1


def _starts(text: str, lines: list[int]) -> list[int]:
    """Where these lines begin, which are counted from 1 and go upwards."""
    starts, line, here = [], 1, 0
    for wanted in lines:
        while line < wanted and here >= 0:
            here, line = text.find("\n", here) + 1 or -1, line + 1
        starts.append(here)
    return starts


def _depth(text: str, start: int) -> int | None:
    """How far the dash is indented that a line begins with; None where it begins otherwise."""
    line = text[start : text.find("\n", start) + 1 or len(text)] if start >= 0 else ""
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.startswith("- ") else None
