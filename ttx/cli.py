"""The command line. What a command prints with --json is one object on standard output and nothing else."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, NoReturn

import segno
import typer

from ttx.exercise.entries import ExerciseCreated
from ttx.exercise.state import State, begin, fold
from ttx.output.files import FORMATS
from ttx.review import report as reports
from ttx.scenario import checks, files, roster
from ttx.scenario.findings import Faulty, Finding
from ttx.scenario.graph import Graph, build
from ttx.scenario.roster import Role, Roster
from ttx.settings import Settings
from ttx.store import accounts, backup, chain, log, seats
from ttx.store.database import NoSuchExercise, Obstructed, Store
from ttx.web.labels import role_label
from ttx.web.serve import CannotServe, serve
from ttx.web.shown import utc_now

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Run tabletop exercises.", rich_markup_mode=None)
exercise_app = typer.Typer(no_args_is_help=True, help="Exercises of a data directory.")
token_app = typer.Typer(no_args_is_help=True, help="Tokens for programs.")
account_app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")
app.add_typer(exercise_app, name="exercise")
app.add_typer(token_app, name="token")
app.add_typer(account_app, name="account")

Data = Annotated[Path, typer.Option("--data", help="The data directory.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]

SENTENCES = (Obstructed, NoSuchExercise, CannotServe, accounts.NotAccepted, reports.NoSuchTier, LookupError)
"""Errors whose text is a sentence for whoever typed the command."""


def main() -> None:
    """Run the command line; an expected error is a sentence and exit code 1."""
    try:
        app()
    except Faulty as faulty:
        _tell_findings(faulty.findings)
        sys.exit(1)
    except SENTENCES as error:
        typer.echo(f"ttx: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        typer.echo(f"ttx: {what}{error.strerror or error}. Check the path and its rights.", err=True)
        sys.exit(1)


@app.command()
def demo(
    data: Data = Path("demo-data"),
    port: Port = 8000,
    as_json: AsJson = False,
) -> None:
    """Run an exercise of Lantern Tide with twelve delegations on this machine, and print links and codes.

    A data directory that holds an exercise already goes on where its record ends.
    """
    settings = Settings()
    with Store(data) as store:
        held = log.exercises(store)
        exercise = held[0].id if held else _create(store, settings.scenarios / "lantern-tide", None)
        url = f"http://127.0.0.1:{port}"

        def ready() -> None:
            if as_json:
                token, _ = seats.new_token(store, exercise, Role.LEAD_FACILITATOR)
                said = {"url": url, "exercise": exercise, "token": token, "seats": _seats(store, exercise)}
                typer.echo(json.dumps(said))
            else:
                _tell_demo(store, exercise, url, bool(held))
            sys.stdout.flush()

        serve(store, settings, "127.0.0.1", port, ready=ready)


@app.command(name="serve")
def serve_command(
    data: Data,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    database: Annotated[str, typer.Option(help="Another database than the data directory's own.")] = "",
    tls: Annotated[str, typer.Option(help="off, or CERT:KEY.")] = "off",
) -> None:
    """Serve the exercises of a data directory."""
    if workers != 1 or database:
        _stop("Several processes and another database are not in this version: one process, embedded database.")
    with Store(data) as store:
        serve(
            store,
            Settings(),
            host,
            port,
            _certificate(tls),
            lambda: typer.echo(f"Listening on {'http' if tls == 'off' else 'https'}://{host}:{port}", err=True),
        )


@app.command()
def check(path: Annotated[Path, typer.Argument(help="A scenario's folder.")], as_json: AsJson = False) -> None:
    """Check a scenario and report every fault at once. Exit code 1 if there is an error among them."""
    findings = checks.check(path)
    errors = [one for one in findings if one.severity == "error"]
    if as_json:
        typer.echo(json.dumps({"findings": [one.as_json() for one in findings], "errors": len(errors)}))
    elif findings:
        _tell_findings(findings)
    else:
        typer.echo(f"{path}: no findings.")
    raise typer.Exit(1 if errors else 0)


@exercise_app.command("new")
def new_exercise(
    scenario: Annotated[str, typer.Argument(help="A scenario's folder, or the name of one that comes along.")],
    roster_file: Annotated[Path, typer.Option("--roster", help="A YAML or CSV of seats.")],
    data: Data,
    as_json: AsJson = False,
) -> None:
    """Create an exercise, with a code for every seat."""
    folder = Path(scenario)
    carried = Settings().scenarios / scenario
    if not folder.is_dir() and carried.is_dir():
        folder = carried
    with Store(data) as store:
        exercise = _create(store, folder, roster_file)
        if as_json:
            typer.echo(json.dumps({"id": exercise, "exercise": exercise, "seats": _seats(store, exercise)}))
            return
        typer.echo(f"Exercise {exercise}")
        names = _names(store, exercise)
        for seat in _seats(store, exercise):
            typer.echo(f"  {seats.spelled(str(seat['code']))}  {_place(seat, names)}")


@token_app.command("new")
def new_token(
    exercise: Annotated[str, typer.Option(help="The exercise's id.")],
    role: Annotated[str, typer.Option(help="The role the program plays.")],
    data: Data,
    delegation: Annotated[str | None, typer.Option(help="For a head or delegate.")] = None,
    table: Annotated[str | None, typer.Option(help="For a table facilitator.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token for a program. It is shown once."""
    with Store(data, create=False) as store:
        wanted = _role(role)
        if wanted in roster.ANSWERS and delegation is None:
            _stop(f"A token of role {wanted} speaks for a delegation: name it with --delegation.")
        state = _state(store, exercise)[1]
        for what, name, known in (("delegation", delegation, state.delegations), ("table", table, state.tables)):
            if name is not None and name not in known:
                _stop(f"There is no {what} {name} in this exercise; there are {', '.join(known) or 'none'}.")
        token, seat = seats.new_token(store, exercise, wanted, delegation, table)
    typer.echo(json.dumps({"token": token, "seat": seat.id, "role": seat.role}) if as_json else token)


@account_app.command("new")
def new_account(
    name: str,
    data: Data,
    admin: Annotated[bool, typer.Option(help="Looks after the installation, sees no content.")] = False,
) -> None:
    """Make an account for a member of staff; the password is asked for, or read from standard input."""
    with Store(data) as store:
        account = accounts.create_account(store, name, _password(), admin)
    typer.echo(f"Account {account.name} can sign in at /login.")


@account_app.command("seat")
def seat_account(
    name: str,
    exercise: Annotated[str, typer.Option(help="The exercise's id.")],
    role: Annotated[str, typer.Option(help="The seat's role.")],
    data: Data,
    table: Annotated[str | None, typer.Option(help="For a table facilitator.")] = None,
) -> None:
    """Give an account a seat in an exercise."""
    with Store(data, create=False) as store:
        seat = accounts.seat_account(store, name, exercise, _role(role), table)
    typer.echo(f"{name} has the seat {seat.id} as {role_label(seat.role).lower()}.")


@app.command()
def report(
    exercise: str,
    tier: Annotated[reports.Tier, typer.Option(help="For whom the report is.")],
    form: Annotated[str, typer.Option("--as", help=f"One of {', '.join(FORMATS)}.")],
    out: Annotated[Path, typer.Option("-o", help="The file to write.")],
    data: Data,
    delegation: Annotated[str | None, typer.Option(help="Whose, for the tier own.")] = None,
) -> None:
    """Write an exercise's report to a file."""
    wanted = FORMATS.get(form)
    if wanted is None:
        _stop(f"A report cannot be had as {form}; it can as {', '.join(FORMATS)}.")
    with Store(data, create=False) as store:
        graph, state = _state(store, exercise)
    out.write_bytes(wanted.write(reports.make(graph, state, tier, utc_now(), delegation)))
    typer.echo(f"Wrote {out}.", err=True)


@app.command()
def verify(exercise: str, data: Data, as_json: AsJson = False) -> None:
    """Check that an exercise's record is whole and unchanged. Exit code 1 if it is not."""
    with Store(data, create=False) as store:
        verdict = chain.verify(store, exercise)
    typer.echo(json.dumps(asdict(verdict)) if as_json else verdict.sentence)
    raise typer.Exit(0 if verdict.whole else 1)


@app.command(name="backup")
def backup_command(file: Path, data: Data) -> None:
    """Write everything an installation keeps into one file, while it runs."""
    with Store(data, create=False) as store:
        backup.backup(store, file)
    typer.echo(f"Wrote {file}.", err=True)


@app.command()
def restore(file: Path, data: Data) -> None:
    """Make a data directory from a backup. Every record in it is verified first."""
    backup.restore(file, data)
    typer.echo(f"Restored into {data}.", err=True)


def _create(store: Store, folder: Path, roster_file: Path | None) -> str:
    scenario = checks.load(folder)
    listed: Roster = files.read_roster(roster_file or folder / "roster.yaml")
    return log.create_exercise(store, scenario, listed)


def _state(store: Store, exercise: str) -> tuple[Graph, State]:
    graph = build(log.scenario_of(store, exercise))
    return graph, fold(begin(graph.scenario), log.read(store, exercise))


def _seats(store: Store, exercise: str) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code.replace("-", ""),
            "role": one.seat.role,
            "delegation": one.seat.delegation,
            "table": one.seat.table,
        }
        for one in seats.seats_of(store, exercise)
        if one.revoked_at is None and one.name != seats.PROGRAM
    ]


def _tell_demo(store: Store, exercise: str, url: str, goes_on: bool) -> None:
    listed, names = _seats(store, exercise), _names(store, exercise)
    typer.echo(f"\nExercise {exercise}{' goes on' if goes_on else ''}: {url}\n")
    for seat in listed:
        if seat["delegation"] is not None:
            link = f"{url}/j/{seat['code']}"
            typer.echo(f"{_place(seat, names)}: {seats.spelled(seat['code'])}  {link}")
            segno.make(link, error="l").terminal(compact=True, border=1)
    typer.echo("\nStaff")
    for seat in listed:
        if seat["delegation"] is None:
            typer.echo(f"  {_place(seat, names):38} {url}/j/{seat['code']}")
    by_role = {Role(seat["role"]): f"{url}/j/{seat['code']}" for seat in reversed(listed)}
    typer.echo(f"\nFacilitator's console: {by_role.get(Role.LEAD_FACILITATOR, '-')}")
    typer.echo(f"Plenary screen:        {by_role.get(Role.PROJECTOR, '-')}")
    typer.echo(f"Delegations type their code at {url}/join or scan it. Stop with Ctrl+C; the record is kept.\n")


def _names(store: Store, exercise: str) -> dict[str, str]:
    """What the delegations and tables of an exercise are called, by id."""
    (created,) = log.read(store, exercise, limit=1)
    if not isinstance(created.entry, ExerciseCreated):
        raise AssertionError("a log begins with ExerciseCreated")
    named = {ident: one.name for ident, one in created.entry.delegations.items()}
    return {**created.entry.tables, **named}


def _place(seat: dict[str, Any], names: dict[str, str]) -> str:
    ids = (seat["delegation"], seat["table"])
    delegation, table = (names.get(ident, ident) if ident is not None else None for ident in ids)
    return ", ".join(part for part in (delegation, role_label(Role(seat["role"])), table) if part)


def _tell_findings(findings: tuple[Finding, ...]) -> None:
    for one in findings:
        where = ", ".join(part for part in (one.inject, one.field) if part)
        typer.echo(f"{one.file}:{one.line}: {one.severity}: {f'[{where}] ' if where else ''}{one.sentence}", err=True)
    typer.echo(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}.", err=True)


def _role(text: str) -> Role:
    try:
        return roster.read_role(text)
    except ValueError as error:
        _stop(str(error))


def _certificate(tls: str) -> tuple[Path, Path] | None:
    if tls == "off":
        return None
    certificate, _, key = tls.partition(":")
    if not key:
        _stop(f"--tls takes off or CERT:KEY, two files; '{tls}' is neither. A CA of our own is not in this version.")
    return Path(certificate), Path(key)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")


def _stop(sentence: str) -> NoReturn:
    typer.echo(f"ttx: {sentence}", err=True)
    raise typer.Exit(1)
