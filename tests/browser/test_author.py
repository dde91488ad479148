"""The list editor in a real browser: groups that write at the same time, the keyboard alone, a reload, axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.writers import SOON, Writer, kept
from tests.web.words import Served
from ttx.review.feedback import STATEMENTS
from ttx.scenario.drafting import said
from ttx.scenario.roster import Role
from ttx.store import drafts

pytestmark = pytest.mark.browser


def test_two_groups_write_two_days_at_once(browser: Browser, house: Served):
    sea, land = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.AUTHOR, "LAND")
    sea.opens("day=1&inject=D1-02").fill("#f-title", "A boat is overdue")
    land.opens("day=2&inject=D2-01").fill("#f-title", "The hall is closed")

    sea.saves()
    land.saves()

    assert kept(house, 1, "D1-02")["title"] == "A boat is overdue"
    assert kept(house, 2, "D2-01")["title"] == "The hall is closed"
    land.opens("day=1")
    expect(land.page.locator("[data-row='D1-02']")).to_contain_text("A boat is overdue")


def test_what_others_save_appears_in_the_list_and_leaves_what_is_half_typed(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-01").fill("#f-title", "Half a ti")

    dana.opens("day=1&inject=D1-02").fill("#f-title", "A boat is overdue")
    dana.saves()

    expect(sea.page.locator("[data-row='D1-02']")).to_contain_text("A boat is overdue", timeout=SOON)
    expect(sea.page.locator("#f-title")).to_have_value("Half a ti")


def test_two_people_in_one_inject_lose_nothing(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02").fill("#f-title", "The author's title")
    sea.page.fill("#f-sender", "The author's sender")
    dana.opens("day=1&inject=D1-02").fill("#f-title", "The director's title")
    dana.page.fill("#f-notes", "The director's notes")
    dana.saves()

    expect(sea.page.locator("#notices")).to_contain_text("Dana", timeout=SOON)
    sea.page.keyboard.press("Control+s")

    conflict = sea.page.locator(".conflict")
    expect(conflict).to_contain_text("The author's title")
    expect(conflict).to_contain_text("The director's title")
    expect(conflict).to_contain_text("Written meanwhile by Dana")
    expect(sea.page.locator("#f-notes")).to_have_value("The director's notes")
    expect(sea.page.locator("#f-sender")).to_have_value("The author's sender")
    conflict.get_by_role("radio").nth(1).check()
    expect(sea.page.locator("#f-title")).to_have_value("The director's title")
    conflict.get_by_role("radio").nth(0).check()
    sea.saves()
    now = kept(house, 1, "D1-02")
    assert (now["title"], now["notes"]) == ("The author's title", "The director's notes")
    assert now["sender"] == "The author's sender"


def test_a_colleagues_words_are_never_overwritten_unseen(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02").fill("#f-notes", "The author's notes")
    dana.opens("day=1&inject=D1-02").fill("#f-text", "The director's forty careful words")
    dana.saves()
    notices = sea.page.locator("#notices")
    expect(notices).to_contain_text("Dana", timeout=SOON)
    expect(notices).to_be_in_viewport()  # although the author is at the notes, far down

    sea.saves()
    expect(sea.page.locator("#f-text")).to_have_value("The director's forty careful words")
    expect(notices).to_contain_text("Dana")
    expect(notices).to_contain_text("What delegates read")
    sea.page.fill("#f-text", "The director's forty careful words, and a comma")
    sea.saves()

    expect(notices).to_be_empty()  # who writes on has seen it
    now = kept(house, 1, "D1-02")
    assert (now["notes"], now["text"]) == ("The author's notes", "The director's forty careful words, and a comma")


def test_two_people_in_one_question_see_both_texts(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    asked = "#g-questions [data-field=ask]"
    sea.opens("day=1&inject=D1-02").locator(asked).nth(0).fill("What does the author ask?")
    dana.opens("day=1&inject=D1-02").locator(asked).nth(0).fill("What does the director ask?")
    dana.page.locator(asked).nth(1).fill("How sure is the director?")
    dana.saves()

    sea.page.keyboard.press("Control+s")

    expect(sea.page.locator(".conflict")).to_contain_text("What does the author ask?")
    expect(sea.page.locator(".conflict")).to_contain_text("What does the director ask?")
    sea.page.get_by_role("radio", name="Yours").check()
    sea.saves()
    questions = kept(house, 1, "D1-02")["questions"]
    assert isinstance(questions, list)
    assert [one["ask"] for one in questions] == ["What does the author ask?", "How sure is the director?"]


def test_half_typed_text_survives_a_reload(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    page = sea.opens("day=1&inject=D1-03")
    page.fill("#f-text", "Nobody has agreed y")
    page.locator("#g-questions [data-item-add]").last.click()
    page.keyboard.type("Who deci")

    page.reload()

    expect(page.locator("#f-text")).to_have_value("Nobody has agreed y")
    expect(page.locator("#g-questions [data-field=ask]").nth(1)).to_have_value("Who deci")
    expect(page.locator("#saved")).to_have_text("Not saved yet")
    sea.saves()
    assert kept(house, 1, "D1-03")["text"] == "Nobody has agreed y"
    page.reload()
    expect(page.locator("#notices")).to_be_empty()


def test_a_field_that_nobody_touched_is_never_sent(browser: Browser, house: Served):
    before = kept(house, 1, "D1-03")
    sea = Writer(browser, house, Role.AUTHOR, "SEA")

    sea.opens("day=1&inject=D1-03").fill("#f-title", "Which harbour?")
    sea.saves()

    assert kept(house, 1, "D1-03") == {**before, "title": "Which harbour?"}


def test_an_inject_with_a_question_is_written_with_the_keyboard_alone(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1")
    press, write = page.keyboard.press, page.keyboard.type
    before = page.locator("[data-row]").count()
    press("j")
    press("j")
    expect(page.locator("[data-row='D1-02']")).to_be_focused()
    press("Enter")
    expect(page.locator("#f-id")).to_have_value("D1-02")
    expect(page.locator("#f-title")).to_be_focused()
    stood = page.locator("#f-title").input_value()
    write("!")
    expect(page.locator("#f-title")).to_have_value(f"{stood}!")
    press("Backspace")

    press("Escape")
    press("n")
    write("A second boat calls")  # at once: what is typed is its title, and no D duplicates it
    expect(page.locator("#f-title")).to_be_focused()
    expect(page.locator("#f-title")).to_have_value("A second boat calls")
    expect(page.locator("[data-row]")).to_have_count(before + 1)
    page.locator("#f-sender").focus()
    write("Coast guard of Orrin")
    for _ in range(2):
        press("Tab")
    expect(page.locator("#f-text")).to_be_focused()
    write("n, d, j and k are letters here.")
    page.locator("#g-questions [data-item-add]").last.focus()
    press("Enter")
    write("Who answers it?")
    press("Control+s")

    expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=SOON)
    made = str(page.locator("#f-id").input_value())
    assert kept(house, 1, made) == kept(house, 1, made) | {
        "title": "A second boat calls",
        "sender": "Coast guard of Orrin",
        "text": "n, d, j and k are letters here.",
        "questions": [{"id": "q1", "kind": "text", "ask": "Who answers it?"}],
    }
    press("Escape")
    expect(page.locator(f"[data-row='{made}']")).to_be_focused()
    order = page.locator("[data-row]")
    press("Alt+ArrowUp")
    expect(order.nth(1)).to_have_attribute("data-row", made)
    press("Control+z")
    expect(order.nth(2)).to_have_attribute("data-row", made)
    page.locator(f"[data-row='{made}']").focus()
    press("Delete")
    page.get_by_role("button", name="Delete", exact=True).last.press("Enter")
    expect(page.locator(f"[data-row='{made}']")).to_have_count(0)
    press("Control+z")
    expect(page.locator(".toast").filter(has_text=f"Undone: Brought back {made}")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(1)
    page.goto(f"{page.url.partition('?')[0]}?day=1&inject={made}")
    press("Delete")
    page.get_by_role("button", name="Delete", exact=True).last.press("Enter")
    expect(page.locator(f"[data-row='{made}']")).to_have_count(0)
    press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_an_inject_moved_before_an_earlier_one_takes_over_a_time_with_one_press(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")
    earlier = str(kept(house, 1, "D1-01")["at"])

    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".row-early")).to_contain_text("Stands after D1-02, planned for")
    page.get_by_role("button", name=f"D1-02 to {earlier}").click()

    expect(page.locator(".row-early")).to_have_count(0)
    expect(page.locator("#f-at")).to_have_value(earlier)
    assert kept(house, 1, "D1-02")["at"] == earlier


def test_the_preview_follows_what_is_typed(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")

    page.fill("#f-text", "The engine has **stopped**.")

    expect(page.locator("#preview .development strong")).to_have_text("stopped")
    expect(page.locator("#preview [data-token=pallas]")).to_have_count(1)


def test_a_click_on_the_map_fills_the_coordinates(browser: Browser, house: Served):
    page = Writer(browser, house, Role.DIRECTOR).opens("part=map")
    field = page.locator("[data-field=places] [data-field=at]").first
    field.focus()

    page.locator("#preview .chart").click(position={"x": 100, "y": 100})

    expect(field).not_to_have_value("100, 300")
    assert field.input_value().replace(", ", "").isdigit()


def test_a_day_of_others_is_read_and_not_written(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "LAND").opens("day=1&inject=D1-02")

    expect(page.locator("#f-title")).to_be_disabled()
    expect(page.locator("#form .notice-line")).to_contain_text("SEA")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    expect(page.locator("[data-save]")).to_have_count(0)
    assert drafts.open_draft(house.store, house.draft).head == 0


def test_a_comment_and_the_status_of_the_day_reach_the_others(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02")
    dana.opens("day=1&inject=D1-02").fill(".comment-form textarea", "Who is on duty?")
    dana.page.get_by_role("button", name="Comment", exact=True).click()
    expect(dana.page.locator(".comment")).to_contain_text("Who is on duty?")
    expect(dana.page.locator("#said")).to_have_text("Your comment stands at this inject.")

    sea.page.reload()
    expect(sea.page.locator(".comment")).to_contain_text("Who is on duty?")
    sea.page.get_by_role("button", name="Send to review").click()
    sea.page.keyboard.type("Mind the ferry.")
    sea.page.keyboard.press("Enter")

    expect(sea.page.locator(".agenda .day-status")).to_contain_text("In review")
    expect(sea.page.get_by_role("button", name="Back to draft")).to_be_focused()
    dana.page.reload()
    expect(dana.page.locator(".agenda-stood")).to_contain_text("Sefa")
    expect(dana.page.locator(".agenda-stood q")).to_have_text("Mind the ferry.")
    step = dana.page.locator("#step")
    dana.page.get_by_role("button", name="Approve").click()
    expect(step).to_contain_text("Day 1 has 1 open comment.")
    step.get_by_role("button", name="Not now").click()
    expect(dana.page.locator(".agenda .day-status").first).to_contain_text("In review")
    dana.page.get_by_role("button", name="Approve").click()
    step.get_by_role("button", name="Approve").click()
    expect(dana.page.locator(".agenda .day-status").first).to_contain_text("Approved")
    sea.page.reload()
    expect(sea.page.locator("#f-title")).to_be_disabled()


def test_statements_of_feedback_are_written_from_the_usual_ones_and_translated(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    page = dana.opens("part=feedback")
    expect(page.get_by_text("The exercise was well organised.")).to_be_visible()

    page.get_by_role("button", name="The usual ones, to be changed").click()
    expect(page.locator("[data-item]")).to_have_count(7)
    page.locator("[data-item]").nth(2).get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Statement", exact=True).click()
    page.keyboard.type("The map helped us.")
    dana.saves()
    page.get_by_role("button", name="The usual ones, to be changed").click()
    expect(page.locator("[data-item]")).to_have_count(8)
    page.reload()

    data = said(drafts.open_draft(house.store, house.draft).texts["scenario.yaml"], "scenario.yaml")
    assert isinstance(data, dict)
    wanted = {name: text for name, text in STATEMENTS.items() if name != "people"} | {"f1": "The map helped us."}
    assert data["feedback"] == wanted
    assert list(data["feedback"]) == list(wanted)


PAGES = (
    "?day=1&inject=D1-03",
    "?day=1&inject=D1-02",
    "?day=1&part=day",
    "?day=1&session=rescue",
    "?part=head",
    "?part=objectives",
    "?part=variables",
    "?part=feedback",
    "?part=map",
    "?part=roster",
    "?part=new-day",
    "?findings=all",
    "/history",
    "/people",
    "/files",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_authors_pages_are_accessible_and_fit(browser: Browser, house: Served, scheme: str):
    dana = Writer(browser, house, Role.DIRECTOR, color_scheme=scheme, reduced_motion="reduce")
    dana.opens("day=1&inject=D1-02").fill("#f-title", "")
    dana.saves()
    faults = []
    for path in PAGES:
        dana.page.goto(dana.desk + path)
        dana.page.wait_for_timeout(150)
        found = Axe().run(dana.page)
        faults += [
            f"{path} {one['id']}: {node['target']} {node['html'][:120]}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]
        if dana.page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults.append(f"{path} scrolls sideways")

    assert faults == []
    assert dana.complaints == []


@pytest.mark.parametrize("width,height", [(390, 844), (820, 1180)])
def test_the_list_never_scrolls_sideways(browser: Browser, house: Served, width: int, height: int):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    sea.page.set_viewport_size({"width": width, "height": height})

    for path in PAGES[:4]:
        sea.page.goto(sea.desk + path)
        assert sea.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
