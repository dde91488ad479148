"""A scenario as the readers of one language get it: translated as far as it is, and known for what it is.

The same injects in the same order, so that whatever is decided is decided on the source and only shown from here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ttx.scenario.graph import Graph, build
from ttx.scenario.translations import Freshness, language_for, status, texts, translated


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the words of some texts come from. `written` are those that were translated, as they were written.

    `translated`: all of them, and none has changed since; `stale`: one has; `partly`: some are not translated;
    `untranslated`: none is.
    """

    kind: Literal["translated", "stale", "partly", "untranslated"]
    language: str
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """One scenario in one language. `written` holds its texts as they were written, by address; `freshness` how each
    stands in this language, and nothing where the edition is the source itself."""

    graph: Graph
    language: str
    written_in: str
    written: Mapping[str, str]
    freshness: Mapping[str, Freshness]

    def language_of(self, address: str) -> str | None:
        """The language the text at this address is shown in; None if it is no text of the scenario's."""
        if address not in self.written:
            return None
        missing = self.freshness.get(address, Freshness.MISSING) is Freshness.MISSING
        return self.written_in if missing else self.language

    def provenance(self, addresses: Iterable[str]) -> Provenance | None:
        """Where the words of these texts come from; None where there is nothing to say: the source is read as it was
        written, or the texts were written during the exercise."""
        there = [address for address in addresses if address in self.freshness]
        if not there:
            return None
        standings = {self.freshness[address] for address in there}
        written = tuple(self.written[one] for one in there if self.freshness[one] is not Freshness.MISSING)
        if not written:
            return Provenance("untranslated", self.written_in, ())
        if Freshness.STALE in standings:
            return Provenance("stale", self.written_in, written)
        return Provenance("partly" if Freshness.MISSING in standings else "translated", self.written_in, written)

    def titled(self, title: str) -> str:
        """An exercise's title: in this language if the exercise is called as its scenario is."""
        return self.graph.scenario.title if title == self.written["title"] else title


def edition(graph: Graph, language: str) -> Edition:
    """The edition of a scenario that a reader of this language gets."""
    scenario = graph.scenario
    there = language_for(scenario, language)
    if there == scenario.language:
        return Edition(graph, there, there, texts(scenario), {})
    translation = build(translated(scenario, there))
    return Edition(translation, there, scenario.language, texts(scenario), status(scenario, there))
