"""The Jinja environment: where templates are, how times and texts are written, in which language."""

import hashlib
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from ttx.pages import tongues
from ttx.pages.fitting import brief, step

SPOKEN = ("en",)
"""The languages pages are written in. A seat of another language gets the first, in that one's direction: English
set from right to left puts every full stop on the wrong side."""

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
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self._environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        self._environment.filters |= {
            "brief": brief,
            "clock": self.clock,
            "iso": lambda at: at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "ms": lambda at: int(at.timestamp() * 1000),
            "markdown": markdown,
            "moment": self.moment,
            "language_name": tongues.name_of,
            "own_name": tongues.own_name,
            "step": step,
            "tongue": tongues.tongue,
        }
        # What a region says of languages, where it is drawn outside an exercise.
        self._environment.globals |= {
            "tongue": lambda address: tongues.tongue(None),
            "provenance": None,
            "pictures": "",
        }

    def static_url(self, path: str) -> str:
        """A static file's address, which changes with every release so that it may be cached for ever."""
        return f"/static/{self.release}/{path}"

    def clock(self, at: datetime) -> str:
        """A time of day in the room's zone, as 10:42."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def moment(self, at: datetime) -> str:
        """A date and time in the room's zone, as 22 Nov 2026, 10:42."""
        return f"{at.astimezone(self.zone):%-d %b %Y, %H:%M}"

    def render(self, template: str, language: str, **context: object) -> Markup:
        """A template's text, in this language if pages are written in it."""
        language = language if language in SPOKEN else SPOKEN[0]
        template_text = self._environment.get_template(template).render(
            language=language, direction=tongues.direction(language), **context
        )
        return Markup(template_text)  # noqa: S704  (every template escapes by itself)
