"""Whether a scenario makes sense as a whole: every fault at once, each with its place and a sentence.

`check` is for authors, `load` for everybody else. The questions are asked in `references`, `paths` and
`values`, and those about a day's agenda and its audience here.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ttx.scenario import deciders, languages, paths, pictures, references, seating, values
from ttx.scenario.files import ROSTERS, assembled, read, roster_material, roster_text, within
from ttx.scenario.findings import Faulty, Finding, in_order, nearest, perhaps
from ttx.scenario.material import Location, Material
from ttx.scenario.model import Audience, Inject, Scenario, Show
from ttx.scenario.overlaps import overlaps
from ttx.scenario.readings import Note, Reading, placed, reading
from ttx.scenario.roster import Roster, seated
from ttx.scenario.sentences import capital, subject


def check(path: Path) -> tuple[Finding, ...]:
    """Every fault of the scenario in this folder, and of the roster beside it if there is one."""
    return _checked(path)[1]


def load(path: Path) -> Scenario:
    """The scenario in this folder. Raises Faulty with all findings if one of them is an error."""
    scenario, findings = _checked(path)
    if scenario is None or any(finding.severity == "error" for finding in findings):
        raise Faulty(findings)
    return scenario


def checked(material: Material, roster: Roster | None = None) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """The scenario as far as it can be read, and every finding. With a roster, its audiences are checked."""
    found = reading(material)
    findings = [*material.faults, *found.faults, *_repeats(material)]
    if found.scenario is not None:
        findings += filter(None, map(found.finding, _notes(found, found.scenario, roster)))
        findings += languages.findings(found, found.scenario)
        findings += _unused(found, found.scenario)
    return found.scenario, in_order(findings)


class Checked(NamedTuple):
    """What a whole folder's files come to: the scenario and the roster as far as they can be read."""

    material: Material
    scenario: Scenario | None
    roster: Roster | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand in the way of an exercise."""
        return tuple(one for one in self.findings if one.severity == "error")


def checked_texts(texts: Mapping[str, str], pictures: Collection[str]) -> Checked:
    """The same of a folder that lies in no file system: its files' texts and its pictures' names.

    The same folder is checked once, however often it is asked for.
    """
    return _checked_texts(tuple(sorted(texts.items())), frozenset(pictures))


# Of 300 injects: 50 ms where nothing is known, and 15 ms where `files` has read the other days already.
@lru_cache(maxsize=16)
def _checked_texts(texts: tuple[tuple[str, str], ...], pictures: frozenset[str]) -> Checked:
    files = dict(texts)
    faults: list[Finding] = []
    written: Material | None = None
    if (name := next((name for name in ROSTERS if name in files), None)) is not None:
        try:
            written = roster_text(files[name], name)
        except Faulty as faulty:
            faults += faulty.findings
    return _with_roster(assembled(files, pictures=pictures), written, faults)


def _checked(path: Path) -> tuple[Scenario | None, tuple[Finding, ...]]:
    faults: list[Finding] = []
    written = _roster_material(path, faults)
    found = _with_roster(read(path), written, faults)
    return found.scenario, found.findings


def _with_roster(material: Material, written: Material | None, more: list[Finding]) -> Checked:
    roster: Roster | None = None
    if written is not None:
        try:
            roster = seated(written)
        except Faulty as faulty:
            more += faulty.findings
    scenario, findings = checked(material, roster)
    if roster is not None and written is not None and scenario is not None and material.headed:
        more += seating.findings(scenario, roster, material, written)
    return Checked(material, scenario, roster, in_order([*findings, *more]))


def _roster_material(folder: Path, faults: list[Finding]) -> Material | None:
    for name in ROSTERS:
        if folder.is_dir() and (folder / name).is_file():
            if not within(folder, name):
                faults.append(Finding("error", name, 1, None, None, f"{name} is a link out of the folder."))
                continue
            try:
                return roster_material(folder / name)
            except Faulty as faulty:
                faults += faulty.findings
    return None


def _repeats(material: Material) -> Iterator[Finding]:
    """Fields that are written twice in one piece."""
    for location, line in material.repeats:
        first = material.place(location).line
        who = subject(material, location[:-1]) if len(location) > 1 else "the scenario"
        yield material.finding(
            location,
            f"{capital(who)} has '{location[-1]}' twice, first on line {first}; the second is never used.",
            line=line,
        )


def _notes(found: Reading, scenario: Scenario, roster: Roster | None) -> Iterator[Note]:
    days = range(len(scenario.days))
    torn = frozenset(number for number in days if found.torn(found.home(("days", number))))
    course = paths.paths(scenario)
    yield from _numbering(found, scenario)
    yield from references.repeated(scenario)
    astray = [*references.unknown(scenario), *references.astray(scenario), *paths.astray(course, torn)]
    yield from astray
    yield from paths.needs(course)
    for number in days:
        yield from paths.too_long(course, number)
        if not (astray or found.broken):  # else what is told beside what is not known yet
            yield from overlaps(course, number)
        yield from _agenda(found, scenario, number)
        yield from _speakers(scenario, number)
    yield from deciders.deciders(course, roster, torn)
    all_read = not torn and found.complete(("days",))
    yield from values.conditions(course, lambda name: all_read and found.sound(("variables", name)))
    yield from _audiences(scenario, roster)
    yield from _expected(scenario, roster)
    yield from _questions(scenario)
    yield from _shown(found.material.pictures, scenario)
    yield from _uncounted(scenario)


def _numbering(found: Reading, scenario: Scenario) -> Iterator[Note]:
    files = found.material.day_files
    first: dict[int, str] = {}
    for place, day in enumerate(scenario.days):
        location: Location = ("days", place, "day")
        number = int(str(found.home(location)[1]))
        file = files[number] if number < len(files) else f"day-{day.day}.yaml"
        if file != f"day-{day.day}.yaml":
            yield Note(
                location,
                f"{file} says day: {day.day}; change the number, or call the file day-{day.day}.yaml.",
            )
        elif day.day in first:
            yield Note(location, f"Day {day.day} stands in {first[day.day]} already; give this day another number.")
        else:
            first[day.day] = file


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _agenda(found: Reading, scenario: Scenario, number: int) -> Iterator[Note]:
    """Sessions that overlap, and injects planned outside their session."""
    day = scenario.days[number]
    where = {session.id: place for place, session in reversed(list(enumerate(day.sessions)))}
    sound = {ident: found.sound(found.home(("days", number, "sessions", place))) for ident, place in where.items()}
    ordered = sorted(where.values(), key=lambda place: day.sessions[place].start)
    for earlier, later in pairwise(place for place in ordered if sound[day.sessions[place].id]):
        one, other = day.sessions[earlier], day.sessions[later]
        if _minute(one.start) + one.minutes > _minute(other.start):
            end = _clock(_minute(one.start) + one.minutes)
            yield Note(
                ("days", number, "sessions", later, "start"),
                f"Session '{other.title}' starts at {other.start}, while '{one.title}' runs until {end}.",
                "warning",
            )
    for place, inject in enumerate(day.injects):
        if not sound.get(inject.session):
            continue
        session = day.sessions[where[inject.session]]
        if (_minute(inject.at) - _minute(session.start)) % 1440 >= session.minutes:
            end = _clock(_minute(session.start) + session.minutes)
            yield Note(
                ("days", number, "injects", place, "at"),
                f"{inject.id} is planned at {inject.at}, outside its session '{session.title}', "
                f"{session.start} to {end}; change the one or the other.",
            )


def _speakers(scenario: Scenario, number: int) -> Iterator[Note]:
    """Speakers where nobody speaks, and keynotes without one."""
    for place, session in enumerate(scenario.days[number].sessions):
        at = ("days", number, "sessions", place, "speakers")
        if session.speakers and session.kind not in ("keynote", "panel"):
            yield Note(
                at,
                f"'{session.title}' is a {session.kind} and has speakers, who belong to keynotes and "
                "panels; write kind: keynote or kind: panel, or take them out.",
                "warning",
            )
        elif session.kind == "keynote" and not session.speakers:
            yield Note(at, f"The keynote '{session.title}' has no speaker yet; add one with a name.", "warning")


def _audiences(scenario: Scenario, roster: Roster | None) -> Iterator[Note]:
    """Audiences that are empty or, by the roster, without anybody who could answer."""
    reached: dict[Audience, bool] = {}
    for location, inject in placed(scenario):
        place, to = (*location, "to"), inject.to
        if not (to.all or to.groups or to.tables or to.delegations):
            yield Note(place, f"{inject.id} goes to nobody; write to: all, or name groups, tables or delegations.")
            continue
        if roster is None:
            continue
        unknown = [
            *_absent((*place, "delegations"), inject, to.delegations, "delegation", _delegations(roster)),
            *_absent((*place, "tables"), inject, to.tables, "table", roster.tables),
        ]
        yield from unknown
        if to not in reached:
            reached[to] = any(deciders.reached(to, roster))
        if not reached[to] and not unknown:
            yield Note(place, f"{inject.id} reaches no head or delegate of the roster; widen its audience.")


def _expected(scenario: Scenario, roster: Roster | None) -> Iterator[Note]:
    """Whom answers are expected to involve, and nobody could name: without a roster it may be a delegation."""
    if roster is None:
        return
    there = {**{name: one.name for name, one in (*scenario.organisations.items(), *scenario.groups.items())},
             **_delegations(roster)}  # fmt: skip
    for location, inject in placed(scenario):
        for number, question in enumerate(inject.questions):
            for index, word in enumerate(question.expects):
                if word not in there:
                    close = next((ident for ident, name in there.items() if name == word), None) or nearest(word, there)
                    meant = f"; did you mean '{close}'?" if close else perhaps(word, there)
                    yield Note(
                        (*location, "questions", number, "expects", index),
                        f"Question {question.id} of {inject.id} expects '{word}', which is no organisation or group "
                        f"of the scenario and no delegation of the roster{meant}",
                    )


def _delegations(roster: Roster) -> dict[str, str]:
    return {ident: delegation.name for ident, delegation in roster.delegations.items()}


def _absent(
    place: Location, inject: Inject, words: tuple[str, ...], noun: str, known: Mapping[str, str]
) -> Iterator[Note]:
    for index, word in enumerate(words):
        if word in known:
            continue
        ident = next((ident for ident, name in known.items() if name == word), None)
        close = ident or nearest(word, known)
        meant = f"; did you mean '{close}'?" if close else perhaps(word, known)
        yield Note((*place, index), f"{inject.id} names the {noun} '{word}', which the roster does not have{meant}")


def _questions(scenario: Scenario) -> Iterator[Note]:
    for location, inject in placed(scenario):
        for number, question in enumerate(inject.questions):
            if not question.objectives and not inject.objectives:
                yield Note(
                    (*location, "questions", number, "objectives"),
                    f"Question {question.id} of {inject.id} has no objective; name it here or in the inject.",
                    sought=(*location, "objectives"),
                )


def _shown(there: frozenset[str] | None, scenario: Scenario) -> Iterator[Note]:
    """Pictures that are named and not there."""
    for location, inject in placed(scenario):
        if there is None or inject.picture is None or inject.picture.file in there:
            continue
        name = inject.picture.file
        yield Note(
            (*location, "picture", "file"),
            f"{inject.id} shows the picture '{name}', which the folder pictures does not have{perhaps(name, there)}",
            "warning",  # without it, its description is shown: no reason to keep fifty people waiting
        )


def _uncounted(scenario: Scenario) -> Iterator[Note]:
    """Numbers of people with a step that takes something off the map: no line is left that they could widen."""
    for location, inject in placed(scenario):
        for number, step in enumerate(inject.map):
            if isinstance(step, Show) and step.do == "hide" and step.people is not None:
                yield Note(
                    (*location, "map", number, "people"),
                    f"{inject.id} hides '{step.what}' and says how many people go there, which nothing shows; "
                    "take people out, or show it instead.",
                    "warning",
                )


def _unused(found: Reading, scenario: Scenario) -> Iterator[Finding]:
    """Pictures that are there and not named, as far as every inject could be read."""
    if found.material.pictures is None or found.broken or not found.complete(("days",)):
        return
    for name in sorted(found.material.pictures - {picture.file for picture in pictures.shown(scenario)}):
        sentence = f"No inject shows the picture {name}; name it in one, or take it out of the folder."
        yield Finding("warning", f"{pictures.FOLDER}/{name}", 1, None, None, sentence)
