"""The words people head their columns with, and fill them with: English, and much French, Spanish and Indonesian.

Words only. How a column is told by them is `columns`; what a row is, `rows`.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ttx.scenario.formats.tongues import TONGUES, WITHIN

FIELDS: dict[str, str] = {
    "id": "number of the inject",
    "at": "planned time",
    "until": "when it is over",
    "scenario_time": "the story's own time, where another column plans the exercise",
    "day": "day or date",
    "session": "session, module or move",
    "minutes": "minutes planned for it",
    "kind": "kind of inject",
    "channel": "how it arrives",
    "sender": "who it comes from",
    "to": "who receives it",
    "both": "who it comes from and who receives it",
    "title": "title",
    "text": "what participants read",
    "expected": "what they are expected to do",
    "questions": "questions put to participants",
    "options": "answers to choose from",
    "objectives": "objectives",
    "capabilities": "capabilities",
    "storyline": "storyline or thread",
    "next": "what comes next, or which way leads where",
    "notes": "notes for facilitators",
    "ignore": "leave this column out",
}
"""What a column can be, in words."""


def _phrases(*lines: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for line in lines for phrase in line.split("|"))


PAIRS = frozenset(_phrases(
    "from to|to from|from and to|from whom to whom|sender receiver|sender recipient|sender and receiver",
    "sender and recipient|expediteur destinataire|remitente destinatario|pengirim penerima|de a|de para|von an",
    "dari kepada",
))  # fmt: skip
"""Headers of a column that names both who sends and who receives."""

HEADERS: dict[str, tuple[str, ...]] = {
    "id": _phrases(
        "no|nr|num|id|ser|serial|serial no|serial number|seq|sequence|seq no|sequence number|item|item no|ref",
        "ref no|reference|reference number|number|inject no|inject id|inject number|inject ref|inject serial",
        "event no|event id|event number|msel no|msel id|msel number|msel item|msel ref|control no|control number",
        "message no|message number|message id|msg no|line|line no|inj|inj no|event or inject no|event inject no",
        "key|code|injects no|numero|numero d inject|numero inject|n inject|no d ordre|identifiant",
        "numero de inyecto|num inyecto|codigo|nomor|nomor inject|no urut|kode|mel no|mel serial|mel mil no",
        "mel mil serial|incident no|step|step no",
    ),
    "at": _phrases(
        "time|real time|planned time|inject time|event time|delivery time|time of delivery|release time|start",
        "start time|dtg|date time|date and time|datetime|date time group|time zulu|zulu|zulu time|local|local time",
        "time local|time l|time z|time hrs|time 24h|when|exercise time|ex time|real time|real world time",
        "actual exercise time|clock time|scheduled time|schedule|scheduled|time due|time in|inject dtg",
        "inject date time|trigger time|trigger|run time|planned delivery time|planned inject time|time to inject",
        "deliver at|t|elapsed time|elapsed|offset|time offset|time from startex|start ex|startex",
        "minutes from start|delta|t plus|depends duration|heure|heure prevue|horaire|date heure|heure locale",
        "heure d injection|moment|hora|hora prevista|hora local|fecha hora|hora de inicio|hora de inyeccion",
        "horario|waktu|jam|waktu pelaksanaan|pukul|zeit|uhrzeit|estimated time|approx time|timing|timeline",
        "inject delivery time|designated time|planned start|planned date time|time planned|time of inject",
    ),
    "scenario_time": _phrases(
        "scenario time|designated scenario time|story time|scenario date|scenario date time|scenario dtg",
        "game time|simulated time|sim time|in game time|fictional time|notional time|heure scenario",
        "heure du scenario|hora del escenario|hora escenario|waktu skenario|scenario day time",
        "scenario date and time|exercise scenario time",
    ),
    "day": _phrases(
        "day|date|exercise day|day no|day number|ex day|inject date|planned date|event date|delivery date|jour",
        "dia|fecha|hari|tanggal|tag|datum|day date|scenario day|date of inject|journee",
    ),
    "session": _phrases(
        "session|module|move|block|vignette|part|act|turn|section|sesi|sesion|seance|modulo|serial block|period",
        "stage|scenario stage|scenario step|exercise phase|phase|fase|etape|agenda item|scenario phase|scenario part",
    ),
    "minutes": _phrases(
        "duration|minutes|length|time allotted|time allowed|discussion time|allotted time|max minutes",
        "duration min|duration minutes|maximum minutes for each message|maximum minutes|duree|duracion|durasi",
        "time min|est duration|dur|mins|min|time needed|time required",
    ),
    "kind": _phrases(
        "event type|type|inject type|kind|category|msel type|type of inject|type of event|inject category|class",
        "type d inject|type d evenement|tipo|tipo de inyecto|tipo de evento|jenis|jenis inject|kategori|categorie",
        "event inject type|inject or event",
    ),
    "channel": _phrases(
        "inject mode|mode|delivery method|method|method of delivery|means|delivery|delivery mode|channel|medium",
        "media|inject method|means of delivery|delivery means|how|how delivered|format|vehicle|transmission",
        "communication|communication method|mode of delivery|comms|comms method|inject means|inject medium|via",
        "platform|moyen|moyen de transmission|canal|mode de transmission|vecteur|medio|metodo",
        "via de entrega|metode|sarana|inject delivery method|inject delivery|communication channel|conveyance",
        "inject channel|inject vehicle|support|delivery channel|comms means|inject format|media type|system|tool",
        "method mode",
    ),
    "sender": _phrases(
        "sending agency|sending organization|sending organisation|simulated organization|simulated organisation",
        "animation|origine|animateur|cellule d animation|animation origine",
        "from|sender|source|originator|origin|originating agency|from agency|from org|from organization|from whom",
        "inject source|initiator|initiated by|sent by|originator from|from simcell|simulated sender|message from",
        "author|de|de la part de|emetteur|expediteur|remitente|origen|emisor|dari|pengirim|sumber|von|absender",
        "delivered by|input from|caller|from role|from who|inject from|from originator",
        "role played by|simulated by|simcell role|actor",
    ),
    "to": _phrases(
        "to|recipient|recipients|receiver|player|players|audience|target|target audience|to agency|to org",
        "addressee|receiving agency|to whom|recipient player|intended player|recipient to|who|training audience",
        "player audience|participants|participant|team|teams|delegation|delegations|responder|agency|agencies",
        "to organization|for|affected agency|sent to|delivered to|destination|a|pour|destinataire|destinataires",
        "joueur|para|destinatario|destinatarios|receptor|kepada|penerima|tujuan|an|empfanger|inject to",
        "target player|target team|recipient s|player s|receiving player|message to|receiving organization",
        "intended recipient|primary audience|to player|target group|primary training audience|ta|player cell",
        "to team|delivered to whom|who receives",
    ),
    "title": _phrases(
        "title|subject|headline|name|inject title|event title|inject name|event name|topic|heading|short title",
        "summary|event summary|inject summary|short description|brief description|synopsis|event synopsis",
        "incident|storyline event|main event|key event|subject line|titre|sujet|objet|intitule|titulo|asunto|tema",
        "judul|subjek|perihal|titel|msel event|scenario event|issue|abstract|inject subject|message subject",
        "caption|gist|label|incident title|incidente|suceso",
    ),
    "text": _phrases(
        "beschreibung der lage|lagebeschreibung|sachverhalt",
        "message|text|inject|inject text|inject description|description|event description|event|script|body",
        "content|inject content|message text|message content|details|detail|inject details|inject detail",
        "narrative|event details|scenario|situation|information|inject script|event inject|inject message",
        "event or inject|inject narrative|scenario inject|message body|email body|full text|inject event",
        "event inject description|description of inject|description of event|situation description",
        "scenario narrative|inject information|what happens|development|story|scenario update|update|background",
        "wording|message script|inject wording|description evenement|inject s|message a transmettre|contenu",
        "contenu du message|texte|description de l inject|libelle|evenement|evenements|mensaje|texto|descripcion",
        "contenido|evento|inyecto|narrativa|descripcion del evento|situacion|pesan|isi|isi pesan|uraian|deskripsi",
        "keterangan kejadian|kejadian|skenario|narasi|nachricht|inhalt|beschreibung|ereignis|events|injects",
        "inject description script|scenario event description|inject injects|key issue|simulated message",
        "act event",
    ),
    "expected": _phrases(
        "expected participant response|expected action|expected actions|expected response|expected responses",
        "expected|expected player action|expected player actions|expected player response|expected outcome",
        "expected outcomes|expected results|expected result|anticipated response|anticipated action",
        "anticipated actions|desired outcome|desired response|player actions|player action|player response",
        "expected player reaction|expected reaction|expected participant action|expected participant actions",
        "expectation|expectations|expectation name|expectation s|expectation description|response|responses",
        "anticipated player action|required action|required actions|outcome|target response|ideal response",
        "desired action|action expected|actions expected|evaluation criteria|outcomes|reaction attendue",
        "reactions attendues|actions attendues|action attendue|reponse attendue|reponses attendues",
        "resultat attendu|resultats attendus|respuesta esperada|acciones esperadas|accion esperada",
        "resultado esperado|respon yang diharapkan|tindakan yang diharapkan|respons yang diharapkan",
        "tanggapan yang diharapkan|hasil|expected action by players|expected player actions response",
        "expected participant response action|target outcome|expected actions of players|player task|player tasks",
        "tasks|tasks for players|tasks for participants|participant tasks|team tasks|delegation tasks|tasks for teams",
        "expected actions outcomes|anticipated outcome|anticipated outcomes|expected behavior",
    ),
    "questions": _phrases(
        "question|questions|discussion question|discussion questions|key questions|facilitator questions|prompts",
        "prompt|discussion points|question s|questions for discussion|key discussion points|discussion",
        "questions cles|preguntas|pregunta|pertanyaan|pertanyaan diskusi|discussion prompts|probing questions",
        "questions to players",
    ),
    "options": _phrases(
        "poll|options|choices|poll options|answer options|answers|sondage|reponses possibles|encuesta",
        "opciones|pilihan|choix",
    ),
    "objectives": _phrases(
        "objective|objectives|exercise objective|exercise objectives|obj|objs|objective s|objective no",
        "exercise obj|objectives tested|objective tested|related objective|related objectives|training objective",
        "training objectives|objective number|linked objective|objectif|objectifs|objectif vise|objetivo",
        "objetivos|tujuan latihan|sasaran|aim|aims|goal|goals|ex objective|supported objective",
        "objective supported|obj no|objectives addressed|to eo",
    ),
    "capabilities": _phrases(
        "capability|capabilities|core capability|core capabilities|target capability|capability tested|cap|caps",
        "capabilities tested|core capability tested|core cap|core caps|critical task|critical tasks",
        "target capabilities|capability target|capacite|capacites|capacidad|capacidades|kemampuan|kapabilitas",
        "competency|competencies|esf|mission essential task|metl task|uttl|competence|learning outcome",
        "learning point|learning points",
    ),
    "storyline": _phrases(
        "storyline|story line|thread|strand|scenario thread|track|theme|event thread|fil rouge|linea argumental",
        "alur|alur cerita|main incident|incident thread",
    ),
    "next": _phrases(
        "next|next inject|next event|next step|next serial|next inject id|next inject no|next id|next no|go to|goes to",
        "goto|leads to|lead to|jump to|jumps to|followed by|branch to|branches to|branching|branch inject|follow on",
        "inject suivant|suivant|siguiente|siguiente inyecto|selanjutnya|inject selanjutnya|berikutnya|option next",
    ),
    "notes": _phrases(
        "notes|note|remarks|remark|comments|comment|controller notes|facilitator notes|additional information",
        "notes s|controller|responsible controller|controllers|evaluator|evaluators|evaluator notes|status",
        "location|place|venue|attachment|attachments|file|files|link|links|url|resources|props|resource|poc",
        "point of contact|owner|responsible|responsible person|inject owner|delivered|completed|complete",
        "actual time|time delivered|time actual|approved|approved by|priority|assigned to|integration target",
        "simcell|injected by|inject by|controller action|excon notes|white cell notes|actual response",
        "actual action|observations|observation|outcome observed|remarques|remarque|commentaire|commentaires",
        "observaciones|comentarios|notas|catatan|keterangan|controleur|lieu|responsable|ubicacion|lokasi",
        "bemerkung|bemerkungen|photo|picture name|profile|picture|image|supporting material|facilitator|lead",
        "reference documents|reference document|policy reference|actual|done|contingency|fallback",
        "expectation score|score|enabled|tags|requirements|materials|purpose|rationale|intent|inject purpose",
        "group|delivered by whom|deliverer|evaluation|evaluated by|last updated|updated|version|created by",
        "modified|date posted|points to draw out|facilitator points|key points|points to raise|points to note",
    ),
}
"""Headers by the field they name, normalised; a header may stand under one field only."""

CONTAINED: tuple[tuple[str, str], ...] = (
    (
        (
            r"\bnext (inject|event|step|serial)|\b(leads?|goes|go|jumps?|branch(es)?) to\b|\bfollowed by\b"
            r"|^(option|choice|answer|if) .{1,30}\b(next|inject|target)$|\bnext$"
        ),
        "next",
    ),
    (r"\bwho (gets|receives|sees|hears)\b", "to"),
    (r"\b(player|participant|delegation|team)s?( s)? (question|discussion)s?\b", "questions"),
    (r"\b(player|participant|delegation|team)s?( s)? (task|activit(y|ie)|decision|assignment)s?\b", "expected"),
    (
        r"\b(we|you) (hope|look|aim)\b|\bplayers? (should|to|will|must) |\bwe want\b|\bshould (do|happen)\b|\bto do\b",
        "expected",
    ),
    (r"\b(message|inject|event|text|script) (to be|as|that|which)\b", "text"),
    (
        (
            r"\bexpect|\berwartet|\bexp actions?\b|\banticipat|\battendu|\besperad|\bdiharapkan"
            r"|desired (action|response|outcome)"
        ),
        "expected",
    ),
    (r"\bobjecti(ve|f)|\bobjetivo|\btujuan latihan", "objectives"),
    (r"\bcapabilit|\bcapacidad|\bcapacite|\bkapabilitas|\bcritical task", "capabilities"),
    (r"\bquestion|\bpregunta|\bpertanyaan|discussion (point|prompt|item)", "questions"),
    (r"\bscenario (date|time|dtg)|\b(story|simulated|notional|fictional) (date|time)", "scenario_time"),
    (r"\bactual|\bdelivered\b|\bcompleted\b|\bcontroller|\bevaluator|\bfacilitator|\bexcon\b|\bresponsible", "notes"),
    (r"\b(inject|event|msel|serial|message|msg|mel) (no|nr|num|id|ref|ser)\b|\bnumber\b|\bnumero\b|\bnomor\b", "id"),
    (r"\b(delivery|inject|transmission|communication|comms) (method|mode|means|medium|channel|vehicle)", "channel"),
    (r"\b(method|mode|means|moyen|medio|metode) (of|de|d) ", "channel"),
    (r"\bduration|\bduree|\bduracion|\bdurasi", "minutes"),
    (r"\b(end|finish|fin|fim|fine|selesai|until) (time|date time|hora|ora)\b|\btime (end|until|finish)\b", "until"),
    (r"\btime\b|\bdtg\b|\bheure\b|\bhora\b|\bwaktu\b|\bjam\b|\bzulu\b", "at"),
    (r"\bdate\b|\bfecha\b|\btanggal\b", "day"),
    (r"\btype\b|\bcategory\b|\btipo\b|\bjenis\b", "kind"),
    (r"\b(sender|originat|a l origine|emetteur|remitente|pengirim)|^from\b", "sender"),
    (r"\b(recipient|receiver|receiving|addressee|audience|cibles?|destinata|penerima|players?)\b|^to\b", "to"),
    (r"\b(title|subject|headline|synopsis|titre|titulo|judul)\b", "title"),
    (r"\b(description|narrative|message|script|inject|injects|event|body|mensaje|deskripsi|pesan|inyecto)\b", "text"),
    (r"\w from$", "sender"),
    (r"\b(note|notes|remarks?|comments?|remarques?|catatan|observaciones)\b", "notes"),
)
"""Where no header is known as a whole: what it contains, in the order it is asked."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        ("JAN ENE", "FEB FEV", "MAR MRZ", "APR AVR ABR", "MAY MAI MEI", "JUN JUIN", "JUL JUIL", "AUG AOU AGO AGU",
         "SEP SET", "OCT OKT", "NOV NOP", "DEC DIC DES DEZ"),
        1,
    )
    for name in names.split()
}  # fmt: skip

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        ("MONDAY MON LUNDI LUNES SENIN MONTAG", "TUESDAY TUE TUES MARDI MARTES SELASA DIENSTAG",
         "WEDNESDAY WED MERCREDI MIERCOLES RABU MITTWOCH", "THURSDAY THU THUR THURS JEUDI JUEVES KAMIS DONNERSTAG",
         "FRIDAY FRI VENDREDI VIERNES JUMAT FREITAG", "SATURDAY SAT SAMEDI SABADO SABTU SAMSTAG",
         "SUNDAY SUN DIMANCHE DOMINGO MINGGU SONNTAG")
    )
    for name in names.split()
}  # fmt: skip

DROPPED = re.compile(
    r"(deferred|obsolete|deleted?|cancel|removed?|superseded|withdrawn|rejected|dropped|not used|unused|void|postponed"
    r"|annul|supprim|reporte|anulad|cancelad|eliminad|aplazad|dibatalkan|dihapus|ditunda|gestrichen|entfallt)",
    re.IGNORECASE,
)
"""A status, normalised, of an inject that is written and not to be played (HSEEP: Deferred, Obsolete)."""
STATUS = frozenset(_phrases("status|inject status|event status|msel status|statut|etat|estado|state|stato|situacao"))

_EMPTY = re.compile(r"[-–—_.·*/\\?…\s]*")
_PLACEHOLDERS = frozenset(
    _phrases(
        "false|☐|□|n/a|na|n.a.|n.a|tbd|tbc|tba|t.b.d.|t.b.c.|nil|none|null|nan|#n/a|#ref!|#value!|#name?|#div/0!|#null!",
        "#num!|s/o|sans objet|no aplica|tidak ada|to be determined|to be confirmed|(blank)|(none)|[tbd]|<tbd>",
        "not applicable|xx|xxx|xxxx",
    )
)


def empty(text: str) -> bool:
    """Whether a text stands for nothing: dashes, n/a, TBD, an error value of a spreadsheet's."""
    return len(text) <= 40 and (_EMPTY.fullmatch(text) is not None or text.strip().casefold() in _PLACEHOLDERS)


def plain(text: str) -> str:
    """In capitals, without accents, with plain dashes and single spaces: for times and single words."""
    stripped = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub("[‐-―−]", "-", stripped).upper().split())


@lru_cache(maxsize=32768)
def normal(header: str) -> str:
    """A header as it is compared: lower case, no accents, no punctuation; every sign for number is `no`."""
    text = re.sub(r"[#№]|\bn[°º]|\bnum\.", " no ", header.casefold().replace("ı", "i"))
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]|_", " ", text).split())


def field_named(header: str) -> tuple[str, float] | None:
    """The field that a header names, and how surely, from 0 to 1."""
    text = normal(header)
    if not text:
        return None
    outside = re.sub(r"\([^()]*\)", " ", header)
    if outside != header and (field := _KNOWN.get(normal(outside))) is not None:
        return field, 0.9
    if " / " in header:
        return _named_twice(*header.split(" / ", 1))
    for known in (text, re.sub(r"(?<=[a-z]{3})s\b", "", text)):
        if (field := _KNOWN.get(known)) is not None:
            return field, 1.0
    joined = text.replace(" ", "")
    if (field := _JOINED.get(joined)) is not None:
        return field, 0.95
    for part in re.split(r"[(/\[\n:;]| - | or | & ", header.casefold()):
        if (field := _KNOWN.get(normal(part))) is not None and len(normal(part)) > 1:
            return field, 0.8
    if len(text) <= 80:
        for pattern, name in _CONTAINED:
            if pattern.search(text):
                return name, 0.6
        for name, parts in _WITHIN:
            if any(part in text for part in parts):
                return name, 0.6
    return None


def _named_twice(upper: str, lower: str) -> tuple[str, float] | None:
    """The field of a column with a label over its label, as `Times / Real`: what both say, else the lower one."""
    claims = [field_named(f"{one} {other}".replace(" / ", " ")) for one, other in ((lower, upper), (upper, lower))]
    both = max(filter(None, claims), key=lambda claim: claim[1], default=None)
    if both is not None and both[1] == 1.0:
        return both
    return field_named(lower) or both or field_named(upper)


def _index(headers: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {normal(phrase): field for field, phrases in headers for phrase in phrases}


_KNOWN = _index((field, _phrases(*lines)) for field, lines in TONGUES.items()) | _index(HEADERS.items())
_JOINED = {phrase.replace(" ", ""): field for phrase, field in _KNOWN.items() if len(phrase) > 3}
_WITHIN = tuple((name, tuple(map(normal, parts.split("|")))) for name, parts in WITHIN)
_CONTAINED = tuple((re.compile(pattern), field) for pattern, field in CONTAINED)
