"""What every page of a review stands on: the evidence as this seat may read it, what was found, and who works on it."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ttx.exercise.ballots import TableChose
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action, Seat, reach
from ttx.exercise.state import State
from ttx.live.room import Room
from ttx.output.improvement import CAUSES
from ttx.output.labels import PHASES
from ttx.review import codes, evidence
from ttx.review.codes import Code
from ttx.review.coding import Coding, fold_coding
from ttx.review.entries import Kept
from ttx.review.evidence import Item
from ttx.review.findings import Findings, Masked, findings
from ttx.review.gaps import Gap, Review, fold
from ttx.review.parts import Tier
from ttx.review.resembling import Vector, weighed
from ttx.review.scan import Scan
from ttx.scenario.graph import Graph
from ttx.scenario.worded import worded
from ttx.store import log, reviews, seats
from ttx.store.database import Store
from ttx.store.participants import participants_of
from ttx.store.sessions import seats_of_session
from ttx.web.access import House, session_of
from ttx.web.labels import role_label
from ttx.web.shown import page, utc_now


@dataclass(frozen=True, eq=False)
class Desk:
    """A review as a seat has it before it: of the full tier for those who run the exercise, with pseudonyms for
    analysts. What is worked out from it is worked out once, when it is first asked for."""

    house: House
    room: Room
    seat: Seat
    tier: Tier
    entries: tuple[Kept, ...]

    @cached_property
    def review(self) -> Review:
        """What is found and planned now."""
        return fold(self.entries)

    @cached_property
    def whole(self) -> tuple[Item, ...]:
        """All evidence, with the delegations' own ids: for counting, never for a page."""
        return _whole(self.room, self.room.state.seq)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The evidence as this seat may read it."""
        return _seen(self.room, self.room.state.seq, self.tier)

    @cached_property
    def coding(self) -> Coding:
        """What coders marked; whoever reads of it asks what this seat may see."""
        return fold_coding(self.entries)

    @cached_property
    def codebook(self) -> Mapping[str, Code]:
        """Every code by its id."""
        labels = {**{one.value: label for one, label in PHASES.items()}, **CAUSES}
        return codes.book(self.room.graph.scenario, self.coding.own, labels)

    @cached_property
    def coded(self) -> tuple[Item, ...]:
        """The evidence as this seat may read it, with the codes that it may see."""
        coded = self.coding.pieces | {piece for piece, _ in self.coding.settled}
        return tuple(
            replace(one, codes=self.coding.codes(one.seq, self.seat.id)) if one.seq in coded else one
            for one in self.items
        )

    @property
    def written(self) -> tuple[Item, ...]:
        """The pieces that somebody wrote in his own words, which coders read."""
        return _written(self.room, self.room.state.seq, self.tier)

    @property
    def vectors(self) -> Mapping[int, Vector]:
        """The same as vectors of their words."""
        return _vectors(self.room, self.room.state.seq, self.tier)

    @cached_property
    def known(self) -> Mapping[int, Item]:
        """The same by the entry that said it."""
        return {one.seq: one for one in self.items}

    @cached_property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """By what id and name this seat knows each delegation."""
        return _names(self.room, self.tier)

    @cached_property
    def workers(self) -> Mapping[str, str]:
        """What those are called who work on a review, by their seats."""
        listed = seats.seats_of(self.house.store, self.room.exercise)
        return {one.seat.id: one.name or role_label(one.seat.role) for one in listed}

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The names on the roster, which no paper beyond the full tier tells."""
        return people(self.house.store, self.room.exercise)

    @cached_property
    def masked(self) -> Masked:
        """What such papers leave out of written texts."""
        return Masked({name: one.name for name, one in self.room.state.delegations.items()}, self.people)

    @cached_property
    def plain(self) -> Callable[[str], str]:
        """Leaves names out of what was written in the room, for those who read pseudonyms."""
        if self.tier is Tier.FULL:
            return str
        delegations = {name: one.name for name, one in self.room.state.delegations.items()}
        return Scan(delegations, self.people, own=True).hide

    @property
    def today(self) -> date:
        """The day it is in the room."""
        return today(self.house)

    def prevalence(self, gap: Gap) -> tuple[int, int]:
        """Of how many delegations a gap's evidence is, and of how many it could have been."""
        own = {one.seq: one for one in self.whole}
        return evidence.reach(self.room.graph, self.room.state, [own[one] for one in gap.evidence if one in own])


def opened(house: House, seat: Seat) -> Desk:
    """The review as this seat may read it. An analyst reads when the day is closed, as with the report."""
    room = house.rooms.room(seat.exercise)
    full = reach(seat, Action.REPORT_FULL) is not None
    if room.state.day is not None and not full:
        raise Refused(worded("The record is read when the day is closed. Come back then; nothing is lost."))
    entries = reviews.read(house.store, seat.exercise)
    return Desk(house, room, seat, Tier.FULL if full else Tier.ANALYST, tuple(entries))


@lru_cache(maxsize=8)
def _whole(room: Room, _seq: int) -> tuple[Item, ...]:
    """The same as `whole`, worked out once an entry: 2,200 pieces take 80 ms, and 65 more to be told without names."""
    return whole(room.store, room.exercise, room.graph, room.state)


@lru_cache(maxsize=8)
def _seen(room: Room, seq: int, tier: Tier) -> tuple[Item, ...]:
    return evidence.seen(_whole(room, seq), tier, _names(room, tier), room.state.tables)


@lru_cache(maxsize=8)
def _written(room: Room, seq: int, tier: Tier) -> tuple[Item, ...]:
    return tuple(one for one in _seen(room, seq, tier) if evidence.in_own_words(room.graph, room.state, one))


@lru_cache(maxsize=8)
def _vectors(room: Room, seq: int, tier: Tier) -> Mapping[int, Vector]:
    return weighed({one.seq: one.text for one in _written(room, seq, tier)})


def _names(room: Room, tier: Tier) -> Mapping[str, tuple[str, str]]:
    if tier is Tier.FULL:
        return {name: (name, one.name) for name, one in room.state.delegations.items()}
    return pseudonyms(reviews.secret(room.store, room.exercise), tuple(room.state.delegations))


def whole(store: Store, exercise: str, graph: Graph, state: State) -> tuple[Item, ...]:
    """All evidence of an exercise, with the delegations' own ids."""
    return evidence.evidence(graph, state, log.read_kind(store, exercise, TableChose))


def found(store: Store, exercise: str, graph: Graph, state: State, tier: Tier, day: date) -> Findings:
    """The gaps and the improvement plan of an exercise, for a report of this tier."""
    review = fold(reviews.read(store, exercise))
    if not review.gaps:
        return Findings(tier=tier)
    named = people(store, exercise)
    return findings(graph, state, review, whole(store, exercise, graph, state), tier, day, named)


def people(store: Store, exercise: str) -> tuple[str, ...]:
    """The names on an exercise's roster, and those of participants who agreed to be named in the full report."""
    roster = (one.name for one in seats.seats_of(store, exercise) if one.name)
    return tuple(dict.fromkeys([*roster, *(one.name for one in participants_of(store, exercise))]))


def pseudonyms(secret: bytes, delegations: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What analysts call the delegations on the pages they work on: letters, in an order that `secret` decides.

    The same on every page of an exercise, so that analysts can speak of "Delegation C"; each report draws its own.
    """
    order = sorted(delegations, key=lambda name: hmac.digest(secret, f"pseudonym {name}".encode(), "sha256"))
    return {name: (_letters(place), f"Delegation {_letters(place)}") for place, name in enumerate(order)}


def _letters(place: int) -> str:
    """A to Z, then AA."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def today(house: House) -> date:
    """The day it is in the room."""
    return datetime.now(house.pages.zone).date()


def earlier_reviews(request: Request, desk: Desk) -> dict[str, tuple[Room, Review]]:
    """The earlier exercises that this device may read the review of, because it sits there too, with what they found;
    the last one first.

    A program's token is one seat in one exercise, so it has none.
    """
    session = session_of(request)
    if session is None:
        return {}
    every = [str(one.id) for one in log.exercises(desk.house.store)]  # the newest first
    before = every[every.index(desk.room.exercise) + 1 :] if desk.room.exercise in every else []
    found: dict[str, tuple[Room, Review]] = {}
    for seat in seats_of_session(desk.house.store, session.id):
        if seat.exercise not in before or seat.exercise in found or reach(seat, Action.READ_REVIEW) is None:
            continue
        room = desk.house.rooms.room(seat.exercise)
        if room.state.day is not None and reach(seat, Action.REPORT_FULL) is None:
            continue
        review = fold(reviews.read(desk.house.store, seat.exercise))
        if review.gaps:
            found[seat.exercise] = (room, review)
    return dict(sorted(found.items(), key=lambda one: before.index(one[0])))


def review_page(
    request: Request, desk: Desk, template: str, tab: str, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page in the review's frame (`review_layout.html`), with what that promises beside its own context."""
    scenario = desk.room.graph.scenario
    return page(
        request,
        template,
        language=desk.seat.language,
        status=status,
        seat=desk.seat,
        scenario=scenario,
        state=desk.room.state,
        base=f"/s/{desk.seat.id}",
        tab=tab,
        tier=desk.tier,
        desk=desk,
        review=desk.review,
        phases=PHASES,
        today=desk.today,
        made_at=utc_now(),
        **context,
    )
