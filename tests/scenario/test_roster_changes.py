"""The roster as its form writes it: what stays keeps its lines, and every shape of a file can be written."""

from typing import Any

import pytest

from tests.scenario.asking import asked, refused
from ttx.scenario.changes import revision, undone
from ttx.scenario.files import roster_text
from ttx.scenario.roster import seated
from ttx.scenario.roster_changes import shown

WRITTEN = """# Who plays.
delegations:
  aruna: {name: Aruna, groups: [SEA]}  # comes by boat
  IOM: {name: IOM, groups: [SEA, LAND]}

tables:
  T1: Table 1

seats:
  # Heads
  - {delegation: aruna, table: T1, role: head, language: en, name: ""}
  # Others
  - {delegation: null, table: null, role: projector, language: en, name: ""}
"""
TEXTS = {"scenario.yaml": "title: Tide\n", "roster.yaml": WRITTEN}


def now_of(texts: dict[str, str]) -> Any:
    """What the form shows."""
    return shown(texts)


def write(texts: dict[str, str], **fields: object) -> dict[str, str]:
    return dict(asked(texts, "write_roster", fields=fields).texts)


def test_what_stays_as_it_was_keeps_its_lines_and_comments():
    now = now_of(TEXTS)
    delegations = {**now["delegations"], "aruna": {"name": "Aruna", "groups": ["SEA", "LEA"]}}
    delegations["IOM"] = {"name": "IOM", "groups": ["LAND", "SEA"]}  # in the order of the form's boxes
    seats = [*now["seats"], {"delegation": "IOM", "table": "T1", "role": "head"}]

    text = write(TEXTS, delegations=delegations, seats=seats)["roster.yaml"]

    assert text.replace("[SEA, LEA]", "[SEA]").startswith(WRITTEN)
    roster = seated(roster_text(text, "roster.yaml"))
    assert roster.delegations["aruna"].groups == ("SEA", "LEA")
    assert (len(roster.seats), roster.seats[-1].delegation) == (3, "IOM")


def test_a_seat_that_is_changed_changes_alone():
    now = now_of(TEXTS)

    text = write(TEXTS, seats=[{**now["seats"][0], "language": "fr"}, now["seats"][1]])["roster.yaml"]

    assert text == WRITTEN.replace("head, language: en", "head, language: fr")


@pytest.mark.parametrize("name,text", [
    ("roster.csv", "delegation,table,role,groups\nAruna,Table 1,head,SEA\n"),
    ("roster.yaml", "- {delegation: Aruna, table: Table 1, role: head, groups: SEA}\n"),
    (None, ""),
])  # fmt: skip
def test_a_roster_of_another_shape_or_none_becomes_a_file_like_others(name: str | None, text: str):
    texts = {"scenario.yaml": "title: Tide\n", **({name: text} if name else {})}
    now = now_of(texts)

    done = write(texts, delegations={**now["delegations"], "lea": {"name": "Lea", "groups": ["LEA"]}},
                 seats=[*now["seats"], {"delegation": "lea", "role": "head"}])  # fmt: skip

    assert "roster.csv" not in done
    roster = seated(roster_text(done["roster.yaml"], "roster.yaml"))
    assert roster.delegations["lea"].groups == ("LEA",)
    assert len(roster.seats) == (2 if name else 1)


def test_a_change_of_the_roster_is_taken_back_to_the_very_bytes():
    done = asked(TEXTS, "write_roster", fields={"tables": {"T1": "Table 1", "T2": "Table 2"}})

    assert undone(done.texts, done.touched, done.splices).texts == TEXTS


def test_what_cannot_be_written_is_said():
    stale = revision({})

    assert "was changed since" in refused(TEXTS, "write_roster", fields={"tables": {}}, base=stale)
    assert "chairs is none" in refused(TEXTS, "write_roster", fields={"chairs": {}})
    assert "cannot be read" in refused({**TEXTS, "roster.yaml": "seats: ["}, "write_roster", fields={"tables": {}})
