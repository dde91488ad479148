"""What every request meets first and every reply carries: other sites, bodies too large, headers, cookies."""

import subprocess
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.words import SCENARIO, Served, refused, roster, running, serving, told
from ttx.pages.environment import release_of
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.store.seats import seats_of
from ttx.web.app import BODY_LIMIT
from ttx.web.headers import FILE_HEADERS, HEADERS

# Other sites


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://", "http://[::1"])
def test_a_page_of_another_site_may_neither_post_nor_listen(house: Served, origin: str):
    lead = house.as_lead()
    seq = house.stands()["seq"]

    for path, sent in ((f"{house.api}/commands", {"json": {"do": "announce", "text": "X"}}),
                       (f"{lead.page}/do", {"data": {"do": "announce", "text": "X"}}),
                       ("/join", {"data": {"code": "ABCDEFGH"}}), ("/logout", {})):  # fmt: skip
        refused(403, lead.post(path, headers={"origin": origin}, **sent))  # type: ignore[arg-type]
    with pytest.raises(InvalidStatus) as refusal:
        house.line(lead, additional_headers={"origin": origin})

    assert refusal.value.response.status_code == 403
    assert house.stands()["seq"] == seq


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_it_comes_from_elsewhere_is_refused(house: Served, site: str):
    refused(403, house.as_lead().post("/logout", headers={"sec-fetch-site": site}))


def test_our_own_pages_and_those_named_in_the_settings_may(tmp_path: Path):
    with serving(tmp_path, settings=Settings(origins=("https://ttx.example",))) as house:
        for origin in (house.url, "https://ttx.example"):
            headers = {"origin": origin}
            reply = house.as_lead().post(f"{house.api}/commands", json={"do": "announce", "text": "X"}, headers=headers)
            assert reply.status_code == 200
            house.screen(house.as_lead(), additional_headers=headers)


# What every reply carries


def replies(house: Served) -> dict[str, httpx.Response]:
    """A reply of every kind, an unforeseen error of ours among them."""

    def breaks(_: object) -> None:
        raise ValueError("secret-in-an-error")

    house.server.config.app.add_route("/breaks", breaks)  # type: ignore[union-attr]
    lead, nobody = house.as_lead(), house.device()
    html = {"accept": "text/html"}
    return {
        "200 page": lead.get(lead.page),
        "200 join": nobody.get("/join"),
        "200 api": lead.get(house.api),
        "200 static": nobody.get("/static/icon.svg"),
        "200 openapi": nobody.get("/api/v1/openapi.json"),
        "200 alive": nobody.get("/healthz"),
        "200 figures": nobody.get("/metrics"),
        "303": house.device().get(f"/j/{house.seat(Role.PROJECTOR).code}"),
        "401": nobody.get(house.api),
        "401 page": nobody.get(lead.page, headers=html),
        "403": nobody.post("/logout", headers={"origin": "https://evil.example"}),
        "404": nobody.get("/nothing"),
        "404 page": nobody.get("/nothing", headers=html),
        "404 static": nobody.get("/static/nothing"),
        "405": nobody.delete("/join"),
        "409": house.command(lead, "resume"),
        "413": nobody.post("/join", content=b"x" * (BODY_LIMIT + 1)),
        "422": house.command(lead, "nonsense"),
        "422 query": lead.get(f"{house.api}/log?after=x"),
        "500": lead.get("/breaks"),
    }


def test_every_reply_carries_the_headers_and_says_nothing_of_errors(tmp_path: Path):
    with serving(tmp_path) as house:
        found = replies(house)

    assert {name: reply.status_code for name, reply in found.items()} == {name: int(name[:3]) for name in found}
    for name, reply in found.items():
        wanted = FILE_HEADERS if "static" in name else HEADERS
        assert {header: reply.headers.get(header) for header in wanted} == wanted, name
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert "unsafe" not in reply.headers["content-security-policy"]
        assert ("no-store" in reply.headers.get("cache-control", "")) is ("static" not in name), name
        assert "secret" not in reply.text
        assert "server" not in reply.headers
    assert "." in found["500"].json()["refused"]


def test_a_page_loads_nothing_that_its_policy_forbids(house: Served):
    for who in (house.as_lead(), house.as_head(), house.as_(Role.PROJECTOR), house.as_(Role.EVALUATOR)):
        text = who.get(who.page).text

        assert "<style" not in text
        assert " style=" not in text
        assert "onclick=" not in text
        assert "http://" not in text.replace("http://www.w3.org/", "")


def test_static_files_named_by_their_release_may_be_kept_for_ever(house: Served):
    release = Settings().static
    paths = ("icon.svg", f"{release_of(release)}/icon.svg", "0123456789ab/icon.svg")
    plain, ours, another = (house.device().get(f"/static/{path}") for path in paths)

    assert "cache-control" not in plain.headers
    assert ours.headers["cache-control"] == "max-age=31536000, immutable"
    assert another.headers["cache-control"] == "no-cache"
    assert plain.content == ours.content == another.content == (release / "icon.svg").read_bytes()


def test_pages_and_scripts_are_sent_compressed_to_who_unpacks_them(house: Served):
    for path in (house.as_head().page, f"/static/{release_of(Settings().static)}/tablet.js"):
        packed = house.as_head().get(path, headers={"accept-encoding": "gzip, br"})
        plain = house.as_head().get(path, headers={"accept-encoding": "identity"})

        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
        assert int(packed.headers["content-length"]) < len(packed.content) / 2
        assert packed.headers["content-type"] == plain.headers["content-type"]
        assert packed.text.split()[-20:] == plain.text.split()[-20:]


def test_a_body_that_is_too_large_or_does_not_say_how_large_is_not_read(house: Served):
    lead = house.as_lead()

    too_large = lead.post(f"{house.api}/commands", content=b"x" * (BODY_LIMIT + 1))
    endless = lead.post(f"{house.api}/commands", content=iter([b"x" * 100] * 10))
    just_right = lead.post(f"{house.api}/commands", content=b"x" * BODY_LIMIT)

    assert "256 KB" in refused(413, too_large)
    refused(413, endless)
    refused(422, just_right)


def cookie_of(reply: httpx.Response, name: str) -> set[str]:
    """The attributes of a cookie that a reply sets, in small letters."""
    (said,) = (one for one in reply.headers.get_list("set-cookie") if one.startswith(f"{name}="))
    return {part.strip().lower().partition("max-age")[0] for part in said.split(";")[1:]} - {""}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(house: Served):
    joined = house.device().post("/api/v1/join", json={"code": house.seat(Role.PROJECTOR).code})

    assert cookie_of(joined, "ttx") == {"httponly", "samesite=lax", "path=/"}
    assert cookie_of(joined, "ttx_device") == {"httponly", "samesite=lax", "path=/"}


def test_over_tls_cookies_are_bound_to_the_host_and_the_browser_stays_with_tls(tmp_path: Path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    with Store(tmp_path / "data") as store:
        exercise = create_exercise(store, SCENARIO, roster())
        code = seats_of(store, exercise)[0].code
        with running(store, certificate=(certificate, key)) as server:
            port = server.servers[0].sockets[0].getsockname()[1]
            with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=False, timeout=60) as browser:
                joined = browser.post("/api/v1/join", json={"code": code})
                again = browser.post("/api/v1/join", json={"code": code})
                spoken = browser.post(f"/s/{joined.json()['seat']['id']}/language", data={"language": "fr"})
                lands = browser.get(f"/s/{joined.json()['seat']['id']}")
                signed_out = browser.post("/logout")
                after = browser.get(f"/s/{joined.json()['seat']['id']}")

    assert cookie_of(joined, "__Host-ttx") == {"httponly", "samesite=lax", "path=/", "secure"}
    assert cookie_of(joined, "__Host-ttx_device") == {"httponly", "samesite=lax", "path=/", "secure"}
    assert "ttx_device" not in again.headers.get("set-cookie", "")  # it is recognised
    assert all(one.startswith("__Host-ttx_") for one in spoken.headers.get_list("set-cookie"))
    assert joined.headers["strict-transport-security"] == "max-age=31536000"
    assert [reply.status_code for reply in (joined, lands, signed_out, after)] == [200, 200, 303, 401]


def test_a_socket_of_a_browser_that_vanished_in_the_handshake_harms_nobody(house: Served):
    for _ in range(3):
        line = house.line(house.as_head())
        line.socket.shutdown(2)
        with pytest.raises(ConnectionClosed):
            line.recv(1)

    assert told(200, house.as_head().get(house.api))["id"] == house.exercise
