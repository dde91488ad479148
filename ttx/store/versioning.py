"""The version of the tables, and whether a database that is there is one that this ttx can use."""

from collections.abc import Mapping

from ttx.store.obstacles import Stands

SCHEMA = 10
"""The version of the tables. 2 added those of scenarios under way, 3 those of a delegation's tablets, 4 those of
reviews, 5 those that processes leave for each other and those of frozen files, 6 signed heads, 7 the name of an account
as it was typed, 8 what stands beside an account, 9 participants' feedback and who agreed to be named, 10 which comment
another answers; nothing that was there changed."""

LATER = {7: ("accounts", "shown"), 10: ("draft_comments", "answers")}
"""The column that a version added to a table that was there, by version. It may be empty."""


def refuse_strangers(told: Mapping[str, str], what: str, elsewhere: str) -> None:
    """Raise Stands for a database with tables that says this of itself, if it is not ours or of a newer version."""
    if told.get("kind") != "ttx":
        raise Stands(f"{what} belongs to another program", elsewhere)
    if int(told["schema"]) > SCHEMA:
        raise Stands(
            f"a newer ttx wrote it (its tables are version {told['schema']}, and this one knows {SCHEMA})",
            f"Install the newer ttx, or {elsewhere[0].lower()}{elsewhere[1:]}",
        )
