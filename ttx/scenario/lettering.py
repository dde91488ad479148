"""How wide a text is when it is drawn, how it is broken into lines, and which way it runs. Widths are an estimate:
nothing here knows a font file.

The widths are those of Noto Sans, which the pages carry; another sans-serif differs by a few per cent.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Hundredths of the font's size, as Noto Sans Regular 2.015 has them.
_WIDTHS = {
    sign: width
    for width, signs in {
        26: " ijl'!,.:;J`|",
        32: "()-[]If",
        37: "t/\\{}",
        42: '"r?_',
        48: "csz",
        53: "vyFLkxETS*",
        57: "ae$+0123456789<=>YZ^~X",
        62: "PVoKRbdghnpquCA#B",
        74: "&DGUHN",
        78: "OQw",
        92: "%@MWm",
        100: "→←…",
    }.items()
    for sign in signs
}
_WIDE = 100
_OTHER = 60
_BROAD = 80
# Tamil, Sinhala, Burmese: their catalogues come out at 69 to 81 hundredths a letter, all other scripts below 60.
_BROAD_SCRIPTS = ((0x0B80, 0x0BFF), (0x0D80, 0x0DFF), (0x1000, 0x109F))
ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how many units wide a text of one line is, at this size of type."""
    return _hundredths(text) * size / (94 if bold else 100)


def rightward(text: str) -> bool:
    """Whether a text is written from right to left, by its first letter that says so and stands in no isolate (Unicode
    UAX 9, P2 and P3)."""
    within = 0
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "LRI" | "RLI" | "FSI":
                within += 1
            case "PDI":
                within = max(0, within - 1)
            case "L" if not within:
                return False
            case "R" | "AL" if not within:
                return True
    return False


_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_FOREIGN = re.compile(
    rf"(?<=['\u201c])[^'\u201c\u201d\n]*[{_RIGHT}][^'\u201c\u201d\n]*(?=['\u201d])"
    rf"|[{_RIGHT}](?:[^A-Za-z'\u201c\u201d\n]*[{_RIGHT}])?"
)


def apart(sentence: str) -> str:
    """An English sentence in which titles from right to left stand for themselves, between isolates (UAX 9, 2.4): else
    the marks and times beside one are drawn on its other side."""
    return _FOREIGN.sub(lambda title: f"\u2068{title[0]}\u2069", sentence)


def lines(text: str, size: float, room: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines, each no wider than `room`; what does not fit ends in an ellipsis.

    Broken at spaces and after hyphens; within a word only where the word alone is wider than a line, as it is
    in scripts that write no spaces. A sign and the marks that stand on it stay together. Each line of a text from right
    to left runs so by itself, wherever it is drawn.
    """
    made = _lines(text, size, room, most, bold)
    return tuple(f"\u2067{line}\u2069" for line in made) if rightward(text) else made


def _lines(text: str, size: float, room: float, most: int, bold: bool) -> tuple[str, ...]:
    made: list[str] = []
    line = ""
    parts = list(_parts(text))
    while parts:
        part = parts.pop(0)
        if width(line + part.rstrip(), size, bold=bold) <= room:
            line += part
        elif line.strip():
            parts.insert(0, part)
            if len(made) == most - 1:
                made.append(_cut(line + part, size, room, bold))
                return tuple(made)
            made.append(line.rstrip())
            line = ""
        else:
            head = _head(part, size, room, bold)
            parts[:0] = [part[len(head) :]]
            line = head
            if len(made) == most - 1:
                made.append(_cut(part, size, room, bold))
                return tuple(made)
    return (*made, line.rstrip()) if line.strip() else tuple(made)


def line(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text in one line no wider than `room`, with an ellipsis where it had to be cut."""
    return next(iter(lines(text, size, room, 1, bold=bold)), "")


@lru_cache(maxsize=16384)
def _hundredths(text: str) -> int:
    return sum(_WIDTHS.get(sign) or _unlisted(sign) for sign in text)


def _unlisted(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(sign) in ("W", "F"):
        return _WIDE
    if any(first <= ord(sign) <= last for first, last in _BROAD_SCRIPTS):
        return _BROAD
    plain = unicodedata.normalize("NFD", sign)[0]
    return _WIDTHS.get(plain, _OTHER)


def _parts(text: str) -> Iterator[str]:
    """Pieces that a line may end after."""
    piece = ""
    for sign in " ".join(text.split()):
        piece += sign
        if sign in " -/":
            yield piece
            piece = ""
    if piece:
        yield piece


def _clusters(text: str) -> list[str]:
    made: list[str] = []
    for sign in text:
        if made and unicodedata.category(sign)[0] == "M":
            made[-1] += sign
        else:
            made.append(sign)
    return made


def _head(text: str, size: float, room: float, bold: bool) -> str:
    """As much of a text as fits, and one cluster at least."""
    head = ""
    for cluster in _clusters(text):
        if head and width(head + cluster, size, bold=bold) > room:
            break
        head += cluster
    return head


def _cut(text: str, size: float, room: float, bold: bool) -> str:
    """As much of a text as fits before an ellipsis."""
    head = _head(text, size, room - width(ELLIPSIS, size, bold=bold), bold)
    return head.rstrip(" ,;:.-") + ELLIPSIS
