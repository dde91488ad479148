"""The server process: uvicorn with the live protocol, on one data directory."""

import asyncio
import gc
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
import uvicorn

from ttx.live.wire import LiveProtocol, fits
from ttx.settings import Settings
from ttx.store.database import Store
from ttx.web import party, provider
from ttx.web.app import create_app
from ttx.web.authority import Authority, Names, NoAuthority, Trust
from ttx.web.machine import names_here
from ttx.web.trust import PlainPort

logger = structlog.get_logger(__name__)

SOCKET_MESSAGE_LIMIT = 4096
"""Bytes of a socket's message. A page says hello and ping, nothing longer."""

BACKLOG = 4096
"""Connections that may wait to be accepted: a restart brings every tablet back at once."""


TURN = 0.0005
"""Seconds a thread may go on while another one waits. With Python's 5 ms, the loop, which lets go at every system call,
waited up to 5 ms after each for the thread that decides and records."""

LOOKS = 600
"""Ticks, ten a second, between two looks at the machine's addresses."""


class CannotServe(Exception):
    """Why the server does not start, as a sentence."""


class Server(uvicorn.Server):
    """A server that says when it listens; with an authority of our own, one that has the plain port beside it and
    keeps its certificate in step with the machine's addresses."""

    def __init__(
        self,
        config: uvicorn.Config,
        ready: Callable[[], None] | None,
        own: "Own | None" = None,
        parent: int | None = None,
    ) -> None:
        super().__init__(config)
        self._ready, self._own, self._parent = ready, own, parent

    @property
    def beside(self) -> uvicorn.Server | None:
        """The server of the plain port, if there is one."""
        return self._own.plain if self._own is not None else None

    async def startup(self, *args: Any, **kwargs: Any) -> None:
        """Listen, and say so."""
        await super().startup(*args, **kwargs)
        if self.started and self._own is not None:
            await self._own.open()
        if self.started:
            gc.collect()
            gc.freeze()  # what is there stays: looking for cycles among all of it held the loop for up to 0.7 s
            gc.set_threshold(SWEEP_AFTER)
        if self.started and self._ready is not None:
            self._ready()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to stop."""
        if self._parent and os.getppid() != self._parent:
            return True
        if self._own is not None:
            await self._own.plain.on_tick(counter)
            if counter % LOOKS == LOOKS - 1:
                await asyncio.to_thread(self._own.renew)
        return await super().on_tick(counter)

    async def shutdown(self, *args: Any, **kwargs: Any) -> None:
        """Stop listening."""
        if self._own is not None and self._own.plain.started:
            await self._own.plain.shutdown()
        await super().shutdown(*args, **kwargs)


@dataclass(slots=True)
class Own:
    """What a server with an authority of our own has beside it. `names` says what the machine is called now."""

    authority: Authority
    names: Callable[[], Names]
    config: uvicorn.Config
    plain: uvicorn.Server
    beside: socket.socket | None = None

    async def open(self) -> None:
        """Listen on the plain port."""
        self.plain.config.load()
        self.plain.lifespan = self.plain.config.lifespan_class(self.plain.config)
        await self.plain.startup([self.beside] if self.beside is not None else None)

    def renew(self) -> None:
        """A certificate for what the machine is called now; connections that come from now on get it."""
        try:
            certificate, key = self.authority.serves(self.names(), datetime.now(UTC))
            if self.config.ssl is not None:
                self.config.ssl.load_cert_chain(certificate, key)
        except (OSError, NoAuthority) as fault:
            logger.warning("certificate", fault=str(fault))


SWEEP_AFTER = 10_000
"""Objects made, less those gone, after which cycles are looked for among the youngest: Python's own 700 is two answers.
"""


def serve(
    store: Store,
    settings: Settings,
    host: str,
    port: int,
    certificate: tuple[Path, Path] | None = None,
    ready: Callable[[], None] | None = None,
    trust: Trust | None = None,
    among: int | None = None,
) -> None:
    """Serve until told to stop; `ready` is called once the port listens. Raises CannotServe.

    `among` is for one of several processes that share the port: who started it, whose end is its own too; 0 for
    one that has the port to itself and shares the database.
    """
    try:
        server = server_of(store, settings, host, port, certificate, ready, trust, among)
        server.run(sockets=[shared_port(host, port)] if among else None)
    except SystemExit as stopped:  # uvicorn ends the process when it cannot listen
        if stopped.code:
            ports = f"{port} or {trust.plain_port}" if trust is not None else f"{port}"
            taken = f"Nothing listens on {host}:{ports}: the port is taken or not ours. Try another --port."
            raise CannotServe(taken) from stopped
        raise


def server_of(
    store: Store,
    settings: Settings,
    host: str,
    port: int,
    certificate: tuple[Path, Path] | None = None,
    ready: Callable[[], None] | None = None,
    trust: Trust | None = None,
    among: int | None = None,
) -> Server:
    """A server that does not run yet; `among` as for `serve`. Raises CannotServe, NoAuthority.

    `trust` makes and renews the certificate itself and opens the plain port that leads to it.

    The loop is asyncio's own: with 1,000 newcomers at once it accepts 75 in a turn where uvloop accepts one,
    and the worst of them waits 0.29 s instead of 2.2 s; fan-out is the same within a tenth.
    """
    sys.setswitchinterval(TURN)
    for misfit in (fits(), party.misfit(settings), provider.misfit(settings)):
        if misfit is not None:
            raise CannotServe(misfit)

    def names() -> Names:
        return names_here(host, settings.public_address)

    if trust is not None:
        certificate = trust.authority.serves(names(), datetime.now(UTC))
    store.strong = settings.strong_roles
    app = create_app(store, settings, trust, among is not None)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="asyncio",
        http="httptools",
        ws=LiveProtocol,
        ws_max_size=SOCKET_MESSAGE_LIMIT,
        backlog=BACKLOG,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies or None,
        timeout_graceful_shutdown=3,
        ssl_certfile=certificate[0] if certificate is not None else None,
        ssl_keyfile=str(certificate[1]) if certificate is not None else None,
    )
    if certificate is not None:
        try:
            config.load()
        except OSError as error:  # missing, not readable, no certificate, or another one's key
            named = " and ".join(map(str, certificate))
            raise CannotServe(f"TLS does not work with {named}: {error}. Check both files.") from error
    if trust is None:
        return Server(config, ready, None, among)
    plain = uvicorn.Config(
        PlainPort(app, port), host=host, port=trust.plain_port, loop="asyncio", http="httptools", ws="none",
        lifespan="off", log_config=None, log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    beside = shared_port(host, trust.plain_port) if among else None
    return Server(config, ready, Own(trust.authority, names, config, uvicorn.Server(plain), beside), among)


def shared_port(host: str, port: int, alone: bool = False) -> socket.socket:
    """A port that other processes of ours listen on too; the kernel spreads what comes over them. Raises CannotServe,
    if it is to be `alone` also while another one listens there.

    When one of them dies the others get what comes next at once, which a socket that all inherit would also give; but
    from one that all inherit the first to wake takes a thousand newcomers at a time.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(not alone))
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise CannotServe(f"Nothing listens on {host}:{port}: {error.strerror}. Try another --port.") from error
    return bound
