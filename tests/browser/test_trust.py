"""`ttx serve --tls auto`: a browser that trusts our authority keeps its page, one that clicked on does not."""

import base64
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, expect

from tests.browser.words import ARGUMENTS, Person, free_port, installed_browser
from ttx.settings import Settings
from ttx.web.authority import authority_in
from ttx.web.machine import names_here

pytestmark = pytest.mark.browser


def test_a_device_that_trusts_the_authority_reloads_without_a_server(browser: Browser, tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    lantern = Settings().scenarios / "lantern-tide"
    made = subprocess.run(
        [sys.executable, "-m", "ttx", "exercise", "new", lantern, "--roster", lantern / "roster.yaml",
         "--data", data, "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    code = next(one["code"] for one in json.loads(made.stdout)["seats"] if one["role"] == "head")
    serve = [sys.executable, "-m", "ttx", "serve", "--data", str(data), "--port", str(port), "--tls", "auto",
             "--trust-port", str(free_port())]  # fmt: skip
    server = subprocess.Popen(serve, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        told = [server.stderr.readline() for _ in range(3)]
        authority = authority_in(data / "tls", names_here("127.0.0.1"), datetime.now(UTC))
        served = x509.load_pem_x509_certificate((data / "tls" / "server.crt").read_bytes())
        served.verify_directly_issued_by(authority.certificate)
        public = served.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        trusts = f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(public).digest()).decode()}"
        url = f"https://127.0.0.1:{port}"
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=installed_browser(), args=[*ARGUMENTS, trusts]
        )
        trusting = Person(browser, url, context=context).joins(code)
        clicked = Person(browser, url, ignore_https_errors=True).joins(code)

        assert authority.fingerprint() in told[2]
        expect(trusting.page.locator("html")).to_have_attribute("data-kept", "true", timeout=45_000)
        expect(clicked.page.locator("html")).to_have_attribute("data-kept", "false", timeout=45_000)
        server.terminate()
        for one in (trusting, clicked):
            expect(one.page.locator("#offline")).to_be_visible(timeout=45_000)
        expect(trusting.page.locator("[data-plain-http]")).to_be_hidden()
        expect(clicked.page.locator("[data-plain-http]")).to_be_visible()
        trusting.page.reload()
        expect(trusting.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=45_000)
        context.close()
    finally:
        server.kill()
        server.communicate()
