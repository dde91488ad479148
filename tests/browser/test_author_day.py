"""A day's work with the list editor in a real browser: what authors and directors stumbled over."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.writers import SOON, Writer, kept
from tests.web.test_author_files import roster
from tests.web.words import Served, told
from ttx.scenario.drafting import said
from ttx.scenario.roster import Role
from ttx.store import drafts, versions

pytestmark = pytest.mark.browser


def starts(house: Served, day: int) -> dict[str, str]:
    """When the blocks of a day begin."""
    name = f"day-{day}.yaml"
    data = said(drafts.open_draft(house.store, house.draft).texts[name], name)
    assert isinstance(data, dict)
    return {one["id"]: one["start"] for one in data["sessions"]}


def settled(page: Page) -> None:
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=SOON)


def test_a_part_of_the_form_is_reached_without_losing_what_is_typed(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")
    page.fill("#f-title", "Half a ti")
    page.wait_for_timeout(400)

    page.locator(".piece-nav").get_by_text("Map").click()

    expect(page.locator("#g-map")).to_be_in_viewport()
    expect(page.locator("#g-map")).to_be_focused()
    expect(page.locator(".piece-nav [aria-current]")).to_have_text("Map")
    expect(page.locator("#notices")).to_be_empty()
    expect(page.locator("#f-title")).to_have_value("Half a ti")
    assert "#" not in page.url


def test_every_field_of_an_inject_has_a_name_of_its_own(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")

    expect(page.get_by_role("textbox", name="What delegates read")).to_have_id("f-text")
    page.get_by_text("What delegates read").click()
    expect(page.locator("#f-text")).to_be_focused()


def test_what_is_opened_with_the_keyboard_has_the_focus(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to what is picked")).to_be_focused()
    page.keyboard.press("j")

    page.keyboard.press("Enter")

    expect(page.locator("#f-id")).to_have_value("D1-01")
    expect(page.locator("#f-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-row='D1-01']")).to_be_focused()


def test_a_name_typed_as_an_id_is_kept_as_the_name(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    page = dana.opens("part=roster")
    page.locator("[data-field=delegations] [data-item-add]").click()
    new = page.locator("[data-field=delegations] [data-items] > [data-item]").last

    new.locator("[data-field='@key']").fill("Republik Ardün")
    dana.saves()

    expect(new.locator("[data-field='@key']")).to_have_value("Republik-Ardun")
    expect(new.locator("[data-field=name]")).to_have_value("Republik Ardün")


def test_what_was_undone_is_done_again_with_the_button_and_the_keys(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    page = sea.opens("day=1&inject=D1-02")
    expect(page.locator("#redo")).to_be_disabled()
    page.fill("#f-title", "A boat is overdue")
    sea.saves()
    page.locator("[data-row='D1-02']").focus()

    page.keyboard.press("Control+z")
    expect(page.locator("#redo")).to_be_enabled()
    expect(page.locator("[data-row='D1-02']")).not_to_contain_text("A boat is overdue")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-row='D1-02']")).to_contain_text("A boat is overdue")
    page.locator("#undo").click()
    expect(page.locator("[data-row='D1-02']")).not_to_contain_text("A boat is overdue")
    page.locator("#redo").click()
    expect(page.locator("[data-row='D1-02']")).to_contain_text("A boat is overdue")


def test_an_inject_goes_over_into_the_next_session_in_one_step(browser: Browser, house: Served):
    before = kept(house, 1, "D1-02")
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-01")
    page.locator("[data-row='D1-02']").focus()

    page.keyboard.press("Alt+ArrowDown")

    row = page.locator(".block:has([data-session=rescue]) [data-row='D1-02']")
    expect(row).to_be_focused()
    assert (kept(house, 1, "D1-02")["session"], kept(house, 1, "D1-02")["at"]) == ("rescue", "10:15")
    page.keyboard.press("Control+z")
    expect(page.locator(".block:has([data-session=picture]) [data-row='D1-02']")).to_have_count(1)
    assert kept(house, 1, "D1-02") == before


def test_a_session_changes_its_place_and_what_follows_a_longer_one_moves_along(browser: Browser, house: Served):
    before = starts(house, 1)
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&session=coffee")
    page.get_by_role("button", name="Earlier in the day").click()
    expect(page.locator(".blocks [data-session]").first).to_have_attribute("data-session", "coffee")
    page.locator(".blocks [data-session=coffee]").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".blocks [data-session]").nth(1)).to_have_attribute("data-session", "coffee")
    assert starts(house, 1) == before

    page.fill("#f-minutes", "30")
    page.keyboard.press("Control+s")
    settled(page)

    assert starts(house, 1)["rescue"] == "10:30"
    assert kept(house, 1, "D1-03")["at"] == "10:30"


def test_a_new_inject_is_one_button_away_in_every_session(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1")

    page.get_by_role("button", name="New inject in One picture").click()

    expect(page.locator("#f-title")).to_be_focused()
    made = str(page.locator("#f-id").input_value())
    assert kept(house, 1, made)["session"] == "picture"


def test_a_comment_comes_to_an_open_page_and_is_settled_and_opened_again(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02").fill(".comment-form textarea", "Half an ans")
    dana.opens("day=1&inject=D1-02").fill(".comment-form textarea", "Who is on duty?")
    dana.page.get_by_role("button", name="Comment", exact=True).click()

    expect(sea.page.locator(".comment")).to_contain_text("Who is on duty?", timeout=SOON)
    expect(sea.page.locator("[data-row='D1-02'] .row-comments")).to_have_count(1)
    expect(sea.page.locator(".comment-form textarea")).to_have_value("Half an ans")
    sea.page.get_by_role("button", name="Mark as settled").click()
    expect(dana.page.locator(".comment.settled")).to_have_count(1, timeout=SOON)
    dana.page.get_by_role("button", name="Open it again").click()
    expect(sea.page.locator(".comment.settled")).to_have_count(0, timeout=SOON)
    sea.page.reload()
    expect(sea.page.locator(".comment-form textarea")).to_have_value("Half an ans")


def test_two_texts_in_conflict_show_their_own_words(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02").fill("#f-notes", "Ask early who calls whom.")
    dana.opens("day=1&inject=D1-02").fill("#f-notes", "Ask late who calls whom.")
    dana.saves()

    sea.page.keyboard.press("Control+s")

    expect(sea.page.locator(".conflict mark")).to_have_text(["early", "late"])


def test_a_finding_in_the_list_leads_to_its_field(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    dana.opens("day=1&inject=D1-02").fill("#f-sender", "")
    dana.saves()
    page = dana.opens("findings=all")

    page.locator(".finding-list a", has_text="From").first.click()

    expect(page.locator("#f-sender")).to_be_focused()


def test_a_finding_within_a_question_leads_to_what_it_names(browser: Browser, house: Served):
    dana = house.device().write_as(house.author(Role.DIRECTOR))
    told(200, dana.asks("write_inject", day=1, inject="D1-02", fields={"objectives": None}))
    page = Writer(browser, house, Role.DIRECTOR).opens("findings=all")
    objectives = page.locator("#form .item-question").nth(1).locator("[data-field=objectives] input").first

    page.locator(".finding-list a", has_text="Question sure of D1-02 serves no objective").click()

    expect(objectives).to_be_focused()
    page.locator("#form #f-title").focus()
    page.locator(".finding-links a", has_text="Question sure of D1-02").click()
    expect(objectives).to_be_focused()


@pytest.mark.parametrize("place", ["?day=1", "/files"])
def test_a_file_that_is_dropped_on_the_page_is_brought_in(browser: Browser, house: Served, place: str):
    writer = Writer(browser, house, Role.AUTHOR, "SEA")
    page = writer.page
    page.goto(f"{writer.desk}{place}")
    page.wait_for_load_state("networkidle")

    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["Number,Time,Event\\n1,09:00,A call\\n"], "events.csv", { type: "text/csv" }));
          document.querySelector("main").dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: data }));
        }"""
    )

    page.wait_for_url("**/import")
    expect(page.locator("#found-title")).to_have_text("events.csv")


def test_a_double_click_starts_one_exercise_and_shows_how_to_run_it(browser: Browser, house: Served):
    files = dict(drafts.open_draft(house.store, house.draft).texts)
    assert "roster.yaml" not in files
    page = Writer(browser, house, Role.DIRECTOR).page
    page.get_by_role("link", name="Start an exercise").click()
    page.set_input_files("[name=roster]", {"name": "roster.yaml", "mimeType": "text/yaml", "buffer": roster()})
    page.locator("[name=anyway]").check()

    page.get_by_role("button", name="Start an exercise").dblclick()

    expect(page.locator(".version-new")).to_contain_text("Lead facilitator")
    expect(page.locator(".version-new .running a").first).to_be_visible()
    expect(page.locator(".version")).to_have_count(1)
    assert len(versions.versions_of(house.store, house.draft)) == 1
    page.get_by_role("link", name="Run it").click()
    expect(page.get_by_role("button", name="Open day 1")).to_be_visible()


def test_on_a_tablet_the_agenda_stays_beside_what_is_written(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")
    page.set_viewport_size({"width": 1024, "height": 768})

    page.locator("#g-picture").scroll_into_view_if_needed()

    expect(page.locator("[data-row='D1-02']")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_a_telephone_a_link_leads_from_the_form_back_to_the_agenda(browser: Browser, house: Served):
    page = Writer(browser, house, Role.AUTHOR, "SEA").opens("day=1&inject=D1-02")
    page.set_viewport_size({"width": 390, "height": 844})
    page.fill("#f-title", "Half a ti")
    page.locator("#g-whom").scroll_into_view_if_needed()

    page.get_by_role("link", name="Agenda").click()

    expect(page.locator("[data-row='D1-02']")).to_be_focused()
    expect(page.locator("[data-row='D1-02']")).to_be_in_viewport()
    expect(page.locator("#f-title")).to_have_value("Half a ti")


def test_who_decides_who_speaks_and_the_storys_time_are_written_and_two_in_one_decision_keep_both(
    browser: Browser, house: Served
):
    """By mouse and by keyboard; meanwhile the director changes other parts of the same decision, and one the same."""
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    page = sea.opens("day=1&inject=D1-03")
    page.fill("#f-story", "Tuesday, before dawn")
    page.get_by_label("On the room's screen").select_option(label="No, never")
    expect(page.get_by_label("Quorum, in per cent")).to_be_hidden()
    page.get_by_label("Who decides").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Quorum, in per cent")).to_be_visible()
    page.keyboard.press("ArrowDown")
    for typed in ("Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "6", "0"):
        page.keyboard.press(typed)
    agreed = ".item-way [data-field=label]"
    labels = page.locator(agreed)
    labels.nth(0).fill("The author's way")
    dana.opens("day=1&inject=D1-03").locator(agreed).nth(0).fill("The director's way")
    dana.page.locator(agreed).nth(1).fill("The director's other way")
    dana.saves()

    page.keyboard.press("Control+s")

    conflict = page.locator(".conflict")
    expect(conflict.locator("h4")).to_have_text("What follows: Options of the decision: A: What is agreed")
    expect(conflict.locator("pre")).to_have_text(["The author's way", "The director's way"])
    expect(labels.nth(1)).to_have_value("The director's other way")
    conflict.get_by_role("radio").nth(1).check()
    expect(labels.nth(0)).to_have_value("The director's way")
    conflict.get_by_role("radio").nth(0).check()
    assert Axe().run(page).violations_count == 0
    sea.saves()
    now: dict[str, Any] = kept(house, 1, "D1-03")
    assert {name: one["label"] for name, one in now["branch"]["options"].items()} == {
        "A": "The author's way",
        "B": "The director's other way",
    }
    assert [now["branch"].get(name) for name in ("by", "hidden", "binding", "quorum")] == ["tables", True, True, 60]
    assert (now["story"], now["plenary"]) == ("Tuesday, before dawn", False)
    expect(page.locator("[data-row='D1-03'] .row-meta")).to_contain_text("Tables vote")
    page.get_by_label("Who decides").select_option(label="Each table for itself")
    sea.saves()
    assert kept(house, 1, "D1-03")["branch"].keys() == {"options", "by", "default"}  # type: ignore[attr-defined]

    sea.opens("day=1&session=coffee").get_by_label("Kind").select_option(label="Panel")
    for name in ("Ines Caldera", "إيناس"):
        page.get_by_role("button", name="Speaker", exact=True).press("Enter")
        page.keyboard.type(name)
        page.keyboard.press("Tab")
    page.get_by_label("Who that is").nth(1).fill("Harbour master")
    page.get_by_role("button", name="Move up: Speaker").nth(1).press("Enter")
    sea.saves()
    name = "day-1.yaml"
    day: Any = said(drafts.open_draft(house.store, house.draft).texts[name], name)
    assert day["sessions"][1]["speakers"] == [
        {"id": "s2", "name": "إيناس", "role": "Harbour master"},
        {"id": "s1", "name": "Ines Caldera"},
    ]


def test_a_new_title_stands_in_the_head_of_the_page_at_once(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    dana.opens("part=head").fill("#f-title", "Exercise Quiet Bay")

    dana.saves()

    expect(dana.page.locator(".author-title")).to_contain_text("Exercise Quiet Bay")


def test_a_copied_link_opens_the_inject_for_a_colleague(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sea.opens("day=1&inject=D1-02")

    page.get_by_role("button", name="Copy link").click()

    expect(page.locator(".toast")).to_contain_text("The link is copied.")
    dana.page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(dana.page.locator("#f-id")).to_have_value("D1-02")
    expect(dana.page.locator(".author-tools .who").first).to_contain_text("Dana")


def test_a_delegations_new_id_stands_in_its_seats_while_it_is_typed(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    page = dana.opens("part=roster")
    page.locator("[data-field=delegations] [data-item-add]").last.click()
    page.locator("[data-field=delegations] [data-field='@key']").last.fill("kanto")
    page.locator("[data-field=delegations] [data-field=name]").last.fill("Kanto")
    page.locator("[data-field=seats] [data-item-add]").last.click()
    page.locator("[data-field=seats] [data-field=delegation]").last.fill("kanto")
    dana.saves()

    key = page.locator("[data-field=delegations] [data-field='@key']").last
    key.fill("kantor")
    key.press("Tab")

    expect(page.locator("[data-field=seats] [data-field=delegation]").last).to_have_value("kantor")
    dana.saves()
    assert "delegation: kantor" in drafts.open_draft(house.store, house.draft).texts["roster.yaml"]
    expect(page.locator("#notices")).to_be_empty()


def test_what_is_chosen_in_a_walk_goes_along_without_show(browser: Browser, house: Served):
    dana = Writer(browser, house, Role.DIRECTOR)
    dana.page.goto(f"{dana.desk}/walk")
    dana.page.get_by_label("Seen by").select_option("SEA")

    dana.page.get_by_role("link", name="Tell D1-01").click()

    expect(dana.page.get_by_label("Seen by")).to_have_value("SEA")
    expect(dana.page.locator(".walk-told")).to_have_count(1)
    dana.page.get_by_label("Seen by").select_option("")
    dana.page.get_by_role("link", name="One step back").click()
    expect(dana.page.get_by_label("Seen by")).to_have_value("")


def test_a_days_tab_counts_what_is_translated_there(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    for who, day in ((sea, 1), (dana, 2)):
        who.page.goto(f"{who.desk}/languages/fr?day={day}")
    tab = "#days [href*='day=1'] [data-done]"
    expect(sea.page.locator(tab)).to_have_text("0")

    first = sea.page.locator("form.text textarea").first
    first.fill("Un titre")
    first.press("Tab")

    expect(sea.page.locator(tab)).to_have_text("1")
    expect(dana.page.locator(tab)).to_have_text("1", timeout=SOON)
