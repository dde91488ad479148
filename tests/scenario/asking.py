"""What an author asks for, on the files of Lantern Tide or of the small scenario, and what comes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.words import small_scenario
from ttx.scenario import folders
from ttx.scenario.changes import CHANGE, Changed, NotChanged, change
from ttx.scenario.checks import checked
from ttx.scenario.files import assembled
from ttx.scenario.graph import build
from ttx.scenario.translations import digest
from ttx.scenario.writing import written

LANTERN = folders.contents(Path(__file__).parents[2] / "scenarios" / "lantern-tide").texts


def small() -> dict[str, str]:
    """The small scenario's files, with two texts in French."""
    title = {"of": digest("Which port?"), "text": "Quel port ?"}
    picture = {"of": digest("One picture"), "text": "Une image"}
    french = {"D1-03.title": title, "day-1.sessions.picture.title": picture}
    return written(small_scenario() | {"translations": {"fr": french}})


def asked(texts: Mapping[str, str], do: str, pictures: tuple[str, ...] = (), **fields: object) -> Changed:
    return change(texts, pictures, CHANGE.validate_python({"do": do, **fields}))


def refused(texts: Mapping[str, str], do: str, pictures: tuple[str, ...] = (), **fields: object) -> str:
    with pytest.raises(NotChanged) as caught:
        asked(texts, do, pictures, **fields)
    return str(caught.value)


def day(texts: Mapping[str, str], number: int) -> Any:
    return next(day for day in assembled(texts).data["days"] if day["day"] == number)  # type: ignore[index]


def ids(texts: Mapping[str, str], number: int) -> list[str]:
    return [inject["id"] for inject in day(texts, number)["injects"]]


def inject(texts: Mapping[str, str], ident: str) -> Any:
    days = assembled(texts).data["days"]  # type: ignore[index]
    return next(found for day in days for found in day["injects"] if found["id"] == ident)


def faults(texts: Mapping[str, str]) -> list[str]:
    return [finding.sentence for finding in checked(assembled(texts))[1]]


def leads(texts: Mapping[str, str], ident: str) -> list[str]:
    scenario, _ = checked(assembled(texts))
    assert scenario is not None
    return [step.target for step in build(scenario).after[ident]]


def changed_lines(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Lines that are in a file now and were not."""
    return [
        line for name in after for line in after[name].splitlines() if line not in before.get(name, "").splitlines()
    ]
