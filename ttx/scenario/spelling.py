"""A piece of plain data as fresh YAML, laid out the way a careful author writes it.

Prose as block text, short lists and small mappings on one line, ids first and the other fields in the model's
order. Where the piece goes in a file is `writing`.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence

from ttx.scenario.material import Location
from ttx.scenario.sentences import INJECT, SHAPES, fields, pattern

WIDTH = 120

_FLOWING = {
    ("days", "*", "sessions", "*"),
    ("days", "*", "sessions", "*", "speakers", "*"),
    (*INJECT, "map", "*"),
    (*INJECT, "to"),
    (*INJECT, "branch", "options", "*", "set"),
}
"""Mappings that stand on one line where they fit."""
_PROSE = {(*INJECT, "text"), (*INJECT, "notes")}
"""Texts that stand as a block even where they have one line only, so that more can be written below."""
_FOLDED = ("summary", "about")
"""Fields whose long text is folded; every other line stays as long as its author made it."""

# What may stand without quotes, here and for other YAML readers: no word they take for true, false or nothing,
# nothing that begins like a number, a time or a date.
_BARE = re.compile(r"(?:[^\W_]|[(“„‘«¿¡])[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
_RESERVED = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
_NEEDS_QUOTES = re.compile(r": | #|[: ]$")
_COUNT = re.compile(r"[0-9][0-9.,]* [^\W\d_]")
_IN_FLOW = re.compile(r"[,?:\[\]{}]")
_UNBLOCKABLE = re.compile(r"[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"[\"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_NAMES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def plain(value: object) -> object:
    """The value as dicts, lists and scalars of its own. Raises ValueError for what is none of these."""
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) < 10**18:
            return value
        case float() if abs(value) < float("inf"):
            return value
        case Mapping():
            if strange := [key for key in value if not isinstance(key, str)]:
                raise ValueError(f"A field's name must be text, and {strange[0]!r} is not.")
            return {key: plain(below) for key, below in value.items()}
        case Sequence():
            return [plain(below) for below in value]
    raise ValueError(f"{value!r} cannot be written; text, true, false and numbers below 18 digits can.")


def entry(key: str, value: object, location: Location, indent: int) -> str:
    """`key: value` at this indentation, without the last line's end. `location` is the value's."""
    head = f"{' ' * indent}{scalar(key)}:"
    short = beside(value, location, indent, len(head))
    return f"{head}\n{block(value, location, indent + 2)}" if short is None else f"{head} {short}"


def item(value: object, location: Location, indent: int) -> str:
    """`- value` at this indentation, without the last line's end."""
    short = beside(value, location, indent, indent + 1)
    body = block(value, location, indent + 2)[indent + 2 :] if short is None else short
    return f"{' ' * indent}- {body}"


def block(value: object, location: Location, indent: int) -> str:
    """A mapping's or a list's entries, one below the other; injects with an empty line between them."""
    match value:
        case dict():
            return "\n".join(entry(key, value[key], (*location, key), indent) for key in ordered(value, location))
        case list():
            between = "\n\n" if pattern(location) == INJECT[:-1] else "\n"
            return between.join(item(below, (*location, n), indent) for n, below in enumerate(value))
    return " " * indent + scalar(value)


def beside(value: object, location: Location, indent: int, taken: int) -> str | None:
    """The value as it stands right after `key:` or `-`, whose `taken` columns it follows; None if it stands below."""
    match value:
        case str():
            return _text(value, location, indent, taken)
        case dict() | list() if value:
            if isinstance(value, list) and _is_track(value):
                return _wrapped(value, indent, taken)
            one = flow(value, location)
            small = pattern(location) in _FLOWING if isinstance(value, dict) else _is_words(value)
            return one if small and taken + 1 + len(one) <= WIDTH else None
    return scalar(value)


def flow(value: object, location: Location) -> str:
    """The value on one line, as within brackets and braces."""
    match value:
        case dict():
            pairs = ((key, flow(value[key], (*location, key))) for key in ordered(value, location))
            return "{" + ", ".join(f"{scalar(key, True)}: {below}" for key, below in pairs) + "}"
        case list():
            return "[" + ", ".join(flow(below, (*location, n)) for n, below in enumerate(value)) + "]"
    return scalar(value, True)


def scalar(value: object, flowing: bool = False) -> str:
    """A text, number or nothing on one line, in quotes where it needs them."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            # `material` reads 17 digits behind the point at most; 17 in all tell every float from its neighbours.
            digits = repr(value) if len(repr(value).partition(".")[2]) <= 17 else f"{value:.16e}"
            return digits if "." in digits else digits.replace("e", ".0e")
        case str():
            if _is_bare(value) and not (flowing and _IN_FLOW.search(value)):
                return value
            if '"' in value and "'" not in value and not _UNBLOCKABLE.search(value) and "\n" not in value:
                return f"'{value}'"
            return '"' + _ESCAPED.sub(lambda found: _NAMES.get(found[0], f"\\u{ord(found[0]):04x}"), value) + '"'
        case dict():
            return "{}"
        case list():
            return "[]"
    return str(value)


def keyed(location: Location) -> bool:
    """Whether a mapping here maps ids of the author's choice, whose order is his, and has no fields of its own."""
    return pattern(location) not in SHAPES


def ordered(names: Iterable[str], location: Location) -> list[str]:
    """These fields in the model's order, unknown ones last; ids in the order they have."""
    names = list(names)
    shape = SHAPES.get(pattern(location))
    known = dict.fromkeys(fields(shape, None)) if shape else {}
    return [name for name in known if name in names] + [name for name in names if name not in known]


def _is_bare(text: str) -> bool:
    return (
        _BARE.fullmatch(text) is not None
        and not _NEEDS_QUOTES.search(text)
        and not _RESERVED.fullmatch(text)
        and (not text[0].isdigit() or _COUNT.match(text) is not None)
    )


def _text(text: str, location: Location, indent: int, taken: int) -> str:
    one = scalar(text)
    # A block cannot end with lines that look empty without saying how many.
    whole = text.removesuffix("\n").rpartition("\n")[2].strip()
    if not whole or _UNBLOCKABLE.search(text):
        return one
    pad = " " * (indent + 2)
    if "\n" not in text and taken + 1 + len(one) > WIDTH and location[-1] in _FOLDED:
        lines = textwrap.wrap(text, WIDTH - len(pad), break_long_words=False, break_on_hyphens=False)
        if " ".join(lines) == text:
            return "\n".join([">-", *(pad + line for line in lines)])
    if "\n" not in text and pattern(location) not in _PROSE:
        return one
    lines = text.removesuffix("\n").split("\n")
    # Where the first line does not show how far the text is indented, the sign says it.
    depth = "" if lines[0].strip() and lines[0] == lines[0].lstrip() else "2"
    ending = "" if text.endswith("\n") else "-"
    return "\n".join([f"|{depth}{ending}", *(pad + line if line else "" for line in lines)])


def _is_words(values: list[object]) -> bool:
    return all(not isinstance(below, dict | list) and not re.search(r"\s", str(below)) for below in values)


def _is_track(values: list[object]) -> bool:
    """Whether this is a list of points."""
    return all(
        isinstance(point, list) and point and all(isinstance(number, int | float) for number in point)
        for point in values
    )


def _wrapped(points: list[object], indent: int, taken: int) -> str:
    one = flow(points, ())
    if taken + 1 + len(one) <= WIDTH:
        return one
    pad = " " * (indent + 2)
    joined = ", ".join(flow(point, ()).replace(" ", "\xa0") for point in points)
    lines = textwrap.wrap(joined, WIDTH - len(pad), break_long_words=False, break_on_hyphens=False)
    return "\n".join(["[", *(pad + line.replace("\xa0", " ") for line in lines), " " * indent + "]"])
