"""The record of an exercise as a paper, in the order of an after-action report (HSEEP 2020).

Overview, how it ran, how far delegations agree, what was observed by capability, the coordination network, what the
tables drew from it, gaps, the improvement plan; then every answer. What the report's tier leaves out is not in its
data, and so not here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo

from ttx.output.coordination import network_chapter
from ttx.output.improvement import gaps_chapter, plan_chapter
from ttx.output.labels import RATINGS, TLP, Say
from ttx.output.manual import words
from ttx.output.opinions import feedback_chapter, in_band, participants_chapter
from ttx.output.own_text import VERDICTS, agreement_shown, own_text, rated
from ttx.output.paper import (
    Block,
    Box,
    Cover,
    Facts,
    Heading,
    Items,
    NewPage,
    Paper,
    Run,
    Runs,
    Table,
    Text,
    joined,
    said,
    told,
)
from ttx.output.voices import voices_chapter
from ttx.review import alignment
from ttx.review.bands import Banded
from ttx.review.ledger import HELD_BACK
from ttx.review.report import Report, Tier
from ttx.review.told import Asked, Observed, Told

TIERS: Mapping[Tier, str] = {
    Tier.FULL: "Full report: names delegations. For the facilitation team.",
    Tier.OWN: "What one delegation was told and said. For that delegation.",
    Tier.ANALYST: "With pseudonyms drawn anew for this report and without clock times. For analysts.",
    Tier.PUBLIC: "Counts in bands, and nothing that anybody wrote. For everybody.",
}
APART = (
    "With pseudonyms drawn anew for each question and chapter (Participant 3 is somebody else in the next one), and "
    "without clock times. For analysts."
)
SENSES: Mapping[str, str] = {"strength": "Strength", "gap": "Gap", "surprise": "Surprise", "note": "Note"}
STANDING: Mapping[str, str] = {
    "released": "Released",
    "held": "Held",
    "skipped": "Skipped",
    "recalled": "Taken back",
}


NOTHING_DRAWN: Mapping[str, bytes] = {}


def record(
    of: Report,
    pictures: Mapping[str, bytes] = NOTHING_DRAWN,
    _: Say = str,
    *,
    spoken: str = "en",
    zone: tzinfo | None = UTC,
) -> Paper:
    """The paper of a report. `pictures` are SVG drawings by chapter, `zone` the room's (None: this machine's)."""
    return Paper(
        Cover(
            of.title,
            _("After-action report"),
            _(TIERS[of.tier] if of.linked or of.tier is not Tier.ANALYST else APART),
            _facts(of, _),
            _("The events are invented. What was answered to them is not."),
        ),
        of.tlp,
        of.language,
        spoken,
        words(_),
        tuple(_blocks(of, pictures, _, zone)),
    )


def _facts(of: Report, _: Say) -> tuple[tuple[str, Runs], ...]:
    handling = (Run(of.tlp, bold=True), Run(". " + _(TLP[of.tlp])))
    rows = [
        (_("Scenario"), told(_("{name}, version {version}").format(name=of.scenario, version=of.version))),
        (_("Record"), told(_("up to entry {n}").format(n=of.seq) + (", " + _("provisional") if _open(of) else ""))),
        (_("Made"), told(f"{of.made_at:%-d %b %Y}")),
        (_("Handling"), handling),
    ]
    if of.chatham_house:
        sentence = _("What was said may be used; who said it, and for whom, may not be told.")
        rows.append((_("Rule"), (Run(_("Chatham House Rule"), bold=True), Run(". " + sentence))))
    return tuple(rows)


def _open(of: Report) -> bool:
    return of.status != "ended"


def _blocks(of: Report, pictures: Mapping[str, bytes], _: Say, zone: tzinfo | None) -> Iterator[Block]:
    chapters: Mapping[str, Callable[[], Iterable[Block]]] = {
        "overview": lambda: _overview(of, _),
        "ran": lambda: _ran(of, _, zone),
        "agreement": lambda: _agreement(of, pictures.get("agreement"), _),
        "voices": lambda: voices_chapter(of, pictures.get("voices"), _),
        "analysis": lambda: _analysis(of, _),
        "network": lambda: network_chapter(of.network, pictures.get("network"), _) if of.network is not None else (),
        "drawn": lambda: _looking_back(of, _),
        "gaps": lambda: gaps_chapter(of, _),
        "plan": lambda: plan_chapter(of, _),
        "participants": lambda: participants_chapter(of, _),
        "feedback": lambda: feedback_chapter(of, _),
        "quotations": lambda: _quotations(of, _),
        "answers": lambda: _answers(of, _),
    }
    sections = {one.name: one for one in of.sections}
    for name in of.order or chapters:
        if name in chapters:
            yield from chapters[name]()
        elif name in sections:
            yield Heading(1, sections[name].title, own=True)
            yield from own_text(sections[name].text, of, pictures, _)


def _quotations(of: Report, _: Say) -> Iterator[Block]:
    if of.quotations:
        yield Heading(1, _("Quotations"))
        yield Text(
            told(_("What was said, in other words unless it stands in quotation marks. Two people read it over.")),
            "soft",
        )
        yield Items(tuple((Text(said(one)),) for one in of.quotations))


def _overview(of: Report, _: Say) -> Iterator[Block]:
    yield Heading(1, _("Overview"))
    held = [
        f"{_('Day {n}').format(n=day.day)}: {day.title}" for day in of.days if day.opened_at or _told_on(of, day.day)
    ]
    yield Facts(
        (
            (_("Exercise"), said(of.title, bold=True)),
            (_("Days held"), joined(said(one) for one in held)),
            (_("Objectives"), joined(said(name) for name in of.objectives.values())),
            (_("Capabilities"), joined((said(name) for name in of.capabilities.values()), "; ")),
            *_counted(of, _),
        )
    )


def _counted(of: Report, _: Say) -> Iterator[tuple[str, Runs]]:
    if of.tier is Tier.PUBLIC:
        yield _("Taking part"), told(_("{n} delegations").format(n=of.counts["delegations"]))
        return
    if of.tier is Tier.ANALYST:
        yield _("Taking part"), told(_("{n} delegations").format(n=len(of.delegations)))
    else:
        yield _("Taking part"), joined((said(one.name) for one in of.delegations), ", ")
    yield _("Answers"), told(_("{n} of {m} asked for").format(n=of.counts["answers"], m=of.counts["asked"]))
    yield _("Observations"), told(str(of.counts["observations"]))
    if of.counts["ratings"]:
        yield _("Ratings"), told(str(of.counts["ratings"]))


def _told_on(of: Report, day: int) -> bool:
    return any(inject.day == day for inject in of.injects)


def _ran(of: Report, _: Say, zone: tzinfo | None) -> Iterator[Block]:
    yield Heading(1, _("How the exercise ran"))
    if not of.injects:
        yield Text(told(_("No development has been released yet.")), "soft")
        return
    timed = any(one.released_at for one in of.injects)
    rows: list[tuple[Runs, ...]] = []
    day = None
    for one in of.injects:
        if one.day != day:
            day = one.day
            title = next((held.title for held in of.days if held.day == day), "")
            rows.append(((Run(f"{_('Day {n}').format(n=day)}  ", bold=True), *said(title, bold=True)),))
        became = joined((told(_(STANDING[one.standing])), *decided(one, _)), "\n")
        times = (told(one.planned), told(on_the_clock(one.released_at, zone))) if timed else ()
        rows.append((told(one.id, bold=True), said(one.title), *times, became))
    clock = (_("Planned"), _("Released")) if timed else ()
    yield Table(
        (_("Inject"), _("Title"), *clock, _("What became of it")),
        tuple(rows),
        (12, 46, 11, 12, 24) if timed else (12, 58, 30),
        (2, 3) if timed else (),
        _("The path taken"),
    )


def on_the_clock(at: datetime | None, zone: tzinfo | None) -> str:
    """A moment as the room's clock showed it; nothing for none."""
    return f"{at.astimezone(zone):%H:%M}" if at is not None else ""


def _agreement(of: Report, picture: bytes | None, _: Say) -> Iterator[Block]:
    if not of.agreement:
        return
    yield Heading(1, _("How far the delegations agree"))
    counts = {name: sum(day[name] for _day, day in of.agreement) for name in VERDICTS}
    yield Facts(
        tuple(
            (_(VERDICTS[name.value]), (Run(f"{counts[name.value]}  ", bold=True), Run(_(rule))))
            for name, rule in alignment.RULES.items()
        )
    )
    yield from agreement_shown(of, picture, _)


def decided(one: Told, _: Say, short: Callable[[str], str] = str) -> Iterator[Runs]:
    """What was decided there: the option that was taken, or where each table took its own, how many took which."""
    if one.decision is not None:
        by_default = f" ({_('by default')})" if one.decision.by_default else ""
        yield (Run(f"{one.decision.option}: "), *said(short(one.decision.label)), Run(by_default))
    elif one.by_table is not None and one.by_table.counts is not None:
        many = sum(one.by_table.counts.values())
        for key, label in one.by_table.options.items():
            if n := one.by_table.counts[key]:
                share = _("{n} of {m} tables").format(n=n, m=many)
                yield (Run(f"{key}: "), *said(short(label)), Run(f" ({share})"))


def _analysis(of: Report, _: Say) -> Iterator[Block]:
    notes = [note for inject in of.injects for note in inject.observations] + list(of.general)
    if not notes and not of.ratings:
        return
    yield NewPage()
    yield Heading(1, _("Analysis by capability"))
    letters = "; ".join(f"{letter}: {_(meaning)}" for letter, meaning in RATINGS.items())
    yield Text(told(_("Ratings are evaluators'. {letters}.").format(letters=letters)), "soft")
    yield from rated(of, _)
    for capability in [*of.capabilities, None]:
        own = [note for note in notes if note.capability == capability and note.text]
        if not own:
            continue
        name = of.capabilities[capability] if capability is not None else _("No capability named")
        yield Heading(2, name, own=capability is not None, label=capability or "")
        titles = {"strength": _("Strengths"), "gap": _("Areas for improvement"), "note": _("Notes")}
        for sense, title in {**titles, "rating": _("Said with a rating")}.items():
            found = [note for note in own if note.sense == sense]
            if found:
                yield Heading(3, title, listed=False)
                yield Items(tuple((Text(_observed(note, of)),) for note in found))


def _observed(note: Observed, of: Report) -> Runs:
    who = of.called.get(note.delegation or "")
    about = ", ".join(one for one in (note.rating, note.objective, who, note.table) if one)
    return (*said(note.text), *_by(about, cited=note.evidence))


def _looking_back(of: Report, _: Say) -> Iterator[Block]:
    if not (of.hot_wash or of.gaps or of.summaries):
        return
    yield NewPage()
    yield Heading(1, _("What the tables drew from it"))
    if of.summaries:
        yield Heading(2, _("Approved summaries"))
        for one in of.summaries:
            where = ", ".join(part for part in (_("Day {n}").format(n=one.day), one.table) if part)
            yield Text((Run(where + "  ", bold=True), *said(one.text)))
    if of.gaps:
        yield Heading(2, _("Draft gaps"))
        yield Table(
            (_("Gap"), _("Points"), _("True for"), _("Partly"), _("Not for")),
            tuple(
                (
                    (*said(gap.text), *_by(cited=gap.evidence)),
                    *(told(str(n)) for n in (gap.points, gap.holds, gap.partly, gap.fails)),
                )
                for gap in of.gaps
            ),
            (60, 10, 10, 10, 10),
            (1, 2, 3, 4),
            _("Draft gaps"),
        )
    if of.hot_wash:
        yield Heading(2, _("Hot wash"))
        for sense in ("strength", "gap", "surprise"):
            found = [note for note in of.hot_wash if note.sense == sense]
            if found:
                yield Heading(3, _(SENSES[sense]), listed=False)
                yield Items(tuple((Text((*said(note.text), *_by(note.table, cited=note.evidence))),) for note in found))


def _by(*about: str | None, cited: str | None = None) -> Runs:
    """What stands in brackets after somebody's words; `cited` is the id they are cited by, which leads here."""
    named = ", ".join(one for one in about if one)
    if cited is None:
        return told(f" ({named})" if named else "")
    return (Run(f" ({named}, " if named else " ("), Run(cited, at=cited), Run(")"))


def _answers(of: Report, _: Say) -> Iterator[Block]:
    asked = [inject for inject in of.injects if inject.questions]
    if not asked:
        return
    yield NewPage()
    yield Heading(1, _("Answers"))
    if of.held_back:
        yield Text(told(_(HELD_BACK).format(questions=", ".join(of.held_back))), "soft")
    for inject in asked:
        yield Heading(2, inject.title, own=True, label=inject.id)
        yield from _told_otherwise(inject, _)
        for question in inject.questions:
            yield Heading(3, question.ask, own=True, label=str(question.number), listed=False)
            yield from _answered(question, _)
            if question.banded is not None:
                yield from _banded(question, question.banded, _)


def _banded(question: Asked, counts: Banded, _: Say) -> Iterator[Block]:
    answered = _("{n} of {m} answered.").format(n=in_band(counts.answered, _), m=counts.asked)
    if counts.cells is None:
        yield Text(told(answered), "soft")
        return
    rows = tuple((said(question.options.get(key, key)), told(in_band(cell, _))) for key, cell in counts.cells.items())
    yield Table((_("Option"), answered), rows, (70, 30), (1,), question.ask)


def _told_otherwise(inject: Told, _: Say) -> Iterator[Block]:
    if inject.as_told is not None and inject.as_written is not None:
        yield Box(
            "team",
            _("Told in other words than the scenario's"),
            (
                Text(said("\n".join((inject.as_told.text, *inject.as_told.on_map)))),
                Text(
                    (
                        Run(_("As written") + ": ", italic=True),
                        *said("\n".join((inject.as_written.text, *inject.as_written.on_map))),
                    )
                ),
            ),
        )


def _answered(question: Asked, _: Say) -> Iterator[Block]:
    items = []
    for one in question.answers:
        text = said(one.versions[-1].text) if one.versions else (Run(_("No answer"), italic=True),)
        earlier = len(one.versions) - 1
        more = told(" " + _("(version {n})").format(n=earlier + 1)) if earlier > 0 else ()
        cited = _by(cited=one.versions[-1].evidence) if one.versions else ()
        items.append((Text((*said(one.name, bold=True), Run(": "), *text, *more, *cited)),))
    if items:
        yield Items(tuple(items))
