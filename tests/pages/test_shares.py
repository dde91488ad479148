"""What is drawn once for many, and what a release touches: both decide how long a room of a thousand tablets waits."""

from tests.exercise.words import History, delegate, head, lead, one_day, tells
from ttx.exercise.drafting import Draft
from ttx.pages import regions
from ttx.pages.around import NOTHING_SHARED, Hand, Shared
from ttx.pages.regions import Audience
from ttx.pages.touches import touches

ASKED = [{"id": "q1", "ask": "Who goes out?"}]
QUESTION, DRAFT = "question:A:q1", "draft:A:q1"


def a_question() -> History:
    return History(one_day(tells("A", questions=ASKED), tells("B"))).opened(1).released("A")


def key(history: History, who, region: str, within: Shared = NOTHING_SHARED):
    audience = Audience.of(who)
    assert audience is not None
    return regions.shares(history.graph, history.state, within, audience.from_inside(), region)


def test_a_question_that_nobody_has_answered_is_drawn_once_for_all_who_may_send():
    history = a_question()

    assert key(history, head("Kestria"), QUESTION) == key(history, head("orrin"), QUESTION)
    assert key(history, head("Kestria"), QUESTION) != key(history, delegate("Kestria"), QUESTION)


def test_an_answer_parts_its_delegation_from_the_others():
    history = a_question().answered(head("Kestria"), "A", "q1", text="We do.")

    assert key(history, head("Kestria"), QUESTION) != key(history, head("orrin"), QUESTION)


def test_a_draft_that_nobody_has_begun_is_drawn_once_for_all():
    begun = Shared({"A:q1": (Draft("hand", 0, "AA=="),)})
    writes = Shared({}, (Hand("person", 1, here=True, writing=("A:q1",)),))
    history = a_question()

    assert key(history, head("Kestria"), DRAFT) == key(history, delegate("orrin"), DRAFT)
    for shared in (begun, writes):
        assert key(history, head("Kestria"), DRAFT, shared) != key(history, head("orrin"), DRAFT)
        assert key(history, head("Kestria"), DRAFT, shared) != key(history, head("orrin"), DRAFT, shared)


def test_a_release_touches_the_reminder_that_it_ends_and_no_other_tables():
    history = a_question().does(lead(), "tell", table="T1", text="Please answer.", sense="nudge")
    before = history.state
    history.released("B")

    touched = {one.region for one in touches(history.graph, before, history.state, history.log[-1])}

    assert {one for one in touched if one.startswith("nudge:")} == {"nudge:T1"}
