"""Languages as a page tells them: what they are called, which way they run, the attributes of a text in one."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
"""How a language's code is written; the same as `scenario.model.Language`."""
KNOWN = (
    *("ar", "bn", "de", "dv", "es", "fa", "fil", "fr", "hi", "id", "it", "ja", "km", "ko", "lo", "mn", "ms", "my"),
    *("ne", "nl", "ps", "pt", "ru", "si", "sw", "ta", "tet", "th", "tr", "uk", "ur", "vi", "zh"),
)
"""Languages that are offered by name to somebody who translates. Any other is taken by its code."""


@lru_cache(maxsize=256)
def name_of(language: str, spoken: str = "en") -> str:
    """What a language is called in another one, such as Arabic for `ar`; its code if that is not known."""
    locale = _locale(language)
    return (locale.get_display_name(spoken) if locale is not None else None) or language


@lru_cache(maxsize=256)
def own_name(language: str) -> str:
    """What a language calls itself; its code if that is not known."""
    locale = _locale(language)
    return (locale.get_display_name() if locale is not None else None) or language


def code_of(typed: str) -> str | None:
    """The code of a language that somebody typed by its code, its English name or its own; None if it is not known."""
    wanted = typed.strip().casefold()
    for code in KNOWN:
        if wanted in (code, name_of(code).casefold(), own_name(code).casefold()):
            return code
    return typed.strip() if CODE.fullmatch(typed.strip()) and _locale(typed.strip()) is not None else None


@lru_cache(maxsize=16)
def choices(*more: str) -> tuple[tuple[str, str], ...]:
    """Languages to choose from, as code and English name with its own: those of two letters, what is offered, and
    these."""
    named = {code: name for code, name in Locale("en").languages.items() if len(code) == 2 or code in KNOWN}
    told = {code: f"{name} ({own_name(code)})" if code in KNOWN else name for code, name in named.items()}
    told |= {code: name_of(code) for code in more if code not in told and _locale(code) is not None}
    return tuple(sorted(told.items(), key=lambda one: one[1]))


@lru_cache(maxsize=256)
def menu_name(language: str) -> str:
    """What a language calls itself where it stands by itself in a list."""
    name = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "zh": "简体中文", "zh-hant": "繁體中文"}.get(language)
    name = name or own_name(language)
    return name[:1].upper() + name[1:]


def tag(language: str) -> str:
    """What a page written in this language says of itself: with the script, where a browser would have to guess it."""
    return {"zh": "zh-Hans", "zh-hant": "zh-Hant"}.get(language, language)


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """Which way a language is written: rtl or ltr."""
    locale = _locale(language)
    return "rtl" if locale is not None and locale.character_order == "right-to-left" else "ltr"


@lru_cache(maxsize=256)
def tongue(language: str | None) -> Markup:
    """The attributes of an element that holds a text of this language.

    Its letters decide the way, since people write Arabic into an English scenario; but what is written from right to
    left stays so where it begins with a foreign name.
    """
    if language is None:
        return Markup(' dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(language, "rtl" if direction(language) == "rtl" else "auto")


def _locale(language: str) -> Locale | None:
    for name in (language, language.partition("-")[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
