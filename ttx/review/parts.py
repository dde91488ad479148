"""What pieces of a report are made of."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A piece of a report; plain data all the way down."""

    model_config = ConfigDict(frozen=True)
