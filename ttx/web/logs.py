"""How the server's own log reads: one JSON object a line on standard error, with the moment in UTC.

What is said in an exercise stands in its record and never here. Of an error its kind and the places it passed are
told and not its message, since a library's message may quote what it was given: an answer, a code, a token.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterator, MutableMapping
from itertools import pairwise
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

import structlog

HERE = Path(__file__).parents[1]
"""Only places in here are told, and the last one, wherever it is."""

FIRST_WORDS = re.compile(r"[^\n(<%:]*")
"""Of what libraries say: up to the first thing they put in."""


def configure(write: Callable[[str], object] | None = None) -> None:
    """Have all that this process logs, libraries' warnings too, written in this form from now on."""
    handler = _Lines(write)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, _first_words],
            processors=[
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                _told,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("ttx").setLevel(logging.INFO)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def warnings_only() -> None:
    """From now on log of our own what we log of libraries: warnings and errors."""
    logging.getLogger("ttx").setLevel(logging.WARNING)


class _Lines(logging.Handler):
    """Writes to what is standard error when something is written."""

    def __init__(self, write: Callable[[str], object] | None) -> None:
        super().__init__()
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        try:
            (self._write or sys.stderr.write)(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception as fault:  # a log that cannot be written must not stop what it tells of
            sys.stderr.write(f'{{"event": "log", "error": "{type(fault).__name__}"}}\n')


def _first_words(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What a library says, without what it put in."""
    said = event["_record"].msg
    words = FIRST_WORDS.match(said) if isinstance(said, str) else None
    event["event"] = words[0].strip() if words is not None else type(said).__name__
    event["library"] = event["_record"].name
    return event


def _told(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An error as its kind and the places it passed, those of its causes after it."""
    found = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = found[1] if isinstance(found, tuple) else found if isinstance(found, BaseException) else sys.exc_info()[1]
    if found and error is not None:
        event["errors"] = [{"kind": type(one).__name__, "at": _places(one.__traceback__)} for one in _chain(error)]
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it; of several that came together each."""
    following: BaseException | None = error
    while following is not None:
        yield following
        if isinstance(following, BaseExceptionGroup):
            for one in following.exceptions:
                yield from _chain(one)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    frames = [(Path(frame.f_code.co_filename), line, frame.f_code.co_name) for frame, line in walk_tb(trace)]
    kept = [one for one, after in pairwise([*frames, None]) if one is not None and (after is None or _ours(one[0]))]
    return [f"{file.relative_to(HERE.parent) if _ours(file) else file.name}:{line} {name}" for file, line, name in kept]


def _ours(file: Path) -> bool:
    return file.is_relative_to(HERE)
