"""Whether a page has a region, asked for one region or for all."""

import asyncio
import tempfile
from pathlib import Path

from tests.live.everything import EVERYTHING
from tests.live.words import a_room, audiences, marked_scenario
from ttx.exercise.requests import REQUEST
from ttx.pages import held, regions
from ttx.pages.regions import Page


def test_a_page_has_a_region_whichever_way_it_is_asked() -> None:
    """A tablet is asked for one region alone; that has to agree with the list of its page, for every region."""

    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with a_room(Path(folder), marked_scenario()) as room:
                for who, request in EVERYTHING:
                    asked = request(room) if callable(request) else request
                    await room.do(who, REQUEST.validate_python(asked))
                    lists = {one: room.regions(one) for _, one in audiences()}
                    holds = held.holding(room.graph, room.state)
                    for audience, listed in lists.items():
                        for region in {one for known in lists.values() for one in known}:
                            assert holds(audience, region) == (region in listed), (audience, region)
                        kinds = {regions.kind(one) for one in listed}
                        assert audience.page is not Page.TABLET or kinds <= held.ON_TABLETS

    asyncio.run(scene())
