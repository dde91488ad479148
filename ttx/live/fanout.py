"""Who shows what: sockets by audience, what each still has to get, and the frames that bring it.

A socket holds no queue but a set of region ids that are dirty. A slow one's set is bounded by its page, and
when it drains it gets the latest of each; nobody waits for it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import structlog

from ttx.live.wire import Framed, Wire
from ttx.pages.around import Device, Place
from ttx.pages.regions import Audience

logger = structlog.get_logger(__name__)

Close = Callable[[int, str], None]


@dataclass(eq=False, slots=True)
class Member:
    """One open socket of an audience, and by which session or token it is there. `dirty` is what it has missed.

    One that is only `watching` a delegation's page does not make the delegation present.
    """

    audience: Audience
    seat: str
    session: str
    wire: Wire
    close: Close
    dirty: set[str] = field(default_factory=set)
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


class Fanout:
    """The sockets of one exercise in this process."""

    def __init__(self) -> None:
        self._members: dict[Audience, set[Member]] = {}

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

    def members(self) -> list[Member]:
        """A snapshot of all sockets, safe to iterate over while some leave."""
        return [member for members in self._members.values() for member in members]

    def audiences(self) -> list[Audience]:
        """The audiences present."""
        return list(self._members)

    def mark(self, audience: Audience, regions: Iterable[str]) -> None:
        """These regions of an audience's page are out of date."""
        dirty = set(regions)
        if dirty:
            for member in self._members.get(audience, ()):
                member.dirty |= dirty

    def flush(self, seq: int, draw: Draw, gone: Gone, members: Iterable[Member] | None = None) -> None:
        """Write to every socket that can take it what it is missing, each distinct frame made once.

        `seq` is the log's head that the drawings show. A frame with nothing in it still tells the seq to the
        sockets named in `members`.
        """
        frames: dict[tuple[Audience, frozenset[str]], Framed] = {}
        same: dict[str, Framed] = {}
        for member in list(members) if members is not None else self.members():
            if not member.dirty and members is None:
                continue
            wanted = frozenset(member.dirty)
            framed = frames.get((member.audience, wanted))
            if framed is None:
                text = frame(seq, member.audience, wanted, draw, gone)
                framed = frames[member.audience, wanted] = same.setdefault(text, Framed(text))
            if member.wire.write(framed):
                member.dirty -= wanted


def frame(seq: int, audience: Audience, wanted: Iterable[str], draw: Draw, gone: Gone) -> str:
    """The frame that brings a page these regions up to `seq`: `{"seq", "regions": {id: html}, "gone": [id]}`."""
    regions: dict[str, str] = {}
    left: list[str] = []
    for region in sorted(wanted):
        try:
            html = draw(audience, region)
            if html is not None:
                regions[region] = html
            elif gone(audience, region):
                left.append(region)
        except Exception:  # one region that cannot be drawn must not darken all the others
            logger.exception("drawing", region=region)
    return json.dumps({"seq": seq, "regions": regions, "gone": left}, ensure_ascii=False, separators=(",", ":"))
