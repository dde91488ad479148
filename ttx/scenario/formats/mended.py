"""Our own MSEL after a person has worked in it: what his rows lack is made up, as for anybody's list, and said.

A table that nobody has changed is left exactly as it is.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.lengths import shortened

Data = dict[str, Any]

SENDER = "Exercise control"
_REGISTERS = (
    ("objectives", "objectives", "Exercise Objective"),
    ("capabilities", "capabilities", "Capabilities"),
    ("storyline", "storylines", "Storyline"),
)


def digest(days: Iterable[Mapping[str, Any]]) -> str:
    """By what it is known whether a day's injects are as they were written: `order-content`, for each day."""
    return " ".join(
        f"{_signs([[one.get('id'), one.get('at')] for one in day['injects']])}-"
        f"{_signs([_plain(one) for one in day['injects']])}"
        for day in days
    )


def _signs(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]


def _plain(inject: Mapping[str, Any]) -> Data:
    return {**inject, "to": "all" if inject.get("to", "all") in ("all", {"all": True}) else inject["to"]}


def mended(data: Data, written: str) -> list[str]:
    """Fills in what is missing in days that were changed, in place; a sentence for every thing that was made up.

    `written` is the digest that stands in the file; without one nothing is known to be changed.
    """
    days = data["days"]
    was = [day.partition("-") for day in written.split()] + [("", "", "")] * len(days)
    now = [day.partition("-") for day in digest(days).split()]
    changed = [day for day, then, this in zip(days, was, now, strict=False) if written and then != this]
    moved = [day for day, then, this in zip(days, was, now, strict=False) if then[0] != this[0]]
    return _Mending(data, changed, moved).sentences() if changed else []


class _Mending:
    def __init__(self, data: Data, changed: list[Data], moved: list[Data]) -> None:
        self.data, self.changed, self.moved = data, changed, moved
        self.days: list[Data] = data["days"]
        self.told: dict[str, list[str]] = {}

    def tell(self, sentence: str, ident: object) -> None:
        self.told.setdefault(sentence, []).append(str(ident))

    def sentences(self) -> list[str]:
        self.numbers()
        for day in self.changed:
            before: Data = {}
            for one in day["injects"]:
                self.fields(one, before, day)
                before = one
        for day in self.moved:
            self.order(day)
        known = {one["id"] for day in self.days for one in day["injects"] if "id" in one}
        for day in self.days:
            for one in day["injects"]:
                self.references(one, known)
        return [f"{sentence}: {listed(idents, most=8)}." for sentence, idents in self.told.items()]

    def numbers(self) -> None:
        """Every inject of a changed day gets an id of its own."""
        known = {
            one.get("id")
            for day in self.days
            if not any(day is other for other in self.changed)
            for one in day["injects"]
        }
        for day in self.changed:
            for place, one in enumerate(day["injects"], 1):
                said = str(one.get("id", ""))
                ident = re.sub(r"[^A-Za-z0-9_-]+", "-", said).strip("-")[:36]
                if not ident[:1].isalpha():
                    ident = f"D{day.get('day', 1)}-{ident or f'N{place:02}'}"
                free, number = ident, 2
                while free in known:
                    free, number = f"{ident}-{number}", number + 1
                known.add(free)
                if free != said:
                    self.tell("A row without a number of its own got one", free)
                    one["id"] = free

    def fields(self, one: Data, before: Data, day: Data) -> None:
        """What an inject must have, made of what stands beside it or above."""
        ident = one["id"]
        if not one.get("text") or not one.get("title"):
            said = str(one.get("text") or one.get("title") or "\n".join(one.get("expected", [])) or "To be written")
            self.tell("There is only a title or only a text; the other was made of it", ident)
            one.setdefault("title", shortened(re.split(r"(?<=[.!?])\s|\n", said, maxsplit=1)[0], 110))
            one.setdefault("text", said)
        if "kind" not in one:
            expects = one.get("expected") or one.get("questions")
            one["kind"] = "decision" if one.get("branch") else "expected_action" if expects else "contextual"
            self.tell("Nothing says what kind of inject it is; one was taken by what it asks for", ident)
        if "at" not in one:
            one["at"] = before.get("at") or self.sessions(day)[0].get("start", "09:00")
            self.tell("There is no time that can be read; that of the row above was taken", ident)
        if "channel" not in one:
            one["channel"] = "briefing"
            self.tell("Nothing says how it arrives; 'briefing' was taken", ident)
        if "sender" not in one:
            one["sender"] = SENDER
            self.tell(f"Nobody is named as sender; '{SENDER}' was taken", ident)
        if one.get("session") not in {session.get("id") for session in day["sessions"]}:
            fitting = [session for session in self.sessions(day) if session.get("start", "") <= one["at"]]
            one["session"] = (fitting or self.sessions(day)[:1])[-1].get("id", "")
            self.tell("No session of its day is named; that of its time was taken", ident)
        self.registered(one)

    def sessions(self, day: Data) -> list[Data]:
        """The day's sessions that hold injects, in their order; all there are, where there are none such."""
        held = [session for session in day["sessions"] if session.get("kind", "session") != "break"]
        return sorted(held or day["sessions"] or [{}], key=lambda session: str(session.get("start", "")))

    def registered(self, one: Data) -> None:
        """Objectives, capabilities and storylines that the scenario does not know go into the notes."""
        for field, register, header in _REGISTERS:
            said = one.get(field)
            names = said if isinstance(said, list) else [said] if said else []
            strange = [name for name in names if name not in self.data.get(register, {})]
            if not strange:
                continue
            known = [name for name in names if name not in strange]
            one.pop(field)
            if known and field != "storyline":
                one[field] = known
            one["notes"] = f"{one.get('notes', '')}\n\n**{header}:** {', '.join(map(str, strange))}".strip()
            self.tell(f"The scenario knows no such {field.rstrip('s')}; what was named stands in the notes", one["id"])
        first = next(iter(self.data.get("objectives", {})), None)
        questions = [question for question in one.get("questions", []) if isinstance(question, dict)]
        if first and not one.get("objectives") and any(not question.get("objectives") for question in questions):
            one["objectives"] = [first]
            self.tell(f"Its questions serve no objective that is named; {first} was taken", one["id"])

    def order(self, day: Data) -> None:
        """Puts injects that a person moved, or whose times he changed, into the order of their times."""
        in_order = sorted(day["injects"], key=lambda one: str(one["at"]))
        if in_order != day["injects"]:
            day["injects"] = in_order
            self.tell("Rows were moved or changed; injects were put in the order of their times", f"day {day['day']}")

    def references(self, one: Data, known: set[str]) -> None:
        """What follows or comes first, without rows that are no longer there."""
        for field in ("next", "needs"):
            said = one.get(field)
            if isinstance(said, list) and (gone := [ident for ident in said if ident not in known]):
                left = [ident for ident in said if ident in known]
                one.pop(field)
                if left:
                    one[field] = left
                self.tell(
                    f"A row that it names under '{field}' is gone; the name went too", f"{one.get('id')} ({gone[0]})"
                )
