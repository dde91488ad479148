"""The triggers that keep logs append-only, whoever writes to the database."""

from ttx.store.review_tables import REVIEW_GUARDS

# `INSERT OR REPLACE` deletes without firing delete triggers, so a taken seq or key is refused as well.
GUARDS = {
    "entries_are_not_changed": (
        "BEFORE UPDATE ON entries",
        "An entry of the log is never changed; a correction is a new entry.",
    ),
    "entries_are_not_deleted": (
        "BEFORE DELETE ON entries",
        "An entry of the log is never deleted; a correction is a new entry.",
    ),
    "entries_are_not_replaced": (
        (
            "BEFORE INSERT ON entries WHEN EXISTS "
            "(SELECT 1 FROM entries WHERE exercise = NEW.exercise AND (seq = NEW.seq OR key = NEW.key))"
        ),
        "An entry of the log is never replaced; a correction is a new entry.",
    ),
    "bodies_are_not_changed": (
        "BEFORE UPDATE ON bodies",
        "The body of an entry is never changed; it can only be shredded.",
    ),
    **REVIEW_GUARDS,
}
"""Name, when it fires, and the sentence it aborts with, as SQLite has them; PostgreSQL's are made from these."""
