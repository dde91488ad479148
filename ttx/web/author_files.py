"""A scenario's files to take away, its papers, and the exercises that were started from it."""

import io
import zipfile
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, File, Form, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.rights import Action, Author, reach
from ttx.scenario.changes import NotChanged
from ttx.scenario.files import roster_text
from ttx.scenario.findings import Faulty
from ttx.scenario.folders import Contents
from ttx.scenario.formwords import formed
from ttx.scenario.material import SIZE
from ttx.scenario.pictures import FOLDER
from ttx.scenario.roster import Role, Roster, seated
from ttx.store import drafts, log, removal, seats, sessions, versions
from ttx.store.recoding import NotTaken
from ttx.web.access import House, TheAuthor, TheHouse, session_of
from ttx.web.author_findings import sections
from ttx.web.author_forms import mapping
from ttx.web.author_frame import Open, attached, author_page, file_name, items_of, opened, said
from ttx.web.author_unready import mark, unready
from ttx.web.labels import role_label
from ttx.web.seats import address_of

router = APIRouter(include_in_schema=False)

RUNNING = {
    Role.DIRECTOR: (Role.DIRECTOR, Role.LEAD_FACILITATOR),
    Role.LEAD_FACILITATOR: (Role.LEAD_FACILITATOR,),
}
"""The seats that run a whole exercise, by who may hand out their links: nobody gives away more than he has."""


@router.get("/a/{author}/files")
def files_page(request: Request, house: TheHouse, author: TheAuthor) -> Response:
    """What can be taken away, and what was started."""
    return _page(request, house, author)


@router.get("/a/{author}/files/scenario.zip")
def folder(house: TheHouse, author: TheAuthor) -> Response:
    """The folder as it is now, byte for byte, as one file. Whoever unpacks it has what `ttx check` reads."""
    taken = drafts.export(house.store, author.draft)
    read = opened(house, author).read
    return Response(
        zipped(taken, file_name(read)),
        media_type="application/zip",
        headers=attached(read, ".zip"),
    )


@router.post("/a/{author}/files/start")
async def start(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    roster: Annotated[UploadFile | None, File()] = None,
    key: Annotated[str | None, Form(max_length=200)] = None,
    anyway: Annotated[str, Form(max_length=40)] = "",
    kept: Annotated[str, Form()] = "",
    kept_name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """An exercise of the scenario as it is now, with this roster or the scenario's own; one for a form, however often
    its button is pressed. While something is not ready it is started only by whoever says `anyway` to just that;
    the roster he brought comes back as `kept`, so that he need not choose it again."""
    given = None
    try:
        content, name = kept.encode(), kept_name
        if roster is not None and roster.filename:
            content, name = await roster.read(SIZE + 1), roster.filename
        given = _roster(content, name) if content else None
        lacks = unready(opened(house, author), given)
        if lacks and anyway != mark(lacks):
            brought = (name, content.decode("utf-8-sig")) if given is not None and len(content) < _FIELD else None
            return _page(request, house, author, _NOT_READY, 409, lacks, brought)
        exercise = await run_in_threadpool(versions.start, house.store, author.draft, author, given, key=key or None)
    except Faulty as faulty:
        told = " ".join(f"{formed(one).sentence} ({one.file}, line {one.line})" for one in faulty.findings[:5])
        return _page(request, house, author, f"The exercise was not started. {told}", 409)
    except (NotChanged, NotTaken, log.KeyReused) as refusal:
        return _page(request, house, author, str(refusal), 409)
    lead = _lead(author, _seats(house, exercise))
    session = session_of(request)
    if lead is not None and session is not None:
        sessions.sit(house.store, session.id, lead.seat.id, request.headers.get("user-agent", ""))
    return RedirectResponse(f"/a/{author.id}/files?started={exercise}#exercises", 303)


@router.post("/a/{author}/files/remove")
def remove(
    request: Request, house: TheHouse, author: TheAuthor, title: Annotated[str, Form(max_length=400)] = ""
) -> Response:
    """Remove the scenario for good, by its title typed once more; what was started from it stays."""
    try:
        removal.remove(house.store, author, title)
    except NotChanged as refusal:
        return _page(request, house, author, str(refusal), 409)
    session = session_of(request)
    return RedirectResponse("/home" if session is not None and session.account is not None else "/join", 303)


def zipped(taken: Contents, folder: str) -> bytes:
    """A folder's files in one zip, under this name. The same files give the same bytes."""
    holding = io.BytesIO()
    with zipfile.ZipFile(holding, "w", zipfile.ZIP_DEFLATED) as into:
        whole = {name: text.encode() for name, text in taken.texts.items()}
        whole |= {f"{FOLDER}/{name}": content for name, content in taken.pictures.items()}
        for name in sorted(whole):
            into.writestr(zipfile.ZipInfo(f"{folder}/{name}"), whole[name], zipfile.ZIP_DEFLATED)
    return holding.getvalue()


_FIELD = 900_000
"""Bytes that fit into a field of a form: Starlette takes a megabyte."""

_NOT_READY = (
    "The exercise was not started: something is not ready yet. Read what it is, then tick that you start it anyway."
)


def _roster(content: bytes, name: str) -> Roster:
    """The roster in an uploaded file. Raises Faulty."""
    if len(content) > SIZE:
        raise NotChanged(f"A roster may have {SIZE // 1_000_000} MB; this one has more.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotChanged("The roster is not UTF-8 text; save it as YAML or CSV with the encoding UTF-8.") from None
    return seated(roster_text(text, "roster.csv" if name.lower().endswith(".csv") else "roster.yaml"))


def _seats(house: House, exercise: str) -> list[seats.SeatListed]:
    return [
        one for one in seats.seats_of(house.store, exercise) if one.revoked_at is None and one.name != seats.PROGRAM
    ]


def run_from(house: House, author: Author) -> list[tuple[str, str]]:
    """The exercises that were started from this author's scenario and the code of the seat he would run each from."""
    if reach(author, Action.START_EXERCISE) is None:
        return []
    begun = [one for version in versions.versions_of(house.store, author.draft) for one in version.exercises]
    return [(one, lead.code) for one in begun if (lead := _lead(author, _seats(house, one))) is not None]


def _lead(author: Author, listed: list[seats.SeatListed]) -> seats.SeatListed | None:
    """The seat from which this author would run the exercise: of his own role, else the lead facilitator's."""
    for role in (author.role, Role.LEAD_FACILITATOR):
        for one in listed:
            if one.seat.role is role:
                return one
    return None


def _pictures(here: Open) -> list[tuple[str, list[tuple[str, int]], bool]]:
    """Every picture with the injects that show it, and whether this author may drop it: once none shows it."""
    showing: dict[str, list[tuple[str, int]]] = {name: [] for name in sorted(here.draft.pictures)}
    for tab in here.days:
        for inject in items_of(here.day(tab.day), "injects"):
            shown = showing.get(said(mapping(inject.get("picture")), "file"))
            if shown is not None:
                shown.append((said(inject, "id"), tab.day))
    may = reach(here.author, Action.EDIT_SCENARIO) is not None
    return [(name, injects, may and not injects) for name, injects in showing.items()]


def _errors(here: Open) -> list[tuple[str, str]]:
    """The errors, each with where it is mended."""
    ones = (one for section in sections(here) for about in section.about for one in about.ones)
    return [(found.sentence, url) for found, url in ones if found.severity == "error"]


def _languages(here: Open) -> list[str]:
    """The languages the scenario can be printed in, its own first."""
    scenario = here.read.scenario
    if scenario is None:
        return []
    return [scenario.language, *(one for one in scenario.translations if one != scenario.language)]


def _page(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    refused: str | None = None,
    status: int = 200,
    told: list[str] | None = None,
    brought: tuple[str, str] | None = None,
) -> Response:
    """The page; `told` is what is not ready, `brought` the name and text of the roster that it is about."""
    here = opened(house, author)
    languages = _languages(here)
    chosen = next((one for one in languages if one == request.query_params.get("language")), next(iter(languages), ""))
    may_start = reach(author, Action.START_EXERCISE) is not None
    open_points = told if told is not None else unready(here) if may_start else []
    session = session_of(request)
    begun = []
    if may_start:
        titles = {str(one.id): one for one in log.exercises(house.store)}
        for version in versions.versions_of(house.store, author.draft):
            for exercise in version.exercises:
                listed = _seats(house, exercise)
                lead = _lead(author, listed)
                sits = lead is not None and session is not None and any(
                    one.id == lead.seat.id for one in sessions.seats_of_session(house.store, session.id, exercise)
                )  # fmt: skip
                begun.append(
                    {
                        "id": exercise,
                        "title": titles[exercise].title if exercise in titles else exercise,
                        "version": version,
                        "control": f"/j/{lead.code}" if lead is not None else None,
                        "seats": f"/s/{lead.seat.id}/seats" if lead is not None and sits else None,
                        "rehearsal": f"/s/{lead.seat.id}/rehearsal" if lead is not None and sits else None,
                        "count": len(listed),
                        "running": [
                            (role_label(one.seat.role), one.code, f"{address_of(request)}/j/{one.code}")
                            for one in listed
                            if one.seat.role in RUNNING[author.role]
                        ],
                        "new": exercise == request.query_params.get("started"),
                    }
                )
    return author_page(
        request,
        here,
        "author_files.html",
        "files",
        status=status,
        files=sorted(here.draft.texts),
        in_the_way=_errors(here),
        languages=languages,
        chosen=chosen,
        pictures=_pictures(here),
        key=str(uuid4()),
        unready=open_points,
        mark=mark(open_points),
        brought=brought,
        roster=here.read.roster,
        exercises=begun,
        goes=removal.held(house.store, author.draft) if reach(author, Action.REMOVE_SCENARIO) is not None else None,
        refused=refused,
    )
