"""The Jinja environment: where templates are, how times and texts are written, in which language."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path

import nh3
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ttx.pages import tongues
from ttx.pages.catalogues import ENGLISH, Catalogues, Tongue
from ttx.pages.fitting import brief, step
from ttx.scenario.lettering import apart
from ttx.scenario.model import Scenario
from ttx.scenario.phrasing import labels, phrase

DELEGATES = frozenset({
    "tablet.html", "evaluator.html", "rapporteur.html", "plenary.html", "join.html", "waiting.html", "recap.html",
    "error.html", "trust.html", "manual.html", "seats.html", "record.html", "feedback.html", "named.html",
})  # fmt: skip
"""The pages a delegation and the hall see: these, and the regions of `ON_THEM`, are written in every language. Those of
staff are in English until a catalogue covers them, since half a console in Thai helps nobody."""
ON_THEM = frozenset({"tablet", "evaluator", "rapporteur", "plenary"})

_SPOKEN: ContextVar[Tongue] = ContextVar("spoken", default=ENGLISH)
"""The language that is being written. A macro that is imported has no other way to know."""

_TAGS = {"p", "strong", "em", "ul", "ol", "li", "blockquote", "br", "code", "h3", "h4", "hr", "table", "thead",
         "tbody", "tr", "th", "td"}  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """A scenario's text as HTML: paragraphs, lines, lists, tables and emphasis. No links, pictures or attributes, since
    whatever is fetched from elsewhere would tell that place who is reading."""
    return Markup(nh3.clean(_MARKDOWN.render(text), tags=_TAGS, attributes={}))


@lru_cache(maxsize=4)
def release_of(static: Path) -> str:
    """The name of what this folder holds when it is first asked for: 12 hexadecimal digits over names and contents."""
    digest = hashlib.sha256()
    for file in sorted(one for one in static.rglob("*") if one.is_file()):
        digest.update(file.relative_to(static).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


class Pages:
    """Renders templates. `zone` is the time zone of the room, in which every clock time is written."""

    def __init__(self, templates: Path, static: Path, zone: tzinfo | None = None) -> None:
        self.zone = zone
        self.static = static
        self.release = release_of(static)
        self.catalogues = Catalogues(templates.parent / "translations")
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # else each piece of each region asks the disk whether it changed
            extensions=["jinja2.ext.do"],
        )
        self._environment.filters |= {
            "apart": apart,
            "brief": brief,
            "clock": self.clock,
            "day": self.day,
            "hhmm": lambda at: f"{at.astimezone(self.zone):%H:%M}",
            "iso": lambda at: at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "ms": lambda at: int(at.timestamp() * 1000),
            "markdown": markdown,
            "moment": self.moment,
            "number": lambda number: _SPOKEN.get().number(number),
            "language_name": lambda language: tongues.name_of(language, str(_SPOKEN.get().locale)),
            "own_name": tongues.own_name,
            "say": lambda sentence: _SPOKEN.get().say(sentence),
            "step": step,
            "tongue": tongues.tongue,
        }
        self._environment.globals |= {
            "_": _said,
            "in_words": _in_words,
            "languages_known": tongues.choices,
            "ngettext": _counted,
            # What a region says of languages, where it is drawn outside an exercise.
            "tongue": lambda address: tongues.tongue(None),
            "provenance": None,
            "pictures": "",
            "spoken": tuple((one, tongues.tag(one), tongues.menu_name(one)) for one in self.catalogues.languages),
        }

    def static_url(self, path: str) -> str:
        """A static file's address, which changes with every release so that it may be cached for ever."""
        return f"/static/{self.release}/{path}"

    def clock(self, at: datetime) -> str:
        """A time of day in the room's zone, as 10:42, in the digits of the language that is being written."""
        spoken = _SPOKEN.get()
        here = at.astimezone(self.zone)
        return spoken.in_digits(f"{here:%H}{spoken.colon}{here:%M}")

    def day(self, on: date) -> str:
        """A date, as 22 Nov 2026."""
        spoken = _SPOKEN.get()
        return spoken.in_digits(format_date(on, "medium", spoken.locale))

    def moment(self, at: datetime) -> str:
        """A date and time in the room's zone, as 22 Nov 2026, 10:42."""
        comma = "، " if _SPOKEN.get().language in ("ar", "fa", "ur") else ", "
        return f"{self.day(at.astimezone(self.zone))}{comma}{self.clock(at)}"

    @contextmanager
    def speaking(self, language: str, staff: bool = False) -> Iterator[Tongue]:
        """Write times and numbers in this language meanwhile, as far as pages are written in it."""
        spoken = self.catalogues.tongue(language, staff)
        token = _SPOKEN.set(spoken)
        try:
            yield spoken
        finally:
            _SPOKEN.reset(token)

    def render(self, template: str, language: str, **context: object) -> Markup:
        """A template's text, in this language if the page is written in it."""
        staff = context.get("page") not in ON_THEM and context.get("under", template) not in DELEGATES
        with self.speaking(language, staff) as spoken:
            text = self._environment.get_template(template).render(
                language=spoken.language,
                tag=tongues.tag(spoken.language),
                direction=tongues.direction(spoken.language),
                digits=spoken.digits,
                colon=spoken.colon,
                **context,
            )
        return Markup(text)  # noqa: S704  (every template escapes by itself)


@lru_cache(maxsize=8)
def pages_of(templates: Path, static: Path, zone: tzinfo | None = None) -> Pages:
    """The pages of these folders, made once in a process: to compile every template takes 2 s."""
    return Pages(templates, static, zone)


def _said(words: str, /, **facts: object) -> Markup:
    """`_` of the templates: a sentence in the language that is being written, its facts escaped, numbers in digits."""
    return _filled(words, _SPOKEN.get().words.gettext(words), facts)


def _in_words(condition: str, scenario: Scenario) -> str:
    """A condition in words of the language that is being written."""
    return phrase(condition, labels(scenario), _SPOKEN.get().word)


def _counted(one: str, many: str, number: int, /, **facts: object) -> Markup:
    """The same by number, which is `num` in it."""
    return _filled(
        one if number == 1 else many, _SPOKEN.get().words.ngettext(one, many, number), {"num": number, **facts}
    )


def _filled(words: str, found: str, facts: dict[str, object]) -> Markup:
    """What is no sentence of our own may hold nothing that a browser takes for code."""
    spoken = _SPOKEN.get()
    text = Markup(found) if found == words else escape(found)  # noqa: S704  (the template's own words)
    if not facts and "%" not in text:
        return text  # most sentences are; this is a tenth of the time of drawing a page
    numbers = int | float
    return text % {
        name: spoken.number(one) if isinstance(one, numbers) and not isinstance(one, bool) else one
        for name, one in facts.items()
    }
