"""Rows that head others or belong to the page: starts and ends of the exercise, days, sessions, breaks, totals.

By their words alone. Where such a row stands and what else it holds is `rows`.
"""

import re
from typing import Literal

from ttx.scenario.formats import daynames
from ttx.scenario.formats.words import plain

Heading = Literal["start", "end", "day", "session", "break", "talk"]


def _abroad(*parts: str) -> str:
    """Alternatives in scripts of which single signs may be taken apart, as `plain` does it."""
    return "|".join(plain(part) for part in parts)


_START = re.compile(
    r"((START ?-?EX|START OF (THE )?EXERCISE|EXERCISE (START|BEGINS|COMMENCES)|COMEX|DEBUT D(E L)?'?EX"
    r"|INICIO D[EO]L? EJERCICIO|INITIATE EXERCISE|BEGIN EXERCISE|MULAI LATIHAN|RESUM ?E? ?-?EX|RESUME EXERCISE"
    r"|INICIO DO EXERCICIO|INIZIO ESERCITAZIONE|UBUNGSBEGINN|НАЧАЛО УЧЕНИ[ИЯ]|TATBIKAT BASLANGICI"
    r"|BAT ĐAU DIEN TAP)\b|"
    + _abroad("بداية التمرين", "بدء التمرين", "آغاز تمرین", "演习开始", "演練開始", "訓練開始", "훈련 시작", "เริ่มการฝึก")
    + ")"
)
_END = re.compile(
    r"((END ?-?EX|END OF (THE )?EXERCISE|EXERCISE (END|ENDS|CONCLUDES|TERMINATES)|FINEX|FIN D(E L)?'?EX"
    r"|FIN DEL EJERCICIO|PAUS ?E? ?-?EX|END OF DAY|SELESAI LATIHAN|EXERCISE PAUSE|FIN DE (LA )?JOURNEE"
    r"|FIM DO EXERCICIO|FIM DO DIA|FIN DEL DIA|FINE (DELL')?ESERCITAZIONE|UBUNGSENDE|TATBIKAT SONU|KET THUC DIEN TAP"
    r"|(ОКОНЧАНИЕ|ЗАВЕРШЕНИЕ|КОНЕЦ) УЧЕНИ[ИЯ]|LATIHAN SELESAI)\b|"
    + _abroad(
        "نهاية التمرين", "انتهاء التمرين", "پایان تمرین", "演习结束", "演練結束", "訓練終了", "훈련 종료", "จบการฝึก"
    )
    + ")"
)
_DAY = re.compile(
    r"((EX(ERCISE)?\s*)?(DAY|JOUR|DIA|HARI|TAG|JOURNEE)\s*(KE\s*)?[-#:]?\s*(\d{1,2}|ONE|TWO|THREE|FOUR|FIVE|[IV]{1,3})\b"
    r"|D\s*[+-]\s*\d\b|D-?DAY\b)"
)
_SESSION = re.compile(
    r"(MODULE|SESSION|PHASE|PART|MOVE|BLOCK|VIGNETTE|STAGE|SERIAL BLOCK|SEKSI|SESI|FASE|MODUL|MODULO|ETAPE|SEANCE"
    r"|SESION|ACT|SCENE|TURN|ROUND|EPISODE|WAVE|SECTION|SESSAO|ETAPA|ЭТАП|ФАЗА|المرحلة|الجلسة|阶段|フェーズ)"
    r"\s*[-#:.]?\s*(\d{1,2}|[IVX]{1,4}|[A-Z]|ONE|TWO|THREE|FOUR|FIVE)\b"
)
_BREAK = re.compile(
    r"((\w+ )?(LUNCH|COFFEE|TEA|DINNER|BREAKFAST|COMFORT|BIO|MORNING|AFTERNOON|HEALTH|REFRESHMENT|PRAYER)( BREAK| TIME"
    r"| PAUSE)?|(\w+ )?BREAK( \w+)?|PAUSE( CAFE| DEJEUNER)?|DEJEUNER|ALMUERZO|RECESO|ISTIRAHAT( \w+)?|MAKAN SIANG"
    r"|ISHOMA|COFFEE/TEA( BREAK)?|REST( PERIOD)?|OVERNIGHT( BREAK)?|PRANZO|\w+PAUSE|PAUSA( \w+)?|ALMOCO|INTERVALO"
    r"|(ОБЕД|КОФЕ-?ПАУЗА|ПЕРЕРЫВ)( \w+){0,2}|MOLA|OGLE YEMEGI|NGHI TRUA|GIAI LAO|"
    + _abroad("استراحة", "استراحة الغداء", "استراحة الغداء والصلاة", "صلاة", "ناهار", "午餐", "休息", "午休", "昼食",
              "休憩", "점심", "휴식", "พักกลางวัน", "พักรับประทานอาหารกลางวัน")
    + r")( \(?\d+ ?MIN\w*\)?)?"
)  # fmt: skip
_TALK = re.compile(
    r"(REGISTRATION|WELCOME|OPENING( REMARKS| CEREMONY)?|KEYNOTE|PANEL|CLOSING( REMARKS| CEREMONY)?|INTRODUCTIONS?"
    r"|(PLAYERS? |INITIAL |ADMIN(ISTRATIVE)? |SAFETY )?BRIEF(ING)?|HOT ?-?WASH|DEBRIEF(ING)?|WRAP ?-?UP|RECAP)\b"
)
_FOOTER = re.compile(
    r"(PAGE \d|PREPARED BY|LAST UPDATED|PRINTED|UNCLASSIFIED|FOUO|FOR OFFICIAL|CONFIDENTIAL|RESTRICTED|TLP:|"
    r"EXERCISE EXERCISE|NOTES?:|LEGEND|KEY:|END OF (MSEL|LIST|TABLE|DOCUMENT|FILE)|VERSION|DRAFT|\*|©|REV(ISION)?\b"
    r"|DO NOT DISTRIBUTE|THIS DOCUMENT|FORMULAIRE|SOURCE:|INSTRUCTIONS?:|EXAMPLE\b|AS OF |APPROVED BY|CHECKED BY"
    r"|(ETABLI|REDIGE|PREPARE|APPROUVE|VALIDE) PAR|VISA\b|LEGENDE|(ELABORADO|PREPARADO|APROBADO|APROVADO|REVISADO) POR"
    r"|LEYENDA|LEGENDA|(DISUSUN|DIBUAT|DISETUJUI|DIKETAHUI) OLEH|MENGETAHUI|ERSTELLT VON|REDATTO DA|СОСТАВИЛ"
    r"|ПОДГОТОВИЛ|УТВЕРЖДАЮ|СОГЛАСОВАНО|HAZIRLAYAN|NGUOI LAP|"
    + _abroad("أعده", "إعداد:", "اعتمده", "تهیه‌کننده", "编制人", "编制:", "作成者", "作成:", "작성자", "ผู้จัดทำ")
    + ")"
)
_TOTAL = re.compile(
    r"((SUB-?|GRAND )?TOTA(LE?S?|UX|AL)|SOMME|SUMA|SOMA|SUMME|GESAMT(ZAHL)?|ИТОГО|ВСЕГО|JUMLAH|TONG( CONG| SO)?|TOPLAM"
    r"|NUMBER OF (INJECTS|EVENTS)|NOMBRE D('|E )\w+|"
    + _abroad("المجموع", "الإجمالي", "إجمالي", "مجموع", "جمع", "合计", "总计", "總計", "合計", "합계", "총계", "รวม",
              "जम्मा", "মোট", "மொத்தம்", "එකතුව", "សរុប", "ລວມ", "စုစုပေါင်း")
    + r")(?!\w)"
)  # fmt: skip
_CLOCKS = re.compile(r"\(?\b\d{1,2}[:.H]\d{2}(\s*[AP]M)?(\s*(-|TO|BIS)\s*\d{1,2}[:.H]\d{2}(\s*[AP]M)?)?(\s*UHR)?\b\)?")
"""When it is, beside what it is: `Coffee break 10:30 - 10:45`."""
HINT = re.compile(r"(\[|<|\(?E\.? ?G\.|EXAMPLE:|INSERT |ENTER |HH:?MM|DD[/-]MM|YYYY|CHOOSE |SELECT )")
"""Begins what tells how to fill in a template."""


def heading(text: str) -> Heading | None:
    """What this text heads, None if nothing."""
    if len(text) > 200:
        return None
    words = plain(text).strip(" *-_=.:!#>~")
    for pattern, found in ((_START, "start"), (_END, "end"), (_DAY, "day")):
        if pattern.match(words):
            return found  # type: ignore[return-value]
    if (day := daynames.named(words)) is not None and re.match(r"\s*($|[-:,(|/;.]|\d)", day.rest):
        return "day"
    for pattern, found in ((_SESSION, "session"), (_TALK, "talk")):
        if pattern.match(words):
            return found  # type: ignore[return-value]
    words = re.sub(r"\s+", " ", _CLOCKS.sub(" ", words)).strip(" -:,(")
    return "break" if _BREAK.fullmatch(re.split(r"\s*[(:,]|\s-\s", words)[0].strip()) else None


def footer(text: str) -> bool:
    """Whether this is a line of the page: who wrote it, how secret it is, which version."""
    return _FOOTER.match(plain(text).strip(" -–«»")) is not None


def total(text: str) -> bool:
    """Whether this begins a row that sums others up."""
    return _TOTAL.match(plain(text).strip(" -–:")) is not None
