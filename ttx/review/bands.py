"""Counts for everybody: in bands, and only where nobody can work out a small one from the others.

A count of fewer than K would point at somebody. It is told as "fewer than K", every other count as a band as wide, and
how many answered as a band too, since exact sums give away what a band hides. Where the bands of a question, put
together with the number that was asked, still leave only one value for a small count, none of them is told.
"""

from collections.abc import Mapping, Sequence

from ttx.review.parts import Part

K = 5
"""The smallest count that is told as more than "fewer than K", unless a review chose another; also a band's width."""
LEAST = 3
"""No review may choose less: two people know each other's answer from a count of two."""


class Band(Part):
    """A count lies between these, both included."""

    least: int
    most: int


class Banded(Part):
    """A question's counts as everybody may read them; `cells` is None where telling them would tell too much."""

    asked: int
    answered: Band
    cells: Mapping[str, Band] | None


def band(count: int, k: int = K) -> Band:
    """The band a count lies in: 0 to k - 1, k to 2 k - 1, and so on."""
    least = count // k * k
    return Band(least=least, most=least + k - 1)


def banded(cells: Mapping[str, int], answered: int, asked: int, *, several: bool, k: int = K) -> Banded:
    """The counts of a question's options in bands. `several`: one answer may count in several cells.

    Raises ValueError for a k under LEAST.
    """
    if k < LEAST:
        raise ValueError(f"Bands narrower than {LEAST} tell who said what.")
    made = {name: band(count, k) for name, count in cells.items()}
    total = band(answered, k)
    ways = possible(list(made.values()), total, asked, several=several)
    told = all(count >= k or len(way) > 1 for count, way in zip(cells.values(), ways, strict=True))
    return Banded(asked=asked, answered=total, cells=made if cells and told and answered >= k else None)


def possible(cells: Sequence[Band], answered: Band, asked: int, *, several: bool) -> list[range]:
    """The audit: the values each cell may have, as far as somebody can tell who has read the bands and knows how many
    were asked. Where one answer counts in one cell only, the cells' sum is the number of answers."""
    most = min(answered.most, asked)
    found = []
    for place, cell in enumerate(cells):
        low, high = cell.least, min(cell.most, most)
        if not several:
            others = [one for at, one in enumerate(cells) if at != place]
            low = max(low, answered.least - sum(min(one.most, most) for one in others))
            high = min(high, most - sum(one.least for one in others))
        found.append(range(low, high + 1))
    return found
