"""What pages say in other languages: gettext catalogues, read where people correct them and kept while the server runs.

A sentence that a catalogue has not got, or has got without what belongs into it, is said in English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from ttx.scenario.worded import Worded

SOURCE = "en"
"""The language the sentences are written in."""
LOCALES: Mapping[str, str] = {"en": "en_GB", "zh": "zh_Hans", "zh-hant": "zh_Hant"}
"""Where a language's numbers and dates are told by another name than its code."""
_HEAD = re.compile(r"^# (Reviewed by|Covers): *(.*)$", re.MULTILINE)
NOBODY, EVERYTHING = "nobody", "everything"
"""What a catalogue's first lines say: `Reviewed by:` nobody, or who vouches for it; `Covers:` everything, or less."""
_LEFT_OUT = ("{what}", "{role}")
"""Facts that are pieces of an English sentence: another language may say it without them."""
_PLACES = re.compile(r"%\(\w+\)[sd]|%%|%[a-z]\b|\{\w+\}|<[^<>]*>")
_NATIVE: Mapping[str, str] = {
    "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "beng": "০১২৩৪৫৬৭৮৯", "deva": "०१२३४५६७८९", "mymr": "၀၁၂၃၄၅၆၇၈၉",
}  # fmt: skip


@lru_cache(4096, typed=True)
def _decimal(number: float, locale: Locale) -> str:
    return str(format_decimal(number, locale=locale))


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language pages are written in: its sentences, its digits, and how far it was checked.

    `whole`: it is for the pages of staff too; `reviewed` names who vouches for it, or nobody. `digits` are the
    ten, empty where they are 0-9; `colon` stands between hours and minutes.
    """

    language: str
    locale: Locale
    words: NullTranslations
    whole: bool
    reviewed: str
    digits: str
    colon: str

    def number(self, number: float) -> str:
        """A number as this language writes it."""
        return self.in_digits(_decimal(number, self.locale))

    def in_digits(self, text: str) -> str:
        """A text with the digits of this language."""
        return text.translate(str.maketrans("0123456789", self.digits)) if self.digits else text

    def word(self, words: str) -> str:
        """What a paper says, in this language, its places still empty; as it is where there is no translation."""
        return self.words.gettext(words)

    def say(self, sentence: str) -> str:
        """A sentence of ours in this language, with its facts; as it is if it is none of ours."""
        if not isinstance(sentence, Worded):
            return sentence
        words = self.words.gettext(sentence.words)
        return (
            words.format(**{name: self._fact(one) for name, one in sentence.facts.items()}) if sentence.facts else words
        )

    def _fact(self, fact: object) -> object:
        if isinstance(fact, str):
            return self.say(fact)
        return self.number(fact) if isinstance(fact, int | float) else fact


class Catalogues:
    """The languages that have a catalogue in a folder, each read when it is first spoken."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.stem: file for file in sorted(folder.glob("*.po"))}
        self._read: dict[str, Tongue] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, English first."""
        return (SOURCE, *self._files)

    def known(self, language: str) -> str | None:
        """The language of ours that a code means: itself, or without what follows the first hyphen; None if none."""
        wanted = {"zh-hant": "zh-hant", "zh-tw": "zh-hant", "zh-hk": "zh-hant"}.get(language.lower(), language)
        for code in (wanted.lower(), wanted.lower().partition("-")[0]):
            if code == SOURCE or code in self._files:
                return code
        return None

    def tongue(self, language: str, staff: bool = False) -> Tongue:
        """A language, or English where there is no catalogue of it, or none of what is said to staff."""
        code = self.known(language) or SOURCE
        if code not in self._read:
            self._read[code] = _tongue(code, read(self._files[code])) if code != SOURCE else ENGLISH
        found = self._read[code]
        return found if found.whole or not staff else self.tongue(SOURCE)

    def wanted(self, accepted: str) -> str:
        """The first of our languages in an Accept-Language header, by its weights (RFC 9110, 12.5.4)."""
        asked = []
        for place, one in enumerate(accepted.split(",")[:40]):
            code, _, rest = one.strip().partition(";")
            weight = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", rest)
            asked.append((-float(weight[1]) if weight else -1.0, place, code.strip()))
        for weight_, _, code in sorted(asked):
            found = self.known(code) if weight_ < 0 else None
            if found is not None:
                return found
        return SOURCE


def locale_of(language: str) -> Locale:
    """Where a language's numbers and dates are found."""
    return Locale.parse(LOCALES.get(language, language))


def read(file: Path) -> Catalog:
    """A catalogue as it stands in its file."""
    with file.open("rb") as opened:
        return read_po(opened, locale=locale_of(file.stem))


def head_of(catalog: Catalog) -> dict[str, str]:
    """What a catalogue's first lines say of it."""
    return dict(_HEAD.findall(catalog.header_comment))


def forms(message: Message) -> tuple[str, ...]:
    """What a message says: one text, or one for each form of the plural; empty ones while it is not translated."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def fits(message: Message) -> bool:
    """Whether every form holds the places and marks of its source, and nothing that would fail where it is filled in.

    A form of the plural may say its number in words.
    """
    if isinstance(message.id, str):
        same = _shape(str(message.string)) == _shape(message.id)
    else:
        there = set(_shape(message.id[1]))
        same = all(set(_shape(one)) <= there for one in forms(message))
    return same and all("%" not in re.sub(_PLACES, "", one) for one in forms(message))


def translated(message: Message) -> bool:
    """Whether a message can be said: every form is there, none is marked as doubtful, and all fit."""
    said = forms(message)
    return not message.fuzzy and bool(said) and all(said) and fits(message)


def _shape(text: str) -> tuple[str, ...]:
    return tuple(sorted(one for one in _PLACES.findall(text) if one not in _LEFT_OUT))


def _tongue(language: str, catalog: Catalog | None) -> Tongue:
    locale = locale_of(language)
    digits = _NATIVE.get(locale.default_numbering_system, "")
    colon = "." if "H.m" in str(locale.datetime_skeletons["Hm"].pattern) else ":"
    if catalog is None:
        return Tongue(language, locale, NullTranslations(), True, "its authors", digits, colon)
    head = head_of(catalog)
    for message in [one for one in catalog if one.id and not translated(one)]:
        catalog.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    whole, reviewed = head.get("Covers") == EVERYTHING, head.get("Reviewed by", NOBODY)
    return Tongue(language, locale, GNUTranslations(compiled), whole, reviewed, digits, colon)


ENGLISH = _tongue(SOURCE, None)
