"""Debian's Firefox under Playwright, which speaks to it by WebDriver BiDi.

Playwright always sets what a page is told of colours and motion, by a command that Firefox 153 does not know. What
starts here passes every message on as it is, and answers that one command itself: nothing is emulated then, and a
page is told what the machine prefers. `python -m tests.browser.firefox` is what Playwright takes for the browser.
"""

import asyncio
import json
import re
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Playwright
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

UNKNOWN = "emulation.setMediaFeaturesOverride"

FULL = {"browser.privatebrowsing.autostart": True, "dom.quotaManager.temporaryStorage.fixedLimit": 1}
"""Every window is a private one, and 1 KB is all that databases and caches may take."""


def installed_firefox() -> str:
    """The Firefox of this machine; `make test` installs one where there is none."""
    for name in ("firefox-esr", "firefox"):
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("No Firefox is installed; `make test` installs one.")


def launched(playwright: Playwright, folder: Path, preferences: Mapping[str, str | float | bool]) -> Browser:
    """Firefox in Playwright's hands, with preferences of its own; a file that Playwright can start as its browser is
    written into the folder."""
    file = folder / "firefox"
    house = Path(__file__).parents[2]
    file.write_text(f'#!/bin/sh\ncd "{house}"\nexec "{sys.executable}" -m tests.browser.firefox "$@"\n')
    file.chmod(0o755)
    return playwright.firefox.launch(
        channel="moz-firefox", executable_path=file, timeout=60_000, firefox_user_prefs=dict(preferences)
    )


async def _carry(source: ServerConnection | ClientConnection, sink: ServerConnection | ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for message in source:
            asked = json.loads(message)
            if asked.get("method") == UNKNOWN and "id" in asked:
                await source.send(json.dumps({"type": "success", "id": asked["id"], "result": {}}))
            else:
                await sink.send(message)
    await sink.close()


async def _run(words: list[str]) -> int:
    firefox = await asyncio.create_subprocess_exec(installed_firefox(), *words, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    async for line in firefox.stderr:
        if found := re.search(rb"listening on (ws://\S+)", line):
            break
        sys.stderr.buffer.write(line)
    else:
        return await firefox.wait()
    address = found[1].decode()

    async def meet(playwright: ServerConnection) -> None:
        assert playwright.request is not None
        async with connect(address + playwright.request.path, max_size=None) as browser:
            await asyncio.gather(_carry(playwright, browser), _carry(browser, playwright))

    async with serve(meet, "127.0.0.1", 0, max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        sys.stderr.write(f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n")
        sys.stderr.flush()
        async for line in firefox.stderr:
            sys.stderr.buffer.write(line)
            sys.stderr.flush()
        return await firefox.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(_run(sys.argv[1:])))
