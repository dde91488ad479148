"""What an author's pages ask to be done: a change of the files, or something about them, such as a comment."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.exercise.rights import Author
from ttx.scenario import pictures
from ttx.scenario.changes import NotChanged
from ttx.scenario.requests import Change, PutPicture
from ttx.store import drafts, versions
from ttx.store.database import Store
from ttx.store.drafts import Conflict, Recorded, Status
from ttx.store.recoding import recoded
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.api import malformed
from ttx.web.author_frame import label_of

router = APIRouter(include_in_schema=False)


Known = Annotated[int, Field(ge=1, le=2**53)]
"""The number of something that is there; no database takes larger ones."""


class Ask(BaseModel):
    """What all of these share: a field nobody knows is refused with its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Comment(Ask):
    """Say something about an inject, or answer a comment on it."""

    do: Literal["comment"]
    inject: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
    answers: Known | None = None


class Resolve(Ask):
    """Say that the comment of this number is settled, or open it again."""

    do: Literal["resolve", "reopen"]
    comment: Known


class SetStatus(Ask):
    """Say how far a day is, and if one likes a sentence to it."""

    do: Literal["status"]
    day: Annotated[int, Field(ge=1, le=60)]
    status: Status
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Back(Ask):
    """Take one's own last change back, or do again what was taken back."""

    do: Literal["undo", "redo"]


class TakeBack(Ask):
    """Take a change of anybody's back."""

    do: Literal["take_back"]
    change: Known


class Freeze(Ask):
    """Keep all files as they are now, as a version."""

    do: Literal["freeze"]
    label: Annotated[str, StringConstraints(max_length=200)] = ""


class Restore(Ask):
    """Put a version in the place of what there is."""

    do: Literal["restore"]
    version: Known


About = Comment | Resolve | SetStatus | Back | TakeBack | Freeze | Restore
"""What is asked about a draft and changes none of its files, or all of them."""

ASKED: TypeAdapter[Change | About] = TypeAdapter(Annotated[Change | About, Field(discriminator="do")])
"""Reads what an author asks for, from JSON or plain data."""


@router.post("/a/{author}/do")
async def do(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Do one thing, once for a key. `{"seq", "sentence", "revision", "touched"}`, and to a plain form its page again.

    409 `{"refused"}` if it cannot be done; with `"conflict": {"fields", "revision", "by", "at"}` if somebody else
    changed the same fields meanwhile. A form's field `fields.title` is the field `title` of `fields`.
    """
    by_form = not request.headers.get("content-type", "").startswith("application/json")
    try:
        if by_form:
            async with request.form(max_files=0, max_fields=500) as form:
                asked = ASKED.validate_python(fields(form))
        else:
            asked = ASKED.validate_json(await request.body())
    except ValidationError as error:
        return malformed(request, error)
    try:
        done = await run_in_threadpool(_done, house.store, author, asked, idempotency_key or None)
    except Conflict as conflict:
        return JSONResponse(told(conflict, house.pages.clock), 409)
    if by_form and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/a/{author.id}", 303)
    return JSONResponse(
        {
            "seq": done.seq,
            "sentence": done.sentence,
            "revision": done.revision,
            "touched": [
                {"file": one.file, "location": one.location, "day": one.day, "inject": one.inject}
                for one in sorted(done.touched, key=lambda one: one.before is not None)  # what is new comes first
            ],
        }
    )


@router.post("/a/{author}/pictures")
async def put_picture(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Put a picture into the folder: a form's `file`, under its own name or the one in `name`. Replies as `do`.

    It is made anew from its pixels: what a telephone wrote into it stays with whoever brought it.
    """
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise NotChanged("No picture came with this. Choose a file, then send it once more.")
        name, content = str(form.get("name") or "").strip() or file.filename or "", await file.read()
    try:
        asked = PutPicture(do="put_picture", name=name)
    except ValidationError:
        raise NotChanged(pictures.refusal(name, content[: pictures.HEAD], len(content)) or "Rename it.") from None
    content = await run_in_threadpool(recoded, name, content)
    done = await run_in_threadpool(
        drafts.record, house.store, author.draft, author, asked, content, idempotency_key or None
    )
    return JSONResponse({"seq": done.seq, "sentence": done.sentence, "name": name})


def told(conflict: Conflict, clock: Callable[[datetime], str]) -> dict[str, object]:
    """A conflict as pages get it: both versions of every field that both changed, and who wrote the other and when."""
    differing = {
        name: {"base": one.base, "theirs": one.theirs, "mine": one.mine} for name, one in conflict.fields.items()
    }
    by = label_of(conflict.by) if conflict.by is not None else None
    at = clock(conflict.at) if conflict.at is not None else None
    about = {"fields": differing, "revision": conflict.revision, "by": by, "at": at}
    return {"refused": str(conflict), "conflict": about}


def fields(form: FormData) -> Mapping[str, object]:
    """A form as plain data: a dotted name lies in a mapping, a name that comes again is a list, a blank one is left
    out, but in `fields`, where it takes the field away."""
    found: dict[str, object] = {}
    for name in dict.fromkeys(form.keys()):
        values = [str(value).replace("\r\n", "\n").strip() for value in form.getlist(name)]
        value: object = values if len(values) > 1 else values[0] or None
        within, dot, field = name.partition(".")
        if dot:
            below = found.setdefault(within, {})
            if isinstance(below, dict):
                below[field] = value
        elif value is not None:
            found[name] = value
    return found


def _done(store: Store, author: Author, asked: Change | About, key: str | None) -> Recorded:
    draft = author.draft
    match asked:
        case Comment(inject=inject, text=text, answers=answers):
            drafts.comment(store, draft, author, inject, text, key, answers=answers)
            return _at_head(store, draft, "Your comment stands there.")
        case Resolve(do=verb, comment=number):
            settled = verb == "resolve"
            drafts.resolve(store, draft, author, number, settled)
            return _at_head(store, draft, f"The comment is {'settled' if settled else 'open again'}.")
        case SetStatus(day=day, status=status, note=note):
            return drafts.set_status(store, draft, author, day, status, key, note=note)
        case Back(do="undo"):
            return drafts.undo(store, draft, author, key)
        case Back():
            return drafts.redo(store, draft, author, key)
        case TakeBack(change=seq):
            return drafts.take_back(store, draft, author, seq, key)
        case Freeze(label=label):
            version = versions.freeze(store, draft, author, label, key)
            return _at_head(store, draft, f"Version {version.number} is kept.")
        case Restore(version=number):
            return versions.restore(store, draft, author, number, key)
        case _:
            return drafts.record(store, draft, author, asked, key=key)


def _at_head(store: Store, draft: str, sentence: str) -> Recorded:
    return Recorded(drafts.open_draft(store, draft).head, sentence)
