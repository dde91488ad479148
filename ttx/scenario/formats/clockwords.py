"""Clock times in words and signs of many languages, spelt in digits: `9 heures 30`, `上午9:30`, `12:00 NN`, `٩:٣٠ م`.

Texts come as `words.plain` makes them. What the digits mean is `times`.
"""

import re
import unicodedata

from ttx.scenario.formats.words import plain

NAMED = {
    "NOON": 720, "MIDDAY": 720, "12 NOON": 720, "MIDI": 720, "MEDIODIA": 720, "TENGAH HARI": 720, "12 NN": 720,
    "MIDNIGHT": 0, "MINUIT": 0, "MEDIANOCHE": 0, "TENGAH MALAM": 0, "MEZZOGIORNO": 720, "MEZZANOTTE": 0,
    "MEIO-DIA": 720, "MEIA-NOITE": 0, "MITTAG": 720, "MITTERNACHT": 0, "ПОЛДЕНЬ": 720, "ПОЛНОЧЬ": 0, "正午": 720,
    "الظهر": 720, "منتصف الليل": 0, "TRUA": 720,
}  # fmt: skip
"""Minutes of the day that have a name."""

_HOUR = "UHR|HEURES?|HORAS?|ORE|GIO|ЧАС(?:ОВ|А)?|Ч|JAM|SAAT|時|时|点|點|" + "|".join(
    map(plain, ("시", "ساعة", "นาฬิกา", "น", "बजे", "টা"))
)
_MINUTE = "MIN(?:UTES?|UTOS?|UTI)?|PHUT|МИН(?:УТ)?|MENIT|DAKIKA|分|" + "|".join(map(plain, ("분", "دقيقة")))
_HOURS = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:{_HOUR})(?![^\W\d_])\.?\s*(?:(\d{{2}}|\d(?!\d))\s*(?:{_MINUTE})?)?(?![^\W\d_])\.?"
)
"""`9 heures 30`, `9 Uhr`, `9時15分`, `8 giờ 30`."""
_MINUTES = re.compile(rf"(\d{{1,2}}\s*[H:.]\s*\d{{2}})\s*(?:{_MINUTE})(?!\w)\.?")
"""`08h30min`."""
_BEFORE = re.compile(
    r"^(?:DE LAS|DALLE(?: ORE)?|DAS|DE|VON|FROM|С|من|ORE|ALLE(?: ORE)?|PUKUL|PKL\.?|JAM|SAAT"
    r"|A LAS|AS|UM|KL\.?|KLO|LUC|В|ساعت|الساعة|AT|H\.)\s*(?=\d)"
)
_HALVES = tuple(
    (re.compile(pattern), half)
    for pattern, half in (
        (r"\b(?:PAGI|DE LA MANANA|DA MANHA|DO MANHA|MATIN|DEL MATTINO|УТРА|SANG)\b", "AM"),
        (
            r"\b(?:SORE|PETANG|MALAM|DE LA TARDE|DA TARDE|DE LA NOCHE|DA NOITE|DEL POMERIGGIO|ДНЯ|ВЕЧЕРА|CHIEU|TOI)\b",
            "PM",
        ),
        (r"(?<=\d)\s*(?:صباحا|ص)(?!\w)", "AM"),
        (r"(?<=\d)\s*(?:مساء|ظهرا|م)(?!\w)", "PM"),
        (r"(?<=\d)\s*(?:NOON|MIDI|NN|N\.N\.)(?!\w)", ""),
        (r"(?<=12:00)\s*(?:MN|M\.N\.|MIDNIGHT)(?!\w)", "AM"),
    )
)
"""What people add to an hour of the clock's twelve, in words."""
_IN_FRONT = tuple(
    (re.compile(rf"^(?:{'|'.join(map(plain, words.split('|')))})\s*(?=\d)"), half)
    for words, half in (("上午|早上|凌晨|午前|오전|AM", "AM"), ("下午|晚上|傍晚|午後|오후|PM", "PM"), ("中午", ""))
)
_THROUGH = re.compile(
    r"(?<=\d)\s*[HLZ]?\s*(?:S\.?\s?D\.?|SAMPAI DENGAN|JUSQU'A|ATE(?: AS)?|FINO ALLE"
    r"|ALLE|ДО|DEN|至|到|から|الى|حتى|تا)\s*(?=\d)"
)
"""What stands between the beginning and the end of a span."""


def spelt(text: str) -> str:
    """The text with its clock times in digits, so far as it has any; in other respects as it is."""
    if any(sign.isdecimal() and not sign.isascii() for sign in text):
        text = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
    if text in NAMED:
        return text
    bare = _BEFORE.sub("", text)
    text = f"{bare}:00" if bare != text and re.fullmatch(r"\d{1,2}", bare) else bare
    text = _HOURS.sub(lambda match: f"{match[1]}:{(match[2] or '0').rjust(2, '0')}", text)
    text = _MINUTES.sub(r"\1", text)
    for pattern, half in _IN_FRONT:
        if match := pattern.match(text):
            text = f"{text[match.end() :].strip()} {half}"
    text = _THROUGH.sub("-", text)
    for pattern, half in _HALVES:
        text = pattern.sub(half, text)
    return text.strip()
