"""Several processes on one port: started, started again when one dies, and replaced one by one without a lost answer.

Whoever watches over them serves nobody, so that nothing a tablet does can take all of them down.
"""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

import structlog

from ttx.web import logs
from ttx.web.serve import CannotServe, shared_port

READY = "ready"
"""What a worker prints when it listens."""
STOPS_WITHIN = 10.0
"""Seconds a worker has to answer what it began."""
YOUNG = 5.0
"""A worker that dies younger than this many seconds died of how it was started."""
STILLBORN = 3
"""So many of them one after the other, and there is no use in another."""

logger = structlog.get_logger(__name__)


def run_workers(command: Sequence[str], many: int, host: str, port: int, ready: Callable[[], None]) -> None:
    """Keep so many processes of this command running until told to stop; SIGHUP replaces each. Raises CannotServe.

    `ready` is called once all of them listen.
    """
    logs.configure()
    shared_port(host, port, alone=True).close()  # whoever shares a port with us without knowing gets our tablets
    held = shared_port(host, port)  # it does not listen: it keeps the port ours while workers come and go
    try:
        asyncio.run(Workers(command, many, ready).run())
    finally:
        held.close()


class Workers:
    """The processes and what is to become of them."""

    def __init__(self, command: Sequence[str], many: int, ready: Callable[[], None]) -> None:
        self._command = (*command, "--among", str(os.getpid()))
        self._many, self._ready = many, ready
        self._running: list[asyncio.subprocess.Process] = []
        self._leaving: set[asyncio.subprocess.Process] = set()
        self._watches: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()
        self._stillborn = 0
        self._renewing = asyncio.Lock()

    async def run(self) -> None:
        """Until told to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, lambda: self._watch(self._renew()))
        try:
            self._watch(self._bear_all())
            await self._stop.wait()
        finally:
            self._stop.set()
            await asyncio.gather(*(self._end(one) for one in list(self._running)))
        if self._stillborn >= STILLBORN:
            raise CannotServe("Workers die as soon as they are started; what they said stands above.")

    async def _bear_all(self) -> None:
        if all(await asyncio.gather(*(self._bear() for _ in range(self._many)))):
            self._ready()

    async def _bear(self) -> bool:
        """Start one and wait until it listens, however long a busy machine takes; says whether it does."""
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(*self._command, stdout=pipe, stdin=asyncio.subprocess.DEVNULL)
        self._running.append(child)
        self._watch(self._mourn(child, time.monotonic()))
        if child.stdout is None:
            raise AssertionError("a pipe was asked for")
        while line := await child.stdout.readline():
            if line.decode().strip() == READY:
                return True
        return False

    async def _mourn(self, child: asyncio.subprocess.Process, since: float) -> None:
        """Wait for its end, and start another one if it was not asked to end."""
        code = await child.wait()
        self._running.remove(child)
        if self._stop.is_set() or child in self._leaving:
            self._leaving.discard(child)
            return
        self._stillborn = self._stillborn + 1 if time.monotonic() - since < YOUNG else 0
        logger.warning("worker", pid=child.pid, ended=code, again=self._stillborn < STILLBORN)
        if self._stillborn >= STILLBORN:
            self._stop.set()
            return
        await self._bear()

    async def _renew(self) -> None:
        """Replace each, one after the other: the new one listens before the old one stops."""
        async with self._renewing:
            for old in list(self._running):
                if self._stop.is_set():
                    return
                if not await self._bear():
                    logger.warning("worker", renewed=False)
                    return
                self._leaving.add(old)
                await self._end(old)

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        with suppress(ProcessLookupError):
            child.terminate()
            try:
                async with asyncio.timeout(STOPS_WITHIN):
                    await child.wait()
            except TimeoutError:
                child.kill()
                await child.wait()

    def _watch(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(what)
        self._watches.add(task)
        task.add_done_callback(self._watches.discard)
