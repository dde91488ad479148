"""Recording what was seen, and looking back on it: evaluator, tables, rapporteur and control, each in a browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person

pytestmark = pytest.mark.browser


def is_clean(person: Person) -> None:
    found = Axe().run(person.page)
    told = [f"{one['id']}: {node['html'][:160]}" for one in found.response["violations"] for node in one["nodes"]]
    assert told == []
    assert person.complaints == []
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_an_evaluator_taps_without_a_network_is_recorded_once_when_it_is_back(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02", "D1-03"):
        exercise.command("release", inject=inject)
    with network(exercise.port) as net:
        evaluator = Person(browser, net.url, 768, 1024).joins(exercise.code("evaluator"))
        page = evaluator.page
        guide = page.locator('[id="guide:D1-03"]')
        guide.get_by_label("Observation").fill("Half a thought")
        page.reload()
        evaluator.is_live()
        expect(guide.get_by_label("Observation")).to_have_value("Half a thought")

        net.mood = Mood.REFUSE
        net.drop()
        expect(page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
        guide.get_by_role("button", name="Not seen").first.click()
        guide.locator('form[data-rates="O1"]').get_by_role("button", name="M, Major challenges").click()
        guide.get_by_role("button", name="Gap", exact=True).click()
        expect(page.locator("#chip")).to_contain_text("3 unsent")
        expect(page.locator(".notes-pending li")).to_have_count(3)
        expect(page.locator(".notes-pending li b")).to_have_text(["Gap"])
        expect(guide.locator(".quick-mark[aria-pressed=true]")).to_have_text(["Not seen"])
        assert exercise.log("ObservationRecorded") == []

        net.mood = Mood.PASS
        net.drop()
        expect(page.locator("#notes > .note")).to_have_count(3, timeout=20_000)
        expect(page.locator(".notes-pending li")).to_have_count(0)

    observed, rated = exercise.log("ObservationRecorded"), exercise.log("RatingGiven")
    assert [(one["sense"], one["inject"], one["table"]) for one in observed] == [("gap", "D1-03", "T1")] * 2
    assert [one["text"].split(":")[0] for one in observed] == ["Not seen", "Half a thought"]
    assert [(one["rating"], one["objective"], one["table"]) for one in rated] == [("M", "O1", "T1")]
    expect(guide.get_by_role("button", name="M, Major").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".note-rated")).to_have_text(["Understand single-state and joint responses"])
    expect(guide.locator(".quick-mark[aria-pressed=true]")).to_have_text(["Not seen"])
    page.get_by_label("Delegation").select_option(label="Aruna")
    expect(guide.locator(".quick-mark[aria-pressed=true]")).to_have_count(0)
    page.get_by_label("Find in my notes").fill("half a")
    expect(page.locator("#notes > .note:visible")).to_have_count(1)
    is_clean(evaluator)


def test_the_tables_look_back_and_plenary_approves_what_one_of_them_says(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    tamarinda = Person(browser, exercise.url, 390, 844).joins(exercise.code("head", "tamarinda"))
    rapporteur = Person(browser, exercise.url, 768, 1024).joins(exercise.code("rapporteur"))

    lead.page.get_by_role("tab", name="Looking back").click()
    lead.presses("Open hot wash")
    for text, hint in (("We called each other", "What went well?"), ("No list of contacts", "What was missing?")):
        aruna.page.get_by_placeholder(hint).fill(text)
        aruna.page.keyboard.press("Enter")
    tamarinda.page.get_by_placeholder("What was missing?").fill("Nobody had a list")
    tamarinda.page.keyboard.press("Enter")
    for person in (rapporteur, lead):
        person.sees("We called each other")
    expect(tamarinda.page.locator(".gap")).to_have_count(2, timeout=10_000)
    assert "We called each other" not in tamarinda.page.content()

    listed = tamarinda.page.locator(".gap:has-text('No list of contacts')")
    own = tamarinda.page.locator(".gap:has-text('Nobody had a list')")
    expect(own).to_contain_text("yours")
    before = tamarinda.page.locator(".gap [data-gap-text]").all_inner_texts()
    own.get_by_role("button", name="1", exact=True).click()
    listed.get_by_role("button", name="1", exact=True).click()
    listed.get_by_role("button", name="True for us", exact=True).click()
    expect(tamarinda.page.locator(".own-ranks li").first).to_contain_text("No list of contacts", timeout=10_000)
    assert tamarinda.page.locator(".gap [data-gap-text]").all_inner_texts() == before
    listed.get_by_text("Say why").click()
    listed.get_by_label("Why, in a line").fill("Only at night")
    tamarinda.page.keyboard.press("Enter")
    expect(listed.locator(".gap-say .said")).to_have_text("Only at night")
    ranked = lead.page.locator(".gap:has-text('No list of contacts')")
    expect(ranked).to_contain_text("3 points")
    expect(ranked).to_contain_text("true for 1")
    for pick in lead.page.locator("[data-merge-pick]").all():
        pick.check()
    says, merge = lead.page.get_by_role("textbox", name="What the merged gap says"), lead.page.locator("#merge-gaps")
    expect(says).to_be_hidden()
    tall = merge.bounding_box()
    assert tall is not None
    assert tall["height"] < 70, "the wall stays in sight while one ticks"
    merge.get_by_role("button", name="Merge", exact=True).click()
    assert says.input_value() == "\u2022 No list of contacts\n\u2022 Nobody had a list"
    lead.page.get_by_role("radio", name="Nobody had a list").check()
    assert says.input_value() == "Nobody had a list"
    says.fill("No list of contacts that all tables have")
    is_clean(lead)
    merge.get_by_role("button", name="Merge", exact=True).click()
    expect(merge).to_be_hidden(timeout=10_000)
    assert lead.page.locator("[data-merge-pick]:checked").count() == 0
    for person in (aruna, tamarinda, lead):
        expect(person.page.locator(".gap")).to_have_count(1, timeout=10_000)
        expect(person.page.locator(".gap")).to_contain_text("No list of contacts that all tables have")

    rapporteur.page.locator(".summarise textarea").fill("We waited until noon.")
    rapporteur.presses("Show it to the table")
    aruna.sees("We waited until noon.")
    aruna.page.get_by_text("Ask for a correction").click()
    aruna.page.get_by_label("What should it say instead?").fill("Until ten.")
    aruna.page.get_by_role("button", name="Send to the rapporteur").click()
    rapporteur.sees("Until ten.")
    lead.presses("Plenary approves it")
    expect(lead.page.locator("[data-js-armed]")).to_have_attribute("data-js-armed", re.compile("Press again"))
    assert exercise.log("SummaryApproved") == []
    lead.presses("Plenary approves it")
    aruna.sees("Approved in plenary")
    rapporteur.page.locator(".summarise textarea").fill("We waited until ten.")
    rapporteur.presses("Show it to the table")
    aruna.sees("Changed since plenary approved it")

    assert "We waited" not in tamarinda.page.content()
    for person in (lead, aruna, tamarinda, rapporteur):
        is_clean(person)


def test_a_day_that_opens_leads_every_page_to_it(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    asked, looking = aruna.page.locator("#asked"), aruna.page.locator("#look")
    lead.page.goto(f"{lead.page.url}?day=1")
    lead.is_live()
    lead.page.get_by_role("tab", name="Looking back").click()
    exercise.command("open_hot_wash")
    expect(looking).to_be_visible()
    desk = Person(browser, exercise.url, 1366, 768).joins(exercise.code("director"))
    desk.page.goto(f"{desk.page.url}?inject=D1-01")
    desk.is_live()
    exercise.command("close_day")
    aruna.sees("Between two days")
    expect(looking).to_be_visible()
    expect(desk.page.locator("#desk")).to_contain_text("No day is open")
    assert "?" not in desk.page.url
    paper = desk.page.locator("#desk").get_by_role("link", name="PDF")
    expect(paper).to_have_attribute("href", re.compile(r"^/s/[^/]+/hot-wash/1\.pdf$"))
    assert lead.page.url.endswith("?day=1"), "who reads a day goes on reading"

    exercise.command("open_day")

    expect(asked).to_be_visible()
    expect(looking).to_be_hidden()
    expect(lead.page.locator("#run-head")).to_contain_text("Day 2")
    expect(lead.page.get_by_role("tab", name="Answers")).to_have_attribute("aria-selected", "true")
    for person in (lead, aruna):
        is_clean(person)


def test_tablets_come_forward_for_the_hot_wash_and_leave_it_for_the_next_day_after_a_press_on_the_gap_wall(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    wide = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    phone = Person(browser, exercise.url, 390, 844).joins(exercise.code("head", "tamarinda"))
    looking = wide.page.locator("#look")
    exercise.command("open_hot_wash")
    expect(looking).to_be_visible()
    expect(phone.page.locator("#look h2").first).to_be_in_viewport()
    wide.page.get_by_placeholder("What was missing?").fill("No list of contacts")
    wide.page.keyboard.press("Enter")
    wide.page.get_by_placeholder("What did nobody expect?").fill("The port opened")
    wide.page.keyboard.press("Enter")
    surprise = wide.page.locator(".wash-surprise")
    expect(surprise.locator("li[data-goes-on]", has_text="The port opened")).to_be_focused()
    wide.page.wait_for_timeout(750)  # a press within 0.7 s of a change is not taken
    surprise.get_by_role("button", name="Withdraw").press("Enter")
    expect(surprise.get_by_role("heading")).to_be_focused()
    for person in (wide, phone):
        person.page.locator(".gap").get_by_role("button", name="Partly").click()
        expect(person.page.locator(".gap-verdict[aria-pressed=true]")).to_be_focused()
    exercise.command("close_hot_wash")
    expect(wide.page.locator("[data-open-count]")).to_have_text(re.compile("to answer"))
    exercise.command("close_day")
    wide.sees("Between two days")
    expect(wide.page.locator("[data-open-count]")).to_have_text("")

    exercise.command("open_day")

    wide.sees("The day is open. The first development appears here by itself.")
    expect(wide.page.locator("#asked")).to_be_visible()
    expect(wide.page.locator("article:visible")).to_have_count(0)
    expect(looking).to_be_hidden()
    expect(phone.page.locator("#told-title")).to_be_in_viewport()

    for person in (wide, phone):
        person.page.locator("[data-side=look], .tabs [href='#look']").locator("visible=true").click()
        expect(person.page.locator("#look")).to_be_in_viewport()
        expect(person.page.locator(".gap")).to_be_hidden()
    wide.page.locator(".gaps-past summary", has_text="Day 1").click()
    expect(wide.page.locator(".gap")).to_be_visible()
    exercise.command("release", inject="D2-01")

    expect(looking).to_be_hidden()
    expect(phone.page.locator("#look")).not_to_be_in_viewport()


def test_a_new_day_stands_alone_on_a_tablet_with_the_days_before_it_one_tap_away_and_found(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02"):
        exercise.command("release", inject=inject)
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    page = aruna.page
    half = page.locator('[id="question:D1-02:q1"]')
    half.locator("textarea[name=text]").fill("Half a thought")
    exercise.command("close_day")
    aruna.sees("Between two days")
    expect(page.locator("#developments > article:visible")).to_have_count(2)

    exercise.command("open_day")
    exercise.command("release", inject="D2-01")

    def stands() -> list[str]:
        return page.locator("#told article:visible, #asked article:visible").evaluate_all(
            "all => all.map(one => one.id)"
        )

    alone = ["development:D2-01", "question:D2-01:q1", "question:D2-01:q2", "question:D1-02:q1"]
    expect(page.locator("article:visible")).to_have_count(len(alone))
    assert stands() == alone
    page.reload()
    aruna.is_live()
    assert stands() == alone
    is_clean(aruna)

    page.locator("#developments > .earlier summary").click()
    expect(page.locator("#developments > article:visible")).to_have_count(3)
    page.locator("#developments > .earlier summary").click()
    page.locator("[data-dialog=look-up]:visible").click()
    page.get_by_placeholder("Search in everything").fill("graduates")
    page.locator("#look-up-results button").first.click()
    expect(page.locator("[data-js-found]")).to_be_in_viewport()


def test_what_waits_for_a_network_stands_in_its_own_place_with_the_names_of_its_parts(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    exercise.command("open_hot_wash")
    phone = Person(browser, exercise.url, 390, 844).joins(exercise.code("head", "aruna"))
    colleague = Person(browser, exercise.url).joins(exercise.code("delegate", "aruna"))
    card, theirs = phone.card("D1-01", "q3"), colleague.card("D1-01", "q3")
    phone.writes("D1-01", "q3", "Nous appelons")
    for tick, field, words in (
        ("translate", "translation", "We call"),
        ("reserve", "reservation", "If capital agrees"),
    ):
        card.locator(f"[name={tick}]").check()
        card.locator(f"[name={field}]").fill(words)
    expect(theirs.locator("[name=translation]")).to_have_value("We call", timeout=15_000)
    expect(theirs.locator("[data-look=changed]")).to_have_count(0)
    card.locator("[name=text]").evaluate("one => one.setSelectionRange(0, 0)")

    phone.context.set_offline(True)
    expect(phone.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
    phone.sends("D1-01", "q3")
    wash = phone.page.get_by_placeholder("What went well?")
    wash.fill("We had a list")
    wash.press("Enter")

    expect(phone.page.locator(".wash .pending-list li")).to_have_count(1)
    expect(card.locator(".pending .reservation b")).to_have_text(["Translation by the delegation", "Reservation"])
    expect(phone.page.locator("article.question .pending:visible")).to_have_count(1)
    expect(card).not_to_contain_text("We had a list")

    phone.context.set_offline(False)
    phone.delivered("D1-01", "q3")
    card.locator("[data-change]").click()
    assert card.locator("[name=text]").evaluate("one => one.selectionStart") == len("Nous appelons")
    is_clean(phone)
