"""Bringing in a file: what was understood of it, its columns to be corrected, and only then a place to put it.

The file waits in the store (`ttx.store.imports`) between these steps; nothing of the scenario changes before the
last one, which is one change in its history.
"""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.rights import Action, Author, Forbidden, covers_group, reach
from ttx.scenario.changes import NotChanged
from ttx.scenario.findings import Faulty, listed
from ttx.scenario.folders import day_of
from ttx.scenario.formats.confined import SIZE, as_json, from_json, too_large, understand_content
from ttx.scenario.formats.joining import Joined, joined, told_apart
from ttx.scenario.formats.seating import parts
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.words import FIELDS
from ttx.scenario.formwords import formed
from ttx.scenario.model import InjectKind
from ttx.scenario.roster import Role
from ttx.store import authors, drafts, imports, pictures
from ttx.store.imports import Brought
from ttx.web.access import House, TheAuthor, TheHouse, session_of
from ttx.web.author_brought import Place, decided, findings_of, first_day, likely, renamed_at, rows_of, which_day
from ttx.web.author_frame import Open, author_page, opened
from ttx.web.author_going import Going, going, others
from ttx.web.author_merging import pieces, taken

router = APIRouter(include_in_schema=False)

ROWS = 200
"""Injects that the page shows before they are taken."""


@router.get("/a/{author}/import")
def import_page(request: Request, house: TheHouse, author: TheAuthor) -> Response:
    """The file that waits and what was understood of it, or a place to drop one."""
    return _page(request, house, author)


@router.post("/a/{author}/import")
async def bring(request: Request, house: TheHouse, author: TheAuthor) -> Response:
    """One step: `bring` a file, `correct` its columns, `write` its days, or `forget` it."""
    async with request.form(max_files=1, max_fields=1_000) as form:
        file = form.get("file")
        name, content = "", b""
        if isinstance(file, UploadFile):
            name = file.filename or ""
            if (file.size or 0) > SIZE:
                sentence = too_large(name, file.size or 0)
                return await run_in_threadpool(_page, request, house, author, sentence, 413)
            content = await file.read()
        said = FormData([(key, value) for key, value in form.multi_items() if isinstance(value, str)])
    return await run_in_threadpool(_step, request, house, author, said, name, content)


def _step(request: Request, house: House, author: Author, said: FormData, name: str, content: bytes) -> Response:
    match said.get("do") or ("write" if said.get("sure") else None):
        case "bring" if name:
            _bring(house, author, name, content)
        case "bring":
            return _page(request, house, author, "No file came with this. Choose one, or drop it on the field.", 422)
        case "correct":
            _correct(house, author, said)
        case "write" | "take" if _corrected(house, author, said):
            return _page(request, house, author, _ANEW, 409, said)
        case "write" | "take" if (again := _changed_since(house, author, said)) is not None:
            return _page(request, house, author, _CHANGED, 409, said, again)
        case "write" if (goes := _going(opened(house, author), author, said)) is not None:
            return _page(request, house, author, said=said, goes=goes)
        case "forget":
            imports.forget(house.store, author)
        case "write" | "take" as step:
            try:
                where = _write(request, house, author, said) if step == "write" else _take(house, author, said)
                return RedirectResponse(where, 303)
            except (NotChanged, Forbidden, ValueError) as refusal:
                return _page(request, house, author, _why(refusal), 409)
    return RedirectResponse(f"/a/{author.id}/import", 303)


def _why(refusal: Exception) -> str:
    if isinstance(refusal, Faulty):
        return " ".join(formed(one).sentence for one in refusal.findings[:5])
    return str(refusal)


def _bring(house: House, author: Author, name: str, content: bytes) -> None:
    """Reads a file, with the columns as people have corrected them in earlier files of its layout."""
    found = understand_content(name, content)
    if found.layout is not None and (known := imports.corrections(house.store, author.draft, found.layout)):
        found = understand_content(name, content, known)
    imports.bring(house.store, author, Brought(name, content, as_json(found)))


_ANEW = (
    "You corrected columns since the file was read, so it was read again with them and nothing was put anywhere yet. "
    "Look at what became of it, then put it there."
)


_CHANGED = (
    "Somebody changed the day since you were shown what this file does to it, so nothing was put anywhere yet. "
    "Look at it as it is now, and decide again."
)


def _changed_since(house: House, author: Author, said: FormData) -> Going | None:
    """What goes, anew, where the day is not the one any more of which the form was made."""
    if not (shown := said.get("seen")) or not (said.get("sure") or said.get("do") == "take"):
        return None
    again = _going(opened(house, author), author, FormData([one for one in said.multi_items() if one[0] != "sure"]))
    return again if again is not None and again.seen != shown else None


def _corrected(house: House, author: Author, said: FormData) -> bool:
    """Whether the form has columns that the file was not read with; then it is read again with them."""
    waits = imports.brought_by(house.store, author)
    columns = from_json(json.loads(waits.found)).columns if waits is not None else ()
    changed = any(
        said.get(f"column-{place}", column.field or "ignore") != (column.field or "ignore")
        for place, column in enumerate(columns)
    )
    if changed:
        _correct(house, author, said)
    return changed


def _correct(house: House, author: Author, said: FormData) -> None:
    """Reads the file again with the columns of the form; those that it leaves out stay what a person made them."""
    waits = imports.brought_by(house.store, author)
    if waits is None:
        return
    before = from_json(json.loads(waits.found))
    mapping: dict[str, str] = {}
    for place, column in enumerate(before.columns):
        field = said.get(f"column-{place}", column.field or "ignore")
        if (
            isinstance(field, str)
            and field in FIELDS
            and (field != (column.field or "ignore") or column.why == "person")
        ):
            mapping[column.header] = field
    if before.layout is not None:
        imports.remember(house.store, author, before.layout, mapping)
    found = understand_content(waits.name, waits.content, mapping)
    imports.bring(house.store, author, Brought(waits.name, waits.content, as_json(found)))


def _going(here: Open, author: Author, said: FormData) -> Going | None:
    """What would go if the file went where the form says; None if nothing goes, or if the form says that it may."""
    waits = imports.brought_by(here.house.store, author)
    if waits is None or said.get("sure") == said.get("place"):
        return None
    found = from_json(json.loads(waits.found))
    place = next((one for one in _places(here, found) if one.value == said.get("place")), None)
    if place is None or place.value in ("new", "further"):
        return None
    if place.value == "whole":
        return going(here, place.value, found.texts)
    try:
        made = _joined(author, here, found, place, said)
        renamed = renamed_at(here, found, place, said.get("which"))
        told = pieces(here, found, made, place.day) if place.day is not None else ()
        return going(here, place.value, made.texts, renamed, told)
    except ValueError:
        return None  # which is refused with its sentence, where it is put there


def _write(request: Request, house: House, author: Author, said: FormData) -> str:
    """Puts what was understood where the form says; where to go then. Raises NotChanged, Forbidden, Faulty."""
    waits = imports.brought_by(house.store, author)
    found = from_json(json.loads(waits.found)) if waits is not None else Understood("nothing")
    here = opened(house, author)
    place = next((one for one in _places(here, found) if one.value == said.get("place")), None)
    if waits is None or found.data is None or place is None:
        raise NotChanged("There is no file that could go there. Bring it in once more, and choose a place.")
    if place.value == "new":
        where = _new(request, house, author, found)
    elif place.value == "whole":
        sentence = f"{waits.name} was put in the place of everything."
        drafts.replace(house.store, author.draft, author, found.texts, _digests(found), sentence, new=found.pictures)
        where = f"/a/{author.id}"
    else:
        where = _join(house, author, here, found, place, said, waits.name)
    imports.forget(house.store, author)
    return where


def _new(request: Request, house: House, author: Author, found: Understood) -> str:
    """A scenario of its own, with its importer as director. What the file says of people and rights is not read."""
    session = session_of(request)
    account = session.account if session is not None else None
    director = authors.Invited(Role.DIRECTOR, name=author.name, account=account)
    draft = drafts.new_draft(house.store, found.files(), found.pictures, [director])
    (made,) = authors.authors_of(house.store, draft)
    if session is not None:
        authors.write_from(house.store, session.id, made.author.id, request.headers.get("user-agent", ""))
    return f"/a/{made.author.id}"


def _joined(author: Author, here: Open, found: Understood, place: Place, said: FormData) -> Joined:
    """The scenario's files with the file's days where the form says. Raises ValueError, Faulty."""
    lead = author.group or next((one.lead for one in here.days if one.lead), "") or next(iter(_groups(here)), "")
    return joined(
        here.draft.texts,
        found.data or {},
        lead,
        instead=place.day,
        which=which_day(found, place, said.get("which")),
        pictures=told_apart(here.draft.pictures, _digests(found)),
    )


def _digests(found: Understood) -> dict[str, str]:
    return {name: pictures.digest_of(content) for name, content in found.pictures.items()}


def _join(house: House, author: Author, here: Open, found: Understood, place: Place, said: FormData, name: str) -> str:
    made = _joined(author, here, found, place, said)
    theirs = _digests(found)
    names = told_apart(here.draft.pictures, theirs)
    shown = {names.get(name, name): found.pictures[name] for name in made.pictures if name in theirs}
    digests = {
        **here.draft.pictures,
        **{names.get(name, name): theirs[name] for name in made.pictures if name in theirs},
    }
    days = f"day {place.day}" if place.day is not None else "further days"
    sentences = [f"{name} was brought in as {days}.", *made.sentences]
    if anew := others(here, made.texts):
        sentences.append(f"Under the same id another inject stands now: {listed(anew, most=8)}.")
    if found.roster is not None:
        sentences.append(f"Its roster stayed behind ({parts(found.roster)}).")
    drafts.replace(house.store, author.draft, author, made.texts, digests, " ".join(sentences), new=shown)
    return f"/a/{author.id}?day={made.day}&brought=1"


def _take(house: House, author: Author, said: FormData) -> str:
    """Takes what was ticked of a file over into a day; where to go then. Raises NotChanged, Forbidden, Faulty."""
    waits = imports.brought_by(house.store, author)
    found = from_json(json.loads(waits.found)) if waits is not None else Understood("nothing")
    here = opened(house, author)
    place = next((one for one in _places(here, found) if one.value == said.get("place")), None)
    if waits is None or found.data is None or place is None or place.day is None:
        raise NotChanged("There is no file of which anything could go there. Bring it in once more, and choose a day.")
    ticked = [one for one in said.getlist("take") if isinstance(one, str)]
    made = _joined(author, here, found, place, said)
    text, told = taken(here, found, made, place.day, ticked)
    if not told:
        raise NotChanged("Nothing was ticked, so nothing changed. Tick what you want of the file, and take it then.")
    theirs, names = _digests(found), told_apart(here.draft.pictures, _digests(found))
    new = {shown: name for name in theirs if name in made.pictures and (shown := names.get(name, name)) in text}
    digests = {**here.draft.pictures, **{shown: theirs[name] for shown, name in new.items()}}
    texts = {**here.draft.texts, f"day-{place.day}.yaml": text}
    sentence = f"Of {waits.name}, taken into day {place.day}: {told}."
    contents = {shown: found.pictures[name] for shown, name in new.items()}
    drafts.replace(house.store, author.draft, author, texts, digests, sentence, new=contents)
    imports.forget(house.store, author)
    return f"/a/{author.id}?day={place.day}&brought=1"


def _groups(here: Open) -> list[str]:
    groups = here.read.data.get("groups")
    return [str(one) for one in groups] if isinstance(groups, Mapping) else []


def _places(here: Open, found: Understood) -> list[Place]:
    """Where this author may put the days of a file."""
    all_of_it = covers_group(here.author, Action.EDIT_SCENARIO, None)
    places = [Place("further")] if all_of_it else []
    places += [Place(f"day-{one.day}", one.day, one.title) for one in here.days if one.may_edit]
    if found.texts and all_of_it:
        places.append(Place("whole"))
    if reach(here.author, Action.START_EXERCISE) is not None:
        places.append(Place("new"))
    return places


def _page(
    request: Request,
    house: House,
    author: Author,
    refused: str | None = None,
    status: int = 200,
    said: Mapping[str, Any] | None = None,
    goes: Going | None = None,
) -> Response:
    """The page. `said` is the form as it was sent, so that a place that was chosen stays chosen."""
    here = opened(house, author)
    waits = imports.brought_by(house.store, author)
    found = from_json(json.loads(waits.found)) if waits is not None else None
    days = found.data.get("days", ()) if found is not None and found.data is not None else ()
    targets = _places(here, found) if found is not None and found.data is not None else []
    firsts = {one.value: first_day(here, one) for one in targets}
    tip = likely(here, found, targets) if found is not None else None
    goes_to = str((said or {}).get("place") or tip or (targets[0].value if targets else ""))
    rows = rows_of(found, firsts.get(goes_to)) if found is not None else []
    return author_page(
        request,
        here,
        "author_import.html",
        "files",
        status=status,
        refused=refused,
        goes=goes,
        chosen=said or {},
        name=waits.name if waits is not None else "",
        found=found,
        fields=FIELDS,
        most=SIZE,
        decided=decided(found),
        by_content=sum(one.why == "content" for one in found.columns) if found is not None else 0,
        rows=rows[:ROWS],
        more=max(0, len(rows) - ROWS),
        file_days=[
            {"number": number, "title": day.get("title", ""), "injects": len(day.get("injects", ()))}
            for number, day in enumerate(days, 1)
            if isinstance(day, dict)
        ],
        targets=targets,
        closed=listed([str(one.day) for one in here.days if not one.may_edit]),
        renamed={
            one.value: told for one in targets if (told := renamed_at(here, found, one, (said or {}).get("which")))
        },
        firsts=firsts,
        goes_to=goes_to,
        inject_kinds=frozenset(InjectKind),
        roster_parts=parts(found.roster) if found is not None and found.roster is not None else "",
        found_wrong=findings_of(found) if found is not None else (),
        last_day=max((number for name in here.draft.texts if (number := day_of(name)) is not None), default=0),
    )
