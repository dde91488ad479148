"""Participants in a report: who agreed to be named, and what they said of the exercise."""

from collections.abc import Iterator, Mapping

from ttx.output.labels import Say
from ttx.output.paper import Block, Heading, Items, Runs, Table, Text, said, told
from ttx.review.bands import Band
from ttx.review.feedback import PROMPTS, Prompt
from ttx.review.opinions import ANSWERS, Fed
from ttx.review.report import Report

ANSWERED: Mapping[str, str] = {"agree": "Agree (4, 5)", "between": "Between (3)", "disagree": "Disagree (1, 2)"}
"""What the groups of levels are called."""
FEEDBACK_COLUMNS = {"Form": 10, "On": 20, "Statement": 60, "Said": 16, "At least": 9, "At most": 9}
PARTICIPANT_COLUMNS = {"Delegation": 30, "Name": 30, "Organisation": 40}


def in_band(band: Band, _: Say) -> str:
    """A band in words."""
    if band.least == 0:
        return _("fewer than {n}").format(n=band.most + 1)
    return _("{n} to {m}").format(n=band.least, m=band.most)


def participants_chapter(of: Report, _: Say) -> Iterator[Block]:
    """Those who agreed to be named, by delegation; where no names may stand, about how many they are."""
    if of.participants is None:
        return
    yield Heading(1, _("Participants"))
    many = in_band(of.participants.many, _)
    if not of.participants.names:
        yield Text(told(_("{n} people agreed to be named. Their names stand in the full report only.").format(n=many)))
        return
    yield Text(told(_("Those who agreed to be named, and nobody else.")), "soft")
    rows, before = list[tuple[Runs, ...]](), None
    for one in of.participants.names:
        whose = one.delegation or _("No delegation")
        if whose != before:
            rows.append((said(whose, bold=True),))
        rows.append((said(one.name), said(one.organisation)))
        before = whose
    yield Table((_("Name"), _("Organisation")), tuple(rows), (50, 50), title=_("Participants"))


def feedback_chapter(of: Report, _: Say) -> Iterator[Block]:
    """What participants said: how many agree, in bands, and those of their words that two people let go."""
    if not (of.feedback or of.comments):
        return
    yield Heading(1, _("Participants' feedback"))
    yield Text(
        told(
            _(
                "Given without a name, once for each device. Counts are in bands, for every reader; a dash is a count "
                "that would tell a small one."
            )
        ),
        "soft",
    )
    for one in of.feedback:
        yield Heading(2, _on(one, _), listed=False)
        yield Text(told(_("{n} sheets.").format(n=in_band(one.sheets, _))))
        rows = tuple(
            (
                said(each.text),
                *(told(in_band(cells[name], _) if (cells := each.counts.cells) else "\u2013") for name in ANSWERS),
            )
            for each in one.statements
        )
        head = (_("Statement"), *(_(ANSWERED[name]) for name in ANSWERS))
        yield Table(head, rows, (49, 17, 17, 17), (1, 2, 3), _("Participants' feedback"))
    for prompt in Prompt:
        if words := of.comments.get(prompt):
            yield Heading(2, _(PROMPTS[prompt]), listed=False)
            yield Items(tuple((Text(said(one)),) for one in words))


def feedback_line(of: Report, day: int, _: Say) -> str:
    """The feedback on a day in one line; empty where there is none."""
    told_of = [one for one in of.feedback if one.day == day]
    if not told_of:
        return ""
    last = told_of[-1]
    lowest = "; ".join(one.text.rstrip(".") for one in last.least[:2])
    sheets = _("{n} sheets").format(n=in_band(last.sheets, _))
    return f"{sheets}. {_('Fewest agree:')} {lowest}" if lowest else sheets


def _on(one: Fed, _: Say) -> str:
    return _("Day {n}").format(n=one.day) if one.day is not None else _("The whole exercise")


def feedback_rows(of: Report) -> Iterator[tuple[object, ...]]:
    """A row for each form, one for each statement and group of levels that is told, and one for each comment."""
    for one in of.feedback:
        start = (one.form, _on(one, str))
        yield (*start, "(sheets)", "", one.sheets.least, one.sheets.most)
        for each in one.statements:
            for name, band in (each.counts.cells or {}).items():
                yield (*start, each.text, ANSWERED[name], band.least, band.most)
    for prompt, words in of.comments.items():
        for text in words:
            yield "", "", PROMPTS[prompt], text, "", ""


def participant_rows(of: Report) -> Iterator[tuple[object, ...]]:
    """A row for each of those who agreed to be named and may be; else about how many they are."""
    if of.participants is None:
        return
    for one in of.participants.names:
        yield one.delegation, one.name, one.organisation
    if not of.participants.names:
        yield "", f"({in_band(of.participants.many, str)} agreed)", ""
