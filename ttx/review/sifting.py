"""Evidence sifted: by what it is about, who said it and the words in it, with how much each choice would leave."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ttx.review.evidence import Item, Kind, read
from ttx.review.folding import folded, terms

NONE = "-"
"""Chooses what is not tied to any."""


@dataclass(frozen=True, slots=True)
class Sift:
    """What is looked for; an empty field takes everything. `earlier`: also versions that were revised since.

    `question` is one of an inject, as D1-03/q2; figures lead to its answers by it.
    """

    words: str = ""
    kind: str = ""
    objective: str = ""
    capability: str = ""
    phase: str = ""
    inject: str = ""
    delegation: str = ""
    table: str = ""
    storyline: str = ""
    sense: str = ""
    code: str = ""
    question: str = ""
    earlier: bool = False

    @property
    def chooses(self) -> bool:
        """Whether anything is left out but earlier versions."""
        return any(getattr(self, name) for name in ("words", "question", *FACETS))


FACETS = ("kind", "sense", "objective", "capability", "phase", "inject", "delegation", "table", "storyline", "code")
"""What can be chosen by, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """What was found, and for each facet how much each of its values would leave, the other choices standing."""

    items: tuple[Item, ...]
    counts: Mapping[str, Mapping[str, int]]


def sifted(items: Sequence[Item], sift: Sift) -> Sifted:
    """The items that fit, in their order. The words of a search are all to be found, an id finds its item alone."""
    wanted = terms(sift.words)
    exact = read(sift.words)
    standing = [one for one in items if sift.earlier or one.since is None or one.seq == exact]
    if sift.question:
        standing = [one for one in standing if f"{one.inject}/{one.question}" == sift.question]
    if wanted:
        standing = [one for one in standing if one.seq == exact or all(term in haystack(one) for term in wanted)]
    chosen = {name: value for name in FACETS if (value := getattr(sift, name))}
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    found = []
    for one in standing:
        missed = [name for name, value in chosen.items() if value not in values(one, name)]
        if not missed:
            found.append(one)
        if len(missed) <= 1:
            for name in missed or FACETS:
                counts[name].update(values(one, name))
    return Sifted(tuple(found), counts)


def values(item: Item, facet: str) -> tuple[str, ...]:
    """What an item is counted under; `NONE` where it is tied to nothing of the kind."""
    match facet:
        case "kind":
            return (item.kind.value,)
        case "objective":
            return item.objectives or (NONE,)
        case "capability":
            return item.capabilities or (NONE,)
        case "code":
            return item.codes or (NONE,)
        case "delegation":
            return (item.delegation or NONE,)
        case "sense":
            return (item.sense,) if item.sense and item.kind is not Kind.VOTE else (NONE,)
        case _:
            return (getattr(item, facet) or NONE,)


@lru_cache(maxsize=20_000)
def haystack(item: Item) -> str:
    """The words an item is found by: its own, what was asked, whose it is as the reader knows him, and its id."""
    said = (item.text, item.ask, item.inject or "", item.title, item.name or "", item.table or "", item.id)
    return folded("\n".join(said))


def pages(items: Sequence[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in pages; one empty page where there are none."""
    yield from (tuple(items[start : start + size]) for start in range(0, max(len(items), 1), size))
