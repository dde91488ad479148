"""The language of a page over HTTP: at the door, on a seat, in a refusal; and who chose it."""

from pathlib import Path

import httpx

from tests.web.words import SCENARIO, Served, refused, roster, serving
from ttx.exercise.views import ASKED_FOR_FEEDBACK
from ttx.scenario.roster import Role
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.web.app import BODY_LIMIT


def language_of(reply: httpx.Response) -> str:
    assert reply.status_code == 200, reply.text
    return reply.text.partition('<html lang="')[2].partition('"')[0]


def test_the_door_speaks_what_the_browser_asks_for_until_somebody_chooses(house: Served):
    who = house.device(**{"accept-language": "th,en;q=0.5"})
    assert language_of(who.get("/join")) == "th"

    chosen = who.get("/join", params={"language": "ar"}, follow_redirects=True)

    assert language_of(chosen) == "ar"
    assert 'dir="rtl"' in chosen.text
    assert language_of(who.get("/")) == "ar"
    assert language_of(who.get("/join", params={"language": "xx"})) == "ar"


def test_a_seat_is_read_in_another_language_on_the_device_that_chose_it(house: Served):
    one, other = (house.device().join(house.seat(Role.HEAD, "Kestria")) for _ in range(2))

    switched = one.post(f"{one.page}/language", data={"language": "my"})

    assert (switched.status_code, switched.headers["location"]) == (303, one.page)
    assert language_of(one.get(one.page)) == "my"
    assert language_of(one.get(f"{one.page}/recap")) == "my"
    assert language_of(other.get(other.page)) == "en"


def test_a_language_that_there_is_not_changes_nothing(house: Served):
    who = house.device().join(house.seat(Role.HEAD, "Kestria"))

    assert who.post(f"{who.page}/language", data={"language": "tlh"}).status_code == 303
    assert language_of(who.get(who.page)) == "en"


def test_what_was_chosen_at_the_door_goes_along_to_the_seat(house: Served):
    who = house.device()
    who.get("/join", params={"language": "vi"})

    assert language_of(who.join(house.seat(Role.HEAD, "Kestria")).get(who.page)) == "vi"


def test_a_device_that_asks_for_another_language_than_its_seats_is_offered_it_when_it_joins(house: Served):
    who = house.device(**{"accept-language": "ar,en;q=0.5"})
    assert "الصفحة التي يفتحها الرمز بلغة وفدكم" in who.get("/join").text
    who.join(house.seat(Role.HEAD, "Kestria"))
    offer = f'formaction="{who.page}/language" name="language" value="ar" lang="ar">العربية<'

    assert offer in who.get(who.page).text
    who.post(f"{who.page}/language", data={"language": "ar"})
    assert "formaction" not in who.get(who.page).text
    other = house.device(**{"accept-language": "en-GB"}).join(house.seat(Role.HEAD, "Kestria"))
    assert "formaction" not in other.get(other.page).text


def test_feedback_is_asked_for_in_the_language_of_each_page_unless_in_words_of_ones_own(house: Served):
    who = house.device().join(house.seat(Role.HEAD, "Kestria"))
    who.post(f"{who.page}/language", data={"language": "fr"})
    for words, told in (
        (str(ASKED_FOR_FEEDBACK), "Donnez maintenant votre avis"),
        ("Lunch is served", "Lunch is served"),
    ):
        house.done("announce", text=words)
        assert told in who.get(who.page).text


def test_a_refusal_is_in_the_language_of_the_page_and_english_for_programs(house: Served):
    who = house.device().join(house.seat(Role.HEAD, "Kestria"))
    who.post(f"{who.page}/language", data={"language": "fr"})
    asked = {"do": "vote", "inject": "D1-03", "option": "A"}

    french = who.post(f"{house.api}/commands?seat={who.seat.id}", json=asked)
    lost = house.device(**{"accept-language": "fr", "accept": "text/html"}).get("/nowhere")

    assert french.json() == {"refused": "Aucun vote sur D1-03 n’est ouvert."}
    assert "Il n’y a rien à cette adresse." in lost.text
    assert house.device(**{"accept-language": "fr", "authorization": "Bearer x"}).get("/nowhere").json() == {
        "refused": "There is nothing at this address."
    }


def test_a_wrong_code_is_told_in_the_language_of_the_door(house: Served):
    told = house.device(**{"accept-language": "id"}).post("/join", data={"code": "ABCD"})

    assert "ini bukan kode." in told.text


def test_a_facilitators_page_stays_in_english_while_half_of_it_would_not_be(house: Served):
    who = house.device().join(house.seat(Role.LEAD_FACILITATOR))
    who.post(f"{who.page}/language", data={"language": "ar"})

    assert language_of(who.get(who.page)) == "en"


def test_staff_are_told_that_a_language_was_not_reviewed(tmp_path: Path):
    seats = [one.model_copy(update={"language": "ar"}) if one.delegation else one for one in roster().seats]
    with Store(tmp_path) as store:
        exercise = create_exercise(store, SCENARIO, roster().model_copy(update={"seats": tuple(seats)}))
    with serving(tmp_path, exercise) as house:
        lead, head = house.as_lead(), house.as_head()

        assert "not reviewed by a native speaker: Arabic." in " ".join(lead.get(f"{lead.page}/seats").text.split())
        assert language_of(head.get(head.page)) == "ar"


def test_what_is_too_large_or_malformed_is_told_in_the_language_of_the_page(house: Served):
    who = house.device(**{"accept-language": "fr"}).join(house.seat(Role.HEAD, "Kestria"))
    who.post(f"{who.page}/language", data={"language": "fr"})
    malformed = who.post(f"{house.api}/commands?seat={who.seat.id}", json={"do": "respond", "inject": "D1-01"})
    form = who.post(f"{who.page}/me", data={"right": "perhaps"})
    large = who.post("/join", content=b"x" * (BODY_LIMIT + 1))
    elsewhere = who.post("/join", data={"code": "x"}, headers={"origin": "https://elsewhere.example"})

    assert malformed.json()["refused"].startswith("Cela n’a pas pu être accepté tel qu’envoyé (respond.question")
    assert malformed.json()["errors"][0]["sentence"]
    assert "(body.right)" in form.json()["refused"]
    assert "256 Ko au plus sont acceptés" in large.json()["refused"]
    assert elsewhere.json() == {"refused": "Ceci vient d’une page d’un autre site et n’est pas accepté."}
    assert refused(422, house.as_head().post(f"{house.api}/commands", json={})).startswith("The request is malformed.")


def test_an_evaluator_and_the_head_of_a_delegation_read_the_rest_of_their_pages_in_their_language(house: Served):
    for role, path, said in (
        (Role.EVALUATOR, "", "แนวทาง"),
        (Role.RAPPORTEUR, "", "สิ่งที่โต๊ะได้รับแจ้ง และคำตอบ"),
        (Role.HEAD, "/seats", "ที่นั่งและรหัส"),
    ):
        who = house.device().join(house.seat(role))
        who.post(f"{who.page}/language", data={"language": "th"})
        shown = who.get(f"{who.page}{path}")

        assert language_of(shown) == "th"
        assert said in shown.text
    lead = house.device().join(house.seat(Role.LEAD_FACILITATOR))
    lead.post(f"{lead.page}/language", data={"language": "th"})
    assert language_of(lead.get(f"{lead.page}/seats")) == "en"
