"""Findings in the words of the authors' form, for whoever never sees a file: `ttx check` keeps those of the files."""

import re
from dataclasses import replace

from ttx.scenario.findings import Finding

_SAID: tuple[tuple[str, str], ...] = (
    (r"; fill it in, in a file as '[^']*'\.", "; fill it in."),
    (r"; write something there, or remove the line\.", "; write something there."),
    (r"^The (picture of \S+) has no alt;", r"The \1 has no description for those who cannot see it;"),
    (r"^The picture of (\S+) has no file;", r"No picture is chosen for \1;"),
    (r"^(Option \S+ of \S+) has no label;", r"\1 does not say what is agreed;"),
    (r"^(Option \S+ of \S+) has no next;", r"\1 does not say what it leads to;"),
    (r"^(Question \S+ of \S+) has no ask;", r"\1 has no words;"),
    (r"\bhas no sender;", "does not say whom it is from;"),
    (r"\bhas no at;", "has no time;"),
    (r"^The to of (map step)", r"Where it goes in \1"),
    (r"^The at of (?!map)", "The time of "),
    (r"^The sender of ", "'From' of "),
    (r"^The alt of the picture", "The description of the picture"),
    (r"^The ask of question", "The words of question"),
    (r"^The label of option", "'What is agreed' in option"),
    (r"^The next of option", "'Leads to' in option"),
    (r"^Option (\S+) of (\S+)", r"Option \1 of \2"),
    (r"a place's id, or two numbers \[x, y\]", "a place, or x, y"),
    (
        r"name it in a next, or make it a contingency\.",
        "let another inject lead to it under 'What follows', or choose the kind Reserve.",
    ),
    (
        r"name what follows in next, or write next: \[\] if the day may end here\.",
        "choose under 'What follows' where it leads, or that the day ends here.",
    ),
    (r"\bhas no next and so leads to", "says nothing of what follows and so leads to"),
    (
        r"write next: with the inject that follows, or next: \[\]\.",
        "choose under 'What follows' where it leads, or that the day ends here.",
    ),
    (
        r"write next: with the inject where the two ways meet\.",
        "choose under 'What follows' the inject where the two ways meet.",
    ),
    (r"so its next is never used; leave it out\.", "so what follows it is never used; leave it out."),
    (r"a contingency stands on no path\.", "a reserve stands on no path."),
    (
        r"a path stays within its day, and needs: reaches across days\.",
        "a path stays within its day; 'Only after others' reaches across days.",
    ),
    (r"; write default: (\S+)\.", r"; write its key, such as \1, under the options."),
    (r"; put it in quotes: '[^']*'\.", "."),
)
_PATTERNS = tuple((re.compile(pattern), words) for pattern, words in _SAID)


def on_form(sentence: str) -> str:
    """A finding's sentence with the form's words for fields, kinds and what to write."""
    for pattern, words in _PATTERNS:
        sentence = pattern.sub(words, sentence)
    return sentence


def formed(finding: Finding) -> Finding:
    """The finding, its sentence as the form says it."""
    return replace(finding, sentence=on_form(finding.sentence))
