"""Pictures and translations as people meet them: on a tablet, in the hall, and at a translator's desk."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.words import Person
from tests.web.words import Served, roster, serving
from tests.words import inject, picture, small_scenario, write_scenario
from ttx.scenario.folders import contents
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role, Roster
from ttx.scenario.translations import digest, texts
from ttx.store import drafts
from ttx.store.authors import Invited, authors_of
from ttx.store.database import Store
from ttx.store.log import create_exercise

pytestmark = pytest.mark.browser

ARABIC = {"D1-01.title": "تضاعف العبور", "D1-01.text": "تضاعف عدد القوارب.", "D1-01.picture.alt": "قارب"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """D1-01 shows a picture and is in Arabic; Tamarinda reads Arabic."""
    data = small_scenario()
    inject(data, "D1-01")["picture"] = {"file": "boat.png", "alt": "A boat"}
    known = texts(Scenario.model_validate(data))
    made = {name: {"of": digest(known[name]), "text": text} for name, text in ARABIC.items()}
    scenario = Scenario.model_validate({**data, "translations": {"ar": made}})
    folder = tmp_path_factory.mktemp("told")
    with Store(folder) as store:
        exercise = create_exercise(
            store, scenario, reading_arabic(roster()), pictures={"boat.png": picture(size=(90, 60))}
        )
    with serving(folder, exercise) as served:
        served.done("open_day", day=1)
        yield served


def reading_arabic(roster: Roster) -> Roster:
    """The roster with Tamarinda's seats in Arabic."""
    seats = [
        one.model_copy(update={"language": "ar"}) if one.delegation == "tamarinda" else one for one in roster.seats
    ]
    return roster.model_copy(update={"seats": tuple(seats)})


def joins(browser: Browser, house: Served, role: Role, delegation: str | None = None) -> Person:
    return Person(browser, house.url).joins(house.seat(role, delegation).code)


WIDTHS = "() => [...document.querySelectorAll('img.picture-image')].map((one) => one.naturalWidth)"


def test_a_picture_comes_and_goes_with_its_development(browser: Browser, house: Served):
    people = [joins(browser, house, *who) for who in ((Role.HEAD, "Kestria"), (Role.PROJECTOR, None))]

    house.done("release", inject="D1-01")
    for person in people:
        expect(person.page.locator("img.picture-image")).to_be_visible()
        person.page.wait_for_function(f"() => ({WIDTHS})()[0] === 90")
    expect(people[1].page.locator("#map svg.chart")).to_have_count(0)

    house.done("recall", inject="D1-01")
    for person in people:
        expect(person.page.locator("img.picture-image")).to_have_count(0)
    expect(people[1].page.locator("#map svg.chart")).to_be_visible()

    house.done("release", inject="D1-01")
    for person in people:
        person.page.reload()
        person.page.wait_for_function(f"() => ({WIDTHS})()[0] === 90")
        assert person.complaints == []


def test_a_delegate_reads_his_language_and_has_the_source_one_tap_away(browser: Browser, house: Served):
    house.begun()
    person = joins(browser, house, Role.HEAD, "tamarinda")
    card = person.page.locator('[id="development:D1-01"]')

    expect(card.locator("h3")).to_have_text("تضاعف العبور")
    expect(card.locator("h3")).to_have_attribute("lang", "ar")
    expect(card.locator("h3")).to_have_attribute("dir", "rtl")
    expect(card.locator("summary")).to_have_text("مترجم عن: الإنجليزية، ولم يكتمل بعد")
    source = card.get_by_text("Crossings double", exact=True)
    expect(source).to_be_hidden()
    card.locator("summary").click()
    expect(source).to_be_visible()
    expect(card.locator(".origin-source")).to_have_attribute("lang", "en")

    house.done("announce", text="The page changes")
    person.sees("The page changes")
    person.page.locator("[data-hide-announcement]").click()
    expect(person.page.locator("[data-announcement]")).to_be_hidden()
    expect(source).to_be_visible()
    asked = person.page.locator('[id="question:D1-01:q1"]')
    expect(asked.locator(".origin")).to_have_text("معروض باللغة: الإنجليزية، لم يُترجم بعد")
    expect(asked.locator("h3 [lang]")).to_have_attribute("lang", "en")
    assert Axe().run(person.page).response["violations"] == []


def test_a_text_is_translated_without_a_mouse(
    browser: Browser, house: Served, tmp_path_factory: pytest.TempPathFactory
):
    files, shown = contents(write_scenario(tmp_path_factory.mktemp("desk"), small_scenario()))
    draft = drafts.new_draft(house.store, files, shown, [Invited(Role.DIRECTOR)])
    (author,) = authors_of(house.store, draft)
    person = Person(browser, house.url)
    page = person.page
    page.goto(f"{house.url}/j/{author.code}")
    page.goto(f"{house.url}/a/{author.author.id}/languages/fr?day=1&show=missing")

    page.locator('[id="text-D1-01.title"] textarea').focus()
    page.keyboard.type("Deux fois plus")
    page.keyboard.press("Control+Enter")

    expect(page.locator('[id="text-D1-01.title"]')).to_have_attribute("data-state", "fresh")
    expect(page.locator('[id="text-D1-01.sender"] textarea')).to_be_focused()
    written = drafts.open_draft(house.store, draft).texts["translations/fr.yaml"]
    assert "Deux fois plus" in written
    page.keyboard.type("Une phrase")
    page.reload()
    expect(page.locator('[id="text-D1-01.sender"] textarea')).to_have_value("Une phrase")
    assert Axe().run(page).response["violations"] == []
    assert person.complaints == []
