"""What evaluators noted and tables said in the rehearsed exercise, and what its analysts found. Invented."""

from collections.abc import Mapping
from typing import Any

from ttx.review.feedback import Prompt

NOTED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "C1": (
        ("strength", "Three services put adverts, photographs and fuel purchases on one page within the hour."),
        ("gap", "Nobody at the table could say which unit reads signals of several ministries together at night."),
        ("gap", "The duty list of a neighbouring state was two years old, and the number rang in a closed office."),
    ),
    "C2": (
        ("strength", "One rescue centre took the lead at the first call and said so to everybody in writing."),
        ("gap", "Who may order a port to open after midnight stayed open until the minister was reached."),
        ("strength", "The master of the tanker was told early who would relieve him, and when."),
    ),
    "C3": (
        ("strength", "Food, dry clothes and a doctor came before any form."),
        ("gap", "Health staff and registration asked the same people the same questions, twice."),
        ("gap", "There was room for families, and none for women who travelled alone."),
    ),
    "C4": (
        ("strength", "Screening looked for signs of trafficking in every person, not only in women."),
        ("gap", "Two pathways for one person, protection and testimony, were dealt with one after the other."),
        ("strength", "Children who were alone had a guardian named before the evening."),
    ),
    "C5": (
        ("gap", "Telephones were collected before anybody had written down on which legal basis."),
        ("strength", "Investigators asked protection staff before they asked survivors."),
        ("gap", "The original photographs could not be traced back through three services."),
    ),
    "C6": (
        ("strength", "Prosecutors of three states talked before any of them sent a request."),
        ("gap", "A request for assistance waited eleven days for a translation."),
        ("gap", "Nobody knew which state would prosecute whom until the second day."),
    ),
    "C7": (
        ("strength", "Every case had one person who would see it through to a decision."),
        ("gap", "Return was planned before it was known whether somebody would be safe at home."),
        ("strength", "Reintegration was thought of as what comes after the flight, with money for it."),
    ),
    "C8": (
        ("gap", "Personal data went to a partner by a messaging app because no agreed channel was at hand."),
        ("strength", "The table shared what was not personal at once, and asked counsel about the rest."),
        ("gap", "Nobody could name the law on which a list of passengers may be handed on."),
    ),
    "C9": (
        ("strength", "One spokesperson spoke for all authorities, and named no passenger."),
        ("gap", "The first official word came six hours after the rumour."),
    ),
    "C10": (
        ("gap", "What one working group had decided on its day was not known to the next one in the morning."),
        ("strength", "The handover between groups was on one page, with open points and names."),
    ),
}  # fmt: skip
"""By capability: whether it is a strength or a gap, and the note."""

LOOKED_BACK: Mapping[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("strength", "The coordination centres called one another within minutes."),
        ("gap", "Nobody had a list of who decides on a port at night."),
        ("gap", "Two tables counted the same boat as two."),
        ("surprise", "The tanker's master asked for a guarantee before he turned."),
        ("strength", "The organisations were asked before the landing, not after it."),
        ("gap", "Interpreters were called only when people stood on the quay."),
    ),
    2: (
        ("strength", "Everybody was screened for signs of trafficking before any talk of return."),
        ("gap", "No common form goes from the hall to the health service and on to protection."),
        ("surprise", "The case by the river showed up the boat's recruiters."),
        ("gap", "There is no separate place for those who may be witnesses."),
        ("strength", "Child protection was in the hall from the first hour."),
    ),
    3: (
        ("strength", "A joint investigation was agreed by telephone, on paper two days later."),
        ("gap", "Evidence from telephones cannot be shared while every state wants another form."),
        ("gap", "Survivors were asked four times by four services."),
        ("surprise", "The money was easier to follow than the boat."),
    ),
    4: (
        ("strength", "Reintegration was asked about before the date of a flight."),
        ("gap", "Nobody pays for a case that goes on for longer than a budget year."),
        ("gap", "Consent to return is written in a language that the person does not read."),
        ("surprise", "Most who could have gone home had no papers to go with."),
    ),
    5: (
        ("strength", "What the days before had decided lay on every table."),
        ("gap", "A second boat would find the same duty lists, still out of date."),
        ("gap", "No working group has the task to keep contact points current."),
        ("strength", "One voice to the public held until the last evening."),
    ),
}
"""By day: notes of the hot wash, from one delegation after another."""

SUMMARIES: Mapping[int, str] = {
    1: "One centre leads from the first call; on that the table agrees. Whether the nearest port must open at night is "
    "disputed. Who pays the tanker for its delay stays open.",
    2: "Screening comes before any decision about return. A common form is wanted by all; who keeps it is open.",
    3: "Prosecutors talk first and write second. The table asks for one form for evidence from telephones.",
    4: "Nobody is sent back before it is known to be safe. Money for what follows a return is the narrowest point.",
    5: "The contact lists need an owner. The table proposes the regional office, with a test call every quarter.",
}

FOUND: tuple[dict[str, Any], ...] = (
    {
        "statement": "Nobody can say at night who may open a port to people who were rescued.",
        "objective": "O1", "capability": "C2", "phase": "disembarkation", "root_cause": "roles_authority",
        "severity": 5, "likelihood": 4, "effort": 2, "owner": "TFPP", "bodies": ["INTERPOL"], "status": "agreed",
        "starts": "2027-01-11", "due": "2027-06-30",
    },
    {
        "statement": "Contact points of neighbouring services are out of date, and nobody has the task to keep them.",
        "objective": "O2", "capability": "C1", "phase": "early_warning", "root_cause": "communication_channel",
        "severity": 4, "likelihood": 5, "effort": 1, "owner": "RSO", "status": "in_progress",
        "starts": "2026-12-01", "due": "2027-03-31",
    },
    {
        "statement": "People are registered, screened and examined with forms that do not fit together, so they tell "
        "what happened to them to one service after another.",
        "objective": "O4", "capability": "C4", "phase": "screening_referral", "root_cause": "plan_procedure",
        "severity": 4, "likelihood": 4, "effort": 3, "owner": "WG-TIP", "bodies": ["World Health Organization"],
        "status": "agreed",
        "due": "2027-09-30",
        "dissent": "Two delegations hold that a common form needs a change of their law.",
    },
    {
        "statement": "Evidence from telephones cannot be handed on in time: every state asks for another form.",
        "objective": "O2", "capability": "C6", "phase": "prosecution_mla", "root_cause": "law_mandate",
        "severity": 4, "likelihood": 3, "effort": 4, "owner": "DWG", "bodies": ["INTERPOL"], "status": "draft",
    },
    {
        "statement": "Nothing is paid for reintegration once the budget year of the return has ended.",
        "objective": "O3", "capability": "C7", "phase": "return_reintegration", "root_cause": "equipment_resources",
        "severity": 3, "likelihood": 4, "effort": 5, "owner": "TEG-RR", "status": "draft",
    },
    {
        "statement": "The public hears a rumour hours before the first official word.",
        "objective": "O2", "capability": "C9", "phase": "public_communication", "root_cause": "people_training",
        "severity": 2, "likelihood": 3, "effort": 2, "status": "draft",
    },
)  # fmt: skip
"""The gaps that the analysts recorded, each on the observations of its capability."""

PLANNED: tuple[dict[str, Any], ...] = (
    {"gap": "GAP-01", "what": "Name in each member's plan the officer who may open a port, by day and by night.",
     "starts": "2027-01-11", "due": "2027-06-30"},
    {"gap": "GAP-01", "what": "Rehearse a landing after midnight once a year.", "element": "exercises",
     "due": "2027-11-30"},
    {"gap": "GAP-02", "what": "Give the list of duty numbers to the regional office; call each number every quarter.",
     "owner": "RSO", "starts": "2026-12-01", "due": "2026-12-15"},
    {"gap": "GAP-02", "what": "Agree on a second channel for nights without a telephone line.", "due": "2027-03-31"},
    {"gap": "GAP-03", "what": "Draft one intake form with health, protection and investigation at one table.",
     "due": "2027-05-31"},
    {"gap": "GAP-04", "what": "Collect the forms that members ask for, and propose one.", "starts": "2027-02-01",
     "due": "2027-08-31"},
    {"gap": "GAP-05", "what": "Ask donors for funds that outlast a budget year."},
)  # fmt: skip

PROGRESS: tuple[dict[str, Any], ...] = (
    {"action": "ACT-03", "status": "done", "text": "Duty numbers, edition of 11 December, called through once."},
    {"action": "ACT-04", "status": "started", "text": "Two members offered their satellite telephones for a trial."},
)  # fmt: skip

COMMENTS: Mapping[int | None, Mapping[Prompt, tuple[str, ...]]] = {
    2: {
        Prompt.STRENGTHS: ("Health and protection sat at one table.", "The case by the river was like ours last year."),
        Prompt.IMPROVEMENTS: (
            "More time for the second development.",
            "The afternoon was too full.",
            "Our prosecutor should have been in the room.",
        ),
    },
    None: {
        Prompt.STRENGTHS: (
            "We have the telephone numbers of those whom we call at night.",
            "A real case, and nobody had to defend anything.",
            "The days hung together.",
        ),
        Prompt.IMPROVEMENTS: (
            "Ports and immigration were not in the room; half of what we said was for them.",
            "Send the manual two weeks before, in our language.",
            "Fewer questions, and more time for each.",
        ),
        Prompt.OTHER: ("Please come again with a second boat.",),
    },
}
"""What participants wrote on a day and on the whole exercise."""

QUOTED: tuple[tuple[str, str], ...] = (
    ("A real case, and nobody had to defend anything.", "A real case, and nobody had to defend anything."),
    ("The days hung together.", "The days hung together."),
    ("More time for the second development.", "The developments of an afternoon need more time."),
    (
        "Ports and immigration were not in the room; half of what we said was for them.",
        "Those who run ports and borders should have been in the room.",
    ),
    ("Please come again with a second boat.", "Participants would like an exercise that goes on from this one."),
)
"""Which comments reports have, and in which words."""

NAMED: tuple[tuple[str | None, str, str], ...] = (
    ("aruna", "Lieutenant Commander Sarai Benito", "Maritime Rescue Coordination Centre"),
    ("aruna", "Tomas Oriel", "Ministry of Justice"),
    ("belmar", "Ilse Marchetti", "Coast Guard"),
    ("coralis", "Dr Anselm Rook", "Ministry of Health"),
    ("esterra", "Noor Alwan", "Border Police"),
    ("ILO", "Petra Lindqvist", "ILO"),
    ("nuvara", "Captain Rui Salvador", "Navy"),
    ("pell", "Celeste Amery", "Office for Victims of Trafficking"),
    ("sundara", "Wira Handoko", "Directorate of Immigration"),
    ("tamarinda", "Mei Castellan", "Public Prosecution"),
    ("UNHCR", "Yusuf Demir", "UNHCR"),
    (None, "Hana Kirsch", "Secretariat"),
)
"""Who agreed to be named: delegation, name, organisation."""
