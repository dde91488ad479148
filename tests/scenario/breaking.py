"""How to break the small scenario in one place, and what finding that makes."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.words import Written, inject

Change = Callable[[Written], object]


class Fault(NamedTuple):
    """How to break the small scenario, and the one finding this makes.

    The finding stands on the first line that holds `line`, from the inject's own line on if it has one.
    """

    break_it: Change
    file: str
    line: str
    inject: str | None
    field: str | None
    telling: str
    severity: str = "error"


def put(ident: str, *way: str | int, to: object) -> Change:
    """Write something into an inject, at this way through its fields."""
    return lambda data: look_into(inject(data, ident), *way[:-1]).__setitem__(way[-1], to)


def drop(ident: str, *way: str | int) -> Change:
    return lambda data: look_into(inject(data, ident), *way[:-1]).pop(way[-1])


def look_into(piece: Any, *way: str | int) -> Any:
    for part in way:
        piece = piece[part]
    return piece


def session(day: int, number: int, **fields: object) -> Change:
    return lambda data: data["days"][day - 1]["sessions"][number].update(fields)


def all_of(*changes: Change) -> Change:
    return lambda data: [change(data) for change in changes]


def last(ident: str) -> Change:
    """Move an inject to the end of its day's file."""

    def move(data: Written) -> None:
        for day in data["days"]:
            for found in [found for found in day["injects"] if found["id"] == ident]:
                day["injects"].remove(found)
                day["injects"].append(found)

    return move


def rename(ident: str, key: str, new: str) -> Change:
    def change(data: Written) -> None:
        found = inject(data, ident)
        found[new] = found.pop(key)

    return change


ONE, TWO, HEAD = "day-1.yaml", "day-2.yaml", "scenario.yaml"
DECISION = ("branch", "options")
