"""Running a day through the console's forms: plans, tables, words, days, and what an ad-hoc inject begins with."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest

from tests.web.words import Browser, Served, refused, roster, serving, told
from tests.words import small_scenario
from ttx.exercise.commands import Refused
from ttx.exercise.records import Seal
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.store.chain import noted
from ttx.store.database import Store
from ttx.store.log import create_exercise, read
from ttx.web.facilitator import planned

BANGKOK = timezone(timedelta(hours=7))
NOON = datetime(2026, 11, 23, 5, 0, 30, tzinfo=UTC)  # in Bangkok


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Served]:
    """Day 1 is open, nothing is out."""
    with serving(tmp_path) as house:
        house.done("open_day", day=1)
        yield house


def presses(who: Browser, do: str, **fields: str | list[str]) -> httpx.Response:
    """A form's press."""
    return who.post(f"{who.page}/do", data={"do": do, **fields}, headers={"accept": "application/json"})


@pytest.mark.parametrize("typed", ["13:05", "1305", "13.05"])
def test_a_time_is_the_next_one_on_the_room_s_clock(typed: str):
    asked = planned({"do": "schedule", "inject": "D1-01", "time": typed}, BANGKOK, NOON)

    assert asked["time"] == datetime(2026, 11, 23, 13, 5, tzinfo=BANGKOK)


def test_shortly_before_midnight_a_time_is_one_after_it():
    asked = planned({"time": "0:10"}, BANGKOK, datetime(2026, 11, 23, 23, 50, tzinfo=BANGKOK))

    assert asked["time"] == datetime(2026, 11, 24, 0, 10, tzinfo=BANGKOK)


def test_a_time_that_has_passed_is_refused_with_the_room_s_time():
    with pytest.raises(Refused, match=r"11:55 has passed: it is 12:00 in the room\. Plan a later time"):
        planned({"time": "11:55"}, BANGKOK, NOON)


def test_what_had_reached_everybody_is_not_offered_to_some_tables_first(day: Served):
    lead = day.as_lead()
    assert "To some tables first" in lead.get(f"{lead.page}?inject=D1-01").text

    told(200, presses(lead, "release", inject="D1-01"))
    told(200, presses(lead, "recall", inject="D1-01"))

    page = lead.get(f"{lead.page}?inject=D1-01").text
    assert "To some tables first" not in page
    assert "It had reached everybody before it was taken back" in page


def test_a_release_is_planned_counted_down_and_cancelled(day: Served):
    lead = day.as_lead()

    told(200, presses(lead, "schedule", inject="D1-01", seconds="300"))
    page = lead.get(f"{lead.page}?inject=D1-01").text
    assert re.search(r'class="due" data-due="\d{13}"', page)

    day.done("pause")
    page = lead.get(f"{lead.page}?inject=D1-01").text
    assert re.search(r'class="due" data-left="\d+"', page)

    told(200, presses(lead, "unschedule", inject="D1-01"))
    assert "data-tick-due" not in lead.get(lead.page).text


def test_a_release_goes_to_the_tables_that_were_ticked(day: Served):
    lead = day.as_lead()

    told(200, presses(lead, "release", inject="D1-01", tables=["T2"]))

    kestria, tamarinda = day.as_head("Kestria"), day.as_head("tamarinda")
    assert "Crossings double" not in kestria.get(kestria.page).text
    assert "Crossings double" in tamarinda.get(tamarinda.page).text
    page = lead.get(lead.page).text
    assert "at Table 2; not yet the rest" in page
    assert "Release to the rest" in page
    assert """data-receives='{"T1": [""" in page
    told(200, presses(lead, "release", inject="D1-01"))
    assert "data-spent" in lead.get(f"{lead.page}?inject=D1-01").text
    assert "data-spent" not in lead.get(lead.page).text


def test_a_tablet_says_that_a_day_has_begun_until_its_first_development_comes(day: Served):
    begins = "<b>Day 2</b> The day is open. The first development appears here by itself."
    head = day.as_head()
    day.done("release", inject="D1-01")
    day.done("close_day")
    assert begins not in head.get(head.page).text
    day.done("open_day", day=2)
    assert begins in head.get(head.page).text
    day.done("release", inject="D2-01")
    assert begins not in head.get(head.page).text


def test_the_release_says_where_the_hall_gets_what_only_some_get_and_where_it_does_not(tmp_path: Path):
    data = small_scenario()
    first, second = data["days"][0]["injects"][:2]
    first |= {"plenary": False}
    second |= {"plenary": True, "to": {"groups": ["SEA"]}}
    with Store(tmp_path) as store:
        exercise = create_exercise(store, Scenario.model_validate(data), roster())
    with serving(tmp_path, exercise) as house:
        house.done("open_day", day=1)
        lead = house.as_lead()

        def said(inject: str) -> str:
            button = lead.get(f"{lead.page}?inject={inject}").text.split("Release now")[1].split("</button>")[0]
            return re.sub("<[^>]+>", "|", button).strip("|")

        assert said(first["id"]) == "All delegations||not in the hall"
        house.done("release", inject=first["id"])
        assert said(second["id"]) == "SEA||and shown in the hall"
        house.done("release", inject=second["id"])
        panel = lead.get(lead.page).text.split("Developments the hall may show")[1].split("</ul>")[0]
        assert "only at the tablets of SEA" in panel
        assert first["title"] not in panel


def test_other_words_are_drawn_as_they_will_look_and_hold_nothing_that_a_browser_runs(day: Served):
    words = {
        "inject": "D1-01",
        "title": "A <b>title</b>",
        "sender": "Us",
        "text": "**Two** kayaks\n\n<script>x</script>",
    }

    drawn = day.as_lead().post(f"{day.as_lead().page}/words", data=words)

    assert drawn.status_code == 200
    assert "<strong>Two</strong> kayaks" in drawn.text
    assert "A &lt;b&gt;title" in drawn.text
    assert "<script" not in drawn.text
    assert "kayaks" not in day.as_lead().get(f"{day.as_lead().page}?inject=D1-01").text
    assert day.as_lead().post(f"{day.as_lead().page}/words", data={**words, "inject": "D9-99"}).status_code == 409


def test_the_hot_wash_of_a_day_is_one_press_from_where_the_day_was_closed(day: Served):
    lead, facilitator = day.as_lead(), day.as_(Role.TABLE_FACILITATOR, table="T1")
    paper = 'data-under="hot-wash/1.pdf"'
    assert lead.get(lead.page).text.count(paper) == 1  # where the tables look back

    day.done("close_day")

    assert lead.get(lead.page).text.count(paper) == 2  # and on the desk
    assert lead.get(f"{lead.page}?day=1").text.count(paper) == 3  # and on the day's page
    assert lead.get(f"{lead.page}/hot-wash/1.pdf").headers["content-type"] == "application/pdf"
    assert paper not in facilitator.get(facilitator.page).text


def test_words_that_only_a_browser_has_broken_are_no_change(day: Served):
    day.done("reword", inject="D1-01", text="One line\nand another")

    sentence = refused(409, presses(day.as_lead(), "reword", inject="D1-01", text="One line\r\nand another"))

    assert sentence == "D1-01 reads like this already, so there is nothing to change."


def test_who_comes_second_is_told_who_was_first_and_that_nothing_is_wrong(day: Served):
    day.done("release", inject="D1-01")

    reply = presses(day.as_lead(), "release", inject="D1-01")

    assert re.fullmatch(r"D1-01 is already released: Ana did it at \d\d:\d\d\.", refused(409, reply))
    assert reply.json()["overtaken"] is True
    assert "overtaken" not in presses(day.as_lead(), "release", inject="D1-05").json()


def test_a_console_can_be_turned_to_another_day_and_a_closed_one_reopened(day: Served):
    lead = day.as_lead()

    page = lead.get(f"{lead.page}?day=2").text
    assert 'id="run:D2-01"' in page
    assert 'id="run:D1-01"' not in page
    assert "not open yet" in page

    day.done("close_day")
    page = lead.get(f"{lead.page}?day=1").text
    assert "closed, to read only" in page
    assert 'data-dialog="reopen-day" data-day="1"' in page
    told(200, presses(lead, "open_day", day="1"))
    assert day.stands()["day"] == 1


def test_at_a_days_close_console_and_hall_show_the_hash_of_the_record_until_it_goes_on(day: Served):
    hall = day.as_(Role.PROJECTOR)
    day.done("close_day")
    last = read(day.store, day.exercise)[-1]
    seal = Seal(1, last.seq, last.hash).groups

    assert len(seal.split()) == 8
    assert noted(day.store, day.exercise, seal) == last.seq
    for page in (day.as_lead().get(day.as_lead().page).text, hall.get(hall.page).text):
        assert page.count(f'<code dir="ltr">{seal}</code>') == 1

    day.done("open_day", day=1)

    assert seal not in day.as_lead().get(day.as_lead().page).text
    assert seal not in hall.get(hall.page).text


def test_the_time_in_the_story_stands_on_every_page(day: Served):
    told(200, presses(day.as_lead(), "move_story", text="Two days later, 06:00"))

    people = [day.as_lead(), day.as_head(), day.as_(Role.PROJECTOR), day.as_(Role.EVALUATOR)]
    assert ["Two days later, 06:00" in one.get(one.page).text for one in people] == [True] * 4


def test_the_hall_says_the_next_day_only_once_it_is_open(day: Served):
    hall = day.as_(Role.PROJECTOR)

    day.done("close_day")
    between = hall.get(hall.page).text
    day.done("open_day")

    assert "Between two days. Next: day 2" in between
    assert "On land" not in between
    assert "On land" in hall.get(hall.page).text


def test_before_a_day_closes_the_console_lists_what_did_not_go_out_and_offers_it_on_another_day(day: Served):
    lead = day.as_lead()
    day.done("release", inject="D1-01")

    asks = lead.get(lead.page).text
    day.done("close_day")
    day.done("open_day")
    later = lead.get(lead.page).text

    assert re.findall(r'<li><a href="\?inject=([^"]+)"', asks) == ["D1-02", "D1-03", "D1-04A", "D1-04B", "D1-05"]
    assert re.findall(r"<optgroup label=\"([^\"]+)\">", later)[0] == "Left on an earlier day"
    assert re.findall(r">(D1-\w+) [^<]+</option>", later)[:2] == ["D1-02", "D1-03"]


def test_one_press_brings_the_newest_development_into_the_hall(day: Served):
    lead = day.as_lead()
    console = day.screen(lead, after=0)
    day.done("show", view="agenda")
    day.done("release", inject="D1-01")
    console.until(lambda screen: "Crossings double" in screen.regions["hall-line"])

    told(200, presses(lead, "show", view="story"))

    console.until(lambda screen: "hidden" in screen.regions["hall-line"])


def test_the_desk_says_what_the_letters_of_a_working_group_stand_for(day: Served):
    lead = day.as_lead()

    page = lead.get(lead.page, params={"inject": "D1-02"}).text

    assert 'title="SEA: Group at sea. ' in page


def test_who_may_write_an_inject_is_offered_the_library_and_the_reserve(day: Served):
    lead, table = day.as_lead(), day.as_(Role.TABLE_FACILITATOR)

    offered = re.findall(r"<optgroup label=\"([^\"]+)\">", lead.get(lead.page).text)

    assert offered == [
        "In reserve", "Press and networks", "People", "At sea", "On land", "Law", "In your own house",
    ]  # fmt: skip
    assert "<optgroup" not in table.get(table.page).text


def test_an_act_can_be_undone_as_long_as_it_is_the_last(day: Served):
    lead = day.as_lead()
    day.done("release", inject="D1-01")
    act = day.stands()["seq"]
    assert f'name="act" value="{act}"' in lead.get(lead.page).text

    told(200, presses(lead, "undo", act=str(act)))

    assert [one["id"] for one in day.stands()["released"]] == []
    assert "cannot be taken back any more" in refused(409, presses(lead, "undo", act=str(act)))
