"""The names of an exercise's days: `Day 2`, `Journée 2`, `اليوم الثاني`, `第2天`. Dates and weekdays are `times`."""

import re
from typing import NamedTuple

from ttx.scenario.formats.words import plain

_DAY = (
    "DAY|JOURNEE|JOUR|DIA|HARI|TAG|GIORNATA|GIORNO|DAG|DZIEN|GUN|SIKU YA|SIKU|ДЕНЬ|ДЕН|اليوم|يوم|روز|دن|दिन|দিন|วัน|ថ្ងៃ"
    "|ມື້ທີ|နေ့|நாள்|දිනය"
)
"""A day in the languages of the lists that come in."""
_OR_DATE = "NGAY|วันที่|ថ្ងៃទី|ວັນທີ"
"""Where the same word begins a date, nothing of one may follow."""
_ORDINALS: tuple[tuple[int, str], ...] = (
    (1, "FIRST|PREMIERE?|1ERE?|PRIMER[OA]?|PRIM[OA]|PRIMEIR[OA]|ERSTER|PERTAMA|ПЕРВЫЙ|BIRINCI|NHAT"),
    (1, "الأول|الأولى|اول|یکم|पहिलो|पहला|प्रथम|প্রথম|ที่หนึ่ง|แรก|முதல்|පළමු"),
    (2, "SECOND|DEUXIEME|SECONDE?|SEGUND[OA]|SECOND[OA]|ZWEITER|KEDUA|ВТОРОЙ|IKINCI"),
    (2, "الثاني|الثانية|دوم|दोस्रो|दूसरा|দ্বিতীয়|ที่สอง|இரண்டாம்|දෙවන"),
    (3, "THIRD|TROISIEME|TERCER[OA]?|TERZ[OA]|TERCEIR[OA]|DRITTER|KETIGA|ТРЕТИЙ|UCUNCU"),
    (3, "الثالث|الثالثة|سوم|तेस्रो|तीसरा|তৃতীয়|ที่สาม|மூன்றாம்|තෙවන"),
    (4, "FOURTH|QUATRIEME|CUART[OA]|QUART[OA]|VIERTER|KEEMPAT|ЧЕТВЕРТЫЙ|الرابع|الرابعة|چهارم|চতুর্থ"),
    (5, "FIFTH|CINQUIEME|QUINT[OA]|FUNFTER|KELIMA|ПЯТЫЙ|الخامس|الخامسة|پنجم|পঞ্চম"),
)
_CARDINALS: tuple[tuple[int, str], ...] = (
    (1, "ONE|I|一"), (2, "TWO|II|HAI|二"), (3, "THREE|III|BA|三"), (4, "FOUR|IV|四"), (5, "FIVE|V|五"),
)  # fmt: skip
"""These count behind the name only: `two day exercise` is no second day."""


class Named(NamedTuple):
    """A day's number, and what stands behind its name."""

    number: int
    rest: str


def _group(parts: str) -> str:
    return "|".join(sorted(map(plain, parts.split("|")), key=len, reverse=True))


_DAYS = _group(_DAY)
_WORDED = [(number, re.compile(_group(words))) for number, words in (*_ORDINALS, *_CARDINALS)]
_ORDINAL = "|".join(_group(words) for _, words in _ORDINALS)
_NUMBER = "|".join(_group(words) for _, words in (*_ORDINALS, *_CARDINALS))
_END = r"(?!\w)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Day 2, Jour n° 2, Hari ke-2, Día II, اليوم الثاني
        (
            rf"(?:EX(?:ERCISE)?\s*)?(?:{_DAYS})\s*(?:KE\b|NO\b|NR\b|THU\b|THE\b|N[O°º])?[\s.:#-]*"
            rf"(?P<number>\d{{1,2}}(?![\d/.:]*\d)|(?:{_NUMBER}){_END})"
        ),
        rf"(?:{_group(_OR_DATE)})\s*(?P<number>\d{{1,2}})\s*(?=$|[-:,(|;])",
        # 2nd day, 2e jour, 1. Tag, zweiter Tag, premier jour
        (
            rf"(?P<number>\d{{1,2}}(?=\.|ST|ND|RD|TH|ER|EM|E|[OAº°ª])|(?:{_ORDINAL}))"
            rf"(?:\.|ST|ND|RD|TH|ERE?|EME|E|[OAº°ª])?\s*(?:{_DAYS}){_END}"
        ),
        # 第2天, 第二日目, 2日目, 2일차
        r"第\s*(?P<number>\d{1,2}|[一二三四五])\s*(?:天|日目|日)",
        rf"(?P<number>\d{{1,2}})\s*(?:日目|{plain('일차')}|{plain('일 차')})",
    )
)


def named(text: str) -> Named | None:
    """The day that a text begins with, in capitals without accents (`plain`); None if it begins with none."""
    for form in _FORMS:
        if (match := form.match(text)) and (number := match["number"]):
            found = int(number) if number.isdigit() else _worded(number)
            if found is not None:
                return Named(found, text[match.end() :])
    return None


def within(text: str) -> Named | None:
    """The first day that is named at the beginning of a word: `List 3 - second day`."""
    starts = (0, *(match.end() for match in re.finditer(r"[\s(,:-]+", text)))
    return next((found for start in starts if (found := named(text[start:])) is not None), None)


def _worded(word: str) -> int | None:
    return next((number for number, words in _WORDED if words.fullmatch(word)), None)
