"""Why the gate lets somebody not pass. The gate itself is `ttx.web.access`."""


class NotSeated(Exception):
    """Nobody we know is asking, or not from this seat. Its text is a sentence."""


class NotSignedIn(NotSeated):
    """Nobody is signed in where an account is needed."""


class NotStrong(NotSeated):
    """Whoever is signed in has the seat, and signed in with less than its exercise demands."""


class Locked(Exception):
    """The screen of this session is locked."""


class NoPlace(NotSeated):
    """The device writes nothing in the scenario that the address leads to."""


class OwnPlace(Exception):
    """A page was asked for at a colleague's address; it is at this one for whoever asks."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"This page is at {address}.")
