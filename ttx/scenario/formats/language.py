"""The language that a list is written in: by its script where that tells, else by its small words."""

import re
from collections.abc import Iterable

from ttx.scenario.formats.words import normal

_SCRIPTS = {
    "ar": "\u0600-\u06ff", "th": "\u0e00-\u0e7f", "lo": "\u0e80-\u0eff", "my": "\u1000-\u109f", "km": "\u1780-\u17ff",
    "ko": "\uac00-\ud7af", "ja": "\u3040-\u30ff", "zh": "\u4e00-\u9fff", "hi": "\u0900-\u097f", "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff", "si": "\u0d80-\u0dff", "ru": "\u0400-\u04ff",
    "vi": "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữự",
}  # fmt: skip
"""The signs that only texts of one language have among those read here. Several languages share Arabic script."""
_LETTERS = {language: re.compile(f"[{signs}]") for language, signs in _SCRIPTS.items()}
_PERSIAN = re.compile("[پچژگکی]")
_STOPS = {
    "en": {"the", "and", "of", "to", "is", "for", "with"},
    "fr": {"le", "la", "les", "des", "et", "un", "une", "est", "dans", "pour", "du", "au", "aux", "sur", "par", "pas"},
    "es": {"el", "los", "las", "del", "una", "para", "con", "por"},
    "pt": {"os", "uma", "não", "em", "do", "da", "dos", "das", "com", "ao"},
    "it": {"il", "gli", "della", "alla", "dalla", "nel", "di", "che", "per", "con", "sono", "una"},
    "de": {
        "der",
        "die",
        "das",
        "und",
        "ist",
        "ein",
        "eine",
        "mit",
        "auf",
        "von",
        "den",
        "dem",
        "des",
        "im",
        "zum",
        "zur",
        "nach",
        "vor",
        "wird",
        "werden",
        "nicht",
        "fur",
        "uber",
    },
    "tr": {"ve", "bir", "bu", "icin", "ile", "olan", "da", "de"},
    "id": {"yang", "dan", "di", "dari", "untuk", "dengan", "pada", "ini"},
}

_MARKS = {"de": "äöüß", "fr": "èêëçàùœ", "es": "ñ¿¡", "pt": "ãõ", "tr": "ğşı"}
"""Letters that say as much as a small word."""
NAMES = {
    "ar": "Arabic", "bn": "Bangla", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "km": "Khmer", "ko": "Korean", "lo": "Lao",
    "my": "Burmese", "pt": "Portuguese", "ru": "Russian", "si": "Sinhala", "ta": "Tamil", "th": "Thai",
    "tr": "Turkish", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""What the languages that are told apart here are called."""


def language_of(texts: Iterable[str]) -> str:
    """Its code; English where nothing tells."""
    text = " ".join(texts)[:20_000]
    letters = max(1, sum(map(str.isalpha, text)))
    for language, signs in _LETTERS.items():
        needed = 0.03 if language == "vi" else 0.05 if language == "ja" else 0.3
        if len(signs.findall(text)) > needed * letters:
            return "fa" if language == "ar" and len(_PERSIAN.findall(text)) > 0.05 * letters else language
    words = normal(text).split()
    counts = {language: sum(word in stops for word in words) for language, stops in _STOPS.items()}
    for language, marks in _MARKS.items():
        counts[language] += sum(
            not marks_.isdisjoint(word) for word in text.casefold().split() if (marks_ := set(marks))
        )
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] > 1.5 * counts["en"] else "en"
