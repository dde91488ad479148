"""A scenario's plain data made of what a peer's file tells: injects that know when they come and what follows them.

Each reader of a peer's format makes a `Story` of `Piece`s; from here on all of them go the same way. Whatever has
to be made up is said in the story's remarks.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from ttx.scenario.findings import listed
from ttx.scenario.formats.agenda import agenda, clock
from ttx.scenario.formats.assembly import LEAD, SENDER, slug
from ttx.scenario.formats.calendar import START, Planned
from ttx.scenario.formats.json_file import JsonFile
from ttx.scenario.formats.lengths import PROSE, Fitting, divided, shortened
from ttx.scenario.formats.records import Ledger
from ttx.scenario.formats.remarks import Remarks
from ttx.scenario.formats.rows import Entry
from ttx.scenario.formats.times import DAY
from ttx.scenario.formats.understood import Understood

DAYS = 60
INJECTS = 3_000
"""Injects that one file may bring: a day's file takes 2 MB, which is about as many."""
END = "\nend"
"""The key of an inject that was added for ways to end at. No peer's key begins so, since texts are trimmed."""
_IDENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{8,12}", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """An inject under way. `day` counts from 0, `minute` from the midnight before that day's morning, and on past the
    next.

    `key` is what the peer's file calls it. `follows` are the keys of what comes next; None is whatever comes next in
    time. `options` are a decision's ways, each a label and a key.
    """

    key: str
    title: str
    text: str = ""
    day: int = 0
    minute: int = START
    minutes: int | None = None
    kind: str = "contextual"
    channel: str | None = None
    sender: str = ""
    to: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    follows: list[str] | None = None
    options: list[tuple[str, str]] = field(default_factory=list)


class Idents:
    """Ids, each given once."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        self.taken: set[str] = set()

    def free(self, *wanted: str) -> str:
        """The first of these that can be made an id, else a number; told apart from those before."""
        number = len(self.taken) + 1
        ident = next((found for text in wanted if (found := _ident(text))), f"{self.letter}{number}")
        free, again = ident, 2
        while free in self.taken:
            free, again = f"{ident[:34]}-{again}", again + 1
        self.taken.add(free)
        return free


def _ident(text: str) -> str:
    if _UUID.fullmatch(text.strip()):
        return ""
    if _IDENT.fullmatch(text):
        return text
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text[:200]) if not unicodedata.combining(sign))
    words = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-_")[:36].strip("-_")
    return words if words[:1].isalpha() else ""


@dataclass(slots=True)
class Story:
    """What stands in no inject: the scenario's name, its groups by the peer's keys, and what is said of the import."""

    file: str
    title: str
    summary: str = ""
    groups: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    objectives: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    guessed: Remarks = field(default_factory=Remarks)
    left: Remarks = field(default_factory=Remarks)
    fit: Fitting = field(default_factory=Fitting)
    idents: Idents = field(default_factory=lambda: Idents("G"))

    def group(self, key: str, name: str = "") -> None:
        """Makes a working group of a peer's team or player, once."""
        if key not in self.groups:
            self.idents.taken.add(LEAD)
            self.groups[key] = ident = self.idents.free(key, name)
            self.names[ident] = shortened(name or key)


def finished(
    name: str,
    file: JsonFile,
    ledger: Ledger,
    fields: Mapping[str, str],
    story: Story,
    pieces: Sequence[Piece],
    rows: int,
) -> Understood:
    """What was understood of a file of this format: the scenario's data, and all that is to be said of it. `fields`
    are those of the format with what they became; of `rows` injects in the file these pieces were made."""
    if not pieces:
        return Understood(
            name, rows, refused=f"{file.name} is known as {name}, and holds no inject that could be read."
        )
    many = len(pieces) - sum(piece.key == END for piece in pieces)
    data = assembled(story, pieces)
    guessed = (*file.odd, *ledger.changed(), *story.guessed.sentences(), *story.fit.moved())
    left = (*story.left.sentences(), *story.fit.lost, *ledger.left())
    return Understood(name, rows, many, ledger.mapping(fields), guessed, left, data=data)


def assembled(story: Story, pieces: Sequence[Piece]) -> dict[str, Any]:
    """The scenario's data. There is at least one piece; of two with one key, steps lead to the first."""
    days = _days(story, pieces)
    ids = _ids([own for _, own in days])
    known: dict[str, str] = {}
    for piece in pieces:
        known.setdefault(piece.key, ids[id(piece)])
    before: set[str] = set()
    made = [_day(story, number, title, own, ids, known, before) for number, (title, own) in enumerate(days, 1)]
    story.guessed.add(
        f"Nothing says which working group leads a day: '{LEAD}' stands for it. Version, language and the TLP label "
        "were made up"
    )
    summary = story.summary.strip()
    if summary:
        story.guessed.add("The description became the summary, which participants may read beforehand; see that it "
                          "gives nothing away")  # fmt: skip
    if len(summary) > PROSE:
        story.left.add(f"The description is longer than {PROSE:,} characters; the rest of it was not taken")
    name = PurePath(story.file).name[:200]
    return {
        "format": "ttx-scenario/1",
        "id": slug(story.title, story.file),
        "title": shortened(story.title or PurePath(story.file).stem),
        "version": "0.1",
        "language": "en",
        "summary": summary[:PROSE] or f"Imported from {name}. Write here what participants may read beforehand.",
        "objectives": story.objectives,
        "capabilities": {},
        "groups": {LEAD: {"name": "Leading group"}, **{ident: {"name": name} for ident, name in story.names.items()}},
        **({"organisations": story.organisations} if story.organisations else {}),
        "days": made,
    }


def _days(story: Story, pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """The pieces by the days they fall on, each with its title, in planned order."""
    numbers = sorted({piece.day for piece in pieces})
    if len(numbers) > DAYS:
        story.guessed.add(f"The injects fall on {len(numbers)} days, and a scenario has {DAYS}; all were put on one, "
                          "in their order")  # fmt: skip
        ordered = sorted(pieces, key=lambda piece: (piece.day, piece.minute))
        for piece in ordered:
            piece.notes.append(f"**Planned for:** day {piece.day + 1}, {clock(piece.minute)}")
        spread(ordered)
        return [("Day 1", ordered)]
    for number, offset in enumerate(numbers, 1):
        if offset != number - 1:
            story.guessed.add("Days without an inject were passed over", f"day {number} was day {offset + 1}")
    return [
        (
            f"Day {number}",
            sorted((one for one in pieces if one.day == offset), key=lambda one: one.minute),
        )
        for number, offset in enumerate(numbers, 1)
    ]


def spread(pieces: Sequence[Piece]) -> None:
    """Puts pieces that have no time a quarter of an hour apart on one day, or closer if they are many."""
    for place, piece in enumerate(pieces):
        piece.day, piece.minutes = 0, None
        piece.minute = START + (place * 15 if len(pieces) <= 36 else place * 540 // len(pieces))


def after(offset: float) -> tuple[int, int]:
    """The day and the minute of what comes this many minutes after the start of the exercise, which is at 09:00."""
    day, rest = divmod(max(0, min(round(offset), 1_000_000 * DAY)), DAY)
    return day, START + rest


def _ids(days: Sequence[Sequence[Piece]]) -> dict[int, str]:
    """An id for each piece: the peer's own where it can be one, else of the day and its number or place."""
    idents = Idents("D")
    found: dict[int, str] = {}
    for number, own in enumerate(days, 1):
        width = max(2, len(str(len(own))))
        for place, piece in enumerate(own, 1):
            counted = re.fullmatch(r"#?\s*(\d{1,6})", piece.key)
            numbered = f"D{number}-{int(counted[1]) if counted else place:0{width}}"
            found[id(piece)] = idents.free(piece.key, numbered)
    return found


def _day(
    story: Story, number: int, title: str, own: Sequence[Piece], ids: Mapping[int, str], known: Mapping[str, str],
    before: set[str],
) -> dict[str, Any]:  # fmt: skip
    """A day with its sessions. `before` are the ids of what came until now; those of this day are added."""
    entries = [Entry("", place, {"minutes": [f"{one.minutes} min"]} if one.minutes else {})
               for place, one in enumerate(own)]  # fmt: skip
    rows = [Planned(entry, place, None, own[place].minute) for place, entry in enumerate(entries)]
    plan = agenda(number, rows, frozenset(place for place, one in enumerate(own) if one.kind == "contingency"))
    for sentence in plan.guessed:
        story.guessed.add(sentence.removesuffix("."))
    for sentence in plan.left:
        story.left.add(sentence.removesuffix("."))
    here = {ids[id(one)] for one in own if one.kind != "contingency"}
    injects = []
    for placed in plan.placed:
        piece = own[placed.entry.row]
        inject = _inject(story, piece, ids[id(piece)])
        inject |= {"at": clock(placed.minute), "minutes": placed.minutes, "session": placed.session}
        if needs := [known[key] for key in dict.fromkeys(piece.needs) if known.get(key) in before]:
            inject["needs"] = needs
        if piece.options:
            inject["branch"] = _branch(piece, known)
        elif piece.follows is not None and piece.kind != "contingency":
            inject["next"] = [known[key] for key in piece.follows if known.get(key) in here]
        before.add(inject["id"])
        injects.append(inject)
    _follow(injects)
    sessions = [one["title"] for one in plan.sessions]
    theme = listed(sessions[:4]) if sessions != ["Developments"] else title
    return {"day": number, "title": title, "theme": shortened(theme), "lead": LEAD, "sessions": plan.sessions,
            "injects": injects}  # fmt: skip


def _inject(story: Story, piece: Piece, ident: str) -> dict[str, Any]:
    fit, notes = story.fit, piece.notes.copy()
    title, text = piece.title, piece.text.strip()
    short = shortened(title)
    if not title.strip():
        short = shortened(re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0], 110)
        story.guessed.add("There is no title; the beginning of the text became it", ident)
    elif short != " ".join(title.split()):
        text = f"{title}\n\n{text}".strip()
        story.guessed.add("The title is longer than 200 characters; the whole of it begins the text", ident)
    if not text:
        story.guessed.add("There is no text; the title became it", ident)
    sender = fit.line(piece.sender, ident, "sender", notes)
    if not sender:
        story.guessed.add(f"Nobody is named as sender; '{SENDER}' was taken", ident)
    if piece.channel is None:
        story.guessed.add("Nothing says how it arrives; 'briefing' was taken", ident)
    inject: dict[str, Any] = {
        "id": ident,
        "kind": "decision" if piece.options else piece.kind,
        "title": short,
        "at": "",
        "minutes": 0,
        "session": "",
        "to": {"groups": list(dict.fromkeys(story.groups[key] for key in piece.to))} if piece.to else "all",
        "sender": sender or SENDER,
        "channel": piece.channel or "briefing",
        "text": fit.text(text or short, ident, notes),
    }
    if expected := [line for item in piece.expected for line in divided(item)]:
        inject["expected"] = expected
    if piece.questions:
        inject["questions"] = piece.questions
        inject["objectives"] = [_objective(story)]
    if written := fit.notes(notes, ident):
        inject["notes"] = written
    return inject


def _objective(story: Story) -> str:
    """The first objective, which questions are put under; where there is none, one that is still to be named."""
    if not story.objectives:
        story.objectives["O1"] = {"name": "Objective 1 (to be named)"}
    first = next(iter(story.objectives))
    story.guessed.add(f"Questions belong to an objective, and nothing says which; '{first}' was taken")
    return first


def _branch(piece: Piece, known: Mapping[str, str]) -> dict[str, Any]:
    keys = [chr(65 + place) if place < 26 else f"A{place}" for place in range(len(piece.options))]
    ways = zip(keys, piece.options, strict=True)
    return {
        "options": {key: {"label": shortened(label), "next": known[target]} for key, (label, target) in ways},
        "default": keys[0],
    }


def _follow(injects: Sequence[dict[str, Any]]) -> None:
    """Writes `next` where the order of the file would be misread: past midnight, and at the day's end."""
    path = [one for one in injects if one["kind"] != "contingency"]
    for place, one in enumerate(path):
        after = path[place + 1] if place + 1 < len(path) else None
        if "branch" in one or "next" in one:
            continue
        if after is None:
            if any(other["at"] > one["at"] for other in path):
                one["next"] = []
        elif after["at"] < one["at"]:
            one["next"] = [after["id"]]


def choice(ask: str, labels: Iterable[str]) -> dict[str, Any]:
    """A single-choice question between these; there are at least two."""
    keys = (chr(65 + place) if place < 26 else f"A{place}" for place in range(1000))
    options = {key: shortened(label) for key, label in zip(keys, labels, strict=False)}
    return {"id": "q1", "kind": "single", "ask": shortened(ask, 400), "options": options}
