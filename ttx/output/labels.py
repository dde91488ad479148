"""What kinds, channels, stretches and labels are called on paper, and how times and places are written."""

from collections.abc import Callable, Mapping

from ttx.scenario.model import Audience, Channel, InjectKind, Phase, QuestionKind, Scenario
from ttx.scenario.worded import worded

Say = Callable[[str], str]
"""A word of the paper's in its language."""


def named(words: str) -> str:
    """A word that a paper of the team says; so `ttx words` finds it, as it finds what is `worded()`."""
    return words


KINDS: Mapping[InjectKind, str] = {
    InjectKind.CONTEXTUAL: named("Context"),
    InjectKind.EXPECTED_ACTION: named("Expected action"),
    InjectKind.DECISION: named("Decision"),
    InjectKind.ADAPTIVE: named("Consequence"),
    InjectKind.CONTINGENCY: named("Reserve"),
    InjectKind.FACILITATION: named("Facilitation"),
    InjectKind.MEDIA: named("Media"),
}

CHANNELS: Mapping[Channel, str] = {
    Channel.BRIEFING: named("Briefing"),
    Channel.CABLE: named("Cable"),
    Channel.EMAIL: named("E-mail"),
    Channel.LETTER: named("Letter"),
    Channel.PHONE: named("Phone call"),
    Channel.RADIO: named("Radio"),
    Channel.REPORT: named("Report"),
    Channel.NEWS: named("News"),
    Channel.SOCIAL: named("Social media"),
    Channel.MEETING: named("Meeting"),
    Channel.VIDEO: named("Video"),
}

PHASES: Mapping[Phase, str] = {
    Phase.EARLY_WARNING: named("Early warning"),
    Phase.DETECTION: named("Detection"),
    Phase.SAR: named("Search and rescue"),
    Phase.DISEMBARKATION: named("Disembarkation"),
    Phase.RECEPTION_HEALTH: named("Reception and health"),
    Phase.SCREENING_REFERRAL: named("Screening and referral"),
    Phase.VICTIM_IDENTIFICATION: named("Victim identification"),
    Phase.INVESTIGATION: named("Investigation"),
    Phase.PROSECUTION_MLA: named("Prosecution and legal assistance"),
    Phase.SOLUTIONS: named("Solutions"),
    Phase.ONWARD_MOVEMENT: named("Onward movement"),
    Phase.RETURN_REINTEGRATION: named("Return and reintegration"),
    Phase.PUBLIC_COMMUNICATION: named("Public communication"),
}

QUESTIONS: Mapping[QuestionKind, str] = {
    QuestionKind.TEXT: named("In their own words"),
    QuestionKind.SINGLE: named("One choice"),
    QuestionKind.MULTIPLE: named("All that apply"),
    QuestionKind.SCALE: named("From 1 to 5"),
    QuestionKind.RANKING: named("To be put in order"),
    QuestionKind.CONTACTS: named("Whom, through which channel, how soon, on what legal basis"),
}

VOICES: Mapping[str, str] = {
    "policy": named("policy"),
    "law": named("law"),
    "operations": named("operations"),
}

DECIDERS: Mapping[str, str] = {
    "facilitator": named("The facilitator, for all"),
    "delegations": named("A vote of delegations"),
    "tables": named("A vote of tables"),
    "each_table": named("Each table for itself; what follows is told to the tables that chose it"),
}

SESSIONS: Mapping[str, str] = {
    "session": worded("Session"),
    "break": worded("Break"),
    "keynote": worded("Keynote"),
    "panel": worded("Panel"),
}

TLP: Mapping[str, str] = {
    "TLP:RED": worded("For those who received this paper, and for nobody else."),
    "TLP:AMBER+STRICT": worded("Only for those in your own organisation who need to know."),
    "TLP:AMBER": worded("Only for those who need to know, in your own organisation and among those it serves."),
    "TLP:GREEN": worded("For your community, and not for the public."),
    "TLP:CLEAR": worded("May be passed on without limits."),
}
"""What each label means, in a sentence (FIRST, Traffic Light Protocol 2.0)."""

RATINGS: Mapping[str, str] = {
    "P": named("performed without challenges"),
    "S": named("performed with some challenges"),
    "M": named("performed with major challenges"),
    "U": named("unable to be performed"),
    "N": named("not observed"),
}
"""An evaluator's ratings (HSEEP 2020)."""


def clock(start: str, minutes: int) -> str:
    """The time of day so many minutes after another one."""
    end = int(start[:2]) * 60 + int(start[3:]) + minutes
    return f"{end // 60 % 24:02}:{end % 60:02}"


def span(start: str, minutes: int) -> str:
    """From when to when, as 09:30\u201311:00."""
    return f"{start}\u2013{clock(start, minutes)}"


def audience(to: Audience, _: Say) -> str:
    """To whom an inject goes, in a few words. Tables and delegations by the ids the roster gives them."""
    if to.all:
        return _("All delegations")
    return ", ".join((*to.groups, *to.tables, *to.delegations)) or _("Nobody")


def spot(scenario: Scenario, at: object, _: Say) -> str:
    """A place's name, or where on the map's grid a point lies."""
    if isinstance(at, str):
        return scenario.map.places[at].name if at in scenario.map.places else at
    if isinstance(at, tuple):
        return _("the point {x}, {y}").format(x=f"{at[0]:g}", y=f"{at[1]:g}")
    return ""
