"""Drafts of answers as they are kept, beside the log and never in it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import and_, delete, insert, select

from ttx.exercise.drafting import Draft, KeepDraft, TooManyHands, keep
from ttx.store.database import Store
from ttx.store.tables import answer_drafts, exercises, stamp

Where = tuple[str, str, str]
"""A delegation, an inject and its question."""

Drafts = dict[Where, tuple[Draft, ...]]


def drafts_of(store: Store, exercise: str) -> Drafts:
    """Every draft of an exercise. Raises NotRead."""
    rows_of = select(answer_drafts).where(answer_drafts.c.exercise == exercise).order_by(answer_drafts.c.at)
    found: Drafts = {}
    with store.read(f"The drafts of exercise {exercise}") as connection:
        for row in connection.execute(rows_of):
            where = (row.delegation, row.inject, row.question)
            found[where] = (*found.get(where, ()), Draft(row.hand, row.version, row.state))
    return found


def keep_drafts(
    store: Store, exercise: str, asked: Iterable[tuple[str, KeepDraft]], now: datetime | None = None
) -> list[tuple[Draft, ...] | TooManyHands]:
    """Keep what tablets of these delegations ask, in one transaction; each draft as it is then. Raises NotRecorded."""
    at = stamp(now or datetime.now(UTC))
    results: list[tuple[Draft, ...] | TooManyHands] = []
    with store.write("A draft", beside=True) as connection:
        connection.execute(select(exercises.c.id).where(exercises.c.id == exercise).with_for_update())
        for delegation, one in asked:
            here = and_(
                answer_drafts.c.exercise == exercise,
                answer_drafts.c.delegation == delegation,
                answer_drafts.c.inject == one.inject,
                answer_drafts.c.question == one.question,
            )
            rows = connection.execute(select(answer_drafts).where(here).order_by(answer_drafts.c.at)).all()
            before = {row.hand: Draft(row.hand, row.version, row.state) for row in rows}
            try:
                after = keep(before.values(), one)
            except TooManyHands as refusal:
                results.append(refusal)
                continue
            gone = before.keys() - {draft.hand for draft in after if before.get(draft.hand) == draft}
            if gone:
                connection.execute(delete(answer_drafts).where(here, answer_drafts.c.hand.in_(gone)))
            fresh = [draft for draft in after if before.get(draft.hand) != draft]
            if fresh:
                named = {
                    "exercise": exercise,
                    "delegation": delegation,
                    "inject": one.inject,
                    "question": one.question,
                    "at": at,
                }
                rows_in = [{**named, "hand": d.hand, "version": d.version, "state": d.state} for d in fresh]
                connection.execute(insert(answer_drafts), rows_in)
            results.append(after)
    return results
