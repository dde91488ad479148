"""Papers to take away: every author may have them, as the scenario is now, and nobody else."""

import pytest

from tests.output.words import pdf_texts
from tests.web.words import Served
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.web.papers import FORMATS

NAMES = [name if name != "json" else "scenario.json" for name in FORMATS]


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_is_a_file_to_keep(house: Served, name: str):
    who = house.as_author()
    reply = who.get(f"{who.desk}/papers/{name}")

    assert reply.status_code == 200, reply.text
    assert reply.headers["content-disposition"] == f'attachment; filename="exercise-small-tide-{name}"'
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"] == FORMATS["json" if name == "scenario.json" else name].media_type


def test_the_json_is_the_scenario(house: Served):
    who = house.as_author(Role.DIRECTOR)

    assert Scenario.model_validate_json(who.get(f"{who.desk}/papers/scenario.json").content).id == "small-tide"


def test_the_cover_bears_what_was_given(house: Served):
    who = house.as_author()
    reply = who.get(f"{who.desk}/papers/sitman.pdf", params={"dates": "23 November", "place": "Hall 2"})

    cover = pdf_texts(reply.content)[0]
    assert "23 November" in cover
    assert "Hall 2" in cover


@pytest.mark.parametrize(
    "name,says", [("sitman.txt", "There is no paper"), ("sitman.pdf?language=km", "not translated")]
)
def test_what_there_is_not_is_told(house: Served, name: str, says: str):
    who = house.as_author()
    reply = who.get(f"{who.desk}/papers/{name}", headers={"accept": "application/json"})

    assert reply.status_code == 404
    assert says in reply.text


def test_a_seat_of_an_exercise_gets_no_paper(house: Served):
    who = house.as_author()

    assert house.device().get(f"{who.desk}/papers/handbook.pdf").status_code == 401
