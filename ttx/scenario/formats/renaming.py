"""New ids for injects of a file where its days come among others: which are taken there, and what they become."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_DAY = re.compile(r"^D\d+(?=-)")


class Renamed(NamedTuple):
    """An id for each of the file's, and for those that are taken a few words each: `D1-01 (on day 1) becomes D6-01`."""

    names: dict[str, str]
    told: tuple[str, ...]


def renamed(days: Iterable[tuple[int, Iterable[str]]], homes: Mapping[str, int]) -> Renamed:
    """Ids for the injects of these days, each with the number that it gets; `homes` are those that stay, and where.

    `D1-03` follows its day: on day 6 it is `D6-03`. Ids that are right already go before those that follow.
    """
    wanted = [(ident, _DAY.sub(f"D{day}", ident)) for day, idents in days for ident in idents]
    taken, names = dict.fromkeys(homes, True), {}
    told: list[str] = []
    for ident, wish in sorted(wanted, key=lambda one: one[0] != one[1]):
        free, again = wish, 2
        while free in taken:
            free, again = f"{wish[:36]}-{again}", again + 1
        taken[free] = True
        names[ident] = free
        home = homes.get(ident, homes.get(wish))
        if free != ident and (home is not None or free != wish):
            told.append(
                f"{ident} ({f'on day {home}' if home is not None else f'{wish} is in the file'}) becomes {free}"
            )
    return Renamed(names, tuple(told))


def renamed_among(
    days: Iterable[Mapping[str, Any]], there: Mapping[int, Iterable[Mapping[str, Any]]], first: int
) -> Renamed:
    """`renamed` for days as plain data, numbered from `first`; `there` are the injects of the days that stay."""
    homes = {str(one.get("id")): day for day, injects in there.items() for one in injects}
    idents = ([str(one.get("id")) for one in day.get("injects") or () if isinstance(one, dict)] for day in days)
    return renamed(enumerate(idents, first), homes)
