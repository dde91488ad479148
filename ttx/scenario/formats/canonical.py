"""Our own scenario as one JSON document, as `ttx export --as json` writes it: taken as it is, to the letter."""

import json

from pydantic import ValidationError

from ttx.scenario import pictures
from ttx.scenario.findings import listed
from ttx.scenario.formats.understood import Understood
from ttx.scenario.model import Scenario

FORMAT = "our own JSON"


def canonical(name: str, content: bytes) -> Understood | None:
    """The scenario in this document; None if it is none of ours."""
    # The name is sought before anything is parsed: 20 MB of empty objects of somebody else's take 550 MB of memory.
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b"ttx-scenario" not in content:
        return None
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not str(data.get("format")).startswith("ttx-scenario/"):
        return None
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        many = f" ({error.error_count()} faults in all)" if error.error_count() > 1 else ""
        refused = f"{name} is a scenario with a fault at {where}: {first['msg']}{many}. Mend it there, and try again."
        return Understood(FORMAT, refused=refused)
    injects = sum(len(day.injects) for day in scenario.days)
    shown = dict.fromkeys(picture.file for picture in pictures.shown(scenario))
    left = f"{name} holds no pictures; put {listed(shown)} into the folder '{pictures.FOLDER}'."
    return Understood(
        FORMAT,
        injects,
        injects,
        left_out=(left,) if shown else (),
        data=scenario.model_dump(mode="json", exclude_defaults=True),
    )
