"""The reports of the rehearsed exercise, and the files they are written to. The same bytes each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.samples import fed_back
from tests.samples.play import FIRST, Played, lantern_tide
from tests.samples.said import FOUND, NAMED, PLANNED, PROGRESS
from ttx.exercise.rights import Seat
from ttx.pages.environment import pages_of
from ttx.review.commands import Grounds, decide
from ttx.review.entries import Kept
from ttx.review.evidence import Item, Kind, evidence
from ttx.review.findings import findings
from ttx.review.gaps import Review, fold
from ttx.review.report import Report, Tier, make
from ttx.review.requests import REQUEST
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.web.report_files import FORMATS, hot_wash_of

MADE = datetime(2026, 12, 17, 9, tzinfo=UTC)
SEED = b"a sample, whose pseudonyms are no secret"
SHOWN = {"pdf": Tier.ANALYST, "docx": Tier.ANALYST, "xlsx": Tier.ANALYST, "html": Tier.PUBLIC}
"""In which format the report of which tier is shown."""
HOT_WASH = 2
"""The day whose hot wash is shown."""


@cache
def played() -> Played:
    """The exercise, played once."""
    return lantern_tide()


def reviewed(of: Played) -> Review:
    """What its analysts found, each gap on the observations of its capability, and what is planned."""
    items = evidence(of.graph, of.state)
    grounds = Grounds(of.graph, of.state, {one.seq for one in items}, {}, {one.seq: one.text for one in items})
    analyst, log = Seat("analyst", "sample", Role.ANALYST), list[Kept]()
    asked = [{"do": "record_gap", **gap, "evidence": _shown_by(items, gap["capability"])} for gap in FOUND]
    asked += [{"do": "plan_action", **one} for one in PLANNED]
    asked += [{"do": "note_progress", **one} for one in PROGRESS]
    for number, request in enumerate(asked):
        at = FIRST + timedelta(days=14, minutes=number)
        for entry in decide(grounds, log, analyst, REQUEST.validate_python(request)):
            log.append(Kept(len(log) + 1, at, analyst.id, entry))
    return fold(log)


def _shown_by(items: tuple[Item, ...], capability: str) -> list[int]:
    about = [one for one in items if capability in one.capabilities and one.since is None]
    noted = [one.seq for one in about if one.kind is Kind.OBSERVATION and one.sense == "gap"]
    return noted + [one.seq for one in about if one.kind is Kind.ANSWER and "narrowest point" in one.text][:5]


def report(tier: Tier = Tier.ANALYST, seed: bytes = SEED) -> Report:
    """The report of a tier, as it was made three weeks later, with the pseudonyms that the seed draws."""
    of = played()
    found = findings(of.graph, of.state, reviewed(of), evidence(of.graph, of.state), tier, MADE.date())
    also = fed_back.written(of, tier)
    people = [name for _delegation, name, _organisation in NAMED]
    return make(of.graph, of.state, tier, MADE, findings=found, written=also, people=people, seed=seed)


def samples() -> Iterator[tuple[str, bytes]]:
    """The name and the content of every file."""
    settings = Settings()
    pages = pages_of(settings.templates, settings.static)
    for form, tier in SHOWN.items():
        name = "report-for-everybody" if tier is Tier.PUBLIC else "report"
        yield f"{name}.{form}", FORMATS[form].write(report(tier), pages)
    yield f"hot-wash-day-{HOT_WASH}.pdf", hot_wash_of(report(Tier.FULL), HOT_WASH, "pdf", pages)


def write(folder: Path) -> None:
    """Write them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in samples():
        (folder / name).write_bytes(content)
