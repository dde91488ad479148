"""Numbers and pictures that analysts put into their own text, as the report fills them in."""

import pytest

from tests.exercise.words import History, head, whole_exercise
from tests.review.words import report
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Seat
from ttx.output.paper import Figure, Heading, Table, Text, plain
from ttx.output.record import record
from ttx.review.exports import Own, Section
from ttx.review.leaving_requests import REQUEST, Ground, decide
from ttx.review.placeholders import NUMBERS, SHOWN, pieces, unknown
from ttx.review.report import Report, Tier
from ttx.scenario.roster import Role

TEXT = "Of {{ asked }} answers, **{{answers}}** came.\n\n{{ratings}}\n\nAfterwards."


def told(history: History, text: str = TEXT) -> Report:
    section = Section(name="SEC-01", title="What we found", text=text)
    return report(history, Tier.ANALYST, written=Own(tier=Tier.ANALYST, sections=(section,), order=("SEC-01",)))


def test_a_number_is_that_of_the_record_as_it_stands():
    history = History().opened(1).released("D1-01")
    before = told(history).sections[0].text
    history.answered(head(), "D1-01", "q1", text="We wait.")

    assert before.startswith("Of 3 answers, **0** came.")
    assert told(history).sections[0].text.startswith("Of 3 answers, **1** came.")


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_can_be_told(name: str):
    assert told(whole_exercise(), f"{{{{{name}}}}}").sections[0].text.strip("0123456789. %\u2013") == ""


def test_a_table_stands_in_the_text_where_it_was_put():
    blocks = record(told(whole_exercise())).blocks

    assert [type(one) for one in blocks] == [Heading, Text, Table, Text]
    assert [plain(one.runs) for one in blocks if isinstance(one, Text)][1] == "Afterwards."


def test_the_network_is_drawn_where_it_was_put():
    blocks = record(told(whole_exercise(), "{{network}}"), {"network": b"<svg/>"}).blocks

    assert [type(one) for one in blocks] == [Heading, Figure]


@pytest.mark.parametrize("name", SHOWN)
def test_what_the_record_has_not_yet_is_left_out(name: str):
    empty = told(History().opened(1), f"Before\n\n{{{{{name}}}}}")

    assert [type(one) for one in record(empty, {"network": b"<svg/>"}).blocks] == [Heading, Text]


def test_pieces_keep_the_text_around_a_picture():
    assert list(pieces("One\n{{Network}}\ntwo")) == [("One", "network"), ("two", None)]


def test_what_nothing_can_be_put_for_is_refused_with_its_name():
    analyst = Seat("s1", "house", Role.ANALYST)
    asked = {"do": "write_section", "title": "Summary", "text": "{{awnsers}} and {{network}} in a line"}

    with pytest.raises(Refused, match=r"in the place of \{\{awnsers\}\}, \{\{network\}\}"):
        decide(Ground(), (), analyst, REQUEST.validate_python(asked))
    assert unknown("{{answers}}\n{{ network }}\n") == ()
