"""What people wrote by hand in a day's injects, as far as no file has said it anew since."""

from ttx.store.database import Store
from ttx.store.history import MOST, Kind, history


def by_hand(store: Store, draft: str, day: int) -> frozenset[tuple[str, str]]:
    """The fields of this day's injects, by inject and field, whose last change was a person's and no file's.

    Looks through the last 2,000 changes at most. Raises NotRead.
    """
    last: dict[tuple[str, str], bool] = {}
    before: int | None = None
    for _ in range(10):
        pasts = history(store, draft, before=before, limit=MOST, day=day)
        for past in pasts:
            for one in past.touched:
                if past.taken_back is None and one.inject is not None and len(one.location) == 2:
                    for field in _changed(one.before, one.after):
                        last.setdefault((one.inject, field), past.kind in (Kind.CHANGE, Kind.REDO))
        if len(pasts) < MOST:
            break
        before = pasts[-1].seq
    return frozenset(where for where, hand in last.items() if hand)


def _changed(before: object, after: object) -> set[str]:
    old, new = (one if isinstance(one, dict) else {} for one in (before, after))
    return {field for field in {*old, *new} if old.get(field) != new.get(field)}
