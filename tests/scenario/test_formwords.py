"""What a page says of a finding: the form's words, and nothing of files."""

import re
from pathlib import Path

import pytest

from tests.scenario.asking import small
from tests.scenario.faults import FAULTS
from tests.words import small_scenario, write_scenario
from ttx.scenario.checks import check, checked_texts
from ttx.scenario.formplaces import LABELS, OFFERED, place_words
from ttx.scenario.formwords import formed, on_form

FILE_WORDS = re.compile(
    r"\bwrite \w+: |\bin a file\b|\b(has|have) no (what|do|ask|at|sender|label|next|alt|by)\b|single question"
    r"|\bbranch\b|\btoken\b|\bcontingency\b|is not an? |each_|expected_action"
    r"|[{}]|: \[|\bthe (at|ask|by|to|what) of\b|\bdo: "
)
FORM = "".join(one.read_text() for one in Path("frontend/templates").rglob("*.html"))


@pytest.mark.parametrize("told,said", [
    ("Option A of D1-02 has no label; fill it in, in a file as 'label: ...'.",
     "Option A of D1-02 does not say what is agreed; fill it in."),
    ("The picture of D1-02 has no alt; fill it in, in a file as 'alt: ...'.",
     "The picture of D1-02 has no description for those who cannot see it; fill it in."),
    ("The to of map step 2 of D1-02 must be a place's id, or two numbers [x, y].",
     "Where it goes in step 2 on the map of D1-02 must be a place, or x, y."),
    ("D1-04 is never reached: nothing reached on day 1 leads to it; name it in a next, or make it a contingency.",
     ("D1-04 is never reached: nothing reached on day 1 leads to it; let another inject lead to it under 'What "
      "follows', or choose the kind Reserve.")),
    ("D1-04 names the group 'X', which the scenario does not have; there is none yet.",
     "D1-04 names the group 'X', which the scenario does not have; there is none yet."),
])  # fmt: skip
def test_a_finding_speaks_as_the_form_does(told: str, said: str):
    assert on_form(told) == said


def test_the_sentences_are_those_that_the_checks_say():
    texts = dict(small())
    day = texts["day-1.yaml"]
    texts["day-1.yaml"] = day.replace("    sender:", "    from_whom:", 1)

    told = [one.sentence for one in checked_texts(texts, frozenset()).findings]

    assert any("in a file as 'sender: ...'" in one for one in told)
    assert not any("in a file as" in on_form(one) for one in told)


@pytest.mark.parametrize("name", [name for name in FAULTS if "a day in another's file" not in name])
def test_no_finding_on_a_page_uses_a_word_of_the_files(tmp_path: Path, name: str):
    data = small_scenario()
    FAULTS[name].break_it(data)

    (told,) = map(formed, check(write_scenario(tmp_path, data)))

    assert FILE_WORDS.search(told.sentence) is None, told.sentence
    assert told.sentence[-1] in ".?"


def test_what_a_finding_calls_a_field_stands_on_the_form():
    said = {*LABELS.values(), *OFFERED.values()}

    assert {one for one in said if re.search(rf'"{re.escape(one)}[",]', FORM) is None} == set()


@pytest.mark.parametrize("field,place", [
    ("questions.q1.objectives", "Question q1: Objectives of this question"),
    ("map.1.what", "Step on the map 1: What"),
    ("branch.options.A.next", "Option A: Leads to"),
    ("sessions.coffee.speakers.2.name", "Session coffee, Speaker 2: Name"),
    ("map.places.Ellory.at", "Place Ellory: x, y"),
    ("objectives.2", "Objectives it serves"),
    ("delegations.calden", "Delegation calden"),
    ("title", "Title"),
    ("nothing.of.it", ""),
    (None, ""),
])  # fmt: skip
def test_the_place_of_a_finding_is_told_as_the_form_has_it(field: str | None, place: str):
    assert place_words(field) == place


def test_the_place_of_a_missing_word_is_called_as_the_form_calls_it():
    told = "Map step 1 of D1-02 has no what; fill it in, in a file as 'what: ...'."

    assert on_form(told, "map.1.what") == "'What' of step 1 on the map of D1-02 is not filled in."
