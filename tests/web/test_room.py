"""The room through the server: who is there and writes, messages, the connection check, moved seats, the stop."""

import json
import re
from pathlib import Path

import httpx
import pytest

from tests.web.words import Browser, Screen, Served, refused, serving, told
from ttx.exercise.rights import RULES
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.web.socket import SAYS, Said


def says(screen: Screen, **message: object) -> None:
    screen.connection.send(json.dumps(message))


def everybody(house: Served) -> dict[str, Browser]:
    return {
        "lead": house.as_lead(),
        "table facilitator": house.as_(Role.TABLE_FACILITATOR, table="T1"),
        "head": house.as_head(),
        "other head": house.as_head("tamarinda"),
        "evaluator": house.as_(Role.EVALUATOR),
        "projector": house.as_(Role.PROJECTOR),
    }


# Who is there, and who writes


def test_a_table_counts_devices_and_not_tabs(house: Served):
    console, head = house.screen(house.as_lead(), after=0), house.as_head("tamarinda")

    house.screen(head)
    house.screen(head)
    house.screen(house.device().join(house.seat(Role.HEAD, "tamarinda")))

    console.until(lambda screen: "2 devices" in screen.regions["table:T2"])


def test_who_writes_is_shown_on_consoles_for_a_while_and_nowhere_else(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        screens = {name: house.screen(who, after=0) for name, who in everybody(house).items()}

        says(screens["head"], writing="D1-01:q1")
        screens["lead"].until(lambda screen: "sat-writing" in screen.regions["table:T1"])
        screens["lead"].until(lambda screen: "sat-writing" not in screen.regions["table:T1"], 15)

        seq = house.done("announce", text="Done")
        heard = {name: json.dumps(screen.at(seq).frames) for name, screen in screens.items()}
        assert {name for name, frames in heard.items() if "sat-writing" in frames} == {"lead", "table facilitator"}
        assert house.stands()["seq"] == seq


def test_nobody_writes_at_a_question_that_is_not_on_his_screen(house: Served):
    house.begun()
    console, head = house.screen(house.as_lead(), after=0), house.screen(house.as_head())

    says(head, writing="D1-05:first")
    seq = house.done("announce", text="Now")
    head.at(seq)
    console.at(seq)

    assert "sat-writing" not in json.dumps(console.frames)


@pytest.mark.parametrize("role", [Role.LEAD_FACILITATOR, Role.EVALUATOR, Role.PROJECTOR, Role.HEAD, Role.DELEGATE])
@pytest.mark.parametrize("word", sorted(SAYS))
def test_each_role_says_on_its_socket_what_the_table_of_rights_lets_it(house: Served, role: Role, word: str):
    screen = house.screen(house.as_(role))

    says(screen, **{word: {"ping": 1, "writing": "D1-01:q1", "got": 1}[word]})
    if role in RULES[SAYS[word]]:
        says(screen, ping=2)
        while "pong" not in screen.connection.recv(10):
            pass
    else:
        assert screen.ended() == 4400


def test_every_word_of_the_socket_has_a_rule():
    assert set(SAYS) == set(Said.model_fields)


# Messages


def test_what_a_table_and_control_write_is_read_there_and_by_control_alone(house: Served):
    screens = {name: house.screen(who, after=0) for name, who in everybody(house).items()}

    house.done("tell", table="T1", text="Five more minutes.", sense="nudge")
    house.done("call", house.as_head(), text="Where is the map?", sense="message")
    seq = house.done("call", house.as_(Role.EVALUATOR), text="We are two too many.", sense="help")

    for text, told_ in (("Five more minutes.", "nudge:T1"), ("Where is the map?", "thread:T1")):
        heard = {name for name, screen in screens.items() if text in json.dumps(screen.at(seq).frames)}
        assert heard == {"lead", "table facilitator", "head", "evaluator"}, told_
    assert "We are two too many." in screens["lead"].regions["calls"]
    house.done("settle_help", message=seq)
    screens["lead"].until(lambda screen: "We are two too many." not in screen.regions["calls"])
    screens["head"].until(lambda screen: "help, seen to" in screen.regions["thread:T1"])


def test_a_page_opened_later_has_its_own_tables_messages_and_no_others(house: Served):
    house.done("tell", table="T1", text="For the first table")
    house.done("tell", table="T2", text="For the second table")

    pages = {name: who.get(who.page).text for name, who in everybody(house).items()}

    assert {name for name, page in pages.items() if "For the first table" in page} == {
        "lead", "table facilitator", "head", "evaluator",
    }  # fmt: skip
    assert {name for name, page in pages.items() if "For the second table" in page} == {"lead", "other head"}


def test_a_later_message_takes_the_place_of_a_nudge_and_nothing_floats_over_an_evaluators_fields(house: Served):
    house.begun()
    screens = {name: house.screen(who, after=0) for name, who in everybody(house).items()}

    house.done("tell", table="T1", text="We wait.", sense="nudge")
    seq = house.done("tell", table="T1", text="Lunch is at one.")

    assert "Lunch is at one." in screens["head"].at(seq).regions["nudge:T1"]
    assert "nudge:T1" not in screens["evaluator"].at(seq).regions


def test_nobody_is_waited_for_at_a_development_that_was_taken_back(house: Served):
    house.begun()
    console = house.screen(house.as_lead(), after=0)

    console.until(lambda screen: "0/" in screen.regions["table:T1"])
    house.done("recall", inject="D1-01")
    console.until(lambda screen: "0/" not in screen.regions["table:T1"])


# The connection check


def test_a_connection_check_tells_which_devices_heard_it_and_how_fast(tmp_path: Path):
    with serving(tmp_path) as house:
        console = house.screen(house.as_lead(), after=0)
        assert "Check connections" in console.regions["comms"]
        house.done("check_comms")
        console.until(lambda screen: "2 delegations have no device connected" in screen.regions["comms"])
        hears, silent = house.screen(house.as_head()), house.screen(house.as_head("tamarinda"))

        check = house.done("check_comms")
        hears.until(lambda screen: f'data-check="{check}"' in screen.regions.get("comms-test", ""))
        says(hears, got=check)
        console.until(lambda screen: "1 device has answered" in screen.regions["comms"])
        ms = re.search(r"the slowest after (\d+) ms", console.regions["comms"])
        assert ms is not None
        assert 0 <= int(ms[1]) < 10_000
        assert "1 device is connected and has not answered" in console.regions["comms"]

        silent.connection.close()
        console.until(lambda screen: "lost its connection" in screen.regions["comms"])
        again = house.done("check_comms")
        console.until(lambda screen: f'data-check="{again}"' in screen.regions["comms"])
        assert "1 device has answered" not in console.regions["comms"]
        says(hears, got=check)  # the answer to an old check counts for nothing
        says(hears, got=again)
        console.until(lambda screen: "1 device has answered" in screen.regions["comms"])


def test_a_connection_check_is_over_once_a_day_opens_and_does_not_come_back_when_it_closes(tmp_path: Path):
    with serving(tmp_path) as house:
        console = house.screen(house.as_lead(), after=0)
        check = house.done("check_comms")
        console.until(lambda screen: f'data-check="{check}"' in screen.regions["comms"])

        for turn in ("open_day", "close_day"):
            seq = house.done(turn)
            console.at(seq)
            assert "data-check" not in console.regions["comms"]


def test_a_table_facilitator_reads_the_check_of_the_own_table_only(tmp_path: Path):
    with serving(tmp_path) as house:
        facilitator = house.screen(house.as_(Role.TABLE_FACILITATOR, table="T1"), after=0)
        house.screen(house.as_head())

        check = house.done("check_comms")

        facilitator.until(lambda screen: f'data-check="{check}"' in screen.regions["comms"])
        assert "Kestria" in facilitator.regions["comms"]
        assert "Tamarinda" not in facilitator.regions["comms"]
        assert "check_comms" not in facilitator.regions["comms"]


# A table's facilitator


def test_a_table_facilitator_releases_to_the_own_table_when_the_lead_lets_tables_release(tmp_path: Path):
    with serving(tmp_path) as house:
        facilitator, other = house.as_(Role.TABLE_FACILITATOR, table="T1"), house.as_head("tamarinda")
        screen, head, away = (house.screen(who, after=0) for who in (facilitator, house.as_head(), other))
        screen.at(house.done("open_day"))
        before = screen.regions["desk"]

        screen.at(house.done("allow_tables", allowed=True))
        assert 'value="release"' not in before
        assert 'value="release"' in screen.regions["desk"]
        seq = house.done("release", facilitator, inject="D1-01")

        assert "development:D1-01" in head.at(seq).regions
        assert 'value="D1-01"' not in screen.at(seq).regions["desk"]
        assert "development:D1-01" not in away.at(house.done("announce", text="Go on")).regions


# Moved seats


def test_a_seat_that_moved_reads_its_new_tables_messages_and_no_longer_the_old_ones(tmp_path: Path):
    with serving(tmp_path) as house:
        house.done("tell", table="T1", text="For the first table")
        house.done("tell", table="T2", text="For the second table")
        head = house.as_head()
        open_page, drawn = house.screen(head), house.stands()["seq"]

        house.done("move_seat", seat=head.seat.id, table="T2")

        assert open_page.ended() == 4001
        page = head.get(head.page).text
        assert "For the second table" in page
        assert "For the first table" not in page
        late = Screen(house.line(head))  # a tablet that was offline meanwhile
        late.hello(house.stands()["epoch"], drawn)
        assert late.ended() == 4001
        now = house.screen(head, after=house.stands()["seq"])
        house.done("call", head, text="We have moved.", sense="message")
        now.until(lambda screen: "We have moved." in screen.regions.get("thread:T2", ""))
        assert told(200, house.device().post("/api/v1/join", json={"code": house.seat(Role.HEAD, "Kestria").code}))[
            "seat"
        ]["table"] == "T2"  # fmt: skip


def test_a_delegation_is_at_the_tables_where_its_seats_are(tmp_path: Path):
    with serving(tmp_path) as house:
        console = house.screen(house.as_lead(), after=0)
        head, delegate = (house.seat(role, "Kestria").seat.id for role in (Role.HEAD, Role.DELEGATE))

        seq = house.done("move_seat", seat=head, table="T2")
        console.at(seq)
        assert all("Kestria" in console.regions[f"table:{table}"] for table in ("T1", "T2"))
        console.at(house.done("move_seat", seat=delegate, table="T2"))

        assert "Kestria" not in console.regions["table:T1"]
        assert "Kestria" in console.regions["table:T2"]


def test_no_client_says_where_the_rest_of_a_delegation_sits(house: Served):
    head = house.as_head().seat.id

    lies = house.command(house.as_lead(), "move_seat", seat=head, table="T2", delegation="tamarinda", tables=["T1"])
    unknown = house.command(house.as_lead(), "move_seat", seat="s0", table="T2")
    nowhere = house.command(house.as_lead(), "move_seat", seat=head, table="T9")

    assert "delegation" in refused(422, lies)
    assert refused(409, unknown) == "There is no seat s0 in this exercise, or it was revoked."
    assert "There is no table T9" in refused(409, nowhere)


def test_a_seat_is_moved_on_the_page_of_seats(tmp_path: Path):
    with serving(tmp_path) as house:
        lead, head = house.as_lead(), house.as_head().seat.id

        moved = lead.post(f"{lead.page}/seats/move", data={"which": head, "table": "T2"})

        assert moved.status_code == 303
        card = lead.get(f"{lead.page}/seats").text.split(f'id="seat-{head}"')[1].split("</li>")[0]
        assert "Table 2" in card
        assert "Moved from" not in card


def test_a_move_says_what_becomes_of_drafts_and_answers_and_is_taken_back_with_one_press(tmp_path: Path):
    with serving(tmp_path) as house:
        lead, head = house.as_lead(), house.as_head().seat.id

        def card(reply: httpx.Response) -> str:
            return lead.get(reply.headers["location"]).text.split(f'id="seat-{head}"')[1].split("seat-mark")[0]

        there = card(lead.post(f"{lead.page}/seats/move", data={"which": head, "table": "T2"}))
        assert "Moved from Table 1 to Table 2." in there
        assert "answers and drafts are kept" in there
        assert "Move back to Table 1" in there

        back = card(lead.post(f"{lead.page}/seats/move", data={"which": head, "table": "T1", "back": "yes"}))

        assert "Moved from Table 2 to Table 1." in back
        assert ("Move back to" in there, "Move back to" in back) == (True, False)
        log = told(200, lead.get(f"{house.api}/log"))["entries"]
        assert [one["body"]["table"] for one in log if one["kind"] == "SeatMoved"] == ["T2", "T1"]


def test_after_a_restart_whoever_had_joined_is_not_back_yet(tmp_path: Path):
    with serving(tmp_path) as house:
        house.as_head("Kestria")
        exercise = house.exercise
    with serving(tmp_path, exercise) as house:
        page = house.as_lead().get(house.as_lead().page).text

    assert (page.count("not back yet"), page.count("not joined yet")) == (1, 1)


# The stop


def test_a_real_emergency_is_on_every_screen_at_once_and_answers_are_still_taken(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        screens = {name: house.screen(who, after=0) for name, who in everybody(house).items()}

        house.done("stop", house.as_(Role.TABLE_FACILITATOR, table="T1"), text="Leave by the north stairs.")

        for name, screen in screens.items():
            screen.until(lambda screen: "data-stopped" in screen.regions["stop"])
            assert "Leave by the north stairs." in screen.regions["stop"]
            assert ("stand_down" in screen.regions["stop"]) is (name == "lead")
        told(200, house.answer(house.as_head(), "We leave."))
        assert "stand down first" in refused(409, house.command(house.as_lead(), "resume"))
        house.done("stand_down")
        assert house.stands()["status"] == "paused"
        house.done("resume")
        kinds = [one["kind"] for one in told(200, house.as_lead().get(f"{house.api}/log"))["entries"]]
        assert kinds[-4:] == ["EmergencyDeclared", "ResponseSubmitted", "EmergencyLifted", "ExerciseResumed"]


def test_every_page_of_those_who_may_stop_leads_to_the_stop_and_no_page_of_others(house: Served):
    lead, head = house.as_lead(), house.as_head()
    for page in ("", "/recap", "/manual", "/seats", "/report", "/replay", "/rehearsal"):
        shown = lead.get(f"{lead.page}{page}")
        assert (page, shown.status_code, "stop-button" in shown.text) == (page, 200, True)
    for page in ("", "/recap", "/manual"):
        shown = head.get(f"{head.page}{page}")
        assert (page, shown.status_code, "stop-button" in shown.text) == (page, 200, False)


# People online


def test_links_and_codes_carry_the_public_address_if_there_is_one(tmp_path: Path):
    public = "https://ttx.example.org"
    with serving(tmp_path, settings=Settings(public_address=public + "/")) as house:
        lead = house.as_lead()

        page = lead.get(f"{lead.page}/seats").text

        assert f'dir="ltr">{public}</p>' in page
        assert house.url not in page
        assert lead.post("/join", data={"code": "x"}, headers={"origin": public}).status_code == 404
        assert lead.post("/join", data={"code": "x"}, headers={"origin": "https://else.example"}).status_code == 403
