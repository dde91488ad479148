"""What an author asks for: one model a verb, as the authoring pages and the command line send it. Shape only.

What follows from it is `changes`; whether this author may ask it is decided above.
"""

from math import isfinite
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, TypeAdapter

from ttx.scenario.model import Ident, Language, Line, PictureFile


def _with_plain_ends(value: JsonValue) -> JsonValue:
    """The same with lines that end as in a file: a browser's form ends them with two signs."""
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")
        case float() if not isfinite(value):
            raise ValueError("a number must be finite")
        case list():
            return [_with_plain_ends(item) for item in value]
        case dict():
            return {key: _with_plain_ends(below) for key, below in value.items()}
    return value


def _all_with_plain_ends(fields: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {name: _with_plain_ends(value) for name, value in fields.items()}


Fields = Annotated[dict[str, JsonValue], AfterValidator(_all_with_plain_ends)]
"""Fields by name, as they stand in the file. None takes a field away; a field that is not named stays as it is."""

Number = Annotated[int, Field(ge=1, le=60)]
Known = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The id of something that is there. It may be no good as an id, for that may be what the author wants to mend."""
Revision = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Request(BaseModel):
    """What all requests share: a field nobody knows is refused with its name.

    `base`, where a request has one, is the revision (`merging.revision`) of the piece that the author had
    before his eyes. With another one the request is refused; without one it is done whatever stands there.
    `over` names fields in which he saw a colleague's words beside his own and kept his own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


Over = Annotated[tuple[Known, ...], Field(max_length=100)]


class WriteInject(Request):
    """Set these fields of an inject. With another `id` it is renamed, and all that name it follow."""

    do: Literal["write_inject"]
    day: Number
    inject: Known
    fields: Fields
    base: Revision | None = None
    over: Over = ()


class AddInject(Request):
    """A new inject after this one of the day; without `after`, the day's first. Fields left out get a start.

    With `joins`, the inject where arms come together again, it stands between the arms and that one: whatever led
    from this day to it leads to the new one, which leads to it.
    """

    do: Literal["add_inject"]
    day: Number
    after: Known | None = None
    joins: Known | None = None
    fields: Fields = Field(default_factory=dict)


class DuplicateInject(Request):
    """A copy right after the inject, under the next free id of its kind."""

    do: Literal["duplicate_inject"]
    inject: Known


class DeleteInject(Request):
    """Take an inject out; what led to it leads on to what it led to."""

    do: Literal["delete_inject"]
    inject: Known
    base: Revision | None = None


class MoveInject(Request):
    """Put an inject after another one of this day; without `after`, first.

    It goes into this session, or, without one, into that of its new neighbour, and takes a time there if it
    comes from another.
    """

    do: Literal["move_inject"]
    inject: Known
    day: Number
    after: Known | None = None
    session: Known | None = None


class Connect(Request):
    """Let `source` lead to `target`; for a decision, by this option."""

    do: Literal["connect"]
    source: Known
    target: Known
    option: Known | None = None


class Disconnect(Request):
    """Let `source` no longer lead to `target`; for a decision, take this option away."""

    do: Literal["disconnect"]
    source: Known
    target: Known
    option: Known | None = None


class WriteDay(Request):
    """Set a day's own fields: title, theme, lead. Its revision is that of `merging.own(day)`."""

    do: Literal["write_day"]
    day: Number
    fields: Fields
    base: Revision | None = None
    over: Over = ()


class AddDay(Request):
    """A new last day with one session and one inject to begin with."""

    do: Literal["add_day"]
    title: Line
    theme: Line
    lead: Ident


class DeleteDay(Request):
    """Take a day out, with all its injects."""

    do: Literal["delete_day"]
    day: Number


class WriteSession(Request):
    """Set these fields of a session. With another `id` its injects follow.

    `along` lets its injects move with its start, and all that came after it with its end.
    """

    do: Literal["write_session"]
    day: Number
    session: Known
    fields: Fields
    along: bool = False
    base: Revision | None = None
    over: Over = ()


class AddSession(Request):
    """A new session after this one; without `after`, the day's first. Fields left out get a start."""

    do: Literal["add_session"]
    day: Number
    after: Known | None = None
    fields: Fields = Field(default_factory=dict)


class MoveSession(Request):
    """Put a session after another one of its day, in time; without `after`, first. Its injects go along."""

    do: Literal["move_session"]
    day: Number
    session: Known
    after: Known | None = None


class DeleteSession(Request):
    """Take a session out of the agenda; refused while injects stand in it."""

    do: Literal["delete_session"]
    day: Number
    session: Known
    base: Revision | None = None


class WriteHead(Request):
    """Set fields of the whole scenario: title, summary, objectives, groups, variables, map and so on."""

    do: Literal["write_head"]
    fields: Fields
    base: Revision | None = None
    over: Over = ()


class WriteRoster(Request):
    """Set the roster's `delegations`, `tables` or `seats`, in the shape of `roster_changes.shown`, whole each."""

    do: Literal["write_roster"]
    fields: Fields
    base: Revision | None = None
    over: Over = ()


class BeginLanguage(Request):
    """Let the scenario have this language, with nothing translated yet."""

    do: Literal["begin_language"]
    language: Language


class WriteTranslation(Request):
    """Set the translation of the text at this address; an empty one is taken away.

    `of` is the digest (`translations.digest`) of the text that the author translated, so that his words count as
    stale if it changed while he wrote; without it, of the text as it is now.
    """

    do: Literal["write_translation"]
    language: Language
    address: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000), AfterValidator(_with_plain_ends)]
    of: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")] | None = None
    base: Revision | None = None


class PutPicture(Request):
    """Put a picture into the folder, in place of one of the same name. Its bytes travel beside the request."""

    do: Literal["put_picture"]
    name: PictureFile


class DropPicture(Request):
    """Take a picture out of the folder; refused while an inject shows it."""

    do: Literal["drop_picture"]
    name: PictureFile


Change = (
    WriteInject
    | AddInject
    | DuplicateInject
    | DeleteInject
    | MoveInject
    | Connect
    | Disconnect
    | WriteDay
    | AddDay
    | DeleteDay
    | WriteSession
    | AddSession
    | MoveSession
    | DeleteSession
    | WriteHead
    | WriteRoster
    | BeginLanguage
    | WriteTranslation
    | PutPicture
    | DropPicture
)
"""What an author may ask for."""

CHANGE: TypeAdapter[Change] = TypeAdapter(Annotated[Change, Field(discriminator="do")])
"""Reads what an author asks for, from JSON or plain data."""
