"""Plain data in the shape that the authors' forms show it: nothing missing, nothing of another kind than expected.

A form must open on faulty data too, since it is where the fault is mended. What cannot be shown is left out here and
stays in the file as long as nobody changes that field.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ttx.scenario.agenda_changes import speaker_ids
from ttx.scenario.findings import Finding
from ttx.scenario.model import Day, Inject, Scenario, Session
from ttx.scenario.phrasing import called, phrase, spelt
from ttx.web.author_frame import Reading, days_of, items_of, said

QUESTION = ("id", "kind", "ask", "options", "low", "high", "objectives", "expects", "voice")
OPTION = ("label", "next", "set")
SPEAKER = ("id", "name", "role", "topic")


class Lenient(dict[str, object]):
    """A mapping that a template may ask for anything: what is not there is None."""

    def __missing__(self, key: str) -> None:
        return None


def lenient(value: object) -> object:
    """Plain data with every mapping lenient, all the way down."""
    if isinstance(value, dict):
        return Lenient({str(name): lenient(one) for name, one in value.items()})
    if isinstance(value, list):
        return [lenient(one) for one in value]
    return value


def mapping(value: object) -> Lenient:
    """A mapping as it is; anything else as an empty one."""
    found = lenient(value)
    return found if isinstance(found, Lenient) else Lenient()


def words(value: object) -> list[str]:
    """A list of texts; a single text counts as a list of one, and what is no text is left out."""
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value if isinstance(one, str | int)] if isinstance(value, list) else []


def inject_form(raw: Mapping[str, object]) -> Lenient:
    """An inject as its form shows it."""
    piece = mapping(raw)
    for field in ("expected", "objectives", "capabilities", "needs"):
        piece[field] = words(raw.get(field))
    if raw.get("next") is not None:
        piece["next"] = words(raw.get("next"))
    if isinstance(piece["to"], Lenient):
        piece["to"] = Lenient({kind: words(piece["to"][kind]) for kind in ("groups", "tables", "delegations")})
    piece["questions"] = [_item(one, QUESTION) for one in items_of(raw, "questions")]
    piece["map"] = [mapping(one) for one in items_of(raw, "map")]
    piece["picture"] = mapping(raw.get("picture")) if raw.get("picture") is not None else None
    if raw.get("branch") is not None:
        branch = mapping(raw.get("branch"))
        options = mapping(branch["options"])
        branch["options"] = {key: _item(mapping(one), OPTION) for key, one in options.items()}
        piece["branch"] = branch
    else:
        piece["branch"] = None
    return piece


def session_form(raw: Mapping[str, object]) -> Lenient:
    """A session as its form shows it."""
    piece = mapping(raw)
    speakers = items_of(raw, "speakers")
    piece["speakers"] = [
        _item({**one, "id": ident}, SPEAKER) for one, ident in zip(speakers, speaker_ids(speakers), strict=True)
    ]
    return piece


def _item(raw: Mapping[str, object], known: Iterable[str]) -> Lenient:
    """An item of a list with its fields; those the form has no control for are its `rest`, to be sent back as is."""
    item = mapping(raw)
    for field in ("options", "set"):
        if field in known:
            item[field] = mapping(raw.get(field))
    if "objectives" in known:
        item["objectives"] = words(raw.get("objectives"))
    item["rest"] = {name: value for name, value in raw.items() if name not in known}
    return item


def head_form(data: Mapping[str, object]) -> Lenient:
    """The whole's own fields, without the days."""
    piece = mapping({name: value for name, value in data.items() if name not in ("days", "translations")})
    for field in ("rules", "assumptions"):
        piece[field] = words(data.get(field))
    for field in ("objectives", "capabilities", "groups", "organisations", "glossary", "storylines", "variables"):
        piece[field] = Lenient({key: mapping(one) for key, one in mapping(data.get(field)).items()})
    piece["feedback"] = {key: one for key, one in mapping(data.get("feedback")).items() if isinstance(one, str)}
    chart = mapping(data.get("map"))
    for field in ("places", "routes", "tokens", "borders"):
        chart[field] = Lenient({key: mapping(one) for key, one in mapping(chart[field]).items()})
    land = chart["land"]
    chart["land"] = land if isinstance(land, list) else []
    piece["map"] = chart
    return piece


def spot(value: object) -> str:
    """A place's id, or coordinates as `x, y`; empty for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2:
        return ", ".join(str(part) for part in value)
    return ""


def spots(value: object) -> str:
    """Coordinates one after the other, as `x,y x,y`."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ""
    return " ".join(spot(one).replace(" ", "") for one in value if isinstance(one, list))


@dataclass(frozen=True, slots=True)
class Known:
    """What a form may name, as pairs of id and name; `injects` with their day besides.

    `values` are those that the story may remember, each with its variable, and `conditions` ask for one of them.
    """

    groups: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, str], ...]
    delegations: tuple[tuple[str, str], ...]
    objectives: tuple[tuple[str, str], ...]
    capabilities: tuple[tuple[str, str], ...]
    storylines: tuple[tuple[str, str], ...]
    variables: tuple[tuple[str, str], ...]
    sessions: tuple[tuple[str, str], ...]
    injects: tuple[tuple[str, str, int], ...]
    places: tuple[tuple[str, str], ...]
    routes: tuple[tuple[str, str], ...]
    tokens: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str], ...]
    senders: tuple[str, ...]
    cast: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]

    def phrase(self, condition: str) -> str:
        """A condition in words; what cannot be read as it was written."""
        return phrase(condition, _labels(self.variables))


def known(read: Reading, day: int | None, pictures: Iterable[str]) -> Known:
    """What the forms of this day may name."""
    data = read.data
    chart = mapping(data.get("map"))
    days = days_of(data)
    place = read.place(day)
    routes, tokens, borders = _named(chart["routes"]), _named(chart["tokens"]), _named(chart["borders"])
    places = _named(chart["places"])
    here = items_of(days[place], "injects") if place is not None else []
    delegations = tuple((key, one.name) for key, one in read.roster.delegations.items()) if read.roster else ()
    cast = (*_named(data.get("organisations")), *_named(data.get("groups")), *delegations)
    variables = _named(data.get("variables"), "label")
    names = _labels(variables)
    remembered = tuple(dict.fromkeys(_remembered(data, days)))
    return Known(
        groups=_named(data.get("groups")),
        tables=tuple(read.roster.tables.items()) if read.roster else (),
        delegations=delegations,
        objectives=_named(data.get("objectives")),
        capabilities=_named(data.get("capabilities")),
        storylines=_named(data.get("storylines")),
        variables=variables,
        sessions=tuple(
            (said(one, "id"), f"{said(one, 'start')} {said(one, 'title')}")
            for one in (items_of(days[place], "sessions") if place is not None else ())
            if said(one, "id")
        ),
        injects=tuple(
            (said(inject, "id"), said(inject, "title"), number)
            for one in days
            if isinstance(number := one.get("day"), int)
            for inject in items_of(one, "injects")
            if said(inject, "id")
        ),
        places=places,
        routes=routes,
        tokens=tokens,
        drawn=(*routes, *borders, *tokens, *places),
        pictures=tuple((name, name) for name in sorted(pictures)),
        senders=tuple(dict.fromkeys(name for one in here if (name := said(one, "sender")))),
        cast=tuple(dict(cast).items()),
        values=tuple((value, f"{called(name, names)}: {spelt(value)}") for name, value in remembered),
        conditions=tuple(
            (text, words)
            for name, value in remembered
            if (words := phrase(text := f"{name} == {value}", names)) != text
        ),
    )


def _labels(variables: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {key: label if label != key else "" for key, label in variables}


def _remembered(data: Mapping[str, object], days: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, str]]:
    """The values that variables begin with or are given by an option, as they are typed."""
    told = [(name, mapping(one)["start"]) for name, one in mapping(data.get("variables")).items()]
    for inject in (inject for day in days for inject in items_of(day, "injects")):
        for option in mapping(mapping(inject.get("branch"))["options"]).values():
            told += mapping(mapping(option)["set"]).items()
    for name, value in told:
        if value is not None and value != "":
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def _named(value: object, field: str = "name") -> tuple[tuple[str, str], ...]:
    return tuple((key, said(one, field) or key) for key, one in mapping(value).items() if isinstance(one, Lenient))


def by_field(findings: Iterable[Finding], piece: Mapping[str, object]) -> dict[str, list[Finding]]:
    """Findings by the place of the form that shows them: a field, or an item as `questions.q1`, `branch.A`.

    What belongs to no field stands under the empty name.
    """
    questions = {said(one, "id") for one in items_of(piece, "questions")}
    found: dict[str, list[Finding]] = {}
    for one in findings:
        match (one.field or "").split("."):
            case ["questions", which, *_] if which in questions or which.isdecimal():
                slot = f"questions.{which}"
            case [("seats" | "delegations" | "tables") as part, which, *_]:
                slot = f"{part}.{which}"
            case ["branch", "options", key, *_]:
                slot = f"branch.{key}"
            case ["map", which, *_] if which.isdecimal() or which in ("places", "routes", "tokens", "borders"):
                slot = f"map.{which}"
            case parts:
                slot = parts[0] if parts[0] in FIELDS else ""
        found.setdefault(slot, []).append(one)
    return found


FIELDS = frozenset(
    {*Inject.model_fields, *Day.model_fields, *Session.model_fields, *Scenario.model_fields}
    - {"days", "injects", "day", "format", "translations"}
    | {"delegations", "tables", "seats"}
)
"""The fields that a form has a place for."""
