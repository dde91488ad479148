"""The last step to a tablet: bytes framed and compressed once, written to each socket's transport.

uvicorn's websocket protocol frames and compresses each message for each connection. With 1,000 connections
and 4 KB that is 10,000 messages a second; written ready-made it is 57,000 (two cores, loopback). So a small
subclass lets the application write bytes that are framed already. It leans on attributes that uvicorn and
websockets do not promise, so `fits` looks for them at start and `tests/live/test_wire.py` holds them.
"""

import asyncio
import zlib
from asyncio.selector_events import _SelectorSocketTransport  # type: ignore[attr-defined]  # not public
from collections.abc import Callable
from functools import cached_property
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

SCOPE_KEY = "ttx.wire"
"""Where an ASGI scope's extensions carry the socket's Wire."""

FULL = 256 * 1024
"""Bytes that may wait in a transport before its socket counts as slow and is left dirty."""

WINDOW_BITS = 15
"""Compression looks back over 32 KB. A client that asked for less gets its messages plain."""

_FIN, _COMPRESSED = 0x80, 0x40


def _header(length: int, flags: int, opcode: int) -> bytes:
    """The head of an unmasked server frame (RFC 6455, section 5.2)."""
    first = bytes([flags | opcode])
    if length < 126:
        return first + bytes([length])
    if length < 65_536:
        return first + b"\x7e" + length.to_bytes(2, "big")
    return first + b"\x7f" + length.to_bytes(8, "big")


class Framed:
    """One text message, framed once and compressed at most once, for any number of sockets."""

    __slots__ = ("_deflated", "_plain", "_text")

    def __init__(self, text: str) -> None:
        self._text = text.encode()
        self._plain: bytes | None = None
        self._deflated: bytes | None = None

    def plain(self) -> bytes:
        """The message for a socket that negotiated no compression."""
        if self._plain is None:
            self._plain = _header(len(self._text), _FIN, Opcode.TEXT) + self._text
        return self._plain

    def deflated(self) -> bytes:
        """The message for a socket with permessage-deflate and no context kept by the server (RFC 7692)."""
        if self._deflated is None:
            squeeze = zlib.compressobj(level=6, wbits=-WINDOW_BITS)
            body = squeeze.compress(self._text) + squeeze.flush(zlib.Z_SYNC_FLUSH)
            body = body[:-4]
            self._deflated = _header(len(body), _FIN | _COMPRESSED, Opcode.TEXT) + body
        return self._deflated


class Wire:
    """What the application may do with a socket besides ASGI: write framed bytes, and hear when it has drained."""

    __slots__ = ("_protocol", "_send", "_transport", "on_drained", "slow")

    def __init__(self, protocol: "LiveProtocol") -> None:
        self._protocol = protocol
        self._transport: Any = None
        self._send: Callable[[bytes], int] | None = None
        self.slow = False
        self.on_drained: Callable[[], None] | None = None

    def connect(self, transport: asyncio.Transport) -> None:
        """The connection is made. A plain socket of asyncio's own loop is written to without a detour: its transport
        takes as long as all the rest of a message (0.6 of 1.2 us), most of it to find that nothing waits before it."""
        self._transport = transport
        if (
            type(transport) is _SelectorSocketTransport
            and hasattr(transport, "_sock")
            and hasattr(transport, "_buffer")
        ):
            self._send = transport._sock.send

    def write(self, message: Framed) -> bool:
        """Write at once and never wait. False if the socket is closing or slow; then nothing was written."""
        protocol, transport = self._protocol, self._transport
        if self.slow or protocol.close_sent or not protocol.handshake_complete or transport.is_closing():
            return False
        framed = message.deflated() if protocol.deflates else message.plain()
        if self._send is None or transport._buffer:  # what waits goes first
            transport.write(framed)
            return True
        try:
            sent = self._send(framed)
        except OSError:  # full or broken: the transport finds out for itself which, and does what is to be done
            sent = 0
        if sent != len(framed):
            transport.write(framed[sent:])
        return True

    def abort(self) -> None:
        """Drop the socket without a word, for a peer that does not take one."""
        self._protocol.transport.abort()


class LiveProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, offering a Wire in the scope and compression that keeps no context."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = Wire(self)
        self.conn = ServerProtocol(
            extensions=[
                ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
            ],
            max_size=self.config.ws_max_size,
            logger=self.logger,
        )

    @cached_property
    def deflates(self) -> bool:
        """Whether this socket negotiated permessage-deflate with the window that `Framed` compresses for.

        To be asked once the handshake is complete: the answer is kept.
        """
        return any(
            isinstance(extension, PerMessageDeflate) and extension.local_max_window_bits == WINDOW_BITS
            for extension in self.conn.extensions
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Bound what waits for a slow socket."""
        super().connection_made(transport)
        plain = cast(asyncio.Transport, transport)
        plain.set_write_buffer_limits(high=FULL)
        self.wire.connect(plain)

    def handle_connect(self, event: Request) -> None:
        """Put the wire into the scope before the application's task first runs."""
        super().handle_connect(event)
        if not self.close_sent:
            cast(dict[str, Any], self.scope["extensions"])[SCOPE_KEY] = self.wire

    def pause_writing(self) -> None:
        """More than FULL waits in the transport."""
        super().pause_writing()
        self.wire.slow = True

    def resume_writing(self) -> None:
        """Tell the room that this socket can take what it missed."""
        super().resume_writing()
        self.wire.slow = False
        if self.wire.on_drained is not None:
            self.wire.on_drained()


def fits() -> str | None:
    """Why the installed uvicorn cannot carry the wire, as a sentence; None when it can."""
    wanted = ("handle_connect", "connection_made", "resume_writing", "send", "receive")
    missing = [name for name in wanted if not hasattr(WebSocketsSansIOProtocol, name)]
    if not missing:
        return None
    return f"The installed uvicorn has no {', '.join(missing)} on its websocket protocol; install the locked one."
