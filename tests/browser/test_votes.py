"""A vote in a real browser: opened on the console, cast on a tablet without a network, counted, taken; and axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person

pytestmark = pytest.mark.browser

TOP = "one => one.getBoundingClientRect().top"
TO_DECIDE = ("D1-01", "D1-02", "D1-03", "D1-04", "D1-05", "D1-06")


def to_the_decision(exercise: Demo) -> None:
    exercise.command("open_day")
    for inject in TO_DECIDE:
        exercise.command("release", inject=inject)


def is_clean(person: Person) -> None:
    found = Axe().run(person.page)
    assert found.violations_count == 0, found.generate_report()
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert person.complaints == []


def test_a_vote_is_opened_counted_and_taken_from_the_console(browser: Browser, exercise: Demo) -> None:
    to_the_decision(exercise)
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    lead.page.goto(f"{lead.page.url}?inject=D1-06")
    lead.is_live()

    lead.presses("Open a vote")
    expect(lead.page.get_by_label("Hide how it stands until it is revealed")).to_be_checked()
    expect(lead.page.locator("[data-voters]")).to_contain_text("7: Aruna")
    lead.page.locator("#open-vote").get_by_role("button", name="Open the vote").click()
    ballot = aruna.page.locator('[id="vote:D1-06"]')
    expect(ballot.get_by_text("Your delegation votes")).to_be_visible(timeout=10_000)
    aruna.page.wait_for_timeout(750)
    ballot.get_by_role("button", name="No agreement").click()
    expect(ballot.get_by_text("Voted B at")).to_be_visible(timeout=10_000)
    is_clean(aruna)

    expect(lead.page.locator("#work-vote")).to_be_visible()
    expect(lead.page.locator("#tab-vote")).to_have_text("Voting1/7")
    for name in ("belmar", "coralis", "sundara", "valmoray"):
        exercise.command("vote", inject="D1-06", voter=name, option="A")
    lead.page.wait_for_timeout(750)
    lead.page.get_by_role("button", name="IOM: A", exact=True).click()
    expect(lead.page.get_by_text("6 of 7 have voted").first).to_be_visible(timeout=10_000)
    is_clean(lead)
    lead.presses("Close the vote")
    lead.sees("Take it: A")
    lead.presses("Take it: A")

    expect(lead.page.locator("#poll").get_by_text("Decided A")).to_be_visible(timeout=10_000)
    expect(ballot.get_by_text("How it stands is shown when it is revealed.")).to_be_visible(timeout=10_000)
    expect(ballot.get_by_text("The vote advises A.")).to_have_count(0)
    lead.presses("Reveal")
    expect(ballot.get_by_text("The vote advises A.")).to_be_visible(timeout=10_000)
    assert [body["option"] for body in exercise.log("BranchChosen")] == ["A"]
    exercise.command("close_day")
    aruna.page.get_by_role("link", name="Recap of the days held").click()
    expect(aruna.page.get_by_text("by vote, 5 : 1")).to_be_visible()
    is_clean(aruna)


def test_a_vote_cast_without_a_network_is_kept_and_counted_once_when_it_is_back(
    browser: Browser, exercise: Demo
) -> None:
    to_the_decision(exercise)
    exercise.command("open_vote", inject="D1-06")
    with network(exercise.port) as net:
        aruna = Person(browser, net.url).joins(exercise.code("head", "aruna"))
        ballot = aruna.page.locator('[id="vote:D1-06"]')
        expect(ballot.get_by_text("Your delegation votes")).to_be_visible(timeout=10_000)

        net.mood = Mood.REFUSE
        net.drop()
        expect(aruna.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
        ballot.get_by_role("button", name="Abstain").click()
        ballot.get_by_role("button", name="No agreement").click()
        expect(ballot.get_by_text("Waiting to be sent")).to_be_visible(timeout=10_000)
        is_clean(aruna)
        assert exercise.log("VoteCast") == []
        net.mood = Mood.PASS
        net.drop()
        expect(ballot.get_by_text("Voted B at")).to_be_visible(timeout=20_000)
        expect(aruna.page.locator("#said")).to_contain_text("Voted B at")
        assert exercise.log("VoteCast") == [{"inject": "D1-06", "voter": "aruna", "option": "B"}]

        net.mood = Mood.REFUSE
        net.drop()
        expect(aruna.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
        ballot.get_by_role("button", name="The tables agree").click()
        exercise.command("close_vote", inject="D1-06")
        net.mood = Mood.PASS
        net.drop()
        expect(ballot.get_by_text("Not accepted: This vote has closed.")).to_be_visible(timeout=20_000)
        expect(ballot.get_by_role("heading", name="The vote is closed")).to_be_visible(timeout=10_000)
        assert len(exercise.log("VoteCast")) == 1


def test_each_table_goes_its_own_way_and_a_vote_out_of_view_is_called_out(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day", day=2)
    for inject in ("D2-01", "D2-02", "D2-03", "D2-04"):
        exercise.command("release", inject=inject)
    exercise.command("choose", inject="D2-04", option="A")
    for inject in ("D2-05A", "D2-06"):
        exercise.command("release", inject=inject)
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    aruna = Person(browser, exercise.url, 768, 1024).joins(exercise.code("head", "aruna"))
    typing = aruna.page.locator("#questions textarea[name=text]").last
    typing.fill("We were")
    stood = typing.evaluate(TOP)

    exercise.command("release", inject="D2-06T")
    call = aruna.page.locator("#ballot-call")
    expect(call).to_contain_text("Your table decides: One mobile team", timeout=10_000)
    assert abs(typing.evaluate(TOP) - stood) < 4
    expect(typing).to_be_focused()
    expect(typing).to_have_value("We were")
    is_clean(aruna)
    call.locator("[data-go]").click()
    card = aruna.page.locator('[id="choice:D2-06T"]')
    expect(card).to_be_in_viewport(timeout=10_000)
    expect(call).to_be_hidden()
    aruna.page.wait_for_timeout(750)  # a press within 0.7 s of a change is not taken
    card.get_by_role("button", name="By land").click()
    expect(card.get_by_text("Your table has chosen L")).to_be_visible(timeout=10_000)

    lead.page.goto(f"{lead.page.url}?inject=D2-06L")
    lead.is_live()
    desk = lead.page.locator("#desk")
    expect(desk).to_contain_text("Goes only to Table 1 - Harbourthey chose L in D2-06T")
    expect(desk.locator("button[data-arms=r]")).to_contain_text("only to Table 1 - Harbour")
    lead.presses("Release now")
    expect(lead.page).not_to_have_url(re.compile("inject="), timeout=10_000)  # what was picked makes way
    lead.page.goto(f"{lead.page.url}?inject=D2-06L")
    lead.is_live()
    expect(desk).to_contain_text("Out at Table 1 - Harbour", timeout=10_000)
    expect(card).to_contain_text("What follows from it is here, so it stands.", timeout=10_000)
    assert [body.get("tables") for body in exercise.log("InjectReleased")][-1] == ["T1"]
    is_clean(lead)
