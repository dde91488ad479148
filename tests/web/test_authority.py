"""Our own authority: made once, obeyed by a client that checks, vouching for this machine and nothing beyond."""

import plistlib
import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from tests.web.words import SCENARIO, roster, running
from ttx.settings import Settings
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.web.authority import RENEWED, SERVES, Authority, Names, NoAuthority, Trust, authority_in
from ttx.web.machine import names_here, reachable

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


def named(*names: str) -> Names:
    """Host names and addresses as a machine has them."""
    addresses = tuple(ip_address(one) for one in names if one[0].isdigit() or ":" in one)
    return Names(tuple(one for one in names if not (one[0].isdigit() or ":" in one)), addresses)


LAPTOP = named("localhost", "laptop", "laptop.local", "127.0.0.1", "::1", "192.168.4.20")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return authority_in(tmp_path / "tls", LAPTOP, NOW)


def serves(authority: Authority, names: Names, now: datetime = NOW) -> x509.Certificate:
    return x509.load_pem_x509_certificate(authority.serves(names, now)[0].read_bytes())


def covers(certificate: x509.Certificate) -> set[str]:
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one.value) for one in found}


def test_the_authority_is_made_once_and_its_keys_are_its_owners_only(authority: Authority):
    authority.serves(LAPTOP, NOW)
    again = authority_in(authority.folder, named("other"), NOW + 100 * DAY)

    assert again.fingerprint() == authority.fingerprint()
    assert stat.S_IMODE(authority.folder.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in authority.folder.iterdir()}
    assert modes == dict.fromkeys(("authority.crt", "authority.key", "server.crt", "server.key"), 0o600)


def test_a_server_certificate_is_kept_until_an_address_is_new_or_its_end_is_near(authority: Authority):
    first = serves(authority, LAPTOP)
    moved = named("laptop", "10.0.0.7")

    assert serves(authority, LAPTOP, NOW + 300 * DAY) == first
    assert serves(authority, named("laptop", "127.0.0.1")) == first
    assert serves(authority, LAPTOP, NOW + SERVES - RENEWED) != first
    assert covers(serves(authority, moved)) == {"laptop", "10.0.0.7"}


def test_a_certificate_of_another_authority_is_replaced(authority: Authority, tmp_path: Path):
    other = authority_in(tmp_path / "other", LAPTOP, NOW)
    theirs = serves(other, LAPTOP)
    authority.serves(LAPTOP, NOW)
    (authority.folder / "server.crt").write_bytes((other.folder / "server.crt").read_bytes())

    assert serves(authority, LAPTOP) != theirs


def test_the_authority_vouches_for_local_networks_and_this_machine_only(authority: Authority):
    asked = named("laptop", "x.local", "bank.example", "notlaptop", "172.16.1.1", "fd00::5", "8.8.8.8", "2001:db8::1")

    assert covers(serves(authority, asked)) == {"laptop", "x.local", "172.16.1.1", "fd00::5"}
    with pytest.raises(NoAuthority, match=r"^None of this machine's names"):
        authority.serves(named("bank.example"), NOW)


def test_an_address_outside_of_local_networks_is_vouched_for_if_it_is_this_machines_own(tmp_path: Path):
    names = named("laptop", "203.0.113.9", "ttx.example.org")
    authority = authority_in(tmp_path, names, NOW)

    assert covers(serves(authority, names)) == {"laptop", "203.0.113.9", "ttx.example.org"}
    with pytest.raises(NoAuthority):
        authority.serves(named("203.0.113.10"), NOW)


def test_an_authority_that_ends_or_lost_its_key_says_what_to_do(authority: Authority):
    with pytest.raises(NoAuthority, match=r"ends on .* Remove the folder"):
        authority_in(authority.folder, LAPTOP, NOW + 5 * 365 * DAY)
    (authority.folder / "authority.key").write_bytes(b"x")
    with pytest.raises(NoAuthority, match=r"cannot be read"):
        authority_in(authority.folder, LAPTOP, NOW)


def test_what_devices_take_holds_the_certificate_and_no_key(authority: Authority):
    profile = plistlib.loads(authority.profile)
    (root,) = profile["PayloadContent"]

    assert root["PayloadType"] == "com.apple.security.root"
    assert root["PayloadContent"] == authority.der
    assert x509.load_der_x509_certificate(authority.der) == authority.certificate
    assert profile == plistlib.loads(authority.profile)
    assert len(authority.fingerprint()) == 32 * 3 - 1


def test_this_machine_knows_its_names():
    names = names_here("0.0.0.0", "https://TTX.example.org:8443")

    assert {"localhost", "ttx.example.org"} <= set(names.hosts)
    assert ip_address("127.0.0.1") in names.addresses
    assert ip_address("0.0.0.0") not in names.addresses
    assert names == names_here("0.0.0.0", "https://ttx.example.org")
    assert "127.0.0.1" not in reachable(names)


def test_a_client_that_trusts_the_authority_reaches_the_server_and_no_other_does(tmp_path: Path):
    with Store(tmp_path / "data") as store:
        create_exercise(store, SCENARIO, roster())
        authority = authority_in(tmp_path / "data" / "tls", names_here("127.0.0.1"), datetime.now(UTC))
        trust = Trust(authority, 0, 0, ("192.0.2.1",))
        with running(store, Settings(), trust=trust) as server:
            assert server.beside is not None
            ports = [one.servers[0].sockets[0].getsockname()[1] for one in (server, server.beside)]
            strict = ssl.create_default_context(cafile=str(authority.folder / "authority.crt"))
            strict.verify_flags |= ssl.VERIFY_X509_STRICT
            secured, plain = f"https://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
            with httpx.Client(verify=strict) as trusting:
                page = trusting.get(f"{secured}/trust")
                by_name = trusting.get(f"https://localhost:{ports[0]}/healthz")
            with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
                httpx.get(f"{secured}/trust")
            helped = httpx.get(f"{plain}/trust", headers={"user-agent": "Mozilla/5.0 (Linux; Android 15)"})
            sent_on = httpx.get(f"{plain}/j/ABCD-EFGH?x=1")
            files = [httpx.get(f"{plain}/trust{suffix}") for suffix in (".crt", ".mobileconfig")]
            refused, asked = httpx.post(f"{plain}/trust"), httpx.get(f"{plain}/api/v1/openapi.json")
            french = httpx.get(f"{plain}/trust", headers={"accept-language": "fr"})
            with httpx.Client(verify=strict) as device:
                chosen = device.get(f"{plain}/trust", params={"language": "ar"})
                kept, door = device.get(f"{plain}/trust"), device.get(f"{secured}/join")

    assert page.status_code == by_name.status_code == 200
    assert authority.fingerprint() in page.text.replace("<wbr>", "")
    assert authority.fingerprint() in helped.text.replace("<wbr>", "")
    assert "Réglages des certificats" in french.text
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/trust")
    assert 'lang="ar" dir="rtl"' in kept.text
    assert 'lang="ar" dir="rtl"' in door.text
    assert "strict-transport-security" not in page.headers
    assert 'id="steps-android" open' in helped.text
    assert (sent_on.status_code, refused.status_code, asked.status_code) == (307, 403, 403)
    assert asked.json()["refused"].startswith("This port is without TLS. Ask https://127.0.0.1:")
    assert sent_on.headers["location"].startswith("https://127.0.0.1:")
    assert sent_on.headers["location"].endswith("/j/ABCD-EFGH?x=1")
    assert [one.content for one in files] == [authority.der, authority.profile]
    assert [one.headers["content-type"] for one in files] == [
        "application/x-x509-ca-cert",
        "application/x-apple-aspen-config",
    ]
