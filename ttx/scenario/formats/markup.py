"""HTML that other tools keep their texts in, as the Markdown that ours are written in. Nothing of it is executed."""

import re
from html.parser import HTMLParser

LONGEST = 200_000
"""Characters of HTML that are read; a text and its notes hold 16,000."""

_TAG = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|s|a|ul|ol|li|h[1-6]|table|tbody|thead|tr|td|th|img|font|script|style|blockquote"
    r"|hr|pre|code|html|body|head|iframe|object|svg|form|input|button|video|audio|embed|link|meta|sub|sup|small|center"
    r"|figure|figcaption|oembed|mark)\b[^<>]{0,5000}>|<!--",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"<(?![^<>]*>)")
"""A sign that begins no tag. The parser looks for the end of each anew: 20,000 of them took it 24 s."""
_BLOCKS = frozenset(
    ("p", "div", "ul", "ol", "table", "blockquote", "pre", "figure", "h1", "h2", "h3", "h4", "h5", "h6")
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_UNSAID = frozenset(("script", "style", "head", "template"))


def is_markup(text: str) -> bool:
    """Whether a text holds HTML."""
    return _TAG.search(text[:LONGEST]) is not None


def without_markup(text: str) -> tuple[str, list[str]]:
    """The text as Markdown, as far as it is read, and the addresses of the pictures in it. Others stay as they are."""
    if not is_markup(text):
        return text, []
    reading = _Reading()
    reading.feed(_LOOSE.sub("&lt;", _uncommented(text[:LONGEST])))
    reading.close()
    return reading.text(), reading.pictures


def _uncommented(text: str) -> str:
    first, *rest = text.split("<!--")
    return first + "".join(part.partition("-->")[2] if "-->" in part else part for part in rest)


class _Reading(HTMLParser):
    """Writes down what a text says while its tags go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[str] = []
        self.marks: list[str] = []
        self.waiting = ""
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _UNSAID:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
            if tag in ("ul", "ol"):
                self.lists.append(1 if tag == "ol" else None)
            elif tag[0] == "h":
                self.parts.append("#" * int(tag[1]) + " ")
        elif tag == "li":
            number = self.lists[-1] if self.lists else None
            if self.lists and number is not None:
                self.lists[-1] = number + 1
            self.parts.append(f"\n{'  ' * (min(len(self.lists), 8) - 1)}{'-' if number is None else f'{number}.'} ")
        elif tag in ("br", "tr", "hr"):
            self.parts.append("\n" if tag != "hr" else "\n\n")
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        elif tag in _MARKS:
            self.marks.append(_MARKS[tag])
            self.waiting += _MARKS[tag]
        elif tag == "a":
            self.links.append(said.get("href") or "")
        elif tag == "img":
            self.pictures.append((said.get("src") or "")[:200])
            self.parts.append(f" [picture{': ' + str(said['alt'])[:200] if said.get('alt') else ''}] ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSAID:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
        elif tag in _MARKS:
            self.end(_MARKS[tag])
        elif tag == "a" and self.links:
            where = self.links.pop()
            if re.match(r"https?://|mailto:", where):
                self.parts.append(f" ({where[:500]})")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        line = re.sub(r"\s+", " ", data)
        if self.waiting and line.strip():
            bare = line.lstrip()
            line = line[: len(line) - len(bare)] + self.waiting + bare
            self.waiting = ""
        self.parts.append(line)

    def end(self, mark: str) -> None:
        """Ends an emphasis right behind the last word; one that holds no word was never begun."""
        if mark not in self.marks:
            return
        self.marks.remove(mark)
        if self.waiting:
            self.waiting = self.waiting.removesuffix(mark)
            return
        last = self.parts.pop() if self.parts else ""
        bare = last.rstrip()
        self.parts += [bare, mark, last[len(bare) :]]

    def text(self) -> str:
        lines = [re.sub(r"(?<=\S) {2,}", " ", line).rstrip() for line in "".join(self.parts).split("\n")]
        lines = [line.lstrip() if not re.match(r" {2,}(-|\d+\.) ", line) else line for line in lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
