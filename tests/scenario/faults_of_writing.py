"""Broken scenarios: what is missing, misspelled, of the wrong kind, or there twice."""

from tests.scenario.breaking import DECISION, HEAD, ONE, TWO, Fault, drop, put, rename, session

FIELDS = {
    "a missing field": Fault(
        drop("D1-03", "title"), ONE, "- id: D1-03", "D1-03", "title", "D1-03 has no title; add a line 'title: ...'."
    ),
    "a misspelt field": Fault(
        rename("D1-03", "channel", "chanel"),
        ONE,
        "chanel:",
        "D1-03",
        "chanel",
        "'chanel' is not a field of an inject; did you mean 'channel'?",
    ),
    "an unknown field": Fault(
        put("D1-03", "colour", to="red"), ONE, "colour:", "D1-03", "colour", "'colour' is not a field of an inject; its"
    ),
    "an unknown channel": Fault(
        put("D1-03", "channel", to="raido"),
        ONE,
        "channel: raido",
        "D1-03",
        "channel",
        "'raido' is not a channel; it is one of briefing, cable, email, letter, phone, radio, report, news, social, "
        "meeting; did you mean 'radio'?",
    ),
    "an unknown kind": Fault(
        put("D1-02", "kind", to="action"), ONE, "kind: action", "D1-02", "kind", "'action' is not a kind; it is one of"
    ),
    "an id that is none": Fault(
        put("D1-02", "storyline", to="the boat"),
        ONE,
        "storyline:",
        "D1-02",
        "storyline",
        "The storyline of D1-02 cannot be 'the boat'; an id is a letter,",
    ),
    "a time that is none": Fault(
        put("D1-02", "at", to="9:30"),
        ONE,
        "at: 9:30",
        "D1-02",
        "at",
        "The at of D1-02 cannot be '9:30'; a time of day is written 09:30.",
    ),
    "a number for a text": Fault(
        lambda data: data.update(version=1.5),
        HEAD,
        "version:",
        None,
        "version",
        "The version of the scenario must be text; put it in quotes: '1.5'.",
    ),
    "a text for a number": Fault(
        put("D1-02", "minutes", to="long"),
        ONE,
        "minutes: long",
        "D1-02",
        "minutes",
        "The minutes of D1-02 must be a whole number, and 'long' is none.",
    ),
    "a number out of bounds": Fault(
        put("D1-02", "minutes", to=481),
        ONE,
        "minutes: 481",
        "D1-02",
        "minutes",
        "The minutes of D1-02 is 481; it must be",
    ),
    "a word for a list": Fault(
        put("D2-03", "needs", to="D1-05"),
        TWO,
        "needs:",
        "D2-03",
        "needs",
        "The needs of D2-03 must be a list; write needs: [D1-05].",
    ),
    "an empty field": Fault(
        put("D1-02", "sender", to=None),
        ONE,
        "sender:",
        "D1-02",
        "sender",
        "The sender of D1-02 is empty; write something",
    ),
    "a text without a sign": Fault(
        put("D1-02", "sender", to=" "), ONE, "sender:", "D1-02", "sender", "The sender of D1-02 is empty; write"
    ),
    "a list for a text": Fault(
        put("D1-02", "sender", to=["a"]), ONE, "sender:", "D1-02", "sender", "The sender of D1-02 must be one text"
    ),
    "a number for a time": Fault(
        put("D1-02", "at", to=930), ONE, "at: 930", "D1-02", "at", "The at of D1-02 cannot be 930; a time of day is"
    ),
    "a word for true or false": Fault(
        lambda data: data.update(chatham_house="maybe"),
        HEAD,
        "chatham_house: maybe",
        None,
        "chatham_house",
        "The chatham house of the scenario must be true or false.",
    ),
    "a word for an audience": Fault(
        put("D1-02", "to", to="SEA"),
        ONE,
        "to: SEA",
        "D1-02",
        "to",
        "The audience of D1-02 is written to: all, or to: {",
    ),
    "a map step without a do": Fault(
        drop("D1-02", "map", 1, "do"),
        ONE,
        "- what: regions",
        "D1-02",
        "map.2",
        "Map step 2 of D1-02 has no do; add do:",
    ),
    "a text that is too long": Fault(
        put("D1-02", "title", to="a" * 201),
        ONE,
        "title:",
        "D1-02",
        "title",
        "The title of D1-02 has 201 signs; 200 are",
    ),
    "a question without words": Fault(
        drop("D1-03", "questions", 0, "ask"),
        ONE,
        "- id: port",
        "D1-03",
        "questions.port.ask",
        "Question port of D1-03 has no ask; add a line 'ask: ...'.",
    ),
    "a choice without options": Fault(
        drop("D1-03", "questions", 0, "options"),
        ONE,
        "- id: port",
        "D1-03",
        "questions.port",
        "Question port of D1-03: a single question needs at least two options.",
    ),
    "an option that leads nowhere": Fault(
        drop("D1-03", *DECISION, "B", "next"),
        ONE,
        "B:",
        "D1-03",
        "branch.options.B.next",
        "Option B of D1-03 has no next; add a line 'next: ...'.",
    ),
    "a decision without a branch": Fault(
        drop("D1-03", "branch"), ONE, "- id: D1-03", "D1-03", None, "D1-03: an inject of kind decision has a branch"
    ),
    "a decision with one option": Fault(
        drop("D1-03", *DECISION, "A"),
        ONE,
        "options:",
        "D1-03",
        "branch.options",
        "The options of the branch of D1-03 must hold at least 2, and holds 1.",
    ),
    "a move that goes nowhere": Fault(
        drop("D1-02", "map", 0, "route"),
        ONE,
        "- do: move",
        "D1-02",
        "map.1",
        "Map step 1 of D1-02: a move names either",
    ),
    "a map step of no kind": Fault(
        put("D1-02", "map", 1, "do", to="blink"),
        ONE,
        "- do: blink",
        "D1-02",
        "map.2",
        "'blink' is not a do; it is one of",
    ),
    "a place that is no point": Fault(
        lambda data: data["map"]["places"]["Ellory"].update(at=[1, "x"]),
        HEAD,
        "at:",
        None,
        "map.places.Ellory.at",
        "The at of place Ellory must be two numbers [x, y].",
    ),
    "a variable that starts from a list": Fault(
        lambda data: data["variables"]["delay_h"].update(start=[0]),
        HEAD,
        "start:\n",
        None,
        "variables.delay_h.start",
        "The start of variable delay_h must be text, a whole number, true or false.",
    ),
}

WORDS = {
    "a next": Fault(
        put("D1-04A", "next", to=["D1-5"]),
        ONE,
        "- D1-5",
        "D1-04A",
        "next",
        "D1-04A leads to 'D1-5', which day 1 does not have; did you mean 'D1-05'?",
    ),
    "an option's next": Fault(
        put("D1-03", *DECISION, "B", "next", to="D1-4B"),
        ONE,
        "next: D1-4B",
        "D1-03",
        "branch.options.B.next",
        "D1-03 leads to 'D1-4B', which day 1 does not have; did you mean 'D1-04B'?",
    ),
    "a default": Fault(
        put("D1-03", "branch", "default", to="C"),
        ONE,
        "default: C",
        "D1-03",
        "branch.default",
        "D1-03 names the option 'C', which its branch does not have; there is A and B.",
    ),
    "a need": Fault(
        put("D2-03", "needs", to=["D1-05", "D9-99"]),
        TWO,
        "- D9-99",
        "D2-03",
        "needs",
        "D2-03 names the inject 'D9-99', which the scenario does not have; there is",
    ),
    "a session": Fault(
        put("D1-02", "session", to="pictures"),
        ONE,
        "session: pictures",
        "D1-02",
        "session",
        "D1-02 names the session 'pictures', which day 1 does not have; did you mean 'picture'?",
    ),
    "an objective": Fault(
        put("D1-02", "objectives", to=["O1", "O7"]),
        ONE,
        "- O7",
        "D1-02",
        "objectives",
        "D1-02 names the objective 'O7', which the scenario does not have; there is O1 and O2.",
    ),
    "a question's objective": Fault(
        put("D2-03", "questions", 1, "objectives", to=["O7"]),
        TWO,
        "- O7",
        "D2-03",
        "questions.next.objectives",
        "D2-03 names the objective 'O7'",
    ),
    "a capability": Fault(
        put("D1-02", "capabilities", to=["C9"]), ONE, "- C9", "D1-02", "capabilities", "D1-02 names the capability 'C9'"
    ),
    "a group": Fault(
        put("D1-02", "to", to={"groups": ["SEE"]}),
        ONE,
        "- SEE",
        "D1-02",
        "to.groups",
        "D1-02 names the group 'SEE', which the scenario does not have",
    ),
    "a storyline": Fault(
        put("D1-02", "storyline", to="boats"),
        ONE,
        "storyline: boats",
        "D1-02",
        "storyline",
        "D1-02 names the storyline 'boats', which the scenario does not have; did you mean 'boat'?",
    ),
    "a day's lead": Fault(
        lambda data: data["days"][1].update(lead="LANDS"),
        TWO,
        "lead:",
        None,
        "lead",
        "Day 2 names the group 'LANDS', which the scenario does not have; did you mean 'LAND'?",
    ),
    "a variable that is set": Fault(
        put("D1-03", *DECISION, "B", "set", to={"delay": 48}),
        ONE,
        "delay: 48",
        "D1-03",
        "branch.options.B.set.delay",
        "D1-03 names the variable 'delay', which the scenario does not have; did you mean 'delay_h'?",
    ),
    "a variable in a condition": Fault(
        put("D2-02", "when", to="prot == Ellory"),
        TWO,
        "when:",
        "D2-02",
        "when",
        "The condition of D2-02 reads no variable in 'prot == Ellory'; did you mean 'port'?",
    ),
    "a token": Fault(
        put("D1-02", "map", 0, "token", to="palas"),
        ONE,
        "token: palas",
        "D1-02",
        "map.1.token",
        "D1-02 names the token 'palas', which the map does not have; did you mean 'pallas'?",
    ),
    "a route": Fault(
        put("D1-02", "map", 0, "route", to="lane"), ONE, "route: lane", "D1-02", "map.1.route", "D1-02 names the route"
    ),
    "a border": Fault(
        put("D1-02", "map", 1, "what", to="region"),
        ONE,
        "what: region",
        "D1-02",
        "map.2.what",
        "D1-02 names the route, border, token or place 'region', which the map does not have; did you mean 'regions'?",
    ),
    "a place": Fault(
        put("D1-05", "map", 0, "place", to="Elory"),
        ONE,
        "place: Elory",
        "D1-05",
        "map.1.place",
        "D1-05 names the place",
    ),
    "a place to move to": Fault(
        put("D1-02", "map", 0, to={"do": "move", "token": "pallas", "to": "Elory"}),
        ONE,
        "to: Elory",
        "D1-02",
        "map.1.to",
        "D1-02 names the place 'Elory', which the map does not have; did you mean 'Ellory'?",
    ),
    "a token's place": Fault(
        lambda data: data["map"]["tokens"]["pallas"].update(at="Merval"),
        HEAD,
        "at: Merval",
        None,
        "map.tokens.pallas.at",
        "Token pallas names the place 'Merval', which the map does not have; did you mean 'Merevale'?",
    ),
}

TWICE = {
    "an inject's id": Fault(
        put("D2-03", "id", to="D1-01"),
        TWO,
        "- id: D1-01",
        "D1-01",
        "id",
        "D1-01 is the id of two injects, the first on day 1",
    ),
    "a session's id": Fault(
        session(1, 1, id="picture"), ONE, "id: picture", None, "sessions.picture.id", "Day 1 has two sessions 'picture'"
    ),
    "a question's id": Fault(
        put("D2-03", "questions", 1, "id", to="gap"),
        TWO,
        "id: gap",
        "D2-03",
        "questions.gap.id",
        "D2-03 has two questions",
    ),
    "a name on the map": Fault(
        lambda data: data["map"]["borders"].update(pallas=data["map"]["borders"]["regions"]),
        HEAD,
        "    pallas:\n",
        None,
        "map.tokens.pallas",
        "Two pieces of the map are called 'pallas'",
    ),
    "a day's number": Fault(
        lambda data: data["days"][1].update(day=3),
        TWO,
        "day: 3",
        None,
        "day",
        "day-2.yaml says day: 3; change the number",
    ),
}
