"""Whether two injects are one that was worked on, or quite another one that goes by the same id."""

from collections import Counter
from collections.abc import Mapping

_ALIKE = 0.65
"""The share of threes of letters that two states of an inject have in common, of title and text. Of the 84 injects of
the scenarios here, two that tell different things share less than 0.5 (0.61 in French), but for one pair of 3,486; one
of which a third was written anew keeps 0.67 or more."""


def alike(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two states of an inject tell the same, by their titles and texts; in any script."""
    ours, theirs = _threes(one), _threes(other)
    both = sum(ours.values()) + sum(theirs.values())
    return both == 0 or 2 * sum((ours & theirs).values()) >= _ALIKE * both


def _threes(inject: Mapping[str, object]) -> Counter[str]:
    told = " ".join(" ".join(str(inject.get(name) or "").casefold().split()) for name in ("title", "text")).strip()
    return Counter(told[at : at + 3] for at in range(max(1, len(told) - 2))) if told else Counter()
