"""Findings in the words of the authors' form, for whoever never sees a file: `ttx check` keeps those of the files.

What stands where on the form is `formplaces`.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from ttx.scenario.findings import Finding, listed
from ttx.scenario.formplaces import OFFERED, label
from ttx.scenario.lettering import apart

_SAID: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"; fill it in, in a file as '[^']*'\.", "; fill it in."),
    (r"; write something there, or remove the line\.", "; write something there."),
    (r"\b(\d+) in scenario\.yaml", r"\1 in The whole"),
    (r"^The (picture of \S+) has no alt;", r"The \1 has no description for those who cannot see it;"),
    (r"^The picture of (\S+) has no file;", r"No picture is chosen for \1;"),
    (r"^(Option \S+ of \S+) has no label;", r"\1 does not say what is agreed;"),
    (r"^(Option \S+ of \S+) has no next;", r"\1 does not say what it leads to;"),
    (r"^(Question \S+ of \S+) has no ask;", r"\1 has no words;"),
    (r"\bhas no sender;", "does not say whom it is from;"),
    (r"\bhas no at;", "has no time;"),
    (r"^The to of (map step)", r"Where it goes in \1"),
    (r"^The at of (?!map|place|token)", "The time of "),
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
    (r": a single question needs at least two options\.", " lets one be chosen, so it needs at least two options."),
    (
        r": a multiple question needs at least two options\.",
        " lets several be chosen, so it needs at least two options.",
    ),
    (r": a ranking question needs at least two options\.", " has options put in order, so it needs at least two."),
    (r": a (\w+) question takes no options\.", " has options, and its kind takes none; choose another kind."),
    (
        r"^(Question \S+ of \S+) has no objective; name it here or in the inject\.",
        r"\1 serves no objective; tick one at the question, or under 'Objectives it serves'.",
    ),
    (
        r": an inject of kind decision has a branch, and no other kind has one\.",
        " needs options if it is a decision, and takes none if it is not; choose its kind, or add options.",
    ),
    (
        r": what follows a decision stands in its branch's options, so it has no next\.",
        " is a decision: what follows stands at its options, under 'Leads to'.",
    ),
    (
        r": a move names either a route or where it goes, and not both\.",
        " needs either a route or a place to go to, and not both.",
    ),
    (r"^(Map step \S+ of \S+) has no do; add do: .*\.$", r"\1 does not say what happens; choose it."),
    (r"; write to: all, or name groups, tables or delegations\.", "; say whom it reaches: all, or only some."),
    (r" is written to: all, or to: \{groups: \[\.\.\.\]\}\.$", " must be all, or some that are named."),
    (r"; write kind: keynote or kind: panel, or take them out\.", "; choose another kind, or take them out."),
    (
        r", so '(hidden|quorum|binding)' changes nothing; leave it out, or write by: delegations or by: tables\.",
        lambda said: f", so '{label('branch.' + said[1])}' changes nothing; clear it, or let a vote decide.",
    ),
    (r"; leave set out\.", "; take it out under 'What the story remembers of it'."),
    (r"lead the arms to a common one with next\.", "lead the options' ways to a common one under 'What follows'."),
    (r" must be a list; write \w+: \[.*\]\.$", " must be a list."),
    (r" names the token '", " moves or shows '"),
    (r" names the route, border, token or place '", " shows or hides '"),
    (
        r"^The options of the branch of (\S+) must hold at least 2, and holds? ",
        r"The decision \1 needs two options or more, and has ",
    ),
    (r"^The branch of (\S+) has no default, the option", r"\1 does not say the option"),
    (r"\bits branch does not have", "it does not have"),
    (r"^The (\w+) of the branch of ", r"The \1 of "),
)
_PATTERNS = tuple((re.compile(pattern), words) for pattern, words in _SAID)
_STEP = re.compile(r"\b(M|m)ap step (\S+) of ")
_UNKNOWN = re.compile(r"^('.*?'|\S+) is not an? ([\w ]+?); it is one of (.*?)(?:; did you mean '(.*)'\?|\.)$")
_NO_FIELD = re.compile(r"^'(.*)' is not a field of (.*?); (?:did you mean '(.*)'\?|its fields are .*)$")
_LACKS = re.compile(r"^(.*) has no (\w[\w ]*); fill it in\.$")
_OF = re.compile(r"^The (\w[\w ]*?) of (?=.* (?:is|must|cannot|has) )")


def on_form(sentence: str, field: str | None = None) -> str:
    """A finding's sentence with the form's words for fields, kinds and what to write; `field` is the finding's."""
    for pattern, words in _PATTERNS:
        sentence = pattern.sub(words, sentence)
    called, last = label(field), (field or "").split(".")[-1].replace("_", " ")
    if (said := _UNKNOWN.match(sentence)) is not None:
        words = listed((_offered(called, word) for word in said[3].split(", ")), "or", most=20)
        sentence = f"{said[1]} is nothing that '{called or said[2]}' offers; choose {words}."
    elif (said := _NO_FIELD.match(sentence)) is not None:
        sentence = f"'{said[1]}' is nothing that the form of {said[2]} has a place for, and is not read."
    elif called is None:
        pass
    elif (said := _LACKS.match(sentence)) is not None and said[2] == last:
        who = said[1] if said[1][1:2].isdigit() else said[1][:1].lower() + said[1][1:]
        sentence = f"'{called}' of {who} is not filled in."
    elif (said := _OF.match(sentence)) is not None and said[1] == last:
        sentence = f"'{called}' of {sentence[said.end() :]}"
    return _STEP.sub(lambda said: f"{'S' if said[1] == 'M' else 's'}tep {said[2]} on the map of ", sentence)


def _offered(called: str | None, word: str) -> str:
    return f"'{OFFERED.get((called or '', word)) or OFFERED.get(('', word)) or word.replace('_', ' ')}'"


def formed(finding: Finding) -> Finding:
    """The finding, its sentence as the form says it, with titles from right to left apart."""
    return replace(finding, sentence=apart(on_form(finding.sentence, finding.field)))
