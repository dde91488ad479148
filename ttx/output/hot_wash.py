"""The hot wash of one day on two pages, from a report: what a director has to know tonight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from ttx.output.labels import RATINGS, TLP, Say
from ttx.output.manual import words
from ttx.output.opinions import feedback_line
from ttx.output.own_text import VERDICTS
from ttx.output.paper import Block, Box, Cover, Facts, Heading, Items, Paper, Run, Runs, Table, Text, joined, said, told
from ttx.output.record import STANDING, TIERS, decided, on_the_clock
from ttx.review.alignment import Verdict
from ttx.review.report import Report
from ttx.review.told import Asked, Held, Observed, Told
from ttx.scenario.model import InjectKind

MOST = 5
"""Entries of a list; how many more there are is told."""
LONGEST = 120
"""Signs of somebody's words that are shown; the report has them whole."""


def hot_wash(of: Report, day: int, _: Say = str, *, spoken: str = "en", zone: tzinfo | None = UTC) -> Paper:
    """The paper of a day that was opened; `zone` is the room's (None: this machine's). Raises LookupError for a day
    that was not."""
    held = next((one for one in of.days if one.day == day), None)
    injects = [one for one in of.injects if one.day == day]
    if held is None or not (held.opened_at or injects):
        raise LookupError(f"Day {day} has not been opened, so there is no hot wash of it yet.")
    provisional = "" if of.status == "ended" else ", " + _("provisional")
    made = of.made_at.astimezone(zone)
    facts: tuple[tuple[str, Runs], ...] = (
        (_("Record"), told(_("up to entry {n}").format(n=of.seq) + provisional)),
        *_sealed(held, _),
        (_("Made"), told(f"{made:%-d %b %Y}" + (f", {made:%H:%M}" if held.opened_at else ""))),
        (_("Handling"), (Run(of.tlp, bold=True), Run(". " + _(TLP[of.tlp])))),
    )
    title = f"{_('Day {n}').format(n=day)}: {held.title}"
    cover = Cover(of.title, _("Hot wash. {day}").format(day=title), _(TIERS[of.tier]), facts, "")
    blocks = tuple(_Day(of, held, injects, zone, _).blocks())
    return Paper(cover, of.tlp, of.language, spoken, words(_), blocks, brief=True)


def _sealed(held: Held, _: Say) -> Iterator[tuple[str, Runs]]:
    """Where the record stood at the day's close, to be compared later (`ttx verify --noted`)."""
    if held.seal is not None:
        yield _("Record at the close"), told(_("entry {n}, {hash}").format(n=held.sealed, hash=held.seal))


@dataclass(frozen=True, slots=True)
class _Day:
    """A day and how its paper speaks."""

    of: Report
    held: Held
    injects: Sequence[Told]
    zone: tzinfo | None
    _: Say

    def blocks(self) -> Iterator[Block]:
        yield Heading(1, self._("The day in figures"))
        yield Facts(tuple(self._figures()), pairs=True)
        yield from self._to_settle()
        yield from self._path()
        yield from self._out_of_plan()
        yield from self._apart()
        yield from self._looked_back()

    @property
    def _told(self) -> list[Told]:
        """What stands told, as the recap counts it: what was taken back is told as that."""
        return [one for one in self.injects if one.standing == "released"]

    @property
    def _asked(self) -> list[tuple[Told, Asked]]:
        return [(inject, one) for inject in self._told for one in inject.questions]

    @property
    def _notes(self) -> list[Observed]:
        return [note for inject in self.injects for note in inject.observations]

    def _figures(self) -> Iterator[tuple[str, Runs]]:
        _ = self._
        if self.held.opened_at is not None:
            began, ended = (on_the_clock(at, self.zone) for at in (self.held.opened_at, self.held.closed_at))
            yield _("Held"), told(f"{began} - {ended}")
        yield _("Developments told"), told(str(len(self._told)))
        answers = [one for _inject, question in self._asked for one in question.answers]
        given = sum(bool(one.versions) for one in answers)
        yield _("Answers"), told(_("{n} of {m} asked for").format(n=given, m=len(answers)))
        found = [one.aligned.verdict for _inject, one in self._asked if one.aligned is not None]
        if found:
            yield _("Agreement"), told(", ".join(self._agreed(found)))
        if (late := self.held.behind) is not None:
            yield _("Drift"), told(self._drift(late))
        if written := sum(note.rating is None for note in self._notes):
            yield _("Observations"), told(str(written))
        rated = [note.rating for note in self._notes if note.rating]
        if rated:
            yield _("Ratings"), told(", ".join(f"{letter} {n}" for letter in RATINGS if (n := rated.count(letter))))
        if fed := feedback_line(self.of, self.held.day, _):
            yield _("Feedback"), told(fed)

    def _agreed(self, found: Sequence[Verdict]) -> Iterator[str]:
        """On how many questions delegations agreed, and what stood in the way on the others."""
        _ = self._
        said_of = (
            (Verdict.AGREE, _("agreed on {n} of {m} questions")),
            (Verdict.SPLIT, _("split in two on {n}")),
            (Verdict.SCATTERED, _("of many minds on {n}")),
            (Verdict.SILENT, _("fewer than half answered {n}")),
            (Verdict.OPEN, _("{n} in words, to be read")),
        )
        counts = {verdict: found.count(verdict) for verdict, _said in said_of}
        for verdict, text in said_of:
            if counts[verdict] or verdict is Verdict.AGREE:
                yield text.format(n=counts[verdict], m=len(found))

    def _drift(self, behind: int) -> str:
        """How far the day was from its plan, in the console's words."""
        _ = self._
        length = (_("{h} h {n} min") if abs(behind) > 59 else _("{n} min")).format(
            h=abs(behind) // 60, n=abs(behind) % 60
        )
        far = _("{length} behind the plan") if behind > 0 else _("{length} ahead of the plan")
        when = _("at its close") if self.held.closed_at is not None else _("now")
        return f"{far.format(length=length) if behind else _('on time')}, {when}"

    def _to_settle(self) -> Iterator[Block]:
        """What has to be seen before tomorrow."""
        _, found = self._, list[Runs]()
        for one in self.injects:
            if one.standing == "held":
                found.append(_headed(_("Held back: {id}").format(id=one.id), one.title))
            if one.votes and one.decision is None:
                found.append(_headed(_("Not decided: {id}").format(id=one.id), one.title))
        for inject, question in self._asked:
            silent, asked = sum(one.silent for one in question.answers), len(question.answers)
            if silent and silent * 2 >= asked:
                label = _("{n} of {m} silent: {id}").format(n=silent, m=asked, id=f"{inject.id}.{question.number}")
                found.append(_headed(label, question.ask))
        if found:
            yield Box("notice", _("To settle before tomorrow"), (self._listed(found),))

    def _path(self) -> Iterator[Block]:
        _ = self._
        if not self.injects:
            return
        timed = any(one.released_at for one in self.injects)
        rows = []
        for one in self.injects:
            parts = (told(_(STANDING[one.standing])), *decided(one, _, lambda label: _short(label, 60)))
            became = joined(parts, " \u00b7 ")
            times = (told(one.planned), told(on_the_clock(one.released_at, self.zone))) if timed else ()
            answers = [answer for question in one.questions for answer in question.answers]
            share = f"{sum(bool(each.versions) for each in answers)}/{len(answers)}" if answers else ""
            rows.append((told(one.id, bold=True), said(_short(one.title, 64)), *times, told(share), became))
        clock = (_("Planned"), _("Released")) if timed else ()
        yield Heading(1, _("The path taken"))
        yield Table(
            (_("Inject"), _("Title"), *clock, _("Answered"), _("What became of it")),
            tuple(rows),
            (11, 39, 12, 12, 13, 23) if timed else (11, 60, 13, 26),
            (2, 3, 4) if timed else (2,),
        )

    def _out_of_plan(self) -> Iterator[Block]:
        """What nobody had planned: emergencies, what was taken back, votes without a winner."""
        _, found = self._, list[Runs]()
        for stop in self.of.stops:
            if stop.day == self.held.day:
                span = [on_the_clock(at, self.zone) for at in (stop.at, stop.lifted_at) if at is not None]
                found.append(_headed(" - ".join(span), _("Stopped: a real-world emergency")))
        for one in self.injects:
            if one.taken_back:
                at = ", ".join(on_the_clock(each, self.zone) for each in one.taken_back if each is not None)
                label = _("Taken back: {id}").format(id=one.id) + (f", {at}" if at else "")
                again = () if one.standing == "recalled" else told(" (" + _(STANDING[one.standing]).lower() + ")")
                found.append((*_headed(label, one.title), *again))
            for vote in one.votes:
                if vote.closed and vote.tied:
                    between = _(" and ").join(vote.tied)
                    label = _("A tie between {options}: {id}").format(options=between, id=one.id)
                    found.append(_headed(label, one.title))
                elif vote.closed and not vote.quorate:
                    label = _("Quorum missed, {n} of {m} voted: {id}").format(n=vote.voted, m=vote.voters, id=one.id)
                    found.append(_headed(label, one.title))
        rows = [*self._listed(found).items] if found else []
        rows += [(Text(one),) for one in self._otherwise()]
        if rows:
            yield Heading(1, _("Not as planned"))
            yield Items(tuple(rows))

    def _otherwise(self) -> Iterator[Runs]:
        """What went out otherwise than it was written, or not at all: a line for each way."""
        _ = self._
        out = [one for one in self.injects if one.standing in ("released", "recalled")]
        named = [(one.id, one.title) for one in self.injects if one.standing in ("held", "skipped")]
        named += [(one.id, one.name) for one in self.held.left if one.id not in dict(named)]
        reserve = [one for one in out if one.kind == InjectKind.CONTINGENCY and not one.added]
        ways = (
            (_("Not released"), named),
            (_("In other words"), [(one.id, one.title) for one in out if one.as_told is not None]),
            (_("To some tables first"), [(one.id, one.title) for one in out if one.staged]),
            (_("Written on the day"), [(one.id, one.title) for one in out if one.added]),
            (_("From the reserve"), [(one.id, one.title) for one in reserve]),
        )
        for label, those in ways:
            if those:
                yield _headed(label, "; ".join(f"{name} {_short(title, 48)}" for name, title in those), 3 * LONGEST)

    def _apart(self) -> Iterator[Block]:
        _, found = self._, list[Runs]()
        for inject, one in self._asked:
            if one.aligned is None or one.aligned.verdict not in (Verdict.SPLIT, Verdict.SCATTERED):
                continue
            label = f"{inject.id}.{one.number} {_(VERDICTS[one.aligned.verdict])}"
            lead = one.options.get(one.aligned.lead or "", one.aligned.lead or "")
            most = (Run("  " + _("Most chose:") + " "), *said(lead)) if lead else ()
            found.append((*_headed(label, one.ask), *most))
        if found:
            yield Heading(1, _("Where delegations differ"))
            yield self._listed(found)

    def _looked_back(self) -> Iterator[Block]:
        _ = self._
        titles = {"strength": _("What went well"), "gap": _("What was missing"), "surprise": _("Surprises")}
        for sense, title in titles.items():
            of_tables = [one for one in self.of.hot_wash if (one.day, one.sense) == (self.held.day, sense)]
            found = [(*said(_short(one.text)), *_by(one.table)) for one in of_tables]
            noted = [one for one in self._notes if one.sense == sense and one.text]
            found += [
                (*said(_short(one.text)), *_by(self.of.called.get(one.delegation or "") or one.table)) for one in noted
            ]
            if found:
                yield Heading(1, title)
                yield self._listed(found)
        gaps = [one for one in self.of.gaps if one.day is None or one.day <= self.held.day]
        if gaps:
            yield Heading(1, _("Draft gaps on the wall"))
            yield self._listed([(*said(_short(_one_line(one.text))), *_ranked(one.points)) for one in gaps])
        summed = [one for one in self.of.summaries if one.day == self.held.day]
        if summed:
            yield Heading(1, _("Approved summaries"))
            yield self._listed([_headed(one.table or "", one.text, 2 * LONGEST) for one in summed])

    def _listed(self, found: Sequence[Runs]) -> Items:
        rows = [(Text(one),) for one in found[:MOST]]
        if len(found) > MOST:
            more = self._("and {n} more, in the report").format(n=len(found) - MOST)
            rows.append((Text(told(more), "soft"),))
        return Items(tuple(rows))


def _headed(label: str, text: str, most: int = LONGEST) -> Runs:
    return (*told(f"{label}  " if label else "", bold=True), *said(_short(text, most)))


def _by(who: str | None) -> Runs:
    return told(f" ({who})") if who else ()


def _ranked(points: int) -> Runs:
    """None where nobody ranked, as on the evening of another day."""
    return (Run(f" ({points})"),) if points else ()


def _one_line(gap: str) -> str:
    """A gap as an item of a list: one that was merged into a list of its own does not bring its bullets."""
    return "; ".join(line.removeprefix("\u2022").strip() for line in gap.splitlines() if line.strip())


def _short(text: str, most: int = LONGEST) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    held = text[: most - 1]
    whole = held.rpartition(" ")[0]  # a script without spaces is cut where it is
    return (whole if len(whole) > most // 2 else held).rstrip() + "\u2026"
