"""MISP's Common Exercise Format (CEXF): injects, the flow they come in, and the payloads they carry.

The fields are those of MISP/cexf, format-description.md; platform/bin/cexf-rule-manager.py plays what `followed_by`
names one after the other, evenly over `total_duration` (seconds). `triggered_at` is in seconds from the start.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from ttx.scenario.formats.entries import channel_of
from ttx.scenario.formats.json_file import JsonFile
from ttx.scenario.formats.pieces import Piece, Story, after, finished
from ttx.scenario.formats.records import Ledger, Record
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.ways import ways

FORMAT = "MISP CEXF exercise"
FIELDS = {
    "name": "title", "description": "summary", "expanded": "summary", "total_duration": "minutes",
    "followed_by": "at", "triggered_at": "at", "requirements": "needs", "action": "channel",
    "action_payload_resource_uuid": "text", "inject_evaluation": "expected", "target_tool": "notes",
}  # fmt: skip
_START = "\nstart"


def cexf(file: JsonFile) -> Understood | None:
    """The exercise in this file; None if it is none."""
    data = file.data
    if not isinstance(data, dict) or not isinstance(data.get("injects"), list):
        return None
    if not isinstance(data.get("exercise"), dict) or not isinstance(data.get("inject_flow"), list):
        return None
    return _Reading(file, Ledger().top(data)).understood()


class _Reading:
    """One reading of an exercise."""

    def __init__(self, file: JsonFile, top: Record) -> None:
        self.file, self.top, self.ledger = file, top, top.ledger
        self.head = top.record("exercise")
        self.story = Story(file.name, self.head.text("name"))
        self.pieces: dict[str, Piece] = {}
        self.flow: dict[str, Record] = {}

    def understood(self) -> Understood:
        short, long = self.head.text("description"), self.head.text("expanded")
        self.story.summary = long if short in long else f"{short}\n\n{long}".strip()
        self.head.skip("uuid")
        payloads = {one.text("uuid"): one for one in self.top.records("inject_payloads")}
        for number, record in enumerate(self.top.records("injects"), 1):
            self.read(record, number, payloads)
        if self.pieces:
            self.ordered()
        rows, pieces = len(self.top.data["injects"]), list(self.pieces.values())
        return finished(FORMAT, self.file, self.ledger, FIELDS, self.story, pieces, rows)

    def read(self, record: Record, number: int, payloads: dict[str, Record]) -> None:
        key = record.text("uuid") or f"inject {number}"
        if key in self.pieces:
            self.story.guessed.add("A uuid is given twice; what refers to it means the first that has it", key)
            key = f"{key} {number}"
        piece = Piece(key, record.text("name"), record.text("description"))
        action = record.text("action")
        piece.channel = "email" if action == "email_to_participants" else (channel_of(action) if action else None)
        if action and piece.channel is None:
            piece.channel = "report"
            self.story.guessed.add("The action is none of our channels; 'report' was taken", piece.title[:40])
        for name, value in (("Action", action), ("Target tool", record.text("target_tool"))):
            if value:
                piece.notes.append(f"**{name}:** {value}")
        for test in record.records("inject_evaluation"):
            if result := test.text("result"):
                piece.expected.append(result)
                piece.kind = "expected_action"
        wanted = record.text("action_payload_resource_uuid")
        if wanted in payloads:
            self.carry(piece, payloads[wanted])
        elif wanted:
            self.story.left.add("Payloads that the file does not have were not taken", f"{wanted[:40]} of {key[:40]}")
        self.pieces[key] = piece

    def carry(self, piece: Piece, payload: Record) -> None:
        """A payload's text becomes the inject's; of one that is no text its parameters stand in the notes."""
        parameters = payload.record("parameters")
        name = payload.text("name") or parameters.text("filename")
        kind = payload.text("type")
        content = parameters.text("content") or parameters.text("contents")
        parameters.skip("filename", "content", "contents")
        text = _plain(content, parameters.text("content-type"))
        if text := self.ledger.plain(text, payload.place):
            piece.text = f"{piece.text}\n\n{text}".strip()
            return
        if content:
            self.story.left.add("Payloads that are no text were not taken", name or payload.place)
        said = [f"{key}: {parameters.text(key)}" for key in parameters.data
                if key not in ("content", "contents", "content-type") and parameters.text(key)]  # fmt: skip
        piece.notes.append(f"**Payload:** {', '.join([f'{name} ({kind})' if kind else name, *said])}")

    def ordered(self) -> None:
        """The order and times of the flow; injects that are not in it are held in reserve."""
        for record in self.top.records("inject_flow"):
            record.skip("inject_uuid")
            key = record.text("inject_uuid")
            if key not in self.pieces:
                self.story.left.add("Steps of the flow whose inject does not exist were not taken",
                                    f"{record.place} ({key[:40]})")  # fmt: skip
            elif key in self.flow:
                self.story.left.add("Steps that come again to an inject were not taken", record.place)
            else:
                self.flow[key] = record
        if not self.flow:
            self.story.guessed.add("The flow names no inject; they follow each other in the order of the file")
            self.timed(list(self.pieces), {}, {})
            return
        following: dict[str, list[str]] = {key: [] for key in self.flow}
        for key, record in self.flow.items():
            self.linked(key, record, following)
        starts = [key for key, record in self.flow.items() if self.starts(record)]
        following[_START] = [*starts, *(key for key in self.flow if key not in starts)]
        found = ways(_START, following)
        for source, target in sorted(found.circles):
            self.story.left.add("Steps that lead back in a circle were not taken", f"{source} to {target}")
        self.timed([key for key in found.order if key != _START], dict(found.before), self.flow)
        for key, piece in self.pieces.items():
            if key not in self.flow:
                piece.kind = "contingency"
                self.story.guessed.add("It is not in the flow; it is held in reserve", piece.title[:40] or key)

    def linked(self, key: str, record: Record, following: dict[str, list[str]]) -> None:
        """What comes after and before a step, and what is said about it."""
        piece = self.pieces[key]
        for other in record.record("sequence").texts("followed_by"):
            if other in following and other != key:
                following[key].append(other)
            else:
                self.story.left.add("'followed_by' that leads to no step of the flow was not taken", other[:40])
        for needed in _conditions(record):
            source, result = needed.text("inject_uuid"), needed.text("resolution_requirement")
            if source in following and source != key:
                following[source].append(key)
                piece.needs.append(source)
            elif source:
                self.story.left.add("Requirements of injects that are not in the flow were not taken", source[:40])
            if result:
                piece.notes.append(f"**Needs:** '{result}' in '{self.pieces[source].title[:80]}'"
                                   if source in self.pieces else f"**Needs:** '{result}'")  # fmt: skip
                self.story.guessed.add("Whether a result was reached is for the facilitator to see; the notes name it",
                                       piece.title[:40])  # fmt: skip
        if said := record.text("description"):
            if piece.text:
                piece.notes.append(f"**Flow:** {said}")
            else:
                piece.text = said

    def starts(self, record: Record) -> bool:
        """Whether a step is triggered by the start of the exercise; other triggers are told."""
        sequence = record.record("sequence")
        triggers = [*sequence.texts("trigger"), *record.texts("trigger")]
        for other in triggers:
            if other not in ("startex", "inject-resolution"):
                self.story.left.add(f"The trigger '{other[:40]}' was not taken; a facilitator releases", record.place)
        for other in sequence.texts("completion_trigger"):
            self.story.left.add(
                f"The completion trigger '{other[:40]}' was not taken; a facilitator goes on", record.place
            )
        return "startex" in triggers

    def timed(self, order: Sequence[str], before: dict[str, Sequence[str]], flow: dict[str, Record]) -> None:
        """Spreads the injects evenly over the duration, but for those that say when they come."""
        seconds = self.head.number("total_duration") or 0
        step = max(1.0, min(480.0, seconds / 60 / len(order))) if seconds > 0 else 15.0
        said: set[str] = set()
        offsets: dict[str, float] = {}
        for key in order:
            at = flow[key].record("timing").number("triggered_at") if key in flow else None
            earliest = max((offsets[one] for one in before.get(key, ()) if one in offsets), default=0.0)
            offsets[key] = max(earliest, at / 60) if at is not None else max(earliest, len(offsets) * step)
            if at is not None:
                said.add(key)
        if len(said) < len(order):
            length = f"{seconds / 60:g} minutes" if seconds > 0 else "a quarter of an hour each"
            self.story.guessed.add(f"Injects without a time were spread evenly over the duration ({length})")
        for key, piece in self.pieces.items():
            piece.day, piece.minute = after(offsets.get(key, max(offsets.values())))
        self.pieces = {key: self.pieces[key] for key in [*order, *(one for one in self.pieces if one not in offsets)]}


def _conditions(record: Record) -> list[Record]:
    """What a step requires: one object, or a list of them."""
    needed = record.data.get("requirements")
    return record.records("requirements") if isinstance(needed, list) else [record.record("requirements")]


def _plain(content: str, kind: str) -> str:
    """A payload's content as a text; empty where it is none."""
    if "base64" not in kind.casefold():
        return content
    try:
        raw: Any = base64.b64decode("".join(content.split()), validate=True)
        text = str(raw.decode("utf-8"))
    except (binascii.Error, ValueError):
        return ""
    return text.replace("\r\n", "\n").strip() if all(sign.isprintable() or sign in "\n\r\t" for sign in text) else ""
