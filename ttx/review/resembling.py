"""Suggestions from plain statistics over words: which texts resemble those already coded, which are odd ones out.

TF-IDF: a word weighs the more the oftener it stands in a text and the fewer texts have it (G. Salton, C. Buckley,
"Term-weighting approaches in automatic text retrieval", Information Processing & Management 24 (1988), 513-523); two
texts are as alike as the cosine of their vectors, 0 to 1. Nothing here decides anything.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import median

from ttx.review.folding import folded

ALIKE = 0.25
"""From which likeness on one text suggests the codes of another."""
ODD = 0.5
"""An odd one is less than this share as alike to the others as is usual among the answers to its question."""
FEWEST = 4
"""Answers there must be before one of them can be odd."""

UNSPACED = (
    (0x0E00, 0x0EFF, 3), (0x1000, 0x109F, 3), (0x1780, 0x17FF, 3), (0xA9E0, 0xA9FF, 3), (0xAA60, 0xAA7F, 3),
    (0x3040, 0x30FF, 2), (0x3400, 0x9FFF, 2), (0xF900, 0xFAFF, 2), (0x20000, 0x3FFFF, 2),
)  # fmt: skip
"""Scripts that set no spaces between words, and how many characters in a row stand for one: Thai, Lao, Burmese and
Khmer three, Chinese and Japanese two."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Resembling:
    """A piece that resembles another one, `to`, which is coded."""

    piece: int
    to: int
    likeness: float


def terms(text: str) -> Iterator[str]:
    """The words of a text, made comparable; of scripts without spaces every few characters in a row."""
    run, width = "", 0
    for character in f"{folded(text)} ":
        wide = _unspaced(character)
        letter = unicodedata.category(character)[0] in "LMN"
        if run and (not letter or wide != width):
            yield from _parts(run, width)
            run = ""
        if letter:
            run, width = run + character, wide


def _parts(run: str, width: int) -> Iterator[str]:
    if width == 0:
        if len(run) > 1:
            yield run
    else:
        yield from (run[start : start + width] for start in range(max(len(run) - width + 1, 1)))


def _unspaced(character: str) -> int:
    code = ord(character)
    return next((width for first, last, width in UNSPACED if first <= code <= last), 0) if code >= 0x0E00 else 0


def weighed(texts: Mapping[int, str]) -> dict[int, Vector]:
    """Each text as a vector of length 1; one without any word has none."""
    counted = {piece: Counter(terms(text)) for piece, text in texts.items()}
    having = Counter(term for counts in counted.values() for term in counts)
    found: dict[int, Vector] = {}
    for piece, counts in counted.items():
        weights = {
            term: (1 + log(times)) * (log((1 + len(texts)) / (1 + having[term])) + 1) for term, times in counts.items()
        }
        length = sqrt(sum(weight * weight for weight in weights.values()))
        if length:
            found[piece] = {term: weight / length for term, weight in weights.items()}
    return found


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * long[term] for term, weight in short.items() if term in long)


def suggested(vectors: Mapping[int, Vector], coded: Mapping[str, Collection[int]], piece: int) -> dict[str, Resembling]:
    """For a piece the codes of those that it resembles enough, each with the one that it resembles most."""
    own = vectors.get(piece)
    if own is None:
        return {}
    pieces = {one for held in coded.values() for one in held if one != piece and one in vectors}
    close = {one: alike for one in pieces if (alike := likeness(own, vectors[one])) >= ALIKE}
    found = {}
    for code, held in coded.items():
        near = [one for one in held if one in close]
        if near and piece not in held:
            best = max(near, key=lambda one: (close[one], -one))
            found[code] = Resembling(piece, best, close[best])
    return dict(sorted(found.items(), key=lambda one: -one[1].likeness))


def resembling(vectors: Mapping[int, Vector], coded: Collection[int], among: Sequence[int]) -> list[Resembling]:
    """Of these pieces those that resemble a coded one enough, the most alike first."""
    found = []
    for piece in among:
        if piece in coded or piece not in vectors:
            continue
        alike = [(likeness(vectors[piece], vectors[one]), -one) for one in coded if one in vectors]
        if alike and max(alike)[0] >= ALIKE:
            best, to = max(alike)
            found.append(Resembling(piece, -to, best))
    return sorted(found, key=lambda one: (-one.likeness, one.piece))


def odd_ones(vectors: Mapping[int, Vector], group: Sequence[int]) -> list[tuple[int, float]]:
    """Of the answers to one question those that are far less alike to the others than is usual among them, with how
    alike they are on average; the oddest first."""
    held = [one for one in group if one in vectors]
    if len(held) < FEWEST:
        return []
    sums: dict[str, float] = defaultdict(float)
    for one in held:
        for term, weight in vectors[one].items():
            sums[term] += weight
    mean = {
        one: (sum(weight * sums[term] for term, weight in vectors[one].items()) - 1) / (len(held) - 1) for one in held
    }
    usual = median(mean.values())
    return sorted(((one, alike) for one, alike in mean.items() if alike < ODD * usual), key=lambda one: one[1])
