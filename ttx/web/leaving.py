"""How a report leaves: made as it may be told, recorded, and only then handed over. For pages, programs, commands."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo

from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Seat
from ttx.exercise.state import State
from ttx.live.room import Room
from ttx.review import ledger
from ttx.review import report as reports
from ttx.review.entries import Kept
from ttx.review.evidence import Item
from ttx.review.exports import Exports, Own, exports, own
from ttx.review.findings import Masked
from ttx.review.leaving import ReportFrozen, ReportTaken, Way
from ttx.review.opinions import consenting, fed, forms
from ttx.review.parts import Tier
from ttx.review.report import Report
from ttx.review.scan import Scan
from ttx.scenario.graph import Graph
from ttx.store import frozen, reviews
from ttx.store.database import Store
from ttx.store.participants import participants_of
from ttx.web.access import House, by_token
from ttx.web.report_files import FORMATS
from ttx.web.review_desk import Desk, found, people, whole

TWO_PEOPLE = (
    "The full report names delegations, so it takes two people: ask for it on the page Exports, have somebody else of "
    "the facilitation team approve it there, and take it within seven days."
)
FROZEN = frozenset({Tier.ANALYST, Tier.PUBLIC})
"""The tiers whose versions are kept; the full one is taken by two people each time."""
CSV = "text/csv; charset=utf-8"
TRIES = 5


class TooManyHands(Exception):
    """Somebody else's report came between, several times. Its text is a sentence."""


class _Overtaken(Exception):
    """What everybody was told has grown since the report was made."""


def told_so_far(store: Store, exercise: str) -> Exports:
    """What has left of an exercise so far, and what is written to leave."""
    return exports(reviews.read(store, exercise))


def template_of(store: Store, exercise: str, held: Exports | None = None) -> bytes | None:
    """The template of the house style in which reports are written in Word; None for ours."""
    style = (held if held is not None else told_so_far(store, exercise)).style
    return frozen.content(store, exercise, style.digest) if style is not None and style.digest is not None else None


def written(store: Store, exercise: str, state: State, tier: Tier, held: Exports | None = None) -> Own:
    """What a report of this tier has besides the record."""
    delegations = {name: one.name for name, one in state.delegations.items()}
    masked = Masked(delegations, people(store, exercise)) if tier is Tier.ANALYST else str
    held = held if held is not None else told_so_far(store, exercise)
    made = own(held, tier, masked)
    if tier is Tier.OWN:
        return made
    named = consenting(participants_of(store, exercise), delegations, tier, held.k)
    told = fed(forms(reviews.read(store, exercise)).values(), held.k)
    return made.model_copy(update={"feedback": told, "participants": named})


def made(
    store: Store,
    exercise: str,
    graph: Graph,
    state: State,
    tier: Tier,
    held: Exports,
    now: datetime,
    zone: tzinfo | None,
    linked: bool = False,
) -> Report:
    """The report of a tier as it may be told after all that left before. `own` is made elsewhere, for its delegation.

    Raises NoSuchTier.
    """
    findings = found(store, exercise, graph, state, tier, now.astimezone(zone).date())
    also = written(store, exercise, state, tier, held)
    named = people(store, exercise)
    return reports.make(graph, state, tier, now, None, findings, zone, written=also, people=named, linked=linked)


def taken(
    store: Store,
    exercise: str,
    seat: str,
    make: Callable[[Exports], Report],
    form: str,
    way: Way,
    permit: Callable[[Exports], str | None] = lambda _held: None,
) -> Report:
    """A report that leaves now, and is in the record before anybody has it.

    `permit` says on which approval, or raises what turns it down. It is made outside the transaction, so that nobody
    who answers waits for it, and once more where another report to everybody came between. Raises NotRecorded,
    TooManyHands, and what `make` and `permit` raise.
    """
    for _again in range(TRIES):
        held = told_so_far(store, exercise)
        permit(held)
        report = make(held)

        def facts(log: Sequence[Kept], held: Exports = held, report: Report = report) -> list[ReportTaken]:
            now = exports(log)
            _same(now, held, report.tier)
            fact = ReportTaken(tier=report.tier, form=form, head=report.seq, way=way, export=permit(now))
            return [fact.model_copy(update=_counted(report))]

        try:
            reviews.record(store, exercise, seat, facts)
        except _Overtaken:
            continue
        return report
    raise TooManyHands("Other reports were taken at the same moment, again and again. Ask once more.")


def approved(seat: Seat, tier: Tier, now: datetime) -> Callable[[Exports], str | None]:
    """On which approval somebody on a page takes a report; raises Refused where two people are wanted."""

    def permit(held: Exports) -> str | None:
        if tier is not Tier.FULL:
            return None
        found = held.permit(seat.id, now)
        if found is None:
            raise Refused(TWO_PEOPLE)
        return found.export

    return permit


def freeze(house: House, room: Room, seat: Seat, tier: Tier, linked: bool = False) -> ReportFrozen:
    """Keep a version of the report in every format, signed. Raises Refused, NoSuchTier, NotRecorded, OSError."""
    if tier not in FROZEN:
        raise Refused("Versions are kept of the analysts' report and of that for everybody. The full one names people.")
    if room.state.day is not None:
        raise Refused("A version is frozen when the day is closed: until then every answer would change it.")
    for _again in range(TRIES):
        held = told_so_far(house.store, seat.exercise)
        report = made(
            house.store, seat.exercise, room.graph, room.state, tier, held, datetime.now(UTC), house.pages.zone, linked
        )
        template = template_of(house.store, seat.exercise, held)
        contents = {form: one.write(report, house.pages, template) for form, one in FORMATS.items()}
        version = len(held.frozen) + 1
        statement, signature = frozen.sign(house.store, seat.exercise, version, tier, report.seq, contents)
        fact = ReportFrozen(
            version=version,
            tier=tier,
            head=report.seq,
            files={form: frozen.digest_of(one) for form, one in contents.items()},
            statement=statement,
            signature=signature,
        ).model_copy(update=_counted(report))

        def facts(log: Sequence[Kept], held: Exports = held, fact: ReportFrozen = fact) -> list[ReportFrozen]:
            now = exports(log)
            _same(now, held, fact.tier)
            if len(now.frozen) != len(held.frozen):
                raise _Overtaken
            return [fact]

        try:
            reviews.record(house.store, seat.exercise, seat.id, facts)
        except _Overtaken:
            continue
        return fact
    raise TooManyHands("Other versions were frozen at the same moment, again and again. Ask once more.")


def _same(now: Exports, held: Exports, tier: Tier) -> None:
    if (tier is Tier.PUBLIC and len(now.told()) != len(held.told())) or now.k != held.k:
        raise _Overtaken


def _counted(report: Report) -> dict[str, object]:
    return {"counts": ledger.counts(report.injects), "held_back": report.held_back, "linked": report.linked}


def desk_file(request: Request, desk: Desk, content: bytes, media_type: str, name: str) -> Response:
    """A table or calendar of a review as a file, in the record before it is handed over, like every report.

    With names it is told to those named, and takes one person as a day's hot wash does: the team works with it.
    Raises NotRecorded.
    """
    way: Way = "program" if by_token(request) else "page"
    form = name.replace(".", " ")
    fact = ReportTaken(tier=desk.tier, form=form, head=desk.room.state.seq, way=way, linked=desk.tier is Tier.FULL)
    reviews.record(desk.house.store, desk.room.exercise, desk.seat.id, lambda _log: [fact])
    called = f"{desk.room.graph.scenario.id}-{name}"
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{called}"'})


def scan_of(store: Store, room: Room) -> Scan:
    """Finds who may be named in a text of this exercise: its roster, cast, map, and what every exercise knows."""
    scenario, state = room.graph.scenario, room.state
    chart = scenario.map
    return Scan(
        delegations={name: one.name for name, one in state.delegations.items()},
        people=people(store, room.exercise),
        agencies={name: one.name for name, one in scenario.organisations.items()},
        places=tuple(one.name for one in chart.places.values()),
        vessels=tuple(one.name for one in chart.tokens.values()),
    )


def own_words(house: House, seat: Seat) -> tuple[Item, ...]:
    """The evidence that is what a seat's delegation said."""
    room = house.rooms.room(seat.exercise)
    every = whole(house.store, seat.exercise, room.graph, room.state)
    return tuple(one for one in every if one.delegation is not None and one.delegation == seat.delegation)
