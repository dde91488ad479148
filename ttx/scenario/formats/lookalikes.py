"""What else people keep in tables beside their injects, and by which headers and names it is known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Other:
    """Something else that tables hold: in words, by its columns' headers and by its name."""

    words: str
    headers: frozenset[str]
    name: re.Pattern[str]


def _other(words: str, headers: str, name: str) -> Other:
    return Other(words, frozenset(headers.split("|")), re.compile(name))


OTHERS = (
    _other(
        "a log of what happened",
        "logged by|initials|action taken|actions taken|entry|log entry|operator|received by|time received|time sent"
        "|recorded by|log no|entry no|signed|duty officer|radio operator|disposition|action|actions|logger|log time"
        "|time logged|event log|mission|sitrep|decision made|decisions|follow up|reported by|remarks action|entered by"
        "|notable activities|significant events|activity log|observateur|redacteur|operador|registrado por|petugas"
        "|status update|call sign|callsign|acknowledged|resolved",
        r"\b(LOGS?|ICS ?-?21[14]|LOGBOOK|JOURNAL|DIARY|MAIN COURANTE|BITACORA|REGISTRO|CATATAN HARIAN|CHRONOLOGY)\b",
    ),
    _other(
        "a list of contacts",
        "phone|telephone|mobile|email|e mail|address|organisation|organization|first name|last name|surname|position"
        "|rank|role|cell|fax|call sign|phone number|mobile number|email address|full name|job title|agency|country"
        "|contact|office|nom|prenom|correo|telefono|nama|telepon|jabatan|title|company|department|cell phone|name",
        r"\b(CONTACTS?|PHONE|DIRECTORY|ROSTER|STAFF|PERSONNEL|ANNUAIRE|DIRECTORIO|KONTAK|ROLES?|PLAYERS?)\b",
    ),
    _other(
        "a budget",
        "cost|unit cost|amount|price|unit price|qty|quantity|total|total cost|currency|budget|invoice|usd|eur|funding"
        "|budget line|subtotal|montant|importe|harga|jumlah|vendor|supplier|expense",
        r"\b(BUDGET|COSTS?|FINANCE|EXPENSES?|ANGGARAN|PRESUPUESTO|LOGISTICS)\b",
    ),
    _other(
        "an attendance list",
        "signature|attended|present|arrival|departure|dietary|dietary requirements|badge|registered|rsvp|sign in"
        "|passport|hotel|flight|tanda tangan|firma|emargement|attendance|t shirt size|nationality",
        r"\b(ATTENDANCE|SIGN-?IN|PARTICIPANTS?|REGISTRATION|ATTENDEES|PRESENCE|ASISTENCIA|DAFTAR HADIR)\b",
    ),
    _other(
        "a risk register",
        "likelihood|impact|mitigation|risk|risk owner|probability|risk rating|residual risk|hazard|severity|risk score"
        "|mitigations|consequence|risk id|control measures|risque|riesgo|risiko|risk description|treatment",
        r"\b(RISKS?|HAZARDS?|RIESGOS?|RISQUES?|RISIKO)\b",
    ),
    _other(
        "a timetable",
        "activity|activities|speaker|speakers|room|venue|presenter|moderator|agenda item|topic|session title"
        "|lead speaker|chair|activite|intervenant|actividad|ponente|kegiatan|narasumber|location|facilitator"
        "|responsible|session",
        r"\b(AGENDA|TIMETABLE|PROGRAMME?|SCHEDULE|RUNDOWN|ORDRE DU JOUR|JADWAL|PROGRAMA)\b",
    ),
    _other(
        "a list of tasks",
        "task|task name|due date|due|assigned to|complete|percent complete|milestone|deadline|progress|start date"
        "|end date|finish|predecessors|deliverable|action item|workstream|completed|owner|priority|assignee",
        r"\b(TASKS?|TO-?DO|GANTT|WORK ?PLAN|MILESTONES?|PLANNING TIMELINE|ACTION (ITEMS|TRACKER)|CHECKLISTS?)\b",
    ),
    _other(
        "an improvement plan or a list of findings",
        "corrective action|recommendation|recommendations|finding|findings|lesson|lessons|lesson identified|strength"
        "|strengths|area for improvement|issue area for improvement|capability element|root cause|completion date"
        "|primary responsible organization|primary responsible organisation|gap|gaps|observation|observations|analysis",
        r"\b(AAR|IMPROVEMENT|CORRECTIVE|LESSONS?|FINDINGS|GAPS?|HOT ?WASH)\b",
    ),
    _other(
        "a register of cases or persons",
        "case no|case id|case number|case|nationality|date of birth|dob|place of birth|sex|gender|age|passport no"
        "|referred to|vulnerability|interview date|date of arrival|alias|name|full name|family name|given name|status"
        "|document no|registration no|individual id|family size|case worker|nationalite|nacionalidad|kewarganegaraan",
        r"\b(CASES?|CASELOAD|BENEFICIAR(Y|IES)|REGISTRATIONS?|MANIFEST|PASSENGERS?|DETAINEES?|VICTIMS)\b",
    ),
    _other(
        "a questionnaire",
        "answer|answers|answer 1|answer 2|answer a|answer b|strongly agree|agree|neutral|disagree|score|points"
        "|correct answer|respondent|rating|scale|reponse|respuesta|jawaban",
        r"\b(SURVEY|FEEDBACK|QUESTIONNAIRE|QUIZ|POLL RESULTS|EVALUATION FORM)\b",
    ),
    _other(
        "an evaluation guide",
        "rating|ratings|score|evaluator rating|evaluator name|target rating|evaluator|p s m u|yes no|met|not met"
        "|observed|capability target|critical task|critical tasks|performance",
        r"\b(EEG|EVALUATION|EVALUATOR|SCORE ?(CARD|SHEET))\b",
    ),
    _other(
        "a list to choose from",
        "dropdown|drop down|list values|lookup",
        r"^\W*LISTS?\W*$|\b(LOOK ?UPS?|DROP-? ?DOWNS?)\b",
    ),
)


def foreign(headers: Iterable[str]) -> int:
    """How many of these normalised headers are those of one other thing, at most."""
    known = set(headers)
    return max(len(known & other.headers) for other in OTHERS)
