"""The command line, for the tests of every floor that has commands, and how long a property's example may take."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cli.words import Said, Ttx
from ttx import cli

# How long one example takes says how busy the machine is, and nothing about the property.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture
def ttx(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ttx:
    """Runs a command in an empty folder, as `ttx ...` would, without a new interpreter each time."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["ttx", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run
