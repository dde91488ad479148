"""A process that has `ttx` imported and its templates compiled, and forks a server for each line it reads: starting
one takes no seconds.

A line is a JSON list: how this one differs, then the words after `ttx`. It may be `early`, answering before the commit;
be one that `forgets` keys; be of another `release` than its files say; have more in its `environment`; or print into
the file `said`. The reply is the server's process id. `python -m tests.forker`; it ends with its standard input.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

from ttx import cli
from ttx.exercise.entries import Entry
from ttx.live.asking import Waiting, Written
from ttx.live.room import Room
from ttx.pages import environment
from ttx.pages.environment import pages_of
from ttx.settings import Settings
from ttx.store.log import Writing


def answer_before_the_commit() -> None:
    """Make a server of the kind that must not be: it says that a request is recorded, and then records it."""
    commit = Room._commit

    def hasty(room: Room, batch: list[Waiting]) -> Written:
        loop, seq = room._task.get_loop(), room.state.seq
        for waiting in batch:
            if waiting.seat is not None:
                seq += 1
                loop.call_soon_threadsafe(_answer, waiting.answer, seq)
        time.sleep(0.005)
        return commit(room, batch)

    Room._commit = hasty  # type: ignore[method-assign, assignment]


def forget_keys() -> None:
    """Make a server of another kind that must not be: what is sent again is done again."""
    append = Writing.append

    def forgets(log: Writing, new: Sequence[Entry], seat: Any, at: Any, key: Any = None, asked: Any = None) -> Any:
        again = f"{key}-{log.head}" if key is not None else None
        return append(log, new, seat, at, again, asked)

    Writing.append = forgets  # type: ignore[method-assign, assignment]


def _answer(answer: "asyncio.Future[int]", seq: int) -> None:
    if not answer.done():
        answer.set_result(seq)


def be_of_release(name: str) -> None:
    """Make pages anew, which then say that they are of this release."""
    environment.release_of = lambda static: name  # type: ignore[assignment]
    pages_of.cache_clear()


def compile_templates() -> None:
    """So that no server has to; they draw with the same pages."""
    settings = Settings()
    templates = pages_of(settings.templates, settings.static, settings.zone)._environment
    for name in templates.list_templates():
        templates.get_template(name)


def main() -> None:
    """Fork a server for each line."""
    compile_templates()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    for line in sys.stdin:
        how, *words = json.loads(line)
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(os.open(how["said"], os.O_WRONLY | os.O_CREAT) if "said" in how else 2, 1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.environ.update(how.get("environment", {}))
            if how.get("early"):
                answer_before_the_commit()
            if how.get("forgets"):
                forget_keys()
            if release := how.get("release"):
                be_of_release(release)
            sys.argv = ["ttx", *words]
            cli.main()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
