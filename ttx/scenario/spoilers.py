"""Words that give a scenario's later days away: read beforehand, and told only by a later development.

What is read beforehand is what participants have in hand when day 1 begins: summary, assumptions, agenda, objectives,
each day's questions and the names they choose from. (The rules are of the room and not of the story.) What comes
later is an inject of a later day, or one that only some paths tell. Words are compared as they are written; nothing
is understood, so every answer is a hint and none is a fault.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Move, Scenario, Show
from ttx.scenario.story import Place
from ttx.scenario.translations import texts, texts_of

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w:.,/-])\d{1,3}(?:[,.]?\d{3})*(?![\w:/-])(?![.,]\d)")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?:\n]\s*|[-*]\s+|[\"“'(]\s*)$")
_PART = ("title", "summary", "assumptions", "objectives", "capabilities", "groups", "organisations", "glossary")
_AGENDA = re.compile(r"(title|summary|day-\d+\.(title|theme|questions\..*|sessions\..*))$")
_UNSEEN = re.compile(r"\.(notes|expected\.\d+|branch\..*)$")
# 10,000 injects of 1,000 characters take 2 s; beyond, nothing is looked for.
_LONGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Giveaway:
    """Words that are read at `address` (`translations.texts`) before `inject` tells them."""

    kind: Literal["name", "number", "phrase", "token"]
    words: str
    address: str
    inject: str
    day: int

    @property
    def sentence(self) -> str:
        """The giveaway as an author is told of it."""
        return f"'{self.words}' is read in {self.address}, and only told by {self.inject} on day {self.day}."


def giveaways(graph: Graph, lying: Mapping[str, Place]) -> tuple[Giveaway, ...]:
    """Names, numbers and turns of phrase that are read beforehand; and what moves on the map, named before it is seen.

    `lying` says which injects only some paths tell. A scenario of more than 10 million characters is not searched.
    """
    scenario = graph.scenario
    beforehand = {address: text for address, text in texts(scenario).items() if _read_beforehand(address)}
    told = {name: _told(inject) for name, inject in graph.injects.items()}
    if sum(map(len, told.values())) > _LONGEST:
        return ()
    late = frozenset(
        name
        for name, inject in graph.injects.items()
        if not inject.reserve and (graph.day_of[name] != scenario.days[0].day or not _sure(lying.get(name)))
    )
    found = [
        *_names(graph, beforehand, told, late),
        *_numbers(graph, beforehand, told, late),
        *_phrases(graph, beforehand, told, late),
        *_tokens(graph, told),
    ]
    return tuple(dict.fromkeys(found))


def _sure(place: Place | None) -> bool:
    return place is not None and place.always


def _read_beforehand(address: str) -> bool:
    return address.partition(".")[0] in _PART or bool(_AGENDA.match(address))


def _told(inject: Inject) -> str:
    """All that an audience reads of an inject."""
    return "\n".join(text for address, text in texts_of(inject).items() if not _UNSEEN.search(address))


def _names(
    graph: Graph, beforehand: Mapping[str, str], told: Mapping[str, str], late: frozenset[str]
) -> Iterator[Giveaway]:
    """Words always written with a capital that neither stand on the map nor name one of those who take part."""
    scenario = graph.scenario
    candidates = {address: list(_capitalised(text)) for address, text in beforehand.items()}
    wanted = {word for spans in candidates.values() for span in spans for word in span}
    if not wanted:
        return
    first: dict[str, str] = {}
    small: set[str] = {word for text in beforehand.values() for word in _WORD.findall(text) if word.islower()}
    for name, text in told.items():
        words = _WORD.findall(text)
        small.update(word for word in words if word.islower())
        for word in wanted.intersection(words):
            if word not in first or graph.injects[first[word]].reserve:
                first[word] = name
    known = _known(scenario)
    for address, spans in candidates.items():
        for span in spans:
            names = [word for word in span if word.casefold() not in small and not _is_known(word.casefold(), known)]
            tellers = [first.get(word, "") for word in names]
            if tellers and late.issuperset(tellers):
                teller = tellers[0]
                yield Giveaway("name", " ".join(span), address, teller, graph.day_of[teller])


def _capitalised(text: str) -> Iterator[tuple[str, ...]]:
    """Runs of words with a capital, such as `Sable Fortune`; none of fewer than four letters, and no abbreviation."""
    run: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
        word = match.group()
        names = word[0].isupper() and not word.isupper() and len(word) > 3
        if names and not run and _SENTENCE_STARTS.search(text[: match.start()][-4:]):
            names = word.casefold() not in {other.casefold() for other in _WORD.findall(text) if other.islower()}
        if names and (not run or text[end : match.start()] == " "):
            run.append(word)
        else:
            if run:
                yield tuple(run)
            run = [word] if names else []
        end = match.end()
    if run:
        yield tuple(run)


def _known(scenario: Scenario) -> frozenset[str]:
    """Words that give nothing away: of the exercise's own name, of groups and bodies, and of places on the map."""
    open_places = (place for place in scenario.map.places.values() if place.kind not in ("camp", "compound"))
    names = (
        scenario.title,
        *(one.name for one in scenario.groups.values()),
        *(one.name for one in scenario.organisations.values()),
        *(one.name for one in open_places),
    )
    return frozenset(word.casefold() for name in names for word in _WORD.findall(name))


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether the word is one of these or made from one, as `Dalmorans` is from `Dalmora`."""
    return word in known or any(len(other) > 4 and word.startswith(other[:-1]) for other in known)


def _numbers(
    graph: Graph, beforehand: Mapping[str, str], told: Mapping[str, str], late: frozenset[str]
) -> Iterator[Giveaway]:
    """Figures from 10 on, other than years and times of day."""
    wanted = {address: _figures(text) for address, text in beforehand.items()}
    if not any(wanted.values()):
        return
    first: dict[str, str] = {}
    for name, text in told.items():
        for figure in _figures(text):
            if figure not in first or graph.injects[first[figure]].reserve:
                first[figure] = name
    for address, figures in wanted.items():
        for figure in figures:
            if first.get(figure) in late:
                yield Giveaway("number", figure, address, first[figure], graph.day_of[first[figure]])


def _figures(text: str) -> list[str]:
    figures = dict.fromkeys(re.sub(r"[,.]", "", figure) for figure in _NUMBER.findall(text))
    return [figure for figure in figures if int(figure) >= 10 and not 1900 <= int(figure) <= 2100]


def _phrases(
    graph: Graph, beforehand: Mapping[str, str], told: Mapping[str, str], late: frozenset[str]
) -> Iterator[Giveaway]:
    """Three words in a row of a later title, two of them long, in the summary or on the agenda before anybody knows."""
    agenda = {address: text for address, text in beforehand.items() if _AGENDA.match(address)}
    printed = {address: frozenset(_threes(text)) for address, text in agenda.items()}
    for name in graph.injects:
        if name not in late:
            continue
        day = graph.day_of[name]
        for three in _threes(graph.injects[name].title):
            for address, threes in printed.items():
                if three in threes:
                    yield Giveaway("phrase", " ".join(three), address, name, day)


def _threes(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    for at in range(len(words) - 2):
        three = tuple(words[at : at + 3])
        if sum(len(word) > 4 for word in three) >= 2:
            yield three


def _tokens(graph: Graph, told: Mapping[str, str]) -> Iterator[Giveaway]:
    """What moves on the map, named on a day before the one that first shows it."""
    tokens = graph.scenario.map.tokens
    shown: dict[str, str] = {}
    for name, inject in graph.injects.items():
        for step in inject.map:
            match step:
                case Move(token=token):
                    shown.setdefault(token, name)
                case Show(do="show", what=token) if token in tokens:
                    shown.setdefault(token, name)
                case _:
                    pass
    waiting = {ident: tokens[ident].name for ident in shown if ident in tokens and _is_a_name(tokens[ident].name)}
    for name, text in told.items():
        for ident, named in list(waiting.items()):
            if graph.day_of[name] < graph.day_of[shown[ident]] and named in text:
                del waiting[ident]
                yield Giveaway("token", named, name, shown[ident], graph.day_of[shown[ident]])


def _is_a_name(name: str) -> bool:
    words = _WORD.findall(name)
    return len(words) > 1 and all(word[0].isupper() for word in words)
