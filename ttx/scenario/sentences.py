"""How a scenario is spoken of to its author: the kinds of pieces, and pydantic's errors as sentences."""

import re
from typing import Any, NamedTuple

from pydantic_core import ErrorDetails

from ttx.scenario import model
from ttx.scenario.findings import listed, nearest
from ttx.scenario.material import Location, Material


class Shape(NamedTuple):
    """A kind of piece: where it stands (* is any item), its fields, and how to speak of it."""

    where: tuple[str, ...]
    fields: tuple[type[model.Written], ...]
    noun: str
    name: str


def an(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _named(where: str, noun: str, kind: type[model.Written] = model.Named) -> Shape:
    return Shape((*where.split("."), "*"), (kind,), an(noun), noun + " {0}")


INJECT = ("days", "*", "injects", "*")
SHAPES = {
    shape.where: shape
    for shape in (
        Shape((), (model.Scenario,), "the scenario", "the scenario"),
        Shape(("days", "*"), (model.Day,), "a day", "day {0}"),
        Shape(("days", "*", "sessions", "*"), (model.Session,), "a session", "session {1}"),
        Shape(
            ("days", "*", "sessions", "*", "speakers", "*"), (model.Speaker,), "a speaker", "speaker {2} of session {1}"
        ),
        Shape(INJECT, (model.Inject,), "an inject", "{1}"),
        Shape((*INJECT, "to"), (model.Audience,), "an audience", "the audience of {1}"),
        Shape((*INJECT, "questions", "*"), (model.Question,), "a question", "question {2} of {1}"),
        Shape((*INJECT, "branch"), (model.Branch,), "a branch", "the branch of {1}"),
        Shape((*INJECT, "branch", "options", "*"), (model.Option,), "an option", "option {2} of {1}"),
        Shape((*INJECT, "picture"), (model.Picture,), "a picture", "the picture of {1}"),
        Shape((*INJECT, "map", "*"), (model.Move, model.Show, model.Alert), "a map step", "map step {2} of {1}"),
        Shape(("translations", "*", "*"), (model.Translated,), "a translation", "the translation of {1} into '{0}'"),
        Shape(("map",), (model.Map,), "the map", "the map"),
        _named("objectives", "objective"),
        _named("capabilities", "capability"),
        _named("groups", "group"),
        _named("organisations", "organisation"),
        _named("glossary", "term"),
        _named("storylines", "storyline"),
        _named("variables", "variable", model.Variable),
        _named("map.places", "place", model.Place),
        _named("map.routes", "route", model.Route),
        _named("map.tokens", "token", model.Token),
        _named("map.borders", "border", model.Border),
    )
}
_PLACE = "a place's id, or two numbers [x, y]"
_VALUE = "text, a whole number, true or false"
# Unions and points fail in several ways at once; the author is told once what is wanted.
WANTED = {
    ("map", "land"): "a list of shapes, each a list of points [x, y]",
    ("map", "places", "*", "at"): "two numbers [x, y]",
    ("map", "tokens", "*", "at"): _PLACE,
    ("map", "routes", "*", "points"): "a list of at least two points [x, y]",
    ("map", "borders", "*", "points"): "a list of at least two points [x, y]",
    ("map", "borders", "*", "label"): "two numbers [x, y]",
    (*INJECT, "map", "*", "to"): _PLACE,
    (*INJECT, "map", "*", "place"): _PLACE,
    ("variables", "*", "start"): _VALUE,
    (*INJECT, "branch", "options", "*", "set", "*"): _VALUE,
}
_MAPPINGS = {where[:-1] for where in SHAPES if where[-1:] == ("*",)} | {
    ("translations",),
    ("feedback",),
    (*INJECT, "questions", "*", "options"),
    (*INJECT, "branch", "options", "*", "set"),
}


def pattern(location: Location) -> tuple[str, ...]:
    where: tuple[str, ...] = ()
    for part in location:
        keyed = where in _MAPPINGS
        where = (*where, "*" if isinstance(part, int) or keyed else part)
    return where


def _owner(location: Location) -> tuple[Shape, Location]:
    """The innermost piece that this location is a field of, or lies in a field of."""
    for end in range(len(location) - 1, -1, -1):
        if (shape := SHAPES.get(pattern(location[:end]))) is not None:
            return shape, location[:end]
    return SHAPES[()], ()


def fields(shape: Shape, written: object) -> list[str]:
    kinds = shape.fields
    if len(kinds) > 1 and isinstance(written, dict):
        kinds = {"move": kinds[:1], "alert": kinds[2:]}.get(str(written.get("do")), kinds[1:2])
    return [name for kind in kinds for name in kind.model_fields]


def meant_field(location: Location, written: object) -> str | None:
    """The field that was meant by one nobody knows, if it is near one that is not written."""
    absent = [name for name in fields(_owner(location)[0], written) if name not in _keys(written)]
    return nearest(str(location[-1]), absent)


def _keys(written: object) -> list[str]:
    return list(written) if isinstance(written, dict) else []


def subject(material: Material, location: Location) -> str:
    """How to speak of the piece at this location: `question q1 of D1-03`."""
    shape = SHAPES.get(pattern(location))
    if shape is None:
        shape, location = _owner(location)
    labels = []
    for end, part in enumerate(pattern(location), 1):
        if part != "*":
            continue
        item, key = material.at(location[:end]), location[end - 1]
        named_by = "day" if end == 2 and location[0] == "days" else "id"
        ident = item.get(named_by) if isinstance(item, dict) else None
        if isinstance(key, str) or (isinstance(ident, str | int) and ident):
            labels.append(str(key if isinstance(key, str) else ident))
        else:
            labels.append(f"inject {key + 1}" if location[end - 2] == "injects" else str(key + 1))
    return shape.name.format(*labels)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


_IDENT_RULE = "an id is a letter, then letters, digits, - or _, 40 signs at most"
_RULES = {
    "at": "a time of day is written 09:30",
    "start": "a time of day is written 09:30",
    "language": "a language is a code such as en, ar or id",
    "file": "a picture's name is small letters, digits, - or _, and ends in .png, .jpg or .webp",
    "of": "it is the eight hex digits of the text it was made from, which the pages for authors write by themselves",
}
_BOUNDS = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}


def _said(written: object) -> str:
    """What the author wrote, as far as it fits into a sentence."""
    text = str(written).lower() if isinstance(written, bool) else str(written)
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return f"'{text}'" if isinstance(written, str) else text


def sentence_of(material: Material, location: Location, error: ErrorDetails) -> str:
    """What is wrong at this location, for its author."""
    shape, owner = _owner(location)
    who = subject(material, owner)
    field = next((part for part in reversed(location) if isinstance(part, str)), "scenario")
    where = pattern(location)
    what = f"the {field.replace('_', ' ')} of {who}"
    if where in SHAPES:
        what = subject(material, location)
    elif where[-1:] == ("*",) and isinstance(location[-1], str):
        what = f"'{location[-1]}' among the {where[-2]} of {who}"
    written: Any = error["input"]
    facts: dict[str, Any] = error.get("ctx") or {}
    said = _said(written)
    there = error["type"] != "missing" or material.at(location) is not None
    if there and (wanted := WANTED.get(where)) is not None:
        return capital(f"{what} must be {wanted}.")
    match error["type"]:
        case "missing":
            return capital(f"{who} has no {field.replace('_', ' ')}; fill it in, in a file as '{field}: ...'.")
        case "extra_forbidden":
            close = meant_field(location, material.at(owner))
            known = listed(fields(shape, material.at(owner)), most=20)
            meant = f"; did you mean '{close}'?" if close else f"; its fields are {known}."
            return f"'{field}' is not a field of {shape.noun}{meant}"
        case kind if written is None and kind != "value_error":
            return capital(f"{what} is empty; write something there, or remove the line.")
        case "enum" | "literal_error" | "union_tag_invalid":
            field = "do" if error["type"] == "union_tag_invalid" else field
            written = facts["tag"] if field == "do" and "tag" in facts else written
            words = re.findall(r"'([^']*)'", str(facts.get("expected") or facts.get("expected_tags")))
            close = nearest(str(written), words)
            meant = f"; did you mean '{close}'?" if close else "."
            return f"{_said(written)} is not {an(field)}; it is one of {', '.join(words)}{meant}"
        case "union_tag_not_found":
            return capital(f"{what} has no do; add do: move, show, hide or alert.")
        case "string_type" | "string_pattern_mismatch" if field in _RULES:
            return capital(f"{what} cannot be {said}; {_RULES[field]}.")
        case "string_type" if isinstance(written, int | float):
            return capital(f"{what} must be text; put it in quotes: '{said}'.")
        case "string_type":
            return capital(f"{what} must be one text, and not a list or fields.")
        case "string_pattern_mismatch":
            return capital(f"{what} cannot be {said}; {_IDENT_RULE}.")
        case "string_too_short":
            return capital(f"{what} is empty; write something there.")
        case "string_too_long":
            return capital(f"{what} has {len(written)} signs; {facts['max_length']} are the most.")
        case "int_type" | "int_parsing" | "int_from_float":
            return capital(f"{what} must be a whole number, and {said} is none.")
        case "bool_type" | "bool_parsing":
            return capital(f"{what} must be true or false.")
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            bounds = listed(f"{_BOUNDS[key]} {bound}" for key, bound in facts.items() if key in _BOUNDS)
            return capital(f"{what} is {said}; it must be {bounds}.")
        case "tuple_type" | "list_type":
            example = f"[{written}]" if isinstance(written, str | int) else f"[{field}, ...]"
            return capital(f"{what} must be a list; write {field}: {example}.")
        case "too_short":
            least, there = facts["min_length"], facts["actual_length"]
            return capital(f"{what} must hold at least {least}, and holds {there}.")
        case "too_long":
            return capital(f"{what} must hold at most {facts['max_length']}, and holds {len(written)}.")
        case "model_type" | "model_attributes_type" if field == "to":
            return capital(f"{what} is written to: all, or to: {{groups: [...]}}.")
        case "dict_type" | "mapping_type" | "model_type" | "model_attributes_type":
            return capital(f"{what} must be written as fields, one 'name: value' a line.")
        case "value_error":
            return capital(f"{subject(material, location)}: {facts['error']}.")
    return capital(f"{what} cannot be {said}: {error['msg']}.")
