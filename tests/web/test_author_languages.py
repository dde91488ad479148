"""Translating a scenario under way: all read everything, a group translates its own day, nobody overwrites another."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.output.words import pdf_texts
from tests.web.words import Browser, Served, told
from tests.words import small_scenario, write_scenario
from ttx.scenario.folders import contents
from ttx.scenario.merging import revision
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.scenario.translations import digest, texts
from ttx.store import drafts
from ttx.store.authors import Invited, authors_of
from ttx.web.author_languages import _label

TEXTS = texts(Scenario.model_validate(small_scenario()))


@pytest.fixture
def desk(house: Served, tmp_path: Path) -> "Desk":
    return Desk(house, tmp_path)


@dataclass(frozen=True)
class Writer:
    """An author's browser. `home` is where his pages are."""

    browser: Browser
    home: str

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.browser.get(self.home + path, params=query or None)

    def asks(self, do: str, **fields: Any) -> httpx.Response:
        return self.browser.post(f"{self.home}/do", json={"do": do, **fields})


class Desk:
    """A scenario under way on a server, with its director and an author of each group."""

    def __init__(self, house: Served, folder: Path) -> None:
        people = [Invited(Role.DIRECTOR), Invited(Role.AUTHOR, "SEA", "Sea"), Invited(Role.AUTHOR, "LAND", "Land")]
        files, shown = contents(write_scenario(folder, small_scenario()))
        self.house, self.draft = house, drafts.new_draft(house.store, files, shown, people)
        self.director, self.sea, self.land = (self._seated(one.code) for one in authors_of(house.store, self.draft))

    def _seated(self, code: str) -> Writer:
        browser = self.house.device()
        return Writer(browser, browser.get(f"/j/{code}", follow_redirects=True).url.path)

    def page(self, who: Writer, path: str = "/fr", **query: Any) -> str:
        reply = who.get(f"/languages{path}", **query)
        assert reply.status_code == 200, reply.text
        return reply.text

    def translates(self, who: Writer, address: str, text: str, **more: Any) -> httpx.Response:
        """Send what the page would send."""
        return who.asks("write_translation", language="fr", address=address, text=text, **more)

    def files(self) -> str:
        return drafts.open_draft(self.house.store, self.draft).texts.get("translations/fr.yaml", "")


def states(page: str) -> dict[str, str]:
    """How each text of a page stands, by address."""
    return dict(re.findall(r'<form class="text" id="text-([^"]+)"[^>]*? data-state="(\w+)"', page))


def bases(page: str) -> dict[str, str]:
    """What each text sends as `base`."""
    rows = re.findall(r'name="address" value="([^"]+)">.*?name="base" value="(\w+)"', page)
    return dict(rows)


def test_a_language_nobody_has_written_in_is_all_missing(desk: Desk):
    page = desk.page(desk.director, day=1)

    assert set(states(page).values()) == {"missing"}
    assert {"day-1.title", "D1-03.text", "D1-03.questions.port.options.A"} <= states(page).keys()
    assert not any(address.startswith(("D2", "day-2", "map")) for address in states(page))


def test_every_text_stands_on_one_page_and_on_one_only(desk: Desk):
    pages = [states(desk.page(desk.director)), *(states(desk.page(desk.director, day=day)) for day in (1, 2))]

    assert sorted(address for page in pages for address in page) == sorted(TEXTS)


def test_a_text_that_is_saved_is_there_for_everybody(desk: Desk):
    done = told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", base=revision(None)))

    page = desk.page(desk.land, day=1)
    assert states(page)["D1-01.title"] == "fresh"
    assert "Deux fois plus" in page
    assert bases(page)["D1-01.title"] == done["revision"]
    assert "Deux fois plus" in desk.files()


def test_two_who_translate_at_once_lose_nothing_of_each_other(desk: Desk):
    desk.translates(desk.sea, "D1-01.title", "Deux fois plus", base=revision(None))
    desk.translates(desk.director, "D1-02.title", "Un bateau", base=revision(None))

    found = states(desk.page(desk.director, day=1))

    assert [found[address] for address in ("D1-01.title", "D1-02.title")] == ["fresh", "fresh"]


def test_two_who_translate_one_text_are_shown_both_versions(desk: Desk):
    seen = bases(desk.page(desk.director, day=1))["D1-01.title"]
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", base=seen))

    clash = told(409, desk.translates(desk.director, "D1-01.title", "Le double", base=seen))

    assert clash["conflict"]["fields"]["text"] == {"base": None, "theirs": "Deux fois plus", "mine": "Le double"}
    assert clash["refused"].startswith("Sea changed this too")
    assert "Deux fois plus" in desk.files()
    told(200, desk.translates(desk.director, "D1-01.title", "Le double", base=clash["conflict"]["revision"]))
    assert "Le double" in desk.files()


def test_the_same_words_twice_are_no_conflict(desk: Desk):
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", base=revision(None)))

    same = told(409, desk.translates(desk.director, "D1-01.title", "Deux fois plus", base=revision(None)))

    assert same == {"refused": "Nothing was changed: it says that already."}


def test_a_text_that_changed_while_it_was_translated_is_stale_at_once(desk: Desk):
    before = digest(TEXTS["D1-01.title"])
    told(200, desk.sea.asks("write_inject", day=1, inject="D1-01", fields={"title": "Crossings triple"}))

    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", of=before, base=revision(None)))

    assert states(desk.page(desk.sea, day=1))["D1-01.title"] == "stale"


def test_what_changed_in_the_source_since_stands_beside_a_stale_text(desk: Desk):
    desk.translates(desk.sea, "D1-02.title", "Un bateau")
    before = TEXTS["D1-02.title"]
    told(200, desk.sea.asks("write_inject", day=1, inject="D1-02", fields={"title": f"{before} at dusk"}))
    told(200, desk.sea.asks("write_inject", day=1, inject="D1-02", fields={"title": f"{before} at dawn, twice"}))

    page = desk.page(desk.sea, day=1)

    assert page.count('class="text-was"') == 1
    assert f"{before}<ins> at dawn, twice</ins>" in unescape(page)


def test_a_language_that_is_begun_stays_in_the_list(desk: Desk):
    assert desk.sea.browser.post(f"{desk.sea.home}/languages", data={"language": "French"}).headers["location"] == (
        f"{desk.sea.home}/languages/fr?day=1"
    )
    again = desk.land.browser.post(f"{desk.land.home}/languages", data={"language": "fr"})

    assert again.status_code == 303
    assert f'href="{desk.land.home}/languages/fr?day=2"' in desk.page(desk.land, "")
    assert f'href="{desk.director.home}/languages/fr"' in desk.page(desk.director, "")
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus"))
    assert states(desk.page(desk.land, day=1))["D1-01.title"] == "fresh"
    wrong = desk.sea.browser.post(f"{desk.sea.home}/languages", data={"language": "Klingon"})
    assert "is not known here" in wrong.text


def test_a_stale_text_that_is_still_right_is_fresh_again(desk: Desk):
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", of="00000000"))
    page = desk.page(desk.sea, day=1)
    assert states(page)["D1-01.title"] == "stale"

    source = digest(TEXTS["D1-01.title"])
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", of=source, base=bases(page)["D1-01.title"]))

    assert states(desk.page(desk.sea, day=1))["D1-01.title"] == "fresh"


def test_a_group_translates_its_own_day_and_reads_the_others(desk: Desk):
    own, other, whole = desk.page(desk.sea, day=1), desk.page(desk.sea, day=2), desk.page(desk.sea)

    assert ("readonly" in own, "readonly" in other, "readonly" in whole) == (False, True, True)
    tabs = own.partition('<nav id="days"')[2].partition("</nav>")[0].split("<a ")[1:]
    assert ["read only" in tab for tab in tabs] == [True, False, True]
    assert "lang-locked" not in desk.page(desk.director)
    assert desk.translates(desk.sea, "D2-01.title", "La salle est pleine").status_code == 403
    assert desk.translates(desk.sea, "title", "Petite marée").status_code == 403
    told(200, desk.translates(desk.director, "title", "Petite marée"))


def test_a_frozen_day_takes_no_translation_and_an_approved_one_does(desk: Desk):
    for status in ("in_review", "approved"):
        told(200, desk.director.asks("status", day=1, status=status))
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus"))
    told(200, desk.director.asks("status", day=1, status="frozen"))

    assert desk.translates(desk.sea, "D1-02.title", "Un bateau").status_code == 409
    assert "readonly" in desk.page(desk.sea, day=1)


def test_words_that_were_translated_elsewhere_are_offered(desk: Desk):
    told(200, desk.translates(desk.sea, "D1-01.sender", "Garde-côtes d'Orrin"))

    page = desk.page(desk.director, day=2)

    assert unescape(page).count('data-take="Garde-côtes d\'Orrin"') == sum(
        address.startswith("D2") and text == TEXTS["D1-01.sender"] for address, text in TEXTS.items()
    )


def test_html_in_a_text_stays_text(desk: Desk):
    told(200, desk.translates(desk.sea, "D1-01.title", '"><script>alert(1)</script></textarea>'))

    assert "<script>alert" not in desk.page(desk.sea, day=1)


@pytest.mark.parametrize("typed", ["fr", "French", "français", " FRENCH "])
def test_a_language_is_begun_by_its_name_or_its_code(desk: Desk, typed: str):
    reply = desk.director.get("/languages", language=typed)

    assert (reply.status_code, reply.headers["location"]) == (303, f"{desk.director.home}/languages/fr")


@pytest.mark.parametrize("typed", ["Klingon", "en", "English", "../../etc", ""])
def test_what_is_no_language_to_translate_into_begins_nothing(desk: Desk, typed: str):
    assert "<h2>" in desk.page(desk.director, "", language=typed)


@pytest.mark.parametrize("path", ["/en", "/qq", "/french", "/fr?day=9"])
def test_there_is_no_page_of_what_is_not_there(desk: Desk, path: str):
    assert desk.director.get(f"/languages{path}").status_code == 404


def test_only_an_author_himself_has_his_pages(desk: Desk):
    path = f"{desk.director.home}/languages/fr"

    own = desk.sea.browser.get(path)
    assert (own.status_code, own.headers["location"]) == (303, f"{desk.sea.home}/languages/fr")
    assert desk.house.as_lead().get(path).status_code == 401


def test_papers_are_taken_in_each_language_the_scenario_has(desk: Desk):
    """On the page, and with their headings in it; the table of injects holds every language and is offered once."""
    told(200, desk.translates(desk.sea, "D1-01.title", "Deux fois plus", base=revision(None)))

    plain, french = (desk.director.get("/files", **query).text for query in ({}, {"language": "fr"}))
    assert 'href="?language=fr"' in plain.replace(f"{desk.director.home}/files", "")
    assert "/papers/sitman.pdf?language" not in plain
    for name in ("sitman.docx", "sitman.pdf", "handbook.docx", "handbook.pdf", "graph.svg"):
        assert f'/papers/{name}?language=fr"' in french
    assert '/papers/msel.xlsx"' in french
    paper = desk.director.get("/papers/handbook.pdf", language="fr")
    assert 'filename="exercise-small-tide-handbook-fr.pdf"' in paper.headers["content-disposition"]
    printed = "".join(pdf_texts(paper.content))
    assert "Manuel de l’animateur" in printed
    assert "Deux fois plus" in printed
    assert "For facilitators only" not in printed


def test_a_language_the_scenario_has_not_is_none_to_choose(desk: Desk):
    page = desk.director.get("/files", language="km").text

    assert "language=km" not in page
    assert "Papers in" not in page


def test_a_pictures_words_name_it_once():
    assert _label("D1-05.picture.alt") == "Picture, for those who cannot see it"
    assert _label("D1-05.picture.caption") == "Picture's caption"


def test_the_language_a_scenario_is_written_in_is_chosen_by_its_name(desk):
    page = desk.director.get("", part="head").text

    assert '<option value="en" dir="auto" selected>English</option>' in page
    assert '<option value="ar" dir="auto">Arabic (العربية)</option>' in page
    assert "(unknown)" not in page.partition('data-field="language"')[2].partition("</select>")[0]
