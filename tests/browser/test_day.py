"""A facilitator's hands on a day: keys that arm, an undo in time, plans, tables, words, a case from the library."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.words import Demo, Person
from tests.web.words import eventually

pytestmark = pytest.mark.browser


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, no colour on its way to another one."""
    page.emulate_media(reduced_motion="reduce")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]


def test_no_key_reaches_the_room_before_enter_confirms_it(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    page, keys = lead.page, lead.page.keyboard
    exercise.command("open_day")
    lead.sees("Release now")
    release = page.locator("#desk button[data-arms=r]")
    lead.page.wait_for_timeout(750)  # a press within 0.7 s of a change is not taken

    keys.press("r")
    expect(release).to_have_attribute("data-js-armed", "Enter to confirm, Esc to leave it")
    keys.press("Escape")
    expect(release).not_to_have_attribute("data-js-armed", "")
    keys.press("Enter")  # the button still has the focus: this arms it again
    expect(release).to_have_attribute("data-js-armed", "Enter to confirm, Esc to leave it")
    assert exercise.log("InjectReleased") == []
    keys.press("Enter")
    eventually(lambda: exercise.log("InjectReleased") == [{"inject": "D1-01"}])

    expect(page.locator("#undo")).to_contain_text("Released D1-01")
    lead.page.wait_for_timeout(750)
    keys.press("u")
    eventually(lambda: exercise.log("InjectRecalled") == [{"inject": "D1-01"}])

    keys.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert faults(page) == []
    keys.press("r")  # nothing is armed behind a dialog
    assert page.locator("[data-js-armed]").count() == 0
    keys.press("Escape")
    keys.press("/")
    keys.type("coffee")
    expect(page.locator("#run-of-show > :visible")).to_have_count(1)
    assert lead.complaints == []


def test_a_development_goes_out_later_elsewhere_first_and_in_other_words(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    second = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    page = lead.page
    exercise.command("open_day")
    lead.sees("Release now")
    desk, row = page.locator("#desk"), page.locator('[id="run:D1-01"]')

    lead.presses("Change words")
    words = page.get_by_role("dialog", name="Change the words")
    expect(words.locator("[data-looks=then]")).to_contain_text("Fighting empties the Kestrian highlands")
    words.get_by_label("Title").fill("Fighting spreads to the coast")
    words.get_by_label("Text").press_sequentially("**Today.** ")
    looks = words.locator("[data-looks=now]")
    expect(looks).to_contain_text("Fighting spreads to the coast")
    expect(looks.locator("strong", has_text="Today.")).to_be_visible()
    assert faults(page) == []
    words.get_by_role("button", name="Keep these words").click()
    expect(row).to_contain_text("Fighting spreads to the coast changed")

    desk.locator(".menu summary").click()
    page.wait_for_timeout(750)
    desk.locator(".plan-in button").filter(has_text="10").click()
    expect(row.locator(".due")).to_contain_text("9:5")
    second.sees("Goes out by itself in")
    lead.presses("Cancel the plan")
    expect(row.locator(".due")).to_have_count(0)

    desk.locator(".menu summary").click()
    page.wait_for_timeout(750)
    desk.get_by_role("button", name="To some tables first").click()
    tables = page.get_by_role("dialog", name="Release to some tables")
    tables.get_by_role("button", name="Release to these tables").click()
    expect(tables).to_be_visible()  # no table is ticked
    assert exercise.log("InjectReleased") == []
    tables.get_by_label("Table 1").check()
    assert faults(page) == []
    tables.get_by_role("button", name="Release to these tables").click()
    expect(row).to_contain_text("at Table 1")
    page.locator('[id="run:D1-01"] a').click()
    lead.is_live()
    lead.presses("Release to the rest")
    expect(row).not_to_contain_text("not yet the rest")
    assert faults(page) == []
    assert lead.complaints == second.complaints == []


def test_a_dialog_names_what_it_is_about_and_escape_leaves_it(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1280, 720).joins(exercise.code("lead_facilitator"))
    page, desk = lead.page, lead.page.locator("#desk")
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    exercise.command("release", inject="D1-02")
    lead.sees("D1-03")

    page.locator(".top .menu summary").click()
    menu = page.locator(".top .menu nav")
    expect(menu).to_be_in_viewport(ratio=1)
    assert menu.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
    menu.get_by_role("button", name="Move the story on").click()
    story = page.get_by_role("dialog", name="Move the story on")
    story.get_by_label("What time it is").fill("Noon")
    page.keyboard.press("Escape")
    expect(story).to_be_hidden()

    desk.locator(".menu summary").click()
    desk.get_by_role("button", name="To some tables first").click()
    tables = page.get_by_role("dialog", name="Release to some tables")
    expect(tables).to_contain_text("D1-03 Aerial patrol")
    expect(tables.locator("label").first).to_have_text("Table 1 - Harbour Aruna")
    expect(tables.get_by_label("Table 3")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(tables).to_be_hidden()
    assert [one["inject"] for one in exercise.log("InjectReleased")] == ["D1-01", "D1-02"]
    assert exercise.log("StoryMoved") == []

    page.goto(f"{page.url}?inject=D1-04")
    lead.is_live()
    desk.get_by_role("button", name="Change words").click()
    on_map = page.locator("#reword [data-on-map]")
    expect(on_map.get_by_label("People on the way")).to_have_value("190")
    on_map.get_by_label("People on the way").fill("2,010")
    on_map.get_by_label("Words on the map").fill("Engine dead")
    page.get_by_role("button", name="Keep these words").click()
    expect(page.locator("#reword")).to_be_hidden()
    (mapped,) = exercise.log("InjectReworded")
    assert (list(mapped["people"].values()), list(mapped["labels"].values())) == ([2010], ["Engine dead"])
    desk.get_by_role("button", name="Change words").click()
    page.get_by_role("button", name="Back to the scenario's words").click()
    expect(on_map.get_by_label("Words on the map")).to_have_value("About 190 aboard, engine dead")
    page.keyboard.press("Escape")
    page.goto(f"{page.url.partition('?')[0]}?inject=D1-03")
    lead.is_live()
    desk.get_by_role("button", name="Change words").click()
    expect(page.locator("#reword")).to_be_visible()
    expect(on_map).to_be_hidden()  # nothing but a flight is drawn
    page.keyboard.press("Escape")
    page.goto(page.url.partition("?")[0])
    lead.is_live()

    exercise.command("close_day")
    lead.sees("No day is open")
    page.locator(".leaf a").first.click()
    lead.presses("Reopen")
    again = page.get_by_role("dialog", name="Reopen day 1?")
    page.keyboard.press("Escape")
    expect(again).to_be_hidden()
    lead.presses("Reopen")
    again.get_by_role("button", name="Reopen the day").click()
    eventually(lambda: [one["day"] for one in exercise.log("DayOpened")] == [1, 1])
    assert lead.complaints == []


def test_a_case_is_not_told_with_a_hole_in_it(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    page = lead.page
    exercise.command("open_day")
    lead.presses("Ad-hoc inject")
    dialog = page.get_by_role("dialog", name="Write an inject")

    dialog.get_by_label("Begin with").select_option(label="A second boat")
    expect(dialog.locator("[data-blanks]")).to_have_text("Blanks to fill: 2")
    assert page.evaluate("getSelection().toString()") == "[position]"
    page.keyboard.type("grid 585, 410")
    expect(dialog.get_by_role("button", name="Add the inject")).to_be_visible()
    dialog.get_by_label("Release it at once").check()
    dialog.get_by_role("button", name="Add and release it now").click()
    expect(dialog).to_be_visible()
    assert exercise.log("InjectAdded") == []

    text = dialog.get_by_label("Text")
    text.fill(text.input_value().replace("[number]", "40"))
    assert faults(page) == []
    dialog.get_by_role("button", name="Add and release it now").click()
    expect(page.locator('[id="run:D1-X1"]')).to_contain_text("A second boat")
    (added,) = exercise.log("InjectAdded")
    assert "at grid 585, 410, 40 nautical miles" in added["inject"]["text"].replace("\n", " ")
    assert lead.complaints == []


def test_two_acts_lead_to_the_first_release_and_one_to_each_after_and_the_list_follows(
    browser: Browser, exercise: Demo
) -> None:
    lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
    lead.presses("Open day 1")  # the first of two acts to the first release
    expect(lead.page.get_by_role("button", name="Start: Coffee")).to_be_visible(timeout=10_000)

    for inject in ("D1-01", "D1-02"):  # one act each: the key that arms, and Enter to confirm
        expect(lead.page.locator("#desk .desk-meta b")).to_have_text(inject, timeout=10_000)
        lead.page.wait_for_timeout(750)  # a press within 0.7 s of a change is not taken
        lead.page.keyboard.press("r")
        lead.page.keyboard.press("Enter")
    eventually(lambda: [body["inject"] for body in exercise.log("InjectReleased")] == ["D1-01", "D1-02"])
    for inject in ("D1-03", "D1-04", "D1-05", "D1-06"):
        exercise.command("release", inject=inject)
    exercise.command("choose", inject="D1-06", option="A")
    exercise.command("release", inject="D1-07A")

    expect(lead.page.locator('[id="run:D1-08"]')).to_be_in_viewport(ratio=1, timeout=10_000)
    exercise.command("close_day")
