"""A day's blocks in the course of its time: one changes its place, and what comes after moves along.

A block is a session, break or talk. Its injects keep their distance to its start.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from ttx.scenario.drafting import Drafting, NotChanged, Piece, Spot
from ttx.scenario.findings import listed
from ttx.scenario.material import Location
from ttx.scenario.requests import MoveSession

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAY = 24 * 60


def moment(written: object, instead: int) -> int:
    """Minutes since midnight of a clock time; `instead` where it is none."""
    found = _CLOCK.fullmatch(written) if isinstance(written, str) else None
    return int(found[1]) * 60 + int(found[2]) if found else instead


def clock(minutes: int) -> str:
    """The clock time so many minutes after midnight, on the same day."""
    hours, rest = divmod(min(max(minutes, 0), _DAY - 1), 60)
    return f"{hours:02}:{rest:02}"


def move_session(files: Drafting, asked: MoveSession) -> str:
    """Put a block elsewhere in the day: those between make room, pauses stay where they were, injects go along."""
    blocks = _blocks(files, asked.day)
    going = _named(blocks, asked.session, asked.day)
    place = blocks.index(_named(blocks, asked.after, asked.day)) + 1 if asked.after is not None else 0
    here = blocks.index(going)
    if asked.after == asked.session:
        raise NotChanged(f"{asked.session} cannot stand after itself. Choose another place.")
    if place - (here < place) == here:
        raise NotChanged(f"{asked.session} stands there already.")
    new = [one for one in blocks if one is not going]
    new.insert(place - (here < place), going)
    pauses = [max(0, _start(later) - _end(one)) for one, later in pairwise(blocks)] + [0]
    by, time = dict[str, int](), _start(blocks[0])
    for one, pause in zip(new, pauses, strict=True):
        by[str(one.piece["id"])] = time - _start(one)
        time += _length(one) + pause
    shift(files, asked.day, by)
    _in_order(files, asked.day, [str(one.piece["id"]) for one in blocks], [str(one.piece["id"]) for one in new])
    where = f"after {asked.after}" if asked.after is not None else "to its beginning"
    return f"Moved session {asked.session} on day {asked.day}, {where}; injects go along."


def along(files: Drafting, before: Spot, now: Piece) -> str:
    """Let a block's injects follow its new start, and what came after it its new end. The sentence about it, if any."""
    after = Spot(before.file, before.day, before.place, now)
    by = {
        str(one.piece["id"]): _end(after) - _end(before)
        for one in _blocks(files, before.day)
        if one.place != before.place and _start(one) >= _end(before)
    }
    moved = [name for name, minutes in by.items() if minutes]
    started = _start(after) - _start(before)
    shift(files, before.day, by)
    _shift_injects(files, before.day, {str(now.get("id")): started})
    if not moved:
        return ""
    minutes = _end(after) - _end(before)
    how = f"{abs(minutes)} minutes {'later' if minutes > 0 else 'earlier'}"
    return f"What comes after it ({listed(moved)}) begins {how}."


def shift(files: Drafting, day: int, by: Mapping[str, int]) -> None:
    """Let blocks begin so many minutes later, by their ids, with their injects. Raises NotChanged beyond midnight."""
    starts: dict[Location, object] = {}
    for spot in _blocks(files, day):
        if not (minutes := by.get(str(spot.piece["id"]), 0)):
            continue
        start = _start(spot) + minutes
        if start < 0 or start + _length(spot) > _DAY:
            raise NotChanged(
                f"Session {spot.piece['id']} would then not lie on day {day} any more. Shorten something first."
            )
        starts["sessions", spot.place, "start"] = clock(start)
    files.write_all(files.day(day), starts)
    _shift_injects(files, day, by)


def _shift_injects(files: Drafting, day: int, by: Mapping[str, int]) -> None:
    times: dict[Location, object] = {}
    for spot in files.listed(day, "injects"):
        minutes = by.get(str(spot.piece.get("session")), 0)
        at = moment(spot.piece.get("at"), -1)
        if minutes and at >= 0:
            times[*spot.inject, "at"] = clock(at + minutes)
    files.write_all(files.day(day), times)


def _in_order(files: Drafting, day: int, before: list[str], now: list[str]) -> None:
    """Let the injects of the file follow the new order of the blocks, if they followed the old one."""
    injects = files.listed(day, "injects")
    sessions = [str(spot.piece.get("session")) for spot in injects]
    known = all(session in before for session in sessions) and [spot.place for spot in injects] == list(
        range(len(injects))
    )
    if not known or sessions != sorted(sessions, key=before.index):
        return
    order = sorted(range(len(injects)), key=lambda place: now.index(sessions[place]))
    files.write(files.day(day), ("injects",), [injects[place].piece for place in order])
    files.put |= {str(injects[place].piece.get("id")) for to, place in enumerate(order) if to != place}


def _blocks(files: Drafting, day: int) -> list[Spot]:
    """The blocks that have an id, as they follow each other in time."""
    return sorted((spot for spot in files.listed(day, "sessions") if "id" in spot.piece), key=_start)


def _named(blocks: list[Spot], ident: str | None, day: int) -> Spot:
    for spot in blocks:
        if spot.piece["id"] == ident:
            return spot
    raise NotChanged(f"There is no session {ident} on day {day}. Look at its agenda again.")


def _start(block: Spot) -> int:
    return moment(block.piece.get("start"), 9 * 60)


def _length(block: Spot) -> int:
    minutes = block.piece.get("minutes")
    return minutes if isinstance(minutes, int) and not isinstance(minutes, bool) else 0


def _end(block: Spot) -> int:
    return _start(block) + _length(block)
