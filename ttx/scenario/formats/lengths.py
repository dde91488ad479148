"""Making texts fit a scenario's limits: what is cut off goes somewhere else, and where it went is said."""

import re
from collections.abc import Iterable

from ttx.scenario.findings import listed

LINE = 200
PROSE = 8000


def shortened(text: str, most: int = LINE) -> str:
    """A text on one line, cut between words where it is longer than this."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line or "?"
    cut = line[: most - 3].rsplit(" ", 1)[0]
    return f"{cut if len(cut) > most // 2 else line[: most - 3]}..."


def divided(text: str, most: int = LINE) -> list[str]:
    """A text as lines of at most this length, divided between sentences or else between words."""
    lines: list[str] = []
    line = ""
    for sentence in re.split(r"(?<=[.!?;:])\s+", " ".join(text.split())):
        for word in [sentence] if len(sentence) <= most else sentence.split(" "):
            while len(word) > most:
                word, rest = word[:most], word[most:]
                lines += [line, word] if line else [word]
                line, word = "", rest
            if len(line) + 1 + len(word) > most:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
    return [one for one in [*lines, line] if one]


class Fitting:
    """Cuts texts and remembers what went where."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.cut: dict[str, list[str]] = {}

    def line(self, text: str, ident: str, what: str, notes: list[str]) -> str:
        """A line of at most 200 characters; the whole of a longer one goes into the notes."""
        line = " ".join(text.split())
        if len(line) > LINE:
            notes.append(f"**{what.capitalize()}:** {line}")
            self.cut.setdefault(
                f"The {what} is longer than {LINE} characters; the whole of it stands in the notes", []
            ).append(ident)
            return shortened(line)
        return line

    def text(self, text: str, ident: str, notes: list[str]) -> str:
        """A text of at most 8,000 characters; what is over goes into the notes."""
        text = text.strip()
        if len(text) <= PROSE:
            return text
        cut = _between_words(text, PROSE - 3)
        notes.append(f"**Text, continued:** {text[len(cut) :].strip()}")
        self.cut.setdefault(f"The text is longer than {PROSE:,} characters; its end stands in the notes", []).append(
            ident
        )
        return f"{cut.rstrip()}..."

    def notes(self, parts: Iterable[str], ident: str) -> str:
        """Notes of at most 8,000 characters; what is over is lost, and told."""
        text = "\n\n".join(part.strip() for part in parts if part.strip())
        if len(text) <= PROSE:
            return text
        cut = _between_words(text, PROSE - 3)
        self.lost.append(
            f"{ident}: {len(text) - len(cut):,} characters of notes did not fit into {PROSE:,}, from "
            f"'{' '.join(text[len(cut) :].split())[:60]}' on."
        )
        return f"{cut.rstrip()}..."

    def moved(self) -> list[str]:
        """A sentence for each way in which texts were cut."""
        return [f"{sentence}: {listed(idents, most=8)}." for sentence, idents in self.cut.items()]


def _between_words(text: str, most: int) -> str:
    cut = text[:most]
    space = max(cut.rfind(" "), cut.rfind("\n"))
    return cut[:space] if space > most // 2 else cut
