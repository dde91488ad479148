"""Feedback in a real browser: typed on wifi that goes, sent once without a cookie, changed, read when it is closed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person

pytestmark = pytest.mark.browser

PATIENCE = 60_000


def test_feedback_is_given_without_a_network_by_nobody_and_read_when_it_is_closed(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    lead = Person(browser, exercise.url, 1180, 820).joins(exercise.code("lead_facilitator"))
    summary = f"{lead.page.url}/feedback/summary"
    lead.page.goto(summary)
    assert _faults(lead) == []
    early = Person(browser, exercise.url, 390, 780).joins(exercise.code("head", "coralis"))
    early.page.goto(f"{early.page.url}/feedback")
    early.sees("No feedback is asked for at the moment")
    lead.page.get_by_role("button", name="Open the form").click()
    expect(lead.page.get_by_text("0 sheets so far")).to_be_visible()
    expect(early.page.locator("form#feedback")).to_be_visible(timeout=PATIENCE)  # by itself

    sent: list[Request] = []
    with network(exercise.port) as net:
        aruna = Person(browser, net.url, 820, 1180).joins(exercise.code("head", "aruna"))
        aruna.sees("Please give your feedback now")
        expect(aruna.page.locator("html")).to_have_attribute("data-kept", "true", timeout=PATIENCE)
        tablet = aruna.page.url
        aruna.page.on(
            "request", lambda one: sent.append(one) if "/feedback/" in one.url and one.method == "POST" else None
        )
        aruna.page.get_by_label("More", exact=True).click()
        aruna.page.get_by_role("link", name="Feedback and certificate").click()
        _rates(aruna.page, "The exercise was well organised.", 4)
        expect(aruna.page.locator("#feedback-state")).to_have_text("Draft kept on this tablet")
        assert _faults(aruna) == []
        _has_ballot(aruna.page)
        foot = aruna.page.locator(".feedback-foot")
        for _ in range(9):  # whatever gets the focus by key is in sight, and not behind the foot
            aruna.page.keyboard.press("Tab")
            over = foot.evaluate("one => [one.getBoundingClientRect().top, one.contains(document.activeElement)]")
            low = aruna.page.evaluate("document.activeElement.getBoundingClientRect().bottom")
            assert over[1] or low <= over[0] + 1

        # Without a network: what is sent waits, a reload shows it, and the tablet's page sends it when there is one.
        net.mood = Mood.REFUSE
        net.drop()
        aruna.page.get_by_label("What went well?").fill("The lunch")
        aruna.page.get_by_role("button", name="Send feedback").click()
        expect(aruna.page.locator("#feedback-state")).to_have_text("Waiting to be sent")
        aruna.page.reload()
        expect(aruna.page.get_by_label("What went well?")).to_have_value("The lunch")
        expect(aruna.page.locator("#feedback-state")).to_have_text("Waiting to be sent")
        aruna.page.goto(tablet)
        net.mood = Mood.PASS
        aruna.is_live()
        _counts(lead, summary, "1 sheet so far")

        # Changed, and the reply lost: one sheet all the same.
        aruna.page.goto(f"{tablet}/feedback")
        expect(aruna.page.locator("#feedback-state")).to_have_text("Sent. You may change it until the form is closed.")
        aruna.page.get_by_label("What went well?").fill("A real case")
        net.mood = Mood.CUT
        aruna.page.get_by_role("button", name="Send it again").click()
        expect(aruna.page.locator("#feedback-state")).to_have_text("Waiting to be sent")
        net.mood = Mood.PASS
        expect(aruna.page.locator("#feedback-state")).to_have_text(
            "Sent. You may change it until the form is closed.", timeout=PATIENCE
        )

    for code in (exercise.code("head", "tamarinda"), exercise.code("evaluator")):
        another = Person(browser, exercise.url, 390, 780).joins(code)
        another.page.goto(f"{another.page.url}/feedback")
        _rates(another.page, "The exercise was well organised.", 5)
        another.page.get_by_role("button", name="Send feedback").click()
        expect(another.page.locator("#feedback-state")).to_contain_text("Sent.", timeout=PATIENCE)
        assert _faults(another) == []
    _counts(lead, summary, "3 sheets so far")
    lead.page.get_by_role("button", name="Close the form").click()
    expect(lead.page.get_by_text("A real case")).to_be_visible()
    expect(lead.page.get_by_text("The lunch")).to_have_count(0)
    assert _faults(lead) == []

    sheets = [one for one in sent if one.url.endswith("/FB-01")]
    assert sheets
    for one in sheets:
        headers = one.all_headers()
        assert "cookie" not in headers
        assert not headers.get("referer")
    assert aruna.complaints == lead.complaints == []


def test_somebody_agrees_to_be_named_and_takes_his_certificate(browser: Browser, exercise: Demo) -> None:
    aruna = Person(browser, exercise.url, 1180, 820).joins(exercise.code("head", "aruna"))
    for done in ("open_day", "close_day", "end"):
        exercise.command(done)
    aruna.page.goto(f"{aruna.page.url}/named")
    assert _faults(aruna) == []
    aruna.page.get_by_label("Name", exact=True).fill("အောင်ဆန်း Ann")
    aruna.page.get_by_role("checkbox").check()
    aruna.page.get_by_role("button", name="Save").click()

    with aruna.page.expect_download() as taken:
        aruna.page.get_by_role("link", name="Certificate of participation").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    assert _faults(aruna) == []
    aruna.page.get_by_role("button", name="Take it back").click()
    expect(aruna.page.get_by_role("link", name="Certificate of participation")).to_have_count(0)
    assert aruna.complaints == []


def _rates(page: Page, statement: str, level: int) -> None:
    page.get_by_role("group", name=statement).get_by_role("radio", name=str(level)).check(force=True)


def _has_ballot(page: Page) -> None:
    page.wait_for_function("Object.values(localStorage).some((one) => one.includes('\"signature\"'))", timeout=PATIENCE)


def _counts(lead: Person, summary: str, sentence: str) -> None:
    """The lead's page comes to say this."""
    for _again in range(60):
        lead.page.goto(summary)
        if lead.page.get_by_text(sentence).count():
            return
        lead.page.wait_for_timeout(500)
    raise AssertionError(f"it never said {sentence!r}: {lead.page.inner_text('main')[:200]}")


def _faults(person: Person) -> list[str]:
    """What axe finds on the page, and whether it scrolls sideways."""
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(person.page).response["violations"]]
    wide = person.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["it scrolls sideways"] if wide else [])]
