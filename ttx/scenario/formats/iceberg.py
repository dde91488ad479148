"""IcebergTTX' scenario JSON, version 1.0: injects with options, each of which leads on.

The fields are those of IcebergAI/IcebergTTX, app/schemas/scenario_json.py and website/docs/scenarios.md: an empty
`target_teams` is everybody, `next_inject_id: null` ends a branch, `release_at_minutes` counts from the start.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ttx.scenario.formats.json_file import JsonFile
from ttx.scenario.formats.pieces import END, Piece, Story, after, choice, finished
from ttx.scenario.formats.records import Ledger, Record
from ttx.scenario.formats.times import DAY
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.ways import Ways, ways

FORMAT = "IcebergTTX scenario"
FIELDS = {
    "title": "title", "description": "summary", "participant_teams": "groups", "estimated_duration_minutes": "minutes",
    "id": "id", "content": "text", "target_teams": "to", "options": "branch", "next_inject_id": "next",
    "sequence_order": "at", "release_at_minutes": "at", "free_text_response": "questions",
    "expected_actions": "expected", "triggers_communications": "text", "debrief_notes": "notes",
}  # fmt: skip
_OWN = ("options", "next_inject_id", "target_teams", "free_text_response", "triggers_communications")
_LATEST = 840
"""Minutes after 09:00 into which a story is put that would take longer than its day."""


@dataclass(slots=True)
class _Node:
    """An inject of the file: what leads on from it, and when it comes. A way that ends leads to `END`."""

    record: Record
    piece: Piece
    release: float | None
    ways: list[tuple[str, str]] = field(default_factory=list)

    @property
    def after(self) -> list[str]:
        return [target for _, target in self.ways]


def iceberg(file: JsonFile) -> Understood | None:
    """The scenario in this file; None if it is none."""
    data, place = file.data, ""
    if isinstance(data, dict) and isinstance(data.get("definition"), dict):
        data, place = data["definition"], "/definition"
    if not _is_scenario(data):
        return None
    return _Reading(file, Ledger().top(data, place)).understood()


def _is_scenario(data: Any) -> bool:
    if not isinstance(data, dict) or not isinstance(data.get("injects"), list) or "inject_flow" in data:
        return False
    said = "start_inject_id" in data or "participant_teams" in data
    return said or any(isinstance(one, dict) and any(name in one for name in _OWN) for one in data["injects"][:50])


class _Reading:
    """One reading of a scenario."""

    def __init__(self, file: JsonFile, top: Record) -> None:
        self.file, self.top, self.ledger = file, top, top.ledger
        self.story = Story(file.name, top.text("title"), top.text("description"))
        self.nodes: dict[str, _Node] = {}
        self.step = 15

    def understood(self) -> Understood:
        version = self.top.text("schema_version")
        if version and not version.startswith("1"):
            self.story.guessed.add(f"It calls itself version {version[:20]}, and was read as 1.0")
        for team in self.top.records("participant_teams"):
            self.story.group(team.text("id") or team.text("label"), team.text("label"))
        if self.story.groups:
            self.story.guessed.add("Teams became working groups, to which the injects go")
        records = self.top.records("injects")
        for number, record in enumerate(sorted(records, key=_rank)):
            self.read(record, number)
        if not self.nodes:
            return finished(FORMAT, self.file, self.ledger, FIELDS, self.story, (), len(records))
        notes = self.top.text("debrief_notes")
        found = self.led()
        self.planned(found)
        pieces = [self.nodes[name].piece for name in found.order if name != END]
        pieces += self.unreached(found)
        ends = [one for one in pieces if END in self.nodes[one.key].after and one.options]
        if notes or ends:
            pieces.append(self.close(notes, pieces))
        rows = len(self.top.data["injects"])
        return finished(FORMAT, self.file, self.ledger, FIELDS, self.story, pieces, rows)

    def read(self, record: Record, number: int) -> None:
        key = record.text("id") or f"inject {number + 1}"
        if key in self.nodes or key == END:
            self.story.guessed.add("An id is given twice; steps lead to the first that has it", key)
            key = f"{key} {number + 1}"
        piece = Piece(key, record.text("title"), record.text("content"))
        piece.expected = record.texts("expected_actions")
        for team in record.texts("target_teams"):
            if team not in self.story.groups:
                self.story.guessed.add("Teams that the file names and does not list became working groups", team)
                self.story.group(team)
            piece.to.append(team)
        options = record.records("options")
        node = _Node(record, piece, record.number("release_at_minutes"))
        for option in options:
            target = option.text("next_inject_id")
            option.skip("id", "next_inject_id")
            node.ways.append((option.text("label") or option.text("id") or "This way", target))
        following = record.text("next_inject_id")
        record.skip("next_inject_id")
        if following and options:
            self.story.left.add("'next_inject_id' beside options was not taken, since the options lead on", key)
        elif following:
            node.ways = [("", following)]
        self.ask(node, record.truth("free_text_response", True))
        self.messages(record, piece)
        self.nodes[key] = node

    def ask(self, node: _Node, free: bool) -> None:
        """What participants are asked: which way they take, or what they do."""
        piece = node.piece
        if len(node.ways) > 1:
            piece.questions = [choice("Which way do you take?", (label for label, _ in node.ways))]
            if free:
                self.story.guessed.add("The options are asked for; the free text beside them is not", piece.key)
        elif free:
            piece.questions = [{"id": "q1", "ask": "How do you respond?"}]
            self.story.guessed.add(
                "Participants respond in free text; the question 'How do you respond?' was made of it"
            )
        if piece.questions or piece.expected:
            piece.kind = "expected_action"

    def messages(self, record: Record, piece: Piece) -> None:
        """Messages that come with an inject: those that arrive stand in its text, the others in its notes."""
        for message in record.records("triggers_communications"):
            whom, subject = message.text("external_entity"), message.text("subject")
            inbound = message.text("direction") != "outbound"
            delay = message.number("delay_after_release_seconds")
            head = f"**{'Message from' if inbound else 'Message to'} {whom or 'outside'}: {subject or 'no subject'}**"
            body = f"{head}\n\n{message.text('body')}".strip()
            if inbound:
                piece.text = f"{piece.text}\n\n{body}".strip()
                self.story.guessed.add("Messages that an inject sets off stand at the end of its text", piece.key)
            else:
                piece.notes.append(body)
                self.story.guessed.add("Messages that go out with an inject stand in its notes", piece.key)
            if delay:
                piece.notes.append(f"**Delay:** the message '{subject}' comes {delay:g} seconds after the release.")

    def led(self) -> Ways:
        """Where everything leads. Steps to injects that do not exist end the way."""
        for key, node in self.nodes.items():
            for place, (label, target) in enumerate(node.ways):
                if target and target not in self.nodes:
                    self.story.left.add(
                        "Steps to injects that do not exist were not taken", f"{key} to '{target[:60]}'"
                    )
                if target not in self.nodes:
                    node.ways[place] = (label, END)
        names = list(self.nodes)
        if not any(target != END for node in self.nodes.values() for target in node.after):
            self.story.guessed.add("No inject leads to another; they follow each other in the order of the file")
            for key, later in pairwise(names):
                node = self.nodes[key]
                node.ways = [(label, later) for label, _ in node.ways] or [("", later)]
        start = self.top.text("start_inject_id")
        if start not in self.nodes:
            self.story.guessed.add(f"'{start[:60]}' is no inject to start with; the first one was taken")
            start = names[0]
        found = ways(start, {key: [one for one in node.after if one != END] for key, node in self.nodes.items()})
        for source, target in sorted(found.circles):
            self.story.left.add("Steps that lead back in a circle were not taken; the way ends there",
                                f"{source} to {target}")  # fmt: skip
        for key, node in self.nodes.items():
            node.ways = [(label, END if (key, target) in found.circles else target) for label, target in node.ways]
        return found

    def planned(self, found: Ways) -> None:
        """Gives every inject that is reached its time, and says what follows it."""
        record = self.top.record("metadata")
        minutes = record.number("estimated_duration_minutes")
        longest = max(found.depth.values()) + 1
        if minutes and minutes > 0:
            self.step = max(1, min(60, round(minutes / longest)))
            self.story.guessed.add(f"The estimated duration was divided: {self.step} minutes for each inject on a way")
        else:
            self.story.guessed.add("No duration is said; injects were put a quarter of an hour apart")
        offsets: dict[str, float] = {}
        for name in found.order:
            earliest = max((offsets[one] + self.step for one in found.before[name]), default=0)
            release = self.nodes[name].release
            if release is not None and release < earliest and found.before[name]:
                self.story.guessed.add("It would be released before what leads to it; it was put after that", name)
            offsets[name] = earliest if release is None else max(release, earliest if found.before[name] else 0)
        self.clocked(offsets, found)
        for name in found.order:
            node = self.nodes[name]
            piece = node.piece
            piece.minutes = self.step
            if len(node.ways) > 1:
                piece.options = [(label or "This way", target) for label, target in node.ways]
                for _, target in node.ways:
                    if target != END and not self.nodes[target].piece.options:
                        self.nodes[target].piece.kind = "adaptive"
                continue
            piece.follows = [target for target in node.after if target != END]
            if node.ways and node.ways[0][0]:
                piece.notes.append(f"**Option:** {node.ways[0][0]}")
                self.story.guessed.add("There is one option only, so nothing is decided; it stands in the notes", name)

    def clocked(self, offsets: dict[str, float], found: Ways) -> None:
        """Days and times. Steps stay within a day: where one would not, all is put on one day, closer together."""
        days = {name: after(offset)[0] for name, offset in offsets.items()}
        firsts = {days[name]: name for name in reversed(found.order)}
        last = max(days.values())
        decisions = [name for name in found.order if len(self.nodes[name].ways) > 1]
        whole = all(
            days[name] == days.get(target, last) for name in decisions for target in self.nodes[name].after
        ) and all(
            name == firsts[days[name]] or any(days[source] == days[name] for source in found.before[name])
            for name in found.order
        )  # fmt: skip
        latest = max(offsets.values())
        if not whole or (len(set(days.values())) == 1 and latest > DAY):
            self.story.guessed.add("Ways lead from one day to another; all was put on one day, closer together")
            offsets = {name: offset * _LATEST / latest for name, offset in offsets.items()}
        for name, offset in offsets.items():
            self.nodes[name].piece.day, self.nodes[name].piece.minute = after(offset)

    def unreached(self, found: Ways) -> list[Piece]:
        """Injects that nothing leads to are held in reserve."""
        pieces = [node.piece for name, node in self.nodes.items() if name not in found.depth]
        for piece in pieces:
            node = self.nodes[piece.key]
            self.story.guessed.add("Nothing leads there; it is held in reserve", piece.key)
            piece.kind = "contingency"
            for label, target in node.ways:
                if target != END:
                    piece.notes.append(f"**Leads to:** {target}{f' ({label})' if label else ''}")
            last = max((self.nodes[name].piece for name in found.order), key=lambda one: (one.day, one.minute))
            piece.day, piece.minute, piece.minutes = last.day, last.minute, self.step
            if node.release is not None:
                piece.notes.append(f"**Release:** {node.release:g} minutes after the start")
        return pieces

    def close(self, notes: str, pieces: list[Piece]) -> Piece:
        """An inject at which all ways end: what is said about the debriefing, and where an option leads that ends."""
        last = max(pieces, key=lambda one: (one.day, one.minute))
        closing = Piece(END, "Debriefing", "The story ends here. Take stock together of what was decided, and why.")
        closing.kind, closing.channel, closing.follows = "facilitation", "meeting", []
        closing.day, closing.minute, closing.minutes = last.day, last.minute + self.step, self.step
        if notes:
            closing.notes = [notes]
        for piece in pieces:
            if piece.kind != "contingency" and not piece.options and not piece.follows and piece.day == last.day:
                piece.follows = [END]
        self.story.guessed.add("An inject 'Debriefing' was added, at which all ways end")
        return closing


def _rank(record: Record) -> float:
    order = record.number("sequence_order")
    return order if order is not None else 0.0
