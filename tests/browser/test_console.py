"""The console under a facilitator's hands: what is pressed is told, what cannot be made unseen asks twice, and two who
press at the same moment."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.words import Demo, Person
from tests.web.words import eventually

pytestmark = pytest.mark.browser

PATIENCE = 15_000
IN_VIEW = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"


def lead(browser: Browser, exercise: Demo, width: int = 1366, height: int = 768) -> Person:
    return Person(browser, exercise.url, width, height).joins(exercise.code("lead_facilitator"))


def test_a_nudge_and_an_inject_written_on_the_spot_are_told_and_brought_into_view(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    person = lead(browser, exercise)
    person.page.wait_for_timeout(750)

    person.page.locator('[id="table:T1"]').get_by_role("button", name="Nudge").click()
    expect(person.page.locator("#toasts .toast[data-good]")).to_contain_text("was nudged", timeout=PATIENCE)
    person.page.keyboard.press("i")
    person.page.locator("#adhoc").get_by_label("Title").fill("A second boat")
    person.page.locator("#adhoc").get_by_label("Text", exact=True).fill("Forty people.")
    person.page.locator("#adhoc").get_by_role("button", name="Add the inject").click()

    expect(person.page.locator("#toasts")).to_contain_text("The inject is written", timeout=PATIENCE)
    row = person.page.locator("a[data-pick]:has-text('A second boat')")
    expect(row).to_be_focused(timeout=PATIENCE)
    assert row.evaluate(IN_VIEW)
    assert person.complaints == []


def test_a_press_that_is_not_taken_says_so(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    person = lead(browser, exercise)
    person.page.wait_for_timeout(750)
    person.page.evaluate("document.querySelector('#desk details').open = true")

    person.page.locator("#desk").get_by_role("button", name="Release now").click()

    expect(person.page.locator("#toasts .toast")).to_contain_text("Not taken", timeout=PATIENCE)
    assert exercise.log("InjectReleased") == []


def tabs_to(person: Person, name: str) -> None:
    """Go to a button by the Tab key alone."""
    for _ in range(150):
        if (
            person.page.evaluate("(document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()")
            == name
        ):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {name}")


def confirms(person: Person, key: str) -> None:
    """A key arms, Enter confirms; a press within 0.7 s of a change is not taken."""
    person.page.wait_for_timeout(900)
    person.page.keyboard.press(key)
    person.page.keyboard.press("Enter")


def test_a_session_is_run_without_a_mouse(browser: Browser, exercise: Demo):
    person = lead(browser, exercise)
    keys = person.page.keyboard
    person.page.wait_for_timeout(900)

    tabs_to(person, "Open day 1")
    keys.press("Enter")
    person.sees("Release now")
    for number in range(1, 7):
        confirms(person, "r")
        expect(person.page.locator(f"[id='run:D1-0{number}'][data-standing=released]")).to_be_visible(timeout=PATIENCE)
    confirms(person, "p")
    person.sees("Resume the exercise to release, hold or decide.")
    confirms(person, "p")
    person.sees("Open a vote")
    person.page.wait_for_timeout(900)
    tabs_to(person, "Open a vote")
    keys.press("Enter")
    tabs_to(person, "Open the vote")
    keys.press("Enter")
    person.sees("0 of 7 have voted")
    person.page.wait_for_timeout(900)
    tabs_to(person, "IOM: A")
    keys.press("Enter")
    person.sees("1 of 7 have voted")
    person.page.wait_for_timeout(900)
    tabs_to(person, "Close the vote")
    keys.press("Enter")
    person.sees("The quorum was missed")
    person.page.wait_for_timeout(900)
    keys.press("i")
    keys.type("A second boat")
    keys.press("Tab")
    keys.type("Forty people.")
    tabs_to(person, "Add the inject")
    keys.press("Enter")
    row = person.page.locator("a[data-pick]:has-text('A second boat')")
    expect(row).to_be_focused(timeout=PATIENCE)
    keys.press("Enter")
    person.page.wait_for_url("**inject=**")
    person.is_live()
    confirms(person, "r")
    person.sees("Take back")
    confirms(person, "b")

    expect(person.page.get_by_role("button", name="Take back")).to_have_count(0, timeout=PATIENCE)
    assert [len(exercise.log(kind)) for kind in ("InjectReleased", "VoteClosed", "InjectAdded", "InjectRecalled")] == [
        7,
        1,
        1,
        1,
    ]
    assert person.complaints == []


def test_what_is_taken_back_asks_for_a_second_press(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    person = lead(browser, exercise)
    person.page.goto(f"{person.page.url}?inject=D1-01")
    person.is_live()
    button = person.page.get_by_role("button", name="Take back")
    person.page.wait_for_timeout(750)

    button.click()
    expect(button).to_have_attribute("data-js-armed", "Press again to take it back from everybody")
    person.page.keyboard.press("Escape")
    expect(button).not_to_have_attribute("data-js-armed", "Press again to take it back from everybody")
    assert exercise.log("InjectRecalled") == []
    button.click()
    button.click()

    expect(button).to_have_count(0, timeout=PATIENCE)
    assert [body["inject"] for body in exercise.log("InjectRecalled")] == ["D1-01"]


def test_a_pointer_that_rests_on_the_desk_presses_nothing_that_only_just_came_there(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    for number in range(1, 7):
        exercise.command("release", inject=f"D1-0{number}")
    person = lead(browser, exercise)
    page = person.page
    page.get_by_text("Decide now without a vote").wait_for()
    page.wait_for_timeout(750)

    sent = page.evaluate("""async () => { // a double press: the second comes down on what the first has opened
        let sent = 0;
        document.addEventListener("submit", () => { sent += 1; }, true);
        const box = document.querySelector(".decide-now");
        const opened = new Promise((done) => box.addEventListener("toggle", done, { once: true }));
        box.querySelector("summary").click();
        await opened;
        const press = { bubbles: true, cancelable: true, detail: 1 };
        box.querySelectorAll(".choice")[1].dispatchEvent(new MouseEvent("click", press));
        return sent;
    }""")
    assert sent == 0
    page.wait_for_timeout(750)
    page.locator(".decide-now .choice").nth(1).click()

    eventually(lambda: [body["option"] for body in exercise.log("BranchChosen")] == ["B"])
    assert person.complaints == []


def test_closing_the_vote_stays_in_reach_while_hands_are_counted(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    for number in range(1, 7):
        exercise.command("release", inject=f"D1-0{number}")
    exercise.command("open_vote", inject="D1-06")

    for width, height in ((1280, 720), (390, 844)):
        person = lead(browser, exercise, width, height)
        person.page.locator("#tab-vote").click()
        last = person.page.locator(".voters > li").last
        last.scroll_into_view_if_needed()
        person.page.wait_for_timeout(300)

        close = person.page.get_by_role("button", name="Close the vote")
        assert close.evaluate(IN_VIEW), width
        assert close.evaluate(
            "one => document.elementFromPoint(...((b) => [b.x + 9, b.y + 9])(one.getBoundingClientRect())) === one"
        ), width
        person.context.close()


def test_of_two_who_release_at_the_same_moment_one_wins_and_the_other_is_told_who(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    two = [lead(browser, exercise), Person(browser, exercise.url).joins(exercise.code("director"))]
    for person in two:
        person.page.wait_for_timeout(750)

    for person in two:
        person.page.evaluate(
            "setTimeout(() => document.querySelector('.desk [data-arms=r]').click(), 1000 - Date.now() % 1000)"
        )

    for person in two:
        expect(person.page.locator("[id='run:D1-01'][data-standing=released]")).to_be_visible(timeout=PATIENCE)
    assert [body["inject"] for body in exercise.log("InjectReleased")] == ["D1-01"]
    told = " ".join(person.page.locator("#toasts").inner_text() for person in two)
    assert "D1-01 is already released: " in told
    assert " did it at " in told


def test_a_new_development_s_button_leaves_the_recap_s_link_free(browser: Browser, exercise: Demo):
    exercise.command("open_day")
    exercise.command("close_day")
    exercise.command("open_day", day=1)
    exercise.command("release", inject="D1-01")
    aruna = Person(browser, exercise.url, 1024, 768).joins(exercise.code("head", "aruna"))
    column, link = aruna.page.locator("#told"), aruna.page.locator(".recap-link")
    for number in (2, 3, 4):
        exercise.command("release", inject=f"D1-0{number}")
    expect(aruna.page.locator("article.development")).to_have_count(4, timeout=PATIENCE)

    expect(aruna.page.locator(".new-pill")).to_be_visible(timeout=PATIENCE)
    assert column.evaluate("one => one.scrollTop") == 0
    assert link.evaluate(
        "one => document.elementFromPoint(...((b) => [b.x + b.width / 2, b.y + b.height / 2])"
        "(one.getBoundingClientRect())) === one"
    )
