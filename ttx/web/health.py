"""Whether the server is alive, whether it can do its work, and its figures."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ttx.web.access import TheHouse

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> Response:
    """The process answers."""
    return JSONResponse({"alive": True})


@router.get("/readyz")
def ready(house: TheHouse) -> Response:
    """The record can be written; 503 with the reason when it cannot."""
    obstacle = house.store.probe()
    if obstacle is not None:
        return JSONResponse({"ready": False, "refused": obstacle}, 503)
    return JSONResponse({"ready": True})


@router.get("/metrics")
async def figures(house: TheHouse) -> Response:
    """Counts in the text format that Prometheus reads. No names, no texts."""
    lines = []
    for name, kind, about, value in house.rooms.figures():
        lines += [f"# HELP {name} {about}", f"# TYPE {name} {kind}", f"{name} {value}"]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
