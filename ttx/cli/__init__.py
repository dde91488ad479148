"""The command line. What a command prints with --json is one object on standard output and nothing else."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import segno
import typer

from ttx import __version__
from ttx.cli import archives, backups, drafts, exercises, rehearsals, scenarios, words
from ttx.cli.drafts import called, listed_authors
from ttx.cli.exercises import create, listed_seats, names_of, place
from ttx.cli.told import AsJson, Data, Database, Port, stop, tell_findings
from ttx.output.house_style import NotAStyle
from ttx.rehearsal.line import Turned, Unreachable
from ttx.rehearsal.play import NobodyRuns
from ttx.review import report as reports
from ttx.scenario.findings import Faulty
from ttx.scenario.roster import Role
from ttx.settings import Settings
from ttx.store import accounts, codes, log, seats
from ttx.store.bus import obstacle
from ttx.store.database import NoSuchExercise, Store, settle_in
from ttx.store.drafts import draft_from, drafts_of
from ttx.store.obstacles import Obstructed
from ttx.store.recoding import NotTaken
from ttx.store.rehearsals import clean_up
from ttx.web import logs
from ttx.web.authority import NoAuthority, Trust, authority_in
from ttx.web.dangers import danger
from ttx.web.machine import names_here, reachable
from ttx.web.papers import NotPrinted
from ttx.web.serve import CannotServe, serve
from ttx.web.shown import utc_now
from ttx.web.workers import READY, run_workers

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Run tabletop exercises.", rich_markup_mode=None)

SENTENCES = (
    Obstructed,
    NoSuchExercise,
    CannotServe,
    NoAuthority,
    accounts.NotAccepted,
    reports.NoSuchTier,
    NotTaken,
    NotAStyle,
    NotPrinted,
    NobodyRuns,
    Turned,
    Unreachable,
    LookupError,
)
"""Errors whose text is a sentence for whoever typed the command."""


def main() -> None:
    """Run the command line; an expected error is a sentence and exit code 1."""
    logs.configure()
    try:
        app()
    except Faulty as faulty:
        tell_findings(faulty.findings)
        sys.exit(1)
    except SENTENCES as error:
        typer.echo(f"ttx: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        typer.echo(f"ttx: {what}{error.strerror or error}. Check the path and its rights.", err=True)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def ttx(version: Annotated[bool, typer.Option("--version", help="Which version this is.")] = False) -> None:
    """Run tabletop exercises."""
    if version:
        typer.echo(f"ttx {__version__}")
        raise typer.Exit


app.add_typer(exercises.exercise_app, name="exercise")
app.add_typer(exercises.token_app, name="token")
app.add_typer(exercises.account_app, name="account")
app.add_typer(drafts.scenario_app, name="scenario")
for command in (scenarios.check, scenarios.export, exercises.report, exercises.verify, backups.restore):
    app.command()(command)
exercises.exercise_app.command(name="export")(archives.export_exercise)
exercises.exercise_app.command(name="import")(archives.import_exercise)
exercises.exercise_app.command(name="shred")(archives.shred_exercise)
app.command(name="verify-report")(exercises.verify_report)
app.command(name="backup")(backups.backup_command)
app.command(name="snapshot-key")(backups.snapshot_key)
app.command(name="rehearse")(rehearsals.rehearse_command)
app.command(name="import")(scenarios.import_file)
app.command(name="words")(words.words)


@app.command()
def demo(
    data: Data = Path("demo-data"),
    port: Port = 8000,
    as_json: AsJson = False,
) -> None:
    """Run an exercise of Lantern Tide with twelve delegations on this machine, and print links and codes.

    Beside it the scenario is there to be written: a link for its director and one for each working group. A data
    directory that holds an exercise already goes on where its record ends.
    """
    settings = Settings()
    with Store(data) as store:
        held = log.exercises(store)
        exercise = held[0].id if held else create(store, settings.scenarios / "lantern-tide", None)
        written = drafts_of(store)
        draft = written[-1].id if written else draft_from(store, settings.scenarios / "lantern-tide")
        url = f"http://127.0.0.1:{port}"

        def ready() -> None:
            if as_json:
                token, _ = seats.new_token(store, exercise, Role.LEAD_FACILITATOR)
                said = {"url": url, "exercise": exercise, "token": token, "seats": listed_seats(store, exercise)}
                typer.echo(json.dumps({**said, "authors": listed_authors(store, draft)}))
            else:
                _tell_demo(store, exercise, url, bool(held))
                _tell_authors(store, draft, url)
            sys.stdout.flush()

        serve(store, settings, "127.0.0.1", port, ready=ready)


@app.command(name="serve")
def serve_command(
    data: Data,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    database: Database = "",
    bus: Annotated[
        str,
        typer.Option(envvar="TTX_BUS", help="Where several processes ring: nats://HOST:PORT. Else in the database."),
    ] = "",
    tls: Annotated[str, typer.Option(help="off, CERT:KEY, or auto: an authority of our own.")] = "off",
    trust_port: Annotated[
        int, typer.Option(min=0, max=65535, help="With --tls auto: the plain port of the page that helps; 0: PORT + 1.")
    ] = 0,
    place: Annotated[
        Path | None, typer.Option("--snapshots", help="A folder elsewhere for encrypted snapshots, made while it runs.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--snapshot-key", help="Their key, made by ttx snapshot-key.")] = None,
    among: Annotated[int, typer.Option(hidden=True, help="One of several; the process that started it.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", hidden=True, help="Log warnings only.")] = False,
) -> None:
    """Serve the exercises of a data directory."""
    if quiet:
        logs.warnings_only()
    if database:
        settle_in(data, database)
    if bus and (why := obstacle(bus)) is not None:
        stop(why)
    settings = Settings(bus=bus)
    if (why := danger(settings)) is not None:
        stop(why)
    certificate = _certificate(tls)
    with Store(data) as store:
        trust = _trust(data, host, port, trust_port, settings) if tls == "auto" else None
        if not among:
            clean_up(store)
        if workers == 1:
            shares = among or (0 if store.embedded is None else None)
            said = _told_ready if among else lambda: _tell_serving(host, port, tls, trust)
            with backups.snapshots_of(store, place, key, settings, bool(among)):
                serve(store, settings, host, port, certificate, said, trust, shares)
            return
    words = ("--host", host, "--port", str(port), "--tls", tls, "--trust-port", str(trust_port))
    os.environ["TTX_BUS"] = bus  # not as a word of the command, which everybody on the machine may read
    command = (sys.executable, "-m", "ttx", "serve", "--data", str(data.absolute()), *words)
    with Store(data) as store, backups.snapshots_of(store, place, key, settings):
        run_workers(command, workers, host, port, lambda: _tell_serving(host, port, tls, trust))


def _told_ready() -> None:
    typer.echo(READY)
    sys.stdout.flush()


def _trust(data: Path, host: str, port: int, plain_port: int, settings: Settings) -> Trust:
    """The data directory's authority, made if there is none."""
    names = names_here(host, settings.public_address)
    authority = authority_in(data / "tls", names, utc_now())
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104  (whoever typed it wants that)
    hosts = tuple(reachable(names)) if everywhere else (host,)
    return Trust(authority, port, plain_port or (port + 1 if port < 65535 else port - 1), hosts)


def _tell_serving(host: str, port: int, tls: str, trust: Trust | None) -> None:
    typer.echo(f"Listening on {'http' if tls == 'off' else 'https'}://{host}:{port}", err=True)
    if trust is None:
        return
    for one in trust.hosts:
        typer.echo(
            f"  https://{one}:{port}; a device that warns of it begins at http://{one}:{trust.plain_port}", err=True
        )
    typer.echo(f'SHA-256 of "{trust.authority.name}": {trust.authority.fingerprint()}', err=True)


def _tell_demo(store: Store, exercise: str, url: str, goes_on: bool) -> None:
    listed, names = listed_seats(store, exercise), names_of(store, exercise)
    typer.echo(f"\nExercise {exercise}{' goes on' if goes_on else ''}: {url}\n\nDelegations")
    for seat in listed:
        if seat["delegation"] is not None:
            typer.echo(f"  {codes.spelled(seat['code'])}  {url}/j/{seat['code']}  {place(seat, names)}")
    typer.echo("\nStaff")
    for seat in listed:
        if seat["delegation"] is None:
            typer.echo(f"  {codes.spelled(seat['code'])}  {url}/j/{seat['code']}  {place(seat, names)}")
    by_role = {Role(seat["role"]): f"{url}/j/{seat['code']}" for seat in reversed(listed)}
    for role, called_here in ((Role.PROJECTOR, "Plenary screen"), (Role.LEAD_FACILITATOR, "Facilitator's console")):
        if role in by_role:
            typer.echo(f"\n{called_here}: {by_role[role]}")
            segno.make(by_role[role], error="l").terminal(compact=True, border=1)
    typer.echo("A card with a QR code for every seat, to print: Seats and codes in the menu of the console.")
    typer.echo(f"Delegations type their code at {url}/join. Stop with Ctrl+C; the record is kept.\n")


def _tell_authors(store: Store, draft: str, url: str) -> None:
    typer.echo("Authors of the scenario")
    for one in listed_authors(store, draft):
        typer.echo(f"  {called(one):38} {url}/j/{one['code']}")
    typer.echo("")


def _certificate(tls: str) -> tuple[Path, Path] | None:
    if tls in ("off", "auto"):
        return None
    certificate, _, key = tls.partition(":")
    if not key:
        stop(f"--tls takes auto, off or CERT:KEY, two files; '{tls}' is none of them.")
    return Path(certificate), Path(key)
