"""Looking back, once from end to end: what a table says of its day reaches its own pages and no other's."""

import asyncio
from pathlib import Path

from tests.live import looked
from tests.live.words import LEAD, OpenPage, a_room, audiences, marked_scenario, settle
from ttx.exercise.requests import REQUEST
from ttx.pages.regions import Page
from ttx.scenario.roster import Role


def test_what_a_table_says_of_its_day_is_on_its_own_pages_and_on_no_other(tmp_path: Path) -> None:
    async def scene() -> None:
        async with a_room(tmp_path, marked_scenario()) as room:
            pages = [OpenPage(room, who, audience) for who, audience in audiences()]
            for who, request in ((LEAD, {"do": "open_day"}), *looked.EVERY_KIND):
                await room.do(who, REQUEST.validate_python(request(room) if callable(request) else request))
            await settle()
            for page in pages:
                hall = page.audience.page is Page.PLENARY
                heard = "\n".join(page.heard)
                if hall or page.seat.role not in (Role.LEAD_FACILITATOR, Role.DIRECTOR):
                    assert [mark for mark in looked.forbidden(room, page.seat, hall) if mark in heard] == []
                if page.seat.role is Role.RAPPORTEUR:
                    own = [f"{what}-at-T1" for what in ("noted", "reasoned", "summed", "remarked")]
                    assert [mark for mark in own if mark not in heard] == []
            assert any("summed-at-T2" in "\n".join(page.heard) for page in pages if page.seat.role is Role.PROJECTOR)

    asyncio.run(scene())
