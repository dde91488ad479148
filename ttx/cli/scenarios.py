"""Commands for scenarios: check."""

import json
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.told import AsJson, tell_findings
from ttx.scenario import checks


def check(path: Annotated[Path, typer.Argument(help="A scenario's folder.")], as_json: AsJson = False) -> None:
    """Check a scenario and report every fault at once. Exit code 1 if there is an error among them."""
    findings = checks.check(path)
    errors = [one for one in findings if one.severity == "error"]
    if as_json:
        typer.echo(json.dumps({"findings": [one.as_json() for one in findings], "errors": len(errors)}))
    elif findings:
        tell_findings(findings)
    else:
        typer.echo(f"{path}: no findings.")
    raise typer.Exit(1 if errors else 0)
