"""How a command that takes long says so, and one that does not stays quiet."""

import time

import pytest

from ttx.cli import told


def test_a_command_that_takes_long_tells_what_it_does_and_each_step_after(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(told, "PATIENCE", 0.0)

    with told.steps("Reading the record") as step:
        end = time.monotonic() + 20
        heard = ""
        while not heard and time.monotonic() < end:
            heard = capsys.readouterr().err
            time.sleep(0.01)
        step("Writing report.pdf")

    assert heard == "Reading the record ...\n"
    assert capsys.readouterr().err == "Writing report.pdf ...\n"


def test_a_command_that_is_quick_says_nothing_of_it(capsys: pytest.CaptureFixture[str]):
    with told.steps("Reading the record") as step:
        step("Writing report.pdf")

    assert capsys.readouterr().err == ""
