"""One day's file in the layouts that people and programs give it, and texts that are traps for whoever writes YAML."""

from hypothesis import strategies as st

from tests.words import small_scenario
from ttx.scenario.writing import written

DAY = "day-1.yaml"

BY_HAND = """\
# Day 1, by hand.
day: 1   # the first
title: "At sea"
theme: Rescue
lead: SEA

sessions:   # the agenda
# morning
- {id: s1, title: One, start: "09:00", minutes: 60}   # as every day
- id: s2    # the long one
  title: Two

  # measured last year
  start: "10:00"
  minutes: 90
  speakers:   # in this order
    - name: A   # the first
      role: "of the coast guard"
    # and then
    - {name: B, topic: 'What comes: next'}

injects:
# --- Session 1 ---

-   id: A
    title: A boat
    minutes: 25  # the ministry is slow
    text: |-   # by the coast guard
      Hello: # no comment

        - more

      end
    # why these two
    objectives: [O1, O2]
    # A's last word
# --- Session 2 ---
-
    id: B
    questions: [ {id: q1, ask: "What?"},
                 # between
                 {id: q2, ask: 'Who?'} ]
    notes: >+
      folded
      text

    next: [A,
      C]   # back
- {id: C, text: "one
    two", branch: {options: {A: {label: x, next: A}, B: {label: y, next: B}}, by: tables, quorum: 60}}
# end of injects

# tail
"""
"""All that an author may write, in a layout of his own."""

IN_ONE_LINE = (
    '{day: 1, sessions: [{id: s1, title: One}], injects: [{id: A, text: "a b"}, {id: B}, {id: C, minutes: 5}]}'
)
AS_JSON = """\
{
  "day": 1,
  "sessions": [{"id": "s1", "title": "One"}],
  "injects": [
    {
      "id": "A",
      "minutes": 5
    },
    {
      "id": "B"
    }
  ]
}
"""
FORMS = {
    "by hand": BY_HAND,
    "with the line ends of Windows": BY_HAND.replace("\n", "\r\n"),
    "with no end of its last line": BY_HAND.rstrip("\n"),
    "beginning with a byte-order mark": "\ufeff" + BY_HAND,
    "in one line": IN_ONE_LINE,
    "as JSON": AS_JSON,
    "as this product writes it": written(small_scenario())[DAY],
    "with injects at the margin": written(small_scenario())[DAY].replace("\n  ", "\n"),
}

TRAPS = [
    *("", " ", "x ", " x", "\n", "x\n", "\nx", "x\n\n", "x\n   ", " x\ny", "x\n  \ny", "\tx", "x\n\ty", "x\r\ny"),
    *("yes", "No", "null", "~", "1", "1.0", "0x1", "1e3", "09:30", "2001-01-01", "12 men", "12 3", "٣ x", "=", "<<"),
    *(
        "---",
        "--- x",
        "a\n---\nb",
        "...",
        "- x",
        "? x",
        "# x",
        "x #y",
        "x: y",
        "x:",
        ":x",
        "a::b",
        "what?}",
        "{a}",
        "x]",
    ),
    *(
        "*x",
        "&y",
        "!z",
        "%q",
        "@a",
        "`b",
        "'s",
        '"d"',
        'it\'s "x"',
        "C:\\x\n\\n",
        "|",
        ">-",
        "a\u2028b",
        "a\x85b",
        "\xa0",
    ),
    *("é😀", "\ufeff", "long " * 60, "EXERCISE\n\n# EXERCISE\n- x: y"),
]
texts = st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
scalars = texts | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9) | st.none()
values = st.recursive(
    scalars,
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "text", "a b", "x:y", "", "yes", "0", "- q"]), below, max_size=4)
    ),
    max_leaves=12,
)
