"""Whether a password is among the first that somebody tries, however long it is (NIST SP 800-63B-4, 3.1.1.2).

Lists of frequent passwords hold few of 15 characters and more. What those few are made of is taken out of a password
here, and so are the names that are known in the house; then something has to be left.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

MIN_SIGNS = 6
"""Different letters and signs that are left of a password without all that everybody guesses."""
SHORTEST_RUN = 4
"""Neighbours of the alphabet, of the digits or of a keyboard's row that make a run."""
SHORTEST_PERIOD = 15
"""Signs after which a password may begin anew."""

_WORDS = """
    password passphrase passwort kennwort motdepasse contraseña senha wachtwoord parola sandi
    secret letmein welcome welkom willkommen bienvenue changeme changeit default temporary temp private
    administrator admin root login logon guest user username test testing demo sample example
    iloveyou iloveu loveyou love baby angel princess sunshine rainbow flower butterfly sweetheart darling
    monkey dragon tiger lion eagle panther dolphin kitty puppy chicken turtle
    football soccer baseball basketball hockey tennis cricket rugby golf
    liverpool chelsea arsenal barcelona realmadrid manchester united juventus
    superman batman spiderman pokemon starwars starwar naruto minecraft fortnite
    michael jordan ashley jessica jennifer charlie thomas daniel robert george maria muhammad
    master shadow freedom whatever trustno hello goodbye access killer hunter ranger ninja samurai
    mustang ferrari mercedes porsche harley yamaha toyota
    cookie chocolate cheese banana orange purple yellow silver golden diamond
    jesus christ heaven blessed faith allah buddha
    spring summer autumn winter january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    google facebook microsoft windows linux apple samsung iphone android
    computer internet server system network wireless wifi router database
    company office security support manager service department
    tabletop exercise exercises facilitator director delegation delegate evaluator analyst scenario rapporteur
    ministry minister government nations conference workshop meeting plenary simulation
    ttx abc asdf qaz
"""
WORDS = tuple(_WORDS.split())
"""What frequent passwords are made of, and the words of this field. Whole sentences follow."""
SENTENCES = (
    "correct horse battery staple", "the quick brown fox jumps over the lazy dog", "to be or not to be",
    "may the force be with you", "let me in please", "this is my password", "open sesame",
)  # fmt: skip
ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl"),
    *("qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"),
    *("qazwsxedcrfvtgbyhnujm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)
DISGUISES = str.maketrans("@4831!05$7", "aabeiiosst")
"""Signs that people put in the place of a letter."""


def guessable(plain: str, names: Iterable[str] = ()) -> bool:
    """Whether too little is left of a password. `names`: the account's own, and what exercises here are called."""
    text = unicodedata.normalize("NFKC", plain).casefold()
    known = _known(names)
    undisguised = _without_runs(text).translate(DISGUISES)
    return _repeats(text) or any(len(_left(one, known)) < MIN_SIGNS for one in (text, undisguised))


def _known(names: Iterable[str]) -> list[str]:
    """All that is taken out, longest first, sentences and titles with and without their blanks."""
    said = {name.casefold() for name in names}
    parts = {part for name in said for part in re.findall(r"\w+", name) if len(part) > 3}
    whole = {*said, *SENTENCES}
    return sorted({*WORDS, *parts, *whole, *("".join(one.split()) for one in whole)} - {""}, key=len, reverse=True)


def _left(text: str, known: Iterable[str]) -> set[str]:
    for word in known:
        text = text.replace(word, " ")
    text = re.sub(r"(19|20)\d\d", " ", _without_runs(text))
    return set("".join(text.split()))


def _without_runs(text: str) -> str:
    """A text without its runs of neighbours and of one sign."""
    for row in ROWS:
        for way in (row, row[::-1]):
            for run in _runs(text, way):
                text = text.replace(run, " ")
    return re.sub(r"(.)\1\1+", " ", text)


def _runs(text: str, row: str) -> Iterator[str]:
    """The runs of a row in a text, longest first."""
    found, at = [], 0
    while at < len(text):
        end = at + 1
        while end < len(text) and text[at : end + 1] in row:
            end += 1
        if end - at >= SHORTEST_RUN:
            found.append(text[at:end])
        at = end
    return iter(sorted(found, key=len, reverse=True))


def _repeats(text: str) -> bool:
    """Whether it is one short thing over and over."""
    signs = "".join(text.split())
    period = (signs + signs).find(signs, 1)
    return 0 < period < min(SHORTEST_PERIOD, len(signs))
