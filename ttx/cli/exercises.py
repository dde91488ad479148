"""Commands for exercises of a data directory: creating, tokens, accounts, reports, verifying."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ttx.cli.told import AsJson, Data, steps, stop
from ttx.exercise.entries import ExerciseCreated
from ttx.exercise.state import State, begin, fold
from ttx.output.house_style import house_style
from ttx.pages.environment import Pages
from ttx.review import report as reports
from ttx.scenario import checks, files, pictures, roster
from ttx.scenario.graph import Graph, build
from ttx.scenario.roster import Role, Roster
from ttx.settings import Settings
from ttx.store import (
    accounts,
    chain,
    codes,
    entrances,
    factors,
    frozen,
    heads,
    identities,
    log,
    reviews,
    seats,
    sessions,
)
from ttx.store.database import Store
from ttx.store.tables import stamp
from ttx.web import leaving
from ttx.web.labels import device_label, role_label
from ttx.web.report_files import FORMATS
from ttx.web.shown import utc_now

COMMAND_LINE = "command line"
"""Who is named for what is done here: no seat."""

exercise_app = typer.Typer(no_args_is_help=True, help="Exercises of a data directory.")
token_app = typer.Typer(no_args_is_help=True, help="Tokens for programs.")
account_app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")


@exercise_app.command("new")
def new_exercise(
    scenario: Annotated[str, typer.Argument(help="A scenario's folder, or the name of one that comes along.")],
    roster_file: Annotated[Path, typer.Option("--roster", help="A YAML or CSV of seats.")],
    data: Data,
    as_json: AsJson = False,
) -> None:
    """Create an exercise, with a code for every seat."""
    with Store(data) as store:
        exercise = create(store, folder_of(scenario), roster_file)
        if as_json:
            typer.echo(json.dumps({"id": exercise, "exercise": exercise, "seats": listed_seats(store, exercise)}))
            return
        typer.echo(f"Exercise {exercise}")
        names = names_of(store, exercise)
        for seat in listed_seats(store, exercise):
            typer.echo(f"  {codes.spelled(str(seat['code']))}  {place(seat, names)}")


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
            stop(f"A token of role {wanted} speaks for a delegation: name it with --delegation.")
        state = state_of(store, exercise)[1]
        for what, name, known in (("delegation", delegation, state.delegations), ("table", table, state.tables)):
            if name is not None and name not in known:
                stop(f"There is no {what} {name} in this exercise; there are {', '.join(known) or 'none'}.")
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
    typer.echo(f"Account {account.shown} can sign in at /login.")


@account_app.command("password")
def new_password(name: str, data: Data) -> None:
    """Give an account a new password, asked for or read from standard input; every browser of it is signed out."""
    with Store(data, create=False) as store:
        accounts.set_password(store, name, _password())
    typer.echo(f"{name} signs in with the new password from now on.")


@account_app.command("disable")
def disable_account(name: str, data: Data) -> None:
    """Let nobody sign in to an account any more, and sign it out everywhere. Its name stays taken."""
    with Store(data, create=False) as store:
        accounts.disable_account(store, name)
    typer.echo(f"Nobody signs in as {name} any more.")


@account_app.command("sign-out")
def sign_out(
    data: Data,
    name: Annotated[str, typer.Argument(help="Whose; with --everybody nobody's.")] = "",
    everybody: Annotated[bool, typer.Option(help="All accounts.")] = False,
) -> None:
    """Sign an account out of every browser, or all accounts; pages and sockets end within a second."""
    if bool(name) == everybody:
        stop("Say whom to sign out: the name of an account, or --everybody.")
    with Store(data, create=False) as store:
        known = accounts.account_of(store, name) if name else None
        if name and known is None:
            stop(f"There is no account {name}. Check how it is spelled.")
        whose = [known] if known is not None else accounts.accounts_of(store)
        ended = sum(sessions.sign_out(store, one.name) for one in whose)
    typer.echo(f"{ended} {'browser was' if ended == 1 else 'browsers were'} signed out.")


@account_app.command("log")
def account_log(name: str, data: Data, as_json: AsJson = False) -> None:
    """Tell who signed in to an account, when, how and with what, and who tried; the last one first."""
    with Store(data, create=False) as store:
        known = accounts.account_of(store, name)
        if known is None:
            stop(f"There is no account {name}. Check how it is spelled.")
        tries = entrances.entrances_of(store, known.name)
    if as_json:
        rows = [{"at": stamp(one.at), "how": one.way, "good": one.good, "device": one.device} for one in tries]
        typer.echo(json.dumps({"account": known.name, "sign_ins": rows}))
        return
    for one in tries:
        said = one.way if one.good else f"{one.way}, in vain"
        typer.echo(f"{stamp(one.at)}  {said:40}  {device_label(one.device)}")
    if not tries:
        typer.echo(f"Nobody signed in as {known.shown} in the days that are kept.")


@account_app.command("forget-factors")
def forget_factors(name: str, data: Data) -> None:
    """Take every passkey and the app from an account whose owner lost them, and sign it out everywhere."""
    with Store(data, create=False) as store:
        known = accounts.account_of(store, name)
        if known is None:
            stop(f"There is no account {name}. Check how it is spelled.")
        factors.remove_app(store, known.name, passkeys_too=True)
        sessions.sign_out(store, known.name)
    typer.echo(f"{known.shown} signs in with the password alone from now on.")


@account_app.command("link")
def link_account(
    name: str,
    data: Data,
    subject: Annotated[str, typer.Option(help="What the provider calls whose account it is (sub).")] = "",
    email: Annotated[str, typer.Option(help="An address that the provider has verified.")] = "",
) -> None:
    """Let whoever the provider of single sign-on vouches for sign in to this account."""
    issuer = Settings().oidc_issuer
    if not issuer:
        stop("No provider is set. Set TTX_OIDC_ISSUER to what the server has, then link the account.")
    if bool(subject) == bool(email):
        stop("Say whom the provider knows: --subject or --email, one of them.")
    kind = identities.SUBJECT if subject else identities.EMAIL
    with Store(data, create=False) as store:
        identities.link(store, name, issuer, kind, subject or email)
    typer.echo(f"Whoever {issuer} vouches for as {subject or email} signs in as {name}.")


@account_app.command("unlink")
def unlink_account(name: str, data: Data) -> None:
    """Let nobody sign in to this account through the provider any more; sessions that are open stay."""
    with Store(data, create=False) as store:
        gone = identities.unlink(store, name)
    typer.echo(f"{name} had {gone} {'link' if gone == 1 else 'links'} to the provider, and has none now.")


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


def report(
    exercise: str,
    tier: Annotated[reports.Tier, typer.Option(help="For whom the report is.")],
    form: Annotated[str, typer.Option("--as", help=f"One of {', '.join(FORMATS)}.")],
    out: Annotated[Path, typer.Option("-o", help="The file to write.")],
    data: Data,
    delegation: Annotated[str | None, typer.Option(help="Whose, for the tier own.")] = None,
    linked: Annotated[
        bool, typer.Option("--linked", help="For analysts: one name for a delegation throughout.")
    ] = False,
    template: Annotated[Path | None, typer.Option(help="A Word document in whose style a .docx is written.")] = None,
) -> None:
    """Write an exercise's report to a file, which stays in the record of its review."""
    wanted = FORMATS.get(form)
    if wanted is None:
        stop(f"A report cannot be had as {form}; it can as {', '.join(FORMATS)}.")
    if template is not None and form != "docx":
        stop(f"A template is for --as docx; a report as {form} takes no styles.")
    style = house_style(template.name, template.read_bytes()) if template is not None else None
    if style is not None and style.left_out:
        typer.echo(f"Left out of {style.name}: {', '.join(style.left_out)}.", err=True)
    with steps("Reading the record") as step:
        settings = Settings()
        with Store(data, create=False) as store:
            graph, state = state_of(store, exercise)
            sheet = style.template if style is not None else leaving.template_of(store, exercise)
            step(f"Making the report of {len(state.responses)} answers")
            if tier is reports.Tier.OWN:
                made = reports.make(graph, state, tier, utc_now(), delegation, zone=settings.zone)
            else:
                made = leaving.taken(
                    store,
                    exercise,
                    COMMAND_LINE,
                    lambda held: leaving.made(
                        store, exercise, graph, state, tier, held, utc_now(), settings.zone, linked
                    ),
                    form,
                    "command line",
                )
        step(f"Writing {out.name}")
        pages = Pages(settings.templates, settings.static, settings.zone)
        out.write_bytes(wanted.write(made, pages, sheet))
    typer.echo(f"Wrote {out}.", err=True)


def verify(
    exercise: str,
    data: Data,
    noted: Annotated[
        str, typer.Option(help="What the hall or the hot wash showed at a day's close: '3f2a 9c11 ...'.")
    ] = "",
    signed: Annotated[
        Path | None, typer.Option(help="A signed head kept elsewhere, as ttx exercise heads wrote it.")
    ] = None,
    signer: Annotated[str | None, typer.Option(help="The installation's public key, to be sure who signed.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check that an exercise's record, and that of its review, is whole and unchanged. Exit code 1 if it is not."""
    with Store(data, create=False) as store:
        verdict = chain.verify(store, exercise)
        found = _noted(store, exercise, noted) if noted else None
        fault = reviews.first_fault(store, exercise)
        reports_wrong = frozen.faults(store, exercise) if fault is None else ()
        heads_wrong, signed_here = heads.faults(store, exercise), heads.signed(store, exercise)
        kept = heads.checked(store, exercise, signed.read_bytes(), signer) if signed is not None else (True, "")
    if as_json:
        more = {
            "review_fault": fault, "report_faults": reports_wrong, "head_faults": heads_wrong,
            "heads": [one.seq for one in signed_here],
            **({"noted": found} if noted else {}), **({"signed": kept[0]} if signed else {}),
        }  # fmt: skip
        typer.echo(json.dumps({**asdict(verdict), **more}))
    else:
        typer.echo(verdict.sentence)
        if fault is not None:
            typer.echo(f"The review of exercise {exercise}: entry {fault} is missing or is not what was written.")
        for sentence in (*reports_wrong, *heads_wrong):
            typer.echo(sentence)
        if signed_here:
            typer.echo(f"Signed at a day's close: entry {', '.join(str(one.seq) for one in signed_here)}.")
        if kept[1]:
            typer.echo(kept[1])
        if noted and found is not None:
            typer.echo(f"What was noted is the hash of entry {found}.")
        elif noted:
            typer.echo("No entry has the hash that was noted: the end of the record was cut off or written anew since.")
    wrong = fault is not None or reports_wrong or heads_wrong or not kept[0] or (noted and not found)
    raise typer.Exit(0 if verdict.whole and not wrong else 1)


@exercise_app.command("heads")
def heads_of(exercise: str, data: Data) -> None:
    """Print the head at each day's close with its signature, one JSON object a line, to be kept elsewhere."""
    with Store(data, create=False) as store:
        for one in heads.signed(store, exercise):
            typer.echo(json.dumps({"statement": one.statement, "signature": one.signature}))


def _noted(store: Store, exercise: str, written: str) -> int | None:
    try:
        return chain.noted(store, exercise, written)
    except ValueError as wrong:
        stop(str(wrong))


def verify_report(
    file: Annotated[Path, typer.Argument(help="A file of a report that was frozen.")],
    statement: Annotated[Path, typer.Argument(help="The .signed.json that came with it.")],
    signer: Annotated[str | None, typer.Option(help="The installation's public key, to be sure who signed.")] = None,
) -> None:
    """Check that a report is what an installation froze and signed. Exit code 1 if it is not."""
    good, sentence = frozen.checked(file.read_bytes(), statement.read_bytes(), signer)
    typer.echo(sentence)
    raise typer.Exit(0 if good else 1)


def folder_of(scenario: str) -> Path:
    """A scenario's folder, by its path or, for one that comes along, by its name."""
    folder, carried = Path(scenario), Settings().scenarios / scenario
    return carried if not folder.is_dir() and carried.is_dir() else folder


def create(store: Store, folder: Path, roster_file: Path | None) -> str:
    """A new exercise of a folder's scenario and pictures; without a roster, with the one beside it. Its id."""
    scenario = checks.load(folder)
    listed: Roster = files.read_roster(roster_file or folder / "roster.yaml")
    return log.create_exercise(store, scenario, listed, pictures=pictures.read(folder, scenario))


def state_of(store: Store, exercise: str) -> tuple[Graph, State]:
    """An exercise's scenario as a graph, and its record folded."""
    graph = build(log.scenario_of(store, exercise))
    return graph, fold(begin(graph.scenario), log.read(store, exercise))


def listed_seats(store: Store, exercise: str) -> list[dict[str, Any]]:
    """The seats that people sit on, as `--json` prints them."""
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


def names_of(store: Store, exercise: str) -> dict[str, str]:
    """What the delegations and tables of an exercise are called, by id."""
    (created,) = log.read(store, exercise, limit=1)
    if not isinstance(created.entry, ExerciseCreated):
        raise AssertionError("a log begins with ExerciseCreated")
    named = {ident: one.name for ident, one in created.entry.delegations.items()}
    return {**created.entry.tables, **named}


def place(seat: dict[str, Any], names: dict[str, str]) -> str:
    """Whose seat it is, in words."""
    ids = (seat["delegation"], seat["table"])
    delegation, table = (names.get(ident, ident) if ident is not None else None for ident in ids)
    return ", ".join(part for part in (delegation, role_label(Role(seat["role"])), table) if part)


def _role(text: str) -> Role:
    try:
        return roster.read_role(text)
    except ValueError as error:
        stop(str(error))


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")
