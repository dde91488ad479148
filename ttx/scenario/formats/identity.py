"""Ids for injects made of the numbers that a list gives them, and which inject is another's child: 5-A of 5."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ttx.scenario.findings import listed
from ttx.scenario.formats.rows import Entry

_IDENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_CHILD = re.compile(r"(.*\d)\s*[-._/ ]?\s*(?:\(?([A-Za-z])\)?|([ivx]+))|(.*\d)[-._/](\d{1,2})")


@dataclass(slots=True)
class Identity:
    """Ids by entry (its identity as an object), whose child an entry is, and whose children it has."""

    of: dict[int, str] = field(default_factory=dict)
    parent: dict[int, Entry] = field(default_factory=dict)
    children: dict[int, list[Entry]] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)


def identities(days: Sequence[Sequence[Entry]]) -> Identity:
    """An id for every entry of these days, unique in all of them."""
    found = Identity()
    _families(days, found)
    said = [[_said(entry) for entry in entries] for entries in days]
    counts = Counter(text for texts in said for text in texts if text)
    width = max([2, *(len(match[1]) for text in counts if (match := re.fullmatch(r"\D*(\d{1,4}).*", text)))])
    taken: set[str] = set()
    changed: list[str] = []
    made: list[str] = []
    doubled: list[str] = []
    # Numbers that are given come first, so that what is made up for other rows gives way to them.
    for given in (True, False):
        for number, (entries, texts) in enumerate(zip(days, said, strict=True), 1):
            position = 0
            for entry, text in zip(entries, texts, strict=True):
                position += id(entry) not in found.parent
                if bool(text) is not given:
                    continue
                whole = _IDENT.fullmatch(text) is not None
                ident = text if whole else _ident(text, number, width) if text else f"D{number}-{position:02}"
                free = _free(ident, taken)
                taken.add(free)
                found.of[id(entry)] = free
                if not text:
                    made.append(f"row {entry.row} is {free}")
                elif not whole:
                    changed.append(f"{text} is {free}")
                if text and free != ident:
                    doubled.append(f"{text} in row {entry.row} is {free}")
    if changed:
        found.guessed.append(f"Ids were made of the numbers in the list: {listed(changed, most=4)}.")
    if made:
        found.guessed.append(f"Rows without a number got one: {listed(made, most=6)}.")
    if doubled:
        found.guessed.append(f"Numbers that are given twice were told apart: {listed(doubled, most=6)}.")
    return found


def _said(entry: Entry) -> str:
    return " ".join(entry.text("id").split("\n")[0].split())


def _ident(text: str, day: int, width: int) -> str:
    """`12` of the second day as D2-12, `5-A` as D2-05A, anything else as what is left of it."""
    bare = re.sub(
        r"(?i)^(inject|inj\.?|event|msel|serial|item|message|no\.?|nr\.?|#)[\s.#:_-]*(?=([a-z][\s._-]?)?\d)",
        "",
        text.strip(" .#()"),
    )
    if match := re.fullmatch(r"(\d{1,6})(?:\s*[-._/ ]?\s*\(?([A-Za-z]{1,2})\)?)?", bare):
        return f"D{day}-{int(match[1]):0{width}}{(match[2] or '').upper()}"
    if match := re.fullmatch(r"(\d{1,4})[-._/](\d{1,3})([A-Za-z]?)", bare):
        return f"D{day}-{int(match[1]):0{width}}-{int(match[2])}{match[3].upper()}"
    words = re.sub(r"[^A-Za-z0-9_]+", "-", bare).strip("-_")
    if not words:
        return f"D{day}-X"
    return (words if words[0].isalpha() else f"D{day}-{words}")[:36]


def _free(ident: str, taken: set[str]) -> str:
    free, number = ident, 2
    while free in taken:
        free, number = f"{ident[:36]}-{number}", number + 1
    return free


def _families(days: Sequence[Sequence[Entry]], found: Identity) -> None:
    """Finds children by their numbers, each on its parent's day, unless most numbers look like children's."""
    pairs = [pair for entries in days for pair in _pairs(entries)]
    if len(pairs) > sum(map(len, days)) * 0.6:
        return
    for child, parent in pairs:
        found.parent[id(child)] = parent
        found.children.setdefault(id(parent), []).append(child)


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The entries of a day whose number is another's with something behind it, each with that other."""
    by_number: dict[str, Entry] = {}
    for entry in entries:
        by_number.setdefault(_said(entry).casefold().lstrip("0"), entry)
    for entry in entries:
        match = _CHILD.fullmatch(_said(entry))
        if match is None:
            continue
        base = (match[1] or match[4] or "").strip(" -._/").casefold().lstrip("0")
        parent = by_number.get(base)
        if parent is not None and parent is not entry:
            yield entry, parent
