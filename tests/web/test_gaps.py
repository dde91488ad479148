"""The pages of gaps: recorded from evidence and from the wall, changed, merged, taken back, after the end too."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.web.words import Browser, Served, refused, serving, told
from ttx.exercise.rights import RULES, Action
from ttx.review.gaps import Gap, Review, fold
from ttx.scenario.roster import Role
from ttx.store import reviews

HTML = {"accept": "text/html"}


@pytest.fixture
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise that has ended, with two answers, two gaps on the wall and one that a table said does not hold."""
    with serving(tmp_path_factory.mktemp("ended")) as house:
        house.begun()
        told(200, house.answer(house.as_head(), "We do not know"))
        told(200, house.answer(house.as_head("tamarinda"), "Nor do we"))
        house.done("open_hot_wash")
        house.done("note_hot_wash", house.as_head(), sense="gap", text="Nobody leads at sea.")
        house.done("draft_gap", house.as_head("tamarinda"), text="No list.")
        house.done("test_gap", house.as_head("tamarinda"), gap="G1", verdict="fails", text="Our centre leads.")
        house.done("close_hot_wash")
        house.done("close_day")
        house.done("end")
        yield house


def asks(who: Browser, do: str, **fields: Any) -> httpx.Response:
    """Send a form of a review as a browser does."""
    return who.post(f"{who.page}/review", data={"do": do, **fields}, headers=HTML)


def review(house: Served) -> Review:
    return fold(reviews.read(house.store, house.exercise))


def gap(house: Served, name: str = "GAP-01") -> Gap:
    return review(house).gaps[name]


def answers(house: Served) -> list[str]:
    """The ids of the two answers."""
    lead = house.as_lead()
    text = lead.get(f"{lead.page}/evidence", params={"kind": "answer"}).text
    return re.findall(r'<li id="(E-\d+)"', text)


def test_an_analyst_records_a_gap_from_chosen_evidence_when_the_exercise_has_ended(ended: Served):
    analyst, chosen = ended.as_(Role.ANALYST), answers(ended)

    form = analyst.get(f"{analyst.page}/gaps/new", params={"pick": chosen}).text
    reply = asks(analyst, "record_gap", statement="Nobody leads.", pick=chosen, severity="4", capability="")

    assert all(f'name="pick" value="{one}"' in form for one in chosen)
    assert (reply.status_code, reply.headers["location"]) == (303, f"{analyst.page}/gaps/GAP-01")
    assert [f"E-{one:04}" for one in gap(ended).evidence] == sorted(chosen)
    page = analyst.get(f"{analyst.page}/gaps/GAP-01").text
    assert "2 of 2 delegations" in page
    assert all(f"{analyst.page}/evidence/{one}" in page for one in chosen)
    listed = analyst.get(f"{analyst.page}/gaps").text
    assert "2/2" in listed
    assert 'class="tag tag-gap"' in analyst.get(f"{analyst.page}/evidence").text


def test_a_draft_of_the_wall_comes_in_with_its_note_and_who_sees_it_otherwise(ended: Served):
    lead, analyst = ended.as_lead(), ended.as_(Role.ANALYST)

    form = lead.get(f"{lead.page}/gaps/new?wall=G1").text
    without_names = analyst.get(f"{analyst.page}/gaps/new?wall=G1").text
    picked = re.findall(r'name="pick" value="(E-\d+)"', form)
    asks(lead, "record_gap", statement="Nobody leads at sea.", wall="G1", pick=picked)

    assert "Table 2: not true for us: Our centre leads." in form
    assert "not true for us: Our centre leads." in without_names
    assert "Table 2" not in without_names
    assert len(picked) == 2
    left = lead.get(f"{lead.page}/gaps").text
    assert "gaps/new?wall=G2" in left
    assert "gaps/new?wall=G1" not in left


def test_a_press_twice_records_one_gap(ended: Served):
    lead = ended.as_lead()

    replies = [asks(lead, "record_gap", statement="One", key="press-1") for _ in range(2)]

    assert {one.headers["location"] for one in replies} == {f"{lead.page}/gaps/GAP-01"}
    assert list(review(ended).gaps) == ["GAP-01"]


def test_a_form_that_is_turned_down_comes_back_as_it_was_typed(ended: Served):
    lead, other = ended.as_lead(), ended.as_(Role.DIRECTOR)
    asks(lead, "record_gap", statement="One", severity="2")
    asks(other, "change_gap", gap="GAP-01", as_of="1", severity="5")

    reply = asks(
        lead, "change_gap", gap="GAP-01", as_of="1", severity="3", dissent="Typed <here>", bodies="IOM\r\nUNHCR"
    )

    assert reply.status_code == 409
    assert "Somebody changed the severity of GAP-01 while you wrote." in reply.text
    assert "Typed &lt;here&gt;" in reply.text
    assert "IOM\nUNHCR</textarea>" in reply.text
    assert gap(ended).details.severity == 5


def test_what_is_on_no_scale_or_was_sent_already_comes_back_too_and_says_so(ended: Served):
    lead, chosen = ended.as_lead(), answers(ended)
    dates = {"starts": "2027-03-01", "due": "2027-02-01"}

    malformed = asks(lead, "record_gap", statement="Typed <here>", pick=chosen, severity="9", **dates)
    disordered = asks(lead, "record_gap", statement="Typed <here>", pick=chosen, **dates)
    asks(lead, "record_gap", statement="One", key="press")
    again = asks(lead, "record_gap", statement="Another", key="press")
    elsewhere = asks(lead, "note_progress", action="ACT-01", status="burnt")

    for reply, said in ((malformed, "Severity: Input should be less than"), (disordered, "it is due before it starts")):
        assert reply.status_code == 422
        assert said in reply.text
        assert "Typed &lt;here&gt;" in reply.text
        assert all(f'name="pick" value="{one}"' in reply.text for one in chosen)
    assert (again.status_code, "This form was sent already" in again.text) == (409, True)
    assert "Another" in again.text
    assert (elsewhere.status_code, "This was not taken. Status: " in elsewhere.text) == (422, True)
    assert [one.details.statement for one in review(ended).gaps.values()] == ["One"]


def test_what_was_done_is_told_and_taken_back(ended: Served):
    lead = ended.as_lead()
    asks(lead, "record_gap", statement="One")
    asks(lead, "record_gap", statement="Two")
    asks(lead, "join_gaps", gaps=["GAP-01", "GAP-02"], statement="Both")

    page = lead.get(f"{lead.page}/gaps/GAP-01").text
    reply = asks(lead, "take_back", entry="3", on="GAP-01")

    assert "Merged" in page
    assert 'name="entry" value="3"' in page
    assert 'name="entry" value="1"' not in page
    assert reply.headers["location"] == f"{lead.page}/gaps/GAP-01"
    assert [one.details.statement for one in review(ended).standing()] == ["One", "Two"]
    after = lead.get(f"{lead.page}/gaps/GAP-01").text
    assert "Taken back: Merged" in after
    assert "Let it count again" in after


def test_names_in_a_gap_are_pointed_out_and_stay_out_of_analysts_papers(ended: Served):
    lead, analyst = ended.as_lead(), ended.as_(Role.ANALYST)
    asks(lead, "record_gap", statement="Kestria and Ana wait.", contact="Ana")

    assert "Names stand in this text: Kestria, Ana." in lead.get(f"{lead.page}/gaps/GAP-01").text
    program = ended.program(Role.LEAD_FACILITATOR)
    full = program.get(f"{ended.api}/report", params={"tier": "full", "as": "json"}).json()
    for form in ("json", "csv", "html"):
        paper = analyst.get(f"{ended.api}/report", params={"tier": "analyst", "as": form}).text
        assert "GAP-01" in paper
        assert "Kestria" not in paper
        assert not re.search(r"\bAna\b", paper)
    assert full["found"][0]["statement"] == "Kestria and Ana wait."
    for name in ("gaps.csv", "plan.csv", "plan.ics"):
        assert "Kestria" not in analyst.get(f"{analyst.page}/{name}").text


def test_what_is_typed_into_a_gap_is_never_taken_for_code(ended: Served):
    lead = ended.as_lead()
    asks(lead, "record_gap", statement='"><script>alert(1)</script>', dissent="<b>x", contact="<i>", bodies="<u>")
    asks(lead, "plan_action", gap="GAP-01", what="<script>2</script>")
    asks(lead, "note_progress", action="ACT-01", status="started", text="<script>3</script>")

    for path in ("gaps", "gaps/GAP-01", "plan", "evidence", "report"):
        text = lead.get(f"{lead.page}/{path}").text
        assert "<script>alert" not in text
        assert "<b>x" not in text
        assert "<script>2" not in text
        assert "<script>3" not in text


def test_a_review_is_changed_by_those_who_may_and_by_nobody_else(ended: Served):
    recorded = {role for role in Role if asks(ended.as_(role), "record_gap", statement="Mine").status_code == 303}

    assert recorded == set(RULES[Action.REVIEW])
    assert len(review(ended).gaps) == len(recorded)


def test_an_analyst_changes_nothing_while_a_day_is_open(house: Served):
    house.begun()

    reply = house.as_(Role.ANALYST).post(
        f"{house.as_(Role.ANALYST).page}/review", data={"do": "record_gap", "statement": "X"}
    )

    assert "when the day is closed" in refused(409, reply)
    assert not review(house).gaps


def test_a_program_is_answered_with_data_and_what_is_no_request_with_what_is_wrong(ended: Served):
    program = ended.program(Role.ANALYST)
    path = f"{program.page}/review"

    made = program.post(path, data={"do": "record_gap", "statement": "By program"}, headers={"idempotency-key": "k1"})

    assert told(200, made) == {"review": 1}
    assert "severity" in refused(422, program.post(path, data={"do": "record_gap", "statement": "X", "severity": "9"}))
    assert "do" in refused(422, program.post(path, data={"do": "burn"}))
    assert "evidence" in refused(422, program.post(path, data={"do": "cite", "gap": "GAP-01", "pick": "nonsense"}))
    assert "no evidence E-9999" in refused(
        409, program.post(path, data={"do": "cite", "gap": "GAP-01", "pick": "E-9999"})
    )
    assert refused(409, program.post(path, data={"do": "come_back", "gap": "GAP-01", "exercise": "x", "of": "GAP-01"}))
    assert program.get(f"{program.page}/gaps/GAP-99").status_code == 404
