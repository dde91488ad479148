"""Several hands at one answer: drafts shared within a delegation and nowhere else, who holds which tablet."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.words import COOKIE, Browser, Served, refused, serving, told
from ttx.exercise.drafting import Draft
from ttx.scenario.roster import Role
from ttx.store.answer_drafts import drafts_of
from ttx.store.backup import backup, restore
from ttx.store.database import Store
from ttx.store.devices import Person, introduces, people_of
from ttx.store.seats import hash_of
from ttx.web.delegation import ENDED, TOO_FAST

CANARY = "Y2FuYXJ5LWRyYWZ0"
NAME = "Canary Person"
WHERE = "draft:D1-01:q1"


@pytest.fixture(scope="module")
def house(kept_in: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("hands")) as house:
        house.begun()
        yield house


@pytest.fixture(autouse=True)
def _hang_up(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "house" in request.fixturenames:
        request.getfixturevalue("house").hang_up()


def drafts(who: Browser, state: str, number: int = 1, *covers: Draft, **more: Any) -> httpx.Response:
    """Have a page's draft kept."""
    covered = [{"hand": one.hand, "mark": one.mark} for one in covers]
    body = {"inject": "D1-01", "question": "q1", "hand": f"{number:016x}", "version": 0, "state": state}
    return who.post(f"{who.page}/drafts", json={**body, "covers": covered, **more})


def kept(house: Served, delegation: str = "Kestria") -> tuple[Draft, ...]:
    return drafts_of(house.store, house.exercise).get((delegation, "D1-01", "q1"), ())


def introduced(who: Browser, name: str, part: str = "law") -> Browser:
    reply = who.post(
        f"{who.page}/me", data={"right": "yes", "name": name, "part": part}, headers={"accept": "application/json"}
    )
    assert reply.status_code == 204, reply.text
    return who


# Drafts


def test_a_draft_reaches_every_tablet_of_its_delegation_and_a_page_opened_later(house: Served):
    head, colleague = house.as_head(), house.as_(Role.DELEGATE, "Kestria")
    screen = house.screen(colleague)

    assert drafts(head, "AAAABBBB", 1, *kept(house)).status_code == 204

    screen.until(lambda page: "AAAABBBB" in page.regions.get(WHERE, ""))
    assert "AAAABBBB" in house.device().join(house.seat(Role.HEAD)).get(head.page).text
    assert "AAAABBBB" in house.screen(head).regions[WHERE]


def test_one_tablet_covers_what_it_has_taken_in(house: Served):
    head, colleague = house.as_head(), house.as_(Role.DELEGATE, "Kestria")
    drafts(head, "AAAA", 1, *kept(house))
    drafts(colleague, "BBBB", 2)

    assert {one.state for one in kept(house)} == {"AAAA", "BBBB"}
    drafts(head, "AABB", 1, *kept(house))
    assert {one.state for one in kept(house)} == {"AABB"}


def test_a_draft_never_leaves_its_delegation(house: Served, caplog: pytest.LogCaptureFixture, capfd: Any):
    head, name = introduced(house.as_head(), NAME), NAME
    others = {
        "another delegation": house.as_head("tamarinda"),
        "lead": house.as_lead(),
        "table facilitator": house.as_(Role.TABLE_FACILITATOR),
        "director": house.as_(Role.DIRECTOR),
        "evaluator": house.as_(Role.EVALUATOR),
        "rapporteur": house.as_(Role.RAPPORTEUR),
        "hall": house.as_(Role.PROJECTOR),
    }
    screens = {who: house.screen(browser, after=0) for who, browser in others.items()}
    lead = house.as_lead()
    watching = house.screen(lead, after=0, path=f"/live/{house.exercise}?seat={lead.seat.id}&as={head.seat.id}")
    own = house.screen(head)

    with caplog.at_level(logging.DEBUG):
        assert drafts(head, CANARY, 1, *kept(house)).status_code == 204
        own.until(lambda page: CANARY in page.regions.get(WHERE, ""))
        told(200, house.answer(head, "For the record"))
        seq = told(200, house.command(lead, "announce", text="Coffee"))["seq"]  # every page has something to show then
    for screen in (*screens.values(), watching):
        screen.at(seq)

    pages = {
        **{who: str(screen.frames) for who, screen in {**screens, "watching": watching}.items()},
        **{f"{who}, page": browser.get(browser.page).text for who, browser in others.items()},
        "watching, page": lead.get(f"{lead.page}/as/{head.seat.id}").text,
        "replay": lead.get(f"{lead.page}/replay/at/{seq}?as={head.seat.id}").text,
        "seats": lead.get(f"{lead.page}/seats").text,
        "log": lead.get(f"{house.api}/log?limit=10000").text,
        "report": house.program(Role.LEAD_FACILITATOR).get(f"{house.api}/report?tier=full&as=json").text,
        "own report": head.get(f"{house.api}/report?tier=own&as=json").text,
        "exercise": head.get(house.api).text,
        "metrics": httpx.get(f"{house.url}/metrics").text,
        "logs": caplog.text + "".join(capfd.readouterr()),
    }
    assert {who for who, page in pages.items() if CANARY in page or name in page} == set()
    assert CANARY in head.get(head.page).text
    assert name in head.get(head.page).text


def test_a_draft_is_there_after_a_restart_and_in_a_backup(tmp_path: Path):
    with serving(tmp_path / "one") as house:
        house.begun()
        drafts(house.as_head(), "KEPT")
        exercise = house.exercise
        backup(house.store, tmp_path / "backup.sqlite")
        drafts(house.as_head(), "KEPTMORE")
    with serving(tmp_path / "one", exercise) as again:
        head = again.device().join(again.seat(Role.HEAD))
        assert "KEPTMORE" in head.get(head.page).text

    restore(tmp_path / "backup.sqlite", tmp_path / "two")
    with Store(tmp_path / "two") as store:
        assert [one.state for one in drafts_of(store, exercise)["Kestria", "D1-01", "q1"]] == ["KEPT"]


def test_what_is_no_draft_or_has_no_question_is_refused(house: Served):
    head = house.as_head()

    assert "malformed" in refused(422, drafts(head, "<b>"))
    assert "question q9 of D1-01" in refused(409, drafts(head, "AAAA", question="q9"))
    assert "question calls of D1-02" in refused(409, drafts(head, "AAAA", inject="D1-02", question="calls"))
    assert refused(403, drafts(house.as_lead(), "AAAA")).startswith("A seat of role")
    head.post(f"{head.page}/language", data={"language": "fr"})
    assert "aucune question q9 de D1-01" in refused(409, drafts(head, "AAAA", question="q9"))


def test_too_many_drafts_at_once_are_told_to_wait(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        head, other = house.as_head(), house.as_(Role.DELEGATE, "Kestria")

        codes = [drafts(head, "AAAA").status_code for _ in range(60)]

        assert set(codes) == {204, 429}
        assert refused(429, drafts(head, "AAAA")) == TOO_FAST
        assert drafts(other, "BBBB", 2).status_code == 204
        house.done("close_day")
        house.done("end")
        assert refused(409, drafts(other, "CCCC", 2)) == ENDED


# Who holds which tablet


def test_a_name_is_shown_to_the_own_delegation_with_what_he_sent(house: Served):
    sender = introduced(house.device().join(house.seat(Role.HEAD)), "  Ana   Sulu ", "policy")
    colleague = house.screen(house.as_(Role.DELEGATE, "Kestria"))

    seq = told(200, house.answer(sender, "By Ana"))["seq"]

    card = colleague.at(seq).regions["question:D1-01:q1"]
    assert "<bdi>Ana Sulu</bdi> (policy)" in card
    entry = told(200, house.as_lead().get(f"{house.api}/log?after={seq - 1}"))["entries"][0]
    assert entry["body"]["by"].startswith("p")
    assert "Ana Sulu" not in str(entry)


def test_a_colleague_sees_who_is_writing_what_until_he_stops(house: Served):
    writer = introduced(house.device().join(house.seat(Role.HEAD)), "Wen")
    colleague, line = house.screen(house.as_(Role.DELEGATE, "Kestria")), house.screen(writer)

    line.connection.send('{"writing": "D1-01:q1"}')

    colleague.until(lambda page: "Wen" in page.regions.get(WHERE, ""))
    assert 'href="#question:D1-01:q1"' in colleague.regions["hands"]
    line.connection.close()
    colleague.until(lambda page: "Wen" not in page.regions["hands"] and "Wen" not in page.regions[WHERE])


def test_whose_name_is_read_when_another_delegations_device_comes_is_shown_at_once(house: Served):
    named = house.device().join(house.seat(Role.HEAD))
    colleague, _ = house.screen(house.as_(Role.DELEGATE, "Kestria")), house.screen(named)

    introduces(house.store, hash_of(named.cookies[COOKIE]), named.seat.id, "Noor", "law")
    house.screen(house.device().join(house.seat(Role.HEAD, "tamarinda")))

    colleague.until(lambda page: "Noor" in page.regions["hands"])


def test_a_tablet_on_the_wrong_seat_leaves_it(house: Served):
    listed, who = house.seat(Role.HEAD, "tamarinda"), house.device()
    who.join(listed)
    assert "You are joining as" in who.get(who.page).text
    screen = house.screen(who)

    reply = who.post(f"{who.page}/me", data={"right": "no"})

    assert (reply.status_code, reply.headers["location"]) == (303, "/join")
    assert screen.ended(timeout=2) == 4401
    assert who.get(who.page).status_code == 401


def test_who_has_confirmed_is_not_asked_again(house: Served):
    who = introduced(house.device().join(house.seat(Role.HEAD)), "")

    assert "You are joining as" not in who.get(who.page).text


# The door


def test_a_device_waits_at_the_door_until_one_tap_lets_it_in(tmp_path: Path):
    with serving(tmp_path) as house:
        lead, listed = house.as_lead(), house.seat(Role.HEAD)
        console = house.screen(lead, after=0)
        before = house.device().join(listed)
        lead.post(f"{lead.page}/seats/door", data={"keeps": "yes"})
        tablet, program = house.device(), house.device()

        waits = tablet.get(f"/j/{listed.code}")
        assert waits.status_code == 202
        assert waits.headers["refresh"].startswith("3;")
        assert "one by one" in refused(403, program.post("/api/v1/join", json={"code": listed.code}))
        assert tablet.get(f"/s/{listed.seat.id}").status_code == 401
        assert before.get(before.page).status_code == 200
        console.until(lambda page: "2 devices wait to be let in" in page.regions["door"])

        found = lead.get(f"{lead.page}/seats", params={"fresh": "yes"}).text
        assert "qrline" not in found, "an open page asks every few seconds"
        first = found.partition('name="device" value="')[2].partition('"')[0]
        assert lead.post(f"{lead.page}/seats/devices", data={"device": first, "do": "admit"}).status_code == 303
        assert tablet.get(f"/j/{listed.code}").headers["location"] == f"/s/{listed.seat.id}"
        assert tablet.get(f"/s/{listed.seat.id}").status_code == 200
        assert program.post("/api/v1/join", json={"code": listed.code}).status_code == 403
        assert house.device().join(house.seat(Role.DIRECTOR)).get(f"{house.api}").status_code == 200

        head = {"device": first, "do": "admit"}
        before.seat = listed.seat
        assert before.post(f"{before.page}/seats/devices", data=head).status_code == 403


@pytest.mark.parametrize("by", [Role.LEAD_FACILITATOR, Role.HEAD])
def test_a_lost_tablet_is_sent_away_in_one_tap_and_its_code_leads_nowhere(house: Served, by: Role):
    listed, sends = house.seat(Role.DELEGATE, "Kestria"), house.as_(by)
    lost = introduced(house.device().join(listed), f"Lost by {by}")
    screen = house.screen(lost)
    number = next(one.id for one in house_people(house) if one.name == f"Lost by {by}")
    page = sends.get(f"{sends.page}/seats").text
    assert page.count('value="lost"') == page.count('class="seat-lost"') > 0  # what it does is said beside it

    reply = sends.post(f"{sends.page}/seats/devices", data={"device": number, "do": "lost"})

    assert reply.status_code == 303
    told = sends.get(reply.headers["location"]).text
    assert "was sent away." in told
    assert "the one on paper no longer works" in told
    assert screen.ended(timeout=1) == 4401
    assert lost.get(lost.page).status_code == 401
    assert lost.get(f"/j/{listed.code}").status_code == 404
    fresh = house.device().join(house.seat(Role.DELEGATE, "Kestria"))
    assert fresh.get(fresh.page).status_code == 200


def test_a_head_sends_away_devices_of_his_own_delegation_only(house: Served):
    introduced(house.device().join(house.seat(Role.HEAD, "tamarinda")), "Foreign")
    number = next(one.id for one in house_people(house) if one.name == "Foreign")
    head = introduced(house.as_head("Kestria"), "Who looks")

    assert head.post(f"{head.page}/seats/devices", data={"device": number, "do": "lost"}).status_code == 404
    listed = head.get(f"{head.page}/seats").text
    each = [one.partition("</li>")[0] for one in listed.split("<li>") if 'name="device"' in one]
    own = [one for one in each if "Who looks" in one]
    assert ["<b>" in one for one in own] == [True]
    assert all(("<b>" in one) != ('value="lost"' in one) for one in each), "nobody has lost what he holds"
    codes = {one.code for one in (house.seat(Role.HEAD, "Kestria"), house.seat(Role.DELEGATE, "Kestria"))}
    assert all(code in listed for code in codes)
    assert house.seat(Role.HEAD, "tamarinda").code not in listed
    assert house.seat(Role.LEAD_FACILITATOR).code not in listed


def house_people(house: Served) -> list[Person]:
    return list(people_of(house.store, house.exercise).values())
