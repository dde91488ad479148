"""Entries at random, most of them about things that exist nowhere, and deeds at random that are possible."""

from typing import Any

from hypothesis import strategies as st

from tests.exercise.words import History, lead, the_story
from ttx.exercise import entries as log
from ttx.exercise.answers import Answer, Contact
from ttx.exercise.entries import Entry

STORY = the_story()
SCRIPTS = "abz 09é🚢นรحبສ=+-@\n\t\"',;&<_x0041_"

words = st.text(SCRIPTS, min_size=1, max_size=30).map(lambda text: f"x{text}x")
injects = st.sampled_from([*STORY.injects, "D1-X1", "D9-99", ""])
delegations = st.sampled_from(["Kestria", "tamarinda", "orrin", "atlantis", ""])
tables = st.sampled_from(["T1", "T2", "T9"])
numbers = st.integers(-1, 60)
values: st.SearchStrategy[bool | int | str] = st.booleans() | st.integers(-99, 99) | st.sampled_from(["Ellory", "none"])
settings = st.dictionaries(st.sampled_from(["port", "delay_h", "nothing"]), values, max_size=3)

contacts = st.builds(Contact, to=words, channel=words, hours=st.floats(0, 8760), basis=st.just("") | words)
contents: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"text": words}),
    st.fixed_dictionaries({"choice": words}),
    st.fixed_dictionaries({"choices": st.lists(words, max_size=4)}),
    st.fixed_dictionaries({"scale": st.integers(1, 5)}),
    st.fixed_dictionaries({"ranking": st.lists(words, min_size=1, max_size=4)}),
    st.fixed_dictionaries({"contacts": st.lists(contacts, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"stance": st.sampled_from(["no_instruction", "not_applicable"])}),
)
answers = st.builds(
    lambda content, reservation: Answer(**content, reservation=reservation), contents, st.none() | words
)
written = st.builds(
    lambda inject, text, to: inject.model_copy(update={"text": text, "to": to}),
    st.sampled_from(list(STORY.injects.values())),
    words,
    st.sampled_from([inject.to for inject in STORY.injects.values()]),
)
about: dict[str, st.SearchStrategy[Any]] = {
    "inject": st.none() | injects,
    "objective": st.none() | words,
    "capability": st.none() | words,
    "delegation": st.none() | delegations,
    "table": st.none() | tables,
}

entries: st.SearchStrategy[Entry] = st.one_of(
    st.builds(
        log.ExerciseCreated,
        title=words,
        scenario=words,
        version=words,
        digest=words,
        delegations=st.dictionaries(
            delegations, st.builds(log.Delegation, name=words, groups=st.just(("SEA",)), tables=st.tuples(tables))
        ),
        tables=st.dictionaries(tables, words),
    ),
    st.builds(log.DayOpened, day=numbers),
    st.builds(log.DayClosed, day=numbers),
    st.builds(log.InjectReleased, inject=injects),
    st.builds(log.InjectHeld, inject=injects),
    st.builds(log.InjectSkipped, inject=injects),
    st.builds(log.InjectRecalled, inject=injects),
    st.builds(log.BranchChosen, inject=injects, option=words, set=settings, by_default=st.booleans()),
    st.builds(log.InjectAdded, inject=written, day=numbers),
    st.builds(log.ExercisePaused),
    st.builds(log.ExerciseResumed),
    st.builds(log.TimerStarted, seconds=st.integers(1, 86_400)),
    st.builds(log.TimerStopped),
    st.builds(log.TimerEnded, started=numbers),
    st.builds(log.Announced, text=words),
    st.builds(
        log.ResponseSubmitted,
        inject=injects,
        question=st.sampled_from(["q1", "sure", "nothing"]),
        delegation=delegations,
        answer=answers,
        recalled=st.booleans(),
    ),
    st.builds(log.SubmissionDelegated, delegation=delegations, allowed=st.booleans()),
    st.builds(log.ObservationRecorded, text=words, sense=st.sampled_from(["strength", "gap", "note"]), **about),
    st.builds(log.RatingGiven, rating=st.sampled_from("PSMUN"), text=st.just("") | words, **about),
    st.builds(log.ExerciseEnded),
)

Deed = tuple[str, int]
"""What a lead facilitator tries, on which of the things it could be tried on."""

deeds: st.SearchStrategy[Deed] = st.tuples(
    st.sampled_from(["release", "release", "choose", "choose", "hold", "skip", "recall", "open_day", "add_inject"]),
    st.integers(0, 11),
)


def tries(history: History, deed: Deed) -> None:
    """Do it, on one of those on which it is possible; if there is none, nothing happens."""
    do, number = deed
    chances: list[dict[str, object]] = [{"inject": name} for name in [*history.graph.injects, *history.state.added]]
    match do:
        case "choose":
            chances = [{**chance, "option": option} for chance in chances for option in "AB"]
        case "open_day":
            chances = [{"day": day.day} for day in history.graph.scenario.days]
            if history.state.day is not None:
                history.does(lead(), "close_day")
        case "add_inject":
            chances = [{"title": "A call", "text": "Listen."}]
    possible = [chance for chance in chances if history.allows(lead(), do, **chance)]
    if possible:
        history.does(lead(), do, **possible[number % len(possible)])
