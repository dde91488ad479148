"""Names that people sign in by: kept as they were typed, compared without case and by one spelling."""

import unicodedata


def compared(name: str) -> str:
    """What two names that mean the same account have in common; its key in the database."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def as_typed(name: str) -> str:
    """The name as it is shown: as it was typed, but for blanks around it."""
    return unicodedata.normalize("NFC", name).strip()
