"""Who shows what: sockets by audience, what each still has to get, and the frames that bring it.

A socket holds no queue but a set of region ids that are dirty. A slow one's set is bounded by its page, and
when it drains it gets the latest of each; nobody waits for it.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from ttx.live.measures import Spread
from ttx.live.wire import Framed, Wire
from ttx.pages.around import Device, Place
from ttx.pages.regions import Audience

logger = structlog.get_logger(__name__)

Close = Callable[[int, str], None]

NOTHING: frozenset[str] = frozenset()


@dataclass(eq=False, slots=True)
class Member:
    """One open socket of an audience, and by which session or token it is there. `dirty` is what it has missed: one
    frozen set for all that missed the same, so that a thousand of them are compared by identity.

    One that is only `watching` a delegation's page does not make the delegation present.
    """

    audience: Audience
    seat: str
    session: str
    wire: Wire
    close: Close
    dirty: frozenset[str] = NOTHING
    watching: bool = False

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.audience.seat.delegation, self.audience.seat.table

    @property
    def device(self) -> Device:
        """Which device it is on."""
        return self.session, self.seat


Draw = Callable[[Audience, str], str | None]
"""Draws a region for an audience; None when the audience has no such region (any more)."""

Gone = Callable[[Audience, str], bool]
"""Whether an audience may be told that a region is gone."""

Drawn = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]
"""Regions with their HTML, and those that are gone. Equal ones become one frame, whoever gets it."""


class Fanout:
    """The sockets of one exercise in this process."""

    def __init__(self, spread: Spread | None = None) -> None:
        """`spread` learns how long each release took to reach its last socket."""
        self._members: dict[Audience, set[Member]] = {}
        self._spread = spread
        self._spreading: list[tuple[float, set[Member]]] = []

    def join(self, member: Member) -> None:
        """A socket says it shows this audience's page."""
        self._members.setdefault(member.audience, set()).add(member)

    def leave(self, member: Member) -> None:
        """A socket is gone."""
        members = self._members.get(member.audience)
        if members is not None:
            members.discard(member)
            if not members:
                del self._members[member.audience]
        for _, lack in self._spreading:
            lack.discard(member)

    def members(self) -> list[Member]:
        """A snapshot of all sockets, safe to iterate over while some leave."""
        return [member for members in self._members.values() for member in members]

    def audiences(self) -> list[Audience]:
        """The audiences present."""
        return list(self._members)

    def mark(self, audience: Audience, regions: Iterable[str]) -> None:
        """These regions of an audience's page are out of date."""
        dirty = frozenset(regions)
        if dirty:
            for member in self._members.get(audience, ()):
                member.dirty = member.dirty | dirty if member.dirty else dirty

    def spreads(self, since: float) -> None:
        """Something was released at this monotonic time, and all that lack it are marked."""
        self._spreading.append((since, {member for member in self.members() if member.dirty}))

    def flush(self, seq: int, draw: Draw, gone: Gone, members: Iterable[Member] | None = None) -> None:
        """Write to every socket that can take it what it is missing, each distinct frame made once.

        `seq` is the log's head that the drawings show. A frame with nothing in it still tells the seq to the
        sockets named in `members`.
        """
        same: dict[Drawn, Framed] = {}
        told = members is not None
        for audience, group in self._by_audience(members):
            frames: dict[frozenset[str], Framed] = {}
            for member in group:
                wanted = member.dirty
                if not wanted and not told:
                    continue
                framed = frames.get(wanted)
                if framed is None:
                    drawn = drawings(audience, wanted, draw, gone)
                    framed = same.get(drawn)
                    if framed is None:
                        framed = same[drawn] = Framed(frame(seq, drawn))
                    frames[wanted] = framed
                if member.wire.write(framed):
                    member.dirty = NOTHING
        if self._spreading:
            self._arrived()

    def _arrived(self) -> None:
        """Measure what has reached the last socket that lacked it; one that left lacks nothing."""
        for since, lack in list(self._spreading):
            lack -= {member for member in lack if not member.dirty}
            if not lack:
                self._spreading.remove((since, lack))
                if self._spread is not None:
                    self._spread.add(time.monotonic() - since)

    def _by_audience(self, members: Iterable[Member] | None) -> list[tuple[Audience, list[Member]]]:
        """These sockets or all, a snapshot: some may leave while they are written to."""
        if members is None:
            return [(audience, list(group)) for audience, group in self._members.items()]
        return [(member.audience, [member]) for member in members]


def drawings(audience: Audience, wanted: Iterable[str], draw: Draw, gone: Gone) -> Drawn:
    """What these regions of a page show now, and which of them are gone."""
    regions: list[tuple[str, str]] = []
    left: list[str] = []
    for region in sorted(wanted):
        try:
            html = draw(audience, region)
            if html is not None:
                regions.append((region, html))
            elif gone(audience, region):
                left.append(region)
        except Exception:  # one region that cannot be drawn must not darken all the others
            logger.exception("drawing", region=region)
    return tuple(regions), tuple(left)


def frame(seq: int, drawn: Drawn) -> str:
    """The frame that brings a page these regions up to `seq`: `{"seq", "regions": {id: html}, "gone": [id]}`."""
    regions, left = drawn
    said = {"seq": seq, "regions": dict(regions), "gone": left}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
