"""Where the story stands: what is available now, and why something is not. The graph's frontier.

Costs what an inject's neighbours cost, never the whole scenario.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ttx.exercise.entries import InjectReworded
from ttx.exercise.state import State
from ttx.scenario.graph import Graph, Step
from ttx.scenario.model import Alert, Inject, MapStep
from ttx.scenario.phrasing import labels, phrase


class Standing(StrEnum):
    """What can be said of an inject right now."""

    RELEASED = "released"
    AVAILABLE = "available"
    RESERVE = "reserve"
    HELD = "held"
    SKIPPED = "skipped"
    WAITING = "waiting"
    PASSED_BY = "passed by"


@dataclass(frozen=True, slots=True)
class Stand:
    """An inject's standing; `why` says what it waits for, without a full stop, when it is not available."""

    standing: Standing
    why: str = ""

    @property
    def releasable(self) -> bool:
        """Whether a facilitator may release it now."""
        return self.standing in (Standing.AVAILABLE, Standing.RESERVE, Standing.HELD)


def find(graph: Graph, state: State, inject: str) -> Inject | None:
    """An inject by id, of the scenario or written during the exercise, in the words it was or would be released in."""
    found, words = as_written(graph, state, inject), state.reworded.get(inject)
    if found is None or words is None:
        return found
    said = words.model_dump(include={"title", "text", "sender"}, exclude_none=True)
    return found.model_copy(update={**said, "map": _on_the_map(found.map, words)})


def _on_the_map(steps: tuple[MapStep, ...], words: InjectReworded) -> tuple[MapStep, ...]:
    """The steps of an inject on the map with the words and numbers it was given."""
    labels, people = words.labels or {}, words.people or {}

    def said(number: int, step: MapStep) -> MapStep:
        if number in labels and isinstance(step, Alert):
            return step.model_copy(update={"label": labels[number]})
        if number in people and not isinstance(step, Alert):
            return step.model_copy(update={"people": people[number]})
        return step

    return tuple(said(number, step) for number, step in enumerate(steps, 1)) if labels or people else steps


def as_written(graph: Graph, state: State, inject: str) -> Inject | None:
    """An inject by id in the words it was written in."""
    added = state.added.get(inject)
    return added[1] if added is not None else graph.injects.get(inject)


def said_on_map(inject: Inject) -> tuple[str, ...]:
    """The words and numbers that an inject puts on the map."""
    said = (step.label if isinstance(step, Alert) else f"{step.people:,}" if step.people else "" for step in inject.map)
    return tuple(words for words in said if words)


def changed_words(graph: Graph, state: State, inject: str) -> tuple[str, ...]:
    """Which of an inject's title, text, sender and map read otherwise than they were written."""
    told, written = find(graph, state, inject), as_written(graph, state, inject)
    if inject not in state.reworded or told is None or written is None:
        return ()
    return tuple(name for name in ("title", "text", "sender", "map") if getattr(told, name) != getattr(written, name))


def day_of(graph: Graph, state: State, inject: str) -> int | None:
    """The day an inject belongs to."""
    added = state.added.get(inject)
    return added[0] if added is not None else graph.day_of.get(inject)


def injects_of(graph: Graph, state: State, day: int) -> Iterator[Inject]:
    """A day's injects as written, then those written during the exercise."""
    found = (find(graph, state, name) for name in _names_of(graph, state, day))
    yield from (inject for inject in found if inject is not None)


def _names_of(graph: Graph, state: State, day: int) -> Iterator[str]:
    written = graph.scenario.day(day)
    if written is not None:
        yield from (inject.id for inject in written.injects)
    yield from (name for name, (number, _) in state.added.items() if number == day)


def stand(graph: Graph, state: State, name: str) -> Stand:
    """Where an inject stands. The inject must exist."""
    progress = state.progress.get(name)
    if progress is not None and progress.standing == "released":
        return Stand(Standing.RELEASED)
    day = day_of(graph, state, name)
    if state.day != day:
        return Stand(Standing.WAITING, f"day {day} is not open")
    if progress is not None and progress.standing == "held":
        return Stand(Standing.HELD)
    if progress is not None and progress.standing == "skipped":
        return Stand(Standing.SKIPPED, "it was skipped")
    if name in state.added:
        return Stand(Standing.RESERVE)
    inject = graph.injects[name]
    for needed in inject.needs:
        if needed in graph.injects and not state.released(needed):
            skipped = needed in state.progress and state.progress[needed].standing == "skipped"
            return Stand(
                Standing.WAITING, f"it needs {needed}, which {'was skipped' if skipped else 'has not been released'}"
            )
    if not inject.reserve:
        why = _unreached(graph, state, name)
        if why is not None:
            return why
    condition = graph.conditions.get(name)
    if condition is not None and not condition.holds(state.variables):
        return Stand(Standing.PASSED_BY, f"it comes only when {phrase(condition.text, labels(graph.scenario))}")
    return Stand(Standing.RESERVE if inject.reserve else Standing.AVAILABLE)


def in_story(graph: Graph, state: State, told: Iterable[Inject]) -> list[Inject]:
    """Injects in the order the story has them, by the plan's day and time, however late some of them were told.

    What is in reserve or written during the exercise has no place in the plan: it comes after what was told before it.
    """
    placed: list[tuple[tuple[int, str], Inject]] = []
    furthest = (0, "")
    for inject in told:
        written = not inject.reserve and inject.id not in state.added
        at = (day_of(graph, state, inject.id) or 0, inject.at) if written else furthest
        furthest = max(furthest, at)
        placed.append((at, inject))
    return [inject for _, inject in sorted(placed, key=lambda one: one[0])]


def choosers(graph: Graph, state: State, name: str) -> tuple[str, ...]:
    """The tables that take a decision, where each takes it for itself; none where they do not."""
    inject = find(graph, state, name)
    if inject is None or inject.branch is None or inject.branch.by != "each_table":
        return ()
    return tuple(table for table in state.tables if table in _tables_of(state, inject))


def ways_here(graph: Graph, state: State, name: str) -> tuple[Step, ...]:
    """The steps by which the story has come to an inject."""
    return tuple(step for step in graph.before.get(name, ()) if _untaken(graph, state, step) is None)


def tables_on_the_way(graph: Graph, state: State, name: str) -> tuple[str, ...]:
    """The tables whose story has come to an inject, where tables went different ways; none if it is all of them."""
    steps = ways_here(graph, state, name)
    if not steps:
        return ()
    found = set[str]()
    for step in steps:
        progress = state.progress.get(step.source)
        alone = progress is not None and progress.everyone is None and progress.tables
        here = set(progress.tables) if progress is not None and alone else set(state.tables)
        chosen = state.choices.get(step.source)
        if step.option is not None and chosen and step.source not in state.decisions:
            here &= {table for table, option in chosen.items() if option == step.option}
        found |= here
    return () if found >= set(state.tables) else tuple(table for table in state.tables if table in found)


def goes_to(graph: Graph, state: State, name: str) -> tuple[str, ...]:
    """The tables that a release would go to now, where those are not all at which its people sit; none if they are."""
    inject, where = find(graph, state, name), tables_on_the_way(graph, state, name)
    there = _tables_of(state, inject) if inject is not None else set()
    return () if not where or there <= set(where) else tuple(table for table in where if table in there)


def _tables_of(state: State, inject: Inject) -> set[str]:
    """The tables at which somebody sits whom an inject is addressed to."""
    return {
        table
        for name, one in state.delegations.items()
        for table in one.tables
        if inject.to.reaches(name, table, frozenset(one.groups))
    }


def still_to_reach(graph: Graph, state: State, name: str) -> tuple[str, ...]:
    """The tables that an inject, released to others, is still to reach: where its people sit and the story has come."""
    inject, progress = find(graph, state, name), state.progress.get(name)
    if inject is None or progress is None or not state.released(name) or progress.everyone is not None:
        return ()
    there, where = _tables_of(state, inject), tables_on_the_way(graph, state, name)
    rest = (table for table in state.tables if table in there and progress.reached(table) is None)
    return tuple(table for table in rest if not where or table in where)


def affected(graph: Graph, name: str, changed: frozenset[str]) -> frozenset[str]:
    """The injects whose standing may change when this one's does and these variables do, itself included."""
    found: set[str] = set()
    waiting = [name, *(reader for variable in changed for reader in graph.read_by.get(variable, ()))]
    while waiting:
        inject = waiting.pop()
        if inject in found:
            continue
        found.add(inject)
        if inject == name or inject in graph.conditions:
            waiting += (step.target for step in graph.after.get(inject, ()))
            waiting += graph.needed_by.get(inject, ())
    return frozenset(found | _meetings(graph, found))


def _meetings(graph: Graph, decisions: set[str]) -> set[str]:
    """Where the ways meet again that lead on from these decisions: what is said there depends on which was taken."""
    met: set[str] = set()
    waiting = [
        step.target for name in decisions for step in graph.after.get(name, ()) if step.option is not None
    ]  # fmt: skip
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if len(graph.before.get(name, ())) > 1:
            met.add(name)
        elif name not in seen:
            seen.add(name)
            waiting += (step.target for step in graph.after.get(name, ()))
    return met


def left(graph: Graph, state: State, day: int) -> tuple[Inject, ...]:
    """The injects of a day that the story still leads to and that have not reached all they are for.

    What is in reserve is left out, and what was skipped or stands on a way that was not taken.
    """
    return tuple(inject for inject in injects_of(graph, state, day) if _is_left(graph, state, inject))


def _is_left(graph: Graph, state: State, inject: Inject) -> bool:
    name, progress = inject.id, state.progress.get(inject.id)
    if progress is not None and progress.standing == "released":
        return bool(still_to_reach(graph, state, name))
    if name in state.added:
        return progress is None or progress.standing != "skipped"
    condition = graph.conditions.get(name)
    aside = left_aside(graph, state, name) or stand(graph, state, name).standing is Standing.PASSED_BY
    if inject.reserve or aside or (condition is not None and not condition.holds(state.variables)):
        return False
    return progress is None or progress.standing != "skipped"


def next_up(graph: Graph, state: State) -> Inject | None:
    """The inject a facilitator would most likely release next: the first available one of the open day.

    One that was taken back comes after all others, lest the next press send it out again.
    """
    taken_back = None
    for name in _names_of(graph, state, state.day) if state.day is not None else ():
        progress = state.progress.get(name)
        if progress is not None and progress.standing == "released":
            continue  # most of a long day: 0.2 us each, where to make an answer of it takes 3
        if stand(graph, state, name).standing is Standing.AVAILABLE:
            if progress is None:
                return find(graph, state, name)
            taken_back = taken_back or name
    return find(graph, state, taken_back) if taken_back is not None else None


def out_in_part(graph: Graph, state: State) -> Inject | None:
    """What went out last on the open day, where it has not reached all it is for: first comes the rest of it."""
    last = next((name for name in reversed(state.out) if state.released(name)), None)
    if last is None or day_of(graph, state, last) != state.day or not still_to_reach(graph, state, last):
        return None
    return find(graph, state, last)


def open_decision(graph: Graph, state: State) -> Inject | None:
    """The last released decision that has not been taken."""
    found = (find(graph, state, name) for name in reversed(state.out))
    return next((inject for inject in found if inject is not None and is_undecided(graph, state, inject)), None)


def is_undecided(graph: Graph, state: State, inject: Inject) -> bool:
    """Whether an inject is a released decision of the open day that has not been taken, or not by every table."""
    name = inject.id
    if inject.branch is None or not state.released(name) or name in state.decisions:
        return False
    if day_of(graph, state, name) != state.day:
        return False
    deciding = choosers(graph, state, name)
    return not deciding or not all(table in state.choices.get(name, {}) for table in deciding)


def _unreached(graph: Graph, state: State, name: str) -> Stand | None:
    """Why no step has led here yet; None if one has, or if the day begins here."""
    if name in graph.entries:
        return None
    reasons: list[tuple[Step, Stand]] = []
    for step in graph.before[name]:
        why = _untaken(graph, state, step)
        if why is None:
            return None
        reasons.append((step, why))
    if not reasons:
        return Stand(Standing.WAITING, "no inject leads to it")
    waits = [(step, why) for step, why in reasons if why.standing is Standing.WAITING]
    if not waits:
        return Stand(Standing.PASSED_BY, reasons[0][1].why)
    alive = (why for step, why in waits if len(waits) > 1 and not left_aside(graph, state, step.source))
    return next(alive, waits[0][1])


def left_aside(graph: Graph, state: State, name: str) -> bool:
    """Whether an inject stands on the way of an option that was not taken; costs the length of that way."""
    seen: set[str] = set()
    while name not in seen and name not in state.progress and len(graph.before.get(name, ())) == 1:
        seen.add(name)
        step = graph.before[name][0]
        if step.option is not None:
            why = _untaken(graph, state, step)
            return why is not None and why.standing is Standing.PASSED_BY
        name = step.source
    return False


def _untaken(graph: Graph, state: State, step: Step) -> Stand | None:
    """Why the story has not gone this step; None if it has."""
    source, progress = step.source, state.progress.get(step.source)
    standing = progress.standing if progress is not None else None
    if step.option is not None:
        decision = state.decisions.get(source)
        if decision is not None:
            if decision.option == step.option:
                return None
            return Stand(Standing.PASSED_BY, f"{source} was decided {decision.option}")
        chosen: Mapping[str, str] = state.choices.get(source, {})
        if step.option in chosen.values():
            return None
        if chosen and all(table in chosen for table in choosers(graph, state, source)):
            return Stand(Standing.PASSED_BY, f"no table has chosen {step.option} in {source}")
    elif standing in ("released", "held", "skipped"):
        return None
    condition = graph.conditions.get(source)
    if standing is None and condition is not None and not condition.holds(state.variables):
        return _seen_through(graph, state, step)
    done = "decided" if step.option is not None else "released"
    return Stand(Standing.WAITING, f"{source} has not been {done}")


def _seen_through(graph: Graph, state: State, step: Step) -> Stand | None:
    """A step from an inject the story passes by: as far as the story has come there, it goes on at once."""
    branch = graph.injects[step.source].branch
    if branch is not None and step.option != branch.default:
        return Stand(Standing.PASSED_BY, f"{step.source} is passed by and takes its default")
    return _unreached(graph, state, step.source)
