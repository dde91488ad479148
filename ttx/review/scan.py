"""Looks for what may name somebody in a text that is to leave: people, delegations, countries and demonyms, agencies,
vessels, places, addresses. Pure.

It finds too much rather than too little, since a person decides: what it finds is asked about, and what it does not
find is still read over by two people. Letters are compared folded (`folding`, which takes NFKC and more apart), then
again with letters that look alike made one, so that a Cyrillic "а" or a digit hides no name, and with single letters
put together, so that U.N.H.C.R. is UNHCR.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ttx.review.findings import GENERIC
from ttx.review.folding import folded, laid_out
from ttx.review.peoples import AGENCIES, PEOPLES, TITLES, VESSELS

LOOK_ALIKE: Mapping[int, str] = str.maketrans({
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h",
    "ԁ": "d", "ԛ": "q", "ԝ": "w", "ӏ": "l", "к": "k", "м": "m", "н": "h", "в": "b", "т": "t", "п": "n", "α": "a",
    "ε": "e", "ο": "o", "ρ": "p", "υ": "u", "ν": "v", "ι": "i", "κ": "k", "τ": "t", "χ": "x", "η": "n", "β": "b",
    "γ": "y", "ω": "w", "μ": "u", "ɑ": "a", "ɡ": "g", "ո": "n", "օ": "o", "ս": "u", "0": "o", "1": "l", "3": "e",
    "4": "a", "5": "s", "|": "l", "!": "l", "$": "s", "@": "a", "i": "l",
})  # fmt: skip
"""Folded letters of other scripts, and digits, as the Latin letters they look like (Unicode, UTS 39, the most usual
ones); an i without its dot, an l and a 1 are one stroke."""

COUNTRY = "a country or its people"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\+?\d[\d ()/.-]{7,}\d")
_TITLED = re.compile(r"(?<!\w)(?i:" + "|".join(TITLES) + r")\.?\s+(\w[\w'’-]+(?:\s+[A-Z]\w[\w'’-]*)*)")
_VESSEL = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(one) for one in VESSELS) + r")\.?\s+([\"“”']?[A-Z][\w'’-]+)")
_SPELT = re.compile(r"(?<![^\W_])([^\W_])((?:[ .\-_·]{1,2}[^\W_]){2,})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that may name somebody: where it begins and ends in the text, how it stands there, what it may be."""

    start: int
    end: int
    text: str
    what: str


@dataclass(frozen=True)
class Scan:
    """What an exercise knows the names of. `delegations` and `agencies` are id to name, the others names.

    Unless it is `own` names only, what every exercise knows is looked for too: countries, agencies, what has the shape
    of a name.
    """

    delegations: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    vessels: tuple[str, ...] = ()
    own: bool = False

    def __call__(self, text: str) -> tuple[Hit, ...]:
        """What may name somebody in a text, in its order, each place once."""
        shaped = () if self.own else _shaped(text)
        found = sorted((*self._known(text), *shaped), key=lambda one: (one.start, -one.end))
        told: list[Hit] = []
        for one in found:
            if not told or one.start >= told[-1].end:
                told.append(one)
        return tuple(told)

    def hide(self, text: str) -> str:
        """The text with what kind of name it is in place of each name: `[a delegation]`."""
        made, at = [], 0
        for one in self(text):
            made += [text[at : one.start], f"[{one.what}]"]
            at = one.end
        return "".join((*made, text[at:]))

    def _known(self, text: str) -> Iterator[Hit]:
        for letters, places, patterns in self._readings(text):
            for what, pattern in patterns.items():
                for match in pattern.finditer(letters):
                    start, end = places[match.start()], places[match.end() - 1] + 1
                    standing = text[start:end]
                    if what == COUNTRY or not _too_short(match.group(), standing):
                        yield Hit(start, end, standing, what)

    def _readings(self, text: str) -> Iterator[tuple[str, tuple[int, ...], Mapping[str, re.Pattern[str]]]]:
        letters, places = laid_out(text)
        yield letters, places, self._plain
        alike = _alike(letters)
        yield alike, places, self._alike
        joined, kept = _joined(alike)
        if joined != alike:
            yield joined, tuple(places[one] for one in kept), self._alike

    @cached_property
    def _plain(self) -> Mapping[str, re.Pattern[str]]:
        return self._patterns(lambda one: one)

    @cached_property
    def _alike(self) -> Mapping[str, re.Pattern[str]]:
        return self._patterns(_alike)

    def _patterns(self, read: Callable[[str], str]) -> Mapping[str, re.Pattern[str]]:
        whole: dict[str, set[str]] = {
            "a delegation": {one for ident, name in self.delegations.items() for one in (ident, name)},
            "a person": {word for name in self.people for word in (name, *name.split()) if len(word) >= 3},
            "an agency": {one for ident, name in self.agencies.items() for one in (ident, name)},
            "a place": set(self.places),
            "a vessel": set(self.vessels),
        }
        stems = {"a delegation": {_stem(word) for name in self.delegations.values() for word in _words(name)}}
        if not self.own:
            whole["an agency"] |= set(AGENCIES)
            stems[COUNTRY] = set(PEOPLES)
        names = dict.fromkeys((*whole, *stems))
        return {
            what: pattern
            for what in names
            if (pattern := _pattern(whole.get(what, ()), stems.get(what, ()), read)) is not None
        }


def _shaped(text: str) -> Iterator[Hit]:
    """What has the shape of a name: after a title or a ship's prefix, an address or a number to call."""
    for pattern, what in ((_TITLED, "a person"), (_VESSEL, "a vessel"), (_ADDRESS, "an address")):
        for match in pattern.finditer(text):
            if pattern is not _TITLED or match[1][0].isupper():
                yield Hit(match.start(), match.end(), match.group(), what)


def _alike(letters: str) -> str:
    return letters.translate(LOOK_ALIKE)


def _joined(letters: str) -> tuple[str, list[int]]:
    """Letters with those put together that stand one by one, and the place of each before."""
    gone = {
        match.start(2) + place
        for match in _SPELT.finditer(letters)
        for place, letter in enumerate(match[2])
        if letter in " .-_\u00b7"
    }
    kept = [place for place in range(len(letters)) if place not in gone]
    return "".join(letters[place] for place in kept), kept


def _words(name: str) -> Iterator[str]:
    """The words of a delegation's name that name it and not many."""
    for word in re.findall(r"[^\W\d_]+", name):
        if len(word) >= 5 and word[0].isupper() and folded(word) not in GENERIC:
            yield word


def _stem(word: str) -> str:
    """A word without its last vowel, where enough is left: Kestria is in Kestrian."""
    return word[:-1] if len(word) > 5 and folded(word)[-1:] in ("a", "e", "i", "o", "u", "y") else word


def _pattern(whole: Iterable[str], stems: Iterable[str], read: Callable[[str], str]) -> re.Pattern[str] | None:
    """Finds whole names and stems, read in one way; where a script parts words by spaces, at a word's beginning.

    That is looked for once and not for each name: 1,800 answers take 0.2 s and not 5.
    """
    names, begun = ({read(folded(one)) for one in some} for some in (whole, stems))
    spaced = {one for one in names if _spaced(one)}, {one for one in begun if _spaced(one)}
    parts = [_any(of, end) for of, end in zip(spaced, (r"(?:'?s)?(?!\w)", r"\w*"), strict=True)]
    at_word = "|".join(part for part in parts if part)
    elsewhere = _any({one for one in (*names, *begun) if not _spaced(one)}, "")
    found = "|".join(part for part in (rf"(?<!\w)(?:{at_word})" if at_word else "", elsewhere) if part)
    return re.compile(found) if found else None


def _any(names: Iterable[str], end: str) -> str:
    written = sorted({re.escape(one) for one in names if len(one) >= 2}, key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(written)}){end}" if written else ""


def _spaced(name: str) -> bool:
    return all(ord(letter) < 0x0590 for letter in name)


def _too_short(found: str, standing: str) -> bool:
    """Whether up to four letters are an everyday word, and no name or acronym: those are written in capitals."""
    letters = [one for one in standing if one.isalpha()]
    return len(found) <= 4 and all(ord(one) < 0x0590 for one in found) and not all(one.isupper() for one in letters[:3])
