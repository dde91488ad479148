"""Participants' feedback and names through the door: whose it is nobody is told, and what may be told where."""

import csv
import io
from collections.abc import Iterator

import httpx
import pytest

from tests.ballots import Ballot, ballot
from tests.output.words import pdf_texts
from tests.web.test_exports import asks, held
from tests.web.test_review import program, report
from tests.web.words import COOKIE, Browser, Served, refused, serving, told
from ttx.exercise.rights import RULES, Action
from ttx.scenario.roster import Role
from ttx.store import feedback
from ttx.store.participants import agreed_on
from ttx.store.seats import hash_of

HTML = {"accept": "text/html"}
STRENGTH = "Kestria led us well"


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise with a day that is open."""
    with serving(tmp_path_factory.mktemp("room")) as house:
        house.begun()
        yield house


def opens(house: Served, day: str = "", tell: str = "") -> str:
    """The lead asks for feedback; the form's name."""
    lead = house.as_lead()
    reply = lead.post(f"{lead.page}/feedback/forms", data={"day": day, "tell": tell}, headers=HTML)
    assert reply.status_code == 303, reply.text
    return asked(house).opened.form


def asked(house: Served) -> feedback.OpenForm:
    form = feedback.the_open(house.store, house.exercise)
    assert form is not None
    return form


def closes(house: Served, form: str) -> None:
    lead = house.as_lead()
    assert lead.post(f"{lead.page}/feedback/forms", data={"close": form}).status_code == 303


def draws(house: Served, who: Browser) -> tuple[Ballot, str]:
    form = asked(house)
    mine = ballot(form.key)
    reply = who.post(f"{who.page}/feedback/ballot", data={"form": form.opened.form, "blinded": mine.blinded})
    return mine, mine.signed(told(200, reply)["signed"])


def hands_in(
    house: Served, mine: Ballot, signature: str, who: httpx.Client | None = None, **sheet: object
) -> httpx.Response:
    """Send a sheet, from a browser that carries no cookie unless another is named."""
    path = f"/feedback/{house.exercise}/{asked(house).opened.form}"
    body = {"ballot": mine.drawn, "signature": signature, "sheet": sheet}
    return (who or house.device()).post(path, json=body)


def gives(house: Served, who: Browser, level: int = 5, **comments: str) -> None:
    mine, signature = draws(house, who)
    told(200, hands_in(house, mine, signature, ratings={"organised": level, "tools": 2}, comments=comments))


def participants(house: Served) -> list[Browser]:
    """Six devices of participants."""
    heads = [
        house.device().join(house.seat(Role.HEAD, one)) for one in ("Kestria", "tamarinda", "Kestria", "tamarinda")
    ]
    return [*heads, house.as_(Role.EVALUATOR), house.as_(Role.RAPPORTEUR)]


def filled(house: Served, day: str = "") -> None:
    """Six devices gave feedback, and the form is closed."""
    form = opens(house, day)
    for number, who in enumerate(participants(house)):
        gives(house, who, strengths=STRENGTH if number == 3 else "", other=f"Voice {9 - number}")
    closes(house, form)


# Giving feedback


def test_a_device_reads_the_form_in_its_language_and_nothing_where_none_is_open(room: Served):
    head = room.as_head()
    assert "No feedback is asked for" in head.get(f"{head.page}/feedback").text
    opens(room)

    page = head.get(f"{head.page}/feedback")
    assert page.headers["ttx-keeps"]
    assert "The exercise was well organised." in page.text
    assert page.text.count('type="radio"') == 35
    head.post(f"{head.page}/language", data={"language": "fr"})
    assert "The exercise was well organised." not in head.get(f"{head.page}/feedback").text


def test_a_sheet_comes_without_a_cookie_and_one_from_the_same_ballot_takes_its_place(room: Served):
    form = opens(room)
    mine, signature = draws(room, room.as_head())
    for words in ("First", "First", "Second"):
        told(200, hands_in(room, mine, signature, ratings={"organised": 4}, comments={"other": words}))
    gives(room, room.as_head("tamarinda"))
    gives(room, room.as_(Role.EVALUATOR))

    assert feedback.handed_in(room.store, room.exercise, form) == 3
    closes(room, form)
    lead = room.as_lead()
    page = lead.get(f"{lead.page}/feedback/summary").text
    assert "Second" in page
    assert "First" not in page


def test_a_device_has_one_ballot_and_no_other_page_may_send_a_sheet(room: Served):
    opens(room)
    head = room.as_head()
    mine, signature = draws(room, head)
    another = ballot(asked(room).key)

    again = head.post(f"{head.page}/feedback/ballot", data={"form": "FB-01", "blinded": another.blinded})
    assert "has its form already" in refused(409, again)
    assert "did not come with the form" in refused(409, hands_in(room, another, signature, ratings={"tools": 1}))
    elsewhere = room.device(origin="https://elsewhere.example")
    assert hands_in(room, mine, signature, elsewhere, ratings={"tools": 1}).status_code == 403
    assert hands_in(room, mine, signature, ratings={"tools": 6}).status_code == 422
    assert "Nothing is said" in refused(409, hands_in(room, mine, signature))
    assert "another form" in refused(409, hands_in(room, mine, signature, ratings={"weather": 1}))


def test_what_comes_after_the_close_is_not_taken(room: Served):
    form = opens(room)
    mine, signature = draws(room, room.as_head())
    path = f"/feedback/{room.exercise}/{form}"
    closes(room, form)

    late = room.device().post(
        path, json={"ballot": mine.drawn, "signature": signature, "sheet": {"ratings": {"tools": 1}}}
    )
    assert "is closed" in refused(409, late)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gives_asks_for_and_reads_feedback_as_the_table_says(room: Served, role: Role):
    who = room.as_(role)
    assert (who.get(f"{who.page}/feedback").status_code == 200) is (role in RULES[Action.FEEDBACK])
    summary = who.get(f"{who.page}/feedback/summary").status_code
    assert (summary == 403) is (role not in RULES[Action.READ_REVIEW])
    opening = who.post(f"{who.page}/feedback/forms", data={}, headers=HTML).status_code
    assert (opening == 303) is (role in RULES[Action.OPEN_FEEDBACK])


def test_an_opening_is_told_on_every_screen(room: Served):
    opens(room, tell="Feedback, please")

    assert "Feedback, please" in room.screen(room.as_head(), after=0).regions["notice"]


# What is told


def test_while_a_form_is_open_only_how_many_answered_is_told(room: Served):
    form = opens(room)
    gives(room, room.as_head(), other="Not yet read")
    lead = room.as_lead()

    page = lead.get(f"{lead.page}/feedback/summary").text
    assert "1 sheet so far" in page
    assert "Not yet read" not in page
    assert "Of fewer than 3 sheets nothing is kept" in page
    closes(room, form)
    after = lead.get(f"{lead.page}/feedback/summary").text
    assert "fewer than 5 sheets" in after
    assert "Not yet read" not in after


def test_reports_tell_bands_and_no_word_that_two_people_did_not_let_go(room: Served):
    filled(room, day="1")
    room.done("close_day")
    room.done("end")
    lead, analyst = room.as_lead(), room.as_(Role.ANALYST)

    for tier, who in (("full", program(room)), ("analyst", analyst), ("public", analyst)):
        (form,) = told(200, report(room, who, tier=tier))["feedback"]
        assert (form["day"], form["sheets"]) == (1, {"least": 5, "most": 9})
        assert form["statements"][0]["counts"]["cells"]["agree"] == {"least": 5, "most": 9}
        assert STRENGTH not in report(room, who, tier=tier).text
        assert "Voice" not in report(room, who, tier=tier).text
    assert told(200, report(room, room.as_head(), tier="own"))["feedback"] == []

    comment = "FB-01.strengths.1"
    page = analyst.get(f"{analyst.page}/quotations", params={"comment": comment}, headers=HTML).text
    assert STRENGTH in page
    named = asks(analyst, "propose_quotation", feedback=comment, words=STRENGTH, on="quotations")
    assert named.status_code == 409
    assert "a delegation" in named.text
    assert (
        asks(analyst, "propose_quotation", feedback=comment, words="One led well", on="quotations").status_code == 303
    )
    assert asks(lead, "approve_quotation", quotation="Q-01", on="quotations").status_code == 303
    for tier, who in (("full", program(room)), ("analyst", analyst), ("public", analyst)):
        assert told(200, report(room, who, tier=tier))["comments"] == {"strengths": ["One led well"]}
    for form in ("docx", "pdf", "html", "xlsx", "csv"):
        assert report(room, analyst, tier="public", **{"as": form}).status_code == 200
    assert "One led well" in report(room, analyst, tier="public", **{"as": "html"}).text
    rows = list(csv.reader(io.StringIO(report(room, analyst, tier="public", **{"as": "csv"}).text)))
    assert len({len(row) for row in rows}) == 1
    assert any("feedback" in row and "One led well" in " ".join(row) for row in rows)
    wash = analyst.get(f"{analyst.page}/hot-wash/1.pdf").content
    assert "Fewest agree" in " ".join(pdf_texts(wash))


def test_one_smallest_count_holds_for_feedback_and_for_every_report(room: Served):
    lead = room.as_lead()
    assert asks(lead, "choose_smallest", k="3").status_code == 303
    filled(room, day="1")
    room.done("close_day")
    room.done("end")

    everybodys = told(200, report(room, lead, tier="public"))
    (form,) = everybodys["feedback"]
    assert form["sheets"]["most"] - form["sheets"]["least"] == 2
    assert form["statements"][0]["counts"]["cells"]["agree"] == form["sheets"]
    for question in (one for inject in everybodys["injects"] for one in inject["questions"]):
        assert question["banded"]["answered"] == {"least": 0, "most": 2}
    assert "in bands of 3" in lead.get(f"{lead.page}/feedback/summary", headers=HTML).text
    assert asks(lead, "choose_smallest", k="5").status_code == 409


# Names


def agrees(who: Browser, name: str, organisation: str = "Coast guard", **more: str) -> httpx.Response:
    return who.post(
        f"{who.page}/named", data={"name": name, "organisation": organisation, "agreed": "true", **more}, headers=HTML
    )


def test_names_stand_in_the_full_report_alone_until_they_are_taken_back(room: Served):
    head, other, analyst = room.as_head(), room.as_head("tamarinda"), room.as_(Role.ANALYST)
    assert agrees(head, "Ann  Smith").status_code == 303
    assert agrees(other, "Bo <b>").status_code == 303
    told(200, room.answer(head, "As Ann Smith said, we wait"))
    room.done("close_day")
    room.done("end")

    full = told(200, report(room, program(room), tier="full"))["participants"]
    assert [(one["delegation"], one["name"]) for one in full["names"]] == [
        ("Federated Islands of Tamarinda", "Bo <b>"),
        ("Kestria", "Ann Smith"),
    ]
    for tier in ("analyst", "public"):
        for form in ("json", "html", "csv"):
            text = report(room, analyst, tier=tier, **{"as": form}).text
            assert "Ann Smith" not in text
            assert "Bo " not in text
        assert told(200, report(room, analyst, tier=tier))["participants"] == {
            "names": [],
            "many": {"least": 0, "most": 4},
        }
    assert "Ann Smith" in report(room, program(room), tier="full", **{"as": "html"}).text

    page = head.get(f"{head.page}/named").text
    (agreement,) = {one.split(".pdf")[0] for one in page.split(f"{head.page}/named/")[1:] if ".pdf" in one[:40]}
    assert "A full report left on" in page
    other.post(f"{other.page}/named/withdraw", data={"agreement": agreement})
    assert len(told(200, report(room, program(room), tier="full"))["participants"]["names"]) == 2
    assert head.post(f"{head.page}/named/withdraw", data={"agreement": agreement}).status_code == 303
    assert len(told(200, report(room, program(room), tier="full"))["participants"]["names"]) == 1
    assert "Ann Smith" not in head.get(f"{head.page}/named").text


def test_without_a_name_or_the_consent_nothing_is_kept(room: Served):
    head = room.as_head()
    assert agrees(head, " ").status_code == 409
    assert agrees(head, "Ann", agreed="false").status_code == 409
    assert agrees(head, "x" * 81).status_code == 422


def test_whoever_agreed_takes_his_certificate_himself_and_nobody_else_does(room: Served):
    head = room.as_head()
    agrees(head, "Ann Smith")
    (agreement,) = [one.id for one in agreed_on(room.store, head.seat.id, hash_of(head.cookies[COOKIE]))]
    path = f"{head.page}/named/{agreement}.pdf"
    assert "when the exercise has ended" in refused(409, head.get(path))
    room.done("close_day")
    room.done("end")

    reply = head.get(path)
    assert reply.headers["content-type"] == "application/pdf"
    text = " ".join(pdf_texts(reply.content))
    for words in ("Certificate of participation", "Ann Smith", "Coast guard", "EXERCISE EXERCISE EXERCISE"):
        assert words in text
    head.post(f"{head.page}/language", data={"language": "th"})
    assert "Certificate" not in " ".join(pdf_texts(head.get(path).content))
    another = room.device().join(room.seat(Role.HEAD, "Kestria"))
    assert another.get(path).status_code == 404
    assert room.as_head("tamarinda").get(f"{room.as_head('tamarinda').page}/named/{agreement}.pdf").status_code == 404


def test_nothing_of_a_sheet_is_in_the_records_of_an_export(room: Served):
    filled(room)
    told(200, report(room, program(room), tier="full"))

    assert "Voice" not in " ".join(one.fact.model_dump_json() for one in held(room).taken)
