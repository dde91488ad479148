"""Tells the injects of a report, with the names, times and words that its tier allows."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo

from ttx.exercise import course, pace, run_of_show, views
from ttx.exercise.answers import Answer, Contact
from ttx.exercise.entries import RatingGiven
from ttx.exercise.state import State
from ttx.review import contacts
from ttx.review.alignment import aligned
from ttx.review.answered import in_words
from ttx.review.parts import Called, Names, Tier, spelt
from ttx.review.polled import parted, polled, rounds
from ttx.review.told import Answered, Asked, Member, Observed, Taken, Told, Version, Wording
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Question


class Teller:
    """Tells the parts of one report, with the names and times its tier allows."""

    def __init__(
        self,
        graph: Graph,
        state: State,
        tier: Tier,
        called: Names,
        plain: Callable[[str], str],
    ) -> None:
        self.graph, self.state, self.tier = graph, state, tier
        self.called, self.names, self.plain = called, called.names, plain
        self.parties = contacts.parties(graph, state)

    def time(self, at: datetime | None) -> datetime | None:
        """A clock time, where the tier has any."""
        return None if self.tier is Tier.ANALYST else at

    def behind(self, day: int, now: datetime, zone: tzinfo | None) -> int | None:
        """A day's drift, as its console says it; nothing where the tier has no times."""
        found = pace.held(self.graph, self.state, day, now, zone) if self.tier is not Tier.ANALYST else None
        return run_of_show.minutes(found) if found is not None else None

    def cited(self, seq: int) -> str | None:
        """By what id those who work with the whole record cite an entry."""
        return spelt(seq) if self.tier in (Tier.FULL, Tier.ANALYST) else None

    def told(self) -> Iterator[Told]:
        """Every inject that was released, held or skipped; for an own report what reached it."""
        for name in self._names_in_order():
            inject = course.find(self.graph, self.state, name)
            progress = self.state.progress.get(name)
            if inject is None or progress is None or progress.untouched:
                continue
            written = course.as_written(self.graph, self.state, name)
            reached = views.asked(self.state, inject)
            asked = range(1, len(inject.questions) + 1) if name in self.state.out else ()
            if self.tier is Tier.OWN and (name not in self.state.out or not set(reached) & self.names.keys()):
                continue
            yield Told(
                id=name,
                day=course.day_of(self.graph, self.state, name) or 0,
                title=self._of_room(name, inject.title),
                kind=inject.kind if self.tier is not Tier.OWN else "",
                sender=self._of_room(name, inject.sender),
                to=self._audience(inject),
                planned="" if name in self.state.added else inject.at,
                released_at=self.time(progress.first),
                recalled_at=self.time(progress.recalled),
                standing=progress.standing,
                decision=self._taken(inject) if self.tier is not Tier.OWN else None,
                votes=tuple(
                    polled(
                        self.state, inject, one, self.tier, *self.called.of(f"{inject.id} round {one.round}"), self.time
                    )
                    for one in rounds(self.state, inject.id)
                ),
                by_table=parted(self.state, inject, self.tier, self.names),
                questions=tuple(self._asked(inject, number) for number in asked),
                observations=tuple(self.observed(name)),
                as_told=self._wording(inject) if (changed := self._changed(name)) else None,
                as_written=self._wording(written) if changed and written is not None else None,
                taken_back=tuple(self.time(at) for at in progress.taken_back),
                added=name in self.state.added,
                staged=self._staged(name),
            )

    def left(self, day: int) -> tuple[Member, ...]:
        """What a day that was closed left untold, for those who work with the whole record."""
        if self.tier not in (Tier.FULL, Tier.ANALYST) or day not in self.state.closed or day == self.state.day:
            return ()
        untold = (one for one in course.left(self.graph, self.state, day) if not self.state.released(one.id))
        return tuple(Member(id=one.id, name=self._of_room(one.id, one.title)) for one in untold)

    def _staged(self, name: str) -> bool:
        """Whether somebody chose tables for an inject that was for all of them; which did is no delegation's."""
        progress = self.state.progress[name]
        ways = course.tables_on_the_way(self.graph, self.state, name)
        return self.tier is not Tier.OWN and bool(progress.tables) and not ways

    def _changed(self, name: str) -> bool:
        """Whether an inject was told in other words than it was written; what was not told is no delegation's."""
        return self.tier is not Tier.OWN and bool(course.changed_words(self.graph, self.state, name))

    def _of_room(self, name: str, text: str) -> str:
        """A text of an inject: the scenario's own words stand, those written in the room are somebody's."""
        return self.plain(text) if name in self.state.added or self._changed(name) else text

    def _wording(self, inject: Inject) -> Wording:
        return Wording(
            title=self.plain(inject.title),
            sender=self.plain(inject.sender),
            text=self.plain(inject.text),
            on_map=tuple(self.plain(words) for words in course.said_on_map(inject)),
        )

    def _names_in_order(self) -> Iterator[str]:
        yield from dict.fromkeys((*self.state.out, *self.graph.injects, *self.state.added))

    def _audience(self, inject: Inject) -> str:
        to = inject.to
        named = (*to.groups, *to.tables, *(self.names.get(name, name) for name in to.delegations))
        if to.all:
            return "all"
        return ", ".join(named) if self.tier is Tier.FULL else "some"

    def _taken(self, inject: Inject) -> Taken | None:
        decision = self.state.decisions.get(inject.id)
        if decision is None or inject.branch is None:
            return None
        label = inject.branch.options[decision.option].label
        return Taken(
            option=decision.option,
            label=label,
            by_default=decision.by_default,
            evidence=self.cited(decision.seq),
        )

    def _asked(self, inject: Inject, number: int) -> Asked:
        question = inject.questions[number - 1]
        reached = [name for name in views.asked(self.state, inject) if name in self.names]
        called = self.called.of(f"{inject.id}/{question.id}")
        if self.tier is Tier.ANALYST:
            reached.sort(key=lambda name: called[1][name])
        answers = tuple(self._answered(inject, question, name, called) for name in reached)
        of_record = [one.versions[-1].answer for one in answers if one.versions]
        return Asked(
            id=question.id,
            number=number,
            ask=question.ask,
            kind=question.kind,
            options=dict(question.options),
            answers=answers,
            aligned=None if self.tier is Tier.OWN else aligned(question, len(reached), of_record),
        )

    def _answered(self, inject: Inject, question: Question, delegation: str, called: Called) -> Answered:
        given = self.state.responses.get((inject.id, question.id, delegation), ())
        versions = tuple(
            Version(
                at=self.time(one.at),
                answer=(answer := self.said(one.answer, called[0])),
                text=in_words(question.options, answer),
                recalled=one.recalled,
                evidence=self.cited(one.seq),
            )
            for one in given
        )
        return Answered(
            delegation=called[1][delegation],
            name=called[0][delegation],
            versions=versions,
            silent=not versions and inject.id in self.state.out,
        )

    def said(self, answer: Answer, names: Mapping[str, str]) -> Answer:
        """An answer as this report may tell it: without names, and whom it would contact by these of the section."""
        if self.tier is not Tier.ANALYST:
            return answer
        texts = ("text", "ask", "reservation", "dissent", "translation")
        update: dict[str, object] = {
            name: self.plain(said) for name in texts if (said := getattr(answer, name)) is not None
        }
        if answer.contacts is not None:
            update["contacts"] = tuple(self._contact(one, names) for one in answer.contacts)
        return answer.model_copy(update=update)

    def _contact(self, one: Contact, names: Mapping[str, str]) -> Contact:
        party = names.get(contacts.recognised(self.parties, one.to))
        to = party if party is not None else self.plain(one.to)
        return one.model_copy(update={"to": to, "channel": self.plain(one.channel), "basis": self.plain(one.basis)})

    def observed(self, inject: str | None) -> Iterator[Observed]:
        """What evaluators noted of an inject, or of none; nothing for a delegation's own report."""
        if self.tier is Tier.OWN:
            return
        for seq, noted in sorted(self.state.noted.items()):
            note = noted.note
            if note.inject != inject:
                continue
            sense, rating = ("rating", note.rating) if isinstance(note, RatingGiven) else (note.sense, None)
            yield Observed(
                at=self.time(noted.at),
                sense=sense,
                text=self.plain(note.text) if note.text else note.text,
                delegation=None
                if note.delegation is None or self.called.apart
                else self.called.aliases.get(note.delegation),
                table=note.table if self.tier is Tier.FULL else None,
                objective=note.objective,
                capability=note.capability,
                rating=rating,
                evidence=self.cited(seq),
            )
