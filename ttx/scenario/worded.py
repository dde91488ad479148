"""A sentence that remembers what it was made of, so that it can be said in another language where it is shown.

Nothing here knows a language: the words are English and their own key. `ttx words` finds what stands in `worded()`.
"""

from collections.abc import Mapping
from types import MappingProxyType


class Worded(str):
    """An English sentence, with the words it was made of and the facts in them. A fact may be another one."""

    words: str
    facts: Mapping[str, object]


def worded(words: str, /, **facts: object) -> Worded:
    """A sentence that a delegate or evaluator may meet: `worded("{gap} reads like this already.", gap=gap.name)`.

    The words are a literal where it is called, since that is how they are found for those who translate. Without facts
    braces mean nothing.
    """
    made = Worded(words.format(**facts) if facts else words)
    made.words, made.facts = words, MappingProxyType(facts)
    return made
