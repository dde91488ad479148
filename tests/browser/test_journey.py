"""The day as people live it: a facilitator, two tablets and the hall's screen, nobody reloads anything."""

import pytest
from playwright.sync_api import Browser, Locator, WebSocketRoute, expect

from tests.browser.words import Demo, Person
from tests.web.words import eventually

pytestmark = pytest.mark.browser


def test_a_release_reaches_everybody_and_answers_come_back(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    hall = Person(browser, exercise.url, 1920, 1080).joins(exercise.code("projector"))
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    islands = Person(browser, exercise.url, color_scheme="dark").joins(exercise.code("head", "tamarinda"))

    lead.presses("Open day 1")
    lead.presses("Release now")
    for person in (lead, hall, aruna, islands):
        person.sees("Fighting empties the Kestrian highlands")

    aruna.writes("D1-01", "q3", "The duty officer of the foreign ministry decides.")
    aruna.sends("D1-01", "q3")
    aruna.delivered("D1-01", "q3")
    islands.writes("D1-01", "q3", "Our coordination cell, within the hour.")
    islands.sends("D1-01", "q3")
    islands.delivered("D1-01", "q3")
    lead.sees("The duty officer of the foreign ministry decides.")
    lead.sees("Our coordination cell, within the hour.")
    expect(islands.page.get_by_text("The duty officer")).to_have_count(0)

    aruna.card("D1-01", "q3").get_by_role("button", name="Change answer").click()
    aruna.writes("D1-01", "q3", "The duty officer, after a call to the centre.")
    aruna.sends("D1-01", "q3")
    lead.sees("The duty officer, after a call to the centre.")

    for inject in ("D1-02", "D1-03", "D1-04", "D1-05"):
        assert exercise.command("release", inject=inject).status_code == 200
    lead.sees("Three coastal states each suggest another port")
    lead.presses("Release now")
    hall.sees("Three coastal states each suggest another port")
    lead.page.get_by_text("Decide now without a vote").click()
    lead.page.wait_for_timeout(800)
    lead.page.locator("#desk form:has(input[name=option][value=A]) button").first.click()
    lead.sees("Orrin grants disembarkation at Port Ellory")
    # The title stands in the run of show before the choice is made, so seeing it is not enough.
    eventually(lambda: bool(exercise.log("BranchChosen")))
    assert exercise.log("BranchChosen")[0]["option"] == "A"

    lead.page.goto(lead.page.url.split("?")[0] + "/report")
    lead.sees("The duty officer, after a call to the centre.")
    with lead.page.expect_download() as download:
        lead.page.get_by_role("link", name="PDF").first.click()
    assert download.value.suggested_filename.endswith("hot-wash-full-provisional.pdf")
    report = exercise.report()
    asked = next(one for one in report["injects"][0]["questions"] if one["id"] == "q3")
    versions = next(one for one in asked["answers"] if one["delegation"] == "aruna")["versions"]
    assert [one["text"] for one in versions] == [
        "The duty officer of the foreign ministry decides.",
        "The duty officer, after a call to the centre.",
    ]
    assert [person.complaints for person in (lead, hall, aruna, islands)] == [[], [], [], []]


def test_an_answer_that_is_taken_before_the_page_hears_of_it_is_not_to_be_sent_again(
    browser: Browser, exercise: Demo
) -> None:
    aruna, late = Person(browser, exercise.url).joins(exercise.code("head", "aruna")), list[str | bytes]()
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    page, slow = aruna.page, False

    def held(line: WebSocketRoute) -> None:
        lines.append(line)
        line.connect_to_server().on_message(lambda said: late.append(said) if slow else line.send(said))

    lines = list[WebSocketRoute]()
    page.route_web_socket("**", held)
    page.reload()
    expect(page.locator("#chip .chip-text")).to_have_text("Live")
    aruna.writes("D1-01", "q3", "Once.")
    slow = True
    with page.expect_response(lambda reply: reply.request.method == "POST" and "/commands" in reply.url):
        aruna.sends("D1-01", "q3")

    card = aruna.card("D1-01", "q3")
    expect(card.locator("[data-draft]")).to_have_text("Sent. Waiting for the receipt.")
    expect(card.locator("[data-send]")).to_be_hidden()
    slow = False
    for one in late:
        lines[-1].send(one)
    aruna.delivered("D1-01", "q3")


def upper(one: Locator) -> float:
    return float(one.evaluate("one => one.getBoundingClientRect().top"))


def lower(one: Locator) -> float:
    return float(one.evaluate("one => one.getBoundingClientRect().bottom"))


def test_every_kind_of_question_is_answered_by_hand(browser: Browser, exercise: Demo) -> None:
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    exercise.command(
        "add_inject",
        title="A check",
        text="One of each.",
        release=True,
        questions=[
            {"id": "one", "kind": "single", "ask": "Which?", "options": {"a": "The first", "b": "The second"}},
            {"id": "many", "kind": "multiple", "ask": "Which of them?", "options": {"a": "Ships", "b": "Planes"}},
            {"id": "much", "kind": "scale", "ask": "How sure?", "low": "Not at all", "high": "Quite"},
            {"id": "said", "kind": "text", "ask": "Why?"},
        ],
    )
    aruna.sees("A check")

    aruna.card("D1-X1", "one").get_by_label("The second").check()
    aruna.sends("D1-X1", "one")
    aruna.card("D1-X1", "many").get_by_label("Ships").check()
    aruna.card("D1-X1", "many").get_by_label("Planes").check()
    aruna.sends("D1-X1", "many")
    aruna.card("D1-X1", "much").locator("input[value='4']").check()
    aruna.sends("D1-X1", "much")
    said = aruna.card("D1-X1", "said")
    aruna.writes("D1-X1", "said", "เราจะรอ")
    said.get_by_label("With our own translation").check()
    expect(said.get_by_label("Our own translation: English")).to_be_focused()
    said.get_by_label("Our own translation: English").fill("We shall wait.")
    aruna.sends("D1-X1", "said")
    ranking = aruna.card("D1-01", "q1")
    aruna.sends("D1-01", "q1")
    expect(ranking.locator("[data-why]")).to_contain_text("Nothing was moved yet")
    ranking.locator("li").nth(1).get_by_role("button").first.click()
    top, last = ranking.locator("li").first, ranking.locator("li").last
    name = top.get_attribute("data-key") or ""
    top.locator(".rank").drag_to(last.locator(".rank"))
    expect(last).to_have_attribute("data-key", name)
    aruna.sends("D1-01", "q1")
    contacts = aruna.card("D1-01", "q2")
    contacts.get_by_role("button", name="UNHCR", exact=True).click()
    contacts.locator("[name=channel]").first.select_option("phone")
    contacts.get_by_role("button", name="Within 6 hours").click()
    contacts.get_by_role("button", name="Add a contact").click()
    contacts.locator("[data-find]").fill("The harbour master")
    aruna.sends("D1-01", "q2")  # a name that was written and not added is not left out
    lacking = contacts.locator("[name=channel]").last  # it says itself what it lacks, and is read with it
    expect(lacking).to_be_focused()
    expect(lacking).to_have_accessible_description(
        "Each row needs whom you would contact, a channel and a number of hours."
    )
    assert abs(lower(lacking) - upper(contacts.locator(".contact > .why"))) < 30
    lacking.select_option("meeting")
    expect(contacts.locator(".contact > .why")).to_be_visible()
    contacts.locator("[name=hours]").last.fill("1,5")
    expect(contacts.locator(".why:visible")).to_have_count(0)
    aruna.sends("D1-01", "q2")
    stance = aruna.card("D1-01", "q3")
    stance.get_by_label("No instruction from capital").check()
    aruna.sends("D1-01", "q3")
    for inject, question in (
        ("D1-X1", "one"),
        ("D1-X1", "many"),
        ("D1-X1", "much"),
        ("D1-X1", "said"),
        *(("D1-01", q) for q in ("q1", "q2", "q3")),
    ):
        aruna.delivered(inject, question)

    recorded = {(body["inject"], body["question"]): body["answer"] for body in exercise.log("ResponseSubmitted")}
    assert recorded == {
        ("D1-X1", "one"): {"choice": "b"},
        ("D1-X1", "many"): {"choices": ["a", "b"]},
        ("D1-X1", "much"): {"scale": 4},
        ("D1-X1", "said"): {"text": "เราจะรอ", "translation": "We shall wait."},
        ("D1-01", "q1"): {"ranking": ["consular", "partners", "liaison", "open", "bulletin"]},
        ("D1-01", "q2"): {
            "contacts": [
                {"to": "UNHCR", "channel": "phone", "hours": 6.0},
                {"to": "The harbour master", "channel": "meeting", "hours": 1.5},
            ]
        },
        ("D1-01", "q3"): {"stance": "no_instruction"},
    }
    assert aruna.complaints == []


def test_a_long_answer_in_the_last_question_is_sent_by_one_press(browser: Browser, exercise: Demo) -> None:
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    aruna.sees("Fighting empties")
    field = aruna.card("D1-01", "q3").locator("textarea[name=text]")
    field.click()
    for number in range(10):
        field.press_sequentially(f"Line {number} of a long answer.")
        field.press("Enter")

    send = aruna.card("D1-01", "q3").locator("[data-send]")
    send.scroll_into_view_if_needed()
    box = send.bounding_box()
    assert box is not None
    aruna.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    aruna.page.mouse.down()
    aruna.page.wait_for_timeout(80)  # as long as a finger rests; the button must not move away meanwhile
    aruna.page.mouse.up()

    aruna.delivered("D1-01", "q3")


def test_pages_open_all_day_equal_pages_opened_now(browser: Browser, exercise: Demo) -> None:
    people = {
        "lead": Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator")),
        "hall": Person(browser, exercise.url, 1920, 1080).joins(exercise.code("projector")),
        "aruna": Person(browser, exercise.url).joins(exercise.code("head", "aruna")),
        "arabic": Person(browser, exercise.url).joins(
            next(seat["code"] for seat in exercise.seats if seat["delegation"] == "qasira")
        ),
        "evaluator": Person(browser, exercise.url).joins(exercise.code("evaluator")),
    }
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02", "D1-03"):
        exercise.command("release", inject=inject)
    exercise.command("hold", inject="D1-04")
    exercise.command("recall", inject="D1-02")
    exercise.command("announce", text="Coffee is served on the terrace")
    aruna = people["aruna"]
    aruna.writes("D1-01", "q3", "We decide together.")
    aruna.sends("D1-01", "q3")
    aruna.delivered("D1-01", "q3")
    # Who writes is no part of the record, and goes some seconds after the last key.
    expect(aruna.page.locator("[data-writer]")).to_have_count(0, timeout=20_000)

    for name, person in people.items():
        old = person.regions()
        person.page.reload()
        person.is_live()
        assert old == person.regions(), name


def test_two_seats_live_side_by_side_in_one_browser(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    second = lead.context.new_page()
    second.goto(f"{exercise.url}/j/{exercise.code('head', 'aruna')}")

    lead.presses("Open day 1")
    lead.presses("Release now")

    expect(second.get_by_text("Fighting empties the Kestrian highlands").first).to_be_visible()
    lead.sees("Fighting empties the Kestrian highlands")
