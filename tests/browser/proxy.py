"""A network that can fail: a TCP proxy which passes, swallows, refuses, or cuts before a reply comes back.

Playwright's own offline switch does not close a websocket; a dead network does not either, but it is silent.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Mood(StrEnum):
    """What the network does with what is sent through it."""

    PASS = "pass"
    SWALLOW = "swallow"  # accepts and says nothing, as wifi without a way out does
    REFUSE = "refuse"  # closes at once
    CUT = "cut"  # lets the request through and loses the reply


class Network:
    """A proxy to one port of this machine. `mood` may change at any time, also for connections that are open.
    `brought` counts the bytes that came back through it, `lost` the replies that were cut."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.mood = Mood.PASS
        self.port = 0
        self.brought = self.lost = 0
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def url(self) -> str:
        """Where the far side is reached through this network."""
        return f"http://127.0.0.1:{self.port}"

    def drop(self) -> None:
        """Lose every connection that is open."""
        self._loop.call_soon_threadsafe(self._abort)

    def _abort(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        self.drop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._meet, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._ends(server))

    async def _ends(self, server: asyncio.Server) -> None:
        server.close()
        meeting = asyncio.all_tasks(self._loop) - {asyncio.current_task()}
        for task in meeting:
            task.cancel()
        await asyncio.gather(*meeting, return_exceptions=True)
        self._abort()  # also what is closed and still has something to bring
        await asyncio.sleep(0.05)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            if self.mood is Mood.REFUSE:
                return
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
            self._writers.add(far_writer)
            try:
                await asyncio.gather(self._pipe(reader, far_writer, False), self._pipe(far_reader, writer, True))
            finally:
                far_writer.close()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, back: bool) -> None:
        while data := await reader.read(65_536):
            if self.mood is Mood.SWALLOW or (self.mood is Mood.CUT and back):
                if self.mood is Mood.CUT:
                    self.lost += 1
                    self.drop()
                    return
                continue
            self.brought += len(data) if back else 0
            writer.write(data)
            await writer.drain()
        writer.close()


@contextmanager
def network(port: int) -> Iterator[Network]:
    """A network to a port, gone at the end of the block."""
    net = Network(port)
    net.start()
    try:
        yield net
    finally:
        net.stop()
