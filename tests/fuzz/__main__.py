"""`make fuzz`: nonsense for each importer for as many minutes as is said; exit code 1 if one fails at it.

With atheris at hand (`pip install atheris`; it has no wheel for every Python) nonsense is led by what code it reaches,
else it is drawn by seeds. What is found is written beside where it was started, as `fuzz-NAME-...`.
"""

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

ATHERIS = importlib.util.find_spec("atheris") is not None
API = "api"
FIRST = 1_000_000
"""The first seed; the tests take those from 0."""


def drawn(name: str, seconds: float) -> int:
    """By seeds: how many files, and a trace for the first that fails."""
    from tests.fuzz.targets import TARGETS, nonsense

    target, end, seed = TARGETS[name], time.monotonic() + seconds, FIRST
    while time.monotonic() < end:
        content = nonsense(target, seed)
        try:
            target.read(content)
        except Exception:
            Path(f"fuzz-{name}-{seed}").write_bytes(content)
            traceback.print_exc()
            return 1
        seed += 1
    sys.stdout.write(f"{name}: {seed - FIRST:,} files, nothing found\n")
    return 0


def led(name: str, seconds: float) -> int:
    """By atheris, which ends the process."""
    import atheris

    with atheris.instrument_imports(include=["ttx.scenario", "ttx.store.sealed", "ruamel"]):
        from tests.fuzz.targets import TARGETS, spoiled
    target = TARGETS[name]
    corpus = Path(f"fuzz-corpus-{name}")
    corpus.mkdir(exist_ok=True)
    for number, good in enumerate(target.good):
        (corpus / f"{number}").write_bytes(good)

    def changed(content: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        made = spoiled(content, dice) if content and dice.random() < 0.7 else atheris.Mutate(content, most)
        return bytes(made[:most])

    words = [sys.argv[0], str(corpus), f"-max_total_time={seconds:.0f}", f"-artifact_prefix=fuzz-{name}-"]
    atheris.Setup([*words, "-max_len=200000", "-timeout=60", "-rss_limit_mb=4000"], target.read, custom_mutator=changed)
    atheris.Fuzz()
    return 0


def asked(seconds: float) -> int:
    """Every route of a server, again and again; a new server for each seed, since some of them are soon full of it."""
    from tests.fuzz.calls import Caller
    from tests.web.words import serving

    end, seed, many, failed = time.monotonic() + seconds, FIRST, 0, 0
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as house:
            for call in Caller(house, seed).calls(10):
                many += 1
                if call.status >= 500:
                    sys.stderr.write(f"seed {seed}: {call}\n")
                    failed = 1
        seed += 1
    sys.stdout.write(f"api: {many:,} requests, {'something' if failed else 'nothing'} found\n")
    return failed


def main() -> int:
    """Each target in a process of its own, one after the other."""
    said = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    said.add_argument("names", nargs="*", help="which; all of them if none is named")
    said.add_argument("--minutes", type=float, default=60, help="for each")
    said.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = said.parse_args()
    if given.one:
        seconds = given.minutes * 60
        return asked(seconds) if given.names[0] == API else (led if ATHERIS else drawn)(given.names[0], seconds)
    from tests.fuzz.targets import TARGETS

    failed = 0
    for name in given.names or (*TARGETS, API):
        command = [sys.executable, "-m", "tests.fuzz", name, "--minutes", str(given.minutes), "--one"]
        failed += subprocess.run(command, check=False).returncode != 0
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
