"""The socket's protocol: hello, frames, ping, close codes; catching up; a socket that does not read."""

import json
import socket
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from tests.web.words import PATIENCE, Screen, Served, eventually, serving
from ttx.live.wire import LiveProtocol
from ttx.scenario.roster import Role


def closes(screen: Screen, *said: str | bytes) -> int:
    """The code with which the server closes after it was told this."""
    for message in said:
        screen.connection.send(message)
    return screen.ended()


def hello(house: Served, after: int = 0) -> str:
    return json.dumps({"hello": {"epoch": house.stands()["epoch"], "after": after}})


# Hello and frames


def test_a_hello_is_answered_with_a_frame_even_if_nothing_changed(house: Served):
    now = house.stands()

    screen = Screen(house.line(house.as_head()))
    screen.hello(now["epoch"], now["seq"])
    frame = screen.frame()

    assert frame["seq"] == now["seq"]
    assert frame["gone"] == []


def test_what_a_command_changes_comes_as_frames_to_those_it_concerns(house: Served):
    house.begun()
    lead, head, other = (house.screen(who) for who in (house.as_lead(), house.as_head(), house.as_head("tamarinda")))

    seq = house.done("announce", text="Coffee is served")
    answered = house.answer(house.as_head(), "We call the port").json()["seq"]

    assert "Coffee is served" in other.at(seq).regions["notice"]
    assert "We call the port" in head.at(answered).regions["question:D1-01:q1"]
    assert "We call the port" in lead.at(answered).regions["wall:Kestria"]
    assert not any("We call the port" in str(frame) for frame in other.frames)


def test_a_release_reaches_only_its_audience(house: Served):
    house.begun()
    sea, land = house.screen(house.as_head()), house.screen(house.as_head("tamarinda"))

    seq = house.done("release", inject="D1-02")
    house.done("announce", text="Both hear this")

    assert "A boat leaves Merevale" in sea.at(seq).regions["development:D1-02"]
    land.until(lambda screen: "Both hear this" in screen.regions.get("notice", ""))
    assert not any("D1-02" in json.dumps(frame) for frame in land.frames)


def test_ping_is_answered_with_the_servers_clock(house: Served):
    screen = house.screen(house.as_head())
    before = time.time_ns() // 1_000_000

    screen.connection.send('{"ping": 7}')
    said = json.loads(screen.connection.recv(PATIENCE))
    while "regions" in said:  # that this page has come is told to it too, a moment after it came
        said = json.loads(screen.connection.recv(PATIENCE))

    assert list(said) == ["pong"]
    assert before <= said["pong"] <= time.time_ns() // 1_000_000


@pytest.mark.parametrize("role", [Role.PROJECTOR, Role.EVALUATOR, Role.TABLE_FACILITATOR, Role.DIRECTOR])
def test_every_live_page_has_a_socket(house: Served, role: Role):
    screen = house.screen(house.as_(role), after=0)

    assert {"bar", "timer", "notice"} <= screen.regions.keys()


def test_each_attempt_of_a_page_may_have_an_address_of_its_own(house: Served):
    who = house.as_head()

    screen = house.screen(who, after=0, path=f"/live/{house.exercise}/7?seat={who.seat.id}")

    assert {"bar", "timer", "notice"} <= screen.regions.keys()


def test_a_facilitator_previews_the_hall_and_nobody_else_does(house: Served):
    for who, shows_stage in ((house.as_lead(), True), (house.as_head(), False)):
        path = f"/live/{house.exercise}?seat={who.seat.id}&page=plenary"

        screen = Screen(house.line(who, path))
        screen.connection.send(hello(house))
        screen.frame()

        assert ("stage" in screen.regions) is shows_stage


# Close codes


def test_a_wrong_epoch_is_told_to_resync(house: Served):
    screen = Screen(house.line(house.as_head()))

    assert closes(screen, '{"hello": {"epoch": "another", "after": 0}}') == 4001


def test_a_future_that_this_history_has_not_reached_is_told_to_resync(house: Served):
    screen = Screen(house.line(house.as_head()))

    assert closes(screen, hello(house, after=house.stands()["seq"] + 1)) == 4001


def test_a_number_beyond_all_numbers_is_told_to_resync(house: Served):
    screen = Screen(house.line(house.as_head()))

    assert closes(screen, hello(house, after=10**30)) == 4001


def test_a_socket_without_a_seat_is_accepted_and_told_so(house: Served):
    assert closes(Screen(house.line(None))) == 4401


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUTHOR, Role.ANALYST])
def test_a_seat_that_has_no_live_page_is_told_so(house: Served, role: Role):
    assert closes(Screen(house.line(house.program(role)))) == 4401


@pytest.mark.parametrize(
    "said",
    ["rubbish", "[]", "{}", '{"hello": {}}', '{"hello": {"epoch": 1}}', '{"ping": 1}', b"\x00", "[" * 4000,
     '{"hello": {"epoch": "x", "after": "many"}}', '{"hello": {"epoch": "x", "more": 1}}'],
)  # fmt: skip
def test_a_first_message_that_is_no_hello_closes_the_socket(house: Served, said: str | bytes):
    assert closes(Screen(house.line(house.as_head())), said) == 4400


@pytest.mark.parametrize("said", ["rubbish", "[]", "7", '"ping"', '{"pong": 1}', b"\x00", "[" * 4000])
def test_a_later_message_that_is_no_ping_closes_the_socket(house: Served, said: str | bytes):
    assert closes(house.screen(house.as_head()), said) == 4400


def test_a_message_longer_than_any_of_ours_is_not_read(house: Served):
    assert closes(house.screen(house.as_head()), json.dumps({"ping": "x" * 10_000})) == 1009


def test_when_the_exercise_ends_the_last_frames_come_before_the_close(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        screens = [house.screen(house.as_lead()), house.screen(house.as_head())]
        house.done("close_day")

        seq = house.done("end")
        codes = [screen.ended() for screen in screens]

        assert codes == [4003, 4003]
        assert [screen.seq for screen in screens] == [seq, seq]
        assert "has ended" in screens[1].regions["notice"]

        late = house.screen(house.as_head(), after=0)
        assert "has ended" in late.regions["notice"]
        assert late.ended() == 4003


def test_a_slow_page_gets_its_last_frames_before_the_close(tmp_path: Path):
    with serving(tmp_path) as house:
        screen = house.screen(house.as_head())
        (protocol,) = (one for one in house.server.server_state.connections if isinstance(one, LiveProtocol))
        protocol.loop.call_soon_threadsafe(protocol.pause_writing)

        seq = house.done("end")
        time.sleep(1.2)  # two beats
        protocol.loop.call_soon_threadsafe(protocol.resume_writing)

        assert screen.ended() == 4003
        assert screen.seq == seq


# Catching up


def test_a_page_that_comes_back_shows_what_one_shows_that_never_left(tmp_path: Path):
    with serving(tmp_path) as house:
        house.begun()
        always, left = house.screen(house.as_lead(), after=0), house.screen(house.as_lead(), after=0)
        left.connection.close()

        house.done("pause")
        house.done("resume")
        house.answer(house.as_head(), "While you were away")
        house.done("add_inject", title="A rumour", text="It spreads.")
        last = house.done("announce", text="You missed something")
        back = house.screen(house.as_lead(), after=left.seq)
        left.regions |= back.regions

        always.at(last)
        assert back.seq == last
        assert {name: html for name, html in left.regions.items() if not name.startswith("table:")} == {
            name: html for name, html in always.regions.items() if not name.startswith("table:")
        }
        assert "While you were away" in back.regions["wall:Kestria"]
        assert any("A rumour" in html for name, html in back.regions.items() if name.startswith("run:"))


def test_a_page_that_missed_nothing_is_sent_only_what_is_not_in_the_record(house: Served):
    house.begun()

    tablet, console = house.screen(house.as_head()), house.screen(house.as_lead())

    assert set(tablet.frames[0]["regions"]) == {"notice", "hands"}
    assert {name.partition(":")[0] for name in console.frames[0]["regions"]} == {"notice", "table", "comms", "door"}


def test_a_table_shows_who_is_connected(house: Served):
    console = house.screen(house.as_lead(), after=0)
    empty = console.regions["table:T2"]

    tablet = house.screen(house.as_head("tamarinda"))
    console.until(lambda screen: screen.regions["table:T2"] != empty)
    there = console.regions["table:T2"]
    tablet.connection.close()

    console.until(lambda screen: screen.regions["table:T2"] != there)


# On the wire

TEXT = "\N{RAISED HAND}" * 2000
"""As many signs as an announcement may have, four bytes each."""


@pytest.mark.parametrize("bits", [None, 15, 12, 9])
def test_whatever_window_a_client_asks_for_it_can_read_the_frames(house: Served, bits: int | None):
    house.begun()
    for number in range(3):
        house.answer(house.as_head(), "".join(chr(0x4E00 + number * 7000 + sign) for sign in range(7000)))
    asks = [ClientPerMessageDeflateFactory(server_max_window_bits=bits)]

    plain = house.screen(house.as_head(), after=0, compression=None)
    squeezed = house.screen(house.as_head(), after=0, compression=None, extensions=asks)
    house.done("announce", text="x" * 2000)

    for screen in (plain, squeezed):
        screen.until(lambda screen: "xxxx" in screen.regions.get("notice", ""))
    assert [one.name for one in squeezed.connection.protocol.extensions] == ["permessage-deflate"]
    assert plain.connection.protocol.extensions == []
    assert squeezed.regions == plain.regions
    assert len(plain.regions["question:D1-01:q1"].encode()) > 20_000


def narrow(house: Served) -> socket.socket:
    """A connection whose ends hold only a few kilobytes on their way."""
    house.server.servers[0].sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", int(house.url.rpartition(":")[2])))
    return line


def test_a_socket_that_never_reads_delays_nobody_and_gets_the_latest_when_it_does(tmp_path: Path):
    with serving(tmp_path) as house:
        stuck = house.screen(house.as_head(), sock=narrow(house), compression=None, max_queue=1)
        reads = house.screen(house.as_head("tamarinda"))

        for number in range(60):
            reads.at(house.done("announce", text=f"{number} {TEXT[:1990]}"))
        last = house.stands()["seq"]
        slow = house.figure("ttx_dirty_regions")
        stuck.at(last)

        assert slow > 0
        assert len(stuck.frames) < 50
        assert "59 " in stuck.regions["notice"]
        assert len(reads.frames) > 59


def test_a_socket_that_never_reads_loses_its_seat_like_any_other(tmp_path: Path):
    with serving(tmp_path) as house:
        head = house.as_head()
        stuck = house.screen(head, sock=narrow(house), compression=None, max_queue=1)
        for number in range(40):
            house.done("announce", text=f"{number} {TEXT[:1990]}")
            time.sleep(0.05)
        assert house.figure("ttx_dirty_regions") > 0

        head.post("/logout")

        eventually(lambda: house.figure("ttx_sockets") == 0, 3)
        with pytest.raises(ConnectionClosed):
            stuck.until(lambda _: False)


def test_closed_sockets_are_forgotten(house: Served):
    before = house.figure("ttx_sockets")
    screens = [house.screen(house.as_head()) for _ in range(5)]
    assert house.figure("ttx_sockets") >= 5

    for screen in screens[:3]:
        screen.connection.close()
    for screen in screens[3:]:
        screen.connection.socket.shutdown(socket.SHUT_RDWR)

    eventually(lambda: house.figure("ttx_sockets") <= before)
