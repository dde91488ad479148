"""Two people in one inject: what both changed is asked until it is decided, and nobody's typing is disturbed by it."""

import random

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.writers import SOON, Writer, kept
from tests.web.words import Served
from ttx.scenario.requests import DeleteInject
from ttx.scenario.roster import Role
from ttx.store import drafts
from ttx.store.authors import revoke_author
from ttx.store.drafts import Status

pytestmark = pytest.mark.browser


def both_wrote_the_title(browser: Browser, house: Served) -> Writer:
    """An author who is asked, since the director saved another title meanwhile."""
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02").fill("#f-title", "The author's title")
    dana.opens("day=1&inject=D1-02").fill("#f-title", "The director's title")
    dana.saves()
    sea.page.keyboard.press("Control+s")
    expect(sea.page.locator(".conflict")).to_contain_text("The director's title")
    return sea


def away_and_back(page: Page) -> None:
    page.locator("[data-row='D1-01']").click()
    expect(page.locator("#f-id")).to_have_value("D1-01")
    page.locator("[data-row='D1-02']").click()
    expect(page.locator("#f-id")).to_have_value("D1-02")


@pytest.mark.parametrize("leaves", [away_and_back, Page.reload])
def test_what_both_changed_is_asked_again_after_coming_back(browser: Browser, house: Served, leaves):
    sea = both_wrote_the_title(browser, house)

    leaves(sea.page)

    conflict = sea.page.locator(".conflict")
    expect(conflict).to_contain_text("The author's title")
    expect(conflict).to_contain_text("The director's title")
    expect(sea.page.locator("#saved")).to_have_text("Not saved: choose")
    assert kept(house, 1, "D1-02")["title"] == "The director's title"
    sea.page.get_by_role("radio", name="Yours").check()
    sea.saves()
    expect(conflict).to_have_count(0)
    assert kept(house, 1, "D1-02")["title"] == "The author's title"


def test_what_was_typed_before_a_colleague_saved_is_asked_when_it_is_opened_again(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    asked = "#g-questions [data-field=ask]"
    page = sea.opens("day=1&inject=D1-02")
    page.fill("#f-title", "The author's title")
    page.locator(asked).nth(0).fill("What does the author ask?")
    page.goto("about:blank")
    dana.opens("day=1&inject=D1-02").fill("#f-title", "The director's title")
    dana.page.locator(asked).nth(1).fill("How sure is the director?")
    dana.saves()

    sea.opens("day=1&inject=D1-02")

    expect(page.locator(".conflict .both")).to_have_count(1)
    expect(page.locator(".conflict")).to_contain_text("Written meanwhile by somebody")
    page.get_by_role("radio", name="Written meanwhile").check()
    sea.saves()
    now = kept(house, 1, "D1-02")
    assert now["title"] == "The director's title"
    questions = now["questions"]
    assert isinstance(questions, list)
    assert [one["ask"] for one in questions] == ["What does the author ask?", "How sure is the director?"]


def test_whoever_types_on_keeps_his_field_when_both_versions_appear(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    page = sea.opens("day=1&inject=D1-02")
    question = page.locator("#g-questions [data-field=ask]").nth(0)
    question.fill("What does the author ask?")
    dana.opens("day=1&inject=D1-02").locator("#g-questions [data-field=ask]").nth(0).fill("What does the director ask?")
    dana.page.locator("#g-questions [data-field=ask]").nth(1).fill("How sure is the director?")
    dana.saves()
    before = page.locator("[data-row]").count()

    page.keyboard.press("Control+s")
    page.keyboard.type(" nn", delay=1)
    expect(page.locator(".conflict")).to_be_attached()
    page.keyboard.type(" and dj")

    expect(question).to_be_focused()
    expect(question).to_have_value("What does the author ask? nn and dj")
    expect(page.locator("#notices")).to_contain_text("One field was changed by both of you")
    expect(page.locator("#notices [role=status]")).to_be_in_viewport()
    expect(page.locator("[data-row]")).to_have_count(before)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".conflict")).to_be_focused()
    expect(page.locator(".conflict")).to_be_in_viewport()


def test_letters_do_not_act_when_a_field_is_closed_under_the_hands(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    page = sea.opens("day=1&inject=D1-02")
    page.locator("#f-title").press_sequentially("No")
    page.evaluate("document.activeElement.blur()")

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.keyboard.type("nd")
    page.evaluate("1")
    assert [url for url in asked if url.endswith("/do")] == []
    page.keyboard.press("Escape")
    page.locator("[data-row='D1-02']").focus()
    page.keyboard.press("n")

    expect(page.locator("#f-title")).to_be_focused()  # of the one that was asked for, after the field was left
    expect(page.locator("#f-id")).not_to_have_value("D1-02")
    assert drafts.open_draft(house.store, house.draft).head == 1


def test_a_choice_for_what_stands_there_ends_the_question(browser: Browser, house: Served):
    sea = both_wrote_the_title(browser, house)
    sea.page.fill("#f-title", "The author's title, longer")

    sea.page.get_by_role("radio", name="Written meanwhile").check()
    sea.page.get_by_role("radio", name="Yours").check()
    expect(sea.page.locator("#f-title")).to_have_value("The author's title, longer")
    sea.page.get_by_role("radio", name="Written meanwhile").check()

    expect(sea.page.locator("#saved")).to_have_text("Not saved: choose")
    sea.page.keyboard.press("Control+s")
    expect(sea.page.locator(".conflict")).to_have_count(0)
    expect(sea.page.locator("#notices")).to_be_empty()
    expect(sea.page.locator("#saved")).to_have_text("All saved")
    expect(sea.page.locator("#f-title")).to_have_value("The director's title")
    sea.page.reload()
    expect(sea.page.locator("#f-title")).to_have_value("The director's title")
    expect(sea.page.locator("#notices")).to_be_empty()


def test_nothing_is_saved_before_one_has_chosen(browser: Browser, house: Served):
    sea = both_wrote_the_title(browser, house)
    expect(sea.page.locator(".conflict input:checked")).to_have_count(0)

    sea.page.keyboard.press("Control+s")

    expect(sea.page.locator(".toast")).to_contain_text("Nothing was saved: choose first")
    expect(sea.page.get_by_role("radio", name="Yours")).to_be_focused()
    assert kept(house, 1, "D1-02")["title"] == "The director's title"
    sea.page.get_by_role("radio", name="Both in one text").check()
    sea.saves()
    assert kept(house, 1, "D1-02")["title"] == "The author's title / The director's title"


JOINED = """async (cases) => {
  const { together } = await import("/static/editor-difference.js");
  return cases.map(([mine, theirs, was]) => together(mine, theirs, was));
}"""


def test_both_in_one_text_never_mixes_the_words_of_two_sentences(browser: Browser, house: Served):
    page = Writer(browser, house, Role.DIRECTOR).opens("day=1&part=day")
    chance = random.Random(7)

    def sentence() -> str:
        words = " ".join(chance.choice(("port", "ferry", "the", "Dr. Ama", "at 09.30", "no")) for _ in range(5))
        return f"The {words} {chance.randrange(10_000)}" + chance.choice((".", "?", "!\u201d", "", "\u3002", " \u2026"))

    def written_anew(before: list[str]) -> list[str]:
        after = list(before)
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(after))
            after[at : at + chance.choice((0, 1))] = [sentence()] * chance.choice((0, 1, 1))
        return after

    begun = [[sentence() for _ in range(chance.randint(0, 5))] for _ in range(300)]
    each = [(written_anew(before), written_anew(before), before) for before in begun]
    joints = [chance.choice(("\n", "\n\n", " ")) for _ in each]
    cases = [[joint.join(one) for one in case] for case, joint in zip(each, joints, strict=True)]

    for (mine, theirs, before), joint, made in zip(each, joints, page.evaluate(JOINED, cases), strict=True):
        both = {*mine} & {*theirs}
        assert [one for one in ({*mine, *theirs} - {*before}) | both if one not in made] == []
        if joint != " ":  # else a sentence without an end is one with the next
            assert [one for one in before if one in made and one not in both] == []


def test_both_in_one_text_puts_one_whole_sentence_after_the_other(browser: Browser, house: Served):
    page = Writer(browser, house, Role.DIRECTOR).opens("day=1&part=day")
    cases = [
        (["A is. Hers is.", "A is. His is.", "A is."], "A is. Hers is. His is."),
        (["A is. Hers is. Z is.", "A is. His is. Z is.", "A is. B is. Z is."], "A is. Hers is. His is. Z is."),
        (["Dr. Ama asks, e.g. why.", "Dr. Ben asks.", "Dr. Ono asks."], "Dr. Ama asks, e.g. why. Dr. Ben asks."),
        (["1. Go\n2. Stay\n3. Hers", "1. Go\n2. Stay\n3. His", "1. Go\n2. Stay"], "1. Go\n2. Stay\n3. Hers\n3. His"),
        (["甲。乙。丙。", "甲。丁。丙。", "甲。丙。"], "甲。乙。丁。丙。"),
        (["Hers.", "His.", ""], "Hers. His."),
    ]

    assert page.evaluate(JOINED, [case for case, _ in cases]) == [made for _, made in cases]


def test_whoever_has_an_inject_open_that_a_colleague_deletes_reads_who_did_it(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), house.author(Role.DIRECTOR).author
    page = sea.opens("day=1&inject=D1-02")
    page.fill("#f-title", "Half typed")

    drafts.record(house.store, house.draft, dana, DeleteInject(do="delete_inject", inject="D1-02"))

    expect(page.locator("#notices")).to_contain_text("Dana took it out or replaced it", timeout=SOON)
    expect(page.locator("#notices")).to_contain_text("Deleted D1-02")
    expect(page.locator("#notices")).to_contain_text("Copy what you need")


def test_a_form_whose_inject_is_deleted_again_by_redo_says_so_at_once(browser: Browser, house: Served):
    sea, who = Writer(browser, house, Role.AUTHOR, "SEA"), house.author(Role.AUTHOR, "SEA").author
    drafts.record(house.store, house.draft, who, DeleteInject(do="delete_inject", inject="D1-02"))
    drafts.undo(house.store, house.draft, who)
    page = sea.opens("day=1&inject=D1-02")
    page.fill("#f-title", "Half typed")

    page.locator("#redo").click()

    expect(page.locator("#notices")).to_contain_text("took it out or replaced it", timeout=SOON)
    expect(page.locator("#notices")).to_contain_text("Copy what you need")


def test_whoever_is_not_taken_is_told_and_led_to_both_texts(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    dana = Writer(browser, house, Role.DIRECTOR)
    sea.opens("day=1&inject=D1-02").fill("#f-title", "The author's title")
    dana.opens("day=1&inject=D1-02").fill("#f-title", "The director's title")
    dana.saves()
    dana.opens("day=2")
    sea.page.keyboard.press("Control+s")
    sea.page.get_by_role("radio", name="Yours").check()

    sea.saves()

    told = dana.page.locator(".toast")
    expect(told).to_contain_text("Sefa kept other words in the place of yours", timeout=SOON)
    dana.page.reload()
    expect(told).to_have_count(1)
    told.get_by_role("link", name="See both in the history").click()
    expect(dana.page.locator(".change:target del")).to_have_text("director's")
    expect(dana.page.locator(".change:target del")).to_be_visible()
    expect(told).to_have_count(0)


def test_two_long_texts_show_where_they_part(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    long = " ".join(f"Line {n} of what both of them read." for n in range(80))
    sea.opens("day=1&inject=D1-02").fill("#f-text", f"{long} Hers. {long}")
    dana.opens("day=1&inject=D1-02").fill("#f-text", f"{long} His. {long}")
    dana.saves()

    sea.page.keyboard.press("Control+s")

    marks = sea.page.locator(".conflict mark")
    expect(marks).to_have_text(["Hers.", "His."])
    sea.page.get_by_role("button", name="Compare").click()
    for mark in marks.all():
        expect(mark).to_be_in_viewport(ratio=1)


def test_a_day_that_is_frozen_closes_its_open_form_and_keeps_what_was_typed(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    dana = house.author(Role.DIRECTOR).author
    page = sea.opens("day=1&inject=D1-02")
    page.fill("#f-title", "Half typed")
    page.locator("#f-sender").focus()

    drafts.set_status(house.store, house.draft, dana, 1, Status.APPROVED)

    expect(page.locator("#f-title")).to_be_disabled(timeout=SOON)
    expect(page.locator("#f-title")).to_have_value("Half typed")
    expect(page.locator("[data-save]")).to_have_count(0)
    expect(page.locator("#form .locked")).to_contain_text("approved")
    expect(page.locator("#form .locked")).to_be_in_viewport()
    expect(page.locator("#saved")).to_have_text("Not saved; kept on this device")
    drafts.set_status(house.store, house.draft, dana, 1, Status.FROZEN)
    expect(page.locator("#form .locked")).to_contain_text("frozen", timeout=SOON)
    expect(page.locator("#form")).not_to_contain_text("This day is approved")
    page.reload()
    expect(page.locator("#f-title")).to_have_value("Half typed")
    drafts.set_status(house.store, house.draft, dana, 1, Status.DRAFT)
    expect(page.locator("#f-title")).to_be_enabled(timeout=SOON)
    sea.saves()
    assert kept(house, 1, "D1-02")["title"] == "Half typed"


def test_the_line_over_a_form_far_down_says_what_its_day_became_last(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    dana = house.author(Role.DIRECTOR).author
    page = sea.opens("day=1&inject=D1-02")
    page.locator("#f-notes").fill("Half typed")
    drafts.set_status(house.store, house.draft, dana, 1, Status.APPROVED)
    expect(page.locator("#notices")).to_contain_text("This day is approved", timeout=SOON)

    drafts.set_status(house.store, house.draft, dana, 1, Status.FROZEN)

    expect(page.locator("#notices")).to_contain_text("This day is frozen", timeout=SOON)
    expect(page.locator("#notices")).not_to_contain_text("approved")


def test_an_author_who_is_revoked_learns_it_and_keeps_what_he_typed(browser: Browser, house: Served):
    sea = Writer(browser, house, Role.AUTHOR, "SEA")
    page = sea.opens("day=1&inject=D1-02")
    page.fill("#f-title", "Half typed")

    revoke_author(house.store, house.author(Role.DIRECTOR).author, house.author(Role.AUTHOR, "SEA").author.id)

    expect(page.locator("#f-title")).to_be_disabled(timeout=SOON)
    expect(page.locator("#f-title")).to_have_value("Half typed")
    expect(page.locator("[data-save]")).to_have_count(0)
    expect(page.locator("#form .locked")).to_contain_text("signed out")


def test_a_field_that_has_the_focus_keeps_it_when_a_colleague_saves(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    page = sea.opens("day=1&inject=D1-02")
    page.locator("#f-title").focus()

    dana.opens("day=1&inject=D1-02").fill("#f-sender", "The director")
    dana.saves()

    expect(page.locator("#f-sender")).to_have_value("The director", timeout=SOON)
    expect(page.locator("#f-title")).to_be_focused()


def test_an_inject_that_a_colleague_renames_is_saved_under_its_new_id(browser: Browser, house: Served):
    sea, dana = Writer(browser, house, Role.AUTHOR, "SEA"), Writer(browser, house, Role.DIRECTOR)
    page = sea.opens("day=1&inject=D1-02")
    page.fill("#f-title", "The author's title")
    dana.opens("day=1&inject=D1-02").fill("#f-id", "D1-02X")
    dana.saves()
    expect(page.locator("#notices")).to_contain_text("Changed meanwhile by Dana", timeout=SOON)

    sea.saves()

    assert kept(house, 1, "D1-02X")["title"] == "The author's title"
    expect(page.locator("#f-id")).to_have_value("D1-02X")
    assert "inject=D1-02X" in page.url
    sea.opens("day=1&inject=D1-02")  # a link from before
    expect(page.locator("#f-title")).to_have_value("The author's title")
