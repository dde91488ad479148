"""What players are asked to do, told from whom something goes to; and a sender and a receiver in one column."""

import pytest

from tests.scenario.formats.words import STORY, table
from ttx.scenario.formats.readers import understood
from ttx.scenario.formats.tasks import is_told
from ttx.scenario.formats.understood import Understood

TASKS = ("Draft a holding line", "What evidence is missing?", "Agree who answers the ministry tonight")


def listed(header: str, cells: tuple[str, ...]) -> Understood:
    rows = [["No", "Time", "Inject", header]]
    rows += [[str(n), f"{9 + n}:00", STORY[n], cell] for n, cell in enumerate(cells)]
    return understood("list.csv", table(rows).encode())


def injects(found: Understood) -> list[dict]:
    assert found.data is not None
    return found.data["days"][0]["injects"]


@pytest.mark.parametrize("header", ["Player tasks", "Players' tasks", "Tasks", "Players", "To", "Team"])
def test_what_players_are_to_do_is_no_receiver(header: str):
    found = listed(header, TASKS)

    assert found.mapping[header] == "expected"
    assert TASKS[0] in injects(found)[0]["expected"]
    assert not any("became delegations" in one for one in found.guessed)


@pytest.mark.parametrize("header", ["Player tasks", "Players"])
def test_tasks_that_are_questions_are_questions(header: str):
    found = listed(header, ("Who coordinates?", "What evidence is missing?", "Decide who answers"))

    assert found.mapping[header] == "questions"


@pytest.mark.parametrize("names", [
    "Ministry of Foreign Affairs of Ellory", "Police; Navy; Coast guard; the press", "All", "Press office",
    "Department for the Protection of Children and Families", "all delegations", "Review board", "police and the navy",
])  # fmt: skip
def test_names_of_parties_are_no_tasks(names: str):
    assert not is_told(names)


@pytest.mark.parametrize("header,cell", [
    ("From / To", "Press office / Police"), ("From/To", "Press office/Police"), ("From / To", "Press office -> Police"),
    ("From - To", "Press office → Police"), ("From / To", "Press office to Police"),
    ("Sender and receiver", "Press office / Police"), ("To / From", "Police / Press office"),
])  # fmt: skip
@pytest.mark.parametrize("said", [None, "sender", "to"])
def test_a_column_of_both_gives_a_sender_and_a_receiver(header: str, cell: str, said: str | None):
    rows = [["No", "Time", "Inject", header], *([str(n), f"{9 + n}:00", STORY[n], cell] for n in range(3))]

    found = understood("list.csv", table(rows).encode(), {header: said} if said else {})

    (first, *_) = injects(found)
    assert (first["sender"], first["to"]) == ("Press office", {"delegations": ["Police"]})


def test_a_slash_in_another_column_divides_nothing():
    found = listed("From", ("Press office / Police", "Coast guard", "Navy"))

    assert injects(found)[0]["sender"] == "Press office / Police"
