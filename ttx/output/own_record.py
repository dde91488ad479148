"""A delegation's own record on paper: what it was told and asked, what it answered and changed, how it voted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ttx.exercise.answers import CHANNELS, Answer
from ttx.output.labels import Say
from ttx.output.manual import words
from ttx.output.paper import Block, Cover, Heading, Items, Paper, Run, Table, Text, joined, said, told
from ttx.review.report import Report, content
from ttx.review.told import Answered, Asked, Told, Version


@dataclass(frozen=True, slots=True)
class Figures:
    """How the paper writes a moment, and a number."""

    moment: Callable[[datetime], str]
    number: Callable[[float], str] = "{:g}".format


def own_record(
    report: Report,
    parties: Mapping[str, str],
    figures: Figures,
    _: Say = str,
    *,
    language: str = "en",
    spoken: str = "en",
) -> Paper:
    """The paper of an own report. `parties` name whom a contact may be."""
    who = ", ".join(one.name for one in report.delegations)
    return Paper(
        Cover(
            report.title,
            _("Record of a delegation"),
            who,
            (
                (_("Delegation"), said(who)),
                (_("As of"), told(figures.moment(report.made_at))),
                (_("Answers"), told(_share(report.counts["answers"], report.counts["asked"], figures, _))),
                (_("Handling"), told(report.tlp, bold=True)),
            ),
            _("What this delegation was told, was asked and answered. It holds nothing that others answered."),
        ),
        report.tlp,
        language,
        spoken,
        words(_),
        tuple(_blocks(report, parties, figures, _)),
    )


def _blocks(report: Report, parties: Mapping[str, str], figures: Figures, _: Say) -> Iterator[Block]:
    if not report.injects:
        yield Heading(1, _("Answers"))
        yield Text(told(_("Nothing was told to this delegation yet.")))
    days = {held.day: held.title for held in report.days}
    day = None
    for inject in report.injects:
        if inject.day != day:
            day = inject.day
            yield Heading(1, days.get(day, ""), own=True, label=_("Day {n}").format(n=figures.number(day)))
        yield from _inject(inject, parties, figures, _)
    if report.summaries:
        yield Heading(1, _("Approved summaries"))
        for one in report.summaries:
            yield Heading(
                2, one.table or "", own=True, label=_("Day {n}").format(n=figures.number(one.day)), listed=False
            )
            yield Text(said(one.text))


def _inject(inject: Told, parties: Mapping[str, str], figures: Figures, _: Say) -> Iterator[Block]:
    yield Heading(2, inject.title, own=True)
    facts = [figures.moment(inject.released_at)] if inject.released_at is not None else []
    if inject.recalled_at is not None:
        facts.append(_("taken back {time}").format(time=figures.moment(inject.recalled_at)))
    yield Text(joined([said(inject.sender), *map(told, facts)], " \u00b7 "), "soft")
    for poll in inject.votes:
        for vote in poll.votes:
            chosen = poll.options.get(vote.option, vote.option) if vote.option is not None else _("An abstention")
            yield Text((Run(_("Your vote") + ": ", bold=True), *said(chosen)))
    for question in inject.questions:
        yield Heading(3, question.ask, own=True, label=figures.number(question.number), listed=False)
        for answered in question.answers:
            yield from _answered(question, answered, parties, figures, _)


def _answered(
    question: Asked, answered: Answered, parties: Mapping[str, str], figures: Figures, _: Say
) -> Iterator[Block]:
    if not answered.versions:
        yield Text(told(_("No answer was given.")), "soft")
        return
    yield from _version(question, answered.versions[-1], parties, figures, _)
    earlier = answered.versions[:-1]
    if earlier:
        yield Text(told(_("Earlier versions")), "soft")
        yield Items(tuple(tuple(_version(question, one, parties, figures, _)) for one in reversed(earlier)))


def _version(question: Asked, one: Version, parties: Mapping[str, str], figures: Figures, _: Say) -> Iterator[Block]:
    yield from _content(question, one.answer, parties, figures, _)
    beside = (
        (_("Translation by the delegation"), one.answer.translation),
        (_("Reservation"), one.answer.reservation),
        (_("Dissent within the delegation"), one.answer.dissent),
    )
    for label, text in beside:
        if text:
            yield Text((Run(f"{label}: ", bold=True), *said(text)))
    if one.at is not None:
        after = " " + _("after the development was taken back") if one.recalled else ""
        yield Text(told(_("Delivered at {time}").format(time=figures.moment(one.at)) + after), "soft")


def _content(question: Asked, answer: Answer, parties: Mapping[str, str], figures: Figures, _: Say) -> Iterator[Block]:
    if answer.stance is not None:
        yield Text(told(_stance(answer, _)))
    elif answer.scale is not None:
        yield Text(told(_share(answer.scale, 5, figures, _)))
    elif answer.choices == ():
        yield Text(told(_("None of these")))
    elif answer.choices:
        yield Items(tuple((Text(said(question.options.get(key, key))),) for key in answer.choices))
    elif answer.ranking:
        yield Items(tuple((Text(said(question.options.get(key, key))),) for key in answer.ranking), 1)
    elif answer.contacts:
        yield Table(
            (_("Whom"), _("Channel"), _("Within hours"), _("Legal basis")),
            tuple(
                (
                    said(parties.get(one.to, one.to), bold=True),
                    said(_(CHANNELS[one.channel]) if one.channel in CHANNELS else one.channel),
                    told(figures.number(one.hours)),
                    said(one.basis),
                )
                for one in answer.contacts
            ),
            (36, 26, 14, 30),
            (2,),
            _("Contacts"),
        )
    else:
        yield Text(said(content(question.options, answer)))


def _share(some: int, of: int, figures: Figures, _: Say) -> str:
    return _("{n} of {m}").format(n=figures.number(some), m=figures.number(of))


def _stance(answer: Answer, _: Say) -> str:
    match answer.stance:
        case "no_instruction":
            return _("No instruction from capital")
        case "not_applicable":
            return _("Not applicable")
    return _("We would need to ask {who}.").format(who=answer.ask)
