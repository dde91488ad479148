"""A process that has `ttx` imported and its templates compiled, and forks a server for each line it reads: starting
one takes no seconds.

A line is a JSON list: how this one differs, then the words after `ttx`. It may be `early`, answering before the
commit; be of another `release` than its files say; or print into the file `said`. The reply is the server's process
id. `python -m tests.forker`; it ends with its standard input.
"""

import asyncio
import json
import os
import signal
import sys
import time

from ttx import cli
from ttx.live.asking import Waiting, Written
from ttx.live.room import Room
from ttx.pages import environment
from ttx.pages.environment import pages_of
from ttx.settings import Settings


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
            if how.get("early"):
                answer_before_the_commit()
            if release := how.get("release"):
                be_of_release(release)
            sys.argv = ["ttx", *words]
            cli.main()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
