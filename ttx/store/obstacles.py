"""Why the store did not do what was asked, as sentences: what was asked, what stands in the way, what to do."""

from typing import ClassVar


class Obstructed(Exception):
    """What was asked, what stands in the way and what to do, which together make the sentence."""

    what: ClassVar[str]

    def __init__(self, asked: str, stands: str, remedy: str) -> None:
        self.asked, self.stands, self.remedy = asked, stands, remedy
        super().__init__(f"{asked} could not be {self.what}: {stands}. {remedy}")


class NotOpened(Obstructed):
    """A data directory cannot be used."""

    what = "opened"


class NotRecorded(Obstructed):
    """Nothing of what was asked is in the database; the database is as it was before."""

    what = "recorded"


class NotRead(Obstructed):
    """The database did not give what it holds."""

    what = "read"


class Stands(Exception):
    """What stands in the way and what to do about it, before it is known what was asked."""

    def __init__(self, stands: str, remedy: str) -> None:
        self.stands, self.remedy = stands, remedy
        super().__init__(f"{stands}. {remedy}")
