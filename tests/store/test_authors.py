"""Who writes a scenario: codes, devices, accounts, and who may invite and revoke whom."""

import pytest
from sqlalchemy import select, update

from tests.store.words import Writers
from ttx.exercise.rights import Author, Forbidden
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account, disable_account
from ttx.store.authors import (
    Invited,
    NoSuchAuthor,
    NotInvited,
    author_by_code,
    author_by_id,
    author_of_session,
    authors_of,
    authors_of_account,
    invite,
    link_account,
    manages,
    revoke_author,
    rotate_code,
    write_from,
)
from ttx.store.database import Store
from ttx.store.seats import hash_of
from ttx.store.sessions import open_session
from ttx.store.tables import authors, seats

PASSWORD = "a long enough password"


def code_of(store: Store, author: Author) -> str:
    return next(one.code for one in authors_of(store, author.draft) if one.author == author)


def session(store: Store, account: str | None = None) -> str:
    return hash_of(open_session(store, account))


def test_a_code_leads_to_its_author_however_it_is_typed(store: Store, desk: Writers):
    code = code_of(store, desk.sea)

    assert author_by_code(store, code) == desk.sea
    assert author_by_code(store, f" {code.lower().replace('-', ' ')}") == desk.sea
    assert author_by_code(store, "ZZZZ-9999") is None
    assert author_by_code(store, "hello") is None
    assert author_by_id(store, desk.sea.id) == desk.sea


def test_a_director_invites_anybody_and_a_lead_facilitator_no_director(store: Store, desk: Writers):
    for role, group in ((Role.DIRECTOR, None), (Role.LEAD_FACILITATOR, None), (Role.AUTHOR, "SEA")):
        assert invite(store, desk.director, Invited(role, group)).author.role is role
    assert invite(store, desk.lead, Invited(Role.AUTHOR, "LAND")).author.group == "LAND"
    with pytest.raises(Forbidden, match="Only a director"):
        invite(store, desk.lead, Invited(Role.DIRECTOR))
    with pytest.raises(Forbidden, match="your role is author"):
        invite(store, desk.sea, Invited(Role.AUTHOR, "SEA"))


@pytest.mark.parametrize(
    "wanted,why",
    [
        (Invited(Role.DELEGATE), "Nobody writes a scenario as delegate"),
        (Invited(Role.ADMIN), "Nobody writes a scenario as admin"),
        (Invited(Role.AUTHOR), "name the group"),
        (Invited(Role.AUTHOR, "SEA", account="nobody"), "There is no account nobody"),
    ],
)
def test_who_cannot_be_an_author_is_not_invited(store: Store, desk: Writers, wanted: Invited, why: str):
    before = authors_of(store, desk.draft)

    with pytest.raises(NotInvited, match=why):
        invite(store, desk.director, wanted)
    assert authors_of(store, desk.draft) == before


def test_a_lead_facilitator_cannot_take_a_directors_place(store: Store, desk: Writers):
    assert not manages(desk.lead, desk.director)
    for taken in (rotate_code, revoke_author):
        with pytest.raises(Forbidden):
            taken(store, desk.lead, desk.director.id)
    with pytest.raises(Forbidden):
        link_account(store, desk.lead, desk.director.id, None)
    assert author_by_id(store, desk.director.id) == desk.director


def test_a_director_of_one_scenario_is_nobody_in_another(store: Store, desk: Writers):
    other = Author("a1", "another", Role.DIRECTOR)

    assert not manages(other, desk.sea)
    for taken in (rotate_code, revoke_author):
        with pytest.raises(NoSuchAuthor):
            taken(store, other, desk.sea.id)


def test_a_code_that_was_changed_leads_nowhere_and_who_writes_goes_on(store: Store, desk: Writers):
    here, old = session(store), code_of(store, desk.sea)
    write_from(store, here, desk.sea.id)

    new = rotate_code(store, desk.lead, desk.sea.id)

    assert author_by_code(store, old) is None
    assert author_by_code(store, new) == desk.sea
    assert author_of_session(store, here, desk.sea.id) == desk.sea


def test_nothing_leads_to_a_revoked_author(store: Store, desk: Writers):
    create_account(store, "sefa", PASSWORD)
    link_account(store, desk.director, desk.sea.id, "sefa")
    joined, signed_in, code = session(store), session(store, "sefa"), code_of(store, desk.sea)
    write_from(store, joined, desk.sea.id)
    assert author_of_session(store, joined, desk.sea.id) == author_of_session(store, signed_in, desk.sea.id) == desk.sea

    revoke_author(store, desk.director, desk.sea.id)

    assert author_by_code(store, code) is None
    assert author_of_session(store, joined, desk.sea.id) is None
    assert author_of_session(store, signed_in, desk.sea.id) is None
    assert authors_of_account(store, "sefa") == []
    with pytest.raises(NoSuchAuthor):
        write_from(store, joined, desk.sea.id)
    with pytest.raises(NoSuchAuthor):
        rotate_code(store, desk.director, desk.sea.id)


def test_the_last_director_stays(store: Store, desk: Writers):
    with pytest.raises(NotInvited, match="only director"):
        revoke_author(store, desk.director, desk.director.id)
    second = invite(store, desk.director, Invited(Role.DIRECTOR)).author

    revoke_author(store, desk.director, desk.director.id)

    with pytest.raises(NotInvited):
        revoke_author(store, second, second.id)


def test_a_session_writes_only_as_those_it_joined(store: Store, desk: Writers):
    here, other = session(store), session(store)
    write_from(store, here, desk.sea.id)
    write_from(store, here, desk.land.id)
    write_from(store, here, desk.sea.id)

    assert author_of_session(store, here, desk.sea.id) == desk.sea
    assert author_of_session(store, here, desk.land.id) == desk.land
    assert author_of_session(store, here, desk.director.id) is None
    assert author_of_session(store, other, desk.sea.id) is None


def test_an_account_writes_as_its_own_authors_until_it_is_disabled(store: Store, desk: Writers):
    create_account(store, "sefa", PASSWORD)
    link_account(store, desk.lead, desk.sea.id, "sefa")
    here = session(store, "sefa")

    assert authors_of_account(store, "sefa") == [desk.sea]
    assert author_of_session(store, here, desk.sea.id) == desk.sea
    assert author_of_session(store, here, desk.land.id) is None
    with pytest.raises(NotInvited, match="There is no account lars"):
        link_account(store, desk.lead, desk.land.id, "lars")
    disable_account(store, "sefa")
    assert author_of_session(store, here, desk.sea.id) is None


def test_the_database_itself_keeps_codes_apart(store: Store, desk: Writers):
    with store.read("The codes") as connection:
        both = [*connection.scalars(select(seats.c.code)), *connection.scalars(select(authors.c.code))]
    assert len(set(both)) == len(both)
    with pytest.raises(Exception, match=r"(?i)unique"), store.write("A code") as connection:
        connection.execute(update(authors).values(code="SAMESAME"))
