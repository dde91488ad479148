"""Debian's WebKit, the engine of Safari and of every browser on an iPad, by W3C WebDriver.

Each device is WebKitGTK's small browser with a store of its own, on a screen that nobody sees.
"""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from tests.browser.words import free_port
from tests.web.words import eventually

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name under which WebDriver speaks of an element."""
COLLECT = """window.complaints ??= (() => {
  const all = [];
  addEventListener("error", (event) => all.push(event.message));
  addEventListener("unhandledrejection", (event) => all.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => all.push(`${event.violatedDirective} ${event.blockedURI}`));
  return all;
})();"""
"""Gathers what a page complains about once it is loaded. The driver tells nothing of it, lets nothing run before a page
does, and the browser it starts is a private one, which prints nothing: a module that fails at once is seen only in
what the page then does not do."""

STANDS = """((one) => {
  one.scrollIntoView({ block: "nearest", behavior: "instant" });
  return JSON.stringify(one.getBoundingClientRect());
})(document.querySelector(%s))"""
"""Where a thing stands in the window, into which it is brought."""


def installed_webkit() -> Path:
    """The small browser that WebKit's driver starts; `make test` installs both where they are missing."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not found:
        raise FileNotFoundError("No MiniBrowser of WebKitGTK is installed; `make test` installs one.")
    return found[-1]


class WebKit:
    """A device with WebKit, as `tests.browser.engines.Device` promises; https://www.w3.org/TR/webdriver2/."""

    def __init__(self, asks: httpx.Client, width: int, height: int) -> None:
        self._complaints: list[str] = []
        self._asks = asks
        options = {"binary": str(installed_webkit()), "args": ["--automation"]}
        self._at = ""
        made = self._ask("POST", "/session", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": options}})
        self._at = f"/session/{made['sessionId']}"
        self._ask("POST", "/window/rect", width=width, height=height)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        reply = self._asks.request(method, self._at + path, json=body if method == "POST" else None)
        value = reply.json()["value"]
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(f"{value['error']}: {value['message']}")
        return value

    def _element(self, where: str) -> str:
        return f"/element/{self._ask('POST', '/element', using='css selector', value=where)[ELEMENT]}"

    def goes(self, address: str) -> None:
        self._ask("POST", "/url", url=address)

    def reloads(self) -> None:
        self._ask("POST", "/refresh")

    def tells(self, expression: str) -> Any:
        script = f"{COLLECT} return [{expression}, window.complaints.splice(0)]"
        told, complaints = self._ask("POST", "/execute/sync", script=script, args=[])
        self._complaints += complaints
        return told

    def presses(self, where: str) -> None:
        element, before = self._element(where), None
        # The driver presses where a thing stood when it was asked; a person looks until nothing moves.
        while before != (now := self.tells(STANDS % json.dumps(where))):
            before = now
            time.sleep(0.1)
        self._ask("POST", f"{element}/click")

    def types(self, text: str) -> None:
        keys = [{"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")]
        self._ask("POST", "/actions", actions=[{"type": "key", "id": "keys", "actions": keys}])

    def chooses(self, where: str, value: str) -> None:
        self.presses(f"{where} option[value={value}]")

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    @property
    def complaints(self) -> list[str]:
        self.tells("null")
        return self._complaints

    def leaves(self) -> None:
        """Close the browser."""
        self._ask("DELETE", "")


@contextmanager
def screen() -> Iterator[str]:
    """A display that nobody sees, by its name."""
    said, says = os.pipe()
    words = ["Xvfb", "-displayfd", str(says), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    xvfb = subprocess.Popen(words, pass_fds=[says], stderr=subprocess.DEVNULL)
    os.close(says)
    try:
        with os.fdopen(said) as number:
            yield f":{number.readline().strip()}"
    finally:
        xvfb.terminate()
        xvfb.wait()


@contextmanager
def webkit(display: str, width: int = 1180, height: int = 820) -> Iterator[WebKit]:
    """A device with WebKit on a display; a driver has one browser at a time, so each has its own."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"

    def listens() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(f"{address}/status").is_success
        return False

    # Without layers drawn apart, for which no screen has a graphics card here, all takes half the time.
    plain = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
    environment = {**os.environ, "DISPLAY": display, **plain}
    driver = subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=environment)
    try:
        eventually(listens)
        with httpx.Client(base_url=address, timeout=60) as asks:
            device = WebKit(asks, width, height)
            yield device
            device.leaves()
    finally:
        driver.terminate()
        driver.wait()
