"""The states an exercise has been in, and what its pages showed then.

The past never changes, so whatever was made of it stays good. A region looked the same until an entry touched it:
what makes live pages converge also says which drawing of a region still holds.
"""

from bisect import bisect_right
from collections.abc import Callable
from threading import Lock

from markupsafe import Markup

from ttx.exercise.entries import Logged
from ttx.exercise.state import State, apply, begin, fold
from ttx.pages import regions
from ttx.pages.around import Around
from ttx.pages.environment import Pages
from ttx.pages.regions import Audience
from ttx.pages.touches import Touch, touches
from ttx.scenario.editions import Edition
from ttx.scenario.graph import Graph

EVERY = 50
"""Entries between two states that are kept. States share what did not change, and going from one kept state to the
next takes a millisecond."""

DRAWN_AT_MOST = 5000
"""Drawings kept, of some 4 KB each. Moving by one entry then draws a region or two instead of a tablet's 70."""


class Past:
    """The record of one exercise as far as it was read. May be asked from several threads."""

    def __init__(self, graph: Graph, pages: Pages, read: Callable[[int], list[Logged]]) -> None:
        """`read` gives the entries after a seq."""
        self.graph, self.pages = graph, pages
        self.entries: list[Logged] = []
        self._read = read
        self._last = begin(graph.scenario)
        self._kept = [self._last]
        self._touched: dict[str, list[tuple[int, Touch]]] = {}
        self._drawn: dict[tuple[Audience, str, int], Markup] = {}
        self._reading = Lock()

    def read_on(self) -> None:
        """Take in what has been recorded since the last time. Raises NotRead."""
        with self._reading:
            for logged in self._read(self._last.seq):
                after = apply(self._last, logged)
                for touch in touches(self.graph, self._last, after, logged):
                    self._touched.setdefault(touch.region, []).append((logged.seq, touch))
                self.entries.append(logged)
                self._last = after
                if len(self.entries) % EVERY == 0:
                    self._kept.append(after)

    @property
    def seq(self) -> int:
        """The last entry that was read."""
        return self._last.seq

    def at(self, seq: int) -> State:
        """The state as it was after this entry; one that was shredded changes nothing."""
        place = bisect_right(self.entries, seq, key=lambda logged: logged.seq)
        near = min(place // EVERY, len(self._kept) - 1)
        return fold(self._kept[near], self.entries[near * EVERY : place])

    def draw(self, edition: Edition, state: State, audience: Audience, region: str) -> Markup:
        """A region of an audience's page at one of these states, from the edition of its language.

        Who was connected is no part of the record, so nobody is.
        """
        key = (audience, region, self._touch(audience, region, state.seq))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = regions.draw(self.pages, edition, state, Around(), audience, region)
            if len(self._drawn) >= DRAWN_AT_MOST:
                self._drawn.clear()
            self._drawn[key] = drawn
        return drawn

    def _touch(self, audience: Audience, region: str, seq: int) -> int:
        """The entry that last touched this region of this audience's page up to a seq; 0 if none did."""
        there = self._touched.get(region, [])
        for place in range(bisect_right(there, seq, key=lambda one: one[0]) - 1, -1, -1):
            if there[place][1].concerns(audience):
                return there[place][0]
        return 0
