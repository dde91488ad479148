"""What a list says leads on: columns of what comes next, and of which way leads where (`If A go to 5-A`).

A way is taken only where it is plain: all that it names stands later on the same day, and each arm says where it
ends or is one inject long. What is not plain stays in the notes, and is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ttx.scenario.formats.calendar import where
from ttx.scenario.formats.rows import Entry
from ttx.scenario.formats.words import normal

_IF = r"(?:if|when|should|in case|otherwise|else|si|sinon|wenn|falls|sonst|andernfalls|jika|bila|kalau|option|choice)\b"
_PARTS = re.compile(
    rf"\s*(?:[;\n|]|(?<=[\w)])[.,]\s+(?={_IF})|\s(?:and|or|et|y|und|dan)\s+(?={_IF}))\s*", re.IGNORECASE
)
_ONWARD = (
    r"go(?:es)?\s*to|goto|moves?(?: on)? to|proceeds? to|continues? (?:to|with|at)|jumps? to|skips? to|leads? to"
    r"|(?:ir|vaya|pase|pasar|continuar|ve) (?:al?|con)(?: el)?|(?:aller|allez|passer|passez|continuer) (?:[aà]u?|avec)"
    r"|(?:geht? |gehen )?weiter (?:mit|zu|bei|in)|gehe? zu|lanjut ke"
)
_GO = rf"(?:→|->|=>|➔|➜|►|>|:|=|\b(?:{_ONWARD}|release|play|issue|use|ke)(?!\w))"
_JUST_ON = re.compile(
    rf"(?:→|->|=>|➔|➜|►|>|(?:then|puis|ensuite|luego|dann|danach)?\s*(?:{_ONWARD})(?!\w))\s*(?P<target>.{{1,40}})",
    re.IGNORECASE,
)
"""Goes on, and on no condition: `weiter mit 7`."""
_LEADS_BY_NUMBER = re.compile(
    rf"\b{_IF}.{{0,200}}?\b(?:{_ONWARD})(?!\w)[^\d\n]{{0,20}}\d[\w-]{{0,6}}\s*(?:$|[.,;:!?)]|\b(?:and|or|und|oder|et|ou|y|o)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Says where it goes on and when; `if the swell continues to 4 metres` does not."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_WAY = re.compile(rf"(?P<label>.*?\S)\s*[,:–-]?\s*(?:\bthen\s+)?{_GO}\s*(?P<target>.{{1,40}})", re.IGNORECASE)
_AFTER = re.compile(rf"(?P<target>[^\s(]{{1,20}})\s*[(:,–-]?\s*(?P<label>{_IF}.+?)\)?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:to\s+)?(?:the\s+)?(?:inject|event|serial|item|step|msel|message|row|no|nr|inyecto|evento|incident)s?\b[\s.#:°º]*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:the )?(?:end|ends|end ?ex|stop|finish|fin|finex|selesai)(?: of .{1,20})?", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:,|/|&|\+|\band\b|\bor\b|\bet\b|\bou\b|\by\b|\bo\b|\bdan\b|\batau\b)\s*", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:or|ou|o|atau)\b|(?<=\s)/(?=\s)", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"[\s,:–-]*\b(?:then )?(?:next|go(?:es)? to|goto|leads? to|jumps? to|branch(?:es)? to|branching|followed by"
    r"|follow on|target|inject|event|step|serial|suivant|suite|puis|après|ensuite|siguiente|después|luego|danach|weiter"
    r"|nächste[rs]?|folgt|selanjutnya|berikutnya)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""What a header says that is no more than that something follows."""
_ON_IF = re.compile(rf"\b{_IF}\s.+", re.IGNORECASE)
_LONGEST = 2_000
_MOST_LOST = 0.3
"""The share of a day's injects that may be left without a way; beyond it the columns are not what they seem."""


@dataclass(slots=True)
class Leads:
    """What leads on, by the identity of an entry: the ways out of a decision, each with its label, and what follows.

    An empty list of `follows` ends the day. `joined` are those that something else leads to than a decision, `lost` are
    entries that nothing leads to any more, `unclear` those whose cells say something that was not taken. `sentences`
    are those of the text delegates read that say which way leads where: a facilitator's, not theirs.
    """

    ways: dict[int, list[tuple[str, Entry]]] = field(default_factory=dict)
    follows: dict[int, list[Entry]] = field(default_factory=dict)
    joined: frozenset[int] = frozenset()
    lost: list[Entry] = field(default_factory=list)
    unclear: list[Entry] = field(default_factory=list)
    sentences: dict[int, str] = field(default_factory=dict)


def without(text: str, sentences: str) -> str:
    """A text without these of its sentences; the whole where nothing would be left of it."""
    left = text
    for sentence in sorted(_sentences(sentences), key=len, reverse=True):
        left = left.replace(sentence, "")
    left = re.sub(r"[^\S\n]{2,}", " ", re.sub(r"\n\s*\n\s*", "\n\n", left)).strip()
    return left or text


def leads(entries: Sequence[Entry], reserve: frozenset[int]) -> Leads:
    """What leads on in a day, whose entries stand in their order. `reserve` are those that stand on no path."""
    found = Leads()
    known = _Numbers(entries)
    place = {id(entry): at for at, entry in enumerate(entries)}
    for entry in entries:
        said = _Said(entry, known)
        after = [target for _, target in said.ways] + said.plain
        if said.sentences:
            found.sentences[id(entry)] = " ".join(said.sentences)
        if not said.anything:
            continue
        ahead = all(place[id(target)] > place[id(entry)] for target in after)
        if ahead and len({id(target) for _, target in said.ways}) == len(said.ways) > 1 and not said.plain:
            found.ways[id(entry)] = said.ways
        elif ahead and not said.ways and (len(said.plain) == 1 or (said.ends and not said.plain)):
            found.follows[id(entry)] = said.plain
        elif said.sure:
            found.unclear.append(entry)
        if said.unread and entry not in found.unclear:
            found.unclear.append(entry)
    for ident, ways in list(found.ways.items()):
        if not _whole(ways, entries, place, found):
            del found.ways[ident]
            found.unclear.append(entries[place[ident]])
    _reach(found, entries, reserve)
    found.joined = frozenset(id(one) for after in found.follows.values() for one in after)
    return found


class _Numbers:
    """Entries by the numbers that a list gives them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.exact: dict[str, list[Entry]] = {}
        self.loose: dict[str, list[Entry]] = {}
        for entry in entries:
            said = entry.text("id").split("\n")[0]
            self.exact.setdefault(_key(said), []).append(entry)
            self.loose.setdefault(_bare(said), []).append(entry)

    def find(self, text: str) -> Entry | None:
        """The one entry of this number, however it is spelt; None where there is none, or more than one."""
        said = _NUMBERED.sub("", text.strip(), count=1).strip(" .,:;#()[]\"'")
        for held in (self.exact.get(_key(said)), self.loose.get(_bare(said))):
            if said and held is not None and len(held) == 1:
                return held[0]
        return None


def _key(text: str) -> str:
    return re.sub(r"[\s#]", "", text.casefold()).lstrip("0")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold()).lstrip("0") or "-"


class _Said:
    """What the cells of one entry say leads on."""

    def __init__(self, entry: Entry, known: _Numbers) -> None:
        self.known = known
        self.ways: list[tuple[str, Entry]] = []
        self.plain: list[Entry] = []
        self.ends = self.unread = False
        self.sentences: list[str] = []
        for header, text in entry.leads:
            self.column(entry, header, text)
        if not entry.leads:
            self.told(entry)
        self.sure = bool(entry.leads or self.sentences)
        if len(self.ways) > 1 and len({id(target) for _, target in self.ways}) == 1 and not self.plain:
            self.ways, self.plain = [], [self.ways[0][1]]

    @property
    def anything(self) -> bool:
        """Whether anything is said of it."""
        return bool(self.ways or self.plain or self.ends or self.unread)

    def column(self, entry: Entry, header: str, text: str) -> None:
        """A cell of a column that says what comes next."""
        label = " ".join(_FOLLOWS.sub("", header).split())
        if not label and (said := _ON_IF.search(header)):
            label = said[0]
        for part in _parts(text):
            if _ENDS.fullmatch(part.strip(" .")):
                self.ends = True
            elif (target := self.known.find(part)) is not None or (target := self.onward(part)) is not None:
                if label and not (len(entry.leads) == 1 and self.onward(part) and not _ON_IF.search(header)):
                    self.way(_of(entry, label), target)
                else:
                    self.plain.append(target)
            elif (way := self.labelled(part)) is not None:
                self.way(*way)
            elif not self.several(part):
                self.unread = True

    def several(self, part: str) -> bool:
        """`3 or 4` are two ways that nobody has named; `3, 4` may be one after the other, which is not plain."""
        found = [target for piece in _SEVERAL.split(part) if (target := self.known.find(piece)) is not None]
        if len(found) < 2 or len(found) != len(_SEVERAL.split(part)):
            return False
        if _EITHER.search(part):
            for target in found:
                self.way("", target)
        else:
            self.plain += found
        return True

    def told(self, entry: Entry) -> None:
        """A text that says in so many words which way leads where: `If they refuse, go to inject 4.`

        Of the text that delegates read, what could not be taken is told too: it is no sentence for them.
        """
        for text in _texts(entry):
            ways = [way for part in _parts(text) if re.match(_IF, part, re.IGNORECASE)
                    and (way := self.labelled(part)) is not None]  # fmt: skip
            if len(ways) > 1:
                for way in ways:
                    self.way(*way)
                break
        for sentence in _sentences(entry.text("text")):
            if _LEADS_BY_NUMBER.search(sentence):
                self.sentences.append(sentence)
                self.unread = self.unread or not self.ways
            elif not self.ways and (target := self.onward(sentence)) is not None:
                self.sentences.append(sentence)
                self.plain.append(target)

    def onward(self, part: str) -> Entry | None:
        """What a part leads to that says no more than that it goes on there."""
        match = _JUST_ON.fullmatch(part.strip(" ."))
        return self.known.find(match["target"]) if match else None

    def labelled(self, part: str) -> tuple[str, Entry] | None:
        for pattern in (_WAY, _AFTER):
            if (match := pattern.fullmatch(part.strip(" ."))) and (target := self.known.find(match["target"])):
                return match["label"].strip(" ,:.-–"), target
        return None

    def way(self, label: str, target: Entry) -> None:
        bare = re.sub(r"(?i)^(?:if|when|si|jika|bila|kalau)\s+", "", label).strip()
        title = (target.text("title") or target.text("text")).split("\n")[0].strip()
        if len(bare) < 3:
            bare = f"{bare}: {title}".removeprefix(": ")
        self.ways.append((bare[:1].upper() + bare[1:], target))


def _parts(text: str) -> list[str]:
    """What a text says one by one. One that is too long to be a way is not looked at: a pattern would take minutes."""
    if len(text) > _LONGEST:
        return [text[:1]]
    return [part for part in map(str.strip, _PARTS.split(re.sub(r"[^\S\n]+", " ", text))) if part]


def _of(entry: Entry, label: str) -> str:
    """What an entry says under this label: `Option A` beside `Option A next`; else the label."""
    return next((text for header, text in entry.notes if normal(header) == normal(label)), label)


def _sentences(text: str) -> list[str]:
    return [] if len(text) > _LONGEST else [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _texts(entry: Entry) -> Iterator[str]:
    for name in ("expected", "questions", "text"):
        if text := entry.text(name):
            yield text
    yield from (text for _, text in entry.notes)


def _whole(ways: Iterable[tuple[str, Entry]], entries: Sequence[Entry], place: dict[int, int], found: Leads) -> bool:
    """Whether each arm but the last is one inject long, or says where it leads."""
    starts = sorted(place[id(target)] for _, target in ways)
    return all(
        later == start + 1 or id(entries[later - 1]) in found.follows or id(entries[later - 1]) in found.ways
        for start, later in pairwise(starts)
    )


def not_plain(entry: Entry, sentences: str) -> str:
    """What is said of an entry whose cells, or `sentences` of its text, lead on in a way that was not taken."""
    cells = "; ".join(" ".join(text.split()) for _, text in entry.leads)
    says, stands = (cells, "stands in the notes") if cells else (sentences, "still stands in what delegates read")
    if not says:
        says, stands = "its text", "stands in the notes"
    return (
        f"{where(entry.sheet, entry.row)}: what comes next is not plain ('{says[:120]}'); it {stands}, nothing was led "
        "anywhere by it, and the story goes on in the list's order."
    )


def _reach(found: Leads, entries: Sequence[Entry], reserve: frozenset[int]) -> None:
    """Finds what nothing leads to; where that is much, nothing of what was said is taken."""
    if not found.ways and not found.follows:
        return
    heads = {id(target) for ways in found.ways.values() for _, target in ways}
    path = [entry for entry in entries if id(entry) not in reserve or id(entry) in heads]
    reached: set[int] = set()
    waiting = path[:1]
    while waiting:
        entry = waiting.pop()
        if id(entry) in reached:
            continue
        reached.add(id(entry))
        after = path[path.index(entry) + 1 :] if entry in path else []
        on = next((one for one in after if id(one) not in heads), None)
        if id(entry) in found.ways:
            waiting += [target for _, target in found.ways[id(entry)]]
        elif id(entry) in found.follows:
            waiting += found.follows[id(entry)]
        elif on is not None:
            waiting.append(on)
    found.lost = [entry for entry in path if id(entry) not in reached]
    if len(found.lost) > _MOST_LOST * len(path):
        said = {*found.ways, *found.follows}
        found.unclear += [entry for entry in entries if id(entry) in said and entry not in found.unclear]
        found.ways, found.follows, found.lost = {}, {}, []
