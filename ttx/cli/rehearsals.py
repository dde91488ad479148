"""`ttx rehearse`: a throwaway server, simulated delegations, and what the days took."""

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from pydantic import ValidationError

from ttx.cli.exercises import folder_of, listed_seats
from ttx.cli.told import AsJson, stop
from ttx.rehearsal import agenda, cast
from ttx.rehearsal.figures import Figures
from ttx.rehearsal.play import Script, attend, rehearse
from ttx.rehearsal.told import table
from ttx.scenario import checks, files, pictures
from ttx.scenario.model import Scenario
from ttx.store import log
from ttx.store.database import Store

ABOUT = 2.0
"""Minutes that a rehearsal takes if nobody says how fast it should go."""
FASTEST = 600.0
"""The same in speed: beyond it, what the machine takes is no longer small against what people take."""
STARTS_WITHIN = 60.0
"""Seconds the throwaway server has to listen."""
MOST = 2000
"""Tablets that one machine plays."""


def rehearse_command(
    scenario: Annotated[str, typer.Argument(help="A scenario's folder, or the name of one that comes along.")] = "",
    delegations: Annotated[int | None, typer.Option(min=1, help="Delegations; else the roster's own.")] = None,
    tablets: Annotated[int, typer.Option(min=1, help="Tablets of each delegation.")] = 2,
    day: Annotated[int | None, typer.Option(help="Only this day; those before it are passed through.")] = None,
    speed: Annotated[
        float | None, typer.Option(help="Times faster than the clock; else as fast as takes two minutes.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same number plays the same afternoon.")] = 1,
    choose: Annotated[list[str] | None, typer.Option(help="How a decision goes, such as D1-05=A.")] = None,
    as_json: AsJson = False,
    against: Annotated[str, typer.Option(hidden=True, help="A server; whom to play comes on standard input.")] = "",
) -> None:
    """Play a scenario with simulated delegations through a real server, and tell what the days take.

    Exit code 1 if anything failed on the way.
    """
    if against:
        told = asyncio.run(_attend(against, Script(speed or 1.0, seed)))
    else:
        if not scenario:
            stop("Which scenario? Name its folder, or one that comes along, such as lantern-tide.")
        written, script = _asked(scenario, day, speed, seed, choose or [])
        with _terminable(), TemporaryDirectory(prefix="ttx-rehearsal-") as data:
            stage = _staged(Path(data), folder_of(scenario), written, delegations, tablets)
            with _server(Path(data)) as url:
                told = asyncio.run(rehearse(url, stage, script, _progress))
    typer.echo(told.model_dump_json() if as_json else table(told))
    raise typer.Exit(1 if told.failed else 0)


def _asked(
    scenario: str, day: int | None, speed: float | None, seed: int, choose: list[str]
) -> tuple[Scenario, Script]:
    written = checks.load(folder_of(scenario))
    days = [one for one in written.days if day in (None, one.day)]
    if not days:
        stop(f"The scenario has no day {day}; its days are {', '.join(str(one.day) for one in written.days)}.")
    if speed is not None and not 0.1 <= speed <= 100_000:
        stop(f"--speed {speed:g} cannot be played; it takes a number from 0.1 to 100000, and 60 is an hour a minute.")
    planned = sum(end - begin for begin, end in map(agenda.span, days))
    usual = min(max(round(planned / ABOUT), 1), FASTEST)
    return written, Script(speed or usual, seed, dict(_choice(written, one) for one in choose), day)


def _choice(written: Scenario, said: str) -> tuple[str, str]:
    name, _, option = said.partition("=")
    if not option:
        stop(f"--choose takes INJECT=OPTION, such as D1-05=A; '{said}' is no such thing.")
    inject = next((one for day in written.days for one in day.injects if one.id == name), None)
    if inject is None:
        stop(f"There is no inject {name} in this scenario, so --choose {said} chooses nothing.")
    if inject.branch is None:
        stop(f"{name} is no decision, so --choose {said} chooses nothing.")
    if option not in inject.branch.options:
        stop(f"{name} has no option {option}; its options are {', '.join(inject.branch.options)}.")
    return name, option


def _staged(data: Path, folder: Path, written: Scenario, delegations: int | None, tablets: int) -> cast.Stage:
    """An exercise in a throwaway data directory, and whom to play in it."""
    listed = folder / "roster.yaml"
    roster = cast.roster(written, files.read_roster(listed) if listed.exists() else None, delegations, tablets)
    many = len(roster.delegations) * tablets
    if many > MOST:
        stop(f"{many} tablets are more than one machine plays; ask for {MOST} or fewer.")
    with Store(data) as store:
        exercise = log.create_exercise(
            store, written, roster, f"Rehearsal of {written.title}", pictures=pictures.read(folder, written)
        )
        seats = tuple(cast.Player.model_validate(one) for one in listed_seats(store, exercise))
    groups = {name: one.groups for name, one in roster.delegations.items()}
    return cast.Stage(exercise=exercise, scenario=written, seats=seats, groups=groups)


async def _attend(url: str, script: Script) -> Figures:
    """Play the delegations that standard input names, until it is closed or the exercise has ended."""
    try:
        stage = cast.Stage.model_validate_json(sys.stdin.readline())
    except ValidationError as fault:
        stop(f"Standard input does not say whom to play: {fault.errors()[0]['msg']}.")
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(told.set)

    threading.Thread(target=listen, daemon=True).start()
    return await attend(url, stage, script, told, _progress)


@contextmanager
def _server(data: Path) -> Iterator[str]:
    """`ttx serve` on a free port of the loopback, a process of its own as on the day; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "ttx", "serve", "--quiet", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        url = f"http://127.0.0.1:{port}"
        end = time.monotonic() + STARTS_WITHIN
        while not _listens(url):
            if process.poll() is not None or time.monotonic() > end:
                stop("The server of the rehearsal did not start; what it said stands above.")
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait()


def _listens(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310  (our own address)
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def _terminable() -> Iterator[None]:
    """While this lasts, being terminated ends the block, so that no server is left behind."""

    def ends(number: int, _: object) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, ends)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _progress(line: str) -> None:
    typer.echo(line, err=True)
