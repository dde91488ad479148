"""Texts made comparable for a search in any script: without case, width, and what is set above and below letters.

The same rule as the look-up of the tablets (`frontend/static/fold.js`), and besides: Arabic and Hebrew points go,
digits of every script are the same digits, and signs that only tell where a line may break are none. Vowels and
tone marks of South and South East Asia are letters, and stay.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

SPELT: dict[str, str] = {
    "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h",
    "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ـ": "",
}  # fmt: skip
"""Letters that no decomposition takes apart, as one types them without the keyboard that has them; among them the
Persian and Urdu letters that look like Arabic ones."""

ACCENTS = (range(7, 8), range(10, 37), range(200, 241))
"""The combining classes (Unicode, UAX 44) of what is left out: nukta, Hebrew and Arabic points, accents of Latin,
Greek and Cyrillic. Vowels of other scripts are 0, viramas 9, tone marks 103 to 129."""


class _Letters(dict[int, str]):
    """What each character becomes; found out once, then looked up by `str.translate` as fast as any table."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _bare(chr(code))
        return found


def _bare(character: str) -> str:
    made = []
    for one in unicodedata.normalize("NFKD", character).casefold():
        for part in SPELT.get(one, one):
            category = unicodedata.category(part)
            if category == "Nd":
                made.append(str(unicodedata.digit(part)))
            elif part.isspace() or category == "Zs":
                made.append(" ")
            elif category != "Cf" and not any(unicodedata.combining(part) in marks for marks in ACCENTS):
                made.append(part)
    return "".join(made)


_LETTERS = _Letters()
_SPACES = re.compile(r"\s+")
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def folded(text: str) -> str:
    """A text made comparable, with single spaces."""
    return _SPACES.sub(" ", text.lower() if text.isascii() else text.translate(_LETTERS)).strip()


def terms(wanted: str) -> tuple[str, ...]:
    """What somebody looks for: words, and phrases in quotation marks, made comparable. All of them have to be found."""
    quoted = re.sub("[“”„«»＂]", '"', wanted)
    found = (folded(phrase or word) for phrase, word in _TERM.findall(quoted))
    return tuple(dict.fromkeys(one for one in found if one.strip('"')))


def marked(text: str, wanted: Sequence[str]) -> tuple[tuple[bool, str], ...]:
    """A text as runs, of which those are True that one of the folded terms was found in; together they are the text."""
    letters, places = laid_out(text)
    hit = bytearray(len(text))
    for start, end in _found(letters, wanted):
        first, last = places[start], max(places[end], places[start] + 1)
        hit[first:last] = b"\1" * (last - first)
    runs: list[tuple[bool, str]] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or hit[place] != hit[start]:
            runs.append((bool(hit[start]), text[start:place]))
            start = place
    return tuple(runs)


def laid_out(text: str) -> tuple[str, tuple[int, ...]]:
    """A text folded letter by letter, with single spaces, and the place in the text that each letter comes from; one
    more place for the end."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in _LETTERS[ord(character)]:
            if one == " " and letters[-1:] == [" "]:
                continue
            letters.append(one)
            places.append(place)
    return "".join(letters), (*places, len(text))


def _found(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    for term in wanted:
        at = text.find(term)
        while at >= 0:
            yield at, at + len(term)
            at = text.find(term, at + len(term))
