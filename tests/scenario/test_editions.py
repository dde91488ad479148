"""What a reader is told of where the words come from."""

import pytest

from tests.scenario.test_translations import scenario
from ttx.scenario.editions import Edition, edition
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario

TOLD = ("D1-01.title", "D1-01.text")


def french(**made: str) -> Edition:
    """The French edition, with these texts of D1-01."""
    return edition(build(scenario(fr={f"D1-01.{part}": text for part, text in made.items()})), "fr")


@pytest.mark.parametrize(
    "made, kind, written",
    [
        ({}, "untranslated", 0),
        ({"title": "Deux"}, "partly", 1),
        ({"title": "Deux", "text": "Trois"}, "translated", 2),
        ({"title": "*Deux", "text": "Trois"}, "stale", 2),
        ({"title": "*Deux"}, "stale", 1),
    ],
)
def test_texts_say_whether_they_are_translated(made: dict[str, str], kind: str, written: int):
    said = french(**made).provenance(TOLD)

    assert said is not None
    assert (said.kind, said.language, len(said.written)) == (kind, "en", written)


def test_what_was_translated_is_there_as_it_was_written():
    said = french(title="Deux fois plus").provenance(TOLD)

    assert said is not None
    assert said.written == ("Crossings double",)


def test_a_text_knows_its_language():
    book = french(title="Deux fois plus")

    assert [book.language_of(one) for one in ("D1-01.title", "D1-01.text", "D1-X1.title")] == ["fr", "en", None]


def test_who_reads_the_source_is_told_nothing():
    source: Scenario = scenario(fr={"D1-01.title": "Deux"})

    for language in ("en", "en-GB"):
        book = edition(build(source), language)

        assert book.provenance(TOLD) is None
        assert book.language_of("D1-01.title") == "en"
        assert book.graph.injects["D1-01"].title == "Crossings double"


def test_who_reads_a_language_that_nobody_wrote_is_told_of_each_text():
    said = edition(build(scenario()), "th").provenance(TOLD)

    assert said is not None
    assert said.kind == "untranslated"


def test_what_was_written_during_the_exercise_is_nobodys_translation():
    assert french().provenance(["D1-X1.title", "D1-X1.text"]) is None


def test_an_edition_tells_the_same_story():
    source = build(scenario(fr={"D1-03.title": "Quel port ?"}))
    book = edition(source, "fr").graph

    assert (book.before, book.after, book.day_of, book.entries) == (
        source.before,
        source.after,
        source.day_of,
        source.entries,
    )


def test_an_exercise_that_has_a_name_of_its_own_keeps_it():
    book = edition(build(scenario(fr={"title": "Petite marée"})), "fr")

    assert book.titled("Exercise Small Tide") == "Petite marée"
    assert book.titled("Bangkok, second run") == "Bangkok, second run"
