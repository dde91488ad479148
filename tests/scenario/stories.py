"""Random stories, and each of their paths played out as an exercise would: what `story` must agree with."""

import random
from collections.abc import Iterator

from tests.exercise.words import History, days, decides, lead, tells
from tests.words import Written
from ttx.exercise import course
from ttx.scenario.graph import Graph

Told = tuple[str, ...]


def random_story(seed: int, days_: int = 3, injects: int = 7) -> Graph:
    """A story of a few days with decisions, conditions, needs and parallel ways, in any mixture."""
    dice = random.Random(seed)
    variables: Written = {name: {"start": 0} for name in ("a", "b")}
    return days(*[list(_day(dice, number, injects)) for number in range(1, days_ + 1)], variables=variables)


def _day(dice: random.Random, day: int, injects: int) -> Iterator[Written]:
    names = [f"D{day}-{number:02}" for number in range(1, injects + 1)]
    decisions = 0
    for at, name in enumerate(names):
        later = names[at + 1 :]
        more: Written = {}
        if dice.random() < 0.25:
            more["when"] = dice.choice(["a == 0", "a == 1", "b != 0", "a == 1 or b == 1"])
        if dice.random() < 0.2:
            earlier = [*names[:at], *(f"D{before}-{dice.randint(1, injects):02}" for before in range(1, day))]
            more["needs"] = dice.sample(earlier, min(len(earlier), 1))
        if len(later) > 1 and decisions < 2 and dice.random() < 0.4:
            decisions += 1
            ways = {key: {"next": dice.choice(later), "set": _set(dice)} for key in "AB"}
            yield {**decides(name, default=dice.choice("AB"), **ways), **more}
            continue
        if dice.random() < 0.4:
            more["next"] = dice.sample(later, min(len(later), dice.choice([0, 1, 1, 2])))
        if dice.random() < 0.1:
            more.update(kind="contingency")
            more.pop("next", None)
        yield tells(name, **more)


def _set(dice: random.Random) -> Written:
    return {name: 1 for name in ("a", "b") if dice.random() < 0.4}


def every_path(graph: Graph, most: int = 400) -> list[Told]:
    """What is told along each path when a facilitator always releases what comes next and decides at once."""
    found: list[Told] = []
    waiting: list[tuple[str, ...]] = [()]
    while waiting and len(found) < most:
        choices = waiting.pop()
        told, keys = _played(graph, choices)
        if keys:
            waiting += [(*choices, key) for key in reversed(keys)]
        else:
            found.append(told)
    return found


def _played(graph: Graph, choices: tuple[str, ...]) -> tuple[Told, tuple[str, ...]]:
    """The path of these options, and the options of the decision it has come to, if they do not suffice."""
    history, left = History(graph), list(choices)
    for day in graph.scenario.days:
        history.opened(day.day)
        while (inject := course.next_up(graph, history.state)) is not None:
            history.does(lead(), "release", inject=inject.id)
            if inject.branch is not None:
                if not left:
                    return history.state.out, tuple(inject.branch.options)
                history.decided(inject.id, left.pop(0))
    return history.state.out, ()
