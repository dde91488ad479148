"""What follows from an author's request: the files as they are afterwards, or a sentence why not. Pure.

The requests' shapes are `requests`, the verbs `inject_changes`, `agenda_changes` and `timetable`; how a change is
taken back is `undoing`, and how two people's versions of a piece are put together `merging`. All is named here.
"""

from collections.abc import Collection, Mapping
from typing import assert_never

from ttx.scenario import agenda_changes, inject_changes, links, roster_changes, timetable
from ttx.scenario.drafting import HEAD, Drafting
from ttx.scenario.drafting import NotChanged as NotChanged
from ttx.scenario.drafting import Stale as Stale
from ttx.scenario.material import Location
from ttx.scenario.merging import merged as merged
from ttx.scenario.merging import own
from ttx.scenario.merging import revision as revision
from ttx.scenario.requests import CHANGE as CHANGE
from ttx.scenario.requests import (
    AddDay,
    AddInject,
    AddSession,
    BeginLanguage,
    Connect,
    DeleteDay,
    DeleteInject,
    DeleteSession,
    Disconnect,
    DropPicture,
    DuplicateInject,
    MoveInject,
    MoveSession,
    PutPicture,
    WriteDay,
    WriteHead,
    WriteInject,
    WriteRoster,
    WriteSession,
    WriteTranslation,
)
from ttx.scenario.requests import Change as Change
from ttx.scenario.undoing import Changed as Changed
from ttx.scenario.undoing import Splice as Splice
from ttx.scenario.undoing import Touched as Touched
from ttx.scenario.undoing import changed
from ttx.scenario.undoing import reverted as reverted
from ttx.scenario.undoing import undone as undone


def change(texts: Mapping[str, str], pictures: Collection[str], change: Change) -> Changed:
    """What follows from this request. `pictures` are the names of the folder's pictures, without `pictures/`.

    Raises Stale if the piece is not the one the author saw, NotChanged if it cannot be done otherwise.
    """
    files = Drafting(dict(texts))
    if isinstance(change, PutPicture | DropPicture):
        return _picture(files, change, pictures)
    before = links.leads(files)
    sentence = _done(files, change)
    if files.texts == dict(texts):
        raise NotChanged("Nothing was changed: it says that already.")
    elsewhere = links.diverted(before, links.leads(files), files.renamed, files.own)
    named: dict[Location, Location] = {("injects", new): ("injects", old) for new, old in files.renamed.items()}
    named |= {("sessions", new): ("sessions", old) for new, old in files.renamed_sessions.items()}
    return changed(texts, files.texts, f"{sentence} {elsewhere}".rstrip(), named, files.put)


def piece(texts: Mapping[str, str], change: Change) -> object:
    """The piece as it stands now that a request with a `base` is about; None if there is none."""
    files = Drafting(dict(texts))
    try:
        match change:
            case WriteInject(day=day, inject=inject):
                return files.inject(inject, day).piece
            case DeleteInject(inject=inject):
                return files.inject(inject).piece
            case WriteSession(day=day, session=session) | DeleteSession(day=day, session=session):
                return files.session(day, session).piece
            case WriteDay(day=day):
                return own(files.data(files.day(day)))
            case WriteHead():
                return files.data(HEAD)
            case WriteRoster():
                return roster_changes.shown(texts)
            case WriteTranslation(language=language, address=address):
                file = f"translations/{language}.yaml"
                return files.data(file).get(address) if file in files.texts else None
    except NotChanged:
        pass
    return None


def _done(files: Drafting, asked: Change) -> str:
    match asked:
        case WriteInject():
            return inject_changes.write_inject(files, asked)
        case AddInject():
            return inject_changes.add_inject(files, asked)
        case DuplicateInject():
            return inject_changes.duplicate_inject(files, asked)
        case DeleteInject():
            return inject_changes.delete_inject(files, asked)
        case MoveInject():
            return inject_changes.move_inject(files, asked)
        case Connect():
            return inject_changes.connect(files, asked)
        case Disconnect():
            return inject_changes.disconnect(files, asked)
        case WriteDay():
            return agenda_changes.write_day(files, asked)
        case AddDay():
            return agenda_changes.add_day(files, asked)
        case DeleteDay():
            return agenda_changes.delete_day(files, asked)
        case WriteSession():
            return agenda_changes.write_session(files, asked)
        case AddSession():
            return agenda_changes.add_session(files, asked)
        case MoveSession():
            return timetable.move_session(files, asked)
        case DeleteSession():
            return agenda_changes.delete_session(files, asked)
        case WriteHead():
            return agenda_changes.write_head(files, asked)
        case WriteRoster():
            return roster_changes.write_roster(files, asked)
        case BeginLanguage():
            return agenda_changes.begin_language(files, asked)
        case WriteTranslation():
            return agenda_changes.write_translation(files, asked)
        case PutPicture() | DropPicture():
            raise NotChanged("Pictures are no text.")
        case _:
            assert_never(asked)


def _picture(files: Drafting, asked: PutPicture | DropPicture, pictures: Collection[str]) -> Changed:
    put = isinstance(asked, PutPicture)
    say = agenda_changes.put_picture if put else agenda_changes.drop_picture
    sentence = say(files, asked.name, pictures)
    before, after = (asked.name if there else None for there in (asked.name in pictures, put))
    return Changed(files.texts, (Touched(f"pictures/{asked.name}", (), None, None, before, after),), (), sentence)
