"""A process that has `ttx` imported and forks a server for each line it reads, so that starting one takes no second.

A line is a JSON list: whether the server is to answer early, then the words after `ttx`. It replies with the
server's process id. `python -m tests.crash.server`; it ends with its standard input.
"""

import asyncio
import json
import os
import signal
import sys
import time

from ttx import cli
from ttx.live.room import Room, Waiting, Written


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


def main() -> None:
    """Fork a server for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    for line in sys.stdin:
        early, *words = json.loads(line)
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            if early:
                answer_before_the_commit()
            sys.argv = ["ttx", *words]
            cli.main()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
