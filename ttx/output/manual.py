"""The situation manual: what participants get beforehand. It is made of `Beforehand` and so cannot give a story away.

An inject's own questions are never in it; what a day asks beforehand is the day's `questions`.
"""

from collections.abc import Iterator

from ttx.output import front
from ttx.output.front import Beforehand
from ttx.output.labels import SESSIONS, Say, span
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
    Text,
    Words,
    joined,
    said,
    told,
)
from ttx.scenario.model import Session


def words(_: Say) -> Words:
    """What a paper says around its blocks."""
    boxes = _("The machine that made this paper has no font for some of its letters; they show as boxes.")
    return Words(_("Contents"), _("Page"), _("of"), boxes)


def situation_manual(of: Beforehand, _: Say = str, *, spoken: str = "en") -> Paper:
    """The situation manual of a scenario. `_` says its headings in the language `spoken`."""
    scenario = of.scenario
    return Paper(
        Cover(
            scenario.title,
            _("Situation manual"),
            _("For participants, to be read beforehand"),
            front.facts(of, _),
            front.fiction(_),
            of.art,
        ),
        scenario.tlp,
        scenario.language,
        spoken,
        words(_),
        tuple(_blocks(of, _)),
    )


def _blocks(of: Beforehand, _: Say) -> Iterator[Block]:
    yield from _how(_)
    yield from front.purpose(of, _)
    yield from front.rules(of, _)
    yield from front.groups(of, _)
    yield from front.agenda(of, _)
    yield NewPage()
    yield from front.background(of, _)
    yield from _modules(of, _)
    yield from _answering(_)
    yield from front.glossary(of, _)
    yield from front.emergency(of, _)


def _how(_: Say) -> Iterator[Block]:
    yield Heading(1, _("How the exercise works"))
    yield Text(
        told(_("You need no preparation but this paper, and what you know of your own system. In every session:")),
    )
    steps = (
        (
            _("A development is released."),
            _("It appears on the tablets of those it is addressed to, and often on the large screen."),
        ),
        (_("You read it and talk."), _("First within your delegation, then at your table.")),
        (
            _("You answer."),
            _("Each development asks a few questions. Your answer goes on record, and you can change it."),
        ),
        (
            _("The room compares."),
            _("The facilitator leads to what the answers show: who does what, who waits for whom, what is missing."),
        ),
        (
            _("The story goes on."),
            _("Some developments end in a decision. What the room decides changes what comes next."),
        ),
    )
    yield Items(tuple((Text((Run(one, bold=True), Run(" " + more))),) for one, more in steps), 1)
    yield Text(
        told(
            _(
                "Each day ends with a short review of what went well, what was missing and what surprised. This is no "
                "test: answers are material for discussion, and no delegation is scored."
            )
        )
    )
    yield Box(
        "notice",
        _("What this paper leaves out"),
        (
            Text(
                told(
                    _(
                        "The developments themselves. They are told in the room, one after the other, and depend in "
                        "part on what is decided there."
                    )
                )
            ),
        ),
    )


def _modules(of: Beforehand, _: Say) -> Iterator[Block]:
    scenario = of.scenario
    yield NewPage()
    yield Heading(1, _("Modules"))
    yield Text(told(_("Each day is a module of its own. Its group chose the theme and leads the discussion.")), "soft")
    for day in scenario.days:
        objectives, capabilities = of.exercised.get(day.day, ((), ()))
        yield Heading(2, day.title, own=True, label=_("Day {n}").format(n=day.day))
        sessions = [
            (Run(span(one.start, one.minutes) + "  "), *said(one.title), *told(_kind(one, _)))
            for one in sorted(day.sessions, key=lambda one: one.start)
            if one.kind != "break"
        ]
        rows = [
            (_("Theme"), said(day.theme, bold=True)),
            (_("Led by"), said(front.lead(scenario, day))),
            (_("Sessions"), joined(sessions)),
            (_("Objectives"), joined((said(scenario.objectives[one].name) for one in objectives), "; ")),
            (_("Capabilities"), joined((said(scenario.capabilities[one].name) for one in capabilities), "; ")),
        ]
        yield Facts(tuple((name, runs) for name, runs in rows if runs))
        if day.questions:
            yield Heading(3, _("To think about beforehand"), listed=False)
            yield Items(tuple((Text(said(one)),) for one in day.questions), 1)


def _kind(session: Session, _: Say) -> str:
    return f"  ({_(SESSIONS[session.kind])})" if session.kind != "session" else ""


def _answering(_: Say) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, _("Answering on the tablet"))
    steps = (
        _("Scan the code on your card, or open the address on it and type the code. Nothing is installed."),
        _("Developments stand on the left, the newest on top; questions stand on the right."),
        _("Whatever you write is kept at once, with or without a network. The mark at the top says Live or Offline."),
        _("Send. Only when it says Delivered, with the time, is the answer on record."),
        _("Change answer sends a new version. Earlier ones stay on record, below the answer."),
        _("Is there no word from your capital, do you have to ask somebody, does it not concern you? Say so instead."),
        _("A reservation can stand beside any answer, and a dissent in the own words of one of you."),
        _("Write in any language; a translation of your own can stand beside a text."),
    )
    yield Items(tuple((Text(told(step)),) for step in steps), 1)
    yield Text(
        told(_("Facilitators, and evaluators at your table, read your answers. Other delegations never do.")),
    )
