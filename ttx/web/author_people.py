"""Who writes a scenario: the authors with their codes to hand out, inviting, new codes, revoking."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.rights import Forbidden
from ttx.scenario.roster import Role
from ttx.store import authors
from ttx.store.authors import Invited, NoSuchAuthor, NotInvited
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_forms import mapping
from ttx.web.author_frame import author_page, label_of, opened, said
from ttx.web.labels import role_label
from ttx.web.seats import address_of, qr

router = APIRouter(include_in_schema=False)


@router.get("/a/{author}/people")
def people(request: Request, house: TheHouse, author: TheAuthor) -> Response:
    """The authors of this scenario, group by group."""
    return _page(request, house, author)


@router.post("/a/{author}/people")
def change(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    do: Annotated[str, Form(max_length=20)],
    which: Annotated[str, Form(max_length=40)] = "",
    role: Annotated[str, Form(max_length=40)] = Role.AUTHOR,
    group: Annotated[str, Form(max_length=40)] = "",
    name: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Invite somebody, make a new code, revoke. What was done or cannot be done is said on the page."""
    place = "?revoked=1"
    try:
        match do:
            case "invite":
                wanted = next((one for one in authors.ROLES if one == role), Role.AUTHOR)
                invited = authors.invite(house.store, author, Invited(wanted, group or None, name))
                place = f"?invited={invited.author.id}"
            case "code":
                authors.rotate_code(house.store, author, which)
                place = f"#p-{which}"
            case "revoke":
                authors.revoke_author(house.store, author, which)
    except (NotInvited, Forbidden, NoSuchAuthor) as refusal:
        typed = {"name": name, "role": role, "group": group} if do == "invite" else {}
        return _page(request, house, author, str(refusal), 409, typed)
    return RedirectResponse(f"/a/{author.id}/people{place}", 303)


def _page(
    request: Request,
    house: TheHouse,
    author: TheAuthor,
    refused: str | None = None,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The page. `typed` is an invitation that was refused, which stays to be corrected."""
    here = opened(house, author)
    names = {key: said(mapping(one), "name") or key for key, one in mapping(here.read.data.get("groups")).items()}
    groups: dict[str | None, list[dict[str, object]]] = {None: [], **{key: [] for key in names}}
    for one in authors.authors_of(house.store, author.draft):
        if one.revoked_at is not None:
            continue
        shown = authors.manages(author, one.author)
        url = f"{address_of(request)}/j/{one.code}"
        groups.setdefault(one.author.group if one.author.role is Role.AUTHOR else None, []).append(
            {
                "id": one.author.id,
                "who": label_of(one.author),
                "account": one.account,
                "role_label": role_label(one.author.role),
                "code": one.code if shown else None,
                "url": url,
                "qr": qr(url) if shown else None,
                "self": one.author.id == author.id,
            }
        )
    new = request.query_params.get("invited")
    roles = [one for one in authors.ROLES if one is not Role.DIRECTOR or author.role is Role.DIRECTOR]
    return author_page(
        request,
        here,
        "author_people.html",
        "people",
        status=status,
        groups=[(key, names.get(key or "", key), ones) for key, ones in groups.items()],
        roles=[(str(one), role_label(one)) for one in reversed(roles)],
        address=address_of(request),
        refused=refused,
        typed=typed or {"name": "", "role": "", "group": ""},
        revoked="revoked" in request.query_params,
        invited=next((one for ones in groups.values() for one in ones if one["id"] == new), None) if new else None,
    )
