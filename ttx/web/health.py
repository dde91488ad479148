"""Whether the server is alive, whether it can do its work, and its figures."""

from collections.abc import Mapping
from time import monotonic
from weakref import WeakKeyDictionary

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ttx.live.measures import Figure, gauge
from ttx.store.database import Store
from ttx.store.newest import told
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
    """The record can be written; 503 with the reason when it cannot. A snapshot that is late is said beside it."""
    if monotonic() - _went_well.get(house.store, float("-inf")) <= PROBE_EVERY:
        return JSONResponse(_ready(house.store))
    obstacle = house.store.probe()
    if obstacle is not None:
        return JSONResponse({"ready": False, "refused": obstacle}, 503)
    _went_well[house.store] = monotonic()
    return JSONResponse(_ready(house.store))


@router.get("/metrics")
async def figures(house: TheHouse) -> Response:
    """Counts in the text format that Prometheus reads. No names, no texts."""
    lines = [line for figure in (*house.rooms.figures(), *_of_snapshots(house.store)) for line in figure.lines()]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _ready(store: Store) -> Mapping[str, bool | str]:
    """What is said while the record can be written; a late snapshot is no 503, which would end an exercise."""
    newest = told(store.directory)
    late = newest.late() if newest is not None else None
    return {"ready": True} if late is None else {"ready": True, "late": late}


def _of_snapshots(store: Store) -> list[Figure]:
    """Nothing where none are made."""
    newest = told(store.directory)
    if newest is None:
        return []
    return [
        gauge("ttx_snapshot_age_seconds", "Since the newest good snapshot was known to hold everything.",
              round(newest.age())),
        gauge("ttx_snapshot_interval_seconds", "How often one is to be made.", newest.every),
        gauge("ttx_snapshot_bytes", "How large the newest good one is.", newest.size),
        gauge("ttx_snapshot_read_back", "1 if the last one written was read back whole.", int(newest.read_back)),
    ]  # fmt: skip
