"""A file's day laid over a day that was worked on: what it says otherwise, field by field, and what is wanted of it.

Injects are the same by their ids. What the file does not say stays, and so does what it does not have.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ttx.scenario.formats.understood import Understood
from ttx.scenario.likeness import alike
from ttx.scenario.material import Location, look, parse
from ttx.scenario.model import Inject
from ttx.scenario.writing import edited, inserted, rewritten

WHOLE = ""
"""The field of a difference that is a whole inject."""

_FIELDS = tuple(name for name in Inject.model_fields if name not in ("id", "session"))
_GIVES = {
    "both": ("sender", "to"), "until": ("minutes",), "options": ("branch", "questions"), "next": ("next", "branch"),
}  # fmt: skip
"""What a column gives that is not called like it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a file says otherwise than the day does, or (`WHOLE`) an inject that only the file has.

    `now` is what would stand there: of questions, those of the day too that the file does not have. `alike` is False
    where the file tells quite another thing under this id.
    """

    ident: str
    field: str
    was: object
    now: Any
    title: str
    alike: bool = True


def given(found: Understood) -> frozenset[str]:
    """The fields of an inject that a file says: those of its columns, or all where it is no table."""
    taken = [one.field for one in found.columns if one.field is not None]
    fields = {name for field in taken for name in _GIVES.get(field, (field,))}
    if "text" in fields:
        fields.add("title")  # made of the text where no column has it
    return frozenset(_FIELDS) & fields if found.columns else frozenset(_FIELDS)


def differences(
    there: Mapping[str, Any], comes: Mapping[str, Any], fields: Collection[str], titled: bool = True
) -> tuple[Difference, ...]:
    """What of these `fields` the day that `comes` says otherwise than the one that is `there`, in the file's order.

    An empty field says nothing. Unless the file is `titled`, a title follows its text only where the text differs.
    """
    return tuple(_differences(_injects(there), comes, fields, titled))


def merged(text: str, file: str, comes: Mapping[str, Any], wanted: Sequence[Difference]) -> str:
    """The day's file with these differences taken over; all else stays, comments too. Raises as `writing.edited`."""
    places = {ident: place for place, ident in enumerate(_injects(parse(text, file).data))}
    values: dict[Location, object] = {}
    for one in wanted:
        if one.field != WHOLE and one.ident in places:
            values["injects", places[one.ident], one.field] = one.now
            if one.field == "branch":
                values["injects", places[one.ident], "kind"] = "decision"
    text = rewritten(text, file, values)
    for one in wanted:
        if one.field == "branch" and one.ident in places:
            text = edited(text, file, ("injects", places[one.ident], "next"), None)
    for one in wanted:
        if one.field == WHOLE:
            text = _put_in(text, file, comes, one)
    return text


def _differences(
    here: Mapping[str, Mapping[str, Any]], comes: Mapping[str, Any], fields: Collection[str], titled: bool
) -> Iterator[Difference]:
    for ident, new in _injects(comes).items():
        old = here.get(ident)
        if old is None:
            yield Difference(ident, WHOLE, None, new, str(new.get("title") or ""))
            continue
        same = alike(old, new) or alike({"text": old.get("text")}, {"text": new.get("text")})
        for field in _FIELDS:
            was, now = old.get(field), new.get(field)
            if (
                field not in fields
                or not now
                or (field == "title" and not titled and old.get("text") == new.get("text"))
            ):
                continue
            if "decision" in (old.get("kind"), new.get("kind")) and (
                field == "kind" or (field == "next" and old.get("kind") == "decision")
            ):
                continue  # a branch and its kind come together, and a decision leads on by its options alone
            if field == "questions":
                now = _questions(was, now)
            if _plain(field, was) != _plain(field, now):
                yield Difference(ident, field, was, now, str(old.get("title") or ""), same)


def _plain(field: str, value: Any) -> object:
    """A value to be compared: one next inject is the same as a list of one, and all is what nothing says."""
    if field == "next" and isinstance(value, str):
        return [value]
    if field == "to" and value is None:
        return {"all": True}
    return " ".join(value.split()) if isinstance(value, str) else value


def _questions(was: object, now: object) -> list[Any]:
    """The day's questions, each with what the file says of it, and then those that only the file has."""
    old = [one for one in was if isinstance(one, dict)] if isinstance(was, list) else []
    new = {look(one, ("id",)): one for one in now if isinstance(one, dict)} if isinstance(now, list) else {}
    kept = [{**one, **new.get(one.get("id"), {})} for one in old]
    return [*kept, *(one for ident, one in new.items() if ident not in [each.get("id") for each in old])]


def _put_in(text: str, file: str, comes: Mapping[str, Any], one: Difference) -> str:
    """An inject that only the file has comes after the one that it follows there, into a session that has its time."""
    data = parse(text, file).data
    here, order = _injects(data), list(_injects(comes))
    before = next((ident for ident in reversed(order[: order.index(one.ident)]) if ident in here), None)
    place = list(here).index(before) + 1 if before is not None else 0
    return inserted(text, file, ("injects",), place, {**one.now, "session": _session(data, here, before, one.now)})


def _session(data: object, here: Mapping[str, Mapping[str, Any]], before: str | None, new: Mapping[str, Any]) -> object:
    listed = look(data, ("sessions",))
    sessions = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    sessions = [one for one in sessions if one.get("kind", "session") == "session"] or sessions
    begun = [one for one in sessions if str(one.get("start")) <= str(new.get("at"))]
    if begun:
        return begun[-1].get("id")
    if before is not None:
        return here[before].get("session")
    return sessions[0].get("id") if sessions else new.get("session")


def _injects(day: object) -> dict[str, Mapping[str, Any]]:
    found = look(day, ("injects",))
    return {str(one.get("id")): one for one in found if isinstance(one, dict)} if isinstance(found, list) else {}
