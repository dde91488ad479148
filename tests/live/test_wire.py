"""The last step to a tablet: what it leans on in uvicorn is there, and every client can read what it writes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from tests.web.words import Served, eventually, serving
from ttx.live.wire import FULL, Framed, LiveProtocol, fits

LENGTHS = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]
"""Both sides of each length at which a frame's head grows (RFC 6455, section 5.2)."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("wire")) as house:
        yield house


def read(*messages: bytes, deflate: bool = False) -> list[str]:
    """What a client makes of these bytes; it keeps no context between messages, as was negotiated."""
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=State.OPEN, max_size=None)
    if deflate:
        client.extensions = [PerMessageDeflate(True, True, 15, 15)]
    for message in messages:
        client.receive_data(message)
    assert client.parser_exc is None
    frames = [event for event in client.events_received() if isinstance(event, Frame)]
    assert [(frame.opcode, frame.fin) for frame in frames] == [(Opcode.TEXT, True)] * len(messages)
    return [bytes(frame.data).decode() for frame in frames]


# Framing


@pytest.mark.parametrize("length", LENGTHS)
def test_a_message_of_any_length_is_read_back(length: int):
    text = "a" * length

    assert read(Framed(text).plain()) == [text]
    assert read(Framed(text).deflated(), deflate=True) == [text]


@pytest.mark.parametrize("length, head", [(125, 2), (126, 4), (65_535, 4), (65_536, 10)])
def test_the_head_is_as_short_as_it_may_be_and_not_masked(length: int, head: int):
    framed = Framed("a" * length).plain()

    assert len(framed) == head + length
    assert framed[0] == 0x81
    assert framed[1] & 0x80 == 0


def test_messages_after_each_other_need_nothing_of_those_before():
    texts = ["\N{CYRILLIC SMALL LETTER ZHE}" * 70_000, "", "{}", "\N{SNOWMAN} " * 3]
    frames = [Framed(text) for text in texts]

    assert read(*(frame.deflated() for frame in frames), deflate=True) == texts
    assert read(*(frame.plain() for frame in frames)) == texts
    assert read(frames[2].deflated(), deflate=True) == [texts[2]]


def test_a_message_is_framed_and_compressed_once():
    framed = Framed("once")

    assert framed.plain() is framed.plain()
    assert framed.deflated() is framed.deflated()


def test_markup_shrinks():
    text = '<article class="wall-card"><h3>Kestria</h3></article>' * 100

    assert len(Framed(text).deflated()) < len(text) / 20


# What it leans on


def test_the_installed_uvicorn_fits():
    assert fits() is None


def test_a_uvicorn_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(WebSocketsSansIOProtocol, "handle_connect")

    sentence = fits()

    assert sentence == "The installed uvicorn has no handle_connect on its websocket protocol; install the locked one."


def protocols(house: Served) -> list[LiveProtocol]:
    return [one for one in house.server.server_state.connections if isinstance(one, LiveProtocol)]


def test_what_the_wire_reads_of_uvicorns_protocol_is_there(house: Served):
    house.screen(house.as_head())
    protocol = protocols(house)[-1]

    assert isinstance(protocol.conn, ServerProtocol)
    assert isinstance(protocol.transport, asyncio.Transport)
    assert isinstance(protocol.writable, asyncio.Event)
    assert (protocol.handshake_complete, protocol.close_sent, protocol.writable.is_set()) == (True, False, True)
    assert protocol.transport.get_write_buffer_limits()[1] == FULL
    assert dict[str, object](protocol.scope["extensions"] or {})["ttx.wire"] is protocol.wire
    assert protocol.conn.max_message_size == house.server.config.ws_max_size == 4096


def test_compression_is_agreed_on_without_context(house: Served):
    squeezed, plain = house.line(house.as_head()), house.line(house.as_head(), compression=None)

    assert squeezed.response is not None
    assert plain.response is not None
    agreed = squeezed.response.headers["Sec-WebSocket-Extensions"]
    assert agreed.split("; ")[0] == "permessage-deflate"
    assert "server_no_context_takeover" in agreed
    assert "client_no_context_takeover" in agreed
    assert "Sec-WebSocket-Extensions" not in plain.response.headers


def test_nothing_is_written_to_a_socket_that_is_closing(house: Served):
    screen = house.screen(house.as_head())
    (wire,) = (one.wire for one in protocols(house) if one.client == screen.connection.local_address)

    screen.connection.close()

    eventually(lambda: not wire.write(Framed("{}")))


def test_the_wire_is_drained_into_when_the_socket_reads_again(tmp_path: Path):
    """What a slow socket missed is written by `resume_writing`, without any further entry."""
    with serving(tmp_path) as house:
        screen = house.screen(house.as_head(), compression=None)
        (protocol,) = protocols(house)
        loop = protocol.loop

        loop.call_soon_threadsafe(protocol.pause_writing)
        seq = house.done("announce", text="Held back")
        eventually(lambda: house.figure("ttx_dirty_regions") > 0)
        loop.call_soon_threadsafe(protocol.resume_writing)

        assert "Held back" in screen.at(seq).regions["notice"]
        assert house.figure("ttx_dirty_regions") == 0
