"""Somebody else's page to look at: as it was at an entry of the record, and as it is now."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from tests.web.words import Browser, Screen, Served, eventually, refused, serving
from ttx.scenario.roster import Role
from ttx.store.seats import revoke_seat
from ttx.store.tables import exercises
from ttx.web.labels import ROLES


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Something was released, and two delegations have answered."""
    with serving(tmp_path_factory.mktemp("played")) as house:
        house.begun()
        house.answer(house.as_head(), "Kestria calls the port")
        house.answer(house.as_head("tamarinda"), "Tamarinda waits")
        yield house


def key(house: Served, delegation: str) -> str:
    return house.seat(Role.HEAD, delegation).seat.id


def picture(house: Served, seq: int, whose: str = "plenary", who: Browser | None = None) -> str:
    """The page of an audience as it was after an entry."""
    who = who or house.as_lead()
    reply = who.get(f"{who.page}/replay/at/{seq}?as={whose}")
    assert reply.status_code == 200, reply.text
    return reply.text


def seq_of(house: Served, kind: str) -> int:
    """The first entry of a kind."""
    log = house.as_lead().get(f"{house.api}/log").json()["entries"]
    return int(next(entry["seq"] for entry in log if entry["kind"] == kind))


# The record played back


def test_a_picture_has_every_style_of_its_live_page(played: Served):
    def styles(text: str) -> set[str]:
        return set(re.findall(r'rel="stylesheet" href="([^"]+)"', text))

    last = played.stands()["seq"]
    hall, head = played.as_(Role.PROJECTOR), played.as_head()
    for whose, live in (("plenary", hall.get(hall.page).text), (key(played, "Kestria"), head.get(head.page).text)):
        assert styles(live) - styles(picture(played, last, whose)) == set()


def test_the_replay_lists_every_entry_and_offers_every_audience(played: Served):
    text = played.as_lead().get(f"{played.as_lead().page}/replay").text

    assert re.findall(r'<button[^>]* value="(\d+)"', text) == [str(n + 1) for n in range(played.stands()["seq"])]
    assert "Kestria answers D1-01" in text
    offered = re.findall(r'<option[^>]*data-page="(\w+)"[^>]*>([^<]+)</option>', text)
    assert offered[:3] == [
        ("plenary", "Plenary screen"),
        ("tablet", "Kestria"),
        ("tablet", "Federated Islands of Tamarinda"),
    ]
    consoles = {name.partition(",")[0] for page, name in offered if page == "console"}
    assert {ROLES[Role.LEAD_FACILITATOR], ROLES[Role.DIRECTOR], ROLES[Role.TABLE_FACILITATOR]} == consoles


def test_a_picture_shows_what_there_was_to_see_and_nothing_of_later_or_of_others(played: Served):
    answered, mine = seq_of(played, "ResponseSubmitted"), key(played, "Kestria")

    before, after = picture(played, answered - 1, mine), picture(played, answered, mine)
    others = picture(played, played.stands()["seq"], key(played, "tamarinda"))

    assert "Crossings double" in before
    assert "Kestria calls the port" not in before
    assert "Kestria calls the port" in after
    assert "Tamarinda waits" in others
    assert "Kestria calls the port" not in others
    assert "Crossings double" not in picture(played, seq_of(played, "DayOpened"), mine)


def test_a_picture_is_the_page_itself_with_everything_in_it_switched_off(played: Served):
    text = picture(played, played.stands()["seq"], key(played, "Kestria"))
    scripts = re.findall(r"<script[^>]*>", text)

    assert 'data-live=""' in text
    assert [one for one in scripts if "theme.js" not in one] == []
    body = text.partition('<fieldset class="still-page" disabled>')[2].rpartition('<div id="toasts"')[0]
    assert "<form" in body
    assert body.count("<fieldset") + 1 == body.count("</fieldset>")
    assert "<form" not in text.partition('<fieldset class="still-page" disabled>')[0]


def test_what_was_fetched_once_is_not_sent_again_until_the_past_is_another(played: Served):
    lead = played.as_lead()
    address = f"{lead.page}/replay/at/2?as={key(played, 'Kestria')}"
    first = lead.get(address)

    again = lead.get(address, headers={"if-none-match": first.headers["etag"]})
    other = lead.get(address.replace("at/2", "at/3"), headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


def test_a_restored_backup_has_a_past_of_its_own(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("restored")) as house:
        lead = house.as_lead()
        tag = lead.get(f"{lead.page}/replay/at/1").headers["etag"]
        with house.store.write("Another epoch") as connection:
            connection.execute(update(exercises).values(epoch="another"))

        eventually(lambda: lead.get(f"{lead.page}/replay/at/1").headers["etag"] != tag)


def test_a_picture_needs_an_entry_and_an_audience_that_are_there(played: Served):
    lead = played.as_lead()

    for path in (f"at/{played.stands()['seq'] + 1}", "at/1?as=nobody", "at/99999999999999999999"):
        assert refused(404, lead.get(f"{lead.page}/replay/{path}")) == "There is nothing at this address."
    assert lead.get(f"{lead.page}/replay/at/0").status_code == 422


def test_a_picture_may_be_framed_by_nobody(played: Served):
    lead = played.as_lead()

    for path in ("replay", "replay/at/1"):
        policy = lead.get(f"{lead.page}/{path}").headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy


def test_no_delegation_plays_the_record_back_not_even_after_the_end(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("ended")) as house:
        house.done("end")

        for role in set(Role) - {Role.DIRECTOR, Role.LEAD_FACILITATOR}:
            who = house.as_(role)
            for path in ("replay", "replay/at/1", f"replay/at/1?as={who.seat.id}"):
                assert "may not play the record back" in refused(403, who.get(f"{who.page}/{path}"))
        assert house.as_lead().get(f"{house.as_lead().page}/replay").status_code == 200


# A delegation's page as it is now


def test_a_facilitator_sees_what_a_delegation_sees_and_is_told_so(played: Served):
    lead = played.as_lead()

    text = lead.get(f"{lead.page}/as/{key(played, 'Kestria')}").text

    assert "You see what Kestria sees." in text
    assert "Nothing can be sent from here." in text
    assert "Kestria calls the port" in text
    assert "Tamarinda waits" not in text
    assert "tablet.js" not in text
    assert '<fieldset class="still-page" disabled>' in text


def test_the_console_offers_the_tablets_its_seat_may_look_at(played: Served):
    lead, table = played.as_lead(), played.as_(Role.TABLE_FACILITATOR, None, "T1")
    both = {key(played, "Kestria"), key(played, "tamarinda")}

    offered = {who.seat.role: set(re.findall(r"/as/(\w+)", who.get(who.page).text)) for who in (lead, table)}

    assert offered == {Role.LEAD_FACILITATOR: both, Role.TABLE_FACILITATOR: {key(played, "Kestria")}}


def test_a_table_facilitator_looks_at_the_own_table_only(played: Served):
    table = played.as_(Role.TABLE_FACILITATOR, None, "T1")

    assert table.get(f"{table.page}/as/{key(played, 'Kestria')}").status_code == 200
    for other in (key(played, "tamarinda"), table.seat.id, "nobody"):
        sentence = refused(403, table.get(f"{table.page}/as/{other}"))
        assert "those of the own table" in sentence


def watches(house: Served, who: Browser, delegation: str) -> Screen:
    return Screen(house.line(who, f"/live/{house.exercise}?seat={who.seat.id}&as={key(house, delegation)}"))


def test_a_looked_at_page_gets_the_frames_that_its_delegation_gets(played: Served):
    head = played.screen(played.as_head())
    looking = watches(played, played.as_lead(), "Kestria")
    now = played.stands()
    looking.hello(now["epoch"], now["seq"])
    looking.frame()

    seq = played.answer(played.as_head(), "Kestria calls again").json()["seq"]
    played.answer(played.as_head("tamarinda"), "Tamarinda waits on")
    last = played.done("announce", text="Both hear this")
    head.at(last)
    looking.at(last)

    assert "Kestria calls again" in looking.regions["question:D1-01:q1"]
    # Who is at the tablets, and which of them sent an answer, is for the delegation alone.
    own = {"hands", "question:D1-01:q1"}
    assert {name: text for name, text in looking.regions.items() if name not in own} == {
        name: text for name, text in head.regions.items() if name not in own
    }
    assert "hands" not in looking.regions
    assert not any("Tamarinda waits on" in str(frame) for frame in looking.frames)
    assert looking.seq >= seq


@pytest.mark.parametrize("role, table", [(Role.TABLE_FACILITATOR, "T1"), (Role.HEAD, None), (Role.EVALUATOR, None)])
def test_a_socket_follows_another_page_only_where_its_seat_may_look(played: Served, role: Role, table: str | None):
    who = played.as_(role, "Kestria" if role is Role.HEAD else None, table)

    assert watches(played, who, "tamarinda").ended() == 4401


def test_looking_at_a_delegations_page_does_not_make_it_present(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("present")) as house:
        lead = house.as_lead()
        now = house.stands()
        looking = watches(house, lead, "Kestria")
        looking.hello(now["epoch"], now["seq"])
        looking.frame()

        assert 'data-presence="here"' not in lead.get(lead.page).text
        house.screen(house.as_head())
        assert 'data-presence="here"' in lead.get(lead.page).text


def test_nothing_can_be_answered_by_who_only_looks(played: Served):
    lead = played.as_lead()

    assert "may not submit" in refused(403, played.answer(lead, "Not mine"))


def test_a_tablet_that_moved_had_its_page_at_the_table_it_sat_at(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("moved")) as house:
        mine = key(house, "Kestria")
        house.done("open_day")
        here = house.done("release", inject="D1-01", tables=["T1"])
        house.done("move_seat", seat=mine, table="T2")
        there = house.done("release", inject="D1-02", tables=["T2"])

        assert "Crossings double" in picture(house, here, mine)
        assert "A boat leaves Merevale" in picture(house, there, mine)


def test_a_tablet_that_was_revoked_is_still_in_the_past(tmp_path_factory: pytest.TempPathFactory):
    with serving(tmp_path_factory.mktemp("revoked")) as house:
        gone = key(house, "tamarinda")
        revoke_seat(house.store, gone)

        assert "Federated Islands of Tamarinda" in picture(house, 1, gone)
