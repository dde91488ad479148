"""What a page says of what stands beside one's own: it is true, and can be read without a mouse."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.writers import SOON, Writer, kept
from tests.web.words import Served, told
from ttx.scenario.requests import WriteInject
from ttx.scenario.roster import Role
from ttx.store import drafts

pytestmark = pytest.mark.browser


def test_what_one_writes_oneself_is_not_called_a_colleagues(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    page, notices = sea.opens("day=1&inject=D1-02"), sea.page.locator("#notices")
    dana.opens("day=1&inject=D1-02").fill("#f-sender", "The director")
    dana.page.fill("#f-title", "The director's title")
    dana.saves()
    expect(notices).to_contain_text("Written meanwhile by Dana", timeout=SOON)
    expect(notices).to_contain_text("Title")
    expect(notices).to_contain_text("From")

    page.fill("#f-title", "The author's title")

    expect(notices).not_to_contain_text("Title")
    expect(notices).to_contain_text("From")
    sea.saves()
    expect(notices).not_to_contain_text("Title")
    page.fill("#f-sender", "The author")
    expect(notices).to_be_empty()


def test_after_a_question_only_what_stands_there_is_called_a_colleagues(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    page, notices = sea.opens("day=1&inject=D1-02"), sea.page.locator("#notices")
    dana.opens("day=1&inject=D1-02").fill("#f-sender", "The director")
    dana.page.fill("#f-title", "The director's title")
    dana.saves()
    expect(notices).to_contain_text("Title", timeout=SOON)
    page.fill("#f-title", "The author's title")
    dana.page.fill("#f-title", "The director's second title")
    dana.saves()
    page.keyboard.press("Control+s")

    page.get_by_role("radio", name="Yours").check()
    sea.saves()

    assert kept(house, 1, "D1-02")["title"] == "The author's title"
    expect(notices).not_to_contain_text("Title")


def test_an_undo_that_rests_says_why_to_keys_and_to_fingers(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA", has_touch=True), Writer(browser, house, Role.DIRECTOR)
    page, toast = sea.opens("day=1&inject=D1-02"), sea.page.locator(".toast")
    page.locator("#undo").focus()
    page.keyboard.press("Enter")
    expect(toast).to_contain_text("There is nothing of yours to undo")
    page.fill("#f-title", "The author's title")
    sea.saves()
    expect(page.locator("#undo")).to_be_enabled()

    dana.opens("day=1&inject=D1-02").fill("#f-title", "The director's title")
    dana.saves()

    undo = page.locator("#undo")
    expect(undo).to_be_disabled(timeout=SOON)
    why = undo.get_attribute("title") or ""
    assert "D1-02" in why
    undo.tap(force=True)
    expect(toast.last).to_contain_text(why)
    toast.last.get_by_role("button").click()
    undo.focus()
    page.keyboard.press("Space")
    expect(toast.last).to_contain_text(why)
    assert kept(house, 1, "D1-02")["title"] == "The director's title"


def test_undo_of_what_is_open_goes_on_at_what_stands_before_it(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    page = sea.opens("day=1&inject=D1-02")
    row = page.locator("[data-row='D1-02']")
    row.focus()
    page.keyboard.press("d")
    expect(page.locator("#f-id")).not_to_have_value("D1-02", timeout=SOON)
    page.keyboard.press("Escape")

    page.keyboard.press("Control+z")

    expect(page.locator("#f-id")).to_have_value("D1-02", timeout=SOON)
    expect(row).to_be_focused()


def test_the_days_tabs_over_the_graph_count_what_its_head_counts(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1")
    page.goto(page.url.partition("?")[0] + "/graph")
    expect(page.locator(".day-tab .found-errors")).to_have_count(0)

    dana = house.author(Role.DIRECTOR).author
    late = WriteInject(do="write_inject", day=1, inject="D1-02", fields={"at": "10:05"})
    drafts.record(house.store, house.draft, dana, late)

    expect(page.locator("#found .found-errors")).to_have_text("1", timeout=SOON)
    expect(page.locator(".day-tab .found-errors")).to_have_text("1", timeout=SOON)


def test_behind_the_arms_of_a_decision_a_new_inject_follows_all_of_them(browser: Browser, house: Served):
    dana = house.device().write_as(house.author(Role.DIRECTOR))
    late = {"id": "late", "title": "Late", "start": "14:00", "minutes": 60}
    told(200, dana.asks("add_session", day=1, after="rescue", fields=late))
    for place, ident in enumerate(("D1-05", "D1-09")):
        fields = {"session": "late", "at": f"14:{10 * place:02}"}
        told(200, dana.asks("write_inject", day=1, inject=ident, fields=fields))
    page = Writer(browser, house, Role.DIRECTOR).opens("day=1")

    page.locator(".block-add", has_text="Inject after all arms of D1-03").click()

    expect(page.locator("#f-title")).to_be_focused()
    new = page.locator("#form").get_attribute("data-inject") or ""
    assert kept(house, 1, "D1-04A")["next"] == kept(house, 1, "D1-04B")["next"] == [new]
    assert kept(house, 1, new)["next"] == ["D1-05"]
    assert kept(house, 1, new)["session"] == "rescue"


def test_an_inject_becomes_the_first_of_its_own_session(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-01")
    page.locator("[data-row='D1-02']").focus()
    page.keyboard.press("Alt+ArrowDown")
    rescue = page.locator(".block:has([data-session=rescue]) [data-row]")
    expect(rescue.first).to_have_attribute("data-row", "D1-02")
    expect(rescue.first).to_be_focused()
    second = str(rescue.nth(1).get_attribute("data-row"))
    page.locator(f"[data-row='{second}']").focus()

    page.keyboard.press("Alt+ArrowUp")

    expect(rescue.first).to_have_attribute("data-row", second)
    expect(rescue.nth(1)).to_have_attribute("data-row", "D1-02")
    assert kept(house, 1, second)["session"] == "rescue"


@pytest.mark.parametrize("field", ["#f-title", "#f-notes"])
def test_a_page_enlarged_four_times_shows_the_field_one_writes_in(browser: Browser, house: Served, field: str):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")
    page.set_viewport_size({"width": 320, "height": 200})

    page.locator(field).focus()

    assert page.locator(field).evaluate(
        """field => { const { x, y, width } = field.getBoundingClientRect();
          return document.elementFromPoint(x + width / 2, y + 12) === field; }"""
    )


def test_all_parts_of_the_form_are_in_sight_on_a_laptop(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")
    page.set_viewport_size({"width": 1280, "height": 800})

    assert page.locator(".piece-nav").evaluate("nav => nav.scrollWidth <= nav.clientWidth")


def test_what_the_history_was_asked_for_is_said_and_its_page_has_the_focus(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    page = dana.page
    page.goto(f"{dana.desk}/history")
    page.get_by_label("Name of the version").fill("Before July")

    page.get_by_role("button", name="Keep this version").click()

    expect(page.locator("#toasts")).to_contain_text("Version 1 is kept.")
    expect(page.locator("#main")).to_be_focused()


def test_a_comment_is_answered_where_it_stands(browser: Browser, house: Served):
    page = Writer(browser, house, Role.DIRECTOR).opens("day=1&inject=D1-02")
    page.locator(".comment-form textarea").fill("Which port?")
    page.locator(".comment-form button").click()
    page.get_by_role("button", name="Answer this").click()
    expect(page.locator(".comment-form textarea")).to_be_focused()
    page.keyboard.type("Port Ellory.")
    page.locator(".comment-form button").click()

    expect(page.locator(".comment .comment-answer")).to_contain_text("Port Ellory.")
    expect(page.locator(".comment")).to_have_count(1)
    expect(page.locator(".comment-form label")).to_contain_text("To all authors of this scenario")


def test_a_new_line_has_the_focus_at_its_first_field(browser: Browser, house: Served):
    page = Writer(browser, house, Role.DIRECTOR).opens("day=1&inject=D1-02")
    page.locator("#g-map [data-item-add]").click()
    expect(page.locator("#g-map [data-item]").last.locator("[data-field=do]")).to_be_focused()

    page.locator("#g-questions > fieldset > [data-item-add]").click()
    expect(page.locator("#g-questions .item-question").last.locator("[data-field=ask]")).to_be_focused()
