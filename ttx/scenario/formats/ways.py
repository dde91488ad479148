"""The ways through a branching story: what is reached from its beginning, in what order, and which steps go in circles.

Works on names alone, and without recursion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ways:
    """`order` holds what is reached, each after all that lead to it; `depth` how many steps the longest way to it has.
    `circles` are the steps that lead back and so had to be cut, `before` what leads to each without them."""

    order: tuple[str, ...]
    depth: Mapping[str, int]
    circles: frozenset[Step]
    before: Mapping[str, tuple[str, ...]]


def ways(start: str, after: Mapping[str, Sequence[str]]) -> Ways:
    """The ways from `start`, where `after` says what follows each name. Earlier followers come first."""
    circles: set[Step] = set()
    finished: list[str] = []
    state = {start: 1}
    stack = [(start, iter(reversed(after.get(start, ()))))]
    while stack:
        name, following = stack[-1]
        for other in following:
            if state.get(other) == 1:
                circles.add((name, other))
            elif other not in state:
                state[other] = 1
                stack.append((other, iter(reversed(after.get(other, ())))))
                break
        else:
            state[name] = 2
            finished.append(name)
            stack.pop()
    order = tuple(reversed(finished))
    before: dict[str, list[str]] = {name: [] for name in order}
    depth = dict.fromkeys(order, 0)
    for name in order:
        for other in after.get(name, ()):
            if (name, other) not in circles:
                before[other].append(name)
                depth[other] = max(depth[other], depth[name] + 1)
    return Ways(order, depth, frozenset(circles), {name: tuple(found) for name, found in before.items()})
