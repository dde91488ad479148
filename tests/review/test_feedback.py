"""Participants' feedback: sheets become counts and words that are nobody's; and who is named, by tier."""

from collections.abc import Sequence

import pytest

from tests.exercise.words import NOW, head, lead
from tests.review.desk import HOUSE, analyst
from tests.review.test_leaving import second
from tests.review.test_taken_back import LOGS, recorded
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Forbidden
from ttx.review.bands import Band, K
from ttx.review.entries import Entry, Kept, kind_of, read_body, write_body
from ttx.review.exports import exports, own
from ttx.review.feedback import STATEMENTS, FeedbackClosed, FeedbackOpened, Prompt, Sheet, gathered, taken
from ttx.review.feedback_commands import closing, opening
from ttx.review.leaving_requests import REQUEST, Ground, decide
from ttx.review.opinions import Person, comments, consenting, fed, forms
from ttx.review.parts import Tier

SCENARIO = HOUSE.graph.scenario
FORM = FeedbackOpened(form="FB-01", day=1, statements={"organised": "Well organised.", "tools": "Good tools."})


def sheet(organised: int, tools: int | None = None, **words: str) -> Sheet:
    ratings = {"organised": organised} | ({"tools": tools} if tools is not None else {})
    return Sheet.model_validate({"ratings": ratings, "comments": words})


def log(*entries: Entry) -> list[Kept]:
    return [Kept(number, NOW, "s1", one) for number, one in enumerate(entries, 1)]


ROOM = [
    sheet(5, 1, strengths="The lunch", other="Thanks"),
    sheet(4, 2, strengths="A real case", improvements="More time"),
    *(sheet(5, 2) for _one in range(10)),
    sheet(3, 5, improvements="Fewer papers"),
]


def closed(sheets: Sequence[Sheet] = ROOM) -> FeedbackClosed:
    return gathered(FORM, sheets)


# What is left of sheets


def test_sheets_become_counts_and_words_in_the_order_of_their_letters():
    told = closed()

    assert told.sheets == 13
    assert told.ratings == {"organised": (0, 0, 1, 1, 11), "tools": (1, 11, 0, 0, 1)}
    assert told.comments == {
        Prompt.STRENGTHS: ("A real case", "The lunch"),
        Prompt.IMPROVEMENTS: ("Fewer papers", "More time"),
        Prompt.OTHER: ("Thanks",),
    }


def test_in_whatever_order_sheets_came_the_same_is_left():
    assert gathered(FORM, ROOM) == gathered(FORM, ROOM[::-1])


@pytest.mark.parametrize("many", [0, 1, 2])
def test_of_fewer_than_three_sheets_nothing_is_kept_but_how_many_they_were(many: int):
    assert closed(ROOM[:many]) == FeedbackClosed(form="FB-01", sheets=many)


def test_what_is_kept_reads_as_it_was_written():
    for one in (FORM, closed()):
        assert read_body(kind_of(one), write_body(one)) == one


def test_an_empty_sheet_or_one_of_another_form_is_not_taken():
    with pytest.raises(Refused, match="Nothing is said"):
        taken(sheet(1).model_copy(update={"ratings": {}}), FORM.statements)
    with pytest.raises(Refused, match="another form"):
        taken(Sheet(ratings={"weather": 5}), FORM.statements)
    words = Sheet(comments={Prompt.OTHER: "Thanks"})
    assert taken(words, FORM.statements) == words


# What is told of them


def test_counts_are_told_in_bands_and_a_statement_few_rated_is_not():
    (told,) = fed(forms(log(FORM, closed([*ROOM[:2], *(sheet(5) for _one in range(6))]))).values(), K)

    assert told.sheets == Band(least=5, most=9)
    organised, tools = told.statements
    assert organised.counts.cells is not None
    assert organised.counts.cells["agree"] == Band(least=5, most=9)
    assert tools.counts.cells is None


def test_no_count_under_three_is_told_whatever_is_asked_for():
    with pytest.raises(ValueError, match="narrower than 3"):
        fed(forms(log(FORM, closed())).values(), 2)


def test_the_statement_that_fewest_agree_with_is_found():
    (told,) = fed(forms(log(FORM, closed())).values(), K)

    assert [one.statement for one in told.least] == ["tools"]


def test_an_open_form_tells_nothing():
    assert fed(forms(log(FORM)).values(), K) == ()
    assert comments(forms(log(FORM)).values()) == {}


# Opening and closing


def test_a_form_asks_what_the_scenario_says_or_the_usual_seven():
    own_words = SCENARIO.model_copy(update={"feedback": {"lunch": "The lunch was good."}})

    assert opening(SCENARIO, [], lead(), 1).statements == STATEMENTS
    assert opening(own_words, [], lead(), None).statements == {"lunch": "The lunch was good."}


def test_one_form_is_open_at_a_time_and_only_for_whoever_runs_the_exercise():
    first = opening(SCENARIO, [], lead(), 1)
    after = log(first, gathered(first, []))

    with pytest.raises(Refused, match="open already"):
        opening(SCENARIO, log(first), lead(), None)
    with pytest.raises(Refused, match="no day 9"):
        opening(SCENARIO, [], lead(), 9)
    with pytest.raises(Refused, match="not open"):
        closing(after, lead(), "FB-01", [])
    for who in (analyst(), head("us", "T1")):
        with pytest.raises(Forbidden):
            opening(SCENARIO, [], who, None)
    assert opening(SCENARIO, after, lead(), None).form == "FB-02"


# Words leave as quotations do


def test_a_comment_leaves_past_the_scan_and_a_second_person_without_the_form_it_stood_in():
    kept = log(FORM, closed())
    ground = Ground(voices=comments(forms(kept).values()))

    def asks(who: object, **fields: object) -> None:
        for fact in decide(ground, kept, who, REQUEST.validate_python(fields)):  # type: ignore[arg-type]
            kept.append(Kept(len(kept) + 1, NOW, "analyst", fact))

    proposal = {"do": "propose_quotation", "words": "More time"}
    with pytest.raises(Refused, match="no comment"):
        asks(analyst(), feedback="FB-01.improvements.9", **proposal)
    asks(analyst(), feedback="FB-01.improvements.2", **proposal)
    for tier in (Tier.FULL, Tier.ANALYST, Tier.PUBLIC):
        assert own(exports(kept), tier, str).comments == {}
    asks(second(), do="approve_quotation", quotation="Q-01")

    for tier in (Tier.FULL, Tier.ANALYST, Tier.PUBLIC):
        told = own(exports(kept), tier, str)
        assert (told.comments, told.quotations) == ({Prompt.IMPROVEMENTS: ("More time",)}, ())
    assert own(exports(kept), Tier.OWN, str).comments == {}


# Who is named

PEOPLE = [
    Person("foe", "Zoe", "Coast guard"),
    Person("us", "Bo", "Police"),
    Person("us", "Al", ""),
    Person(None, "Eva", "UN"),
]
CALLED = {"us": "Aruna", "foe": "Tamarinda"}


def test_names_stand_by_delegation_in_the_full_report_alone():
    full = consenting(PEOPLE, CALLED, Tier.FULL, K)

    assert full is not None
    assert [(one.delegation, one.name) for one in full.names] == [
        ("Aruna", "Al"), ("Aruna", "Bo"), ("Tamarinda", "Zoe"), (None, "Eva"),
    ]  # fmt: skip
    for tier in (Tier.ANALYST, Tier.PUBLIC):
        told = consenting(PEOPLE, CALLED, tier, K)
        assert told is not None
        assert (told.names, told.many) == ((), Band(least=0, most=4))
    assert consenting(PEOPLE, CALLED, Tier.OWN, K) is None
    assert consenting([], CALLED, Tier.FULL, K) is None


def test_recorded_feedback_is_told_forever_as_it_was():
    """The log of `tests/logs/reviews` in which every kind of fact about feedback stands."""
    (file,) = (one for one in LOGS if one.stem.endswith("feedback"))
    kept = recorded(file)

    first, second = fed(forms(kept).values(), K)
    assert (first.day, first.sheets, second.day, second.sheets) == (
        1,
        Band(least=10, most=14),
        None,
        Band(least=0, most=4),
    )
    assert [one.statement for one in first.least] == ["tools"]
    assert len(comments(forms(kept).values())) == 5
    assert own(exports(kept), Tier.PUBLIC, str).comments == {Prompt.IMPROVEMENTS: ("More time",)}
