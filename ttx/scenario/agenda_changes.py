"""What an author does to days, sessions, the scenario's head, translations and pictures."""

import re
from collections.abc import Collection, Sequence
from itertools import count

from ttx.scenario import links, namings
from ttx.scenario.checks import checked
from ttx.scenario.drafting import HEAD, Drafting, NotChanged, Piece, check_base
from ttx.scenario.files import assembled
from ttx.scenario.findings import listed, perhaps
from ttx.scenario.folders import DAYS, PICTURES
from ttx.scenario.material import exact
from ttx.scenario.merging import applied, own
from ttx.scenario.requests import (
    AddDay,
    AddSession,
    BeginLanguage,
    DeleteDay,
    DeleteSession,
    Fields,
    WriteDay,
    WriteHead,
    WriteSession,
    WriteTranslation,
)
from ttx.scenario.timetable import along, clock, moment
from ttx.scenario.translations import digest, reserved
from ttx.scenario.translations import texts as texts_of


def write_day(files: Drafting, asked: WriteDay) -> str:
    """Set a day's own fields."""
    file = files.day(asked.day)
    data = files.data(file)
    check_base(asked.base, own(data), f"Day {asked.day}")
    _refuse(asked.fields, ("sessions", "injects"), "are written one by one")
    if asked.fields.get("day", asked.day) != asked.day:
        raise NotChanged(f"Day {asked.day} keeps its number, by which its file is called.")
    names = _write_fields(files, file, data, asked.fields)
    return f"Changed day {asked.day}: {listed(names)}."


def add_day(files: Drafting, asked: AddDay) -> str:
    """A new last day with one session and one inject."""
    number = max(files.days(), default=0) + 1
    if number > DAYS:
        raise NotChanged(f"A scenario has {DAYS} days at most.")
    inject, taken = f"D{number}-01", {str(spot.piece.get("id")) for spot in files.injects()}
    while inject in taken:
        inject += "-2"
    session = {"id": f"d{number}-s1", "title": "Session 1", "start": "09:00", "minutes": 90}
    first = {
        "id": inject,
        "kind": "contextual",
        "title": "New development",
        "at": "09:00",
        "minutes": 15,
        "session": session["id"],
        "to": "all",
        "sender": "",
        "channel": "briefing",
        "text": "",
    }
    day = {"day": number, "title": asked.title, "theme": asked.theme, "lead": asked.lead}
    files.begin(f"day-{number}.yaml", {**day, "sessions": [session], "injects": [first]})
    return f"Added day {number}, {asked.title}."


def delete_day(files: Drafting, asked: DeleteDay) -> str:
    """Take a day out; refused while injects of other days name one of its own, and for the last day."""
    file = files.day(asked.day)
    if len(files.days()) == 1:
        raise NotChanged(f"Day {asked.day} is the only one; a scenario has one at least. Add another first.")
    going = {str(spot.piece.get("id")) for spot in files.listed(asked.day, "injects")}
    naming = [
        str(spot.piece.get("id"))
        for spot in files.injects()
        if spot.day != asked.day and not going.isdisjoint(links.named(spot.piece))
    ]
    if naming:
        raise NotChanged(f"Day {asked.day} cannot be taken out: {listed(naming)} on other days name its injects.")
    del files.texts[file]
    forgotten = {f"day-{asked.day}", *(ident for ident in going if not reserved(ident))}
    for translation in files.languages():
        links.forget_texts(files, translation, forgotten)
    return f"Deleted day {asked.day} with {len(going)} inject{'' if len(going) == 1 else 's'}."


def write_session(files: Drafting, asked: WriteSession) -> str:
    """Set fields; injects follow a new id, and if it is asked for, what comes after follows a new end."""
    spot = files.session(asked.day, asked.session, asked.base)
    new = asked.fields.get("id", asked.session)
    if new != asked.session:
        _check_session(files, asked.day, new)
    named = _named_speakers(files, asked, spot.piece)
    piece = applied(spot.piece, {**asked.fields, **named})
    files.write(spot.file, ("sessions", spot.place), piece)
    if new == asked.session:
        names = [name for name in asked.fields if exact(piece.get(name)) != exact(spot.piece.get(name))]
        said = f"Changed session {asked.session} of day {asked.day}: {listed(names)}."
        return f"{said} {along(files, spot, piece)}".rstrip() if asked.along else said
    files.renamed_sessions[str(new)] = asked.session
    there = [one for one in files.listed(asked.day, "injects") if one.piece.get("session") == asked.session]
    files.write_all(spot.file, {(*inject.inject, "session"): new for inject in there})
    for translation in files.languages():
        links.rename_texts(
            files, translation, f"day-{asked.day}.sessions.{asked.session}", f"day-{asked.day}.sessions.{new}"
        )
    if asked.along:
        along(files, spot, piece)
    return f"Renamed session {asked.session} of day {asked.day}; it is {new} now, and its injects follow."


def speaker_ids(speakers: Sequence[object], taken: Collection[str] = ()) -> list[str]:
    """The id of each speaker: his own, or for one who has none the first of s1, s2, ... that is nobody's."""
    own = [one.get("id") if isinstance(one, dict) else None for one in speakers]
    free = (ident for number in count(1) if (ident := f"s{number}") not in {*taken, *filter(None, own)})
    return [str(ident) if ident else next(free) for ident in own]


def _named_speakers(files: Drafting, asked: WriteSession, before: Piece) -> Piece:
    """The speakers asked for, each with an id, so that one who comes first moves nobody's translations.

    Those that were found by a number until now are found by the id; who had none keeps what is his by his name.
    """
    wanted, old = asked.fields.get("speakers"), before.get("speakers")
    now: list[Piece] = [{**one} for one in wanted if isinstance(one, dict)] if isinstance(wanted, list) else []
    if not isinstance(wanted, list) or len(now) < len(wanted):
        return {}
    then: list[Piece] = [one for one in old if isinstance(one, dict)] if isinstance(old, list) else []
    known_ids = speaker_ids(then)
    own = {one.get("id") for one in now}
    by_name = {one.get("name"): ident for one, ident in zip(then, known_ids, strict=True) if ident not in own}
    now = [one if one.get("id") else {**one, "id": by_name.pop(one.get("name"), None)} for one in now]
    ids = speaker_ids(now, known_ids)
    here = f"day-{asked.day}.sessions.{asked.session}.speakers"
    for number, (one, ident) in enumerate(zip(then, known_ids, strict=True), 1):
        for translation in files.languages() if not one.get("id") and ident in ids else ():
            links.rename_texts(files, translation, f"{here}.{number}", f"{here}.{ident}")
    return {"speakers": [{**one, "id": ident} for one, ident in zip(now, ids, strict=True)]}


def add_session(files: Drafting, asked: AddSession) -> str:
    """A new session of an hour, when the one before is over."""
    before = files.session(asked.day, asked.after) if asked.after is not None else None
    taken = {str(spot.piece.get("id")) for spot in files.listed(asked.day, "sessions")}
    number = len(taken) + 1
    while f"d{asked.day}-s{number}" in taken:
        number += 1
    ident = asked.fields.get("id") or f"d{asked.day}-s{number}"
    _check_session(files, asked.day, ident)
    start = 9 * 60
    if before is not None:
        minutes = before.piece.get("minutes")
        start = moment(before.piece.get("start"), start) + (minutes if isinstance(minutes, int) else 0)
    begun: Piece = {"id": ident, "title": "New session", "start": clock(start), "minutes": 60}
    piece = applied(begun, {**asked.fields, "id": ident})
    files.insert(files.day(asked.day), ("sessions",), before.place + 1 if before else 0, piece)
    return f"Added session {ident} to day {asked.day}."


def delete_session(files: Drafting, asked: DeleteSession) -> str:
    """Take a session out that holds no inject."""
    spot = files.session(asked.day, asked.session, asked.base)
    held = [
        one.piece.get("id") for one in files.listed(asked.day, "injects") if one.piece.get("session") == asked.session
    ]
    if held:
        raise NotChanged(f"Session {asked.session} holds {listed(held)}. Move them to another session first.")
    files.write(spot.file, ("sessions", spot.place), None)
    for translation in files.languages():
        links.forget_texts(files, translation, {f"day-{asked.day}.sessions.{asked.session}"})
    return f"Deleted session {asked.session} of day {asked.day}."


def write_head(files: Drafting, asked: WriteHead) -> str:
    """Set fields of the whole scenario; the days follow what got another id in it."""
    data = files.data(HEAD)
    check_base(asked.base, data, "The scenario's own page")
    _refuse(asked.fields, ("days", "translations"), "stand in files of their own")
    said = f"Changed the scenario's {listed(_write_fields(files, HEAD, data, asked.fields))}."
    return f"{said} {namings.follow(files, data)}".rstrip()


def begin_language(files: Drafting, asked: BeginLanguage) -> str:
    """A file for translations that holds none yet, so that the language stands among the scenario's."""
    file = f"translations/{asked.language}.yaml"
    if file in files.texts:
        raise NotChanged(f"The scenario has the language '{asked.language}' already.")
    if files.data(HEAD).get("language", "en") == asked.language:
        raise NotChanged(f"The scenario is written in '{asked.language}'. Begin another language.")
    files.begin(file, {})
    return f"Began the language '{asked.language}'."


def write_translation(files: Drafting, asked: WriteTranslation) -> str:
    """Set or take away one text in another language, with the digest of what it was made from."""
    file = f"translations/{asked.language}.yaml"
    data = files.data(file) if file in files.texts else {}
    check_base(asked.base, data.get(asked.address), f"The '{asked.language}' text of {asked.address}")
    if not asked.text:
        if asked.address not in data:
            raise NotChanged(f"{asked.address} has no translation into '{asked.language}'.")
        if len(data) == 1:
            del files.texts[file]
        else:
            files.write(file, (asked.address,), None)
        return f"Took away the '{asked.language}' translation of {asked.address}."
    scenario, _ = checked(assembled(files.texts))
    sources = texts_of(scenario) if scenario is not None else {}
    if asked.address not in sources:
        raise NotChanged(f"There is no text {asked.address} to translate{perhaps(asked.address, sources)}")
    if scenario is not None and scenario.language == asked.language:
        raise NotChanged(f"The scenario is written in '{asked.language}'. Change the text itself.")
    translated: Piece = {"of": asked.of or digest(sources[asked.address]), "text": asked.text}
    if data:
        files.write(file, (asked.address,), translated)
    else:
        files.begin(file, {asked.address: translated})
    return f"Translated {asked.address} into '{asked.language}'."


def put_picture(files: Drafting, name: str, pictures: Collection[str]) -> str:
    """Put a picture into the folder."""
    if name in pictures:
        return f"Replaced the picture {name}."
    if len(pictures) >= PICTURES:
        raise NotChanged(f"A scenario has {PICTURES} pictures at most. Drop one first.")
    return f"Added the picture {name}."


def drop_picture(files: Drafting, name: str, pictures: Collection[str]) -> str:
    """Take a picture away that no inject shows."""
    if name not in pictures:
        raise NotChanged(f"There is no picture {name}{perhaps(name, pictures)}")
    showing = [spot.piece.get("id") for spot in files.injects() if _file(spot.piece.get("picture")) == name]
    if showing:
        raise NotChanged(f"{name} is shown by {listed(showing)}. Take it from there first.")
    return f"Dropped the picture {name}."


def _file(picture: object) -> object:
    return picture.get("file") if isinstance(picture, dict) else None


def _write_fields(files: Drafting, file: str, data: Piece, fields: Fields) -> list[str]:
    names = [name for name, value in fields.items() if exact(data.get(name)) != exact(value)]
    for name in names:
        files.write(file, (name,), fields[name])
    return names


def _refuse(fields: Fields, names: Collection[str], why: str) -> None:
    if wrong := [name for name in names if name in fields]:
        raise NotChanged(f"{listed(wrong).capitalize()} {why}.")


def _check_session(files: Drafting, day: int, ident: object) -> None:
    if not isinstance(ident, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,39}", ident):
        raise NotChanged(
            f"'{ident}' cannot be a session's id. Begin with a letter, and go on with letters, digits, - and _, "
            "40 at most."
        )
    if any(spot.piece.get("id") == ident for spot in files.listed(day, "sessions")):
        raise NotChanged(f"Day {day} has a session {ident} already. Choose another id.")
