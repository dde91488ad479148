"""Coding on pages: what is to be read, one piece with its passages, the code book, how far coders agree; files."""

import secrets
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action, Forbidden, reach
from ttx.output import coding_files
from ttx.review import agreement, coded
from ttx.review import evidence as found
from ttx.review.codes import Family
from ttx.review.coding import runs
from ttx.review.coding_commands import may_take_back
from ttx.review.evidence import Item
from ttx.review.marks import CodeSettled, CodesOpened, PassageMarked, PieceFinished
from ttx.review.resembling import ALIKE, odd_ones, resembling, suggested
from ttx.review.sifting import pages
from ttx.review.undoing import behind, in_the_way
from ttx.web.access import TheHouse, TheSeat
from ttx.web.evidence import ONE, SENSES
from ttx.web.leaving import CSV, desk_file
from ttx.web.papers import EXCEL
from ttx.web.review_desk import Desk, opened, review_page

router = APIRouter(include_in_schema=False)

PAGE = 40
FEW = 3
"""Suggestions that are shown of a piece."""
ODDEST = 12

FAMILIES: Mapping[Family, str] = {
    Family.SENSE: "Strength or gap", Family.OWN: "Own codes", Family.OBJECTIVE: "Objective",
    Family.CAPABILITY: "Capability", Family.PHASE: "Phase", Family.ROOT_CAUSE: "Root cause",
}  # fmt: skip
SHOWN: Mapping[str, str] = {
    "todo": "To be read", "mine": "Begun by me", "done": "Finished by me", "differ": "Coders differ", "all": "All",
}  # fmt: skip
"""Which pieces the list shows."""
DEEDS: Mapping[str, str] = {
    "PassageMarked": "Marked", "PieceFinished": "Finished", "CodesOpened": "Opened", "CodeSettled": "Settled",
}  # fmt: skip


@router.get("/s/{seat}/coding")
def list_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    show: Annotated[str, Query(max_length=10)] = "todo",
    inject: Annotated[str, Query(max_length=80)] = "",
    like: Annotated[str, Query(max_length=80)] = "",
    number: Annotated[int, Query(ge=1, le=10_000, alias="page")] = 1,
) -> Response:
    """The pieces to be coded, or those that resemble what was coded so."""
    desk = opened(house, seat)
    show = show if show in SHOWN else "todo"
    fits = [one for one in desk.written if inject in ("", one.inject)]
    alike = {}
    if like in desk.codebook:
        have = [one.seq for one in desk.coded if like in one.codes]
        among = [one.seq for one in fits if seat.id not in desk.coding.finished.get(one.seq, {})]
        alike = {one.piece: one for one in resembling(desk.vectors, have, among)}
        chosen = [desk.known[piece] for piece in alike]
    else:
        chosen = [one for one in fits if _shown(desk, one, show)]
    parts = list(pages(chosen, PAGE))
    number = min(number, len(parts))
    done = sum(seat.id in desk.coding.finished.get(one.seq, {}) for one in desk.written)
    asked = {name: value for name, value in (("show", show), ("inject", inject), ("like", like)) if value}
    return _page(
        request,
        desk,
        "coding_list.html",
        "list",
        show=show,
        shown=SHOWN,
        inject=inject,
        injects=list(dict.fromkeys((one.inject, one.title) for one in desk.written if one.inject)),
        like=desk.codebook.get(like),
        alike=alike,
        items=parts[number - 1],
        total=len(chosen),
        number=number,
        numbers=len(parts),
        link=lambda page: f"?{urlencode({**asked, 'page': page})}",
        done=done,
        odd=_odd(desk) if not like else [],
        workload=[(name, desk.workers.get(name, name), *_progress(desk, name)) for name in coded.called(desk.coding)],
    )


@router.get("/s/{seat}/coding/book")
def book_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The code book, with how much each code was given."""
    desk = opened(house, seat)
    return _page(
        request, desk, "coding_book.html", "book", counts=coded.counted(desk.coding, seat.id, desk.coded),
    )  # fmt: skip


@router.get("/s/{seat}/coding/agreement")
def agreement_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """How far coders agree, what differs and what was settled."""
    desk = opened(house, seat)
    coding = desk.coding
    return _page(
        request,
        desk,
        "coding_agreement.html",
        "agreement",
        compared=coded.compared(coding, desk.codebook),
        independent={pair: len(coding.independent(*pair)) for pair in coding.pairs()},
        disputes=[(one, desk.known[one.piece]) for piece in sorted(coding.pieces) for one in coding.disputes(piece)
                  if piece in desk.known and one.code in desk.codebook],
        settled=[one for one in coding.settled.values() if one.piece in desk.known and one.code in desk.codebook],
        definition=agreement.DEFINITION,
        undefined=agreement.UNDEFINED,
        may_open=reach(seat, Action.OPEN_CODES) is not None,
    )  # fmt: skip


@router.get("/s/{seat}/coding.csv")
def passages_csv(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Every coded passage that this seat may see, as a table."""
    desk = opened(house, seat)
    scenario = desk.room.graph.scenario
    rows = coded.passages(desk.coding, seat.id, desk.codebook, desk.items)
    return desk_file(request, desk, coding_files.coding_csv(rows, scenario.tlp), CSV, "coding.csv")


@router.get("/s/{seat}/coding.xlsx")
def coding_workbook(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The same with counts and agreement, as a workbook."""
    desk = opened(house, seat)
    scenario, coding = desk.room.graph.scenario, desk.coding
    content = coding_files.coding_xlsx(
        coded.passages(coding, seat.id, desk.codebook, desk.items),
        desk.codebook,
        coded.counted(coding, seat.id, desk.coded),
        coded.compared(coding, desk.codebook),
        coded.called(coding),
        scenario.tlp,
    )
    return desk_file(request, desk, content, EXCEL, "coding.xlsx")


@router.get("/s/{seat}/coding/{item}")
def piece_page(request: Request, house: TheHouse, seat: TheSeat, item: Annotated[str, Path(max_length=20)]) -> Response:
    """One piece: its text with the passages that this seat may see, and the form that marks one."""
    desk = opened(house, seat)
    seq = found.read(item)
    here = desk.known.get(seq) if seq is not None else None
    if here is None:
        raise HTTPException(404)
    coding = desk.coding
    marks = coding.seen(here.seq, seat.id)
    coders = coding.coders(here.seq)
    order = [one.seq for one in desk.written]
    place = order.index(here.seq) if here.seq in order else -1
    later = [*order[place + 1 :], *order[: max(place, 0)]]
    next_piece = next((one for one in later if seat.id not in coding.finished.get(one, {})), None)
    have = {
        code: [one.seq for one in desk.coded if code in one.codes]
        for code in {code for one in desk.coded for code in one.codes}
    }
    offered = suggested(desk.vectors, have, here.seq) if here.seq in desk.vectors else {}
    given = set(coding.codes(here.seq, seat.id))
    return _page(
        request,
        desk,
        "coding_piece.html",
        "list",
        item=here,
        marks=marks,
        runs=runs(here.text, marks),
        disputes=coding.disputes(here.seq),
        settled=[one for (piece, _), one in coding.settled.items() if piece == here.seq],
        shut=coding.shut(here.seq),
        open=coding.is_open(here.seq),
        mine=seat.id in coding.finished.get(here.seq, {}),
        others=len(set(coders) - {seat.id}),
        finished=coding.finished.get(here.seq, {}),
        offered=[one for one in offered.items() if one[0] not in given and one[0] in desk.codebook][:FEW],
        before=f"E-{order[place - 1]:04}" if place > 0 else "",
        after=f"E-{next_piece:04}" if next_piece is not None else "",
        place=place + 1,
        of=len(order),
        past=_past(desk, here.seq),
        may_open=reach(seat, Action.OPEN_CODES) is not None,
    )


def _page(request: Request, desk: Desk, template: str, part: str, **context: Any) -> Response:
    families = {family: [one for one in desk.codebook.values() if one.family is family] for family in FAMILIES}
    families = {family: held for family, held in families.items() if held or family is Family.OWN}
    return review_page(
        request,
        desk,
        f"review/{template}",
        "coding",
        part=part,
        coding=desk.coding,
        book=desk.codebook,
        families=families,
        called_families=FAMILIES,
        readable=len(desk.written),
        key=secrets.token_urlsafe(12),
        alike_from=ALIKE,
        deeds=DEEDS,
        one=ONE,
        senses=SENSES,
        **context,
    )


def _shown(desk: Desk, item: Item, show: str) -> bool:
    done, seat = desk.coding.finished.get(item.seq, {}), desk.seat.id
    match show:
        case "todo":
            return seat not in done
        case "mine":
            return seat not in done and bool(desk.coding.given(item.seq, seat))
        case "done":
            return seat in done
        case "differ":
            return bool(desk.coding.disputes(item.seq))
        case _:
            return True


def _progress(desk: Desk, seat: str) -> tuple[int, int]:
    """How many pieces a coder finished, and how many he is at."""
    coding = desk.coding
    done = sum(seat in held for held in coding.finished.values())
    return done, sum(seat in coding.coders(piece) for piece in coding.pieces) - done


def _odd(desk: Desk) -> list[tuple[Item, float]]:
    """The oddest answers, of all questions."""
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for one in desk.written:
        if one.question is not None:
            groups.setdefault((one.inject, one.question), []).append(one.seq)
    every = [one for group in groups.values() for one in odd_ones(desk.vectors, group)]
    return [(desk.known[piece], alike) for piece, alike in sorted(every, key=lambda one: one[1])[:ODDEST]]


def _past(desk: Desk, piece: int) -> list[tuple[Any, str, bool, bool]]:
    """What was done to a piece, as far as this seat may see: the entry, what kind it is of, whether it was taken back,
    whether this seat may take it back."""
    by_seq = {kept.seq: kept for kept in desk.entries}
    told = []
    for kept in desk.entries:
        about = behind(by_seq, kept.seq)
        match about.entry:
            case PassageMarked(piece=there) | PieceFinished(piece=there) if there == piece:
                seen = about.seat == desk.seat.id or desk.coding.is_open(piece)
            case CodeSettled(piece=there) if there == piece:
                seen = True
            case CodesOpened(pieces=pieces) if piece in pieces or not pieces:
                seen = True
            case _:
                seen = False
        if seen:
            gone = kept.seq in desk.review.gone
            told.append((kept, type(about.entry).__name__, gone, not gone and _may_undo(desk, kept.seq)))
    return told[::-1]


def _may_undo(desk: Desk, seq: int) -> bool:
    try:
        may_take_back(desk.coding, desk.seat, behind({kept.seq: kept for kept in desk.entries}, seq))
    except (Refused, Forbidden):
        return False
    return in_the_way(desk.entries, seq) is None
