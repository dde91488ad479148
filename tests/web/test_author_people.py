"""Who writes a scenario: codes, inviting, revoking."""

import httpx

from tests.web.words import Browser, Served
from ttx.scenario.roster import Role
from ttx.store.authors import authors_of


def people(who: Browser) -> httpx.Response:
    return who.get(f"{who.desk}/people")


def test_codes_stand_there_group_by_group(house: Served):
    page = people(house.as_author(Role.DIRECTOR)).text

    assert all(one.code in page for one in authors_of(house.store, house.draft))
    assert page.index("Dana") < page.index("Group at sea") < page.index("Sefa")
    assert page.count("<svg") > 4


def test_a_lead_facilitator_sees_no_directors_code(house: Served):
    page = people(house.as_author(Role.LEAD_FACILITATOR)).text

    assert house.author(Role.DIRECTOR).code not in page
    assert house.author(Role.AUTHOR, "SEA").code in page


def test_an_author_sees_nobodys_code(house: Served):
    assert people(house.as_author(Role.AUTHOR, "SEA")).status_code == 403


def test_somebody_invited_can_write_and_once_revoked_cannot(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    where = f"{dana.desk}/people"

    asked = {"do": "invite", "role": "author", "group": "LAND", "name": "Nia"}
    page = dana.post(where, data=asked, follow_redirects=True).text
    assert "<bdi>Nia</bdi>" in page.partition('role="status"')[2].partition("</p>")[0]
    assert f"/j/{next(one.code for one in authors_of(house.store, house.draft) if one.author.name == 'Nia')}<" in page
    nia = next(one for one in authors_of(house.store, house.draft) if one.author.name == "Nia")
    device = house.device().write_as(nia)
    assert device.get(device.desk).status_code == 200
    done = dana.post(where, data={"do": "revoke", "which": nia.author.id}, follow_redirects=True)

    assert "Revoked." in done.text
    assert device.get(device.desk).status_code == 401
    assert "Nia" not in people(dana).text


def test_a_new_code_takes_the_place_of_the_old_one(house: Served):
    dana, before = house.as_author(Role.DIRECTOR), house.author(Role.AUTHOR, "LAND")

    dana.post(f"{dana.desk}/people", data={"do": "code", "which": before.author.id})

    assert house.author(Role.AUTHOR, "LAND").code != before.code


def test_what_cannot_be_done_is_said_on_the_page(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    where = f"{dana.desk}/people"

    for fields in (
        {"do": "invite", "role": "author"},
        {"do": "revoke", "which": dana.author.id},
        {"do": "code", "which": "a-nobody"},
    ):
        reply = dana.post(where, data=fields)
        assert reply.status_code == 409
        assert 'role="alert"' in reply.text


def test_an_invitation_that_was_refused_stays_to_be_corrected(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    page = dana.post(f"{dana.desk}/people", data={"do": "invite", "role": "author", "name": "Nia & Co"}).text

    assert 'value="Nia &amp; Co"' in page
    assert '<select name="group" autofocus' in page
    assert "Nia" not in people(dana).text
