"""How texts are fitted to the hall's screen: which size they are set in, and where a long one is cut."""

import re
from typing import NamedTuple

_ENDS = re.compile(r"[.!?؟。।][\"'”’»)*_]*(?=\s)|\n")
"""Where a sentence, a line of a list or a paragraph ends, in the scripts exercises are written in."""


class Brief(NamedTuple):
    """As much of a text as there is room for. `whole`: it is all of it."""

    text: str
    whole: bool


def brief(text: str, most: int) -> Brief:
    """A text in Markdown of at most so many signs, cut where a sentence or a line ends, never within emphasis.

    A single sentence that is longer is cut after a word, and ends in three dots.
    """
    if len(text) <= most:
        return Brief(text, True)
    for end in reversed([one.end() for one in _ENDS.finditer(text, 0, most + 1) if one.end() <= most]):
        if text[:end].strip() and _closed(text[:end]):
            return Brief(text[:end].rstrip(), False)
    words = text[:most].rpartition(" ")[0] or text[:most]
    while not _closed(words) and " " in words:
        words = words.rpartition(" ")[0]
    return Brief(f"{words.rstrip(' ,;:')}...", False)


def step(text: str, *limits: int) -> int:
    """How many of these limits a text's length is over: 0 is set largest."""
    return sum(len(text) > limit for limit in limits)


def _closed(text: str) -> bool:
    """Whether emphasis and code that were opened are closed again."""
    return text.count("**") % 2 == 0 and text.count("`") % 2 == 0 and text.replace("**", "").count("*") % 2 == 0
