"""The graph page: who sees it, what stands on it, and that only what changed comes anew."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.scenario.vast import vast_scenario
from tests.web.words import Browser, Served, told
from tests.words import inject, small_scenario
from ttx.pages.environment import pages_of
from ttx.pages.graph import graph_svg
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.scenario.writing import written
from ttx.settings import Settings
from ttx.store.authors import Invited, authors_of
from ttx.store.drafts import new_draft

SVG = "{http://www.w3.org/2000/svg}"


def page(who: Browser, **asked: str) -> str:
    reply = who.get(f"{who.desk}/graph", params=asked)
    assert reply.status_code == 200, reply.text
    return reply.text


def bands(who: Browser, have: str = "") -> dict[str, str]:
    """The bands as they come anew, by id."""
    reply = who.get(f"{who.desk}/graph/bands", params={"have": have})
    assert reply.status_code == 200, reply.text
    return dict(re.findall(r'<section class="graph-band" id="([^"]+)"(.*?)</section>', reply.text, re.DOTALL))


def digests(text: str) -> dict[str, str]:
    return dict(re.findall(r'id="(band-\d+)"[^>]*? data-digest="([0-9a-f]+[er])"', text))


def director_of(house: Served, files: dict[str, str]) -> Browser:
    """The director of another draft."""
    draft = new_draft(house.store, files, {}, [Invited(Role.DIRECTOR, name="Dana")])
    (listed,) = authors_of(house.store, draft)
    return house.device().write_as(listed)


@pytest.fixture
def director(house: Served) -> Browser:
    """The director of a draft that no other test has changed."""
    return director_of(house, written(small_scenario()))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.AUTHOR])
def test_everybody_who_writes_the_scenario_sees_all_days(house: Served, role: Role):
    text = page(house.as_author(role))

    assert set(digests(text)) == {"band-1", "band-2"}
    assert all(f'id="card-{name}"' in text for name in ("D1-01", "D1-04B", "D1-09", "D2-03"))


def test_an_authors_own_day_may_be_changed_and_the_others_read(house: Served):
    text = page(house.as_author(Role.AUTHOR, "SEA"))

    assert re.findall(r'data-edit="(\d)"', text) == ["1", "0"]
    assert text.count("You may read it, not change it.") == 1


def test_each_inject_says_what_leads_to_it_and_what_it_leads_to(house: Served, director: Browser):
    text = page(director)

    said = {name: " ".join(words.split()) for name, words in re.findall(r'<desc id="about-([^"]+)">(.*?)</desc>', text)}
    assert said["D1-03"] == "Comes after D1-02. Leads to D1-04A by option A, D1-04B by option B."
    assert said["D1-09"] == "In reserve."
    assert said["D2-02"] == "Comes after D2-01. Leads to D2-03. Only if “Port of landing” is Ellory."
    assert said["D2-03"] == "Comes after D2-02. Nothing follows. Needs D1-05."


def test_a_need_between_days_stands_at_both_ends(house: Served, director: Browser):
    text = page(director)

    ends = re.findall(r'data-source="(D1-05)" data-target="(D2-03)" data-far="([^"]+)"', text)
    assert sorted(far for *_, far in ends) == ["D1-05", "D2-03"]


def test_what_is_found_wrong_is_a_badge_on_its_inject(house: Served):
    data = small_scenario()
    data["days"][0]["injects"][0]["questions"][0]["objectives"] = ["O9"]
    text = page(director_of(house, written(data)))

    assert re.search(r'id="card-D1-01"[^>]* aria-label="[^"]*1 finding"', text)
    assert not re.search(r'id="card-D1-02"[^>]* aria-label="[^"]*finding', text)


def test_only_bands_that_are_other_come_anew(house: Served, director: Browser):
    before = digests(page(director))
    told(200, director.asks("write_inject", day=1, inject="D1-02", fields={"title": "A boat is overdue"}))

    fresh = bands(director, ",".join(before.values()))

    assert list(fresh) == ["band-1", "band-2"]
    assert "A boat is" in fresh["band-1"]
    assert "<svg" not in fresh["band-2"]
    assert digests(page(director))["band-2"] == before["band-2"]


def test_a_step_that_is_drawn_by_hand_comes_onto_the_picture(house: Served, director: Browser):
    told(200, director.asks("connect", source="D1-01", target="D1-05"))

    assert 'data-source="D1-01" data-target="D1-05"' in bands(director)["band-1"]


def test_a_scenario_that_cannot_be_read_is_said_to_be_so(house: Served):
    who = director_of(house, {"scenario.yaml": "format: ["})

    text = page(who)

    assert "The graph needs a scenario that can be read" in text
    assert who.get(f"{who.desk}/graph/bands").status_code == 200


def test_an_inject_that_has_anothers_id_is_counted_and_not_drawn(house: Served):
    files = written(small_scenario())
    files["day-1.yaml"] = files["day-1.yaml"].replace("id: D1-02", "id: D1-01", 1)

    text = page(director_of(house, files))

    assert "1 inject cannot be drawn" in text
    assert text.count('id="card-D1-01"') == 1


def test_words_of_a_scenario_are_only_words(house: Served):
    data = small_scenario()
    data["days"][0]["injects"][0]["title"] = '<script>alert("1")</script>'
    data["days"][0]["title"] = "<b>&amp;"
    text = page(director_of(house, written(data)))

    assert "<script>alert" not in text
    assert "<b>&amp;" not in text


def test_nobody_else_sees_the_graph(house: Served):
    author = house.author(Role.DIRECTOR).author.id

    assert house.device().get(f"/a/{author}/graph").status_code == 401
    assert house.as_lead().get(f"/a/{author}/graph/bands").status_code == 401


@pytest.mark.parametrize("data", [small_scenario(), vast_scenario()], ids=["small", "vast"])
def test_a_file_of_the_graph_stands_alone(data):
    """No link to anything, no variable and no function of style sheets that a viewer of files does not know."""
    settings = Settings()
    graph = build(Scenario.model_validate(data))

    text = graph_svg(pages_of(settings.templates, settings.static), graph)

    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert len(root.findall(f".//{SVG}g[@class]")) > len(graph.injects)
    titles = {title.text or "" for title in root.iter(f"{SVG}title")}
    assert all(any(title.startswith(f"{name} ") for title in titles) for name in graph.injects)
    assert not re.search(r"var\(|light-dark|href|<script|url\(|@layer|\bid=", text)
    assert "EXERCISE EXERCISE EXERCISE" in text


def test_a_decision_of_each_table_says_so_on_its_card(house: Served, director: Browser):
    assert "Each table" not in page(director)
    branch = {**inject(small_scenario(), "D1-03")["branch"], "by": "each_table"}
    told(200, director.asks("write_inject", day=1, inject="D1-03", fields={"branch": branch}))

    text = page(director)

    assert 'aria-label="D1-03, Each table, 10:15.' in text
    assert re.search(r'<text class="card-kind"[^>]*>Each table</text>', text)
