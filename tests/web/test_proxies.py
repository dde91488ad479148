"""Behind a reverse proxy: who is believed that a request came over TLS, and from whom."""

from pathlib import Path

import pytest

from tests.web.words import serving
from ttx.scenario.roster import Role
from ttx.settings import Settings

FORWARDED = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}


@pytest.mark.parametrize(
    "proxies,cookie",
    [("", "ttx"), ("198.51.100.7", "ttx"), ("127.0.0.1", "__Host-ttx"), ("127.0.0.0/8", "__Host-ttx")],
)
def test_only_a_proxy_that_is_named_says_that_a_request_came_over_tls(tmp_path: Path, proxies: str, cookie: str):
    with serving(tmp_path, settings=Settings(proxies=proxies)) as house:
        code = house.seat(Role.HEAD).code
        reply = house.device(**FORWARDED).post("/api/v1/join", json={"code": code})

    assert reply.status_code == 200
    assert cookie in [one.partition("=")[0] for one in reply.headers.get_list("set-cookie")]


def test_devices_behind_a_proxy_are_told_apart_by_the_address_it_names(tmp_path: Path):
    with serving(tmp_path, settings=Settings(proxies="127.0.0.1", join_tries_per_minute=1)) as house:
        codes = {
            address: [
                house.device(**{"x-forwarded-for": address}).post("/api/v1/join", json={"code": "AAAAAAAA"}).status_code
                for _ in range(7)
            ]
            for address in ("203.0.113.9", "203.0.113.10")
        }

    assert codes == dict.fromkeys(codes, [404] * 6 + [429])


def test_all_addresses_of_one_ipv6_network_count_as_one(tmp_path: Path):
    with serving(tmp_path, settings=Settings(proxies="127.0.0.1", join_tries_per_minute=1)) as house:
        codes = [
            house.device(**{"x-forwarded-for": address}).post("/api/v1/join", json={"code": "AAAAAAAA"}).status_code
            for address in (*(f"2001:db8:1:2:{n}::1" for n in range(7)), "2001:db8:1:3::1")
        ]

    assert codes == [404] * 6 + [429, 404]
