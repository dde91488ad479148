"""What injects refer to by a code or a name: objectives, capabilities, storylines. One id for each."""

import re
from collections.abc import Sequence
from typing import Any

from ttx.scenario.formats.columns import filled, shown
from ttx.scenario.formats.entries import counted, lines_of
from ttx.scenario.formats.sheets import Sheet
from ttx.scenario.formats.words import empty, normal, plain

_CODE = re.compile(
    r"(?:(?:exercise |training |core )?(?:obj(?:ective)?s?|objectifs?|objetivos?|cap(?:ability)?|goal|aim)\.?)?\s*"
    r"(?:nos?\.?\s*)?#?\s*([A-Z]{0,4}-?\d{1,2}(?:\.\d{1,2})?[a-z]?)",
    re.IGNORECASE,
)


class Register:
    """Names by id. `letter` begins the ids that are made: O1, C4."""

    def __init__(self, letter: str, word: str) -> None:
        self.letter, self.word = letter, word
        self.plural = re.sub(r"ys$", "ies", f"{word}s".casefold())
        self.named: dict[str, dict[str, str]] = {}
        self.coded: dict[str, str] = {}
        self.by_name: dict[str, str] = {}
        self.unnamed: list[str] = []

    def known(self, sheet: Sheet) -> bool:
        """Takes the names that a sheet of codes and names gives; whether it gave any."""
        pairs = []
        for row in sheet.rows:
            texts = [shown(cell) for cell in row.cells if filled(cell)]
            code = next((match[1] for text in texts[:2] if (match := _CODE.fullmatch(text.strip()))), None)
            name = next((text for text in texts if len(text) > 5 and not _CODE.fullmatch(text.strip())), None)
            if code and name:
                pairs.append((code, name))
        for code, name in pairs:
            self._coded(code, name)
        return bool(pairs)

    def ids(self, text: str) -> list[str]:
        """The ids that a cell names, by codes (`Obj 1, 3`) or in words."""
        codes = [part.strip(" .") for part in re.split(r"\s*(?:[,;/&\n|]|\band\b|\bet\b|\by\b|\bdan\b)\s*", text)]
        codes = [code for code in codes if code]
        if codes and all(_CODE.fullmatch(code) for code in codes):
            return list(dict.fromkeys(self._coded(_code(code)) for code in codes))
        if pairs := _numbered(text):
            return list(dict.fromkeys(self._counted(code, name) for code, name in pairs))
        found = []
        for item in self._items(text):
            match = re.match(rf"{_CODE.pattern}\s*(?:[.:)–-]+\s*|\s{{2,}})(\S.*)", item, re.IGNORECASE | re.DOTALL)
            if match and (match[1][-1:].isdigit() or match[1][-1:].isalpha()) and len(match[2]) > 3:
                found.append(self._coded(match[1], match[2]))
            else:
                found.append(self._worded(item))
        return list(dict.fromkeys(found))

    def _counted(self, code: str, name: str) -> str:
        """The id of a name that a cell counts. The number is its code, unless that is another's already."""
        known = self.coded.get(code)
        if normal(name) in self.by_name or (known is not None and known not in self.unnamed):
            return self._worded(name)
        return self._coded(code, name)

    def _items(self, text: str) -> list[str]:
        items = [part for item in lines_of(text) for part in re.split(r"\s*[;|]\s*", item) if part.strip()]
        if len(items) == 1 and self.letter != "O" and ", and " not in items[0]:
            parts = [part.strip() for part in items[0].split(",")]
            if len(parts) > 1 and all(part[:1].isupper() and len(part) > 3 for part in parts):
                items = parts
        return [item for item in items if not empty(item)]

    def add(self) -> str:
        """The first there is; where there is none, one that is still to be named."""
        if not self.named:
            self.named[f"{self.letter}1"] = {"name": f"{self.word} 1 (to be named)"}
        return next(iter(self.named))

    def _coded(self, code: str, name: str | None = None) -> str:
        key = normal(code).replace(" ", "")
        key = re.sub(r"^(obj|objective|cap|capability)(?=\d)", "", key)
        ident = self.coded.get(key) or self.coded.get(key.removeprefix(self.letter.casefold()))
        if ident is None:
            ident = re.sub(r"[^A-Za-z0-9_-]", "-", code.strip())
            ident = ident if ident[:1].isalpha() else f"{self.letter}{ident}"
            ident = self._free(ident[:40])
            self.coded[key] = ident
            self.named[ident] = {"name": f"{self.word} {code}"}
            self.unnamed.append(ident)
        if name and ident in self.unnamed:
            self.unnamed.remove(ident)
            self.named[ident] = _named(name)
            self.by_name.setdefault(normal(name), ident)
        return ident

    def _worded(self, name: str) -> str:
        key = normal(name)
        if key not in self.by_name:
            ident = self._free(f"{self.letter}{len(self.named) + 1}")
            self.by_name[key] = ident
            self.named[ident] = _named(name)
        return self.by_name[key]

    def _free(self, ident: str) -> str:
        wanted, number = ident, 2
        while wanted in self.named:
            wanted, number = f"{ident[:36]}-{number}", number + 1
        return wanted


def _numbered(text: str) -> list[tuple[str, str]]:
    """Numbers and names in a cell that counts them all: `1. Coordination; 2. Information`; none where it does not."""
    parts = [part.strip(" ;") for line in text.split("\n") for part in counted(line)]
    found = [re.fullmatch(r"\(?(\d{1,2})[.)]\s+([^\W\d_].{3,})", part) for part in parts if part]
    return [(match[1], match[2]) for match in found if match] if all(found) else []


def _code(text: str) -> str:
    match = _CODE.fullmatch(text)
    return match[1] if match else text


def _named(name: str) -> dict[str, str]:
    """A name of at most 200 characters; where it was longer, the whole of it is what is said about it."""
    name = " ".join(name.split())
    if len(name) <= 200:
        return {"name": name}
    cut = name[:197].rsplit(" ", 1)[0]
    return {"name": f"{cut}...", "about": name[:8000]}


def helper(sheet: Sheet) -> str | None:
    """Whether a sheet gives the names of objectives or of capabilities, by its own name."""
    words = plain(sheet.name)
    if re.search(r"OBJECTI|OBJETIVO|\bOBJS?\b|TUJUAN|SASARAN", words):
        return "objectives"
    return "capabilities" if re.search(r"CAPABILIT|CAPACI|KAPABILITAS|\bCAPS\b", words) else None


def as_data(register: Register) -> dict[str, Any]:
    """The register as a scenario holds it."""
    return dict(register.named)


def told(registers: Sequence[Register]) -> list[str]:
    """A sentence for each register some of whose entries have a code and no name."""
    return [
        f"{', '.join(register.unnamed)}: only the code is known; name {'it' if len(register.unnamed) == 1 else 'them'} "
        f"under {register.plural}."
        for register in registers
        if register.unnamed
    ]
