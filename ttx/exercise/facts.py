"""What all entries of the log share, and all requests. Which there are is told in `entries` and `requests`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Pages = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12_000)]
"""A longer text, of several paragraphs."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
"""How a request names an inject, a table or an option."""
RatingLetter = Literal["P", "S", "M", "U", "N"]


MapLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
"""The words of an alert, as long as a scenario's may be."""
People = Annotated[int, Field(ge=1, le=10_000_000)]
"""How many people go a way on the map, as many as a scenario may say."""


class Fact(BaseModel):
    """A past-tense fact: frozen, and a field nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Request(BaseModel):
    """Something that is asked for: a field nobody knows is refused with its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)
