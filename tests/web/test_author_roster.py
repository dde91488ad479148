"""Who takes part: the roster's page, as a form and as a table, and who may write it."""

from pathlib import Path

import pytest

from tests.web.words import Browser, Served, told
from tests.words import small_roster
from ttx.scenario.roster import Role
from ttx.scenario.roster_changes import shown
from ttx.scenario.writing import fresh
from ttx.store import drafts

CSV = "delegation,table,role,language,name,groups\nLea Land,Table 1,head,fr,,LAND\nLea Land,Table 1,delegate,en,Ann,\n"


@pytest.fixture
def house(house: Served) -> Served:
    """With a draft that has no roster yet."""
    vars(house).pop("draft", None)
    house._writing.clear()
    return house


def roster(house: Served) -> str:
    return drafts.open_draft(house.store, house.draft).texts.get("roster.yaml", "")


def page(who: Browser) -> str:
    reply = who.get(f"{who.desk}?part=roster")
    assert reply.status_code == 200, reply.text
    return reply.text


def test_a_director_seats_a_new_group_and_it_can_be_addressed(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    told(200, dana.asks("write_inject", day=1, inject="D1-02", fields={"to": {"groups": ["LAND"]}}))
    told(200, dana.asks("write_roster", fields={"seats": [{"delegation": "sea", "role": "head"}]}))
    unheard = "reaches no head or delegate"
    assert unheard in dana.get(f"{dana.desk}?findings=all").text

    fields = {
        "delegations": {"sea": {"name": "Sea"}, "lea": {"name": "Lea", "groups": ["LAND"]}},
        "seats": [{"delegation": "sea", "role": "head"}, {"delegation": "lea", "role": "head"}],
    }
    done = told(200, dana.asks("write_roster", fields=fields))

    assert done["sentence"] == "Changed the roster: delegations and seats."
    assert unheard not in dana.get(f"{dana.desk}?findings=all").text
    assert 'value="lea"' in page(dana)
    told(200, dana.asks("undo"))
    assert "lea" not in roster(house)


def test_a_delegation_with_another_id_has_it_in_the_seats_and_wherever_it_is_addressed(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    begun = {
        "delegations": {"sea": {"name": "Sea", "groups": ["SEA"]}, "lea": {"name": "Lea"}},
        "tables": {"T1": "Table 1"},
        "seats": [{"delegation": "sea", "table": "T1", "role": "head"}, {"delegation": "lea", "role": "head"}],
    }
    told(200, dana.asks("write_roster", fields=begun))
    told(200, dana.asks("write_inject", day=2, inject="D2-01", fields={"to": {"delegations": ["lea", "sea"]}}))
    told(200, dana.asks("write_inject", day=1, inject="D1-02", fields={"to": {"tables": ["T1"]}}))

    delegations = {"ocean": begun["delegations"]["sea"], "lea": {"name": "Lea"}}  # type: ignore[index]
    done = told(200, dana.asks("write_roster", fields={"delegations": delegations, "tables": {"A": "Table 1"}}))

    assert "What named sea names ocean now. What named T1 names A now." in done["sentence"]
    now = shown(drafts.open_draft(house.store, house.draft).texts)
    assert now is not None
    assert now["delegations"] == delegations
    assert now["seats"] == [
        {"delegation": "ocean", "table": "A", "role": "head"},
        {"delegation": "lea", "role": "head"},
    ]
    texts = drafts.open_draft(house.store, house.draft).texts
    assert "delegations: [lea, ocean]" in texts["day-2.yaml"] or "- ocean" in texts["day-2.yaml"]
    assert dana.get(f"{dana.desk}?day=1&inject=D1-02").text.count('value="A" checked') == 1
    told(200, dana.asks("undo"))
    assert "delegation: sea" in drafts.open_draft(house.store, house.draft).texts["roster.yaml"]


def test_what_is_wrong_with_a_seat_stands_beside_it(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    told(200, dana.asks("write_roster", fields={"seats": [{"role": "projector"}, {"role": "head"}]}))

    text = page(dana)

    slot = text.partition('data-found="seats.2"')[2].partition("</div>")[0]
    assert "A head answers for a delegation; name it." in slot
    assert f'{dana.desk}?part=roster"' in dana.get(f"{dana.desk}?findings=all").text


@pytest.mark.parametrize("role,group", [(Role.LEAD_FACILITATOR, None), (Role.AUTHOR, "SEA")])
def test_others_read_it_and_write_nothing(house: Served, role: Role, group: str | None):
    who = house.as_author(role, group)

    assert "The director decides who takes part" in page(who)
    assert who.asks("write_roster", fields={"tables": {"T1": "Mine"}}).status_code == 403
    assert who.post(f"{who.desk}/roster", files={"file": ("r.csv", CSV)}).status_code == 403
    assert roster(house) == ""


def test_a_table_comes_in_and_goes_out_as_it_is(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    reply = dana.post(f"{dana.desk}/roster", files={"file": ("seats.csv", CSV)})
    assert (reply.status_code, reply.headers["location"]) == (303, f"{dana.desk}?part=roster")
    before = roster(house)
    out = dana.get(f"{dana.desk}/roster.csv")
    told(200, dana.asks("undo"))
    dana.post(f"{dana.desk}/roster", files={"file": ("again.csv", out.content)})

    assert roster(house) == before
    assert "name: Lea Land" in before
    assert "groups: [LAND]" in before


def test_what_is_no_roster_is_refused_and_changes_nothing(house: Served, tmp_path: Path):
    dana = house.as_author(Role.DIRECTOR)
    told(200, dana.asks("write_roster", fields={"tables": {"T1": "One"}, "seats": small_roster()["seats"][:0]}))
    before = roster(house)

    for name, content in (("a.csv", b"role\nking\n"), ("b.txt", b"hello"), ("c.csv", b"\xff\xfe"), ("", b"")):
        assert dana.post(f"{dana.desk}/roster", files={"file": (name, content)}).status_code == 409
    assert roster(house) == before
    assert fresh("roster.yaml", {"tables": {"T1": "One"}}).strip() in before


def test_two_who_write_the_roster_at_once_lose_nothing(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    first = told(200, dana.asks("write_roster", fields={"tables": {"T1": "One"}}))["revision"]
    told(200, dana.asks("write_roster", fields={"tables": {"T1": "One", "T2": "Two"}}, base=first))

    told(200, dana.asks("write_roster", fields={"seats": [{"role": "director"}]}, base=first))

    assert "T2: Two" in roster(house)
    assert "role: director" in roster(house)
