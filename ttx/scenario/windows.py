"""One item of a long list, cut out of its text with the one after it: a change within it need not read all the others.

What is changed there is `splicing`; that the whole says what it should afterwards is made sure in `writing`.
"""

from collections.abc import Callable, Iterable

from ttx.scenario.material import Lines, Location
from ttx.scenario.spans import line_ending


def first(location: Location) -> Location:
    """The way to a piece of a list's item, through a window on that item."""
    return (*location[:1], 0, *location[2:])


def within(text: str, lines: Lines, location: Location, steps: Iterable[Callable[[str], str]]) -> str:
    """The text with these steps done in a window on the item that this location lies in, as `("injects", 3, "title")`.

    In the window it is the first item of its list. `lines` are those of the whole text. Raises LookupError where the
    items do not stand below each other, each with its dash.
    """
    field, index = str(location[0]), location[1]
    items = lines[field][1] if isinstance(lines, dict) and field in lines else None
    if not isinstance(items, list) or not isinstance(index, int) or index >= len(items):
        raise LookupError(f"There is no list at {location}.")
    begun = _starts(text, [line for line, _ in items[index : index + 3]])
    depths = {_depth(text, start) for start in begun}
    if None in depths or len(depths) > 1:
        raise LookupError(f"The items at {location} cannot be parted.")
    head = f"{field}:" + line_ending(text)
    begin, stop = begun[0], begun[2] if len(begun) > 2 else len(text)
    shown = head + text[begin:stop]
    for step in steps:
        shown = step(shown)
    if not shown.startswith(head):
        raise LookupError(f"Nothing stands at {location}.")
    return text[:begin] + shown[len(head) :] + text[stop:]


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
