"""What players are asked or told to do, told from the names of those who get something."""

import re

_ASKED = re.compile(r"[?？؟]\s*$")
_DO = re.compile(
    r"(?:\W*\w{1,2}[.)]\s+|[-*•]\s+)?(draft|decide|write|identify|prepare|discuss|agree|propose|explain|describe|consider"
    r"|assess|confirm|choose|determine|advise|inform|notify|compare|list|verify|develop|set up|find out|convene|ask for"
    r"|rédige\w*|décide\w*|redacta\w*|decid\w*|susun|tentukan|putuskan)\s+[^\W\dA-Z]",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;,/|&\n]|\b(?:and|et|y|dan|und)\b", re.IGNORECASE)
_SMALL = re.compile(r"\b[a-z]+\b")
_LINKS = frozenset(
    ("of", "the", "for", "in", "at", "on", "to", "a", "de", "la", "le", "les", "des", "du", "el", "los", "las", "del",
     "di", "der", "die", "das", "und")
)  # fmt: skip


def is_asked(text: str) -> bool:
    """Whether a cell ends in a question mark."""
    return _ASKED.search(text) is not None


def is_told(text: str) -> bool:
    """Whether a cell is a question, begins with what to do, or is a sentence: no name says four small words."""
    return is_asked(text) or _DO.match(text) is not None or any(map(_sentence, _PARTS.split(text)))


def _sentence(part: str) -> bool:
    words = part.split()
    small = [word for word in _SMALL.findall(part) if word not in _LINKS]
    return len(words) > 4 and len(small) >= 4
