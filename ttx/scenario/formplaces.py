"""What the authors' form calls a field, and what it offers there: the labels of `frontend/templates/author`."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "at": "Time", "minutes": "Minutes", "session": "Session", "kind": "Kind", "id": "Id", "story": "Time in the story",
    "sender": "From", "channel": "Channel", "text": "What delegates read", "to": "Whom it reaches",
    "to.groups": "Working groups", "to.tables": "Tables", "to.delegations": "Delegations",
    "plenary": "On the room's screen", "notes": "Facilitators' notes", "expected": "Expected to be heard",
    "objectives": "Objectives it serves", "capabilities": "Capabilities it exercises", "phase": "Phase",
    "storyline": "Storyline", "next": "What follows", "needs": "Kept back until these are out",
    "when": "Played only when", "picture": "Picture", "picture.file": "File", "picture.caption": "Caption",
    "picture.alt": "What it shows, for those who cannot see it", "questions": "Questions",
    "questions.*.kind": "Kind", "questions.*.id": "Id", "questions.*.ask": "What is asked",
    "questions.*.options": "Options", "questions.*.low": "What 1 means", "questions.*.high": "What 5 means",
    "questions.*.objectives": "Objectives of this question",
    "questions.*.expects": "Whom an answer is expected to involve", "questions.*.voice": "Whose answer",
    "branch": "Options of the decision",
    "branch.by": "Who decides", "branch.hidden": "While it runs", "branch.binding": "Its result",
    "branch.quorum": "Quorum", "branch.default": "Key of the option taken when the decision is skipped",
    "branch.options": "Options of the decision", "branch.options.*.label": "What is agreed",
    "branch.options.*.next": "Leads to", "branch.options.*.set": "What the story remembers of it",
    "map": "On the map", "map.*.do": "What happens", "map.*.what": "What", "map.*.token": "What moves",
    "map.*.label": "Words", "map.*.route": "Along the route", "map.*.to": "Or straight to a place, or x, y",
    "map.*.people": "People on the route", "map.*.place": "At a place, or x, y", "map.land": "Outlines of land",
    "map.width": "Width", "map.height": "Height", "map.places.*.at": "x, y", "map.places.*.label": "Name stands",
    "map.routes.*.points": "Points", "map.routes.*.track": "Track", "map.borders.*.points": "Points",
    "map.tokens.*.at": "Begins at a place, or x, y", "map.borders.*.label": "Its name at x, y",
    "sessions": "Sessions, breaks and talks", "sessions.*.start": "Start", "sessions.*.minutes": "Minutes",
    "sessions.*.kind": "Kind", "sessions.*.speakers": "Speakers", "sessions.*.speakers.*.name": "Name",
    "sessions.*.speakers.*.role": "Who that is", "sessions.*.speakers.*.topic": "What the talk is about",
    "theme": "Theme", "lead": "Leading group", "title": "Title", "version": "Version", "summary": "Summary",
    "language": "Language it is written in", "tlp": "Handling", "chatham_house": "Chatham House Rule",
    "respond_as": "Delegations answer", "variables.*.start": "At the start", "variables.*.label": "What it is",
    "groups": "Working groups", "capability": "Capabilities", "seats": "Seats", "tables": "Tables",
    "delegations": "Delegations", "translations": "Languages",
    "feedback": "Participants' feedback", "feedback.*": "Statement",
}  # fmt: skip
"""The form's label of a field, by the finding's dotted path with * for whichever item."""

OFFERED: Mapping[tuple[str, str], str] = {
    ("", "expected_action"): "Action", ("", "contextual"): "Context", ("", "adaptive"): "Consequence",
    ("", "contingency"): "Reserve", ("", "decision"): "Decision", ("", "facilitation"): "Facilitation",
    ("", "media"): "Media", ("Kind", "text"): "Open text", ("Kind", "single"): "Choose one",
    ("Kind", "multiple"): "Choose several", ("Kind", "scale"): "Scale from 1 to 5", ("Kind", "ranking"): "Put in order",
    ("Kind", "contacts"): "Whom they would contact", ("Who decides", "facilitator"): "The facilitator, for all",
    ("Who decides", "delegations"): "A vote of delegations", ("Who decides", "tables"): "A vote of tables",
    ("Who decides", "each_table"): "Each table for itself", ("Channel", "phone"): "Phone call",
    ("Channel", "email"): "E-mail", ("Channel", "social"): "Social media",
    ("What happens", "move"): "Move", ("What happens", "show"): "Show", ("What happens", "hide"): "Hide",
    ("What happens", "alert"): "Alert", ("Delegations answer", "own_procedures"): "from their real law and practice",
    ("Delegations answer", "assigned_role"): "in a role they are given",
}  # fmt: skip
"""What the form offers under a label, by the word of the file; under the empty label what several offer."""

_ITEMS = {
    "questions": "Question", "sessions": "Session", "speakers": "Speaker", "options": "Option",
    "map": "Step on the map",
    "places": "Place", "routes": "Route", "tokens": "What moves", "borders": "Border", "seats": "Seat",
    "delegations": "Delegation", "tables": "Table", "variables": "Variable", "objectives": "Objective",
    "capabilities": "Capability", "groups": "Working group", "organisations": "Organisation", "glossary": "Term",
    "storylines": "Storyline", "feedback": "Statement", "rules": "Rule", "assumptions": "Assumption",
}  # fmt: skip
_LISTS = ("objectives", "capabilities", "groups", "tables", "delegations")
"""Parts of the whole that are also lists in an inject, whose items are ticked and have no place of their own."""


def label(field: str | None) -> str | None:
    """What the form calls this field of a finding; None where it has no word of its own."""
    parts = (field or "").split(".")
    path = ".".join("*" if place in _items(parts) else part for place, part in enumerate(parts))
    found = LABELS.get(".".join(parts)) or LABELS.get(path)
    return found if found is not None or not parts[-1].isdecimal() else LABELS.get(".".join(parts[:-1]))


def place_words(field: str | None) -> str:
    """Where on the form a finding's field stands: `Question q1: Objectives of this question`; empty if nowhere."""
    parts = (field or "").split(".")
    items = [place for place in _items(parts) if not (parts[place].isdecimal() and parts[place - 1] in _LISTS)]
    named = ", ".join(f"{_ITEMS[parts[place - 1]]} {parts[place]}" for place in items)
    last = label(field) if len(parts) - 1 not in items else None
    return ": ".join(filter(None, (named, last)))


def _items(parts: list[str]) -> list[int]:
    """Which parts of a path name an item of a list; the map of all days has parts, that of an inject has steps."""
    chart = parts[0] == "map" and parts[1:2] and parts[1] in ("places", "routes", "tokens", "borders", "land")
    return [place + 1 for place, part in enumerate(parts[:-1]) if part in _ITEMS and not (chart and place == 0)]
