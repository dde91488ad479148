"""Who takes part: the roster's delegations, tables and seats as a form, and the whole of it as a table."""

import csv
from io import StringIO
from typing import Any, cast

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.rights import Action, reach
from ttx.output.cells import unformula
from ttx.scenario import roster_changes
from ttx.scenario.changes import NotChanged
from ttx.scenario.files import ROSTERS, roster_text
from ttx.scenario.merging import revision
from ttx.scenario.requests import WriteRoster
from ttx.scenario.roster import Role, seated
from ttx.store import drafts
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_forms import by_field, lenient, mapping
from ttx.web.author_frame import Open, opened
from ttx.web.labels import role_label

router = APIRouter(include_in_schema=False)

LARGEST = 1_000_000
"""Bytes a roster that is brought may have."""
COLUMNS = (*roster_changes.SEAT, "groups")
_SEATED = [role for role in Role if role not in (Role.ADMIN, Role.AUTHOR)]


def roster_part(here: Open) -> dict[str, Any]:
    """What the form of the roster shows, with what is found wrong in it, and whether this author may write it."""
    now = roster_changes.shown(here.draft.texts)
    may = reach(here.author, Action.EDIT_ROSTER) is not None
    why = None if may else "The director decides who takes part; you can read it."
    if now is None:
        why = "The roster cannot be read: the findings say why. Bring in another one below, or mend the file."
    scenario = here.read.scenario
    return {
        "piece": lenient(now or {"delegations": {}, "tables": {}, "seats": []}),
        "revision": revision(now) if now is not None else "",
        "doing": "write_roster",
        "kept": "head:roster",
        "found": by_field([one for one in here.read.findings if one.file in ROSTERS], {}),
        "may_edit_here": may and now is not None,
        "may_bring": may,
        "why_not": why,
        "roles": [(str(role), role_label(role)) for role in _SEATED],
        "tongues": [scenario.language, *scenario.translations] if scenario is not None else ["en"],
    }


@router.get("/a/{author}/roster.csv")
def roster_table(house: TheHouse, author: TheAuthor) -> Response:
    """The seats as a table that comes back as it is: a delegation's groups stand at its first seat, separated by ;."""
    now = roster_changes.shown(opened(house, author).draft.texts) or {}
    delegations, told = mapping(now.get("delegations")), set[str]()
    out = StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for seat in cast(list[dict[str, str]], now.get("seats") or []):
        who, at = seat.get("delegation"), seat.get("table")
        here = mapping(delegations.get(who)) if who is not None and who not in told else mapping(None)
        told |= {who} if who is not None else set()
        names = {"delegation": str(mapping(delegations.get(who))["name"] or who)} if who is not None else {}
        names |= {"table": str(mapping(now.get("tables")).get(at) or at)} if at is not None else {}
        row = {**seat, **names, "groups": "; ".join(cast(list[str], here["groups"] or []))}
        table.writerow({column: unformula(value) for column, value in row.items()})
    headers = {"content-disposition": 'attachment; filename="roster.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/a/{author}/roster")
async def bring_roster(request: Request, house: TheHouse, author: TheAuthor) -> Response:
    """Put a roster that is brought, YAML or CSV, in the place of the one there is. Raises Faulty for what is none."""
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise NotChanged("No file came with this. Choose a roster, YAML or CSV, then send it once more.")
        name, content = file.filename, await file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NotChanged(f"{name} is larger than 1 MB, which no roster is. Choose another file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotChanged(f"{name} is no text in UTF-8. Save it as CSV UTF-8, then send it once more.") from None
    wanted = roster_changes.plain(seated(roster_text(text, name)))
    drafts.record(house.store, author.draft, author, WriteRoster(do="write_roster", fields=cast(Any, wanted)))
    return RedirectResponse(f"/a/{author.id}?part=roster", 303)
