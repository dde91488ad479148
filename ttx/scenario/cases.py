"""The case library: short generic developments for the day itself, with blanks that a facilitator fills."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ttx.scenario.model import Channel, Ident, Line, Written

BLANK = re.compile(r"\[[^\[\]\n]+\]")
"""What is to be filled before a case is told: a word or two in brackets."""

About = Literal["media", "people", "sea", "land", "law", "team"]
"""What a case is about; the order in which they are offered."""


class Case(Written):
    """One case. Its texts hold blanks such as [port]."""

    id: Ident
    about: About
    title: Line
    sender: Line
    channel: Channel
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    questions: Annotated[tuple[Line, ...], Field(max_length=5)] = ()

    @property
    def blanks(self) -> tuple[str, ...]:
        """The blanks of all its texts, each once, in the order they come."""
        return tuple(dict.fromkeys(BLANK.findall(f"{self.title}\n{self.sender}\n{self.text}")))


class _Library(Written):
    format: Literal["ttx-cases/1"]
    cases: Annotated[tuple[Case, ...], Field(max_length=200)]


class NoCases(Exception):
    """A library that cannot be read. Its text is a sentence that names the file."""


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file, none where there is no file. Raises NoCases where it is no library."""
    if not path.exists():
        return ()
    try:
        return _Library.model_validate(YAML(typ="safe").load(path.read_text("utf-8"))).cases
    except (OSError, UnicodeDecodeError, YAMLError, ValidationError) as fault:
        raise NoCases(f"{path.name} is no library of cases: {fault}") from fault
