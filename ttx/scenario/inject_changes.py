"""What an author does to injects: write, add, duplicate, delete, move, connect. Each gives the history's sentence."""

import re
from collections.abc import Sequence

from ttx.scenario import links
from ttx.scenario.drafting import HEAD, Drafting, NotChanged, Piece, Spot
from ttx.scenario.findings import listed
from ttx.scenario.material import exact
from ttx.scenario.merging import applied
from ttx.scenario.requests import (
    AddInject,
    Connect,
    DeleteInject,
    Disconnect,
    DuplicateInject,
    MoveInject,
    WriteInject,
)
from ttx.scenario.timetable import clock, moment
from ttx.scenario.translations import reserved

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_NUMBERED = re.compile(r"(.*?)(\d+)[A-Za-z]?")


def write_inject(files: Drafting, asked: WriteInject) -> str:
    """Set fields; a new id is taken over by all that name the inject."""
    spot = files.inject(asked.inject, asked.day, asked.base)
    new = asked.fields.get("id", asked.inject)
    if new != asked.inject:
        _check_id(files, new)
    piece = _placed(files, applied(spot.piece, asked.fields))
    files.write(spot.file, spot.inject, piece)
    files.own.add(str(new))
    if new == asked.inject:
        names = [name for name in asked.fields if exact(piece.get(name)) != exact(spot.piece.get(name))]
        return f"Changed {asked.inject}: {listed(names)}."
    files.renamed[str(new)] = asked.inject
    if not any(other.piece.get("id") == asked.inject for other in files.injects()):
        links.rename(files, asked.inject, str(new))
    return f"Renamed {asked.inject}; it is {new} now, also where others name it."


def add_inject(files: Drafting, asked: AddInject) -> str:
    """A new inject with a start for every field it must have."""
    day = files.listed(asked.day, "injects")
    before = files.inject(asked.after, asked.day) if asked.after is not None else None
    ident = asked.fields.get("id")
    if ident is None:
        ident = _free_id(files, asked.day)
    _check_id(files, ident)
    neighbour = before or next(iter(day), None)
    session = asked.fields.get("session") or _session(files, asked.day, neighbour)
    start: Piece = {
        "id": ident,
        "kind": "contextual",
        "title": "New development",
        "at": _time(files, asked.day, day, before, session),
        "minutes": 15,
        "session": session,
        "to": "all",
        "sender": "",
        "channel": "briefing",
        "text": "",
    }
    piece = _placed(files, applied(start, {**asked.fields, "id": ident}))
    if asked.joins is not None:
        piece |= {"next": [asked.joins]}
    files.insert(files.day(asked.day), ("injects",), before.place + 1 if before else 0, piece)
    if asked.joins is not None:
        links.between(files, asked.day, str(ident), asked.joins)
    where = f"after {asked.after}" if before else "as its first inject"
    return f"Added {ident} to day {asked.day}, {where}."


def _placed(files: Drafting, piece: Piece) -> Piece:
    """The inject with the ids of places whose names stand in its map steps: people type what the map shows."""
    steps = piece.get("map")
    chart = files.data(HEAD).get("map")
    places = chart.get("places") if isinstance(chart, dict) else None
    if not isinstance(steps, list) or not isinstance(places, dict):
        return piece
    ids = {str(one.get("name")).casefold(): ident for ident, one in places.items() if isinstance(one, dict)}
    for step in [one for one in steps if isinstance(one, dict)]:
        for field in ("to", "place"):
            word = step.get(field)
            if isinstance(word, str) and word not in places:
                step[field] = ids.get(word.strip().casefold(), word)
    return piece


def duplicate_inject(files: Drafting, asked: DuplicateInject) -> str:
    """A copy right below, under the next free id, when the original is over."""
    spot = files.inject(asked.inject)
    ident = _free_id(files, spot.day)
    at = _time(files, spot.day, files.listed(spot.day, "injects"), spot, spot.piece.get("session"))
    files.insert(spot.file, ("injects",), spot.place + 1, {**spot.piece, "id": ident, "at": at})
    return f"Duplicated {asked.inject} as {ident}."


def delete_inject(files: Drafting, asked: DeleteInject) -> str:
    """Take it out, when what led to it leads on."""
    spot = files.inject(asked.inject, base=asked.base)
    links.forget(files, spot)
    files.write(spot.file, spot.inject, None)
    return f"Deleted {asked.inject}."


def move_inject(files: Drafting, asked: MoveInject) -> str:
    """Put it elsewhere, in the session that is named or its new neighbour's, at a time of that session."""
    spot = files.inject(asked.inject)
    file = files.day(asked.day)
    named = files.session(asked.day, asked.session).piece["id"] if asked.session is not None else None
    before = files.inject(asked.after, asked.day) if asked.after is not None else None
    to = before.place + 1 if before else 0
    if file == spot.file and named not in (None, spot.piece.get("session")) and to in (spot.place, spot.place + 1):
        to = spot.place  # It only goes over into the session beside it.
    elif file == spot.file:
        to -= spot.place < to
        if before is not None and before.place == spot.place:
            raise NotChanged(f"{asked.inject} cannot stand after itself. Choose another place.")
        if to == spot.place:
            raise NotChanged(f"{asked.inject} stands there already.")
        files.move(file, ("injects",), spot.place, to)
    else:
        files.carry(spot, file, to)
    files.put.add(asked.inject)
    now = files.listed(asked.day, "injects")
    place = next(n for n, other in enumerate(now) if other.place == to)
    others = [before] if before else now[place + 1 : place + 2]
    session = named or _session(files, asked.day, next(iter(others), None))
    if session and (session != spot.piece.get("session") or file != spot.file):
        at = _time(files, asked.day, now, before if before and before.piece["id"] != asked.inject else None, session)
        files.write(file, ("injects", to, "session"), session)
        files.write(file, ("injects", to, "at"), at)
    where = f"after {asked.after}" if before else "to its beginning"
    if asked.session is not None and asked.after == asked.inject:
        where = f"into the session {files.session(asked.day, asked.session).piece.get('title') or asked.session}"
    return (
        f"Moved {asked.inject} on day {asked.day}, {where}."
        if file == spot.file
        else (f"Moved {asked.inject} from day {spot.day} to day {asked.day}, {where}.")
    )


def connect(files: Drafting, asked: Connect) -> str:
    """Let an inject lead to one more, or an option to another one."""
    spot, target = files.inject(asked.source), files.inject(asked.target)
    if asked.source == asked.target:
        raise NotChanged(f"{asked.source} cannot lead to itself. Choose another inject.")
    for one in (spot, target):
        if links.reserve(one.piece):
            raise NotChanged(
                f"{one.piece['id']} is held in reserve, so no path leads through it. Change its kind first."
            )
    files.own.add(asked.source)
    there = links.options(spot.piece)
    if links.decides(spot.piece):
        if asked.option is None:
            raise NotChanged(f"{asked.source} is a decision. Say by which option it leads to {asked.target}.")
        if there.get(asked.option, {}).get("next") == asked.target:
            raise NotChanged(f"Option {asked.option} of {asked.source} leads to {asked.target} already.")
        option = {"label": f"Option {asked.option}", **there.get(asked.option, {}), "next": asked.target}
        branch = spot.piece.get("branch")
        others = branch if isinstance(branch, dict) else {}
        kept = others.get("options")
        options = {**(kept if isinstance(kept, dict) else {}), asked.option: option}
        files.write(spot.file, (*spot.inject, "branch"), {**others, "options": options})
        return f"Option {asked.option} of {asked.source} leads to {asked.target}."
    if asked.option is not None:
        raise NotChanged(f"{asked.source} is no decision and has no option {asked.option}. Make it a decision first.")
    now = links.successors(files.listed(spot.day, "injects"), spot)
    if asked.target in now:
        raise NotChanged(f"{asked.source} leads to {asked.target} already.")
    _set_next(files, spot, [*now, asked.target])
    return f"{asked.source} leads to {listed([*now, asked.target])}."


def disconnect(files: Drafting, asked: Disconnect) -> str:
    """Let an inject lead to one less, or a decision have one option less."""
    spot = files.inject(asked.source)
    files.own.add(asked.source)
    if links.decides(spot.piece):
        return _drop_option(files, spot, asked)
    now = links.successors(files.listed(spot.day, "injects"), spot)
    if asked.option is not None or asked.target not in now:
        raise NotChanged(
            f"{asked.source} does not lead to {asked.target}{f' by {asked.option}' if asked.option else ''}."
        )
    rest = [word for word in now if word != asked.target]
    _set_next(files, spot, rest)
    return f"{asked.source} no longer leads to {asked.target}" + (f", but to {listed(rest)}." if rest else ".")


def _drop_option(files: Drafting, spot: Spot, asked: Disconnect) -> str:
    there = links.options(spot.piece)
    keys = [key for key, one in there.items() if one.get("next") == asked.target and asked.option in (None, key)]
    if not keys:
        raise NotChanged(f"{asked.source} does not lead to {asked.target} by this option. Look at its options again.")
    if len(keys) > 1:
        raise NotChanged(f"{asked.source} leads to {asked.target} by {listed(keys)}. Say which option is to go.")
    if len(there) < 3:
        raise NotChanged(f"{asked.source} needs two options. Let option {keys[0]} lead elsewhere instead.")
    files.write(spot.file, (*spot.inject, "branch", "options", keys[0]), None)
    branch = spot.piece.get("branch")
    if isinstance(branch, dict) and branch.get("default") == keys[0]:
        files.write(spot.file, (*spot.inject, "branch", "default"), None)
        return f"Took option {keys[0]} from {asked.source}, which was its default; choose another default."
    return f"Took option {keys[0]} from {asked.source}."


def _set_next(files: Drafting, spot: Spot, words: list[str]) -> None:
    """Write `next`, or leave it out where the order of the file says the same."""
    implied = links.following(files.listed(spot.day, "injects"), spot.place)
    files.write(spot.file, (*spot.inject, "next"), None if words == implied else words)


def _check_id(files: Drafting, ident: object) -> None:
    if not isinstance(ident, str) or not _ID.fullmatch(ident):
        raise NotChanged(
            f"'{ident}' cannot be an inject's id. Begin with a letter, and go on with letters, digits, - and _, "
            "40 at most."
        )
    if reserved(ident):
        raise NotChanged(f"'{ident}' names a part of the whole scenario, so no inject can have it as its id.")
    if other := [spot for spot in files.injects() if spot.piece.get("id") == ident]:
        raise NotChanged(f"{ident} is the id of another inject, on day {other[0].day}. Choose another one.")


def _free_id(files: Drafting, day: int) -> str:
    """The next number after the highest one that the day's ids have, as they are numbered: D1-03 leads to D1-10."""
    ids = [str(spot.piece.get("id")) for spot in files.listed(day, "injects")]
    found = [match for ident in ids if _may_be_id(ident) and (match := _NUMBERED.fullmatch(ident))]
    heads = [match[1] for match in found]
    head = max(heads, key=heads.count) if heads else f"D{day}-"
    numbers = [match[2] for match in found if match[1] == head]
    width = min(map(len, numbers), default=2)
    taken = {str(spot.piece.get("id")) for spot in files.injects()}
    number = max(map(int, numbers), default=0) + 1
    while (ident := f"{head}{number:0{width}}") in taken:
        number += 1
    if _may_be_id(ident):
        return ident
    number = 1
    while (ident := f"D{day}-{number:02}") in taken:
        number += 1
    return ident


def _may_be_id(ident: object) -> bool:
    return isinstance(ident, str) and _ID.fullmatch(ident) is not None and not reserved(ident)


def _session(files: Drafting, day: int, neighbour: Spot | None) -> str:
    """The neighbour's session; without one, the day's first that is no break."""
    if neighbour is not None and isinstance(session := neighbour.piece.get("session"), str):
        return session
    sessions = [spot.piece for spot in files.listed(day, "sessions")]
    work = [one for one in sessions if one.get("kind", "session") == "session"] or sessions
    return str(work[0].get("id", "")) if work else ""


def _time(files: Drafting, day: int, injects: Sequence[Spot], before: Spot | None, session: object) -> str:
    """When the one before is over, if it is in this session, but before the session is over and no later than the next
    one there that begins after it; else the session's beginning."""
    agenda = next((one.piece for one in files.listed(day, "sessions") if one.piece.get("id") == session), {})
    start = moment(agenda.get("start"), 9 * 60)
    if before is None or before.piece.get("session") != session:
        return clock(start)
    minutes, length = before.piece.get("minutes", 15), agenda.get("minutes")
    begun = moment(before.piece.get("at"), start)
    over = begun + max(1, minutes if isinstance(minutes, int) else 15)
    end = start + length if isinstance(length, int) else 24 * 60
    # What begins with the one before it is another arm or another version of it, and no bound.
    behind = (one.piece for one in injects if one.place > before.place and one.piece.get("session") == session)
    later = (at for one in behind if not links.reserve(one) and (at := moment(one.get("at"), end)) > begun)
    return clock(max(min(over, end - 1, next(later, end)), begun, start))
