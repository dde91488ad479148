"""The graph in a real browser: it is moved, used by hand and by key, and what it changes is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.browser.words import Person
from tests.scenario.vast import vast_scenario
from tests.web.words import Served, serving
from tests.words import Written, small_scenario
from ttx.scenario.drafting import said as data_of
from ttx.scenario.roster import Role
from ttx.scenario.writing import written
from ttx.store.authors import Invited, authors_of
from ttx.store.drafts import new_draft, open_draft

pytestmark = pytest.mark.browser

PAN = """async () => {
  const view = document.getElementById("graph"), changed = new Set();
  const watch = new MutationObserver((all) => { for (const one of all) changed.add(one.target); });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let turn = 0; turn < 30; turn += 1) {
    await new Promise(requestAnimationFrame);
    view.dispatchEvent(new WheelEvent("wheel", { deltaX: 30, deltaY: 16, bubbles: true, cancelable: true }));
  }
  watch.takeRecords().forEach((one) => changed.add(one.target));
  return [...changed].map((one) => one.getAttribute("class") ?? one.nodeName);
}"""


@dataclass
class Desk:
    """An author at the graph of a draft."""

    house: Served
    draft: str
    person: Person
    url: str

    @property
    def page(self) -> Any:
        return self.person.page

    def card(self, name: str) -> Locator:
        return self.page.locator(f'[id="card-{name}"]')

    def focus(self, name: str) -> None:
        self.card(name).focus()
        expect(self.card(name)).to_have_attribute("aria-selected", "true")

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def step(self, source: str, target: str) -> Locator:
        return self.page.locator(f'.wire:not([data-need])[data-source="{source}"][data-target="{target}"]')

    def day(self, number: int) -> list[dict[str, Any]]:
        """The day's injects as they are kept."""
        file = f"day-{number}.yaml"
        day = data_of(open_draft(self.house.store, self.draft).texts[file], file)
        assert isinstance(day, dict)
        injects: list[dict[str, Any]] = day["injects"]
        return injects

    def order(self, number: int) -> list[str]:
        return [one["id"] for one in self.day(number)]

    def kept(self, name: str) -> dict[str, Any]:
        return next(one for number in (1, 2) for one in self.day(number) if one["id"] == name)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("graph")) as house:
        yield house


def sits(browser: Browser, house: Served, data: Written, who: Invited | None = None, **more: Any) -> Desk:
    """An author opens the graph of a new draft of this scenario."""
    people = [Invited(Role.DIRECTOR, name="Dana")] + ([who] if who else [])
    draft = new_draft(house.store, written(data), {}, people)
    listed = authors_of(house.store, draft)[-1]
    person = Person(browser, house.url, 1366, 820, **more)
    person.context.request.post(f"{house.url}/api/v1/join", data={"code": listed.code})
    desk = Desk(house, draft, person, f"{house.url}/a/{listed.author.id}")
    person.page.goto(f"{desk.url}/graph")
    person.page.wait_for_selector(".card-g[tabindex='0']")
    return desk


@pytest.fixture
def desk(browser: Browser, house: Served) -> Desk:
    return sits(browser, house, small_scenario(), reduced_motion="reduce")


def test_of_three_hundred_injects_the_whole_is_moved_and_none_of_them(browser: Browser, house: Served):
    """How many frames a second that gives, `make bench ARGS=panning` measures."""
    desk = sits(browser, house, vast_scenario(), reduced_motion="reduce")
    assert desk.page.locator(".card-g").count() == 300
    desk.page.click("[data-zoom=one]")
    desk.page.wait_for_timeout(300)

    assert sorted(desk.page.evaluate(PAN)) == ["graph-map-view", "graph-world"]


def test_the_small_map_stands_beside_the_picture_and_goes_where_all_is_in_sight(browser: Browser, house: Served):
    desk = sits(browser, house, small_scenario(), reduced_motion="reduce")
    strip, view = desk.page.locator(".graph-strip"), desk.page.locator("#graph")
    for _ in range(4):
        desk.page.click("[data-zoom=in]")
    expect(strip).to_be_visible()
    (left, right) = (view.bounding_box(), strip.bounding_box())
    assert left["x"] + left["width"] <= right["x"]

    world = desk.page.locator(".graph-world")
    before = world.get_attribute("style")
    desk.page.locator(".graph-map").click(position={"x": 20, "y": 12})
    expect(world).not_to_have_attribute("style", before)
    desk.focus("D1-03")
    expect(strip).to_be_hidden()
    desk.presses("Escape")
    expect(strip).to_be_visible()
    desk.page.click("[data-zoom=fit]")
    expect(strip).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(browser: Browser, house: Served, scheme: str):
    desk = sits(browser, house, small_scenario(), color_scheme=scheme, reduced_motion="reduce")

    assert Axe().run(desk.page).response["violations"] == []
    desk.page.locator(".graph-legend summary").click()
    desk.focus("D1-03")
    assert Axe().run(desk.page).response["violations"] == []
    desk.presses("c")
    assert Axe().run(desk.page).response["violations"] == []
    assert desk.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert desk.person.complaints == []


def test_keys_walk_along_the_steps_and_open_the_form(desk: Desk):
    desk.focus("D1-01")

    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "End", "Home"):
        desk.presses(key)
        walked.append(desk.page.evaluate("document.activeElement.dataset.id"))

    assert walked == ["D1-02", "D1-03", "D1-04B", "D1-05", "D1-04B", "D1-03", "D1-09", "D1-01"]
    desk.presses("Enter")
    desk.page.wait_for_url(f"{desk.url}?day=1&inject=D1-01")


def test_a_link_to_an_inject_opens_the_graph_there(browser: Browser, house: Served):
    desk = sits(browser, house, vast_scenario())

    desk.page.goto(f"{desk.url}/graph?day=4&inject=D4-40")

    expect(desk.card("D4-40")).to_be_focused()
    desk.page.wait_for_timeout(300)
    inside, outside = desk.card("D4-40").bounding_box(), desk.page.locator("#graph").bounding_box()
    assert inside is not None
    assert outside is not None
    assert outside["x"] <= inside["x"] < outside["x"] + outside["width"] - inside["width"]
    assert outside["y"] <= inside["y"] < outside["y"] + outside["height"] - inside["height"]


def test_up_and_down_lead_to_the_other_arm_and_to_the_next_day(desk: Desk):
    desk.focus("D1-04B")

    desk.presses("ArrowDown")
    expect(desk.card("D1-04A")).to_be_focused()
    desk.focus("D1-09")
    desk.presses("ArrowDown")
    assert desk.page.evaluate("document.activeElement.dataset.id").startswith("D2-")


def test_tab_leads_from_day_to_day(desk: Desk):
    desk.focus("D1-02")

    desk.page.locator("#graph").focus()
    desk.presses("Tab")
    expect(desk.card("D1-02")).to_be_focused()
    desk.presses("Tab")
    expect(desk.card("D2-01")).to_be_focused()


def test_an_inject_is_moved_by_key_and_the_move_undone(desk: Desk):
    desk.focus("D1-02")

    desk.presses("m", "ArrowRight", "Enter")

    expect(desk.step("D1-01", "D1-03")).to_have_count(1)
    assert desk.order(1)[:2] == ["D1-01", "D1-03"]
    expect(desk.card("D1-02")).to_be_focused()
    desk.presses("Control+z")
    expect(desk.step("D1-01", "D1-02")).to_have_count(1)
    assert desk.order(1)[:3] == ["D1-01", "D1-02", "D1-03"]


def test_injects_are_connected_by_typing_and_disconnected_by_key(desk: Desk):
    desk.focus("D1-01")

    desk.presses("c")
    desk.page.keyboard.type("D1-05")
    desk.presses("Enter")
    expect(desk.step("D1-01", "D1-05")).to_have_count(1)
    assert "D1-05" in desk.kept("D1-01")["next"]

    expect(desk.card("D1-01")).to_be_focused()
    desk.presses("e", "e")
    chosen = desk.page.locator(".wire.chosen").first
    target = chosen.get_attribute("data-target")
    desk.presses("Delete")
    expect(desk.step("D1-01", str(target))).to_have_count(0)
    assert target not in desk.kept("D1-01").get("next", ["D1-02"])


def test_an_inject_is_connected_to_the_one_that_is_clicked(desk: Desk):
    desk.focus("D1-01")
    desk.presses("c")

    desk.card("D1-05").click()

    expect(desk.step("D1-01", "D1-05")).to_have_count(1)
    expect(desk.page.locator("#asking")).to_be_hidden()
    desk.page.locator("#undo").click()
    expect(desk.step("D1-01", "D1-05")).to_have_count(0)
    expect(desk.page.locator(".toast").filter(has_text="Undone: ")).to_have_count(1)


def test_a_decision_asks_by_which_option(desk: Desk):
    desk.focus("D1-03")

    desk.presses("c")
    desk.page.keyboard.type("D1-05")
    expect(desk.page.get_by_label("by option")).to_have_value("C")
    desk.presses("Enter")

    expect(desk.page.locator('.wire[data-source="D1-03"][data-option="C"]')).to_have_count(1)
    assert desk.kept("D1-03")["branch"]["options"]["C"]["next"] == "D1-05"


def test_an_inject_is_inserted_duplicated_and_deleted_by_key(desk: Desk):
    desk.focus("D2-01")

    desk.presses("n")
    expect(desk.page.locator('[id="band-2"] .card-g')).to_have_count(4)
    expect(desk.page.locator('[id="band-2"] .card-g[aria-selected="true"]')).to_be_focused()
    new = desk.order(2)[1]
    assert desk.page.evaluate("document.activeElement.dataset.id") == new
    desk.presses("d")
    expect(desk.page.locator('[id="band-2"] .card-g')).to_have_count(5)
    desk.presses("Delete")
    desk.page.get_by_role("button", name="Keep it").click()
    assert len(desk.order(2)) == 5
    desk.page.locator('.card-g[aria-selected="true"]').focus()
    desk.presses("Delete")
    desk.page.locator("#graph-delete").get_by_role("button", name="Delete").click()
    expect(desk.page.locator('[id="band-2"] .card-g')).to_have_count(4)
    assert len(desk.order(2)) == 4


def test_a_card_is_dragged_to_another_place(desk: Desk):
    start, end = desk.card("D1-01").bounding_box(), desk.card("D1-02").bounding_box()
    assert start is not None
    assert end is not None

    desk.page.mouse.move(start["x"] + 40, start["y"] + 40)
    desk.page.mouse.down()
    desk.page.mouse.move(end["x"] + 20, end["y"] + 40, steps=6)
    desk.page.mouse.move(end["x"] + end["width"] - 20, end["y"] + 40, steps=4)
    expect(desk.card("D1-02")).to_have_class("card-g kind-expected_action put-after")
    desk.page.mouse.up()

    expect(desk.step("D1-02", "D1-01")).to_have_count(1)
    assert desk.order(1)[:2] == ["D1-02", "D1-01"]


def test_a_line_drawn_from_a_port_connects(desk: Desk):
    desk.card("D1-01").hover()
    port, end = desk.card("D1-01").locator(".port").bounding_box(), desk.card("D1-05").bounding_box()
    assert port is not None
    assert end is not None

    desk.page.mouse.move(port["x"] + 6, port["y"] + 6)
    desk.page.mouse.down()
    desk.page.mouse.move(end["x"] + 30, end["y"] + 30, steps=8)
    desk.page.mouse.up()

    expect(desk.step("D1-01", "D1-05")).to_have_count(1)
    assert "D1-05" in desk.kept("D1-01")["next"]


def test_a_press_picks_and_a_double_press_opens(desk: Desk):
    desk.card("D1-02").click()
    expect(desk.page.locator("#picked h2")).to_have_text("A boat leaves Merevale")
    expect(desk.page.locator("#picked")).to_be_visible()

    desk.card("D1-03").dblclick()
    desk.page.wait_for_url(f"{desk.url}?day=1&inject=D1-03")


def test_a_step_is_picked_by_hand_and_taken_away(desk: Desk):
    line = desk.step("D1-01", "D1-02").locator(".wire-wide")
    box = line.bounding_box()
    assert box is not None

    desk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(desk.step("D1-01", "D1-02")).to_have_class("wire chosen")
    desk.presses("Delete")

    expect(desk.step("D1-01", "D1-02")).to_have_count(0)
    assert desk.kept("D1-01")["next"] == []


def test_a_day_of_another_group_is_read_only(browser: Browser, house: Served):
    desk = sits(browser, house, small_scenario(), Invited(Role.AUTHOR, "SEA", "Sefa"))
    before = desk.order(2)

    desk.focus("D2-01")
    expect(desk.page.locator("#picked [data-reads]")).to_be_visible()
    expect(desk.page.locator("#picked [data-edits]")).to_be_hidden()
    desk.presses("d")

    expect(desk.page.locator(".toast")).to_contain_text("not change it")
    assert desk.order(2) == before


def test_filters_dim_what_they_leave_out(desk: Desk):
    desk.page.get_by_label("Kind").select_option("decision")

    expect(desk.page.locator(".card-g:not(.dim)")).to_have_count(1)
    desk.page.get_by_role("button", name="Show all").click()
    expect(desk.page.locator(".card-g.dim")).to_have_count(0)


def test_what_somebody_else_writes_comes_onto_the_graph(browser: Browser, desk: Desk):
    desk.focus("D2-03")
    (director,) = authors_of(desk.house.store, desk.draft)
    other = desk.house.device().write_as(director)

    reply = other.asks("write_inject", day=1, inject="D1-02", fields={"title": "Overdue"})

    assert reply.status_code == 200, reply.text
    expect(desk.card("D1-02")).to_contain_text("Overdue", timeout=10_000)
    expect(desk.card("D2-03")).to_be_focused()


def test_zoom_and_pan_by_key_and_wheel(desk: Desk):
    where = "() => document.querySelector('.graph-world').style.transform"
    desk.page.locator("#graph").focus()
    begin = desk.page.evaluate(where)

    desk.presses("+", "+", "+")
    expect(desk.page.locator("#percent")).not_to_have_text("100%")
    desk.presses("ArrowDown")
    desk.page.wait_for_timeout(100)
    panned = desk.page.evaluate(where)
    assert panned != begin
    desk.page.locator("#graph").hover()
    desk.page.mouse.wheel(0, 60)
    desk.page.wait_for_timeout(100)
    assert desk.page.evaluate(where) != panned


def test_the_picture_can_be_printed(desk: Desk, tmp_path: Path):
    desk.page.emulate_media(media="print")

    assert desk.page.locator(".graph-bar").is_hidden()
    assert desk.page.evaluate("document.querySelector('#band-2').getBoundingClientRect().bottom > innerHeight / 2")
    assert len(desk.page.pdf(path=tmp_path / "graph.pdf")) > 20_000
