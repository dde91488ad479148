"""What a device may keep to show without a network: the server says it of each page, and the worker obeys."""

import json

from tests.web.words import Served
from ttx.pages.environment import release_of
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.web.headers import HEADERS
from ttx.web.live_pages import KEEPS

RELEASE = release_of(Settings().static)


def test_pages_of_the_room_are_kept_and_a_page_that_shows_more_is_not(house: Served):
    def keeps(role: Role, further: str = "") -> str | None:
        who = house.as_(role)
        reply = who.get(f"{who.page}{further}", headers={"accept": "text/html"})
        assert (" data-keeps" in reply.text) is (KEEPS in reply.headers)
        return reply.headers.get(KEEPS)

    watched = f"/as/{house.as_head().seat.delegation}"
    kept = {role for role in Role if role is not Role.ADMIN and keeps(role) is not None}

    assert kept == {Role.HEAD, Role.DELEGATE, Role.PROJECTOR, Role.EVALUATOR, Role.RAPPORTEUR}
    assert keeps(Role.HEAD) == RELEASE
    assert keeps(Role.LEAD_FACILITATOR, "/plenary") is None
    assert keeps(Role.LEAD_FACILITATOR, watched) is None
    assert keeps(Role.LEAD_FACILITATOR, "/seats") is None


def test_a_page_refused_is_not_kept(house: Served):
    refused = house.device().get(house.as_head().page, headers={"accept": "text/html"})

    assert refused.status_code == 401
    assert KEEPS not in refused.headers


def test_the_worker_is_of_this_release_and_asked_for_each_time(house: Served):
    first = house.device().get("/worker.js")
    again = house.device().get("/worker.js", headers={"if-none-match": first.headers["etag"]})

    assert first.text.startswith(f'const RELEASE = "{RELEASE}";')
    assert f"const HEADERS = {json.dumps(HEADERS)};" in first.text
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == again.headers["cache-control"] == "no-cache"
    assert first.headers["content-type"].startswith("text/javascript")
    assert "worker-src 'self'" in first.headers["content-security-policy"]
    assert again.status_code == 304
