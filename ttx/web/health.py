"""Whether the server is alive, whether it can do its work, and its figures."""

from time import monotonic
from weakref import WeakKeyDictionary

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ttx.store.database import Store
from ttx.web.access import TheHouse

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> Response:
    """The process answers."""
    return JSONResponse({"alive": True})


PROBE_EVERY = 2.0
"""Seconds for which "ready" is taken for granted: a probe writes to the disk, and anybody may ask."""

_went_well: "WeakKeyDictionary[Store, float]" = WeakKeyDictionary()


@router.get("/readyz")
def ready(house: TheHouse) -> Response:
    """The record can be written; 503 with the reason when it cannot."""
    if monotonic() - _went_well.get(house.store, float("-inf")) <= PROBE_EVERY:
        return JSONResponse({"ready": True})
    obstacle = house.store.probe()
    if obstacle is not None:
        return JSONResponse({"ready": False, "refused": obstacle}, 503)
    _went_well[house.store] = monotonic()
    return JSONResponse({"ready": True})


@router.get("/metrics")
async def figures(house: TheHouse) -> Response:
    """Counts in the text format that Prometheus reads. No names, no texts."""
    lines = [line for figure in house.rooms.figures() for line in figure.lines()]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
