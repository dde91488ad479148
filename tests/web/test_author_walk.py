"""Walking through a scenario under way: plain links that lead forward, back, and to the same place again."""

import re
from html import unescape

import pytest

from tests.web.words import Browser, Served
from tests.web.words import told as told_ok
from tests.words import inject, small_scenario
from ttx.scenario.roster import Role


def page(who: Browser, query: str = "") -> str:
    reply = who.get(f"{who.desk}/walk{query}")
    assert reply.status_code == 200, reply.text
    return reply.text


def links(text: str) -> dict[str, str]:
    """Where each of the page's buttons leads, by what it says; an option by its key."""
    found = re.findall(r'<a class="(?:button|walk-option)[^"]*" href="([^"]*)"[^>]*>(.*?)</a>', text, re.DOTALL)
    words = ((" ".join(re.sub(r"<[^>]*>", " ", said).split()), unescape(address)) for address, said in found)
    return {said.split()[0] if len(said.split()[0]) == 1 else said: address for said, address in words}


def told(text: str) -> list[str]:
    """The developments on the page, newest first."""
    return re.findall(r'aria-labelledby="told-([^"]*)"', text)


@pytest.fixture
def director(house: Served) -> Browser:
    return house.as_author(Role.DIRECTOR)


def test_the_first_page_tells_nothing_and_offers_the_first_inject(director: Browser):
    text = page(director)

    assert told(text) == []
    assert links(text) == {
        "Tell D1-01": f"{director.desk}/walk?path=1",
        "The next 3": f"{director.desk}/walk?path=3",
        "Next day": f"{director.desk}/walk?path=_",
    }


def test_following_the_links_tells_the_story_to_its_end(director: Browser):
    text = page(director)
    for step in ("Tell D1-01", "The next 2", "A", "The next 2", "Next day", "The next 3", "End of the story"):
        reply = director.get(links(text)[step])
        assert reply.status_code == 200
        text = reply.text

    assert "The story is over" in text
    assert told(text) == ["D2-03", "D2-02", "D2-01", "D1-05", "D1-04A", "D1-03", "D1-02", "D1-01"]


def test_the_walk_is_read_in_a_language_of_the_scenario_from_step_to_step(director: Browser):
    told_ok(200, director.asks("write_translation", language="fr", address="D1-01.title", text="Deux fois plus"))

    text = page(director, "?path=1&in=fr")

    assert "Deux fois plus" in text
    assert all(address.endswith("in=fr") for address in links(text).values())
    assert '<option value="fr" selected' in text
    assert "Deux fois plus" not in page(director, "?path=1&in=xx")
    told_ok(200, director.asks("undo"))


def test_one_step_back_leads_to_the_page_before(director: Browser):
    text = page(director, "?path=3.~B")

    before = director.get(links(text)["One step back"])

    assert before.url.query == b"path=3"
    assert "D1-03 has to be decided" in before.text


def test_the_page_says_what_may_not_come_and_why(director: Browser):
    text = page(director, "?path=3.~A")

    assert "D1-03 was decided A" in text
    assert f'href="{director.desk}/walk?path=3.~A.D1-09">Tell it from the reserve' in text


def test_the_variables_stand_beside_what_they_were_at_the_start(director: Browser):
    text = page(director, "?path=3.~A")

    (changed,) = re.findall(r'<tr class="changed">(.*?)</tr>', text)

    assert re.findall(r"<td>(.*?)</td>", changed) == ["Ellory", "undecided"]


def test_a_delegate_sees_what_is_addressed_to_his_group_and_no_notes(director: Browser):
    text = page(director, "?path=3.~A&as=LAND")

    assert told(text) == ["D1-03", "D1-01"]
    assert "1 development went to others only." in text
    assert "walk-kind" not in text
    assert links(text)["Tell D1-04A"].endswith("?path=3.~A.1&as=LAND")


def test_a_link_that_no_longer_fits_shows_how_far_it_goes(director: Browser):
    text = page(director, "?path=2.~A.3")

    assert told(text) == ["D1-02", "D1-01"]
    assert "no decision is due here" in text


def test_choices_lead_to_the_whole_path_that_takes_them(director: Browser):
    reply = director.get(f"{director.desk}/walk?when=D1-03~A", follow_redirects=True)

    assert reply.url.query == b"path=3.~A.2._.3._"
    assert "The story is over" in reply.text


def test_a_walk_may_begin_with_a_later_day_and_takes_the_defaults_before_it(director: Browser):
    reply = director.get(f"{director.desk}/walk?day=2", follow_redirects=True)

    assert reply.url.query == b"path=3.~B.2._"
    assert told(page(director, "?day=1")) == []


@pytest.mark.parametrize(
    "query", ["?path=%3Cscript%3E", "?path=" + "1." * 1999 + "1", "?as=nobody", "?path=...", "?when=x", "?path=9999"]
)
def test_no_address_breaks_the_page(director: Browser, query: str):
    reply = director.get(f"{director.desk}/walk{query}", follow_redirects=True)

    assert reply.status_code == 200
    assert "<script>alert" not in reply.text


def test_an_address_that_is_far_too_long_is_refused(director: Browser):
    assert director.get(f"{director.desk}/walk?path={'1.' * 4000}").status_code == 422


def test_an_author_may_walk_and_a_stranger_may_not(house: Served):
    author = house.as_author(Role.AUTHOR, "SEA")

    assert author.get(f"{author.desk}/walk").status_code == 200
    assert house.device().get(f"{author.desk}/walk").status_code == 401


def test_what_an_option_sets_is_called_by_what_it_is(director: Browser):
    text = page(director, "?path=3")

    assert re.search(r'<span class="tag"><bdi>Port of landing</bdi>: ', text)
    assert "port = " not in text


def test_the_page_says_who_decides_and_by_which_rules(house: Served, director: Browser):
    assert "The facilitator decides for all." in page(director, "?path=3")

    for branch, says in (
        (
            {"by": "tables", "hidden": True, "quorum": 60, "binding": True},
            "Tables vote on it. The vote is hidden until it is revealed. Quorum 60 %. The result is the decision.",
        ),
        ({"by": "delegations"}, "Delegations vote on it. Everybody sees how it stands. Quorum 50 %. The result is"),
        ({"by": "each_table"}, "Each table decides for itself. A walk goes with one table: take one way here,"),
    ):
        fields = {"branch": {**inject(small_scenario(), "D1-03")["branch"], **branch}}
        told_ok(200, director.asks("write_inject", day=1, inject="D1-03", fields=fields))

        assert says in page(director, "?path=3")
