"""What a page says of a finding: the form's words, and nothing of files."""

import pytest

from tests.scenario.asking import small
from ttx.scenario.checks import checked_texts
from ttx.scenario.formwords import on_form


@pytest.mark.parametrize("told,said", [
    ("Option A of D1-02 has no label; fill it in, in a file as 'label: ...'.",
     "Option A of D1-02 does not say what is agreed; fill it in."),
    ("The picture of D1-02 has no alt; fill it in, in a file as 'alt: ...'.",
     "The picture of D1-02 has no description for those who cannot see it; fill it in."),
    ("The to of map step 2 of D1-02 must be a place's id, or two numbers [x, y].",
     "Where it goes in map step 2 of D1-02 must be a place, or x, y."),
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
