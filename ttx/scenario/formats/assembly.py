"""A scenario's plain data made of a list's rows. Whatever has to be made up for it is said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.agenda import Agenda, Placed, agenda, clock
from ttx.scenario.formats.calendar import Calendar, Planned
from ttx.scenario.formats.entries import audience_of, channel_of, kind_of, lines_of, options_of, packed
from ttx.scenario.formats.identity import Identity, identities
from ttx.scenario.formats.language import NAMES, language_of
from ttx.scenario.formats.leads import Leads, leads, not_plain, without
from ttx.scenario.formats.lengths import Fitting, divided, shortened
from ttx.scenario.formats.registers import Register, as_data, told
from ttx.scenario.formats.remarks import Remarks
from ttx.scenario.formats.rows import Entry
from ttx.scenario.formats.words import normal
from ttx.scenario.model import Channel, InjectKind

LEAD = "LEAD"
SENDER = "Exercise control"
_UNDECIDED = "The list calls it a decision, but gives no options that lead on; it became one that expects an action"
_CHILDREN = "Its children say what happens if one thing or another is decided; they became its options"
_LETTERED = "The number is that of another inject with a letter; it is held in reserve"
_IF = re.compile(
    r"\s*(if|option|case|should|in case|when|assuming|si|cas|jika|bila|apabila|opcion|caso)\b", re.IGNORECASE
)


_PUSH = re.compile(
    r"\s*(if|should|in case|when|si|jika|bila)\b[^.:,;]{0,60}?(\bnot\b|n't\b|\bfail|\bno one|\bnobody)", re.IGNORECASE
)
_NEEDED = re.compile(r"\b(if|as|when) (needed|required|necessary)\b|\bcontingen|\bon call\b|\breserve\b", re.IGNORECASE)


@dataclass(slots=True)
class Assembly:
    """The data, and what was guessed and left out for it."""

    data: dict[str, Any]
    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def assembled(found: Calendar, title: str, objectives: Register, capabilities: Register, file: str) -> Assembly:
    """The scenario that these days are. `file` is the name of the file, for what cannot be told otherwise."""
    makers = _Makers(objectives, capabilities, Register("S", "Storyline"))
    days: list[dict[str, Any]] = []
    guessed: list[str] = []
    left: list[str] = []
    named = identities([[row.item for row in day if isinstance(row.item, Entry)] for day in found.days])
    guessed += named.guessed
    headings = []
    for number, (rows, day_title) in enumerate(zip(found.days, found.titles, strict=True), 1):
        kinds = makers.kinds(rows, named)
        on = makers.leads(rows, kinds, named)
        reserve = frozenset(
            row.order for row in rows if isinstance(row.item, Entry) and kinds[id(row.item)] == "contingency"
        )
        said = {row.day for row in rows if isinstance(row.day, int)}
        if said and said != {number} and len(found.days) == 1:
            (called,) = list(said)[:1]
            guessed.append(
                f"The list is of day {called}; alone in its file it is day {number}, until it is put in the place of a "
                "day of yours."
            )
        plan = agenda(number, rows, reserve)
        guessed += plan.guessed
        left += plan.left
        headings += [(one.sheet, one.row, one.title) for one in plan.headings]
        injects = [makers.inject(one, named, kinds[id(one.entry)]) for one in plan.placed]
        _follow(injects, plan, named, on)
        days.append({
            "day": number,
            "title": shortened(day_title),
            "theme": shortened(_theme(plan) or day_title),
            "lead": LEAD,
            "sessions": plan.sessions,
            "injects": injects,
        })  # fmt: skip
    _without_time(found, guessed)
    if headings:
        says = listed((f"row {row} '{shortened(title, 80)}'" for _, row, title in headings), most=10)
        guessed.append(f"These rows head others and are no injects; they became days and sessions: {says}.")
    guessed += makers.told.sentences()
    if makers.receivers:
        names = listed((f"'{name}'" for name in makers.receivers), most=12)
        guessed.append(f"Receivers that are neither all nor a table became delegations of that name: {names}.")
    if (language := _language(found)) != "en":
        guessed.append(f"The texts read as {NAMES[language]}; a scenario made of them has the language '{language}'.")
    guessed += told([objectives, capabilities])
    guessed.append(
        f"The list names no working group that leads a day: in a scenario of its own '{LEAD}' stands for it, in "
        "another one a group of that one leads. Version, summary and the TLP label were made up."
    )
    left += [*makers.left, *makers.fitting.lost]
    guessed += makers.fitting.moved()
    data: dict[str, Any] = {
        "format": "ttx-scenario/1",
        "id": slug(title, file),
        "title": shortened(title),
        "version": "0.1",
        "language": language,
        "summary": f"Imported from {PurePath(file).name[:200]}. Write here what participants may read beforehand.",
        "objectives": as_data(objectives),
        "capabilities": as_data(capabilities),
        "groups": {LEAD: {"name": "Leading group"}},
        "days": days,
    }
    if makers.storylines.named:
        data["storylines"] = as_data(makers.storylines)
    return Assembly(data, guessed, left)


def slug(*texts: str) -> str:
    """An id made of the first of these texts that has letters."""
    for text in texts:
        words = re.sub(r"[^a-z0-9]+", "-", normal(PurePath(text).stem if "." in text else text)).strip("-")
        words = re.sub(r"^[^a-z]+", "", words)[:40].strip("-")
        if words:
            return words
    return "imported"


def _is_way(child: Entry) -> bool:
    """Whether a child says what follows one decision, and is no push for what players may leave undone."""
    said = child.text("title") or child.text("text")
    times = " ".join(text for _, text in child.notes)
    return bool(_IF.match(said)) and not _PUSH.match(said) and not _NEEDED.search(times)


def _theme(plan: Agenda) -> str:
    titles = [one["title"] for one in plan.sessions if "kind" not in one]
    return "; ".join(titles[:4]) if titles != ["Developments"] else ""


def _language(found: Calendar) -> str:
    entries = [row.item for day in found.days for row in day[:100] if isinstance(row.item, Entry)]
    return language_of(entry.text(name)[:400] for entry in entries for name in ("title", "text", "expected"))


def _without_time(found: Calendar, guessed: list[str]) -> None:
    made = [str(row.item.row) for day in found.days for row in day if isinstance(row.item, Entry) and row.made]
    entries = sum(isinstance(row.item, Entry) for day in found.days for row in day)
    if made and len(made) == entries:
        guessed.append("No row has a time; injects were put a quarter of an hour apart, or closer on a full day.")
    elif made:
        guessed.append(
            f"{len(made)} row{'s have' if len(made) > 1 else ' has'} no time that can be read; that of the row above "
            f"was taken: row {listed(made)}."
        )


def _follow(injects: list[dict[str, Any]], plan: Agenda, named: Identity, on: Leads) -> None:
    """Writes `next` where the list says so, and where the order of the file would be misread: past midnight, and after
    a branch's options."""
    said = {named.of[ident]: [named.of[id(one)] for one in after] for ident, after in on.follows.items()}
    path = [one for one in injects if one["kind"] != "contingency"]
    minutes = {named.of[id(one.entry)]: one.minute for one in plan.placed}
    ways = {
        option["next"]: one["id"] for one in path if "branch" in one for option in one["branch"]["options"].values()
    }
    for place, one in enumerate(path):
        after = next((later for later in path[place + 1 :] if ways.get(later["id"]) is None), None)
        if "branch" in one:
            continue
        if one["id"] in said:
            if after is None or said[one["id"]] != [path[place + 1]["id"]] or after["at"] < one["at"]:
                one["next"] = said[one["id"]]
        elif one["id"] in ways:
            one["next"] = [after["id"]] if after is not None else []
        elif after is None:
            if any(other["at"] > one["at"] for other in path):
                one["next"] = []
        elif after["at"] < one["at"] or minutes[after["id"]] < minutes[one["id"]] or after is not path[place + 1]:
            one["next"] = [after["id"]]


class _Makers:
    """What makes an inject of a row, and remembers what it had to make up."""

    def __init__(self, objectives: Register, capabilities: Register, storylines: Register) -> None:
        self.objectives, self.capabilities, self.storylines = objectives, capabilities, storylines
        self.told = Remarks()
        self.fitting = Fitting()
        self.branches: dict[int, list[tuple[str, Entry]]] = {}
        self.left: list[str] = []
        self.receivers: dict[str, None] = {}

    def kinds(self, rows: Sequence[Planned], named: Identity) -> dict[int, str]:
        """The kind of each entry, by what its row says, and by whose child it is."""
        entries = [row.item for row in rows if isinstance(row.item, Entry)]
        kinds = {id(entry): self.kind(entry, named) for entry in entries}
        here = {id(entry) for entry in entries}
        for parent in entries:
            children = [child for child in named.children.get(id(parent), ()) if id(child) in here]
            ways = [child for child in children if _is_way(child)]
            untyped = all(kind_of(child.text("kind")) is not InjectKind.CONTINGENCY for child in ways)
            if len(ways) > 1 and len(ways) == len(children) and untyped and kinds[id(parent)] != "contingency":
                self.branches[id(parent)] = [(way.text("title") or way.text("text"), way) for way in ways]
                kinds[id(parent)] = "decision"
                self.told.add(_CHILDREN, named.of[id(parent)])
                kinds |= {id(way): "adaptive" for way in ways}
        return kinds

    def leads(self, rows: Sequence[Planned], kinds: dict[int, str], named: Identity) -> Leads:
        """What the list says leads on in a day; kinds that follow from it are set."""
        entries = [row.item for row in rows if isinstance(row.item, Entry)]
        on = leads(entries, frozenset(id(one) for one in entries if kinds[id(one)] == "contingency"))
        for parent, ways in on.ways.items():
            self.branches[parent] = ways
            kinds[parent] = "decision"
            self.told.forget(named.of[parent], _UNDECIDED, _LETTERED, _CHILDREN)
            self.told.add("The list says which way leads where; the ways became its options", named.of[parent])
            for _, way in ways:
                if kinds[id(way)] != "decision" and (id(way) not in on.joined or kinds[id(way)] == "contingency"):
                    kinds[id(way)] = "adaptive"
                    self.told.forget(named.of[id(way)], _UNDECIDED, _LETTERED)
        for entry in on.lost:
            kinds[id(entry)] = "contingency"
            self.told.add("Nothing leads to it; it is held in reserve", named.of[id(entry)])
        for entry in on.unclear:
            entry.notes += entry.leads
            self.left.append(not_plain(entry, on.sentences.get(id(entry), "")))
        for entry in entries:
            if (said := on.sentences.get(id(entry))) and entry not in on.unclear:
                entry.fields["text"] = [without(entry.text("text"), said)]
                entry.notes.append(("What comes next", said))
                self.told.add("The text says what comes next; that was moved to the notes", named.of[id(entry)])
        return on

    def kind(self, entry: Entry, named: Identity) -> str:
        ident = named.of[id(entry)]
        said = kind_of(entry.text("kind"))
        child = id(entry) in named.parent
        if said is InjectKind.DECISION:
            self.told.add(_UNDECIDED, ident)
            said = InjectKind.EXPECTED_ACTION
        if child and (said is None or not entry.text("kind")):
            self.told.add(_LETTERED, ident)
            return "contingency"
        if said is None and entry.text("kind"):
            entry.notes.append(("Type", entry.text("kind")))
        if said is InjectKind.CONTEXTUAL or said is None:
            expects = bool(entry.text("expected") or entry.text("questions"))
            if channel_of(entry.text("channel")) in (Channel.NEWS, Channel.SOCIAL) and not expects:
                return "media"
            return "expected_action" if expects else "contextual"
        return said.value

    def inject(self, placed: Placed, named: Identity, kind: str) -> dict[str, Any]:
        """One inject as plain data."""
        entry, ident = placed.entry, named.of[id(placed.entry)]
        fit = self.fitting
        title, text = self.texts(entry, ident)
        notes: list[str] = []
        inject: dict[str, Any] = {
            "id": ident,
            "kind": kind,
            "title": title,
            "at": clock(placed.minute),
            "minutes": placed.minutes,
            "session": placed.session,
            "to": self.audience(entry, ident),
            "sender": fit.line(entry.text("sender").replace("\n", ", "), ident, "sender", notes) or self.nobody(ident),
            "channel": self.channel(entry, ident, kind),
            "text": "",
        }
        if expected := self.expected(entry):
            inject["expected"] = expected
        self.refer(entry, inject)
        self.ask(entry, ident, inject, notes)
        if story := entry.text("storyline").strip():
            inject["storyline"] = self.storylines.ids(story.replace("\n", " "))[0]
        inject["text"] = fit.text(text, ident, notes)
        if entry.scenario_time:
            notes.insert(0, f"**Scenario time:** {entry.scenario_time}")
        if written := fit.notes([*_noted(entry), *notes], ident):
            inject["notes"] = written
        if ways := self.branches.get(id(entry)):
            keys = [chr(65 + place) if place < 26 else f"A{place}" for place in range(len(ways))]
            inject["branch"] = {
                "options": {
                    key: {"label": shortened(label), "next": named.of[id(way)]}
                    for key, (label, way) in zip(keys, ways, strict=True)
                },
                "default": keys[0],
            }
        return inject

    def texts(self, entry: Entry, ident: str) -> tuple[str, str]:
        """A title and a text; what is missing is made of the other."""
        title, text = entry.text("title").strip(), entry.text("text").strip()
        if not title:
            self.told.add("There is no title; the beginning of the text became it", ident)
            first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0]
            return shortened(first, 110), text
        short = shortened(title)
        if short != " ".join(title.split()):
            text = f"{title}\n\n{text}" if text else title
            self.told.add("The title is longer than 200 characters; the whole of it begins the text", ident)
        return short, text or title

    def nobody(self, ident: str) -> str:
        self.told.add(f"Nobody is named as sender; '{SENDER}' was taken", ident)
        return SENDER

    def channel(self, entry: Entry, ident: str, kind: str) -> str:
        said = entry.text("channel").strip()
        found = channel_of(said) if said else None
        if found is not None:
            if normal(said) != found.value and len(said) > 20:
                entry.notes.append(("Mode", said))
            return found.value
        if said:
            entry.notes.append(("Mode", said))
            self.told.add("How it arrives is none of our channels; it became a report, and the words are in the notes",
                          ident)  # fmt: skip
            return Channel.REPORT.value
        made = Channel.NEWS if kind == "media" else Channel.BRIEFING
        self.told.add(f"Nothing says how it arrives; '{made.value}' was taken", ident)
        return made.value

    def audience(self, entry: Entry, ident: str) -> object:
        said = entry.text("to").strip()
        if not said:
            self.told.add("Nobody is named as receiver; it goes to all", ident)
            return "all"
        everybody, tables, names = audience_of(said)
        if everybody:
            return "all"
        to: dict[str, list[str]] = {}
        self.receivers |= dict.fromkeys(map(shortened, names))
        for key, values in (("tables", tables), ("delegations", names)):
            if values:
                to[key] = [shortened(value) for value in values[:40]]
        if len(tables) > 40 or len(names) > 40:
            entry.notes.append(("To", said))
        return to

    def expected(self, entry: Entry) -> list[str]:
        return [part for item in lines_of(entry.text("expected")) for part in divided(item)]

    def refer(self, entry: Entry, inject: dict[str, Any]) -> None:
        """Objectives and capabilities, by their columns and as far as notes name them."""
        named = "\n".join(text for _, text in entry.notes)
        extra_objectives, extra_capabilities = packed(named)
        objectives = self.objectives.ids(entry.text("objectives")) if entry.text("objectives") else []
        capabilities = self.capabilities.ids(entry.text("capabilities")) if entry.text("capabilities") else []
        for code in extra_objectives:
            objectives += self.objectives.ids(code)
        for name in extra_capabilities:
            capabilities += self.capabilities.ids(name)
        if objectives:
            inject["objectives"] = list(dict.fromkeys(objectives))
        if capabilities:
            inject["capabilities"] = list(dict.fromkeys(capabilities))

    def ask(self, entry: Entry, ident: str, inject: dict[str, Any], notes: list[str]) -> None:
        """Questions, and answers to choose from."""
        asked = lines_of(entry.text("questions"))
        options = options_of(entry.text("options")) if entry.text("options") else []
        questions: list[dict[str, Any]] = []
        if len(options) > 1:
            first = asked.pop(0) if asked else inject["title"]
            keys = [chr(65 + place) for place in range(min(26, len(options)))]
            questions.append({
                "id": "q1", "kind": "single", "ask": shortened(first, 400),
                "options": {key: shortened(label) for key, label in zip(keys, options, strict=False)},
            })  # fmt: skip
        elif options:
            entry.notes.append(("Options", options[0]))
        for text in asked[:20]:
            if len(text) > 400:
                notes.append(f"**Question:** {text}")
            questions.append({"id": f"q{len(questions) + 1}", "ask": shortened(text, 400)})
        notes += [f"**Question:** {text}" for text in asked[20:]]
        if questions:
            inject["questions"] = questions
            if "objectives" not in inject:
                inject["objectives"] = [self.objectives.add()]
                self.told.add("Its questions serve no objective that is named; the first one was taken", ident)


_PLAIN_NOTES = re.compile(
    r"notes?|remarks?|comments?|notes s|catatan|keterangan|observaciones|comentarios|remarques?|notas"
)


def _noted(entry: Entry) -> Iterable[str]:
    """An entry's notes: those of a column of notes as they are, others under their column's header."""
    for header, text in entry.notes:
        yield text if _PLAIN_NOTES.fullmatch(normal(header)) else f"**{header}:** {text}"
